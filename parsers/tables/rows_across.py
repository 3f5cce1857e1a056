"""The rows of a form side by side, or one group of lines below the other: which of them each column or line is of.

Owns that no such group is told by its place alone: two kinds over the same questions may come in any order.
"""

import re
from collections import Counter
from dataclasses import replace

from parsers.form.form import Form
from parsers.form.question import NUMERIC, FormRow
from parsers.grid import Cell, CellKind, Grid
from parsers.tables.model import Table
from parsers.tables.row_labels import Labels
from parsers.tables.wordings import wordings_of
from parsers.thai.text import ascii_digits
from parsers.values.units import Fit, fit, parse_unit

# "12.5 " of "12.5 ตัน".
_FIGURE = re.compile(r"[\d.,]*\d\s*")


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


def typed_kinds(grid: Grid, form: Form) -> Grid:
    """Typed lines that begin with the label of a row of the form, which is then of all answers of the line.

    Where the label stands alone before a figure, the figure's unit tells which question's it is, if only one's.
    """
    cells = dict(grid.cells)
    kind, line = "", 0
    for row, of_line in grid.lines.items():
        group, label, answer = (grid.own(row, column) for column in (1, 2, 3))
        begun = "" if label.blank else _begins(label.text, form)
        kind, line = (begun, of_line) if begun or line != of_line else (kind, line)
        if not kind or not group.blank or answer.blank:
            continue
        rest = label.text.removeprefix(begun).strip(" :-–") or _asked_in(answer.text, form)
        if rest:
            cells[row, 1] = Cell(row, 1, CellKind.TEXT, kind)
            cells[row, 2] = replace(label, text=rest)
    return replace(grid, cells=cells)


def _begins(text: str, form: Form) -> str:
    """The longest label of a row with which a text begins."""
    wordings = (word for row in form.row for word in (row.label, *row.aliases))
    return max((word for word in wordings if text.startswith(word)), key=len, default="")


def _asked_in(answer: str, form: Form) -> str:
    """The label of the only question that is asked in the unit of a figure."""
    figure = _FIGURE.match(ascii_digits(answer))
    unit = parse_unit(answer[figure.end() :]) if figure else None
    asked = [q.label for q in form.column if q.kind in NUMERIC and unit and unit.base and fit(unit, q) is Fit.SAME]
    return asked[0] if len(asked) == 1 else ""


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
