"""A few figures in brackets in a column of plain ones: below nought as accountants write, or a remark; where all are, the form printed them.

Owns how such a column is told.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from parsers.findings import Code
from parsers.form.question import NUMERIC
from parsers.grid import CellKind
from parsers.tables.model import Doubt, Table
from parsers.thai.text import ascii_digits
from parsers.values.cells_read_once import Readings

_FEW = 2  # plain figures that are no chance
# "(12)", "[1,200.00]".
_BRACKETED = re.compile(r"\s*[(\[]\s*\d[\d,.]*\s*[)\]]\s*")
WHY = "เพราะอยู่ในวงเล็บต่างจากแถวอื่น จึงไม่ทราบว่าหมายถึงค่าติดลบหรือเป็นเพียงหมายเหตุ กรุณากรอกตัวเลขโดยไม่ใส่วงเล็บ"


def bracketed_figures(table: Table, readings: Readings) -> Iterator[Doubt]:
    """The figures in brackets of columns in which more stand without."""
    form = readings.form
    bracketed: dict[str, list[tuple[int, str]]] = defaultdict(list)  # by column: rows and keys
    plain: dict[str, int] = defaultdict(int)
    for row in table.rows:
        for key, cell in row.cells.items():
            question = form.find(key)
            if question.kind not in NUMERIC or readings.of(question, cell).value is None:
                continue
            column = form.column_of(key).key
            if cell.kind is CellKind.TEXT and _BRACKETED.fullmatch(ascii_digits(cell.text)):
                bracketed[column].append((row.row, key))
            else:
                plain[column] += 1
    for column, cells in bracketed.items():
        if plain[column] >= _FEW and plain[column] > len(cells):
            yield from (Doubt(Code.ANSWER_UNREADABLE, row, key, {"expected": WHY}) for row, key in cells)
