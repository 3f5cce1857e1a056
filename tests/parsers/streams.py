"""The circular of several rows for each organisation, and its form filled in by hand."""

import io
from decimal import Decimal
from pathlib import Path

import openpyxl

from bot.config.load import load_circular, load_roster
from parsers.read import read_file
from parsers.reading import Catalogue, FileRequest

ROOT = Path(__file__).parents[2]
STREAMS = load_circular(ROOT / "tests" / "circulars" / "streams2569")
ROSTER = load_roster(ROOT / "templates" / "rosters" / "phrae")
CATALOGUE = Catalogue({STREAMS.slug: STREAMS.form}, ROSTER.organisations, ROSTER.reporters, STREAMS.dated)
KEY = "nong-muang-khai"
CODES = ROSTER.by_key[KEY].organisations
NAMES = [ROSTER.by_code[code].official_name for code in CODES]
LABELS = [row.label for row in STREAMS.form.row]
HEAD = ["ลำดับ", "ชื่อ อปท.", "ประเภทขยะ", "ปริมาณ (ตัน/วัน)", "เงินรายได้", "เงินอุดหนุน", "รวมค่าใช้จ่าย (บาท)", "วิธีจัดการ"]


def cells(place: int, row: int) -> list:
    """What stands in the answer columns of one row of one organisation."""
    return [place + row / 4, 100 * place, 10 * row, 100 * place + 10 * row, "ฝังกลบ" if row else "เตาเผา"]


ALL = range(len(CODES))


def expected(places=ALL, rows=range(3)) -> dict:
    found: dict = {}
    for place in places:
        for row in rows:
            tons, own, grant, _, method = cells(place, row)
            values = {"tons": Decimal(str(tons)), "own": Decimal(own), "grant": Decimal(grant), "method": method}
            found |= {(CODES[place], f"{key}__{STREAMS.form.row[row].key}"): value for key, value in values.items()}
    return found


def read(lines, merges=(), head=HEAD):
    """The reading of one sheet."""
    return read_sheets({"Sheet": (head, *lines)}, merges)


def read_sheets(sheets, merges=()):
    """The reading of a workbook: rows by name of sheet, ``merges`` in the first."""
    book = openpyxl.Workbook()
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.remove(book.worksheets[0])
    for area in merges:
        book.worksheets[0].merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return read_file("a.xlsx", out.getvalue(), FileRequest(CATALOGUE, reporter=KEY))


def answers(reading) -> dict:
    return {
        (a.organisation, a.question): a.value if a.question.startswith("method") else Decimal(a.value)
        for a in reading.answers
    }


def lines(order=None) -> list[list]:
    """Every row with its number and name."""
    order = order or [(place, row) for place in range(len(CODES)) for row in range(3)]
    return [[place + 1, NAMES[place], LABELS[row], *cells(place, row)] for place, row in order]


def codes(reading) -> list[str]:
    return [found.code.value for found in reading.findings]


def first_only(rows: list[list]) -> list[list]:
    """The rows with number and name in the first of each block only."""
    return [row if not at or row[1] != rows[at - 1][1] else [None, None, *row[2:]] for at, row in enumerate(rows)]
