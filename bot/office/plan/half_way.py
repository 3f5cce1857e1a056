"""The reminder half-way between opening and deadline. Pure."""

import datetime

from bot.office.model.calendar import Calendar
from bot.office.model.circular import Circular

APART = 2  # working days to the next reminder: two on days that follow each other only annoy


def half_way(calendar: Calendar, circular: Circular) -> datetime.date | None:
    """The working day half-way; None where the circular has no such reminder, or another would come right after it."""
    plan, deadlines = circular.reminders, circular.deadlines
    last_day = deadlines.reporters.date()
    left = calendar.working_days_between(deadlines.opens.date(), last_day) // 2
    if not plan.half_way or left < max(plan.working_days_before, default=0) + APART:
        return None
    return calendar.working_days_before(last_day, left)
