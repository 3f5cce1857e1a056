"""The sheet คำถาม of the workbook หนังสือเวียนใหม่: one question a line, read back. Rows may have been moved, put in or removed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from parsers.blank_form.proposal import Code, NewQuestion, Unsure
from parsers.blank_form.unsure import KIND_WORDS, unsure
from parsers.blank_form.workbook_words import COLUMNS, MAY
from parsers.form.question import Kind
from parsers.grid import Grid
from parsers.thai.text import ascii_digits, heading_key

_MOST = 200  # questions
_KINDS = {heading_key(word): kind for kind, word in KIND_WORDS.items()} | {kind.value: kind for kind in Kind}


@dataclass(frozen=True)
class _Row:
    """A line as it stands, by field."""

    said: Mapping[str, str]

    def text(self, field: str) -> str:
        return " ".join(self.said.get(field, "").split())

    def several(self, field: str) -> tuple[str, ...]:
        """The lines of a cell."""
        parts = (" ".join(part.split()) for part in self.said.get(field, "").split("\n"))
        return tuple(dict.fromkeys(part for part in parts if part))

    def numbers(self, field: str) -> tuple[int, ...]:
        # "1, 2" or "ข้อ ๑ และ ๒".
        return tuple(int(found) for found in re.findall(r"\d{1,3}", ascii_digits(self.said.get(field, ""))))


def corrected_questions(grid: Grid, unread: list[Unsure]) -> tuple[NewQuestion, ...]:
    """The questions in the order of the lines; what cannot be read is added to ``unread``."""
    rows = [row for row in _rows(grid) if row.text("label")][:_MOST]
    # The number that a line bears, as it may have been moved, to its place now.
    places: dict[int, int] = {}
    for at, row in enumerate(rows, 1):
        for number in row.numbers("number")[:1]:
            places.setdefault(number, at)
    return tuple(_question(row, places, at, unread) for at, row in enumerate(rows, 1))


def _rows(grid: Grid) -> list[_Row]:
    fields = {heading_key(heading): field for field, heading in COLUMNS.items()}
    for top in sorted({row for row, _ in grid.cells}):
        columns = {cell.column: fields[key] for cell in grid.row(top) if (key := heading_key(cell.text)) in fields}
        if {"label", "kind"} <= set(columns.values()):
            below = sorted({row for row, _ in grid.cells if row > top})
            return [_Row({field: grid.own(row, at).text for at, field in columns.items()}) for row in below]
    return []


def _question(row: _Row, places: Mapping[int, int], at: int, unread: list[Unsure]) -> NewQuestion:
    kind = _KINDS.get(heading_key(row.text("kind")), Kind.TEXT)
    if row.text("kind") and heading_key(row.text("kind")) not in _KINDS:
        unread.append(unsure(Code.UNREAD, COLUMNS["kind"], at, other=row.text("kind")))
    requires = next((places[number] for number in row.numbers("requires") if number in places), 0)
    return NewQuestion(
        label=row.text("label"),
        kind=kind,
        group=row.text("group"),
        unit=row.text("unit"),
        choices=row.several("choices"),
        only=tuple(dict.fromkeys(each for part in row.several("only") for each in part.replace(",", " ").split())),
        required=heading_key(row.text("required")) != heading_key(MAY),
        requires=requires,
        sum_of=tuple(places[number] for number in row.numbers("sum_of") if number in places),
    )
