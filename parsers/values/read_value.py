"""One value of each kind from one cell, in the canonical form that reading hands on.

Owns what counts as a number, an amount, a percentage, a choice. May not know which organisation answers. A value that may
be read two ways is refused with a sentence saying what to write; nothing is turned into zero but the dash of such forms.
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Literal

from parsers.form.form import Form
from parsers.form.question import LISTED, NUMERIC, Kind, Question
from parsers.grid import Cell, CellKind
from parsers.reading import Value
from parsers.secrets.mask import mask_secrets
from parsers.thai.dates import date_example, doubt_of, from_excel, read_date, thai_short_date, two_ways
from parsers.thai.text import normalise
from parsers.thai.written_form import fits
from parsers.values.evidence import without_evidence
from parsers.values.numbers import DASH, LONGEST, declared_unit, other_unit_shown, typed_number
from parsers.values.progress import how_far
from parsers.values.several_choices import chosen_of
from parsers.values.tick_marks import Tick, tick
from parsers.values.tick_words import SURE, asked_by
from parsers.values.units import PERCENT, Fit, factor_of, fit

Trouble = Literal["missing", "unreadable", "unlike", "guessed", "not-calculated"]


@dataclass(frozen=True, slots=True)
class ValueReading:
    """What a cell was read as. ``expected`` is a Thai sentence saying what to write, when there is trouble."""

    value: Value | None
    trouble: Trouble | None = None
    expected: str = ""
    proved: bool = False  # of a tick: evidence stands beside it, such as the number of an order
    unit: str = ""  # of a figure: the other unit from which it was converted, as it was written


_NOTHING = ValueReading(None)
# Significant digits that a spreadsheet keeps of a number (IEEE 754 double, as Excel shows it).
_DIGITS = 15
# No form asks for more; what is smaller is noise of binary fractions.
_DECIMALS = 10
_SERIALS = range(36526, 73051)  # the days of 2000 to 2099 as Excel counts them
_EPOCH = datetime.date(1899, 12, 30)
# A bare number is believed to be a day only within five years of the report, as a two-digit year is.
_NEAR = datetime.timedelta(days=5 * 366)
# A round may last this long after its circular's day: a day beyond it is still to come for all who answer.
_ROUND = datetime.timedelta(days=92)
# "วันที่ฝึกซ้อมล่าสุด": a question for a day that is past.
_PAST = re.compile("ล่าสุด|ครั้งสุดท้าย|ครั้งก่อน|ที่ผ่านมา|ที่แล้ว")

# ".......", "____", "…", "•": the line that a printed form leaves to write on.
_BLANK = re.compile(r"[\s._…·‧•]*")
_PRINTED_BLANK = re.compile(r"(?:[\s._…]{2,}+\D*+|[(\[][\s._…]*+[)\]]\D*+)")  # "........ บาท", "(    ) แห่ง"


# "ยังไม่ส่งรายงาน", "( ) มี ( ) ไม่มี": words, not the mark of a blank.
_WORDS = re.compile("[ก-ํa-zA-Z]{2}")
# "18 มิถุนายน 2568 ณ หอประชุมอำเภอ", "… ที่ห้องประชุม อบต.", "… (ช่วงเช้า)": where it was, and when on the day.
_PLACE = re.compile(
    r"(?<!\s)\s*+[(](?:ช่วง|ภาค)(?:เช้า|บ่าย|เย็น)[)]\s*+$|(?<!\s)\s++(?:ณ|(?:ที่|ใน)(?=ห้อง|หอ|ศาลา|อาคาร|สำนัก|วัด|โรง|ทำการ))[^\d๐-๙]*+$"
)
# "20/06/25" above "67": figures on two lines are two figures.
_TWO_LINES = re.compile(r"[\d๐-๙][^\S\n]*+\n\s*+[\d๐-๙]")
# "จะดำเนินการวันที่ 10 ก.ค. 68", "กำหนด 15 ก.ค.", "นัดประชุม": a day that is planned.
_PLANNED = re.compile("จะ|กำหนด|คาด|นัด|เลื่อน|ภายใน")

# "วันที่ประกาศ", "วัน เดือน ปี", "เมื่อใด", "date": a text that may be a day.
_OF_DAYS = re.compile(r"วัน|เดือน|เมื่อ|date", re.IGNORECASE)
# Of "5/2567" or "02-01" spreadsheets make a day: what was typed is lost.
_AS_TEXT = "เพราะโปรแกรมตารางเปลี่ยนสิ่งที่พิมพ์เป็นวันที่ กรุณาพิมพ์ใหม่โดยใส่เครื่องหมาย ' ไว้หน้าข้อความ"


def read_value(
    question: Question, cell: Cell, form: Form, near: datetime.date | None, stated: str = ""
) -> ValueReading:
    """The value of ``question`` in ``cell``; never raises. ``near`` is the day two-digit years are near to.

    ``stated`` is a unit over or beside the cell that the question's ``units`` convert.
    """
    if cell.kind in (CellKind.ERROR, CellKind.DOUBTFUL):
        return ValueReading(None, "unreadable", expected_of(question, form, near))
    if cell.kind is CellKind.UNCALCULATED:
        return ValueReading(None, "not-calculated", expected_of(question, form, near))
    if cell.blank or _is_blank(_shown(cell), question, form):
        return _blank(question, form, near, said=bool(_WORDS.search(cell.text)))
    if cell.kind is CellKind.DATE and question.kind is Kind.TEXT and not _OF_DAYS.search(question.label):
        return ValueReading(None, "unreadable", _AS_TEXT)
    unit = stated or (declared_unit(normalise(cell.text), question) if question.units else "")
    value, guessed = _converted(question, cell, unit) if unit else _READERS[question.kind](question, cell, form, near)
    if value is None:
        trouble: Trouble = "unlike" if question.pattern else "unreadable"
        return ValueReading(None, trouble, expected_of(question, form, near))
    proved = question.kind is Kind.TICK and cell.kind is CellKind.TEXT and without_evidence(_shown(cell)).found
    return ValueReading(value, "guessed" if guessed else None, proved=proved, unit=unit)


def _blank(question: Question, form: Form, near: datetime.date | None, *, said: bool) -> ValueReading:
    """Nothing was answered; words that say so (ยังไม่ส่งรายงาน) are not the blank that means no."""
    if question.kind is Kind.TICK and form.blank == "no" and not said:
        return ValueReading(value=False)
    if not question.required or question.kind is Kind.COMPUTED:
        return _NOTHING
    return ValueReading(None, "missing", expected_of(question, form, near))


def _is_blank(said: str, question: Question, form: Form) -> bool:
    """Nothing but the dots, brackets or empty box of the printed form."""
    if question.kind in (Kind.TICK, Kind.PROGRESS):
        return tick(said, form.yes, form.no) is Tick.BLANK
    if question.kind in NUMERIC and len(said) <= LONGEST and _PRINTED_BLANK.fullmatch(said):
        return True
    if question.required and not question.asked_if:
        return bool(_BLANK.fullmatch(said))
    worded = question.kind in (Kind.DATE, Kind.CHOICE, Kind.CHOICES, *NUMERIC) or bool(question.asked_if)
    return bool((DASH.fullmatch(said) and (worded or not _WORDS.search(said))) or _BLANK.fullmatch(said))


def _shown(cell: Cell) -> str:
    """What a person saw; for a number or date without a text its plain writing."""
    if cell.kind is CellKind.NUMBER and not cell.text.strip() and cell.number is not None:
        return _plain(cell.number) or ""
    if cell.kind is CellKind.DATE and not cell.text.strip() and cell.date is not None:
        return thai_short_date(from_excel(cell.date, None))
    return normalise(cell.text)


def _number_in(cell: Cell) -> Decimal | None:
    """The number of a cell, None when there is none of a size that a form can mean."""
    number = cell.number
    return number if number is not None and number.is_finite() and number.adjusted() < _DIGITS else None


# A reader gives the canonical value, None when there is none, and whether it is a guess.
_Read = tuple[Value | None, bool]


def _text(question: Question, cell: Cell, __: Form, ___: datetime.date | None) -> _Read:
    said = mask_secrets(_shown(cell))
    written = not question.pattern or any(fits(said, form) for form in question.pattern)
    return (said if written else None), False


def _tick(question: Question, cell: Cell, form: Form, __: datetime.date | None) -> _Read:
    if cell.kind is CellKind.DATE or cell.percent:
        return None, False
    meant = tick(_shown(cell), form.yes, form.no, asked_by(question))
    if cell.number is not None and (
        cell.kind is CellKind.BOOLEAN or (cell.kind is CellKind.NUMBER and not form.yes + form.no)
    ):
        number = _number_in(cell)
        return (bool(number) if number in (0, 1) else None), False
    return SURE.get(meant), meant in (Tick.GUESSED_YES, Tick.GUESSED_NO)


def _numeric(question: Question, cell: Cell, _: Form, __: datetime.date | None) -> _Read:
    number, guessed = _number_of(question, cell)
    if number is None or not _within(number, question):
        return None, False
    return _canonical(number, question.kind, typed=cell.kind is CellKind.TEXT), guessed


def _converted(question: Question, cell: Cell, unit: str) -> _Read:
    """The figure of a cell in another ``unit``, by the circular's factor. A cell that names a further unit says none."""
    number, guessed = _number_of(_asked_in(question, unit), cell)
    by = factor_of(unit, question)
    if number is None or by is None or not _within(number * by, question):
        return None, False
    return _canonical(number * by, question.kind, typed=cell.kind is CellKind.TEXT), guessed


