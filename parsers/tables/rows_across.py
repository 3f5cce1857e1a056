"""The rows of a form side by side, or one group of lines below the other: which of them each column or line is of.

Owns that no such group is told by its place alone: two kinds over the same questions may come in any order.
"""

from collections import Counter
from dataclasses import replace

from parsers.form import Form, FormRow
from parsers.grid import Cell, CellKind, Grid
from parsers.tables.model import Table
from parsers.tables.row_labels import Labels
from parsers.tables.wordings import wordings_of


def all_labelled(table: Table, form: Form) -> bool:
    """Whether above each column of a table there stands the label of the form's row that it is of, and of no other."""
    labels = Labels(form)
    own = {
        question.key: row for row, printed in zip(form.row, form.rows, strict=True) for question in printed.questions
    }
    reach: dict[tuple[int, int], FormRow] = {}  # a label reaches over the blanks beside it, as where a merge was lost
    for row in range(table.top, table.bottom + 1):
        last: FormRow | None = None
        for column in range(1, max(column for run in table.columns.values() for column in run) + 1):
            text = table.grid.at(row, column).text
            last = labels.match(text) if text else last
            if last:
                reach[row, column] = last
    return all(
        {found.key for row in range(table.top, table.bottom + 1) if (found := reach.get((row, column)))}
        == {own[key].key}
        for key, columns in table.columns.items()
        for column in columns
    )


def kinds_beside(grid: Grid, form: Form) -> Grid:
    """A sheet on its side whose lines stand under the labels of the form's rows, with that label in each line: สุนัข จำนวนสัตว์.

    What heads those labels (ชนิดสัตว์) goes, for on the turned sheet it would head the names.
    """
    words, labels = wordings_of(form.table), Labels(form)
    cells = {at: cell for at, cell in sorted(grid.cells.items()) if words.fixed_word(cell.text) != "row"}
    filled = Counter(row for (row, _), cell in cells.items() if not cell.blank)
    head: Cell | None = None
    for at, cell in list(cells.items()):
        if filled[at[0]] == 1:
            head = cell if labels.match(cell.text) else None
            if head:
                del cells[at]
        elif head and at[1] == head.column and cell.kind is CellKind.TEXT:
            cells[at] = replace(cell, text=f"{head.text} {cell.text}")
    return replace(grid, cells=cells)
