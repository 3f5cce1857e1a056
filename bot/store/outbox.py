"""The outbox: letters as final bytes, claimed by one sender at a time, settled by what the server said.

Owns the ``letter`` rows after they were queued. Mail has an unknown: whoever fell silent while sending may have sent. Such
a letter is sent once more under the same Message-ID, unless it is the report: then a person decides.
"""

import datetime
import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.office.letters.letter import LetterKind
from bot.office.model.sent_letter import Attempt, DueLetter, LetterState, SentLetter
from bot.store import schema
from bot.store.database import Database
from bot.store.journal import SENT, Covers, covered, write_row
from bot.store.lease_holder import surely_dead
from bot.store.letters_after_sending import in_doubt
from bot.store.office_rows import OfficeRows, of_office
from bot.store.raw_bytes import bytes_of

_letter = schema.letter
_OPEN = (LetterState.SENDING, LetterState.UNKNOWN)  # a late word about what was given up is still the truth
_GIVEN_UP = {  # and so is one of the same attempt about what was taken for silent, or sent again by a person's word
    LetterState.SENT: (LetterState.DEFERRED, LetterState.QUEUED),
    LetterState.DEFERRED: (LetterState.DEFERRED,),
    LetterState.FAILED: (LetterState.DEFERRED,),
}
# A letter that may have gone is sent once more under the same Message-ID, not again and again.
_REPEATS = 1
_NONE = datetime.timedelta()
LONGEST_WAIT = datetime.timedelta(seconds=4000)  # between two tries; Postfix's maximal_backoff_time
_PAGE = 50  # letters held in memory at a time, some with attachments
_FEW = 500  # values in one statement
_KEY = ("kind", "circular", "addressee", "occasion")
_LINE = ("id", *_KEY, "state", "queued_at", "sent_at", "subject", "detail")
_SILENT = "the sender broke off; the letter may have gone out"


# Built once, since each letter takes them.
_NOW, _AHEAD, _SINCE = (sa.bindparam(name, type_=schema.Moment) for name in ("now", "ahead", "since"))
_UNSOUGHT = sa.and_(in_doubt(), _letter.c.changed_at > _SINCE, _letter.c.changed_at <= _AHEAD)
_AT_ONCE = sa.and_(_letter.c.state == LetterState.QUEUED, _letter.c.due_at <= _letter.c.queued_at)  # by any clock
_DUE = (
    sa.select(_letter)
    .where(of_office(_letter), schema.unsettled(), sa.not_(_UNSOUGHT))
    .where(sa.or_(_letter.c.due_at <= _NOW, _letter.c.due_at > _AHEAD, _AT_ONCE))
    .order_by(_letter.c.can_wait, _letter.c.due_at, _letter.c.id)
    .limit(sa.bindparam("most", type_=sa.Integer))
    .with_for_update(skip_locked=True)  # left out on SQLite, where no other writer is let in
)
_BESIDE = _letter.c.id.not_in(sa.bindparam("theirs", expanding=True, type_=sa.Integer))
# The one condition that holds back at night and on days off what nobody asked for: by ``Letter.any_hour``.
_ANY_HOUR = _letter.c.any_hour
_THIS = sa.and_(of_office(_letter), _letter.c.id == sa.bindparam("this"))
_IN_HAND = sa.select(_letter.c.id, _letter.c.attempt, _letter.c.taken_by).where(
    of_office(_letter), _letter.c.state == LetterState.SENDING
)
_CHANGE = sa.update(_letter).where(_THIS)
_CURRENT = sa.select(_letter).where(_THIS, _letter.c.attempt == sa.bindparam("tried")).with_for_update()


@dataclass(frozen=True)
class Holding:
    """Which letters are left where they are though due: in doubt and not yet looked for; outside office hours, what can wait."""

    patience: datetime.timedelta = _NONE  # how long a letter in doubt waits for a look into Sent
    quiet: bool = False  # it is outside office hours


Settled = tuple[DueLetter, Attempt, datetime.datetime]  # a letter, what came of its attempt, and when


class LetterLine(NamedTuple):
    """One line of the list of letters."""

    id: int
    kind: str
    circular: str
    addressee: str
    occasion: str
    state: LetterState
    queued: datetime.datetime
    sent: datetime.datetime | None
    subject: str = ""
    detail: str = ""  # the last word about it