@lru_cache(maxsize=1 << 8)
def _asked_in(question: Question, unit: str) -> Question:
    """The question as if it were asked in this unit, in which a whole number of the other is none."""
    return question.model_copy(update={"unit": unit, "units": (), "kind": Kind.DECIMAL})


def _number_of(question: Question, cell: Cell) -> tuple[Decimal | None, bool]:
    """The number in a cell, a percentage as shown, and whether it is a guess."""
    if cell.kind is CellKind.TEXT:
        return typed_number(normalise(cell.text), question)
    number = _number_in(cell)
    if cell.kind is not CellKind.NUMBER or number is None:
        return None, False
    if cell.percent:
        share = question.kind is Kind.COMPUTED or fit(PERCENT, question) is Fit.SAME
        return (number * 100 if share else None), False
    if other_unit_shown(normalise(cell.text), question):
        return None, False
    return number, question.kind is Kind.PERCENT and 0 < number < 1  # 0.45 may be meant as 45 percent


def _within(number: Decimal, question: Question) -> bool:
    low, high = question.minimum, question.maximum
    low = 0 if low is None and question.kind is Kind.INTEGER else low  # a count
    return (low is None or number >= low) and (high is None or number <= high)


def _canonical(number: Decimal, kind: Kind, *, typed: bool) -> str | None:
    """Plain digits for the kind: whole, two decimals for money, else as many as there are. None when they do not fit."""
    plain = _plain(number)
    if plain is None:
        return None
    exact = Decimal(plain)
    if typed and exact != number:  # more digits than a spreadsheet could have kept
        return None
    if kind is Kind.INTEGER:
        return plain if exact == exact.to_integral_value() else None
    if kind is not Kind.MONEY:
        return plain
    amount = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return None if typed and amount != exact else f"{amount or abs(amount):f}"


