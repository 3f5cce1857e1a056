"""Forms of another build: questions down the side with organisations across, and one organisation named in the title only.

Owns turning a sheet over and finding the one name above a table. Both are taken only where a person could be sure.
"""

import re
from dataclasses import replace

from parsers.grid import Cell, CellKind, Grid, Merge, empty
from parsers.organisations.type_words import named, names_within
from parsers.tables.model import Row, Table

TITLE_ROWS = 12  # rows above a table that may name its organisation
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


def headed_by_title(table: Table, most: int = 1, last: int = 0) -> Table:
    """Where nothing names the rows, the answered ones, ``most`` at most, get the one name that stands above the table.

    It stands below row ``last``, else in the name of the sheet.
    """
    answered = [row for row in table.rows if row.answered]
    above = [row for row in table.rows if answered and row.row <= answered[-1].row]
    if table.name_columns or not 0 < len(answered) <= most or not all(empty(row.name) for row in above):
        return table
    found: dict[str, Cell] = {}
    for (row, column), cell in table.grid.cells.items():
        if max(last + 1, table.top - TITLE_ROWS) <= row < table.top and cell.kind is CellKind.TEXT:
            for written in names_within(cell.text):
                # "อบต. แม่ยม" and "อบต.แม่ยม" are one name.
                found.setdefault(re.sub(r"\s", "", written), Cell(row, column, CellKind.TEXT, written))
    if not found and named(table.grid.sheet):
        found[""] = Cell(table.top, 1, CellKind.TEXT, table.grid.sheet)
    if len(found) != 1:
        return table
    (name,) = found.values()
    rows: tuple[Row, ...] = tuple(replace(row, name=name) if row.answered else row for row in table.rows)
    return replace(table, rows=rows) if named(name.text) else table
