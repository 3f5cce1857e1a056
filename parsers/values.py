"""One value of each kind from one cell, in the canonical form that reading hands on.

Owns what counts as a number, an amount, a percentage, a choice. May not know which organisation answers. A value that may
be read two ways is refused with a sentence saying what to write; nothing is turned into zero but the dash of such forms.
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from typing import Literal

from parsers.dates import from_excel, parse_date, thai_short_date
from parsers.form import NUMERIC, Form, Kind, Question
from parsers.grid import Cell, CellKind
from parsers.marks import Tick, tick
from parsers.reading import Value
from parsers.text import ascii_digits, comparison_key, mask_secrets, normalise

Trouble = Literal["missing", "unreadable", "guessed", "not-calculated"]


@dataclass(frozen=True, slots=True)
class ValueReading:
    """What a cell was read as. ``expected`` is a Thai sentence saying what to write, when there is trouble."""

    value: Value | None
    trouble: Trouble | None = None
    expected: str = ""


_NOTHING = ValueReading(None)
_LONGEST = 200  # characters; a longer text is no number, mark, date or choice
_DIGITS = 15  # what a spreadsheet keeps of a number
_DECIMALS = 10
_SERIALS = range(36526, 73051)  # the days of 2000 to 2099 as Excel counts them
_EPOCH = datetime.date(1899, 12, 30)
_NEAR = datetime.timedelta(days=5 * 366)

_BLANK = re.compile(r"[\s._…·‧•]*")
_PRINTED_BLANK = re.compile(r"(?:[\s._…]{2,}\D*|[(\[][\s._…]*[)\]]\D*)")  # "........ บาท", "(    ) แห่ง"
_DASH = re.compile(r"[-–—−‐‑‒―]+|ไม่มี|-\s*ไม่มี\s*-")  # of such forms: none
_NUMBER = re.compile(
    r"(?P<before>จำนวน|รวม(?:ทั้งสิ้น)?|เป็นเงิน|ร้อยละ|฿|(?P<about>ประมาณ|ราว|~))?\s*"
    r"(?P<sign>[+\-−–]?)(?P<whole>[1-9]\d{0,2}(?:,\d{3})+|\d+)(?:\.(?P<part>\d+))?"
    r"\s*(?:[.,]\s*[-–=]+)?\s*(?P<unit>(?:[^\W\d_]|[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e./²³%฿() ]){0,40}?)[.\s]*"
)
_BRACKETED = re.compile(r"[(\[]\s*([^()\[\]]*)\s*[)\]]")
_PERCENT = re.compile("%|ร้อยละ|เปอร์เซ็น")
_MULTIPLE = re.compile("^(?:ล้าน|แสน|หมื่น|พัน(?!ธ)|ร้อย(?!ละ)|สิบ|โหล|คู่|million|thousand|hundred|mb?$|k$)")
_NO_UNIT = re.compile("ครึ่ง|กว่า|เศษ|ไม่|ยัง|หรือ|และ|ถึง")
# Units of one kind: another of them than the one asked for changes the size.
_KINDS_OF_UNIT = (
    (re.compile("ตัน|ton"), re.compile("กก|กิโล|kg"), re.compile("(?<!กิโล)กรัม")),
    (re.compile("วัน"), re.compile("สัปดาห์"), re.compile("เดือน"), re.compile("ปี")),
)
_NUMBERING = re.compile(r"^[(\[]?\s*\d{1,2}\s*[).\]:\-]\s*")


def read_value(question: Question, cell: Cell, form: Form, near: datetime.date | None) -> ValueReading:
    """The value of ``question`` in ``cell``; never raises. ``near`` is the day two-digit years are near to."""
    if cell.kind is CellKind.ERROR:
        return ValueReading(None, "unreadable", _expected(question, form))
    if cell.kind is CellKind.UNCALCULATED:
        return ValueReading(None, "not-calculated", _expected(question, form))
    if cell.blank or _is_blank(_shown(cell), question, form):
        return _blank(question, form)
    value, guessed = _READERS[question.kind](question, cell, form, near)
    if value is None:
        return ValueReading(None, "unreadable", _expected(question, form))
    return ValueReading(value, "guessed" if guessed else None)


def _blank(question: Question, form: Form) -> ValueReading:
    if question.kind is Kind.TICK and form.blank == "no":
        return ValueReading(value=False)
    if not question.required or question.kind is Kind.COMPUTED:
        return _NOTHING
    return ValueReading(None, "missing", _expected(question, form))


def _is_blank(said: str, question: Question, form: Form) -> bool:
    """Nothing but the dots, brackets or empty box of the printed form."""
    if question.kind is Kind.TICK:
        return tick(said, form.yes, form.no) is Tick.BLANK
    if question.kind in NUMERIC and len(said) <= _LONGEST and _PRINTED_BLANK.fullmatch(said):
        return True
    nothing = question.kind in (Kind.DATE, Kind.CHOICE) and not question.required and _DASH.fullmatch(said)
    return bool(nothing or _BLANK.fullmatch(said))


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


def _text(_: Question, cell: Cell, __: Form, ___: datetime.date | None) -> _Read:
    return mask_secrets(_shown(cell)), False


def _tick(_: Question, cell: Cell, form: Form, __: datetime.date | None) -> _Read:
    if cell.kind is CellKind.DATE or cell.percent:
        return None, False
    meant = tick(_shown(cell), form.yes, form.no)
    if cell.number is not None and (
        cell.kind is CellKind.BOOLEAN or (cell.kind is CellKind.NUMBER and not form.yes + form.no)
    ):
        number = _number_in(cell)
        return (bool(number) if number in (0, 1) else None), False
    value = {Tick.YES: True, Tick.GUESSED_YES: True, Tick.NO: False, Tick.GUESSED_NO: False}.get(meant)
    return value, meant in (Tick.GUESSED_YES, Tick.GUESSED_NO)


def _numeric(question: Question, cell: Cell, _: Form, __: datetime.date | None) -> _Read:
    number, guessed = _number_of(question, cell)
    if number is None or not _within(number, question):
        return None, False
    return _canonical(number, question.kind, typed=cell.kind is CellKind.TEXT), guessed


def _number_of(question: Question, cell: Cell) -> tuple[Decimal | None, bool]:
    """The number in a cell, a percentage as shown, and whether it is a guess."""
    if cell.kind is CellKind.TEXT:
        return _typed_number(normalise(cell.text), question)
    number = _number_in(cell)
    if cell.kind is not CellKind.NUMBER or number is None:
        return None, False
    if not cell.percent:  # 0.45 may be meant as 45 percent
        return number, question.kind is Kind.PERCENT and 0 < number < 1
    return (number * 100 if question.kind in (Kind.PERCENT, Kind.COMPUTED) else None), False


def _typed_number(said: str, question: Question) -> tuple[Decimal | None, bool]:
    """A number as people type it. Brackets around it are a printed blank, not a minus: a guess that gets said."""
    if len(said) > _LONGEST:
        return None, False
    said = ascii_digits(said).replace("\n", " ").strip()
    bracketed = _BRACKETED.fullmatch(said)
    said = bracketed[1].strip() if bracketed else said
    if _DASH.fullmatch(said):
        return Decimal(0), False
    found = _NUMBER.fullmatch(said)
    if not found or not _unit_fits(found, question):
        return None, False
    part = found["part"]
    digits = found["whole"].replace(",", "") + (f".{part}" if part else "")
    number = Decimal(digits if found["sign"] in ("", "+") else f"-{digits}")
    return number, bool(bracketed or found["about"])


def _unit_fits(found: re.Match[str], question: Question) -> bool:
    """Whether what stands around a number leaves its size alone: no millions, no percent where none is asked."""
    unit = found["unit"].strip()
    if unit and not re.search("[^\\W\\d_]|[%฿]", unit):
        return False
    if _PERCENT.search(f"{found['before']}{unit}") and question.kind not in (Kind.PERCENT, Kind.COMPUTED):
        return bool(_PERCENT.search(question.unit))
    multiple = _MULTIPLE.match(unit.casefold().lstrip("( "))
    declared = f"{question.unit} {question.label}".casefold()
    if _NO_UNIT.search(unit) or _another_unit(unit.casefold(), declared):
        return False
    return multiple is None or multiple[0] in declared


def _another_unit(written: str, declared: str) -> bool:
    """Kilograms where tons are asked for, a month where a day is."""
    for units in _KINDS_OF_UNIT:
        said = {unit for unit in units if unit.search(written)}
        asked = {unit for unit in units if unit.search(declared)}
        if said and asked and not said & asked:
            return True
    return False


def _within(number: Decimal, question: Question) -> bool:
    low, high = question.minimum, question.maximum
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


def _date(_: Question, cell: Cell, __: Form, near: datetime.date | None) -> _Read:
    if cell.kind is CellKind.DATE and cell.date is not None:
        day = from_excel(cell.date, near)
        return (day.isoformat(), False) if 1900 <= day.year <= 2100 else (None, False)  # noqa: PLR2004
    number = _number_in(cell)
    if cell.kind is CellKind.NUMBER and number is not None and near is not None:
        return _serial(number, near), True
    read = parse_date(cell.text, near) if cell.kind is CellKind.TEXT else None
    return (read.isoformat() if read else None), False


def _serial(number: Decimal, near: datetime.date) -> str | None:
    """A date cell that lost its format on the way and shows Excel's count of days."""
    if number != number.to_integral_value() or int(number) not in _SERIALS:
        return None
    day = _EPOCH + datetime.timedelta(days=int(number))
    return day.isoformat() if abs(day - near) <= _NEAR else None


