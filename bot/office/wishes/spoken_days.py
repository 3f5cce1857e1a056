"""Days that are named by where they lie from today, hours by their everyday names, and how many days more: พรุ่งนี้, ศุกร์หน้า, เที่ยง, อีกสามวัน."""

import calendar
import datetime
import re
from collections.abc import Iterator

from parsers.thai.months import MONTHS, SHORT_MONTHS

_TO_COME = {"วันนี้": 0, "พรุ่งนี้": 1, "วันรุ่งขึ้น": 1, "มะรืนนี้": 2, "มะรืน": 2}
_WEEKDAYS = {"จันทร์": 0, "อังคาร": 1, "พุธ": 2, "พฤหัส": 3, "ศุกร์": 4, "เสาร์": 5, "อาทิตย์": 6}
_NUMBERS = ("ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า", "สิบ")
_NUMBER = rf"(?P<number>\d{{1,2}}|{'|'.join(_NUMBERS[1:])})"
# "พรุ่งนี้", "มะรืนนี้": the longest first.
_NEAR = re.compile("|".join(sorted(_TO_COME, key=len, reverse=True)))
# "วันศุกร์นี้", "พุธหน้า", "วันจันทร์ที่จะถึง"; not อาทิตย์หน้า, which is a week, and not วันจันทร์ที่ 2 ธ.ค., which says its day.
_WEEKDAY = re.compile(
    r"(?P<whole>วัน)?(?P<name>จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัส(?!บดี)|ศุกร์|เสาร์|อาทิตย์)(?P<when>\s?(?:นี้|หน้า|ที่จะถึง(?:นี้)?))?(?!\s?(?:ที่\s?)?\d)"
)
# "วันจันทร์ที่ " at the end: the weekday of the day that follows.
_OF_DAY = re.compile(r"(?P<name>จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์|อาทิตย์)\s?(?:ที่)?\s?$")
# "วันที่ 5 เดือนหน้า", "ที่ 18 เดือนหน้า", "28 นี้", "15 เดือนนี้".
_IN_MONTH = re.compile(r"(?<![\d/.,])(?P<day>\d{1,2})\s?(?:(?P<next>เดือนหน้า)|เดือนนี้|(?P<this>นี้))")
# "สิ้นเดือน", "สิ้นเดือนนี้", "สิ้นเดือนหน้า"; not สิ้นเดือนธันวาคม, of which the month is read elsewhere or not at all.
_END = re.compile(
    r"สิ้นเดือน(?:(?P<next>หน้า)|นี้)?(?!\s?(?:มก|ม\.?ค|กุ|ก\.?พ|มี|เม|พฤ|พ\.?ค|มิ|กร|ก\.?ค|สิ|ส\.?ค|กั|ก\.?ย|ตุ|ต\.?ค|พ\.?ย|ธ))|สิ้น(?P<year>ปี)(?:นี้)?(?!งบ)"
)
# "เที่ยง", "บ่ายโมง", "บ่ายสาม(โมง)", "4 โมงเย็น", "เก้าโมงเช้า".
_HOURS = re.compile(
    rf"(?P<noon>เที่ยงวัน|เที่ยง(?!คืน))|(?P<one>บ่ายโมง)|บ่าย\s?{_NUMBER}(?:\s?โมง)?"
    rf"|{_NUMBER.replace('number', 'clock')}\s?โมง(?P<part>เย็น|เช้า)"
)
# "อีก 3 วัน", "อีกสองสัปดาห์", "เพิ่มสัก 1 อาทิตย์"; not อีก 3 วันทำการ, which goes by the calendar.
_MORE = re.compile(
    rf"(?:อีก|เพิ่ม)\s?(?:สัก|ประมาณ|ไป)?\s?{_NUMBER}?\s?(?P<unit>วัน|สัปดาห์|อาทิตย์)(?!ทำ|ที่|จันทร์|อังคาร|พุธ|พฤหัส|ศุกร์|เสาร์|อาทิตย์|นี้|หน้า|หยุด)"
)
# A stretch of time that no one day is: "อาทิตย์นี้", "เดือนหน้า", "3 วัน", "ชั่วคราว".
_VAGUE = re.compile(
    rf"(?:อาทิตย์|สัปดาห์|เดือน|ปี)(?:นี้|หน้า)|ชั่วคราว|จนถึง|(?:สิ้น|ต้น|กลาง)เดือน|{_NUMBER}\s?(?:วัน|สัปดาห์|อาทิตย์|เดือน)(?!ที่)"
)
_UNTIL = ("ถึง", "เป็น", "ภายใน", "ส่ง")  # straight before a weekday's bare name: ขอถึงศุกร์
_MONTH = "|".join(sorted(map(re.escape, (*MONTHS, *SHORT_MONTHS)), key=len, reverse=True))
# "ถึงวันที่ 9", "เป็นวันจันทร์ที่ 9", "ถึงจันทร์ที่ 9", "ขอส่งวันที่ 9": a day without its month; not "ถึงวันที่ 9 ธ.ค.", "เป็นที่ 2 แห่ง", "ที่ส่งวันที่ 9".
_BARE_DAY = re.compile(
    rf"(?:ถึง|เป็น|ภายใน|ไม่เกิน|(?<!ที่)ส่ง(?:ได้)?|ไป|ขอ)\s?(?:วัน)?(?:(?<=วัน)|จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์|อาทิตย์)\s?ที่\s?(?P<day>\d{{1,2}})(?![\d/.,:-]|\s?(?:เดือน|นี้|แห่ง|{_MONTH}))"
)
_AFTERNOON, _NOON, _LAST_HOUR = 12, datetime.time(12), 6

