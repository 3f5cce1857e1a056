"""Received mails: kept before anything else happens to them, decided once, then filed away on the server.

Owns the ``message`` rows up to their decision and after it; what a mail said is read elsewhere.
"""

import datetime
import hashlib
from collections.abc import Collection, Sequence

import sqlalchemy as sa

from bot.office.records import Arrival, Filing, Inboxed, MessageState
from bot.store import schema
from bot.store.base import OfficeRows
from bot.store.database import add
from bot.store.envelope import envelope, headers_only

_message = schema.message


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
            .returning(
                columns.id,
                columns.raw,
                columns.sha256,
                columns.received_at,
                columns.size,
                columns.oversize,
                columns.attempts,
            )
        )
        with self._database.writing() as connection:
            row = connection.execute(count).one_or_none()
        if row is None:
            raise LookupError(f"no mail {message} in these books")
        return Inboxed(*row)

    def seen_before(self, sha256: str, message: int) -> bool:
        """Whether another mail with the same bytes was decided.

        One that was only held or unreadable does not count: put back into the inbox, it shall be looked at afresh.
        """
        query = sa.select(
            sa.exists().where(
                self._own(_message),
                _message.c.sha256 == sha256,
                _message.c.id != message,
                _message.c.state == MessageState.DECIDED,
            )
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
