"""The steps on the real books, with an outbox that answers to order."""

import dataclasses
import datetime
import sqlite3
import threading
from collections import Counter

import pytest

from bot.office.decision import Decision, Facts
from bot.office.letters.letter import Letter, LetterKind
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.sent_letter import Attempt, LetterState, Resolution
from bot.office.rules.approval import Word, release
from bot.post.exceptions import Transient
from bot.post.smtp.sending import Result
from bot.service import clock_tick, send_letters, tries
from bot.service.context import House
from bot.service.facts_of_circular import with_circular
from bot.service.record_decision import record
from bot.store.books import Books
from tests.setup.shipped import bureau_at_work


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


class Outbox:
    """Gives each letter the result its kind is to have, and remembers what it was given."""

    def __init__(self, results=None, *, away_after=None) -> None:
        self.results = results or {}
        self.away_after = away_after
        self.taken: list[str] = []

    def deliver(self, letters):
        for letter in letters:
            if self.away_after is not None and len(self.taken) >= self.away_after:
                raise Transient("connecting", "gone", "tried again")
            kind = letter.raw.partition(b"X-Ruam-Kind: ")[2].partition(b"\r\n")[0].decode()
            self.taken.append(kind)
            yield letter.id, self.results.get(kind, Result("sent", "250 ok"))


class LockedOut(Outbox):
    """The same; while the server takes the first letter, another program locks the books for a moment."""

    def __init__(self, file, seconds) -> None:
        super().__init__()
        self.other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        self.seconds = seconds

    def deliver(self, letters):
        for given in super().deliver(letters):
            if len(self.taken) == 1:
                self.other.execute("BEGIN IMMEDIATE")
                threading.Timer(self.seconds, self.other.execute, ["ROLLBACK"]).start()
            yield given


@pytest.fixture
def house(tmp_path):
    books = Books.open(f"sqlite:///{tmp_path}/books.db")
    yield House(bureau_at_work(), books.office("phrae", "x"), None)
    books.close()


def approved(house, now):
    clock_tick.tick(house, now)
    facts = with_circular(house, "w5827", Facts())
    record(house, release(house.bureau, facts, facts.drafts[-1], Word("somsri@phrae.example", "x", now)), None, now)


def test_what_the_server_said_is_held_on_to_while_the_books_are_away(house, tmp_path):
    """Else the letter would be in doubt, and perhaps go twice."""
    impatient = Books.open(f"sqlite:///{tmp_path}/books.db?timeout=0.05")
    now = at("2024-11-20 08:30")
    clock_tick.tick(house, now)
    door = LockedOut(tmp_path / "books.db", 0.3)
    sent = send_letters.send(dataclasses.replace(house, books=impatient.office("phrae", "x")), door, now)
    assert sent == len(door.taken) > 1
    assert {line.state for line in house.books.letters()} == {LetterState.SENT}
    impatient.close()
    door.other.close()


def test_staff_hear_that_the_report_went_when_it_went(house):
    now = at("2024-12-04 16:30")
    approved(house, now)
    outbox = Outbox()
    send_letters.send(house, outbox, now)
    assert outbox.taken.index("notice") > outbox.taken.index("report")
    assert [line.occasion for line in house.books.letters("w5827") if line.kind == "notice"] == ["dispatched"]


def notices(house):
    return [line.occasion.partition("-")[0] for line in house.books.letters("w5827") if line.kind == "notice"]


def test_staff_hear_at_once_that_the_report_was_refused(house):
    now = at("2024-12-04 16:30")
    approved(house, now)
    send_letters.send(house, Outbox({"report": Result("failed", "550 no such user")}), now)
    assert notices(house) == ["stuck"]


def test_staff_hear_of_a_report_in_doubt_once_sent_was_looked_into(house):
    """The mailbox may know; only when it does not, a person is asked, and only once."""
    now = at("2024-12-04 16:30")
    approved(house, now)
    send_letters.send(house, Outbox({"report": Result("unknown", "timed out")}), now)
    assert notices(house) == []
    [doubt] = house.books.to_seek(5)
    house.books.sought(doubt.id, now, found=False)
    for _ in range(2):
        send_letters.send(house, Outbox(), now)
    assert notices(house) == ["stuck"]


def test_a_report_found_in_sent_was_sent(house):
    now = at("2024-12-04 16:30")
    approved(house, now)
    send_letters.send(house, Outbox({"report": Result("unknown", "timed out")}), now)
    [doubt] = house.books.to_seek(5)
    house.books.sought(doubt.id, now, found=True)
    later = Outbox()
    send_letters.send(house, later, now)
    assert notices(house) == ["dispatched"]
    assert "report" not in later.taken


def test_a_mailbox_that_stays_away_does_not_keep_a_report_in_doubt_from_staff(house):
    now = at("2024-12-04 16:30")
    approved(house, now)
    send_letters.send(house, Outbox({"report": Result("unknown", "timed out")}), now)
    send_letters.send(house, Outbox(), now + send_letters.LOOK_PATIENCE)
    assert notices(house) == ["stuck"]


def test_a_bot_that_died_between_report_and_notice_still_tells_staff(house):
    now = at("2024-12-04 16:30")
    approved(house, now)
    [report] = [due for due in house.books.claim(now, 50, send_letters.SEND_LEASE) if due.kind == "report"]
    house.books.settle(report, Attempt(LetterState.SENT, "250 ok", {}), now)
    send_letters.send(house, Outbox(), now + send_letters.SEND_LEASE)
    assert notices(house) == ["dispatched"]


