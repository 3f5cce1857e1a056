"""Errors of the database: each is told for what it is, and only what may pass is called so."""

import os
import sqlite3
import time

import pytest
import sqlalchemy as sa

from bot.store.books import Books
from bot.store.books_checkup import checkup
from bot.store.database import Database
from bot.store.database_errors import (
    BY_ITSELF,
    POSTGRES,
    SQLITE,
    BooksAwayError,
    BooksBrokenError,
    BooksError,
    trouble_of,
)
from tests.store.building import NOW, arrival

EVERY = {trouble.means: trouble for trouble in (*SQLITE.values(), *POSTGRES.values())}


@pytest.mark.parametrize("means", EVERY)
def test_tried_again_by_itself_is_said_only_of_what_passes(means):
    trouble = EVERY[means]
    assert trouble.step
    assert trouble.passing or "by itself" not in trouble.step
    assert (trouble.step == BY_ITSELF) <= trouble.passing


class SaysError(Exception):
    """What psycopg raises, as far as it is looked at."""

    def __init__(self, sqlstate):
        super().__init__("as the server put it")
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("state", "passing"),
    [
        *((state, True) for state in ("08006", "57P01", "53100", "53300", "40P01", "25006", "28P01", "3D000")),
        *((state, False) for state in ("XX001", "XX002", "42P01", "42703")),
    ],
)
def test_what_postgresql_says_is_known_by_its_state(state, passing):
    assert trouble_of(SaysError(state)).passing == passing


def test_a_fault_of_ours_is_no_trouble_of_the_database():
    assert trouble_of(SaysError("42601")) is None
    assert trouble_of(ValueError("x")) is None


@pytest.fixture
def file(tmp_path):
    """Sound books with some mails, closed."""
    books = Books.open(f"sqlite:///{tmp_path}/books.db")
    office = books.office("phrae", "x")
    office.receive([arrival(number, body=b"y" * 9000) for number in range(1, 60)])
    books.close()
    return tmp_path / "books.db"


def spoil(file):
    """What a bad disk does: the pages at the end, of mails, are no pages any more."""
    with file.open("r+b") as opened:
        opened.seek(-4096 * 60, os.SEEK_END)
        opened.write(os.urandom(4096 * 60))


def test_malformed_books_are_told_at_the_start(file):
    spoil(file)
    books = Books.open(f"sqlite:///{file}")
    with pytest.raises(BooksBrokenError, match=r"malformed .*ruam restore"):
        books.check()
    books.close()


def test_sound_books_pass_the_look_at_the_start(file):
    books = Books.open(f"sqlite:///{file}")
    books.check()
    books.close()


def test_books_that_become_malformed_are_not_away_but_broken(file):
    books = Books.open(f"sqlite:///{file}")
    office = books.office("phrae", "x")
    spoil(file)
    with pytest.raises(BooksBrokenError, match="malformed"):
        [office.kept(number) for number in range(1, 60)]
    books.close()


def test_a_file_that_is_no_database_is_told_when_it_is_opened(tmp_path):
    (tmp_path / "books.db").write_bytes(b"A letter to the governor. " * 900)
    with pytest.raises(BooksBrokenError, match="not a database"):
        Books.open(f"sqlite:///{tmp_path}/books.db")


def test_books_of_a_newer_version_are_told(file):
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(BooksBrokenError, match="newer Ruam"):
        Books.open(f"sqlite:///{file}")


def test_books_that_lack_a_table_are_told(file):
    books = Books.open(f"sqlite:///{file}")
    office = books.office("phrae", "x")
    with sqlite3.connect(file) as connection:
        connection.execute("DROP TABLE ledger")
    with pytest.raises(BooksBrokenError, match="lack what this version needs"):
        office.ledger("w5827")
    books.close()


def test_a_full_disk_passes_when_there_is_room(file):
    database = Database.open(f"sqlite:///{file}")
    with database.driver() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    books = Books.open(f"sqlite:///{file}")
    office = books.office("phrae", "x")

    @sa.event.listens_for(sa.Engine, "begin")
    def _no_room(connection):
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    try:
        with pytest.raises(BooksAwayError, match=r"full .*make room"):
            office.receive([arrival(99, body=b"z" * 900_000)])
    finally:
        sa.event.remove(sa.Engine, "begin", _no_room)
    books.close()
    database.close()


def test_locked_books_pass(file):
    books = Books.open(f"sqlite:///{file}?timeout=0.05")
    office = books.office("phrae", "x")
    with sqlite3.connect(file, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BooksAwayError, match=r"locked .*by itself"):
            office.scanned("INBOX", NOW)
        other.execute("ROLLBACK")
    office.scanned("INBOX", NOW)
    books.close()


def test_a_server_that_is_not_there_passes():
    with pytest.raises(BooksAwayError, match="away"):
        Books.open("postgresql://nobody@127.0.0.1:1/none?connect_timeout=2")


def test_doctor_says_what_to_do_with_malformed_books(file):
    spoil(file)
    assert "ruam restore" in checkup(f"sqlite:///{file}").trouble


def test_the_look_at_the_start_costs_little(file):
    """A second for a gigabyte: 3 MB take a few milliseconds, a hundred times that is still no hindrance."""
    books = Books.open(f"sqlite:///{file}")
    began = time.process_time()
    books.check()
    assert time.process_time() - began < 1
    books.close()


def test_every_error_of_the_books_is_one_of_two():
    assert issubclass(BooksAwayError, BooksError)
    assert issubclass(BooksBrokenError, BooksError)
    assert not issubclass(BooksBrokenError, BooksAwayError)
