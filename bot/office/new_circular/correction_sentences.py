"""What staff corrected of a proposal by words, said back: what was changed, and why something was not. Pure."""

import datetime
from collections.abc import Iterator
from typing import Any

from bot.office.new_circular.correction import ADDED, DAYS, DROPPED, ONE_ROW, REMARK_ADDED, Correction
from parsers.blank_form.proposal import Proposal
from parsers.blank_form.questions import named
from parsers.blank_form.unsure import KIND_WORDS
from parsers.blank_form.workbook_words import COLUMNS, LINES, MAY, MUST
from parsers.form.question import Kind
from parsers.thai.dates import thai_date, thai_moment

NO_SUCH = "ไม่มีข้อ {number} ในข้อเสนอ"
TWICE = "แก้สิ่งเดียวกันไว้สองอย่างที่ต่างกัน"
CONTRADICTS = {
    **dict.fromkeys(DAYS, "กำหนดนี้ผ่านไปแล้วหรือขัดกับกำหนดอื่น (ส่งคำขอ → ผู้รายงาน → ร่างรายงาน → หน่วยงานเจ้าของเรื่อง)"),
    "dated": "หนังสือลงวันที่หลังวันที่จะส่งคำขอ",
    "only": "ไม่มี อปท. ประเภทนี้ในทะเบียน",
    "requires": "ข้อที่ต้องทำก่อนต้องเป็นแบบทำแล้ว/ยังไม่ทำ",
    "sum_of": "ผลรวมต้องเป็นของข้อที่เป็นตัวเลข",
    DROPPED: "ต้องเหลืออย่างน้อยหนึ่งข้อ",
    ONE_ROW: "แบบนี้เป็นแห่งละหนึ่งแถวอยู่แล้ว",
}


def sentence(one: Correction, before: Proposal) -> str:
    """What a correction changes, as staff read it."""
    if one.field == ADDED:
        return f"เพิ่มข้อ {one.value.label} ({KIND_WORDS[one.value.kind]})"
    if one.field == REMARK_ADDED:
        return f"เพิ่มหัวข้อท้ายแบบ {one.value}"
    if one.field == ONE_ROW:
        return "แห่งละหนึ่งแถว"
    if one.questions:
        return ", ".join(_of_question(one, before))
    label = LINES[one.field.removesuffix("+")]
    return f"{label}: {_shown(one.value)}"


def _of_question(one: Correction, before: Proposal) -> Iterator[str]:
    for number in one.questions:
        name = f"ข้อ {number} {named(before.form.questions[number - 1])}"
        if one.field == DROPPED:
            yield f"ตัด{name}"
        elif one.field == "required":
            yield f"{name}: {MUST if one.value else MAY}"
        elif one.field == "only" and not one.value:
            yield f"{name}: ถามทุกแห่ง"
        else:
            yield f"{name}: {COLUMNS[one.field].partition(' (')[0]} {_shown(one.value)}"


def _shown(value: Any) -> str:
    if isinstance(value, datetime.datetime):
        return thai_moment(value)
    if isinstance(value, datetime.date):
        return thai_date(value)
    if isinstance(value, Kind):
        return KIND_WORDS[value]
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
