"""Dates as Thai offices write them, and Thai writing of dates.

Owns the year rules: 2400 to 2700 is the Buddhist era (CE = BE - 543), 1900 to 2100 the common era, two digits are the
Buddhist 25yy first; and how far from a report a date is still believed. May not know today: what a two-digit year is near to is an argument.
"""

import datetime
import re
from typing import Literal

from parsers.thai.months import MONTH_WORDS, MONTHS, SHORT_MONTHS, WEEKDAYS
from parsers.thai.text import ascii_digits, normalise, thai_digits

Digits = Literal["thai", "arabic"]
Doubt = Literal["none", "far", "impossible"]

# A Buddhist year is 543 ahead of the common one, since BE 2484 month for month.
BUDDHIST_AHEAD = 543
# "29/11/24" is 2024 or 2524 (1981): five years tell them apart, and no plan reaches further.
_NEAR_YEARS = 5
# "22 ต.ค. 58", opened ten years before a report of 2568: 2058 is no plan's end, so it is the Buddhist year alone.
_SHORT_BACK = 30
# Characters: up to 120 of words before a date, the date, a time of day; a longer text is no date.
_LONGEST = 200
# Years from the report within which an answer's date is taken without a word: present plans and terms of office back, a
# plan of five years ahead.
_EVENT_BACK, _EVENT_AHEAD = 10, 5
_TOO_FAR_BACK, _TOO_FAR_AHEAD = 99, 15  # years: 2468 is 2568 mistyped, 2043 is no plan's end


_DAY_WORDS = "จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัสฯ?|ศุกร์|เสาร์|อาทิตย์"
# "256\n8", "25\n68": a year that a narrow column of a PDF or of Word broke.
_BROKEN_YEAR = re.compile(r"(?<!\d)(?:2\n5\d\d|25\n\d\d|25\d\n\d|2\n0\d\d|20\n\d\d|20\d\n\d)(?!\d)")
# Words that may lead to a date: "วันศุกร์ที่ ๒๙ …", "ข้อมูล ณ วันที่ 29 …", "ลงวันที่ ๒๙ …", "ศ. 29 …". Not "เลขที่
# 29/11/67": that is a number of something.
_BEFORE = re.compile(
    rf"(?:[^\d]{{0,120}}(?:วัน(?:{_DAY_WORDS})?\s*ที่|(?:วัน)?(?:{_DAY_WORDS})|ณ|เมื่อ)|(?:จ|อ|พ|พฤ|ศ|ส|อา)\.)?[\s,:]*(?=\d)"
)
# "วันจันทร์ที่ 29 พ.ย. 67" was a Friday: one of the two is a slip.
_WEEKDAY = re.compile(f"(?:วัน)?({_DAY_WORDS})")
# "เลื่อนจากวันที่ 29 …", "ยังไม่กำหนดวันที่ …", "ยกเลิกวันที่ …": the date behind such words is not the one.
_DENIED = re.compile("ไม่|ยัง|เลื่อน|ยกเลิก|งด")
# "ภายในวันที่ 29 …", "คาดว่าวันที่ 29 …": a limit or a guess, not the day itself.
_HEDGED = re.compile("ก่อน|หลัง|ภายใน|คาด|ประมาณ|ราว|จะ|กำหนด")
# The time behind a date: "เวลา 16.30 น.", "T16:30:00" and " 00:00:00" as programs write it, a full stop.
_AFTER = re.compile(
    r"(?:(?<!\s)\s++)?(?:เวลา.*+|(?:t\s*+|(?<= ))\d{1,2}[:.]\d{2}(?::\d{2}(?:\.\d+)?)?\s*+(?:z|น\.?)?|[.,])\s*+$"
)
# "พ.ศ. 2567", "พ. ศ. 2567", "พุทธศักราช 2567", "ค.ศ. 2024".
_ERA = r"(?P<era>พ\s*\.?\s*ศ\s*\.?|พุทธศักราช|ค\s*\.?\s*ศ\s*\.?|คริสต์ศักราช)?"
# "29/11/2567", "29-11-2567", "29.11.67", "29 / 11 / 2567", "29 11 2567".
_SEPARATOR = r"\s*[/.\-–−]\s*|\s+"
# Day first, as everybody here writes: "29/11/2567", "29/11/67", "29/11/พ.ศ. 2567"; not "7440-001-0012/62", a number of
# goods.
_NUMBERS = re.compile(
    rf"(?P<day>\d{{1,2}})(?:{_SEPARATOR})(?P<month>\d{{1,2}})(?:{_SEPARATOR}){_ERA}\s*(?P<year>\d{{4}}|\d{{2}})"
)
# "2567-11-29", "2024-11-29": ISO 8601, as programs write it.
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[/.\-](?P<month>\d{1,2})[/.\-](?P<day>\d{1,2})(?P<era>)")
# "๑๗/๑๒", written by hand on a letter: the year is the nearest one.
_NO_YEAR = re.compile(r"(?P<day>\d{1,2})\s*/\s*(?P<month>\d{1,2})(?P<era>)(?P<year>)")
# "๒๙ พฤศจิกายน ๒๕๖๗", "29พ.ย.67", "29-พ.ย.-67", "29 เดือนพฤศจิกายน ปี 2567", "3 ม.ค."; not "พฤศจิกายน 2567": no day.
_NAMED = re.compile(rf"(?P<day>\d{{1,2}})(?P<month>\D+?){_ERA}\s*(?P<year>\d{{4}}|\d{{2}})?")


