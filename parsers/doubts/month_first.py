"""Days in figures of a column in which others have the month first, 06/16/2568: nobody knows which way these are meant.

Owns how such a column is told. Days beside which no month stands first are read as Thai writes them.
"""

import re
from collections.abc import Iterator

from parsers.findings import Code
from parsers.form.question import Kind
from parsers.tables.model import Doubt, Table
from parsers.thai.text import ascii_digits
from parsers.values.cells_read_once import Readings

MONTHS = 12
_WHY = "เพราะวันที่อื่นในคอลัมน์นี้เขียนเดือนก่อนวัน จึงไม่ทราบว่าตัวเลขใดเป็นวัน กรุณาเขียนชื่อเดือน เช่น 4 พฤษภาคม 2568"
# "06/16/2568", "4-5-68".
_FIGURES = re.compile(r"\s*(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?\d{2,4}\s*")


def month_first(table: Table, readings: Readings) -> Iterator[Doubt]:
    """The days that may be read two ways."""
    days: dict[str, list[tuple[int, str, int, int]]] = {}  # by column: row, key, first and second figure
    for row in table.rows:
        for key, cell in row.cells.items():
            question = readings.form.find(key)
            if question.kind is Kind.DATE and (said := _FIGURES.fullmatch(ascii_digits(cell.text))):
                days.setdefault(readings.form.column_of(key).key, []).append((row.row, key, int(said[1]), int(said[2])))
    for each in days.values():
        if any(first <= MONTHS < second for _, _, first, second in each):
            either = (
                (row, key) for row, key, first, second in each if first != second and max(first, second) <= MONTHS
            )
            yield from (Doubt(Code.ANSWER_UNREADABLE, row, key, {"expected": _WHY}) for row, key in either)
