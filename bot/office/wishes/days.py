"""The day and the hour that a line of words names: ๑๒ ธ.ค. ๖๗ เวลา ๑๒.๐๐ น., 12/12/2567, พรุ่งนี้, วันศุกร์นี้, สิ้นเดือน, ๑๕ นี้.

Of two days that differ the later word counts only where it is said to take the other's place: จาก ๒๙ พ.ย. เป็น ๔ ธ.ค.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.calendar import LAST_MINUTE
from bot.office.wishes.spoken_days import hour_spoken, is_another_weekday, spoken_days
from parsers.thai.dates import read_date
from parsers.thai.months import MONTH_WORDS

# "เวลา 12.00 น.", "เวลา 9:30", "16.30 น".
_HOUR = re.compile(r"เวลา\s?(\d{1,2})[.:](\d{2})(?:\s?น(?![ก-๙])\.?)?|(?<![\d/.])(\d{1,2})[.:](\d{2})\s?น(?![ก-๙])\.?")
# "12/12/2567", "4-12-67", "17/12", "2567-12-12"; not a telephone's 054-534119.
_FIGURES = re.compile(
    r"(?<![\d/.-])(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{2,4}|\d{1,2}/\d{1,2})(?![\d/-])"
)
# "12 ธันวาคม 2567", "๓ ธ.ค.", "30ธ.ค.67ครับ": day, what may be a month, what may be a year.
_NAMED = re.compile(r"(?<![\d/.])(\d{1,2})\s*(?:เดือน\s*)?([ก-๙a-z.]{2,14})\s*((?:พ\.?\s*ศ\.?\s*)?\d{2,4}(?!\d))?")
# "2-3 ม.ค. 68", "2 และ 3 ม.ค.": two days in one breath are not one.
_SEVERAL = re.compile(r"(?<![\d/.])\d{1,2}\s?(?:-|–|,|และ|กับ|ถึง)\s?\d{1,2}\s*(?:เดือน\s*)?([ก-๙a-z.]{2,14})")
# Between two days, or before the first: the second takes the place of the first.
_NOT_KEPT = ("ไม่ทัน", "ไม่ไหว", "น่าจะไม่", "คงไม่", "ยังไม่พอ", "ไม่พอ")  # straight behind a day
_INSTEAD = ("ไม่ทัน", "ขอเป็น", "เลื่อนเป็น", "เลื่อนไป", "ขอเลื่อน", "แทน", "ขยายเป็น", "ขยายไป")
_LEADS = ("เป็น", "ถึง", "ไป", "ภายใน")  # straight before the day that counts
# "เป็นวันจันทร์ที่", "ถึงวันที่": what stands between such a word and the figures.
_DAY_WORDS = re.compile(r"(?:\s|วันที่|วัน|ที่|จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์|อาทิตย์){0,6}$")
# "ขออนุญาตส่งเป็นวันจันทร์ที่", "ขอเลื่อนไป", "ขอเลื่อนเปน" (slips of ป็), "ขอถึง": the day that is asked for follows.
_ASKING = r"ขอ(?:อนุญาต)?(?:เลื่อน|ขยาย|ผ่อนผัน)?(?:เวลา)?(?:ส่ง|รายงาน)?(?:เป็น|เปน|ตาม|ถึง|จนถึง|ไปเป็น|ไปถึง|ไปจนถึง|ออกไปเป็น|ออกไปถึง|ออกไปจนถึง|ออกไป|ไป|ภายใน)?"
_ASKED = re.compile(rf"{_ASKING}\s?$")
_ASKS = re.compile(rf"{_ASKING}\s?(?:วัน|พรุ่งนี้|มะรืน|\d)")

Found = tuple[datetime.date, tuple[int, int]]


@dataclass(frozen=True)
class Named:
    """A day, the hour if one was said, and where they stand in the text."""

    day: datetime.date
    hour: datetime.time | None
    spans: tuple[tuple[int, int], ...]

    def moment(self) -> datetime.datetime:
        """The moment in Bangkok; the close of the office where no hour was said."""
        return datetime.datetime.combine(self.day, self.hour or LAST_MINUTE, BANGKOK)


def day_in(text: str, today: datetime.date) -> Named | None:
    """The one day that a ``plain`` text names; None where it names none, two that differ, or one that is no such weekday."""
    hour, span = _hour(text)
    spans = [span] if span else []
    if span:
        text = text[: span[0]] + " " * (span[1] - span[0]) + text[span[1] :]
    if (found := _SEVERAL.search(text)) and _month_in(found[1]):
        return None
    days = _in_time(text, days_named(text, today))
    meant = days if len({day for day, _ in days}) == 1 else _instead(text, days)
    if not meant or any(is_another_weekday(text[: span[0]], day) for day, span in meant):
        return None
    return Named(meant[0][0], hour, (*spans, *(span for _, span in days)))


def asks_for_day(text: str) -> bool:
    """Whether a reporter's ``plain`` text asks for a day straight out: ขอส่งเป็นวันจันทร์."""
    return bool(_ASKS.search(text))


