"""Working days of a Thai government office: the one home of the package ``holidays``.

The package knows the national holidays and the cabinet's decisions up to its release. Regional holidays and later
decisions are the office's to enter: days to add, days to remove.
"""

import datetime
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.holiday import Holiday

ONE_DAY = datetime.timedelta(days=1)
SATURDAY = 5  # datetime.date.weekday()
# The official working day, its last minute included: deadlines are at 16:30. Noon is no pause, as mails disturb nobody then.
OPENS, LAST_MINUTE = datetime.time(8, 30), datetime.time(16, 30)

# The package counts these as public holidays, but they do not close a government office: Labour Day, its substitute
# when it falls on a weekend, and Children's Day.
NOT_FOR_OFFICES = frozenset({"วันแรงงานแห่งชาติ", "ชดเชยวันแรงงานแห่งชาติ", "วันเด็กแห่งชาติ"})
# Its day is set with the cabinet's days for the next year, and no rule gives it: a list without it was made before they were.
SET_EACH_YEAR, ITS_MONTH = "วันพืชมงคล", 5


@dataclass(frozen=True)
class Calendar:
    """The office's calendar: weekdays without holidays, ``add`` being further holidays and ``remove`` days it works on.

    A day in ``remove`` is a working day whatever else is known of it, a weekend included.
    """

    add: frozenset[datetime.date] = frozenset()
    remove: frozenset[datetime.date] = frozenset()

    def with_holidays(self, entered: Iterable[Holiday]) -> "Calendar":
        """The calendar with what staff entered, in the order in which they did: of several about one day the last holds."""
        newest = {holiday.day: holiday.off for holiday in entered}
        off = frozenset(day for day, closed in newest.items() if closed)
        worked = newest.keys() - off
        return Calendar((self.add | off) - worked, (self.remove | worked) - off)

    def knows(self, year: int) -> bool:
        """Whether the cabinet's days of a year are known: the list has the day that is set anew each year, or it was entered."""
        return any((day.year, day.month) == (year, ITS_MONTH) for day in self.add) or bool(
            _named(year).get(SET_EACH_YEAR)
        )

    def is_working(self, day: datetime.date) -> bool:
        """Whether the office works on this day."""
        if day in self.remove:
            return True
        return day.weekday() < SATURDAY and day not in self.add and day not in _holidays(day.year)

    def is_open(self, now: datetime.datetime) -> bool:
        """Whether it is office hours. The one place that says when a step of a plan may be taken, and a letter that can wait go."""
        local = now.astimezone(BANGKOK)
        return OPENS <= local.time().replace(second=0, microsecond=0) <= LAST_MINUTE and self.is_working(local.date())

    def working_days_before(self, day: datetime.date, n: int) -> datetime.date:
        """The n-th working day before ``day``; for n = 0, ``day`` itself or, if it is none, the last one before it."""
        if n < 0:
            raise ValueError(f"n must not be negative: {n}")
        found = day if n else day + ONE_DAY
        for _ in range(max(n, 1)):
            found -= ONE_DAY
            while not self.is_working(found):
                found -= ONE_DAY
        return found

    def working_days_after(self, day: datetime.date, n: int) -> datetime.date:
        """The n-th working day after ``day``; for n = 0 ``day`` itself."""
        coming = self.working_days(day + ONE_DAY, datetime.date.max)
        return next(itertools.islice(coming, n - 1, None)) if n else day

    def working_days(self, first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
        """The working days from ``first`` to ``last``, both included, in order; none when ``last`` is earlier."""
        day = first
        while day <= last:
            if self.is_working(day):
                yield day
            day += ONE_DAY

    def working_days_between(self, first: datetime.date, last: datetime.date) -> int:
        """How many working days follow ``first`` up to and including ``last``; negative when ``last`` is earlier.

        On the eve of a deadline that is a working day this is 1, on the day itself 0, on the next working day -1.
        """
        if last < first:
            return -self.working_days_between(last, first)
        return sum(1 for _ in self.working_days(first + ONE_DAY, last))


@cache
def _holidays(year: int) -> frozenset[datetime.date]:
    """The holidays of a year on which government offices are closed, by the package's knowledge."""
    return frozenset(day for name, days in _named(year).items() if name not in NOT_FOR_OFFICES for day in days)


@cache
def _named(year: int) -> Mapping[str, frozenset[datetime.date]]:
    """The same by name, with those that close no government office."""
    # The package takes a tenth of a second to load, which only what looks at days should pay.
    from holidays import country_holidays  # noqa: PLC0415

    known = country_holidays("TH", years=year, categories=("public", "government"), language="th", expand=False)
    found: dict[str, set[datetime.date]] = {}
    for day in known:
        for name in known.get_list(day):
            found.setdefault(name, set()).add(day)
    return {name: frozenset(days) for name, days in found.items()}
