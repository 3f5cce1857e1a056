"""The units that a table states over its columns, in its headings and beside it: which columns are in another unit.

Owns where a unit may be stated. Under another unit than the question's no number is an answer, unless the circular says how it
is converted.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from parsers.findings import Code
from parsers.form.form import Form
from parsers.form.question import NUMERIC, Question
from parsers.grid import Cell, CellKind, empty
from parsers.tables.model import Doubt, Row, Table
from parsers.thai.text import comparison_key
from parsers.values.cells_read_once import Readings
from parsers.values.units import Fit, Unit, asked_unit, asked_words, factor_of, fit, parse_unit
from parsers.values.units_in_text import heading_units
from parsers.values.units_in_text import stated_units as units_in

ABOVE = 6  # rows above a header, and below the last row, in which a line may state the unit
BESIDE = 8  # columns right of a table in which it may stand
UNDER = 3  # rows under a header that may hold nothing but units

# "850*", "15 1/", "6²": a figure with a mark.
_STARRED = re.compile(r"\d\s*(?:\*+|[¹²³]|\d/)\s*$")
# "* หน่วยเป็นเมตร", "1/ หน่วย : พันบาท": of the figures so marked alone.
_FOOTNOTE = re.compile(r"\s*(?:\*+|[¹²³]|\d/)")
_LABEL = re.compile(r"หน่วย(?:นับ|วัด|เงิน)?\s*[:：=]?")  # with the unit in the next cell


def stated_units(table: Table, readings: Readings) -> Iterator[Doubt]:
    """The figures that stand under, beside or behind another unit than the question's."""
    form = readings.form
    for row, key, written in _stated(table, form):
        cell = row.cells[key]
        if (key, cell) not in readings.stated and readings.amount(key, cell):
            yield Doubt(Code.ANSWER_UNREADABLE, row.row, key, {"expected": _expected(written, form.find(key))})


def in_stated_units(table: Table, readings: Readings) -> Readings:
    """The readings by which figures under, beside or behind a unit that the circular declares are converted."""
    form = readings.form
    if not any(question.units for question in form.column):
        return readings
    stated = _stated(table, form)
    known = {(key, row.cells[key]): words for row, key, words in stated if factor_of(words, form.find(key)) is not None}
    return replace(readings, stated=known)


def _stated(table: Table, form: Form) -> Iterator[tuple[Row, str, str]]:
    """Rows, keys and the words of another unit that is stated for the answer there."""
    headed = other_units(table, form)
    beside = {**units_labelled(table, form), **units_beside(table, form)}
    for row in table.rows if headed or beside else ():
        for key in row.cells:
            if written := headed.get(key) or beside.get((row.row, key), ""):
                yield row, key, written


def _expected(written: str, question: Question) -> str:
    asked = asked_words(question)
    wanted = f"กรุณากรอกตัวเลขเป็นหน่วย{asked} แล้วแก้หน่วยในตารางให้ตรงกัน" if asked else "กรุณากรอกเป็นจำนวนเต็มหน่วยตามแบบ"
    return f"เพราะตารางระบุหน่วยเป็น “{written}” ซึ่งไม่ตรงกับแบบรายงาน {wanted}"


def other_units(table: Table, form: Form) -> Mapping[str, str]:
    """Numeric questions whose column is headed by a unit that is not the one asked for: key to the words of that unit."""
    lines = {words: unit for text in _lines(table) for words, unit in units_in(text).items()}
    found: dict[str, str] = {}
    for key, columns in table.columns.items():
        question = form.find(key)
        if question.kind in NUMERIC:
            headed = [_heading(_path(table, key, column), question) for column in columns]
            written = next((words for words in headed if words), "") or unit_that_is_other(lines, question)
            if written:
                found[key] = written
    return found


def units_beside(table: Table, form: Form) -> Mapping[tuple[int, str], str]:
    """Answers with a foreign unit in a column of units (หน่วยนับ) just right of them: (row, key) to the words."""
    asked = [(column, key) for key, columns in table.columns.items() for column in columns] if table.found else []
    taken = {column for column, _ in asked}
    found: dict[tuple[int, str], str] = {}
    for column, key in asked:
        heads = {table.grid.at(row, column + 1).text.strip(" :") for row in range(table.top, table.bottom + 1)}
        question = form.find(key)
        if column + 1 in taken or question.kind not in NUMERIC or not any(_LABEL.fullmatch(head) for head in heads):
            continue
        for row in table.rows:
            written = table.grid.at(row.row, column + 1).text
            unit = parse_unit(written)
            if unit and fit(unit, question) is Fit.OTHER:
                found[row.row, key] = written
    return found


