"""What takes a form back: words of its mail, its file's or sheet's name, a line above its table. Cancelled, the wrong file, a draft.

Owns those words, and those that look alike and take nothing back: a new version that cancels the old one, the draft of an
announcement, a covering letter that waits for its signature. Knows nothing of what was found in the form.
"""

import re
from collections.abc import Collection

from parsers.circulars.names_and_titles import spaced
from parsers.organisations.type_words import LOCAL_WORDS, TYPED_WITHIN, TypeWords
from parsers.thai.text import ascii_digits, normalise

# A mail beside a form has some ten lines; quoted mails were cut before.
LINES_CAP = 60
LINE_CAP = 400  # characters; a longer line is looked at as far as that
TITLE_CAP = 120  # characters; a longer line above a table tells of many things

_FORM = "(?:ไฟล์|ฉบับ|แบบ|รายงาน|ฟอร์ม|เอกสาร|อีเมล|เมล|ข้อมูล|ตาราง)"
# "ไฟล์นี้", "แบบรายงานฉบับนี้", "ฉบับที่ส่ง", "แบบที่แนบ": the form that came with the words.
_THIS = rf"{_FORM}{{1,3}}(?:นี้|ที่\s?(?:ได้)?(?:ส่ง|แนบ)|แนบ|ดังกล่าว)"
# As above, within other words.
_THE_FORM = re.compile(_THIS)
# "ไฟล์เดิม", "ฉบับที่ส่งเมื่อวาน": another, from before.
_EARLIER = re.compile("เดิม|เก่า|ก่อนหน้า|เมื่อ(?:วาน|เช้า|วันที่|กี้|ครู่|สัปดาห์|อาทิตย์)|(?:ครั้ง|รอบ|ฉบับ)(?:ก่อน|แรก|ที่แล้ว)")
# "อย่าใช้ไฟล์นี้", "ห้ามใช้แบบที่แนบ", "ยังไม่ต้องบันทึก", "อย่าเพิ่งใช้ครับ", "ไฟล์นี้ใช้ไม่ได้".
_DO_NOT_USE = re.compile(
    rf"(?:อย่า|ห้าม|ไม่ต้อง)(?:เพิ่ง|พึ่ง)?\s?(?:นำไป|นำมา|เอา)?(?:ใช้|บันทึก|นับ|รวม)\s?(?:ข้อมูล)?(?:จาก|ตาม|ใน)?\s?(?:{_THIS}|(?:นะ|ครับ|ค่ะ|คะ)*\W*$)"
    rf"|{_THIS}(?:ยัง)?ใช้(?:งาน)?ไม่ได้|ลบ{_THIS}|\bdo(?: not|n't) use\b|\bdisregard\b",
    re.IGNORECASE,
)
# "ส่งผิดไฟล์", "แนบไฟล์ผิด", "ไฟล์ที่ส่งมานี้ไม่ถูกต้อง"; not "ส่งผิดเวลา", "ไฟล์แนบกรอกผิด".
_WRONG_FILE = re.compile(
    rf"(?:ส่ง|แนบ)(?:มา|ไป)?{_FORM}{{0,2}}ผิด(?!นัด|เวลา|วัน|พลาด|กำหนด)|{_THIS}(?:มา|ไป|นี้|แล้ว)*(?:ผิด(?!พลาด)|ไม่ถูกต้อง)"
)
# "ไฟล์ที่แนบมานี้แนบผิด", "แบบที่แนบเป็นของปีก่อน ไม่ต้องใช้".
_THIS_IS_WRONG = re.compile(
    rf"{_THIS}(?:มา|ไป|นี้|แล้ว)*(?:แนบ|ส่ง)(?:มา|ไป)?ผิด(?!นัด|เวลา|วัน|กำหนด)|{_THIS}[^\n]{{0,60}}?(?:กรุณา|โปรด|ขอให้)?(?:อย่า|ไม่ต้อง)(?:เพิ่ง)?(?:นำไป|นำมา)?ใช้(?!\S)"
)
# "ขอยกเลิกฉบับที่ส่ง", "ยกเลิกไฟล์นี้", "ขอยกเลิกการส่งรายงาน", "ขอถอนแบบรายงาน"; not "ยกเลิกคำสั่งเดิม".
_CANCELLED = re.compile(rf"ยกเลิก\s?(?:การส่ง|{_THIS})|^ขอยกเลิก(?:ครับ|ค่ะ)?$|ขอ(?:ถอน|เรียกคืน)\s?{_FORM}")
# What a draft may be of, that is no draft of the form: "ร่างประกาศ", "ร่างข้อบัญญัติ".
_OTHER_DRAFT = "กาย|พระราช|พ\\.|กฎ|ประกาศ|คำสั่ง|ข้อ|เทศบัญญัติ|แผน|หนังสือ|ขอบเขต|โครงการ|สัญญา|ระเบียบ|เดิม"
# "ส่งร่างมาให้ดู", "เป็นฉบับร่าง", "ร่างแบบรายงาน", "this is a draft"; not "ประกาศฉบับร่าง".
_DRAFT = re.compile(
    rf"(?:ส่ง|แนบ|เป็น|คือ|แค่|เพียง)\s?(?:{_FORM}|ตัว)?ร่าง(?!{_OTHER_DRAFT})|(?<!ประกาศ)(?<!คำสั่ง)(?<!บัญญัติ)ฉบับร่าง|(?<!ยก)(?<!ทำ)ร่าง(?:แบบ)?รายงาน"
    r"|\bdraft\b",
    re.IGNORECASE,
)
# "แทนฉบับร่าง", "แก้ไขจากร่างเดิม", "ไม่ใช่ฉบับร่าง": of a draft that this is not.
_NO_DRAFT = re.compile(
    rf"(?:แทน|จาก|ไม่ใช่|มิใช่|แก้ไข|แก้)\s?(?:ตาม)?{_FORM}{{0,2}}(?:ที่เป็น)?ร่าง|not a draft|ร่าง(?:เดิม|ที่แล้ว|แรก)", re.IGNORECASE
)
# "ยังไม่ผ่านนายอำเภอลงนาม", "ยังไม่ผ่านการเห็นชอบ", "รอนายอำเภอลงนาม".
_UNSIGNED = re.compile(r"ยังไม่\S{0,30}?(?:ลงนาม|เซ็น)|ยังไม่ผ่าน(?:การ|ความ)(?:ตรวจ|อนุมัติ|เห็นชอบ)|รอ\S{0,20}?ลงนาม")
# What else may wait for a signature: the covering letter, somebody's announcement.
_OTHER_PAPER = re.compile(rf"หนังสือ|ประกาศ|คำสั่ง|บันทึกข้อความ|{TYPED_WITHIN}")
# "ส่งมาเพื่อให้ช่วยตรวจก่อนครับ", "รบกวนช่วยดูให้ก่อน"; not "ตรวจสอบก่อนรวบรวมส่งกรม", "ก่อนวันที่ 5".
_TO_BE_CHECKED = re.compile(
    r"(?:เพื่อ|ให้|ช่วย|ขอ|รบกวน)(?:ให้|ช่วย)*(?:ตรวจ|ดู|พิจารณา)\S{0,25}?ก่อน(?=$|\s(?!วันที่|เวลา|เที่ยง|เดือน)|ครับ|ค่ะ|คะ|นะ|แล้ว|เสนอ|ลงนาม|ส่ง(?:ฉบับ)?จริง)"
)
# "ข้อมูลเบื้องต้น ยังไม่ได้รับการยืนยันจาก อปท.", "ตัวเลขยังไม่นิ่ง": of the form as a whole, unless it says of whom.
_NOT_CONFIRMED = re.compile(
    rf"(?:ข้อมูล|ตัวเลข|รายงาน|{_THIS}|เบื้องต้น)(?:ทั้งหมด|นี้|ชุดนี้|เบื้องต้น|\s)*(?:ยัง(?:ไม่|มิ)(?:ได้)?(?:รับการ|รับ|ผ่านการ|มีการ)?(?:ยืนยัน|รับรอง)|ยังไม่นิ่ง|รอ(?:การ)?ยืนยัน)"
)
# "ของ อบต.ห้วยไร่ ยังไม่ยืนยัน", "บางแห่ง": of some organisations alone.
_OF_ONE = re.compile(rf"(?:ของ|จาก)\s?{TYPED_WITHIN}\s*[ก-๙]|^{TYPED_WITHIN}|บาง(?:แห่ง|ส่วน|ข้อ|รายการ)")
# "ขอถอนข้อมูล อบต.แม่ป้าก", "แถวที่ 3 ไม่ต้องนับ": a row alone, which others look at.
_OF_A_ROW = re.compile(
    rf"(?:ถอน|ยกเลิก|ไม่ต้องนับ|ไม่นับ|ไม่รวม|เรียกคืน)(?:การรายงาน|ข้อมูล|แถว)?(?:ของ)?\s?{TYPED_WITHIN}\s*[ก-๙]|^\W*(?:หมายเหตุ\W*)?(?:แถว|ลำดับ|รายการ)(?:ที่|แรก|สุดท้าย|\s?[\d๐-๙])"
)
# "ทดลองส่งครับ", "เป็นไฟล์ทดสอบ", "ไม่ใช่ข้อมูลจริง", "ยังไม่ใช่ฉบับสมบูรณ์".
_TRIAL = re.compile(
    rf"(?:ทดสอบ|ทดลอง)(?:การ)?(?:ส่ง|กรอก|บันทึก|ระบบ)|(?:ตัวเลข|ข้อมูล|ค่า)สมมุ?ติ|{_FORM}ทดสอบ|ไม่ใช่(?:{_FORM}|ตัว)(?:จริง|สมบูรณ์|สุดท้าย)"
)
# "หากส่งผิดไฟล์ขออภัย": only if.
_CONDITION = re.compile("หาก|ถ้า|กรณี|เผื่อ|ประการใด")
# "เดี๋ยวส่งใหม่", "จะขอส่งฉบับใหม่": still to come.
_TO_COME = re.compile("(?:เดี๋ยว|จะ|ค่อย|พรุ่งนี้)+(?:ขอ)?(?:จัด|นำ)?ส่ง")
# "ขอใช้ฉบับนี้แทน", "ขอส่งไฟล์ใหม่", "แทนฉบับเดิม": what came is the right one.
_REPLACED = re.compile(
    rf"(?<!อย่า)(?<!ห้าม)(?<!ต้อง)(?<!เพิ่ง)ใช้{_FORM}{{1,3}}นี้|(?:ขอ|ได้)(?:จัด|นำ)?ส่ง\S{{0,20}}?(?:ใหม่|แก้ไข)|แทน{_FORM}{{0,2}}(?:เดิม|ก่อน|เก่า|ที่)"
)
# "Re:", "ตอบ:", "ส่งต่อ:" before a subject's own words.
_REPLY = re.compile(r"^(?:\s*+(?:re|fw|fwd|ตอบ|ตอบกลับ|ส่งต่อ)\s*+:)*+\s*+", re.IGNORECASE)

