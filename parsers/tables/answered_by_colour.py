"""Ticks that are given by the colour of a cell, where the sheet itself says what its colours mean.

Owns when such a column is read: it has no mark, and each of its cells has a colour of the legend or none. All else is asked.
"""

from collections.abc import Mapping
from dataclasses import replace

from parsers.form.form import Form
from parsers.form.question import Kind
from parsers.grid import Cell, CellKind, empty
from parsers.tables.model import Row, Table
from parsers.values.colour_legend import NONE, Said, named

_STATES = (Said.DONE, Said.NOT_DONE)


def answered_by_colour(table: Table, said: Mapping[str, Said], form: Form) -> Table:
    """The table with the marks that its colours stand for. ``said``: what each colour means."""
    if not any(state in _STATES for state in said.values()) or not table.grid.fills:
        return table
    ticks = [question.key for question in form.question if question.kind is Kind.TICK and question.key in table.columns]
    keys = [key for key in ticks if _is_plain(table, key, said)]
    marks = {Said.DONE: form.yes[0] if form.yes else "✓", Said.NOT_DONE: form.no[0] if form.no else "✗"}

    def answered(row: Row) -> Row:
        states = {key: _meant(table, row.cells[key], said) for key in keys if key in row.cells}
        given = {key: marks[state] for key, state in states.items() if state in _STATES}
        cells = {key: replace(row.cells[key], kind=CellKind.TEXT, text=mark) for key, mark in given.items()}
        return replace(row, cells={**row.cells, **cells}) if cells and not empty(row.name) else row

    return replace(table, rows=tuple(map(answered, table.rows))) if keys else table


def _is_plain(table: Table, key: str, said: Mapping[str, Said]) -> bool:
    cells = [row.cells[key] for row in table.rows if key in row.cells and not empty(row.name)]
    colours = {_colour(table, cell, said) for cell in cells}
    return all(map(empty, cells)) and colours <= {*said, NONE} and any(said.get(c or NONE) in _STATES for c in colours)


def _meant(table: Table, cell: Cell, said: Mapping[str, Said]) -> Said | None:
    colour = _colour(table, cell, said)
    return None if colour is None else said.get(colour)


def _colour(table: Table, cell: Cell, said: Mapping[str, Said]) -> str | None:
    return named(table.grid.fills.get((cell.row, cell.column), ""), said)
