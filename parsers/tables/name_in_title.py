"""A table without names: one organisation that the title above it names, the name of the sheet, or the file's cover.

Taken only where a person could be sure whose the rows are.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from parsers.grid import Cell, CellKind, Grid, empty
from parsers.organisations.name_grammar import without_label
from parsers.organisations.type_words import TypeWords
from parsers.tables.model import Row, Table

TITLE_ROWS = 12  # rows above a table that may name its organisation
COVER_CELLS = 200  # of a sheet; one with more is no cover


def headed_by_title(table: Table, most: int = 1, last: int = 0) -> Table:
    """Where nothing names the rows, the answered ones, ``most`` at most, get the one name that stands above the table.

    It stands below row ``last``, else in the name of the sheet.
    """
    if not _nameless(table, most):
        return table
    first = max(last + 1, table.top - TITLE_ROWS)
    found = _names_in((c for c in table.grid.cells.values() if first <= c.row < table.top), table.names)
    if not found and table.names.named(table.grid.sheet):
        found[""] = Cell(table.top, 1, CellKind.TEXT, table.grid.sheet)
    return _headed(table, found)


def headed_by_cover(table: Table, covers: Iterable[Grid], most: int = 1) -> Table:
    """The same by the one name on the sheets that hold no table: ชื่อหน่วยงาน | อบต.แม่ยม on a page before the form's."""
    if not _nameless(table, most):
        return table
    cells = [cell for grid in covers if len(grid.cells) <= COVER_CELLS for cell in grid.cells.values()]
    found = _names_in(cells, table.names)
    # The whole cell is the name: of more words the register says that it knows nobody so called.
    whole = [cell.text for cell in cells if (said := without_label(cell.text)) and table.names.named(said)]
    head = {key: Cell(table.top, 1, CellKind.TEXT, without_label(whole[0])) for key in found} if whole else {}
    return _headed(table, head)


def _nameless(table: Table, most: int) -> bool:
    """Whether a table has so many answered rows, and nobody's name down to the last of them."""
    answered = [row for row in table.rows if row.answered]
    above = [row for row in table.rows if answered and row.row <= answered[-1].row]
    alone = not table.name_columns or len(table.rows) == 1  # a column of names left blank in a sheet for each
    return alone and 0 < len(answered) <= most and all(empty(row.name) for row in above)


def _names_in(cells: Iterable[Cell], names: TypeWords) -> dict[str, Cell]:
    """The names in texts, each where it stands first: "อบต. แม่ยม" and "อบต.แม่ยม" are one."""
    found: dict[str, Cell] = {}
    for cell in cells:
        said = [cell.text] if names.stands_alone(cell.text) else names.names_within(cell.text)
        for written in said if cell.kind is CellKind.TEXT else ():
            # Written once with a blank and once without, it is one name.
            found.setdefault(re.sub(r"\s", "", written), replace(cell, text=written))
    return found


def _headed(table: Table, found: dict[str, Cell]) -> Table:
    if len(found) != 1:
        return table
    (name,) = found.values()
    rows: tuple[Row, ...] = tuple(replace(row, name=name) if row.answered else row for row in table.rows)
    return replace(table, rows=rows) if table.names.named(name.text) else table
