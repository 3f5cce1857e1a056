"""Rows whose cells moved beside their columns: more cells than columns, a gap before them, or kinds that fit one column aside.

Owns what such a row looks like. It is never read under headings that may not be its own.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from parsers.findings import Code
from parsers.form.question import NUMERIC, Kind, Question
from parsers.grid import Cell, empty
from parsers.tables.model import Doubt, Layout, Row, Table
from parsers.tables.several_columns import is_detail
from parsers.values.cells_read_once import Readings
from parsers.values.tick_marks import Tick, tick

OFTEN = 0.8  # of the rows: a column filled as often as this is a column, even without a heading
MARK = 3  # letters of a bare mark
MISFITS = 2  # cells of a row that fit no column of theirs: one alone is a slip of its own
# "5", "770", "800.00": an amount that fell apart at its commas, where a file has commas between cells.
_FIRST, _REST, _AMOUNT = re.compile(r"-?\d{1,3}"), re.compile(r"\d{3}(?:\.\d+)?"), re.compile(r"\d+(?:\.\d+)?")


def shifted_rows(table: Table, readings: Readings) -> Iterator[Doubt]:
    """The rows whose answers may stand under their neighbours' headings."""
    if table.found:
        moved = _Moved(table, table.found, readings)
        broken = moved.broken(table.rows)
        yield from (Doubt(Code.ROW_SHIFTED, row.row) for row in table.rows if row in broken or moved.is_moved(row))


class _Moved:
    """Tells rows with more cells than there are columns, where that moves the answers."""

    def __init__(self, table: Table, layout: Layout, readings: Readings) -> None:
        self.grid, self.layout, self.readings = table.grid, layout, readings
        self.form, self.columns = readings.form, table.columns
        self.asked = {c: self.form.find(key) for key, run in table.columns.items() for c in run}
        self.last = max(self.asked, default=0)
        names = [c for run in layout.header.fixed.values() for c in run if c < min(self.asked, default=0)]
        self.first = max(names, default=layout.header.left - 1) + 1
        self.beyond = self.last + 1
        self.loose = [
            c for c in range(self.first, self.beyond) if c not in self.asked and not layout.is_headed(self.grid, c)
        ]
        answered = [row.row for row in table.rows if row.answered]
        filled = sum(not empty(self.grid.own(row, self.beyond)) for row in answered)
        self.is_column = filled >= OFTEN * len(answered)

    def is_moved(self, row: Row) -> bool:
        """Whether the row's cells may stand beside their columns."""
        if not row.answered or not self.asked:
            return False
        lone = [c for c, q in self.asked.items() if q.required and len(self.columns[q.key]) == 1]
        gaps = [c for c in lone if empty(self.grid.at(row.row, c))]
        if any(
            gap < c and self._strict(self.asked[self.last], self.grid.at(row.row, c))
            for c in self.loose
            for gap in gaps
        ):
            return True
        if self._fits_aside(row):
            return True
        extra = self.grid.own(row.row, self.beyond)
        if empty(extra) or not self.layout.alone or not self._may_belong(extra):
            return False
        cells = [self.grid.at(row.row, c) for c in range(self.first, self.beyond)]
        now = self._faults(cells)
        if now == (0, 0):
            strict = self._strict(self.asked[self.last], extra)
            return strict and not self.is_column and self.beyond > self.layout.header.right
        without = (self._faults([*cells[:at], *cells[at + 1 :], extra]) for at in range(len(cells)))
        return any(faults < now and not faults[0] for faults in without)

    def _fits_aside(self, row: Row) -> bool:
        """Whether several cells fit no column of theirs and all do one column to the left, or to the right."""
        cells = [self.grid.at(row.row, c) for c in range(self.first, self.beyond)]
        wrong = self._faults(cells)[0]
        if wrong < MISFITS:
            return False
        blank = Cell(row.row, self.last)
        gaps = [at for at, cell in enumerate(cells) if empty(cell)]
        leftwards = ([*cells[:at], *cells[at + 1 :], blank] for at in gaps)
        rightwards = ([*cells[:at], blank, *cells[at:-1]] for at in range(len(cells)) if empty(cells[-1]))
        return any(not self._faults(moved)[0] for moved in chain(leftwards, rightwards))

    def broken(self, rows: Sequence[Row]) -> list[Row]:
        """The rows whose amounts fell apart at their commas, where that explains every row longer than its headings."""
        if NUMERIC.isdisjoint(question.kind for question in self.asked.values()):
            return []
        cells = {row.row: [c for c in self.grid.row(row.row) if c.column >= self.first] for row in rows if row.answered}
        extra = {row: self._beyond(each) for row, each in cells.items()}
        # In every row one more: a column of its own, whose figures follow on the last by chance.
        as_column = set(extra.values()) == {1}
        pieces = {row: _pieces(each[:-1] if as_column else each) for row, each in cells.items()}
        explained = [count <= pieces[row] for row, count in extra.items() if count]
        return [row for row in rows if pieces.get(row.row)] if explained and all(explained) else []

    def _beyond(self, cells: Sequence[Cell]) -> int:
        """How many amounts stand beyond the last heading, under none of their own."""
        beyond = [cell for cell in cells if cell.column > self.layout.header.right and _AMOUNT.fullmatch(cell.text)]
        return 0 if any(self.layout.is_headed(self.grid, cell.column) for cell in beyond) else len(beyond)

    def _may_belong(self, extra: Cell) -> bool:
        """Whether the cell after the last answer may be one: any in a column of no heading, else only one that looks it."""
        last = self.asked[self.last]
        if self.layout.is_headed(self.grid, self.beyond):
            heading = self.grid.at(self.layout.header.bottom, self.beyond).text
            return is_detail(heading) and last.kind is not Kind.TEXT and self._strict(last, extra)
        return last.kind is Kind.TEXT or self._strict(last, extra)

    def _strict(self, question: Question, cell: Cell) -> bool:
        """Whether a cell plainly answers a question of this kind, as no note would."""
        if empty(cell):
            return False
        if question.kind is Kind.TICK:
            meant = tick(cell.text, self.form.yes, self.form.no)
            return meant in (Tick.YES, Tick.NO) and len(cell.text) <= MARK
        return question.kind is not Kind.TEXT and self.readings.of(question, cell).trouble is None

    def _faults(self, cells: Sequence[Cell]) -> tuple[int, int]:
        """How many cells of a row do not fit their column, and how many are empty."""
        wrong = missing = 0
        for column, cell in enumerate(cells, self.first):
            question = self.asked.get(column)
            if question is None:
                continue
            if empty(cell):
                missing += question.always_asked and len(self.columns[question.key]) == 1
            else:
                wrong += self.readings.of(question, cell).trouble in ("unreadable", "unlike")
        return wrong, missing


def _pieces(cells: Sequence[Cell]) -> int:
    """How many cells of a row may go on with an amount begun in the cell before."""
    return sum(bool(_FIRST.fullmatch(one.text) and _REST.fullmatch(next_.text)) for one, next_ in pairwise(cells))
