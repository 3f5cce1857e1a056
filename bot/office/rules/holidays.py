"""A day off or a day worked entered by staff, by the command line or by a word: what it changes, and what to say of it. Pure."""

import datetime
from collections.abc import Iterable

from bot.office.decision import Decision
from bot.office.model.bureau import Bureau
from bot.office.model.calendar import Calendar
from bot.office.model.holiday import Holiday
from parsers.thai.dates import thai_date


def enter_holiday(holiday: Holiday) -> Decision:
    """The decision that enters it. Raises ValueError where its reason or who said so is missing."""
    if not holiday.because.strip() or not holiday.by.strip():
        raise ValueError("an entry needs its reason and who said so")
    return Decision(outcome="day-off" if holiday.off else "day-worked", holidays=(holiday,))


def changes_nothing(calendar: Calendar, holiday: Holiday) -> bool:
    """Whether the calendar says so already."""
    return calendar.is_working(holiday.day) is not holiday.off


def moved_by(bureau: Bureau, holiday: Holiday) -> tuple[str, ...]:
    """The slugs of the circulars with a deadline on that day: closing the office does not move it."""
    return tuple(slug for slug, one in bureau.circulars.items() if holiday.off and holiday.day in _days(bureau, slug))


def in_thai(bureau: Bureau, holiday: Holiday) -> str:
    """What it does, in one plain sentence."""
    day = thai_date(holiday.day, bureau.office.digits)
    said = f"วันที่ {day} เป็นวัน{'หยุด' if holiday.off else 'ทำการ'} ({holiday.because})"
    struck = ", ".join(bureau.circulars[slug].wording.subject for slug in moved_by(bureau, holiday))
    return f"{said} ทั้งนี้ วันดังกล่าวเป็นวันครบกำหนดของ {struck} ซึ่งไม่ได้เลื่อนตาม" if struck else said


def _days(bureau: Bureau, slug: str) -> Iterable[datetime.date]:
    deadlines = bureau.circulars[slug].deadlines
    return {deadlines.reporters.date(), deadlines.department.date()}
