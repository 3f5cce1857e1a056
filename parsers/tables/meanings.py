"""Words that make a heading's column another than the question's: not done, planned, aimed at, expected, of before, a share.

Owns these words, for all who ask about headings, totals and titles. No word of them is ever dropped: a heading that says one which the question does not say is no heading of
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
    WANTED = "wanted"


# What tells how to fill in, and denies nothing: หากไม่มีให้ใส่ 0, ไม่เกิน 2 ตำแหน่ง.
_NO_CONDITION = "(?<!ถ้า)(?<!หาก)(?<!กรณี)(?<!เมื่อ)"
_NO_RULE = "(?!น้อย|เกิน|ต้อง|เว้น|ใส่|ซ้ำ|รวม|ต่ำ|จำกัด)"
# Of a heading key. Whatever is not done yet is not done: under way, waiting, left over, cancelled.
DENIED = (
    rf"{_NO_CONDITION}(?:ยังไม่|(?<!ยัง)ไม่){_NO_RULE}|ยังมิ|มิได้"
    "|อยู่(?:ใน)?(?:ระหว่าง|ขั้นตอน)|ระหว่าง(?:ดำเนินการ|จัดทำ|เสนอ)|กำลัง(?:ดำเนิน|จัดทำ|ทำ|ลง|เสนอ)"
    "|รอ(?:การ)?(?:ดำเนินการ|จัดทำ|ประกาศ|ลงนาม|ลงข้อมูล|อนุมัติ|พิจารณา|เสนอ)"
    "|(?:ตก|คง)?ค้าง|ยังขาด|คงเหลือ|ยกเลิก"
)
# "คาดว่าจะแล้วเสร็จ", "วันที่จะลงข้อมูล", "กำหนดแล้วเสร็จ".
_EXPECTED = "คาดว่า(?:จะ)?|(?:ที่|ว่า)จะ|จะ(?:ดำเนินการ|จัดทำ|แล้วเสร็จ)|กำหนด(?:การ)?แล้วเสร็จ"
# "แผนปฏิบัติงาน", "แผน"; neither a map, a department nor the first plan of several: แผนที่, แผนก, แผนที่ 1.
_PLANNED = "แผน(?!ที่|ก(?!าร))"
_WORDS: tuple[tuple[Meaning, re.Pattern[str]], ...] = (
    # "ยังไม่ดำเนินการ", "แผน": the words above.
    (Meaning.DENIED, re.compile(DENIED)),
    # "แผนการดำเนินงาน".
    (Meaning.PLANNED, re.compile(_PLANNED)),
    # "เป้าหมาย", "ค่าเป้า".
    (Meaning.AIMED, re.compile("เป้า")),
    # "คาดว่าจะแล้วเสร็จ", "ประมาณการรายได้".
    (Meaning.EXPECTED, re.compile(f"{_EXPECTED}|คาดการณ์|ประมาณการ")),
    # "ข้อมูลเดิม", "ปีที่แล้ว", "รอบก่อน", "ปีก่อนหน้า".
    (Meaning.BEFORE, re.compile("เดิม|(?:ปี|เดือน|ครั้ง|รอบ|งวด|ไตรมาส)(?:ก่อน|ที่แล้ว|ที่ผ่านมา)|ย้อนหลัง")),
    # "ร้อยละของที่ดำเนินการ".
    (Meaning.SHARE, re.compile("ร้อยละ|สัดส่วน|เปอร์เซ็นต์")),
    # "เฉลี่ยต่อวัน".
    (Meaning.MEAN, re.compile("เฉลี่ย")),
    # "กระสอบทรายที่ขอรับการสนับสนุน", "ทรายที่ต้องการเพิ่ม", "เรือที่ขาดแคลน"; not "ที่ของ".
    (Meaning.WANTED, re.compile("ขอรับ|ขอ(?:รับ)?(?:การ)?สนับสนุน|ที่ขอ(?!ง)|ต้องการ|ขาดแคลน|ประสงค์")),
)
# What turns a heading into another question: "not done", "under way", "expected".
TURNED = re.compile(f"{DENIED}|{_EXPECTED}")
# Where a heading's own words are over: "done / not yet done", "… หากไม่มีให้ใส่ 0".
BEYOND = re.compile(f"(?:ถ้า|หาก|กรณี|เมื่อ)(?:ยัง)?(?:ไม่|มิ)|{DENIED}|{_EXPECTED}")
# "แล้ว/ยังไม่", "(ดำเนินการแล้ว หรือ อยู่ระหว่างดำเนินการ)": both are asked, neither is meant.
_BOTH = re.compile(r"(?:แล้ว|เสร็จ|เรียบร้อย|มี|ทำ|ดำเนินการ|ใช่)\s*+(?:[/,\-–]|หรือ|และ)\s*+(?:ที่)?(?:ยัง|ไม่|มิได้|อยู่|กำลัง|รอ)")
# "ปี 67", "ปีงบประมาณ พ.ศ. 68": a year of the Buddhist era in short; not "60 ปี 70", nor the years of an age.
_SHORT_YEAR = re.compile(
    r"(?<![\d๐-๙])(?<![\d๐-๙] )(ปี\s?(?:งบประมาณ\s?)?(?:พ\.?\s?ศ\.?\s?)?)([5-7๕-๗][\d๐-๙])(?![\d๐-๙/.]|\s?(?:ปี|ขึ้น|[-–]))"
)
# "ปี2566", "ปีงบประมาณพศ2567" of a heading key; a year alone, "2567", "พศ2567".
_YEAR = re.compile(r"(?:ปี(?:งบประมาณ)?(?:พศ)?|^(?:พศ)?(?=25\d\d$))(25\d\d)(?!\d)")


@lru_cache(maxsize=1 << 13)
def meanings_of(text: str) -> frozenset[Meaning]:
    """What a heading's words say beside the thing they name."""
    key = heading_key(text)
    said = frozenset(meaning for meaning, words in _WORDS if words.search(key))
    return said - {Meaning.DENIED} if Meaning.DENIED in said and _BOTH.search(text) else said


def is_denial(text: str) -> bool:
    """Whether a text speaks of what is not done."""
    return Meaning.DENIED in meanings_of(text)


def meanings_in(texts: Iterable[str]) -> frozenset[Meaning]:
    """What several headings say together."""
    return frozenset[Meaning]().union(*(meanings_of(text) for text in texts))


def years_of(text: str) -> frozenset[str]:
    """The years, of the Buddhist era, that a heading says its column is of."""
    return frozenset(_YEAR.findall(heading_key(ascii_digits(with_full_years(text)))))


def with_full_years(text: str) -> str:
    """A heading with its years as circulars write them: ปี 67 is ปี พ.ศ. 2567."""
    return _SHORT_YEAR.sub(r"\g<1>25\g<2>", text)
