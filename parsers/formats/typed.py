"""Tables typed in plain text: columns kept apart by tabs, bars or wide gaps.

Owns the cutting of lines into columns. Only what is plainly a table is cut; all else stays a line in column A.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from parsers import text
from parsers.formats import flow
from parsers.formats.book import Workbook
from parsers.formats.errors import too_large
from parsers.formats.flow import Block, Table

SOURCE_CAP = 4 << 20  # bytes; what a person types fits many times over
_LINES_MIN = 2  # a heading and a row
_CUTS = (re.compile(r"\s*[|│┃¦]\s*"), re.compile(r" *\t *"), re.compile(r"[ \u00a0]{2,}"))
_RULE = re.compile(r"[\s|│┃¦+\-–—=_:┌┐└┘├┤┬┴┼─━]+")
_FENCE = re.compile(r"^\s*[|│┃¦]|[|│┃¦]\s*$")


def read(data: bytes) -> Workbook:
    """Read a text file. Raises Unreadable and nothing else."""
    if len(data) > SOURCE_CAP:
        raise too_large(f"เกิน {SOURCE_CAP >> 20} เมกะไบต์")
    return read_text(text.decode(data, None))


def read_text(source: str) -> Workbook:
    """The same from text. Raises Unreadable and nothing else."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > flow.LINES_CAP:
        raise too_large(f"มีข้อความเกิน {flow.LINES_CAP:,} บรรทัด")
    return Workbook(flow.grids(list(_blocks(lines))), None, links=False)


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    """Tables where lines in a row are cut the same way, other lines as they are. Blank and ruled lines part nothing."""
    told = [(line, _way(line)) for line in lines if not _is_ruled(line)]
    for way, group in groupby(told, key=lambda pair: pair[1]):
        run = [line for line, _ in group]
        if way is None or len(run) < _LINES_MIN:
            yield from run
            continue
        table = Table()
        flow.place_rows(table, [[([part], 1, 1) for part in _cut(line, way)] for line in run])
        yield table


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
    inner = _FENCE.sub("", line) if way == 0 else line.rstrip() if way == 1 else line.strip()
    return _CUTS[way].split(inner)
