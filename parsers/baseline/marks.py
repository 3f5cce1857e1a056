"""What the rows of a list say of each organisation and question: named is not done, or a mark for each as in a form.

Owns the choice between the two, which the marks themselves make: where some say done, every cell must say one or the other.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from parsers.baseline.asked import Asked, says_not_done
from parsers.baseline.layout import Entry
from parsers.baseline.slips import Mistake, Slip, mistake
from parsers.findings import Place
from parsers.form.question import heading
from parsers.grid import Cell, Sheet, empty
from parsers.reading import Answer
from parsers.values.read_value import ValueReading, read_value

READ = {True: "✓ (ทำแล้ว)", False: "✗ (ยังไม่ได้ทำ)"}


@dataclass(frozen=True)
class Marked:
    """A row of an organisation that is known, on its sheet; ``denied``: a title says that what stands here was not done."""

    code: str
    entry: Entry
    sheet: Sheet
    denied: bool


@dataclass
class Said:
    """What all rows came to."""

    answers: tuple[Answer, ...] = ()
    silent: tuple[str, ...] = ()  # questions that whoever is not named had done
    mistakes: list[Mistake] = field(default_factory=list)


@dataclass(frozen=True)
class _Statement:
    row: Marked
    question: str
    done: bool
    place: Place


def read_marks(rows: Sequence[Marked], asked: Asked, names: Mapping[str, str], near: datetime.date | None) -> Said:
    """The answers of all rows, each organisation and question once, and every mistake in them. ``names`` by code."""
    return _Marks(rows, asked, names, near).result()


class _Marks:
    def __init__(
        self, rows: Sequence[Marked], asked: Asked, names: Mapping[str, str], near: datetime.date | None
    ) -> None:
        self.rows, self.asked, self.names, self.near = rows, asked, names, near
        self.said = Said()
        self.values = {
            (at, key): self._value(key, cell) for at, row in enumerate(rows) for key, cell in row.entry.marks.items()
        }
        self.tables: set[str] = set()  # questions whose marks say done as well as not done
        self.reversed: set[str] = set()  # questions whose column says "not done", so that any mark says just that
        self.two_ways: set[str] = set()

    def result(self) -> Said:
        """All that the rows say."""
        self._judge_columns()
        statements = [one for at, row in enumerate(self.rows) for one in self._row(at, row)]
        answers = self._once(statements)
        self._follow(answers)
        lists = {one.question for one in statements}.union(*map(self._columns, self.rows)) - self.tables - self.two_ways
        self.said.silent = tuple(key for key in self.asked.ticks if key in lists)
        self._left_out({row.code for row in self.rows})
        self.said.answers = tuple(answers.values())
        return self.said

    def _value(self, key: str, cell: Cell) -> ValueReading:
        return read_value(self.asked.ticks[key], cell, self.asked.form, self.near)

    def _note(self, slip: Slip, place: Place, **fields: str) -> None:
        self.said.mistakes.append(mistake(slip, place, **fields))

    def _judge_columns(self) -> None:
        """Which columns are a form's, which mark only who is on the list."""
        for key in self.asked.ticks:
            marked = [
                (row, reading.value) for (at, k), reading in self.values.items() if k == key for row in [self.rows[at]]
            ]
            found = {value for (row, value) in marked if value is not None and not empty(row.entry.marks[key])}
            first = next((row for row, value in marked if value is True), None)
            if first is None:
                continue
            if says_not_done(first.entry.headings.get(key, "")):
                (self.two_ways if len(found) > 1 else self.reversed).add(key)
            elif first.denied and len(found) == 1:
                self.two_ways.add(key)
            else:
                self.tables.add(key)
                continue
            if key in self.two_ways:
                cell = first.entry.marks[key]
                about = {"value": cell.text, "heading": first.entry.headings.get(key, "")}
                self._note(Slip.MARK_TWO_WAYS, first.sheet.place(cell), **about)

    # --- one row

    def _row(self, at: int, row: Marked) -> Iterator[_Statement]:
        entry = row.entry
        name = row.sheet.place(entry.name)
        if entry.about is not None:
            keys = self._about(row, entry.about)
            yield from (_Statement(row, key, done=False, place=name) for key in keys)
        elif entry.marks:
            yield from self._marks(at, row)
        else:
            yield from (_Statement(row, key, done=False, place=name) for key in entry.asked or self.asked.listed)

    def _columns(self, row: Marked) -> Iterable[str]:
        """The questions a row could have named, though perhaps no row does."""
        return self.asked.listed if row.entry.about is not None else row.entry.marks

    def _about(self, row: Marked, cell: Cell) -> tuple[str, ...]:
        place = row.sheet.place(cell)
        if empty(cell):
            fields = {"organisation": self.names[row.code], "choices": self.asked.choices}
            self._note(Slip.QUESTION_EMPTY, place, **fields)
            return ()
        keys = self.asked.in_cell(cell)
        if not keys:
            self._note(Slip.QUESTION_UNKNOWN, place, value=cell.text[:60], choices=self.asked.choices)
        return keys

    def _marks(self, at: int, row: Marked) -> Iterator[_Statement]:
        cells = row.entry.marks
        if all(empty(cell) for cell in cells.values()) and not self.tables.intersection(cells):
            key, cell = next(iter(cells.items()))
            self._empty(row, key, cell)
            return
        for key, cell in cells.items():
            reading = self.values[at, key]
            place = row.sheet.place(cell)
            fields = {"organisation": self.names[row.code], "question": heading(self.asked.ticks[key])}
            if key in self.two_ways:
                continue
            if empty(cell):
                if key in self.tables and reading.value is None:
                    self._empty(row, key, cell)
                elif key in self.tables:
                    yield _Statement(row, key, bool(reading.value), place)
                continue
            if not isinstance(reading.value, bool):
                self._note(Slip.MARK_UNREADABLE, place, value=cell.text[:60], **fields)
                continue
            done = reading.value and key not in self.reversed
            if reading.trouble == "guessed":
                self._note(Slip.MARK_GUESSED, place, value=cell.text[:60], read=READ[done], **fields)
            yield _Statement(row, key, done, place)

    def _empty(self, row: Marked, key: str, cell: Cell) -> None:
        fields = {"organisation": self.names[row.code], "question": heading(self.asked.ticks[key])}
        self._note(Slip.CELL_EMPTY, row.sheet.place(cell), **fields)

    # --- all rows together

    def _once(self, statements: Sequence[_Statement]) -> dict[tuple[str, str], Answer]:
        """Each organisation and question once: told twice alike is said, told differently is a mistake."""
        answers: dict[tuple[str, str], Answer] = {}
        again: dict[tuple[str, tuple[int, int], int], tuple[_Statement, Answer]] = {}
        against: set[tuple[str, tuple[int, int], int]] = set()
        for one in statements:
            about = (one.row.code, one.question)
            first = answers.setdefault(about, Answer(*about, one.done, one.place))
            row = (one.row.code, one.row.sheet.at, one.row.entry.name.row)
            if first.place is one.place:
                continue
            again.setdefault(row, (one, first))  # once for a row, however many questions it is about
            if first.value != one.done:
                against.add(row)
                fields = {"organisation": self.names[one.row.code], "other": first.place.cell}
                self._note(Slip.CONTRADICTION, one.place, question=heading(self.asked.ticks[one.question]), **fields)
        for row, (one, first) in again.items():
            if row not in against:
                self._note(Slip.DUPLICATE, one.place, organisation=self.names[one.row.code], other=first.place.cell)
        return answers

    def _follow(self, answers: Mapping[tuple[str, str], Answer]) -> None:
        """What was posted must have been made."""
        for (code, key), answer in answers.items():
            condition = self.asked.ticks[key].stands_on
            other = answers.get((code, condition.question)) if condition and answer.value else None
            if condition and other and not condition.met(other.value):
                needed = self.asked.ticks[condition.question]
                questions = {"question": heading(self.asked.ticks[key]), "needed": heading(needed)}
                self._note(Slip.INCONSISTENT, answer.place, organisation=self.names[code], **questions)

    def _left_out(self, named: set[str]) -> None:
        """A table with a mark for each says nothing of those that are not in it."""
        if self.tables and self.rows:
            place = self.rows[0].sheet.place()
            for code, name in self.names.items():
                if code not in named:
                    self._note(Slip.NOT_IN_TABLE, place, organisation=name)
