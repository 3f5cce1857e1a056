"""All that stands in the books behind one circular, read as of one moment and streamed. Changes nothing."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

import sqlalchemy as sa

from bot.office.model.received_mail import MessageState
from bot.store import schema
from bot.store.chain_check import JournalRow
from bot.store.journal import content_of, content_together, step_name
from bot.store.office_rows import OfficeRows
from bot.store.raw_bytes import has_bytes

Row: TypeAlias = sa.RowMapping
Table: TypeAlias = sa.Table
_AT_ONCE = 500  # rows fetched at once; of those with large bytes one
_message, _journal = schema.message, schema.journal
_OF_MAILS = (schema.answer, schema.remark, schema.explanation, schema.finding)
# Kinds of things that are a row of a table with the circular's slug.
_SINGLE = (
    ("mail", _message),
    ("decision", _message),
    ("letter", schema.letter),
    ("sent", schema.letter),
    ("round", schema.round_change),
    ("task", schema.task),
    ("approval", schema.report),
    ("wish", schema.wish),
)


class RoundRows:
    """One circular's rows in one view of the books."""

    def __init__(self, connection: sa.Connection, office: int, circular: str) -> None:
        self._connection, self._office, self._circular = connection, office, circular

    def of(self, table: sa.Table, *, large: bool = False) -> Iterator[sa.RowMapping]:
        """The rows of a table with a circular, in their order."""
        return self._rows(sa.select(table).where(table.c.circular == self._circular), table.c.id, large=large)

    def mails(self) -> Iterator[sa.RowMapping]:
        """The mails about it, each with ``kept``: whether its bytes are there and may be given away."""
        given = sa.and_(_message.c.state == MessageState.DECIDED, has_bytes(_message))
        return self._rows(
            sa.select(_message, given.label("kept")).where(_message.c.circular == self._circular), _message.c.id
        )

    def said(self, table: sa.Table) -> Iterator[sa.RowMapping]:
        """Answers, remarks, reasons or findings of these mails, by mail, with the mail's sender and moment."""
        query = (
            sa.select(table, _message.c.sender, _message.c.received_at)
            .join(_message, _message.c.id == table.c.message_id)
            .where(_message.c.office_id == self._office, _message.c.circular == self._circular)
        )
        return self._rows(query, table.c.message_id, table.c.id)

    def raws(self, owner: sa.Table) -> Iterator[tuple[int, bytes]]:
        """The bytes of its mails that were decided, or of its letters. What was held or not opened may hold what must not be kept."""
        kept = schema.metadata.tables[f"{owner.name}_bytes"]
        query = (
            sa.select(kept.c.id, kept.c.raw)
            .join(owner, owner.c.id == kept.c.id)
            .where(owner.c.office_id == self._office, owner.c.circular == self._circular)
        )
        query = query.where(_message.c.state == MessageState.DECIDED) if owner is _message else query
        return ((row["id"], row["raw"]) for row in self._rows(query, kept.c.id, large=True))

    def things(self) -> Iterator[tuple[str, str]]:
        """Each thing that the journal covers, but bytes, with the content that its digest is of."""
        for kind, table in _SINGLE:
            for row in self.of(table):
                if kind not in {"sent", "approval", "decision"} or _is_there(kind, row):
                    yield f"{kind} {row['id']}", content_of(kind, row)
        for table in _OF_MAILS:
            for message, rows in itertools.groupby(self.said(table), key=lambda row: row["message_id"]):
                yield f"{table.name}s {message}", content_together(f"{table.name}s", rows)
        for row in self.of(schema.ledger):
            yield f"step {step_name(row)}", content_of("step", row)
        for kind, table in (("report", schema.report), ("registration", schema.registration)):
            for row in self.of(table, large=True):
                yield f"{kind} {row['id']}", content_of(kind, row)

    def journal(self) -> Iterator[JournalRow]:
        """All rows of the office's journal, in their order."""
        columns = (_journal.c[name] for name in ("number", "at", "kind", "covers", "hash"))
        return (JournalRow(**row) for row in self._rows(sa.select(*columns), _journal.c.number))

    def _rows(
        self, query: sa.Select[Any], key: sa.Column[Any], *more: sa.Column[Any], large: bool = False
    ) -> Iterator[sa.RowMapping]:
        mine = query.where(key.table.c.office_id == self._office).order_by(key, *more)
        options = {"yield_per": 1 if large else _AT_ONCE}
        yield from self._connection.execute(mine, execution_options=options).mappings()


def _is_there(kind: str, row: sa.RowMapping) -> bool:
    """Whether a row has come so far that the thing is there."""
    if kind == "decision":
        return bool(row["state"] is not MessageState.RECEIVED)
    return bool(row["sent_at"] if kind == "sent" else row["approved_by"])


class Evidence(OfficeRows):
    """What stands behind the circulars of one office."""

    @contextmanager
    def round_rows(self, circular: str) -> Iterator[RoundRows]:
        """A circular's rows as of one moment, for the length of a block. Raises BooksAwayError."""
        with self._database.snapshot() as connection:
            yield RoundRows(connection, self._office, circular)
