"""Corrections and exceptions that a mail says in words beside its form. Words are not recorded; that must be said.

Owns the words by which people correct a form in prose, and those by which they only say that the form itself is the
corrected one. Knows nothing of what was recorded.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from parsers.mail.words.words_about_data import speaks_of_data
from parsers.organisations.type_words import TYPED_WITHIN, TypeWords
from parsers.thai.text import ascii_digits

# A mail beside a form has some ten lines; quoted mails were cut before.
LINES_CAP = 60
LINE_CAP = 400  # characters; a longer line is looked at as far as that

# "ข้อ 3", "ช่องมาตรา 10", "ลำดับที่ 5", "ไฟล์เดิม": what of a form people name when it is wrong.
_WHAT = rf"(?:{TYPED_WITHIN}|ข้อ\s*\d|ช่อง|คอลัมน์|แถว|ลำดับ|มาตรา|ม\.\s*\d|อปท|แห่ง|ไฟล์|แบบ|ตาราง|ข้อมูล|รายงาน|ตัวเลข|ยอด)"
# "หากมีข้อผิดพลาดประการใดขออภัย …", "หากไม่ถูกต้องกรุณาแจ้งกลับ": only if; nothing is wrong.
_CONDITION = re.compile(r"(?:หาก|ถ้า|กรณี|เผื่อ|ประการใด|ขออภัยในความผิดพลาด|เพื่อป้องกัน|ไม่ให้ผิด|มิให้ผิด)")
# "ผู้รับผิดชอบ", "ไม่มีการเปลี่ยนแปลง", "แก้ไขปัญหาขยะ": words of correction that correct no form.
_RESPONSIBLE = re.compile(
    r"(?:รับ)?ผิดชอบ|ความผิด(?!พลาด)|ผิดนัด|ผิดวัน|ผิดเวลา|ไม่ผิด(?:พลาด)?|ไม่\S{0,3}\s*(?:การ)?(?:เปลี่ยนแปลง|แก้ไข)|(?:แก้ไข|ปรับปรุง)(?:ปัญหา|ระบบ|พัฒนา)"
)
# "แก้ไขแล้วครับ ตามไฟล์แนบ", "ส่งใหม่", "ใช้ไฟล์นี้", "แทนฉบับเดิม": the attached form is the corrected one.
_AS_ATTACHED = re.compile(
    r"ตาม(?:ที่|ไฟล์|เอกสาร|แบบ|สิ่งที่)?\s*+(?:ได้)?\s*+แนบ|ตามไฟล์|ดังแนบ|ส่ง(?:ไฟล์|แบบ|ข้อมูล|รายงาน|มา|ให้)*ใหม่|(?:ฉบับ|ไฟล์|แบบ|ชุด|ข้อมูล|รายงาน)(?:ที่)?(?:ได้)?\s*(?:ปรับปรุง|แก้ไข|ใหม่)"
    r"|(?:แก้ไข|ปรับแก้|ปรับปรุง|แก้)(?:ไข)?(?:\s|ข้อมูล|แบบ|ไฟล์|รายงาน|ให้|เรียบร้อย|ถูกต้อง|ทั้งหมด|ตามที่(?:(?!แล้ว)\S)*+)*+แล้ว|ใช้ไฟล์นี้|แทน(?:ฉบับ|ไฟล์|ของ)?(?:เดิม|ก่อน|เก่า)|ยกเลิก(?:ฉบับ|ไฟล์)"
)
# "แก้ไข … เป็น X", "เปลี่ยน … จาก ✓"; not "เป็นไปตามแผน", "จากหน่วยงาน".
_BECOMES = r"(?:เป็น(?!ประจำ|ไปตาม|ต้น|อย่าง|ปัจจุบัน|ที่|การ|ผู้|เอกสาร|ไฟล์|แบบ)|จาก(?!หน่วย|จังหวัด|ท่าน|กรม))"
_TRUE = (
    # Asks for a change and says which: "ขอแก้ไข ทต.แม่จั๊วะ เป็น ยังไม่ได้ดำเนินการ".
    re.compile(rf"(?:แก้(?:ไข)?|เปลี่ยน|ปรับ)[^\n]{{0,80}}?\s*{_BECOMES}\s*\S"),
    # "ขอตัด อบต.ไทรย้อย ออกก่อนครับ".
    re.compile(
        rf"(?:ขอ|โปรด|รบกวน|ช่วย)\S{{0,10}}\s*(?:แก้|เปลี่ยน|เพิ่ม|ตัด|ลบ|ยกเลิก|ถอน)\S{{0,12}}\s*[^\n]{{0,30}}{TYPED_WITHIN}"
    ),
    # Says that the form is wrong: "ข้อ 2 ผิด", "ในไฟล์ลำดับที่ 4 กับ 5 สลับกัน".
    re.compile(rf"{_WHAT}[^\n]{{0,60}}?(?:ผิด|ไม่ถูกต้อง|คลาดเคลื่อน|สลับกัน|ตกหล่น)"),
    # "ติ๊กผิดช่องที่ลำดับ 3".
    re.compile(r"(?:กรอก|ติ๊ก|ลง|ใส่|พิมพ์|ทำเครื่องหมาย)\s*+(?:ข้อมูล|ตัวเลข|เครื่องหมาย)?\s*+(?:ผิด|สลับ|ไม่ถูกต้อง)"),
    # "ไม่ต้องนับ อบต.ห้วยไร่".
    re.compile(
        rf"{TYPED_WITHIN}[^\n]{{0,60}}(?:ไม่ต้องนับ|ไม่นับ|ไม่รวม|ตัดออก|ให้ตัด)|(?:ไม่ต้องนับ|ไม่นับรวม|ไม่รวม|ขอตัด)\s*{TYPED_WITHIN}"
    ),
    # Says of an organisation what its row should say: "อบต.ห้วยไร่ ยังไม่ได้ลงข้อมูลในระบบ info.go.th".
    _NOT_DONE := re.compile(
        rf"{TYPED_WITHIN}[^\n]{{0,60}}?(?:ยังไม่|ไม่ได้|ไม่มี)\s*+(?:ได้)?\s*+(?:ดำเนินการ|ทำ|จัดทำ|ลง|ประกาศ|ออก|นำ|แล้วเสร็จ|เสร็จ|มี|ข้อมูล|ตรวจ(?!สอบ)|อบรม|ฝึก|ซ้อม|จัดตั้ง|ตั้ง|แต่งตั้ง|สำรวจ|รณรงค์|พ่น)"
    ),
    # "ทต.แม่จั๊วะ จริงๆ ยังไม่ได้ดำเนินการ", "อบต.แม่ยม ที่ถูกต้องคือ 12".
    re.compile(rf"{TYPED_WITHIN}[^\n]{{0,60}}?(?:จริง\s*ๆ|ที่จริง|ที่ถูก(?:ต้อง)?|ความจริง|ในแบบ|ในไฟล์)"),
)
# "อย่าเพิ่งนำไปใช้", "ยังไม่ต้องบันทึกข้อมูล", "ขอชะลอการใช้ข้อมูล"; not "ห้ามใช้น้ำบาดาล", "ชะลอโครงการ".
_OF_DATA = r"(?=\s|$|ข้อมูล|ตัวเลข|ยอด|แบบ|ไฟล์|ของ|ใน|นะ|ครับ|ค่ะ)"
_HOLD = (
    r"(?:(?:อย่า|ห้าม|ยังไม่(?:ต้อง|ควร|ให้))(?:เพิ่ง|พึ่ง)?\s?(?:(?:นำ|เอา)(?:ข้อมูล|ตัวเลข|ยอด)?(?:ไป|มา)|บันทึก|(?:ใช้|รวม|นับ)"
    rf"{_OF_DATA})|(?:ชะลอ|ระงับ)(?:การ)?(?:ใช้|บันทึก|รายงาน|ข้อมูล))"
)
# "ตัวเลขของ อบต.ห้วยไร่ ยังไม่นิ่ง ขอยืนยันอีกครั้ง", "อย่าเพิ่งใช้ข้อมูลของ อบต.ห้วยไร่": who writes so does not stand by that row.
_UNSETTLED = re.compile(
    rf"{TYPED_WITHIN}[^\n]{{0,60}}?(?:ยังไม่(?:นิ่ง|แน่นอน|แน่ชัด|เรียบร้อย|สมบูรณ์|ยืนยัน|ได้(?:รับการ)?ยืนยัน)|รอ(?:การ)?ยืนยัน|(?:ขอ|จะ)ยืนยัน|อาจ(?:จะ|มีการ)*(?:เปลี่ยน|ปรับ|แก้ไข)|ประมาณการ|ข้อมูลเบื้องต้น|ตัวเลขเบื้องต้น|{_HOLD})"
    rf"|{_HOLD}[^\n]{{0,30}}?{TYPED_WITHIN}"
)
# "ตามไฟล์แนบ ทั้งนี้ขอแก้ไข …", "ตามแนบ แต่ …": what comes behind is about something else.
_TURNS = re.compile(r"ทั้งนี้|แต่(?!ง|ละ|เดิม)|อย่างไรก็(?:ตาม|ดี)|อนึ่ง|(?<=\s)(?:ส่วน|เว้น)(?=\S)")
# "แก้ไขเป็น 21 แล้ว", "ปรับเรียบร้อย": so it stands in the form.
_ALREADY = re.compile("แล้ว|เรียบร้อย")
# Makes an exception, even from the attached form: "ทุกแห่งตามไฟล์แนบ ยกเว้น อบต.ไทรย้อย"; not "ยกเว้นวันหยุดราชการ".
_EXCEPT = re.compile(rf"(?:ยกเว้น|เว้นแต่|นอกจาก)\s*[^\n]{{0,40}}(?:{TYPED_WITHIN}|ข้อ\s*\d|ช่อง|มาตรา|\d+\s*แห่ง)")
# Beside a name: the row of that organisation is wrong, "อบต.ห้วยไร่ กรอกผิด".
_WRONG = re.compile(r"ผิด|ไม่ถูกต้อง|คลาดเคลื่อน|สลับ|จริง\s*ๆ|ที่จริง|ที่ถูก")
# Beside a name, also in a subject: "Re: [w5827] แก้ไข ทต.แม่จั๊วะ เป็น X"; not "ขอให้แก้ไข: สถานะ…", the words of our
# own letter.
_CHANGES = re.compile(rf"(?:แก้(?:ไข)?|เปลี่ยน|ปรับ)[^\n]{{0,80}}?\s*{_BECOMES}\s*\S|(?:ยกเว้น|เว้นแต่|นอกจาก)")
# "ทต.แม่จั๊วะ", up to the next blank.
_NAME = re.compile(rf"{TYPED_WITHIN}\s*[ก-๙]+")

# "แก้คำผิด: แถวที่ 4 ช่องสุดท้าย ให้เป็น X", "ลำดับ 3 ที่ถูกต้องคือ 12".
_ERRATUM = re.compile(
    rf"(?:แก้(?:ไข)?|เปลี่ยน|ปรับ)(?!ปัญหา|ระบบ)[^\n]{{0,80}}?\s*{_BECOMES}\s*\S|แก้คำผิด|ที่ถูก(?:ต้อง)?\s?(?:คือ|เป็น|ควร)"
    r"|(?:ยกเลิก|ตัด|ลบ|ถอน)\s?(?:การรายงาน|ข้อมูล|ตัวเลข|แถว|รายการ)|(?:พิมพ์|กรอก|ใส่|ลง|คีย์)(?:ข้อมูล|ตัวเลข)?\s?ผิด|ไม่(?:ต้อง)?นับ(?:รวม)?(?:ข้อมูล|แถว|ของ)"
)
# "จากเดิม 202 เป็น 211", "แก้ 1,037 เป็น 1,046", "211 ไม่ใช่ 202": the figure that stands in the form.
_STANDS = re.compile(
    r"(?:จาก|เดิม|แก้(?:ไข)?)\s*+(\d[\d,]*(?:\.\d+)?)[^\d\n]{0,20}?เป็น[^\d\n]{0,12}\d|ไม่ใช่\s*+(\d[\d,]*(?:\.\d+)?)"
)
# "1 ทต.สอง ✓ 9 20": a row of a table in the mail, not a sentence.
_ROW = re.compile(
    rf"\W*+\d{{0,3}}+[.)]?+\s*+{TYPED_WITHIN}\s*+\S++(?:\s++(?:[✓✔√/xX✗×☑☐-]|\d[\d,.]*|(?:ไม่)?(?:ใช่|มี)|(?:ดำเนินการ|ครบ)?แล้ว|ยังไม่\S*)(?=\s|$)){{2}}"
)
# "อบต.แม่ป้าก ได้ลงข้อมูลในระบบ … เรียบร้อยแล้ว": done, whatever its row says.
_DONE = re.compile(
    rf"{TYPED_WITHIN}[^\n]{{0,40}}?(?:ได้\s?)?(?:ดำเนินการ|จัดทำ|ลง(?:ข้อมูล|ประกาศ|ระบบ)|ประกาศ|ออกคำสั่ง|ส่งข้อมูล|ตรวจ(?!สอบ)|อบรม|ฝึก|จัดตั้ง|แต่งตั้ง|รณรงค์)[^\n]{{0,80}}?(?:แล้ว|เรียบร้อย)"
)


@dataclass(frozen=True)
class Words:
    """A line that corrects the form. ``names`` are the organisations' names in it, where it plainly contradicts their rows."""

    line: str
    names: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()  # of which it says that something is not done
    done: tuple[str, ...] = ()  # of which it says only that something is done


