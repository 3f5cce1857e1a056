"""The state that a round is in, and how it got there: one pure function each, from what the books hold."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import Bureau
from bot.office.model.circular_standing import Standing
from bot.office.model.ledger import REQUEST, LedgerEntry
from bot.office.model.report_draft import Draft
from bot.office.model.round_change import ChangeKind, RoundChange
from parsers.thai.dates import thai_short_moment


class State(StrEnum):
    """Where a round is, each after the one before; closed may come after any."""

    PLANNED = "planned"
    OPEN = "open"
    CUT_OFF = "cut off"
    DRAFTED = "drafted"
    APPROVED = "approved"
    REPORTED = "reported"
    CLOSED = "closed"


def state_of(standing: Standing, now: datetime.datetime) -> State:
    """The furthest that the round has come."""
    circular, newest = standing.circular, standing.drafts[-1] if standing.drafts else None
    reached = (
        (circular.closed, State.CLOSED),
        (standing.dispatched, State.REPORTED),
        (newest and newest.approved_by, State.APPROVED),
        (newest, State.DRAFTED),
        (now >= circular.deadlines.cutoff, State.CUT_OFF),
        (now >= circular.deadlines.opens, State.OPEN),
    )
    return next((state for holds, state in reached if holds), State.PLANNED)


@dataclass(frozen=True)
class Event:
    """One thing that became of a round. ``at`` is a day where the books hold no moment."""

    at: datetime.datetime | datetime.date
    what: str  # English, as the command line speaks
    by: str = ""
    why: str = ""


def history_of(
    bureau: Bureau, changes: Iterable[RoundChange], drafts: Sequence[Draft], ledger: Iterable[LedgerEntry]
) -> list[Event]:
    """All that became of a round, in order of time."""
    events = [*_requested(ledger), *(_changed(bureau, change) for change in changes)]
    for draft in drafts:
        events.append(Event(draft.made, f"draft {draft.version} made"))
        if draft.approved_by and not draft.dispatched:
            events.append(Event(draft.made, f"draft {draft.version} approved, waits for its number", draft.approved_by))
        if draft.dispatched:
            events.append(Event(draft.dispatched, f"report sent, draft {draft.version}", draft.approved_by))
    return sorted(events, key=_when)


def _when(event: Event) -> datetime.datetime:
    if isinstance(event.at, datetime.datetime):
        return event.at
    return datetime.datetime.combine(event.at, datetime.time(), BANGKOK)


def _requested(ledger: Iterable[LedgerEntry]) -> Iterator[Event]:
    days = [entry.on for entry in ledger if entry.step == REQUEST and entry.action == "sent"]
    if days:
        yield Event(min(days), f"requests sent to {len(days)} reporters")


def _changed(bureau: Bureau, change: RoundChange) -> Event:
    roster = bureau.roster
    names = {code: organisation.printed_short for code, organisation in roster.by_code.items()}
    names |= {reporter.key: reporter.name for reporter in roster.reporters if reporter.key not in names}
    whose = names.get(change.whom, change.whom) or "all"
    said = {
        ChangeKind.EXTENDED: f"deadline of {whose}: {_moment(change.until)}",
        ChangeKind.EXEMPTED: f"{whose} exempt",
        ChangeKind.ASKED_AGAIN: f"{whose} asked again",
        ChangeKind.SPARED: f"{whose} not reminded any more",
        ChangeKind.REMINDED: f"{whose} reminded again",
    }
    moved = [
        f"{name} {_moment(moment)}"
        for name, moment in (("cut-off", change.cutoff), ("department", change.department))
        if moment
    ]
    what = said.get(change.kind, change.kind.value)
    return Event(change.at, "; ".join((what, *moved)), change.by, change.why)


def _moment(moment: datetime.datetime | None) -> str:
    return thai_short_moment(moment.astimezone(BANGKOK)) if moment else "-"