def _plain(number: Decimal) -> str | None:
    """``number`` without exponent, noise of binary fractions and trailing zeros; None when it is out of all proportion."""
    if not number.is_finite() or number.adjusted() >= _DIGITS:
        return None
    if number.adjusted() < -_DECIMALS:
        return "0"
    kept = Context(prec=_DIGITS, rounding=ROUND_HALF_EVEN).plus(number)
    digits = f"{kept:f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return "0" if digits in ("-0", "") else digits


def _date(question: Question, cell: Cell, _: Form, near: datetime.date | None) -> _Read:
    day, guessed = _day_in(cell, near)
    doubt = doubt_of(day, near) if day else "impossible"
    if day is None or doubt == "impossible" or not 1900 <= day.year <= 2100:  # noqa: PLR2004
        return None, False
    if near and _PAST.search(question.label) and day > near + _ROUND:
        return None, False
    if cell.kind is CellKind.TEXT and _PLANNED.search(cell.text) and not _PLANNED.search(question.label):
        return None, False
    return day.isoformat(), guessed or doubt == "far"


def _day_in(cell: Cell, near: datetime.date | None) -> tuple[datetime.date | None, bool]:
    """The day of a cell, and whether it is a guess."""
    if cell.kind is CellKind.DATE and cell.date is not None:
        day = from_excel(cell.date, near)
        return (None if two_ways(day, near) else day), False
    number = _number_in(cell)
    if cell.kind is CellKind.NUMBER and number is not None and near is not None:
        return _serial(number, near), True
    if cell.kind is not CellKind.TEXT or _TWO_LINES.search(cell.text):
        return None, False
    return read_date(_PLACE.sub("", cell.text), near)


