"""Of which questions words beside a table speak, and the words by which they say that something is not done.

Owns how a note's words are laid beside a form's questions. Decides nothing.
"""

import re
from collections.abc import Collection
from difflib import SequenceMatcher

from parsers.form.form import Form
from parsers.form.question import Question
from parsers.organisations.type_words import TypeWords, words_of
from parsers.tables.likeness import figures_of
from parsers.thai.text import heading_key

SHARED = 4  # letters in a row that a note and a question share: ระบบ, ประกาศ
PLAINLY = 8  # letters in a row by which a note names a question

# "ยังไม่ได้ลงระบบ", "ยกเลิกประกาศแล้ว", "รอรหัส", "อยู่ระหว่างเสนอ", "ระบบแจ้งไม่อนุมัติ ต้องส่งใหม่"; not "ไม่มีปัญหา".
NOT_DONE = re.compile(
    r"ยังไม่|ไม่(?:ได้รับ)?(?:การ)?(?:อนุมัติ|เห็นชอบ)|ไม่ผ่าน|ไม่สำเร็จ|ตีกลับ|ส่งคืน|ถูกเพิกถอน|ต้อง(?:ส่ง|ทำ|จัดทำ|ลง|แก้ไข|ดำเนินการ|ประกาศ)\S{0,12}ใหม่|ไม่ได้\s*+(?:ดำเนิน|จัดทำ|ทำ|ลง|ออก|ประกาศ)|ยกเลิก|อยู่(?:ใน)?ระหว่าง|กำลัง(?:ดำเนิน|จัดทำ|ลง)|รอ(?:รหัส|ลงนาม|อนุมัติ|ผล|ดำเนิน|เสนอ|ยืนยัน|การ(?:อนุมัติ|ยืนยัน|ลงนาม))|ค้าง|จะ(?:ดำเนินการ|จัดทำ|ลง)"
)
# Of a heading key: what is not done is not said by these: ยังไม่ได้, แล้ว, and the section of law is looked at apart.
_EMPTY_WORDS = re.compile(r"ยังไม่(?:ได้)?|ดำเนินการ|จัดทำ|แล้วเสร็จ|แล้ว|การ|(?:ตาม)?(?:มาตรา|ม|ข้อ)[0-9]+")

# "ในไฟล์แนบพิมพ์ผิด ที่ถูกต้องคือ", "ขอแก้เป็น": words of correction, which name nothing.
_MENDS = re.compile(
    r"ใน(?:ไฟล์|ตาราง|แบบ)(?:ที่)?(?:แนบ)?|(?:พิมพ์|กรอก|ใส่|ลง|คีย์)(?:ตัวเลข|ข้อมูล)?ผิด|ที่ถูก(?:ต้อง)?(?:คือ|เป็น)?|(?:ขอ)?(?:แก้(?:ไข)?|เปลี่ยน|ปรับ)(?:เป็น)?|เป็น(?:ข้อมูล|ตัวเลข)(?:เก่า|เดิม)|หมายเหตุ"
)
# "ทั้งหมด (แห่ง)": a unit.
_BRACKETS = re.compile(r"\([^()]*\)")
# Of a heading key: words between others, which name nothing.
_JOINS = re.compile("ทั้งนี้|จำนวน|เป็น|จาก|ข้อมูล|แก้ไข")


def spoken_of(note: str, form: Form, keys: Collection[str]) -> list[str]:
    """The questions a note speaks of: of its section of law, and with most letters in a row in common; all where none has.

    What stands behind the denial is what is not done: "คำสั่ง ม.16 ยังไม่ได้ลงระบบ" speaks of the posting.
    """
    asked, names = _of_law(note, form, keys), words_of(form.naming)
    denied = NOT_DONE.search(note)
    shared: dict[str, int] = {}
    for said in (_said(note[denied.end() :], names) if denied else "", _said(note, names)):
        shared = {question.key: len(_shared(said, question)) for question in asked}
        if max(shared.values(), default=0) >= SHARED:
            break
    most = max(shared.values(), default=0)
    return [key for key, count in shared.items() if count == most or most < SHARED]


def spoken_words(note: str, form: Form, keys: Collection[str]) -> list[str]:
    """The questions of which a note has any word, of at least four letters."""
    said = _JOINS.sub(" ", _said(note, words_of(form.naming)))
    return [key for key in keys if any(_in_common(each, said) for each in _without_units(form.find(key)))]


