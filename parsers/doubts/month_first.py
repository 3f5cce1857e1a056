"""Days in figures of a column in which others have the month first, 06/16/2568, or all the year, 26/03/25: nobody knows which way they are meant.

Owns how such a column is told. Days beside which no month or year stands first are read as Thai writes them.
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
_YEAR_WHY = "เพราะวันที่ทุกแถวในคอลัมน์นี้ขึ้นต้นด้วยตัวเลขเดียวกัน จึงไม่ทราบว่าเป็นวันหรือปี กรุณาเขียนชื่อเดือนและปีเต็ม เช่น 4 พฤษภาคม 2568"
ALIKE = 3  # days of a column that begin with one figure and end with several: the figure is a year's
# "06/16/2568", "4-5-68", "26/03/25".
_FIGURES = re.compile(r"\s*(\d{1,2})\s?[/.\-]\s?(\d{1,2})\s?[/.\-]\s?(\d{2,4})\s*")


def month_first(table: Table, readings: Readings) -> Iterator[Doubt]:
    """The days that may be read two ways."""
    days: dict[str, list[tuple[int, str, int, int]]] = {}  # by column: row, key, first and second figure
    ends: dict[str, set[str]] = {}  # by column: the last figures
    for row in table.rows:
        for key, cell in row.cells.items():
            question = readings.form.find(key)
            if question.kind is Kind.DATE and (said := _FIGURES.fullmatch(ascii_digits(cell.text))):
                column = readings.form.column_of(key).key
                days.setdefault(column, []).append((row.row, key, int(said[1]), int(said[2])))
                ends.setdefault(column, set()).add(said[3])
    for column, each in days.items():
        if _year_first([first for _, _, first, _ in each], ends[column]):
            yield from (Doubt(Code.ANSWER_UNREADABLE, row, key, {"expected": _YEAR_WHY}) for row, key, _, _ in each)
            continue
        if any(first <= MONTHS < second for _, _, first, second in each):
            either = (
                (row, key) for row, key, first, second in each if first != second and max(first, second) <= MONTHS
            )
            yield from (Doubt(Code.ANSWER_UNREADABLE, row, key, {"expected": _WHY}) for row, key in either)


def _year_first(firsts: list[int], ends: set[str]) -> bool:
    """Whether all days of a column begin with one figure of two digits and end in several of them: 26/03/25, 26/04/11, 26/02/09."""
    short = all(len(end) == len("25") for end in ends)
    return (
        short and len(firsts) >= ALIKE and set(firsts) <= {max(firsts)} and max(firsts) > MONTHS and len(ends) >= ALIKE
    )
