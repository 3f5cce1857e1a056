"""Answers that slipped up or down by a row against the names: a name without answers, and at the end answers without a name.

Owns that arrangement. Neither end alone says anything: a blank is a blank, and a row without a name is told as one.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from parsers.findings import Code, shown
from parsers.form.question import LISTED, Kind
from parsers.grid import Cell, empty
from parsers.tables.model import EXAMPLE, Doubt, Row, Table
from parsers.thai.text import ascii_digits
from parsers.values.cells_read_once import Readings
from parsers.values.decimals import CENT, decimal
from parsers.values.tick_marks import Tick, tick

Cells = Mapping[str, Cell]


def slipped_rows(table: Table, readings: Readings) -> Iterator[Doubt]:
    """One doubt for the rows between a name without answers and answers without a name at the end beyond it."""
    rows = [row for row in table.rows if not row.example and not EXAMPLE.search(row.number)]
    named = [at for at, row in enumerate(rows) if not empty(row.name)]
    if readings.form.row_label or not any(rows[at].answered for at in named):
        return
    blank = [at for at in named if not rows[at].answered]
    last, ends = rows[named[-1]].row, _Ends(readings, [rows[at] for at in named])
    below = [row.row for row in rows[named[-1] + 1 :] if ends.answers(row.cells)]
    below += [total.row for total in table.totals if total.row > last and ends.ticks(total.cells)]
    above = [row.row for row in rows[: named[0]] if ends.ticks(row.cells) and not ends.is_printed(row)]
    if blank and below:
        yield _doubt(rows[blank[0] :], rows[blank[0]], below[0])
    elif blank and above:
        yield _doubt(rows[: blank[-1] + 1], rows[blank[-1]], above[-1])


def _doubt(rows: Sequence[Row], blank: Row, nameless: int) -> Doubt:
    fields = {"blank": shown(blank.name.text), "nameless": str(nameless)}
    return Doubt(Code.ROWS_SLIPPED, rows[0].row, fields=fields, rows=tuple(row.row for row in rows))


class _Ends:
    """Tells answers of somebody from the totals and examples that stand at the ends of a table without a name."""

    def __init__(self, readings: Readings, named: Sequence[Row]) -> None:
        self.form, self.readings, self.named = readings.form, readings, named

    def answers(self, cells: Cells) -> bool:
        """Whether a row below holds somebody's answers: ticks, choices, days, or figures that are not the sums of the rows above."""
        if self.ticks(cells):
            return True
        chosen = {*LISTED, Kind.DATE}
        if any(self.form.find(key).kind in chosen and not empty(cell) for key, cell in cells.items()):
            return True
        figures = {key: number for key in cells if (number := self._figure(key, cells)) is not None}
        return bool(figures) and not all(abs(self._sum(key) - number) <= CENT / 2 for key, number in figures.items())

    def ticks(self, cells: Cells) -> bool:
        """Whether somebody ticked or crossed there; counts and dashes are a total's."""
        return any(mark in (Tick.YES, Tick.NO) for mark in self._marks(cells))

    def is_printed(self, row: Row) -> bool:
        """The example row of the form, in which all is ticked."""
        return set(self._marks(row.cells)) <= {Tick.YES, Tick.BLANK}

    def _marks(self, cells: Cells) -> list[Tick]:
        """What the tick cells say, but for figures and dashes."""
        texts = [cells[q.key].text.strip() for q in self.form.question if q.kind is Kind.TICK and q.key in cells]
        said = (text for text in texts if text.strip("-–—") and not ascii_digits(text).isdecimal())
        return [tick(text, self.form.yes, self.form.no) for text in said]

    def _figure(self, key: str, cells: Cells) -> Decimal | None:
        question = self.form.find(key)
        sums = question.kind is Kind.COMPUTED or self.form.has_sum(question)
        return decimal(self.readings.of(question, cells[key]).value) if sums and key in cells else None

    def _sum(self, key: str) -> Decimal:
        return sum((number for row in self.named if (number := self._figure(key, row.cells)) is not None), Decimal())
