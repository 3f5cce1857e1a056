"""OpenDocument spreadsheets (.ods, .fods) to grids.

Owns the walk over their XML, under the caps of zipped office files. Reads stored values, never formulas, links or
macros; tracked changes are not read.
"""

import dataclasses
import io
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from lxml import etree

from parsers.findings import Code
from parsers.formats import cells
from parsers.formats.office_zip.checked_package import CELLS_CAP, SHEETS_CAP
from parsers.formats.office_zip.sheet_range_merges_formulas import MERGES_CAP
from parsers.formats.opendocument.cell import count, read_cell
from parsers.formats.opendocument.parts import opened, part_of, plain_xml
from parsers.formats.opendocument.styles import Styles, q
from parsers.formats.sheets_read import META_PROPERTY, Mark, Workbook, bound, mark_of
from parsers.formats.unreadable import DAMAGED, Unreadable, refusing, too_large
from parsers.grid import Cell, Grid, Merge

CONTENT_CAP = 64 << 20  # the XML of 200,000 cells is some 30 MB; a tree of its cells takes eight times as much
ELEMENTS_CAP = 1_000_000  # columns, rows and cells as written; that many take some seconds
LAST_ROW, LAST_COLUMN = 1 << 20, 1 << 14  # of any spreadsheet program
_HIDDEN = frozenset({"collapse", "filter"})


def read(data: bytes) -> Workbook:
    """Read a spreadsheet. Raises Unreadable and nothing else."""
    with refusing(), opened(data) as archive:
        names = archive.namelist()
        reader = _Reader()
        if "styles.xml" in names:
            reader.learn(part_of(archive, "styles.xml"))
        reader.walk(part_of(archive, "content.xml", CONTENT_CAP))
        if not reader.grids:
            raise Unreadable(Code.FILE_UNREADABLE, "ไม่พบแผ่นงานในไฟล์")
        mark = _mark(part_of(archive, "meta.xml")) if "meta.xml" in names else None
        return bound(reader.grids, mark, links=reader.links)


def read_flat(data: bytes) -> Workbook:
    """Read a spreadsheet that is one XML file (.fods). Raises Unreadable and nothing else."""
    with refusing():
        reader = _Reader()
        reader.learn(plain_xml(data, CONTENT_CAP))
        reader.walk(data)
        if not reader.grids:
            raise Unreadable(Code.FILE_UNREADABLE, "ไม่พบแผ่นงานในไฟล์")
        return bound(reader.grids, _mark(data), links=reader.links)


def _events(part: bytes, *tags: str) -> Iterator[tuple[str, Any]]:
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True}
    return iter(
        etree.iterparse(io.BytesIO(part), ("start", "end"), tag=tuple(map(q, tags)), remove_pis=True, **options)
    )


def _mark(part: bytes) -> Mark | None:
    try:
        for event, element in _events(part, "meta:user-defined"):
            if event == "end" and element.get(q("meta:name")) == META_PROPERTY:
                circular, _, reporter = (element.text or "").partition(":")
                return mark_of({"ruam": "1", "circular": circular, "reporter": reporter})
    except etree.XMLSyntaxError:  # broken properties are no reason not to read the sheets
        pass
    return None


