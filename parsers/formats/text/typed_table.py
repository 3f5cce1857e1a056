"""Tables typed in plain text: columns kept apart by tabs, bars or wide gaps.

Owns the cutting of lines into columns. Only what is plainly a table is cut; all else stays a line in column A. A row with
too few parts is never read as if the first cells were the filled ones: its parts are placed where they stand under the
others, and where that is not sure they are doubtful.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.formats import document_to_grids
from parsers.formats.document_to_grids import Block, Table
from parsers.formats.sheets_read import Workbook
from parsers.formats.text import aligned_columns
from parsers.formats.unreadable import too_large
from parsers.grid import Doubt
from parsers.organisations.type_words import LOCAL_WORDS, TypeWords
from parsers.thai import charsets

SOURCE_CAP = 4 << 20  # bytes; what a person types fits many times over
_LINES_MIN = 2  # a heading and a row
_BARS, _TABS, _GAPS = range(3)
# How the parts of a doubtful row are shown; those between tabs, each with a bar behind it, may yet be placed.
_BEHIND = ("", " |", "")
# "1 | อบต.แม่ยม | ✓", "1│อบต.แม่ยม│✓" (drawn), then tabs, then gaps of two blanks or more.
_CUTS = (re.compile(r"(?:(?<!\s)\s++)?[|│┃¦]\s*+"), re.compile(r"(?:(?<! ) ++)?\t *+"), aligned_columns.GAP)
# "----+----", "| --- | --- |" (Markdown), "├───┼───┤": parts rows and says nothing.
_RULE = re.compile(r"[\s|│┃¦+\-–—=_:┌┐└┘├┤┬┴┼─━]+")
# "| 1 | อบต.แม่ยม |": the outer bars are a frame; where none begins the line, one at its end is before a blank cell.
_FENCE = re.compile(r"\s*[|│┃¦](.*?)(?:[|│┃¦]\s*)?", re.DOTALL)


def read(data: bytes, names: TypeWords = LOCAL_WORDS) -> Workbook:
    """Read a text file; ``names`` are the words by which organisations are named. Raises Unreadable and nothing else."""
    if len(data) > SOURCE_CAP:
        raise too_large(f"เกิน {SOURCE_CAP >> 20} เมกะไบต์")
    return read_text(charsets.decode(data, None), names)


def read_text(source: str, names: TypeWords = LOCAL_WORDS) -> Workbook:
    """The same from text. Raises Unreadable and nothing else."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > document_to_grids.LINES_CAP:
        raise too_large(f"มีข้อความเกิน {document_to_grids.LINES_CAP:,} บรรทัด")
    return Workbook(document_to_grids.grids(list(_blocks(lines, names))), None, links=False)


@dataclass
class _Run:
    """Lines in a row that are cut the same way; ``way`` is None for lines that are no table."""

    way: int | None
    lines: list[str]


def _blocks(lines: Sequence[str], names: TypeWords) -> Iterator[Block]:
    """Tables where lines in a row are cut the same way, other lines as they are. Blank and ruled lines part nothing."""
    for run in _runs([line for line in lines if not _is_ruled(line)]):
        if run.way is None or len(run.lines) < _LINES_MIN:
            yield from run.lines
            continue
        table = Table()
        rows = _by_gaps(run.lines, names) if run.way == _GAPS else _by_signs(run.lines, run.way, names)
        document_to_grids.place_rows(table, [[([part], 1, 1) for part in row] for row in rows])
        yield table


def _runs(lines: Sequence[str]) -> list[_Run]:
    """Runs of lines. A line of two parts between rows of a table is one of them, with many blanks."""
    runs: list[_Run] = []
    for line in lines:
        way = _way(line)
        if runs and runs[-1].way == way:
            runs[-1].lines.append(line)
        elif way is not None and len(runs) > 1 and runs[-1].way is None and _belong(runs[-1].lines, runs[-2], way):
            between = runs.pop()
            runs[-1].lines += [*between.lines, line]
        else:
            runs.append(_Run(way, [line]))
    return runs


def _belong(lines: Sequence[str], above: _Run, way: int) -> bool:
    return above.way == way and all(len(_cut(line, way)) > 1 for line in lines)


def _by_signs(lines: Sequence[str], way: int, names: TypeWords) -> list[list[str]]:
    """Rows between bars or tabs. One with fewer parts than the heading has lost one somewhere."""
    rows = [_cut(line, way) for line in lines]
    full = aligned_columns.heading_width(rows, names)
    first = next(at for at, row in enumerate(rows) if len(row) >= full)
    if way == _TABS and _blanks_cut_off(rows):
        return [_filled(row, full) if at > first else row for at, row in enumerate(rows)]
    whole = [row for row in rows[first + 1 :] if len(row) == full]
    return [
        (_filled(row, full) if aligned_columns.is_cut_off(row, whole) else _uneven(row, full, _BEHIND[way]))
        if at > first and len(row) < full
        else row
        for at, row in enumerate(rows)
    ]


def _filled(row: Sequence[str], full: int) -> list[str]:
    return [*row, *[""] * (full - len(row))]


def _blanks_cut_off(rows: Sequence[Sequence[str]]) -> bool:
    """Whether blank cells keep their tabs but for those at the end of a line, which mail programs cut off."""
    return any("" in row[:-1] for row in rows) and all(row[-1] for row in rows)


def _by_gaps(lines: Sequence[str], names: TypeWords) -> list[list[str]]:
    """Rows between wide gaps, in which a blank cell leaves no trace but the place of the others."""
    split = [aligned_columns.parts(line) for line in lines]
    rows = [[part.words for part in line] for line in split]
    full = aligned_columns.heading_width(rows, names)
    first = next((at for at, row in enumerate(rows) if len(row) == full), len(rows))
    return [
        placed if placed is not None else row if at < first else _uneven(row, full)
        for at, (row, placed) in enumerate(zip(rows, aligned_columns.placed(split, full), strict=True))
    ]


def _uneven(row: Sequence[str], full: int, bar: str = "") -> list[str]:
    """A row whose parts cannot be placed: what names it stays, all else is in doubt, with ``bar`` behind each part."""
    begins = aligned_columns.doubtful_from(row)
    if len(row) > full or begins >= len(row):
        return list(row)
    rest = " ".join(f"{part}{bar}" for part in row[begins:] if part or bar)
    return [*row[:begins], *[document_to_grids.doubted(Doubt.UNEVEN, rest)] * (full - begins)]


def _is_ruled(line: str) -> bool:
    return not line.strip() or bool(_RULE.fullmatch(line))


def _way(line: str) -> int | None:
    """Which of the ways to part columns a line uses; None for a line that has no columns."""
    for way in range(len(_CUTS)):
        if len(_cut(line, way)) > 2:  # noqa: PLR2004 - a number, a name and an answer, or a name and two answers
            return way
    return None


def _cut(line: str, way: int) -> list[str]:
    """A line in columns. Bars around it are its frame; between bars and tabs a column may be empty."""
    if way == _BARS:
        framed = _FENCE.fullmatch(line)
        inner = framed[1] if framed else line
    else:
        inner = line.strip(" ") if way == _TABS else line.strip()
    return [part.strip() for part in _CUTS[way].split(inner)]
