"""The office's own doings: which steps of the plan were taken, which reports were drafted, what a person should know of."""

import dataclasses
import datetime
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from bot.office.letters.letter import STAFF, LetterKind
from bot.office.letters.waiting_for_staff import DISPUTED, NOT_OURS, TASK
from bot.office.model.circular_standing import Trouble
from bot.office.model.ledger import LedgerEntry
from bot.office.model.received_mail import MessageState
from bot.office.model.report_draft import Draft
from bot.office.model.sent_letter import PUT_OFF, LetterState
from bot.office.plan.words_to_staff import ANSWERED
from bot.office.rules.held_mail import REFUSED, SETTLEABLE
from bot.office.rules.unfetchable_mail import WITHHELD
from bot.store import schema
from bot.store.office_rows import OfficeRows

WORDS = "words"  # kind of a trouble that is no fault: somebody wrote to the office
AWAITED_OUTCOMES = sorted(SETTLEABLE - {REFUSED})  # of held mails; who was refused once waits for nobody
_NEEDED = (
    LetterKind.REPORT.value,
    LetterKind.DRAFT.value,
    LetterKind.REQUEST.value,
)  # no other letter stands in for them
_DRAFT = ("circular", "version", "fingerprint", "reference", "made_at", "name", "approved_by", "dispatched_at")
_message, _letter, _ledger, _report = schema.message, schema.letter, schema.ledger, schema.report
_withheld, _task, _dispute = schema.withheld, schema.task, schema.dispute
_LOST = (LetterState.FAILED, LetterState.BOUNCED)


