"""What a mail in answer to a proposal corrects of it by words, line by line: number, days, address, titles, questions. Pure.

A line is understood as a whole or not at all: what sets a condition, asks or denies is not.
"""

import datetime
import re
from collections.abc import Sequence

from bot.office.model.calendar import OPENS
from bot.office.new_circular.correction import Correction, Said
from bot.office.new_circular.question_words import of_questions
from bot.office.wishes.days import Named, day_in
from bot.office.wishes.spelling import plain
from parsers.organisations.type_words import TypeWords
from parsers.thai.text import normalise

_LONGEST = 300  # characters of a line
# "ครับ", "ด้วยนะคะ", "เลยค่ะ." behind what is said.
_POLITE = re.compile(r"(?:ครับ|คับ|ค้าบ|ค่ะ|คะ|นะ|จ้า|ด้วย|หน่อย|ได้เลย|เลย|[\s.!]){1,12}$")
# "1) ", "- ", "ขอ", "ช่วย", "รบกวน" before it.
_BEFORE = re.compile(r"^(?:\d{1,2}[.)]\s|[-–•*]|อยากให้|อยาก|ขอให้|ขอ(?!บ)|ช่วย|รบกวน|กรุณา|โปรด|\s){0,6}")
# "แก้ไขดังนี้", "นอกนั้นถูกต้อง", "ขอบคุณ": says nothing of its own.
_NOTHING = re.compile(
    r"(?:แก้ไข|แก้|ปรับ|เปลี่ยน)?(?:ข้อมูล|รายการ)?(?:ตามนี้|ดังนี้|ดังต่อไปนี้)\s?:?|(?:ที่เหลือ|นอกนั้น|อื่น ?ๆ|นอกจากนี้)\s?(?:ถูกต้อง|ใช้ได้|เหมือนเดิม|คงเดิม|โอเค|ok)(?:แล้ว)?|ขอบคุณ.{0,30}|ตรวจแล้ว|(?:แก้ไข|แก้|แนบ|ส่ง)(?:ให้)?(?:ในไฟล์|ตามไฟล์(?:แนบ)?|ไฟล์|แบบฟอร์ม|หนังสือ|มา|ให้|ใหม่|แล้ว){1,4}|เริ่ม|เริ่มส่ง"
)
# "ถ้า…", "หาก…", "ดีไหม", "ได้หรือเปล่า", "?": no correction but a condition or a question.
_UNSURE = re.compile(r"ถ้า|หาก|ไหม|มั้ย|หรือเปล่า|หรือยัง|\?|ไม่แน่ใจ|น่าจะ|อาจจะ")
# What makes a line that is not understood one that was to correct something: "ข้อ 3 …", "กำหนดส่ง …", "ตัด…".
_CUE = re.compile(
    r"ข้อ(?!มูล|เสนอ)|กำหนด|แก้|เปลี่ยน|ตัด|ลบ|เพิ่ม|เลื่อน|ไม่ต้อง|เลขที่|หนังสือ|คำขอ|ภายใน|ลงวันที่|ชื่อเรื่อง|อีเมล|แทน|ทุกเดือน|ปีละ|หน่วย|เอาออก|เป็น|@"
)
# "เลขที่หนังสือ มท 0810.7/ว 123 ลงวันที่ 3 ธ.ค. 68", "หนังสือที่ ทส 0304/1234".
_NUMBER = re.compile(
    r"(?:แก้ไข|แก้|เปลี่ยน|ใช้|ใส่)?\s?(?:เลขที่หนังสือ|เลขหนังสือ|หนังสือ\s?เลขที่|หนังสือ\s?ที่|เลขที่|ที่)\s?(?:เป็น|คือ|:|=)?\s?"
    r"(?P<number>[ก-ฮ]{1,4}\.?\s?\d[\d.]{0,14}\s?/\s?(?:ว\.?\s?)?\d{1,7})(?P<rest>\D.{0,80})?"
)
# "ลงวันที่ 3 ธ.ค. 68", "หนังสือลงวันที่ …", "ลว. 3 ธ.ค. 68".
_DATED = re.compile(r"(?:หนังสือ|วันที่ของหนังสือ|ลง)?\s?(?:ลงวันที่|ลว\.?|วันที่ของหนังสือ)\s?(?:เป็น|คือ|:)?\s?\D{0,10}\d.*")
_ADDRESS = re.compile(
    r"[a-z0-9][a-z0-9_.+-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}", re.ASCII
)  # "a@b.example"
# "ส่งกรมที่ □", "อีเมลของกรมคือ □", "ให้ส่งรายงานไปที่อีเมล □ และ □": □ stands for an address.
_TO = re.compile(
    r"(?:(?:แก้ไข|แก้|เปลี่ยน|ใช้|ให้|เพิ่ม)|ส่ง|รายงาน|กรม|หน่วยงาน(?:เจ้าของเรื่อง)?|ส่วนกลาง|อีเมล์|อีเมล|เมล|email|e-mail|ที่อยู่|ของ|ไป|ถึง|ที่|เป็น|คือ|ทาง|ผู้รับ|แทน|และ|กับ|[:=,\s]){0,20}"
)
_EITHER = ("ส่ง", "เมล", "mail", "ที่อยู่")  # one of which a line with an address must have
# The words around a day, each whole; who it is of is found apart.
_OPENS_WORDS = r"(?:ส่ง|ออก)คำขอ|ส่งแบบ(?:รายงาน)?(?=ถึง|ให้)|วันเปิด|เปิดรับ|เปิด"
_DRAFT_WORDS = r"ร่างรายงาน|ส่งร่าง|ร่าง"
_REPORTER_WORDS = r"อำเภอ|ผู้รายงาน|อปท\.?|ท้องถิ่น"
_UNTIL_WORDS = r"กรม(?:ฯ|ส่งเสริมการปกครองท้องถิ่น)?|หน่วยงานเจ้าของเรื่อง|ส่วนกลาง|สถ\.?"
_FILLERS = r"วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์|อาทิตย์)ที่|แก้ไข|แก้|เปลี่ยน|เลื่อน|ขยาย|ขอ(?!ง)|ปรับ|ตั้ง|กำหนด|ครบ|การ|ส่ง|รายงาน|ตอบ|ของ|ให้|ถึง|ต้อง|เจ้าหน้าที่|ออกไป|ไป|เป็น|ภายใน|ไม่เกิน|คือ|วันที่|วัน|ที่|เวลา|จังหวัด|[:=,\s]"
# "กำหนด", "ส่ง", "ของ", "อำเภอ", …: one word beside a day.
_WORD = re.compile(
    rf"(?P<opens>{_OPENS_WORDS})|(?P<cutoff>{_DRAFT_WORDS})|(?P<until>{_UNTIL_WORDS})|(?P<reporters>{_REPORTER_WORDS})|(?:{_FILLERS})"
)
# Texts of the whole, by what they are called; longer names first.
_TEXTS = (
    ("subject", "ชื่อเรื่องในอีเมล"),
    ("form_title", "ชื่อแบบ(?:รายงาน)?"),
    ("title", "ชื่อเรื่อง(?:ของหนังสือ)?|เรื่อง(?=\\s?(?:เป็น|คือ))"),
    ("phone", "โทรศัพท์ของ(?:หน่วยงาน|กรม)"),
    ("department", "(?:ชื่อ)?หน่วยงานเจ้าของเรื่อง|กรมเจ้าของเรื่อง"),
    ("salutation", "(?:หนังสือนำส่ง)?เรียน(?=\\s?(?:เป็น|ถึง))"),
)
# "ชื่อเรื่อง เป็น การสำรวจ…", "เปลี่ยนชื่อเรื่องในอีเมลเป็น “…”".
_TEXT = re.compile(
    r"(?:แก้ไข|แก้|เปลี่ยน|ใช้)?\s?(?:"
    + "|".join(f"(?P<{field}>{name})" for field, name in _TEXTS)
    + r")\s?(?:เป็น|คือ|ว่า|ถึง|:|=)?\s?[\"“]?(?P<value>[^\s\"”].*?)[\"”]?"
)
# Between two corrections in one line: "ข้อ 3 เป็นเงิน และข้อ 5 ตัดออก".
_JOINS = re.compile(
    r"(?:\s?(?:[,;]|และ|แล้วก็|แล้ว|ส่วน|กับ)\s?|\s)(?=(?:ตัด|ลบ|ไม่ต้องถาม)?\s?(?:ข้อ\s?(?:ที่)?\s?\d|กำหนด|เลขที่|เพิ่ม))"
)


