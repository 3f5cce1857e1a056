"""The circulars of an office's year: those asked once, and monthly ones whose rounds the clock opens itself."""

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.calendar import Calendar
from bot.office.model.circular import Circular, Deadlines, Reminders
from bot.office.model.recurring import PERIOD, Recurring, later
from bot.office.model.rounds_of import Series

DAY = datetime.timedelta(days=1)
QUESTION = "s10_announced"


def at(day: datetime.date, clock: str) -> datetime.datetime:
    """A moment in Bangkok."""
    return datetime.datetime.combine(day, datetime.time.fromisoformat(clock), BANGKOK)


@dataclass(frozen=True)
class Size:
    """How large the year is."""

    first: datetime.date
    days: int
    single: int  # circulars that come once
    monthly: int  # and those that come every month
    tail: int = 30  # days after it, within which every report has gone
    seed: int = 2569

    @property
    def end(self) -> datetime.date:
        """The first day after it."""
        return self.first + DAY * self.days


def circulars_of(size: Size, base: Circular, calendar: Calendar, chance: random.Random) -> dict[str, Circular]:
    """By slug, what the folders declare: ``base`` made small, once with dates of its own, or as a monthly template."""
    single = (_once(size, base, calendar, chance, number) for number in range(size.single))
    monthly = (_monthly(size, base, calendar, chance, number) for number in range(size.monthly))
    return {one.slug: one for one in (*single, *monthly)}


def rounds_of(size: Size, declared: dict[str, Circular], calendar: Calendar) -> Iterator[Circular]:
    """What is to be collected in the year: each single circular, and each monthly one once a month."""
    for circular in declared.values():
        if circular.recurring is None:
            yield circular
            continue
        series = Series(circular, circular.recurring, calendar)
        yield from (series.round(number) for number in range(_months(size)))


def _months(size: Size) -> int:
    last = size.end - DAY
    return (last.year - size.first.year) * 12 + last.month - size.first.month + 1


def _once(size: Size, base: Circular, calendar: Calendar, chance: random.Random, number: int) -> Circular:
    opens = size.first + DAY * chance.randrange(max(size.days - 60, 1))
    due = opens + DAY * chance.randint(7, 30)
    return _small(base, f"c{number}", _working(calendar, opens), _working(calendar, due))


def _monthly(size: Size, base: Circular, calendar: Calendar, chance: random.Random, number: int) -> Circular:
    """Asked in the first days of each month about the month before; half of them with what was answered then."""
    month = size.first.replace(day=1)
    opens, due = (_working(calendar, month + DAY * chance.randint(*days)) for days in ((0, 3), (9, 14)))
    recurring = Recurring(
        every="month",
        first=later(month, -1),
        last=later(month, _months(size) - 2),
        on_holiday=chance.choice(("before", "after")),
        prefill=chance.random() < 0.5,
    )
    made = _small(base, f"m{number}", opens, due)
    words = {"subject": f"เรื่องที่ {made.slug} {PERIOD}"}
    return made.model_copy(
        update={
            "recurring": recurring,
            "title": f"เรื่องที่ {made.slug} {PERIOD}",
            "wording": made.wording.model_copy(update=words),
        }
    )


def _working(calendar: Calendar, day: datetime.date) -> datetime.date:
    return next(day + DAY * n for n in range(30) if calendar.is_working(day + DAY * n))


def _small(base: Circular, slug: str, opens: datetime.date, due: datetime.date) -> Circular:
    """A small circular: one question, the schema's own reminders, a report wanted a week after the deadline."""
    reporters = at(due, "16:30")
    form = base.form.model_copy(
        update={"question": tuple(q for q in base.form.question if q.key == QUESTION), "remark": ()}
    )
    deadlines = Deadlines(
        opens=at(opens, "08:30"), reporters=reporters, cutoff=reporters + 5 * DAY, department=reporters + 7 * DAY
    )
    wording = base.wording.model_copy(
        update={"subject": f"เรื่องที่ {slug}", "opening": "โปรดรายงาน", "remarks_for_staff": ()}
    )
    return base.model_copy(
        update={"slug": slug, "form": form, "deadlines": deadlines, "wording": wording, "reminders": Reminders()}
        | {"letter": None, "enclosure": (), "link": (), "dated": opens, "baseline": type(base.baseline)()}
    )