Found = tuple[datetime.date, tuple[int, int]]


def number_said(word: str) -> int:
    """A number from its figures or its word: 3, สาม."""
    return int(word) if word.isdecimal() else _NUMBERS.index(word)


def spoken_days(text: str, today: datetime.date) -> Iterator[Found]:
    """The days that a ``plain`` text names from today on, and where."""
    for found in _NEAR.finditer(text):
        yield today + datetime.timedelta(days=_TO_COME[found[0]]), found.span()
    for found in _WEEKDAY.finditer(text):
        if found["when"] is None and not found["whole"] and not text[: found.start()].rstrip().endswith(_UNTIL):
            continue
        if found["name"] == "อาทิตย์" and not found["whole"]:
            continue
        number = _WEEKDAYS[found["name"].removesuffix("บดี")]
        ahead = (number - today.weekday() - 1) % 7 + 1
        ahead += 7 if "หน้า" in (found["when"] or "") and number > today.weekday() else 0
        yield today + datetime.timedelta(days=ahead), found.span()
    yield from _of_month(text, today)


def _of_month(text: str, today: datetime.date) -> Iterator[Found]:
    """Days named within this month or the next."""
    for found in _IN_MONTH.finditer(text):
        number = int(found["day"])
        ahead = bool(found["next"]) or (bool(found["this"]) and number < today.day)
        first = _first(today, ahead=ahead)
        if 0 < number <= calendar.monthrange(first.year, first.month)[1]:
            yield first.replace(day=number), found.span()
    for found in _BARE_DAY.finditer(text):
        if (day := _next_of(int(found["day"]), today)) is not None:
            yield day, found.span("day")
    for found in _END.finditer(text):
        first = today.replace(month=12, day=1) if found["year"] else _first(today, ahead=bool(found["next"]))
        yield first.replace(day=calendar.monthrange(first.year, first.month)[1]), found.span()


def _next_of(number: int, today: datetime.date) -> datetime.date | None:
    """The next day of a month that has such a number, today or later; None for none."""
    first = _first(today, ahead=number < today.day)
    return first.replace(day=number) if 0 < number <= calendar.monthrange(first.year, first.month)[1] else None


def _first(today: datetime.date, *, ahead: bool) -> datetime.date:
    first = today.replace(day=1)
    return (first + datetime.timedelta(days=31)).replace(day=1) if ahead else first


def hour_spoken(text: str) -> tuple[datetime.time | None, tuple[int, int] | None]:
    """The hour by its everyday name, and where; none for a name that is no hour of the office's clock."""
    found = _HOURS.search(text)
    if found is None:
        return None, None
    if found["noon"]:
        return _NOON, found.span()
    hours = 1 if found["one"] else number_said(found["number"] or found["clock"])
    morning = found["part"] == "เช้า"
    if not morning and hours > _LAST_HOUR:
        return None, None
    return datetime.time(hours if morning else hours + _AFTERNOON), found.span()


def days_more(text: str) -> int | None:
    """How many days more a ``plain`` text asks for: อีกสามวัน is 3, อีก 1 สัปดาห์ 7; None where it does not say so."""
    found = _MORE.search(text)
    if found is None or (found["number"] is None and found["unit"] == "วัน"):
        return None
    return number_said(found["number"] or "1") * (1 if found["unit"] == "วัน" else 7)


def is_another_weekday(before: str, day: datetime.date) -> bool:
    """Whether the weekday that stands straight before a day is not that day's: วันจันทร์ที่, before a Tuesday."""
    found = _OF_DAY.search(before)
    return found is not None and _WEEKDAYS[found["name"].removesuffix("บดี")] != day.weekday()


def says_some_time(text: str) -> bool:
    """Whether a ``plain`` text speaks of a stretch of time that is no one day: อาทิตย์นี้, ชั่วคราว, 3 วัน."""
    return bool(_VAGUE.search(text))
