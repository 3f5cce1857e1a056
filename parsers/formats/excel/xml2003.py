"""XML Spreadsheet 2003 workbooks to grids: what web systems often hand out under the name .xls.

Owns the walk over their XML ("XML Spreadsheet Reference", Microsoft). Reads stored values, never formulas.
"""

import dataclasses
import datetime
import io
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from parsers.findings import Code
from parsers.formats import cells
from parsers.formats.excel.xml2003_styles import Style, Styles, attribute, local, number, runs
from parsers.formats.office_zip.checked_package import CELLS_CAP, SHEETS_CAP
from parsers.formats.office_zip.sheet_range_merges_formulas import ELEMENTS_CAP, MERGES_CAP, root_of
from parsers.formats.sheets_read import META_PROPERTY, Mark, Workbook, bound, mark_of
from parsers.formats.unreadable import Unreadable, refusing, too_large
from parsers.grid import Cell, CellKind, Grid, Merge
from parsers.thai import charsets

SIZE_CAP = 48 << 20  # the XML of 200,000 cells is some 20 MB
LAST_ROW, LAST_COLUMN = 1 << 20, 1 << 14
# `<?xml version="1.0" encoding="windows-874"?>`: the text is decoded as all Thai text is, and handed on as UTF-8
# without this line.
_DECLARATION = re.compile(rb"\s{0,100}<\?xml\s[^>]{0,300}\?>")
# `encoding="windows-874"`, `encoding='tis-620'`.
_ENCODING = re.compile(rb"encoding\s{0,10}=\s{0,10}[\"']([A-Za-z0-9_.-]{2,40})")
_READ = ("Style", "Worksheet", "Table", "Column", "Row", "Visible", META_PROPERTY)
_MIDNIGHT = datetime.time()


def read(data: bytes) -> Workbook:
    """Read a workbook. Raises Unreadable and nothing else."""
    with refusing():
        if len(data) > SIZE_CAP:
            raise too_large(f"เกิน {SIZE_CAP >> 20} เมกะไบต์")
        source = _in_utf8(data)
        root_of(io.BytesIO(source))  # no document type, and with it no entities
        reader = _Reader()
        for event, element in _events(source):
            reader.take(event, element)
        if not reader.grids:
            raise Unreadable(Code.FILE_UNREADABLE, "ไม่พบแผ่นงานในไฟล์")
        return bound(reader.grids, reader.mark)


def _in_utf8(data: bytes) -> bytes:
    """The XML in UTF-8 and without its declaration, whatever charset that names: Thai ones are not known to every parser."""
    declared = _DECLARATION.match(data)
    named = _ENCODING.search(declared[0]) if declared else None
    words = charsets.decode(data, named[1].decode("ascii") if named else "utf-8").lstrip()
    if words.startswith("<?xml"):
        words = words.partition("?>")[2].lstrip()
    return words.encode("utf-8", "replace")


def _events(source: bytes) -> Iterator[tuple[str, Any]]:
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True}
    tags = tuple(f"{{*}}{name}" for name in _READ)
    return iter(etree.iterparse(io.BytesIO(source), ("start", "end"), tag=tags, remove_pis=True, **options))


class _Reader:
    """One walk over the workbook, row by row, each row forgotten once it is read."""

    def __init__(self) -> None:
        self.grids: list[Grid] = []
        self.mark: Mark | None = None
        self._styles = Styles()
        self._sheet: _Sheet | None = None
        self._elements = self._cells = self._merges = 0

    def take(self, event: str, element: Any) -> None:
        """One element that begins or ends."""
        name = local(element)
        if event == "start":
            if name == "Worksheet":
                self._sheet = _Sheet(attribute(element, "Name"), self._styles)
            elif name == "Table" and self._sheet:
                self._sheet.begin(element)
            return
        if name == "Style":
            self._styles.take(element)
        elif name == META_PROPERTY:
            circular, _, reporter = (element.text or "").partition(":")
            self.mark = mark_of({"ruam": "1", "circular": circular, "reporter": reporter})
        elif self._sheet:
            self._of_sheet(self._sheet, name, element)

    def _of_sheet(self, sheet: "_Sheet", name: str, element: Any) -> None:
        match name:
            case "Column":
                sheet.take_column(element)
            case "Row":
                self._elements += len(element) + 1
                sheet.take_row(element)
                self._check(sheet)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
            case "Visible":
                sheet.hidden = (element.text or "").strip() in ("SheetHidden", "SheetVeryHidden")
            case "Worksheet":
                self.grids.append(sheet.grid())
                self._cells, self._merges = self._cells + len(sheet.cells), self._merges + len(sheet.merges)
                self._sheet = None
                element.clear()

    def _check(self, sheet: "_Sheet") -> None:
        if self._elements > ELEMENTS_CAP:
            raise too_large(f"มีรายการเกิน {ELEMENTS_CAP:,} รายการ")
        if len(self.grids) >= SHEETS_CAP:
            raise too_large(f"มีแผ่นงานเกิน {SHEETS_CAP} แผ่น")
        if self._cells + len(sheet.cells) > CELLS_CAP:
            raise too_large(f"มีข้อมูลเกิน {CELLS_CAP:,} ช่อง")
        if self._merges + len(sheet.merges) > MERGES_CAP:
            raise too_large(f"มีช่องที่ผสานเกิน {MERGES_CAP:,} แห่ง")


