"""A figure with its parts in brackets behind it, 2 (วัด 1 โรงเรียน 1), 10 คน (ครู 9 ผดด. 1), or as a sum written out, 21+42=63.

Owns which brackets are such parts: they come to the figure, and no word of them says that a part does not count.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

# "2 (วัด 1 โรงเรียน 1) แห่ง": the figure, what stands in brackets, and a unit.
_WITH_PARTS = re.compile(r"([^()\[\]]*\d[^()\[\]]*)[(\[]([^()\[\]]*)[)\]]([^()\[\]\d]*)")
# "หมู่ 2", "หมู่ที่ 5", "ม.3", "เขต 1": numbers by which something goes; in "นอกเขต 784" it counts.
_ORDINAL = re.compile(r"(?:หมู่(?:ที่|บ้านที่)?|ม\.|ข้อ|ที่|(?<!นอก)(?<!ใน)เขต|ชุมชนที่)\s*\d+")
# "21+42=63", "50 + 99 = 149 คน": a sum written out.
_SUM = re.compile(r"(\d[\d,]*+(?:\.\d++)?(?:\s*+\+\s*+\d[\d,]*+(?:\.\d++)?)++)\s*+=\s*+(\d[\d,]*+(?:\.\d++)?)(\D*)")
# "750 x 8 = 6,000": a product written out.
_PRODUCT = re.compile(r"(\d[\d,]*+(?:\.\d++)?)\s*+[xX×*]\s*+(\d[\d,]*+(?:\.\d++)?)\s*+=\s*+(\d[\d,]*+(?:\.\d++)?)(\D*)")
# "ม.3 = 40, ม.6 = 35 รวม 75": parts, and what they come to.
_PARTS_FIRST = re.compile(
    r"(?P<parts>[^()]{4,120}?)\s?รวม(?:ทั้งสิ้น|ทั้งหมด|เป็น)?\s?(?P<whole>\d[\d,]*+(?:\.\d++)?)(?P<unit>\D{0,20})"
)
_EQUALS = re.compile(r"=\s?(\d[\d,]*+(?:\.\d++)?)")
# "2 แห่ง (บ้านวังดิน, บ้านนาหลวง)", "3 แห่ง ได้แก่ บ้านดง บ้านใหม่ และบ้านหนองบัว": a count, and the names of what is counted.
_WITH_NAMES = re.compile(
    r"(?P<count>(?P<figure>\d{1,3})\s?[^\d()\s]{0,20})\s?(?:[(]|ได้แก่|คือ)\s?(?P<names>[^\d()]{4,160})[)]?"
)
_NAME = re.compile(r"(?<![ก-๙])(?:และ)?(?:บ้าน|ชุมชน|วัด|โรงเรียน|ตลาด|ตำบล|สถานี)[ก-๙]")
_PART = re.compile(r"\d[\d,]*(?:\.\d+)?")
# "ชำรุด 2", "ปี 2567 3", "ยืมมา 1", "เดิม 4": not all of them are what is asked.
_OTHER = re.compile(
    "ชำรุด|เสีย|พัง|ซ่อม|ใช้|ไม่|ยัง|ยืม|เดิม|เก่า|ปี|เดือน|ไตรมาส|งวด|แผน|เป้า|รอ(?![งบ])|จะ|ขาด|เหลือ|คืน|ตาย|%|ร้อยละ|เพิ่ม|ลด"
)
# "7 (เดิม 10)", "12 แห่ง (จากเดิม 15 แห่ง)": the figure, and what it was before.
_FORMER = re.compile(r"(\d[\d,.]*+[^()\d]{0,30})\((?:จาก)?เดิม\s?\d[\d,.]*+[^()\d]{0,30}\)")


def without_parts(said: str) -> tuple[str, bool]:
    """What ``said`` (ASCII digits) writes without brackets that hold its parts or the former figure, and whether it has any."""
    if former := _FORMER.fullmatch(said):
        return former[1].strip(), True
    named = _WITH_NAMES.fullmatch(said)
    if named and not _OTHER.search(named["names"]) and len(_NAME.findall(named["names"])) == int(named["figure"]):
        return named["count"].strip(), True
    first = _PARTS_FIRST.fullmatch(said)
    if first and not _OTHER.search(first["parts"]) and _come_to(_EQUALS.findall(first["parts"]), first["whole"]):
        return f"{first['whole']}{first['unit']}".strip(), True
    found = _WITH_PARTS.fullmatch(said)
    if not found or _OTHER.search(found[2]):
        return said, False
    whole = _PART.findall(found[1])
    if len(whole) != 1 or not _come_to(_PART.findall(_ORDINAL.sub(" ", found[2])), whole[0]):
        return said, False
    return f"{found[1].strip()} {found[3].strip()}".strip(), True


def summed(said: str) -> str:
    """The figure to which a sum or product that is written out (ASCII digits) comes; ``said`` where it is none or does not come out."""
    product = _PRODUCT.fullmatch(said)
    if product and _figure(product[1]) * _figure(product[2]) == _figure(product[3]):
        return f"{product[3]}{product[4]}"
    found = _SUM.fullmatch(said)
    return f"{found[2]}{found[3]}" if found and _come_to(_PART.findall(found[1]), found[2]) else said


def _come_to(parts: Sequence[str], whole: str) -> bool:
    """Whether several parts come to a whole."""
    return len(parts) > 1 and sum(map(_figure, parts)) == _figure(whole)


def _figure(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))
