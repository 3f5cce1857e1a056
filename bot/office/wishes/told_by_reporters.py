"""What a reporter asks for outright within a story: the form, what is recorded, more time, another address, all of it taken back.

Nothing of it is done on his word alone: form and record are only sent, the rest is said back or put before staff.
"""

import re
from collections.abc import Mapping, Sequence

from bot.office.wishes.cues import set_aside
from bot.office.wishes.slots import addresses_in
from bot.office.wishes.speaker import Speaker
from bot.office.wishes.spelling import plain
from bot.office.wishes.time_asked import time_asked
from bot.office.wishes.wish import Verb, Wish

_MAIL = r"(?:เมล์?|อีเมล์?|ที่อยู่)"
_TOLD: Mapping[Verb, re.Pattern[str]] = {
    # "ขอถอนกลับมาทั้งชุดก่อน", "ให้เอาที่ส่งไปเมื่อเช้าออกก่อน".
    Verb.WITHDRAW: re.compile(
        r"(?<!ไม่ได้)(?<!ไม่)ขอ\s?(?:ถอน|ดึง|เรียกคืน|คืน|withdraw)(?:กลับ|คืน|ออก|มา|ไป){0,2}\S{0,12}?\s?(?:ทั้งชุด|ทั้งหมด|ทั้งไฟล์|ทุกแห่ง|ก่อน)"
        r"|(?<!ไม่ได้)(?<!ไม่)ขอถอน(?:แบบ|รายงาน|ข้อมูล|ไฟล์)[^\n]{0,30}?ที่ส่ง|เอา(?:ชุด|รายงาน|ข้อมูล|ไฟล์)?ที่ส่ง\S{0,20}?ออก"
    ),
    # "ฝากเพิ่มเมลหนูไว้อีกอัน", "วันหลังส่งมาที่ a@b แทนนะคะ".
    Verb.NEW_ADDRESS: re.compile(
        rf"(?<!ไม่)(?<!ไม่ได้)(?<!ไม่ต้อง)เพิ่ม{_MAIL}|(?:วันหลัง|ต่อไป|คราวหน้า|ครั้งหน้า|รอบหน้า)(?:นี้)?\S{{0,10}}ส่ง(?:มา|ไป|เข้า)?(?:ที่|หา|ทาง)?\s?{_MAIL}?\S{{0,6}}\s?[a-z0-9._%+-]{{1,64}}@"
    ),
    # "ขอแบบเปล่าอีกชุด", "ส่งแบบมาตอนนี้เลย", "ไฟล์ที่แนบมาเผลอลบไปแล้ว ขอใหม่อีกทีได้ไหม".
    Verb.FORM: re.compile(
        r"(?:ขอ|อยากได้|(?<!ขอ)(?<!หรือ)ส่ง|รบกวนขอ)\s?(?:(?:แบบ(?:ฟอร์ม|รายงาน)?|ไฟล์|ฟอร์ม)เปล่า|แบบฟอร์ม(?!สมัคร|ลา|เบิก|คำร้อง|\S{0,12}แล้ว)|แบบรายงาน(?!\S{0,20}แล้ว)|แบบมา(?=ใหม่|ตอนนี้|ให้|อีก))"
        r"|(?:ไฟล์|แบบ)[^\n]{0,50}?(?:ลบ|หาย|เซฟทับ|เปิดไม่)[^\n]{0,60}?(?:ขอใหม่|ขออีก|ส่งให้ใหม่|ส่งมาใหม่|ขอไฟล์ใหม่)"
    ),
    # "ช่วยดูในระบบให้ทีว่ามีของเราไหม", "ขอดูรายละเอียดที่ลงไว้".
    Verb.STATUS: re.compile(
        r"(?:ช่วย|รบกวน)(?:ดู|เช็ค|เช็ก)[^\n]{0,12}?ในระบบ|มีของ(?:เรา|หนู|ผม|อำเภอ)\S{0,12}?(?:หรือยัง|รึยัง|ไหม|มั้ย)|(?:ขอ|อยาก)ดู\S{0,14}?ที่(?:ลงไว้|บันทึก)"
    ),
}
# "จะขอถอน", "ถ้าจะถอน", "ส่งแบบรายงานมาให้แล้ว", "อบต.ขอแบบฟอร์มกับหนู": what may come, was done once, is asked of others.
_NO_WISH = re.compile(
    r"ไม่ได้ขอ|ยังไม่ขอ|ว่าจะขอ|ถ้าจะ|ไม่ต้องส่ง(?!อัน|เมล|ที่เดิม)|กับหนู|กับอำเภอ|ขอจากเรา|(?:แนบ|ส่ง)(?:ไฟล์|แบบ)\S{0,20}(?:มาให้|ให้แล้ว|ไปแล้ว|มาพร้อม)|จะส่งแบบ|พรุ่งนี้จะ|คนละเรื่อง"
)
# Of these a question is no wish, nor what was done another time: ถอนทั้งหมดก่อนดีไหม, รอบที่แล้วขอถอนทั้งหมด.
_NOT_ASKED = frozenset({Verb.WITHDRAW})
_ASKS = re.compile(r"ไหม(?!่)|มั้ย|หรือ(?:ไม่|เปล่า)|ดีมะ|\?|(?:ปี|รอบ|ครั้ง|คราว|เดือน)(?:ก่อน|ที่แล้ว)|เคย(?:ขอ|ถอน)")


def told_by_reporter(lines: Sequence[str], speaker: Speaker) -> Wish | None:
    """The one thing that the lines ask for outright; None where they ask for nothing of the kind, or for two that change something."""
    text = plain(" ".join(lines))
    barred = frozenset[Verb]().union(*(set_aside(line, speaker) for line in lines))
    told = {} if _NO_WISH.search(text) else _TOLD
    found = {verb: Wish(verb) for verb, words in told.items() if verb not in barred and words.search(text)}
    if _ASKS.search(text):
        found = {verb: wish for verb, wish in found.items() if verb not in _NOT_ASKED}
    found |= _addressed(text) if Verb.NEW_ADDRESS in found else {}
    found |= {Verb.MORE_TIME: later} if (later := time_asked(lines, speaker)) else {}
    changing = [wish for verb, wish in found.items() if verb not in {Verb.FORM, Verb.STATUS}]
    if len(changing) > 1:
        return None
    wish = next(iter((*changing, *found.values())), None)
    return None if wish and wish.verb is Verb.NEW_ADDRESS and not wish.address else wish


def _addressed(text: str) -> dict[Verb, Wish]:
    """The wish with the one address that is named."""
    addresses = {*addresses_in(text)}
    return {Verb.NEW_ADDRESS: Wish(Verb.NEW_ADDRESS, address=addresses.pop() if len(addresses) == 1 else "")}
