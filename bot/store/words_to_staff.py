"""What people said in words: which mails wait to be told to staff, and what they said. Reads ``message`` and ``ledger`` rows.

That a mail holds words, and that staff were told, are steps of the ledger, and marked at the mail, so that nothing done is
looked through; the words themselves stand at the mail.
"""

import datetime
from collections.abc import Iterable

import sqlalchemy as sa

from bot.office.letters.letter import STAFF
from bot.office.model.ledger import LedgerEntry
from bot.office.model.received_mail import PlainWords
from bot.office.plan.words_to_staff import SHOWN, TOLD, WAITS
from bot.store import schema
from bot.store.office_rows import OfficeRows

_message, _ledger = schema.message, schema.ledger
_COLUMNS = ("id", "decided_at", "received_at", "sender", "subject", "why", "circular", "reporter")


class WordsOfMails(OfficeRows):
    """The words of one office's mails."""

    def words_waiting(self) -> tuple[PlainWords, ...]:
        """What staff were not told yet, by the row of the mail."""
        return self._words(schema.untold())

    def words_about(self, circular: str) -> tuple[PlainWords, ...]:
        """Everything that was said about a circular in words, by the row of the mail."""
        return self._words(sa.and_(_message.c.in_words, _message.c.circular == circular))

    def words_shown(self, circular: str) -> frozenset[str]:
        """The steps by which staff were shown words before they approved a draft of the circular."""
        query = sa.select(_ledger.c.step).where(
            self._own(_ledger), _ledger.c.circular == circular, _ledger.c.reporter == STAFF,
            _ledger.c.step.startswith(SHOWN, autoescape=True),
        )  # fmt: skip
        with self._database.reading() as connection:
            return frozenset(connection.scalars(query))

    def _words(self, which: sa.ColumnElement[bool]) -> tuple[PlainWords, ...]:
        decided = _message.c.decided_at.is_not(None)
        query = sa.select(*(_message.c[name] for name in _COLUMNS)).where(self._own(_message), which, decided)
        with self._database.reading() as connection:
            return tuple(PlainWords(*row) for row in connection.execute(query.order_by(_message.c.id)))


def note_words(connection: sa.Connection, office: int, steps: Iterable[LedgerEntry], now: datetime.datetime) -> None:
    """Mark at the mails what the steps of the ledger say of their words, within a transaction that is open."""
    for begins, change in ((WAITS, {"in_words": True}), (TOLD, {"told_at": now})):
        numbers = [int(each.step.removeprefix(begins)) for each in steps if each.step.startswith(begins)]
        if numbers:
            these = sa.and_(_message.c.office_id == office, _message.c.id.in_(numbers))
            connection.execute(sa.update(_message).where(these).values(**change))