def corrections_in(lines: Sequence[str], names: TypeWords, today: datetime.date) -> Said:
    """What the own lines of a mail correct; ``today`` is the day of the office."""
    found: list[tuple[str, tuple[Correction, ...]]] = []
    unknown: list[str] = []
    passed_over: list[str] = []  # until a line says something: the last of them are a signature
    for line in lines:
        text = _bare(line)
        if not text or _NOTHING.fullmatch(text):
            continue
        said = None if _UNSURE.search(text) else _of_line(text, names, today)
        if not said and not _CUE.search(text):
            passed_over.append(line)
            continue
        unknown += [*passed_over, *(() if said else (line,))]
        passed_over.clear()
        if said:
            found.append((line, said))
    return Said(tuple(found), tuple(unknown))


def _bare(line: str) -> str:
    return _POLITE.sub("", _BEFORE.sub("", normalise(line)[:_LONGEST])).strip()


def _of_line(text: str, names: TypeWords, today: datetime.date) -> tuple[Correction, ...] | None:
    """The corrections of a line, or of all its parts."""
    if said := _of_part(text, names, today):
        return said
    parts = [_bare(part) for part in _JOINS.split(text)]
    each = [_of_part(part, names, today) for part in parts] if len(parts) > 1 else [None]
    return None if not all(each) else tuple(one for said in each for one in said or ())


