"""What a found table is: its rows, totals and columns, and the pages of one table put together.

Owns these types and what can be told from them alone. Knows nothing of how a table is found.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from parsers.findings import Code
from parsers.form.naming import LOCAL
from parsers.form.question import Question
from parsers.grid import Cell, Grid, Sheet, empty
from parsers.organisations.type_words import TypeWords, words_of
from parsers.values.cells_read_once import Readings

# Words by which a row says that it only shows how to fill in the form.
EXAMPLE = re.compile(r"^\W*(?:ตัวอย่าง|ตย\b|ตย\.|เช่น|example)|\(\s*(?:ตัวอย่าง|ตย\.?)[^()]*\)", re.IGNORECASE)


@dataclass(frozen=True)
class Header:
    """A header band of one block: its rows, the columns of the block, and what each column is."""

    top: int
    bottom: int
    left: int
    right: int
    columns: Mapping[str, tuple[int, ...]]
    halves: Mapping[str, tuple[int, ...]]  # question to its column of "done", then those of "not done", when split
    unclear: frozenset[str]  # questions split in a way nobody can be sure of
    denied: frozenset[str]  # tick questions of which there is only a column of "not done"
    fixed: Mapping[str, tuple[int, ...]]  # organisation, number, type, district, row
    quality: float
    passed_over: frozenset[str] = (
        frozenset()
    )  # questions with a hidden column beside a visible one, which goes before it

    def overlaps(self, other: "Header") -> bool:
        """Whether the two stand above one another."""
        return self.left <= other.right and other.left <= self.right


class Split(StrEnum):
    """What the several columns of one question say together in a row, where their one filled cell does not say it."""

    DENIED = "denied"  # a mark under "not done", nothing under "done"
    UNCLEAR = "unclear"  # several things, or what may mean several


@dataclass(frozen=True)
class Doubt:
    """Why something in a table is not taken as it stands, said by ``code`` with what its sentence needs.

    Its scope is one answer; a row, or ``rows``, where ``key`` is empty; a column where ``row`` is 0; the table where both are.
    """

    code: Code
    row: int = 0
    key: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    label: Cell | None = None  # the label beside a row's answers that names no row of the form; it is then about this
    shown: str = ""  # what stood there, if not the text of one cell
    rows: tuple[int, ...] = ()  # all rows that it is about, where it is about several and said once


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
    split: Mapping[str, Split] = field(default_factory=dict)  # by question: what its several columns say together
    section: str = ""  # a heading row above that is neither a type nor surely a district, as written
    above: str = ""  # what stands alone in the line above the header, as written

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
class Layout:
    """The header that rows stand under. ``alone``: no other block of the form stands right of it."""

    header: Header
    alone: bool = True

    def is_headed(self, grid: Grid, column: int) -> bool:
        """Whether a column has a heading of its own or is under one that was merged down to it."""
        top, bottom = self.header.top, self.header.bottom
        return not grid.at(bottom, column).blank or any(
            not grid.own(row, column).blank for row in range(top, bottom + 1)
        )


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
    doubts: tuple[Doubt, ...] = ()  # that came up while the rows were put together
    found: Layout | None = None  # None for a table on its side
    readings: Readings | None = field(default=None, compare=False)

    @property
    def names(self) -> TypeWords:
        """The words by which its organisations are named."""
        return words_of(self.readings.form.naming if self.readings else LOCAL)

    @property
    def last(self) -> int:
        """The last row of data; the header's where there is none."""
        return max((row.row for row in self.rows), default=self.bottom)

    def headings_of(self, key: str, place: int) -> list[Cell]:
        """The cells that head a question's column ``place``, the lowest first; on a sheet on its side, left of its answers."""
        if self.found:
            rows = range(self.found.header.bottom, self.found.header.top - 1, -1)
            return [self.grid.at(row, place) for row in rows]
        first = min((row.cells[key].column for row in self.rows if key in row.cells), default=1)
        return [self.grid.at(place, column) for column in range(first - 1, 0, -1)]

    @property
    def row_columns(self) -> tuple[int, ...]:
        """Where the labels of an organisation's several rows stand, if that is headed."""
        return self.found.header.fixed.get("row", ()) if self.found else ()


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
    doubts = tuple(doubt for page in pages for doubt in page.doubts)
    return replace(pages[0], rows=tuple(rows), totals=tuple(totals), quality=quality, doubts=doubts)


def found_in(tables: Iterable[Table]) -> frozenset[str]:
    """Keys of the questions that some table has a column for."""
    return frozenset(key for table in tables for key in table.columns)


@dataclass(frozen=True)
class Found:
    """A table on its sheet."""

    sheet: Sheet
    table: Table
