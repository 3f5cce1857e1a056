"""A very long list in a workbook: each row goes to disk when it is done, so that a hundred thousand take no more memory than ten."""

import functools
from collections.abc import Iterable
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from bot.documents.typography.sheet_writer import Looks, RolledSheet, cell_text, row_text
from bot.documents.typography.worksheet import FORMULA_SIGNS, LINE, Content, Page, sheet_title, writable


class Roll(Page):
    """A new sheet at the end of ``workbook``, whose rows cannot be changed once they are left."""

    def __init__(self, workbook: Workbook, title: str, widths: tuple[float, ...]) -> None:
        self._sheet = RolledSheet(workbook, sheet_title(title, workbook.sheetnames))
        workbook._add_sheet(self._sheet)  # type: ignore[attr-defined]  # noqa: SLF001 - how the library adds its own kinds
        super().__init__(self._sheet, widths)
        self._known = Looks(workbook)
        self._cells: dict[int, Any] = {}  # of the current row, by column
        self._filled = ""
        self._attributes: dict[tuple[str, bool], str] = {}
        self._letters = [get_column_letter(column) for column in range(1, self.columns + 1)]

    def cell(self, column: int) -> Cell:
        """A fresh cell of the current row."""
        fresh = self._cells[column] = Cell(self.sheet, row=self.row, column=column)
        return fresh

    def fill(self, values: Iterable[Content], style: str) -> None:
        """Writes the current row as text; no cell is made, which is most of the work of a long list."""
        plain, number, parts = self._look(style, quoted=False), str(self.row), []
        for letter, value in zip(self._letters, values, strict=False):
            look, text = plain, value
            if isinstance(value, str):
                text, quoted = _shown(value)
                look = self._look(style, quoted=True) if quoted else plain
            parts.append(cell_text(letter + number, look, text))
        self._filled = "".join(parts)

    def _look(self, style: str, *, quoted: bool) -> str:
        found = self._attributes.get((style, quoted))
        if found is None:
            cell: Any = Cell(self.sheet, row=1, column=1)
            self.dress(cell, style)
            if quoted:
                cell.quotePrefix = True
            found = self._attributes[style, quoted] = self._known.of(cell._style)  # noqa: SLF001 - an array of numbers
        return found

    def merge(self, cell: Cell, bottom: int, right: int) -> None:
        """Merges within the current row."""
        if bottom != self.row:
            raise ValueError("a roll merges within a row")
        self.sheet.merged_cells.ranges.add(CellRange(None, cell.column, self.row, right, bottom))
        for column in range(cell.column + 1, right + 1):
            self.dress(self.cell(column), str(cell.style))

    def next(self, height: float = LINE) -> None:
        """Writes the current row, that high in points, and goes to the next."""
        made = [
            cell_text(cell.coordinate, self._known.of(cell._style), cell.value)  # noqa: SLF001 - the style as an array of numbers
            for _, cell in sorted(self._cells.items())
        ]
        self._sheet.rolled.write(row_text(self.row, height, self._filled + "".join(made)).encode())
        self._cells.clear()
        self._filled = ""
        self.row += 1


@functools.lru_cache(maxsize=1 << 15)  # the same names and words stand in thousands of rows
def _shown(value: str) -> tuple[str, bool]:
    """The text as a cell holds it, and whether it begins as a formula does."""
    text = writable(value)
    return text, text.startswith(FORMULA_SIGNS)
