"""The lease of a mailbox: of any number of daemons exactly one reads it. Also when it was last read to its end.

No clock decides who holds it, for clocks are set back and differ between machines. The holder counts up ``beats``; who
stands by watches them, and takes over when the holder is known to be dead, has let go, or has counted nothing for a whole
lease on the watcher's own stop-watch. ``until`` is for people to read.
"""

import datetime

import sqlalchemy as sa

from bot.office.model.received_mail import Begun
from bot.store import schema
from bot.store.database import add
from bot.store.lease_holder import surely_dead
from bot.store.office_rows import OfficeRows

_mailbox = schema.mailbox
_LONG_AGO = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


class Leases(OfficeRows):
    """Who reads the mailbox of one office. The holder's name is that of the open database, ``Books.open``."""

    def mailbox_beats(self, folder: str) -> int:
        """How often the lease was taken or renewed, 0 before the first: what a watcher watches."""
        with self._database.reading() as connection:
            return connection.scalar(sa.select(_mailbox.c.beats).where(self._this(folder))) or 0

    def take_mailbox(self, folder: str, until: datetime.datetime, silent_at: int | None = None) -> bool:
        """Take the lease if it is free, ours or a dead one's; whether it is ours now.

        ``silent_at``: the beats that a watcher saw unchanged for a whole lease; then it is free as well.
        """
        with self._database.writing() as connection:
            fresh = {"office_id": self._office, "folder": folder, "holder": "", "until": until}
            add(connection, _mailbox, fresh)
            row = connection.execute(sa.select(_mailbox).where(self._this(folder)).with_for_update()).one()
            mine = self._database.holder
            free = row.holder in {"", mine} or surely_dead(row.holder) or row.beats == silent_at
            if free:
                change = {"holder": mine, "beats": row.beats + 1, "until": until}
                connection.execute(sa.update(_mailbox).where(self._this(folder)).values(change))
        return free

    def renew_mailbox(self, folder: str, until: datetime.datetime) -> bool:
        """Go on holding the lease; False when somebody else has it meanwhile."""
        change = sa.update(_mailbox).where(self._this(folder), _mailbox.c.holder == self._database.holder)
        with self._database.writing() as connection:
            return connection.execute(change.values(beats=_mailbox.c.beats + 1, until=until)).rowcount == 1

    def release_mailbox(self, folder: str) -> None:
        """Let go of the lease, if it is ours."""
        change = sa.update(_mailbox).where(self._this(folder), _mailbox.c.holder == self._database.holder)
        with self._database.writing() as connection:
            connection.execute(change.values(holder="", beats=_mailbox.c.beats + 1))

    def scanned(self, folder: str, at: datetime.datetime) -> None:
        """Note that the mailbox was read to its end."""
        with self._database.writing() as connection:
            fresh = {"office_id": self._office, "folder": folder, "holder": "", "until": at}
            add(connection, _mailbox, fresh)
            connection.execute(sa.update(_mailbox).where(self._this(folder)).values(scanned_at=at))

    def begin(self, folder: str, uidvalidity: int, uid: int, now: datetime.datetime) -> Begun:
        """Where the office began in a folder; noted at the first call, with the first UID that is still to come.

        A folder of which the books already know mails, or that was read before this was noted, was begun long ago.
        """
        with self._database.writing() as connection:
            add(connection, _mailbox, {"office_id": self._office, "folder": folder, "holder": "", "until": now})
            row = connection.execute(sa.select(_mailbox).where(self._this(folder))).one()
            if row.since_at is None:
                mails = sa.exists().where(self._own(schema.message), schema.message.c.folder == folder)
                used = row.scanned_at is not None or connection.scalar(sa.select(mails))
                begun = Begun(_LONG_AGO, uidvalidity, 0) if used else Begun(now, uidvalidity, uid)
                values = {"since_at": begun.at, "since_uidvalidity": uidvalidity, "since_uid": begun.uid}
                connection.execute(sa.update(_mailbox).where(self._this(folder)).values(values))
                return begun
        return Begun(row.since_at, row.since_uidvalidity, row.since_uid)

    def begun(self, folder: str) -> Begun | None:
        """Where the office began in a folder; None before its first start."""
        with self._database.reading() as connection:
            row = connection.execute(sa.select(_mailbox).where(self._this(folder))).one_or_none()
        return Begun(row.since_at, row.since_uidvalidity, row.since_uid) if row and row.since_at else None

    def _this(self, folder: str) -> sa.ColumnElement[bool]:
        return self._own(_mailbox) & (_mailbox.c.folder == folder)
