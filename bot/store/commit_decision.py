"""One decision, one transaction: what a mail or the clock brings about is written whole or not at all.

Owns the order of the writing; the message's state is changed first and lets only one of several workers through.
"""

import contextlib
import datetime
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from bot.office.decision import Approval, Decision
from bot.office.letters.enclosures import ReadyFile
from bot.office.letters.letter import Rendered
from bot.office.model.received_mail import MessageState
from bot.office.model.report_draft import Draft
from bot.office.model.sent_letter import LetterState
from bot.store import schema
from bot.store.addresses import clear_bounces, mark_addresses
from bot.store.changes import count_change
from bot.store.database import add, add_new
from bot.store.disputes import open_disputes, settle_disputes
from bot.store.held_mails import settle_held
from bot.store.holidays import note_holidays
from bot.store.journal import (
    COLUMNS,
    DECIDED,
    FORGOTTEN,
    Covers,
    changed,
    covered,
    sha256_of,
    step_name,
    write_row,
)
from bot.store.letter_effects import note_answered, note_asked
from bot.store.letters_after_sending import bounce, resolve, withdraw
from bot.store.office_rows import OfficeRows
from bot.store.official_letters import register
from bot.store.raw_bytes import clear_bytes, keep_bytes
from bot.store.rendered_letters import file_of, letter_columns
from bot.store.round_changes import note_round_changes
from bot.store.said_in_mails import write_said
from bot.store.sign_ins import note_links
from bot.store.started_circulars import note_started
from bot.store.superseded_answers import supersede
from bot.store.taken_rosters import note_rosters
from bot.store.tasks import finish, open_tasks
from bot.store.typed_words import keep_typed
from bot.store.wishes import note_wishes, settle_wishes
from bot.store.words_to_staff import note_words

_RESTORED = "books were restored; it may have been sent before"


class _Overtaken(Exception):  # noqa: N818 - no error: another process took a step that a decision was to take
    """Nothing of the decision is to be written."""


