"""An identifier that is a bracket and tens of thousands of blanks: filed at once, and the good mail behind it is answered."""

import pytest

from bot.store.envelope_headers import content_digest, envelope
from parsers.mail.message import parse
from tests.laws.growth import LINEAR, exponent
from tests.road.conftest import ROOT, Clerk, OfficeFolder
from tests.road.conftest import parse as letter

LONG, STRANGER = "long@amphoe.example", "who@freemail.example"
BLANKS = ("\x0c", " ", "\t", "\x0b", "\x1c", "\x85", "\xa0", "\r\n ", "< ", "<\x0c", " <", "[ ", "\x0c\r\n ")
PATIENCE = 60.0  # seconds of the processor for all of BLANKS, traced for coverage
FIELDS = ("Message-ID", "In-Reply-To", "References", "Resent-Message-ID", "From", "Subject")
SIZE = 30_000  # characters; one that grows with the cube would take a day


def hostile(field: str, blank: str, size: int = SIZE) -> bytes:
    """A stranger's mail with one field that opens a bracket and never closes it."""
    value = "<" + blank * (size // len(blank)) + "\r\n x"
    fields = {"From": STRANGER, "Subject": "hello", "Message-ID": "<1@freemail.example>", field: value}
    return "".join(f"{name}: {said}\r\n" for name, said in fields.items()).encode("latin-1") + b"\r\nhello\r\n"


@pytest.mark.parametrize("field", FIELDS)
def test_reading_such_a_mail_is_linear(field):
    def cost(mails: list[bytes]) -> None:
        for raw in mails:
            envelope(raw)
            content_digest(raw)
            assert parse(raw).mail.sender in (STRANGER, "", "x")

    def made(size: int) -> list[bytes]:
        return [hostile(field, blank, size) for blank in BLANKS]

    assert exponent(cost, made, first=500, patience=PATIENCE) < LINEAR


def test_identifiers_are_read_as_before():
    raw = b"From: a@b.example\r\nMessage-ID: < 1.\r\n 2@b.example >\r\nReferences: <[3@b.example]> <4@b.example><5@b.example\r\n\r\nx"
    assert envelope(raw).message_id == "1.2@b.example"
    assert parse(raw).mail.references == ("3@b.example", "4@b.example")


@pytest.mark.timeout(180)
def test_the_desk_files_it_and_answers_the_good_mail_behind_it(post_office, tmp_path):
    server = 'host = "127.0.0.1"\nport = {}\nsecurity = "none"\n'
    login = f'user = "{post_office.user}"\npassword = "{post_office.password}"'
    office = OfficeFolder(tmp_path, server.format(post_office.imap_port) + login, server.format(post_office.smtp_port))
    office.add_circular(ROOT / "templates" / "circulars" / "w5827", {})
    office.ruam("once", "--at", "2024-11-20T08:30")
    post_office.deliver(hostile("Message-ID", "\x0c"), STRANGER, "office@phrae.example")
    post_office.deliver(hostile("References", "\x0c"), STRANGER, "office@phrae.example")
    asked, good = post_office.inbox_of(LONG)[0], Clerk(LONG)
    form = next(part.get_payload(decode=True) for part in letter(asked).iter_attachments())
    post_office.deliver(good.reply(asked, "", good.filled(form)), LONG, "office@phrae.example")
    office.ruam("once", "--at", "2024-11-21T08:30")
    assert [str(letter(raw)["X-Ruam-Kind"]) for raw in post_office.inbox_of(LONG)] == ["request", "receipt"]
    assert "11/84" in office.ruam("status", "w5827").stdout
