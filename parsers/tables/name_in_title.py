"""A table without names: one organisation that the title above it names, or the name of the sheet.

Taken only where a person could be sure whose the rows are.
"""

import re
from dataclasses import replace

from parsers.grid import Cell, CellKind, empty
from parsers.tables.model import Row, Table

TITLE_ROWS = 12  # rows above a table that may name its organisation


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
            for written in table.names.names_within(cell.text):
                # "อบต. แม่ยม" and "อบต.แม่ยม" are one name.
                found.setdefault(re.sub(r"\s", "", written), Cell(row, column, CellKind.TEXT, written))
    if not found and table.names.named(table.grid.sheet):
        found[""] = Cell(table.top, 1, CellKind.TEXT, table.grid.sheet)
    if len(found) != 1:
        return table
    (name,) = found.values()
    rows: tuple[Row, ...] = tuple(replace(row, name=name) if row.answered else row for row in table.rows)
    return replace(table, rows=rows) if table.names.named(name.text) else table
