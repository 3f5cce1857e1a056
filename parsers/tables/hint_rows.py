"""Rows between headings and data that tell how to fill in: "Required", "Help text", "กรอกตัวเลข", "ระบุ (บาท)", "ตัวอย่าง: 120".

Owns the words of such rows. They are nobody's answers.
"""

import re
from collections.abc import Iterable

from parsers.thai.text import normalise

_LONGEST = 120  # characters of a hint; Help text in a cell is a sentence
# What heads a row of hints: "Help text", "คำอธิบาย:", "วิธีกรอก", "หน่วยนับ", "ประเภทข้อมูล".
_HEADS = re.compile(
    r"\W*(?:help ?text|hints?|required|description|instructions?|data ?type|format|units?|คำอธิบาย|คำแนะนำ|คำชี้แจง|วิธี(?:การ)?กรอก|การกรอก(?:ข้อมูล)?|หน่วย(?:นับ)?|(?:ประเภท|ชนิด|รูปแบบ)(?:ของ)?(?:ข้อมูล|คำตอบ))(?:\s?\([^()]*\))?\W*",
    re.IGNORECASE,
)
# A cell that asks for something: "กรอกตัวเลข", "ระบุ (บาท)", "(ใส่ ✓)", "เลือกจากรายการ", "ตัวอย่าง: 120", "วว/ดด/ปปปป", "Required".
_ASKS = re.compile(
    r"\W*(?:(?:โปรด|กรุณา|ให้)?(?:กรอก|ระบุ|ใส่|พิมพ์|เลือก|เขียน|ทำเครื่องหมาย)|ตัวอย่าง\s?:|เช่น|ตย\.|(?:ไม่)?(?:จำเป็น|บังคับ)|(?:เฉพาะ)?ตัวเลข|ข้อความ|required|optional|numbers?\b|numeric|integer|decimal|text\b|date\b|yes/no|e\.g\.|ว{1,2}\W|dd?\W)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\([^()]*\)")  # "(บาท)", "(แห่ง)"


def tells_how(name: str, others: Iterable[str]) -> bool:
    """Whether a row whose name cell says ``name`` and whose other cells say ``others`` only tells how to fill in."""
    said = [normalise(text) for text in others]
    if not said or any(len(text) > _LONGEST for text in (name, *said)):
        return False
    asking = [bool(_ASKS.match(text)) for text in said]
    if _HEADS.fullmatch(name):
        return not any(text.isdecimal() for text in said) or any(asking)
    return any(asking) and all(
        asks or bool(_BRACKETED.fullmatch(text)) for asks, text in zip(asking, said, strict=True)
    )
