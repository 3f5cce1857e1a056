"""Mails that stand for another are fetched again later; what never comes is decided as it is and told to staff."""

import re

import pytest

from parsers.child_process.sandbox import Limits, Sandbox
from parsers.mail.message import parse
from tests.faults.scene import Box
from tests.field.counter import REPORTER, counter

HOUR = 60
EXCHANGE = (
    b"MIME-Version: 1.0\r\nFrom: Microsoft Exchange Server\r\nTo: Office <office@phrae.example>\r\n"
    b"Subject: Retrieval using the IMAP4 protocol failed for the following\r\n message: 2\r\n"
    b'Content-Type: text/plain; charset="us-ascii"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    b'The server couldn\'t retrieve the following message:\r\n\r\nSubject: "w5827"\r\n'
)
HEAD = f"From: {REPORTER}\r\nTo: office@phrae.example\r\nSubject: w5827\r\nMessage-ID: <one@x.example>\r\n".encode()
WHOLE = HEAD + "Content-Type: text/plain; charset=utf-8\r\n\r\nขอส่งแบบรายงาน w5827 ภายหลัง\r\n".encode()


def with_part(part):
    return (
        HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nsee file\r\n--b\r\n'
        + part + b"\r\n--b--\r\n"
    )  # fmt: skip


def text(words, subject="w5827"):
    return (
        HEAD.replace(b"w5827", subject.encode()) + b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + words.encode()
    )


NESTED = b"Content-Type: message/rfc822\r\n\r\nSubject: %b\r\nFrom: x@y.example\r\n\r\nYour file is being checked.\r\n"
POSITIVE = {
    "Exchange": EXCHANGE,
    "Exchange, typographic": EXCHANGE.replace(b"couldn't", b"couldn=E2=80=99t").replace(b"us-ascii", b"utf-8"),
    "Exchange, POP3": EXCHANGE.replace(b"IMAP4", b"POP3"),
    "Exchange, short": text("", "Retrieval failed"),
    "Exchange, only the text": text("The server could not retrieve the following message:\r\n"),
    "Defender": with_part(NESTED % b"ATP Scan In Progress"),
    "Defender, encoded": with_part(NESTED % b"=?utf-8?B?QVRQIFNjYW4gSW4gUHJvZ3Jlc3M=?="),
    "Defender, by name": with_part(
        b'Content-Type: application/octet-stream; name="ATP Scan in progress.eml"\r\n\r\nnothing\r\n'
    ),
    "Defender, by disposition": with_part(
        b"Content-Type: text/html\r\nContent-Disposition: attachment;\r\n filename*=utf-8''Safe%20Attachments%20Scan%20In%20Progress.html\r\n\r\nx\r\n"
    ),
    "bridge": text("This message could not be decrypted.\r\n"),
    "bridge, fetch": text("Message could not be fetched from the server.\r\n"),
    "not downloaded": text("This message has not been downloaded from the server.\r\n"),
}
NEGATIVE = {
    "a report": WHOLE,
    "a forward of one": text(
        "please see", "FW: Retrieval using the IMAP4 protocol failed for the following message: 2"
    ),
    "a question about one": text('ได้รับแต่ "ATP Scan In Progress" เปิดไฟล์ไม่ได้\r\nSubject: ATP Scan In Progress\r\n'),
    "words further down": text("เรียน เจ้าหน้าที่\r\nThis message could not be decrypted\r\n"),
    "a file about progress": with_part(b'Content-Type: text/csv; name="work in progress.csv"\r\n\r\na,b\r\n'),
    "a long text": text("The server couldn't retrieve " + "x " * 1_000),
    "nothing": b"",
    "no mail": b"\x00\xff" * 500 + b"progress",
    "many parts": HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n\r\nprogress\r\n" * 2_000,
}


@pytest.mark.parametrize("kind", POSITIVE)
def test_a_placeholder_is_known(kind):
    assert parse(POSITIVE[kind]).mail.placeholder


@pytest.mark.parametrize("kind", NEGATIVE)
def test_what_people_write_is_none(kind):
    assert not parse(NEGATIVE[kind]).mail.placeholder


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(Limits(workers=1)) as shared:
        yield shared


def kinds(desk, address):
    letters = [desk.house.books.raw_letter(line.id) for line in desk.house.books.letters()]
    return [re.search(rb"X-Ruam-Kind: (\S+)", raw)[1].decode() for raw in letters if address.encode() in raw]


@pytest.mark.parametrize("kind", ["Exchange", "Defender", "bridge"])
def test_it_is_fetched_again_until_the_mail_itself_is_there(tmp_path, sandbox, kind):
    box = Box()
    with counter(tmp_path, box, sandbox=sandbox) as desk:
        box.deliver(POSITIVE[kind])
        for minute in (0, 1, 5, 11, 12, 20):
            desk.scan(minute)
        assert [str(line.state) for line in desk.house.books.mails()] == ["received"]
        assert sorted(box.mails) == [1]
        assert desk.house.books.letters() == []
        box.mails[1] = WHOLE
        for minute in (60, 61):
            desk.scan(minute)
        [line] = desk.house.books.mails()
        assert (str(line.state), line.subject) == ("decided", "w5827")
        assert desk.raw(line.id) == WHOLE
        assert box.mails == {}
        assert desk.notices() == [] or "placeholder" not in str(desk.notices())


def test_the_mail_itself_may_come_under_another_number(tmp_path, sandbox):
    box = Box()
    with counter(tmp_path, box, sandbox=sandbox) as desk:
        box.deliver(POSITIVE["Defender"])
        desk.scan(0)
        box.mails.clear()
        box.deliver(WHOLE)
        for minute in (11, 12, 30, 45):
            desk.scan(minute)
        first, second = desk.house.books.mails()
        assert (str(first.state), first.outcome) == ("decided", "replaced")
        assert str(second.state) == "decided"
        assert second.outcome != "replaced"


def test_what_does_not_come_within_half_a_day_is_decided_as_it_is_and_told(tmp_path, sandbox):
    box = Box()
    with counter(tmp_path, box, sandbox=sandbox) as desk:
        box.deliver(POSITIVE["Defender"])
        for minute in range(0, 12 * HOUR, 15):
            desk.scan(minute)
        assert [str(line.state) for line in desk.house.books.mails()] == ["received"]
        for minute in (12 * HOUR + 20, 12 * HOUR + 21, 13 * HOUR):
            desk.scan(minute)
        [line] = desk.house.books.mails()
        assert str(line.state) != "received"
        assert [subject for subject, _ in desk.notices()].count("มีจดหมายที่เครื่องแม่ข่ายยังไม่ส่งเนื้อหาจริงให้ระบบ โปรดเปิดดู") == 1
        assert box.mails == {}


def test_others_behind_it_are_not_kept_waiting(tmp_path, sandbox):
    box = Box()
    with counter(tmp_path, box, sandbox=sandbox) as desk:
        box.deliver(EXCHANGE)
        box.deliver(WHOLE)
        desk.scan(0)
        desk.scan(1)
        assert [str(line.state) for line in desk.house.books.mails()] == ["received", "decided"]
