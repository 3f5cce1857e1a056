"""One sheet or table as a rectangle of cells with addresses, the same for every file format.

Readers of formats fill it; nothing outside ``parsers/formats`` sees a library's own cell. The kinds of cell are a closed
set, so an error, an uncalculated formula and a blank can never be taken for one another.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache

from parsers.findings import LAST, Place

LINE = "บรรทัดที่ "  # before the number of a line, by which cells of a text are named


class CellKind(StrEnum):
    """What a cell holds."""

    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    ERROR = "error"  # #DIV/0! and its like
    UNCALCULATED = "uncalculated"  # a formula without a stored value
    DOUBTFUL = "doubtful"  # struck out, hidden by its format, out of line, ...: what is stored is no answer


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. Rows and columns count from 1. ``text`` is what a person sees, normalised, symbol fonts as Unicode marks."""

    row: int
    column: int
    kind: CellKind = CellKind.EMPTY
    text: str = ""
    number: Decimal | None = None  # NUMBER; a BOOLEAN has 1 or 0 here too
    date: datetime.date | None = None  # DATE; as stored, so a Buddhist year typed into Excel is still 2567 here
    percent: bool = False  # a NUMBER shown as a percentage: 0.745 was seen as 74.5 %

    @property
    def address(self) -> str:
        """The cell's name in a spreadsheet, such as ``C7``."""
        return f"{column_letters(self.column)}{self.row}"

    @property
    def blank(self) -> bool:
        """Nothing a person could see."""
        return self.kind is CellKind.EMPTY or (self.kind is CellKind.TEXT and not self.text)


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, borders included."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies in it."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True)
class Grid:
    """One sheet. ``cells`` holds only cells with content; a merged range keeps its content at its top left cell."""

    sheet: str
    cells: Mapping[tuple[int, int], Cell]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    fills: Mapping[tuple[int, int], str] = field(
        default_factory=dict
    )  # cells with a colour of their own, blank ones too
    inks: Mapping[tuple[int, int], str] = field(default_factory=dict)  # cells whose letters have a colour but black
    drawn: tuple[Merge, ...] = ()  # where pictures, shapes and controls lie over the cells
    margins: tuple[str, ...] = ()  # what its pages print above, below and behind: header, footer, watermark
    comments: Mapping[tuple[int, int], str] = field(default_factory=dict)  # that people wrote on cells
    lines: Mapping[int, int] = field(
        default_factory=dict
    )  # by row, of a text made a sheet: its cells are named by line
    _anchors: dict[tuple[int, int], tuple[int, int]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    _columns: dict[int, list[int]] = field(default_factory=dict, init=False, repr=False, compare=False)  # by row

    def __post_init__(self) -> None:
        for row, column in sorted(self.cells):
            self._columns.setdefault(row, []).append(column)
        height, width = self.last_row, self.last_column
        for merge in self.merges:
            for row in range(merge.top, min(merge.bottom, height) + 1):
                for column in range(merge.left, min(merge.right, width) + 1):
                    self._anchors[row, column] = (merge.top, merge.left)

    def name_of(self, cell: Cell) -> str:
        """How a cell is named to people: by its address, or by its line in a text."""
        return f"{LINE}{self.lines[cell.row]}" if cell.row in self.lines else cell.address

    @cached_property
    def last_row(self) -> int:
        """The last row with content, 0 for an empty sheet."""
        return max((row for row, _ in self.cells), default=0)

    @cached_property
    def last_column(self) -> int:
        """The last column with content or under a merge that has content, 0 for an empty sheet."""
        return max((column for _, column in self.cells), default=0)

    def merge_of(self, cell: Cell) -> Merge | None:
        """The merged range at whose top left a cell stands; None for a cell of its own."""
        return self._merge_at.get((cell.row, cell.column))

    @cached_property
    def _merge_at(self) -> dict[tuple[int, int], Merge]:
        return {(merge.top, merge.left): merge for merge in reversed(self.merges)}

    def own(self, row: int, column: int) -> Cell:
        """The cell as stored: blank inside a merged range except at its top left."""
        return self.cells.get((row, column)) or _blank(row, column)

    def at(self, row: int, column: int) -> Cell:
        """The cell a person sees there: anywhere in a merged range, the range's content."""
        return self.own(*self._anchors.get((row, column), (row, column)))

    def row(self, row: int) -> Iterator[Cell]:
        """The row's cells with content, from left to right, each merged range once."""
        return (self.cells[row, column] for column in self._columns.get(row, ()))


@lru_cache(maxsize=1 << 14)  # each is asked for by many
def _blank(row: int, column: int) -> Cell:
    return Cell(row, column)


class Doubt(StrEnum):
    """Why what stands in a cell is no answer as it stands; a word for the sender."""

    STRUCK = "ขีดฆ่า"
    HIDDEN = "ซ่อนไว้"
    SCALED = "แสดงตัวเลขไม่เต็มจำนวน"
    UNEVEN = "ไม่ตรงช่อง"
    COMMA = "จุลภาคหรือจุดอาจเป็นจุดทศนิยม"
    COLOURED = "ระบายสี"
    DRAWN = "มีภาพหรือรูปวาดทับ"
    TURNED = "แสดงเป็นสัญลักษณ์ที่กลับด้านกับตัวเลข"


def doubtful(row: int, column: int, doubt: Doubt, text: str = "") -> Cell:
    """A DOUBTFUL cell; its text says why, so that it can be taken for nothing else."""
    return Cell(row, column, CellKind.DOUBTFUL, f"[{doubt}] {text}".rstrip())


def column_letters(column: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def empty(cell: Cell) -> bool:
    """Nothing, or only the dots and lines of a blank form."""
    return cell.blank or (cell.kind is CellKind.TEXT and not cell.text.strip(" ._…·•⋯‧ฯ\n\t"))


@dataclass(frozen=True)
class Sheet:
    """A grid with its place in the reading order."""

    file: str
    at: tuple[int, int]  # file, sheet
    grid: Grid

    def place(self, cell: Cell | None = None) -> Place:
        """The place of a cell, or of the sheet."""
        return Place(self.file, self.grid.sheet, self.grid.name_of(cell) if cell else "")

    def order(self, row: int = LAST, column: int = LAST) -> tuple[int, int, int, int]:
        """Where a cell stands in the reading order."""
        return (*self.at, row, column)
