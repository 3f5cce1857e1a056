"""What the cells of one question in one row say together, where a question has several columns.

Owns halves ("done", "not done"), repeated columns and columns under one heading. What may mean two things is called unclear.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.form.form import Form
from parsers.form.question import Kind
from parsers.grid import Cell, Grid, empty
from parsers.tables.denial import half_of
from parsers.tables.meanings import Meaning, meanings_of
from parsers.tables.model import Header, Split
from parsers.thai.text import comparison_key
from parsers.values.tick_marks import Tick, tick


@dataclass(frozen=True)
class Together:
    """The answer cells under one header."""

    grid: Grid
    header: Header
    form: Form

    def say(self, row: int, key: str) -> tuple[Cell, Split | None]:
        """The cell of one question; of repeated or split columns, the one that counts and what they say together."""
        columns = self.header.columns[key]
        halves = self.header.halves.get(key)
        seen = {(c.row, c.column): c for c in (self.grid.at(row, column) for column in columns)}
        cells = list(seen.values())
        filled = [cell for cell in cells if not empty(cell)]
        alike = len({comparison_key(cell.text) for cell in filled}) == 1
        if key in self.header.denied and (filled or self.form.blank == "no"):
            return self._denial_says(filled) if filled else (cells[0], Split.UNCLEAR)  # a blank is no "no" there
        if len(filled) == len(cells) > 0 and alike and not halves and (len(cells) == 1 or not self._shares(key)):
            return filled[0], None
        if filled and (key in self.header.unclear or (not halves and filled[0] is not cells[0] and self._shares(key))):
            return filled[0], Split.UNCLEAR
        if halves and filled:
            return self._halves_say(row, halves)
        if len(filled) <= 1 or alike:
            return (filled[0] if filled else cells[0]), None
        return filled[0], Split.UNCLEAR

    def shown(self, row: int, key: str) -> str:
        """What stands in the columns of a question, for a sentence."""
        columns = self.header.halves.get(key) or self.header.columns[key]
        seen = {(c.row, c.column): c for c in (self.grid.at(row, column) for column in columns)}
        return " | ".join(f"[{cell.text}]" for cell in seen.values())

    def _shares(self, key: str) -> bool:
        """A tick question whose one heading spans several columns: whatever is not in the first may mean "no"."""
        tops = (self.grid.at(self.header.bottom, column) for column in self.header.columns[key])
        return self.form.find(key).kind is Kind.TICK and len({(top.row, top.column) for top in tops}) == 1

    def _denial_says(self, filled: list[Cell]) -> tuple[Cell, Split]:
        """A mark where there is only "not done" says no; a cross may mean either."""
        return filled[0], Split.DENIED if all(self._tick(cell) is Tick.YES for cell in filled) else Split.UNCLEAR

    def _halves_say(self, row: int, halves: Sequence[int]) -> tuple[Cell, Split | None]:
        """A mark in one part with the others empty or crossed out. A lone cross may mean either, so it is left unclear."""
        yes, *others = (self.grid.at(row, column) for column in halves)
        later = all(self._is_of_later(column) for column in halves[1:])
        no = [cell for cell in others if not self._says_when(cell)]
        done, *undone = (Tick.BLANK if empty(cell) else self._tick(cell) for cell in (yes, *no))
        crossed = all(each in (Tick.BLANK, Tick.NO) for each in undone)
        if crossed and (done is Tick.YES or (later and done is Tick.NO)):
            return yes, None
        if crossed and empty(yes) and len(no) < len(others):
            return next(cell for cell in others if cell not in no), Split.DENIED
        marked = [cell for cell, each in zip(no, undone, strict=True) if each not in (Tick.BLANK, Tick.NO)]
        marked = marked or ([cell for cell in no if half_of(cell.text) == "no"] if empty(yes) else [])
        if len(marked) == 1 and done in (Tick.BLANK, Tick.NO) and self._undone(marked[0], alone=empty(yes)):
            return marked[0], Split.DENIED
        return yes, Split.UNCLEAR

    def _is_of_later(self, column: int) -> bool:
        """Whether a column is headed as what is expected: คาดว่าจะจัดทำประกาศ."""
        return Meaning.EXPECTED in meanings_of(self.grid.at(self.header.bottom, column).text)

    def _says_when(self, cell: Cell) -> bool:
        """Whether a cell says when it is expected, such as ธ.ค. 67."""
        dated = any(letter.isdigit() for letter in cell.text) and self._tick(cell) is Tick.UNCLEAR
        return dated and self._is_of_later(cell.column)

    def _undone(self, cell: Cell, *, alone: bool) -> bool:
        """A mark under "not done", or words that say the same where nothing stands under "done"."""
        return self._tick(cell) is Tick.YES or (alone and half_of(cell.text) == "no")

    def _tick(self, cell: Cell) -> Tick:
        return tick(cell.text, self.form.yes, self.form.no)
