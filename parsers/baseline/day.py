"""The day of a list's data, as its sheets say it: ข้อมูล ณ วันที่ ๒๙ ตุลาคม ๒๕๖๗."""

import datetime
from collections.abc import Iterator, Sequence

from parsers.baseline.slips import Mistake, Slip, mistake
from parsers.findings import Place
from parsers.grid import Cell, CellKind, Grid, Sheet
from parsers.thai.dates import from_excel, parse_date, thai_date

LABELS = ("ข้อมูล ณ วันที่", "ข้อมูล ณ วัน", "ณ วันที่", "ข้อมูลวันที่", "ข้อมูล ณ")  # the longest first
BESIDE = 4  # columns right of the label in which the day may stand


def days_in(sheets: Sequence[Sheet], near: datetime.date | None) -> tuple[datetime.date | None, Place, list[Mistake]]:
    """The one day that the sheets state, where, and what is wrong with it."""
    found: list[tuple[datetime.date, Place]] = []
    wrong: list[Mistake] = []
    for sheet in sheets:
        for cell, text, day in _stated(sheet.grid, near):
            if day is None:
                wrong.append(mistake(Slip.DATE_UNREADABLE, sheet.place(cell), value=text[:40]))
            elif found and day != found[0][0]:
                values = {"value": thai_date(day), "other": thai_date(found[0][0])}
                wrong.append(mistake(Slip.DATES_DIFFER, sheet.place(cell), **values))
            else:
                found.append((day, sheet.place(cell)))
    return (*found[0], wrong) if found else (None, Place(), wrong)


def _stated(grid: Grid, near: datetime.date | None) -> Iterator[tuple[Cell, str, datetime.date | None]]:
    """Every statement of a day: its cell, its words, the day or None where they cannot be read. Blanks state nothing."""
    for at in sorted(grid.cells):
        cell = grid.cells[at]
        label = next((label for label in LABELS if label in cell.text), "") if cell.kind is CellKind.TEXT else ""
        if not label:
            continue
        beside = [grid.own(cell.row, cell.column + step) for step in range(1, BESIDE)]
        dated = next((each for each in beside if each.kind is CellKind.DATE and each.date), None)
        rest = cell.text.partition(label)[2].strip(" :()[].…_")
        if dated and dated.date and not rest:
            yield dated, dated.text, from_excel(dated.date, near)
            continue
        text = rest or next((each.text for each in beside if not each.blank), "").strip(" :()[].…_")
        if text:
            yield cell, text, _day(text, near)


def _day(text: str, near: datetime.date | None) -> datetime.date | None:
    """The day at the beginning of ``text``, whatever follows it."""
    words = text.replace("(", " ").replace(")", " ").split()
    candidates = (" ".join(words[:count]) for count in range(min(len(words), 6), 0, -1))
    return next((day for said in candidates if (day := parse_date(said, near))), None)
