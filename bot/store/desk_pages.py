"""Mails and letters as pages list them: the newest first, so many at a time, each page found by the last row of the one before.

No list is counted and none is walked through to its middle. What is searched for without an index is searched among the newest rows alone.
"""

import datetime
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.office.letters.letter import STAFF
from bot.office.model.ledger import LedgerEntry
from bot.office.model.received_mail import MessageState
from bot.office.model.sent_letter import LetterState
from bot.office.plan.words_to_staff import ANSWERED
from bot.store import schema
from bot.store.office_rows import OfficeRows, place_of
from bot.store.raw_bytes import bytes_of
from parsers.findings import Place
from parsers.reading import Value

_message, _letter, _ledger, _report, _answer = (
    schema.message,
    schema.letter,
    schema.ledger,
    schema.report,
    schema.answer,
)
A_PAGE = 50
LOOKED_THROUGH = 20_000  # of the newest rows, where no index helps
_MAIL = (
    *("id", "received_at", "sender", "subject", "state", "outcome", "why", "circular", "reporter"),
    *("decided_at", "vouched_by", "in_words", "told_at", "verdict", "size", "as_of"),
)
_LETTER = (
    *("id", "kind", "circular", "addressee", "occasion", "state", "subject", "queued_at", "sent_at", "detail"),
    *("recipients", "about", "occasioned_by"),
)
_NEVER = sa.literal(1) == 0


class MailRow(NamedTuple):
    """A mail as a list shows it."""

    id: int
    received: datetime.datetime
    sender: str
    subject: str
    state: MessageState
    outcome: str
    why: str
    circular: str
    reporter: str
    decided: datetime.datetime | None
    vouched_by: str  # who of the staff let it in
    in_words: bool
    told: datetime.datetime | None
    verdict: str
    size: int
    as_of: datetime.date | None


class LetterRow(NamedTuple):
    """A letter as a list shows it."""

    id: int
    kind: str
    circular: str
    addressee: str
    occasion: str
    state: LetterState
    subject: str
    queued: datetime.datetime
    sent: datetime.datetime | None
    detail: str
    recipients: list[str]
    about: str
    occasioned_by: int | None


class Said(NamedTuple):
    """A value that was found, with where it stands."""

    message: int
    circular: str
    organisation: str
    question: str
    value: Value
    place: Place


@dataclass(frozen=True)
class Which:
    """Which rows are listed; empty: all. ``before``: those older than this row."""

    state: str = ""
    reporter: str = ""
    words: bool = False  # mails that say something in words
    text: str = ""  # in the subject, or the sender's address
    before: int = 0


