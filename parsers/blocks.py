"""Several rows of one organisation: whose they are, and which of the form's rows each is.

Owns the labels of rows and carrying a name down its block. Works on a table read by its columns alone; what comes out has
the form's own questions, those of each row apart.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from parsers.form import Form, FormRow, key_in_row
from parsers.grid import Cell
from parsers.header import empty
from parsers.headings import figures_of, heading_key, likeness, nearest
from parsers.tables import Row, Table, Total, counted

LIKE = 0.8  # a label less like a row's is another


def in_rows(table: Table, form: Form) -> Table:
    """``table`` with the questions of each row; as it is where the form has one row for each organisation."""
    if not form.row:
        return table
    block = _Block(table, _Labels(form, table))
    rows = tuple(block.rows())
    totals = (*(block.labelled(total) for total in table.totals), *block.totals)
    return replace(
        table,
        rows=rows,
        totals=tuple(_side_by_side(counted(totals, table.rows, rows))),
        columns={key_in_row(key, row): run for row in form.row for key, run in table.columns.items()},
        missing=tuple(q for q in form.question if form.column_of(q.key) in table.missing),
        passed_over=frozenset(key_in_row(key, row) for row in form.row for key in table.passed_over),
    )


def _side_by_side(totals: Iterable[Total]) -> Iterator[Total]:
    """Totals one below the other, each of one row, are of the same section: that of the first."""
    since = until = 0
    for total in sorted(totals, key=lambda each: each.row):
        if total.until != until:
            since, until = total.since, total.until
        yield replace(total, since=since)


@dataclass(frozen=True)
class _Labels:
    """The labels of a form's rows, in the column of a table where they stand."""

    form: Form
    table: Table

    def column(self) -> int:
        """Of the columns headed for labels, or of all that are not answers or names, the one with most labels; 0 for none."""
        taken = {c for run in self.table.columns.values() for c in run} | set(self.table.name_columns)
        read = {row.row for row in self.table.rows}
        spots = (at for at in self.table.grid.cells if at[0] in read and at[1] not in taken)
        labelled = Counter(column for row, column in spots if self.match(self.table.grid.own(row, column).text))
        headed = self.table.row_columns
        return max(headed or labelled, key=lambda column: labelled[column], default=0)

    def match(self, text: str) -> FormRow | None:
        """The row that a label surely names."""
        seen = heading_key(text)
        wordings = {row.key: [row.label, *row.aliases] for row in self.form.row}
        for row in self.form.row:
            if seen and any(seen == heading_key(word) for word in wordings[row.key]):
                return row
        scores = {row.key: max(_like(text, word) for word in wordings[row.key]) for row in self.form.row}
        near = nearest(scores)
        best = max(scores.values())
        return next((row for row in self.form.row if [row.key] == near and best >= LIKE), None)


def _like(seen: str, wanted: str) -> float:
    """How well a label says another; figures that tell rows apart must be there."""
    return likeness(heading_key(seen), heading_key(wanted)) if figures_of(wanted) <= figures_of(seen) else 0.0


class _Block:
    """Reads the rows of a table one after the other."""

    def __init__(self, table: Table, labels: _Labels) -> None:
        self.table, self.labels = table, labels
        self.column = labels.column()
        self.above: Row | None = None  # the row whose name counts below it
        self.seen: set[str] = set()  # the rows under that name so far
        self.totals: list[Total] = []  # rows without a name under a total

    def rows(self) -> Iterator[Row]:
        """The rows that are somebody's, or nobody knows whose."""
        for index, row in enumerate(self.table.rows):
            if empty(row.name) and self._under_total(row):
                self.totals.append(self.labelled(Total(row.row, "", row.cells, 0, index)))
                continue
            label = self._label(row.row)
            found = self.labels.match(label.text)
            mine = self._named(row, found)
            if found:
                self.seen.add(found.key)
                cells = {key_in_row(key, found): cell for key, cell in row.cells.items()}
                yield replace(mine, cells=cells, label=label.text)
            elif row.answered:
                yield replace(mine, cells={}, label=label.text, stray=label)
            elif not empty(row.name):
                yield replace(mine, cells={})

    def labelled(self, total: Total) -> Total:
        """A total with the questions of the row its label names; a total of all rows together has none."""
        found = self.labels.match(self._label(total.row).text)
        cells = {key_in_row(key, found): cell for key, cell in total.cells.items()} if found else {}
        return replace(total, cells=cells)

    def _label(self, row: int) -> Cell:
        return self.table.grid.at(row, self.column) if self.column else Cell(row, 1)

    def _under_total(self, row: Row) -> bool:
        last = self.above.row if self.above else 0
        return any(last < total.row < row.row for total in self.table.totals)

    def _named(self, row: Row, found: FormRow | None) -> Row:
        """The row with the name that stands above it, unless it begins a block whose name was forgotten."""
        above = self.above
        if not empty(row.name):
            if above is None or heading_key(above.name.text) != heading_key(row.name.text):
                self.seen = set()
            self.above = row
            return row
        if above is None or (found and found.key in self.seen):
            return row
        if (row.district, row.section) != (above.district, above.section):
            return row
        return replace(row, name=above.name, type=row.type or above.type, number=row.number or above.number)
