"""A cell of a form told in plain words, without ช่อง … เป็น …: ทต.ห้วยหม้าย คำสั่ง ม.16 ใส่ผิดค่ะ จริงๆ ทำแล้ว.

The column is known by the words that its label has and no other's, and by its section of the law; the value by whether the
words say that it is done or not yet, or by the one figure that stands there. Where two can be meant, none is.
"""

import datetime
import re
from collections.abc import Mapping, Sequence

from bot.office.model.circular import Circular
from bot.office.wishes.cells import value_said
from bot.office.wishes.spelling import loose
from bot.office.wishes.thai_words import words_of
from parsers.form.question import Kind, Question
from parsers.reading import Value
from parsers.tables.likeness import sections_of

# "info.go.th", "info": what a column is called after; people write อินโฟ, เว็บ, เข้าระบบ.
_SITE = re.compile(r"[a-z][a-z0-9-]{2,30}(?=\.[a-z])")
_INTO_SITE = ("เผยแพร่", "อินโฟ", "เว็บ", "เว็ป", "ลงระบบ", "เข้าระบบ", "ในระบบ", "ลงข้อมูล")
# "ยังไม่ได้ลง info", "ช่องเผยแพร่": of the site's column it is spoken, whatever is to be put there.
_OF_SITE = re.compile(r"ยังไม่(?:ได้)?(?:เอา)?(?:ลง|ขึ้น|เผยแพร่|นำเข้า|อัพ|อัป)|ช่อง(?:การ)?เผยแพร่")
# Words of labels that tell no column from another.
_ANY = frozenset(
    (
        "จัดทำ",
        "แล้ว",
        "ข้อมูล",
        "ระบบ",
        "การ",
        "ตาม",
        "ใน",
        "ลง",
        "จำนวน",
        "ที่",
        "และ",
        "ของ",
        "มี",
        "เข้า",
        "สู่",
        "นำ",
        "กำหนด",
    )
)
_SHORT = 3  # letters below which a word of a label tells nothing
# "ตามที่แจ้งว่า … นั้น", "ในตารางยังเป็น X อยู่", "ไม่ใช่ยังไม่ทำ", "จาก ✓": what is said of how it stands now, or is not.
_NOT_THIS = re.compile(
    r"ตามที่.{1,200}?นั้น|(?:ใน)?(?:ตาราง|ระบบ|รายงาน|แบบ)?(?:ยัง|ขึ้น)(?:เป็น|ว่า|ขึ้นว่า|โชว์)\s?\S{1,20}(?:\sอยู่\S{0,5})?"
    r"|(?:ไม่ใช่|มิใช่)\s?(?:ยังไม่\S{0,12}|ยัง|เครื่องหมาย\S{1,8}|ติ๊กถูก|กากบาท|[/x✓✗]|[\d,.]{1,15})|จาก\s?(?:[/x✓✗]|ยัง(?!ไม่)|[\d,.]{1,15})"
)
# "แก้เป็น ✓", "จริง ๆ ยังไม่ได้จัดทำ", "ม.10 = /", "เติมว่า มี": the value follows.
_NOW = re.compile(r"จริง\s?ๆ|ความจริง|ที่ถูก(?:ต้อง)?(?:คือ|เป็น)?|เป็น(?!ต้น|ไป)|เติมว่า|ใส่ว่า|พบว่า|[=:]")
# "ยังไม่ได้ลง", "ยัง", "ติ๊กเกินไป", "ไม่มี", "X": not done.
_UNDONE = re.compile(
    r"ยังไม่|ยังมิ|ยังบ่|(?<![ก-๙])ยัง(?=\s|$|ครับ|ค่ะ|คะ|นะ|จ้า|อยู่)|ไม่ได้(?:จัด|ทำ|ลง|ออก|ประกาศ|มี)|ไม่มี|ติ๊กเกิน|กากบาท|(?<![a-z])x(?![a-z])|[✗✕✘×❌]"
)
# "ทำแล้ว", "ลงเรียบร้อยแล้ว", "เพิ่งออกคำสั่ง", "ลืมติ๊ก", "มี", "/": done.
_DONE = re.compile(
    r"(?:ทำ|ลง|ออก|มี|ประกาศ|สั่ง|ดำเนินการ|เสร็จ|ครบ|เรียบร้อย|ขึ้น)(?:\S{0,20}?\s?\S{0,12}?)แล้ว|เพิ่ง(?:ทำ|ลง|ออก|ประกาศ)|ลืมติ๊ก|ติ๊กถูก|เครื่องหมายถูก"
    r"|(?<![ก-๙])มี(?=\s|$|ครับ|ค่ะ|คะ|นะ|จ้า|แล้ว)|(?<![ก-๙])(?:แล้ว|ถูก|ทำ)(?=\s|$|ครับ|ค่ะ|คะ|นะ|จ้า)|(?<=แก้เป็น)\s?(?:ทำ|ถูก)|[✓✔☑✅]|(?<!\S)/(?!\S)|=\s?/"
)
_FIGURE = re.compile(r"(?<![\d.,/])\d[\d,]{0,15}(?:\.\d{1,4})?(?![\d/])")  # "318", "1,350,000"
# "ม.10", "มาตรา 16", "ข้อ 3", "ว 5827": figures that are no value.
_NAMES_SOMETHING = re.compile(r"(?:มาตรา|(?<![ก-๙])ม\s?\.?|ข้อ|ช่องที่|(?<![ก-๙])ว\s?\.?)\s?\d{1,7}")

