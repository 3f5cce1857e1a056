"""A figure with its parts in brackets behind it, 2 (วัด 1 โรงเรียน 1), 10 คน (ครู 9 ผดด. 1), or as a sum written out, 21+42=63.

Owns which brackets are such parts: they come to the figure, and no word of them says that a part does not count.
"""

import re
from decimal import Decimal

# "2 (วัด 1 โรงเรียน 1) แห่ง": the figure, what stands in brackets, and a unit.
_WITH_PARTS = re.compile(r"([^()\[\]]*\d[^()\[\]]*)[(\[]([^()\[\]]*)[)\]]([^()\[\]\d]*)")
# "หมู่ 2", "หมู่ที่ 5", "ม.3", "เขต 1": numbers by which something goes; in "นอกเขต 784" it counts.
_ORDINAL = re.compile(r"(?:หมู่(?:ที่|บ้านที่)?|ม\.|ข้อ|ที่|(?<!นอก)(?<!ใน)เขต|ชุมชนที่)\s*\d+")
# "21+42=63", "50 + 99 = 149 คน": a sum written out.
_SUM = re.compile(r"(\d[\d,]*+(?:\.\d++)?(?:\s*+\+\s*+\d[\d,]*+(?:\.\d++)?)++)\s*+=\s*+(\d[\d,]*+(?:\.\d++)?)(\D*)")
_PART = re.compile(r"\d[\d,]*(?:\.\d+)?")
# "ชำรุด 2", "ปี 2567 3", "ยืมมา 1", "เดิม 4": not all of them are what is asked.
_OTHER = re.compile(
    "ชำรุด|เสีย|พัง|ซ่อม|ใช้|ไม่|ยัง|ยืม|เดิม|เก่า|ปี|เดือน|ไตรมาส|งวด|แผน|เป้า|รอ|จะ|ขาด|เหลือ|คืน|ตาย|%|ร้อยละ|เพิ่ม|ลด"
)
# "7 (เดิม 10)", "12 แห่ง (จากเดิม 15 แห่ง)": the figure, and what it was before.
_FORMER = re.compile(r"(\d[\d,.]*+[^()\d]{0,30})\((?:จาก)?เดิม\s?\d[\d,.]*+[^()\d]{0,30}\)")


def without_parts(said: str) -> tuple[str, bool]:
    """What ``said`` (ASCII digits) writes without brackets that hold its parts or the former figure, and whether it has any."""
    if former := _FORMER.fullmatch(said):
        return former[1].strip(), True
    found = _WITH_PARTS.fullmatch(said)
    if not found or _OTHER.search(found[2]):
        return said, False
    whole = _PART.findall(found[1])
    parts = [Decimal(each.replace(",", "")) for each in _PART.findall(_ORDINAL.sub(" ", found[2]))]
    if len(whole) != 1 or len(parts) < 2 or sum(parts) != Decimal(whole[0].replace(",", "")):  # noqa: PLR2004
        return said, False
    return f"{found[1].strip()} {found[3].strip()}".strip(), True


def summed(said: str) -> str:
    """The figure to which a sum that is written out (ASCII digits) comes; ``said`` itself where it does not come out or is none."""
    found = _SUM.fullmatch(said)
    if not found:
        return said
    parts = [Decimal(each.replace(",", "")) for each in _PART.findall(found[1])]
    return f"{found[2]}{found[3]}" if sum(parts) == Decimal(found[2].replace(",", "")) else said
