"""openpyxl, told to go on where one attribute or value is odd: the cell is lost at most, and never without a word.

Owns what is taken for what in malformed rows, columns, cells and texts. Sees parts that were made tame.
"""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from openpyxl.packaging.custom import CustomPropertyList
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.worksheet.dimensions import ColumnDimension, RowDimension
from openpyxl.xml.functions import fromstring, iterparse

from parsers.formats.office_zip.sheet_styles import Font, Styles
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


class Stored(NamedTuple):
    """A cell as it is stored: its value, of the kind that openpyxl names by a letter, and the number of its style."""

    value: Any
    kind: str
    style: int


class Look(NamedTuple):
    """How a style shows a cell: by which number format, in which font."""

    number_format: str
    font: Font


@dataclass
class Content:
    """What a sheet holds: its cells by row and column, and its rows and columns that say of themselves."""

    cells: dict[tuple[int, int], Stored] = field(default_factory=dict)
    rows: dict[int, RowDimension] = field(default_factory=dict)
    columns: list[ColumnDimension] = field(default_factory=list)


class Reader:
    """Reads the sheets of one workbook, whose shared texts and styles count for all of them."""

    def __init__(self, strings: bytes, styles: Styles, *, since_1904: bool) -> None:
        self._strings = _texts(strings) if strings else []
        self._epoch = CALENDAR_MAC_1904 if since_1904 else CALENDAR_WINDOWS_1900
        self.looks = [
            Look(_format(number, styles.own), font) for number, font in zip(styles.formats, styles.fonts, strict=True)
        ]
        self.plain = Look("General", styles.first)
        codes = [styles.own.get(number) or BUILTIN_FORMATS.get(number) for number in styles.formats]
        self._dates = {at for at, code in enumerate(codes) if is_date_format(code)}
        self._spans = {at for at, code in enumerate(codes) if is_timedelta_format(code)}

    def look(self, style: int) -> Look:
        """How a cell of this style is shown; one of no style that is there is plain."""
        return self.looks[style] if style < len(self.looks) else self.plain

    def sheet(self, part: bytes) -> Content:
        """What a sheet's part holds. Raises what the library raises."""
        parser = _Parser(
            io.BytesIO(part),
            self._strings,
            data_only=True,
            epoch=self._epoch,
            date_formats=self._dates,
            timedelta_formats=self._spans,
        )
        found = Content()
        for _, row in parser.parse():
            for said in row:
                found.cells[said["row"], said["column"]] = Stored(said["value"], said["data_type"], said["style_id"])
        nowhere: Any = None  # they ask a sheet for looks only
        found.rows = {int(name): RowDimension(nowhere, **size) for name, size in parser.row_dimensions.items()}
        found.columns = [ColumnDimension(nowhere, **size) for size in parser.column_dimensions.values()]
        return found


def properties_of(part: bytes) -> list[tuple[str, str]]:
    """The properties that people gave a workbook, by name. Raises what the library raises."""
    root: Any = fromstring(part)
    listed: Any = CustomPropertyList.from_tree(root)
    return [(each.name, str(each.value)) for each in listed]


def _texts(part: bytes) -> list[Any]:
    """The shared texts."""
    found: list[Any] = []
    for _, node in iterparse(io.BytesIO(part)):
        if _local(node) == "si":
            found.append(text_of(node))
            node.clear()
    return found


def _format(number: int, own: Mapping[int, str]) -> str:
    return own.get(number) or BUILTIN_FORMATS.get(number, "General")


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