class Committing(OfficeRows):
    """The writing of decisions into one office's books."""

    def commit(
        self, decision: Decision, letters: Sequence[Rendered], *, message: int | None, now: datetime.datetime
    ) -> tuple[int, ...]:
        """Write all that a decision changes. The ids of the letters really queued.

        ``message`` is the mail decided about, None for what the clock brings about or staff typed on the page. Repeating
        is harmless: a mail that is no longer received stays as it was decided and nothing is written; a letter, a ledger step or a draft that is there
        already is left as it is, but a decision that is only good ``whole`` is not written at all then; a draft is
        dispatched once. Raises ValueError when the decision does not fit
        ``message`` or a draft has no file, LookupError when the approved draft is not in the books, BooksAwayError.
        """
        _check(decision, message)
        with contextlib.suppress(_Overtaken), self._database.writing() as connection:
            covers: Covers = {}
            if decision.typed is not None:
                message = keep_typed(connection, self._office, decision.typed, covers)
            if message is not None:
                said = self._of_mail(connection, decision, message, now)
                if not said:
                    return ()
                covers |= said
            covers |= settle_wishes(connection, self._office, decision.settled, now)
            covers |= note_wishes(connection, self._office, decision.wishes, message)
            clear_bounces(connection, self._office, decision.heard_from)
            covers |= mark_addresses(connection, self._office, decision.marks)
            covers |= settle_held(connection, self._office, decision.settlements, now)
            covers |= open_disputes(connection, self._office, decision.disputes, now)
            covers |= settle_disputes(connection, self._office, decision.verdicts, now)
            for bounced in decision.bounces:
                bounce(connection, self._office, bounced, now)
            withdraw(connection, self._office, decision.withdrawn, now)
            note_links(connection, self._office, decision.links)
            for resolution in decision.resolutions:
                covers |= resolve(connection, self._office, resolution, now)
            covers |= self._stepped(connection, decision, now)
            covers |= self._reported(connection, decision, letters, now)
            ids = self._queued(connection, letters, message, now, covers)
            write_row(connection, self._office, DECIDED, covers, now)
            return ids
        return ()

    def _of_mail(self, connection: sa.Connection, decision: Decision, message: int, now: datetime.datetime) -> Covers:
        """Write what became of a mail and what it said; nothing where it was decided before."""
        covers = self._decided(connection, decision, message, now)
        if covers:
            covers |= write_said(connection, self._office, decision, message)
            supersede(connection, self._office, decision, now)
            note_answered(connection, self._office, decision, message)
        return covers

    def _stepped(self, connection: sa.Connection, decision: Decision, now: datetime.datetime) -> Covers:
        """Enter the steps taken, and count that something changed. Raises _Overtaken where one of a whole was taken before."""
        entries = [
            {"circular": e.circular, "reporter": e.reporter, "step": e.step}
            | {"on": e.on, "action": e.action, "ground": e.ground}
            for e in decision.ledger
        ]
        columns = ("circular", "reporter", "step", *COLUMNS["step"])
        covers: Covers = {}
        new = add_new(connection, schema.ledger, self._rows(entries), columns)
        if decision.whole and len(new) < len(entries):
            raise _Overtaken
        for row in new:
            covers |= covered("step", step_name(row), row)
        count_change(connection, self._office, _concerned(decision))
        note_words(connection, self._office, decision.ledger, now)
        return covers

    def _reported(
        self, connection: sa.Connection, decision: Decision, letters: Sequence[Rendered], now: datetime.datetime
    ) -> Covers:
        """Write drafts, tasks, changes of rounds, numbers of letters, an approval."""
        covers: Covers = {}
        for draft in decision.drafts:
            row = self._report(draft, letters)
            number = add(connection, schema.report, row)
            if number is not None:
                covers |= covered("report", number, row)
                covers |= covered("approval", number, row) if draft.approved_by else {}
        covers |= open_tasks(connection, self._office, decision.tasks)
        covers |= finish(connection, self._office, decision.done, now)
        covers |= note_holidays(connection, self._office, decision.holidays)
        covers |= note_started(connection, self._office, decision.started)
        covers |= note_rosters(connection, self._office, decision.rosters)
        covers |= note_round_changes(connection, self._office, decision.round_changes)
        covers |= register(connection, self._office, decision.registered)
        return covers | (self._approved(connection, decision.approval, now) if decision.approval else {})

    def _rows(self, rows: Iterable[dict[str, Any]], **common: Any) -> list[dict[str, Any]]:
        return [{"office_id": self._office, **common, **row} for row in rows]

    def _decided(self, connection: sa.Connection, decision: Decision, message: int, now: datetime.datetime) -> Covers:
        """Write what became of the mail, where it was still to be decided; nothing otherwise."""
        mail = schema.message
        this = sa.and_(self._own(mail), mail.c.id == message)
        values = {
            "state": decision.state,
            "outcome": decision.outcome,
            "why": decision.why,
            "circular": decision.circular,
            "reporter": decision.reporter,
            "as_of": decision.as_of,
            "verdict": decision.verdict,
            "fruitless": decision.fruitless,
            "decided_at": now,
        }
        waits = sa.and_(this, mail.c.state == MessageState.RECEIVED)
        covers = changed(connection, "decision", mail, waits, values)
        if covers and decision.forget:
            clear_bytes(connection, mail, this)
            covers |= {f"mail bytes {message}": FORGOTTEN}
        return covers

    def _report(self, draft: Draft, letters: Sequence[Rendered]) -> dict[str, Any]:
        file = ReadyFile(draft.name, draft.content) if draft.content else file_of(draft, letters)
        return {
            "office_id": self._office,
            "circular": draft.circular,
            "version": draft.version,
            "fingerprint": draft.fingerprint,
            "reference": draft.reference,
            "content": file.content,
            "name": file.name,
            "made_at": draft.made,
            "approved_by": draft.approved_by,
            "dispatched_at": draft.dispatched,
        }

    def _approved(self, connection: sa.Connection, approval: Approval, now: datetime.datetime) -> Covers:
        report = schema.report
        this = sa.and_(self._own(report), report.c.circular == approval.circular, report.c.version == approval.version)
        gone = {} if approval.waits else {"dispatched_at": now}
        once = sa.and_(this, report.c.dispatched_at.is_(None))
        covers = changed(connection, "approval", report, once, {"approved_by": approval.by, **gone})
        if not covers and connection.scalar(sa.select(report.c.id).where(this)) is None:
            raise LookupError(f"no draft {approval.version} of {approval.circular} in these books")
        return covers

    def _queued(
        self,
        connection: sa.Connection,
        letters: Sequence[Rendered],
        message: int | None,
        now: datetime.datetime,
        covers: Covers,
    ) -> tuple[int, ...]:
        """Queue the letters; the ids of those that are new, which are added to what the row ``covers``."""
        rows = self._rows((letter_columns(rendered) for rendered in letters), queued_at=now, changed_at=now)
        if message is not None and rows and self._answered_before(connection, message):
            rows = [row | {"state": LetterState.UNKNOWN, "detail": _RESTORED} for row in rows]
        rows = [{**row, "occasioned_by": message} for row in rows]
        ids = [add(connection, schema.letter, row) for row in rows]
        new = [(number, row, one) for number, row, one in zip(ids, rows, letters, strict=True) if number is not None]
        keep_bytes(connection, schema.letter, self._office, [(number, rendered.raw) for number, _, rendered in new])
        note_asked(connection, self._office, [(number, rendered) for number, _, rendered in new])
        for number, row, rendered in new:
            covers |= covered("letter", number, row) | {f"letter bytes {number}": sha256_of(rendered.raw)}
        return tuple(number for number, _, _ in new)

    def _answered_before(self, connection: sa.Connection, message: int) -> bool:
        """Whether a mail was taken in from where decided mails lie, so that other books, now lost, may have answered it."""
        mail = schema.message
        lost = sa.and_(mail.c.filed_to != "", mail.c.filed_to == mail.c.folder, mail.c.vouched_by == "")
        return bool(connection.scalar(sa.select(sa.exists().where(self._own(mail), mail.c.id == message, lost))))


def _concerned(decision: Decision) -> set[str]:
    """The circulars that a decision changes something about."""
    found = {decision.circular, decision.approval.circular if decision.approval else ""}
    found |= {entry.circular for entry in decision.ledger} | {draft.circular for draft in decision.drafts}
    found |= {change.circular for change in decision.round_changes}
    return found | {registered.circular for registered in decision.registered}


def _check(decision: Decision, message: int | None) -> None:
    said = decision.answers or decision.remarks or decision.explanations or decision.findings
    about_mail = message is not None or decision.typed is not None
    if not about_mail and (decision.state or said):
        raise ValueError("a decision about a mail needs the mail")
    if about_mail and decision.state in {None, MessageState.RECEIVED}:
        raise ValueError("a decision about a mail must say what became of it")
