"""The craft of laying out a worksheet in Thai: styles, widths, heights, final bytes.

Knows nothing of circulars or answers. Text goes in as text only, so nothing that people wrote can become a formula, and
the bytes of a workbook depend on its content alone: no clock, no author's name.
"""

import datetime
import functools
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from copy import copy
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents.typography.cell_styles import add_styles
from bot.documents.typography.formula_results import Result
from bot.documents.typography.sheet_writer import to_file

# Where TH SarabunPSK is missing, a Thai font of the system steps in, half as wide again and higher; so lengths are those
# of the largest of Sarabun, Noto Sans Thai and Loma, and columns those of Excel, whose unit is the narrowest.
LINE = 28.0  # points that one line of 16 pt Thai needs: 25.4 by Loma, and marks of Sarabun reach above its own line
FURTHER_LINE = 25.5  # the same for each of several lines
HIGHEST_ROW = 409.0  # points; spreadsheets allow no more
PORTRAIT_WIDTH = 92.0  # column width units that A4 upright carries at full size with our margins
LANDSCAPE_WIDTH = 140.0
LONGEST_TITLE = 31  # characters in a sheet's name
PADDING = 2.0  # units of a cell's width that its text does not get
SLACK = 1.12  # Thai wraps at words, so a line is seldom full
SPARE = 1  # letters that a line loses at least, which is much of a narrow column's
LETTER = (
    0.59  # em that a letter takes on average: by Loma 0.587, Sarabun bold 0.567, Noto bold 0.560; TH SarabunPSK 0.353
)

FORMULA_SIGNS = ("=", "+", "-", "@", "\t")  # a text that begins so becomes a formula when its cell is clicked
LONGEST_TEXT = 32_767  # characters that a cell may hold
# What XML 1.0 holds nowhere: most controls, halves of pairs, two signs that are none.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Content = str | int | Decimal | None


