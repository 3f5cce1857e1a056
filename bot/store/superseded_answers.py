"""Which answers and remarks still hold: a newer mail of the same reporter supersedes what an older one said of the same thing.

Marked in the transaction that writes them, so that reading what holds now never walks through what no longer does.
Newer is by the time of receiving, then by the mail's row, whatever the order of deciding.
"""

import datetime
import functools
from typing import Any

import sqlalchemy as sa

from bot.office.decision import Decision
from bot.store import schema
from bot.store.office_rows import of_office

_message = schema.message
_dispute = schema.dispute
# A mail that does not count because a reporter says that it is not its own, as long as staff have not overruled that.
_DISPUTED = sa.and_(
    _dispute.c.office_id == _message.c.office_id, _dispute.c.message_id == _message.c.id, _dispute.c.upheld
)
# What a row speaks of, beside its office, circular and reporter.
ABOUT = ((schema.answer, ("organisation", "question")), (schema.remark, ("key",)))


def held_at(table: sa.Table, moment: sa.ColumnElement[datetime.datetime] | None) -> sa.ColumnElement[bool]:
    """The condition that a row was superseded by nothing decided until ``moment``; None: until now."""
    since = table.c.superseded_at
    return since.is_(None) if moment is None else sa.or_(since.is_(None), since > moment)


def supersede(connection: sa.Connection, office: int, decision: Decision, now: datetime.datetime) -> None:
    """Mark what no longer holds of a reporter's, within the transaction that adds to it. Looks only at what held until now."""
    whose = {"office": office, "of_circular": decision.circular, "of_reporter": decision.reporter}
    added = {schema.answer.name: decision.answers, schema.remark.name: decision.remarks}
    for table, about in (each for each in ABOUT if added[each[0].name]):
        connection.execute(_marking(table, about), whose | {"superseded_at": now})


@functools.cache
def _marking(table: sa.Table, about: tuple[str, ...]) -> sa.Update:
    """The statement that marks; built once, since each mail takes it."""
    newest_first = (_message.c.received_at.desc(), _message.c.id.desc())
    rank = sa.func.row_number().over(partition_by=[table.c[name] for name in about], order_by=newest_first)
    ranked = _rows(table, rank.label("rank")).where(held_at(table, None)).subquery()
    return sa.update(table).where(table.c.id.in_(sa.select(ranked.c.id).where(ranked.c.rank > 1)))


def supersede_anew(connection: sa.Connection, office: int, circular: str, reporter: str) -> None:
    """Mark all of a reporter's from the beginning, for when some of it was taken away. Linear in what he ever said.

    What a disputed mail said supersedes nothing, and is itself superseded since the dispute.
    """
    for table, about in ABOUT:
        newer = sa.func.min(sa.case((_dispute.c.id.is_(None), _message.c.decided_at))).over(
            partition_by=[table.c[name] for name in about],
            order_by=(_message.c.received_at.desc(), _message.c.id.desc()),
            rows=(None, -1),
        )
        said = _rows(table, newer.label("newer"), _message.c.decided_at, _dispute.c.at.label("disputed"))
        said = said.outerjoin(_dispute, _DISPUTED)
        rows = connection.execute(said, {"office": office, "of_circular": circular, "of_reporter": reporter}).all()
        marks = [{"row": row.id, "since": _since(row)} for row in rows]
        this = sa.and_(table.c.office_id == office, table.c.id == sa.bindparam("row"))
        change = sa.update(table).where(this).values(superseded_at=sa.bindparam("since"))
        if marks:
            connection.execute(change, marks)


def _since(row: sa.Row[Any]) -> datetime.datetime | None:
    """Since when a row holds no longer; None while it does."""
    ends = [max(row.newer, row.decided_at)] if row.newer else []
    return min([*ends, *([row.disputed] if row.disputed else [])], default=None)


def _rows(table: sa.Table, *more: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """A reporter's rows, with their mails; whose is given when it is executed."""
    its = (table.c[name] == sa.bindparam(f"of_{name}") for name in ("circular", "reporter"))
    whose = sa.and_(of_office(table), *its)
    return sa.select(table.c.id, *more).join(_message, _message.c.id == table.c.message_id).where(whose)
