"""An office that has neither IMAP nor SMTP: the whole road over a scripted Microsoft Graph, and over a scripted Gmail API, in real processes."""

import datetime
import re
import subprocess
import sys
import time
from collections import Counter
from email import message_from_bytes
from pathlib import Path

import pytest

from bot.config.load import load_config
from bot.doctor.examine import examine
from bot.office.model.bangkok_time import BANGKOK
from tests.setup.gmail_server import GmailServer
from tests.setup.graph_server import GraphServer
from tests.setup.moved_clock import office_now
from tests.setup.token_server import CLIENT, SECRET, TENANT

ROOT = Path(__file__).parent.parent.parent
CIRCULAR = ROOT / "templates" / "circulars" / "w5827"
OFFICE, LONG = "office@phrae.example", "long@amphoe.example"
SERVERS = {
    "graph": (GraphServer, f'provider = "microsoft"\ntenant = "{TENANT}"\n'),
    "gmail": (GmailServer, f'provider = "google"\nclient_secret = "{SECRET}"\n'),
}

pytestmark = pytest.mark.timeout(180)
at = pytest.mark.parametrize


@pytest.fixture(params=SERVERS)
def kind(request):
    return request.param


@pytest.fixture
def server(tokens, kind):
    with SERVERS[kind][0](tokens, OFFICE) as running:
        yield running


@pytest.fixture
def no_circular_yet(server, tokens, certificates, office, kind):
    """An office of two districts at the provider, without any circular yet; a person has signed in."""
    way = f'kind = "{kind}"\nhost = "{server.host}"\nport = {server.port}\nuser = "{OFFICE}"\nca_file = "{certificates.ca}"'
    made = office(
        way, f'{way}\n[oauth2]\n{SERVERS[kind][1]}client_id = "{CLIENT}"\n'
        f'authority = "{tokens.url}"\nca_file = "{certificates.ca}"',
    )  # fmt: skip
    made.config.chmod(0o600)
    made.keep_only("long", "song")
    tokens.sign_in(load_config(made.config).oauth2, OFFICE)
    return made


@pytest.fixture
def phrae(no_circular_yet):
    """With the shipped circular, at its own dates."""
    no_circular_yet.add_circular(CIRCULAR, {})
    return no_circular_yet


def doctor(phrae, *, mail=False):
    checks = examine(phrae.config, datetime.datetime(2024, 11, 20, 8, 0, tzinfo=BANGKOK), mail=mail)
    return {check.about: check for check in checks}


def went_to(server, address):
    """The letters to one address, as they went."""
    return [mail for mail in server.sent if address in mail.to["To"]]


def threaded(reply, letter):
    """A reply as mail programs write it: with the letter's References and its Message-ID (RFC 5322, 3.6.4)."""
    asked = message_from_bytes(letter.raw)
    return f"References: {asked['References'] or ''} {asked['Message-ID']}\r\n".encode() + reply


def come_back(letter, address):
    """A letter as Google's servers send it back: under the Message-ID that they gave it."""
    head = letter.raw.partition(b"\r\n\r\n")[0]
    report = (
        f"From: mailer-daemon@googlemail.example\r\nTo: {OFFICE}\r\nSubject: Delivery Status Notification (Failure)\r\n"
        f"Message-ID: <1.gr@mail.gmail.example>\r\nIn-Reply-To: {letter.name}\r\nReferences: {letter.name}\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nAddress not found\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; googlemail.example\r\n\r\n"
        f"Final-Recipient: rfc822; {address}\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550-5.1.1 The email account does not exist.\r\n\r\n"
        "--b\r\nContent-Type: message/rfc822\r\n\r\n"
    )
    return report.encode() + head + b"\r\n\r\n** Message truncated **\r\n--b--\r\n"


def wait_for(done, seconds=60):
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it did not come to it"
        time.sleep(0.05)


def test_from_the_requests_to_the_receipt(phrae, server, clerk, letters):
    """Each pass is a process of its own: nothing about the mailbox is remembered but in the books."""
    phrae.process("once", "--at", "2024-11-20T08:30")
    (request,) = went_to(server, LONG)
    person = clerk(LONG)
    reply = person.reply(request.raw, "ส่งรายงาน", person.filled(letters.enclosure(request.raw)))
    server.receive(reply, at="2024-11-21T01:00:00Z")
    phrae.process("once", "--at", "2024-11-21T09:00")
    phrae.process("once", "--at", "2024-11-21T09:01")
    assert Counter(letters.kinds(mail.raw for mail in went_to(server, LONG))) == {"request": 1, "receipt": 1}
    assert not server.lying(server.inbox)
    assert [mail.raw for mail in server.lying(server.shelf("Done")).values()] == [reply]
    assert len(server.lying(server.outgone)) == len(server.sent)
    assert "11/" in phrae.ruam("status", "w5827").stdout


def test_a_held_mail_is_let_in_and_filed_anew_though_its_bytes_are_made_anew(phrae, server, clerk, letters):
    """It is known by its number: Exchange makes the MIME when it is asked for, and need not make the same twice."""
    server.fresh_bytes = True
    phrae.ruam("once", "--at", "2024-11-20T08:30")
    (request,) = went_to(server, LONG)
    stranger, staff = clerk("who@freemail.example"), clerk(phrae.staff)
    form = stranger.filled(letters.enclosure(request.raw))
    new = re.sub(
        rb"(?m)^In-Reply-To:.*\r\n", b"", stranger.reply(request.raw, "", form)
    )  # it would prove that he has the letter
    server.receive(new, at="2024-11-20T02:00:00Z")
    phrae.ruam("once", "--at", "2024-11-20T09:00")
    assert len(server.lying(server.shelf("Held"))) == 1
    notice = next(mail for mail in went_to(server, phrae.staff) if letters.kinds([mail.raw]) == ["notice"])
    server.receive(threaded(staff.reply(notice.raw, "รับ"), notice), at="2024-11-20T02:10:00Z")
    phrae.ruam("once", "--at", "2024-11-20T09:20")
    assert (len(server.lying(server.shelf("Held"))), len(server.lying(server.shelf("Done")))) == (0, 2)
    assert "11/" in phrae.ruam("status", "w5827").stdout
    assert phrae.ruam("recover").stdout.startswith("0 mails"), "nor is what lies in the folders taken for new"


