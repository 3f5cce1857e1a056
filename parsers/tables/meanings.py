"""Words that make a heading's column another than the question's: not done, planned, aimed at, expected, of before, a share.

Owns these words. No word of them is ever dropped: a heading that says one which the question does not say is no heading of
that question. Knows nothing of grids.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from parsers.thai.text import ascii_digits, heading_key


class Meaning(StrEnum):
    """What a heading says of a thing beside the thing itself."""

    DENIED = "denied"
    PLANNED = "planned"
    AIMED = "aimed at"
    EXPECTED = "expected"
    BEFORE = "of before"
    SHARE = "share"
    MEAN = "mean"


# What tells how to fill in, and denies nothing: ไม่เกิน 2 ตำแหน่ง, หากไม่มีให้ใส่ 0.
_HOW_TO = re.compile(r"(?:ถ้า|หาก|กรณี|เมื่อ)(?:ยัง)?ไม่(?:มี|ได้)|ไม่(?:น้อย|เกิน|ต้อง|เว้น|ใส่|ซ้ำ|รวม|ต่ำ|จำกัด)")
_WORDS: tuple[tuple[Meaning, re.Pattern[str]], ...] = (
    # อยู่ระหว่างดำเนินการ is not done either; ยกเลิก is done no more
    (Meaning.DENIED, re.compile(r"ไม่|มิได้|ยังมิ|อยู่(?:ใน)?ระหว่าง|ระหว่าง(?:ดำเนินการ|จัดทำ)|กำลัง(?:ดำเนิน|จัดทำ|ลง)|ยกเลิก")),
    (Meaning.PLANNED, re.compile("แผน(?!ที่|ก(?!าร))")),  # neither a map nor a department
    # "เป้าหมาย", "ค่าเป้า".
    (Meaning.AIMED, re.compile("เป้า")),
    # "คาดว่าจะแล้วเสร็จ", "ประมาณการ", "วันที่จะลงข้อมูล".
    (Meaning.EXPECTED, re.compile("คาดว่า|คาดการณ์|ประมาณการ|(?:ที่|ว่า)จะ")),
    # "ข้อมูลเดิม", "ปีที่แล้ว", "รอบก่อน".
    (Meaning.BEFORE, re.compile("เดิม|(?:ปี|เดือน|ครั้ง|รอบ|งวด|ไตรมาส)(?:ก่อน|ที่แล้ว|ที่ผ่านมา)")),
    # "ร้อยละของที่ดำเนินการ".
    (Meaning.SHARE, re.compile("ร้อยละ|สัดส่วน|เปอร์เซ็นต์")),
    # "เฉลี่ยต่อวัน".
    (Meaning.MEAN, re.compile("เฉลี่ย")),
)
# "ปี2566", "ปีงบประมาณพศ2567" of a heading key.
_YEAR = re.compile(r"ปี(?:งบประมาณ)?(?:พศ)?(25\d\d)(?!\d)")


@lru_cache(maxsize=1 << 13)
def meanings_of(text: str) -> frozenset[Meaning]:
    """What a heading's words say beside the thing they name."""
    key = _HOW_TO.sub("", heading_key(text))
    return frozenset(meaning for meaning, words in _WORDS if words.search(key))


def meanings_in(texts: Iterable[str]) -> frozenset[Meaning]:
    """What several headings say together."""
    return frozenset[Meaning]().union(*(meanings_of(text) for text in texts))


def years_of(text: str) -> frozenset[str]:
    """The years, of the Buddhist era, that a heading says its column is of."""
    return frozenset(_YEAR.findall(heading_key(ascii_digits(text))))
