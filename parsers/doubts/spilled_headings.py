"""The second line of a heading that fell into the first row below it, as in a PDF whose heading row was drawn too low.

Owns telling such words from an answer: แล้ว under จัดทำคำสั่ง is an answer only where the columns beside show no spill.
"""

import re
from collections.abc import Iterator

from parsers.findings import Code
from parsers.form.question import Question
from parsers.tables.model import Doubt, Row, Table
from parsers.thai.text import heading_key
from parsers.values.cells_read_once import Readings

SPILLS = 2  # columns whose words go on below: one alone may be an answer
WHY = "เพราะข้อความของหัวคอลัมน์ล้นลงมาอยู่ในช่องนี้ จึงไม่ทราบว่าได้กรอกไว้หรือไม่ กรุณากรอกช่องนี้ให้ชัดเจนแล้วส่งใหม่"


def spilled_headings(table: Table, readings: Readings) -> Iterator[Doubt]:
    """The cells of the first row that hold nothing but what their heading lacks."""
    first = next((row for row in table.rows if row.row == table.bottom + 1), None)
    if first is None:
        return
    lacking = {q.key: _lacking(table, q) for q in readings.form.question if q.key in first.cells}
    said = {key: heading_key(first.cells[key].text) for key in lacking}
    if sum(_spilt(said[key], rest) for key, rest in lacking.items()) >= SPILLS:
        yield from (_asked(first, key) for key, rest in lacking.items() if _bare(first.cells[key].text) in rest)


def _lacking(table: Table, question: Question) -> frozenset[str]:
    """What a column's lowest heading leaves out at the end of the question's wordings."""
    heads = {heading_key(table.grid.at(table.bottom, column).text) for column in table.columns[question.key]} - {""}
    wordings = [heading_key(wording) for wording in (question.label, *question.aliases)]
    return frozenset(each.removeprefix(head) for each in wordings for head in heads if each.startswith(head)) - {""}


def _spilt(said: str, lacking: frozenset[str]) -> bool:
    return any(said.endswith(rest) for rest in lacking)


def _bare(text: str) -> str:
    """A text as a heading key that still has its marks: "✓ info.go.th" is more than info.go.th."""
    # "info.go.th" is "infogoth", as a heading key has it.
    return re.sub(r"[\s.()-]", "", text).lower()


def _asked(row: Row, key: str) -> Doubt:
    return Doubt(Code.ANSWER_UNREADABLE, row.row, key, {"expected": WHY})
