"""A workbook's file: the library's own, but that rows become text at once, an element of XML for each cell being four times the work.

What the rows hold for programs that read them is the same (ECMA-376, part 1, 18.3.1.4 and 18.3.1.73). Nothing in the file
tells the time of its making.
"""

import functools
import io
import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from decimal import Decimal
from typing import IO, Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.compat import safe_string
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter


@functools.lru_cache(maxsize=1 << 15)  # the same names and words stand in thousands of rows
def _text(value: str) -> str:
    kept = ' xml:space="preserve"' if value != value.strip() else ""
    return f't="inlineStr"><is><t{kept}>{escape(value, {chr(13): "&#13;"})}</t></is></c>'


def cell_text(place: str, look: str, value: object) -> str:
    """One cell: ``place`` is its address, ``look`` the attribute of its style or nothing. Text stays text, whatever it says."""
    if value is None:
        return f'<c r="{place}"{look} t="n"/>'
    if isinstance(value, str):
        return f'<c r="{place}"{look} {_text(value)}' if value else f'<c r="{place}"{look} t="inlineStr"/>'
    return f'<c r="{place}"{look} t="{"b" if isinstance(value, bool) else "n"}"><v>{safe_string(value)}</v></c>'


def row_text(number: int, height: float | None, cells: str) -> str:
    """A row with its ``cells``, ``height`` points high."""
    high = "" if height is None else f' ht="{safe_string(height)}" customHeight="1"'
    return f'<row r="{number}"{high}>{cells}</row>'


class Looks:
    """The numbers of styles as a workbook's file knows them, by what they are."""

    def __init__(self, workbook: Workbook) -> None:
        self._known: Any = workbook._cell_styles  # type: ignore[attr-defined]  # noqa: SLF001 - the library's own table of them
        self._attributes: dict[bytes, str] = {}

    def of(self, style: Any) -> str:
        """The attribute of a cell's ``_style``, which may have none."""
        if style is None:
            return ""
        key = style.tobytes()
        found = self._attributes.get(key)
        if found is None:
            found = self._attributes[key] = f' s="{self._known.add(style)}"' if any(style) else ""
        return found


class RolledSheet(Worksheet):
    """A sheet whose rows are text already."""

    def __init__(self, workbook: Workbook, title: str) -> None:
        super().__init__(workbook, title)
        self.rolled: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - read when the file is made, gone with the sheet


class _SheetWriter(WorksheetWriter):
    ws: Any
    xf: Any
    out: Any
    _rels: Any

    def __init__(self, ws: Worksheet, out: IO[bytes], looks: Looks) -> None:
        super().__init__(ws, out)
        self._looks = looks

    def write_dimensions(self) -> None:
        """As the library does it; of a rolled sheet nothing, as its own streamed sheets do."""
        if not isinstance(self.ws, RolledSheet):
            super().write_dimensions()

    def write_rows(self) -> None:
        """All rows, between what the library writes before and after them."""
        stream = self.xf.send(True)  # noqa: FBT003 - the library's word for it
        with stream.element("sheetData"):
            stream.flush()
            if isinstance(self.ws, RolledSheet):
                with self.ws.rolled as rolled:
                    rolled.seek(0)
                    shutil.copyfileobj(rolled, self.out)
            else:
                self._write_each(stream)
        self.xf.send(None)

    def _write_each(self, stream: Any) -> None:
        for number, row in self.rows():
            if all(map(_is_plain, row)):
                self.out.write(self._row(number, row).encode())
            else:
                self.write_row(stream, row, number)
                stream.flush()

    def _row(self, number: int, row: Iterable[Any]) -> str:
        dimension = self.ws.row_dimensions.get(number)
        attributes = dict(dimension) if dimension else {}
        said = "".join(f' {key}="{value}"' for key, value in attributes.items())
        look = self._looks.of
        cells = [
            cell_text(f"{get_column_letter(cell.column)}{number}", style, cell._value)  # noqa: SLF001 - asked for each cell of large tables
            for cell in row
            if (style := look(cell._style)) or cell._value is not None  # noqa: SLF001 - see above
        ]
        return f'<row r="{number}"{said}>{"".join(cells)}</row>'


_TYPES: dict[type, str] = {str: "s", int: "n", Decimal: "n", float: "n", bool: "b", type(None): "n"}


def _is_plain(cell: Any) -> bool:
    """Whether the cell holds a value alone: no formula, no day, no comment, no link."""
    known = _TYPES.get(type(cell._value)) == cell.data_type  # noqa: SLF001 - see above
    return known and cell._comment is None and cell.hyperlink is None  # noqa: SLF001 - see above


class _Undated(zipfile.ZipFile):
    """An archive whose entries bear no time of their own."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        super().writestr(_entry(str(zinfo_or_arcname)), data)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    return entry


class _Writer(ExcelWriter):
    _archive: zipfile.ZipFile

    def write_worksheet(self, ws: Any) -> None:
        """As the library does it, its rows by our own writer; ``_charts`` and the like are its protocol."""
        ws._drawing = SpreadsheetDrawing()  # noqa: SLF001 - see above
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images  # noqa: SLF001 - see above
        with tempfile.TemporaryFile() as out:
            writer = _SheetWriter(ws, out, Looks(self.workbook))
            writer.write()
            entry = _entry(ws.path[1:])
            entry.file_size = out.seek(0, io.SEEK_END)
            out.seek(0)
            with self._archive.open(entry, "w") as part:
                shutil.copyfileobj(out, part)
        ws._rels = writer._rels  # noqa: SLF001 - see above
        self.manifest.append(ws)


def to_file(workbook: Workbook) -> bytes:
    """The workbook as an xlsx file; the same workbook gives the same bytes."""
    final = io.BytesIO()
    _Writer(workbook, _Undated(final, "w")).save()
    return final.getvalue()
