"""What came of one sender's mails lately, so that the bot knows when to fall silent. Reads ``message`` and ``finding`` rows only."""

import datetime

import sqlalchemy as sa

from bot.office.model.outcomes import DAY, MINUTES
from bot.office.model.received_mail import MessageState, Said, Talk, Verdict
from bot.store import schema
from bot.store.office_rows import OfficeRows, of_office

_message, _finding = schema.message, schema.finding
_MOST = 200  # mails of one sender that are looked at
# Built once, since each mail asks.
_IS_DISOWNED = _message.c.verdict.startswith(Verdict.FAIL.value)
_LATELY = (
    sa.select(_message.c.id, _message.c.received_at, _message.c.fruitless)
    .where(
        of_office(_message),
        _message.c.sender == sa.bindparam("sender"),
        _message.c.id != sa.bindparam("this"),
        _message.c.received_at > sa.bindparam("from"),
        _message.c.received_at <= sa.bindparam("to"),
        _message.c.state != MessageState.RECEIVED,
    )
    .order_by(_message.c.received_at.desc(), _message.c.id.desc())
    .limit(_MOST)
)
_DISOWNED, _NOT_DISOWNED = _LATELY.where(_IS_DISOWNED), _LATELY.where(~_IS_DISOWNED)
_FOUND = sa.select(*(_finding.c[name] for name in ("code", "organisation", "question", "value"))).where(
    of_office(_finding), _finding.c.message_id == sa.bindparam("this")
)


class Conversations(OfficeRows):
    """The mails of one office by their senders."""

    def talk(self, sender: str, message: int, at: datetime.datetime, *, disowned: bool = False) -> Talk:
        """The fruitless mails of ``sender`` that came before the mail ``message``, received ``at``.

        Mails that the receiving server disowns, and those that it does not, are counted apart: nobody can silence another.
        """
        given = {"office": self._office, "sender": sender, "this": message, "from": at - DAY, "to": at}
        quick = daily = 0
        with self._database.reading() as connection:
            rows = connection.execute(_DISOWNED if disowned else _NOT_DISOWNED, given).all()
            for row in rows:
                if not row.fruitless:
                    break
                daily += 1
                quick += row.received_at > at - MINUTES
            newest = self._found_in(connection, rows[0].id) if rows else frozenset()
        return Talk(quick, daily, newest)

    def _found_in(self, connection: sa.Connection, message: int) -> Said:
        rows = connection.execute(_FOUND, {"office": self._office, "this": message})
        return frozenset((row[0], row[1], row[2], row[3]) for row in rows)
