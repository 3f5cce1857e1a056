"""A workbook's file: the library's own, but that rows become text at once, an element of XML for each cell being four times the work.

What the rows hold for programs that read them is the same (ECMA-376, part 1, 18.3.1.4 and 18.3.1.73). Nothing in the file
tells the time of its making.
"""

import functools
import io
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import IO, Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.compat import safe_string
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from bot.documents.typography.formula_results import Result, typed

Results = Mapping[str, Result]  # of a sheet's formulas, by cell


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


def formula_text(place: str, look: str, formula: str, result: Result | None) -> str:
    """The same for a ``formula``, which begins with its sign, and what it comes to, where that is known."""
    kind, value = ("", "") if result is None else typed(result)
    kept = f' t="{kind}"' if kind else ""
    return f'<c r="{place}"{look}{kept}><f>{escape(formula[1:])}</f><v>{escape(value)}</v></c>'


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

    def __init__(self, ws: Worksheet, out: IO[bytes], looks: Looks, results: Results) -> None:
        super().__init__(ws, out)
        self._looks = looks
        self._results = results

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
            self._cell(f"{get_column_letter(cell.column)}{number}", style, cell)
            for cell in row
            if (style := look(cell._style)) or cell._value is not None  # noqa: SLF001 - see above
        ]
        return f'<row r="{number}"{said}>{"".join(cells)}</row>'

    def _cell(self, place: str, look: str, cell: Any) -> str:
        value = cell._value  # noqa: SLF001 - asked for each cell of large tables
        if cell.data_type == FORMULA:
            return formula_text(place, look, value, self._results.get(place))
        return cell_text(place, look, value)


FORMULA = "f"
_TYPES: dict[type, str] = {str: "s", int: "n", Decimal: "n", float: "n", bool: "b", type(None): "n"}


def _is_plain(cell: Any) -> bool:
    """Whether the cell holds a value or a formula alone: no formula of several cells, no day, no comment, no link."""
    kind = type(cell._value)  # noqa: SLF001 - see above
    known = _TYPES.get(kind) == cell.data_type or (kind is str and cell.data_type == FORMULA)
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
    results: Mapping[str, Results]  # by the sheet's name

    def write_worksheet(self, ws: Any) -> None:
        """As the library does it, its rows by our own writer; ``_charts`` and the like are its protocol."""
        ws._drawing = SpreadsheetDrawing()  # noqa: SLF001 - see above
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images  # noqa: SLF001 - see above
        with tempfile.TemporaryFile() as out:
            writer = _SheetWriter(ws, out, Looks(self.workbook), self.results.get(ws.title, {}))
            writer.write()
            entry = _entry(ws.path[1:])
            entry.file_size = out.seek(0, io.SEEK_END)
            out.seek(0)
            with self._archive.open(entry, "w") as part:
                shutil.copyfileobj(out, part)
        ws._rels = writer._rels  # noqa: SLF001 - see above
        self.manifest.append(ws)


def to_file(workbook: Workbook, results: Mapping[str, Results] = MappingProxyType({})) -> bytes:
    """The workbook as an xlsx file, with these ``results`` of formulas by sheet and cell; the same workbook gives the same bytes."""
    final = io.BytesIO()
    writer = _Writer(workbook, _Undated(final, "w"))
    writer.results = results
    writer.save()
    return final.getvalue()
