"""Letters about which a server's word is not the last one: in doubt, sent back, put off, to be copied to Sent.

Owns what happens to ``letter`` rows beside the ordinary sending: the look into Sent, a person's word on the report, the
bounce, the copy. Each change is made only from the states in which it makes sense, so late or repeated words are harmless.
"""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from bot.office.letters.letter import LetterKind
from bot.office.model.sent_letter import (
    Bounce,
    DueLetter,
    LetterFate,
    LetterLook,
    LetterState,
    Resolution,
    SentCopy,
    SentTo,
)
from bot.store import schema
from bot.store.journal import DECIDED, FORGOTTEN, SENT, Covers, covered, write_row
from bot.store.office_rows import OfficeRows
from bot.store.raw_bytes import bytes_of, has_bytes

_letter = schema.letter
_IN_SENT = "found in Sent"
_OUTLIVED = "a reminder of another day; one of today takes its place"
_MOST_IDENTIFIERS = 100  # looked for at once
_FATE = (
    *("id", "circular", "occasion", "message_id", "state", "attempt", "detail", "refused", "changed_at"),
    *("kind", "addressee", "recipients", "subject", "about"),
)


def in_doubt() -> sa.ColumnElement[bool]:
    """The condition that nobody knows whether a letter went, and that nobody has looked into Sent yet."""
    columns = _letter.c
    repeated = sa.and_(columns.state == LetterState.DEFERRED, columns.repeats > 0)
    return sa.and_(columns.sought_at.is_(None), sa.or_(columns.state == LetterState.UNKNOWN, repeated))


class Doubts(OfficeRows):
    """The letters of one office, apart from their ordinary sending."""

    def to_seek(self, limit: int) -> list[LetterLook]:
        """Letters in doubt to be looked for in Sent, oldest first."""
        query = sa.select(_letter.c.id, _letter.c.message_id).where(self._own(_letter), in_doubt())
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(_letter.c.id).limit(limit))
            return [LetterLook(row.id, row.message_id) for row in rows]

    def sought(self, letter: int, now: datetime.datetime, *, found: bool) -> bool:
        """Note what the look into Sent gave; whether the letter was still in doubt. What is found there was sent."""
        change = sa.update(_letter).where(self._own(_letter), _letter.c.id == letter, in_doubt())
        values: dict[str, object] = {"sought_at": now, "changed_at": now}
        if found:
            values |= {"state": LetterState.SENT, "sent_at": now, "copied_at": now, "remaining": [], "detail": _IN_SENT}
        with self._database.writing() as connection:
            changed = connection.execute(change.values(values)).rowcount == 1
            if changed and found:
                write_row(connection, self._office, SENT, covered("sent", letter, {"sent_at": now}), now)
            return changed

    def to_copy(self, since: datetime.datetime, limit: int) -> list[SentCopy]:
        """Letters sent at ``since`` or later of which Sent holds no copy yet, oldest first."""
        columns = _letter.c
        query = sa.select(columns.id, columns.message_id, columns.sent_at).where(
            self._own(_letter), columns.state == LetterState.SENT, columns.copied_at.is_(None), columns.sent_at >= since
        )
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(columns.id).limit(limit)).all()
            raws = bytes_of(connection, _letter, self._office, [row.id for row in rows])
        return [SentCopy(row.id, row.message_id, raws.get(row.id, b""), row.sent_at) for row in rows]

    def copied(self, letter: int, now: datetime.datetime) -> None:
        """Note that Sent holds a copy, or never will."""
        change = sa.update(_letter).where(self._own(_letter), _letter.c.id == letter, _letter.c.copied_at.is_(None))
        with self._database.writing() as connection:
            connection.execute(change.values(copied_at=now))

    def sent_since(self, moment: datetime.datetime) -> list[SentTo]:
        """Kind, recipients and time of every letter sent at ``moment`` or later, oldest first."""
        columns = _letter.c
        query = sa.select(columns.kind, columns.recipients, columns.sent_at).where(
            self._own(_letter), columns.sent_at >= moment
        )
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(columns.sent_at, columns.id))
            return [SentTo(row.kind, tuple(row.recipients), row.sent_at) for row in rows]

    def put_off(self, letter: DueLetter, until: datetime.datetime, why: str, now: datetime.datetime) -> None:
        """Give a claimed letter back unsent, to go at ``until``."""
        columns = _letter.c
        current = sa.and_(
            columns.id == letter.id, columns.attempt == letter.attempt, columns.state == LetterState.SENDING
        )
        values = {"state": LetterState.DEFERRED, "due_at": until, "changed_at": now, "put_off_at": now, "detail": why}
        with self._database.writing() as connection:
            connection.execute(sa.update(_letter).where(self._own(_letter), current).values(values))

    def fates(
        self, *, reports: bool = False, identifiers: Sequence[str] = (), numbers: Sequence[int] = ()
    ) -> list[LetterFate]:
        """How letters fare, in the order of queueing: the reports to departments, or those of these ``numbers``.

        Or those with these Message-IDs, in their order.
        """
        wanted = list(dict.fromkeys(identifiers))[:_MOST_IDENTIFIERS]
        columns = _letter.c
        kept = has_bytes(_letter).label("kept")
        query = sa.select(*(columns[name] for name in _FATE), in_doubt().label("unsought"), kept)
        which = columns.kind == LetterKind.REPORT.value if reports else columns.message_id.in_(wanted)
        if numbers:
            which = columns.id.in_(numbers)
        query = query.where(self._own(_letter), which).order_by(columns.id)
        with self._database.reading() as connection:
            found = [_fate(row) for row in connection.execute(query).mappings()]
        return sorted(found, key=lambda fate: wanted.index(fate.message_id)) if wanted else found

    def failed_since(self, moment: datetime.datetime, circular: str = "") -> tuple[int, ...]:
        """The numbers of the letters that failed at ``moment`` or later, of one circular when it is named, in their order."""
        columns = _letter.c
        query = sa.select(columns.id).where(
            self._own(_letter), columns.state == LetterState.FAILED, columns.changed_at >= moment
        )
        if circular:
            query = query.where(columns.circular == circular)
        with self._database.reading() as connection:
            return tuple(connection.scalars(query.order_by(columns.id)))

    def is_queued(self, kind: LetterKind, circular: str, addressee: str, occasion: str) -> bool:
        """Whether the letter with this key was ever queued."""
        columns = _letter.c
        key = (columns.circular == circular, columns.addressee == addressee, columns.occasion == occasion)
        query = sa.select(sa.exists().where(self._own(_letter), columns.kind == kind.value, *key))
        with self._database.reading() as connection:
            return bool(connection.scalar(query))

    def raw_letter(self, letter: int) -> bytes:
        """The bytes of a letter. Raises LookupError when the office has no such letter."""
        with self._database.reading() as connection:
            there = connection.scalar(sa.select(_letter.c.id).where(self._own(_letter), _letter.c.id == letter))
            raws = bytes_of(connection, _letter, self._office, [letter])
        if there is None:
            raise LookupError(f"no letter {letter} in these books")
        return raws.get(letter, b"")

    def resolve(self, resolution: Resolution, now: datetime.datetime) -> bool:
        """A person's word on a letter that is unknown, failed or bounced: it went, or it shall go again; whether it applied."""
        with self._database.writing() as connection:
            covers = resolve(connection, self._office, resolution, now)
            write_row(connection, self._office, DECIDED, covers, now)
            return bool(covers)


