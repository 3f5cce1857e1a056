"""A day from one cell: a date of the spreadsheet, its bare count of days, or what people type.

Owns which days a question can mean. A day that may be read two ways, is only planned, or lies beyond a round is refused.
"""

import datetime
import re
from decimal import Decimal

from parsers.form.question import Question
from parsers.grid import Cell, CellKind
from parsers.thai.dates import BUDDHIST_AHEAD, doubt_of, from_excel, read_date, two_ways
from parsers.thai.months import MONTHS, SHORT_MONTHS
from parsers.thai.text import ascii_digits, comparison_key, normalise
from parsers.values.figure_cell import number_in
from parsers.values.tick_words import asked_by, passed_on

_SERIALS = range(36526, 73051)  # the days of 2000 to 2099 as Excel counts them
_EPOCH = datetime.date(1899, 12, 30)
# A bare number is believed to be a day only within five years of the report, as a two-digit year is.
_NEAR = datetime.timedelta(days=5 * 366)
# A round may last this long after its circular's day: a day beyond it is still to come for all who answer.
_ROUND = datetime.timedelta(days=92)
# "วันที่ฝึกซ้อมล่าสุด": a question for a day that is past.
_PAST = re.compile("ล่าสุด|ครั้งสุดท้าย|ครั้งก่อน|ที่ผ่านมา|ที่แล้ว")
# "วันที่เริ่มใช้งาน", "จัดตั้งเมื่อวันที่": a day that may well be of long ago.
_FOUNDED = re.compile("เปิด(?:ใช้|บริการ|ทำการ|ดำเนิน)|เริ่ม|ก่อตั้ง|จัดตั้ง|สร้าง|แห่งแรก|ครั้งแรก|เกิด(?!ขึ้น|เหตุ)")
# "วันที่ได้รับใบอนุญาต", "ประกาศใช้เมื่อ": one that may be.
_MAY_BE_OLD = re.compile("อนุญาต|ทะเบียน|โอน|ตั้งแต่|บรรจุ|ประกาศใช้|บังคับใช้|เข้าร่วม")
# "1 ส.ค. 2540 (ค.ศ. 1997)": the same year once more.
_COMMON = re.compile(
    r"(?P<era>[2๒][5๕][\d๐-๙]{2})\s?[(]\s?(?:ปี\s?)?ค\.?\s?ศ\.?\s?(?P<common>[12๑๒][\d๐-๙]{3})\s?[)]\s*+$"
)
# "ตั้งแต่ 23 ก.พ. 2510", "ตั้งแต่วันที่ 1 มี.ค. 2505 เป็นต้นมา".
_SINCE = re.compile(r"^\s*ตั้งแต่\s?(?=(?:วันที่\s?)?[\d๐-๙])|\s?เป็นต้นมา\s*+$")
# "ภายในวันที่ 30 กันยายน 2568", "ไม่เกิน 15 ส.ค. 68": where the day of an end is asked that is still to come.
_AT_LATEST = re.compile(r"^\s*(?:ภายใน|ไม่เกิน)\s?(?=(?:วันที่\s?)?[\d๐-๙])")
# By how much ``from_excel`` moves a short Buddhist year that Excel took for a common one.
_SHORT_YEAR = 57
# "18 มิถุนายน 2568 ณ หอประชุมอำเภอ", "… ที่ห้องประชุม อบต.", "… (ช่วงเช้า)": where it was, and when on the day.
_PLACE = re.compile(
    r"(?<!\s)\s*+[(](?:ช่วง|ภาค)(?:เช้า|บ่าย|เย็น)[)]\s*+$|(?<!\s)\s++(?:ณ|(?:ที่|ใน)(?=ห้อง|หอ|ศาลา|อาคาร|สำนัก|วัด|โรง|ทำการ))[^\d๐-๙]*+$"
)
# "20/06/25" above "67": figures on two lines are two figures.
_TWO_LINES = re.compile(r"[\d๐-๙][^\S\n]*+\n\s*+[\d๐-๙]")
# "จะดำเนินการวันที่ 10 ก.ค. 68", "กำหนด 15 ก.ค.", "นัดประชุม": a day that is planned.
_PLANNED = re.compile("จะ|กำหนด|คาด|นัด|เลื่อน|ภายใน")
_MONTH = "|".join(re.escape(month) for month in (*MONTHS, *SHORT_MONTHS))
# "12 มิถุนายน 2568", "3/6/68", "20 พ.ค. 2568" within a text; the number of a meeting, "3/2568", is none.
_DAY = re.compile(
    rf"(?<![\d/.\-])\d{{1,2}}\s?(?:[/.\-]\s?\d{{1,2}}\s?[/.\-]|(?:เดือน\s?)?(?:{_MONTH}))\s?(?:พ\.?\s?ศ\.?\s?)?(?:\d{{4}}|\d\d)(?![\d/.\-])"
)
# "ประเมินเมื่อ", "ประชุมครั้งที่ 3/2568 เมื่อวันที่", "สมัยที่ 2 ลว.": leads to the day of what is told.
_LED = re.compile(r"(?:(?:เมื่อ|ลง)?วันที่|เมื่อ|ลว\.?)\s?$")
# "(คณะกรรมการชุดที่ 2)", "โดย สพป.", "เวลา 09.30 น.", "ครั้งที่ 2": goes on behind a day that stands first.
_GOES_ON = re.compile(r"\s?(?:[(]|โดย|เวลา|ครั้งที่|ในการประชุม)")
# "ครั้งที่ 3/2568", "ชุดที่ 2", "เวลา 09.30 น.", "09.30 น.": figures that are no day.
_NUMBERED = re.compile(r"(?:ที่|เวลา)\s?\d[\d/.:]*|\d{1,2}[.:]\d\d\s?น")
# "เลื่อนจาก", "ยังไม่", "เดิม", "ถึง", "และ": more than one day may be meant, or none.
_NOT_PLAIN = re.compile(r"ไม่|ยัง|เลื่อน|ยกเลิก|งด|เดิม|ก่อน|หลัง|ประมาณ|ราว|ถึง|และ|หรือ|ตั้งแต่|หมดอายุ|ครบกำหนด|[?]|[-–]\s*$")
_LONGEST_TOLD = 120  # characters of a cell that tells of one day


