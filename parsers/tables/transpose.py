"""A form on its side: questions down the side with organisations across.

Owns turning a sheet over and back. It is taken only where a person could be sure.
"""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import replace

from parsers.form.form import Form
from parsers.form.question import NUMERIC, Kind, Question
from parsers.grid import Cell, CellKind, Grid, Merge, empty
from parsers.organisations.type_words import TypeWords
from parsers.tables.model import Table
from parsers.values.units import Fit, fit, parse_unit

WIDEST, LONGEST = 60, 300  # columns and rows of a sheet that may stand on its side
MOST_BLOCKS = 60  # lists of one organisation each that stand one below the other
NAMED = 2  # cells of a row that names one: "อบต.สรอย", or "ชื่อ อปท." and the name
# "หน่วย", "หน่วยนับ": the column beside the labels.
_UNIT_HEADING = re.compile(r"หน่วย(?:นับ|วัด)?")


def blocks(grid: Grid, names: TypeWords) -> list[Grid]:
    """A sheet in parts, each from an organisation's name to the next, where several head lists; else the whole sheet."""
    rows: dict[int, list[Cell]] = {}
    for (row, _), cell in sorted(grid.cells.items()):
        rows.setdefault(row, []).append(cell)
    starts = [
        row for row, cells in rows.items() if len(cells) <= NAMED and any(names.named(cell.text) for cell in cells)
    ]
    if not 1 < len(starts) <= MOST_BLOCKS:
        return [grid]
    parts: list[dict[tuple[int, int], Cell]] = [{} for _ in starts]
    for row, cells in rows.items():
        if row >= starts[0]:
            parts[bisect_right(starts, row) - 1] |= {(cell.row, cell.column): cell for cell in cells}
    merges = [tuple(merge for merge in grid.merges if (merge.top, merge.left) in cells) for cells in parts]
    return [replace(grid, cells=cells, merges=own) for cells, own in zip(parts, merges, strict=True)]


def turned(grid: Grid, names: TypeWords) -> Grid | None:
    """The sheet with rows and columns exchanged; None where nobody would read it so."""
    size = grid.last_row, grid.last_column
    if not 1 < size[1] <= WIDEST or not 1 < size[0] <= LONGEST or grid.hidden_rows or grid.hidden_columns:
        return None
    units, titles = _unit_columns(grid), _name_lines(grid, names)
    kept = (cell for (row, column), cell in grid.cells.items() if column not in units and row not in titles)
    cells = {(cell.column, cell.row): _turned(cell) for cell in kept}
    merges = tuple(Merge(m.left, m.top, m.right, m.bottom) for m in grid.merges)
    return Grid(grid.sheet, cells, merges, grid.hidden)


def _name_lines(grid: Grid, names: TypeWords) -> frozenset[int]:
    """The rows that hold nothing but an organisation's name: a title over its list, no question of it."""
    counted = Counter(row for (row, _), cell in grid.cells.items() if not cell.blank)
    return frozenset(row for (row, _), cell in grid.cells.items() if counted[row] == 1 and names.named(cell.text))


def _unit_columns(grid: Grid) -> frozenset[int]:
    """The columns that hold nothing but units, each beside its figure, perhaps under หน่วย."""
    texts: dict[int, list[str]] = {}
    for (_, column), cell in grid.cells.items():
        if not cell.blank and not _UNIT_HEADING.fullmatch(cell.text):
            texts.setdefault(column, []).append(cell.text)
    return frozenset(column for column, said in texts.items() if column > 1 and all(map(parse_unit, said)))


def with_units(table: Table, form: Form) -> Table:
    """A table of a turned sheet whose figures have a foreign unit in the next cell: there the two are one text."""
    rows = (
        replace(row, cells={k: _with_unit(c, form.find(k), table.grid) for k, c in row.cells.items()})
        for row in table.rows
    )
    return replace(table, rows=tuple(rows))


def _with_unit(cell: Cell, question: Question, grid: Grid) -> Cell:
    beside = grid.at(cell.row, cell.column + 1)
    asked = question.kind in NUMERIC and not cell.blank and beside.kind is CellKind.TEXT  # the number 1000 is no unit
    unit = parse_unit(beside.text) if asked else None
    if unit is None or fit(unit, question) is not Fit.OTHER:
        return cell
    return replace(cell, kind=CellKind.TEXT, text=f"{cell.text} {beside.text}")


def _turned(cell: Cell) -> Cell:
    return replace(cell, row=cell.column, column=cell.row)


def back(table: Table, grid: Grid) -> Table:
    """A table of the turned sheet in the places of ``grid``; its whole height counts as header."""
    rows = tuple(
        replace(row, row=row.name.column, name=_turned(row.name), cells={k: _turned(c) for k, c in row.cells.items()})
        for row in table.rows
    )
    moved = {row.row: row.name.column for row in table.rows}
    names = table.name_columns if any(not empty(row.name) for row in table.rows) else ()
    height = [c for run in table.columns.values() for c in run] + list(names)
    return replace(
        table,
        name_columns=names,
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


def filled_out(table: Table, form: Form) -> Table:
    """A list typed as lines, where what is not said is a blank of its organisation: there is no column to be missed."""
    if not table.grid.lines:
        return table
    said = {row.label for row in table.rows}
    asked = [question.key for question in form.question if question.kind is not Kind.COMPUTED]
    rows = tuple(
        replace(row, cells=dict.fromkeys(asked, Cell(row.name.row, 1)) | dict(row.cells)) for row in table.rows
    )
    return replace(table, rows=rows, missing=()) if said == {""} else table


def plainly_named(table: Table, most: int = 1) -> bool:
    """Whether the names of a table are surely organisations', or it has none and its ``most`` rows may be headed by its title."""
    answered = [row for row in table.rows if row.answered]
    nameless = all(empty(row.name) for row in answered)
    return 0 < len(answered) <= most if nameless else all(table.names.named(row.name.text) for row in answered)
