"""Mails that lie in the mailbox and that its server does not hand over: since when, how often asked, what came of them."""

import datetime
from collections.abc import Collection, Sequence

import sqlalchemy as sa

from bot.office.model.received_mail import Unseen, Withheld
from bot.store import schema
from bot.store.database import add
from bot.store.office_rows import OfficeRows

_withheld = schema.withheld
_LONGEST = 300  # characters of a server's words, a sender, a subject
_COLUMNS = tuple(
    _withheld.c[name]
    for name in (
        *("id", "folder", "uid", "first_at", "asked_at", "asked", "breaks"),
        *("size", "sha256", "alike", "words", "sender", "subject", "taken", "told_at"),
    )
)


class Withholding(OfficeRows):
    """What one office knows of mails that it cannot get."""

    def withheld(self, folder: str, uidvalidity: int) -> dict[int, Withheld]:
        """Those of one folder by UID."""
        return {row.uid: row for row in self._found(self._of(folder, uidvalidity))}

    def all_withheld(self) -> list[Withheld]:
        """Those of all folders, the oldest first."""
        return self._found(self._own(_withheld))

    def note_withheld(self, folder: str, uidvalidity: int, seen: Sequence[Unseen], now: datetime.datetime) -> list[int]:
        """Note that these mails were asked for in vain; the UIDs of those that were not known so."""
        new = []
        with self._database.writing() as connection:
            for one in seen:
                key = {"office_id": self._office, "folder": folder, "uidvalidity": uidvalidity, "uid": one.uid}
                said = {"words": one.words[:_LONGEST], "size": one.size, "sha256": one.sha256, "asked_at": now}
                first = {"first_at": now, "asked": 1, "alike": 1, "breaks": int(one.broke)}
                if add(connection, _withheld, key | said | first) is not None:
                    new.append(one.uid)
                    continue
                columns = _withheld.c
                counts = {
                    "asked": columns.asked + 1,
                    "breaks": columns.breaks + int(one.broke),
                    "alike": sa.case((columns.sha256 == one.sha256, columns.alike + 1), else_=1),
                }
                this = self._of(folder, uidvalidity) & (columns.uid == one.uid)
                connection.execute(sa.update(_withheld).where(this).values(**said, **counts))
        return new

    def describe_withheld(self, folder: str, uidvalidity: int, uid: int, sender: str, subject: str) -> None:
        """Note what is known of such a mail all the same."""
        this = self._of(folder, uidvalidity) & (_withheld.c.uid == uid)
        words = {"sender": sender[:_LONGEST], "subject": subject[:_LONGEST]}
        with self._database.writing() as connection:
            connection.execute(sa.update(_withheld).where(this).values(**words))

    def settle_withheld(self, folder: str, uidvalidity: int, still: Collection[int]) -> None:
        """Forget those of a folder that are not ``still`` withheld: they came, or are gone from it."""
        columns = _withheld.c
        waiting = columns.taken & columns.told_at.is_(None)  # staff must hear of these first
        over = sa.not_(sa.and_(columns.uidvalidity == uidvalidity, columns.uid.in_(list(still))))
        this = sa.and_(self._own(_withheld), columns.folder == folder, over, sa.not_(waiting))
        with self._database.writing() as connection:
            connection.execute(sa.delete(_withheld).where(this))

    def take_withheld(self, folder: str, uidvalidity: int, uid: int) -> None:
        """Note that a mail is taken as it came, though the server said that there is more of it."""
        this = self._of(folder, uidvalidity) & (_withheld.c.uid == uid)
        with self._database.writing() as connection:
            connection.execute(sa.update(_withheld).where(this).values(taken=True))

    def told_of_withheld(self, ids: Collection[int], now: datetime.datetime) -> None:
        """Note that staff were told of these."""
        this = sa.and_(self._own(_withheld), _withheld.c.id.in_(list(ids)))
        with self._database.writing() as connection:
            connection.execute(sa.update(_withheld).where(this).values(told_at=now))

    def _of(self, folder: str, uidvalidity: int) -> sa.ColumnElement[bool]:
        return sa.and_(self._own(_withheld), _withheld.c.folder == folder, _withheld.c.uidvalidity == uidvalidity)

    def _found(self, condition: sa.ColumnElement[bool]) -> list[Withheld]:
        query = sa.select(*_COLUMNS).where(condition).order_by(_withheld.c.first_at, _withheld.c.id)
        with self._database.reading() as connection:
            return [Withheld(*row) for row in connection.execute(query)]
