"""Several choices in one cell, and the choice of something else with what that is."""

import re
from collections.abc import Iterator

from parsers.form.question import Kind, Question
from parsers.form.question_rules import BEHIND, BETWEEN
from parsers.thai.text import comparison_key
from parsers.values.choices import chosen, ticked_labels

# Between choices: lines, commas, semicolons, bullets; then also what a choice itself may hold.
_APART = (
    re.compile(r"\s*[\n,;•·]\s*"),
    re.compile(r"\s*[\n,;•·+/]\s*|\s+(?:และ|กับ|หรือ)\s*"),
    # "หอกระจายข่าวและเสียงตามสาย", "… ตลอดจนรถประชาสัมพันธ์": no blank before the word.
    re.compile(r"\s*(?:และ|กับ|ตลอดจน|รวมทั้ง|รวมถึง|พร้อมทั้ง)\s*|\s*[\n,;•·]\s*"),
    # "1. หอกระจายข่าว 2. ไซเรน", "(1) … (2) …", "๑) …".
    re.compile(r"(?:^|\s)\s*[(\[]?[\d๐-๙]{1,2}[.)\]]\s*(?=[^\d๐-๙\s])"),
    # "ไลน์กลุ่ม ไซเรน": blanks, where each word is a choice.
    re.compile(r"\s+"),
)
# "ทุกช่องทางที่กำหนด", "ครบทุกข้อ", "ทั้งหมด": all that the form offers.
_EVERY = re.compile("(?:ครบ)?ทุก(?:ข้อ|อย่าง|รายการ|ประเภท|ชนิด|ช่องทาง|วิธี)(?:ที่กำหนด|ข้างต้น|ตามแบบ)?|ทั้งหมด(?:ทุกข้อ)?")
# "อื่น ๆ (โปรดระบุ) โดรน", "อื่นๆ : โดรน", "อื่น ๆ ......": what stands between the choice and what it is.
_LEAD = re.compile(r"^[\s:.…_(\[\-–=]*(?:โปรด|กรุณา)?(?:ระบุ)?[\s:.…_)\]\-–=]*")
# "✓ ฝังกลบ": ticked in the list of choices.
_TICK = re.compile(r"^[✓✔√☑🗹✅/]\s*")


def chosen_of(said: str, question: Question) -> tuple[str | None, bool]:
    """What ``said`` (normalised) chooses for a question of one or several choices, and whether it is a guess; None for nothing plain."""
    if question.kind is Kind.CHOICE:
        return _one(said, question)
    boxes = ticked_labels(said)
    if boxes is not None:
        return _all(boxes[1], question)
    for whole in ([said], *(list(filter(None, apart.split(said))) for apart in _APART)):
        found = _all(whole, question)
        if found[0] is not None:
            return found
    every = _EVERY.fullmatch(comparison_key(said)) and not question.other
    return (BETWEEN.join(question.choices), True) if every else (None, False)


def _all(parts: list[str], question: Question) -> tuple[str | None, bool]:
    """Every part is a choice; they stand once each, in the form's order."""
    read = [_one(part, question) for part in parts]
    named = dict.fromkeys(value for value, _ in read if value)
    if not read or any(value is None for value, _ in read):
        return None, False
    return BETWEEN.join(sorted(named, key=lambda value: _place(value, question))), any(guess for _, guess in read)


def _place(value: str, question: Question) -> int:
    return question.choices.index(value) if value in question.choices else len(question.choices)


def _one(said: str, question: Question) -> tuple[str | None, bool]:
    named, guessed = chosen(said, question.choices)
    if named is not None or not question.other:
        return named, guessed
    boxes = ticked_labels(said)
    texts = boxes[1] if boxes else [_TICK.sub("", said)]
    what = next(_behind(texts[0], question.other), "") if len(texts) == 1 else ""
    return (f"{question.other}{BEHIND}{what}" if what else None), False


def _behind(said: str, other: str) -> Iterator[str]:
    """What stands behind the choice of something else; nothing where only that choice was made."""
    key = comparison_key(other)
    ends = [end for end in range(min(len(said), 2 * len(other) + 8), 0, -1) if comparison_key(said[:end]) == key]
    rest = _LEAD.sub("", said[ends[0] :]).strip(" .…_)]") if ends else ""
    if comparison_key(rest):
        yield " ".join(rest.replace(BETWEEN.strip(), ",").split())
