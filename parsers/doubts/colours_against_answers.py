"""Answers whose colour says, by the legend of the sheet, that they are not firm, or the contrary of what is written.

Owns which cells a legend of colours speaks of. What a colour means without one is nobody's to guess.
"""

from collections.abc import Iterator

from parsers.findings import Code
from parsers.form.question import Kind
from parsers.grid import empty
from parsers.tables.model import Doubt, Table
from parsers.values.cells_read_once import Readings
from parsers.values.colour_legend import Said, colours_said, named

_WHY = "เพราะสีของช่องนี้ตามคำอธิบายในแบบ หมายถึงข้อมูลที่ยังไม่แน่นอนหรือไม่ตรงกับที่เขียน กรุณาแก้ไขแล้วนำสีออก"


def colours_against_answers(table: Table, readings: Readings) -> Iterator[Doubt]:
    """The answers that the colour of their cell takes back."""
    if not table.grid.fills:
        return
    said = colours_said(cell.text for cell in table.grid.cells.values())
    for row in table.rows if said else ():
        for key, cell in row.cells.items():
            colour = named(table.grid.fills.get((cell.row, cell.column), ""), said)
            meant = said.get(colour) if colour else None
            if empty(cell) or meant is None:
                continue
            tick = readings.form.find(key).kind is Kind.TICK
            value = readings.of(readings.form.find(key), cell).value if tick else None
            if meant is Said.NOT_FIRM or (value is not None and value is not (meant is Said.DONE)):
                yield Doubt(Code.ANSWER_UNREADABLE, row.row, key, {"expected": _WHY})
