"""Rows above labels that head blocks of columns or turn them round: done and not done, plan and result, first and second half.

Owns which rows those are. They say nothing of the form, so no search finds them; what they mean is for ``headings``.
"""

from bisect import bisect_left
from collections.abc import Sequence

from parsers.grid import Cell, CellKind
from parsers.tables.heading_paths import FIXED, HeadingPaths
from parsers.tables.model import Header
from parsers.tables.turning_lines import is_of_what_is_not

ABOVE = 3  # rows above the rows that name labels and groups
LONGEST = 60  # characters; a longer text over the columns is a title or a note
LEGENDS = "✓✔√☑"  # a text with a sign to be written is how to fill in: (✓ ดำเนินการแล้ว X ยังไม่ดำเนินการ)


def block_rows(paths: HeadingPaths, order: Sequence[int], band: Sequence[int], headers: Sequence[Header]) -> list[int]:
    """Of the rows in and just above a header's ``band``, those that head blocks of its columns or turn them round.

    ``order``: the rows of the grid that show something.
    """
    asked = {column for header in headers for run in header.columns.values() for column in run}
    twice = any(len(run) > 1 for header in headers for run in header.columns.values())
    fixed = {column for header in headers for run in header.fixed.values() for column in run}
    start = bisect_left(order, band[0])
    near = [row for row in order[max(0, start - ABOVE) : start] if band[0] - row <= ABOVE]
    left, right = min(asked), max(asked | {header.right for header in headers})
    found = []
    names = paths.headings.words.names
    named = {row for row in near if any(names.named(paths.grid.own(row, column).text) for column in fixed)}
    for row in (*(row for row in near if row not in named), *band[:-1]):
        cells = [
            paths.grid.own(row, column)
            for column in paths.covering[row]
            if left <= column <= right and column not in fixed
        ]
        if _heads(paths, cells, twice=twice):
            found.append(row)
    return found


def _heads(paths: HeadingPaths, cells: Sequence[Cell], *, twice: bool) -> bool:
    """Whether a row's texts over answers turn them round, or tell two blocks of the same columns apart."""
    texts = [cell.text for cell in cells if cell.kind is CellKind.TEXT]
    if not texts or any(len(text) > LONGEST or set(LEGENDS) & set(text) for text in texts):
        return False
    if len(texts) == 1:
        return paths.headings.turns(texts[0]) and is_of_what_is_not(texts[0])
    if any(paths.headings.turns(text) for text in texts):
        return True
    told = [text for text in texts if not paths.headings.says(text) & (FIXED | {"label", "group"})]
    return twice and len(set(told)) == len(texts)
