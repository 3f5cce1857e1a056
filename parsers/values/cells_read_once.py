"""Cells read once: whoever asks again what a cell says for a question gets the reading that was made."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from parsers.form.form import Form
from parsers.form.question import NUMERIC, Kind, Question
from parsers.grid import Cell, CellKind
from parsers.thai.text import ascii_digits
from parsers.values.legend import NONE, Legend
from parsers.values.read_value import ValueReading, read_value


@dataclass(frozen=True)
class Readings:
    """The readings of one table's cells. ``near`` is the day two-digit years are near to.

    ``legend`` is what the sheet or its mail says of marks beside the circular; its plain marks are among the form's.
    ``said`` are the lines of the mail that take something back.
    """

    form: Form
    near: datetime.date | None = None
    legend: Legend = NONE
    said: tuple[str, ...] = ()
    stated: Mapping[tuple[str, Cell], str] = field(
        default_factory=dict
    )  # units that convert what a cell says, by key and cell
    _made: dict[tuple[str, Cell], ValueReading] = field(default_factory=dict, init=False, repr=False, compare=False)

    def amount(self, key: str, cell: Cell) -> bool:
        """Whether a cell is a figure other than none: none is none in any unit, and the same for everybody."""
        question = self.form.find(key)
        value = self.of(question, cell).value if question.kind in NUMERIC else None
        return isinstance(value, str) and Decimal(value) != 0

    def of(self, question: Question, cell: Cell) -> ValueReading:
        """What the cell says for the question; never raises."""
        made = self._made.get((question.key, cell))
        if made is None:
            said, unit = self._explained(question, cell), self.stated.get((question.key, cell), "")
            made = self._made[question.key, cell] = read_value(question, said, self.form, self.near, unit)
        return made

    def _explained(self, question: Question, cell: Cell) -> Cell:
        """Where it is asked how far something is, a mark counts as the words that explain it: it may stand for under way.

        So does the figure of a choice.
        """
        words = self.legend.said(cell.text) if question.kind is Kind.PROGRESS else ""
        if question.kind is Kind.CHOICE and self.legend.codes:
            words = self.legend.codes.get(question.choices, {}).get(ascii_digits(cell.text.strip()), "")
        return replace(cell, kind=CellKind.TEXT, text=words, number=None) if words else cell