def _choice(question: Question, cell: Cell, _: Form, __: datetime.date | None) -> _Read:
    said = _shown(cell)[:_LONGEST]
    for text in (said, _NUMBERING.sub("", said), re.sub(r"^[✓✔√☑/]\s*|\s*[✓✔√☑/]$", "", said)):
        key = comparison_key(text)
        chosen = [choice for choice in question.choices if text == choice or (key and key == comparison_key(choice))]
        if len(chosen) == 1:
            return chosen[0], False
    return None, False


_Reader = Callable[[Question, Cell, Form, datetime.date | None], _Read]
_READERS: dict[Kind, _Reader] = {
    Kind.TEXT: _text,
    Kind.TICK: _tick,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    **dict.fromkeys(NUMERIC, _numeric),
}


def _expected(question: Question, form: Form) -> str:
    """What to write, in Thai."""
    if question.kind is Kind.TICK:
        return f"กรุณาใส่ {form.yes[0] if form.yes else '✓'} หรือ {form.no[0] if form.no else 'X'}"
    if question.kind is Kind.CHOICE:
        return f"กรุณาเลือกเพียงหนึ่งข้อจาก {' / '.join(question.choices)}"
    if question.kind is Kind.DATE:
        return "กรุณาเขียนวันที่ เช่น 29 พฤศจิกายน 2567"
    if question.kind is Kind.TEXT:
        return "กรุณากรอกข้อความ"
    what = {Kind.INTEGER: "กรุณาใส่ตัวเลขจำนวนเต็ม", Kind.MONEY: "กรุณาใส่จำนวนเงินเป็นตัวเลข ทศนิยมไม่เกินสองตำแหน่ง"}
    return what.get(question.kind, "กรุณาใส่ตัวเลข") + _limits(question)


def _limits(question: Question) -> str:
    if question.minimum is not None and question.maximum is not None:
        return f" ตั้งแต่ {question.minimum} ถึง {question.maximum}"
    if question.minimum is not None:
        return f" ไม่น้อยกว่า {question.minimum}"
    return f" ไม่เกิน {question.maximum}" if question.maximum is not None else ""
