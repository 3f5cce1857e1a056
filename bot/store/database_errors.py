"""What an error of the database means: whether it may pass, what is wrong in plain words, what the technician does.

Owns the exceptions of the books and the table over the errors of SQLite (https://www.sqlite.org/rescode.html) and of
PostgreSQL (its documentation, appendix A). What cannot pass stops the bot: to try malformed books again harms them more.
"""

import sqlite3
from dataclasses import dataclass

import sqlalchemy as sa


class BooksError(Exception):
    """The books cannot be opened as configured; the sentence says what to change."""


class BooksAwayError(BooksError):
    """The database did not answer, stayed locked, or broke off. Nothing was written; try again later."""


class BooksBrokenError(BooksError):
    """The books are malformed or not those of this version: no try will ever do better. The sentence says what to do."""


@dataclass(frozen=True)
class Trouble:
    """``passing``: a later try may succeed, at once or when a person has done ``step``."""

    passing: bool
    means: str
    step: str


BY_ITSELF = "it is tried again by itself"
RESTORE = "stop every bot, keep the file, and run `ruam restore` with the newest backup"


def _passes(means: str, step: str) -> Trouble:
    return Trouble(passing=True, means=means, step=step)


def _stays(means: str, step: str) -> Trouble:
    return Trouble(passing=False, means=means, step=step)


_LOCKED = _passes("another program keeps the books locked", BY_ITSELF)
_FULL = _passes("the disk of the books is full", "make room; then the work goes on by itself")
_READ_ONLY = _passes(
    "the books may not be written", "give the bot's user the right to write to the file and its folder"
)
_DISK = _passes("the disk of the books reports errors", "look at the disk and the system's log; take a backup")
_UNOPENED = _passes("the file of the books cannot be opened", "look whether its folder is there and may be read")
_MALFORMED = _stays("the books are malformed", RESTORE)
_NO_BOOKS = _stays("the file is no database of Ruam", f"see the url in [books]; if it is right, {RESTORE}")
_OTHER_SHAPE = _stays(
    "the books lack what this version needs", "run the version of Ruam that kept them last, or restore a backup"
)
_AWAY = _passes("the database server is away or broke off", BY_ITSELF)
_REFUSED = _passes("the database server refuses the login", "see user, password and name in the url of [books]")
_DAMAGED = _stays("the database server finds its data damaged", "ask who runs PostgreSQL; restore its backup")
_OTHER = _passes("the database did not do its part", BY_ITSELF)

SQLITE = {  # by the primary result code
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_PROTOCOL: _LOCKED,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_AUTH: _READ_ONLY,
    sqlite3.SQLITE_IOERR: _DISK,
    sqlite3.SQLITE_NOLFS: _DISK,
    sqlite3.SQLITE_CANTOPEN: _UNOPENED,
    sqlite3.SQLITE_CORRUPT: _MALFORMED,
    sqlite3.SQLITE_FORMAT: _MALFORMED,
    sqlite3.SQLITE_NOTADB: _NO_BOOKS,
}
POSTGRES = {  # by the beginning of the SQLSTATE, the longest that fits
    "08": _AWAY,
    "25006": _READ_ONLY,
    "28": _REFUSED,
    "3D": _REFUSED,
    "40": _LOCKED,
    "42501": _READ_ONLY,
    "42P01": _OTHER_SHAPE,
    "42703": _OTHER_SHAPE,
    "53": _AWAY,
    "53100": _FULL,
    "55P03": _LOCKED,
    "57": _AWAY,
    "58": _DISK,
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
}
_LACKS = ("no such table", "no such column")


def trouble_of(error: BaseException | None) -> Trouble | None:
    """What a driver's error means; None for one that is no trouble of the database but a fault of ours."""
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        if code is not None and (found := SQLITE.get(code & 0xFF)):
            return found
        if str(error).startswith(_LACKS):
            return _OTHER_SHAPE
        return _OTHER if isinstance(error, sqlite3.OperationalError | sqlite3.InterfaceError) else None
    state = getattr(error, "sqlstate", None) or ""
    for length in (5, 2):
        if found := POSTGRES.get(state[:length]):
            return found
    return None


def books_error(error: sa.exc.DBAPIError) -> BooksError | None:
    """The books' own exception for one of the library's; None for a fault of ours, which is to be seen as it is."""
    found = trouble_of(error.orig)
    if found is None and isinstance(error, sa.exc.OperationalError | sa.exc.InterfaceError):
        found = _AWAY
    if found is None:
        return None
    kind = BooksAwayError if found.passing else BooksBrokenError
    return kind(f"{found.means} ({error.orig}); {found.step}")
