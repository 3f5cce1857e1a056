"""Received mails sorted for the desk: whose each is, and when its turn comes.

A mail is committed as bytes alone, before anything of it is looked at. Here its envelope is read, once, and it gets its turn: a
sender's first waiting mail comes with the first of everybody else, the second with their second. So whoever sends hundreds
delays the others by a few. Within a turn those whom the office knows come first, since a stranger can be anybody he likes.
"""

from collections.abc import Container
from typing import Any

import sqlalchemy as sa

from bot.store import schema
from bot.store.envelope_headers import content_digest, envelope, headers_only
from bot.store.office_rows import OfficeRows, of_office
from bot.store.raw_bytes import bytes_of

_message = schema.message
_AT_ONCE = 100  # mails in one transaction, so that no other writer waits for long
# Built once, since each mail takes them.
_THIS = sa.and_(of_office(_message), _message.c.id == sa.bindparam("this"))
_IN_TURN = sa.and_(of_office(_message), schema.waiting(), _message.c.turn.is_not(None))
_UNTRIED = _message.c.attempts == sa.literal(0, literal_execute=True)
_UNSORTED = (
    sa.select(_message.c.id)
    .where(of_office(_message), _message.c.turn.is_(None))
    .order_by(_message.c.received_at, _message.c.id)
    .limit(_AT_ONCE)
)
_SIZE = sa.select(_message.c.size).where(_THIS)
_SORT = sa.update(_message).where(
    _THIS, _message.c.turn.is_(None)
)  # another desk may have done so, and be done with it
_TURN_NOW = sa.select(_message.c.turn).where(_IN_TURN, _UNTRIED).order_by(_message.c.turn).limit(1)
_LAST_TURN = sa.select(sa.func.max(_message.c.turn)).where(_IN_TURN, _message.c.sender == sa.bindparam("of_sender"))


class Sorting(OfficeRows):
    """The mails of one office that are bytes only, and their way to the desk."""

    def sort_mails(self, known: Container[str] = ()) -> int:
        """Read the envelope of every mail that was received since, and give it its turn; how many.

        ``known`` are the addresses, in lower case, of whom the office knows. Repeating is harmless.
        """
        total = 0
        while number := self._sort_some(known):
            total += number
        return total

    def _sort_some(self, known: Container[str]) -> int:
        mine = {"office": self._office}
        with self._database.reading() as connection:
            numbers = list(connection.scalars(_UNSORTED, mine))
        if not numbers:
            return 0
        read = [(number, self._envelope(number)) for number in numbers]
        with self._database.writing() as connection:
            for number, values in read:
                values |= {"stranger": values["sender"] not in known, "turn": self._turn(connection, values["sender"])}
                connection.execute(_SORT, mine | {"this": number} | values)
        return len(read)

    def _envelope(self, number: int) -> dict[str, Any]:
        """The columns that tell whose a mail is. One mail is in memory at a time: some are large."""
        with self._database.reading() as connection:
            size = connection.execute(_SIZE, {"office": self._office, "this": number}).scalar_one()
            raw = bytes_of(connection, _message, self._office, [number]).get(number, b"")
        try:
            return self._read(raw, size)
        except Exception:  # noqa: BLE001 - whatever a mail does to us here, those behind it are sorted
            return {"sender": ""}

    @staticmethod
    def _read(raw: bytes, size: int) -> dict[str, Any]:
        head = envelope(raw)
        return {
            "message_id": head.message_id,
            "content": content_digest(raw),
            "sender": head.sender,
            "subject": head.subject,
            # A server's count alone proves nothing: some count a few bytes more than they send.
            "oversize": size > len(raw) and headers_only(raw),
        }

    def _turn(self, connection: sa.Connection, sender: str) -> int:
        """The turn after the sender's last one, but none that is over."""
        after = connection.scalar(_LAST_TURN, {"office": self._office, "of_sender": sender})
        return max(connection.scalar(_TURN_NOW, {"office": self._office}) or 0, 0 if after is None else after + 1)
