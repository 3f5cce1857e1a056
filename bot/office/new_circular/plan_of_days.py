"""The four moments of a new circular, of what its letter says of days. Pure: now is an argument.

Law: whatever was written, the moments follow one another and the request goes in office hours.
"""

import datetime
from dataclasses import dataclass

from bot.office.model.calendar import LAST_MINUTE, OPENS, Calendar
from parsers.blank_form.proposal import Code, Papers, Unsure
from parsers.blank_form.unsure import unsure
from parsers.thai.dates import thai_moment

_GIVEN = 10  # working days until the department's day, where the letter names none
_FOR_US = 5  # working days between the reporters' day and the department's, where the letter names one day
_REPORT = 2  # working days that are left for the report, where its day has passed
_ANSWER = 3  # working days that reporters have at least


@dataclass(frozen=True)
class Days:
    """The moments, local time without a zone, and what was worked out."""

    opens: datetime.datetime
    reporters: datetime.datetime
    cutoff: datetime.datetime
    until: datetime.datetime
    unsure: tuple[Unsure, ...] = ()


def plan_of_days(papers: Papers, calendar: Calendar, now: datetime.datetime) -> Days:
    """The moments: those that were written where they can be kept, the others worked out. ``now`` is local, without a zone."""
    letter = papers.letter
    opens = papers.opens or _opening(max(now, _morning(letter.dated)), calendar)
    until, doubts = letter.until, []
    if until is None:
        until = datetime.datetime.combine(calendar.working_days_after(opens.date(), _GIVEN), LAST_MINUTE)
        doubts.append(unsure(Code.NO_DEADLINE, thai_moment(until)))
    reporters = letter.reporters
    if until <= opens or (reporters is not None and reporters <= opens):
        written, reporters = thai_moment(reporters or until), _answered(opens, until, calendar)
        until = max(
            until, datetime.datetime.combine(calendar.working_days_after(reporters.date(), _REPORT), LAST_MINUTE)
        )
        doubts.append(unsure(Code.DEADLINE_PAST, written, other=thai_moment(reporters)))
    elif reporters is None:
        reporters = _before(opens, until, calendar)
        if letter.until:
            doubts.append(unsure(Code.ONE_DEADLINE, thai_moment(until), other=thai_moment(reporters)))
    until = max(until, reporters)
    cutoff = papers.cutoff or datetime.datetime.combine(calendar.working_days_before(until.date(), 1), LAST_MINUTE)
    return Days(opens, reporters, min(max(cutoff, reporters), until), until, tuple(doubts))


def _morning(day: datetime.date | None) -> datetime.datetime:
    return datetime.datetime.combine(day or datetime.date.min, datetime.time.min)


def _opening(now: datetime.datetime, calendar: Calendar) -> datetime.datetime:
    """The next morning on which the office works: this one, while it has not opened yet."""
    today = now.date()
    still = now.time() < OPENS and calendar.is_working(today)
    return datetime.datetime.combine(today if still else calendar.working_days_after(today, 1), OPENS)


def _answered(opens: datetime.datetime, until: datetime.datetime, calendar: Calendar) -> datetime.datetime:
    """A day for reporters where the written one has passed: some working days from the opening, in time for the department if that can be."""
    day = datetime.datetime.combine(calendar.working_days_after(opens.date(), _ANSWER), LAST_MINUTE)
    return min(day, until) if until > opens else day


def _before(opens: datetime.datetime, until: datetime.datetime, calendar: Calendar) -> datetime.datetime:
    """A day for reporters where the letter names the department's alone: a week of work before it, or half of a shorter time."""
    days = calendar.working_days_between(opens.date(), until.date())
    day = calendar.working_days_before(until.date(), min(_FOR_US, max(days // 2, 0)))
    return min(max(datetime.datetime.combine(day, LAST_MINUTE), opens), until)
