"""Documents (Word, web pages, PDF, plain text) to grids: lines of text and tables, nested as they may be.

Owns what becomes of the text around a table, of tables within tables and of tables drawn only for their looks. Readers of
documents (Word, web pages) build the blocks; nothing here knows a file format.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Union

from parsers.formats.unreadable import too_large
from parsers.grid import Cell, CellKind, Doubt, Grid, Merge, doubtful
from parsers.thai import text

TABLES_CAP = 200  # in one document; a form is one or two
SLOTS_CAP = 100_000  # cells of all tables, merged ones counted by their area
# Word itself allows 63, a page any number.
COLUMNS_CAP = 400
NESTED_CAP = 12  # tables within tables; mail newsletters reach eight
TEXT_CAP = 20_000  # characters of one cell
LINES_CAP = 20_000  # lines of text outside tables
# Columns from which two tables of one width, with nothing between them, are pages of one; narrower ones whose columns
# are drawn in the same places too.
_JOINED_WIDTH = 3
_SAME = 3.0  # points

# Around words that stand in a cell and are no answer, with the doubt before them: characters that no text has.
_OPEN, _BAR, _CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"
# Doubt and words between the three marks; a mark from outside would end it, so it holds none.
_DOUBTED = re.compile(f"{_OPEN}([^{_OPEN}{_BAR}{_CLOSE}]*){_BAR}([^{_OPEN}{_BAR}{_CLOSE}]*){_CLOSE}")

Block = Union[str, "Table"]


def doubted(doubt: Doubt, words: str) -> str:
    """Words of a block that must not be read: left out, or, where a cell has no others, the reason why it is doubtful."""
    return f"{_OPEN}{doubt.name}{_BAR}{words}{_CLOSE}" if words.strip() else words


def undoubted(words: str) -> str:
    """The words that may be read."""
    return _DOUBTED.sub("", words)


@dataclass
class Table:
    """A table while it is read: blocks by (row, column) from 1, each merged range at its top left."""

    cells: dict[tuple[int, int], list[Block]] = field(default_factory=dict)
    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)  # (rows, columns), where more than one
    hidden_rows: set[int] = field(default_factory=set)
    caption: list[Block] = field(default_factory=list)  # lines to be put above it
    borders: tuple[float, ...] = ()  # of its columns, where they are drawn: what goes on has the same

    @property
    def height(self) -> int:
        """The number of rows."""
        return max((row + self.spans.get((row, column), (1, 1))[0] - 1 for row, column in self.cells), default=0)

    @property
    def width(self) -> int:
        """The number of columns."""
        return max((column + self.spans.get((row, column), (1, 1))[1] - 1 for row, column in self.cells), default=0)


def place_rows(table: Table, rows: Sequence[Sequence[tuple[list[Block], int, int]]]) -> None:
    """Put rows of (blocks, rows spanned, columns spanned) into a table, each cell at the next free place of its row.

    Raises Unreadable over a cap.
    """
    taken: dict[int, int] = {}  # column to the last row that a cell from above covers
    slots = 0
    for row, cells in enumerate(rows, 1):
        column = 1
        for blocks, down, right in cells:
            while taken.get(column, 0) >= row:
                column += 1
            height = max(1, min(down or len(rows), len(rows) - row + 1))
            width = max(1, min(right, COLUMNS_CAP))
            slots += height * width
            if slots > SLOTS_CAP or column + width > 2 * COLUMNS_CAP:
                raise too_large(f"ตารางมีเกิน {SLOTS_CAP:,} ช่อง หรือเกิน {COLUMNS_CAP} คอลัมน์")
            table.cells[row, column] = blocks
            if (height, width) != (1, 1):
                table.spans[row, column] = (height, width)
            taken.update(dict.fromkeys(range(column, column + width), row + height - 1))
            column += width


def grids(blocks: Sequence[Block]) -> tuple[Grid, ...]:
    """A grid for each table of a document, the lines above it on top, those after the last table below it.

    A document without tables is one grid of lines. Raises Unreadable over a cap.
    """
    flat = list(_flattened(blocks, 0))
    tables = [block for block in flat if isinstance(block, Table)]
    if len(tables) > TABLES_CAP:
        raise too_large(f"มีตารางเกิน {TABLES_CAP} ตาราง")
    if sum(isinstance(block, str) for block in flat) > LINES_CAP:
        raise too_large(f"มีข้อความเกิน {LINES_CAP:,} บรรทัด")
    pages: list[_Page] = [_Page()]
    lines: list[str] = []
    for block in flat:
        if isinstance(block, str):
            lines.append(block)
            continue
        if pages[-1].width and (lines or not pages[-1].goes_on_with(block)):
            pages.append(_Page())
        pages[-1].put_lines(lines)
        pages[-1].put_table(block)
        lines = []
    pages[-1].put_lines(lines)
    return tuple(page.grid(f"ตารางที่ {number}") for number, page in enumerate(pages, 1) if page.rows)


def _flattened(blocks: Sequence[Block], depth: int) -> Iterator[Block]:
    """Lines and tables in order. A table for looks gives its content; a table within a cell of data follows its table."""
    if depth > NESTED_CAP:
        raise too_large(f"มีตารางซ้อนกันเกิน {NESTED_CAP} ชั้น")
    for block in blocks:
        if isinstance(block, str):
            parts = undoubted(block).split("\n")
            yield from (line for part in parts if (line := text.normalise(part[:TEXT_CAP])))
            continue
        inner = [(at, part) for at in sorted(block.cells) for part in block.cells[at] if isinstance(part, Table)]
        if any(_size(part) > 1 for _, part in inner) and _is_layout(block, [part for _, part in inner]):
            for at in sorted(block.cells):
                yield from _flattened(block.cells[at], depth + 1)
            continue
        yield block
        yield from _flattened([part for _, part in inner if _size(part) > 1], depth + 1)


def _size(table: Table) -> int:
    return len(table.cells)


def _is_layout(outer: Table, inner: Sequence[Table]) -> bool:
    """Whether a table only holds others in place: it says less itself than the largest table in it."""
    own = sum(bool(seen(blocks)) and not any(isinstance(b, Table) for b in blocks) for blocks in outer.cells.values())
    return max(_deep_size(part) for part in inner) >= own


def _deep_size(table: Table) -> int:
    """The cells of the largest table in or at ``table``."""
    inside = [part for blocks in table.cells.values() for part in blocks if isinstance(part, Table)]
    return max([_size(table), *(_deep_size(part) for part in inside)])


def seen(blocks: Sequence[Block]) -> str:
    """The text of a cell; a table of one cell within it is only a frame around text."""
    return text.normalise(undoubted(_raw(blocks))[:TEXT_CAP])


def _raw(blocks: Sequence[Block]) -> str:
    parts = []
    for block in blocks:
        if isinstance(block, str):
            parts.append(block)
        elif _size(block) == 1:
            parts.append(_raw(next(iter(block.cells.values()))))
    return "\n".join(part for part in parts if part)


def _cell(row: int, column: int, blocks: Sequence[Block]) -> Cell | None:
    """A cell of these blocks: what may be read of them, else the doubt about them; None for a blank."""
    raw = _raw(blocks)
    said = text.normalise(undoubted(raw)[:TEXT_CAP])
    doubt = None if said else _DOUBTED.search(raw)
    if doubt and doubt[1] in Doubt.__members__:
        words = _DOUBTED.sub(r"\2", raw)[:TEXT_CAP]
        return doubtful(row, column, Doubt[doubt[1]], text.normalise(words))
    return Cell(row, column, CellKind.TEXT, said) if said else None


class _Page:
    """One grid while it grows: lines, one table (or the pages of one), lines."""

    def __init__(self) -> None:
        self.width = 0  # of the table, 0 before there is one
        self.borders: tuple[float, ...] = ()
        self.rows = 0
        self._cells: dict[tuple[int, int], Cell] = {}
        self._merges: list[Merge] = []
        self._hidden: set[int] = set()

    def goes_on_with(self, table: Table) -> bool:
        """Whether a table right below may be the next page of the one here."""
        same = len(self.borders) == len(table.borders) > 0 and all(
            abs(here - there) < _SAME for here, there in zip(self.borders, table.borders, strict=True)
        )
        return self.width == table.width and (self.width >= _JOINED_WIDTH or same)

    def put_lines(self, lines: Sequence[str]) -> None:
        """Lines of text in column A."""
        for line in lines:
            self.rows += 1
            self._cells[self.rows, 1] = Cell(self.rows, 1, CellKind.TEXT, line)

    def put_table(self, table: Table) -> None:
        """A table below what is there."""
        top = self.rows
        for (row, column), blocks in table.cells.items():
            if cell := _cell(row + top, column, blocks):
                self._cells[row + top, column] = cell
        for (row, column), (down, right) in table.spans.items():
            self._merges.append(Merge(row + top, column, row + top + down - 1, column + right - 1))
        self._hidden |= {row + top for row in table.hidden_rows}
        self.rows = top + table.height
        self.width, self.borders = max(self.width, table.width), table.borders

    def grid(self, name: str) -> Grid:
        """What has grown."""
        return Grid(name, self._cells, tuple(self._merges), hidden_rows=frozenset(self._hidden))
