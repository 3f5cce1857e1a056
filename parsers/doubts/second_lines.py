"""A further line of figures without a name below an organisation's: whether they belong to it, and count together, nobody can tell.

Owns how such a line is told from a total without a label. The figures above are asked.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from parsers.findings import Code
from parsers.form.question import Kind
from parsers.grid import empty
from parsers.tables.model import Doubt, Row, Table
from parsers.values.cells_read_once import Readings
from parsers.values.decimals import decimal

WHY = "เพราะแถวถัดลงไปมีตัวเลขของช่องเดียวกันอีกหนึ่งบรรทัดโดยไม่มีชื่อหน่วยงาน จึงไม่ทราบว่าเป็นของหน่วยงานใด กรุณารวมหรือแยกให้ชัดเจนแล้วส่งใหม่"


def second_lines(table: Table, readings: Readings) -> Iterator[Doubt]:
    """The figures of a row right below which a row without a name has others, before a further name or the total."""
    form = readings.form
    if form.row_label:
        return
    keys = [q.key for q in form.question if q.kind is not Kind.COMPUTED and form.has_sum(q)]
    named = [row.row for row in table.rows if not empty(row.name)]
    end = max([*named, *(total.row for total in table.totals)], default=0)
    sums, since = dict.fromkeys(keys, Decimal()), dict.fromkeys(keys, Decimal())
    above: Row | None = None
    for row in table.rows:
        figures = {key: decimal(readings.of(form.find(key), row.cells[key]).value) for key in keys if key in row.cells}
        said = {key: figure for key, figure in figures.items() if figure}
        if not empty(row.name):
            above = row
            sums, since = _plus(sums, said), _plus(since, said)
        elif said and 2 * sum(figure in (sums[key], since[key]) for key, figure in said.items()) >= len(said):
            since, above = dict.fromkeys(keys, Decimal()), None
        elif said and above and row.row == above.row + 1 and row.row < end and not row.number and not row.hidden:
            yield from _asked(above, list(said))


def _plus(sums: dict[str, Decimal], said: dict[str, Decimal]) -> dict[str, Decimal]:
    return {key: figure + said.get(key, 0) for key, figure in sums.items()}


def _asked(row: Row, keys: Sequence[str]) -> Iterator[Doubt]:
    answered = (key for key in keys if not empty(row.cells[key]))
    return (Doubt(Code.ANSWER_UNREADABLE, row.row, key, {"expected": WHY}) for key in answered)
