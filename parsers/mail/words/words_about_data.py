"""Words beside a form that say something of its figures or rows: of another year, estimated, left out, not this organisation's.

Owns how such words are known from covering words. What they say is read by nobody; that they were not read must be said.
"""

import re

from parsers.organisations.type_words import TYPED_WITHIN
from parsers.thai.text import ascii_digits

LONGEST = 400  # characters of a line that are looked at

# "ทั้งนี้ …", "แต่ …", "โดย …", ", …": each clause is looked at by itself.
_CLAUSES = re.compile(r"ทั้งนี้|แต่(?!ง|ละ|เดิม)|อนึ่ง|อย่างไรก็(?:ตาม|ดี)|โดย(?!เฉพาะ|สาร)|(?<=\s)(?:ส่วน|ซึ่ง)(?=\S)|[,;]\s")
# "ขอส่งแบบรายงานข้อมูล …", "ตามหนังสือ …", "โทร …", "นายก อบต.…": covers, greets or signs.
_COVERS = re.compile(
    r"(?:ขอ|จัด|นำ|ได้)\s?(?:นำ|จัด)?ส่ง(?!ข้อมูลของ)|ตาม(?:หนังสือ|ที่|แนบ|ไฟล์)|อ้างถึง|^เรียน|^เรื่อง|ที่แนบ|ไฟล์แนบ|โทร|ติดต่อ|สอบถาม|ประสาน|ยืนยันข้อมูล|แล้วครับ|แล้วค่ะ"
    r"|ขออภัย|กรุณา|โปรด|หาก|ถ้า|กรณี|เพื่อโปรด|^(?:นายก|ปลัด|ผู้(?:รายงาน|ประสาน|รับผิดชอบ|จัดทำ|ตรวจ|รับรอง|ให้ข้อมูล|อำนวย))"
)
# "อบต.แม่ป้าก", a name with its type.
_NAME = re.compile(rf"{TYPED_WITHIN}\s*[ก-๙]{{2,}}")
_UNIT = r"(?:แห่ง|คน|ครัวเรือน|บาท|ราย|ครั้ง|จุด|ตัน|กก|กิโล|หมู่|ระบบ|ลิตร|ไร่|หลัง|ตัว|ล้าน|พัน|%|เปอร์เซ็นต์)"
# Of one organisation: a figure with its unit, "ลืมเติมศูนย์", "ใช้ข้อมูลเดิม", "ขอไม่ส่งข้อมูล", "ยังไม่ได้ตรวจ".
_OF_ONE = re.compile(
    rf"\d[\d,.]*\s?{_UNIT}|ไม่ใช่|ลืม|(?:พิมพ์|เลข)?ตก(?:หล่น|เลข|ไป|\s?0)|ซ้ำ(?:กับ|ซ้อน)|(?:ใช้|เป็น)\s?(?:ข้อมูล|ตัวเลข|ยอด|ของ)|ยกเลิก|ถอน"
    r"|รวม(?:ตัวเลข|ยอด|ข้อมูล|อยู่|ไว้)|ไม่รวม|ไม่ขอ|ขอไม่|ยังไม่(?!ส่ง|ได้ส่ง|ได้รับ|รายงาน|มี(?:ปัญหา|อุปสรรค))|อีก\s?\d|แทน\s?\d"
)
# Of the figures of all, of a column or row: "ตัวเลขครัวเรือนเป็นการประมาณการ", "แถวที่ 3 ไม่ต้องนับ", "หน่วยเป็นพันบาท".
_OF_ALL = re.compile(
    r"(?:ข้อมูล|ตัวเลข|ยอด|ตาราง|ช่อง|คอลัมน์|หน่วย|จำนวน|แถว(?:ที่|แรก|สุดท้าย|บน|ล่าง)|ลำดับที่|รายการที่|หมายถึง)[^\n]{0,50}?"
    r"(?:เป็น\s?(?:ของ|ข้อมูล|ตัวเลข|จำนวน|การ?ประมาณ|ประมาณ|พัน|ล้าน|ร้อยละ|ตัวอย่าง|ปี|เดือน|สิ้นปี|ยอด)|ปี(?:ที่แล้ว|ก่อน)|ประมาณการ|ทดลอง|หมายถึง|ไม่ใช่|ลืม|สลับ"
    r"|ตกเลข|พิมพ์ตก|ไม่(?:ต้อง)?นับ|ซ้ำ|ยังไม่(?:ได้)?(?:ผ่าน|ตรวจสอบ|ครบ))|[ก-๙]{8,}\s?หมายถึง"
)

# Of the row that it stands beside: "ชายและหญิงสลับกัน", "พิมพ์ผิด", "เดิม 34 คน", "เหมือน ทต.สอง", "ไม่รวมหมู่ที่ 5", "ยุบแล้ว".
_OF_THE_ROW = re.compile(
    r"สลับ|(?:พิมพ์|กรอก|ใส่|ลง)(?:ตัวเลข|ข้อมูล)?ผิด|แก้(?:ไข)?(?:เป็น|จาก|จำนวน|ตัวเลข|ข้อมูล)|เดิม\s?\d|ดูแถว|เหมือน(?:กับ)?\s|เช่นเดียวกับ"
    rf"|(?:ข้อมูล|ตัวเลข|ยอด)ของ\s?{TYPED_WITHIN}|ไม่(?:ต้อง)?นับ|ไม่รวม|ยุบ|เลื่อน(?:ไป|เป็น|การ|อบรม|ออก)|ลืม|ไม่ใช่|ซ้ำ(?:กับ|ซ้อน)"
)


def speaks_of_row(note: str) -> bool:
    """Whether a note beside a row says something of its answers that no cell says."""
    return bool(_OF_THE_ROW.search(note[:LONGEST]))


def speaks_of_data(line: str) -> bool:
    """Whether a line, with organisations in local words, says something of figures or rows that no cell says."""
    clauses = _CLAUSES.split(ascii_digits(line[:LONGEST]))
    return any(_speaks(clause.strip()) for clause in clauses if clause)


def _speaks(clause: str) -> bool:
    if _COVERS.search(clause):
        return False
    name = _NAME.search(clause)
    return bool(_OF_ALL.search(clause) or (name and _OF_ONE.search(f"{clause[: name.start()]} {clause[name.end() :]}")))
