"""What a line of words corrects of the questions of a proposal: ข้อ 3 เป็นจำนวนเงิน, ตัดข้อ 5, ข้อ 2 ตอบเฉพาะเทศบาล. Pure.

A line is understood as a whole or not at all.
"""

import re
from collections.abc import Callable

from bot.office.new_circular.correction import ADDED, DROPPED, ONE_ROW, REMARK_ADDED, Correction
from parsers.blank_form.kinds import Said as SaidOfColumn
from parsers.blank_form.kinds import meant
from parsers.blank_form.proposal import NewQuestion
from parsers.blank_form.unsure import KIND_WORDS
from parsers.form.question import LISTED, Kind
from parsers.organisations.type_words import TypeWords
from parsers.thai.text import heading_key

_MOST = 200  # questions of a form
_LABEL = 200  # characters of a heading
# "ข้อ 3", "ข้อที่ 2, 4 และข้อ 6", "ข้อ 2 ถึง 5", "ข้อ 2-5".
_REF = r"ข้อ\s?(?:ที่)?\s?\d{1,3}(?:(?:\s?(?:,|และ|กับ|ถึง|-|–)\s?|\s)(?:ข้อ\s?(?:ที่)?\s?)?\d{1,3}){0,30}"
_SIGNS = r"[\s\"'“”]"
_AND = re.compile(r"(\d{1,3})(?:\s?(ถึง|-|–)\s?(?:ข้อ\s?(?:ที่)?\s?)?(\d{1,3}))?")  # "2", "2 ถึง 5", "2-ข้อ 5"
_DROP = r"(?:ไม่ต้อง(?:ถาม|มี|ใช้|เอา)|ไม่(?:ถาม|เอา|ใช้)|ตัด|ลบ|เอา(?=ออก|ทิ้ง)|ยกเลิก)(?:ออก|ทิ้ง|ไป)?"
# "ตัดข้อ 5 ออก", "ไม่ต้องถามข้อ 5, 6".
_DROP_FIRST = re.compile(rf"(?:{_DROP}|เอา(?=.*(?:ออก|ทิ้ง)$))\s?(?P<ref>{_REF})\s?(?:ออก|ทิ้ง|ไป)?")
# "ข้อ 3 …": what is said of questions by their numbers.
_OF = re.compile(rf"(?:แก้ไข|แก้|เปลี่ยน|ปรับ)?\s?(?P<ref>{_REF})\s*(?P<rest>\D.*)")
# "เพิ่มข้อ หมายเหตุ", "เพิ่มคำถาม: จำนวนบ่อบาดาล (บ่อ) เป็นจำนวนเต็ม".
_ADD = re.compile(r"เพิ่ม(?:คำถาม|หัวข้อ|ข้อ|คอลัมน์|ช่อง)(?P<below>ท้ายแบบ)?\s?(?:ใหม่|ว่า|ชื่อ)?\s?:?\s?(?P<label>\S.*)")
_NUMBERED = re.compile(r"^(?:ที่\s?)?\d{1,3}(?:\s?[.:)]\s?|\s)")  # "เพิ่มข้อ 8 ชื่อผู้ประสานงาน"
# "แห่งละหนึ่งแถว", "ให้แห่งละ 1 แถว".
_ONE_ROW = re.compile(r"(?:แต่ละแห่ง)?(?:ให้|เป็น)?\s?(?:ตอบ|กรอก)?(?:แห่งละ)?\s?(?:(?:หนึ่ง|[1๑])\s?แถว|แถวเดียว)")

