"""What letters to reporters brought about, counted by the step at which they went. Pure.

The effect of a letter about a circular is what its reporter did next: data that came within a working day, later, or not
before the next letter went. By the end of the next working day, not within 24 hours: letters go in office hours alone, so a
Friday's would count as failed whatever it did; and the first day of a term is not counted (Civil and Commercial Code, 193/3).
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import Bureau
from bot.office.model.calendar import Calendar
from bot.office.model.ledger import BEFORE, HALF_WAY, OVERDUE, REQUEST

EXTENDED = "extended"  # a letter beside the plan; of the plan's own, ``BEFORE`` and ``OVERDUE`` go with working days
LATEST = 5  # working days: reminders that are longer overdue count together
LAST_DAY = 1  # working days before the deadline: its reminder is the last one
FEWEST_LETTERS = 10  # of a step, before it is compared: below, one answer more or less is ten per cent
FEWEST_CIRCULARS = 2  # in which somebody let it come to the last day's reminder, before that is called a habit


@dataclass(frozen=True)
class Effect:
    """One letter about one circular to one reporter (by key), and when data came before the next; None: none did."""

    circular: str
    reporter: str
    step: str
    sent: datetime.datetime
    answered: datetime.datetime | None = None


@dataclass(frozen=True)
class StepCount:
    """The letters of one step, counted."""

    step: str
    sent: int
    prompt: int  # answered by the end of the next working day
    later: int  # before the next letter
    waiting: int  # nothing yet, but no further letter went and the circular still runs

    @property
    def unanswered(self) -> int:
        """Those that brought nothing before the next letter."""
        return self.sent - self.prompt - self.later - self.waiting

    @property
    def share(self) -> float:
        """The part that was answered by the end of the next working day, 0 to 1, of those about which that can be said."""
        judged = self.sent - self.waiting
        return self.prompt / judged if judged else 0.0


def reminder_step(days_left: int, *, late: bool) -> str:
    """The step of a reminder by the working days to its deadline; 0 or less when that has passed."""
    return f"{OVERDUE}{abs(days_left)}" if late else f"{BEFORE}{days_left}"


def counted(
    bureau: Bureau, effects: Sequence[Effect], until: datetime.datetime, now: datetime.datetime
) -> list[StepCount]:
    """The letters sent before ``until`` by step, in the order of a round. ``effects`` in the order of sending, up to ``now``."""
    newest = {(each.circular, each.reporter): number for number, each in enumerate(effects)}
    found: dict[str, list[int]] = {}
    for number, each in enumerate(effects):
        if each.sent < until:
            count = found.setdefault(_together(each.step), [0, 0, 0, 0])
            count[0] += 1
            last = newest[each.circular, each.reporter] == number
            if each.answered is not None:
                count[1 if is_prompt(bureau.calendar, each.sent, each.answered) else 2] += 1
            elif last and _runs(bureau, each.circular, now):
                count[3] += 1
    return [StepCount(step, *found[step]) for step in sorted(found, key=_place)]


def is_prompt(calendar: Calendar, sent: datetime.datetime, answered: datetime.datetime) -> bool:
    """Whether an answer came by the end of the working day that follows the day of sending."""
    days = (moment.astimezone(BANGKOK).date() for moment in (sent, answered))
    return calendar.working_days_between(*days) <= 1


def _runs(bureau: Bureau, slug: str, now: datetime.datetime) -> bool:
    circular = bureau.circulars.get(slug)
    return circular is not None and not circular.closed and now <= circular.deadlines.department


def _together(step: str) -> str:
    """A step as it is counted: those long overdue are one."""
    late = step.startswith(OVERDUE) and int(step.removeprefix(OVERDUE)) > LATEST
    return f"{OVERDUE}{LATEST + 1}" if late else step


def _place(step: str) -> tuple[int, int]:
    """Where a step stands in a round."""
    if step.startswith(BEFORE):
        return 2, -int(step.removeprefix(BEFORE))
    if step.startswith(OVERDUE):
        return 3, int(step.removeprefix(OVERDUE))
    return {REQUEST: 0, HALF_WAY: 1}.get(step, 4), 0


def best(counts: Iterable[StepCount]) -> StepCount | None:
    """The step of which most letters were answered by the end of the next working day; None where no step has enough."""
    enough = [each for each in counts if each.sent - each.waiting >= FEWEST_LETTERS and each.prompt]
    return max(enough, key=lambda each: (each.share, each.sent), default=None)


def never_before_the_last_day(effects: Iterable[Effect]) -> list[str]:
    """The reporters (by key) who answered no letter before the last day's reminder, in circular after circular."""
    reminded: dict[str, set[str]] = {}
    early: set[str] = set()
    for each in effects:
        if _is_last(each.step):
            reminded.setdefault(each.reporter, set()).add(each.circular)
        elif each.answered is not None:
            early.add(each.reporter)
    return [who for who, where in reminded.items() if len(where) >= FEWEST_CIRCULARS and who not in early]


def _is_last(step: str) -> bool:
    before = step.removeprefix(BEFORE) if step.startswith(BEFORE) else ""
    return step.startswith(OVERDUE) or (before != "" and int(before) <= LAST_DAY)
