"""openpyxl, told to go on where one attribute or value is odd: the cell is lost at most, and never without a word.

Owns what is taken for what in malformed rows, columns, cells and texts. Sees parts that were made tame.
"""

import re
from typing import Any, NamedTuple

from openpyxl.cell import Cell
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.worksheet.dimensions import ColumnDimension, RowDimension
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.constants import SHARED_STRINGS
from openpyxl.xml.functions import iterparse

from parsers.values.symbol_fonts import raised

# "1", " 16384 ": number of a column.
_COUNT = re.compile(r"\s{0,9}\d{1,7}\s{0,9}")
# "15", "14.4000000001": height or width.
_SIZE = re.compile(r"\d{1,6}(?:\.\d{1,20})?")
# "1", "true" (xsd:boolean).
_FLAG = re.compile(r"[01]|true|false")
_CELL = {
    # "C7", "XFD1048576".
    "r": re.compile(r"[A-Za-z]{1,3}[1-9]\d{0,6}"),
    # Number of a style; Excel has 65,490.
    "s": re.compile(r"\d{1,5}"),
    # The kinds of cells of ECMA-376 part 1, 18.18.11.
    "t": re.compile(r"b|d|e|inlineStr|n|s|str"),
}
# "7", and "7.0" as some programs write it.
_ROW = {"r": re.compile(r"\d{1,7}(?:\.0{1,9})?"), "hidden": _FLAG, "ht": _SIZE}
_COLUMN = {"min": _COUNT, "max": _COUNT, "hidden": _FLAG, "width": _SIZE}
_TRUTHS = {"true": True, "false": False}
_ON = frozenset({"", "1", "true", "on"})


class Run(NamedTuple):
    """A stretch of a text; ``font`` is empty and ``struck`` None where the cell's own count."""

    text: str
    font: str
    struck: bool | None


class Reader(ExcelReader):
    """Reads the sheets into ``sheets``: the name of each as it stands, whether it is shown, its part and its content."""

    def __init__(self, source: Any) -> None:
        super().__init__(source, data_only=True, keep_links=False, rich_text=True)
        self.shared_strings: Any = []
        self.sheets: list[tuple[str, bool, str, Worksheet]] = []

    def read_strings(self) -> None:
        """The shared texts."""
        package: Any = self.package
        if found := package.find(SHARED_STRINGS):
            with self.archive.open(found.PartName[1:]) as source:
                for _, node in iterparse(source):
                    if _local(node) == "si":
                        self.shared_strings.append(text_of(node))
                        node.clear()

    def read_worksheets(self) -> None:
        """The sheets that are there; charts are none."""
        for sheet, relation in self.parser.find_sheets():
            if relation.target in self.valid_files and "chartsheet" not in relation.Type:
                made = self.wb.create_sheet()
                with self.archive.open(relation.target) as source:
                    _fill(made, source, self.shared_strings)
                # The library's own place for a name refuses some that other programs allow.
                self.sheets.append((sheet.name, sheet.state == "visible", relation.target, made))


def _fill(sheet: Worksheet, source: Any, strings: Any) -> None:
    book: Any = sheet.parent
    looks = book._date_formats, book._timedelta_formats  # noqa: SLF001 - as the library's own reader of sheets
    parser = _Parser(
        source, strings, data_only=True, epoch=book.epoch, date_formats=looks[0], timedelta_formats=looks[1]
    )
    styles = book._cell_styles  # noqa: SLF001 - see above
    for _, row in parser.parse():
        for said in row:
            at, style = (said["row"], said["column"]), said["style_id"]
            cell: Any = Cell(sheet, *at, style_array=styles[style] if style < len(styles) else StyleArray())
            cell._value, cell.data_type = said["value"], said["data_type"]  # noqa: SLF001 - its setter would guess a kind
            sheet._cells[at] = cell  # noqa: SLF001 - see above
    for name, size in parser.column_dimensions.items():
        sheet.column_dimensions[name] = ColumnDimension(sheet, **size)
    for name, size in parser.row_dimensions.items():
        sheet.row_dimensions[int(name)] = RowDimension(sheet, **size)


class _Parser(WorkSheetParser):
    """Rows, columns and cells without what is malformed in them."""

    def parse_row(self, row: Any) -> Any:
        """A row's number and its cells."""
        _tidy(row, _ROW)
        return super().parse_row(row)

    def parse_column_dimensions(self, col: Any) -> None:
        """A stretch of columns."""
        _tidy(col, _COLUMN)
        if col.get("min", "0").strip() != "0":
            super().parse_column_dimensions(col)

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """A cell; one whose value is not of its kind is a text or an error."""
        _tidy(element, _CELL)
        inline = next((child for child in element if _local(child) == "is"), None)
        value = next((child for child in element if _local(child) == "v"), None)
        # A text of its own is one, whatever the cell says of its kind; other programs show it.
        if inline is not None and (value is None or element.get("t") == "inlineStr"):
            element.remove(inline)
            return super().parse_cell(element) | {"value": text_of(inline) or None, "data_type": "s"}
        before = self.col_counter
        try:
            return super().parse_cell(element)
        except (ValueError, IndexError, OverflowError):
            said, kind = (value.text or "").strip() if value is not None else "", element.get("t", "n")
        self.col_counter = before
        element.remove(value)
        if said.lower() in _TRUTHS and kind == "b":
            found: tuple[object, str] = _TRUTHS[said.lower()], "b"
        else:
            found = (said, "s") if kind in ("n", "d") else ("#VALUE!", "e")
        return super().parse_cell(element) | {"value": found[0], "data_type": found[1]}


def _tidy(element: Any, known: dict[str, re.Pattern[str]]) -> None:
    """Leave an element only attributes that are known and well formed."""
    for name, said in list(element.attrib.items()):
        if name not in known or not known[name].fullmatch(said):
            del element.attrib[name]


def text_of(node: Any) -> str | tuple[Run, ...]:
    """A text as it stands in a part: plain, or in runs. How it is spoken (``rPh``) is no part of it."""
    runs: list[Run] = []
    for child in node:
        if _local(child) == "t":
            runs.append(Run((child.text or "").replace("x005F_", ""), "", None))
        elif _local(child) == "r":
            runs.append(_run(child))
    if len(runs) > 1 or any(run.font or run.struck is not None for run in runs):
        return tuple(runs)
    return runs[0].text if runs else ""


def _run(node: Any) -> Run:
    words, font, high = [], "", False
    struck: bool | None = None
    for child in node:
        if _local(child) == "t":
            words.append((child.text or "").replace("x005F_", ""))
        elif _local(child) == "rPr":
            struck = False  # what a run says of its font goes before the cell's
        for mark in child if _local(child) == "rPr" else ():
            said = str(mark.get("val") or "")
            if _local(mark) == "rFont":
                font = said
            elif _local(mark) == "strike":
                struck = said in _ON
            elif _local(mark) == "vertAlign":
                high = said == "superscript"
    return Run(raised("".join(words)) if high else "".join(words), font, struck)


def _local(node: Any) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
