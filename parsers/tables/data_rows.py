"""The rows under one header: which are data, and what each other row is: a total, a line below the table, a heading.

Owns the kinds of rows, an ordered table: the first kind that fits is what a row is. Knows nothing of the roster or of what
an answer means: names come out as text with hints, answers as cells.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from parsers.grid import Cell, empty
from parsers.tables.header_search import HeaderSearch
from parsers.tables.hint_rows import tells_how
from parsers.tables.line_kinds import Line, Lines
from parsers.tables.model import Header, Row, Split, Total
from parsers.tables.row_cells import RowCells, Shown
from parsers.thai.text import ascii_digits, heading_key
from parsers.values.cells_read_once import Readings

# "ตัวอย่าง", "ตัวอย่างการกรอกข้อมูล", "(ตย.)" in the place of a name.
_SHOWS_HOW = re.compile(r"\W*+(?:ตัวอย่าง(?:การกรอก.*+)?|ตย\.?)\W*+")
# "หน้า 2/3", "- 2 -", "มีต่อหน้า 2": what a page prints between rows.
_PAGE = re.compile(r"\W*+(?:(?:หน้า(?:ที่)?)?\s*+\d{0,3}(?:\s*+/\s*+\d{1,3})?|(?:มี)?ต่อ(?:หน้า.*+)?)\W*+")
# "1) อำเภอลอง", "ที่ว่าการอำเภอลอง", "เขตอำเภอลอง": heads the rows of a district.
_DISTRICT = re.compile(r"^(?:[\d.)(\s]*)(?:ที่ว่าการ|ที่ทำการ|เขต|ใน)?(?:อำเภอ|อ\.)\s*\S")
_NUMBER = 3  # digits of a column's number, (1) (2) (3)


class DataRows:
    """Reads the rows under one header, one after the other."""

    def __init__(self, search: HeaderSearch, lines: Lines, header: Header, readings: Readings) -> None:
        """Nothing is read yet; the district of the titles above the header counts for all rows until another is named."""
        self.grid, self.header, self.lines, self.readings = search.grid, header, lines, readings
        self.covering = search.covering
        self.rows: list[Row] = []
        self.totals: list[Total] = []
        self.told = RowCells(search, lines, header)
        self.district = self.told.title_district
        self.type, self.section = self.told.sheet_type, ""
        self.above = self.told.line_above
        self.district_cell = ""  # the last one of a district column that is filled once per district
        self.ended = False  # a line below the table was seen: from here only rows that plainly go on with it count
        self.closed = False  # another table began below
        self.since = 0

    def take(self, row: int) -> None:
        """Read one row: data, a total, a heading that helps the rows below, or nothing of ours."""
        block = [c for c in self.covering[row] if self.header.left <= c <= self.header.right]
        shown = {(c.row, c.column): c for c in (self.grid.at(row, column) for column in block) if not empty(c)}
        if shown:
            self._deal(_KINDS, self.told.shown(row, list(shown.values())))

    def _deal(self, kinds: "_Kinds", shown: Shown) -> None:
        deal = next(deal for fits, deal in kinds if fits(self, shown))
        deal(self, shown)

    # --- kinds of rows

    def is_carried(self, shown: Shown) -> bool:
        """A page's sum carried over to the next, or the greatest of the rows, which is nobody's."""
        return shown.line in {Line.CARRIED, Line.MEASURE}

    def is_total(self, shown: Shown) -> bool:
        """A total of rows."""
        return shown.line is Line.TOTAL

    def is_below(self, shown: Shown) -> bool:
        """A remark, the day, a signature, a note or a legend; who signed, unless the row is numbered or has answers."""
        signed = shown.line is Line.PERSON and not shown.answered and not self.told.fixed(shown.row, "number")
        return (
            shown.line.is_below or signed or " ".join(cell.text for cell in shown.cells) in self.readings.legend.lines
        )

    def names_block(self, shown: Shown) -> bool:
        """A name alone in a line above the several rows of its organisation, wherever it stands in the line."""
        lone = shown.lone
        if lone is None or not self.lines.form.row_label or not self.lines.names.named(lone.text):
            return False
        return all(
            empty(c) or (c.row, c.column) == (lone.row, lone.column) for c in shown.answers.values()
        )  # 100 is no ordinal

    def is_template(self, shown: Shown) -> bool:
        """(1) (2) (3) under the header."""
        # "(10)=(6)+(7)" is the tenth.
        texts = [ascii_digits(cell.text).partition("=")[0].strip("()[] .") for cell in shown.cells]
        if len(texts) < 2 or not all(text.isdecimal() and len(text) <= _NUMBER for text in texts):  # noqa: PLR2004
            return False
        ascending = all(int(right) == int(left) + 1 for left, right in pairwise(texts))
        return ascending and not (set(self.header.fixed.get("number", ())) >= {c.column for c in shown.cells})

    def tells_how(self, shown: Shown) -> bool:
        """How to fill in, above all data: "Required", "กรอกตัวเลข", "ระบุ (บาท)"."""
        if self.rows or self.lines.names.named(shown.name.text):
            return False
        beside = [cell for cell in shown.cells if (cell.row, cell.column) != (shown.name.row, shown.name.column)]
        first, rest = (shown.name, beside) if not empty(shown.name) else (shown.cells[0], shown.cells[1:])
        return tells_how(first.text, [cell.text for cell in rest]) or tells_how("", [cell.text for cell in shown.cells])

    def ends_name(self, shown: Shown) -> bool:
        """The rest of a name of which the row just above, with its answers, has the type alone."""
        above, lone = self.rows[-1] if self.rows else None, shown.lone
        if above is None or lone is None or above.row != shown.row - 1 or not above.answered:
            return False
        names, bare = self.lines.names, self.lines.names.is_type_alone(above.name.text)
        # Not "รวม" under a type alone, nor a name that is whole.
        return bare and lone.column == above.name.column and shown.line is Line.OTHER and not names.named(lone.text)

    def is_page_foot(self, shown: Shown) -> bool:
        """หน้า 2/5, or nothing but signs."""
        lone = shown.lone
        if lone is None or self.told.labels_row(lone):
            return False
        return bool(_PAGE.fullmatch(ascii_digits(lone.text))) or not heading_key(lone.text)

    def is_district(self, shown: Shown) -> bool:
        """A row that only says the district of the rows below it."""
        lone = shown.lone
        if lone is None or self.told.labels_row(lone) or self.lines.names.named(lone.text):
            return False
        return bool(_DISTRICT.match(ascii_digits(lone.text)))

    def is_type(self, shown: Shown) -> bool:
        """A row that only says the type of the rows below it."""
        return bool(self.told.heads_rows(shown.lone) and shown.lone and self.lines.names.is_type_alone(shown.lone.text))

    def is_section(self, shown: Shown) -> bool:
        """A text alone, in the place of numbers or without one: of whatever kind, it ends what the heading before said."""
        lone = shown.lone
        if lone is None or not self.told.heads_rows(lone) or self.lines.names.named(lone.text):
            return False
        unnumbered = "number" in self.header.fixed and len(shown.cells) == 1
        return unnumbered or lone.column in self.header.fixed.get("number", ())

    def heads_page(self, shown: Shown) -> bool:
        """A name cell that reaches down from the header, or repeats a heading's words: one more row of the header."""
        name = shown.name
        return not empty(name) and (name.row <= self.header.bottom or heading_key(name.text) in self.told.name_headings)

    def is_nothing(self, shown: Shown) -> bool:
        """Neither a name, an answer nor the label of a row."""
        return empty(shown.name) and not shown.answered and not self.told.fixed(shown.row, "row")

    def is_stretched(self, shown: Shown) -> bool:
        """A text merged over answer columns: a heading or a note, no name."""
        name = shown.name
        seen = (self.grid.at(shown.row, column) for column in self.told.answer_columns)
        return shown.answered and not empty(name) and any((c.row, c.column) == (name.row, name.column) for c in seen)

    def is_beyond(self, shown: Shown) -> bool:
        """Below a line that ends tables, and not plainly going on with this one."""
        return self.ended and (self.closed or empty(shown.name) or not self._goes_on(shown))

    def is_data(self, _: Shown) -> bool:
        """Whatever is left."""
        return True

    # --- what is made of them

    def pass_over(self, _: Shown) -> None:
        """Nothing of ours."""

    def add_total(self, shown: Shown) -> None:
        """A total of the rows since the total before."""
        self.totals.append(Total(shown.row, shown.label, shown.answers, self.since, len(self.rows)))
        self.since = len(self.rows)

    def end(self, _: Shown) -> None:
        """The table is over but for rows that plainly go on with it."""
        self.ended = True

    def close(self, _: Shown) -> None:
        """A heading of names below the end begins another table."""
        self.closed = self.closed or self.ended

    def begin_block(self, shown: Shown) -> None:
        """A row with a name and no answers."""
        name = shown.lone or shown.name
        blank = dict.fromkeys(shown.answers, Cell(shown.row, name.column))
        self._deal(_KINDS_OF_DATA, replace(shown, cells=(), answers=blank, split={}, name=name))

    def end_name(self, shown: Shown) -> None:
        """A name typed over two rows is one."""
        above = self.rows[-1]
        rest = shown.lone.text if shown.lone else ""
        self.rows[-1] = replace(above, name=replace(above.name, text=f"{above.name.text}{rest}"))

    def begin_district(self, shown: Shown) -> None:
        """Another district for the rows below."""
        self.district = shown.lone.text if shown.lone else ""
        self.type, self.district_cell, self.section = self.told.sheet_type, "", ""

    def begin_type(self, shown: Shown) -> None:
        """Another type for the rows below."""
        self.type = shown.lone.text if shown.lone else ""

    def begin_section(self, shown: Shown) -> None:
        """Another section for the rows below; the row itself may be a name without its type."""
        self.section, self.type = shown.lone.text if shown.lone else "", self.told.sheet_type
        self._deal(_KINDS_OF_DATA, shown)

    def add(self, shown: Shown) -> None:
        """A row of data with the hints that stand around it."""
        row = shown.row
        self.district_cell = self.told.fixed(row, "district") or self.district_cell
        self.rows.append(
            Row(
                row,
                shown.name,
                self.told.fixed(row, "type") or self.type,
                self.district_cell or self.district,
                self.told.number(row),
                shown.answers,
                row in self.grid.hidden_rows,
                any(_SHOWS_HOW.fullmatch(cell.text) for cell in shown.cells),
                split=shown.split,
                section=self.section,
                above=self.above,
            )
        )

    def _goes_on(self, shown: Shown) -> bool:
        """Whether a row under a line that ends tables is still one of this: the next number, or every answer filled in."""
        form = self.lines.form
        readings = [self.readings.of(form.find(key), cell) for key, cell in shown.answers.items()]
        if Split.UNCLEAR in shown.split.values() or any(reading.trouble == "unreadable" for reading in readings):
            return False
        number, above = self.told.number(shown.row), self.rows[-1].number if self.rows else ""
        following = number.isdecimal() and above.isdecimal() and int(number) == int(above) + 1
        return following or not any(empty(cell) for cell in shown.answers.values())


_Kinds = Sequence[tuple[Callable[[DataRows, Shown], bool], Callable[[DataRows, Shown], None]]]
# Of rows that are no lines and no headings of rows.
_KINDS_OF_DATA: _Kinds = (
    (DataRows.heads_page, DataRows.close),
    (DataRows.is_nothing, DataRows.pass_over),
    (DataRows.is_stretched, DataRows.pass_over),
    (DataRows.is_beyond, DataRows.pass_over),
    (DataRows.is_data, DataRows.add),
)
_KINDS: _Kinds = (
    (DataRows.is_carried, DataRows.pass_over),
    (DataRows.is_total, DataRows.add_total),
    (DataRows.tells_how, DataRows.pass_over),
    (DataRows.ends_name, DataRows.end_name),
    (DataRows.is_below, DataRows.end),
    (DataRows.names_block, DataRows.begin_block),
    (DataRows.is_template, DataRows.pass_over),
    (DataRows.is_page_foot, DataRows.pass_over),
    (DataRows.is_district, DataRows.begin_district),
    (DataRows.is_type, DataRows.begin_type),
    (DataRows.is_section, DataRows.begin_section),
    *_KINDS_OF_DATA,
)
