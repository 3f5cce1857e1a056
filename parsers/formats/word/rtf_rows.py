"""The lines and rows of an RTF document to lines and tables (RTF 1.9.1, table definitions).

Owns which column a cell is in, by where it begins and ends, and merges: cells wider than a column, and those that are said
to continue their neighbour on the left or above.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from parsers.formats.document_to_grids import COLUMNS_CAP, NESTED_CAP, SLOTS_CAP, Block, Table
from parsers.formats.unreadable import too_large

CELLS_CAP = 20_000  # of all tables; as of a .docx
_TWIN = 120  # twips, two millimetres: edges nearer than that are one; no column of text is so narrow
_Placed = tuple[int, int, bool, list[Block]]  # left, right, whether it continues the cell above, what is in it


@dataclass(frozen=True)
class Slot:
    """Where a cell ends, in twips, and whether it continues the cell on its left or the one above."""

    right: int
    beside: bool
    below: bool


@dataclass
class Definition:
    """What is said of the cells of a row."""

    left: int = 0
    slots: list[Slot] = field(default_factory=list)


@dataclass
class _Level:
    """Text outside tables (the first level), in the cells of a table, in those of a table within a cell, and so on."""

    blocks: list[Block] = field(default_factory=list)
    cells: list[list[Block]] = field(default_factory=list)
    rows: list[list[_Placed]] = field(default_factory=list)
    definition: Definition = field(default_factory=Definition)

    def end_row(self) -> None:
        """A row ends."""
        self.rows.append(_placed(self.definition, self.cells))
        self.cells = []


class Rows:
    """The lines and cells of a document while they grow, by how deep in tables they are."""

    def __init__(self) -> None:
        self.line: list[str] = []  # the pieces of the paragraph
        self.depth = 0  # of the paragraph, 0 outside tables
        self._row_open = False
        self._levels = [_Level()]
        self._cells = 0

    def blocks(self) -> list[Block]:
        """Everything, at the end."""
        self.end_line()
        return self._at(0).blocks

    def end_line(self) -> None:
        """A paragraph ends, in a cell or outside tables."""
        words = joined(self.line)
        self.line.clear()
        self._at(self.depth or int(self._row_open)).blocks.append(words)

    def end_cell(self, depth: int) -> None:
        """A cell of the table that is so deep ends."""
        self.depth = depth
        self.end_line()
        level = self._at(depth)
        level.cells.append(level.blocks)
        level.blocks = []
        self._cells += 1
        if self._cells > CELLS_CAP:
            raise too_large(f"ตารางมีเกิน {CELLS_CAP:,} ช่อง")

    def end_row(self, depth: int) -> None:
        """A row ends."""
        if "".join(self.line).strip():
            self.end_cell(depth)
        self._at(depth).end_row()
        self._row_open = self._row_open and depth > 1

    def begin_row(self, depth: int) -> None:
        """What is said of a row begins anew."""
        self._at(depth).definition = Definition()
        self._row_open = self._row_open or depth == 1

    def definition(self, depth: int) -> Definition:
        """What is said of the row that is so deep."""
        return self._at(depth).definition

    def _at(self, depth: int) -> _Level:
        """The level of this depth; tables that are deeper end."""
        depth = min(depth, NESTED_CAP + 1)  # one more than is read
        while len(self._levels) - 1 > depth:
            done = self._levels.pop()
            if done.cells:
                done.end_row()
            if done.rows:
                self._levels[-1].blocks.append(_table(done.rows))
            self._levels[-1].blocks += done.blocks
        while len(self._levels) - 1 < depth:
            self._levels.append(_Level())
        return self._levels[depth]


def joined(pieces: Sequence[str]) -> str:
    """One text; a sign beyond the first 65,536 comes in two halves."""
    return "".join(pieces).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _placed(definition: Definition, cells: Sequence[list[Block]]) -> list[_Placed]:
    """The cells of a row that are seen, each with where it stands."""
    found: list[_Placed] = []
    left = definition.left
    for at, blocks in enumerate(cells):
        stated = at < len(definition.slots)
        slot = definition.slots[at] if stated else Slot(left + 2 * _TWIN, beside=False, below=False)
        right = max(slot.right, left)
        if slot.beside and found:
            found[-1] = (found[-1][0], right, *found[-1][2:])
        else:
            found.append((left, right, slot.below, blocks))
        left = right
    return found


def _table(rows: Sequence[Sequence[_Placed]]) -> Table:
    """A table of these rows. Raises Unreadable over a cap."""
    edges = _columns(sorted({edge for row in rows for left, right, _, _ in row for edge in (left, right)}))
    table = Table()
    above: dict[tuple[int, int], tuple[int, int]] = {}  # (column, width) in the row before to where that cell begins
    area = 0
    for row, cells in enumerate(rows, 1):
        here: dict[tuple[int, int], tuple[int, int]] = {}
        free = 1
        for left, right, below, blocks in cells:
            column = max(bisect_right(edges, left), free)
            free = max(bisect_right(edges, right), column + 1)
            width = free - column
            at = above.get((column, width), (row, column)) if below else (row, column)
            here[column, width] = at
            area += width
            if area > SLOTS_CAP or free > COLUMNS_CAP:
                raise too_large(f"ตารางมีเกิน {SLOTS_CAP:,} ช่อง หรือเกิน {COLUMNS_CAP} คอลัมน์")
            if at[0] == row:
                table.cells[at] = blocks
            if at[0] < row or width > 1:
                table.spans[at] = row - at[0] + 1, width
        above = here
    return table


def _columns(edges: Sequence[int]) -> list[int]:
    """The edges at which columns begin, those that are twins of the one before left out."""
    found: list[int] = []
    for edge in edges:
        if not found or edge - found[-1] > _TWIN:
            found.append(edge)
    return found
