"""An organisation's free rows as one list: whose they are, what each says, and what keeps the list from being recorded.

Owns when rows are one organisation's. A list is recorded whole or not at all: a fault in one of its rows has it asked.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from parsers.doubts.order_of_checks import Doubts
from parsers.findings import Code
from parsers.form.form import Form
from parsers.form.free_rows import NONE, ROWS, Item, said, written
from parsers.form.question import NUMERIC, Question, heading
from parsers.grid import Cell, CellKind, empty
from parsers.reading import Value
from parsers.tables.model import Doubt, Found, Row, Split, Table, counted
from parsers.thai.text import comparison_key, heading_key
from parsers.values.cells_read_once import Readings
from parsers.values.read_value import expected_of

_NOTHING = ("ไม่มี", "")  # how the label of who lists nothing begins: ไม่มีโครงการ; the key of a dash is empty
_TOLD = 6  # cells of further faults that are named


@dataclass(frozen=True)
class _Block:
    """The rows of one organisation; the first has its name, or none where nobody knows whose they are."""

    owner: Row
    rows: list[Row]


@dataclass(frozen=True)
class _Fault:
    cell: Cell
    expected: str


def in_lists(found: Found, form: Form) -> Found:
    """A table of free rows as a table of one row an organisation, with the questions that ``form`` asks."""
    return replace(found, table=_Lists(found.table, form).table())


_Part = Value | _Fault | None  # what a cell says


class _Lists:
    def __init__(self, table: Table, form: Form) -> None:
        self.raw, self.form = table, form
        self.readings = table.readings or Readings(form.table)
        self.checked = Doubts(table, self.readings)
        self.doubts: list[Doubt] = [doubt for doubt in table.doubts if not doubt.row]
        gone = [heading(question) for question in table.missing if question.required]
        gone += [] if table.row_columns else [form.row_label]
        self.doubts += (Doubt(Code.COLUMN_MISSING, fields={"question": name}) for name in gone)
        self.whole = not gone

    def table(self) -> Table:
        """The table with a row for each organisation."""
        raw, asked = self.raw, {question.key for question in self.form.question}
        rows = tuple(self._row(block) for block in self._blocks())
        totals = [replace(t, cells={k: c for k, c in t.cells.items() if k in asked}) for t in raw.totals]
        columns = {key: run for key, run in raw.columns.items() if key in asked}
        return replace(
            raw,
            rows=rows,
            totals=counted(totals, raw.rows, rows),
            columns=columns | ({ROWS: raw.row_columns} if raw.row_columns else {}),
            missing=(),
            doubts=tuple(self.doubts),
            readings=replace(self.readings, form=self.form),
        )

    # --- whose rows

    def _blocks(self) -> Iterator[_Block]:
        """The rows of each name, wherever they stand; a row without one goes on with those above, but not below a total."""
        blocks: dict[object, _Block] = {}
        current: object = None
        last = 0
        for row in self.raw.rows:
            if not empty(row.name):
                current, last = (comparison_key(row.name.text), row.type, row.district, row.section), row.row
                blocks.setdefault(current, _Block(row, []))
            elif any(last < total.row < row.row for total in self.raw.totals):
                current = None
            if row.answered or not empty(self._label(row)):
                blocks.setdefault(current or row.row, _Block(row, [])).rows.append(row)
        yield from sorted(blocks.values(), key=lambda block: block.owner.row)

    def _label(self, row: Row) -> Cell:
        columns = self.raw.row_columns
        return self.raw.grid.at(row.row, columns[0]) if columns else Cell(row.row, 1)

    # --- what they say

    def _row(self, block: _Block) -> Row:
        """The one row of an organisation: its list and sums, or the first fault; nothing while a column is missing."""
        owner = replace(block.owner, split={}, hidden=any(row.hidden for row in (block.owner, *block.rows)))
        if empty(owner.name):
            label = self._label(owner)
            return replace(owner, label=label.text, cells={ROWS: label})
        doubted = next((self.checked.rows[r.row] for r in block.rows if r.row in self.checked.rows), None)
        if doubted:
            self.doubts.append(replace(doubted, row=owner.row, rows=()))
        if not self.whole or doubted:
            return replace(owner, cells={})
        if not block.rows:
            return replace(owner, cells={ROWS: Cell(owner.row, self.raw.row_columns[0])})
        values = [{q.key: self._value(q, row) for q in self.form.listed} for row in block.rows]
        nothing = self._is_nothing(block)
        faults = [] if nothing else [*self._labels_at_fault(block), *self._cells_at_fault(values)]
        if faults:
            return replace(owner, cells={ROWS: self._told(faults, owner.row)})
        first = self._label(block.rows[0])
        listed = [] if nothing else [self._item(row, each) for row, each in zip(block.rows, values, strict=True)]
        cells = {ROWS: Cell(first.row, first.column, CellKind.TEXT, written(listed))}
        return replace(owner, cells=cells | self._sums(block, [] if nothing else values))

    def _value(self, question: Question, row: Row) -> _Part:
        """What a cell says; its fault where that is not sure."""
        cell = row.cells.get(question.key, Cell(row.row, 1))
        expected = expected_of(question, self.readings.form, self.readings.near)
        doubt = self.checked.cells.get((row.row, question.key))
        if doubt:
            return _Fault(cell, doubt.fields.get("expected", expected))
        if row.split.get(question.key) is Split.DENIED:
            return False
        reading = self.readings.of(question, cell)
        return _Fault(cell, reading.expected or expected) if reading.trouble else reading.value

    def _is_nothing(self, block: _Block) -> bool:
        """Whether a block's one row only says that there is nothing."""
        if len(block.rows) > 1:
            return False
        (row,) = block.rows
        label = self._label(row)
        key = heading_key(label.text)
        said_ = not empty(label) and (not key or key.startswith(NONE))
        return said_ and all(empty(cell) or heading_key(cell.text) in ("", "0", NONE) for cell in row.cells.values())

    def _labels_at_fault(self, block: _Block) -> Iterator[_Fault]:
        counts = Counter(heading_key(self._label(row).text) for row in block.rows)
        seen: set[str] = set()
        for row in block.rows:
            cell = self._label(row)
            key = heading_key(cell.text)
            if empty(cell) or not key or key == NONE:
                yield _Fault(cell, f"กรุณาเขียน{self.form.row_label}ของแถวนี้ หากไม่มีให้เขียน {NONE} เพียงแถวเดียว")
            elif counts[key] > 1 and key in seen:
                yield _Fault(cell, f"เพราะเขียนซ้ำกันมากกว่าหนึ่งแถว กรุณารวมเป็นแถวเดียว หรือเขียน{self.form.row_label}ให้ต่างกัน")
            seen.add(key)

    @staticmethod
    def _cells_at_fault(values: list[dict[str, _Part]]) -> Iterator[_Fault]:
        yield from (value for each in values for value in each.values() if isinstance(value, _Fault))

    def _told(self, faults: list[_Fault], row: int) -> Cell:
        """The cell of the first fault, doubted with what is expected there; the others are named."""
        first, *others = sorted(faults, key=lambda fault: (fault.cell.row, fault.cell.column))
        also = ", ".join(fault.cell.address for fault in others[:_TOLD])
        more = f" และแก้ไขช่อง {also}{' เป็นต้น' if len(others) > _TOLD else ''} ด้วย" if others else ""
        self.doubts.append(Doubt(Code.ANSWER_UNREADABLE, row, ROWS, {"expected": f"{first.expected}{more}"}))
        return first.cell

    def _item(self, row: Row, values: dict[str, _Part]) -> Item:
        parts = (values[question.key] for question in self.form.listed)
        texts = (said(q, part) for q, part in zip(self.form.listed, parts, strict=True) if not isinstance(part, _Fault))
        return (self._label(row).text, *texts)

    def _sums(self, block: _Block, values: list[dict[str, _Part]]) -> dict[str, Cell]:
        """What the figures of an organisation's rows come to, in the place of the first."""
        sums: dict[str, Cell] = {}
        for question in self.form.question:
            if question.kind in NUMERIC:
                total = sum((Decimal(v) for each in values if isinstance(v := each[question.key], str)), Decimal())
                at = block.rows[0].cells.get(question.key, Cell(block.owner.row, 1))
                sums[question.key] = Cell(at.row, at.column, CellKind.NUMBER, f"{total}", total)
        return sums
