"""Everything in an office's books that its journal covers, with its digest, in one pass; and how a chain begins.

Streamed: a few rows are in memory at a time, of large bytes one.
"""

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from bot.office.model.received_mail import MessageState
from bot.store import schema
from bot.store.addresses import WORDS_OF_STAFF, word_name
from bot.store.baselines import list_name
from bot.store.journal import BEGUN, COLUMNS, covered, covered_together, lock_chain, sha256_of, step_name, write_row

_AT_ONCE = 500  # rows fetched, and things that one row covers when a chain begins
_message, _letter, _report, _ledger = schema.message, schema.letter, schema.report, schema.ledger
# What is a row of its own: kind, table, and which of its rows.
_SINGLE: tuple[tuple[str, sa.Table, sa.ColumnElement[bool]], ...] = (
    ("mail", _message, sa.true()),
    ("decision", _message, _message.c.state != MessageState.RECEIVED),
    ("letter", _letter, sa.true()),
    ("sent", _letter, _letter.c.sent_at.is_not(None)),
    ("round", schema.round_change, sa.true()),
    ("holiday", schema.holiday, sa.true()),
    ("circular", schema.circular, sa.true()),
    ("roster", schema.roster, sa.true()),
    ("dispute", schema.dispute, sa.true()),
    ("task", schema.task, sa.true()),
    ("approval", _report, _report.c.approved_by != ""),
)
COVERAGE = 1  # 0: a chain from before ``_later`` was covered
_TOGETHER = (schema.answer, schema.remark, schema.explanation, schema.finding)  # of one mail
_LARGE = (("report", _report), ("registration", schema.registration))
_BYTES = (("mail bytes", schema.message_bytes), ("letter bytes", schema.letter_bytes))


def begin_chain(connection: sa.Connection, office: int) -> None:
    """Begin the chain of an office that has none, with rows that cover what is there, within an open transaction.

    A chain that does not cover some kinds of things yet gets rows for what is there of these.
    """
    mine = schema.office.c.id == office
    there = sa.exists().where(schema.journal.c.office_id == office)
    state = sa.select(schema.office.c.coverage, there.label("begun")).where(mine)
    if tuple(connection.execute(state).one()) == (COVERAGE, True):
        return
    lock_chain(connection, office)
    coverage, begun = connection.execute(state).one()
    if begun and coverage == COVERAGE:  # another process was first
        return
    if not begun:
        write_row(connection, office, BEGUN, {"chain 1": sha256_of(b"")}, None)
    every = _later(connection, office) if begun else things(connection, office)
    connection.execute(sa.update(schema.office).where(mine).values(coverage=COVERAGE))
    while page := dict(itertools.islice(every, _AT_ONCE)):
        write_row(connection, office, BEGUN, page, None)


def things(connection: sa.Connection, office: int) -> Iterator[tuple[str, str]]:
    """Each thing with its digest, as the books have it now. What was removed is not there."""
    yield from _single(connection, office, _SINGLE)
    yield from _later(connection, office)
    for table in _TOGETHER:
        kind = f"{table.name}s"
        columns = (table.c.message_id, *(table.c[name] for name in COLUMNS[kind]))
        rows = _rows(connection, office, sa.select(*columns), table.c.message_id)
        for message, said in itertools.groupby(rows, key=lambda row: row["message_id"]):
            yield from covered_together(kind, message, said).items()
    names = ("circular", "reporter", "step", *COLUMNS["step"])
    for row in _rows(connection, office, sa.select(*(_ledger.c[name] for name in names)), _ledger.c.id):
        yield from covered("step", step_name(row), row).items()
    for kind, table in _LARGE:
        for row in _rows(connection, office, sa.select(table), table.c.id, few=True):
            yield from covered(kind, row["id"], row).items()
    for kind, table in _BYTES:
        for row in _rows(connection, office, sa.select(table.c.id, table.c.raw), table.c.id, few=True):
            yield f"{kind} {row['id']}", sha256_of(row["raw"])


def _later(connection: sa.Connection, office: int) -> Iterator[tuple[str, str]]:
    """Wishes, words of staff on addresses, loaded lists: chains begun before cover them from when the books are next opened."""
    yield from _single(connection, office, (("wish", schema.wish, sa.true()),))
    table = schema.address
    words = sa.select(*(table.c[name] for name in COLUMNS["address"])).where(table.c.standing.in_(WORDS_OF_STAFF))
    for row in _rows(connection, office, words, table.c.id):
        yield from covered("address", word_name(row), row).items()
    table = schema.baseline
    lists = sa.select(table).order_by(table.c.circular, table.c.at)
    for (circular, day), rows in itertools.groupby(
        _rows(connection, office, lists, table.c.id), key=lambda row: (row["circular"], row["at"])
    ):
        yield from covered_together("baseline", list_name(circular, day), rows).items()


def _single(
    connection: sa.Connection, office: int, kinds: Iterable[tuple[str, sa.Table, sa.ColumnElement[bool]]]
) -> Iterator[tuple[str, str]]:
    """The things of these kinds, each a row of its own."""
    for kind, table, which in kinds:
        columns = (table.c.id, *(table.c[name] for name in COLUMNS[kind]))
        for row in _rows(connection, office, sa.select(*columns).where(which), table.c.id):
            yield from covered(kind, row["id"], row).items()


def _rows(
    connection: sa.Connection, office: int, query: sa.Select[Any], key: sa.Column[Any], *, few: bool = False
) -> Iterator[sa.RowMapping]:
    """The office's rows in the order of ``key``, or before that in the query's own; of ``few``, which are large, one is in memory."""
    mine = query.where(key.table.c.office_id == office).order_by(key)
    yield from connection.execute(mine, execution_options={"yield_per": 1 if few else _AT_ONCE}).mappings()