# "ร่าง แบบรายงาน", "(ร่าง1)", "ฉบับร่าง", "ร่างแบบรายงาน"; not "ร่างประกาศ", "แทนฉบับร่าง".
_CALLED_DRAFT = r"(?<![ก-๙])(?:ฉบับ)?ร่าง(?:แบบ|รายงาน|ฟอร์ม|\s?\d{0,2}(?![ก-๙\d]))|(?:แบบ|รายงาน|ฟอร์ม|ข้อมูล)(?:ฉบับ)?ร่าง(?![ก-๙])|(?<![a-z])draft(?![a-z])"
# "ยกเลิก", "ยกเลิกแล้ว", "อย่าใช้", "ไม่ใช้แล้ว"; not "ยกเลิกฉบับเดิม", "ยกเลิกสัญญา".
_CALLED_OFF = (
    r"(?<![ก-๙])ยกเลิก(?:แล้ว|การใช้|(?:ไฟล์|ฉบับ|แบบ|แผ่น)นี้)?(?![ก-๙])(?!\s(?:ไฟล์|ฉบับ|แบบ)\S{0,6}(?:เดิม|เก่า|ก่อน))"
    r"|(?:อย่า|ห้าม|ไม่)ใช้(?:แล้ว|งาน|(?:ไฟล์|ฉบับ|แบบ|แผ่น)นี้)*(?![ก-๙])"
)
# A draft, or what is not to be used, as a name or a heading calls it.
_CALLED = re.compile(f"{_CALLED_DRAFT}|{_CALLED_OFF}", re.IGNORECASE)

