"""What one row under a header says by the place of its cells: name, number, type, district, line and answers.

Owns how names in several cells are put together. Which kind of row it is, is for ``data_rows``.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from parsers.grid import Cell, CellKind, empty
from parsers.tables.answers_in_parts import InParts
from parsers.tables.done_beside_not_done import Together
from parsers.tables.header_search import HeaderSearch
from parsers.tables.line_kinds import Line, Lines
from parsers.tables.model import Header, Split
from parsers.thai.text import ascii_digits, heading_key

TITLE_ROWS = 6  # rows above a header that may name the district
CLOSE = 2  # rows from a line to the header it belongs to

# Labels of a count that only a total's place makes one: in a note the same words say something else.
_COUNT = re.compile(
    r"^(?:สรุป(?:ผล|ยอด|รวม)?|จำนวน(?:รวม|อปท|แห่ง|ที่|องค์กร).*|(?:ยังไม่(?:ได้)?|ไม่ได้)?ดำเนินการ(?:แล้ว)?(?:แห่ง)?|แล้วเสร็จ)$"
)
# "1", "(12)", "3.": in the column of numbers.
_ORDINAL = re.compile(r"^[(\[]?\s*\d{1,4}\s*[)\].]*$")


@dataclass(frozen=True)
class Shown:
    """One row as it is shown: its cells, each merged range once; what stands under each question; what its line says."""

    row: int
    cells: Sequence[Cell]
    answers: Mapping[str, Cell]
    split: Mapping[str, Split]
    name: Cell
    line: Line
    label: str

    @property
    def answered(self) -> bool:
        """Whether anything stands under a question."""
        return any(not empty(cell) for cell in self.answers.values())

    @cached_property
    def lone(self) -> Cell | None:
        """The one text that stands in the row, ordinal numbers aside; None where there are several or it reaches down from above."""
        texts = [cell for cell in self.cells if not _ORDINAL.match(ascii_digits(cell.text))]
        return texts[0] if len(texts) == 1 and texts[0].row == self.row else None


class RowCells:
    """The rows under one header."""

    def __init__(self, search: HeaderSearch, lines: Lines, header: Header) -> None:
        """Knows the columns of the header."""
        self.search, self.grid, self.header, self.lines = search, search.grid, header, lines
        self.together = Together(search.grid, header, lines.form)
        self.parts = InParts(search.grid, header, lines.form)
        self.answer_columns = {c for columns in header.columns.values() for c in columns}

    @cached_property
    def name_headings(self) -> frozenset[str]:
        """What a column of names is headed by, as heading keys."""
        form = self.lines.form
        words = (form.organisation_label, *form.organisation_aliases, *self.lines.names.headings())
        return frozenset(heading_key(word) for word in words)

    @property
    def title_district(self) -> str:
        """The district that a title above the header names."""
        at = bisect_left(self.search.order, self.header.top)
        for row in reversed(self.search.order[max(0, at - TITLE_ROWS) : at]):
            for column in self.search.used[row]:
                text = self.grid.own(row, column).text
                # "… อำเภอลอง จังหวัดแพร่" in a title.
                found = re.search(r"อำเภอ\s*([^\s\d()]+)", text)
                if found and not self.lines.names.named(text):
                    return found.group(0)
        return ""

    @property
    def line_above(self) -> str:
        """What stands alone in the line just above the header, as a small table for each kind has its kind."""
        at = bisect_left(self.search.order, self.header.top)
        above = self.search.order[at - 1] if at else 0
        texts = [self.grid.own(above, column).text for column in self.search.used.get(above, ())]
        return texts[0] if len(texts) == 1 and self.header.top - above <= CLOSE else ""

    @property
    def sheet_type(self) -> str:
        """The type of all organisations of a sheet that is called by it: เทศบาล, อบต."""
        return self.grid.sheet if self.lines.names.is_type_alone(self.grid.sheet) else ""

    def shown(self, row: int, cells: Sequence[Cell]) -> Shown:
        """A row with the ``cells`` that show something in it."""
        said = {key: self.parts.say(row, key) or self.together.say(row, key) for key in self.header.columns}
        answers = {key: cell for key, (cell, _) in said.items()}
        split = {key: how for key, (_, how) in said.items() if how}
        return Shown(row, cells, answers, split, self.name(row), *self.line(row, cells))

    def line(self, row: int, cells: Sequence[Cell]) -> tuple[Line, str]:
        """What sort of line the row is, and its text. Texts in answer columns count only in a row without a name."""
        names = [self.grid.at(row, column) for column in self.header.fixed.get("organisation", ())]
        nameless = all(empty(cell) for cell in names)
        labels = {*self.header.fixed.get("organisation", ()), *self.header.fixed.get("number", ())}
        # What stands beside a name, such as a telephone number or a note, is about that row and makes no line of it.
        beside = not any(self.lines.names.named(cell.text) for cell in names) and (nameless or not self._answered(row))
        for cell in cells:
            if self.labels_row(cell):
                continue  # a row's label may say ทั้งหมด and is no total
            if cell.column in labels and _COUNT.match(heading_key(cell.text)):
                return Line.TOTAL, cell.text
            may_say = cell.column not in self.answer_columns or (nameless and cell.kind is CellKind.TEXT)
            line = self.lines.sort_of(cell.text) if may_say and (beside or cell.column in labels) else Line.OTHER
            ends = line.is_below or line is Line.PERSON
            if ends or (line is not Line.OTHER and cell.column not in self.answer_columns):
                return line, cell.text
        return Line.OTHER, ""

    def _answered(self, row: int) -> bool:
        return any(not empty(self.grid.at(row, column)) for column in self.answer_columns)

    def labels_row(self, cell: Cell) -> bool:
        """Whether a cell stands where the labels of an organisation's several rows do."""
        return cell.column in self.header.fixed.get("row", ())

    def heads_rows(self, lone: Cell | None) -> bool:
        """Whether a text alone in its row may be a heading of the rows below."""
        return lone is not None and not self.labels_row(lone) and lone.column not in self.answer_columns

    def number(self, row: int) -> str:
        """The ordinal number of a row, in ASCII digits."""
        return ascii_digits(self.fixed(row, "number")).strip("(). ")

    def name(self, row: int) -> Cell:
        """The name cell; parts in several columns under one heading, or after a bare type, are put together."""
        columns = list(self.header.fixed.get("organisation", ()))
        if not columns:
            return Cell(row, self.header.left)
        beyond = columns[-1] + 1
        first = self.grid.at(row, columns[0])
        taken = {c for run in self.header.fixed.values() for c in run} | self.answer_columns
        if beyond not in taken and self.lines.names.is_type_alone(first.text):
            columns.append(beyond)
        parts = {(c.row, c.column): c for c in (self.grid.at(row, column) for column in columns)}
        filled = [c for c in parts.values() if not empty(c)]
        if len(filled) > 1:
            filled = [c for c in filled if not _ORDINAL.match(ascii_digits(c.text))] or filled
        if len(filled) <= 1:
            return filled[0] if filled else first
        return Cell(filled[0].row, filled[0].column, CellKind.TEXT, " ".join(c.text for c in filled))

    def fixed(self, row: int, word: str) -> str:
        """What stands in a row under a heading that is no question: number, type, district, row."""
        for column in self.header.fixed.get(word, ()):
            cell = self.grid.at(row, column)
            if not empty(cell):
                return cell.text
        return ""
