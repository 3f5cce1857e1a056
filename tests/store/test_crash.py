"""Processes that share the books, and one that is killed in the middle of writing."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.office.decision import Decision
from bot.store.books import Books
from tests.store.building import MINUTE, NOW, arrival, letter, said

ROOT = Path(__file__).parents[2]

HALFWAY = """
import sys
from bot.store.books import Books
from tests.store.building import *

class Halfway(list):
    def __iter__(self):
        yield letter("half")
        print("half", flush=True)
        sys.stdin.read()

office = Books.open(sys.argv[1]).office(sys.argv[2], "")
[mail] = office.pending(1)
rows = [(f"5401{number:02}", f"q{one}", "x" * 500) for number in range(84) for one in range(20)]
office.commit(said(*rows), Halfway(), message=mail, now=NOW)
"""

DECIDING = """
import sys
from bot.store.books import Books
from tests.store.building import *

office = Books.open(sys.argv[1]).office(sys.argv[2], "")
for mail in office.pending(10_000):
    rows = [(f"5401{number:02}", f"m{mail}", True) for number in range(20)]
    office.commit(said(*rows), [letter(str(mail), identity=f"{mail}@x")], message=mail, now=NOW)
    print(mail, flush=True)
"""

CLAIMING = """
import sys
from bot.store.books import Books
from tests.store.building import *

office = Books.open(sys.argv[1]).office(sys.argv[2], "")
print("ready", flush=True)
sys.stdin.readline()
while due := office.claim(NOW, 3, MINUTE):
    print(*(one.id for one in due), flush=True)
"""

OPENING = """
import sys
from bot.store.books import Books
sys.stdin.readline()
print(Books.open(sys.argv[1]).office(sys.argv[2], "").secret, flush=True)
"""


def start(script, url, office):
    return subprocess.Popen(
        [sys.executable, "-c", script, url, office],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def kill(process):
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def place(request, tmp_path):
    return (
        request.getfixturevalue("postgres").url
        if request.param == "postgresql"
        else f"sqlite:///{tmp_path / 'books.db'}"
    )


@pytest.fixture
def slug(tmp_path):
    return f"{os.getpid()}-{tmp_path.name}"


@pytest.fixture
def office(place, slug):
    books = Books.open(place)
    yield books.office(slug, "")
    books.close()


def test_killed_halfway_a_commit_never_was(place, slug, office):
    """The rows were written, the transaction was open, the process was killed: the mail is still to be decided."""
    [mail] = office.receive([arrival(1)])
    process = start(HALFWAY, place, slug)
    assert process.stdout.readline() == "half\n"
    kill(process)
    assert office.pending(10) == [mail]
    assert (office.answers("w5827"), office.letters()) == ((), [])
    office.commit(said(("540101", "q1", True)), [letter("half")], message=mail, now=NOW)
    assert len(office.answers("w5827")) == len(office.letters()) == 1


@pytest.mark.parametrize("after", [1, 7, 23])
def test_killed_at_any_moment_every_mail_is_decided_whole_or_not_at_all(place, slug, office, after):
    mails = office.receive([arrival(uid) for uid in range(1, 400)])
    process = start(DECIDING, place, slug)
    told = [int(process.stdout.readline()) for _ in range(after)]
    kill(process)
    open_still = set(office.pending(10_000))
    decided = set(mails) - open_still
    assert set(told) <= decided
    given = [recorded.message for recorded in office.answers("w5827")]
    assert {mail: given.count(mail) for mail in decided} == dict.fromkeys(decided, 20)
    assert set(given) == decided == {int(line.occasion) for line in office.letters()}
    with office._database.reading() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def test_processes_claim_disjoint_letters(place, slug, office):
    office.commit(Decision(), [letter(str(number)) for number in range(60)], message=None, now=NOW)
    workers = [start(CLAIMING, place, slug) for _ in range(3)]
    assert [worker.stdout.readline() for worker in workers] == ["ready\n"] * 3
    claimed = [word for worker in workers for word in worker.communicate("go\n")[0].split()]
    assert len(claimed) == len(set(claimed)) == 60
    assert office.claim(NOW, 5, MINUTE) == []


def test_processes_may_open_new_books_at_once(tmp_path):
    """One makes the tables and the office, the others wait and find both."""
    place = f"sqlite:///{tmp_path / 'new' / 'books.db'}"
    workers = [start(OPENING, place, "phrae") for _ in range(4)]
    for worker in workers:
        worker.stdin.write("go\n")
        worker.stdin.flush()
    secrets = {worker.communicate()[0] for worker in workers}
    assert len(secrets) == 1
    assert all(worker.returncode == 0 for worker in workers)
