"""A form on its side: questions down the side with organisations across.

Owns turning a sheet over and back. It is taken only where a person could be sure.
"""

from dataclasses import replace

from parsers.grid import Cell, Grid, Merge
from parsers.organisations.type_words import named
from parsers.tables.model import Table

WIDEST, LONGEST = 60, 300  # columns and rows of a sheet that may stand on its side


def turned(grid: Grid) -> Grid | None:
    """The sheet with rows and columns exchanged; None where nobody would read it so."""
    size = grid.last_row, grid.last_column
    if not 1 < size[1] <= WIDEST or not 1 < size[0] <= LONGEST or grid.hidden_rows or grid.hidden_columns:
        return None
    cells = {(column, row): _turned(cell) for (row, column), cell in grid.cells.items()}
    merges = tuple(Merge(m.left, m.top, m.right, m.bottom) for m in grid.merges)
    return Grid(grid.sheet, cells, merges, grid.hidden)


def _turned(cell: Cell) -> Cell:
    return replace(cell, row=cell.column, column=cell.row)


def back(table: Table, grid: Grid) -> Table:
    """A table of the turned sheet in the places of ``grid``; its whole height counts as header."""
    rows = tuple(
        replace(row, row=row.name.column, name=_turned(row.name), cells={k: _turned(c) for k, c in row.cells.items()})
        for row in table.rows
    )
    moved = {row.row: row.name.column for row in table.rows}
    height = [c for run in table.columns.values() for c in run] + list(table.name_columns)
    return replace(
        table,
        grid=grid,
        top=min(height),
        bottom=max(height),
        rows=rows,
        totals=(),
        heads=(),
        passed_over=frozenset(),
        doubts=tuple(replace(doubt, row=moved[doubt.row]) for doubt in table.doubts),
        found=None,
    )


def plainly_named(table: Table) -> bool:
    """Whether the names of a table are surely organisations', or it has none and may be headed by its title."""
    answered = [row for row in table.rows if row.answered]
    return all(named(row.name.text) for row in answered) if table.name_columns else len(answered) == 1