def _serial(number: Decimal, near: datetime.date) -> datetime.date | None:
    """A date cell that lost its format on the way and shows Excel's count of days."""
    if number != number.to_integral_value() or int(number) not in _SERIALS:
        return None
    day = _EPOCH + datetime.timedelta(days=int(number))
    return day if abs(day - near) <= _NEAR else None


def _choice(question: Question, cell: Cell, _: Form, __: datetime.date | None) -> _Read:
    return chosen_of(_shown(cell)[:LONGEST], question)


def _progress(question: Question, cell: Cell, form: Form, __: datetime.date | None) -> _Read:
    if cell.kind is CellKind.DATE or cell.percent:
        return None, False
    if cell.kind is CellKind.BOOLEAN:
        return question.choices[0 if cell.number else -1], False
    return how_far(_shown(cell), question, form)


_Reader = Callable[[Question, Cell, Form, datetime.date | None], _Read]
_READERS: dict[Kind, _Reader] = {
    Kind.TEXT: _text,
    Kind.TICK: _tick,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choice,
    Kind.PROGRESS: _progress,
    **dict.fromkeys(NUMERIC, _numeric),
}


def expected_of(question: Question, form: Form, near: datetime.date | None) -> str:
    """What to write, in Thai. ``near`` is the day of an example."""
    if question.kind is Kind.TICK:
        return f"กรุณาใส่ {form.yes[0] if form.yes else '✓'} หรือ {form.no[0] if form.no else 'X'}"
    if question.kind in LISTED:
        how = "กรุณาเลือกหนึ่งข้อหรือหลายข้อ (คั่นด้วย ;) จาก" if question.kind is Kind.CHOICES else "กรุณาเลือกเพียงหนึ่งข้อจาก"
        named = f" โดยระบุต่อท้าย “{question.other}” ด้วย" if question.other else ""
        return f"{how} {' / '.join(question.offered)}{named}"
    if question.kind is Kind.DATE:
        return f"กรุณาเขียนวันที่{'ซึ่งผ่านมาแล้ว' if _PAST.search(question.label) else ''} {date_example(near)}"
    if question.kind is Kind.TEXT:
        return f"กรุณาเขียนเช่น {question.example}" if question.example else "กรุณากรอกข้อความ"
    what = {Kind.INTEGER: "กรุณาใส่ตัวเลขจำนวนเต็ม", Kind.MONEY: "กรุณาใส่จำนวนเงินเป็นตัวเลข ทศนิยมไม่เกินสองตำแหน่ง"}
    return (
        what.get(question.kind, "กรุณาใส่ตัวเลข")
        + _limits(question)
        + (f" หน่วยเป็น{question.unit}" if question.unit else "")
    )


def _limits(question: Question) -> str:
    if question.minimum is not None and question.maximum is not None:
        return f" ตั้งแต่ {question.minimum} ถึง {question.maximum}"
    if question.minimum is not None:
        return f" ไม่น้อยกว่า {question.minimum}"
    return f" ไม่เกิน {question.maximum}" if question.maximum is not None else ""