class Outbox(OfficeRows):
    """The letters of one office."""

    def __init__(self, database: Database, office_id: int) -> None:
        super().__init__(database, office_id)
        # (letter, attempt) in others' hands: since when, by stop-watch
        self._watched: dict[tuple[int, int], float] = {}

    def time(self) -> datetime.datetime | None:
        """The clock that all who send from these books share; None: each has only that of this machine."""
        return self._database.time()

    def claim(
        self,
        now: datetime.datetime,
        limit: int,
        lease: datetime.timedelta,
        holding: Holding = Holding(),
        settled: Sequence[Settled] = (),
    ) -> list[DueLetter]:
        """Letters due by ``now``, this caller's alone until ``now + lease``; settle each before then.

        What staff and the department wait for goes first, then the longest due. A letter in doubt waits for a look into
        Sent, but not longer than the patience of ``holding``. A due time further ahead than any wait was set by a clock that was ahead,
        and counts for nothing. What another living process has in hand is its own until it was watched in vain for two
        leases on our stop-watch: clocks differ between machines. What came of the letters before, ``settled``, is noted in
        the same transaction.
        """
        claimed, patience = [], holding.patience
        with self._database.writing() as connection:
            covers: Covers = {}
            for letter, attempt, at in settled:
                self._settle(connection, letter, attempt, at, covers)
            given = {"office": self._office, "now": now, "ahead": now + LONGEST_WAIT, "since": now - patience}
            theirs = self._in_others_hands(connection, lease)
            due = _due(beside=bool(theirs), quiet=holding.quiet)
            rows = connection.execute(due, given | {"most": limit} | ({"theirs": theirs} if theirs else {})).all()
            for row in rows:
                silent = row.state is LetterState.SENDING
                if silent and not _repeatable(row.kind, row.repeats):
                    self._give_up(connection, row.id, now)
                    continue
                if silent and patience:
                    values = {"repeats": row.repeats + 1, "sought_at": None, "detail": _SILENT, "due_at": now}
                    self._change(connection, row.id, state=LetterState.DEFERRED, changed_at=now, **values)
                    continue
                changes = {"attempt": row.attempt + 1, "repeats": row.repeats + silent, "due_at": now + lease}
                changes |= {"state": LetterState.SENDING, "taken_by": self._database.holder}
                self._change(connection, row.id, changed_at=now, **changes)
                claimed.append(row)
            raws = bytes_of(connection, _letter, self._office, [row.id for row in claimed])
            write_row(connection, self._office, SENT, covers, now)
        if rows and not claimed:  # all were given up; others may be due
            return self.claim(now, limit, lease, holding)
        return [_due_letter(row, raws.get(row.id, b"")) for row in claimed]

    def _in_others_hands(self, connection: sa.Connection, lease: datetime.timedelta) -> list[int]:
        """The letters that another process, as far as anybody knows alive, is sending."""
        moment, mine = self._database.stopwatch(), ("", self._database.holder)
        rows = connection.execute(_IN_HAND, {"office": self._office})
        theirs = [row for row in rows if row.taken_by not in mine and not surely_dead(row.taken_by)]
        watched = {(row.id, row.attempt): self._watched.get((row.id, row.attempt), moment) for row in theirs}
        self._watched = watched
        return [letter for (letter, _), since in watched.items() if moment - since < 2 * lease.total_seconds()]

    def _give_up(self, connection: sa.Connection, letter: int, now: datetime.datetime) -> None:
        self._change(connection, letter, state=LetterState.UNKNOWN, changed_at=now, detail=_SILENT, sought_at=None)

    def _change(self, connection: sa.Connection, letter: int, **values: Any) -> None:
        connection.execute(_CHANGE, {"office": self._office, "this": letter} | values)

    def settle(self, letter: DueLetter, attempt: Attempt, now: datetime.datetime) -> bool:
        """Note what came of an attempt; False, and nothing noted, when it is no longer the current one.

        A sender that was taken for silent is heard as long as nobody else has the letter in hand.

        DEFERRED waits until ``retry_at`` (now, when None) with ``remaining`` to be served. UNKNOWN with a ``retry_at``
        asks for the one repeat that any letter but the report may have; without, or when it was had, a person decides.
        """
        with self._database.writing() as connection:
            covers: Covers = {}
            noted = self._settle(connection, letter, attempt, now, covers)
            write_row(connection, self._office, SENT, covers, now)
            return noted

    def _settle(
        self,
        connection: sa.Connection,
        letter: DueLetter,
        attempt: Attempt,
        now: datetime.datetime,
        covers: Covers,
    ) -> bool:
        given = {"office": self._office, "this": letter.id, "tried": letter.attempt}
        row = connection.execute(_CURRENT, given).one_or_none()
        if row is None or row.state not in (*_OPEN, *_GIVEN_UP.get(attempt.state, ())):
            return False
        values: dict[str, Any] = {"detail": attempt.detail, "refused": {**row.refused, **attempt.refused}}
        if row.state not in _OPEN:
            values["sought_at"] = now  # it was in doubt, and is no more
        self._change(connection, row.id, changed_at=now, **values, **_next(row, attempt, now))
        if attempt.state is LetterState.SENT:
            covers |= covered("sent", row.id, {"sent_at": now})
        return True

    def letters(self, circular: str = "") -> list[LetterLine]:
        """All letters in the order in which they were queued, those of one circular when it is named."""
        query = sa.select(*(_letter.c[name] for name in _LINE)).where(self._own(_letter))
        if circular:
            query = query.where(_letter.c.circular == circular)
        with self._database.reading() as connection:
            return [LetterLine._make(row) for row in connection.execute(query.order_by(_letter.c.id))]

    def letters_with(self, message_ids: Sequence[str]) -> tuple[SentLetter, ...]:
        """Our letters with these Message-IDs (no brackets), in their order."""
        wanted = list(dict.fromkeys(message_ids))
        query = sa.select(
            _letter.c.message_id, *(_letter.c[name] for name in (*_KEY, "recipients", "occasioned_by", "about"))
        )
        query = query.where(self._own(_letter))
        found: dict[str, SentLetter] = {}
        with self._database.reading() as connection:
            for start in range(0, len(wanted), _FEW):
                some = query.where(_letter.c.message_id.in_(wanted[start : start + _FEW]))
                for row in connection.execute(some):
                    key = {name: getattr(row, name) for name in _KEY}
                    found[row.message_id] = SentLetter(
                        **key,
                        message_id=row.message_id,
                        recipients=tuple(row.recipients),
                        occasioned_by=row.occasioned_by,
                        about=tuple(row.about.split()),
                    )
        return tuple(found[one] for one in wanted if one in found)

    def raw_letters(self, message_ids: Sequence[str]) -> list[bytes]:
        """The bytes of the letters with these Message-IDs, of the first few."""
        wanted = sa.and_(self._own(_letter), _letter.c.message_id.in_(list(message_ids)[:_PAGE]))
        with self._database.reading() as connection:
            ids = connection.scalars(sa.select(_letter.c.id).where(wanted)).all()
            return list(bytes_of(connection, _letter, self._office, ids).values())

    def export_letters(self) -> Iterator[tuple[int, datetime.datetime, bytes]]:
        """Every letter as (id, when queued, bytes), in order; a few are held in memory at a time."""
        columns = (_letter.c.id, _letter.c.queued_at)
        last = 0
        while True:
            page = (
                sa.select(*columns).where(self._own(_letter), _letter.c.id > last).order_by(_letter.c.id).limit(_PAGE)
            )
            with self._database.reading() as connection:
                rows = connection.execute(page).all()
                raws = bytes_of(connection, _letter, self._office, [row.id for row in rows])
            for row in rows:
                yield row.id, row.queued_at, raws.get(row.id, b"")
            if len(rows) < _PAGE:
                return
            last = rows[-1].id


