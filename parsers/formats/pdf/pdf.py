"""PDF files with text to grids.

Owns the meeting with pdfplumber, which finds the ruled tables of a page; the letters come from pdfium, since each is bad at
the other's part with Thai. Pictures are not read: a scan is refused with that reason. No link, script or form runs.
"""

import io
import logging
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import pdfplumber
from pdfplumber.page import Page

from parsers.findings import Code
from parsers.formats import document_to_grids
from parsers.formats.document_to_grids import Block, Table
from parsers.formats.pdf.broken_figures import mended
from parsers.formats.pdf.letters import SNAP, Letter, letters
from parsers.formats.pdf.unruled_rows import Written, parted
from parsers.formats.sheets_read import Workbook
from parsers.formats.unreadable import Unreadable, refusing, too_large
from parsers.grid import Doubt
from parsers.thai import text
from parsers.values import symbol_fonts

# What it warns of are faults of fonts in files from outside; nobody could do anything about them.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

EDGES_CAP = 6_000  # lines and borders of boxes on one page; finding tables takes the square of it
_MIDDLE = (1.5, 6.0)  # points above the baseline through which a line strikes letters out
_LINES_CAP = 100  # that may go through one letter
SCAN_LETTERS = 10  # a page with fewer is a picture, perhaps with a stamp
SCAN = "ในไฟล์ PDF ที่เป็นภาพสแกน เพราะระบบอ่านเครื่องหมายและตัวเลขจากภาพไม่ได้"
# "- 2 -", "หน้า 2 จาก 5", "Page 2 of 5", "หน้าที่ ๒", "■ 2 ■" between corner marks.
_PAGE_NUMBER = re.compile(
    r"[\s\-–—|/()■]*+(?:หน้า|page)?\s*+(?:ที่)?\s*+[0-9๐-๙]{1,3}\s*+(?:(?:/|จาก|of)\s*+[0-9๐-๙]{1,3})?[\s\-–—|/()■]*+",
    re.IGNORECASE,
)
# "ร ายงาน", "ค ำสั่ง": a blank before a vowel that never begins a word is a gap between two drawings, no gap in the text.
_TORN = re.compile("(?<=[\u0e01-\u0e2e\u0e31-\u0e3a\u0e47-\u0e4e]) +(?=[\u0e30\u0e32\u0e33\u0e45])")


def read(data: bytes) -> Workbook:
    """Read a PDF. Raises Unreadable and nothing else; a scan has the code FORM_NOT_FOUND."""
    with refusing():
        return _read(data)


def _read(data: bytes) -> Workbook:
    pages = letters(data)
    scans = sum(len(page) < SCAN_LETTERS for page in pages)
    if scans == len(pages):
        raise Unreadable(Code.FORM_NOT_FOUND, SCAN)
    blocks: list[Block] = []
    before: frozenset[str] = frozenset()
    with pdfplumber.open(io.BytesIO(data), unicode_norm=None) as document:
        for words, page in zip(pages, document.pages, strict=False):
            found = _page(words, page) if words else []
            lines = frozenset(_likeness(block) for block in found if isinstance(block, str))
            blocks += [b for b in found if not isinstance(b, str) or _is_worth(b, before)]
            before = lines
            page.close()
    if scans and not any(isinstance(block, Table) for block in blocks):
        raise Unreadable(Code.FORM_NOT_FOUND, SCAN)
    return Workbook(document_to_grids.grids(blocks), None, links=False)


def _likeness(line: str) -> str:
    # "หน้า 2 จาก 5" and "หน้า 3 จาก 5" are alike: the head of every page.
    return re.sub(r"[\s0-9๐-๙]+", "", line)


def _is_worth(line: str, before: frozenset[str]) -> bool:
    """Whether a line is neither a page's number nor printed on the page before too."""
    return not _PAGE_NUMBER.fullmatch(line) and _likeness(line) not in before


# --- pages -----------------------------------------------------------------------------------------------------------


