"""What people said in words: which mails wait to be told to staff, and what they said. Reads ``message`` and ``ledger`` rows.

That a mail holds words, and that staff were told, are steps of the ledger; the words themselves stand at the mail.
"""

import sqlalchemy as sa

from bot.office.letters.letter import STAFF
from bot.office.model.received_mail import PlainWords
from bot.office.plan.words_to_staff import SHOWN, TOLD, WAITS
from bot.store import schema
from bot.store.office_rows import OfficeRows

_message, _ledger = schema.message, schema.ledger
_COLUMNS = ("id", "decided_at", "received_at", "sender", "subject", "why", "circular", "reporter")
_FEW = 500  # values in one statement


class WordsOfMails(OfficeRows):
    """The words of one office's mails."""

    def words_waiting(self) -> tuple[PlainWords, ...]:
        """What staff were not told yet, by the row of the mail."""
        waits, told = self._numbers(WAITS), self._numbers(TOLD)
        return self._words(sorted(waits - told))

    def words_about(self, circular: str) -> tuple[PlainWords, ...]:
        """Everything that was said about a circular in words, by the row of the mail."""
        return tuple(each for each in self._words(sorted(self._numbers(WAITS))) if each.circular == circular)

    def words_shown(self, circular: str) -> frozenset[str]:
        """The steps by which staff were shown words before they approved a draft of the circular."""
        return frozenset(self._steps(circular, SHOWN))

    def _numbers(self, step: str) -> set[int]:
        return {int(each.removeprefix(step)) for each in self._steps("", step)}

    def _steps(self, circular: str, begins: str) -> list[str]:
        query = sa.select(_ledger.c.step).where(
            self._own(_ledger), _ledger.c.circular == circular, _ledger.c.reporter == STAFF,
            _ledger.c.step.startswith(begins, autoescape=True),
        )  # fmt: skip
        with self._database.reading() as connection:
            return list(connection.scalars(query))

    def _words(self, numbers: list[int]) -> tuple[PlainWords, ...]:
        query = sa.select(*(_message.c[name] for name in _COLUMNS)).where(
            self._own(_message), _message.c.decided_at.is_not(None)
        )
        found: list[PlainWords] = []
        with self._database.reading() as connection:
            for start in range(0, len(numbers), _FEW):
                some = query.where(_message.c.id.in_(numbers[start : start + _FEW])).order_by(_message.c.id)
                found += [PlainWords(*row) for row in connection.execute(some)]
        return tuple(found)
