"""The database under the books: opening it, bringing its tables up to date, one transaction at a time.

Owns all that differs between SQLite and PostgreSQL once they are open; knows no table. Writers exclude each other: on SQLite
from their first statement, on PostgreSQL by row locks and unique keys.
"""

import contextlib
import datetime
import functools
import importlib.resources
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.database_errors import RESTORE, BooksAwayError, BooksBrokenError, BooksError, books_error, trouble_of
from bot.store.lease_holder import new_holder
from bot.store.sqlite_and_postgresql import engine_of, keep_a_wal

LARGE = 2 << 30  # bytes; of larger books all but the bytes of mails and letters is looked at when the bot starts
_HEAVY = ("message_bytes", "letter_bytes")
_UPGRADE_LOCK = 0x5255414D  # any number will do, as long as every Ruam takes the same one
_upgrading = threading.Lock()  # Alembic keeps its context in module globals


class Database:
    """One database, shared by all offices and threads of this process."""

    def __init__(self, engine: sa.Engine, stopwatch: Callable[[], float] = time.monotonic) -> None:
        self._engine = engine
        self._writer = engine.execution_options(ruam_writes=True)
        self.holder = new_holder()  # who works with it, as leases name him
        self.stopwatch = stopwatch  # seconds; no clock, which may be set
        self._mine = threading.local()  # the view that a thread has open

    @classmethod
    def open(cls, url: str, stopwatch: Callable[[], float] = time.monotonic) -> Self:
        """The database at ``url``, its tables up to date. Raises BooksError."""
        engine = engine_of(url)
        try:
            if engine.dialect.name == "sqlite":
                keep_a_wal(engine)
            database = cls(engine, stopwatch)
            database._upgrade()
        except BaseException:
            engine.dispose()
            raise
        return database

    @classmethod
    @contextmanager
    def opened(cls, url: str) -> Iterator[Self]:
        """The database at ``url`` for the length of a block. Raises BooksError."""
        database = cls.open(url)
        try:
            yield database
        finally:
            database.close()

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()

    @contextmanager
    def driver(self) -> Iterator[sqlite3.Connection]:
        """The driver's own connection to an SQLite file, for what SQL cannot say."""
        with _plain_errors(), closing(self._engine.raw_connection()) as pooled:
            connection = pooled.driver_connection
            if not isinstance(connection, sqlite3.Connection):
                raise BooksError("this is for SQLite; PostgreSQL has commands of its own")
            yield connection

    def check(self) -> None:
        """Look whether the file is sound, one second for a gigabyte. Raises BooksBrokenError; PostgreSQL looks after itself."""
        if self._engine.dialect.name != "sqlite":
            return
        with self.driver() as connection:
            pages, size = (connection.execute(f"PRAGMA {what}").fetchone()[0] for what in ("page_count", "page_size"))
            tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
            looks = [f"PRAGMA quick_check({name})" for (name,) in tables if name not in _HEAVY]
            for look in looks if pages * size > LARGE else ["PRAGMA quick_check(1)"]:
                said = connection.execute(look).fetchone()[0]
                if said != "ok":
                    raise BooksBrokenError(f"the books are malformed ({' '.join(said.split())}); {RESTORE}")

    def shrink(self) -> None:
        """Give the room of what was removed back and leave no trace of it in an SQLite file; PostgreSQL does so itself."""
        if self._engine.dialect.name == "sqlite":
            with self.driver() as connection:
                connection.execute("VACUUM")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def empty_log(self) -> bool:
        """Cut SQLite's write-ahead log to nothing, in which removed bytes stay readable. False when others are at it.

        Nobody is waited for. Linear in the log.
        """
        if self._engine.dialect.name != "sqlite":
            return True
        with contextlib.suppress(BooksAwayError), self.driver() as connection:
            (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
            connection.execute("PRAGMA busy_timeout = 0")
            try:
                busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            finally:
                connection.execute(f"PRAGMA busy_timeout = {patience}")
            return not busy
        return False

    def time(self) -> datetime.datetime | None:
        """The clock that all who use this database share: PostgreSQL's own. None for SQLite, whose users share a machine."""
        if self._engine.dialect.name == "sqlite":
            return None
        with self.reading() as connection:
            moment: datetime.datetime = connection.execute(sa.select(sa.func.clock_timestamp())).scalar_one()
        return moment

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One consistent view; within ``one_view`` that one. Raises BooksAwayError."""
        view: sa.Connection | None = getattr(self._mine, "view", None)
        with _plain_errors():
            if view is not None:
                yield view
                return
            with self._engine.connect() as connection:
                yield connection

    @contextmanager
    def snapshot(self) -> Iterator[sa.Connection]:
        """A view of one moment, however many statements look at it and however long. Raises BooksAwayError."""
        with _plain_errors(), self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def one_view(self) -> Iterator[None]:
        """All that this thread reads within the block is of one moment, and nothing is written. Raises BooksAwayError."""
        with self.reading() as connection:
            self._mine.view = connection
            try:
                yield
            finally:
                self._mine.view = None

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One transaction: kept whole when the block ends, gone whole when it raises. Raises BooksAwayError."""
        with _plain_errors(), self._writer.begin() as connection:
            yield connection

    def _upgrade(self) -> None:
        with _upgrading, self.writing() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_UPGRADE_LOCK)))
            if _layout(connection) != newest_layout():
                _migrate(connection)


