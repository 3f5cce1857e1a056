"""Figures that a line of the sheet says to stand for what nobody knows: 999 = ไม่ทราบ.

Owns such lines. A figure that one of them names is asked.
"""

import re
from collections.abc import Iterator

from parsers.findings import Code, shown
from parsers.form.question import NUMERIC
from parsers.tables.model import Doubt, Table
from parsers.thai.text import ascii_digits
from parsers.values.cells_read_once import Readings

NEAR = 8  # rows above a table's header, and below its last row, in which such a line stands
LONGEST = 200  # characters; a longer text tells of many things
# "999 = ไม่ทราบข้อมูล", "9999 หมายถึง ไม่มีข้อมูล", "-1 แทน ยังไม่ได้สำรวจ".
_CODE = re.compile(
    r"(?<![\d.,])(?P<code>-?\d{1,6})\s?(?:=|หมายถึง|คือ|แทน)\s?(?:ไม่ทราบ|ไม่มีข้อมูล|ไม่ปรากฏ|ไม่ระบุ|ไม่ได้สำรวจ|ยังไม่|รอ(?:ข้อมูล|สำรวจ|ยืนยัน))"
)


def unknown_by_code(table: Table, readings: Readings) -> Iterator[Doubt]:
    """The figures that say by a code that nobody knows them."""
    codes = dict(_codes(table))
    for row in table.rows if codes else ():
        for key, cell in row.cells.items():
            line = codes.get(ascii_digits(cell.text.strip()), "")
            if line and readings.form.find(key).kind in NUMERIC:
                why = f"เพราะมีข้อความว่า “{shown(line)}” กรุณากรอกตัวเลขจริงเมื่อทราบ"
                yield Doubt(Code.ANSWER_UNREADABLE, row.row, key, {"expected": why})


def _codes(table: Table) -> Iterator[tuple[str, str]]:
    """The codes that lines near a table explain so, each with its line."""
    last = max((row.row for row in table.rows if row.answered), default=table.bottom)
    for row in (*range(max(1, table.top - NEAR), table.top), *range(last + 1, last + NEAR + 1)):
        for cell in table.grid.row(row):
            said = ascii_digits(cell.text) if len(cell.text) <= LONGEST else ""
            yield from ((found["code"], cell.text) for found in _CODE.finditer(said))
