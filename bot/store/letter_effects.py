"""What letters to reporters bring about: kept when a letter is queued, and again when the mail that answers it is decided.

A mail answers the last letter that went before it came, about that circular to that reporter: one look by an index, however
many letters there are. What came first counts, so a mail that is read anew changes nothing.
"""

import datetime
import functools
from collections.abc import Sequence

import sqlalchemy as sa

from bot.office.decision import Decision
from bot.office.letters.letter import Rendered
from bot.office.model.letter_effects import Effect
from bot.office.model.sent_letter import LetterState
from bot.store import schema
from bot.store.database import add_all
from bot.store.office_rows import OfficeRows, of_office

_effect, _letter, _message = schema.effect, schema.letter, schema.message
_ITS_LETTER = sa.and_(_letter.c.office_id == _effect.c.office_id, _letter.c.id == _effect.c.letter_id)
_WENT = _letter.c.state == LetterState.SENT  # what came back, or nobody knows of, brings about nothing


class LetterEffects(OfficeRows):
    """What the letters of one office brought about."""

    def effects(self, since: datetime.datetime) -> tuple[Effect, ...]:
        """Of the letters sent at ``since`` or later, in the order in which they were queued."""
        columns = (_effect.c.circular, _effect.c.reporter, _effect.c.step, _letter.c.sent_at, _effect.c.answered_at)
        query = sa.select(*columns).join(_letter, _ITS_LETTER).where(self._own(_effect), self._own(_letter))
        query = query.where(_WENT, _letter.c.sent_at >= since).order_by(_effect.c.letter_id, _effect.c.id)
        with self._database.reading() as connection:
            return tuple(Effect(*row) for row in connection.execute(query))


def note_asked(connection: sa.Connection, office: int, letters: Sequence[tuple[int, Rendered]]) -> None:
    """Keep what letters, by their ids, ask of their reporters, within the transaction that queues them.

    One that goes in the place of another asks what that one did.
    """
    rows = [
        {"office_id": office, "letter_id": number, "circular": asking.circular, "reporter": rendered.letter.addressee}
        | {"step": asking.step}
        for number, rendered in letters
        for asking in rendered.letter.asks
    ]
    add_all(connection, _effect, rows)
    for number, rendered in letters:
        if rendered.instead_of is not None:
            its = sa.and_(_effect.c.office_id == office, _effect.c.letter_id == rendered.instead_of)
            connection.execute(sa.update(_effect).where(its).values(letter_id=number))


def note_answered(connection: sa.Connection, office: int, decision: Decision, message: int) -> None:
    """Keep which letters a mail answers, within the transaction that writes its answers."""
    for reporter in decision.answering:
        given = {"office": office, "this": message, "of_circular": decision.circular, "of_reporter": reporter}
        connection.execute(_answering(), given)


@functools.cache
def _answering() -> sa.Update:
    """The statement; built once, since each report takes it."""
    its = (_message.c.office_id == sa.bindparam("office"), _message.c.id == sa.bindparam("this"))
    came = sa.select(_message.c.received_at).where(*its).scalar_subquery()
    last = (
        sa.select(_effect.c.id)
        .join(_letter, _ITS_LETTER)
        .where(of_office(_effect), _WENT, _letter.c.sent_at <= came)
        .where(_effect.c.circular == sa.bindparam("of_circular"), _effect.c.reporter == sa.bindparam("of_reporter"))
        .order_by(_effect.c.letter_id.desc())
        .limit(1)
        .scalar_subquery()
    )
    first = sa.or_(_effect.c.answered_at.is_(None), _effect.c.answered_at > came)
    this = sa.and_(of_office(_effect), _effect.c.id == last, first)
    return sa.update(_effect).where(this).values(answered_at=came)
