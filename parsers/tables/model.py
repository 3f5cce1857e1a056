"""What a found table is: its rows, totals and columns, and the pages of one table put together.

Owns these types and what can be told from them alone. Knows nothing of how a table is found.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from parsers.form import Question
from parsers.grid import Cell, CellKind, Grid, Sheet, empty
from parsers.tables.line_kinds import REMARK_CAP, Lines, Said, blank_filling

# Words by which a row says that it only shows how to fill in the form.
EXAMPLE = re.compile(r"^\W*(?:ตัวอย่าง|ตย\b|ตย\.|เช่น|example)|\(\s*(?:ตัวอย่าง|ตย\.?)[^()]*\)", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """One data row. ``cells`` has each question found; ``name`` may be blank, then nobody knows whose row it is."""

    row: int
    name: Cell
    type: str = ""  # from a type column or a heading row, as written
    district: str = ""  # from a district column, a heading row or the titles, as written
    number: str = ""  # from the number column, ASCII digits
    cells: Mapping[str, Cell] = field(default_factory=dict)
    hidden: bool = False
    example: bool = False  # a cell beside its answers says that it only shows how to fill in the form
    label: str = ""  # of one of an organisation's several rows, as written
    stray: Cell | None = None  # the label's cell where it names no row of the form, though answers stand beside it
    doubt: str = ""  # why nobody can be sure what the row answers: a Thai sentence; it is then asked for, not recorded

    section: str = ""  # a heading row above that is neither a type nor surely a district, as written

    @property
    def answered(self) -> bool:
        """Whether anything but dots stands in a question's cell."""
        return any(not empty(cell) for cell in self.cells.values())


@dataclass(frozen=True)
class Total:
    """A total row: its label, its cells by question, and how many rows stood above it since the total before."""

    row: int
    label: str
    cells: Mapping[str, Cell]
    since: int  # index into Table.rows where this total's section begins
    until: int  # index into Table.rows after the last row above


@dataclass(frozen=True)
class Table:
    """A form's table. Rows and columns are the grid's."""

    grid: Grid
    top: int
    bottom: int  # the last header row
    columns: Mapping[str, tuple[int, ...]]
    name_columns: tuple[int, ...]  # empty: no column for the organisation
    rows: tuple[Row, ...]
    totals: tuple[Total, ...]
    missing: tuple[Question, ...]  # questions without a column
    quality: float  # 0..1, how well the header fits the form
    passed_over: frozenset[str] = frozenset()  # questions with a hidden column that a visible one goes before
    heads: tuple[Cell, ...] = ()  # the cells of the header rows
    row_columns: tuple[int, ...] = ()  # where the labels of an organisation's several rows stand, if that is headed
    unlabelled: bool = False  # no label tells which of an organisation's several rows any row is


def counted(totals: Sequence[Total], read: Sequence[Row], kept: Sequence[Row]) -> tuple[Total, ...]:
    """Totals whose places among the rows ``read`` are made those among the rows ``kept`` of them."""
    if len(read) == len(kept):
        return tuple(totals)
    below = [row.row for row in kept]

    def place(index: int) -> int:
        return bisect_left(below, read[index].row) if index < len(read) else len(kept)

    return tuple(replace(total, since=place(total.since), until=place(total.until)) for total in totals)


def joined(pages: Sequence[Table]) -> Table:
    """The pages of one table, from top to bottom."""
    rows: list[Row] = []
    totals: list[Total] = []
    for page in pages:
        shift = len(rows)
        rows += page.rows
        totals += [
            replace(total, since=total.since + shift if total.since else 0, until=total.until + shift)
            for total in page.totals
        ]
    quality = max(page.quality for page in pages)
    return replace(pages[0], rows=tuple(rows), totals=tuple(totals), quality=quality)


def found_in(tables: Iterable[Table]) -> frozenset[str]:
    """Keys of the questions that some table has a column for."""
    return frozenset(key for table in tables for key in table.columns)


def column_remarks(table: Table, lines: Lines) -> Iterator[Said]:
    """Remarks written in a column of their own, beside the answers; each with the name of its row."""
    for heading in table.heads:
        found = lines.remark_of(heading.text) if heading.kind is CellKind.TEXT else None
        for row in table.rows if found else ():
            cell = table.grid.at(row.row, heading.column)
            if found and not empty(row.name) and not blank_filling(cell.text):
                yield Said(found[0], f"{row.name.text}: {cell.text}"[:REMARK_CAP], cell)


@dataclass(frozen=True)
class Found:
    """A table on its sheet."""

    sheet: Sheet
    table: Table
