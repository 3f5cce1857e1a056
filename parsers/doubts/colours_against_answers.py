"""Answers whose colour says, by the legend of the sheet, that they are not firm, or the contrary of what is written.

Owns which cells a legend of colours speaks of. What a colour means without one is nobody's to guess.
"""

from collections.abc import Iterator, Mapping

from parsers.doubts.notes_against_figures import is_of_before
from parsers.findings import Code
from parsers.form.question import Kind
from parsers.grid import empty
from parsers.tables.model import Doubt, Table
from parsers.values.cells_read_once import Readings
from parsers.values.colour_legend import Said, colours_said, named

_WHY = "เพราะสีของช่องนี้ตามคำอธิบายในแบบ หมายถึงข้อมูลที่ยังไม่แน่นอนหรือไม่ตรงกับที่เขียน กรุณาแก้ไขแล้วนำสีออก"


def colours_against_answers(table: Table, readings: Readings) -> Iterator[Doubt]:
    """The answers that the colour of their cell, or of their letters, takes back."""
    grid, form = table.grid, readings.form
    if not grid.fills and not grid.inks:
        return
    texts = (cell.text for cell in grid.cells.values())
    said = colours_said(texts, lambda meaning: is_of_before(meaning, form, readings.near))
    for row in table.rows if said else ():
        for key, cell in row.cells.items():
            at = cell.row, cell.column
            meant = _meant(grid.fills.get(at, ""), said)
            # Letters are coloured for many reasons: only what is not firm is heeded of them.
            if _meant(grid.inks.get(at, ""), said) is Said.NOT_FIRM:
                meant = Said.NOT_FIRM
            if empty(cell) or meant is None:
                continue
            tick = form.find(key).kind is Kind.TICK
            value = readings.of(form.find(key), cell).value if tick else None
            if meant is Said.NOT_FIRM or (value is not None and value is not (meant is Said.DONE)):
                yield Doubt(Code.ANSWER_UNREADABLE, row.row, key, {"expected": _WHY})


def _meant(shade: str, said: Mapping[str, Said]) -> Said | None:
    colour = named(shade, said)
    return said.get(colour) if colour else None