def test_a_bot_that_is_killed_between_the_sending_and_the_note_sends_nothing_twice(phrae, server, letters):
    """The letter in doubt is found among the sent mails by its Message-ID, which the provider had changed."""
    server.fail("POST", "/send", "keep")
    words = ["once", "--at", "2024-11-20T08:30", "--config", str(phrae.config)]
    with subprocess.Popen(
        [sys.executable, "-m", "tests.setup.moved_clock", *words],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        wait_for(lambda: server.sent)
        process.kill()
    assert len(server.sent) == 1
    for moment in ("2024-11-20T09:00", "2024-11-20T09:30", "2024-11-20T10:00"):
        phrae.process("once", "--at", moment)
    counted = Counter(server.ours(mail) for mail in server.sent)
    assert set(counted.values()) == {1}, counted
    assert {kind for mail in server.sent for kind in letters.kinds([mail.raw])} >= {"request", "digest"}
    assert len(went_to(server, LONG)) == 1


def test_a_running_bot_takes_in_answers_and_files(no_circular_yet, server, running, clerk, letters):
    """The daemon's own loops: tokens that run out, a server that is busy and a mark of changes that is forgotten are all lived through."""
    text = no_circular_yet.config.read_text(encoding="utf-8")
    no_circular_yet.config.write_text(text.replace("[smtp]", "poll_seconds = 0.5\n[smtp]", 1), encoding="utf-8")
    now, day = office_now(), datetime.timedelta(days=1)
    moments = {
        "opens": now - day / 24,
        "reporters": now + 9 * day,
        "cutoff": now + 12 * day,
        "department": now + 14 * day,
    }
    no_circular_yet.add_circular(CIRCULAR, moments)
    person = clerk(LONG)
    with running(no_circular_yet):
        wait_for(lambda: went_to(server, LONG))
        (request,) = went_to(server, LONG)
        server.tokens.expire()
        server.expire()
        server.fail("GET", *server.busy)
        came = office_now().astimezone(datetime.UTC).isoformat(timespec="seconds")
        form = letters.enclosure(request.raw)
        server.receive(person.reply(request.raw, "ส่งรายงาน", person.filled(form)), at=came)
        wait_for(lambda: len(went_to(server, LONG)) > 1 and server.lying(server.shelf("Done")))
    assert Counter(letters.kinds(mail.raw for mail in went_to(server, LONG))) == {"request": 1, "receipt": 1}
    assert len(server.lying(server.shelf("Done"))) == 1


def test_doctor_looks_at_the_mailbox_and_sends_itself_a_mail(phrae, server):
    server.loops = True
    found = doctor(phrae, mail=True)
    assert (
        found["mailbox"].words
        == "the server has no IDLE: new mail is noticed only every poll_seconds; a smaller figure helps"
    )
    assert found["folders"].verdict == "ok"
    assert f"{server.host}:{server.port} takes our login by OAuth2 (" in found["outgoing mail"].words
    assert "came back, was known as our own and filed" in found["mail to itself"].words
    assert len(server.lying(server.shelf("Done"))) == 1


def test_doctor_says_what_to_do_for_one_who_is_signed_out(phrae, tokens):
    tokens.revoke()
    found = doctor(phrae)
    assert "ruam authorize" in found["mailbox"].words
    assert "ruam authorize" in found["outgoing mail"].words


@at("kind", ["graph"])
def test_doctor_says_when_exchange_took_our_marks_off(phrae, server):
    """As people found it to do with X- fields in a mailbox that never had them."""
    server.loops, server.takes_marks = True, True
    assert "came back without our marks" in doctor(phrae, mail=True)["mail to itself"].words


@at("kind", ["gmail"])
def test_an_answer_is_known_by_the_letter_it_answers_though_gmail_renamed_that(phrae, server, clerk, letters):
    """The mark in the subject is gone, and the Message-ID that is answered is Gmail's: ours stands in References."""
    phrae.ruam("once", "--at", "2024-11-20T08:30")
    (request,) = went_to(server, LONG)
    stranger = clerk("who@freemail.example")
    reply = stranger.reply(request.raw, "ส่งรายงาน", stranger.filled(letters.enclosure(request.raw)))
    reply = re.sub(rb"(?m)^Subject:.*\r\n(?:[ \t].*\r\n)*", b"Subject: report\r\n", reply)
    assert f"In-Reply-To: {request.name}".encode() in reply
    assert request.name != server.ours(request)
    server.receive(threaded(reply, request), at="2024-11-20T02:00:00Z")
    phrae.ruam("once", "--at", "2024-11-20T09:00")
    assert not server.lying(server.shelf("Held"))
    assert "11/" in phrae.ruam("status", "w5827").stdout


@at("kind", ["gmail"])
def test_a_letter_that_comes_back_is_known_though_gmail_renamed_it(phrae, server):
    phrae.ruam("once", "--at", "2024-11-20T08:30")
    (request,) = went_to(server, LONG)
    server.receive(come_back(request, LONG), at="2024-11-20T02:00:00Z")
    phrae.ruam("once", "--at", "2024-11-20T09:00")
    assert "bounced: 1" in " ".join(phrae.ruam("status", "w5827").stdout.split())
