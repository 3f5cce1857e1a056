"""Many offices in one process: who is entered is run, and what is wrong with one stops no other."""

import datetime
import threading

import pytest
import structlog.testing

from bot.config.problems import ConfigError
from bot.service.offices import Offices
from bot.store.books import Books
from bot.store.database_errors import BooksAwayError, BooksBrokenError
from tests.store.building import NOW

HOUR = datetime.timedelta(hours=1)


class Loops:
    """A daemon without a mailbox."""

    def __init__(self, slug):
        self.slug, self.stop, self.turns, self.ended, self.broken = slug, threading.Event(), True, False, None

    def start(self):
        self.began = True

    def steady(self):
        return self.turns

    def end(self):
        self.stop.set()
        self.ended = True
        if self.broken:
            raise self.broken


class Deployment(Offices):
    """Offices that look when a test says so."""

    def __init__(self, books):
        super().__init__(books, self.make)
        self.made, self.wrong = [], {}

    def make(self, one):
        if one.slug in self.wrong:
            raise ConfigError([self.wrong[one.slug]])
        self.made.append(Loops(one.slug))
        return self.made[-1]

    @property
    def running(self):
        return [each.slug for each in self.made if not each.ended]


@pytest.fixture
def books(tmp_path):
    opened = Books.open(f"sqlite:///{tmp_path}/books.db")
    for slug in ("phrae", "nan", "lampang"):
        opened.office(slug, slug)
    yield opened
    opened.close()


@pytest.fixture
def offices(books):
    return Deployment(books)


def test_who_is_entered_is_run_until_taken_out_and_starts_again_when_entered_again(books, offices):
    offices._look()
    assert offices.running == []
    books.enter("phrae", "/etc/phrae.toml", NOW)
    books.enter("nan", "/etc/nan.toml", NOW)
    offices._look()
    offices._look()
    assert offices.running == ["nan", "phrae"]
    books.enter("phrae", "/etc/other.toml", NOW + HOUR)
    offices._look()
    assert offices.running == ["nan", "phrae"]
    assert [each.slug for each in offices.made] == ["nan", "phrae", "phrae"]
    books.take_out("nan")
    offices._look()
    assert offices.running == ["phrae"]


def test_an_office_that_cannot_start_stops_no_other_and_is_told_once(books, offices):
    for slug in ("phrae", "nan"):
        books.enter(slug, f"/etc/{slug}.toml", NOW)
    offices.wrong["nan"] = "deadlines.reporters is missing"
    with structlog.testing.capture_logs() as logs:
        offices._look()
        offices._look()
    assert offices.running == ["phrae"]
    told = [each for each in logs if each["event"] == "office not started"]
    assert [(each["office"], "deadlines.reporters" in each["error"]) for each in told] == [("nan", True)]
    offices.wrong.clear()
    offices._look()
    assert sorted(offices.running) == ["nan", "phrae"]


def test_an_office_that_ended_is_started_anew(books, offices):
    books.enter("phrae", "/etc/phrae.toml", NOW)
    offices._look()
    offices.made[0].stop.set()
    offices._look()
    assert offices.made[0].ended
    assert offices.running == ["phrae"]


def test_malformed_books_end_all(books, offices):
    for slug in ("phrae", "nan"):
        books.enter(slug, f"/etc/{slug}.toml", NOW)
    offices._look()
    offices.made[0].broken = BooksBrokenError("malformed")
    offices.made[0].stop.set()
    offices.look_seconds = 0
    with pytest.raises(BooksBrokenError):
        offices.run()
    assert all(each.ended for each in offices.made)


def test_books_that_are_away_leave_all_as_they_are(books, offices, monkeypatch):
    books.enter("phrae", "/etc/phrae.toml", NOW)
    offices._look()

    def away(_):
        raise BooksAwayError("gone")

    monkeypatch.setattr(Books, "entered", away)
    offices._look()
    assert offices.running == ["phrae"]


def test_all_are_steady_only_together(books, offices):
    for slug in ("phrae", "nan"):
        books.enter(slug, f"/etc/{slug}.toml", NOW)
    offices._look()
    assert offices.steady()
    offices.made[1].turns = False
    assert not offices.steady()


def test_no_office_is_entered_that_has_no_books(books):
    with pytest.raises(LookupError):
        books.enter("chiang-mai", "/etc/x.toml", NOW)
