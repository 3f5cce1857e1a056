"""Rows that cannot be taken as they stand: cells moved beside their columns, plan above result, a type written once.

Owns what is made of them once all rows of a table are known. What nobody can be sure of is marked as doubtful and asked for;
a row is never read under headings that may not be its own.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from parsers.form import Form, Kind, Question
from parsers.grid import Cell, Grid, empty
from parsers.tables.header_search import Header
from parsers.tables.model import Row
from parsers.tables.split_columns import is_detail
from parsers.thai.text import comparison_key, heading_key
from parsers.values.read_value import read_value
from parsers.values.tick_marks import Tick, tick

SHIFTED = (
    "มีข้อมูลในแถวมากกว่าจำนวนหัวคอลัมน์ คำตอบอาจเลื่อนไปอยู่ผิดช่อง จึงยังไม่ได้บันทึกแถวนี้ กรุณาตรวจให้คำตอบแต่ละช่องตรงกับหัวคอลัมน์แล้วส่งใหม่"
)
ONLY_PLANNED = "มีเฉพาะแถวแผน ไม่พบแถวผลการดำเนินการ จึงยังไม่ได้บันทึก กรุณากรอกผลการดำเนินการแล้วส่งใหม่"
SEVERAL = "มีคำตอบมากกว่าหนึ่งแถว ({labels}) จึงไม่แน่ใจว่าแถวใดเป็นผลปัจจุบันและยังไม่ได้บันทึก กรุณาเหลือไว้แถวเดียวแล้วส่งใหม่"

OFTEN = 0.8  # of the rows: a column filled as often as this is a column, even without a heading
MARK = 3  # letters of a bare mark
_PLAN = re.compile(r"(?:แผน(?:การ|งาน)?(?:ดำเนินการ|ดำเนินงาน)?|เป้าหมาย|เป้า|plan|target)")
_RESULT = re.compile(
    r"(?:ผล(?:งาน)?(?:การ|ที่)?(?:ดำเนินการ|ดำเนินงาน|ปฏิบัติ|ปฏิบัติงาน)?(?:จริง)?|ทำจริง|ดำเนินการจริง|actual|result)"
)


@dataclass(frozen=True)
class Under:
    """The header that rows stand under, on its sheet. ``alone``: no other block of the form stands right of it."""

    header: Header
    grid: Grid
    form: Form
    alone: bool = True

    def asked(self) -> Mapping[int, Question]:
        """The question of each answer column."""
        return {c: self.form.find(key) for key, run in self.header.columns.items() for c in run}

    def headed(self, column: int) -> bool:
        """Whether a column has a heading of its own or is under one that was merged down to it."""
        header = self.header
        if not self.grid.at(header.bottom, column).blank:
            return True
        return any(not self.grid.own(row, column).blank for row in range(header.top, header.bottom + 1))


def settled(rows: Sequence[Row], under: Under) -> tuple[Row, ...]:
    """The rows with types carried down, results in the place of plans, and doubtful ones marked."""
    moved = _Moved(under, rows)
    marked = [replace(row, doubt=SHIFTED) if moved.is_moved(row) else row for row in _typed(rows, under)]
    return tuple(marked if under.form.row_label else _with_results(marked, under))


# --- a type written once per block -------------------------------------------------------------------------------------


def _typed(rows: Sequence[Row], under: Under) -> Sequence[Row]:
    """The type of a block's first row for those below it; where the same type is repeated, a blank one was left out."""
    columns = under.header.fixed.get("type", ())
    if not columns:
        return rows
    cells = [[cell for c in columns if not empty(cell := under.grid.at(row.row, c))] for row in rows]
    written = [comparison_key(cell[0].text) if cell else "" for cell in cells]
    if any(above and above == below for above, below in pairwise(written)):
        return rows
    carried, out = "", []
    for row, own in zip(rows, written, strict=True):
        carried = row.type if own else carried
        out.append(row if own or row.type else replace(row, type=carried))
    return out


# --- cells moved beside their columns ------------------------------------------------------------------------------------


