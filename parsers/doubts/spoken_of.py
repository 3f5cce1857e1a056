"""Of which questions words beside a table speak, and the words by which they say that something is not done.

Owns how a note's words are laid beside a form's questions. Decides nothing.
"""

import re
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher

from parsers.form import Form
from parsers.organisations.type_words import TypeWords, words_of
from parsers.tables.likeness import figures_of
from parsers.thai.text import heading_key

SHARED = 4  # letters in a row that a note and a question share: ระบบ, ประกาศ

# "ยังไม่ได้ลงระบบ", "ยกเลิกประกาศแล้ว", "รอรหัส", "อยู่ระหว่างเสนอ", "ระบบแจ้งไม่อนุมัติ ต้องส่งใหม่"; not "ไม่มีปัญหา".
NOT_DONE = re.compile(
    r"ยังไม่|ไม่(?:ได้รับ)?(?:การ)?(?:อนุมัติ|เห็นชอบ)|ไม่ผ่าน|ไม่สำเร็จ|ตีกลับ|ส่งคืน|ถูกเพิกถอน|ต้อง(?:ส่ง|ทำ|จัดทำ|ลง|แก้ไข|ดำเนินการ|ประกาศ)\S{0,12}ใหม่|ไม่ได้\s*+(?:ดำเนิน|จัดทำ|ทำ|ลง|ออก|ประกาศ)|ยกเลิก|อยู่(?:ใน)?ระหว่าง|กำลัง(?:ดำเนิน|จัดทำ|ลง)|รอ(?:รหัส|ลงนาม|อนุมัติ|ผล|ดำเนิน|เสนอ|ยืนยัน|การ(?:อนุมัติ|ยืนยัน|ลงนาม))|ค้าง|จะ(?:ดำเนินการ|จัดทำ|ลง)"
)
# Of a heading key: what is not done is not said by these: ยังไม่ได้, แล้ว, and the section of law is looked at apart.
_EMPTY_WORDS = re.compile(r"ยังไม่(?:ได้)?|ดำเนินการ|จัดทำ|แล้วเสร็จ|แล้ว|การ|(?:ตาม)?(?:มาตรา|ม|ข้อ)[0-9]+")


def spoken_of(note: str, form: Form, keys: Collection[str]) -> list[str]:
    """The questions a note speaks of: of its section of law, and with most letters in a row in common; all where none has."""
    asked = [question for question in form.question if question.key in keys]
    figures = figures_of(note)
    of_law = [question for question in asked if figures & figures_of(f"{question.label} {question.group}")] or asked
    shared = {
        question.key: _shared(note, (question.label, *question.aliases), words_of(form.naming)) for question in of_law
    }
    most = max(shared.values(), default=0)
    return [key for key, count in shared.items() if count == most or most < SHARED]


def _shared(note: str, wordings: Iterable[str], names: TypeWords) -> int:
    """How many letters in a row a note and one of the wordings have in common."""
    for name in names.names_within(note):
        note = note.replace(name, " ")
    said = heading_key(NOT_DONE.sub(" ", note))
    words = (_EMPTY_WORDS.sub(" ", heading_key(wording)) for wording in wordings)
    matchers = (SequenceMatcher(None, each, _EMPTY_WORDS.sub(" ", said), autojunk=False) for each in words)
    return max(matcher.find_longest_match().size for matcher in matchers)
