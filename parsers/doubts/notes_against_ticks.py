"""A note beside a row, or a line that names its organisation, that says of a ticked thing that it is not done.

Owns the words of such notes and which of a row's ticks they speak of. Who is right nobody can tell, so those ticks are asked.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from itertools import chain

from parsers.findings import Code, shown
from parsers.form import Form, Kind
from parsers.grid import CellKind, empty
from parsers.organisations.name_grammar import Places, interpretations, plain, take_apart
from parsers.organisations.type_words import Types, names_within
from parsers.tables.likeness import figures_of
from parsers.tables.model import Doubt, Row, Table
from parsers.thai.text import heading_key
from parsers.values.cells_read_once import Readings

BESIDE = 6  # columns right of a table in which its notes stand
BELOW = 8  # rows below the last one whose lines may name an organisation
LONGEST = 200  # characters of a note; a longer text tells of many things
SHARED = 4  # letters in a row that a note and a question share: ระบบ, ประกาศ

# "ยังไม่ได้ลงระบบ", "ยกเลิกประกาศแล้ว", "รอรหัส", "อยู่ระหว่างเสนอ"; not "ไม่มีปัญหา".
_NOT_DONE = re.compile(
    r"ยังไม่|ไม่ได้\s*+(?:ดำเนิน|จัดทำ|ทำ|ลง|ออก|ประกาศ)|ยกเลิก|อยู่(?:ใน)?ระหว่าง|กำลัง(?:ดำเนิน|จัดทำ|ลง)|รอ(?:รหัส|ลงนาม|อนุมัติ|ผล|ดำเนิน|เสนอ)|ค้าง|จะ(?:ดำเนินการ|จัดทำ|ลง)"
)
# "หมายเหตุ", "เหตุผล/คำชี้แจง", "ปัญหา อุปสรรค", "ผลการดำเนินการ": what heads a column of notes.
_NOTES = re.compile(
    r"หมายเหตุ|เหตุผล|ปัญหา|อุปสรรค|ชี้แจง|เพิ่มเติม|รายละเอียด|ความเห็น|สถานะ|ผลการดำเนิน|note|remark", re.IGNORECASE
)
# "สถานะเดิม 29 ต.ค. 2567 (ไม่ต้องกรอก)": how it was before, and what nobody fills in.
_BEFORE = re.compile(r"เดิม|ก่อน|ที่แล้ว|ไม่ต้องกรอก")
# "หากยังไม่ …", "ไม่มีปัญหา", "จัดทำใหม่แล้ว": no word against a tick.
_HARMLESS = re.compile(r"หาก|ถ้า|กรณี|ไม่มี(?:ปัญหา|อุปสรรค)|ใหม่\S{0,10}แล้ว|เดิม")
# Of a heading key: what is not done is not said by these: ยังไม่ได้, แล้ว, and the section of law is looked at apart.
_EMPTY_WORDS = re.compile(r"ยังไม่(?:ได้)?|ดำเนินการ|จัดทำ|แล้วเสร็จ|แล้ว|การ|(?:ตาม)?(?:มาตรา|ม|ข้อ)[0-9]+")


def notes_against_ticks(table: Table, readings: Readings) -> Iterator[Doubt]:
    """The ticks that a note says not to be true."""
    form = readings.form
    lines = _lines(table)
    for row in table.rows:
        yes = {key: _is_yes(readings, row, key) for key in row.cells if form.find(key).kind is Kind.TICK}
        for note in chain(_beside(table, row), _named(lines, row)) if any(yes.values()) else ():
            meant = _spoken_of(note, form, yes)
            if all(yes[key] for key in meant):
                why = f"เพราะหมายเหตุเขียนว่า “{shown(note)}” ซึ่งไม่ตรงกับเครื่องหมายในช่องนี้ กรุณาแก้ไขให้ตรงกันแล้วส่งใหม่"
                yield from (Doubt(Code.ANSWER_UNREADABLE, row.row, key, {"expected": why}) for key in meant)


def _is_yes(readings: Readings, row: Row, key: str) -> bool:
    return readings.of(readings.form.find(key), row.cells[key]).value is True


def _denies(text: str) -> bool:
    return len(text) <= LONGEST and bool(_NOT_DONE.search(text)) and not _HARMLESS.search(text)


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


Whom = tuple[Types, str]


def _lines(table: Table) -> Mapping[Whom, list[str]]:
    """The lines below a table that deny something of one organisation, by its types and bare name."""
    last = max((row.row for row in table.rows), default=table.bottom)
    found: dict[Whom, list[str]] = {}
    for row in range(last + 1, last + BELOW + 1):
        for cell in table.grid.row(row):
            if cell.kind is CellKind.TEXT and _denies(cell.text):
                for name in names_within(cell.text):
                    found.setdefault(_whom(name), []).append(cell.text)
    return found


def _named(lines: Mapping[Whom, list[str]], row: Row) -> list[str]:
    return lines.get(_whom(row.name.text), []) if lines and not empty(row.name) else []


def _whom(name: str) -> Whom:
    """Whom a name means as far as it can be told without the roster."""
    return next(interpretations(take_apart(plain(name), Places(())), ""))


def _spoken_of(note: str, form: Form, keys: Collection[str]) -> list[str]:
    """The questions a note speaks of: of its section of law, and with most letters in a row in common; all where none has."""
    asked = [question for question in form.question if question.key in keys]
    figures = figures_of(note)
    of_law = [question for question in asked if figures & figures_of(f"{question.label} {question.group}")] or asked
    shared = {question.key: _shared(note, (question.label, *question.aliases)) for question in of_law}
    most = max(shared.values(), default=0)
    return [key for key, count in shared.items() if count == most or most < SHARED]


def _shared(note: str, wordings: Iterable[str]) -> int:
    """How many letters in a row a note and one of the wordings have in common."""
    for name in names_within(note):
        note = note.replace(name, " ")
    said = heading_key(_NOT_DONE.sub(" ", note))
    words = (_EMPTY_WORDS.sub(" ", heading_key(wording)) for wording in wordings)
    matchers = (SequenceMatcher(None, each, _EMPTY_WORDS.sub(" ", said), autojunk=False) for each in words)
    return max(matcher.find_longest_match().size for matcher in matchers)
