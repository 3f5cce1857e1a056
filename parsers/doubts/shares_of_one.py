"""A column of percentages in which no figure is above one: shares of one, such as 0.74, where 74 is asked.

Owns how such a column is told. One such figure alone may be a small percentage; it is read as a guess.
"""

from collections.abc import Iterator
from decimal import Decimal

from parsers.findings import Code
from parsers.form.question import Kind
from parsers.tables.model import Doubt, Table
from parsers.values.cells_read_once import Readings

SEVERAL = 2  # figures between nought and one that are no chance
_WHY = "เพราะทั้งคอลัมน์ไม่มีค่าใดเกิน 1 กรุณาเขียนเป็นร้อยละ เช่น 73.25 หากน้อยกว่าร้อยละ 1 จริงกรุณาใส่ % หลังตัวเลข"


def shares_of_one(table: Table, readings: Readings) -> Iterator[Doubt]:
    """The figures of columns that may hold shares of one."""
    form = readings.form
    figures: dict[str, list[tuple[int, str, Decimal, bool]]] = {}  # by column: row, key, value, whether it is a guess
    for row in table.rows:
        for key, cell in row.cells.items():
            if form.find(key).kind is Kind.PERCENT and readings.amount(key, cell):
                reading = readings.of(form.find(key), cell)
                figure = row.row, key, Decimal(str(reading.value)), reading.trouble == "guessed"
                figures.setdefault(form.column_of(key).key, []).append(figure)
    for each in figures.values():
        if max(value for _, _, value, _ in each) <= 1 and sum(guessed for *_, guessed in each) >= SEVERAL:
            yield from (Doubt(Code.ANSWER_UNREADABLE, row, key, {"expected": _WHY}) for row, key, _, _ in each)
