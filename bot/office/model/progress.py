"""How the replies to a circular came in, as values for a picture: the curve against the deadlines, and who stands where."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.office.model.circular import Circular
from bot.office.model.owed import owed_by
from bot.office.model.recorded_answer import Recorded, last_received
from bot.office.model.roster import Roster


class State(StrEnum):
    """Where an organisation stands."""

    COMPLETE = "complete"
    PARTLY = "partly"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Progress:
    """One circular's replies. ``curve`` holds the moments at which an organisation became complete, rising."""

    title: str
    opens: datetime.datetime
    deadlines: tuple[tuple[str, datetime.datetime], ...]
    now: datetime.datetime
    curve: tuple[datetime.datetime, ...]
    total: int
    districts: tuple[tuple[str, tuple[State, ...]], ...]  # organisations in roster order


def progress_of(circular: Circular, roster: Roster, known: Sequence[Recorded], now: datetime.datetime) -> Progress:
    """The picture's values. An organisation became complete with the mail that brought the last answer that holds."""
    owed = owed_by(circular, roster, known)
    newest = last_received(known)
    districts: dict[str, list[State]] = {}
    asked = [organisation for organisation in roster.organisations if organisation.code not in circular.exempt]
    for organisation in asked:
        code = organisation.code
        state = State.COMPLETE if code not in owed else State.PARTLY if code in newest else State.NOTHING
        districts.setdefault(organisation.district, []).append(state)
    done = sorted(newest[o.code] for o in asked if o.code not in owed and o.code in newest)
    deadlines = circular.deadlines
    return Progress(
        title=f"{circular.number} {circular.wording.subject}",
        opens=deadlines.opens,
        deadlines=(("กำหนดผู้รายงาน", deadlines.reporters), ("กำหนดส่วนกลาง", deadlines.department)),
        now=now,
        curve=tuple(done),
        total=len(asked),
        districts=tuple((name, tuple(states)) for name, states in districts.items()),
    )
