"""Which cell of a form a line of words speaks of, and the value that it gives: … ช่อง จัดทำประกาศแล้ว เป็น ✓."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.office.model.circular import Circular
from bot.office.wishes.conditions import without_politeness
from parsers.form.question import Kind, Question, heading
from parsers.grid import Cell, CellKind
from parsers.reading import Value
from parsers.tables.likeness import SHORTENED, likeness, nearest, sections_of
from parsers.thai.text import heading_key, normalise
from parsers.values.read_value import read_value

# "… ช่อง จัดทำประกาศแล้ว (แก้)เป็น ✓": the column, and what it is to be.
_CELL = re.compile(
    r"(?:ช่อง|คอลัมน์|ข้อ(?!มูล))\s?(?P<column>.{1,200}?)\s?(?:ที่ถูกต้อง|ที่ถูก)?(?:ขอ)?(?:แก้ไข|แก้|เปลี่ยน|ต้อง)?(?:เป็น|ให้เป็น|คือ)\s?(?P<value>.{1,200})$"
)
_END = 500  # characters: more than a match of it can hold, and it ends where the text does
# The same without the word ช่อง: "จำนวนนักเรียน แก้เป็น 318", "จัดทำประกาศ ที่ถูกคือ ✓".
_SAID = re.compile(
    r"(?P<column>.{1,250}?)(?:ที่ถูกต้อง|ที่ถูก)?\s?(?:ขอ)?(?:แก้ไข|แก้|ปรับ|เปลี่ยน|ต้อง)?(?:เป็น|เปน|คือ)\s?(?P<value>.{1,200})$"
)
# Words of the wish in front of a column: "ขอแก้", "แก้ไข … ของ", "พิมพ์ผิดค่ะ", "ข้อมูล ว 5827".
_AROUND = re.compile(
    r"(?:ช่วย|รบกวน|ขอ)?(?:แก้ไข|แก้|ปรับ|เปลี่ยน)|ของ|จาก\s?\S{0,40}|ขอบคุณ(?:ครับ|ค่ะ|คะ)?|(?:พิมพ์|กรอก|คีย์|ใส่)ผิด(?:ครับ|ค่ะ|คะ)?"
    r"|ข้อมูล|(?<![ก-๎])ว\s?\.?\s?\d{2,7}|(?<![ก-๎])ให้"
)
# "2,118 คน ค่ะ ไม่ใช่ 2,181", "2,118 คน ขอให้แก้ไข", "98,500 พิมพ์ตก": what it is not, asked or told stands behind.
_NOT = re.compile(r"\s(?:ไม่ใช่|มิใช่|ขอ|ช่วย|รบกวน|โปรด|กรุณา|พิมพ์|ใส่|กรอก|คีย์|นับ)|(?:ครับ|ค่ะ|คะ)\s")
# How offices shorten what a column is called.
_SHORTENED = {"นร.": "นักเรียน", "รร.": "โรงเรียน", "ปชช.": "ประชาชน", "จนท.": "เจ้าหน้าที่", "จน.": "จำนวน"}
_BEHIND = ("ให้ด้วย", "ให้หน่อย", "ให้ที", "ให้")


@dataclass(frozen=True)
class CellSaid:
    """A cell of words: its question, and the value as it was written."""

    question: Question
    written: str

    def value(self, circular: Circular, near: datetime.date) -> Value | None:
        """The value as the form would have it; None where it says none."""
        return value_said(circular, self.question, self.written, near)


def cell_in(text: str, names: Sequence[tuple[int, int]], asked: tuple[Circular, str]) -> CellSaid | None:
    """The one cell that a ``plain`` text speaks of; None for none or several.

    ``names``: where organisations stand; ``asked``: the circular, and of which type of organisation its questions are asked.
    """
    said = _parts(text, names)
    found = questions_meant(text, names, asked)
    if said is None or len(found) != 1:
        return None
    given = without_politeness(_NOT.split(said["value"])[0])
    for word in _BEHIND:
        given = given.removesuffix(word)
    return CellSaid(found[0], without_politeness(given))


def questions_meant(text: str, names: Sequence[tuple[int, int]], asked: tuple[Circular, str]) -> tuple[Question, ...]:
    """The questions that a ``plain`` text may speak of, as ``cell_in``; none where it gives no value."""
    said = _parts(text, names)
    if said is None:
        return ()
    column = _AROUND.sub(" ", said["column"]).strip()
    for short, whole in _SHORTENED.items():
        column = column.replace(short, whole)
    return questions_named(*asked, column) or _begun(*asked, column)


def _parts(text: str, names: Sequence[tuple[int, int]]) -> re.Match[str] | None:
    return _CELL.search(text, len(text) - _END) or _SAID.match(_without(text, names))


def _begun(circular: Circular, kind: str, said: str) -> tuple[Question, ...]:
    """The questions whose label begins with what was said: งบ for งบประมาณ."""
    asked = (q for q in circular.form.question if circular.form.is_asked(q, kind, {}) is not False)
    key = heading_key(said)
    return tuple(q for q in asked if len(key) > 1 and heading_key(q.label).startswith(key))


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return " ".join(text.split())


def questions_named(circular: Circular, kind: str, said: str) -> tuple[Question, ...]:
    """The questions that ``said`` may name, of those asked of a type of organisation; one where there is no doubt.

    Words of the group tell two of the same label apart, as มาตรา 16 does.
    """
    asked = [
        q
        for q in circular.form.question
        if q.kind is not Kind.COMPUTED and circular.form.is_asked(q, kind, {}) is not False
    ]
    scores = {q.key: max(_like(said, wording) for wording in _wordings(q)) for q in asked}
    if max(scores.values(), default=0.0) < SHORTENED:
        return ()
    best = nearest(scores)
    sections = sections_of(said)
    found = tuple(q for q in asked if q.key in best)
    told = tuple(q for q in found if sections and sections <= sections_of(q.group))
    return told or found


def _wordings(question: Question) -> tuple[str, ...]:
    return (question.label, *question.aliases, heading(question))


def _like(said: str, wording: str) -> float:
    return likeness(heading_key(said), heading_key(wording))


def value_said(circular: Circular, question: Question, said: str, near: datetime.date) -> Value | None:
    """The value as a cell of the form would give it; None where it says none, or not surely."""
    read = read_value(question, Cell(1, 1, CellKind.TEXT, normalise(said)), circular.form, near)
    return read.value if read.trouble is None else None
