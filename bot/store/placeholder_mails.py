"""Mails whose server put a placeholder in their place: since when they are known so, when they are fetched again."""

import datetime

import sqlalchemy as sa

from bot.office.model.received_mail import Arrival, MessageState
from bot.store import schema
from bot.store.inbox import Inbox, row_of
from bot.store.journal import COLUMNS, RECEIVED, covered, sha256_of, write_row
from bot.store.mail_claims import Claims
from bot.store.raw_bytes import clear_bytes, keep_bytes

_message = schema.message
_SAME = frozenset({"office_id", "folder", "uidvalidity", "uid", "state", "received_at"})  # whatever its bytes are
_SPARE = datetime.timedelta(minutes=4)  # for the mailbox to fetch it before it is read again


class Stubs(Inbox, Claims):
    """The placeholders among the received mails of one office."""

    def stub_since(self, message: int) -> datetime.datetime | None:
        """Since when a mail is known to be a placeholder; None: it is not."""
        with self._database.reading() as connection:
            return connection.scalar(sa.select(_message.c.stub_since).where(self._this_mail(message)))

    def came_again(self, message: int) -> bool:
        """Whether a mail of the same Message-ID was received later."""
        twin = _message.alias()
        same = sa.and_(twin.c.message_id == _message.c.message_id, twin.c.id > _message.c.id)
        whose = sa.and_(self._this_mail(message), _message.c.message_id != "", twin.c.office_id == self._office)
        with self._database.reading() as connection:
            return bool(connection.scalar(sa.select(sa.exists().where(whose, same))))

    def await_whole(self, message: int, until: datetime.datetime, now: datetime.datetime) -> None:
        """End our claim on a placeholder, which is to be fetched again ``until`` then; a time already set stands."""
        columns = _message.c
        waiting = {
            "stub_since": sa.func.coalesce(columns.stub_since, sa.bindparam(None, now, schema.Moment)),
            "stub_until": sa.func.coalesce(columns.stub_until, sa.bindparam(None, until, schema.Moment)),
        }
        with self._database.writing() as connection:
            connection.execute(sa.update(_message).where(self._this_mail(message)).values(waiting))
        self.give_back(message, until=until + _SPARE, counts=False)

    def stubs_due(self, folder: str, uidvalidity: int, now: datetime.datetime) -> list[tuple[int, int]]:
        """(mail, UID) of the placeholders of a folder that are to be fetched by now."""
        columns = _message.c
        query = sa.select(columns.id, columns.uid).where(
            *(self._own(_message), columns.state == MessageState.RECEIVED, columns.stub_until <= now),
            *(columns.folder == folder, columns.uidvalidity == uidvalidity),
        )
        with self._database.reading() as connection:
            return [(row.id, row.uid) for row in connection.execute(query.order_by(columns.id))]

    def stub_fetched(self, message: int, arrival: Arrival | None) -> None:
        """Put the bytes that came, if any, in the place of a placeholder's; the mail is free to be read."""
        came = {k: v for k, v in row_of(self._office, arrival).items() if k not in _SAME} if arrival else {}
        if came:
            came["turn"] = None  # so that it is sorted anew
        free = {"stub_until": None, "lease_until": None}
        this = sa.and_(self._this_mail(message), _message.c.state == MessageState.RECEIVED)
        with self._database.writing() as connection:
            columns = (_message.c[name] for name in COLUMNS["mail"])
            change = sa.update(_message).where(this).values(**came, **free).returning(*columns)
            row = connection.execute(change).mappings().one_or_none()
            if arrival and row:
                clear_bytes(connection, _message, self._this_mail(message))
                keep_bytes(connection, _message, self._office, [(message, arrival.raw)])
                covers = covered("mail", message, row) | {f"mail bytes {message}": sha256_of(arrival.raw)}
                write_row(connection, self._office, RECEIVED, covers, arrival.at)

    def _this_mail(self, message: int) -> sa.ColumnElement[bool]:
        return sa.and_(self._own(_message), _message.c.id == message)
