"""Wishes that are opposites of one another: the words by which likeness may tell them apart. Data for ``second_look``."""

import re

from bot.office.wishes.wish import Verb

# Denials by which these are said themselves: ไม่ต้องใช้ฉบับเมื่อเช้า, งดทำงาน.
OWN_DENIALS = {
    Verb.WITHDRAW: ("ไม่ต้อง", "อย่า", "ระงับ", "ไม่ให้"),
    Verb.NEW_ADDRESS: ("ไม่ใช่", "อย่า", "ไม่ต้อง", "ห้าม"),
    Verb.REMOVE_ADDRESS: ("ไม่ต้อง", "ไม่ใช่", "อย่า"),
    Verb.EXEMPT: ("ไม่ต้อง", "งด", "ไม่ให้"),
    Verb.NO_REMINDER: ("ไม่ต้อง", "อย่า", "งด", "ระงับ", "ไม่ให้"),
    Verb.DECLINE: ("ไม่ให้", "อย่า", "ยังไม่อนุมัติ", "ยังไม่เห็นชอบ"),
    Verb.CANCEL: ("ไม่ต้อง", "อย่า", "งด", "ไม่ใช่"),
    Verb.CLOSE: ("ไม่ต้อง",),
    Verb.HOLIDAY: ("งด", "ไม่ต้อง"),
}
# Of opposite wishes each needs a word of its own, however like the sentences are: ปิด and เปิด, เตือน and ไม่ต้องเตือน.
NEEDS = {
    Verb.REOPEN: ("เปิด", "กลับ", "คืน", "ปลดล็อ", "ต่อ", "เพิ่ม", "open"),
    Verb.CLOSE: ("ปิด", "เลิก", "ยุติ", "จบ", "พอ", "เก็บ", "สิ้นสุด", "หยุด", "ไม่รับ", "ไม่ต้องรับ", "งด", "เสร็จสิ้น", "close"),
    Verb.NO_REMINDER: ("ไม่", "อย่า", "งด", "หยุด", "เลิก", "พัก", "ระงับ", "ยุติ", "ปล่อย", "ปิด", "เว้น", "stop"),
    Verb.REMOVE_ADDRESS: (
        "ลบ",
        "ตัด",
        "ออก",
        "เลิก",
        "ไม่",
        "อย่า",
        "ถอ",
        "ปลด",
        "ยกเลิก",
        "หยุด",
        "ทิ้ง",
        "งด",
        "remove",
        "delete",
    ),
    Verb.EXEMPT: ("เว้น", "ไม่", "ตัด", "ออก", "ถอ", "ข้าม", "งด", "exempt", "skip"),
    Verb.DECLINE: (
        *("ไม่อนุมัติ", "ไม่เห็นชอบ", "ไม่ผ่าน", "ไม่รับรอง", "ตีกลับ", "ตีคืน", "อย่า", "ยังไม่", "ผิด", "ไม่ตรง", "ไม่ครบ", "ไม่ถูก", "ไม่ใช่", "ใหม่"),
        *("กลับมาแก้", "ไปแก้", "ให้แก้", "ต้องแก้", "ตกหล่น", "ขาด", "ไม่ให้", "ระงับ", "ชะลอ", "ดึงกลับ", "reject", "wrong"),
    ),
}
# "อย่าส่งเข้า a@b", "ไม่ต้องใช้ a@b แล้ว": an address that is to be used no more, with no other word between.
NO_MORE_THERE = re.compile(
    r"(?:อย่า|ไม่ต้อง|ห้าม|เลิก|หยุด|งด)(?:ส่ง|ใช้|เมล|อีเมล)?(?:เมล|อีเมล|ไป|เข้า|มา|ถึง|ที่|หา|ให้){0,4}\s?[a-z0-9._%+-]{1,64}@"
)
