"""What a line of text in a form is: a total, a signature, a note, a legend, the label of a remark, the day of the data.

Owns the words by which such lines are known, as an ordered table: the first kind that fits is what a line is. Knows nothing
of columns and rows of data.
"""

import re
from collections.abc import Callable, Mapping
from enum import Enum
from functools import cached_property

from parsers.form.form import Form
from parsers.organisations.type_words import words_of
from parsers.thai.text import heading_key, letters_of

LABEL_CAP = 160  # characters of a label that goes on before its colon
BESIDE = 12  # cells to the right of a label that are looked at

# Of a heading key: "รวมทั้งสิ้น", "ยอดรวม12แห่ง", "รวมอบต", "grandtotal", "ร้อยละ"; not รวมพล, a name.
_TOTAL = re.compile(
    r"^(?:ยอด|ผล)?รวม(?:$|ทั้ง|ดำเนินการ|จำนวน|แห่ง|อำเภอ|จังหวัด|หน้า|ยอด|เงิน|ทุก|ผล|สะสม|\d|ร้อยละ|ที่|แล้ว|ยัง|ไม่|เป็น)"
    r"|^(?:ทั้งสิ้น|ทั้งหมด|total|grandtotal|subtotal|sum$|คิดเป็นร้อยละ|ร้อยละ|เฉลี่ย|ค่าเฉลี่ย)"
)
# The same without the marks that a PDF loses or moves: "รวมทงั้ ส้นิ".
_DAMAGED_TOTAL = re.compile(r"^(?:ยอด)?รวม(?:ทงสน|ทงหมด|ทงจงหวด)")
# "ลงชื่อ....ผู้รายงาน", "(.........)", "ตำแหน่ง", "โทร. 054", "จึงเรียนมาเพื่อโปรดทราบ".
_SIGNATURE = re.compile(
    r"^[(\[\"“]?\s*(?:ลงชื่อ|ลงนาม|ผู้รายงาน|ผู้รับรอง|ผู้จัดทำ|ผู้ตรวจ|\(?[.…_]{3,}|ตำแหน่ง|โทรศัพท์|โทร\s*[.\d]|เบอร์โทร|ท้องถิ่นจังหวัด|ท้องถิ่นอำเภอ"
    r"|ขอรับรอง|จึงเรียน)|ผู้รายงาน\s*$"
)
# "หมายเหตุ: …", "(คำชี้แจง", "QR Code", "รหัสแบบ: w5827:long".
_NOTE = re.compile(r"^[(\[\"“]?\s*(?:หมายเหตุ|QR\s*Code|รหัสแบบ|คำชี้แจง|คำอธิบาย)", re.IGNORECASE)
# The seed's own form: ใส่เครื่องหมาย ✓ กรณีดำเนินการแล้ว.
_LEGEND = re.compile("ใส่เครื่องหมาย")
# "(นายสมชาย ใจดี)", "นายอำเภอลอง", "ปลัดอำเภอ".
_PERSON = re.compile(r"^(?:นายอำเภอ|ปลัดอำเภอ|[(\[](?:นาย|นาง|นางสาว|น\.ส\.|ว่าที่\s*ร)[^()]+[)\]]\s*$)")
# "1. ", "(๒) " in ASCII digits, "• " before a label.
LEADING = re.compile(r"^[\s\d.)(\-–•*]+")
# "........", "____", "...../...../.....": printed to be written on.
FILLING = re.compile(r"[\s._…·•⋯‧\-–—:/\\()]+")
# "ข้อมูล ณ วันที่", "ข้อมูลณวันที่", "ข้อมูล ณ".
AS_OF = re.compile(r"ข้อมูล\s*+ณ\s*+(?:วัน(?!จันทร์|อังคาร|พุธ|พฤหัส|ศุกร์|เสาร์|อาทิตย์))?\s*+(?:ที่)?")


# "ค่าสูงสุด", "ต่ำสุด", "น้อยที่สุด": of a heading key.
_MEASURE = re.compile(r"(?:ค่า|จำนวน)?(?:สูงสุด|ต่ำสุด|มากที่สุด|น้อยที่สุด)|max|min|maximum|minimum")