def is_past(question: Question) -> bool:
    """Whether the question asks for a day that is past."""
    return bool(_PAST.search(question.label))


def day_of(question: Question, cell: Cell, near: datetime.date | None) -> tuple[str | None, bool]:
    """The day as ISO writes it, None where the cell holds none that the question can mean, and whether it is a guess."""
    day, guessed = _day_in(question, cell, near)
    doubt = doubt_of(day, near) if day else "impossible"
    if day is None or doubt == "impossible" or not 1900 <= day.year <= 2100:  # noqa: PLR2004
        return None, False
    if near and is_past(question) and day > near + _ROUND:
        return None, False
    if cell.kind is CellKind.TEXT and _PLANNED.search(cell.text) and not _PLANNED.search(question.label):
        return None, False
    return day.isoformat(), guessed or doubt == "far"


def _day_in(question: Question, cell: Cell, near: datetime.date | None) -> tuple[datetime.date | None, bool]:
    """The day of a cell, and whether it is a guess."""
    if cell.kind is CellKind.DATE and cell.date is not None:
        day = from_excel(cell.date, near)
        old = day.year - cell.date.year == _SHORT_YEAR and not _rules_out(question, cell.date)
        if old and _FOUNDED.search(question.label):
            return None, False  # 1964, or 64 that Excel took for it
        return (None if two_ways(day, near) else day), old and bool(_MAY_BE_OLD.search(question.label))
    number = number_in(cell)
    if cell.kind is CellKind.NUMBER and number is not None and near is not None:
        return _serial(number, near), True
    if cell.kind is not CellKind.TEXT or _TWO_LINES.search(cell.text):
        return None, False
    typed, guessed = read_date(_undressed(_PLACE.sub("", cell.text), question), near)
    said = ascii_digits(normalise(cell.text))
    # "เสนอสภาเมื่อวันที่ 3/6/68" may not be the day of what is asked.
    another = passed_on(comparison_key(re.split(r"\d", said, maxsplit=1)[0]), asked_by(question))
    return (_told(said, near) if typed is None and not another else typed), guessed or another or typed is None


def _undressed(text: str, question: Question) -> str:
    """A day without the same year of the common era behind it, and without the "since" of what began then."""
    found = _COMMON.search(text)
    if found and int(ascii_digits(found["era"])) - int(ascii_digits(found["common"])) == BUDDHIST_AHEAD:
        text = text[: found.end("era")]
    if _PLANNED.search(question.label):
        text = _AT_LATEST.sub("", text)
    lasting = _FOUNDED.search(question.label) or _MAY_BE_OLD.search(question.label)
    return _SINCE.sub("", text) if lasting else text


def _rules_out(question: Question, stored: datetime.date) -> bool:
    """Whether a question cannot mean a day so long ago as the one that a cell stores."""
    first = question.not_before
    return is_past(question) or (isinstance(first, datetime.date) and stored < first) or first == "today"


def _told(said: str, near: datetime.date | None) -> datetime.date | None:
    """The one day of which a text tells: "ครั้งที่ 3/2568 เมื่อวันที่ 12 มิถุนายน 2568", "14 พ.ค. 68 (ชุดที่ 2)"."""
    found = _DAY.search(said) if len(said) <= _LONGEST_TOLD else None
    if not found or _NOT_PLAIN.search(said):
        return None
    before, behind = said[: found.start()], said[found.end() :]
    leads = _LED.search(before) if before.strip() else _GOES_ON.match(behind)
    more = re.search(r"\d", _NUMBERED.sub("", f"{before} {behind}"))
    return read_date(found[0], near)[0] if leads and not more else None


def _serial(number: Decimal, near: datetime.date) -> datetime.date | None:
    """A date cell that lost its format on the way and shows Excel's count of days."""
    if number != number.to_integral_value() or int(number) not in _SERIALS:
        return None
    day = _EPOCH + datetime.timedelta(days=int(number))
    return day if abs(day - near) <= _NEAR else None