class _Moved:
    """Tells rows with more cells than there are columns, where that moves the answers."""

    def __init__(self, under: Under, rows: Sequence[Row]) -> None:
        self.under, self.grid = under, under.grid
        self.asked = under.asked()
        self.last = max(self.asked, default=0)
        names = [c for run in under.header.fixed.values() for c in run if c < min(self.asked, default=0)]
        self.first = max(names, default=under.header.left - 1) + 1
        self.beyond = self.last + 1
        self.loose = [c for c in range(self.first, self.beyond) if c not in self.asked and not under.headed(c)]
        answered = [row.row for row in rows if row.answered]
        filled = sum(not empty(self.grid.own(row, self.beyond)) for row in answered)
        self.is_column = filled >= OFTEN * len(answered)

    def is_moved(self, row: Row) -> bool:
        """Whether the row's cells may stand beside their columns."""
        if not row.answered or not self.asked:
            return False
        lone = [c for c, q in self.asked.items() if q.required and len(self.under.header.columns[q.key]) == 1]
        gaps = [c for c in lone if empty(self.grid.at(row.row, c))]
        if any(
            gap < c and self._strict(self.asked[self.last], self.grid.at(row.row, c))
            for c in self.loose
            for gap in gaps
        ):
            return True
        extra = self.grid.own(row.row, self.beyond)
        if empty(extra) or not self.under.alone or not self._may_belong(extra):
            return False
        cells = [self.grid.at(row.row, c) for c in range(self.first, self.beyond)]
        now = self._faults(cells)
        if now == (0, 0):
            strict = self._strict(self.asked[self.last], extra)
            return strict and not self.is_column and self.beyond > self.under.header.right
        without = (self._faults([*cells[:at], *cells[at + 1 :], extra]) for at in range(len(cells)))
        return any(faults < now and not faults[0] for faults in without)

    def _may_belong(self, extra: Cell) -> bool:
        """Whether the cell after the last answer may be one: any in a column of no heading, else only one that looks it."""
        last = self.asked[self.last]
        if self.under.headed(self.beyond):
            heading = self.grid.at(self.under.header.bottom, self.beyond).text
            return is_detail(heading) and last.kind is not Kind.TEXT and self._strict(last, extra)
        return last.kind is Kind.TEXT or self._strict(last, extra)

    def _strict(self, question: Question, cell: Cell) -> bool:
        """Whether a cell plainly answers a question of this kind, as no note would."""
        if empty(cell):
            return False
        if question.kind is Kind.TICK:
            meant = tick(cell.text, self.under.form.yes, self.under.form.no)
            return meant in (Tick.YES, Tick.NO) and len(cell.text) <= MARK
        return question.kind is not Kind.TEXT and read_value(question, cell, self.under.form, None).trouble is None

    def _faults(self, cells: Sequence[Cell]) -> tuple[int, int]:
        """How many cells of a row do not fit their column, and how many are empty."""
        wrong = missing = 0
        for column, cell in enumerate(cells, self.first):
            question = self.asked.get(column)
            if question is None:
                continue
            if empty(cell):
                missing += question.required and len(self.under.header.columns[question.key]) == 1
            else:
                wrong += read_value(question, cell, self.under.form, None).trouble == "unreadable"
        return wrong, missing


# --- plan and result ---------------------------------------------------------------------------------------------------


def _with_results(rows: Sequence[Row], under: Under) -> Iterator[Row]:
    """Of several rows of one organisation the one labelled as result; where labels do not tell, a doubtful row."""
    told = {c for run in (*under.header.columns.values(), *under.header.fixed.values()) for c in run}
    spare = [c for c in range(under.header.left, under.header.right + 1) if c not in told]
    for group in _groups(rows):
        labels = [_labels(row, spare, under.grid) for row in group]
        if len(group) == 1 and not any(_says(_PLAN, each) for each in labels):
            yield group[0]
        else:
            yield from _result(group, labels)


def _groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows of one organisation: a named one with those below it that have no name or share its cell."""
    group: list[Row] = []
    for row in rows:
        first = group[0] if group else None
        same = (
            first and not empty(first.name) and (row.name.row, row.name.column) == (first.name.row, first.name.column)
        )
        below = first and not empty(first.name) and empty(row.name) and not row.number and row.row == group[-1].row + 1
        if same or below:
            group.append(row)
            continue
        if group:
            yield group
        group = [row]
    if group:
        yield group


def _labels(row: Row, spare: Sequence[int], grid: Grid) -> list[str]:
    return [cell.text for c in spare if not empty(cell := grid.at(row.row, c))]


def _says(pattern: re.Pattern[str], labels: Iterable[str]) -> bool:
    return any(pattern.fullmatch(heading_key(label)) for label in labels)


def _result(group: Sequence[Row], labels: Sequence[list[str]]) -> Sequence[Row]:
    first = group[0]
    results = [row for row, said in zip(group, labels, strict=True) if _says(_RESULT, said) and row.answered]
    planned = any(_says(_PLAN, said) for said in labels)
    if len(results) == 1:
        return [replace(first, row=results[0].row, cells=results[0].cells, hidden=results[0].hidden)]
    if planned:
        return [replace(first, doubt=ONLY_PLANNED)] if any(row.answered for row in group) else [first]
    said = [label for row, each in zip(group, labels, strict=True) for label in each[:1] if row.answered]
    if len(said) > 1 and empty(group[-1].name):
        return [replace(first, doubt=SEVERAL.format(labels=" / ".join(said)[:80]))]
    return group
