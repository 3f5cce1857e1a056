"""Excel workbooks (.xlsx, .xlsm) to grids.

Owns what cells mean to us: openpyxl only ever sees a package made tame, and all that it raises comes out as Unreadable. Reads
stored values, never formulas, links or macros; keeps errors, uncalculated formulas and blanks apart.
"""

import datetime
import re
import warnings
from collections.abc import Iterator
from dataclasses import replace

from parsers.findings import Code
from parsers.formats import cells
from parsers.formats.excel.lenient_openpyxl import Content, Look, Reader, Run, Stored, properties_of
from parsers.formats.office_zip.checked_package import tame
from parsers.formats.office_zip.sheet_range_merges_formulas import SheetFacts
from parsers.formats.office_zip.sheet_styles import Font
from parsers.formats.sheets_read import META_PROPERTY, Mark, Workbook, bound, mark_of
from parsers.formats.unreadable import Unreadable, refusing
from parsers.grid import Cell, CellKind, Grid
from parsers.thai.text import normalise

CHECKED, UNCHECKED = "☑", "☐"
_WHITE = {("theme", "0"), ("indexed", "1"), ("indexed", "9")}
# "&Lซ้าย&Cกลาง&Rขวา": the parts of a header or footer (ECMA-376, 18.3.1.46).
_PARTS = re.compile("&[LCR]")
# '&"TH SarabunPSK,Bold"', "&14", "&P", "&KFF0000": what a header says of its looks, page and day.
_CODES = re.compile(r'&"[^"]{0,80}"|&\d{1,3}|&K[0-9A-Fa-f]{6}|&[A-Z]')
# Excel's way to write a control character in a text.
_ESCAPED = re.compile(r"_x00(?:[01][0-9A-Fa-f]|7F)_")


def read(data: bytes) -> Workbook:
    """Read a workbook. Raises Unreadable and nothing else."""
    # BadZipFile, KeyError, TypeError, ValueError, ParseError, IndexError, XMLSyntaxError, OSError and more were seen.
    with refusing(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells of every extension it does not know
        return _read(data)


def _read(data: bytes) -> Workbook:
    package = tame(data)
    reader = Reader(package.strings, package.styles, since_1904=package.since_1904)
    mark = _property_mark(package.properties)
    grids = [
        replace(
            _grid(reader, reader.sheet(package.parts[each.part]), package.facts[each.part], package.styles.fills),
            sheet=each.name,
            hidden=not each.shown,
        )
        for each in package.sheets
    ]
    if not grids:
        raise Unreadable(Code.FILE_UNREADABLE, "ไม่พบแผ่นงานในไฟล์")
    return bound(grids, mark, links=package.links)


def _property_mark(part: bytes) -> Mark | None:
    for name, value in properties_of(part) if META_PROPERTY.encode() in part else ():
        if name == META_PROPERTY:
            circular, _, reporter = value.partition(":")
            return mark_of({"ruam": "1", "circular": circular, "reporter": reporter})
    return None


def _grid(reader: Reader, content: Content, facts: SheetFacts, fills: tuple[str, ...]) -> Grid:
    sources = content.cells
    last_row = max((row for row, _ in sources), default=0)
    last_column = max((column for _, column in sources), default=0)
    merges = cells.clipped(facts.merges, last_row, last_column)
    covered = cells.covered(merges)
    colours = {at: fills[style] for at, style in facts.styles.items() if style < len(fills) and fills[style]}
    found: dict[tuple[int, int], Cell] = {}
    for place, source in sources.items():
        look = reader.look(source.style)
        if place not in covered and (cell := _cell(place, source, look, uncalculated=place in facts.uncalculated)):
            hidden = not facts.coloured and _is_invisible(look.font, colours.get(place, ""))
            found[place] = cells.hidden(cell) if hidden and place not in facts.looks.boxes else cell
    for place in list(found) if facts.turned_icons else ():
        if any(icons.holds(*place) for icons in facts.turned_icons):
            found[place] = cells.turned(found[place])
    for place, checked in facts.looks.boxes.items():
        if place not in found or found[place].kind is CellKind.DOUBTFUL:
            found[place] = Cell(*place, CellKind.TEXT, CHECKED if checked else UNCHECKED)
    return Grid(
        sheet="",
        cells=found,
        merges=merges,
        hidden_rows=frozenset(row for row, size in content.rows.items() if size.hidden or size.height == 0),
        hidden_columns=frozenset(_hidden_columns(content, last_column)),
        fills=colours,
        inks={at: ink for at in found if at in sources and (ink := _ink(reader.look(sources[at].style).font))},
        drawn=tuple(facts.looks.drawn),
        margins=tuple(_margins(facts)),
        comments=facts.comments,
    )


def _margins(facts: SheetFacts) -> Iterator[str]:
    """The words of the printed headers and footers, those of left, middle and right each by itself."""
    for said in facts.margins:
        yield from (words for part in _PARTS.split(said) if (words := normalise(_CODES.sub(" ", part)).strip()))


def _ink(font: Font) -> str:
    """The colour of letters, as a workbook states it; empty for black and for those of a theme."""
    ink = font.ink
    return ink.value if ink and ink.kind == "rgb" and not ink.tinted and ink.value != "000000" else ""


def _is_invisible(font: Font, fill: str) -> bool:
    """Letters in the very colour of their cell. Of the colours of a theme only its white is sure."""
    ink = font.ink
    if ink is None or ink.tinted:
        return False
    if ink.kind != "rgb":
        return not fill and (ink.kind, ink.value) in _WHITE
    return ink.value == (fill or "FFFFFF")


def _hidden_columns(content: Content, last_column: int) -> Iterator[int]:
    """The hidden columns as far as there is content; a group of columns is stored as one entry."""
    for size in content.columns:
        if size.hidden or size.width == 0:
            yield from range(size.min or 1, min(size.max or 1, last_column) + 1)


def _cell(place: tuple[int, int], source: Stored, look: Look, *, uncalculated: bool) -> Cell | None:
    """One cell of ours; None for a blank one."""
    if uncalculated:
        return Cell(*place, CellKind.UNCALCULATED)
    cell = _content(place, source, look)
    struck = look.font.struck and cell and cell.kind not in (CellKind.TEXT, CellKind.DOUBTFUL)
    return cells.struck(cell) if cell and struck else cell


def _content(place: tuple[int, int], source: Stored, look: Look) -> Cell | None:
    value, number_format = source.value, look.number_format
    if source.kind == "e":
        return cells.error(place, str(value))
    if isinstance(value, bool):
        return cells.hidden_by(number_format, cells.truth(place, value=value))
    if isinstance(value, int | float):
        return cells.figure(place, value, number_format)
    if isinstance(value, datetime.date):
        return cells.day(place, value, buddhist=cells.in_buddhist_era(number_format))
    return None if value is None else cells.lettering(place, _runs(value, look.font), number_format)


def _runs(value: object, font: Font) -> Iterator[tuple[str, str, bool]]:
    """A text in the runs of its fonts, each with whether it is struck out."""
    for run in value if isinstance(value, tuple) else (Run(str(value), "", None),):
        yield _ESCAPED.sub(" ", run.text), run.font or font.name, font.struck if run.struck is None else run.struck
