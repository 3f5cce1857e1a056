"""Clauses that say that nothing else changes: ที่อื่นเหมือนเดิม, แห่งเดียวนะ. They take back nothing of the wish beside them.

Without them a wish with such a clause would be two, or one with a condition; it is only said back either way.
"""

import re

_POLITE = r"(?:ครับ|คับ|ค่ะ|คะ|นะ|จ้า|จ้ะ|\s){0,4}"
_OTHERS = r"(?:ที่|อำเภอ|แห่ง|ราย|คน|อัน|ช่อง|เรื่อง)อื่น\s?ๆ?|ที่เหลือ|นอกนั้น|ของ\s?(?:ทต|อบต|อบจ|ทม)\.?"
_STAY = r"(?:เหมือนเดิม|ตามเดิม|ตามปกติ|คงเดิม|ไม่เปลี่ยน|ไม่เกี่ยว|ยังไม่ต้อง|ไม่ต้องทำอะไร|ถูก(?:ต้อง)?แล้ว|ใช้ได้แล้ว|เหมือนเก่า)"
_CLAUSE = re.compile(
    rf"(?:^|(?<=\s))(?:{_OTHERS})\S{{0,30}}?{_STAY}{_POLITE}(?=\s|$)"
    rf"|(?:^|(?<=\s))(?:ที่|อำเภอ|แห่ง|ราย|อัน|ช่อง)เดียว(?:เท่านั้น|พอ)?{_POLITE}(?=\s|$)"
    rf"|(?:^|(?<=\s))(?:ใครส่ง(?:มา)?(?:เพิ่ม|อีก|ช้า|ทีหลัง)\S{{0,6}}ไม่(?:ต้อง)?รับ(?:แล้ว|อีก)?|ไม่ต้องทวงอะไร|แค่ส่งแบบ(?:เฉย\s?ๆ)?|รอดูอีก(?:วัน|หน่อย)){_POLITE}(?=\s|$)"
)


def without_others(line: str) -> str:
    """A line without such clauses; as it was where it is nothing else."""
    left = _CLAUSE.sub(" ", line).strip()
    return left or line