def _fate(row: sa.RowMapping) -> LetterFate:
    values: dict[str, Any] = dict(row)
    changed, recipients = values.pop("changed_at"), tuple(values.pop("recipients"))
    return LetterFate(**values | {"about": tuple(row["about"].split())}, changed=changed, recipients=recipients)


def resolve(connection: sa.Connection, office: int, resolution: Resolution, now: datetime.datetime) -> Covers:
    """Write a person's word within a transaction that is open; nothing where the letter waited for none any more."""
    columns = _letter.c
    values: dict[str, object] = {"changed_at": now, "detail": f"settled by {resolution.by}"}
    if resolution.again:
        values |= {
            "state": LetterState.QUEUED,
            "due_at": now,
            "queued_at": now,  # its lifetime begins anew
            "repeats": 0,
            "remaining": columns.recipients,
            "refused": {},
        }
        values |= {"sought_at": None}
    else:
        values |= {"state": LetterState.SENT, "sent_at": now, "remaining": []}
    gone = (LetterState.SENT,) if resolution.again and resolution.went else ()
    waiting = columns.state.in_((LetterState.UNKNOWN, LetterState.FAILED, LetterState.BOUNCED, *gone))
    this = sa.and_(columns.office_id == office, columns.id == resolution.letter, waiting)
    if resolution.again:  # what was cleared cannot go
        this = sa.and_(this, has_bytes(_letter))
    row = connection.execute(sa.update(_letter).where(this).values(values).returning(columns.sent_at)).one_or_none()
    if row is None:
        return {}
    sent = covered("sent", resolution.letter, {"sent_at": row.sent_at})
    return sent if row.sent_at else {f"sent {resolution.letter}": FORGOTTEN}


def withdraw(connection: sa.Connection, office: int, letters: Iterable[int], now: datetime.datetime) -> None:
    """Note within a transaction that is open that claimed letters are not sent any more."""
    columns = _letter.c
    for letter in letters:
        this = sa.and_(columns.office_id == office, columns.id == letter, columns.state == LetterState.SENDING)
        values = {"state": LetterState.WITHDRAWN, "remaining": [], "changed_at": now, "detail": _OUTLIVED}
        connection.execute(sa.update(_letter).where(this).values(values))


def bounce(connection: sa.Connection, office: int, bounced: Bounce, now: datetime.datetime) -> None:
    """Note within a transaction that is open that a letter came back from some of its recipients.

    It is bounced as a whole once nobody is left whom it may have reached.
    """
    columns = _letter.c
    this = sa.and_(columns.office_id == office, columns.id == bounced.letter)
    row = connection.execute(sa.select(columns.recipients, columns.refused).where(this).with_for_update()).one_or_none()
    if row is None:
        return
    refused = {**row.refused, **bounced.words}
    values: dict[str, object] = {"refused": refused, "changed_at": now}
    if {address.lower() for address in row.recipients} <= {address.lower() for address in refused}:
        values |= {"state": LetterState.BOUNCED, "remaining": [], "detail": next(iter(bounced.words.values()), "")}
    connection.execute(sa.update(_letter).where(this).values(values))
