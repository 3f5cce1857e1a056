"""A letter that the server finds too large goes again without its enclosures, which are offered; of a report staff are told."""

import email
from email.policy import default

import pytest

from bot.office.decision import Facts
from bot.office.rules.approval import Word, release
from bot.service import clock_tick
from bot.service.facts_of_circular import with_circular
from bot.service.record_decision import record
from tests.field.desk import STAFF, desk

LIMIT = 40_000  # bytes: the words of a request, not its form


def by_size(words):
    def dot(_wire, letter, outgoing):
        if len(letter[1]) > LIMIT:
            return words
        outgoing.letters.append(letter)
        return b"250 taken"

    return {"DOT": dot, "EHLO": b"250 scripted"}


def declared(wire, _line):
    return b"250-scripted\r\n250 SIZE %d" % LIMIT


SERVERS = {
    "declared in EHLO": {"EHLO": declared},
    "552 5.3.4": by_size(b"552 5.3.4 Message size exceeds fixed limit"),
    "5.2.3": by_size(b"550 5.2.3 Message too large for this mailbox"),
    "552 bare": by_size(b"552 no"),
    "at RCPT": {
        "RCPT": lambda wire, line: b"250 yes",
        "EHLO": b"250 scripted",
        "DOT": by_size(b"554 Message too big")["DOT"],
    },
}


def words_of(raw, kind):
    mail = email.message_from_bytes(raw, policy=default)
    return mail.get_body((kind,)).get_content(), [part.get_filename() for part in mail.iter_attachments()], mail


@pytest.mark.parametrize("name", SERVERS)
def test_a_request_goes_without_its_form_and_says_so(tmp_path, name):
    with desk(tmp_path, **SERVERS[name]) as play:
        play.opens()
        play.passes()
        play.passes()
        requests = [(to, raw) for to, raw in play.outgoing.letters if b"X-Ruam-Kind: request" in raw]
        assert len({to for to, _ in requests}) == len(requests) == 10
        for kind in ("plain", "html"):
            said, files, mail = words_of(requests[0][1], kind)
            assert files == []
            assert "ไฟล์แนบของจดหมายฉบับนี้มีขนาดใหญ่เกิน" in said
            assert ".xlsx" in said
            assert "โปรดตอบกลับจดหมายฉบับนี้" in said
        assert "ขอให้รายงาน" in mail["Subject"]
        assert sorted(play.states("request")) == ["failed"] * 10 + ["sent"] * 10
        assert len([raw for raw in play.outgoing.to(STAFF) if b"X-Ruam-Kind: notice" in raw]) == 10


def test_nothing_is_handed_to_a_server_that_has_said_that_it_is_too_large(tmp_path):
    offered = []

    def mail(_wire, line):
        offered.append(line)
        return b"250 sender"

    with desk(tmp_path, EHLO=declared, MAIL=mail) as play:
        play.opens()
        play.passes()
        assert all(int(line.partition(b"SIZE=")[2].split()[0]) <= LIMIT for line in offered)


def test_a_letter_that_is_too_large_without_enclosures_too_ends(tmp_path):
    with desk(tmp_path, EHLO=b"250-scripted\r\n250 SIZE 100") as play:
        play.opens()
        for _ in range(4):
            play.passes()
        assert play.states("request") == ["failed"] * 20
        assert play.outgoing.letters == []


def test_of_the_report_staff_are_told_at_once_what_to_do(tmp_path):
    with desk(tmp_path, **by_size(b"552 5.3.4 Message too large")) as play:
        play.now = play.now.replace(month=12, day=4, hour=16)
        clock_tick.tick(play.house, play.now)
        facts = with_circular(play.house, "w5827", Facts())
        record(
            play.house, release(play.house.bureau, facts, facts.drafts[-1], Word(STAFF, "x", play.now)), None, play.now
        )
        play.passes()
        play.passes()
        assert play.states("report") == ["failed"]
        told = [words_of(raw, "plain") for raw in play.outgoing.to(STAFF) if b"X-Ruam-Kind: notice" in raw]
        [urgent] = [said for said, _, mail in told if mail["Subject"].startswith("[w5827] ด่วน")]
        assert "ใหญ่เกิน" in urgent
        assert "ruam rollup" in "".join(said for said, _, _ in told)  # of the draft, which was too large as well
