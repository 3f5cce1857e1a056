"""Find a form's table in a grid: its columns by their headings, its rows by what stands in them. No fixed addresses.

Owns where a table begins, which column is which question, and which rows are data, totals or neither. Knows nothing of
the roster or of what an answer means: names come out as text with hints, answers as cells.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from parsers.form import Form, Kind, Question
from parsers.grid import Cell, CellKind, Grid
from parsers.header import Header, HeaderSearch, empty, named
from parsers.headings import ORGANISATION_WORDS, half_of, heading_key
from parsers.lines import REMARK_CAP, Line, Lines, Said, blank_filling
from parsers.marks import Tick, tick
from parsers.text import ascii_digits, comparison_key

TITLE_ROWS = 6  # rows above a header that may name the district

_TYPE_ONLY = re.compile(
    r"^(?:[\d๐-๙]+[.)]\s*)?(?:กลุ่ม|ประเภท|รายชื่อ|ระดับ)?\s*"
    r"(?:อบต|อบจ|ทต|ทม|ทน|เทศบาล(?:ตำบล|เมือง|นคร)?|องค์การบริหารส่วน(?:ตำบล|จังหวัด))[.\s]*"
    r"(?:จำนวน.*|[\d๐-๙]+\s*แห่ง|\(.*\))?:?$"
)
# Labels of a count that only a total's place makes one: in a note the same words say something else.
_COUNT = re.compile(
    r"^(?:สรุป(?:ผล|ยอด|รวม)?|จำนวน(?:รวม|อปท|แห่ง|ที่|องค์กร).*|(?:ยังไม่(?:ได้)?|ไม่ได้)?ดำเนินการ(?:แล้ว)?(?:แห่ง)?|แล้วเสร็จ)$"
)
_ORDINAL = re.compile(r"^[(\[]?\s*\d{1,4}\s*[)\].]*$")


@dataclass(frozen=True)
class Row:
    """One data row. ``cells`` has each question found; ``name`` may be blank, then nobody knows whose row it is."""

    row: int
    name: Cell
    type: str = ""  # from a type column or a heading row, as written
    district: str = ""  # from a district column, a heading row or the titles, as written
    number: str = ""  # from the number column, ASCII digits
    cells: Mapping[str, Cell] = field(default_factory=dict)
    hidden: bool = False

    @property
    def answered(self) -> bool:
        """Whether anything but dots stands in a question's cell."""
        return any(not empty(cell) for cell in self.cells.values())


@dataclass(frozen=True)
class Total:
    """A total row: its label, its cells by question, and how many rows stood above it since the total before."""

    row: int
    label: str
    cells: Mapping[str, Cell]
    since: int  # index into Table.rows where this total's section begins
    until: int  # index into Table.rows after the last row above


@dataclass(frozen=True)
class Table:
    """A form's table. Rows and columns are the grid's."""

    grid: Grid
    top: int
    bottom: int  # the last header row
    columns: Mapping[str, tuple[int, ...]]
    name_columns: tuple[int, ...]  # empty: no column for the organisation
    rows: tuple[Row, ...]
    totals: tuple[Total, ...]
    missing: tuple[Question, ...]  # questions without a column
    quality: float  # 0..1, how well the header fits the form


def find_tables(grid: Grid, form: Form) -> tuple[Table, ...]:
    """Every table of ``form`` in ``grid``, from top to bottom and left to right. A repeated page header begins no new table."""
    search, lines = HeaderSearch(grid, form), Lines(form)
    headers = search.headers()
    tables: list[Table] = []
    for at, (band, header) in enumerate(headers):
        below = [h.top for other, h in headers[at + 1 :] if other != band and h.overlaps(header)]
        table = _table(search, lines, header, min(below, default=max(search.used) + 1))
        before = next((t for t in reversed(tables) if t.columns == table.columns and not t.totals), None)
        if before and before.name_columns == table.name_columns and before.bottom < table.top:
            tables[tables.index(before)] = _joined(before, table)
        else:
            tables.append(table)
    return tuple(tables)


def _table(search: HeaderSearch, lines: Lines, header: Header, end: int) -> Table:
    """The table under one header, down to the row before ``end``."""
    reader = _Rows(search, lines, header)
    for row in sorted(row for row in search.used if header.bottom < row < end):
        reader.take(row)
    return Table(
        search.grid,
        header.top,
        header.bottom,
        header.columns,
        header.fixed.get("organisation", ()),
        tuple(reader.rows),
        tuple(reader.totals),
        tuple(q for q in search.form.question if q.key not in header.columns),
        min(1.0, header.quality),
    )


