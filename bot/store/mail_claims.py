"""Who works on a mail: of any number of daemons one at a time, which claims it for a while.

Every claim is counted before the mail is looked at, so a mail in whose reading the whole daemon dies is known by its count.
A claim looks at the few mails that somebody works on and at the next one in turn, however many wait.
"""

import datetime
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from bot.office.model.received_mail import Inboxed, MessageState
from bot.store import schema
from bot.store.inbox import same_mail
from bot.store.lease_holder import surely_dead
from bot.store.office_rows import OfficeRows, of_office
from bot.store.raw_bytes import bytes_of

_message = schema.message
_busy = schema.message.alias("busy")
INBOXED = tuple(
    _message.c[name]
    for name in (
        *("id", "sha256", "received_at", "size", "oversize"),
        *("attempts", "failures", "why", "vouched_by", "reporter"),
    )
)
_LONGEST_WHY = 300  # characters
_UNTRIED = _message.c.attempts == 0
_IN_TURN = tuple(_message.c[name] for name in ("attempts", "turn", "stranger", "received_at", "id"))
# Built once, since each mail takes them.
_ALONE = (
    sa.select(schema.office.c.id).where(schema.office.c.id == sa.bindparam("office")).with_for_update(key_share=True)
)
_IN_HAND = sa.select(*(_message.c[name] for name in ("id", "taken_by", "lease_until"))).where(
    of_office(_message), schema.in_hand()
)
_FREE = (
    sa.select(_message.c.id, _message.c.attempts, _message.c.taken_by)
    .where(of_office(_message), schema.waiting(), _message.c.turn.is_not(None))
    .order_by(*_IN_TURN)
    .limit(1)
)
_SOMEBODYS = sa.bindparam("somebodys", expanding=True, type_=sa.Integer)  # mails that somebody works on
_NO_COPY = _FREE.where(
    _message.c.id.not_in(_SOMEBODYS),
    ~sa.exists().where(_busy.c.id.in_(_SOMEBODYS), sa.or_(_busy.c.sha256 == _message.c.sha256, same_mail(_busy))),
)
_NO_COPY_UNTRIED = _NO_COPY.where(_UNTRIED)
_TAKE = sa.update(_message).where(of_office(_message), _message.c.id == sa.bindparam("this")).returning(*INBOXED)


class Claims(OfficeRows):
    """The received mails of one office that are to be decided."""

    def pending(self, limit: int) -> list[int]:
        """Mails still to be decided, in turn; one that was tried in vain waits behind the others."""
        query = sa.select(_message.c.id).where(self._own(_message), schema.waiting())
        with self._database.reading() as connection:
            return list(connection.scalars(query.order_by(*_IN_TURN).limit(limit)))

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
            return inboxed(connection, row, self._office)

    def claim_mail(
        self, now: datetime.datetime, lease: datetime.timedelta, beside: Collection[int] = ()
    ) -> Inboxed | None:
        """The next mail to be decided, this database's opener's alone until ``now + lease``; None when none is free.

        The next in turn, but one that was tried in vain waits behind the others, and a copy of a mail that is being worked
        on waits for that. What a dead process had claimed is free at once; so is what we ourselves could not give back,
        and that attempt does not count. One desk at a time may claim for one opened database. A mail that was not sorted
        yet is not seen. ``beside`` are the mails that the caller has in hand: to them only one that was never tried is
        added, for if the process dies, all of them are suspected.
        """
        with self._database.writing() as connection:
            self._alone(connection)
            mine = {"office": self._office}
            busy = self._busy(connection, now, lease, beside)
            free = _NO_COPY_UNTRIED if beside else _NO_COPY if busy else _FREE
            row = connection.execute(free, mine | {"somebodys": busy} if busy else mine).one_or_none()
            if row is None:
                return None
            left = row.taken_by == self._database.holder
            values = {"attempts": row.attempts + (not left), "lease_until": now + lease}
            values["taken_by"] = self._database.holder
            return inboxed(connection, connection.execute(_TAKE, mine | {"this": row.id} | values).one(), self._office)

    def _alone(self, connection: sa.Connection) -> None:
        """Let no other desk claim for this office meanwhile: two would not see each other's, and take two copies of one mail."""
        connection.execute(_ALONE, {"office": self._office})

    def _busy(
        self, connection: sa.Connection, now: datetime.datetime, lease: datetime.timedelta, beside: Collection[int]
    ) -> list[int]:
        """The mails that somebody works on, or that wait to be tried again.

        A lease that has longer to run than any can was given by a clock that was set back since; it counts for nothing.
        """
        rows = connection.execute(_IN_HAND, {"office": self._office}).all()
        gone = {taker for taker in {row.taken_by for row in rows} - {""} if surely_dead(taker)}
        gone.add(self._database.holder)
        return [
            row.id
            for row in rows
            if row.id in beside
            or (row.lease_until and now < row.lease_until <= now + 2 * lease and row.taken_by not in gone)
        ]

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


def inboxed(connection: sa.Connection, row: sa.Row[Any], office: int) -> Inboxed:
    """A mail of these columns (``INBOXED``) with its bytes, none when they were cleared."""
    raw = bytes_of(connection, _message, office, [row.id]).get(row.id, b"")
    rest: list[Any] = list(row[1:])
    return Inboxed(row.id, raw, *rest)
