"""What people asked for in words and was said back to them, until a word confirms or drops it. Owns the ``wish`` rows."""

import datetime
from collections.abc import Iterable

import sqlalchemy as sa

from bot.office.model.received_mail import Asker
from bot.office.wishes.wish import Pending, Settled, WishState, as_record, from_record
from bot.store import schema
from bot.store.database import add
from bot.store.journal import Covers, changed, covered
from bot.store.office_rows import OfficeRows

_wish, _message = schema.wish, schema.message
_ASKER = ("id", "sender", "subject", "message_id", "circular", "reporter", "why", "verdict")


class WishSettledError(LookupError):
    """A wish that was to be settled waits no more: somebody else's word came first."""


class Wishes(OfficeRows):
    """The wishes of one office that wait, or waited, for a word."""

    def wish(self, reference: str) -> Pending | None:
        """The wish with this reference."""
        query = sa.select(_wish).where(self._own(_wish), _wish.c.reference == reference)
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        said = (
            row.reference,
            from_record(row.wish),
            row.said,
            row.rests_on,
            row.by,
            row.at,
            row.circular,
            row.message_id,
        )
        return Pending(*said, WishState(row.state))

    def asker(self, message: int) -> Asker | None:
        """A mail in words, as the answer to it needs it."""
        columns = (_message.c[name] for name in _ASKER)
        query = sa.select(*columns).where(self._own(_message), _message.c.id == message, _message.c.in_words)
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return Asker(*row) if row else None


def note_wishes(connection: sa.Connection, office: int, wishes: Iterable[Pending], message: int | None) -> Covers:
    """Write wishes that wait for a word, within a transaction that is open. One that is there already stays as it is."""
    covers: Covers = {}
    for each in wishes:
        row = {"office_id": office, "reference": each.reference, "wish": as_record(each.wish), "said": each.said}
        row |= {"rests_on": each.rests_on}
        row |= {
            "settled_by": "",
            "by": each.by,
            "at": each.at,
            "circular": each.circular,
            "message_id": message,
            "state": each.state.value,
        }
        if (number := add(connection, _wish, row)) is not None:
            covers |= covered("wish", number, row)
    return covers


def settle_wishes(connection: sa.Connection, office: int, settled: Iterable[Settled], now: datetime.datetime) -> Covers:
    """Write what became of wishes, each once. Raises WishSettledError for one that waits no more, so that nothing is done twice."""
    covers: Covers = {}
    for each in settled:
        waits = sa.and_(_wish.c.office_id == office, _wish.c.reference == each.reference)
        waits = sa.and_(waits, _wish.c.state == WishState.WAITING.value)
        values = {"state": each.state.value, "settled_by": each.by, "settled_at": now}
        done = changed(connection, "wish", _wish, waits, values)
        if not done:
            raise WishSettledError(f"wish {each.reference} waits no more")
        covers |= done
    return covers
