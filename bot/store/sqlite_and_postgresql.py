"""How a database is opened: the engine of SQLite and of PostgreSQL, and the settings by which a commit stays.

On SQLite a writing transaction starts with ``BEGIN IMMEDIATE``, so it excludes other writers from its first statement.
Recipe: SQLAlchemy, "Enabling Non-Legacy SQLite Transactional Modes".
"""

import contextlib
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from bot.store import private_files
from bot.store.database_errors import BooksAwayError, BooksBrokenError, BooksError, trouble_of

WAIT = 30  # seconds a writer waits for another, unless the URL says `?timeout=`; no transaction takes a second


def engine_of(url: str) -> sa.Engine:
    """The engine for a database's URL; nothing is opened yet. Raises BooksError."""
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
        private_files.make_folder(folder)
    except OSError as error:
        raise BooksError(f"the folder {folder} of the books cannot be made: {error.strerror}") from error
    with contextlib.suppress(OSError):  # where it cannot be made or read, SQLite says so in its own words
        private_files.make_file(Path(url.database))
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


def keep_a_wal(engine: sa.Engine) -> None:
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