def test_the_word_of_a_person_settles_the_report(house):
    """Sent again it goes under the same Message-ID, and a second failure is told anew."""
    now = at("2024-12-04 16:30")
    approved(house, now)
    failing = {"report": Result("failed", "550 no such user")}
    send_letters.send(house, Outbox(failing), now)
    [fate] = house.books.fates(reports=True)
    assert house.books.resolve(Resolution(fate.id, again=True, by="somsri@phrae.example"), now)
    again = Outbox(failing)
    send_letters.send(house, again, now)
    assert again.taken.count("report") == 1
    assert notices(house) == ["stuck", "stuck"]
    assert house.books.resolve(Resolution(fate.id, again=False, by="somsri@phrae.example"), now)
    assert not house.books.resolve(Resolution(fate.id, again=True, by="somsri@phrae.example"), now)
    last = Outbox()
    send_letters.send(house, last, now)
    assert "report" not in last.taken
    assert notices(house)[-1] == "dispatched"


def test_over_the_hourly_number_letters_wait_and_the_report_never_does(house):
    now = at("2024-12-06 09:00")
    approved(house, now)
    first = Outbox()
    send_letters.send(house, first, now, send_letters.Caps(letters=5))
    assert set(first.taken[:3]) == {"draft", "digest", "report"}
    assert len(first.taken) < 14
    assert [trouble.kind for trouble in house.books.troubles(now)] == ["put-off"]
    soon = Outbox()
    send_letters.send(house, soon, now + datetime.timedelta(minutes=59), send_letters.Caps(letters=5))
    assert soon.taken == []
    rest = []
    for hours in (1, 2, 3, 4):
        later = Outbox()
        send_letters.send(house, later, now + datetime.timedelta(hours=hours), send_letters.Caps(letters=5))
        assert len(later.taken) <= 5
        rest += later.taken
    assert Counter(first.taken + rest)["request"] == 10


def test_over_the_hourly_number_of_answers_one_address_waits_and_others_do_not(house):
    """A sender in a loop gets no more than so many receipts an hour, however many are queued."""
    now = at("2024-11-20 09:00")

    def receipts(address, count):
        letters = tuple(
            Letter(LetterKind.RECEIPT, "", address, str(n), (address,), "ได้รับแล้ว",
                   {"headline": "ได้รับแล้ว", "paragraphs": [], "items": []}, template="notice")
            for n in range(count)
        )  # fmt: skip
        record(house, Decision(letters=letters), None, now)

    receipts("loop@district.example", 6)
    receipts("other@district.example", 2)
    caps = send_letters.Caps(letters=100, answers=3)
    assert send_letters.send(house, Outbox(), now, caps) == 5
    assert send_letters.send(house, Outbox(), now + datetime.timedelta(minutes=59), caps) == 0
    assert send_letters.send(house, Outbox(), now + datetime.timedelta(minutes=61), caps) == 3
    assert Counter(line.state.value for line in house.books.letters()) == {"sent": 8}


def test_a_clock_ahead_of_the_mailbox_reminds_nobody_and_drafts_nothing(house):
    """Answers may lie unread in the inbox after a start; only the digest goes out."""
    clock_tick.tick(house, at("2024-12-04 16:29"), up_to_date=False)
    assert {line.kind for line in house.books.letters()} == {"digest"}
    clock_tick.tick(house, at("2024-12-04 16:30"))
    assert {line.kind for line in house.books.letters()} == {"digest", "request", "draft"}


def test_letters_not_handed_over_are_deferred_and_go_later(house):
    clock_tick.tick(house, at("2024-11-20 08:30"))
    with pytest.raises(Transient):
        send_letters.send(house, Outbox(away_after=3), at("2024-11-20 08:30"))
    later = Outbox()
    assert send_letters.send(house, later, at("2024-11-20 08:36")) == 8
    assert set(later.taken) <= {"digest", "request"}


def test_the_pause_between_tries_grows_to_about_an_hour():
    pauses = [tries.backoff(attempt).total_seconds() for attempt in range(1, 40)]
    assert pauses[:4] == [300, 600, 1200, 2400]
    assert max(pauses) == pauses[-1] == 4000


def test_the_lifetime_ends_for_recipients_that_were_deferred_singly_too(house):
    """A letter that never reached one of its recipients fails with that one's words, after five working days and not before."""
    now = at("2024-11-20 08:30")
    clock_tick.tick(house, now)
    [due] = house.books.claim(now, 1, send_letters.SEND_LEASE)
    one, two = "one@x.example", "two@x.example"
    alone = dataclasses.replace(due, recipients=(one, two))
    result = Result("deferred", "every recipient was refused", {one: "550 5.1.1 no"}, {two: "450 4.2.1 later"})
    end, calendar = at("2024-11-27 08:30"), house.bureau.calendar
    last = tries.attempt_of(alone, result, end, calendar)
    assert (last.state, last.remaining) == (LetterState.DEFERRED, (two,))
    over = tries.attempt_of(alone, result, end + datetime.timedelta(seconds=1), calendar)
    assert (over.state, dict(over.refused)) == (LetterState.FAILED, {one: "550 5.1.1 no", two: "450 4.2.1 later"})
