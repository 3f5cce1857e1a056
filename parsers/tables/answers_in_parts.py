"""One answer over several columns, each headed by a part of it: a choice by its options, a day by day, month and year.

Owns what such columns say together. What may mean two things is called unclear.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from parsers.form.form import Form
from parsers.form.question import NUMERIC, Kind
from parsers.form.question_rules import BETWEEN
from parsers.grid import Cell, CellKind, Grid, empty
from parsers.tables.model import Header, Split
from parsers.thai.text import ascii_digits, heading_key
from parsers.values.choices import surely_chosen
from parsers.values.figure_cell import number_in
from parsers.values.numbers import DASH
from parsers.values.tick_marks import Tick, tick

# What heads the parts of an amount of money, and the sum of several columns, as heading keys.
_BAHT, _SATANG = frozenset({"บาท"}), frozenset({"สต", "สตางค์"})
_TOGETHER = frozenset({"รวม", "รวมทั้งสิ้น", "รวมทั้งหมด", "ทั้งหมด"})
# What heads the parts of a day, as heading keys.
_PARTS = (frozenset({"วัน", "วันที่"}), frozenset({"เดือน"}), frozenset({"ปี", "พศ", "ปีพศ"}))


# "1250", "12.5".
_PLAIN = re.compile(r"\d{1,12}(?:\.\d{1,4})?")
# "50", "5", "00" satang.
_SATANG_FIGURE = re.compile(r"\d{1,2}")


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
        if key in self._amounts:
            return self._amount(row, *self._amounts[key])
        if key in self._sums:
            return self._sum(row, *self._sums[key])
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
    def _amounts(self) -> Mapping[str, tuple[int, int]]:
        """Of amounts of money, the columns of baht and of satang."""
        found = {}
        for key, run in self.header.columns.items():
            baht = run[0]
            parts = heading_key(self._heading(baht)) in _BAHT and heading_key(self._heading(baht + 1)) in _SATANG
            if parts and self.form.find(key).kind is Kind.MONEY and run in ((baht,), (baht, baht + 1)):
                found[key] = (baht, baht + 1)
        return found

    @cached_property
    def _sums(self) -> Mapping[str, tuple[int, Sequence[int]]]:
        """Of figures, the column of what others beside it come to, and those: เดิม, เพิ่ม, รวม."""
        found = {}
        taken = {column for run in self.header.columns.values() for column in run}
        for key, run in self._several.items():
            last = [column for column in run if heading_key(self._heading(column)) in _TOGETHER]
            if len(last) != 1 or self.form.find(key).kind not in NUMERIC:
                continue
            beside = (c for c in range(self.header.left, self.header.right + 1) if c in run or c not in taken)
            parts = [c for c in beside if c not in last and self._above(c) == self._above(last[0])]
            if len(parts) > 1 and set(run) <= {*last, *parts}:
                found[key] = (last[0], parts)
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

    def _above(self, column: int) -> tuple[int, int]:
        """The place of the heading above the lowest one."""
        head = self.grid.at(self.header.bottom - 1, column)
        return head.row, head.column

    def _day(self, row: int, columns: Sequence[int]) -> Cell:
        cells = [self.grid.at(row, column) for column in columns]
        said = [cell.text for cell in cells if not empty(cell)]
        return Cell(row, columns[0], CellKind.TEXT if said else CellKind.EMPTY, " ".join(said))

    def _amount(self, row: int, baht: int, satang: int) -> tuple[Cell, Split | None]:
        """Baht and satang as one amount; nobody knows what other figures than 0 to 99 are."""
        whole, part = self.grid.at(row, baht), self.grid.at(row, satang)
        if empty(part) or DASH.fullmatch(part.text.strip()):
            return whole, None
        few = ascii_digits(part.text.strip())
        if not _SATANG_FIGURE.fullmatch(few) or empty(whole) or "." in whole.text:
            return whole, Split.UNCLEAR
        return Cell(row, baht, CellKind.TEXT, f"{whole.text.strip()}.{few:0>2}"), None

    def _sum(self, row: int, last: int, parts: Sequence[int]) -> tuple[Cell, Split | None]:
        """The sum of the other columns, where it is that."""
        whole, few = self.grid.at(row, last), [self.grid.at(row, column) for column in parts]
        figures = [_figure(cell) for cell in few]
        known = [figure for figure in figures if figure is not None]
        fits = len(known) == len(figures) and _figure(whole) == sum(known)
        return whole, None if fits or all(map(empty, (whole, *few))) else Split.UNCLEAR

    def _option(self, row: int, key: str, options: Mapping[int, str]) -> tuple[Cell, Split | None]:
        """The one option that is ticked; a cross beside it says nothing, anything else may mean another."""
        filled = [cell for column in options if not empty(cell := self.grid.at(row, column))]
        ticked = [cell for cell in filled if self._is_ticked(cell, key, options[cell.column])]
        crossed = all(cell in ticked or self._tick(cell) is Tick.NO for cell in filled)
        if not filled:
            return self.grid.at(row, min(options)), None
        question = self.form.find(key)
        several = question.kind is Kind.CHOICES and bool(ticked) and all(options[cell.column] for cell in ticked)
        if not crossed or not (several or (len(ticked) == 1 and options[ticked[0].column])):
            return filled[0], Split.UNCLEAR
        if several:
            chosen = BETWEEN.join(options[cell.column] for cell in ticked)
            return Cell(row, ticked[0].column, CellKind.TEXT, chosen), None
        return Cell(row, ticked[0].column, CellKind.TEXT, options[ticked[0].column]), None

    def _is_ticked(self, cell: Cell, key: str, option: str) -> bool:
        """A mark, or the option's own words once more."""
        return self._tick(cell) is Tick.YES or (
            bool(option) and surely_chosen(cell.text, self.form.find(key).choices) == option
        )

    def _tick(self, cell: Cell) -> Tick:
        return tick(cell.text, self.form.yes, self.form.no)


def _figure(cell: Cell) -> Decimal | None:
    """The plain figure of a cell, 0 for a blank or a dash; None for anything else."""
    if empty(cell) or DASH.fullmatch(cell.text.strip()):
        return Decimal()
    said = ascii_digits(cell.text.strip()).replace(",", "")
    return Decimal(said) if cell.kind is CellKind.TEXT and _PLAIN.fullmatch(said) else number_in(cell)
