"""A reporter says that what the office holds or asks is not so: he has sent it, the figures differ, an organisation is none of his."""

import re
from collections.abc import Sequence

from bot.office.wishes.spelling import plain

LONGEST = 300  # characters of a mail that objects; a longer one tells a story
# "ส่งไปตั้งแต่วันที่ 22 แล้วนะคะ", "เราส่งครบแล้ว", "ส่งแล้วจริง ๆ": it was sent.
_SENT = re.compile(
    r"ส่ง(?:ไป|ให้|ครบ|เข้า|มา|รายงาน|ข้อมูล|แบบ|\s){0,4}(?:(?:ตั้งแต่|เมื่อ|วันที่)\s?\S{1,25}\s?\S{0,12}\s?)?(?:แล้ว|เรียบร้อย|หมด|ครบ)"
)
# "ทำไมยังเตือนอีก", "เช็คอีกที", "ไม่เชื่อ", "จริง ๆ": and somebody does not see it.
_UNSEEN = re.compile(
    r"ทำไม|ยัง(?:เตือน|ทวง|ขึ้น|ตาม|ส่งเมล|มา(?:เตือน|ทวง))|เตือน(?:มา|อีก|วันละ|ทำไม|ซ้ำ)|ทวง(?:มา|อีก|ทำไม)|เช็[คก]|ตรวจ(?:สอบ|ดู)|ไม่เชื่อ|จริง|ไหงยัง|งง|ตั้งแต่"
)
# "ไม่ตรงกับที่ส่ง", "ขอทักท้วง", "ข้อมูลไม่ถูกต้อง", "ไม่มีเรื่องค้างแล้ว": what stands there is not so.
_NOT_SO = re.compile(
    r"ไม่ตรง(?:กับ|กัน|ตาม)|ทักท้วง|(?:ข้อมูล|ตัวเลข|ยอด|จำนวน|รายงาน|ที่บันทึก|ระบบ|ใบรับ|ใบตอบรับ)\S{0,30}?(?:ไม่ถูก|ผิด|คลาดเคลื่อน|เพี้ยน|มั่ว|สลับ)|(?:อะ|ว่า|แห่ง|นั้น|น่ะ)\s?ผิด(?:นะ|ครับ|ค่ะ|\s|$)"
    r"|ไม่มี(?:เรื่อง|อะไร|งาน|ที่)?\s?(?:ค้าง|ต้องส่ง)|ไม่ได้ค้าง|บันทึก(?:ผิด|สลับ|ไม่ตรง|ไม่ครบ)|ลง(?:ผิด|สลับ)(?:อำเภอ|แห่ง|ที่|คน)?"
)
# "ไม่ได้อยู่วังชิ้น", "ไม่เกี่ยวกับอำเภอ", "ไม่ใช่ของปกครอง", "ไม่ได้ส่ง": whose it is not.
_NOT_OURS = re.compile(
    r"ไม่(?:ได้)?(?:อยู่|ขึ้นกับ|สังกัด)(?:ใน|กับ|เขต|อำเภอ|ใน)?\S|ไม่(?:ได้)?เกี่ยว(?:กับ|ข้อง)?\S|(?:ไม่ใช่|มิใช่)\s?(?:ของ|เขต|หน้าที่|งาน|ข้อมูล|ภารกิจ|ความรับผิดชอบ|คนของ|อำเภอ)|ส่งผิด(?:คน|ที่|อำเภอ|หน่วย)|ไม่อยู่ในเขต|คนละอำเภอ"
)
_ASKS = re.compile(
    r"(?:เดี๋ยว|จะ)(?:รีบ)?ส่ง|ส่งใหม่|ขอ(?:ขยาย|เลื่อน|แบบ|ไฟล์|ยกเลิก|ถอน|แก้)|ไหม(?!่)|มั้ย|หรือเปล่า|หรือไม่|หรือยัง|ยังไง|อย่างไร"
)  # then something is asked


def objects(lines: Sequence[str]) -> bool:
    """Whether a mail's own lines object to what we hold or ask, and ask for nothing else."""
    said = plain(" ".join(lines))
    if len(said) > LONGEST or _ASKS.search(said):
        return False
    sent = bool(_SENT.search(said)) and bool(_UNSEEN.search(said))
    return sent or bool(_NOT_SO.search(said)) or bool(_NOT_OURS.search(said))
