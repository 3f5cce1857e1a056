"""Upkeep of one office's books: listing its mails, reading one anew, taking back what was lost, clearing old bytes.

Owns what may be undone and what never is: the trace of a mail (hash, sender, date, outcome) stays for good.
"""

import datetime
from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.office.decision import Decision
from bot.office.letters.letter import LetterKind, Rendered
from bot.office.model.received_mail import Arrival, Inboxed, MessageState
from bot.office.model.sent_letter import LetterState
from bot.store import schema
from bot.store.changes import count_change
from bot.store.commit_decision import Committing
from bot.store.database import add
from bot.store.inbox import Inbox, row_of
from bot.store.journal import DECIDED, FORGOTTEN, PURGED, RECEIVED, Covers, covered, step_name, write_row
from bot.store.letter_effects import note_answered
from bot.store.mail_claims import INBOXED, inboxed
from bot.store.office_rows import place_of
from bot.store.raw_bytes import clear_bytes, has_bytes, size_of
from bot.store.said_in_mails import write_said
from bot.store.superseded_answers import supersede_anew
from parsers.reading import Answer

_message, _letter, _ledger, _report = schema.message, schema.letter, schema.ledger, schema.report
_LINE = ("id", "received_at", "sender", "subject", "state", "outcome", "circular")
_OVER = (MessageState.DECIDED, MessageState.UNREADABLE)  # a held mail still waits for somebody
_GONE_OUT = (LetterState.SENT, LetterState.FAILED, LetterState.BOUNCED, LetterState.WITHDRAWN)


class MailLine(NamedTuple):
    """One line of the list of mails."""

    id: int
    received: datetime.datetime
    sender: str
    subject: str
    state: MessageState
    outcome: str
    circular: str


class Clearing(NamedTuple):
    """What a purge removes, or would: the bytes of these mails and letters, ``size`` bytes in all."""

    mails: tuple[MailLine, ...]
    letters: int
    size: int


