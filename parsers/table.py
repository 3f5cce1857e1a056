"""Find a form's table in a grid: its columns by their headings, its rows by what stands in them. No fixed addresses.

Owns where a table begins, which column is which question, and which rows are data, totals or neither. Knows nothing of
the roster or of what an answer means: names come out as text with hints, answers as cells.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from parsers.form import Form, Kind, Question
from parsers.grid import Cell, CellKind, Grid
from parsers.headings import Headings, assign, half_of, heading_key
from parsers.lines import Line, Lines
from parsers.marks import Tick, tick
from parsers.text import ascii_digits, comparison_key

HEADER_ROWS = 5  # a header may be this tall
TITLE_ROWS = 6  # rows above a header that may name the district
RUN = 12  # rows of one candidate header looked at
SHEET_COLUMNS = 400  # columns looked at; wider sheets are no forms

_NAME = re.compile(
    r"^[\d.)(\s]*(?:อบต|อบจ|ทต|ทม|ทน|อ\.บ\.ต|เทศบาล(?:ตำบล|เมือง|นคร)|องค์การบริหารส่วน(?:ตำบล|จังหวัด))[.\s]*([^\s./,()]{2,})"
)
_TYPE_ONLY = re.compile(
    r"^(?:อบต|อบจ|ทต|ทม|ทน|เทศบาล(?:ตำบล|เมือง|นคร)?|องค์การบริหารส่วน(?:ตำบล|จังหวัด))[.\s]*(?:จำนวน.*|\(.*\))?:?$"
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


@dataclass(frozen=True)
class _Header:
    """A header band of one block: its rows, the columns of the block, and what each column is."""

    top: int
    bottom: int
    left: int
    right: int
    columns: Mapping[str, tuple[int, ...]]
    halves: Mapping[str, tuple[int, int]]  # question to its (yes, no) columns, when split
    fixed: Mapping[str, tuple[int, ...]]  # organisation, number, type, district
    quality: float


def empty(cell: Cell) -> bool:
    """Nothing, or only the dots and lines of a blank form."""
    return cell.blank or (cell.kind is CellKind.TEXT and not cell.text.strip(" ._…·•⋯‧ฯ\n\t"))


def find_tables(grid: Grid, form: Form) -> tuple[Table, ...]:
    """Every table of ``form`` in ``grid``, from top to bottom and left to right. A repeated page header begins no new table."""
    return _Finder(grid, form).tables()


class _Finder:
    """One search of one grid."""

    def __init__(self, grid: Grid, form: Form) -> None:
        self.grid = grid
        self.form = form
        self.headings = Headings(form)
        self.lines = Lines(form)
        self.need = min(2, len(form.question))
        self.used: dict[int, list[int]] = {}
        for row, column in sorted(grid.cells):
            if column <= SHEET_COLUMNS and not grid.cells[row, column].blank:
                self.used.setdefault(row, []).append(column)

    @cached_property
    def covering(self) -> Mapping[int, list[int]]:
        """Columns of each row that show something, merged cells from above included."""
        found = {row: set(columns) for row, columns in self.used.items()}
        for merge in self.grid.merges:
            if not self.grid.own(merge.top, merge.left).blank:
                for row in range(merge.top, merge.bottom + 1):
                    if row in found:
                        found[row].update(range(merge.left, min(merge.right, SHEET_COLUMNS) + 1))
        return {row: sorted(columns) for row, columns in found.items()}

    def tables(self) -> tuple[Table, ...]:
        headers = self._headers()
        tables: list[Table] = []
        for block, (band, header) in enumerate(headers):
            below = [h.top for other, h in headers[block + 1 :] if other != band and _overlap(h, header)]
            last = min(below, default=max(self.used, default=0) + 1) - 1
            table = self._table(header, last)
            before = next((t for t in reversed(tables) if t.columns == table.columns and not t.totals), None)
            if before and before.name_columns == table.name_columns and before.bottom < table.top:
                tables[tables.index(before)] = _joined(before, table)
            else:
                tables.append(table)
        return tuple(tables)

    # --- headers -------------------------------------------------------------------------------------------------

    def _headers(self) -> list[tuple[int, _Header]]:
        """Header bands with the number of their band, in reading order; side by side blocks share a band."""
        found: list[tuple[int, _Header]] = []
        rows = sorted(self.used)
        at = band = 0
        while at < len(rows):
            run = self._run(rows, at, [header for _, header in found])
            headers, used = self._best(run)
            if headers:
                band += 1
                found += [(band, header) for header in headers]
            at += max(1, used)
        return found

    def _run(self, rows: Sequence[int], at: int, known: Sequence[_Header]) -> list[int]:
        run: list[int] = []
        for row in rows[at : at + RUN]:
            if not self._may_head(row, known):
                break
            run.append(row)
        return run

    def _may_head(self, row: int, known: Sequence[_Header]) -> bool:
        """Whether a row may belong to a header: it names something of the form and is no row of an organisation."""
        cells = [self.grid.own(row, column) for column in self.used[row]]
        says = [self.headings.says(cell.text) if cell.kind is CellKind.TEXT else frozenset() for cell in cells]
        if not any(says):
            return False
        if any("organisation" in say for say in says):
            return True
        if any(self._named(cell.text) for cell in cells):
            return False
        above = [header for header in known if header.bottom < row]
        if not above or not above[-1].fixed.get("organisation"):
            return True
        name = self.grid.own(row, above[-1].fixed["organisation"][0])
        return empty(name) or bool(self.headings.says(name.text))

    def _named(self, text: str) -> bool:
        return bool(_NAME.match(text)) and "/" not in text and "organisation" not in self.headings.says(text)

    def _best(self, run: Sequence[int]) -> tuple[list[_Header], int]:
        """The best header in a run of rows, and how many of the rows are used up."""
        best: tuple[float, list[_Header], int] = (0.0, [], len(run))
        for start in range(len(run)):
            for end in range(start, min(start + HEADER_ROWS, len(run))):
                headers = self._blocks(run[start : end + 1])
                score = sum(header.quality for header in headers) - 0.001 * (end - start)
                if headers and score > best[0] + 1e-9:
                    best = (score, headers, end + 1)
        return best[1], best[2]

    def _blocks(self, rows: Sequence[int]) -> list[_Header]:
        """The headers these rows make: one, or several side by side."""
        columns = sorted({column for row in rows for column in self.covering[row]})
        paths = {column: self._path(rows, column) for column in columns}
        names = self._runs_of(paths, "organisation")
        if len(names) > 1:
            edges = [self._left_edge(paths, name[0]) for name in names]
            parts = [[c for c in columns if left <= c < right] for left, right in pairwise([*edges, columns[-1] + 1])]
            headers = [self._header(rows, paths, part) for part in parts]
            if all(headers):
                return [header for header in headers if header]
        header = self._header(rows, paths, columns)
        return [header] if header else []

    def _path(self, rows: Sequence[int], column: int) -> list[tuple[int, int]]:
        """Anchors of the headings above a column, top to bottom; a group's heading reaches over the blanks beside it."""
        path: list[tuple[int, int]] = []
        for row in rows:
            cell = self.grid.at(row, column)
            if cell.blank and row != rows[-1]:
                left = max((c for c in self.covering[row] if c < column), default=0)
                beside = self.grid.at(row, left)
                if (
                    left
                    and self.headings.is_group(beside.text)
                    and "organisation" not in self.headings.says(beside.text)
                ):
                    cell = beside
            if not cell.blank and (cell.row, cell.column) not in path:
                path.append((cell.row, cell.column))
        return path

    def _texts(self, path: Sequence[tuple[int, int]]) -> list[str]:
        return [self.grid.cells[at].text for at in path]

    def _runs_of(self, paths: Mapping[int, Sequence[tuple[int, int]]], word: str) -> list[tuple[int, ...]]:
        """Columns headed by a fixed word, those under one merged heading together."""
        found: dict[tuple[int, int], list[int]] = {}
        for column, path in paths.items():
            for at in path:
                if word in self.headings.says(self.grid.cells[at].text):
                    found.setdefault(at, []).append(column)
                    break
        return [tuple(columns) for columns in found.values()]

    def _left_edge(self, paths: Mapping[int, Sequence[tuple[int, int]]], column: int) -> int:
        """Where the block of a name column begins: at the number or type columns just before it."""
        while column - 1 in paths and any(
            self.headings.says(text) & {"number", "type", "district"} for text in self._texts(paths[column - 1])
        ):
            column -= 1
        return column

    def _header(
        self, rows: Sequence[int], paths: Mapping[int, Sequence[tuple[int, int]]], columns: Sequence[int]
    ) -> _Header | None:
        """The header that ``rows`` make over ``columns``; None when they do not name enough of the form."""
        fixed: dict[str, tuple[int, ...]] = {}
        for word in ("organisation", "number", "type", "district"):
            runs = self._runs_of({c: paths[c] for c in columns}, word)
            if runs:
                fixed[word] = runs[0]
        taken = {column for run in fixed.values() for column in run}
        fits = {c: self.headings.fits(self._texts(paths[c])) for c in columns if c not in taken}
        found = assign(fits, self.form)
        headed = 0.05 * ("organisation" in fixed) + 0.01 * len(fixed)
        if "organisation" not in fixed:
            name = self._guessed_name(rows[-1], {c for cs in found.values() for c in cs} | taken)
            if name:
                fixed["organisation"] = (name,)
        enough = self.need if "organisation" in fixed else max(self.need, len(self.form.question) // 2 + 1)
        if len(found) < enough:
            return None
        halves = self._halves(found, paths)
        labels = sum(max(fits[c][key].score for c in cs) for key, cs in found.items())
        quality = labels / (1.5 * len(self.form.question)) + headed + 0.02 * len(halves)
        return _Header(rows[0], rows[-1], columns[0], columns[-1], found, halves, fixed, quality)

    def _guessed_name(self, below: int, taken: set[int]) -> int:
        """The column in which most names of organisations stand, for a table that does not head it; 0 for none."""
        counts: dict[int, int] = {}
        for row in (row for row in self.used if row > below):
            for column in self.used[row]:
                if column not in taken and self._named(self.grid.own(row, column).text):
                    counts[column] = counts.get(column, 0) + 1
        return max(counts, key=lambda column: counts[column], default=0)

    def _halves(
        self, found: Mapping[str, tuple[int, ...]], paths: Mapping[int, Sequence[tuple[int, int]]]
    ) -> dict[str, tuple[int, int]]:
        """Tick questions whose column is split into "done" and "not done"."""
        halves = {}
        for key, columns in found.items():
            if len(columns) == 2 and self.form.find(key).kind is Kind.TICK:  # noqa: PLR2004 - a half each
                leaves = [half_of(self._texts(paths[column])[-1]) for column in columns]
                if sorted(leaves) == ["no", "yes"]:
                    halves[key] = (columns[leaves.index("yes")], columns[leaves.index("no")])
        return halves

    # --- rows ----------------------------------------------------------------------------------------------------

    def _table(self, header: _Header, last: int) -> Table:
        reader = _Rows(self, header)
        for row in sorted(row for row in self.used if header.bottom < row <= last):
            reader.take(row)
        missing = tuple(q for q in self.form.question if q.key not in header.columns)
        names = header.fixed.get("organisation", ())
        return Table(
            self.grid,
            header.top,
            header.bottom,
            header.columns,
            names,
            tuple(reader.rows),
            tuple(reader.totals),
            missing,
            min(1.0, header.quality),
        )


class _Rows:
    """Reads the rows under one header, one after the other."""

    def __init__(self, finder: _Finder, header: _Header) -> None:
        self.grid, self.header = finder.grid, header
        self.lines = finder.lines
        self.covering = finder.covering
        self.rows: list[Row] = []
        self.totals: list[Total] = []
        self.district = self._title_district(finder)
        self.type = ""
        self.district_cell = ""  # the last one of a district column that is filled once per district
        self.ended = False  # a line below the table was seen: from here only rows with a name and answers count
        self.since = 0
        self.answer_columns = {c for columns in header.columns.values() for c in columns}

    def _title_district(self, finder: _Finder) -> str:
        above = sorted((row for row in finder.used if row < self.header.top), reverse=True)
        for row in above[:TITLE_ROWS]:
            for column in finder.used[row]:
                text = self.grid.own(row, column).text
                found = re.search(r"อำเภอ\s*([^\s\d()]+)", text)
                if found and not _NAME.match(text):
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
        if line is Line.TOTAL:
            self.totals.append(Total(row, label, cells, self.since, len(self.rows)))
            self.since = len(self.rows)
        elif line is Line.BELOW or (line is Line.PERSON and all(empty(cell) for cell in cells.values())):
            self.ended = True
        elif not self._column_numbers(list(shown.values())) and not self._heading(row, list(shown.values())):
            self._data(row, cells)

    def _line(self, row: int, cells: Sequence[Cell]) -> tuple[Line, str]:
        """What sort of line the row is, and its text. Texts in answer columns count only in a row without a name."""
        names = self.header.fixed.get("organisation", ())
        nameless = all(empty(self.grid.at(row, column)) for column in names)
        for cell in cells:
            if cell.column not in self.answer_columns or (nameless and cell.kind is CellKind.TEXT):
                line = self.lines.sort_of(cell.text)
                if line is not Line.OTHER and (line is not Line.TOTAL or cell.column not in self.answer_columns):
                    return line, cell.text
        return Line.OTHER, ""

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
        if halves and filled:
            return self._halves_say(*(self.grid.at(row, column) for column in halves))
        if len(filled) <= 1 or len({comparison_key(cell.text) for cell in filled}) == 1:
            return filled[0] if filled else cells[0]
        return Cell(filled[0].row, filled[0].column, CellKind.TEXT, " | ".join(cell.text for cell in filled))

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
        if stretched or (empty(name) and not answered):
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


def _overlap(one: _Header, other: _Header) -> bool:
    return one.left <= other.right and other.left <= one.right


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
