"""What the books know of the desk's own health: when the mailbox was read, what waits, how many of each."""

import datetime

import sqlalchemy as sa

from bot.office.model.outcomes import PARKED
from bot.office.model.received_mail import MessageState
from bot.office.model.sent_letter import LetterState
from bot.office.plan.outage import Health
from bot.store import schema
from bot.store.office_rows import OfficeRows

_message, _letter, _mailbox = schema.message, schema.letter, schema.mailbox


class Wellbeing(OfficeRows):
    """The health of one office's desk."""

    def last_scan(self) -> datetime.datetime | None:
        """When the mailbox was last read to its end."""
        with self._database.reading() as connection:
            return self._last_scan(connection)

    def _last_scan(self, connection: sa.Connection) -> datetime.datetime | None:
        newest = sa.select(sa.func.max(_mailbox.c.scanned_at)).where(self._own(_mailbox))
        moment: datetime.datetime | None = connection.scalar(newest)
        return moment

    def health(self) -> Health:
        """Everything at one moment. Counts every mail and letter: for people who ask, not for each mail."""
        waiting = sa.and_(self._own(_message), _message.c.state == MessageState.RECEIVED)
        oldest = sa.select(sa.func.min(_message.c.received_at)).where(waiting)
        parked = sa.select(sa.func.count()).where(
            self._own(_message), _message.c.state == MessageState.UNREADABLE, _message.c.outcome == PARKED
        )
        withheld = sa.select(sa.func.count()).where(self._own(schema.withheld), sa.not_(schema.withheld.c.taken))
        with self._database.reading() as connection:
            return Health(
                self._last_scan(connection),
                connection.scalar(oldest),
                self._states(connection, _message, MessageState),
                self._states(connection, _letter, LetterState),
                connection.scalar(parked) or 0,
                connection.scalar(withheld) or 0,
            )

    def _states(
        self, connection: sa.Connection, table: sa.Table, states: type[MessageState | LetterState]
    ) -> dict[str, int]:
        """How many rows are in each state; every state is there."""
        counts = {state.value: 0 for state in states}
        query = sa.select(table.c.state, sa.func.count()).where(self._own(table)).group_by(table.c.state)
        return counts | {state.value: number for state, number in connection.execute(query)}
