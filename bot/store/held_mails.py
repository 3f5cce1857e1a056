"""Held mails: what a command about one needs to know, how often staff were asked, and letting one in or leaving it out.

Owns no table of its own: a held mail is a message, a question to staff a letter.
"""

import datetime
from collections.abc import Collection, Iterable
from typing import Any

import sqlalchemy as sa

from bot.office.letters.letter import LetterKind
from bot.office.model.received_mail import KeptMail, MessageState, Settlement
from bot.store import schema
from bot.store.journal import COLUMNS, FORGOTTEN, Covers, covered
from bot.store.office_rows import OfficeRows

_message, _letter, _finding = schema.message, schema.letter, schema.finding
_dispute = schema.dispute
_KEPT = ("id", "state", "outcome", "why", "sender", "subject", "reporter", "vouched_by", "circular")


class HeldMails(OfficeRows):
    """The mails of one office that a person must say something about."""

    def held_mail(self, message: int) -> KeptMail | None:
        """A mail of this office, held or not."""
        still = sa.and_(_dispute.c.office_id == _message.c.office_id, _dispute.c.message_id == _message.c.id)
        disputed = sa.exists().where(still, _dispute.c.settled_at.is_(None))
        query = sa.select(*(_message.c[name] for name in _KEPT), disputed)
        query = query.where(self._own(_message), _message.c.id == message)
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        values: list[Any] = list(row or ())
        return KeptMail(*values) if row else None

    def notices_since(self, since: datetime.datetime, endings: Collection[str]) -> int:
        """How many notices were queued since then whose occasion ends in one of ``endings``."""
        ends = sa.or_(sa.false(), *(_letter.c.occasion.endswith(ending, autoescape=True) for ending in endings))
        query = (
            sa.select(sa.func.count())
            .select_from(_letter)
            .where(self._own(_letter), _letter.c.kind == LetterKind.NOTICE.value, _letter.c.queued_at > since, ends)
        )
        with self._database.reading() as connection:
            return int(connection.scalar(query) or 0)


def settle_held(
    connection: sa.Connection, office: int, settlements: Iterable[Settlement], now: datetime.datetime
) -> Covers:
    """Let held mails in or leave them out, within a transaction that is open. One that is held no longer stays as it is."""
    covers: Covers = {}
    for said in settlements:
        here = sa.and_(_message.c.office_id == office, _message.c.id == said.message)
        change = sa.update(_message).where(here, _message.c.state == MessageState.HELD)
        values = _let_in(said) if said.accepted else _left_out(said, now)
        columns = (_message.c[name] for name in COLUMNS["decision"])
        row = connection.execute(change.values(**values).returning(*columns)).mappings().one_or_none()
        if row is None:
            continue
        if said.accepted:
            # It is read anew, and what was found then may be numbered otherwise.
            mine = sa.and_(_finding.c.office_id == office, _finding.c.message_id == said.message)
            connection.execute(sa.delete(_finding).where(mine))
            covers |= {f"decision {said.message}": FORGOTTEN, f"findings {said.message}": FORGOTTEN}
        else:
            covers |= covered("decision", said.message, row)
    return covers


def _let_in(said: Settlement) -> dict[str, object]:
    """As if it had just come, but for who answers for it. Attempts are counted anew."""
    return {
        "state": MessageState.RECEIVED,
        "outcome": "",
        "why": "",
        "vouched_by": said.by,
        "reporter": said.reporter,
        "decided_at": None,
        "attempts": 0,
        "failures": 0,
        "taken_by": "",
        "lease_until": None,
    }


def _left_out(said: Settlement, now: datetime.datetime) -> dict[str, object]:
    return {
        "state": MessageState.DECIDED,
        "outcome": "refused",
        "why": f"{said.by} ไม่รับ",
        "reporter": "",
        "decided_at": now,
    }
