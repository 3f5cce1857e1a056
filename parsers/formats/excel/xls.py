"""Old Excel workbooks (.xls) to grids.

Owns the meeting with xlrd: it only sees records made tame, and all that it raises comes out as Unreadable. Reads stored
values, never formulas, links or macros.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import xlrd

from parsers.findings import Code
from parsers.formats import cells
from parsers.formats.excel.xls_records import Nowhere, tame
from parsers.formats.sheets_read import Workbook, bound
from parsers.formats.unreadable import Unreadable, refusing
from parsers.grid import Cell, Grid, Merge


def read(data: bytes) -> Workbook:
    """Read a workbook. Raises Unreadable and nothing else."""
    with (
        refusing()
    ):  # XLRDError, CompDocError, AssertionError, struct.error, FormulaError, UnicodeDecodeError were seen
        stream = tame(data)
        book = xlrd.open_workbook(file_contents=stream.data, logfile=Nowhere(), formatting_info=True, ragged_rows=True)
        grids = [_Sheet(book, sheet).grid() for sheet in book.sheets()]
        if not grids:
            raise Unreadable(Code.FILE_UNREADABLE, "ไม่พบแผ่นงานในไฟล์")
        return bound(grids, stream.mark, links=stream.links)


class _Sheet:
    """One sheet being read. Its library counts rows and columns from 0."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self._book, self._sheet = book, sheet

    def grid(self) -> Grid:
        """The sheet as a grid."""
        sheet = self._sheet
        found = dict(self._cells())
        last_row = max((row for row, _ in found), default=0)
        last_column = max((column for _, column in found), default=0)
        stored = (Merge(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells)
        merges = cells.clipped(stored, last_row, last_column)
        for at in cells.covered(merges):
            found.pop(at, None)
        return Grid(
            sheet=str(sheet.name),
            cells=found,
            merges=merges,
            hidden=sheet.visibility != 0,
            hidden_rows=_hidden((at, row.hidden or row.height == 0) for at, row in sheet.rowinfo_map.items()),
            hidden_columns=_hidden(
                (at, column.hidden or column.width == 0) for at, column in sheet.colinfo_map.items() if at < last_column
            ),
        )

    def _cells(self) -> Iterator[tuple[cells.At, Cell]]:
        for row in range(self._sheet.nrows):
            for column, kind in enumerate(self._sheet.row_types(row)):
                if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                    continue
                cell = self._cell(row, column, kind)
                if cell:
                    yield (row + 1, column + 1), cell

    def _cell(self, row: int, column: int, kind: int) -> Cell | None:
        at, value = (row + 1, column + 1), self._sheet.cell_value(row, column)
        if kind == xlrd.XL_CELL_TEXT:
            return cells.lettering(at, self._runs(row, column, value), self._format(row, column))
        cell = self._other(at, value, kind)
        return cells.struck(cell) if cell and self._font(self._font_at(row, column))[1] else cell

    def _other(self, at: cells.At, value: Any, kind: int) -> Cell | None:
        shown_as = self._format(at[0] - 1, at[1] - 1)
        if kind == xlrd.XL_CELL_BOOLEAN:
            return cells.hidden_by(shown_as, cells.truth(at, value=bool(value)))
        if kind == xlrd.XL_CELL_ERROR:
            return cells.error(at, xlrd.error_text_from_code.get(value, "#ERROR!"))
        if kind == xlrd.XL_CELL_DATE:
            return cells.moment(at, value, shown_as, since_1904=self._book.datemode == 1)
        return cells.figure(at, value, shown_as)

    def _style(self, row: int, column: int) -> Any:
        """The style of a cell; None for one that is not there."""
        styles, at = self._book.xf_list, self._sheet.cell_xf_index(row, column)
        return styles[at] if 0 <= at < len(styles) else None

    def _font_at(self, row: int, column: int) -> int:
        style = self._style(row, column)
        return style.font_index if style else -1

    def _format(self, row: int, column: int) -> str:
        style = self._style(row, column)
        shown_as = self._book.format_map.get(style.format_key) if style else None
        return str(shown_as.format_str) if shown_as else ""

    def _runs(self, row: int, column: int, value: str) -> Iterator[tuple[str, str, bool]]:
        """A text in the runs of its fonts; what stands before the first run has the font of the cell."""
        runs = sorted(self._sheet.rich_text_runlist_map.get((row, column), ()))
        starts = [0, *(start for start, _ in runs), len(value)]
        fonts = [self._font_at(row, column), *(font for _, font in runs)]
        for index, font in enumerate(fonts):
            yield value[starts[index] : starts[index + 1]], *self._font(font)

    def _font(self, index: int) -> tuple[str, bool]:
        """The name of a font, and whether it is struck out."""
        fonts = self._book.font_list
        return (str(fonts[index].name), bool(fonts[index].struck_out)) if 0 <= index < len(fonts) else ("", False)


def _hidden(sizes: Iterable[tuple[int, bool]]) -> frozenset[int]:
    return frozenset(at + 1 for at, hidden in sizes if hidden)