@dataclass
class _Ruled:
    """A ruled table: its borders and which cell each of its smallest rectangles belongs to."""

    xs: list[float]
    ys: list[float]  # from the top downwards, as pdfplumber counts
    owners: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    letters: dict[tuple[int, int], list[Letter]] = field(default_factory=dict)

    @property
    def area(self) -> float:
        """In square points."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def take(self, letter: Letter, lines: "_Lines") -> bool:
        """Put a letter into its cell; False when it stands outside."""
        place = bisect_right(self.ys, letter.y), bisect_right(self.xs, letter.x)
        if place not in self.owners:
            return False
        line = lines.through(letter)
        struck = line is not None and all(abs(line - border) > SNAP for border in self.ys)
        words = document_to_grids.doubted(Doubt.STRUCK, letter.shown) if struck else letter.shown
        self.letters.setdefault(self.owners[place], []).append(replace(letter, shown=words))
        return True

    def table(self) -> Table:
        """The table as a block."""
        rows: dict[int, list[int]] = {}
        for row, column in sorted(self.spans):
            rows.setdefault(row, []).append(column)
        across = {row + down for (row, _), (height, _) in self.spans.items() if height > 1 for down in range(height)}
        cells: dict[tuple[int, int], list[Block]] = {}
        spans, further = {}, 0
        for row, columns in rows.items():
            whole: list[Written] = [self._written(row, column) for column in columns]
            parts = [whole] if row in across else parted(whole)
            for part in parts:
                for column, written in zip(columns, part, strict=True):
                    cells[row + further, column] = [_repaired("".join(letter.shown for letter in written))]
                    spans[row + further, column] = self.spans[row, column]
                further += 1
            further -= 1
        return Table(cells, {at: span for at, span in spans.items() if span != (1, 1)}, borders=tuple(self.xs))

    def _written(self, row: int, column: int) -> Written:
        """The letters of a cell, a figure that its borders broke put together."""
        right = self.xs[column + self.spans[row, column][1] - 1]
        return mended(self.letters.get((row, column), ()), right)


class _Lines:
    """The level lines of a page, by which letters are struck out."""

    def __init__(self, page: Page) -> None:
        edges = [edge for edge in page.edges if edge["orientation"] == "h"]
        self._lines = sorted((float(edge["top"]), float(edge["x0"]), float(edge["x1"])) for edge in edges)
        self._tops = [top for top, _, _ in self._lines]

    def through(self, letter: Letter) -> float | None:
        """Where a line goes through the middle of a letter; None when none does."""
        first, last = bisect_left(self._tops, letter.y - _MIDDLE[1]), bisect_right(self._tops, letter.y - _MIDDLE[0])
        lines = (
            line
            for line in self._lines[first : min(last, first + _LINES_CAP)]
            if line[1] - 1 <= letter.x <= line[2] + 1
        )
        return next((top for top, _, _ in lines), None) if letter.shown.strip() else None


def _page(words: Sequence[Letter], page: Page) -> list[Block]:
    """Lines and tables of one page, from top to bottom."""
    tables = sorted(_tables(page), key=lambda table: table.area)
    lines = _Lines(page)
    outside = [letter for letter in words if not any(table.take(letter, lines) for table in tables)]
    placed: list[tuple[float, Block]] = [(table.ys[0], table.table()) for table in tables]
    placed += _lines(outside)
    return [block for _, block in sorted(placed, key=lambda pair: pair[0]) if block]


def _lines(words: Sequence[Letter]) -> Iterator[tuple[float, str]]:
    """Lines of text with their heights; what stands on one baseline is one line, from left to right."""
    runs: list[list[Letter]] = [[]]
    for letter in words:
        if letter.shown == "\n" or (runs[-1] and abs(letter.y - runs[-1][-1].y) > SNAP):
            runs.append([])
        if letter.shown != "\n":
            runs[-1].append(letter)
    rows: list[list[list[Letter]]] = []
    for run in sorted((run for run in runs if run), key=lambda run: run[0].y):
        if rows and run[0].y - rows[-1][0][0].y <= SNAP:
            rows[-1].append(run)
        else:
            rows.append([run])
    for row in rows:
        row.sort(key=lambda run: run[0].x)
        yield row[0][0].y, _repaired("  ".join("".join(letter.shown for letter in run) for run in row))


def _tables(page: Page) -> Iterator[_Ruled]:
    """The ruled tables of a page, frames around text left out."""
    if len(page.edges) > EDGES_CAP:
        raise too_large(f"มีเส้นเกิน {EDGES_CAP:,} เส้นในหนึ่งหน้า")
    for found in page.find_tables() if page.edges else ():
        xs = _borders([side for cell in found.cells for side in (cell[0], cell[2])])
        ys = _borders([side for cell in found.cells for side in (cell[1], cell[3])])
        if len(found.cells) < 2 or len(xs) < 3:  # noqa: PLR2004 - one cell or one column is a frame
            continue
        ruled = _Ruled(xs, ys)
        for left, top, right, bottom in found.cells:
            first = _border(ys, top), _border(xs, left)
            ruled.spans[first] = span = (_border(ys, bottom) - first[0], _border(xs, right) - first[1])
            for row in range(span[0]):
                for column in range(span[1]):
                    ruled.owners[first[0] + row, first[1] + column] = first
        yield ruled


def _borders(sides: list[float]) -> list[float]:
    """Different borders in order, near ones as one."""
    found: list[float] = []
    for side in sorted(sides):
        if not found or side - found[-1] > SNAP:
            found.append(side)
    return found


def _border(borders: list[float], side: float) -> int:
    """The number of the border at ``side``, from 1."""
    return bisect_right(borders, side + 0.01)


def _repaired(words: str) -> str:
    """Thai as it was before it was drawn: am is drawn as circle and aa, and some files say am and aa."""
    # "ำา" and "ำ้า": files of some programs say am and draw its aa once more.
    words = re.sub("\u0e33([\u0e48-\u0e4b]?)\u0e32", "\\1\u0e33", words)
    words = _TORN.sub("", words)
    return text.normalise(symbol_fonts.translate(words, ""))
