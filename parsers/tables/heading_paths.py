"""The headings above each column of a header: its path, from the top to the lowest, across merges and lost merges.

Owns over which columns a heading reaches. What a heading means is for ``headings``.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from parsers.grid import Cell, Grid
from parsers.tables.headings import Headings
from parsers.tables.likeness import EXACT, nearest

PATHS = 60_000  # headings of columns put together in one grid; only made sheets need more

FIXED = frozenset({"organisation", "number", "type", "district", "row"})  # what no question is headed by

Anchor = tuple[int, int]
Paths = Mapping[int, Sequence[Anchor]]


class HeadingPaths:
    """The paths in one grid, of which there is a limit: ``left`` says how many more are put together."""

    def __init__(self, grid: Grid, headings: Headings, covering: Mapping[int, Sequence[int]]) -> None:
        """``covering``: columns of each row that show something, merged cells from above included."""
        self.grid, self.headings, self.covering = grid, headings, covering
        self.left = PATHS
        self.blocks: frozenset[int] = frozenset()  # rows whose texts reach over all blanks to their right

    def above(self, rows: Sequence[int], column: int) -> list[Anchor]:
        """Anchors of the headings above a column, top to bottom; a group's heading reaches over the blanks beside it."""
        self.left -= 1
        path: list[Anchor] = []
        for row in rows:
            cell = self.grid.at(row, column)
            if cell.blank and row != rows[-1]:
                beside = self._block_beside(row, column)
                if beside is None and not self._stands_alone(rows[-1], column):
                    beside = self._group_beside(row, column)
                cell = beside or self._label_beside(rows, row, column) or cell
            if not cell.blank and (cell.row, cell.column) not in path:
                path.append((cell.row, cell.column))
        return path

    def _stands_alone(self, row: int, column: int) -> bool:
        """Whether a column's lowest heading names a question of no group: a group's heading left of it does not reach so far."""
        fits = self.headings.fits([self.grid.at(row, column).text])
        near = nearest({key: fit.score for key, fit in fits.items()})
        return len(near) == 1 and fits[near[0]].label >= EXACT and not self.headings.form.find(near[0]).group

    def _block_beside(self, row: int, column: int) -> Cell | None:
        at = bisect_left(self.covering[row], column) if row in self.blocks else 0
        beside = self.grid.at(row, self.covering[row][at - 1]) if at else None
        return beside if beside and not self.headings.says(beside.text) & FIXED else None

    def _group_beside(self, row: int, column: int) -> Cell | None:
        at = bisect_left(self.covering[row], column)
        beside = self.grid.at(row, self.covering[row][at - 1]) if at else None
        if beside and self.headings.is_group(beside.text) and "organisation" not in self.headings.says(beside.text):
            return beside
        return None

    def _label_beside(self, rows: Sequence[int], row: int, column: int) -> Cell | None:
        """A label whose merge was lost, left of a blank: both have headings below which are no labels themselves."""
        at = bisect_left(self.covering[row], column)
        left = self.covering[row][at - 1] if at else 0
        beside = self.grid.at(row, left)
        if not left or not self.headings.fits([beside.text]) or self._stands_aside(rows, row, left):
            return None
        below = [self.grid.at(rows[-1], each) for each in range(left, column + 1)]
        parts = [cell.row > row and not cell.blank and not self.headings.fits([cell.text]) for cell in below]
        return beside if all(parts) and not any("organisation" in self.headings.says(c.text) for c in below) else None

    def _stands_aside(self, rows: Sequence[int], row: int, column: int) -> bool:
        """Whether some heading left of a label has none above it: then the labels may not stand over their own columns."""
        for left in self.covering[rows[-1]][: bisect_left(self.covering[rows[-1]], column)]:
            above = self.grid.at(row, left)
            if not above.blank and not self.headings.says(above.text) & FIXED:
                return False
            if above.blank and not self.headings.says(self.grid.at(rows[-1], left).text) & FIXED:
                return True
        return False

    def anchor(self, row: int, column: int) -> Anchor:
        """Where what a person sees in a cell is stored."""
        cell = self.grid.at(row, column)
        return cell.row, cell.column

    def texts(self, path: Sequence[Anchor]) -> list[str]:
        """The words of headings."""
        return [self.grid.cells[at].text for at in path]

    def runs_of(self, paths: Paths, word: str) -> list[tuple[int, ...]]:
        """Columns headed by a fixed word, those under one merged heading together."""
        found: dict[Anchor, list[int]] = {}
        for column, path in paths.items():
            for at in path:
                if word in self.headings.says(self.grid.cells[at].text):
                    found.setdefault(at, []).append(column)
                    break
        return [tuple(columns) for columns in found.values()]

    def left_edge(self, paths: Paths, column: int) -> int:
        """Where the block of a name column begins: at the number or type columns just before it."""
        while column - 1 in paths and any(
            self.headings.says(text) & {"number", "type", "district"} for text in self.texts(paths[column - 1])
        ):
            column -= 1
        return column
