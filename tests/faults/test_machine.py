"""The machine's own troubles, with the daemon as a process: full disk, locked books, a clock set back, two daemons.

After each nothing is lost, nothing counted twice, nobody answered twice; compared from outside as after the crashes.
"""

import datetime
import random
import resource
import subprocess
import sys
import time

import pytest

from tests.crash.comparing import ask, compare, unfinished
from tests.crash.office import Life, OfficeFolder
from tests.crash.people import People
from tests.crash.post import OFFICE, servers
from tests.faults.scene import REPORTER, scene
from tests.faults.test_mailbox_faults import MAIL

pytestmark = pytest.mark.timeout(150)

ROOM = 300_000  # bytes left on the full disk: for the log's words of it, and for less than twelve mails in the books
LOCK = """
import sqlite3, sys, time
books = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)
books.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
time.sleep(float(sys.argv[2]))
books.execute("ROLLBACK")
"""


class Place:
    """An office between servers, and the mails that are still to be posted."""

    def __init__(self, folder, post, mails):
        self.office, self.post, self.todo, self.posted = OfficeFolder(folder, post), post, list(mails), []

    def deliver(self, count):
        for _ in range(count):
            mail = self.todo.pop(0)
            self.post.deliver(mail.raw, mail.sender)
            self.posted.append(mail)

    def until(self, true, seconds=60.0):
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, self.office.log.read_text(encoding="utf-8")[-3000:]
            time.sleep(0.1)  # the daemon is a process that tells nobody; a poll with a deadline

    def done(self):
        return self.office.books.exists() and unfinished(self.office.books, len(self.posted)) == 0

    def said(self, words):
        return self.office.log.read_text(encoding="utf-8").count(words) if self.office.log.exists() else 0

    def faults(self):
        return compare(self.posted, self.office.books, self.post, []).faults


@pytest.fixture
def place(tmp_path):
    mails = People(random.Random(7), OFFICE).mails(30)
    with servers(tmp_path / "outgoing.log") as post:
        yield Place(tmp_path, post, mails)


def test_two_daemons_share_the_work_and_one_takes_over_when_the_other_dies(place, table):
    """One reads the mailbox; killed, the other does within seconds; nothing twice."""
    with Life(place.office) as first:
        place.until(lambda: place.said("mailbox taken") == 1)
        with Life(place.office) as second:
            place.until(lambda: place.said("standing by") == 1)
            place.deliver(8)
            place.until(place.done)
            assert place.said("mailbox taken") == 1
            place.deliver(4)
            first.process.kill()
            at = time.monotonic()
            place.until(lambda: place.said("mailbox taken") == 2)
            took = time.monotonic() - at
            place.deliver(4)
            place.until(place.done)
            table.append(("two daemons, the reading one killed", "the other took over; nothing twice", took))
            assert second.process.poll() is None
    assert place.faults() == []


def test_a_full_disk_loses_nothing(place, table):
    """While nothing can be written the mails stay where they are; then all goes on by itself."""
    with Life(place.office) as life:
        place.deliver(3)
        place.until(place.done)
        most = place.office.log.stat().st_size + ROOM
        resource.prlimit(life.process.pid, resource.RLIMIT_FSIZE, (most // 4096 * 4096, resource.RLIM_INFINITY))
        place.deliver(12)
        place.until(lambda: place.said("disk") >= 1)
        full = len(ask(place.office.books, "SELECT id FROM message"))
        resource.prlimit(life.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        at = time.monotonic()
        place.until(place.done)
        outcome = f"{15 - full} of 15 mails waited on the server; all counted once"
        table.append(("disk full", outcome, time.monotonic() - at))
    assert place.faults() == []


@pytest.mark.parametrize("patience", [30, 1])
def test_locked_books_are_waited_for(place, table, patience):
    """Another program holds the books' lock, for less and for longer than a writer waits: all waits, then goes on."""
    config = place.office.config.read_text(encoding="utf-8")
    place.office.config.write_text(config.replace("books.db", f"books.db?timeout={patience}"), encoding="utf-8")
    with Life(place.office):
        place.deliver(2)
        place.until(place.done)
        command = [sys.executable, "-c", LOCK, str(place.office.books), "5"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
            assert other.stdout.readline() == "locked\n"
            place.deliver(6)
            assert not place.done()
            other.wait()
            at = time.monotonic()
        place.until(place.done)
        assert bool(place.said("books away") or place.said("desk interrupted")) == (patience < 5)
        name = f"books locked for 5 s, writers wait {patience} s"
        table.append((name, "all counted once", time.monotonic() - at))
    assert place.faults() == []


def test_a_clock_set_back_an_hour_answers_nobody_twice(tmp_path, sandbox, table):
    """What came before and after is answered once each."""
    with scene(tmp_path, sandbox) as play:
        play.box.deliver(MAIL)
        play.until(lambda: len(play.answers_to(REPORTER)) == 1)
        play.clock.shift = -datetime.timedelta(hours=1)
        at = time.monotonic()
        play.box.deliver(MAIL.replace(b"one@", b"two@").replace(b"w5827", b"w5827 2"))
        play.until(lambda: len(play.answers_to(REPORTER)) == 2)
        play.until(lambda: sum(map(len, play.box.shelves.values())) == 2)
        table.append(("clock set back an hour", "old and new mail answered once each", time.monotonic() - at))
        play.until(lambda: not play.books.pending(1))
        assert len(play.answers_to(REPORTER)) == 2