_Rest = Callable[[str, TypeWords], tuple[tuple[str, object], ...] | None]
# What leads to a kind: "เป็น", "ให้ตอบเป็น", "เป็นแบบ".
_LEADS = re.compile(r"(?:ขอ)?(?:ให้|ควร)?\s?(?:ตอบ|กรอก|ใส่)?\s?(?:เปลี่ยน)?(?:เป็น(?:แบบ|คำตอบ)?|คือ|แบบ)\s?")
_KINDS = {heading_key(word): kind for kind, word in KIND_WORDS.items() if kind not in (*LISTED, Kind.COMPUTED)} | {
    **dict.fromkeys(("จำนวนเงิน", "เงิน", "บาท", "เงินบาท", "ยอดเงิน"), Kind.MONEY),
    **dict.fromkeys(("จำนวน", "ตัวเลขจำนวนเต็ม", "เลขจำนวนเต็ม", "จำนวนนับ"), Kind.INTEGER),
    **dict.fromkeys(("ตัวเลข", "ทศนิยม", "ตัวเลขทศนิยม", "เลขทศนิยม", "จำนวนทศนิยม"), Kind.DECIMAL),
    **dict.fromkeys(("ร้อยละ", "เปอร์เซ็นต์", "เปอร์เซ็น"), Kind.PERCENT),
    **dict.fromkeys(("ข้อความ", "ตัวหนังสือ", "ตัวอักษร", "คำตอบข้อความ"), Kind.TEXT),
    **dict.fromkeys(("วันที่", "วันเดือนปี"), Kind.DATE),
    **dict.fromkeys(
        (
            "ติ๊ก",
            "ติ๊กถูก",
            "ขีดถูก",
            "เครื่องหมาย",
            "เครื่องหมายถูก",
            "ใส่เครื่องหมาย",
            "ใส่เครื่องหมายถูก",
            "ทำเครื่องหมาย",
            "มีไม่มี",
            "ใช่ไม่ใช่",
            "ทำแล้วยังไม่ทำ",
        ),
        Kind.TICK,
    ),
}
# "เว้นว่างได้", "ไม่บังคับ", "ไม่ตอบก็ได้".
_MAY = re.compile(r"(?:ให้)?(?:เว้นว่าง(?:ไว้)?ได้|ไม่บังคับ(?:ตอบ)?|ไม่(?:ต้อง)?(?:ตอบ|กรอก)ก็ได้|ไม่จำเป็นต้อง(?:ตอบ|กรอก))")
# "ต้องตอบ", "บังคับตอบทุกแห่ง".
_MUST = re.compile(r"(?:ให้)?(?:(?:จำเป็น)?ต้อง(?:ตอบ|กรอก)|บังคับ(?:ตอบ)?|ห้ามเว้น(?:ว่าง)?)\s?(?:ทุกแห่ง)?")
# "ตอบเฉพาะเทศบาล", "ถามเฉพาะ อบต. และ ทต.".
_ONLY = re.compile(
    r"(?:ให้)?\s?(?:ตอบ|ถาม|ใช้|มี|สำหรับ)?\s?(?:เฉพาะ|แค่)\s?(?:ของ)?\s?(?P<types>\S.*?)(?:\s?เท่านั้น)?"
    r"|(?:ให้|สำหรับ)?\s?(?P<alone>\S.*?)\s?(?:ตอบ|กรอก)?เท่านั้น"
)
_EVERYBODY = re.compile(r"(?:ให้)?\s?(?:ตอบ|ถาม)\s?ทุก\s?(?:แห่ง|ประเภท|อปท\.?)")  # "ถามทุกแห่ง"
_BETWEEN = re.compile(r"\s|,|/|และ|กับ|หรือ")  # of two types, or choices
# "หน่วยเป็นตัน/วัน", "หน่วยนับ: แห่ง".
_UNIT = re.compile(r"(?:ใช้|เปลี่ยน|แก้)?หน่วย(?:นับ)?\s?(?:เป็น|คือ|:)?\s?(?P<unit>\S.{0,40})")
# "เปลี่ยนชื่อเป็น จำนวนบ่อ", "ใช้คำว่า “จำนวนบ่อ”".
_NAME = re.compile(
    rf"(?:(?:แก้|เปลี่ยน|ปรับ)?(?:ชื่อ|หัวข้อ|ถ้อยคำ|ข้อความ)(?:หัวข้อ|ข้อ)?(?:เป็น|ว่า)|(?:ขอ|ให้)?ใช้คำว่า|เปลี่ยนเป็นคำว่า){_SIGNS}{{0,3}}(?P<label>\S.*?){_SIGNS}{{0,3}}"
)
# "ต้องทำข้อ 1 ก่อน".
_FIRST = re.compile(r"ต้องทำ\s?ข้อ\s?(?:ที่)?\s?(?P<number>\d{1,3})\s?ก่อน")
_SUM = re.compile(rf"(?:เป็น|คือ)?\s?(?:ผล)?รวม\s?(?:ของ)?\s?(?P<ref>{_REF})")  # "เป็นผลรวมของข้อ 1 และ 2"
# "ให้เลือกจาก ฝังกลบ, เตาเผา, หมักปุ๋ย", "เลือกได้หลายข้อ: ก, ข".
_CHOICE = re.compile(
    r"(?:(?:ให้)?\s?(?:เป็น)?\s?เลือก(?P<several>ได้หลายข้อ)?\s?(?:[1๑] ข้อ|ข้อเดียว)?\s?(?:จาก|ระหว่าง|:|คือ|\s)|(?:มี)?ตัวเลือก\s?(?:เป็น|คือ|:))\s?(?P<choices>\S.*)"
)


