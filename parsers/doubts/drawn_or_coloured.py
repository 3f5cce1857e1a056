"""Answers given by other means than writing: cells that are only coloured, or have something drawn over them.

Owns the doubt about such cells in the rows of a table. What a colour or a picture means is nobody's to guess: it is asked.
"""

from collections.abc import Iterator, Mapping, Sequence

from parsers.findings import Code
from parsers.form.question import Kind
from parsers.grid import Doubt as Silent
from parsers.grid import Grid, empty
from parsers.tables.model import Doubt, Row, Table
from parsers.values.cells_read_once import Readings
from parsers.values.read_value import expected_of

Columns = Mapping[str, tuple[int, ...]]


def drawn_or_coloured(table: Table, readings: Readings) -> Iterator[Doubt]:
    """The blank cells that may have been answered without a word."""
    grid, columns = table.grid, table.columns
    if table.found is None or (not grid.drawn and not grid.fills):
        return
    ticks = [key for key in columns if readings.form.find(key).kind is Kind.TICK]
    coloured = {key for key in ticks if _is_told_by_colour(table.rows, key, columns, grid)}
    for row in table.rows:
        for key, cell in row.cells.items():
            if not empty(cell):
                continue
            if any(_is_drawn_over(grid, row.row, column) for column in columns[key]):
                yield _silent(readings, row, key, Silent.DRAWN)
            elif key in coloured and not empty(row.name):
                yield _silent(readings, row, key, Silent.COLOURED)


def _silent(readings: Readings, row: Row, key: str, how: Silent) -> Doubt:
    expected = expected_of(readings.form.find(key), readings.form, readings.near)
    return Doubt(Code.ANSWER_UNREADABLE, row.row, key, {"expected": expected}, shown=f"[{how}]")


def _is_drawn_over(grid: Grid, row: int, column: int) -> bool:
    return any(over.holds(row, column) for over in grid.drawn)


def _is_told_by_colour(rows: Sequence[Row], key: str, columns: Columns, grid: Grid) -> bool:
    """Whether a column without a single mark has cells of different colours; bands over whole rows are none."""
    if any(not empty(row.cells[key]) for row in rows if key in row.cells):
        return False
    told = {
        tuple(_colour(grid, row, column) for column in columns[key])
        for row in rows
        if key in row.cells and not empty(row.name)
    }
    return len(told) > 1


def _colour(grid: Grid, row: Row, column: int) -> str:
    """The colour of a cell where it is not that of the row's name."""
    own = grid.fills.get((row.row, column), "")
    return "" if own == grid.fills.get((row.name.row, row.name.column), "") else own or "none"