def parse_date(text: str, near: datetime.date | None = None) -> datetime.date | None:
    """The one date ``text`` states, None when it states none, several, or one that may be read two ways.

    As ``read_date``, without the doubt.
    """
    return read_date(text, near)[0]


def read_date(text: str, near: datetime.date | None = None) -> tuple[datetime.date | None, bool]:
    """The one date ``text`` states, and whether it is a guess.

    It is one when no year is written, when words before it may take it back, when it was another day of the week, or when a
    year of two digits is of long ago. Two-digit years are 25yy of the
    Buddhist era or 20yy, whichever lies within five years of ``near``; else 25yy up to thirty years back, where 20yy is in the
    far future. Without ``near`` they are 2540 to 2599 BE. A date without a year needs ``near``. Words before the date are passed over when they
    end in วันที่, a weekday or ณ, a time of day after it.
    """
    if len(text) > _LONGEST:
        return None, False
    said = _BROKEN_YEAR.sub(lambda found: found[0].replace("\n", ""), ascii_digits(normalise(text)))
    said = said.replace("\n", " ").casefold()
    lead = _BEFORE.match(said)
    if not lead or _DENIED.search(lead[0]):
        return None, False
    said = _AFTER.sub("", said[lead.end() :]).strip()
    for form in (_NUMBERS, _YEAR_FIRST, _NO_YEAR, _NAMED):
        found = form.fullmatch(said)
        if found:
            month = _month(found["month"])
            written = (found["era"] or "", found["year"] or "")
            day = _date(int(found["day"]), month, written, near) if month else None
            hedged = (
                _HEDGED.search(lead[0]) or _another_weekday(lead[0], day) or _short_of_long_ago(written[1], day, near)
            )
            return day, not written[1] or bool(hedged)
    return None, False


def _short_of_long_ago(year: str, day: datetime.date | None, near: datetime.date | None) -> bool:
    """Whether a year of two digits was believed beyond five years: "57" may be a slip for 67."""
    return bool(day and near and len(year) == 2 and abs(day.year - near.year) > _NEAR_YEARS)  # noqa: PLR2004


def _another_weekday(lead: str, day: datetime.date | None) -> bool:
    """Whether the day of the week that is named before a date is not its own."""
    named = _WEEKDAY.search(lead)
    return bool(named and day and not WEEKDAYS[day.weekday()].startswith(f"วัน{named[1]}"[:6]))


def _month(word: str) -> int | None:
    if word.isdecimal():  # ¹ is a digit and no number
        return int(word)
    # "พ. ย.", "-พ.ย.-", "เดือน พฤศจิกายน" are one month each.
    word = re.sub(r"[\s.,/\-–]", "", word).removeprefix("เดือน").removesuffix("ปี")
    return MONTH_WORDS.get(word)


def _date(day: int, month: int, written: tuple[str, str], near: datetime.date | None) -> datetime.date | None:
    """The valid date nearest to ``near`` among what the year as written (era, digits) can mean."""
    dates = [made for year in _years(*written, near) if (made := _valid(year, month, day))]
    if near is None or len(written[1]) == 4:  # noqa: PLR2004 - a year in full
        return dates[0] if dates else None
    close = [date for date in dates if abs(date.year - near.year) <= _NEAR_YEARS]
    if not close and len(dates) > 1 and dates[1].year > near.year + _TOO_FAR_AHEAD and dates[0] < near:
        close = [date for date in dates[:1] if near.year - date.year <= _SHORT_BACK]
    return min(close, key=lambda date: abs(date - near), default=None)


