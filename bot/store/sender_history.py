"""What came of one sender's mails lately, so that the bot knows when to fall silent. Reads ``message`` and ``finding`` rows only."""

import datetime

import sqlalchemy as sa

from bot.office.model.received_mail import MessageState, Said, Talk, Verdict
from bot.office.rules.duplicates_and_loops import DAY, MINUTES
from bot.store import schema
from bot.store.office_rows import OfficeRows

_message, _finding = schema.message, schema.finding
_MOST = 200  # mails of one sender that are looked at


class Conversations(OfficeRows):
    """The mails of one office by their senders."""

    def talk(self, sender: str, message: int, at: datetime.datetime, *, disowned: bool = False) -> Talk:
        """The fruitless mails of ``sender`` that came before the mail ``message``, received ``at``.

        Mails that the receiving server disowns, and those that it does not, are counted apart: nobody can silence another.
        """
        columns = _message.c
        before = sa.and_(
            self._own(_message),
            columns.sender == sender,
            columns.id != message,
            columns.received_at > at - DAY,
            columns.received_at <= at,
            columns.state != MessageState.RECEIVED,
            columns.verdict.startswith(Verdict.FAIL.value)
            if disowned
            else ~columns.verdict.startswith(Verdict.FAIL.value),
        )
        query = sa.select(columns.id, columns.received_at, columns.fruitless).where(before)
        quick = daily = 0
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(columns.received_at.desc(), columns.id.desc()).limit(_MOST)).all()
            for row in rows:
                if not row.fruitless:
                    break
                daily += 1
                quick += row.received_at > at - MINUTES
            newest = self._found_in(connection, rows[0].id) if rows else frozenset()
        return Talk(quick, daily, newest)

    def _found_in(self, connection: sa.Connection, message: int) -> Said:
        names = ("code", "organisation", "question", "value")
        query = sa.select(*(_finding.c[name] for name in names)).where(
            self._own(_finding), _finding.c.message_id == message
        )
        return frozenset((row[0], row[1], row[2], row[3]) for row in connection.execute(query))