class Line(Enum):
    """What sort of line a text begins."""

    CARRIED = "carried"  # a page's sum carried over to the next
    MEASURE = "measure"  # the greatest or least of the rows
    TOTAL = "total"
    SIGNATURE = "signature"  # and what stands around one
    NOTE = "note"
    LEGEND = "legend"  # says which marks to write
    REMARK = "remark"
    DAY = "day"  # of the data
    PERSON = "person"  # a name or position under a signature, unless the row has answers
    OTHER = "other"

    @property
    def is_below(self) -> bool:
        """Whether such a line stands below tables and is surely no row of data."""
        return self in {Line.SIGNATURE, Line.NOTE, Line.LEGEND, Line.REMARK, Line.DAY}


def says_day(text: str) -> bool:
    """Whether a text begins with the words for the day of the data, be it in brackets."""
    return bool(AS_OF.match(text.lstrip("( ")))


def blank_filling(text: str) -> bool:
    """Only dots, lines and brackets, as printed to be written on."""
    return not FILLING.sub("", text)


class Lines:
    """A form's lines outside its table."""

    def __init__(self, form: Form) -> None:
        self.form, self.names = form, words_of(form.naming)
        self._known: dict[str, Line] = {}

    @cached_property
    def labels(self) -> Mapping[str, tuple[str, ...]]:
        """Heading keys of each remark's wordings, longest first."""
        return {
            remark.key: tuple(sorted((heading_key(w) for w in (remark.label, *remark.aliases)), key=len, reverse=True))
            for remark in self.form.remark
        }

    @cached_property
    def total(self) -> str:
        """The heading key of the form's own total label."""
        return heading_key(self.form.total_label)

    def sort_of(self, text: str) -> Line:
        """What sort of line ``text`` begins."""
        if text not in self._known:
            self._known[text] = self._sort(text)
        return self._known[text]

    def _sort(self, text: str) -> Line:
        key = heading_key(text[:LABEL_CAP])
        return next(line for line, fits in _KINDS if fits(self, text, key)) if text else Line.OTHER

    def is_total(self, key: str) -> bool:
        """Whether a line with this heading key is a total, in anybody's words or the form's own."""
        letters, own = letters_of(key), letters_of(self.total)
        said = bool(_TOTAL.match(key)) or self.names.sums_up(key) or bool(_DAMAGED_TOTAL.match(letters))
        return said or (len(own) > len("รวม") and letters.startswith(own))

    def remark_of(self, text: str) -> tuple[str, str] | None:
        """(key of the remark, text after its label) when ``text`` begins with a remark's label."""
        bare = LEADING.sub("", text)
        key = heading_key(bare[:LABEL_CAP])
        for name, wordings in self.labels.items():
            for wording in wordings:
                if wording and key.startswith(wording):
                    return name, _after_label(bare, wording)
        return None


def _after_label(text: str, wording: str) -> str:
    """What follows the label in its own cell: after its colon, else after the word that ends the label."""
    head, colon, rest = text.partition(":")
    if colon and len(head) <= LABEL_CAP and heading_key(head).startswith(wording):
        return rest.strip()
    for end in range(1, len(text)):
        if heading_key(text[:end]) == wording:
            # The label may go on ("...จากการตามพระราชบัญญัติฯ") up to the next space or row of dots.
            return re.sub(r"^[^\s.…_]*", "", text[end:]).strip()
    return ""


# In order: the form's own labels of remarks may begin like a note, a total's label like anything.
_KINDS: tuple[tuple[Line, Callable[[Lines, str, str], bool]], ...] = (
    (Line.CARRIED, lambda _, __, key: key.startswith("ยอดยก")),
    (Line.MEASURE, lambda _, __, key: bool(_MEASURE.fullmatch(key))),
    (Line.TOTAL, lambda lines, _, key: lines.is_total(key)),
    (Line.SIGNATURE, lambda _, text, __: bool(_SIGNATURE.search(text))),
    (Line.NOTE, lambda _, text, __: bool(_NOTE.search(text))),
    (Line.LEGEND, lambda _, text, __: bool(_LEGEND.search(text))),
    (Line.REMARK, lambda lines, text, _: lines.remark_of(text) is not None),
    (Line.DAY, lambda _, text, __: says_day(text)),
    (Line.PERSON, lambda lines, text, _: bool(_PERSON.match(text)) or lines.names.is_head_of_office(text)),
    (Line.OTHER, lambda _, __, ___: True),
)
