"""A very long list in a workbook: each row goes to disk when it is done, so that a hundred thousand take no more memory than ten."""

import zipfile
from typing import Any, cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from bot.documents.typography.worksheet import LINE, Page, sheet_title


class Roll(Page):
    """A new sheet at the end of ``workbook``, whose rows cannot be changed once they are left.

    What stands above the rows in the file (widths, frozen rows) must be set before the first ``next``. Save with ``Writer``.
    """

    def __init__(self, workbook: Workbook, title: str, widths: tuple[float, ...]) -> None:
        # The library writes row by row only in workbooks that do nothing else; the sheet itself works in any.
        sheet = WriteOnlyWorksheet(workbook, sheet_title(title, workbook.sheetnames))
        workbook._sheets.append(sheet)  # type: ignore[attr-defined]  # noqa: SLF001 - see above
        super().__init__(cast("Worksheet", sheet), widths)
        self._cells: dict[int, Cell] = {}

    def cell(self, column: int) -> Cell:
        """A fresh cell of the current row."""
        fresh: Any = WriteOnlyCell(self.sheet)
        fresh.row, fresh.column = self.row, column
        self._cells[column] = fresh
        return cast("Cell", fresh)

    def merge(self, cell: Cell, bottom: int, right: int) -> None:
        """Merges within the current row."""
        if bottom != self.row:
            raise ValueError("a roll merges within a row")
        self.sheet.merged_cells.ranges.add(CellRange(None, cell.column, self.row, right, bottom))
        for column in range(cell.column + 1, right + 1):
            self.dress(self.cell(column), str(cell.style))

    def next(self, height: float = LINE) -> None:
        """Writes the current row, that high in points, and goes to the next."""
        self.sheet.row_dimensions[self.row].height = height
        self.sheet.append([self._cells.get(column) for column in range(1, self.columns + 1)])
        del self.sheet.row_dimensions[self.row]
        self._cells.clear()
        self.row += 1


class Writer(ExcelWriter):
    """The library's writer, which besides knows sheets that are written already."""

    _archive: zipfile.ZipFile

    def write_worksheet(self, ws: Any) -> None:
        """As the library does it in workbooks of such sheets alone."""
        if not isinstance(ws, WriteOnlyWorksheet):
            super().write_worksheet(ws)
            return
        sheet: Any = ws
        sheet._drawing = SpreadsheetDrawing()  # noqa: SLF001 - the library's own protocol between sheet and writer
        if not sheet.closed:
            sheet.close()
        sheet._rels = sheet._writer._rels  # noqa: SLF001 - see above
        self._archive.write(sheet._writer.out, sheet.path[1:])  # noqa: SLF001 - see above
        self.manifest.append(sheet)
        sheet._writer.cleanup()  # noqa: SLF001 - see above
