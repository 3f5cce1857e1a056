"""Excel workbooks (.xlsx, .xlsm) to grids.

Owns the meeting with openpyxl: it only ever sees a package made tame, and all that it raises comes out as Unreadable. Reads
stored values, never formulas, links or macros; keeps errors, uncalculated formulas and blanks apart.
"""

import datetime
import io
import re
import warnings
from collections.abc import Iterator
from decimal import Decimal

from openpyxl import Workbook as Book
from openpyxl.cell.cell import Cell as Source
from openpyxl.cell.cell import MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet.worksheet import Worksheet

from parsers import marks, text
from parsers.findings import Code
from parsers.formats.book import Mark, Workbook, bound, mark_of
from parsers.formats.errors import Unreadable, too_large
from parsers.formats.package import tame
from parsers.formats.sheetxml import SheetFacts
from parsers.grid import Cell, CellKind, Grid, Merge

TEXT_CAP = 32_767  # Excel's own limit for one cell
COVERED_CAP = 300_000  # cells under merges, as far as the content of the sheet goes
META_PROPERTY = "ruam-form"
DAMAGED = "ไฟล์เสียหายหรือไม่ครบ"
# Number formats of the Thai calendar show a year of the Buddhist era.
_BUDDHIST = re.compile(r"\[\$-[0-9A-F]{0,3}07041E\]|\[\$-107041E\]|b{2,4}|\[\$-th", re.IGNORECASE)
# Excel's way to write a control character in a text.
_ESCAPED = re.compile(r"_x00(?:[01][0-9A-Fa-f]|7F)_")


