"""A note beside a row, on its cells, or in a line that names its organisation, that says of a ticked thing that it is not done.

Owns what such notes say and what makes them harmless. Who is right nobody can tell, so those ticks are asked.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import chain

from parsers.doubts.notes import Whom, comments_on, naming, notes_below, notes_beside
from parsers.doubts.spoken_of import NOT_DONE, named_at_length, spoken_of
from parsers.findings import Code, shown
from parsers.form.form import Form
from parsers.form.question import Kind
from parsers.grid import empty
from parsers.tables.model import Doubt, Row, Table
from parsers.values.cells_read_once import Readings

# "หากยังไม่ …", "ไม่มีปัญหา", "จัดทำใหม่แล้ว", "ฉบับเดิมยกเลิก", "ยังไม่รวม หมู่ 3": no word against a tick.
_HARMLESS = re.compile(
    r"หาก|ถ้า|กรณี|ไม่มี(?:ปัญหา|อุปสรรค)|ใหม่\S{0,10}แล้ว|เดิม|ยังไม่(?:ได้)?(?:รวม|แยก)|(?:ตัวเลข|ข้อมูล|ยอด)\S{0,6}ยังไม่ครบ"
)
# "อยู่ระหว่างปรับปรุงภูมิทัศน์", "กำลังทาสีรั้ว": of what lies around a thing that is there.
_SURROUNDINGS = re.compile(
    r"(?:อยู่(?:ใน)?ระหว่าง|กำลัง)(?:การ|ดำเนินการ)?(?:ปรับปรุง|ซ่อมแซม|ตกแต่ง|ทาสี)(?P<what>ภูมิทัศน์|(?:บริเวณ|พื้นที่|สถานที่)(?:โดย)?รอบ|ที่จอดรถ|ลานจอดรถ|ทางเข้า|รั้ว)(?:โดยรอบ)?"
)
# "ฉบับเดิมยกเลิกแล้ว อยู่ระหว่างจัดทำใหม่": of what came after, unless it was so before, "เดิมอยู่ระหว่างเสนอ".
_NOW = re.compile(r"(?<!เดิม)(?<!เดิม )(?:อยู่(?:ใน)?ระหว่าง|กำลัง(?:ดำเนิน|จัดทำ|ลง)|ยังไม่(?!มี(?:ปัญหา|อุปสรรค)))")
# "งานยังไม่แล้วเสร็จ", "ผู้รับจ้างทิ้งงาน", "ยังไม่ได้เริ่ม": beside "done".
_UNFINISHED = re.compile(
    r"ยังไม่(?:แล้ว)?(?:เสร็จ|เรียบร้อย|ได้(?:ดำเนิน|เริ่ม|ทำ))|ยังไม่(?:ดำเนิน|เริ่ม|ส่งมอบ)|ไม่แล้วเสร็จ|ทิ้งงาน|ยกเลิกสัญญา|อยู่ระหว่างดำเนินการ"
)
# "ฉบับเดิมยกเลิกแล้ว", "ยกเลิกคำสั่งเดิม": of what was before, not of what is ticked.
_FORMER = re.compile(r"ฉบับเดิม|เดิมยกเลิก|ยกเลิก\S{0,20}เดิม")


def notes_against_ticks(table: Table, readings: Readings) -> Iterator[Doubt]:
    """The ticks that a note says not to be true."""
    form = readings.form
    lines = notes_below(table, _denies)
    for row in table.rows:
        yes = {key: _is_yes(readings, row, key) for key in row.cells if form.find(key).kind is Kind.TICK}
        yield from _unfinished(table, row, readings)
        if not any(yes.values()):
            continue
        for note, meant in chain(_on_cells(table, row), _of_row(table, row, lines, form, yes)):
            if not _denies(_SURROUNDINGS.sub("", note)) and not _asks_for(form, note):
                continue
            elsewhere = _of_others(note, row, form, yes)
            if elsewhere or all(yes.get(key) for key in meant):
                yield from (
                    Doubt(Code.ANSWER_UNREADABLE, row.row, key, {"expected": _why(note)}) for key in elsewhere or meant
                )


def _asks_for(form: Form, note: str) -> bool:
    """Whether the form itself asks for the surroundings of which a note speaks."""
    asked = " ".join(f"{question.group} {question.label}" for question in form.question)
    return any(found["what"] in asked for found in _SURROUNDINGS.finditer(note))


def _unfinished(table: Table, row: Row, readings: Readings) -> Iterator[Doubt]:
    """How far something is, where it is said to be done and a note or another answer's words say that it is not finished."""
    form = readings.form
    done = [
        question.key
        for question in form.question
        if question.kind is Kind.PROGRESS
        and question.key in row.cells
        and readings.of(question, row.cells[question.key]).value == question.choices[0]
    ]
    if not done:
        return
    texts = (cell.text for key, cell in row.cells.items() if form.find(key).kind is Kind.TEXT)
    for note in chain(notes_beside(table, row, _says_unfinished), filter(_says_unfinished, texts)):
        yield from (Doubt(Code.ANSWER_UNREADABLE, row.row, key, {"expected": _why(note)}) for key in done)


def _says_unfinished(text: str) -> bool:
    return bool(_UNFINISHED.search(text)) and not _HARMLESS.search(text)


def _why(note: str) -> str:
    return f"เพราะหมายเหตุเขียนว่า “{shown(note)}” ซึ่งไม่ตรงกับเครื่องหมายในช่องนี้ กรุณาแก้ไขให้ตรงกันแล้วส่งใหม่"


def _of_others(note: str, row: Row, form: Form, ticks: Collection[str]) -> list[str]:
    """The answers that are no ticks of which alone a note speaks: "ยกเลิกการฝึกซ้อม" of the day of the drill."""
    answered = [key for key, cell in row.cells.items() if not empty(cell)]
    named = named_at_length(note, form, answered)
    if named and not any(key in ticks for key in named):
        return named
    meant = spoken_of(note, form, answered)
    return meant if len(meant) < len(answered) and not any(key in ticks for key in meant) else []


def _is_yes(readings: Readings, row: Row, key: str) -> bool:
    return readings.of(readings.form.find(key), row.cells[key]).value is True


def _denies(text: str) -> bool:
    if not NOT_DONE.search(text):
        return False
    return not _HARMLESS.search(text) or bool(_FORMER.search(text) and _NOW.search(text))


def _on_cells(table: Table, row: Row) -> Iterator[tuple[str, list[str]]]:
    """The comments on a row's answers: each speaks of its own cell."""
    yield from ((note, [key]) for key, note in comments_on(table, row, _denies))


def _of_row(
    table: Table, row: Row, lines: Mapping[Whom, list[str]], form: Form, keys: Collection[str]
) -> Iterator[tuple[str, list[str]]]:
    """The notes on a row as a whole, with the questions that each speaks of."""
    notes = chain(notes_beside(table, row, _denies), naming(lines, row, table.names))
    yield from ((note, spoken_of(note, form, keys)) for note in notes)
