"""Backup and restore of the books' one file, whole or not at all. SQLite only; PostgreSQL has pg_dump and pg_restore.

After a restore nobody knows what was sent since the backup was made: letters that waited then are looked for in Sent, and
left to a person where they are not found there.
"""

import contextlib
import datetime
import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.office.model.received_mail import MessageState
from bot.office.model.sent_letter import LetterState
from bot.store import private_files, schema
from bot.store.database import Database
from bot.store.database_errors import BooksError
from bot.store.office_rows import EVERY_OFFICE

POSTGRES = "the books are kept by PostgreSQL; back them up with pg_dump and bring them back with pg_restore"
RESTORED = "restored from a backup; it may have been sent since that was made"
_GROWING = ("SELECT max(id) FROM message", "SELECT max(id) FROM letter", "SELECT max(id) FROM ledger")
_CHANGING = ("SELECT max(changed_at) FROM letter", "SELECT max(decided_at) FROM message")


@dataclass(frozen=True)
class Restored:
    """What a restore did: where the old file lies now, how many letters are left to a person."""

    kept: Path | None
    letters: int


def backup(url: str, file: Path) -> int:
    """Copy the books at ``url`` into a new file while others may write; its size in bytes.

    The copy is checked before it gets its name. Raises BooksError when the file exists, cannot be written or is not sound.
    """
    if file.exists():
        raise BooksError(f"{file} is there already; name a new file")
    source = _path(url)
    if not source.is_file():
        raise BooksError(f"there are no books at {source}")
    part = file.with_name(f".{file.name}.part")
    try:
        with Database.opened(url) as database, database.driver() as books:
            _copy(books, part)
        _check(part)
        os.link(part, file)  # fails where the name was taken meanwhile; a rename would overwrite
    except (OSError, sqlite3.Error) as error:
        raise BooksError(f"the backup {file} could not be written: {error}") from error
    finally:
        part.unlink(missing_ok=True)
    return file.stat().st_size


def restore(url: str, file: Path, now: datetime.datetime, *, force: bool = False) -> Restored:
    """Put the books of a backup in the place of those at ``url``; the old ones stay beside them under another name.

    Raises BooksError when the backup is not sound, a bot is at work, or the books hold what the backup does not and ``force``
    is not given.
    """
    target = _path(url)
    _check(file)
    if target.exists():
        _refuse(target, file, now, force=force)
    part = target.with_name(f".{target.name}.restoring")
    part.unlink(missing_ok=True)
    try:
        with contextlib.closing(_reader(file)) as source:
            _copy(source, part)
        letters = _leave_to_a_person(f"sqlite:///{part}", now)
        kept = _aside(target, now) if target.exists() else None
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise BooksError(f"the books could not be restored: {error}") from error
    finally:
        for end in ("", "-wal", "-shm"):
            part.with_name(part.name + end).unlink(missing_ok=True)
    return Restored(kept, letters)


def _path(url: str) -> Path:
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        raise BooksError(POSTGRES)
    return Path(parsed.database)


def _reader(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)


def _copy(source: sqlite3.Connection, target: Path) -> None:
    """A consistent copy page by page, readable by its owner alone. Whoever writes meanwhile is not held up."""
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, private_files.FILE))
    with contextlib.closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
    with target.open("rb+") as written:
        os.fsync(written.fileno())


def _check(file: Path) -> None:
    """Raises BooksError unless the file is sound and holds books."""
    if not file.is_file():
        raise BooksError(f"there is no file {file}")
    try:
        with contextlib.closing(_reader(file)) as connection:
            said = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error as error:
        raise BooksError(f"{file} is no backup of books: {error}") from error
    if said != "ok":
        raise BooksError(f"{file} is damaged: {said}; take another backup")
    if not {"office", "message", "letter", "alembic_version"} <= tables:
        raise BooksError(f"{file} holds no books of Ruam")


def _refuse(target: Path, file: Path, now: datetime.datetime, *, force: bool) -> None:
    """Raises BooksError when the books in place are in use, or would lose something without ``force``."""
    try:
        with contextlib.closing(sqlite3.connect(target)) as there, contextlib.closing(_reader(file)) as backed_up:
            if _value(there, "SELECT 1 FROM mailbox WHERE holder <> '' AND until > ?", _moment(now)):
                raise BooksError("a bot is at work on these books; stop it first (its lease ends by itself in minutes)")
            newer = any(_value(there, one) > _value(backed_up, one) for one in (*_GROWING, *_CHANGING))
    except sqlite3.DatabaseError:
        return  # what is in place is damaged: nothing readable is lost, and the file is kept beside
    if newer and not force:
        raise BooksError(
            f"the books at {target} hold what came after the backup was made; with --force they are put aside, not deleted"
        )


def _value(connection: sqlite3.Connection, query: str, *given: str) -> tuple[Any, ...]:
    """The value of a query in a form that compares; books of an older version may lack a table."""
    try:
        found = connection.execute(query, given).fetchone()
    except sqlite3.OperationalError:
        found = None
    return found if found and found[0] is not None else ()


def _moment(now: datetime.datetime) -> str:
    """As SQLAlchemy writes it into SQLite."""
    return f"{now.astimezone(datetime.UTC):%Y-%m-%d %H:%M:%S.%f}"


def _leave_to_a_person(url: str, now: datetime.datetime) -> int:
    """Bring the copy up to date and stop in it what may have gone out since; how many letters."""
    letter, message, mailbox = schema.letter, schema.message, schema.mailbox
    waiting = (LetterState.QUEUED, LetterState.DEFERRED, LetterState.SENDING)
    stop = sa.update(letter).where(letter.c.state.in_(waiting))
    # Their answers may have gone out too: what is filed where it lay is not answered by itself.
    received = sa.update(message).where(message.c.state == MessageState.RECEIVED).values(filed_to=message.c.folder)
    with Database.opened(url) as database, database.writing() as one:
        connection = one.execution_options(**EVERY_OFFICE)
        values = {"state": LetterState.UNKNOWN, "detail": RESTORED, "changed_at": now, "sought_at": None}
        stopped = connection.execute(stop.values(values)).rowcount
        connection.execute(received)
        connection.execute(sa.delete(mailbox))
    return stopped


def _aside(target: Path, now: datetime.datetime) -> Path:
    """Give the old file another name; what its log holds goes with it."""
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(target)) as old:
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = target.with_name(f"{target.name}.before-restore-{now:%Y%m%dT%H%M%S}")
    for end in ("-wal", "-shm", ""):
        part = target.with_name(target.name + end)
        if part.exists():
            part.rename(kept.with_name(kept.name + end))
    private_files.close(kept)
    return kept
