"""What a domain's DNS says of its mail, asked of a name server on loopback."""

import socket

import pytest

from bot.setup.domain_checks import domain_checks
from bot.setup.names import Names, NoAnswer
from bot.setup.servers import guessed
from bot.setup.words import said
from tests.setup.name_server import NameServer

SOUND = """
nan.example MX 10 mail.nan.example.
nan.example TXT "v=spf1 mx -all"
nan.example TXT "some-verification=1"
_dmarc.nan.example TXT "v=DMARC1; " "p=quarantine"
mail._domainkey.nan.example TXT "v=DKIM1; k=rsa; p=MIGfMA0"
"""
SIGNED = (
    b"Authentication-Results: mx.nan.example; spf=pass\r\n"
    b"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n d=nan.example; s=mail;\r\n\tbh=x; b=d=fake; s=fake\r\n"
    b"From: ruam@nan.example\r\n\r\nx\r\n"
)
UNSIGNED = b"From: ruam@nan.example\r\n\r\nDKIM-Signature: d=nan.example; s=mail\r\n"


def checked(zone, raw=SIGNED, domain="nan.example"):
    with NameServer(zone) as server:
        remarks = list(domain_checks(domain, raw, Names(server.place)))
    for remark in remarks:  # each can be said in both languages
        assert said(remark.name, "th", **remark.fields)
        assert said(remark.name, "en", **remark.fields)
    return remarks


def names_of(remarks):
    return [remark.name for remark in remarks]


def test_a_sound_domain():
    remarks = checked(SOUND)
    assert names_of(remarks) == ["spf-ok", "dkim-ok", "dmarc-ok"]
    assert remarks[2].fields["record"] == "v=DMARC1; p=quarantine"
    assert {remark.tone for remark in remarks} == {"good"}


def test_a_domain_that_says_nothing():
    remarks = checked("", UNSIGNED)
    assert names_of(remarks) == ["mx-none", "spf-none", "dkim-none", "dmarc-none"]
    assert {remark.tone for remark in remarks} == {"warning"}


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('nan.example TXT "v=spf1 a -all"', "spf-two"),
        ("", "spf-ok"),
    ],
)
def test_two_spf_records_are_none(line, name):
    assert name in names_of(checked(f"{SOUND}\n{line}"))


def test_an_spf_that_lets_everybody():
    assert "spf-open" in names_of(checked(SOUND.replace("mx -all", "mx +all")))


def test_a_signature_without_its_key():
    zone = "\n".join(line for line in SOUND.splitlines() if "_domainkey" not in line)
    remark = next(each for each in checked(zone) if each.name.startswith("dkim"))
    assert (remark.name, remark.fields) == ("dkim-key", {"domain": "nan.example", "selector": "mail"})


def test_a_policy_of_the_domain_above_counts():
    zone = SOUND.replace("_dmarc.nan.example", "_dmarc.example.go.th")
    remark = checked(zone, domain="nan.example.go.th")[-1]
    assert (remark.name, remark.fields["domain"]) == ("dmarc-ok", "example.go.th")


def test_a_signature_of_another_domain_is_none():
    raw = SIGNED.replace(b"d=nan.example", b"d=list.example")
    assert "dkim-none" in names_of(checked(SOUND, raw))


@pytest.fixture
def nobody():
    """A port at which nobody answers."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    return f"127.0.0.1:{port}"


def test_without_a_network_it_is_said_once(nobody):
    assert names_of(domain_checks("nan.example", SIGNED, Names(nobody))) == ["dns-away"]
    with pytest.raises(NoAnswer):
        Names(nobody).texts("nan.example")


def test_servers_are_guessed_from_what_the_domain_says(nobody):
    with NameServer("_imaps._tcp.nan.example SRV 0 1 993 box.nan.example.") as server:
        assert guessed("nan.example", Names(server.place)) == ("box.nan.example:993", "mail.nan.example:465")
    with NameServer("nan.example MX 1 aspmx.l.google.com.") as server:
        assert guessed("nan.example", Names(server.place)) == ("imap.gmail.com:993", "smtp.gmail.com:465")
    with NameServer("nan.example MX 1 evilgoogle.com.") as server:
        assert guessed("nan.example", Names(server.place))[0] == "mail.nan.example:993"
    with NameServer("_imaps._tcp.nan.example SRV 0 1 0 .") as server:
        assert guessed("nan.example", Names(server.place))[0] == "mail.nan.example:993"
    assert guessed("nan.example", Names(nobody)) == ("mail.nan.example:993", "mail.nan.example:465")
    assert guessed("gmail.com", Names(nobody))[0] == "imap.gmail.com:993"