class Upkeep(Inbox, Committing):
    """What an operator may do with one office's books."""

    def mails(self, state: MessageState | None = None, circular: str = "") -> list[MailLine]:
        """The mails, oldest first; those in one state or about one circular when these are named."""
        query = sa.select(*(_message.c[name] for name in _LINE)).where(self._own(_message))
        if state is not None:
            query = query.where(_message.c.state == state)
        if circular:
            query = query.where(_message.c.circular == circular)
        with self._database.reading() as connection:
            return [MailLine._make(row) for row in connection.execute(query.order_by(_message.c.id))]

    def kept(self, message: int) -> Inboxed:
        """A mail as it was received, without taking it up. Its bytes are empty when they were cleared. Raises LookupError."""
        query = sa.select(*INBOXED).where(self._own(_message), _message.c.id == message)
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                raise LookupError(f"no mail {message} in these books")
            return inboxed(connection, row, self._office)

    def said(self, message: int) -> tuple[Answer, ...]:
        """The answers that one mail gave, in the order in which they stand in the books."""
        table = schema.answer
        query = sa.select(table).where(self._own(table), table.c.message_id == message).order_by(table.c.id)
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(Answer(row.organisation, row.question, row.value, place_of(row), row.evidence) for row in rows)

    def knows(self, sha256: str) -> bool:
        """Whether a mail with these bytes was received, in whatever state it is."""
        query = sa.select(sa.exists().where(self._own(_message), _message.c.sha256 == sha256))
        with self._database.reading() as connection:
            return bool(connection.scalar(query))

    def recover(self, arrival: Arrival, at: datetime.datetime) -> bool:
        """Take in a mail found in a folder where only decided mails lie; whether it is new.

        What answers it is not sent but left to a person, since it may have gone out from the books that were lost.
        """
        row = {**row_of(self._office, arrival), "filed_to": arrival.folder, "filed_at": at}
        with self._database.writing() as connection:
            covers: Covers = {}
            self._keep(connection, row, arrival.raw, covers)
            write_row(connection, self._office, RECEIVED, covers, at)
            return bool(covers)

    def decide_again(
        self, decision: Decision, letters: Sequence[Rendered], *, message: int, now: datetime.datetime
    ) -> tuple[int, ...]:
        """Put a new decision about a mail in the place of the old one. The ids of the letters queued.

        What the mail said before goes, what it says now comes, in one transaction; that it was so stays in the ledger.
        Raises LookupError when there is no such mail, ValueError for a decision that approves something.
        """
        if decision.approval or decision.state in {None, MessageState.RECEIVED}:
            raise ValueError("only what a mail reports can be decided again")
        this = sa.and_(self._own(_message), _message.c.id == message)
        with self._database.writing() as connection:
            columns = (_message.c.outcome, _message.c.circular, _message.c.reporter)
            old = connection.execute(sa.select(*columns).where(this)).one_or_none()
            if old is None:
                raise LookupError(f"no mail {message} in these books")
            gone = {
                table.name: connection.execute(
                    sa.delete(table).where(self._own(table), table.c.message_id == message)
                ).rowcount
                for table in (schema.answer, schema.remark, schema.explanation, schema.finding)
            }
            lying = sa.case((_message.c.filed_to == _message.c.folder, ""), else_=_message.c.filed_to)
            connection.execute(sa.update(_message).where(this).values(state=MessageState.RECEIVED, filed_to=lying))
            covers: Covers = {f"{name}s {message}": FORGOTTEN for name in gone}
            covers |= self._decided(connection, decision, message, now)
            covers |= write_said(connection, self._office, decision, message)
            note_answered(connection, self._office, decision, message)
            for circular, reporter in {(old.circular, old.reporter), (decision.circular, decision.reporter)}:
                supersede_anew(connection, self._office, circular, reporter)
            count_change(connection, self._office, (old.circular, decision.circular))
            ground = f"{old.outcome}: {gone['answer']} answers; now {decision.outcome}: {len(decision.answers)} answers"
            step = self._replayed(connection, decision, message, now) | {"ground": ground}
            covers |= covered("step", step_name(step), step) if add(connection, _ledger, step) is not None else {}
            ids = self._queued(connection, letters, message, now, covers)
            write_row(connection, self._office, DECIDED, covers, now)
            return ids

    def replays(self, message: int) -> int:
        """How often a mail was decided again."""
        with self._database.reading() as connection:
            return self._replays(connection, message)

    def _replays(self, connection: sa.Connection, message: int) -> int:
        steps = sa.select(sa.func.count()).where(self._own(_ledger), _ledger.c.step.like(f"replay-{message}-%"))
        return connection.scalar(steps) or 0

    def _replayed(
        self, connection: sa.Connection, decision: Decision, message: int, now: datetime.datetime
    ) -> dict[str, Any]:
        return {
            "office_id": self._office,
            "circular": decision.circular,
            "reporter": decision.reporter,
            "step": f"replay-{message}-{self._replays(connection, message) + 1}",
            "on": now.date(),
            "action": "replayed",
        }

    def clearing(self, before: datetime.datetime) -> Clearing:
        """What ``clear`` would remove."""
        with self._database.reading() as connection:
            return self._clearing(connection, before)

    def clear(self, before: datetime.datetime, now: datetime.datetime | None = None) -> Clearing:
        """Remove the bytes of mails received, and of letters queued, before a moment; what was removed.

        Only of what is over and belongs to no circular or to one whose report was dispatched. Answers, remarks, findings,
        the report's own letter and every row with its hash, sender and date stay.
        """
        with self._database.writing() as connection:
            found = self._clearing(connection, before)
            covers: Covers = {}
            for (table, condition), kind in zip(self._old(before), ("mail bytes", "letter bytes"), strict=True):
                ids = connection.scalars(sa.select(table.c.id).where(condition)).all()
                covers |= {f"{kind} {number}": FORGOTTEN for number in ids}
                clear_bytes(connection, table, condition)
            write_row(connection, self._office, PURGED, covers, now or before)
        self._database.shrink()
        return found

    def leave_no_trace(self) -> bool:
        """Let what was removed leave the database's log as well. False while others work with it: to be tried again."""
        return self._database.empty_log()

    def _clearing(self, connection: sa.Connection, before: datetime.datetime) -> Clearing:
        (_, mails), (_, letters) = self._old(before)
        lines = sa.select(*(_message.c[name] for name in _LINE)).where(mails).order_by(_message.c.id)
        total = sum(size_of(connection, table, condition) for table, condition in self._old(before))
        return Clearing(
            tuple(MailLine._make(row) for row in connection.execute(lines)),
            connection.scalar(sa.select(sa.func.count()).select_from(_letter).where(letters)) or 0,
            total,
        )

    def _old(
        self, before: datetime.datetime
    ) -> tuple[tuple[sa.Table, sa.ColumnElement[bool]], tuple[sa.Table, sa.ColumnElement[bool]]]:
        """The rows whose bytes may go, by table."""
        done = sa.select(_report.c.circular).where(self._own(_report), _report.c.dispatched_at.is_not(None))

        def over(table: sa.Table) -> sa.ColumnElement[bool]:
            settled = sa.or_(table.c.circular == "", table.c.circular.in_(done))
            return sa.and_(self._own(table), settled, has_bytes(table))

        mails = sa.and_(over(_message), _message.c.received_at < before, _message.c.state.in_(_OVER))
        gone_out = sa.and_(_letter.c.state.in_(_GONE_OUT), _letter.c.kind != LetterKind.REPORT.value)
        return (_message, mails), (_letter, sa.and_(over(_letter), _letter.c.queued_at < before, gone_out))
