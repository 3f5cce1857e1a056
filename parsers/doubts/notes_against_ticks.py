"""A note beside a row, on its cells, or a line that names its organisation, that says of a ticked thing that it is not done.

Owns where such notes stand and what makes them harmless. Who is right nobody can tell, so those ticks are asked.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import chain

from parsers.doubts.spoken_of import NOT_DONE, Whom, spoken_of, whom
from parsers.findings import Code, shown
from parsers.form import Form, Kind
from parsers.grid import CellKind, empty
from parsers.organisations.type_words import names_within
from parsers.tables.model import Doubt, Row, Table
from parsers.values.cells_read_once import Readings

BESIDE = 6  # columns right of a table in which its notes stand
BELOW = 8  # rows below the last one whose lines may name an organisation
LONGEST = 200  # characters of a note; a longer text tells of many things

# "หมายเหตุ", "เหตุผล/คำชี้แจง", "ปัญหา อุปสรรค", "ผลการดำเนินการ": what heads a column of notes.
_NOTES = re.compile(
    r"หมายเหตุ|เหตุผล|ปัญหา|อุปสรรค|ชี้แจง|เพิ่มเติม|รายละเอียด|ความเห็น|สถานะ|ผลการดำเนิน|note|remark", re.IGNORECASE
)
# "สถานะเดิม 29 ต.ค. 2567 (ไม่ต้องกรอก)": how it was before, and what nobody fills in.
_BEFORE = re.compile(r"เดิม|ก่อน|ที่แล้ว|ไม่ต้องกรอก")
# "หากยังไม่ …", "ไม่มีปัญหา", "จัดทำใหม่แล้ว", "ฉบับเดิมยกเลิก": no word against a tick.
_HARMLESS = re.compile(r"หาก|ถ้า|กรณี|ไม่มี(?:ปัญหา|อุปสรรค)|ใหม่\S{0,10}แล้ว|เดิม")
# "ฉบับเดิมยกเลิกแล้ว อยู่ระหว่างจัดทำใหม่": of what came after, unless it was so before, "เดิมอยู่ระหว่างเสนอ".
_NOW = re.compile(r"(?<!เดิม)(?<!เดิม )(?:อยู่(?:ใน)?ระหว่าง|กำลัง(?:ดำเนิน|จัดทำ|ลง)|ยังไม่(?!มี(?:ปัญหา|อุปสรรค)))")
_FORMER = re.compile(r"ฉบับเดิม|เดิมยกเลิก|ยกเลิก\S{0,20}เดิม")


def notes_against_ticks(table: Table, readings: Readings) -> Iterator[Doubt]:
    """The ticks that a note says not to be true."""
    form = readings.form
    lines = _lines(table)
    for row in table.rows:
        yes = {key: _is_yes(readings, row, key) for key in row.cells if form.find(key).kind is Kind.TICK}
        if not any(yes.values()):
            continue
        for note, meant in chain(_on_cells(table, row), _of_row(table, row, lines, form, yes)):
            if all(yes.get(key) for key in meant):
                why = f"เพราะหมายเหตุเขียนว่า “{shown(note)}” ซึ่งไม่ตรงกับเครื่องหมายในช่องนี้ กรุณาแก้ไขให้ตรงกันแล้วส่งใหม่"
                yield from (Doubt(Code.ANSWER_UNREADABLE, row.row, key, {"expected": why}) for key in meant)


def _is_yes(readings: Readings, row: Row, key: str) -> bool:
    return readings.of(readings.form.find(key), row.cells[key]).value is True


def _denies(text: str) -> bool:
    if len(text) > LONGEST or not NOT_DONE.search(text):
        return False
    return not _HARMLESS.search(text) or bool(_FORMER.search(text) and _NOW.search(text))


def _on_cells(table: Table, row: Row) -> Iterator[tuple[str, list[str]]]:
    """The comments on a row's answers: each speaks of its own cell."""
    for key, cell in row.cells.items():
        said = table.grid.comments.get((cell.row, cell.column), "")
        if _denies(said):
            yield said, [key]


def _of_row(
    table: Table, row: Row, lines: Mapping[Whom, list[str]], form: Form, keys: Collection[str]
) -> Iterator[tuple[str, list[str]]]:
    """The notes on a row as a whole, with the questions that each speaks of: beside it, on its name, in a line below."""
    on_name = table.grid.comments.get((row.name.row, row.name.column), "")
    notes = chain(_beside(table, row), [on_name] if _denies(on_name) else [], _named(lines, row))
    yield from ((note, spoken_of(note, form, keys)) for note in notes)


def _beside(table: Table, row: Row) -> Iterator[str]:
    """The notes in a row, in columns of no question that are headed for notes or not at all."""
    taken = {column for run in table.columns.values() for column in run} | set(table.name_columns)
    for column in range(1, max(taken, default=0) + BESIDE + 1):
        cell = table.grid.own(row.row, column)
        if column not in taken and cell.kind is CellKind.TEXT and _denies(cell.text) and _for_notes(table, column):
            yield cell.text


def _for_notes(table: Table, column: int) -> bool:
    """Not so for a column of how it was before, such as the one in which our own form shows the baseline."""
    heads = [table.grid.at(row, column).text for row in range(table.top, table.bottom + 1)]
    return not any(heads) or any(_NOTES.search(head) and not _BEFORE.search(head) for head in heads)


def _lines(table: Table) -> Mapping[Whom, list[str]]:
    """The lines below a table that deny something of one organisation, by its types and bare name."""
    last = max((row.row for row in table.rows), default=table.bottom)
    found: dict[Whom, list[str]] = {}
    for row in range(last + 1, last + BELOW + 1):
        for cell in table.grid.row(row):
            if cell.kind is CellKind.TEXT and _denies(cell.text):
                for name in names_within(cell.text):
                    found.setdefault(whom(name), []).append(cell.text)
    return found


def _named(lines: Mapping[Whom, list[str]], row: Row) -> list[str]:
    return lines.get(whom(row.name.text), []) if lines and not empty(row.name) else []