def named_at_length(note: str, form: Form, keys: Collection[str]) -> list[str]:
    """The questions whose group and label a note names with the most letters, each word of four at least; none where it has few.

    "จำนวนครัวเรือนทั้งหมดของ อบต.บ้านหนุน" names ครัวเรือน – ทั้งหมด, and neither another of that group nor another ทั้งหมด.
    """
    said = _said(note, words_of(form.naming))
    named = {key: _named(said, form.find(key)) for key in keys}
    most = max(named.values(), default=0)
    return [key for key, letters in named.items() if letters == most] if most >= PLAINLY else []


def named_whole(text: str, form: Form, keys: Collection[str]) -> list[str]:
    """The questions whose whole label, without its unit, stands in a text: ชาวไทย of "ช่องชาวไทย"."""
    said = heading_key(text)
    return [key for key in keys if any(len(each) >= SHARED and each in said for each in _without_units(form.find(key)))]


def _named(said: str, question: Question) -> int:
    """How many letters of a note stand in a question's group and label, in either order."""
    ways = ((heading_key(question.group), heading_key(each)) for each in (question.label, *question.aliases))
    return max(max(_in_common(f"{a} {b}", said), _in_common(f"{b} {a}", said)) for a, b in ways)


def _in_common(wording: str, said: str) -> int:
    blocks = SequenceMatcher(None, wording, said, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size >= SHARED)


def only_spoken_of(note: str, form: Form, keys: Collection[str]) -> list[str]:
    """The one question that a note names at length, where what is left of it has no word of another; else nothing."""
    said = _said(_MENDS.sub(" ", note), words_of(form.naming))
    asked = _of_law(note, form, keys)
    shared = {question.key: _shared(said, question) for question in asked}
    named = max(shared, key=lambda key: len(shared[key]), default="")
    if not named or len(shared[named]) < PLAINLY - 2:
        return []
    rest = said.replace(shared[named], " ")
    others = [question for question in asked if question.key != named]
    alone = not any(len(_shared(said, question)) >= SHARED for question in others)
    if len(shared[named]) < PLAINLY:
        return [named] if alone and _MENDS.search(note) else []
    if alone or not any(len(_shared(rest, question)) >= SHARED for question in others):
        return [named]
    return _only_by_group(said, form, [question.key for question in asked])


def _only_by_group(said: str, form: Form, keys: Collection[str]) -> list[str]:
    """The one question that a note names by group and label, where what is left of it has no word of another."""
    named = {key: _named(said, form.find(key)) for key in keys}
    most = max(named.values(), default=0)
    best = [key for key, letters in named.items() if letters == most]
    if len(best) != 1 or most < PLAINLY:
        return []
    question = form.find(best[0])
    others = [key for each in keys if each != best[0] for key in _without_units(form.find(each))]
    rest = _JOINS.sub(" ", said)
    for wording in (heading_key(question.group), *_without_units(question)):
        for block in SequenceMatcher(None, wording, said, autojunk=False).get_matching_blocks():
            word = wording[block.a : block.a + block.size]
            if block.size >= SHARED and not any(word in other for other in others if other != wording):
                rest = rest.replace(word, " ")
    return [] if any(_in_common(other, rest) for other in others) else best


def _without_units(question: Question) -> list[str]:
    """A question's wordings as heading keys, without what stands in brackets."""
    return [heading_key(_BRACKETS.sub(" ", each)) for each in (question.label, *question.aliases)]


def _of_law(note: str, form: Form, keys: Collection[str]) -> list[Question]:
    """The questions, of these ``keys``, of the section of law that a note names; all where it names none of theirs."""
    asked = [question for question in form.question if question.key in keys]
    figures = figures_of(note)
    return [question for question in asked if figures & figures_of(f"{question.label} {question.group}")] or asked


def _said(note: str, names: TypeWords) -> str:
    """A note's own words, names and denials left out, as a heading key."""
    for name in names.names_within(note):
        note = note.replace(name, " ")
    return _EMPTY_WORDS.sub(" ", heading_key(NOT_DONE.sub(" ", note)))


def _shared(said: str, question: Question) -> str:
    """The most letters in a row that a note and one of a question's wordings have in common."""
    words = (_EMPTY_WORDS.sub(" ", heading_key(wording)) for wording in (question.label, *question.aliases))
    found = ((each, SequenceMatcher(None, each, said, autojunk=False).find_longest_match()) for each in words)
    return max((each[match.a : match.a + match.size] for each, match in found), key=len)
