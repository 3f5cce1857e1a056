"""Books for the tests, on SQLite and on PostgreSQL: every law of the books holds on both."""

import itertools
import os
from contextlib import contextmanager

import pytest

from bot.store import journal_things
from bot.store.books import Books

_offices = itertools.count(1)


@contextmanager
def nothing_there():
    """A new office has nothing for its chain to cover: to look into two dozen tables for it takes as long as most laws do."""
    looks = vars(journal_things)["things"]
    vars(journal_things)["things"] = lambda *_: iter(())
    try:
        yield
    finally:
        vars(journal_things)["things"] = looks


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def url(request, tmp_path_factory):
    if request.param == "postgresql":
        return request.getfixturevalue("postgres").url
    return f"sqlite:///{tmp_path_factory.mktemp('books') / 'books.db'}"


@pytest.fixture(scope="session")
def shared(url):
    """One database for all tests, which is also how deployments share one."""
    books = Books.open(url)
    yield books
    books.close()


@pytest.fixture(scope="session")
def new_office(shared):
    """Open the books of one more office that nobody else uses."""

    def opened():
        with nothing_there():
            return shared.office(f"{os.getpid()}-{next(_offices)}", "สำนักงาน")

    return opened


@pytest.fixture
def office(new_office):
    return new_office()


@pytest.fixture
def sqlite(tmp_path):
    """Books of their own: only SQLite counts its steps. PostgreSQL has the same indexes."""
    books = Books.open(f"sqlite:///{tmp_path / 'books.db'}")
    yield books.office("phrae", "สำนักงาน")
    books.close()