def _years(era: str, digits: str, near: datetime.date | None) -> list[int]:
    """The common-era years a written year can mean, likeliest first."""
    if not digits:
        return [near.year - 1, near.year, near.year + 1] if near else []
    year = int(digits)
    if len(digits) == 2:  # noqa: PLR2004 - a year in short
        buddhist, common = 2500 + year - BUDDHIST_AHEAD, 2000 + year
        if era.startswith("พ"):
            return [buddhist]
        if era.startswith("ค"):
            return [common]
        return [buddhist, common] if near else [buddhist] if year >= 40 else []  # noqa: PLR2004 - BE 2540 is 1997
    if 2400 <= year <= 2700:  # noqa: PLR2004 - the Buddhist era
        return [] if era.startswith("ค") else [year - BUDDHIST_AHEAD]
    return [year] if 1900 <= year <= 2100 and not era.startswith("พ") else []  # noqa: PLR2004 - the common era


def _valid(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def doubt_of(day: datetime.date, near: datetime.date | None) -> Doubt:
    """How far from the report's day ``near`` an event may lie: beyond ten years back or five ahead it is to be said.

    Forms ask for what happened under the present plans and terms of office, and for dates ahead within a plan of five
    years. A law or a founding may truly be old, so only a hundred years (a slip in the century) and what lies beyond any
    plan are no dates.
    """
    if near is None:
        return "none"
    years = _years_after(day, near)
    if -_EVENT_BACK <= years <= _EVENT_AHEAD:
        return "none"
    return "far" if -_TOO_FAR_BACK < years <= _TOO_FAR_AHEAD else "impossible"


def _years_after(day: datetime.date, near: datetime.date) -> float:
    return (day - near).days / 365.25


def from_excel(value: datetime.date, near: datetime.date | None) -> datetime.date:
    """The day meant by a date cell: a Buddhist year typed into a Gregorian Excel is brought back.

    A year from 2400 on loses 543. A year from 1940 to 1999 gains 57 (67 became 1967, 2567 BE was meant) when that brings
    it within five years of ``near``. A day that does not exist in the year meant is given back unchanged.
    """
    day = value.date() if isinstance(value, datetime.datetime) else value
    year = day.year
    if year >= 2400:  # noqa: PLR2004 - the Buddhist era
        year -= BUDDHIST_AHEAD
    elif near and 1940 <= year <= 1999 and abs(year + 57 - near.year) <= _NEAR_YEARS:  # noqa: PLR2004
        year += 57
    return _valid(year, day.month, day.day) or day


def two_ways(stored: datetime.date, near: datetime.date | None) -> bool:
    """Whether a date cell's year may be a short Buddhist year that Excel took for a common one: 57 became 1957.

    True for what ``from_excel`` leaves as it is, when the year 57 later is not in the future: 1957 or 2557 BE.
    """
    return near is not None and 1940 <= stored.year <= 1999 and stored.year + 57 <= near.year + _NEAR_YEARS  # noqa: PLR2004


def thai_date(day: datetime.date, digits: Digits = "thai") -> str:
    """``๒๙ พฤศจิกายน ๒๕๖๗``."""
    return _written(f"{day.day} {MONTHS[day.month - 1]} {day.year + BUDDHIST_AHEAD}", digits)


def date_example(near: datetime.date | None) -> str:
    """How a date is to be written, shown by a day of now, or told where none is known."""
    return f"เช่น {thai_date(near)}" if near else "วัน เดือน และปี พ.ศ. ให้ครบ"


def thai_short_date(day: datetime.date, digits: Digits = "arabic") -> str:
    """``29 พ.ย. 2567``."""
    return _written(f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year + BUDDHIST_AHEAD}", digits)


def slashed_date(day: datetime.date) -> str:
    """``29/11/2567``, as people type it."""
    return f"{day.day}/{day.month}/{day.year + BUDDHIST_AHEAD}"


def thai_moment(moment: datetime.datetime, digits: Digits = "thai") -> str:
    """``๒๙ พฤศจิกายน ๒๕๖๗ เวลา ๑๖.๓๐ น.``; the hour as given, so bring it to local time first."""
    return f"{thai_date(moment, digits)} เวลา {_written(f'{moment:%H.%M}', digits)} น."


def thai_short_moment(moment: datetime.datetime, digits: Digits = "arabic") -> str:
    """``29 พ.ย. 2567 16.30 น.``; the hour as given."""
    return f"{thai_short_date(moment, digits)} {_written(f'{moment:%H.%M}', digits)} น."


def thai_weekday(day: datetime.date) -> str:
    """``วันศุกร์``."""
    return WEEKDAYS[day.weekday()]


def _written(text: str, digits: Digits) -> str:
    return thai_digits(text) if digits == "thai" else text
