"""How people fill in a form: with ticks of every kind, all of it or not, with a word under the table.

Sees a sheet as a person does: unlocked cells beside names.
"""

import datetime
import random
from collections.abc import Callable

from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

Cell = tuple[int, int]  # row, column
SECTIONS = ("ม.10", "ม.16")  # as the form names them where one was not done before
HOUSEHOLDS = (700, 2400)  # of an organisation; none is ten times another, which would be asked after
WORRIES = ("เจ้าหน้าที่ผู้รับผิดชอบโอนย้าย", "ระบบ info.go.th เข้าใช้งานได้ช้า", "อยู่ระหว่างเสนอผู้บริหารลงนาม")
Fill = Callable[[Worksheet, list[list[Cell]], random.Random], None]


def answer_rows(sheet: Worksheet) -> list[list[Cell]]:
    """The cells a person is meant to fill in, row by row: unlocked cells beside an organisation's name."""
    rows = []
    for row in range(1, sheet.max_row + 1):
        cells = [(row, at) for at in range(3, sheet.max_column + 1) if not sheet.cell(row, at).protection.locked]
        named = str(sheet.cell(row, 2).value or "").startswith(("เทศบาล", "องค์การ"))
        if cells and named:
            rows.append(cells)
    return rows


def diligent(sheet: Worksheet, rows: list[list[Cell]], chance: random.Random) -> None:
    """Every cell filled: ticks typed in one of the ways people type them; entered online only what was announced."""
    yes, no, font = chance.choice([("✓", "X", None), ("/", "-", None), ("มี", "ไม่มี", None), ("ü", "û", "Wingdings")])
    for cells in rows:
        done = True
        stood = _stood(sheet, cells[-1])
        for position, (row, column) in enumerate(cells):
            before = bool(stood) and SECTIONS[position * len(SECTIONS) // len(cells)] not in stood
            likely = 0.99 if before else 0.85  # most have done most of it
            done = chance.random() < likely and (done or position % 2 == 0)
            cell = sheet.cell(row, column, yes if done else no)
            if font:
                cell.font = Font(name=font)


def _stood(sheet: Worksheet, last: Cell) -> str:
    """What the form says beside a row of how it stood before; empty when it says nothing."""
    texts = (str(sheet.cell(last[0], at).value or "") for at in range(last[1] + 1, sheet.max_column + 1))
    return "".join(texts)


def careless(sheet: Worksheet, rows: list[list[Cell]], chance: random.Random) -> None:
    """As the diligent, but: a question mark, a forgotten cell, a mistyped name and a forgotten row."""
    diligent(sheet, rows, chance)
    row, column = rows[0][0]
    sheet.cell(row, column, "?").font = Font(name="Calibri")
    row, column = rows[1][2]
    sheet.cell(row, column).value = None
    row, _ = rows[2][0]
    name = str(sheet.cell(row, 2).value)
    sheet.cell(row, 2, name[:-1])
    for row, column in rows[-1]:
        sheet.cell(row, column).value = None


def counts(sheet: Worksheet, rows: list[list[Cell]], chance: random.Random) -> None:
    """Figures: so many households, and most of them."""
    for whole, part in rows:
        households = chance.randint(*HOUSEHOLDS)
        sheet.cell(*whole, households)
        sheet.cell(*part, round(households * chance.uniform(0.6, 0.98)))


def unanswered(fill: Fill) -> Fill:
    """Only the rows in which something is still blank: others answered for themselves."""

    def fill_them(sheet: Worksheet, rows: list[list[Cell]], chance: random.Random) -> None:
        fill(sheet, [cells for cells in rows if any(sheet.cell(*at).value is None for at in cells)], chance)

    return fill_them


def remark(sheet: Worksheet, chance: random.Random, day: datetime.date) -> None:
    """Some write a word under the table; most put in the day of the data."""
    for row in range(1, sheet.max_row + 1):
        label = " ".join(str(sheet.cell(row, at).value or "") for at in (1, 2))
        room = next((at for at in range(2, sheet.max_column + 1) if not sheet.cell(row, at).protection.locked), None)
        if room and label.startswith("ปัญหาอุปสรรค") and chance.random() < 0.4:  # noqa: PLR2004 - fewer than half
            sheet.cell(row, room, chance.choice(WORRIES))
        if room and "ข้อมูล ณ วันที่" in label + str(sheet.cell(row, room - 1).value or ""):
            sheet.cell(row, room, f"{day.day}/{day.month}/{day.year + 543}")