@functools.cache
def _due(*, beside: bool, quiet: bool) -> sa.Select[Any]:
    """What to claim from: beside the letters in others' hands; in quiet hours only what goes at any hour."""
    query = _DUE.where(_BESIDE) if beside else _DUE
    return query.where(_ANY_HOUR) if quiet else query


def _repeatable(kind: str, repeats: int) -> bool:
    return kind != LetterKind.REPORT and repeats < _REPEATS


def _next(row: sa.Row[Any], attempt: Attempt, now: datetime.datetime) -> dict[str, Any]:
    """The columns by which a letter goes on after an attempt."""
    waits = {"state": LetterState.DEFERRED, "due_at": attempt.retry_at or now}
    match attempt.state:
        case LetterState.SENT:
            return {"state": attempt.state, "sent_at": now, "remaining": []}
        case LetterState.DEFERRED:
            return {**waits, "remaining": list(attempt.remaining) or row.remaining}
        case LetterState.UNKNOWN if attempt.retry_at and _repeatable(row.kind, row.repeats):
            remaining = list(attempt.remaining) or row.remaining
            return {**waits, "repeats": row.repeats + 1, "remaining": remaining, "sought_at": None}
        case LetterState.UNKNOWN:
            return {"state": attempt.state, "sought_at": None}
        case LetterState.FAILED:
            return {"state": attempt.state}
        case _:
            raise ValueError(f"an attempt cannot end as {attempt.state}")


def _due_letter(row: sa.Row[Any], raw: bytes) -> DueLetter:
    """A row as it stood before it was claimed, for the attempt that now begins."""
    recipients = tuple(row.remaining)
    untouched = not row.repeats and row.state != LetterState.SENDING and row.remaining == row.recipients
    known = (row.kind, row.message_id, row.queued_at, untouched, row.any_hour)
    return DueLetter(row.id, row.attempt + 1, row.sender, recipients, raw, *known)