def day_asked_for(text: str, today: datetime.date) -> Named | None:
    """The day that a reporter's ``plain`` text asks for, beside days of which it tells: ขอส่งเป็นวันจันทร์ที่ 2 วันศุกร์ลาค่ะ."""
    named = day_in(text, today)
    if named is not None:
        begins = _ASKS.search(text)  # "ไฟดับตั้งแต่บ่ายโมง ขอส่งพรุ่งนี้ก่อนเที่ยง"
        behind, _ = _hour(text[begins.start() :]) if begins else (None, None)
        return replace(named, hour=behind or named.hour)
    asked = [(day, span) for day, span in days_named(text, today) if _ASKED.search(_DAY_WORDS.sub("", text[: span[0]]))]
    if len({day for day, _ in asked}) != 1 or is_another_weekday(text[: asked[0][1][0]], asked[0][0]):
        return None
    hour, _ = _hour(text)
    return Named(asked[0][0], hour, tuple(span for _, span in asked))


def days_named(text: str, today: datetime.date) -> list[Found]:
    """All days of a ``plain`` text with where each stands, in order; today's own name only where no other day is said."""
    written = list(_days(text, today))
    spoken = [one for one in spoken_days(text, today) if not any(_touch(one[1], span) for _, span in written)]
    found = sorted((*written, *spoken), key=lambda one: one[1])
    return [one for one in found if one[0] != today] or found


def spans_of_days(text: str, today: datetime.date) -> list[tuple[int, int]]:
    """Where days and hours of any reading stand in a ``plain`` text."""
    named = (
        (found.start(), found.start(2) + len(month))
        for found in _NAMED.finditer(text)
        if (month := _month_in(found[2]))
    )
    spoken = (span for _, span in spoken_days(text, today))
    hour, span = _hour(text)
    written = (found.span() for found in (*_HOUR.finditer(text), *_FIGURES.finditer(text)))
    return [*written, *named, *spoken, *((span,) if hour and span else ())]


def _touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _in_time(text: str, days: list[Found]) -> list[Found]:
    """The days but those that cannot be kept: มะรืนนี้ไม่ทัน ขอถึงวันจันทร์ที่ 9."""
    return [one for one in days if not text[one[1][1] :].lstrip().startswith(_NOT_KEPT)]


def _instead(text: str, days: list[Found]) -> list[Found]:
    """The last of several days where it is said to take the place of the one before it; nothing where that is not said."""
    if len({day for day, _ in days}) != 2:  # noqa: PLR2004 - from one day to another
        return []
    (_, first), (day, last) = days[0], days[-1]
    lead = _DAY_WORDS.sub("", text[: last[0]])
    between = text[first[1] : last[0]]
    replaced = "จาก" in text[: first[0]] or any(word in between for word in _INSTEAD)
    return [(day, last)] if replaced and lead.endswith(_LEADS) else []


def _days(text: str, today: datetime.date) -> Iterator[Found]:
    for found in _FIGURES.finditer(text):
        day = read_date(found[0], today)[0]
        if day:
            yield day, found.span()
    for found in _NAMED.finditer(text):
        month = _month_in(found[2])
        if not month:
            continue
        whole = month == found[2]  # a year may only stand straight behind the month
        day = read_date(f"{found[1]} {month} {found[3] or ''}".strip() if whole else f"{found[1]} {month}", today)[0]
        if day:
            yield day, (found.start(), found.end() if whole else found.start(2) + len(month))


def _month_in(word: str) -> str:
    """The longest beginning of a word that is a month's name; "" where none is."""
    ends = range(len(word), 1, -1)
    return next((word[:end] for end in ends if word[:end].replace(".", "").strip() in MONTH_WORDS), "")


def _hour(text: str) -> tuple[datetime.time | None, tuple[int, int] | None]:
    """The hour that is said, in figures or in words, and where."""
    if found := _HOUR.search(text):
        return _time(int(found[1] or found[3]), int(found[2] or found[4])), found.span()
    return hour_spoken(text)


def _time(hours: int, minutes: int) -> datetime.time | None:
    good = 0 <= hours < 24 and 0 <= minutes < 60  # noqa: PLR2004 - of a day, of an hour
    return datetime.time(hours, minutes) if good else None