class DeskPages(OfficeRows):
    """What pages list of one office."""

    def mail_rows(self, which: Which, most: int = A_PAGE) -> list[MailRow]:
        """Mails, the newest first."""
        columns = _message.c
        asked = self._asked(_message, which, MessageState, (columns.subject, columns.sender))
        if which.words:
            asked.append(columns.in_words)
        if which.reporter:
            asked.append(columns.reporter == which.reporter)
        query = sa.select(*(columns[name] for name in _MAIL)).where(*asked).order_by(columns.id.desc()).limit(most)
        with self._database.reading() as connection:
            return [MailRow(*row) for row in connection.execute(query)]

    def mail_row(self, message: int) -> MailRow | None:
        """One mail."""
        query = sa.select(*(_message.c[name] for name in _MAIL)).where(self._own(_message), _message.c.id == message)
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return MailRow(*row) if row else None

    def raw_mail(self, message: int) -> bytes:
        """The bytes of a mail; empty where they were cleared or are another office's."""
        with self._database.reading() as connection:
            return bytes_of(connection, _message, self._office, [message]).get(message, b"")

    def letter_rows(self, which: Which, most: int = A_PAGE) -> list[LetterRow]:
        """Letters, the newest first; ``which.reporter`` is an addressee, ``which.words`` has no meaning."""
        asked = self._asked(_letter, which, LetterState, (_letter.c.subject,))
        if which.reporter:
            asked.append(_letter.c.addressee == which.reporter)
        return self._letters(sa.and_(*asked), most)

    def _asked(
        self, table: sa.Table, which: Which, states: type[StrEnum], texts: Iterable[sa.Column[str]]
    ) -> list[sa.ColumnElement[bool]]:
        """What lists of mails and of letters are narrowed by alike: the office, older rows, a state, a text in some columns."""
        columns, asked = table.c, [self._own(table)]
        if which.before:
            asked.append(columns.id < which.before)
        if which.state:
            named = [state for state in states if state.value == which.state]
            asked.append(columns.state == named[0] if named else _NEVER)
        if which.text:
            asked.append(sa.or_(*(column.icontains(which.text, autoescape=True) for column in texts)))
            asked.append(columns.id > self._last_row(table) - LOOKED_THROUGH)
        return asked

    def letter_row(self, letter: int) -> LetterRow | None:
        """One letter."""
        return next(iter(self._letters(sa.and_(self._own(_letter), _letter.c.id == letter), 1)), None)

    def letters_about(self, message: int) -> list[LetterRow]:
        """The letters that one mail brought about, the oldest first; never many."""
        these = self._letters(sa.and_(self._own(_letter), _letter.c.occasioned_by == message), A_PAGE)
        return sorted(these, key=lambda letter: letter.id)

    def _letters(self, which: sa.ColumnElement[bool], most: int) -> list[LetterRow]:
        query = sa.select(*(_letter.c[name] for name in _LETTER)).where(which).order_by(_letter.c.id.desc())
        with self._database.reading() as connection:
            return [LetterRow(*row) for row in connection.execute(query.limit(most))]

    def settled_lately(self, most: int = 20) -> list[MailRow]:
        """Mails that were held and that somebody of the staff let in or left out, among the newest, the newest first."""
        columns = _message.c
        settled = sa.or_(columns.vouched_by != "", columns.outcome == "refused")
        query = sa.select(*(columns[name] for name in _MAIL)).where(
            self._own(_message), columns.id > self._last_row(_message) - LOOKED_THROUGH, settled
        )
        with self._database.reading() as connection:
            return [MailRow(*row) for row in connection.execute(query.order_by(columns.id.desc()).limit(most))]

    def answered_by(self, messages: Sequence[int]) -> dict[int, LedgerEntry]:
        """Of these mails in words those that somebody of the staff answered, with the step that says who."""
        names = [f"{ANSWERED}{message}" for message in messages]
        columns = [_ledger.c[name] for name in ("circular", "reporter", "step", "on", "action", "ground")]
        this = sa.and_(_ledger.c.circular == "", _ledger.c.reporter == STAFF, _ledger.c.step.in_(names))
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(*columns).where(self._own(_ledger), this)).all()
        return {int(row.step.removeprefix(ANSWERED)): LedgerEntry(*row) for row in rows}

    def report_content(self, circular: str, version: int) -> tuple[str, bytes] | None:
        """Name and bytes of the workbook of one drafted report."""
        this = sa.and_(_report.c.circular == circular, _report.c.version == version)
        with self._database.reading() as connection:
            row = connection.execute(
                sa.select(_report.c.name, _report.c.content).where(self._own(_report), this)
            ).one_or_none()
        return (row.name, row.content) if row else None

    def values_like(self, text: str, most: int = A_PAGE) -> list[Said]:
        """Answers of the newest mails in which a text stands, the newest first."""
        columns = _answer.c
        words, wanted = sa.cast(columns.value, sa.Text), json.dumps(text)[1:-1]  # as the books hold text
        query = sa.select(_answer).where(
            self._own(_answer),
            columns.superseded_at.is_(None),
            columns.id > self._last_row(_answer) - LOOKED_THROUGH,
            words.icontains(wanted, autoescape=True),
        )
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(columns.id.desc()).limit(most)).all()
        return [
            Said(row.message_id, row.circular, row.organisation, row.question, row.value, place_of(row)) for row in rows
        ]

    def _last_row(self, table: sa.Table) -> sa.ScalarSelect[Any]:
        return sa.select(sa.func.max(table.c.id)).where(self._own(table)).scalar_subquery()