class _Reader:
    """One walk over the content: sheet by sheet, row by row, each row forgotten once it is read."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self.links = False
        self._styles = Styles()
        self._sheet: _Sheet | None = None
        self._elements = self._cells = self._merges = 0

    def learn(self, part: bytes) -> None:
        """The styles of the document."""
        for event, element in _events(part, "office:font-face-decls", "office:styles"):
            if event == "end":
                self._styles.take(element)

    def walk(self, part: bytes) -> None:
        """The content."""
        ours = ("table:table", "table:table-column", "table:table-row", "table:table-source")
        for event, element in _events(part, "office:font-face-decls", "office:automatic-styles", *ours):
            self._take(event, element)

    def _take(self, event: str, element: Any) -> None:
        if element.tag == q("table:table"):
            self._table(event, element)
        elif event == "start":
            return
        elif element.tag == q("table:table-source"):
            self.links = True
            if self._sheet:
                self._sheet.linked = True
        elif element.tag not in (q("table:table-column"), q("table:table-row")):
            self._styles.take(element)
        elif self._sheet and self._sheet.owns(element):
            self._elements += len(element) + 1
            if self._elements > ELEMENTS_CAP:
                raise too_large(f"มีรายการเกิน {ELEMENTS_CAP:,} รายการ")
            if element.tag == q("table:table-column"):
                self._sheet.take_columns(element)
                return
            self._sheet.take_row(element)
            self._check(self._sheet)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]

    def _table(self, event: str, element: Any) -> None:
        parent = element.getparent()
        if parent is None or parent.tag != q("office:spreadsheet"):
            return
        if event == "start":
            self._sheet = _Sheet(element, self._styles)
            return
        sheet, self._sheet = self._sheet, None
        if sheet and not (sheet.linked and sheet.name.startswith("'")):  # not what was kept of another file
            self.grids.append(sheet.grid())
            self._cells, self._merges = self._cells + len(sheet.cells), self._merges + len(sheet.merges)
        if len(self.grids) > SHEETS_CAP:
            raise too_large(f"มีแผ่นงานเกิน {SHEETS_CAP} แผ่น")
        element.clear()

    def _check(self, sheet: "_Sheet") -> None:
        if self._cells + len(sheet.cells) > CELLS_CAP:
            raise too_large(f"มีข้อมูลเกิน {CELLS_CAP:,} ช่อง")
        if self._merges + len(sheet.merges) > MERGES_CAP:
            raise too_large(f"มีช่องที่ผสานเกิน {MERGES_CAP:,} แห่ง")


class _Sheet:
    """One sheet being read."""

    def __init__(self, element: Any, styles: Styles) -> None:
        self.name: str = element.get(q("table:name"), "")
        self.linked = False
        self.cells: dict[cells.At, Cell] = {}
        self.merges: list[Merge] = []
        self._element, self._styles = element, styles
        self._hidden = styles.hides(element.get(q("table:style-name"), ""))
        self._row = self._column = 1  # where the next one begins
        self._columns: list[tuple[int, str]] = []  # the last column of each stretch, and its style
        self._hidden_columns: list[range] = []
        self._hidden_rows: list[range] = []

    def owns(self, element: Any) -> bool:
        """Whether a row or column is of this sheet and not of a table inside a cell."""
        return any(ancestor is self._element for ancestor in _until_cell(element))

    def take_columns(self, element: Any) -> None:
        """A stretch of columns."""
        columns = range(self._column, self._column + count(element, "table:number-columns-repeated"))
        if element.get(q("table:visibility")) in _HIDDEN:
            self._hidden_columns.append(columns)
        self._column = columns.stop
        self._columns.append((columns.stop - 1, element.get(q("table:default-cell-style-name"), "")))

    def take_row(self, element: Any) -> None:
        """A row, or a stretch of equal rows."""
        rows = range(self._row, self._row + count(element, "table:number-rows-repeated"))
        if element.get(q("table:visibility")) in _HIDDEN:
            self._hidden_rows.append(rows)
        self._row, column = rows.stop, 1
        style = element.get(q("table:default-cell-style-name"), "")
        for child in element.iterchildren(q("table:table-cell"), q("table:covered-table-cell")):
            columns = range(column, column + count(child, "table:number-columns-repeated"))
            column = columns.stop
            if child.tag == q("table:table-cell"):
                self._take_cell(child, rows, columns, style)

    def _take_cell(self, element: Any, rows: range, columns: range, style: str) -> None:
        at = rows.start, columns.start
        down, right = (count(element, f"table:number-{what}-spanned") for what in ("rows", "columns"))
        spans = down > 1 or right > 1
        style = element.get(q("table:style-name")) or style or self._column_style(at[1])
        cell = read_cell(element, at, style, self._styles)
        if cell is None:
            if spans:
                self.merges.append(Merge(*at, at[0] + down - 1, at[1] + right - 1))
            return
        if rows.stop > LAST_ROW + 1 or columns.stop > LAST_COLUMN + 1:
            raise Unreadable(Code.FILE_UNREADABLE, DAMAGED)
        if len(self.cells) + len(rows) * len(columns) > CELLS_CAP:
            raise too_large(f"มีข้อมูลเกิน {CELLS_CAP:,} ช่อง")
        for row in rows:
            for column in columns:
                self.cells[row, column] = Cell(row, column, cell.kind, cell.text, cell.number, cell.date, cell.percent)
                if spans:
                    self.merges.append(Merge(row, column, row + down - 1, column + right - 1))

    def _column_style(self, column: int) -> str:
        at = bisect_left(self._columns, column, key=lambda stretch: stretch[0])
        return self._columns[at][1] if at < len(self._columns) else ""

    def grid(self) -> Grid:
        """The sheet as a grid."""
        made = cells.sheet(self.name, self.cells, self.merges, self._hidden_rows, self._hidden_columns)
        return dataclasses.replace(made, hidden=self._hidden)


def _until_cell(element: Any) -> Iterator[Any]:
    for ancestor in element.iterancestors():
        if ancestor.tag == q("table:table-cell"):
            return
        yield ancestor
