"""A figure from one cell, in the canonical form of its kind: plain digits, percentages as shown, other units converted.

Owns what a cell's number means for a question. What people type is read by ``numbers``.
"""

import re
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from parsers.form.question import Kind, Question
from parsers.grid import Cell, CellKind
from parsers.thai.text import normalise
from parsers.values.numbers import Typed, other_unit_shown, typed_number
from parsers.values.units import PERCENT, Fit, factor_of, fit

Figure = tuple[str | None, bool]  # canonical digits, None when there is none, and whether it is a guess

# Significant digits that a spreadsheet keeps of a number (IEEE 754 double, as Excel shows it).
_DIGITS = 15
_WHOLE = 100
# "ความพร้อม (ร้อยละ)", "ค่าความทึบแสง (%)".
_PERCENT = re.compile("ร้อยละ|เปอร์เซ็?นต์|%")
# "ร้อยละที่เพิ่มขึ้น", "อัตราการเปลี่ยนแปลง", "เทียบกับเป้าหมาย": what may come to more than the whole, or to less than none.
_MAY_EXCEED = re.compile("เพิ่ม|ลดลง|เติบโต|ขยายตัว|เปลี่ยนแปลง|เทียบ|เป้า|กำไร|สูงขึ้น|ต่ำลง|แผน")
# No form asks for more; what is smaller is noise of binary fractions.
_DECIMALS = 10


def number_in(cell: Cell) -> Decimal | None:
    """The number of a cell, None when there is none of a size that a form can mean."""
    number = cell.number
    return number if number is not None and number.is_finite() and number.adjusted() < _DIGITS else None


def figure_of(question: Question, cell: Cell, unit: str = "") -> Figure:
    """The figure of a cell; in another ``unit``, by the circular's factor. A cell that names a further unit says none."""
    number, guessed = _number_of(_asked_in(question, unit) if unit else question, cell)
    by = factor_of(unit, question) if unit else Decimal(1)
    if number is None or by is None or not _within(number * by, question):
        return None, False
    written = _canonical(number * by, question.kind, typed=cell.kind is CellKind.TEXT)
    below = bool(written and written.startswith("-")) and (question.minimum is None or question.minimum >= 0)
    return written, guessed or below


@lru_cache(maxsize=1 << 8)
def _asked_in(question: Question, unit: str) -> Question:
    """The question as if it were asked in this unit, in which a whole number of the other is none."""
    return question.model_copy(update={"unit": unit, "units": (), "kind": Kind.DECIMAL})


def _number_of(question: Question, cell: Cell) -> Typed:
    """The number in a cell, a percentage as shown, and whether it is a guess."""
    if cell.kind is CellKind.TEXT:
        return typed_number(normalise(cell.text), question)
    number = number_in(cell)
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
    low = 0 if low is None and (question.kind is Kind.INTEGER or _is_share(question)) else low  # a count
    high = _WHOLE if high is None and _is_share(question) else high
    return (low is None or number >= low) and (high is None or number <= high)


@lru_cache(maxsize=1 << 10)
def _is_share(question: Question) -> bool:
    """Whether a question asks for a share of a whole, which is never above a hundred per cent."""
    if question.kind not in (Kind.PERCENT, Kind.DECIMAL, Kind.INTEGER):
        return False
    asked = f"{question.label} {question.unit}"
    return (question.kind is Kind.PERCENT or bool(_PERCENT.search(asked))) and not _MAY_EXCEED.search(asked)


def _canonical(number: Decimal, kind: Kind, *, typed: bool) -> str | None:
    """Plain digits for the kind: whole, two decimals for money, else as many as there are. None when they do not fit."""
    written = plain(number)
    if written is None:
        return None
    exact = Decimal(written)
    if typed and exact != number:  # more digits than a spreadsheet could have kept
        return None
    if kind is Kind.INTEGER:
        return written if exact == exact.to_integral_value() else None
    if kind is not Kind.MONEY:
        return written
    amount = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return None if typed and amount != exact else f"{amount or abs(amount):f}"


def plain(number: Decimal) -> str | None:
    """``number`` without exponent, noise of binary fractions and trailing zeros; None when it is out of all proportion."""
    if not number.is_finite() or number.adjusted() >= _DIGITS:
        return None
    if number.adjusted() < -_DECIMALS:
        return "0"
    kept = Context(prec=_DIGITS, rounding=ROUND_HALF_EVEN).plus(number)
    digits = f"{kept:f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    return "0" if digits in ("-0", "") else digits