class Reports(OfficeRows):
    """The ledger, the drafted reports and the troubles of one office."""

    def ledger(self, circular: str, reporter: str | None = None) -> tuple[LedgerEntry, ...]:
        """The steps taken for a circular, or for one reporter in it, in the order in which they were."""
        columns = [_ledger.c[name] for name in ("circular", "reporter", "step", "on", "action", "ground")]
        query = sa.select(*columns).where(self._own(_ledger), _ledger.c.circular == circular).order_by(_ledger.c.id)
        if reporter is not None:
            query = query.where(_ledger.c.reporter == reporter)
        with self._database.reading() as connection:
            return tuple(LedgerEntry(*row) for row in connection.execute(query))

    def was_taken(self, circular: str, step: str, reporter: str | None = None) -> bool:
        """Whether a step of a circular was taken for one reporter, or for anybody."""
        this = sa.exists().where(self._own(_ledger), _ledger.c.circular == circular, _ledger.c.step == step)
        if reporter is not None:
            this = this.where(_ledger.c.reporter == reporter)
        with self._database.reading() as connection:
            return bool(connection.scalar(sa.select(this)))

    def last_step(self, begins: str) -> datetime.date | None:
        """The day of the last step of staff that belongs to no circular and whose name so begins; its end is the day."""
        these = sa.and_(_ledger.c.circular == "", _ledger.c.reporter == STAFF)
        # As a range, which the key answers by itself.
        named = sa.and_(_ledger.c.step >= begins, _ledger.c.step < f"{begins}:")
        query = sa.select(sa.func.max(_ledger.c.step)).where(self._own(_ledger), these, named)
        with self._database.reading() as connection:
            found = connection.scalar(query)
        return datetime.date.fromisoformat(found.removeprefix(begins)) if found else None

    def drafts(self, circular: str) -> tuple[Draft, ...]:
        """The drafted reports of a circular without their workbooks, oldest first."""
        query = sa.select(*(_report.c[name] for name in _DRAFT)).where(
            self._own(_report), _report.c.circular == circular
        )
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(_report.c.version)).all()
        return tuple(
            Draft(
                circular=row.circular,
                version=row.version,
                fingerprint=row.fingerprint,
                reference=row.reference,
                made=row.made_at,
                name=row.name,
                approved_by=row.approved_by,
                dispatched=row.dispatched_at,
            )
            for row in rows
        )

    def with_newest_file(self, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
        """The drafts, the newest of them with its workbook: no other can be approved any more."""
        if not drafts:
            return ()
        newest = drafts[-1]
        this = sa.and_(_report.c.circular == newest.circular, _report.c.version == newest.version)
        with self._database.reading() as connection:
            content = connection.scalar(sa.select(_report.c.content).where(self._own(_report), this))
        return (*drafts[:-1], dataclasses.replace(newest, content=content or b""))

    def reports_of(self, circular: str) -> tuple[str, ...]:
        """The Message-IDs of a circular's reports to the department, oldest first."""
        these = sa.and_(_letter.c.circular == circular, _letter.c.kind == LetterKind.REPORT.value)
        query = sa.select(_letter.c.id, _letter.c.message_id).where(self._own(_letter), these)
        with self._database.reading() as connection:
            # Put in order here: SQLite, told to, would walk through all letters of the office instead.
            return tuple(row.message_id for row in sorted(connection.execute(query)))

    def troubles(self, since: datetime.datetime, running: Collection[str] = ()) -> tuple[Trouble, ...]:
        """What came to need a person at ``since`` or later, and what still waits for one from before, oldest first.

        Mails held or unreadable, and those that said something in words; letters failed, unknown, bounced or refused by
        some; how many letters were put off. From before: open tasks, held mails that nobody has settled, letters in doubt, mails that do
        not come, and what must not be missing of a ``running`` circular (by its slug).
        """
        mails = _columns(_message, "id", "state", "subject", "decided_at", "sender", "why").where(
            self._own(_message), _mails_that_wait(since)
        )
        letters = _columns(_letter, "id", "state", "subject", "changed_at", "recipients", "detail").where(
            self._own(_letter), self._lately_or_lost(since), _letters_that_wait(since, running)
        )
        absent = _columns(_withheld, "id", "first_at", "sender", "subject", "words").where(
            self._own(_withheld), sa.not_(_withheld.c.taken)
        )
        asked: tuple[tuple[sa.Select[Any], Callable[[Any], Trouble]], ...] = (
            (mails, lambda row: Trouble(row.id, row.decided_at, row.state.value, row.sender, row.subject, row.why)),
            (
                _in_words(self._own(_message), since),
                lambda row: Trouble(row.id, row.decided_at, WORDS, row.sender, row.subject, row.why),
            ),
            (letters, _of_letter),
            (absent, lambda row: Trouble(row.id, row.first_at, WITHHELD, row.sender, row.subject, row.words)),
            (
                _open_tasks(self._own(_task)),
                lambda row: Trouble(row.message_id, row.opened_at, TASK, row.sender, row.subject, row.why),
            ),
            (
                _open_disputes(self._own(_dispute)),
                lambda row: Trouble(row.message_id, row.at, DISPUTED, row.by, row.subject, NOT_OURS),
            ),
        )
        with self._database.reading() as connection:
            put_off, last = connection.execute(_put_off(self._own(_letter), since)).one()
            troubles = [made(row) for query, made in asked for row in connection.execute(query)]
        if put_off:
            troubles.append(Trouble(0, last, "put-off", f"{put_off} ฉบับ", "จดหมายของระบบ", PUT_OFF))
        return tuple(sorted(troubles, key=lambda trouble: (trouble.at, trouble.kind, trouble.id)))

    def _lately_or_lost(self, since: datetime.datetime) -> sa.ColumnElement[bool]:
        """Among which letters those are that wait, each part found by an index of its own: no other letter is looked at."""
        other = _letter.alias()
        own = sa.select(other.c.id).where(self._own(other))
        return _letter.c.id.in_(
            own.where(other.c.state.in_((*_LOST, LetterState.UNKNOWN))).union_all(
                own.where(other.c.changed_at >= since)
            )
        )

    def counts(self) -> Mapping[str, int]:
        """How many mails and letters are in each state; every state is there, its own word the key."""
        counts = {state.value: 0 for state in (*MessageState, *LetterState)}
        with self._database.reading() as connection:
            for table in (_message, _letter):
                query = sa.select(table.c.state, sa.func.count()).where(self._own(table)).group_by(table.c.state)
                for state, number in connection.execute(query):
                    counts[state.value] = number
        return counts


def _put_off(own: sa.ColumnElement[bool], since: datetime.datetime) -> sa.Select[int, Any]:
    """How many letters had to wait because too many went within the hour, and when the last one had to."""
    counted = sa.select(sa.func.count(), sa.func.max(_letter.c.put_off_at))
    return counted.where(own, _letter.c.put_off_at >= since)


def _of_letter(row: Any) -> Trouble:
    return Trouble(row.id, row.changed_at, row.state.value, ", ".join(row.recipients), row.subject, row.detail)


def _columns(table: sa.Table, *names: str) -> sa.Select[Any]:
    return sa.select(*(table.c[name] for name in names))


def _mails_that_wait(since: datetime.datetime) -> sa.ColumnElement[bool]:
    columns = _message.c
    awaited = sa.and_(columns.state == MessageState.HELD, columns.outcome.in_(AWAITED_OUTCOMES))
    # The states stand alone, so that an index finds the few of them.
    these = columns.state.in_((MessageState.HELD, MessageState.UNREADABLE))
    return sa.and_(these, sa.or_(columns.decided_at >= since, awaited))


def _letters_that_wait(since: datetime.datetime, running: Collection[str]) -> sa.ColumnElement[bool]:
    columns = _letter.c
    lost = columns.state.in_(_LOST)
    doubtful = columns.state == LetterState.UNKNOWN
    refused = sa.cast(columns.refused, sa.String) != "{}"
    needed = sa.and_(lost, columns.circular.in_(list(running)), columns.kind.in_(_NEEDED))
    return sa.or_(doubtful, needed, sa.and_(sa.or_(lost, refused), columns.changed_at >= since))


def _open_tasks(own: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """What the department asked for and nobody has said to be done."""
    columns = (_task.c.message_id, _task.c.opened_at, *(_message.c[name] for name in ("sender", "subject", "why")))
    joined = sa.select(*columns).join(_message, _message.c.id == _task.c.message_id)
    return joined.where(own, _task.c.done_at.is_(None))


def _open_disputes(own: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """The mails of which a reporter says that they are not its own, and nobody has decided yet."""
    columns = (*(_dispute.c[name] for name in ("message_id", "at", "by")), _message.c.subject)
    joined = sa.select(*columns).join(_message, _message.c.id == _dispute.c.message_id)
    return joined.where(own, _dispute.c.settled_at.is_(None))


def _in_words(own: sa.ColumnElement[bool], since: datetime.datetime) -> sa.Select[Any]:
    """The mails decided since that said something in words and have no answer of staff."""
    columns = [_message.c[name] for name in ("id", "decided_at", "sender", "subject", "why")]
    # Not by the state, which nearly all mails have: the index of the few that said something in words is the better one.
    others = [state for state in MessageState if state is not MessageState.DECIDED]
    decided = sa.and_(_message.c.state.not_in(others), _message.c.decided_at >= since)
    step = sa.literal(ANSWERED).concat(sa.cast(_message.c.id, sa.String))
    whose = sa.and_(_ledger.c.office_id == _message.c.office_id, _ledger.c.circular == "", _ledger.c.reporter == STAFF)
    return sa.select(*columns).where(
        own, _message.c.in_words, decided, ~sa.exists().where(whose, _ledger.c.step == step)
    )
