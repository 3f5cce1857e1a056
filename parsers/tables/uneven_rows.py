"""Rows typed with tabs that lack cells: a mail program cut off the blanks at their end, or one was left out in the middle.

Owns when it is sure where their parts stand: when they stand in order from the left, and no other way fits the questions.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from parsers.form.question import Kind, Question
from parsers.grid import Cell, CellKind, Doubt, Grid
from parsers.tables.model import Header
from parsers.thai.text import comparison_key
from parsers.values.cells_read_once import Readings

MOST = 60  # columns; a typed table has no more
_UNEVEN = f"[{Doubt.UNEVEN}]"
# "✓ | 12 มีนาคม 2545 | 40 |": the parts as ``typed_table`` keeps them; the blanks around them are theirs to lose.
_BAR = re.compile(r"(?<!\s)\s*+\|\s*+")


def placed(grid: Grid, headers: Sequence[Header], readings: Readings) -> Grid:
    """The grid with those of its uneven rows placed of which it is sure how; itself where there are none."""
    rows = sorted({row for (row, _), cell in grid.cells.items() if _is_uneven(cell)})
    cells = dict(grid.cells)
    for row in rows:
        header = next((each for each in reversed(headers) if each.bottom < row), None)
        if header and all(len(run) == 1 for run in header.columns.values()):
            cells.update(_placed(grid, row, header, readings))
    return replace(grid, cells=cells) if cells != grid.cells else grid


def _is_uneven(cell: Cell) -> bool:
    return cell.kind is CellKind.DOUBTFUL and cell.text.startswith(_UNEVEN) and cell.text.endswith("|")


def _placed(grid: Grid, row: int, header: Header, readings: Readings) -> Mapping[tuple[int, int], Cell]:
    """The cells of one row where they belong; nothing where that is not sure."""
    columns = [cell.column for cell in grid.row(row) if _is_uneven(cell)]
    parts = _BAR.split(grid.own(row, columns[0]).text.removeprefix(_UNEVEN)[:-1].strip())
    if not all(parts) or len(parts) >= len(columns) or len(columns) > MOST:
        return {}
    asked = {run[0]: readings.form.find(key) for key, run in header.columns.items()}
    labels = {comparison_key(word) for each in readings.form.row for word in (each.label, *each.aliases)}
    heads = dict.fromkeys(header.fixed.get("row", ()), labels)
    fits = [[_fits(part, at, asked.get(at), heads, readings) for at in columns] for part in parts]
    if not all(fits[at][at] for at in range(len(parts))):
        return {}
    if _ways(fits) != 1 and not _all_needed([asked.get(at) for at in columns], parts, readings):
        return {}
    said = [*parts, *[""] * (len(columns) - len(parts))]
    return {
        (row, at): Cell(row, at, CellKind.TEXT if text else CellKind.EMPTY, text)
        for at, text in zip(columns, said, strict=True)
    }


def _fits(part: str, at: int, question: Question | None, heads: Mapping[int, set[str]], readings: Readings) -> bool:
    """Whether a part may stand in a column: words only where no other question could mean them."""
    if at in heads:
        return comparison_key(part) in heads[at]
    if question and (question.kind is not Kind.TEXT or question.pattern):
        return _answers(part, question, readings)
    return not any(_answers(part, each, readings) for each in _telling(readings))


def _telling(readings: Readings) -> Iterator[Question]:
    return (each for each in readings.form.column if each.kind is not Kind.TEXT or each.pattern)


def _answers(part: str, question: Question, readings: Readings) -> bool:
    """Whether a text plainly answers a question; a day of long ago is said to be a guess."""
    read = readings.of(question, Cell(1, 1, CellKind.TEXT, part))
    return read.value is not None and (read.trouble is None or question.kind is Kind.DATE)


def _all_needed(columns: Sequence[Question | None], parts: Sequence[str], readings: Readings) -> bool:
    """Whether the parts, from the left, answer just what must be answered: after "ไม่มี" nothing else is asked."""
    pairs = [(each, part) for each, part in zip(columns, parts, strict=False) if each]
    values = {each.key: readings.of(each, Cell(1, 1, CellKind.TEXT, part)).value for each, part in pairs}
    lacking = [each for each in columns[len(parts) :] if each and each.required]
    return (
        len(pairs) == len(parts)
        and bool(lacking)
        and not any(each.only for each in readings.form.column)
        and all(each.required and readings.form.is_asked(each, "", values) for each, _ in pairs)
        and all(readings.form.is_asked(each, "", values) is False for each in lacking)
    )


def _ways(fits: Sequence[Sequence[bool]]) -> int:
    """In how many ways the parts can stand in the columns in their order, counted up to two."""

    @cache
    def from_(part: int, column: int) -> int:
        if part == len(fits):
            return 1
        if len(fits) - part > len(fits[0]) - column:
            return 0
        here = from_(part + 1, column + 1) if fits[part][column] else 0
        return min(2, here + from_(part, column + 1))

    return from_(0, 0)