_ORNAMENT = " *([{<-–—=#!\"“'"  # around what is stamped before a title


def taken_back_in_words(
    text: str, subject: str = "", names: TypeWords = LOCAL_WORDS, parts: Collection[str] = ()
) -> str:
    """The line of a mail's own text, or its subject, that takes its form back; empty when none does.

    ``names`` are the words by which organisations are named, ``parts`` the lines that take only a part of it back.
    """
    lines = [line.strip()[:LINE_CAP] for line in text.split("\n")[:LINES_CAP]]
    replaced = any(_REPLACED.search(_TO_COME.sub(" ", line)) for line in lines)
    said = next(
        (
            line
            for line in lines
            if line and "|" not in line and line not in parts and _takes_back(line, names, replaced=replaced)
        ),
        "",
    )
    own = _REPLY.sub("", subject[:LINE_CAP])
    called = _CALLED.match(own.lstrip("([ ")) or _takes_back(own, names, replaced=replaced)
    return said or (own if called and not replaced else "")


def called_taken_back(name: str) -> bool:
    """Whether the name of a file or sheet calls what is in it cancelled or a draft."""
    plain = spaced(ascii_digits(normalise(name)))
    return bool(_CALLED.search(plain)) and not _NO_DRAFT.search(plain)


def titled_taken_back(line: str, names: TypeWords = LOCAL_WORDS) -> bool:
    """Whether a line above a table, or one alone below it, takes the table back."""
    if len(line) > TITLE_CAP:  # "*** ยกเลิก *** แบบฟอร์มรายงาน…": how a title of any length begins
        return bool(_CALLED.match(line.lstrip(_ORNAMENT)))
    return called_taken_back(line) or _takes_back(line, names, replaced=bool(_REPLACED.search(line)))