class _Sheet:
    """One sheet being read."""

    def __init__(self, name: str, styles: Styles) -> None:
        self.name, self.hidden = name, False
        self.cells: dict[cells.At, Cell] = {}
        self.merges: list[Merge] = []
        self._styles = styles
        self._table = Style()
        self._row, self._left, self._column = 1, 1, 1  # where the next row, its first cell and the next column begin
        self._columns: dict[int, Style] = {}
        self._hidden_rows: list[range] = []
        self._hidden_columns: list[range] = []
        self._taken: dict[int, int] = {}  # column to the last row that a cell from above covers

    def begin(self, table: Any) -> None:
        """The sheet's table begins."""
        self._row, self._left = number(table, "TopCell", 1, LAST_ROW), number(table, "LeftCell", 1, LAST_COLUMN)
        self._column = self._left
        self._table = self._styles.of(table, Style())

    def take_column(self, element: Any) -> None:
        """A column, or a stretch of equal ones."""
        first = number(element, "Index", self._column, LAST_COLUMN)
        columns = range(first, min(first + number(element, "Span", 0, LAST_COLUMN), LAST_COLUMN) + 1)
        self._column = columns.stop
        self._columns.update(dict.fromkeys(columns, self._styles.of(element, self._table)))
        if _is_hidden(element, "Width"):
            self._hidden_columns.append(columns)

    def take_row(self, element: Any) -> None:
        """A row, or a stretch of empty ones."""
        row = number(element, "Index", self._row, LAST_ROW)
        rows = range(row, min(row + number(element, "Span", 0, LAST_ROW), LAST_ROW) + 1)
        self._row, column = rows.stop, self._left
        if _is_hidden(element, "Height"):
            self._hidden_rows.append(rows)
        for child in element:
            if local(child) != "Cell":
                continue
            if not attribute(child, "Index"):
                while self._taken.get(column, 0) >= row:  # nothing may vanish under a cell from above
                    column += 1
            column = number(child, "Index", column, LAST_COLUMN)
            style = self._styles.of(child, self._styles.of(element, self._columns.get(column, self._table)))
            column += self._take_cell(child, (row, column), style)

    def _take_cell(self, element: Any, at: cells.At, style: Style) -> int:
        """Take in a cell; how many columns it covers."""
        down, right = number(element, "MergeDown", 0, LAST_ROW), number(element, "MergeAcross", 0, LAST_COLUMN)
        if down or right:
            self.merges.append(Merge(*at, at[0] + down, at[1] + right))
        if down:
            self._taken.update(dict.fromkeys(range(at[1], at[1] + right + 1), at[0] + down))
        if cell := _cell(element, at, style):
            self.cells[at] = cell
        return right + 1

    def grid(self) -> Grid:
        """The sheet as a grid."""
        made = cells.sheet(self.name, self.cells, self.merges, self._hidden_rows, self._hidden_columns)
        return dataclasses.replace(made, hidden=self.hidden)


def _is_hidden(element: Any, size: str) -> bool:
    return attribute(element, "Hidden") in ("1", "true") or attribute(element, size) == "0"


def _cell(element: Any, at: cells.At, style: Style) -> Cell | None:
    data = next((child for child in element if local(child) == "Data"), None)
    if data is None:
        return Cell(*at, CellKind.UNCALCULATED) if attribute(element, "Formula") else None
    kind, said = attribute(data, "Type"), "".join(data.itertext()).strip()
    cell = _typed(kind, said, at, style.shown_as)
    if cell is None:
        cell = cells.lettering(at, runs(data, style), style.shown_as)
    elif style.struck:
        cell = cells.struck(cell)
    return cells.hidden(cell) if cell and style.invisible else cell


def _typed(kind: str, said: str, at: cells.At, shown_as: str) -> Cell | None:
    """A cell that is no text; None for one that is, or whose value is not of the kind it names."""
    try:
        match kind:
            case "Number":
                is_moment = cells.is_moment(shown_as)
                return cells.moment(at, float(said), shown_as) if is_moment else cells.figure(at, float(said), shown_as)
            case "Boolean":
                return cells.hidden_by(shown_as, cells.truth(at, value=bool(int(said))))
            case "DateTime":
                return _moment(datetime.datetime.fromisoformat(said), at, shown_as)
    except ValueError:
        return None
    return cells.error(at, said or "#ERROR!") if kind == "Error" else None


def _moment(when: datetime.datetime, at: cells.At, shown_as: str) -> Cell | None:
    if when.year < 1900 and when.time() != _MIDNIGHT:  # noqa: PLR2004 - a time of day stands on the day before all days
        return cells.words(at, [(str(when.time()), "")])
    return cells.hidden_by(shown_as, cells.day(at, when, buddhist=cells.in_buddhist_era(shown_as)))
