"""What every reader of a format returns: the sheets as grids, and our own hidden mark if it is there."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from parsers.grid import Grid

META_SHEET = "_meta"
META_PROPERTY = "ruam-form"
# The list of what to mend in a marked copy: how its sheet's name begins, and what its first cell says.
FINDINGS_SHEET = "ข้อควรแก้ไข"
FINDINGS_TITLE = "ข้อควรแก้ไขในไฟล์ที่ท่านส่งมา"
NO_ANSWER = frozenset(("ยังไม่รายงาน", "ไม่ต้องตอบ"))  # in the cells of a report
# A slug or a reporter's key, "w5827", "5401": what our own forms have, and nothing that a sentence could not quote.
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}")
_META_ROWS = 50  # our sheet has three; the rest is room for what a program may put above


@dataclass(frozen=True)
class Mark:
    """Our own hidden mark in a form: the circular's slug and the reporter's key, each maybe empty. Anyone can write it."""

    circular: str
    reporter: str


@dataclass(frozen=True)
class Workbook:
    """A workbook as read. ``links`` says that it refers to other files."""

    grids: tuple[Grid, ...]
    mark: Mark | None
    links: bool


def bound(grids: Sequence[Grid], otherwise: Mark | None = None, *, links: bool = False) -> Workbook:
    """A workbook of these sheets without our own: that of our mark, the list of what to mend in a marked copy, annexes of a report.

    ``otherwise`` is the mark when no sheet has it.
    """
    pairs = next((_pairs(grid) for grid in grids if grid.sheet == META_SHEET), {})
    meta = mark_of(pairs)
    kept = tuple(g for g in grids if not (meta and g.sheet == META_SHEET) and not _lists_findings(g))
    if meta and pairs.get("report"):
        kept = tuple(map(_of_report, kept[:1]))  # its first sheet is the form; the others tell the same in other ways
    return Workbook(kept, meta or otherwise, links)


def _of_report(grid: Grid) -> Grid:
    """The table of a report as a form: what it says in the place of an answer is none."""
    return replace(grid, cells={at: cell for at, cell in grid.cells.items() if cell.text not in NO_ANSWER})


def _lists_findings(grid: Grid) -> bool:
    """Whether the sheet is ours: it quotes headings and dates that reading would take for the sender's own."""
    return grid.sheet.startswith(FINDINGS_SHEET) and grid.own(1, 1).text == FINDINGS_TITLE


def _pairs(grid: Grid) -> dict[str, str]:
    return {grid.own(row, 1).text: grid.own(row, 2).text for row in range(1, min(grid.last_row, _META_ROWS) + 1)}


def mark_of(pairs: Mapping[str, str]) -> Mark | None:
    """The mark that ``ruam``, ``circular`` and ``reporter`` in ``pairs`` make; None when they make none."""
    if pairs.get("ruam") != "1":
        return None
    circular, reporter = (
        found if _KEY.fullmatch(found := pairs.get(name, "")) else "" for name in ("circular", "reporter")
    )
    return Mark(circular, reporter)
