"""The database under the books: opening it, bringing its tables up to date, one transaction at a time.

Owns the engine and all that differs between SQLite and PostgreSQL; knows no table. On SQLite a writing transaction starts
with ``BEGIN IMMEDIATE``, so it excludes other writers from its first statement; on PostgreSQL row locks and unique keys do.
Recipe: SQLAlchemy, "Enabling Non-Legacy SQLite Transactional Modes".
"""

import contextlib
import datetime
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Self

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy.dialects import postgresql, sqlite

from bot.store import private
from bot.store.lease_holder import new_holder
from bot.store.troubles import RESTORE, BooksAwayError, BooksBrokenError, BooksError, books_error, trouble_of

WAIT = 30  # seconds a writer waits for another, unless the URL says `?timeout=`; no transaction takes a second
LARGE = 2 << 30  # bytes; of larger books only the tables without mails are looked at when the bot starts
_HEAVY = ("message", "letter")
_UPGRADE_LOCK = 0x5255414D  # any number will do, as long as every Ruam takes the same one
_upgrading = threading.Lock()  # Alembic keeps its context in module globals


class Database:
    """One database, shared by all offices and threads of this process."""

    def __init__(self, engine: sa.Engine, stopwatch: Callable[[], float] = time.monotonic) -> None:
        self._engine = engine
        self._writer = engine.execution_options(ruam_writes=True)
        self.holder = new_holder()  # who works with it, as leases name him
        self.stopwatch = stopwatch  # seconds; no clock, which may be set

    @classmethod
    def open(cls, url: str, stopwatch: Callable[[], float] = time.monotonic) -> Self:
        """The database at ``url``, its tables up to date. Raises BooksError."""
        engine = _engine(url)
        try:
            if engine.dialect.name == "sqlite":
                _keep_a_wal(engine)
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
        """One consistent view. Raises BooksAwayError."""
        with _plain_errors(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One transaction: kept whole when the block ends, gone whole when it raises. Raises BooksAwayError."""
        with _plain_errors(), self._writer.begin() as connection:
            yield connection

    def _upgrade(self) -> None:
        config = Config()
        config.set_main_option("script_location", "bot.store:migrations")
        with _upgrading, self.writing() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_UPGRADE_LOCK)))
            config.attributes["connection"] = connection
            try:
                command.upgrade(config, "head")
            except CommandError as error:
                raise BooksBrokenError(
                    f"the books were kept by a newer Ruam; install that version ({error})"
                ) from error


def add(connection: sa.Connection, table: sa.Table, row: Mapping[str, Any]) -> int | None:
    """Insert ``row`` unless one with its natural key stands there already. The new row's id, or None."""
    return connection.execute(_insert_new(connection, table).returning(table.c.id), row).scalar_one_or_none()


def add_all(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert those of ``rows`` whose natural key is new."""
    if rows:
        connection.execute(_insert_new(connection, table), rows)


def _insert_new(connection: sa.Connection, table: sa.Table) -> sa.Insert:
    key = table.info["key"]
    if connection.dialect.name == "postgresql":
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


def _engine(url: str) -> sa.Engine:
    try:
        parsed = sa.make_url(url)
        backend = parsed.get_backend_name()
        if backend == "sqlite":
            return _sqlite_engine(parsed)
        if backend == "postgresql":
            return sa.create_engine(
                parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True, hide_parameters=True
            )
    except sa.exc.ArgumentError as error:
        raise BooksError(f'"{url}" is no database URL; write it like sqlite:///ruam.db') from error
    except ModuleNotFoundError as error:
        raise BooksError("PostgreSQL needs its driver; install psycopg[binary]") from error
    raise BooksError(f"{backend} is not supported; use sqlite:///ruam.db or postgresql://user@host/name")


def _sqlite_engine(url: sa.URL) -> sa.Engine:
    if not url.database or url.database == ":memory:":
        raise BooksError("the books need a file that stays; write sqlite:///ruam.db")
    folder = Path(url.database).parent
    try:
        private.make_folder(folder)
    except OSError as error:
        raise BooksError(f"the folder {folder} of the books cannot be made: {error.strerror}") from error
    with contextlib.suppress(OSError):  # where it cannot be made or read, SQLite says so in its own words
        private.make_file(Path(url.database))
    if "timeout" not in url.query:
        url = url.update_query_dict({"timeout": str(WAIT)})
    engine = sa.create_engine(url, hide_parameters=True)
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver must start no transaction of its own
    connection.execute("PRAGMA foreign_keys = ON")
    # NORMAL may lose the last commits in a power cut, after their mails were filed away.
    connection.execute("PRAGMA synchronous = FULL")
    # What is removed is overwritten: it was removed because it must not be kept.
    connection.execute("PRAGMA secure_delete = ON")


def _begin_sqlite(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("ruam_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _keep_a_wal(engine: sa.Engine) -> None:
    """Switch the file to a write-ahead log. The switch does not honour the busy time-out, so others are waited for here."""
    patience = time.monotonic() + WAIT
    while not _switched(engine):
        if time.monotonic() > patience:
            raise BooksAwayError("the database stayed locked by another program")
        time.sleep(0.02)


def _switched(engine: sa.Engine) -> bool:
    """Whether the switch was made; False while another process is at it."""
    try:
        with closing(engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA journal_mode = WAL")
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            return False
        told = trouble_of(error)
        kind = BooksBrokenError if told and not told.passing else BooksError
        step = f"; {told.step}" if told else ""
        raise kind(f"the books at {engine.url.database} cannot be opened: {error}{step}") from error
    return True
