"""The rounds of a recurring circular, each as a circular of its own. Pure.

Only those are there that are read by: from the one to come back to those whose department has long had its report.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.calendar import Calendar
from bot.office.model.circular import Circular, LetterToDistricts, Wording
from bot.office.model.recurring import PERIOD, Recurring, later, latest
from bot.office.model.round import Round
from parsers.thai.dates import BUDDHIST_AHEAD

MOMENTS = ("opens", "reporters", "cutoff", "department")


@dataclass(frozen=True)
class Series:
    """A recurring circular: its template, and how it recurs."""

    template: Circular
    recurring: Recurring
    calendar: Calendar

    def dates(self, number: int) -> dict[str, datetime.datetime]:
        """The moments of a round, by name."""
        first = self.template.deadlines
        return {name: self.recurring.moved(getattr(first, name), number, self.calendar) for name in MOMENTS}

    def slug(self, number: int) -> str:
        """The slug of a round."""
        return self.template.slug + self.recurring.suffix(number)

    def numbered(self, slug: str) -> int | None:
        """The number of the round with this slug; None where it is none of this series."""
        start = self.recurring.number_at(_far(slug, self.template.slug), self.recurring.first)
        return latest(self.recurring, start, lambda number: self.slug(number) == slug)

    def newest(self, now: datetime.datetime) -> int | None:
        """The number of the last round that should be open by now."""
        start = self.recurring.number_at(now.astimezone(BANGKOK).date(), self.template.deadlines.opens.date())
        return latest(self.recurring, start, lambda number: self.dates(number)["opens"] <= now)

    def near(self, now: datetime.datetime, kept: datetime.timedelta) -> Iterator[int]:
        """The numbers of the round to come, of the last that should be open, and of those before it that are ``kept`` after their end."""
        newest = self.newest(now)
        last = -1 if newest is None else newest
        if self.recurring.is_asked(last + 1):
            yield last + 1
        for number in range(last, -1, -1):
            if number < last and self.dates(number)["department"] + kept < now:
                return
            yield number

    def round(self, number: int) -> Circular:
        """A round as its template and its number make it; what the books say of it is not in it."""
        template, period = self.template, self.recurring.name(number)
        dates = self.dates(number)
        dated = later(template.dated, number * self.recurring.months)
        return template.model_copy(
            update=_worded(template, period)
            | {
                "slug": self.slug(number),
                "dated": min(dated, dates["opens"].date()),
                "deadlines": template.deadlines.model_copy(update=dates),
                "follows": self.slug(number - 1) if number else template.follows,
                "round": Round(series=template.slug, number=number, period=period),
            }
        )


def series_of(circular: Circular, calendar: Calendar) -> Series | None:
    """The series whose template a circular is; None where it is asked once."""
    return Series(circular, circular.recurring, calendar) if circular.recurring else None


def _far(slug: str, base: str) -> datetime.date:
    """A day not before the period that a slug names, by its year; the first day there is for one that names none."""
    year = slug.removeprefix(f"{base}-")[:4]  # of "waste-2568-01", "waste-2568-q1", "waste-2568"
    if not slug.startswith(f"{base}-") or not (year.isascii() and year.isdigit()) or int(year) <= BUDDHIST_AHEAD:
        return datetime.date.min
    return datetime.date(int(year) - BUDDHIST_AHEAD + 1, 12, 31)


def _worded(template: Circular, period: str) -> dict[str, Any]:
    """The template's words with the period in its place, wherever letters and forms show them."""

    def said(value: Any) -> Any:
        if isinstance(value, str):
            return value.replace(PERIOD, period)
        return tuple(map(said, value)) if isinstance(value, tuple) else value

    def of(part: Wording | LetterToDistricts) -> Any:
        return part.model_copy(update={name: said(getattr(part, name)) for name in type(part).model_fields})

    form = template.form
    words = {name: said(getattr(form, name)) for name in ("title", "note", "report_note")}
    return {
        "title": said(template.title),
        "wording": of(template.wording),
        "letter": of(template.letter) if template.letter else None,
        "form": form.model_copy(update=words),
    }
