"""A list on its side whose groups stand in lines of their own: each group's words put before its labels."""

from collections import Counter
from dataclasses import replace

from parsers.form.form import Form
from parsers.grid import Cell, CellKind, Grid
from parsers.tables.headings import Headings


def groups_beside(grid: Grid, form: Form) -> Grid:
    """The sheet with each line that says nothing but a group taken into the lines below it, up to the next such line.

    Below it a label of no group, or of another, stands for itself.
    """
    headings = Headings(form)
    filled = Counter(row for (row, _), cell in grid.cells.items() if not cell.blank)
    cells = dict(sorted(grid.cells.items()))
    group: Cell | None = None
    of_group: frozenset[str] = frozenset()
    for at, cell in list(cells.items()):
        if filled[at[0]] == 1:
            of_group = headings.group_of(cell.text)
            group = cell if of_group and len(of_group) < len(form.question) else None
            if group:
                del cells[at]
        elif group and at[1] == group.column and cell.kind is CellKind.TEXT:
            whole = f"{group.text} {cell.text}"
            if of_group & headings.fits([whole]).keys():
                cells[at] = replace(cell, text=whole)
    return grid if len(cells) == len(grid.cells) else replace(grid, cells=cells)