def _takes_back(line: str, names: TypeWords, *, replaced: bool) -> bool:
    """Whether one line takes back what came with it; ``replaced`` says that another does, which is the right one."""
    line = names.in_local_words(line)
    if _CONDITION.search(line):
        return False
    earlier = _EARLIER.search(line)
    if _OF_A_ROW.search(line):
        return False
    kept = _DO_NOT_USE.search(line)
    # "เฉพาะ อบต.ห้วยไร่ … อย่าเพิ่งนำไปใช้" is of one organisation, unless it says ไฟล์นี้.
    whole = kept and (_THE_FORM.search(kept[0]) or not names.names_within(line))
    if not earlier and (whole or _TRIAL.search(line)):
        return True
    if not earlier and not replaced and (_WRONG_FILE.search(line) or _CANCELLED.search(line)):
        return True
    if not replaced and _THIS_IS_WRONG.search(line) and not names.names_within(line):  # "… เป็นไฟล์ของรอบก่อน" says why
        return True
    draft = _DRAFT.search(line) and not _NO_DRAFT.search(line)
    unsigned = _UNSIGNED.search(line) and not _OTHER_PAPER.search(line)
    unconfirmed = _NOT_CONFIRMED.search(line) and not _OF_ONE.search(line)
    return bool(draft or unsigned or unconfirmed or _TO_BE_CHECKED.search(line))