def of_questions(line: str, names: TypeWords) -> tuple[Correction, ...] | None:
    """What a ``plain`` line corrects of questions; None where that is not all that it says."""
    if found := _DROP_FIRST.fullmatch(line):
        return (Correction(DROPPED, questions=_numbers(found["ref"])),)
    if _ONE_ROW.fullmatch(line):
        return (Correction(ONE_ROW),)
    if found := _ADD.fullmatch(line):
        return _added(found)
    found = _OF.fullmatch(line)
    said = _of_rest(found["rest"].strip(), names) if found else None
    if found is None or said is None:
        return None
    numbers = _numbers(found["ref"])
    return tuple(Correction(field, value, numbers) for field, value in said) if numbers else None


def _numbers(ref: str) -> tuple[int, ...]:
    found: list[int] = []
    for first, _, last in _AND.findall(ref):
        found += range(int(first), min(int(last or first), _MOST) + 1)
    return tuple(dict.fromkeys(found))


def _added(found: re.Match[str]) -> tuple[Correction, ...] | None:
    label = _NUMBERED.sub("", found["label"]).strip("\"'“” ")[:_LABEL]
    if not label or label[0].isdigit() or label.startswith("เป็น"):
        return None
    if found["below"]:
        return (Correction(REMARK_ADDED, label),)
    head, _, tail = label.rpartition("เป็น")
    kind = _KINDS.get(heading_key(tail)) if head.strip() else None
    if kind:
        return (Correction(ADDED, NewQuestion(head.strip(), kind)),)
    means = meant(SaidOfColumn(label))
    return (Correction(ADDED, NewQuestion(label, means.kind, unit=means.unit, choices=means.choices)),)


def _of_rest(rest: str, names: TypeWords) -> tuple[tuple[str, object], ...] | None:
    """The fields that what stands behind the numbers corrects."""
    return next((said for step in _STEPS if (said := step(rest, names))), None)


def _plain_ones(rest: str, _: TypeWords) -> tuple[tuple[str, object], ...] | None:
    if re.fullmatch(_DROP, rest):  # as above
        return ((DROPPED, None),)
    if _MAY.fullmatch(rest) or _MUST.fullmatch(rest):
        return (("required", not _MAY.fullmatch(rest)),)
    return (("only", ()),) if _EVERYBODY.fullmatch(rest) else None


def _of_others(rest: str, _: TypeWords) -> tuple[tuple[str, object], ...] | None:
    """Its words, or what it has to do with other questions."""
    if found := _NAME.fullmatch(rest):
        return (("label", found["label"][:_LABEL]),)
    if found := _FIRST.fullmatch(rest):
        return (("requires", int(found["number"])),)
    found = _SUM.fullmatch(rest)
    return (("sum_of", _numbers(found["ref"])),) if found else None


def _of_types(rest: str, names: TypeWords) -> tuple[tuple[str, object], ...] | None:
    found = _ONLY.fullmatch(rest)
    if found is None:
        return None
    said = [names.types_of(word) for word in _BETWEEN.split(found["types"] or found["alone"]) if word]
    return (("only", tuple(sorted(frozenset().union(*said)))),) if said and all(said) else None


def _of_choices(rest: str, _: TypeWords) -> tuple[tuple[str, object], ...] | None:
    found = _CHOICE.fullmatch(rest)
    if found is None:
        return None
    parts = [part.strip() for part in re.split(r"[,/]|\sหรือ\s?|\sและ\s?", found["choices"])]  # "ก, ข หรือ ค"
    choices = tuple(dict.fromkeys(part for part in parts if part))
    kind = Kind.CHOICES if found["several"] else Kind.CHOICE
    return (("kind", kind), ("choices", choices)) if len(choices) > 1 else None


def _of_kind(rest: str, _: TypeWords) -> tuple[tuple[str, object], ...] | None:
    lead = _LEADS.match(rest)
    said, sep, unit = rest[lead.end() if lead else 0 :].partition("หน่วย")
    kind = _KINDS.get(heading_key(said))
    if kind is None:
        return None
    unit_said = _of_unit(f"{sep}{unit}", _) if sep else ()
    return None if unit_said is None else (("kind", kind), *unit_said)


def _of_unit(rest: str, _: TypeWords) -> tuple[tuple[str, object], ...] | None:
    found = _UNIT.fullmatch(rest)
    return (("unit", found["unit"].strip()),) if found else None


_STEPS: tuple[_Rest, ...] = (_plain_ones, _of_others, _of_types, _of_choices, _of_kind, _of_unit)