def _of_part(text: str, names: TypeWords, today: datetime.date) -> tuple[Correction, ...] | None:
    return (
        _of_number(text, today)
        or _of_address(text)
        or of_questions(text, names)
        or _of_text(text)
        or _of_day(text, today)
        or None
    )


def _of_number(text: str, today: datetime.date) -> tuple[Correction, ...] | None:
    found = _NUMBER.fullmatch(text)
    rest = (found["rest"] or "").strip() if found else text
    dated = day_in(plain(rest), today) if _DATED.fullmatch(rest) else None
    if (rest and dated is None) or (found is None and dated is None):
        return None
    number = (
        (Correction("number", " ".join(found["number"].split()).replace(" /", "/").replace("/ ", "/")),)
        if found
        else ()
    )
    return (*number, *((Correction("dated", dated.day),) if dated else ()))


def _of_address(text: str) -> tuple[Correction, ...] | None:
    said = plain(text)
    addresses = tuple(dict.fromkeys(_ADDRESS.findall(said)))
    rest = _ADDRESS.sub(" ", said)
    if not addresses or not _TO.fullmatch(rest) or not any(word in rest for word in _EITHER):
        return None
    return (Correction("to+" if "เพิ่ม" in rest else "to", addresses),)


def _of_text(text: str) -> tuple[Correction, ...] | None:
    found = _TEXT.fullmatch(text)
    field = next((field for field, _ in _TEXTS if found and found[field]), "")
    return (Correction(field, found["value"].strip()),) if found and field else None


def _of_day(text: str, today: datetime.date) -> tuple[Correction, ...] | None:
    """A day with the words of whom it binds: nothing else may stand there."""
    said = plain(text)
    named = day_in(said, today)
    who = _whose(_without(said, named)) if named else ""
    if named is None or not who:
        return None
    hour = named.hour or (OPENS if who == "opens" else named.moment().time())
    return (Correction(who, datetime.datetime.combine(named.day, hour)),)


def _without(text: str, named: Named) -> str:
    for start, end in sorted(named.spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def _whose(text: str) -> str:
    """Whose day the words around it say; "" where they say something else too, nobody or two of them."""
    at, found = 0, set()
    while at < len(text):
        word = _WORD.match(text, at)
        if word is None:
            return ""
        found.add(word.lastgroup)
        at = word.end()
    for first in ("opens", "cutoff"):  # sent to those who report, or to staff
        if first in found:
            return first
    whose = found & {"until", "reporters"}
    return str(min(whose, key=str)) if len(whose) == 1 else ""
