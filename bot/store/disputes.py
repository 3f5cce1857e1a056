"""Mails of which a reporter says that they are not its own. Owns the ``dispute`` rows.

What such a mail said is superseded at that moment, and what it had superseded holds again, so every reading of the books leaves it out.
"""

import datetime
from collections.abc import Iterable

import sqlalchemy as sa

from bot.office.model.dispute import Dispute, Verdict
from bot.store import schema
from bot.store.changes import count_change
from bot.store.database import add
from bot.store.journal import Covers, changed, covered
from bot.store.office_rows import OfficeRows
from bot.store.superseded_answers import supersede_anew

_dispute, _message = schema.dispute, schema.message
_SAID = ("message_id", "by", "at", "settled_at", "settled_by", "upheld")


class Disputes(OfficeRows):
    """The disputed mails of one office."""

    def dispute(self, message: int) -> Dispute | None:
        """What was said about a mail, settled or not."""
        query = sa.select(*(_dispute.c[name] for name in _SAID))
        with self._database.reading() as connection:
            row = connection.execute(query.where(self._own(_dispute), _dispute.c.message_id == message)).one_or_none()
        return Dispute(*row) if row else None


def open_disputes(
    connection: sa.Connection, office: int, disputes: Iterable[Dispute], now: datetime.datetime
) -> Covers:
    """Enter disputes, each once for a mail, within a transaction that is open."""
    covers: Covers = {}
    for one in disputes:
        row = {
            "office_id": office,
            "message_id": one.message,
            "by": one.by,
            "at": now,
            "settled_by": "",
            "upheld": True,
        }
        if (number := add(connection, _dispute, row)) is not None:
            covers |= covered("dispute", number, row)
            _counted_anew(connection, office, one.message)
    return covers


def settle_disputes(
    connection: sa.Connection, office: int, verdicts: Iterable[Verdict], now: datetime.datetime
) -> Covers:
    """Write what staff said, within a transaction that is open. What is settled stays as it is."""
    covers: Covers = {}
    for said in verdicts:
        this = sa.and_(_dispute.c.office_id == office, _dispute.c.message_id == said.message)
        waits = sa.and_(this, _dispute.c.settled_at.is_(None))
        values = {"settled_at": now, "settled_by": said.by, "upheld": not said.counts}
        if settled := changed(connection, "dispute", _dispute, waits, values):
            covers |= settled
            _counted_anew(connection, office, said.message)
    return covers


def _counted_anew(connection: sa.Connection, office: int, message: int) -> None:
    """Mark anew what holds of the reporter in whose name the mail spoke."""
    this = sa.and_(_message.c.office_id == office, _message.c.id == message)
    row = connection.execute(sa.select(_message.c.circular, _message.c.reporter).where(this)).one_or_none()
    if row is not None:
        supersede_anew(connection, office, row.circular, row.reporter)
        count_change(connection, office, (row.circular,))
