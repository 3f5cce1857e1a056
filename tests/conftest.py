"""Fixtures for all tests: the embedded post office, and real mail servers."""

import functools
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import hypothesis
import pytest
import structlog

from bot.demo.mail_servers import PostOffice
from tests.setup import ready_processes
from tests.setup.compiled_once import compiled_once
from tests.setup.forms_made_once import made_once
from tests.setup.fresh_books import made_quickly
from tests.setup.offices_apart import Watch
from tests.setup.postgres import Postgres
from tests.setup.postgres import missing as postgres_missing
from tests.setup.real_mail import OFFICE, Certificates, RealMail, make_certificates, missing
from tests.setup.shared_children import end, lent
from tests.setup.token_server import TokenServer

# How long an example takes says nothing on a machine that runs other tests beside it.
hypothesis.settings.register_profile("ruam", deadline=None)
hypothesis.settings.load_profile("ruam")


# As structlog does by itself, but with plain tracebacks: its own show all that each function held, a whole office for a second or two.
LOG = [
    structlog.processors.add_log_level,
    structlog.processors.format_exc_info,
    structlog.processors.KeyValueRenderer(["level", "event"]),
]

# Tests that wait for servers, processes and LibreOffice go first, so that others compute meanwhile and none is left alone at the end.
WAITING = (
    "road",
    "faults",
    "bot",
    "documents",
    "field",
    "post",
    "store",
    "parsers/test_round_trips.py",
    "parsers/child_process",
)


@functools.cache
def _turn(file: Path) -> int:
    found = (at for at, each in enumerate(WAITING) if file.is_relative_to(Path(__file__).parent / each))
    return next(found, len(WAITING))


def pytest_collection_modifyitems(items):
    """Marks those that need real servers, and puts those that wait most before those that compute."""
    items.sort(key=lambda item: _turn(item.path))
    for item in items:
        if {"real_mail", "postgres"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("servers")


@pytest.fixture(autouse=True)
def _log_as_before() -> Iterator[None]:
    """A command sets up the log for its own output, which is closed once the command's test is over."""
    structlog.configure(processors=LOG)
    yield
    structlog.reset_defaults()


@pytest.fixture(autouse=True)
def _fresh_books() -> Iterator[None]:
    """Tests of the migrations themselves say that theirs are made by them."""
    with made_quickly():
        yield


@pytest.fixture(autouse=True)
def _compiled_once() -> Iterator[None]:
    with compiled_once():
        yield


@pytest.fixture(autouse=True)
def _forms_made_once() -> Iterator[None]:
    with made_once():
        yield


@pytest.fixture(scope="session")
def shared_children() -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """Within it, commands that run in this process share one server of reading children."""
    yield lent
    end()


@pytest.fixture(scope="session", autouse=True)
def _no_ready_process_left() -> Iterator[None]:
    yield
    ready_processes.end()


@pytest.fixture(scope="session")
def statements_watched() -> Watch:
    return Watch()


@pytest.fixture(autouse=True)
def _no_statement_without_its_office(statements_watched) -> Iterator[None]:
    """Of all that a test does with the books, none reads or changes rows without naming their office."""
    yield
    assert list(statements_watched.taken()) == []


def cannot(reason):
    """Skipped where people develop; never passed over in silence where it counts."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"needed under CI: {reason}")
    pytest.skip(f"*** NOT TESTED: {reason} ***")


@pytest.fixture(scope="session")
def certificates(tmp_path_factory) -> Certificates:
    """An own authority, a certificate of it for the loopback address, and an authority nobody used."""
    try:
        return make_certificates(tmp_path_factory.mktemp("certificates"))
    except FileNotFoundError as error:
        cannot(f"no openssl ({error})")


@pytest.fixture(scope="session")
def real_mail(certificates) -> Iterator[RealMail]:
    """Own Dovecot and Postfix, started once; tests share them, so use an account of your own or `empty` it first."""
    reason = missing()
    if reason:
        cannot(reason)
    with RealMail(certificates) as mail:
        yield mail


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """An own PostgreSQL, started once; tests share it, so use an office of your own."""
    if reason := postgres_missing():
        cannot(reason)
    with Postgres() as server:
        yield server


@pytest.fixture
def tokens(certificates) -> Iterator[TokenServer]:
    """A token server, fresh for each test."""
    with TokenServer(certificates) as server:
        yield server


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    """The embedded pair, fresh for each test; the office is `office@phrae.example`."""
    with PostOffice(OFFICE) as post:
        yield post
