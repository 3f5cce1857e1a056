"""One value of each kind from one cell, in the canonical form that reading hands on.

Owns what is blank, which reader a kind has (``figure_cell``, ``day_cell``, ``tick_marks`` …), and the sentence saying what to
write. May not know which organisation answers. A value that may be read two ways is refused; nothing is turned into zero
but the dash of such forms.
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from parsers.form.form import Form
from parsers.form.question import LISTED, NUMERIC, Kind, Question
from parsers.grid import Cell, CellKind
from parsers.reading import Value
from parsers.secrets.mask import mask_secrets
from parsers.thai.dates import date_example, from_excel, thai_short_date
from parsers.thai.text import normalise
from parsers.thai.written_form import fits
from parsers.values.day_cell import day_of, is_past
from parsers.values.evidence import without_evidence
from parsers.values.figure_cell import figure_of, number_in, plain
from parsers.values.numbers import DASH, LONGEST, declared_unit
from parsers.values.progress import how_far
from parsers.values.several_choices import chosen_of
from parsers.values.tick_marks import Tick, tick
from parsers.values.tick_words import SURE, asked_by

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
# ".......", "____", "…", "•": the line that a printed form leaves to write on.
_BLANK = re.compile(r"[\s._…·‧•]*+(?:/[\s._…]{2,}+){0,3}|[(\[][\s._…]*+[)\]]")  # also "..../..../....", "(    )"
_PRINTED_BLANK = re.compile(r"(?:[\s._…]{2,}+\D*+|[(\[][\s._…]*+[)\]]\D*+)")  # "........ บาท", "(    ) แห่ง"
# "ยังไม่ส่งรายงาน", "( ) มี ( ) ไม่มี": words, not the mark of a blank.
_WORDS = re.compile("[ก-ํa-zA-Z]{2}")
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
    value, guessed = figure_of(question, cell, unit) if unit else _READERS[question.kind](question, cell, form, near)
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
        return plain(cell.number) or ""
    if cell.kind is CellKind.DATE and not cell.text.strip() and cell.date is not None:
        return thai_short_date(from_excel(cell.date, None))
    return normalise(cell.text)


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
        number = number_in(cell)
        return (bool(number) if number in (0, 1) else None), False
    return SURE.get(meant), meant in (Tick.GUESSED_YES, Tick.GUESSED_NO)


def _numeric(question: Question, cell: Cell, _: Form, __: datetime.date | None) -> _Read:
    return figure_of(question, cell)


def _date(question: Question, cell: Cell, _: Form, near: datetime.date | None) -> _Read:
    return day_of(question, cell, near)


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
        return f"กรุณาเขียนวันที่{'ซึ่งผ่านมาแล้ว' if is_past(question) else ''} {date_example(near)}"
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
