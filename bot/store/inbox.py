"""Received mails: kept before anything else happens to them, decided once, then filed away on the server.

Owns the ``message`` rows before they are worked on and after; whose turn it is, and who works on it, is said elsewhere.
"""

import datetime
import hashlib
from collections.abc import Collection, Sequence

import sqlalchemy as sa

from bot.office.model.received_mail import Arrival, Filing, MessageState, Refiling
from bot.store import schema
from bot.store.database import add
from bot.store.journal import RECEIVED, Covers, covered, sha256_of, write_row
from bot.store.office_rows import OfficeRows, of_office
from bot.store.raw_bytes import keep_bytes

_message = schema.message
_twin = schema.message.alias("twin")
_FEW = 500  # values in one statement


class Inbox(OfficeRows):
    """The received mails of one office."""

    def known_uids(self, folder: str, uidvalidity: int, present: Collection[int]) -> set[int]:
        """Those of the UIDs ``present`` in a folder that were already received from it under this UIDVALIDITY."""
        lying = _message.c.uid.in_(sa.bindparam("some", expanding=True))
        query = sa.select(_message.c.uid).where(
            self._own(_message), _message.c.folder == folder, _message.c.uidvalidity == uidvalidity, lying
        )
        every, known = list(present), set[int]()
        with self._database.reading() as connection:
            for start in range(0, len(every), _FEW):
                known.update(connection.scalars(query, {"some": every[start : start + _FEW]}))
        return known

    def receive(self, arrivals: Sequence[Arrival]) -> list[int]:
        """Keep mails, all or none; a UID that is there already is left alone. The ids of the new rows."""
        rows = [(row_of(self._office, arrival), arrival.raw) for arrival in arrivals]
        if not rows:
            return []
        with self._database.writing() as connection:
            covers: Covers = {}
            new = [self._keep(connection, row, raw, covers) for row, raw in rows]
            write_row(connection, self._office, RECEIVED, covers, arrivals[-1].at)
            return [number for number in new if number is not None]

    def _keep(self, connection: sa.Connection, row: dict[str, object], raw: bytes, covers: Covers) -> int | None:
        """Add a mail with its bytes; its id, or None when it is there already."""
        new = add(connection, _message, row)
        if new is not None:
            keep_bytes(connection, _message, self._office, [(new, raw)])
            covers |= covered("mail", new, row) | {f"mail bytes {new}": sha256_of(raw)}
        return new

    def seen_before(self, sha256: str, message: int) -> bool:
        """Whether another mail was decided that has the same bytes, or the same Message-ID, sender and content.

        The latter are copies of one mail that came different ways. A Message-ID alone proves nothing: some programs give
        the same one to many mails, or none. A mail that was only held or unreadable does not count: put back into the
        inbox, it shall be looked at afresh.
        """
        given = {"office": self._office, "this": message}
        with self._database.reading() as connection:
            return any(connection.execute(_SEEN, given | {"sha256": sha256}).one())

    def to_file(self, folder: str, uidvalidity: int) -> list[Filing]:
        """Decided mails that still lie in this folder, in UID order."""
        columns = _message.c
        query = (
            sa.select(columns.id, columns.folder, columns.uidvalidity, columns.uid, columns.state)
            .where(
                self._own(_message),
                columns.folder == folder,
                columns.uidvalidity == uidvalidity,
                schema.to_be_filed(),
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
        query = sa.select(columns.id, columns.size, columns.sha256, columns.state, columns.uid).where(
            self._own(_message), over, columns.filed_to == shelf
        )
        with self._database.reading() as connection:
            found = [Refiling(*row) for row in connection.execute(query)]
        return sorted(
            found, key=lambda each: each.id
        )  # here: for an order by id, SQLite would go through every mail of the office

    def refiled(self, message: int, where: str, at: datetime.datetime) -> None:
        """Note that a mail was moved on to the folder ``where``, or found gone with ``where`` empty."""
        note = sa.update(_message).where(self._own(_message), _message.c.id == message)
        with self._database.writing() as connection:
            connection.execute(note.values(filed_to=where, filed_at=at))


def row_of(office: int, arrival: Arrival) -> dict[str, object]:
    """The row of a mail of which nothing but its bytes is known: it is not looked at before it is committed."""
    return {
        "office_id": office,
        "folder": arrival.folder,
        "uidvalidity": arrival.uidvalidity,
        "uid": arrival.uid,
        "sha256": hashlib.sha256(arrival.raw).hexdigest(),
        "size": arrival.size,
        "oversize": False,  # until it is sorted
        "received_at": arrival.at,
        "state": MessageState.RECEIVED,
    }


def same_mail(twin: sa.FromClause) -> sa.ColumnElement[bool]:
    """The condition that ``twin`` says the same as the mail: the same Message-ID, sender and content."""
    mine, other = _message.c, twin.c
    return sa.and_(
        mine.message_id != "",
        mine.content != "",
        other.office_id == mine.office_id,
        other.message_id == mine.message_id,
        other.sender == mine.sender,
        other.content == mine.content,
    )


# Built once, since each mail asks; two answers, since one condition of two halves would be answered by looking at every mail.
_OTHERS = sa.and_(of_office(_twin), _twin.c.id != sa.bindparam("this"), _twin.c.state == MessageState.DECIDED)
_SAME_BYTES = sa.exists().where(_OTHERS, _twin.c.sha256 == sa.bindparam("sha256"))
_THIS = sa.and_(of_office(_message), _message.c.id == sa.bindparam("this"))
_SEEN = sa.select(_SAME_BYTES, sa.exists().where(_THIS, _OTHERS, same_mail(_twin)))
