"""Several rows of one organisation: whose they are, and which of the form's rows each is.

Works on a table read by its columns alone; what comes out has the form's own questions, those of each row apart.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from parsers.findings import Code
from parsers.form.form import Form
from parsers.form.question import FormRow, Kind, key_in_row
from parsers.grid import Cell, empty
from parsers.tables.fill_down import Labelled, askew, unsure, whose
from parsers.tables.further_rows import settled
from parsers.tables.line_kinds import Line, Lines
from parsers.tables.model import Doubt, Row, Table, Total, counted
from parsers.tables.row_labels import Labels
from parsers.thai.text import heading_key
from parsers.values.cells_read_once import Readings


def in_rows(table: Table, form: Form) -> Table:
    """``table`` with the questions of each row; as it is where the form has one row for each organisation."""
    if not form.row:
        return table
    block = _Block(table, form)
    rows = tuple(block.rows())
    strays = {doubt.row for doubt in block.doubts if doubt.label}
    read = [row.row for row in rows if row.answered or row.row in strays]
    unlabelled = not block.column and strays.issuperset(read)
    totals = (*(block.labelled(total) for total in table.totals), *block.totals)
    below = _side_by_side(counted(totals, table.rows, rows))
    return replace(
        table,
        rows=rows,
        totals=(*below, *counted(block.sums, table.rows, rows)),
        columns={key_in_row(key, row): run for row in form.row for key, run in table.columns.items()},
        missing=tuple(q for q in form.question if form.column_of(q.key) in table.missing),
        doubts=(
            *table.doubts,
            *([Doubt(Code.COLUMN_MISSING, fields={"question": form.row_label})] if unlabelled else block.doubts),
        ),
        readings=replace(table.readings, form=form) if table.readings else Readings(form),
        passed_over=frozenset(key_in_row(key, row) for row in form.row for key in table.passed_over),
    )


def _side_by_side(totals: Iterable[Total]) -> Iterator[Total]:
    """Totals one below the other, each of one row, are of the same section: that of the first."""
    since = until = 0
    for total in sorted(totals, key=lambda each: each.row):
        if total.until != until:
            since, until = total.since, total.until
        yield replace(total, since=since)


class _Block:
    """Reads the rows of a table."""

    def __init__(self, table: Table, form: Form) -> None:
        self.table, self.form = table, form
        self.labels, self.words = Labels(form), Lines(form)
        self.column = self.labels.column(table)
        self.asked = frozenset(q.key for q in form.column if q.kind is not Kind.COMPUTED)
        self.doubts: list[Doubt] = []
        self.totals: list[Total] = []  # rows without a name under a total
        self.sums: list[Total] = []  # of the rows of one block

    def rows(self) -> Iterator[Row]:
        """The rows that are somebody's, or nobody knows whose."""
        lines = list(settled(self._lines(), self.table))
        order = [row.key for row in self.form.row]
        owners = whose(lines, order)
        moved = unsure(lines, owners, len(order))
        turned = askew(lines, order)
        for at, (line, owner) in enumerate(zip(lines, owners, strict=True)):
            mine = replace(_of(line.row, owner) if owner else line.row, label=line.label.text)
            if turned or at in moved:
                code = Code.NAMES_ASKEW if turned else Code.LABEL_UNSURE
                self.doubts.append(Doubt(code, mine.row, fields={"label": self.form.row_label}))
            if line.found:
                yield _with_questions(mine, line.found)
            elif line.answered:
                self.doubts.append(self._stray(line))
                yield replace(mine, cells={}, split={})
            elif not line.nameless:
                yield replace(mine, cells={}, split={})

    def _stray(self, line: Labelled) -> Doubt:
        """Answers beside a label that is none of the form's rows, or beside none at all."""
        code = Code.ANSWER_MISSING if empty(line.label) else Code.ANSWER_UNREADABLE
        rows = " หรือ ".join(row.label for row in self.form.row)
        expected = f"กรุณารวมแถว {line.sorts} เป็นแถวเดียวตามแบบ" if line.sorts else f"กรุณาเขียนเป็น {rows}"
        return Doubt(code, line.row.row, "", {"question": self.form.row_label, "expected": expected}, line.label)

    def labelled(self, total: Total) -> Total:
        """A total with the questions of the row its label names; of all rows together where it names none."""
        found = self.labels.match(self._label(total.row).text) or self.labels.match(total.label)
        cells = {key_in_row(key, found): cell for key, cell in total.cells.items()} if found else total.cells
        return replace(total, cells=cells)

    def _label(self, row: int) -> Cell:
        return self.table.grid.at(row, self.column) if self.column else Cell(row, 1)

    def _lines(self) -> Iterator[Labelled]:
        """The rows with their labels; totals, and sums within a block, are put aside."""
        sheet = self.table.grid.sheet
        named = 0  # the last row with a name
        block = _Sums()
        for index, each in enumerate(self.table.rows):
            row, label = (each, self._label(each.row)) if self.column else self.labels.aside(each, sheet)
            line = Labelled(row, label, self.labels.match(label.text), self.asked)
            total = Total(row.row, label.text, row.cells, block.since, index)
            if total_of := self._total_of(line):
                self.totals.append(self.labelled(replace(total, label=total_of, since=0)))
                continue
            if line.nameless and any(named < total.row < row.row for total in self.table.totals):
                self.totals.append(self.labelled(replace(total, label="", since=0)))
                continue
            named = named if line.nameless else row.row
            if line.found or self.words.sort_of(label.text) is not Line.TOTAL:
                block.take(index, line)
                yield line
                continue
            self.sums += [total] if block.ends(index, line) else []
            if not line.nameless:  # a name beside the sum
                yield Labelled(replace(row, cells={}), Cell(row.row, label.column), None, self.asked)

    def _total_of(self, line: Labelled) -> str:
        """What a row says in the place of its label or name where that makes it a label's total: รวมขยะทั่วไป."""
        said = line.row.name.text if empty(line.label) else line.label.text if line.nameless else ""
        total = heading_key(said).startswith("รวม") and self.labels.exact(said) is None
        return said if total and self.labels.match(said) else ""


class _Sums:
    """Where the rows begin that a sum within a block is of."""

    def __init__(self) -> None:
        self.since = 0  # index of the first row that no sum followed yet
        self.name = ""
        self.filled = False  # the name has rows

    def take(self, index: int, line: Labelled) -> None:
        """A row: under another name than before a block begins, unless none has begun since the last sum."""
        if not line.nameless and line.name != self.name:
            self.since, self.name, self.filled = (index if self.filled else self.since), line.name, False
        self.filled = self.filled or line.found is not None

    def ends(self, index: int, line: Labelled) -> bool:
        """Whether a sum is of the rows above it; one that begins a block is of those below, and not looked at."""
        own = self.filled and (line.nameless or line.name == self.name)
        self.since, self.filled = index + 1, False
        self.name = self.name if line.nameless else line.name
        return own


def _with_questions(row: Row, found: FormRow) -> Row:
    """A row with the questions of the form's row that its label names."""
    cells = {key_in_row(key, found): cell for key, cell in row.cells.items()}
    return replace(row, cells=cells, split={key_in_row(key, found): how for key, how in row.split.items()})


def _of(row: Row, owner: Row) -> Row:
    """A row with the name that counts for it."""
    if row is owner or (not empty(row.name) and row.name == owner.name):
        return row
    number, kind = row.number or owner.number, row.type or owner.type
    return replace(row, name=owner.name, type=kind, number=number, example=row.example or owner.example)