class _Rows:
    """Reads the rows under one header, one after the other."""

    def __init__(self, search: HeaderSearch, lines: Lines, header: Header) -> None:
        self.grid, self.header = search.grid, header
        self.lines = lines
        self.covering = search.covering
        self.rows: list[Row] = []
        self.totals: list[Total] = []
        self.district = self._title_district(search)
        self.type = ""
        self.district_cell = ""  # the last one of a district column that is filled once per district
        self.ended = False  # a line below the table was seen: from here only rows with a name and answers count
        self.since = 0
        self.answer_columns = {c for columns in header.columns.values() for c in columns}
        form = lines.form
        words = (form.organisation_label, *form.organisation_aliases, *ORGANISATION_WORDS)
        self.name_headings = frozenset(heading_key(word) for word in words)

    def _title_district(self, search: HeaderSearch) -> str:
        above = sorted((row for row in search.used if row < self.header.top), reverse=True)
        for row in above[:TITLE_ROWS]:
            for column in search.used[row]:
                text = self.grid.own(row, column).text
                found = re.search(r"อำเภอ\s*([^\s\d()]+)", text)
                if found and not named(text):
                    return found.group(0)
        return ""

    def take(self, row: int) -> None:
        """Read one row: data, a total, a heading that helps the rows below, or nothing of ours."""
        block = [c for c in self.covering[row] if self.header.left <= c <= self.header.right]
        shown = {(c.row, c.column): c for c in (self.grid.at(row, column) for column in block) if not empty(c)}
        if not shown:
            return
        cells = {key: self._answer(row, key) for key in self.header.columns}
        line, label = self._line(row, list(shown.values()))
        if line is Line.CARRIED:
            return
        if line is Line.TOTAL:
            self.totals.append(Total(row, label, cells, self.since, len(self.rows)))
            self.since = len(self.rows)
        elif line is Line.BELOW or (line is Line.PERSON and all(empty(cell) for cell in cells.values())):
            self.ended = True
        elif not self._column_numbers(list(shown.values())) and not self._heading(row, list(shown.values())):
            self._data(row, cells)

    def _line(self, row: int, cells: Sequence[Cell]) -> tuple[Line, str]:
        """What sort of line the row is, and its text. Texts in answer columns count only in a row without a name."""
        names = [self.grid.at(row, column) for column in self.header.fixed.get("organisation", ())]
        nameless = all(empty(cell) for cell in names)
        labels = {*self.header.fixed.get("organisation", ()), *self.header.fixed.get("number", ())}
        # What stands beside a name, such as a telephone number or a note, is about that row and makes no line of it.
        beside = not any(named(cell.text) for cell in names) and (nameless or not self._answered(row))
        for cell in cells:
            if cell.column in labels and _COUNT.match(heading_key(cell.text)):
                return Line.TOTAL, cell.text
            may_say = cell.column not in self.answer_columns or (nameless and cell.kind is CellKind.TEXT)
            line = self.lines.sort_of(cell.text) if may_say and (beside or cell.column in labels) else Line.OTHER
            if line in (Line.BELOW, Line.PERSON) or (line is not Line.OTHER and cell.column not in self.answer_columns):
                return line, cell.text
        return Line.OTHER, ""

    def _answered(self, row: int) -> bool:
        return any(not empty(self.grid.at(row, column)) for column in self.answer_columns)

    def _column_numbers(self, cells: Sequence[Cell]) -> bool:
        """(1) (2) (3) under the header."""
        texts = [ascii_digits(cell.text).strip("()[] .") for cell in cells]
        if len(texts) < 2 or not all(text.isdecimal() and len(text) < 4 for text in texts):  # noqa: PLR2004
            return False
        numbers = [int(text) for text in texts]
        ascending = all(right == left + 1 for left, right in pairwise(numbers))
        return ascending and not (set(self.header.fixed.get("number", ())) >= {c.column for c in cells})

    def _heading(self, row: int, cells: Sequence[Cell]) -> bool:
        """A row that only says a district or a type, for the rows below it."""
        texts = [c for c in cells if not _ORDINAL.match(ascii_digits(c.text))]
        if len(texts) != 1 or texts[0].row != row:
            return False
        text = texts[0].text
        key = heading_key(text)
        if re.match(r"^(?:[\d.)(\s]*)(?:ที่ว่าการ|ที่ทำการ|เขต|ใน)?(?:อำเภอ|อ\.)\s*\S", ascii_digits(text)):
            self.district, self.type, self.district_cell = text, "", ""
            return True
        if _TYPE_ONLY.match(text) and texts[0].column not in self.answer_columns:
            self.type = text
            return True
        return not key

    def _answer(self, row: int, key: str) -> Cell:
        """The cell of one question; of repeated or split columns, what they say together."""
        columns = self.header.columns[key]
        halves = self.header.halves.get(key)
        seen = {(c.row, c.column): c for c in (self.grid.at(row, column) for column in columns)}
        cells = list(seen.values())
        filled = [cell for cell in cells if not empty(cell)]
        if filled and (key in self.header.unclear or (not halves and filled[0] is not cells[0] and self._shares(key))):
            said = " | ".join(f"[{cell.text}]" for cell in cells)
            return Cell(filled[0].row, filled[0].column, CellKind.TEXT, said)
        if halves and filled:
            return self._halves_say(*(self.grid.at(row, column) for column in halves))
        if len(filled) <= 1 or len({comparison_key(cell.text) for cell in filled}) == 1:
            return filled[0] if filled else cells[0]
        return Cell(filled[0].row, filled[0].column, CellKind.TEXT, " | ".join(cell.text for cell in filled))

    def _shares(self, key: str) -> bool:
        """A tick question whose one heading spans several columns: whatever is not in the first may mean "no"."""
        tops = (self.grid.at(self.header.bottom, column) for column in self.header.columns[key])
        return self.lines.form.find(key).kind is Kind.TICK and len({(top.row, top.column) for top in tops}) == 1

    def _halves_say(self, yes: Cell, no: Cell) -> Cell:
        """A mark in one half with the other empty or crossed out. A lone cross may mean either, so it is left unclear."""
        meant = [Tick.BLANK if empty(c) else tick(c.text, self.lines.form.yes, self.lines.form.no) for c in (yes, no)]
        if meant[0] is Tick.YES and meant[1] in (Tick.BLANK, Tick.NO):
            return yes
        if (meant[1] is Tick.YES and meant[0] in (Tick.BLANK, Tick.NO)) or (empty(yes) and half_of(no.text) == "no"):
            return Cell(no.row, no.column, CellKind.TEXT, "ไม่มี")
        return Cell(yes.row, yes.column, CellKind.TEXT, f"[{yes.text}] | [{no.text}]")

    def _data(self, row: int, cells: Mapping[str, Cell]) -> None:
        name = self._name(row)
        number = self._fixed(row, "number")
        answered = any(not empty(cell) for cell in cells.values())
        stretched = not empty(name) and self._stretched(row, name)
        if stretched or (empty(name) and not answered) or self._heads(name):
            return
        if self.ended and not (answered and not empty(name)):
            return
        self.district_cell = self._fixed(row, "district") or self.district_cell
        self.rows.append(
            Row(
                row,
                name,
                self._fixed(row, "type") or self.type,
                self.district_cell or self.district,
                ascii_digits(number).strip("(). "),
                cells,
                row in self.grid.hidden_rows,
            )
        )

    def _heads(self, name: Cell) -> bool:
        """A name cell that reaches down from the header, or repeats a heading's words: one more row of the header."""
        return not empty(name) and (name.row <= self.header.bottom or heading_key(name.text) in self.name_headings)

    def _stretched(self, row: int, name: Cell) -> bool:
        """A text merged over answer columns: a heading or a note, no name."""
        return any(
            (c.row, c.column) == (name.row, name.column) for c in (self.grid.at(row, a) for a in self.answer_columns)
        )

    def _name(self, row: int) -> Cell:
        """The name cell; parts in several columns under one heading, or after a bare type, are put together."""
        columns = list(self.header.fixed.get("organisation", ()))
        if not columns:
            return Cell(row, self.header.left)
        beyond = columns[-1] + 1
        first = self.grid.at(row, columns[0])
        named = {c for run in self.header.fixed.values() for c in run} | self.answer_columns
        if beyond not in named and _TYPE_ONLY.match(first.text):
            columns.append(beyond)
        parts = {(c.row, c.column): c for c in (self.grid.at(row, column) for column in columns)}
        filled = [c for c in parts.values() if not empty(c)]
        if len(filled) > 1:
            filled = [c for c in filled if not _ORDINAL.match(ascii_digits(c.text))] or filled
        if len(filled) <= 1:
            return filled[0] if filled else first
        return Cell(filled[0].row, filled[0].column, CellKind.TEXT, " ".join(c.text for c in filled))

    def _fixed(self, row: int, word: str) -> str:
        for column in self.header.fixed.get(word, ()):
            cell = self.grid.at(row, column)
            if not empty(cell):
                return cell.text
        return ""


def _joined(first: Table, second: Table) -> Table:
    """Two pages of one table."""
    shift = len(first.rows)
    totals = [Total(t.row, t.label, t.cells, t.since + shift if t.since else 0, t.until + shift) for t in second.totals]
    return Table(
        first.grid,
        first.top,
        first.bottom,
        first.columns,
        first.name_columns,
        first.rows + second.rows,
        (*first.totals, *totals),
        first.missing,
        max(first.quality, second.quality),
    )


def found_in(tables: Iterable[Table]) -> frozenset[str]:
    """Keys of the questions that some table has a column for."""
    return frozenset(key for table in tables for key in table.columns)


def column_remarks(table: Table, lines: Lines) -> Iterator[Said]:
    """Remarks written in a column of their own, beside the answers; each with the name of its row."""
    headings = [cell for row in range(table.top, table.bottom + 1) for cell in table.grid.row(row)]
    for heading in headings:
        found = lines.remark_of(heading.text) if heading.kind is CellKind.TEXT else None
        for row in table.rows if found else ():
            cell = table.grid.at(row.row, heading.column)
            if found and not empty(row.name) and not blank_filling(cell.text):
                yield Said(found[0], f"{row.name.text}: {cell.text}"[:REMARK_CAP], cell)
