"""Binary Excel workbooks (.xlsb) to grids.

Owns the walk over their sheets, under the caps of zipped office files. An own walk: the library at hand knows neither
fonts, merges nor errors of this format, and damaged files end its process. Reads stored values, never formulas or macros.
"""

import io
import posixpath
import re
import struct
import zipfile
from typing import ClassVar

from lxml import etree

from parsers.findings import Code
from parsers.formats import cells
from parsers.formats.excel import xlsb_records
from parsers.formats.excel.xlsb_records import Rich, SheetEntry, Styles, records, rich, wide
from parsers.formats.office_zip.checked_package import CELLS_CAP, SHEETS_CAP, checked
from parsers.formats.office_zip.sheet_range_merges_formulas import MERGES_CAP, root_of
from parsers.formats.sheets_read import META_PROPERTY, Mark, Workbook, bound, mark_of
from parsers.formats.unreadable import DAMAGED, Unreadable, refusing, too_large
from parsers.grid import Cell, CellKind, Grid, Merge

PART_CAP = 64 << 20  # a sheet of 200,000 cells is some 5 MB
LAST_ROW, LAST_COLUMN = 1 << 20, 1 << 14
_BOOK = "xl/workbook.bin"
# BrtRowHdr, BrtColInfo and BrtMergeCell (MS-XLSB, 2.3.2).
_ROW, _COLUMNS, _MERGE = 0, 60, 176
# BrtCellRString: a cell with a rich text of its own.
_RICH = 62
_SHORT = range(12, 19)  # cells that follow the one before, so that they need not say their column
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip
# `name="ruam-form"…><vt:lpwstr>w5827:5401<` in docProps/custom.xml (ECMA-376 part 1, 22.3).
_PROPERTY = re.compile(rf'name="{META_PROPERTY}"[^<>]{{0,400}}>\s*+<[^<>]{{0,400}}>([^<:]{{1,80}}):([^<]{{0,80}})<')


def read(data: bytes) -> Workbook:
    """Read a workbook. Raises Unreadable and nothing else."""
    with refusing(), zipfile.ZipFile(io.BytesIO(data)) as archive:
        package = _Package(archive, len(data))
        sheets, since_1904 = xlsb_records.workbook(package.part(_BOOK))
        if len(sheets) > SHEETS_CAP:
            raise too_large(f"มีแผ่นงานเกิน {SHEETS_CAP} แผ่น")
        shared = xlsb_records.strings(package.part("xl/sharedStrings.bin"))
        styles = xlsb_records.styles(package.part("xl/styles.bin"))
        grids: list[Grid] = []
        room = CELLS_CAP
        for sheet in sheets:
            target = package.targets.get(sheet.relation, "")
            if "/worksheets/" in target:  # not a chart or a dialogue
                reader = _Sheet(sheet, shared, styles, since_1904=since_1904, room=room)
                grids.append(reader.grid(package.part(target)))
                room -= len(grids[-1].cells)
        if not grids:
            raise Unreadable(Code.FILE_UNREADABLE, "ไม่พบแผ่นงานในไฟล์")
        return bound(grids, package.mark(), links=package.links)


class _Package:
    """The parts of the zip."""

    def __init__(self, archive: zipfile.ZipFile, size: int) -> None:
        self._archive = archive
        self._infos = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in checked(archive, size)}
        self.links = any(name.startswith("xl/externallinks/") for name in self._infos)
        self.targets = self._targets()

    def part(self, name: str) -> bytes:
        """A part, empty when it is not there."""
        info = self._infos.get(name.lower())
        if info is None:
            return b""
        if info.file_size > PART_CAP:
            raise too_large(f"คลายแล้วมีขนาดเกิน {PART_CAP >> 20} เมกะไบต์")
        return self._archive.read(info)

    def mark(self) -> Mark | None:
        """Our mark in the custom properties."""
        found = _PROPERTY.search(self.part("docProps/custom.xml").decode("utf-8", "replace"))
        return mark_of({"ruam": "1", "circular": found[1], "reporter": found[2]}) if found else None

    def _targets(self) -> dict[str, str]:
        """Where the relations of the workbook lead."""
        part = self.part("xl/_rels/workbook.bin.rels")
        root_of(io.BytesIO(part))  # refuses a document type
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        return {
            relation.get("Id", ""): posixpath.normpath(posixpath.join("/xl", relation.get("Target", ""))).lstrip("/")
            for relation in etree.fromstring(part, parser)
        }


