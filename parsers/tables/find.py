"""Find a form's table in a grid: its columns by their headings, its rows by what stands in them. No fixed addresses.

Owns where a table begins, which column is which question, and which rows are data, totals or neither. Knows nothing of
the roster or of what an answer means: names come out as text with hints, answers as cells.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.form import Form
from parsers.grid import Cell, CellKind, Grid, empty
from parsers.organisations.type_words import ORGANISATION_HEADINGS, is_type_alone, named
from parsers.tables.drawn_or_coloured import unveiled
from parsers.tables.header_search import Header, HeaderSearch
from parsers.tables.line_kinds import Line, Lines
from parsers.tables.model import Row, Table, Total, counted, joined
from parsers.tables.several_rows import in_rows
from parsers.tables.shifted_rows import Under, settled
from parsers.tables.split_cells import Together
from parsers.tables.transpose import back, headed_by_title, plainly_named, turned
from parsers.thai.text import ascii_digits, heading_key
from parsers.values.read_value import read_value

TITLE_ROWS = 6  # rows above a header that may name the district
SIDE_BY_SIDE = 50  # blocks of one band

# Labels of a count that only a total's place makes one: in a note the same words say something else.
_COUNT = re.compile(
    r"^(?:สรุป(?:ผล|ยอด|รวม)?|จำนวน(?:รวม|อปท|แห่ง|ที่|องค์กร).*|(?:ยังไม่(?:ได้)?|ไม่ได้)?ดำเนินการ(?:แล้ว)?(?:แห่ง)?|แล้วเสร็จ)$"
)
_SHOWS_HOW = re.compile(r"\W*+(?:ตัวอย่าง(?:การกรอก.*+)?|ตย\.?)\W*+")
_PAGE = re.compile(r"\W*+(?:(?:หน้า(?:ที่)?)?\s*+\d{0,3}(?:\s*+/\s*+\d{1,3})?|(?:มี)?ต่อ(?:หน้า.*+)?)\W*+")
_ORDINAL = re.compile(r"^[(\[]?\s*\d{1,4}\s*[)\].]*$")


def find_tables(grid: Grid, form: Form) -> tuple[Table, ...]:
    """Every table of ``form`` in ``grid``, from top to bottom and left to right. A repeated page header begins no new table."""
    shape = form.table
    most = len(form.rows) + bool(form.row)  # a sum may stand among several rows
    tables = _found(HeaderSearch(grid, shape), Lines(shape), most)
    if not tables and not form.row and (other := turned(grid)):
        on_side = _found(HeaderSearch(other, shape), Lines(shape), 0)
        tables = tuple(headed_by_title(back(table, grid)) for table in on_side if plainly_named(table))
    return tuple(in_rows(table, form) for table in tables)


def _found(search: HeaderSearch, lines: Lines, most: int) -> tuple[Table, ...]:
    """The tables under the headers; one without names, of ``most`` rows, may be headed by the name in its title."""
    headers = search.headers()
    pages: list[list[Table]] = []
    last = 0  # row of the tables so far
    open_: dict[object, list[Table]] = {}  # the pages of tables that may go on, by their columns
    for at, (band, header) in enumerate(headers):
        later = (headers[each] for each in range(at + 1, len(headers)))
        below = (h.top for other, h in later if other != band and h.overlaps(header))
        alone = all(
            other != band or h.left <= header.left
            for other, h in headers[max(0, at - SIDE_BY_SIDE) : at + SIDE_BY_SIDE]
        )
        table = _table(search, lines, header, Band(next(below, search.order[-1] + 1), alone))
        table, last = headed_by_title(table, most, last), max([last, table.bottom, *(row.row for row in table.rows)])
        key = (tuple(sorted(table.columns.items())), table.name_columns)
        before = open_.get(key)
        if before and before[0].bottom < table.top:
            before.append(table)
        else:
            open_[key] = [table]
            pages.append(open_[key])
        if table.totals:
            del open_[key]
    return tuple(joined(each) for each in pages)


@dataclass(frozen=True)
class Band:
    """How far a table reaches: to the row before ``end``, and whether no other of the form stands right of it."""

    end: int
    alone: bool


def _table(search: HeaderSearch, lines: Lines, header: Header, band: Band) -> Table:
    """The table under one header."""
    reader = _Rows(search, lines, header)
    order = search.order
    for row in order[bisect_right(order, header.bottom) : bisect_left(order, band.end)]:
        reader.take(row)
    heads = (search.grid.own(row, c) for row in range(header.top, header.bottom + 1) for c in search.used.get(row, ()))
    under = Under(header, search.grid, search.form, band.alone)
    rows = settled(unveiled(reader.rows, header.columns, search.grid, search.form), under)
    return Table(
        search.grid,
        header.top,
        header.bottom,
        header.columns,
        header.fixed.get("organisation", ()),
        rows,
        counted(reader.totals, reader.rows, rows),
        tuple(q for q in search.form.question if q.key not in header.columns),
        min(1.0, header.quality),
        header.passed_over,
        tuple(heads),
        header.fixed.get("row", ()),
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
        self.type = self.section = ""
        self.together = Together(search.grid, header, lines.form)
        self.district_cell = ""  # the last one of a district column that is filled once per district
        self.ended = False  # a line below the table was seen: from here only rows that plainly go on with it count
        self.closed = False  # another table began below
        self.since = 0
        self.answer_columns = {c for columns in header.columns.values() for c in columns}
        form = lines.form
        words = (form.organisation_label, *form.organisation_aliases, *ORGANISATION_HEADINGS)
        self.name_headings = frozenset(heading_key(word) for word in words)

    def _title_district(self, search: HeaderSearch) -> str:
        at = bisect_left(search.order, self.header.top)
        for row in reversed(search.order[max(0, at - TITLE_ROWS) : at]):
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
        cells = {key: self.together.say(row, key) for key in self.header.columns}
        line, label = self._line(row, list(shown.values()))
        if line is Line.CARRIED:
            return
        if line is Line.TOTAL:
            self.totals.append(Total(row, label, cells, self.since, len(self.rows)))
            self.since = len(self.rows)
        elif line is Line.BELOW or (line is Line.PERSON and all(empty(cell) for cell in cells.values())):
            self.ended = True
        elif name := self._block_name(row, list(shown.values())):
            self._data(row, dict.fromkeys(cells, Cell(row, name.column)), example=False, name=name)
        elif not self._column_numbers(list(shown.values())) and not self._heading(row, list(shown.values())):
            example = any(_SHOWS_HOW.fullmatch(cell.text) for cell in shown.values())
            self._data(row, cells, example=example, name=self._name(row))

    def _line(self, row: int, cells: Sequence[Cell]) -> tuple[Line, str]:
        """What sort of line the row is, and its text. Texts in answer columns count only in a row without a name."""
        names = [self.grid.at(row, column) for column in self.header.fixed.get("organisation", ())]
        nameless = all(empty(cell) for cell in names)
        labels = {*self.header.fixed.get("organisation", ()), *self.header.fixed.get("number", ())}
        # What stands beside a name, such as a telephone number or a note, is about that row and makes no line of it.
        beside = not any(named(cell.text) for cell in names) and (nameless or not self._answered(row))
        for cell in cells:
            if cell.column in self.header.fixed.get("row", ()):
                continue  # a row's label may say ทั้งหมด and is no total
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
        if len(texts) != 1 or texts[0].row != row or texts[0].column in self.header.fixed.get("row", ()):
            return False
        text = texts[0].text
        if _PAGE.fullmatch(ascii_digits(text)):
            return True
        key = heading_key(text)
        if re.match(r"^(?:[\d.)(\s]*)(?:ที่ว่าการ|ที่ทำการ|เขต|ใน)?(?:อำเภอ|อ\.)\s*\S", ascii_digits(text)):
            self.district, self.type, self.district_cell, self.section = text, "", "", ""
            return True
        if texts[0].column in self.answer_columns:
            return not key
        if is_type_alone(text):
            self.type = text
            return True
        unnumbered = "number" in self.header.fixed and len(cells) == 1
        if key and not named(text) and (unnumbered or texts[0].column in self.header.fixed.get("number", ())):
            self.section, self.type = text, ""  # of whatever kind, it ends what the heading before said
        return not key

    def _block_name(self, row: int, cells: Sequence[Cell]) -> Cell | None:
        """A name alone in a line above the several rows of its organisation, wherever it stands in the line."""
        texts = [cell for cell in cells if not _ORDINAL.match(ascii_digits(cell.text))]
        alone = len(texts) == 1 and texts[0].row == row and bool(self.lines.form.row_label)
        return texts[0] if alone and named(texts[0].text) else None

    def _data(self, row: int, cells: Mapping[str, Cell], *, example: bool, name: Cell) -> None:
        answered = any(not empty(cell) for cell in cells.values())
        if self._heads(name):
            self.closed = self.closed or self.ended
            return
        nothing = empty(name) and not answered and not self._fixed(row, "row")
        stretched = answered and not empty(name) and self._stretched(row, name)
        if nothing or stretched:
            return
        number = ascii_digits(self._fixed(row, "number")).strip("(). ")
        if self.ended and (self.closed or empty(name) or not self._goes_on(number, cells)):
            return
        self.district_cell = self._fixed(row, "district") or self.district_cell
        self.rows.append(
            Row(
                row,
                name,
                self._fixed(row, "type") or self.type,
                self.district_cell or self.district,
                number,
                cells,
                row in self.grid.hidden_rows,
                example,
                section=self.section,
            )
        )

    def _goes_on(self, number: str, cells: Mapping[str, Cell]) -> bool:
        """Whether a row under a line that ends tables is still one of this: the next number, or every answer filled in."""
        form = self.lines.form
        readings = [read_value(form.find(key), cell, form, None) for key, cell in cells.items()]
        if any(reading.trouble == "unreadable" for reading in readings):
            return False
        above = self.rows[-1].number if self.rows else ""
        following = number.isdecimal() and above.isdecimal() and int(number) == int(above) + 1
        return following or not any(empty(cell) for cell in cells.values())

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
        if beyond not in named and is_type_alone(first.text):
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
