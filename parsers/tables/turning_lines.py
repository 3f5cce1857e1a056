"""Texts that speak of a whole list: of those who have not, of what is planned or expected, of the year before.

Owns how such a title, sheet's name or heading over all columns is told from one that merely names such words: a report on a
plan, a note on how to fill in. What a column's own heading means is for ``meanings``.
"""

import re
from functools import lru_cache

from parsers.tables.denial import denied
from parsers.tables.meanings import DENIED
from parsers.thai.text import heading_key

LONGEST = 200  # characters; a longer text tells of many things

# Of heading keys: "รายชื่ออปทที่ยังไม่รายงาน", "เฉพาะแห่งที่อยู่ระหว่างดำเนินการ", "ช่องที่ยังไม่ได้ดำเนินการ".
_WHO_HAS_NOT = re.compile(rf"(?:รายชื่อ|เฉพาะ|แห่ง|อปท|อบต|เทศบาล|ท้องถิ่น|หน่วยงาน|องค์กร|ช่อง|ข้อ|รายการ)(?:ที่|ซึ่ง)?(?:{DENIED})")
# "ทำเครื่องหมาย ✓ ในช่องที่ยังไม่ได้ดำเนินการ", "กา / หน้าข้อที่ยังไม่ทำ": how to fill in, and it is the other way round.
_MARK_WHAT_IS_NOT = re.compile(
    rf"(?:เครื่องหมาย|กา|ติ๊ก|ขีด)(?:ถูก)?(?:ลง|หน้า|ใน|ที่)*+(?:ช่อง|ข้อ|รายการ|แห่ง)(?:ที่)?(?:{DENIED})"
)
# "ให้ระบุปัญหา", "โปรดเร่งรัด": what those who have not shall do, in a list of all.
_INSTRUCTION = re.compile("ให้|โปรด|กรุณา|เร่งรัด")
# "ที่ดำเนินการแล้วและยังไม่ดำเนินการ": a list of all.
_DONE_TOO = re.compile("แล้ว(?!เสร็จ)")
# "ยังไม่ดำเนินการ 2 แห่ง", "กำหนดแล้วเสร็จภายในวันที่ 29", "ไม่มีการแก้ไข": how many, until when, what is not the case.
_NO_NEWS = re.compile(
    r"(?!รายชื่อ|บัญชี).*\d(?:แห่ง|อปท|ราย)|กำหนด|ที่จะ|จะ|คงเหลือ|ยกเลิก|ไม่(?!ได้|ดำเนินการ|จัดทำ|ทำ|แล้วเสร็จ|เสร็จ|ประกาศ)"
)
_TITLE = "(?:แบบฟอร์ม|แบบ|ตาราง|สรุป|ข้อมูล|บัญชี|รายงาน|การ)*+"
# "แผนปฏิบัติงาน", "แผน", "เป้าหมายปี 2568"; not "แผนงาน", part of a budget, nor what has its result beside it.
_PLAN = re.compile(rf"{_TITLE}(?:แผน(?:การ(?!ศึกษา)|ปฏิบัติ|ดำเนิน|จัดทำ|ประจำปี|ปี|$)|(?:ค่า)?เป้าหมาย|ประมาณการ(?!วัน)|คาดการณ์)")
_RESULT = "ผล"
# "ข้อมูลปีก่อน", "ผลปีที่แล้ว", "ข้อมูลเดิม".
_BEFORE = re.compile(rf"{_TITLE}(?:ผล)?(?:การดำเนินงาน|การดำเนินการ)?(?:(?:ปี|เดือน|ครั้ง|รอบ|งวด)(?:ก่อน|ที่แล้ว)|เดิม$)")


@lru_cache(maxsize=1 << 12)
def is_of_what_is_not(text: str) -> bool:
    """Whether a text says that what it stands over is not done, only planned or expected, or of before."""
    key = heading_key(text) if len(text) <= LONGEST else ""
    if not key or _MARK_WHAT_IS_NOT.search(key):
        return bool(key)
    if _INSTRUCTION.search(key) or _DONE_TOO.search(key):
        return False
    if _NO_NEWS.match(key):
        return False
    return denied(text) is not None or bool(_WHO_HAS_NOT.search(key)) or is_of_plan_or_before(text)


def is_of_plan_or_before(text: str) -> bool:
    """Whether a text says that what it stands over is a plan, an aim, an estimate or of the time before."""
    key = heading_key(text) if len(text) <= LONGEST else ""
    return bool(_BEFORE.match(key) or (_RESULT not in key and _PLAN.match(key)))
