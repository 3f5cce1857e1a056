"""``[recurring]``: a circular that asks the same each month, quarter or year. Owns the periods, their names and their dates. Pure.

The folder's own dates are the first round's. Each next round's are these, whole months later: a day that the month has not
is its last, and one on which the office is closed moves to the working day before it or after.
"""

import calendar as civil
import datetime
from collections.abc import Callable
from typing import Literal, Self

from pydantic import model_validator

from bot.office.model.bangkok_time import Day
from bot.office.model.calendar import Calendar
from bot.office.model.fiscal_year import FIRST_MONTH, fiscal_year_of
from parsers.form.question_rules import Part
from parsers.thai.dates import BUDDHIST_AHEAD
from parsers.thai.months import MONTHS

PERIOD = "{period}"  # in a circular's words, where the period of the round stands
LONGEST_SUFFIX = len("-2568-12")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_YEARS = (1, FIRST_MONTH)
_DAY = datetime.timedelta(days=1)


class Recurring(Part):
    """How often a circular is asked, from which period to which, and on which days."""

    every: Literal["month", "quarter", "year"]
    first: Day  # the first day of the period that the first round is about
    last: Day | None = None  # the first day of the last period; None: no end
    on_holiday: Literal["before", "after"] = "before"
    prefill: bool = False  # the form bears what was answered the time before

    @model_validator(mode="after")
    def _begins_a_period(self) -> Self:
        months = {"month": range(1, 13), "quarter": (1, 4, 7, 10), "year": _YEARS}[self.every]
        for name, day in (("first", self.first), ("last", self.last)):
            if day and (day.day != 1 or day.month not in months):
                raise ValueError(f"{name} = {day} begins no {self.every}; write the first day of one")
        if self.last and self.last < self.first:
            raise ValueError("last is before first; mend one of the two")
        if self.every == "year" and self.last and self.last.month != self.first.month:
            raise ValueError("last begins in another month than first; write the first day of a year of the same kind")
        return self

    @property
    def months(self) -> int:
        """Of one period."""
        return _MONTHS[self.every]

    def begins(self, number: int) -> datetime.date:
        """The first day of a period; the first has number 0."""
        return later(self.first, number * self.months)

    def is_asked(self, number: int) -> bool:
        """Whether there is a round of this number."""
        return number >= 0 and (self.last is None or self.begins(number) <= self.last)

    def number_at(self, moment: datetime.date, first_opens: datetime.date) -> int:
        """The number of a round that opens about then, or a little later: where a search for the last one open begins."""
        months = (moment.year - first_opens.year) * 12 + moment.month - first_opens.month
        return months // self.months + 1

    def suffix(self, number: int) -> str:
        """What the slug of a round ends with: ``-2568-01``, ``-2568-q1`` (of the fiscal year), ``-2568``."""
        day = self.begins(number)
        if self.every == "quarter":
            return f"-{fiscal_year_of(day)}-q{_quarter(day)}"
        year = _year_of(day) if self.every == "year" else day.year + BUDDHIST_AHEAD
        return f"-{year}" + (f"-{day.month:02}" if self.every == "month" else "")

    def name(self, number: int) -> str:
        """A period in Thai: เดือนมกราคม 2568, ไตรมาสที่ 1 ปีงบประมาณ 2568, ปี 2568 or ปีงบประมาณ 2568."""
        day = self.begins(number)
        if self.every == "month":
            return f"เดือน{MONTHS[day.month - 1]} {day.year + BUDDHIST_AHEAD}"
        if self.every == "quarter":
            return f"ไตรมาสที่ {_quarter(day)} ปีงบประมาณ {fiscal_year_of(day)}"
        return f"{'ปีงบประมาณ' if day.month == FIRST_MONTH else 'ปี'} {_year_of(day)}"

    def moved(self, moment: datetime.datetime, number: int, calendar: Calendar) -> datetime.datetime:
        """A moment of the first round as it is in another: months later, on a working day, at the same time of day."""
        if not number:
            return moment
        day = later(moment.date(), number * self.months)
        step = -_DAY if self.on_holiday == "before" else _DAY
        while not calendar.is_working(day):
            day += step
        return datetime.datetime.combine(day, moment.timetz())


def latest(recurring: Recurring, start: int, holds: Callable[[int], bool]) -> int | None:
    """The highest number of a round, from ``start`` down, for which something holds; None where it does for none."""
    number = start
    while number >= 0 and not (recurring.is_asked(number) and holds(number)):
        number -= 1
    return number if number >= 0 else None


def later(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later; the month's last where it has no such day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return datetime.date(year, month, min(day.day, civil.monthrange(year, month)[1]))


def _quarter(day: datetime.date) -> int:
    return (day.month - FIRST_MONTH) % 12 // 3 + 1


def _year_of(day: datetime.date) -> int:
    return fiscal_year_of(day) if day.month == FIRST_MONTH else day.year + BUDDHIST_AHEAD
