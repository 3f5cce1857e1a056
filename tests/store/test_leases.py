"""Who reads the mailbox: one of many, and somebody else as soon as that one is gone."""

import datetime
import itertools
import os
import subprocess
import sys

import pytest

from bot.store.books import Books
from bot.store.lease_holder import new_holder, surely_dead
from tests.store.building import MINUTE, NOW

_numbers = itertools.count(1)
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def slug():
    return f"lease-{os.getpid()}-{next(_numbers)}"


@pytest.fixture
def two(url, slug):
    """The same office's books, opened by two who do not know of each other."""
    opened = [Books.open(url), Books.open(url)]
    yield [books.office(slug, "สำนักงาน") for books in opened]
    for books in opened:
        books.close()


def test_one_of_two_gets_the_mailbox_and_keeps_it(two):
    first, second = two
    assert first.take_mailbox("INBOX", NOW)
    assert not second.take_mailbox("INBOX", NOW)
    assert first.take_mailbox("INBOX", NOW)
    assert second.take_mailbox("Other", NOW)


def test_what_was_let_go_is_free_at_once(two):
    first, second = two
    first.take_mailbox("INBOX", NOW)
    second.release_mailbox("INBOX")
    assert not second.take_mailbox("INBOX", NOW)
    first.release_mailbox("INBOX")
    assert second.take_mailbox("INBOX", NOW)


@pytest.mark.parametrize("jump", [-HOUR, HOUR])
def test_no_clock_takes_the_mailbox_from_who_renews_it(two, jump):
    """Whatever the other's clock says, only silence counts."""
    first, second = two
    first.take_mailbox("INBOX", NOW)
    assert not second.take_mailbox("INBOX", NOW + jump)
    seen = second.mailbox_beats("INBOX")
    assert first.renew_mailbox("INBOX", NOW + jump)
    assert not second.take_mailbox("INBOX", NOW, silent_at=seen)
    assert second.take_mailbox("INBOX", NOW, silent_at=second.mailbox_beats("INBOX"))
    assert not first.renew_mailbox("INBOX", NOW)


def test_a_dead_process_holds_nothing(two, url, slug):
    _, second = two
    code = (
        "import sys, datetime; from bot.store.books import Books;"
        f"office = Books.open(sys.argv[1]).office({slug!r}, 'x');"
        "print(office.take_mailbox('INBOX', datetime.datetime.now(datetime.UTC)))"
    )
    done = subprocess.run([sys.executable, "-c", code, url], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"
    assert second.take_mailbox("INBOX", NOW)


def test_the_last_scan_is_noted_whoever_holds_the_lease(two):
    first, second = two
    assert first.last_scan() is None
    first.scanned("INBOX", NOW)
    second.take_mailbox("INBOX", NOW)
    first.scanned("INBOX", NOW + MINUTE)
    assert second.last_scan() == NOW + MINUTE


def test_a_living_process_and_a_name_from_elsewhere_are_not_dead():
    mine = new_holder()
    assert mine != new_holder()
    assert not surely_dead(mine)
    assert not surely_dead("")
    assert not surely_dead("elsewhere/1/1/abc")
    place, number, began, _ = mine.split("/")
    assert surely_dead(f"{place}/{number}/{int(began) - 1}/abc")
