"""Headings beside which figures are not to be taken: of a year before the circular's, and a column of what is right instead.

Where the form's title names a year, columns of other years are none of its questions; here are the forms whose title names none.
"""

import re
from collections.abc import Iterator, Sequence

from parsers.findings import Code, shown
from parsers.form.question import Question
from parsers.grid import empty
from parsers.tables.meanings import years_of
from parsers.tables.model import Doubt, Table
from parsers.thai.dates import BUDDHIST_AHEAD
from parsers.thai.text import heading_key
from parsers.values.cells_read_once import Readings

_EARLY = 3  # the last month in which a form may well be about the year before, though it does not say so
# "แก้ไขเป็น", "ที่ถูกต้อง": what should stand in the column to its left.
_INSTEAD = re.compile(r"(?:ขอ)?(?:แก้ไข|แก้|เปลี่ยน)เป็น|(?:ค่า|ตัวเลข|ยอด)?ที่ถูก(?:ต้อง)?(?:คือ)?")


def headings_of_before(table: Table, readings: Readings) -> Iterator[Doubt]:
    """All answers of a question whose heading names a year before the circular's."""
    near = readings.near
    if near is None:
        return
    first = near.year + BUDDHIST_AHEAD - (near.month <= _EARLY)
    for key, columns in table.columns.items():
        question = readings.form.find(key)
        texts = [cell.text for place in columns for cell in table.headings_of(key, place)]
        years = frozenset[str]().union(*map(years_of, texts)) - _own_years(question, readings.form.title)
        if years and all(int(year) < first for year in years):
            heading = next(text for text in texts if years_of(text))
            yield from _asked(table, key, f"เพราะหัวคอลัมน์เขียนว่า “{shown(heading)}” จึงไม่แน่ใจว่าเป็นข้อมูลของครั้งนี้หรือไม่")


def columns_of_corrections(table: Table, _: Readings) -> Iterator[Doubt]:
    """The answers beside which a column says that something else is right: อาสาสมัคร (คน) | แก้ไขเป็น."""
    for key, columns in table.columns.items():
        for place in columns if table.found else ():
            headings = [heading_key(cell.text) for cell in table.headings_of(key, place + 1)]
            if not any(map(_INSTEAD.fullmatch, headings)):
                continue
            for row in table.rows:
                cell = table.grid.at(row.row, place + 1)
                if key in row.cells and not empty(cell) and cell.text != row.cells[key].text:
                    why = f"เพราะช่องข้างกันเขียนว่า แก้ไขเป็น “{shown(cell.text)}” กรุณาแก้ไขในช่องนี้แล้วส่งใหม่"
                    yield Doubt(Code.ANSWER_UNREADABLE, row.row, key, {"expected": why})


def _own_years(question: Question, title: str) -> frozenset[str]:
    """The years that the question's own words or the form's title name."""
    own: Sequence[str] = (question.label, question.group, *question.aliases, *question.group_aliases, title)
    return frozenset[str]().union(*map(years_of, own))


def _asked(table: Table, key: str, why: str) -> Iterator[Doubt]:
    for row in table.rows:
        if key in row.cells and not empty(row.cells[key]):
            yield Doubt(Code.ANSWER_UNREADABLE, row.row, key, {"expected": why})
