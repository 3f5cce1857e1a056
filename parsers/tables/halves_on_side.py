"""A list on its side with a column of "done" beside one of "not done": the two columns made one.

Owns where such columns stand and what a mark in one of them says. Two marks, or none that is plain, are asked.
"""

from collections.abc import Iterator
from dataclasses import replace

from parsers.form.form import Form
from parsers.grid import Cell, CellKind, Doubt, Grid, doubtful, empty
from parsers.tables.denial import half_of, is_half_word
from parsers.tables.headings import Headings
from parsers.values.tick_marks import Tick, tick

LISTS = 60  # rows below such headings
NOT_DONE = "ยังไม่ได้ดำเนินการ"


def halves_joined(grid: Grid, form: Form) -> Grid:
    """The sheet with each pair of such columns as one, that of "done"; as it is where there is none."""
    pairs = list(_pairs(grid, form))
    if not pairs:
        return grid
    cells = dict(grid.cells)
    top = pairs[0].row
    for head in pairs:
        for row in range(top + 1, min(grid.last_row, top + LISTS) + 1):
            yes, no = (cells.pop((row, column), Cell(row, column)) for column in (head.column, head.column + 1))
            joined = _joined(yes, no, form)
            if joined:
                cells[row, head.column] = joined
        del cells[top, head.column], cells[top, head.column + 1]
    return replace(grid, cells=cells)


def _pairs(grid: Grid, form: Form) -> Iterator[Cell]:
    """The headings of "done" with "not done" just right of them, in the first row that has any and is not its own label."""
    headings = Headings(form)
    found = (
        cell
        for at, cell in sorted(grid.cells.items())
        if at[1] > 1
        and _half(cell) == "yes"
        and _half(grid.own(at[0], at[1] + 1)) == "no"
        and not _labels(grid, at, headings)
    )
    first = next(found, None)
    if first:
        yield first
        yield from (cell for cell in found if cell.row == first.row)


def _labels(grid: Grid, at: tuple[int, int], headings: Headings) -> bool:
    """Whether a cell stands beside a question's label: then แล้ว is an answer and heads nothing."""
    left = (grid.own(at[0], column) for column in range(1, at[1]))
    return any(headings.fits([cell.text]) for cell in left if not _half(cell))


def _half(cell: Cell) -> str:
    """Which half a heading in words is of; a mark is none."""
    worded = cell.kind is CellKind.TEXT and any("ก" <= letter <= "ฮ" for letter in cell.text)
    return half_of(cell.text) if worded and is_half_word(cell.text) else ""


def _joined(yes: Cell, no: Cell, form: Form) -> Cell | None:
    done, undone = (Tick.BLANK if empty(cell) else tick(cell.text, form.yes, form.no) for cell in (yes, no))
    if done is Tick.BLANK and undone is Tick.BLANK:
        return None
    if done is Tick.YES and undone in (Tick.BLANK, Tick.NO):
        return yes
    if undone is Tick.YES and done in (Tick.BLANK, Tick.NO):
        return replace(no, column=yes.column, kind=CellKind.TEXT, text=NOT_DONE, number=None)
    return doubtful(yes.row, yes.column, Doubt.UNEVEN, f"{yes.text} | {no.text}")
