"""The steps on the real books, with an outbox that answers to order."""

import dataclasses
import datetime

import pytest

from bot import sending, service
from bot.config import shipped_bureau
from bot.house import House, record
from bot.office.circular import BANGKOK
from bot.office.dispatch import release
from bot.post.errors import Transient
from bot.post.outbox import Result
from bot.store.books import Books


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


@pytest.fixture
def house(tmp_path):
    shipped = shipped_bureau()
    office = dataclasses.replace(shipped.office, address="office@phrae.example", staff=("somsri@phrae.example",))
    bureau = dataclasses.replace(shipped, office=office)
    books = Books.open(f"sqlite:///{tmp_path}/books.db")
    yield House(bureau, books.office("phrae", "x"), None)
    books.close()


def approved(house, now):
    service.tick(house, now)
    facts = service.facts_of(house, "w5827")
    record(house, release(house.bureau, facts, facts.drafts[-1], "somsri@phrae.example", now), None, now)


def test_staff_hear_that_the_report_went_when_it_went(house):
    now = at("2024-12-04 16:30")
    approved(house, now)
    outbox = Outbox()
    sending.send(house, outbox, now)
    assert outbox.taken.index("notice") > outbox.taken.index("report")
    assert [line.occasion for line in house.books.letters("w5827") if line.kind == "notice"] == ["dispatched"]


@pytest.mark.parametrize("state", ["failed", "unknown"])
def test_staff_hear_at_once_that_the_report_did_not_go(house, state):
    now = at("2024-12-04 16:30")
    approved(house, now)
    sending.send(house, Outbox({"report": Result(state, "550 no such user")}), now)
    assert [line.occasion for line in house.books.letters("w5827") if line.kind == "notice"] == ["stuck"]


def test_a_clock_ahead_of_the_mailbox_reminds_nobody_and_drafts_nothing(house):
    """Answers may lie unread in the inbox after a start; only the digest goes out."""
    service.tick(house, at("2024-12-04 16:30"), up_to_date=False)
    assert {line.kind for line in house.books.letters()} == {"digest"}
    service.tick(house, at("2024-12-04 16:31"))
    assert {line.kind for line in house.books.letters()} == {"digest", "request", "draft"}


def test_letters_not_handed_over_are_deferred_and_go_later(house):
    service.tick(house, at("2024-11-20 08:30"))
    with pytest.raises(Transient):
        sending.send(house, Outbox(away_after=3), at("2024-11-20 08:30"))
    later = Outbox()
    assert sending.send(house, later, at("2024-11-20 08:36")) == 8
    assert set(later.taken) <= {"digest", "request"}


def test_the_pause_between_tries_grows_to_about_an_hour():
    pauses = [sending.backoff(attempt).total_seconds() for attempt in range(1, 40)]
    assert pauses[:4] == [300, 600, 1200, 2400]
    assert max(pauses) == pauses[-1] == 4000
