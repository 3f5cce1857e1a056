"""Written totals against the rows that they may be the sum of.

Owns which rows those are. Knows nothing of organisations: what a row is worth comes in as readings.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from parsers.form.form import Form
from parsers.form.question import Kind, Question, key_in_row
from parsers.grid import Cell, CellKind
from parsers.tables.meanings import is_denial
from parsers.tables.model import Table, Total
from parsers.thai.text import ascii_digits
from parsers.values.decimals import CENT, decimal, plain
from parsers.values.read_value import ValueReading
from parsers.values.units import factor_of

# "ร้อยละ 75", "ค่าเฉลี่ย": a line below the rows that is not their sum.
_NO_SUM = re.compile("ร้อยละ|เฉลี่ย")
# "xx", "....", "-": printed to be written on; read after แห่ง is taken away.
_PLACEHOLDER = re.compile(r"^[xX×✗.…_\-–\s]*$")
# "12", "1,234.50", "-3"; a cell with two figures says none.
_FIGURE = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True)
class Mismatch:
    """A total's cell that none of the rows it may stand for add up to."""

    cell: Cell
    question: Question
    written: Decimal
    counted: str


@dataclass(frozen=True)
class Column:
    """What the rows of a section say in one column: the readings, and those of rows that are not anybody's."""

    readings: tuple[ValueReading, ...]
    template: tuple[ValueReading, ...] = ()


@dataclass(frozen=True)
class SectionReadings:
    """What the answers of a table were read as, by index of row, and the rows that are nobody's."""

    form: Form
    read: Mapping[int, Mapping[str, ValueReading]]
    template: Collection[int]

    def mismatches(self, table: Table) -> Iterator[Mismatch]:
        """A written total must fit the rows since the total before, or all rows so far."""
        asked = {question.key: question for question in (*self.form.column, *self.form.question)}
        for total in table.totals:
            until = total.until or len(table.rows)  # a total above all rows is of those below it
            for key, cell in total.cells.items():
                written = figure(cell)
                if written is None or cell.percent or _NO_SUM.search(total.label) or not self._adds_up(asked[key]):
                    continue
                counted = [self._fits(written, total, asked[key], range(start, until)) for start in (0, total.since)]
                if all(counted):
                    yield Mismatch(cell, asked[key], written, counted[0])

    def _adds_up(self, question: Question) -> bool:
        """Whether a total has a meaning: ticks of different rows have none together."""
        return question in self.form.question if question.kind is Kind.TICK else self.form.has_sum(question)

    def _fits(self, written: Decimal, total: Total, question: Question, rows: range) -> str:
        """What ``rows`` give where that is not the written total; empty where it is."""
        good, counted = agrees(written, total.label, question, self._column(question, rows))
        return "" if good else counted

    def _column(self, question: Question, rows: range) -> Column:
        """The readings under a question; under a column of several rows those of all of them."""
        together = question not in self.form.question
        keys = [key_in_row(question.key, row) for row in self.form.row] if together else [question.key]
        mine = [(index, self.read[index][key]) for index in rows for key in keys if key in self.read[index]]
        named = tuple(reading for index, reading in mine if index not in self.template)
        return Column(named, tuple(reading for index, reading in mine if index in self.template))


def figure(cell: Cell) -> Decimal | None:
    """The one figure of a total's cell: a number, or ``๑๒ แห่ง``; None for blanks, ``xx แห่ง``, formulas and errors."""
    if cell.kind is CellKind.NUMBER:
        return cell.number
    if cell.kind is not CellKind.TEXT or _PLACEHOLDER.match(cell.text.replace("แห่ง", "")):
        return None
    figures = _FIGURE.findall(ascii_digits(cell.text))
    return Decimal(figures[0].replace(",", "")) if len(figures) == 1 else None


def agrees(written: Decimal, label: str, question: Question, column: Column) -> tuple[bool, str]:
    """Whether a total fits its rows, and what the rows give. Unreadable rows leave room; labels may count the undone."""
    unread = sum(1 for reading in column.readings if reading.value is None and reading.trouble != "missing")
    if question.kind is Kind.TICK:
        # "รวมที่ยังไม่ดำเนินการ" counts the undone.
        undone = is_denial(label)
        count = sum(1 for reading in column.readings if reading.value is (not undone))
        room = unread + sum(1 for reading in column.template if reading.value is (not undone))
        everyone = "ทั้ง" in label and written == len(column.readings)
        return everyone or count <= written <= count + room, str(count)
    numbers = [number for reading in column.readings if (number := decimal(reading.value)) is not None]
    total = sum(numbers, Decimal())
    fits = any(abs(total - written * by) <= CENT / 2 for by in _factors(question, column))
    return bool(unread) or not numbers or fits or _without_converted(written, column), plain(total)


def _factors(question: Question, column: Column) -> set[Decimal]:
    """By what a total may have to be multiplied: it is in the question's unit, or in one that its rows are in."""
    units = {reading.unit for reading in column.readings if reading.unit}
    return {Decimal(1), *(by for unit in units if (by := factor_of(unit, question)))}


def _without_converted(written: Decimal, column: Column) -> bool:
    """A spreadsheet's sum leaves out "500 กก.", which is a text to it."""
    numbers = [decimal(reading.value) for reading in column.readings if not reading.unit]
    return len(numbers) < len(column.readings) and sum(filter(None, numbers), Decimal()) == written
