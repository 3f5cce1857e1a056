"""Written totals against the rows that they may be the sum of.

Owns which rows those are. Knows nothing of organisations: what a row is worth comes in as readings.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from parsers.check import Column, agrees, figure
from parsers.form import Form, Kind, Question, key_in_row
from parsers.grid import Cell
from parsers.tables import Table, Total
from parsers.values import ValueReading

_NO_SUM = re.compile("ร้อยละ|เฉลี่ย")


@dataclass(frozen=True)
class Mismatch:
    """A total's cell that none of the rows it may stand for add up to."""

    cell: Cell
    question: Question
    counted: str


@dataclass(frozen=True)
class Readings:
    """What the cells of a table were read as, by index of row, and the rows that are nobody's."""

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
                    yield Mismatch(cell, asked[key], counted[0])

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