def units_labelled(table: Table, form: Form) -> Mapping[tuple[int, str], str]:
    """Answers whose row's label states a foreign unit, as ขยะอันตราย (กก./วัน): (row, key) to its words."""
    own = {comparison_key(word) for row in form.row for word in (row.label, *row.aliases)}
    rows = [row for row in table.rows if comparison_key(row.label) not in own and heading_units(row.label)]
    found = {(row.row, key): form.find(key) for row in rows for key in row.cells}
    labels = {row.row: row.label for row in rows}
    return {
        (row, key): words
        for (row, key), question in found.items()
        if question.kind in NUMERIC and (words := _heading([labels[row], question.label], question))
    }


def _path(table: Table, key: str, column: int) -> list[str]:
    """The headings above a column from top to bottom, and a unit that stands alone under them."""
    grid = table.grid
    if table.found is None:
        return [cell.text for cell in reversed(table.headings_of(key, column)) if not cell.blank]
    cells = {
        (c.row, c.column): c for row in range(table.top, table.bottom + 1) if not (c := grid.at(row, column)).blank
    }
    first = min((row.row for row in table.rows if not empty(row.name)), default=table.bottom + UNDER + 1)
    for row in range(table.bottom + 1, min(first, table.bottom + UNDER + 1)):
        cell = grid.at(row, column)
        if cell.kind is CellKind.TEXT and parse_unit(cell.text):
            cells[cell.row, cell.column] = Cell(cell.row, cell.column, CellKind.TEXT, f"({cell.text})")
    return [cell.text for cell in cells.values()]


def _heading(path: list[str], question: Question) -> str:
    """The words of a foreign unit in a column's headings: any in the lowest, one of the same kind in those above it."""
    wordings = (question.label, question.group, *question.aliases, *question.group_aliases)
    own = {comparison_key(wording) for wording in wordings if wording}
    asked = asked_unit(question)
    fits, others = False, []
    for level, text in enumerate(reversed(path)):
        if comparison_key(text) in own:
            continue
        for words, written in heading_units(text).items():
            unit = _as_rate(written, asked)
            judged = fit(unit, question)
            fits = fits or (judged is Fit.SAME and bool(unit.base))
            if judged is Fit.OTHER and (_comparable(unit, asked) or (level == 0 and unit.kind not in ("", "time"))):
                others.append((words, _comparable(unit, asked)))
    return next((words for words, alike in others if alike or not fits), "")


def _as_rate(unit: Unit, asked: Unit | None) -> Unit:
    """(เดือน) over a question of so much a day says per what."""
    bare = unit.kind == "time" and unit.multiple == 1 and not unit.per
    return Unit(per=(unit.base,)) if bare and asked and asked.per and asked.kind != "time" else unit


def _comparable(unit: Unit, asked: Unit | None) -> bool:
    """Units of one kind, so that one is not the other: a rate or a multiple is of every kind."""
    if unit.kind == "time" and asked and asked.kind != "time":
        return False
    return not unit.base or bool(asked and unit.kind == asked.kind and unit.kind != "count") or _scaled(unit, asked)


def _scaled(unit: Unit, asked: Unit | None) -> bool:
    """The same thing by the thousand."""
    return unit.multiple != (asked.multiple if asked else 1) and (asked is None or unit.base == asked.base)


def unit_that_is_other(lines: Mapping[str, Unit], question: Question) -> str:
    """The words of a unit, of those stated for several columns, that this question's cannot have; empty for none."""
    asked = asked_unit(question)
    for words, unit in lines.items():
        bare = not unit.base and (unit.multiple == 1 or (asked is not None and asked.kind == "percent"))
        if not bare and _comparable(unit, asked) and fit(unit, question) is Fit.OTHER:
            return words
    return ""


def _lines(table: Table) -> Iterator[str]:
    """Texts above, beside and below a table that may state its unit; beside only those that say หน่วย, below also เป็น."""
    columns = {column for run in table.columns.values() for column in run}
    starred = any(_STARRED.search(cell.text) for row in table.rows for cell in row.cells.values())
    last = max([table.bottom, *(row.row for row in table.rows), *(total.row for total in table.totals)])
    for row in (*range(max(1, table.top - ABOVE), table.bottom + 1), *range(last + 1, last + ABOVE + 1)):
        heads = table.top <= row <= table.bottom
        texts = [
            (at, cell.text) for at in range(1, max(columns) + BESIDE + 1) if not (cell := table.grid.own(row, at)).blank
        ]
        for (at, text), (_, after) in zip(texts, [*texts[1:], (0, "")], strict=False):
            said = f"หน่วย : {after}" if _LABEL.fullmatch(text) and not heads else text
            below = row > table.bottom and "เป็น" in said
            if starred and _FOOTNOTE.match(text):
                continue
            if row > table.bottom and table.names.names_within(text):
                continue  # of that organisation's figures alone: for ``notes_against_figures``
            if row < table.top or below or ("หน่วย" in said and not (heads and at in columns)):
                yield said
