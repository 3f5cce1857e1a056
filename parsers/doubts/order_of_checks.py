"""What makes something in a table unsafe to take as it stands: every check, in the order in which doubts count.

Of two doubts about one thing the first is said. A check looks at a table and yields doubts; it changes nothing.
"""

from collections.abc import Callable, Iterator

from parsers.doubts.bracketed_figures import bracketed_figures
from parsers.doubts.colours_against_answers import colours_against_answers
from parsers.doubts.drawn_or_coloured import drawn_or_coloured
from parsers.doubts.merged_figures import merged_figures
from parsers.doubts.month_first import month_first
from parsers.doubts.notes_against_figures import notes_against_figures
from parsers.doubts.notes_against_ticks import notes_against_ticks
from parsers.doubts.other_figures import other_figures
from parsers.doubts.other_informants import other_informants
from parsers.doubts.second_lines import second_lines
from parsers.doubts.shares_of_one import shares_of_one
from parsers.doubts.shifted_rows import shifted_rows
from parsers.doubts.slipped_rows import slipped_rows
from parsers.doubts.spilled_headings import spilled_headings
from parsers.doubts.stated_units import stated_units
from parsers.doubts.turned_answers import turned_answers
from parsers.doubts.unexplained_headings import unexplained_headings
from parsers.doubts.unknown_by_code import unknown_by_code
from parsers.doubts.withheld import withheld
from parsers.doubts.written_corrections import written_corrections
from parsers.findings import Code
from parsers.form.form import Form
from parsers.tables.done_beside_not_done import Together
from parsers.tables.model import Doubt, Split, Table
from parsers.values.cells_read_once import Readings
from parsers.values.read_value import expected_of


def _arranged(table: Table, _: Readings) -> Iterator[Doubt]:
    """What came up while the rows were put together: plans without results, rows without labels, names askew."""
    yield from table.doubts


def _split_columns(table: Table, readings: Readings) -> Iterator[Doubt]:
    """Answers whose several columns say several things."""
    form = readings.form
    for row in table.rows:
        for key in (key for key, how in row.split.items() if how is Split.UNCLEAR):
            expected = expected_of(form.find(key), form, readings.near)
            shown = _in_columns(table, row.row, form.column_of(key).key, form)
            yield Doubt(Code.ANSWER_UNREADABLE, row.row, key, {"expected": expected}, shown=shown)


def _in_columns(table: Table, row: int, key: str, form: Form) -> str:
    """What stands in the columns of a question; nothing for a table on its side."""
    return Together(table.grid, table.found.header, form).shown(row, key) if table.found else ""


# Rows first: where a whole row is doubted, its cells are not spoken of. Then what a cell says, then in which unit.
CHECKS: tuple[Callable[[Table, Readings], Iterator[Doubt]], ...] = (
    slipped_rows,
    shifted_rows,
    other_informants,
    _arranged,
    turned_answers,
    spilled_headings,
    notes_against_figures,
    other_figures,
    notes_against_ticks,
    withheld,
    written_corrections,
    colours_against_answers,
    drawn_or_coloured,
    _split_columns,
    merged_figures,
    second_lines,
    bracketed_figures,
    stated_units,
    shares_of_one,
    unknown_by_code,
    month_first,
    unexplained_headings,
)


class Doubts:
    """The doubts about one table, by what they are about."""

    def __init__(self, table: Table, readings: Readings) -> None:
        """Runs every check."""
        self.rows: dict[int, Doubt] = {}
        self.labels: dict[int, Doubt] = {}  # of rows whose label names no row of the form
        self.cells: dict[tuple[int, str], Doubt] = {}
        self.columns: list[Doubt] = []
        self.table: list[Doubt] = []
        every = [each for check in CHECKS for each in check(table, readings)]
        self.words = " ".join(dict.fromkeys(word for each in every for word in (*each.fields.values(), each.shown)))
        for doubt in every:
            if not doubt.row and doubt.key:
                self.columns.append(doubt)
            elif not doubt.row:
                self.table.append(doubt)
            elif doubt.key:
                self.cells.setdefault((doubt.row, doubt.key), doubt)
            else:
                for row in doubt.rows or (doubt.row,):
                    (self.labels if doubt.label else self.rows).setdefault(row, doubt)
