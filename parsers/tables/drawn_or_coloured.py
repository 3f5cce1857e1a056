"""Answers given by other means than writing: cells that are only coloured, or have something drawn over them.

Owns the doubt about such cells in the rows of a table. What a colour or a picture means is nobody's to guess: it is asked.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from parsers.form import Form, Kind
from parsers.grid import Cell, Doubt, Grid, doubtful, empty
from parsers.tables.model import Row

Columns = Mapping[str, tuple[int, ...]]


def unveiled(rows: Sequence[Row], columns: Columns, grid: Grid, form: Form) -> list[Row]:
    """The rows with a doubtful cell wherever a blank one may have been answered without a word."""
    if not grid.drawn and not grid.fills:
        return list(rows)
    coloured = {
        key for key in columns if form.find(key).kind is Kind.TICK and _is_told_by_colour(rows, key, columns, grid)
    }
    return [replace(row, cells=dict(_cells(row, coloured, columns, grid))) for row in rows]


def _cells(row: Row, coloured: set[str], columns: Columns, grid: Grid) -> Iterator[tuple[str, Cell]]:
    for key, cell in row.cells.items():
        if not empty(cell):
            yield key, cell
        elif any(_is_drawn_over(grid, row.row, column) for column in columns[key]):
            yield key, doubtful(cell.row, cell.column, Doubt.DRAWN)
        elif key in coloured and not empty(row.name):
            yield key, doubtful(cell.row, cell.column, Doubt.COLOURED)
        else:
            yield key, cell


def _is_drawn_over(grid: Grid, row: int, column: int) -> bool:
    return any(over.top <= row <= over.bottom and over.left <= column <= over.right for over in grid.drawn)


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
