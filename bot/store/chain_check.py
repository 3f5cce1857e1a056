"""Whether the books still say what the journal covers: every row hashed anew, every thing digested anew.

Linear in the books, and bounded in memory: what the journal says last of each thing is kept in a temporary database.
"""

import contextlib
import datetime
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.store import schema
from bot.store.journal import BEGINNING, FORGOTTEN, chained, row_digest
from bot.store.journal_things import things
from bot.store.office_rows import OfficeRows

_journal = schema.journal
_AT_ONCE = 500
_COLUMNS = tuple(_journal.c[name] for name in ("number", "at", "kind", "covers", "hash"))
NAMED = 20  # misfits that a check names; it counts them all
CHANGED, MISSING, ADDED, ROW_CHANGED, ROW_MISSING = "changed", "missing", "added", "row changed", "row missing"


@dataclass(frozen=True)
class JournalRow:
    """One row of the journal as the books hold it."""

    number: int
    at: datetime.datetime | None
    kind: str
    covers: str  # JSON
    hash: str

    @property
    def digest(self) -> str:
        """SHA-256 of what the row says itself."""
        return row_digest(self.number, self.at, self.kind, self.covers)


@dataclass(frozen=True)
class Misfit:
    """A place where books and journal do not fit: the row of the journal that covers it, the thing, what is wrong."""

    number: int  # 0: no row covers it
    thing: str  # "mail 17", "answers 17", "letter bytes 31"; "" for the row itself
    what: str


@dataclass(frozen=True)
class Checked:
    """What a check found."""

    rows: int
    things: int
    forgotten: int  # of the things, those that were removed on purpose
    head: str  # hash of the last row
    misfits: tuple[Misfit, ...]  # the first ones, in the order of the journal
    wrong: int  # how many there are


class ChainChecks(OfficeRows):
    """The journal of one office."""

    def journal(self) -> Iterator[JournalRow]:
        """Its rows in order; a page is in memory at a time."""
        last = 0
        while True:
            page = sa.select(*_COLUMNS).where(self._own(_journal), _journal.c.number > last)
            with self._database.reading() as connection:
                rows = connection.execute(page.order_by(_journal.c.number).limit(_AT_ONCE)).all()
            yield from (JournalRow(*row) for row in rows)
            if len(rows) < _AT_ONCE:
                return
            last = rows[-1].number

    def head(self) -> JournalRow:
        """The last row. Raises LookupError when there is none."""
        query = sa.select(*_COLUMNS).where(self._own(_journal)).order_by(_journal.c.number.desc()).limit(1)
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise LookupError("these books have no journal")
        return JournalRow(*row)

    def row_hash(self, number: int) -> str:
        """The hash of one row; "" when there is none."""
        query = sa.select(_journal.c.hash).where(self._own(_journal), _journal.c.number == number)
        with self._database.reading() as connection:
            return connection.scalar(query) or ""

    def check_chain(self) -> Checked:
        """Walk through the journal and the books as they stood at one moment. Raises BooksAwayError."""
        with self._database.snapshot() as connection, contextlib.closing(sqlite3.connect("")) as noted:
            noted.execute("CREATE TABLE last (thing TEXT PRIMARY KEY, number INTEGER, digest TEXT, seen INTEGER)")
            query = sa.select(*_COLUMNS).where(self._own(_journal)).order_by(_journal.c.number)
            rows = connection.execute(query, execution_options={"yield_per": _AT_ONCE})
            walk = _Walk(noted)
            walk.through(JournalRow(*row) for row in rows)
            for thing, digest in things(connection, self._office):
                walk.compare(thing, digest)
            return walk.found()


class _Walk:
    """One check under way."""

    def __init__(self, noted: sqlite3.Connection) -> None:
        self._noted = noted
        self._misfits: list[Misfit] = []
        self._wrong = 0
        self._rows = 0
        self._head = BEGINNING

    def through(self, rows: Iterable[JournalRow]) -> None:
        """Hash each row anew and note what it covers. After a misfit it goes on from what the row says."""
        for row in rows:
            if row.number != self._rows + 1:
                self._misfit(Misfit(self._rows + 1, "", ROW_MISSING))
            elif chained(self._head, row.digest) != row.hash:
                self._misfit(Misfit(row.number, "", ROW_CHANGED))
            self._rows, self._head = row.number, row.hash
            upsert = "INSERT OR REPLACE INTO last VALUES (?, ?, ?, 0)"
            self._noted.executemany(upsert, ((thing, row.number, said) for thing, said in _covers(row)))

    def compare(self, thing: str, digest: str) -> None:
        """One thing as the books have it."""
        last = self._noted.execute("SELECT number, digest FROM last WHERE thing = ?", (thing,)).fetchone()
        if last is None or last[1] == FORGOTTEN:
            self._misfit(Misfit(last[0] if last else 0, thing, ADDED))
        elif last[1] != digest:
            self._misfit(Misfit(last[0], thing, CHANGED))
        self._noted.execute("UPDATE last SET seen = 1 WHERE thing = ?", (thing,))

    def found(self) -> Checked:
        """What came of it, with what is missing."""
        gone = "SELECT number, thing FROM last WHERE NOT seen AND digest != '' AND thing != 'chain 1' ORDER BY number"
        for number, thing in self._noted.execute(gone):
            self._misfit(Misfit(number, thing, MISSING))
        total, forgotten = self._noted.execute("SELECT count(*), coalesce(sum(digest = ''), 0) FROM last").fetchone()
        ordered = sorted(self._misfits, key=lambda each: (each.number or self._rows + 1, each.thing))
        return Checked(self._rows, total, forgotten, self._head, tuple(ordered[:NAMED]), self._wrong)

    def _misfit(self, misfit: Misfit) -> None:
        """Count it, and keep it where it may be among the first."""
        self._wrong += 1
        self._misfits.append(misfit)
        if len(self._misfits) > 4 * NAMED:
            self._misfits.sort(key=lambda each: each.number or self._rows + 1)
            del self._misfits[NAMED:]


def _covers(row: JournalRow) -> Iterable[tuple[str, Any]]:
    """What a row covers; nothing where somebody made it no JSON, which its hash tells."""
    try:
        covers = json.loads(row.covers)
    except ValueError:
        return ()
    return covers.items() if isinstance(covers, dict) else ()