def new_workbook() -> Workbook:
    """An empty workbook, without a sheet, that knows the styles ``r-...`` of this module."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    add_styles(workbook)
    return workbook


def sheet_title(wanted: str, taken: Sequence[str]) -> str:
    """A sheet name that spreadsheets accept: at most 31 characters, without brackets, colons, stars, question marks and slashes, not taken yet."""
    # What Excel allows in no sheet's name.
    base = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", wanted).strip("' ")[:LONGEST_TITLE] or "แผ่นงาน"
    used = {title.casefold() for title in taken}
    title, number = base, 2
    while title.casefold() in used:
        ending = f" ({number})"
        title, number = base[: LONGEST_TITLE - len(ending)] + ending, number + 1
    return title


def writable(text: str) -> str:
    """``text`` as a cell can hold it."""
    return UNWRITABLE.sub("", text)[:LONGEST_TEXT]


def put_text(cell: Cell | MergedCell, value: Content) -> None:
    """Writes ``value``; text stays text whatever it begins with, and characters that XML cannot hold are dropped."""
    if not isinstance(cell, Cell):
        raise TypeError("only the top left cell of a merged range can be written")
    if not isinstance(value, str):
        cell.value = value
        return
    text = writable(value)
    # The library's own way takes "=..." for a formula and "#N/A" for an error, and long for it.
    cell._value = text  # type: ignore[attr-defined]  # noqa: SLF001 - see above
    cell.data_type = "s"
    if text.startswith(FORMULA_SIGNS):
        cell.quotePrefix = True  # else a click into the cell would make a formula of it


def text_width(text: str, points: float = 16) -> float:
    """The width of the longest line of ``text`` in column width units, as the widest font sets it. An estimate."""
    em = points * 96 / 72 / 7  # one unit is 7 pixels
    longest = max(text.split("\n"), key=len, default="")
    seen = sum(1 for character in longest if unicodedata.category(character) != "Mn")
    return seen * LETTER * em


@functools.lru_cache(maxsize=1 << 15)  # the same names and headings stand in thousands of rows
def line_count(text: str, width: float, points: float = 16) -> int:
    """How many lines ``text`` takes when wrapped in a cell of ``width`` units."""
    room, letter = width - PADDING, text_width("ก", points)
    filled = max(letter, min(room / SLACK, room - SPARE * letter))
    wide = (text_width(line, points) for line in text.split("\n"))
    return sum(1 if each <= room else math.ceil(each / filled) for each in wide)


def line_height(lines: int, points: float = 16) -> float:
    """The height in points of a row with this many lines."""
    points_each = LINE if lines <= 1 else FURTHER_LINE
    return min(HIGHEST_ROW, max(1, lines) * points_each * points / 16)


def portions(text: str, width: float, points: float = 16) -> list[str]:
    """``text`` in portions that fit each into the highest row there is, parted between lines, or between words of a long line."""
    most = int(HIGHEST_ROW / (FURTHER_LINE * points / 16))
    parts = [""]
    for line in [text] if line_count(text, width, points) <= most else text.splitlines(keepends=True):
        short = line_count(line, width, points) <= most
        # Words with the blanks behind them; a word of over 100 letters may be cut anywhere.
        for piece in [line] if short else re.findall(r"\S{1,100}\s*|\s+", line):
            if parts[-1] and line_count.__wrapped__((parts[-1] + piece).rstrip(), width, points) > most:
                parts.append("")
            parts[-1] += piece
    return [part.rstrip("\n ") for part in parts]


class Page:
    """A worksheet written from top to bottom. ``row`` is the row that is written now, from 1."""

    def __init__(self, sheet: Worksheet, widths: Sequence[float]) -> None:
        self.sheet = sheet
        self.widths = tuple(widths)
        self.row = 1
        self.blocks: list[tuple[int, int]] = []  # first and last rows that no page may part
        self.results: dict[str, Result] = {}  # of formulas, by cell
        self._looks: dict[str, StyleArray] = {}
        for column, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(column)].width = width

    @property
    def columns(self) -> int:
        """How many columns the page has."""
        return len(self.widths)

    def put(self, column: int, value: Content, style: str) -> Cell:
        """Writes one cell of the current row."""
        cell = self.cell(column)
        self.dress(cell, style)
        put_text(cell, value)  # last: it marks the cell, and a style takes all marks off
        return cell

    def fill(self, values: Iterable[Content], style: str) -> None:
        """Writes the current row from its first cell on, all in one style."""
        for column, value in enumerate(values, 1):
            self.put(column, value, style)

    def cell(self, column: int) -> Cell:
        """The cell of the current row."""
        cell = self.sheet.cell(self.row, column)
        if not isinstance(cell, Cell):
            raise TypeError("the cell lies inside a merged range")
        return cell

    def dress(self, cell: Any, style: str) -> None:
        """Gives the cell a named style; the library searches all names for each cell, which large tables cannot afford."""
        look = self._looks.get(style)
        if look is None:
            cell.style = style
            self._looks[style] = copy(cell._style)  # noqa: SLF001 - see above
        else:
            cell._style = copy(look)  # noqa: SLF001 - see above

    def calculate(self, cell: Cell, formula: str, result: Result) -> None:
        """Puts a formula of ours into ``cell``, with the result that it has now."""
        cell.value = formula
        self.results[cell.coordinate] = result

    def shown(self, row: int, column: int) -> Any:
        """What a cell shows: its value, or the result of its formula."""
        cell = self.sheet.cell(row, column)
        return self.results.get(cell.coordinate, cell.value)

    def across(self, value: Content, style: str, first: int = 1, last: int = 0) -> Cell:
        """Writes one value over the columns ``first`` to ``last`` of the current row, merged; 0 is the last column."""
        cell = self.put(first, value, style)
        self.merge(cell, self.row, last or self.columns)
        return cell

    def merge(self, cell: Cell, bottom: int, right: int) -> None:
        """Merges from ``cell`` to (``bottom``, ``right``); every cell under it gets its style, the borders with it."""
        if (cell.row, cell.column) == (bottom, right):
            return
        area = CellRange(None, cell.column, cell.row, right, bottom)
        # The library's own way compares with every range merged before: a minute for the districts of a country.
        self.sheet.merged_cells.ranges.add(area)
        for row in self.sheet.iter_rows(cell.row, bottom, cell.column, right):
            for covered in row:
                if covered is not cell:
                    self.dress(covered, str(cell.style))

    def span(self, first: int, last: int) -> float:
        """The width of these columns together, in units."""
        return sum(self.widths[first - 1 : last])

    def next(self, height: float = LINE) -> None:
        """Gives the current row its height in points and goes to the next."""
        self.sheet.row_dimensions[self.row].height = height
        self.row += 1

    def line(self, text: str, style: str, points: float = 16) -> None:
        """A whole line of text over all columns, as high as it needs; a very long one takes several rows."""
        width = self.span(1, self.columns)
        spare = 6.0 if style == "r-title" else 0.0  # keeps the heading clear of what follows
        for portion in portions(text, width, points):
            self.across(portion, style)
            self.next(min(HIGHEST_ROW, line_height(line_count(portion, width, points), points) + spare))


def add_page(workbook: Workbook, title: str, widths: Sequence[float]) -> Page:
    """A new sheet at the end of the workbook, its columns of these widths in units."""
    return Page(workbook.create_sheet(sheet_title(title, workbook.sheetnames)), widths)


def to_bytes(
    workbook: Workbook, made: datetime.datetime, title: str, creator: str = "", pages: Iterable[Page] = ()
) -> bytes:
    """The workbook as a file, with the results of the formulas of ``pages``. The same workbook gives the same bytes; ``made`` is what it says of its age."""
    moment = made.astimezone(datetime.UTC).replace(tzinfo=None, microsecond=0)
    properties = workbook.properties
    properties.created = properties.modified = moment
    properties.creator, properties.title = creator, UNWRITABLE.sub("", title)
    return to_file(workbook, {page.sheet.title: page.results for page in pages})