class _Sheet:
    """One sheet being read."""

    # The readers of cells by record code; a short record is read as its long one.
    _KINDS: ClassVar = {2: "_packed", 3: "_error", 4: "_truth", 5: "_real", 6: "_text", 7: "_shared"} | {
        8: "_text", 9: "_real", 10: "_truth", 11: "_error", _RICH: "_rich",
    }  # fmt: skip

    def __init__(self, entry: SheetEntry, shared: list[Rich], styles: Styles, *, since_1904: bool, room: int) -> None:
        self._entry, self._shared_texts, self._styles = entry, shared, styles
        self._since_1904, self._room = since_1904, room
        self._cells: dict[cells.At, Cell] = {}
        self._merges: list[Merge] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: list[range] = []
        self._row = self._column = 0

    def grid(self, part: bytes) -> Grid:
        """The sheet of these records as a grid."""
        for code, content in records(part):
            self._take(code, content)
        last_row = max((row for row, _ in self._cells), default=0)
        last_column = max((column for _, column in self._cells), default=0)
        merges = cells.clipped(self._merges, last_row, last_column)
        covered = cells.covered(merges)
        return Grid(
            sheet=self._entry.name,
            cells={at: cell for at, cell in self._cells.items() if at not in covered},
            merges=merges,
            hidden=self._entry.hidden,
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=frozenset(
                at
                for stretch in self._hidden_columns
                for at in range(stretch.start, min(stretch.stop, last_column + 1))
            ),
        )

    def _take(self, code: int, content: bytes) -> None:
        if code == _ROW:
            self._row, self._column = int.from_bytes(content[:4], "little") + 1, 0
            if content[11] & 0x10:
                self._hidden_rows.add(self._row)
        elif code in _SHORT:
            self._column += 1
            self._take_cell(code - _SHORT.start + 1, int.from_bytes(content[:3], "little"), content[4:])
        elif code in self._KINDS or code == 1:
            self._column = int.from_bytes(content[:4], "little") + 1
            self._take_cell(code, int.from_bytes(content[4:7], "little"), content[8:])
        elif code == _COLUMNS:
            first, last, _width, _style, flags = struct.unpack_from("<IIIIH", content)
            if flags & 1:
                self._hidden_columns.append(range(first + 1, last + 2))
        elif code == _MERGE:
            top, bottom, left, right = struct.unpack_from("<IIII", content)
            self._merges.append(Merge(top + 1, left + 1, bottom + 1, right + 1))
            if len(self._merges) > MERGES_CAP:
                raise too_large(f"มีช่องที่ผสานเกิน {MERGES_CAP:,} แห่ง")

    def _take_cell(self, code: int, style: int, content: bytes) -> None:
        if code == 1:
            return
        at = self._row, self._column
        if not (0 < at[0] <= LAST_ROW and 0 < at[1] <= LAST_COLUMN):
            raise Unreadable(Code.FILE_UNREADABLE, DAMAGED)
        cell: Cell | None = getattr(self, self._KINDS[code])(at, style, content)
        if cell:
            texts = (CellKind.TEXT, CellKind.DOUBTFUL)  # of which each run says for itself whether it is struck out
            out = self._styles.font(self._styles.font_of(style))[1] and cell.kind not in texts
            self._cells[at] = cells.struck(cell) if out else cell
        if len(self._cells) > self._room:
            raise too_large(f"มีข้อมูลเกิน {CELLS_CAP:,} ช่อง")

    def _packed(self, at: cells.At, style: int, content: bytes) -> Cell | None:
        """A number in 30 bits: whole, or the upper half of a float; maybe a hundred times too large."""
        (packed,) = struct.unpack_from("<i", content)
        value = float(packed >> 2) if packed & 2 else struct.unpack("<d", struct.pack("<ii", 0, packed & ~3))[0]
        return self._number(at, style, value / 100 if packed & 1 else value)

    def _real(self, at: cells.At, style: int, content: bytes) -> Cell | None:
        return self._number(at, style, struct.unpack_from("<d", content)[0])

    def _number(self, at: cells.At, style: int, value: float) -> Cell | None:
        if self._styles.is_moment(style):
            return cells.moment(at, value, self._styles.number_format(style), since_1904=self._since_1904)
        return cells.figure(at, value, self._styles.number_format(style))

    def _truth(self, at: cells.At, style: int, content: bytes) -> Cell:
        return cells.hidden_by(self._styles.number_format(style), cells.truth(at, value=content[0] != 0))

    def _error(self, at: cells.At, _style: int, content: bytes) -> Cell:
        return cells.error(at, _ERRORS.get(content[0], "#ERROR!"))

    def _text(self, at: cells.At, style: int, content: bytes) -> Cell | None:
        return self._words(at, style, Rich(wide(content, 0)[0]))

    def _rich(self, at: cells.At, style: int, content: bytes) -> Cell | None:
        return self._words(at, style, rich(content))

    def _shared(self, at: cells.At, style: int, content: bytes) -> Cell | None:
        return self._words(at, style, self._shared_texts[struct.unpack_from("<I", content)[0]])

    def _words(self, at: cells.At, style: int, said: Rich) -> Cell | None:
        """A text in the runs of its fonts; what stands before the first run has the font of the cell."""
        starts = [0, *(start for start, _ in said.runs), len(said.text)]
        fonts = [self._styles.font_of(style), *(font for _, font in said.runs)]
        runs = [
            (said.text[starts[index] : starts[index + 1]], *self._styles.font(font)) for index, font in enumerate(fonts)
        ]
        return cells.lettering(at, runs, self._styles.number_format(style))