def read(data: bytes) -> Workbook:
    """Read a workbook. Raises Unreadable and nothing else."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of every extension it does not know
            return _read(data)
    except Unreadable:
        raise
    except MemoryError as error:
        raise too_large("หน่วยความจำไม่พอ") from error
    except Exception as error:
        # BadZipFile, KeyError, TypeError, ValueError, ParseError, IndexError, XMLSyntaxError, OSError and more were seen.
        raise Unreadable(Code.FILE_UNREADABLE, DAMAGED) from error


def _read(data: bytes) -> Workbook:
    package = tame(data)
    reader = ExcelReader(io.BytesIO(package.data), data_only=True, keep_links=False, rich_text=True)
    reader.read()
    book = reader.wb
    if not book.worksheets:
        raise Unreadable(Code.FILE_UNREADABLE, "ไม่พบแผ่นงานในไฟล์")
    parts = [rel.target for _, rel in reader.parser.find_sheets() if rel.target in reader.valid_files]
    grids = [_grid(sheet, package.facts[part]) for sheet, part in zip(book.worksheets, parts, strict=True)]
    return bound(grids, _property_mark(book), links=package.links)


def _property_mark(book: Book) -> Mark | None:
    for named in getattr(book, "custom_doc_props", ()):  # the published types do not know it
        if named.name == META_PROPERTY:
            circular, _, reporter = str(named.value).partition(":")
            return mark_of({"ruam": "1", "circular": circular, "reporter": reporter})
    return None


def _grid(sheet: Worksheet, facts: SheetFacts) -> Grid:
    sources = sheet._cells  # noqa: SLF001 - the cells that exist; every public walk goes over the whole rectangle
    last_row = max((row for row, _ in sources), default=0)
    last_column = max((column for _, column in sources), default=0)
    merges = tuple(
        Merge(
            merge.top,
            merge.left,
            min(merge.bottom, max(last_row, merge.top)),
            min(merge.right, max(last_column, merge.left)),
        )
        for merge in facts.merges
    )
    covered = _covered(merges)
    cells: dict[tuple[int, int], Cell] = {}
    for place, source in sources.items():
        if place not in covered and (cell := _cell(place, source, uncalculated=place in facts.uncalculated)):
            cells[place] = cell
    return Grid(
        sheet=sheet.title,
        cells=cells,
        merges=merges,
        hidden=sheet.sheet_state != "visible",
        hidden_rows=frozenset(row for row, size in sheet.row_dimensions.items() if size.hidden or size.height == 0),
        hidden_columns=frozenset(_hidden_columns(sheet, last_column)),
    )


def _covered(merges: tuple[Merge, ...]) -> set[tuple[int, int]]:
    """The cells under merges, without the top left ones. Raises Unreadable when they are too many."""
    areas = [(merge.bottom - merge.top + 1) * (merge.right - merge.left + 1) for merge in merges]
    if sum(areas) > COVERED_CAP:
        raise too_large(f"มีช่องที่ผสานรวมกันเกิน {COVERED_CAP:,} ช่อง")
    return {
        (row, column)
        for merge in merges
        for row in range(merge.top, merge.bottom + 1)
        for column in range(merge.left, merge.right + 1)
        if (row, column) != (merge.top, merge.left)
    }


def _hidden_columns(sheet: Worksheet, last_column: int) -> Iterator[int]:
    """The hidden columns as far as there is content; a group of columns is stored as one entry."""
    for size in sheet.column_dimensions.values():
        if size.hidden or size.width == 0:
            yield from range(size.min or 1, min(size.max or 1, last_column) + 1)


def _cell(place: tuple[int, int], source: Source | MergedCell, *, uncalculated: bool) -> Cell | None:
    """One cell of ours; None for a blank one."""
    value = source.value
    if uncalculated:
        return Cell(*place, CellKind.UNCALCULATED)
    if source.data_type == "e":
        return Cell(*place, CellKind.ERROR, text=str(value))
    if isinstance(value, bool):
        return Cell(*place, CellKind.BOOLEAN, text=str(value).upper(), number=Decimal(value))
    if isinstance(value, int | float):
        return _number(place, source, value)
    if isinstance(value, datetime.date):
        return _date(place, source, value)
    seen = "" if value is None else _seen(source, value)
    return Cell(*place, CellKind.TEXT, text=seen) if seen else None


def _number(place: tuple[int, int], source: Source | MergedCell, value: float) -> Cell:
    # Excel shows and means 15 digits: a stored 3702.2999999999997 is 3702.3 to everyone.
    number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    if not number.is_finite():
        return Cell(*place, CellKind.ERROR, text="#NUM!")
    percent = "%" in re.sub(r'"[^"]*"|\\.', "", source.number_format or "")
    shown = number * 100 if percent else number
    # Digits in full, unless someone typed an astronomic figure.
    seen = f"{shown.normalize():f}" if abs(shown.adjusted()) < 40 else str(shown)  # noqa: PLR2004 - see above
    return Cell(*place, CellKind.NUMBER, f"{seen}%" if percent else seen, number=number, percent=percent)


def _date(place: tuple[int, int], source: Source | MergedCell, value: datetime.date) -> Cell:
    day = value.date() if isinstance(value, datetime.datetime) else value
    year = day.year + 543 if _BUDDHIST.search(source.number_format or "") else day.year
    return Cell(*place, CellKind.DATE, f"{day.day}/{day.month}/{year}", date=day)


def _seen(source: Source | MergedCell, value: object) -> str:
    """A text as a person sees it: each run by its own font, so that a Wingdings letter becomes its mark."""
    try:
        font = source.font.name or ""
    except IndexError:  # a style that names a font which is not there
        font = ""
    runs: list[tuple[str, str]] = []
    for run in value if isinstance(value, CellRichText | tuple) else (value,):
        own = run.font.rFont if isinstance(run, TextBlock) and run.font else None
        runs.append((run.text if isinstance(run, TextBlock) else str(run), own or font))
    whole = "".join(marks.translate(_ESCAPED.sub(" ", words), name) for words, name in runs)
    return text.normalise(whole.encode("utf-8", "replace").decode("utf-8")[:TEXT_CAP])
