"""What stands beside a tick and proves it: the number of an order, a day, a link, an enclosure.

Owns how such evidence is written. Knows nothing of ticks, nor whether the evidence is true.
"""

import re
from dataclasses import dataclass

from parsers.thai.months import MONTHS, SHORT_MONTHS
from parsers.thai.text import ascii_digits, comparison_key

_MONTH = "|".join(re.escape(month) for month in (*MONTHS, *SHORT_MONTHS))
# "5 พย 67": without its dots only behind a day, since "กค" stands in "ออกคำสั่ง".
_BARE_MONTH = "|".join(month.replace(".", r"\.?\s?") for month in SHORT_MONTHS)
# "ลงวันที่", "ลว.", "เมื่อวันที่", "ณ วันที่", "ตั้งแต่": leads to a day and goes with it.
_TO_DAY = r"(?:(?:ลง|เมื่อ|ณ|ตั้งแต่|ประจำ)?\s?วันที่|ลว\.?|ลง(?=\s?\d)|เมื่อ|ตั้งแต่|เดือน)"
_YEAR = r"(?:พ\.?\s?ศ\.?\s?)?(?:25\d\d|20\d\d|\d\d)"
# "5 พ.ย. 67", "ลงวันที่ 5 พฤศจิกายน พ.ศ. 2567", "ต.ค. 2567", "5 พ.ย.", "25/11/67", "25-11-2567".
_DAY = rf"(?:{_TO_DAY}\s?)*(?:(?:(?:\d{{1,2}}\s?)?(?:{_MONTH})|\d{{1,2}}\s?(?:{_BARE_MONTH}))(?:\s?{_YEAR}(?!\d))?|\d{{1,2}}\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?{_YEAR}(?!\d))"
# "88/2567", "ที่ 88/67", "เลขที่ พร 0023.1/ว 345", "ที่ ๘๘/๒๕๖๗": a number within a year, or within an office's letters.
_NUMBER = (
    r"(?:(?:เลข|ฉบับ|ครั้ง)?ที่\s?)?(?:[ก-ฮ]{2}\.?\s?\d{4,5}(?:\.\d{1,3})*\s?/\s?(?:ว\.?\s?)?\d{1,6}|\d{1,5}\s?/\s?25\d\d(?!\d))"
    r"|(?:เลขรับ|เลข|ฉบับ|(?<=คำสั่ง)|(?<=ประกาศ))ที่\s?\d{1,6}(?:\s?/\s?\d\d(?!\d))?"
    r"|(?:(?<=คำสั่ง)|(?<=ประกาศ))\s?\d{1,6}\s?/\s?\d\d(?!\d)"
)
# "https://www.info.go.th/page?id=3", "www.maejua.go.th", "info.go.th/12".
_LINK = r"(?:https?://|www\.)\S+|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:go|or|co|ac|in)\.th(?:/\S*)?"
# "เอกสารแนบ 1", "หน้า 3", "สิ่งที่ส่งมาด้วย 2", "ไฟล์แนบ".
_ENCLOSED = r"(?:เอกสารแนบ|ไฟล์แนบ|สิ่งที่ส่งมาด้วย|ตามแนบ|ภาคผนวก|หน้า|ลำดับที่|หมายเลข)\s?\d{0,3}"
# Any of these, as it stands in a cell.
_EVIDENCE = re.compile(f"(?:{_LINK})|(?:{_DAY})|(?:{_NUMBER})|(?:{_ENCLOSED})", re.IGNORECASE)
# Behind a slash that is a tick: only what is surely a day or a number, "/ 25 พ.ย. 67"; "/12" is half of a fraction.
_AFTER_SLASH = re.compile(f"(?:{_DAY})|(?:{_NUMBER})")
# "เลขที่ 12", "คำสั่งที่ 88/2567", "พร 0023/345": the number of a paper.
_PAPER = re.compile(_NUMBER)
# Of a key: words around evidence that add nothing to it, "ตามคำสั่งเทศบาลตำบลที่", "(ดูเอกสาร)", "ประกาศฯ ฉบับ".
_AROUND = re.compile(
    "(?:คำสั่ง|ประกาศ|หนังสือ|บันทึกข้อความ|ระเบียบ|ข้อบัญญัติ|เทศบัญญัติ|องค์การบริหารส่วนตำบล|องค์การบริหารส่วนจังหวัด|เทศบาลตำบล|เทศบาลเมือง"
    "|เทศบาลนคร|เทศบาล|อบต|อบจ|ทต|ทม|ทน|จังหวัด|อำเภอ|รายละเอียด|ปรากฏ|หลักฐาน|เอกสาร|ไฟล์|แนบ|อ้างอิง|อ้างถึง|ดู|ได้|ตาม|เลขรับ|เลขที่|เลข|ฉบับ"
    "|ลงวันที่|วันที่|เมื่อ|ตั้งแต่|เวลา|ลว|ลง|ที่|และ|ของ|ใน|ณ|น)*+"
)


@dataclass(frozen=True)
class Evidence:
    """What is left of a text without its evidence, and what sort of evidence there was."""

    rest: str
    found: bool
    paper: bool = False  # with the number of an order, an announcement or a letter

    @property
    def alone(self) -> bool:
        """Whether nothing but evidence stood there."""
        return self.found and bool(_AROUND.fullmatch(comparison_key(self.rest)))


def without_evidence(said: str) -> Evidence:
    """``said`` (normalised, at most some hundred characters) without its evidence, digits in ASCII."""
    plain = ascii_digits(said)
    rest, count = _EVIDENCE.subn(" ", plain)
    return Evidence(" ".join(rest.split()), bool(count), bool(_PAPER.search(plain)))


def is_around(key: str) -> bool:
    """Whether a comparison key holds nothing but words that go with evidence."""
    return bool(_AROUND.fullmatch(key))


def begins_with_evidence(said: str) -> bool:
    """Whether a text begins with a whole day or the number of a paper."""
    return bool(_AFTER_SLASH.match(ascii_digits(said).strip()))