def corrections(text: str, subject: str, names: TypeWords) -> tuple[Words, ...]:
    """The lines of a mail's own text that correct or except something, in words that nobody reads into the answers.

    A subject line counts only where it says of whom: most repeat the words of the mail they answer.
    """
    lines = [line.strip()[:LINE_CAP] for line in text.split("\n")[:LINES_CAP]]
    titled = _words(subject, names)
    if titled.names and _CHANGES.search(subject):
        lines.append(subject)
    spoken = [line for line in lines if line and "|" not in line and not _ROW.match(names.in_local_words(line))]
    return tuple(_words(line, names) for line in spoken if _speaks(ascii_digits(names.in_local_words(line))))


def is_erratum(line: str) -> bool:
    """Whether a line in a form says what should stand elsewhere in it instead."""
    said = _RESPONSIBLE.sub(" ", ascii_digits(line[:LINE_CAP]))
    return bool(_ERRATUM.search(said)) and not _CONDITION.search(said) and not _AS_ATTACHED.search(said)


def figure_that_stands(line: str) -> Decimal | None:
    """The one figure of a form that a line of correction says to be wrong; None where it says none, or several."""
    found = [each[1] or each[2] for each in _STANDS.finditer(ascii_digits(line[:LINE_CAP]))]
    return Decimal(found[0].replace(",", "")) if len(found) == 1 else None


