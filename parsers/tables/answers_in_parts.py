"""One answer over several columns, each headed by a part of it: a choice by its options, a day by day, month and year.

Owns what such columns say together. What may mean two things is called unclear.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from parsers.form.form import Form
from parsers.form.question import Kind
from parsers.grid import Cell, CellKind, Grid, empty
from parsers.tables.model import Header, Split
from parsers.thai.text import heading_key
from parsers.values.choices import surely_chosen
from parsers.values.tick_marks import Tick, tick

# What heads the parts of a day, as heading keys.
_PARTS = (frozenset({"วัน", "วันที่"}), frozenset({"เดือน"}), frozenset({"ปี", "พศ", "ปีพศ"}))


@dataclass(frozen=True)
class InParts:
    """The questions under one header whose answers stand in parts."""

    grid: Grid
    header: Header
    form: Form

    def say(self, row: int, key: str) -> tuple[Cell, Split | None] | None:
        """What the parts of an answer say together in a row, in the place of the one that counts; None for no parts."""
        if key in self._days:
            return self._day(row, self._days[key]), None
        return self._option(row, key, self._options[key]) if key in self._options else None

    @cached_property
    def _several(self) -> Mapping[str, Sequence[int]]:
        return {key: run for key, run in self.header.columns.items() if len(run) > 1}

    @cached_property
    def _days(self) -> Mapping[str, Sequence[int]]:
        """Of days, the columns of their parts in the order of a date."""
        found = {}
        for key, run in self._several.items():
            headed = {column: heading_key(self._heading(column)) for column in run}
            columns = [column for part in _PARTS for column in run if headed[column] in part]
            if self.form.find(key).kind is Kind.DATE and len(columns) == len(run) == len(_PARTS):
                found[key] = columns
        return found

    @cached_property
    def _options(self) -> Mapping[str, Mapping[int, str]]:
        """Of choices, the option that each column is headed by, empty for what is none of them."""
        found = {}
        for key, run in self._several.items():
            question = self.form.find(key)
            options = {column: surely_chosen(self._heading(column), question.choices) for column in run}
            named = [option for option in options.values() if option]
            if len(named) > 1 and len(set(named)) == len(named):
                found[key] = options
        return found

    def _heading(self, column: int) -> str:
        return self.grid.at(self.header.bottom, column).text

    def _day(self, row: int, columns: Sequence[int]) -> Cell:
        cells = [self.grid.at(row, column) for column in columns]
        said = [cell.text for cell in cells if not empty(cell)]
        return Cell(row, columns[0], CellKind.TEXT if said else CellKind.EMPTY, " ".join(said))

    def _option(self, row: int, key: str, options: Mapping[int, str]) -> tuple[Cell, Split | None]:
        """The one option that is ticked; a cross beside it says nothing, anything else may mean another."""
        filled = [cell for column in options if not empty(cell := self.grid.at(row, column))]
        ticked = [cell for cell in filled if self._is_ticked(cell, key, options[cell.column])]
        crossed = all(cell in ticked or self._tick(cell) is Tick.NO for cell in filled)
        if not filled:
            return self.grid.at(row, min(options)), None
        if len(ticked) != 1 or not crossed or not options[ticked[0].column]:
            return filled[0], Split.UNCLEAR
        return Cell(row, ticked[0].column, CellKind.TEXT, options[ticked[0].column]), None

    def _is_ticked(self, cell: Cell, key: str, option: str) -> bool:
        """A mark, or the option's own words once more."""
        return self._tick(cell) is Tick.YES or (
            bool(option) and surely_chosen(cell.text, self.form.find(key).choices) == option
        )

    def _tick(self, cell: Cell) -> Tick:
        return tick(cell.text, self.form.yes, self.form.no)