def newest_layout() -> str:
    """The revision to which the newest step of the migrations leads, by the name of its file."""
    steps = importlib.resources.files("bot.store.migrations").joinpath("versions").iterdir()
    return max(name for step in steps if (name := step.name).startswith("rev_")).removeprefix("rev_").partition(".")[0]


def _layout(connection: sa.Connection) -> str | None:
    """The revision that the books say they have; None for fresh ones."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _migrate(connection: sa.Connection) -> None:
    # It takes as long to load as all else together, and is needed once for each new layout.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util.exc import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise BooksBrokenError(f"the books were kept by a newer Ruam; install that version ({error})") from error


def add(connection: sa.Connection, table: sa.Table, row: Mapping[str, Any]) -> int | None:
    """Insert ``row`` unless one with its natural key stands there already. The new row's id, or None."""
    return connection.execute(_insert_one(connection.dialect.name, table), row).scalar_one_or_none()


def add_all(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert those of ``rows`` whose natural key is new."""
    if rows:
        connection.execute(_insert_new(connection.dialect.name, table), rows)


def add_new(
    connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]
) -> Sequence[sa.RowMapping]:
    """As ``add_all``; these ``columns`` of the rows that were really added."""
    if not rows:
        return ()
    insert = _insert_new(connection.dialect.name, table).returning(*(table.c[name] for name in columns))
    return connection.execute(insert, rows).mappings().all()


@functools.cache
def _insert_one(dialect: str, table: sa.Table) -> Any:
    return _insert_new(dialect, table).returning(table.c.id)


@functools.cache
def _insert_new(dialect: str, table: sa.Table) -> sa.Insert:
    """Built once for each table, since each mail takes some."""
    key = table.info["key"]
    if dialect == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing(index_elements=key)
    return sqlite.insert(table).on_conflict_do_nothing(index_elements=key)


@contextmanager
def _plain_errors() -> Iterator[None]:
    """The library's exceptions in the books' words, since nobody else may know the library."""
    try:
        yield
    except sa.exc.StatementError as error:
        if isinstance(error.orig, ValueError):  # refused by a column's type
            raise error.orig from error
        if isinstance(error, sa.exc.DBAPIError) and (told := books_error(error)):
            raise told from error
        raise
    except sqlite3.Error as error:  # of the driver's own connection
        if found := trouble_of(error):
            kind = BooksAwayError if found.passing else BooksBrokenError
            raise kind(f"{found.means} ({error}); {found.step}") from error
        raise