# "ทำครบแล้วทั้งสี่ช่องค่ะ", "ทุกช่อง": of more than one.
_EVERY = re.compile(r"(?:ทั้ง|ครบ)\s?(?:สอง|สาม|สี่|ห้า|หก|\d{1,2}|หมด)?\s?(?:ช่อง|ข้อ|คอลัมน์)|ทุก\s?(?:ช่อง|ข้อ(?!มูล)|คอลัมน์)")


def told_question(text: str, names: Sequence[tuple[int, int]], asked: tuple[Circular, str]) -> Question | None:
    """The one question of which a ``plain`` text speaks, by words of its label; ``names`` and ``asked`` as in ``cell_in``."""
    circular, kind = asked
    if _EVERY.search(text):
        return None
    questions = [
        q
        for q in circular.form.question
        if q.kind is not Kind.COMPUTED and circular.form.is_asked(q, kind, {}) is not False
    ]
    said, sections = _without(text, names), sections_of(text)
    if sections and any(sections & sections_of(_all_words(q)) for q in questions):
        questions = [q for q in questions if sections <= sections_of(_all_words(q))]
    counts = {q.key: _counts(q, questions, said) for q in questions}
    if _OF_SITE.search(said) and (sited := _sited_among(questions, counts)):
        return sited
    most = max(counts.values(), default=0)
    best = [q for q in questions if counts[q.key] == most or (q.kind is not Kind.TICK and counts[q.key])]
    return best[0] if most and len(best) == 1 else None


def told_value(
    text: str, names: Sequence[tuple[int, int]], asked: tuple[Circular, Question], near: datetime.date
) -> Value | None:
    """The value that a ``plain`` text gives for a question; None where it gives none, or two."""
    circular, question = asked
    said = _NOT_THIS.sub(" ", _without(text, names))
    if question.kind is not Kind.TICK:
        figures = {found[0] for found in _FIGURE.finditer(_NAMES_SOMETHING.sub(" ", said))}
        return value_said(circular, question, figures.pop(), near) if len(figures) == 1 else None
    *_, last = _NOW.split(said)
    return next((value for part in (last, said) if (value := _ticked(part)) is not None), None)


def _ticked(text: str) -> bool | None:
    """Whether words say that a thing is done; None where they say neither, or both."""
    undone, rest = bool(_UNDONE.search(text)), _UNDONE.sub("\n", text)
    done = bool(_DONE.search(rest))
    return done if done is not undone else None


def _counts(question: Question, questions: Sequence[Question], said: str) -> int:
    """How many words of a question's label the text has that no other question's label has."""
    own = _telling(question).difference(*(_telling(q) for q in questions if q.label != question.label))
    key = loose(said)
    count = sum(loose(word) in key for word in own)
    sited = bool(_SITE.search(_all_words(question).casefold())) and any(loose(word) in key for word in _INTO_SITE)
    return count + sited


def _sited_among(questions: Sequence[Question], counts: Mapping[str, int]) -> Question | None:
    """The one column named after a site, of the groups of which anything else is said: คำสั่ง … ยังไม่ได้ลง info."""
    sited = [q for q in questions if counts[q.key] and _SITE.search(_all_words(q).casefold())]
    groups = {q.group for q in questions if counts[q.key] and q not in sited}
    meant = [q for q in sited if not groups or q.group in groups]
    return meant[0] if len(meant) == 1 else None


def _telling(question: Question) -> frozenset[str]:
    text = _all_labels(question)
    sites = {found[0] for found in _SITE.finditer(text.casefold())} - {"www"}
    words = {word for word in words_of(text) if len(loose(word)) >= _SHORT and word not in _ANY and not word.isascii()}
    return frozenset(words | sites)


def _all_labels(question: Question) -> str:
    return " ".join((question.label, *question.aliases))


def _all_words(question: Question) -> str:
    return f"{_all_labels(question)} {question.group}"


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
