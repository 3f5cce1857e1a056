"""Received mails: kept before anything else happens to them, decided once, then filed away on the server.

Owns the ``message`` rows up to their decision and after it; what a mail said is read elsewhere. Of any number of daemons
one works on a mail at a time: it claims the mail for a while. Every claim is counted before the mail is looked at, so a
mail in whose reading the whole daemon dies is known by its count.
"""

import datetime
import hashlib
from collections.abc import Callable, Collection, Sequence

import sqlalchemy as sa

from bot.office.records import Arrival, Filing, Inboxed, MessageState, Refiling
from bot.store import schema
from bot.store.base import OfficeRows
from bot.store.database import add
from bot.store.envelope import content_digest, envelope, headers_only
from bot.store.holder import surely_dead

_message = schema.message
_twin = schema.message.alias("twin")
INBOXED = tuple(
    _message.c[name]
    for name in (
        *("id", "raw", "sha256", "received_at", "size", "oversize"),
        *("attempts", "failures", "why", "vouched_by", "reporter"),
    )
)
_LONGEST_WHY = 300  # characters


class Inbox(OfficeRows):
    """The received mails of one office."""

    def known_uids(self, folder: str, uidvalidity: int) -> set[int]:
        """The UIDs already received from a folder under this UIDVALIDITY."""
        query = sa.select(_message.c.uid).where(
            self._own(_message), _message.c.folder == folder, _message.c.uidvalidity == uidvalidity
        )
        with self._database.reading() as connection:
            return set(connection.scalars(query))

    def receive(self, arrivals: Sequence[Arrival]) -> list[int]:
        """Keep mails, all or none; a UID that is there already is left alone. The ids of the new rows."""
        rows = [self._row(arrival) for arrival in arrivals]
        with self._database.writing() as connection:
            ids = [add(connection, _message, row) for row in rows]
        return [new for new in ids if new is not None]

    def _row(self, arrival: Arrival) -> dict[str, object]:
        head = envelope(arrival.raw)
        return {
            "office_id": self._office,
            "folder": arrival.folder,
            "uidvalidity": arrival.uidvalidity,
            "uid": arrival.uid,
            "sha256": hashlib.sha256(arrival.raw).hexdigest(),
            "message_id": head.message_id,
            "content": content_digest(arrival.raw),
            "sender": head.sender,
            "subject": head.subject,
            "raw": arrival.raw,
            "size": arrival.size,
            # A server's count alone proves nothing: some count a few bytes more than they send.
            "oversize": arrival.size > len(arrival.raw) and headers_only(arrival.raw),
            "received_at": arrival.at,
            "state": MessageState.RECEIVED,
        }

    def pending(self, limit: int) -> list[int]:
        """Mails still to be decided, oldest first; one that was tried in vain waits behind the others."""
        query = (
            sa.select(_message.c.id)
            .where(self._own(_message), _message.c.state == MessageState.RECEIVED)
            .order_by(_message.c.attempts, _message.c.received_at, _message.c.id)
            .limit(limit)
        )
        with self._database.reading() as connection:
            return list(connection.scalars(query))

    def take(self, message: int) -> Inboxed:
        """A mail to be read. The attempt is counted durably first, so a mail that kills its reader is known by its count.

        Raises LookupError when the office has no such mail.
        """
        columns = _message.c
        count = (
            sa.update(_message)
            .where(self._own(_message), columns.id == message)
            .values(attempts=columns.attempts + 1)
            .returning(*INBOXED)
        )
        with self._database.writing() as connection:
            row = connection.execute(count).one_or_none()
        if row is None:
            raise LookupError(f"no mail {message} in these books")
        return Inboxed(*row)

    def claim_mail(self, now: datetime.datetime, lease: datetime.timedelta) -> Inboxed | None:
        """The next mail to be decided, this database's opener's alone until ``now + lease``; None when none is free.

        The oldest first, but one that was tried in vain waits behind the others, and a copy of a mail that is being worked
        on waits for that. What a dead process had claimed is free at once; so is what we ourselves could not give back,
        and that attempt does not count. One desk at a time may claim for one opened database.
        """
        with self._database.writing() as connection:
            busy = self._busy(connection, now, lease)
            columns = _message.c
            free = (
                sa.select(columns.id, columns.attempts, columns.taken_by)
                .where(self._own(_message), columns.state == MessageState.RECEIVED, sa.not_(busy(_message)))
                .where(~sa.exists().where(_same_mail(), _twin.c.state == MessageState.RECEIVED, busy(_twin)))
                .order_by(columns.attempts, columns.received_at, columns.id)
                .limit(1)
                .with_for_update(skip_locked=True)
            )
            row = connection.execute(free).one_or_none()
            if row is None:
                return None
            left = row.taken_by == self._database.holder
            values = {"attempts": row.attempts + (not left), "lease_until": now + lease}
            change = sa.update(_message).where(self._own(_message), columns.id == row.id)
            values["taken_by"] = self._database.holder
            return Inboxed(*connection.execute(change.values(values).returning(*INBOXED)).one())

    def _busy(
        self, connection: sa.Connection, now: datetime.datetime, lease: datetime.timedelta
    ) -> Callable[[sa.FromClause], sa.ColumnElement[bool]]:
        """The condition that a mail is being worked on, or waits to be tried again.

        A lease that has longer to run than any can was given by a clock that was set back since; it counts for nothing.
        """
        waiting = sa.select(_message.c.taken_by).where(self._own(_message), _message.c.state == MessageState.RECEIVED)
        takers = connection.scalars(waiting.where(_message.c.taken_by != "").distinct())
        gone = [self._database.holder, *(taker for taker in takers if surely_dead(taker))]

        def busy(table: sa.FromClause) -> sa.ColumnElement[bool]:
            until = sa.func.coalesce(table.c.lease_until, sa.bindparam(None, now, schema.Moment))
            return sa.and_(until > now, until <= now + 2 * lease, table.c.taken_by.not_in(gone))

        return busy

    def give_back(
        self, message: int, *, error: str = "", until: datetime.datetime | None = None, counts: bool = True
    ) -> None:
        """End our claim on a mail that was not decided: it is free again, from ``until`` on.

        ``counts=False`` takes the attempt back, as when the machine was at fault; otherwise ``error`` says what went wrong.
        """
        columns = _message.c
        change = (
            sa.update(_message)
            .where(self._own(_message), columns.id == message, columns.state == MessageState.RECEIVED)
            .where(columns.taken_by == self._database.holder)
            .values(lease_until=until, taken_by="")
            .values(
                {"failures": columns.failures + 1, "why": error[:_LONGEST_WHY]}
                if counts
                else {"attempts": columns.attempts - 1}
            )
        )
        with self._database.writing() as connection:
            connection.execute(change)

    def seen_before(self, sha256: str, message: int) -> bool:
        """Whether another mail was decided that has the same bytes, or the same Message-ID, sender and content.

        The latter are copies of one mail that came different ways. A Message-ID alone proves nothing: some programs give
        the same one to many mails, or none. A mail that was only held or unreadable does not count: put back into the
        inbox, it shall be looked at afresh.
        """
        other = sa.or_(_twin.c.sha256 == sha256, _same_mail())
        query = sa.select(
            sa.exists()
            .where(
                self._own(_message), _twin.c.office_id == self._office, _message.c.id == message, _twin.c.id != message
            )
            .where(other, _twin.c.state == MessageState.DECIDED)
        )
        with self._database.reading() as connection:
            return bool(connection.scalar(query))

    def to_file(self, folder: str, uidvalidity: int) -> list[Filing]:
        """Decided mails that still lie in this folder, in UID order."""
        columns = _message.c
        query = (
            sa.select(columns.id, columns.folder, columns.uidvalidity, columns.uid, columns.state)
            .where(
                self._own(_message),
                columns.folder == folder,
                columns.uidvalidity == uidvalidity,
                columns.state != MessageState.RECEIVED,
                columns.filed_at.is_(None),
            )
            .order_by(columns.uid)
        )
        with self._database.reading() as connection:
            return [Filing(*row) for row in connection.execute(query)]

    def filed(self, messages: int | Collection[int], where: str, at: datetime.datetime) -> None:
        """Note that mails were moved to the folder ``where``, or found gone with ``where`` empty. The first note stands."""
        ids = [messages] if isinstance(messages, int) else list(messages)
        note = (
            sa.update(_message)
            .where(self._own(_message), _message.c.id.in_(ids), _message.c.filed_at.is_(None))
            .values(filed_to=where, filed_at=at)
        )
        with self._database.writing() as connection:
            connection.execute(note)

    def to_refile(self, shelf: str) -> list[Refiling]:
        """Mails that were filed on this shelf when they were held, and have been decided since."""
        columns = _message.c
        over = columns.state.in_((MessageState.DECIDED, MessageState.UNREADABLE))
        query = sa.select(columns.id, columns.size, columns.sha256, columns.state).where(
            self._own(_message), over, columns.filed_to == shelf
        )
        with self._database.reading() as connection:
            return [Refiling(*row) for row in connection.execute(query.order_by(columns.id))]

    def refiled(self, message: int, where: str, at: datetime.datetime) -> None:
        """Note that a mail was moved on to the folder ``where``, or found gone with ``where`` empty."""
        note = sa.update(_message).where(self._own(_message), _message.c.id == message)
        with self._database.writing() as connection:
            connection.execute(note.values(filed_to=where, filed_at=at))


def _same_mail() -> sa.ColumnElement[bool]:
    """The condition that ``_twin`` is another copy of the mail."""
    mine, other = _message.c, _twin.c
    said = sa.and_(
        mine.message_id != "",
        mine.content != "",
        other.message_id == mine.message_id,
        other.sender == mine.sender,
        other.content == mine.content,
    )
    return sa.and_(other.office_id == mine.office_id, other.id != mine.id, sa.or_(other.sha256 == mine.sha256, said))
