"""What stands beside a yes or no in a tick cell and leaves it as it is, and what makes it one of a day to come.

Owns particulars that count (มี 1 แห่ง), small faults, reasons of a no, the words of what works, and those of plans.
"""

import re
from collections.abc import Sequence

from parsers.thai.text import ascii_digits

# "ใช้ได้", "ใช้งานไม่ได้", "ใช้การได้ดี": the answer to a label that says ใช้งานได้.
_WORKS = re.compile("ใช้(?:งาน|การ)?(?P<no>ไม่)?ได้(?:ดี|ปกติ|ตามปกติ)?")
# "มี 1 แห่ง", "มี จำนวน 2 ศูนย์": there is what is counted.
_SOME = re.compile(r"มี\s?(?:จำนวน\s?)?0*+[1-9]\d*+\s?(?:แห่ง|ศูนย์|หน่วย|ชุด|คัน|หลัง|ห้อง|ระบบ|แผน|ฉบับ|คณะ|จุด)")
# "ตรวจแล้ว พบชำรุดเล็กน้อย": a small fault of what is done.
_FAULT = re.compile(r"(\S*แล้ว)[\s,]+(?:พบ|มี)[^\s,]{0,30}เล็กน้อย")
# "ไม่มี ขาดงบประมาณก่อสร้าง", "ยังไม่มี เนื่องจากรองบ": why there is none.
_REASON = re.compile(r"((?:ยัง)?ไม่มี)[\s,]+(?:เนื่อง|เพราะ|ขาด|งบ|อยู่ห่าง|อยู่ไกล)[^\d✓✔√/]{0,80}")
# "กำหนดแล้วเสร็จ ม.ค. 2568", "ภายใน 20 ธ.ค.", "มีแผนจัดทำ", "นัดลงนาม"; "กำหนดเสร็จแล้ว" is done.
_TO_COME = re.compile(
    r"กำหนด(?:การ)?(?:จะ|แล้วเสร็จ|เสร็จ(?!แล้ว|สิ้น|เรียบร้อย)|ลงนาม|ส่งมอบ)|ภายใน(?=วันที่|เดือน|ปี|สิ้น|\d|$)"
    r"|(?:มี|วาง|อยู่ใน)แผน(?:การ)?(?:จะ|จัด|ดำเนิน|ทำ|ลง|ออก|ประกาศ)|นัด(?:ลงนาม|ตรวจ|ประชุม)"
)


def answer_in_kind(said: str, key: str, labels: Sequence[str]) -> bool | None:
    """Yes or no in the words of a column's own label (``labels``, as keys): ใช้ไม่ได้ of ใช้งานได้, มี 1 แห่ง of มีห้องสมุด; None for neither."""
    works = _WORKS.fullmatch(key)
    if works and any(_WORKS.search(label) for label in labels):
        return not works["no"]
    return True if _SOME.fullmatch(ascii_digits(said)) and any("มี" in label for label in labels) else None


def without_particulars(said: str) -> str:
    """The yes or no before a small fault or a reason; empty where there is none of these."""
    found = _FAULT.fullmatch(said) or _REASON.fullmatch(said)
    return found[1] if found else ""


def to_come(key: str) -> str:
    """The words of a comparison key that speak of a day to come or a plan; empty for none."""
    found = _TO_COME.search(key)
    return found[0] if found else ""
