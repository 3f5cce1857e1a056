"""Villages listed under an organisation's name, and below them the line of its sums, which holds its answers.

Owns that arrangement: a name without answers, villages, then "รวม" with the same name. Only where the sums come out is the
line taken as the organisation's row; else all stays as it stands, and is asked.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from parsers.form.question import Kind
from parsers.grid import Grid, empty
from parsers.organisations.type_words import TypeWords
from parsers.tables.model import Row, Total
from parsers.thai.text import ascii_digits, comparison_key
from parsers.values.cells_read_once import Readings

# "หมู่ที่ 1", "ม.2 บ้านดง", "บ้านปง หมู่ 3", "ชุมชนศรีดอน": no organisation.
_VILLAGE = re.compile(r"(?:หมู่|ม\.\s?\d|บ้าน|ชุมชน)")
# "รวม อบต.แม่ป้าก", "ยอดรวมของ ทต.สอง".
_SUM = re.compile(r"^\W*(?:ยอด)?รวม(?:ทั้งสิ้น|ทั้งหมด)?(?:ของ)?\s*")


def with_sums_as_rows(
    rows: Sequence[Row], totals: Sequence[Total], readings: Readings, grid: Grid, names: TypeWords
) -> tuple[list[Row], list[Total]]:
    """The rows and totals of a table, each line of sums under its villages as its organisation's row; itself without such."""
    sums = [total for total in totals if _is_block(rows[total.since : total.until], total, readings, names)]
    if not sums:
        return list(rows), list(totals)
    out: list[Row] = []
    kept: list[Total] = []
    taken = 0  # rows of ``rows`` that ``out`` speaks for
    for total in totals:
        if total in sums:
            out += [*rows[taken : total.since], _as_row(rows[total.since], total, grid)]
        else:
            out += rows[taken : total.until]
            kept.append(replace(total, since=kept[-1].until if kept else 0, until=len(out)))
        taken = total.until
    return [*out, *rows[taken:]], kept


def _as_row(named: Row, total: Total, grid: Grid) -> Row:
    """The line of sums as the row of the organisation whose name stands above its villages."""
    before = (cell for cell in grid.row(total.row) if cell.column < named.name.column)
    number = next((said for cell in before if (said := ascii_digits(cell.text).strip("(). ")).isdecimal()), "")
    name = replace(named.name, row=total.row)
    return replace(named, row=total.row, name=name, number=number, cells=total.cells)


def _is_block(block: Sequence[Row], total: Total, readings: Readings, names: TypeWords) -> bool:
    """Whether rows are a name and its villages, whose sums the line of that name says."""
    if len(block) < 3 or block[0].answered or not names.named(block[0].name.text):  # noqa: PLR2004 - two villages
        return False
    label = _SUM.sub("", total.label)
    if label == total.label or comparison_key(label) != comparison_key(block[0].name.text):
        return False
    villages = block[1:]
    if not all(_VILLAGE.match(row.name.text) and not names.named(row.name.text) for row in villages):
        return False
    return _comes_out(villages, total, readings)


def _comes_out(villages: Sequence[Row], total: Total, readings: Readings) -> bool:
    """Whether every count that the villages have comes to the one below, of one at least."""
    some = False
    for key, cell in total.cells.items():
        question = readings.form.find(key)
        parts = [row.cells[key] for row in villages if not empty(row.cells[key])]
        if question.kind is not Kind.INTEGER or not parts:
            if parts and question.kind is not Kind.COMPUTED:
                return False  # answers that cannot be added up
            continue
        said = [readings.of(question, each).value for each in (*parts, cell)]
        if not all(isinstance(each, str) for each in said):
            return False
        figures = [Decimal(str(each)) for each in said]
        if sum(figures[:-1]) != figures[-1]:
            return False
        some = True
    return some