def _speaks(line: str) -> bool:
    return bool(_DONE.search(line) and not _CONDITION.search(line)) or says_of_rows(line)


def says_of_rows(line: str) -> bool:
    """Whether a line, in local words, corrects, excepts or explains what rows of a form say."""
    return _corrects(line) or speaks_of_data(line)


def _corrects(line: str) -> bool:
    said = _RESPONSIBLE.sub(" ", line)
    if _CONDITION.search(said):
        return False
    own, behind = _of_itself(said), _behind_attached(said)
    # "ตามไฟล์แนบ เฉพาะ อบต.ห้วยไร่ ยังไม่ยืนยัน": the very form is attached, and not stood by.
    unsettled = _UNSETTLED.search(own) or _UNSETTLED.search(behind)
    # "ตามไฟล์แนบ ขอแก้ไข อบต.ห้วยไร่ จาก 12 เป็น 21"; not "ตามไฟล์แนบ แก้ไข อบต.ห้วยไร่ เป็น 21 แล้ว".
    changed = _TRUE[0].search(behind) and not _ALREADY.search(behind)
    return bool(_EXCEPT.search(said) or unsettled or changed) or any(each.search(own) for each in _TRUE)


def _behind_attached(said: str) -> str:
    """What a line says behind the last of its words about the attached form."""
    ends = [each.end() for each in _AS_ATTACHED.finditer(said)]
    return said[ends[-1] :] if ends else ""


def _of_itself(said: str) -> str:
    """What a line says behind words about the attached form; nothing where it ends with them."""
    clauses = _TURNS.split(said)
    as_attached = [at for at, clause in enumerate(clauses) if _AS_ATTACHED.search(clause)]
    return " ".join(clauses[as_attached[-1] + 1 :]) if as_attached else said


def _words(line: str, names: TypeWords) -> Words:
    said = names.in_local_words(line)
    plain = _WRONG.search(said) or _CHANGES.search(said) or _UNSETTLED.search(said)
    whom = tuple(dict.fromkeys(names.names_within(line) if names.naming.types else _NAME.findall(line)))
    if plain:
        return Words(line, whom)
    if _NOT_DONE.search(said):
        return Words(line, denied=whom)
    return Words(line, done=whom if _DONE.search(said) and not _corrects(ascii_digits(said)) else ())
