"""Made lists of who had not done it, as workbooks, and the reading of them against the shipped circular and roster."""

import io

import openpyxl

from bot.config.load import shipped_bureau
from bot.office.model.baseline import asked_of
from parsers.baseline.read_list import read_baseline

BUREAU = shipped_bureau()
CIRCULAR = BUREAU.circulars["w5827"]
BY_NAME = {o.short_name: o.code for o in BUREAU.roster.organisations}
POSTED = ("s10_posted", "s16_posted")
REQUEST = asked_of(CIRCULAR, BUREAU.roster)


def workbook(sheets, merges=(), hidden=()) -> bytes:
    """An xlsx of ``sheets`` (title to rows); ``merges`` and ``hidden`` (rows, or a whole sheet) are of (sheet, what)."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    for title, area in merges:
        book[title].merge_cells(area)
    for title, row in hidden:
        if row is None:
            book[title].sheet_state = "hidden"
        else:
            book[title].row_dimensions[row].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(data: bytes, name: str = "list.xlsx"):
    return read_baseline(name, data, REQUEST)


def not_done(reading) -> dict[str, set[str]]:
    """Question to the short names of those that had not done it."""
    names = {code: name for name, code in BY_NAME.items()}
    found: dict[str, set[str]] = {}
    for answer in reading.answers:
        if answer.value is False:
            found.setdefault(answer.question, set()).add(names[answer.organisation])
    return found
