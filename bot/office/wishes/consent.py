"""Consent and refusal told in whole sentences: ใช่ค่ะ หนูผิดเอง แก้ตามนั้น; ปลัดบอกไม่ต้องแก้แล้วครับ แกดูแล้วโอเค.

Where the closed lists of ``awaited_words`` do not know every letter. What lets something happen must say so in words that mean
nothing else, and may have only talk beside them: nothing that denies, restricts, asks, puts off or wishes, no figure and no
name. What lets nothing happen must deny it outright, and may say why.
"""

import re
from collections.abc import Collection, Mapping

from bot.office.wishes.wish import Verb

LONGEST = 240  # characters; who writes more tells a story
_POLITE = (
    r"(?:\s?(?:ครับผม|ครับ|คับ|คร้าบ|ค่ะ|คะ|ค่า|จ้ะ|จ้า|นะ|น้า|เลย|แล้ว|ล่ะ|ละ|นั่นแหละ|นั้นแหละ|แหละ|ไป|ได้|ให้|ด้วย|เถอะ|โลด|เน้อ|เด้อ"
    r"|เจ้า|นิ|พี่|ลูก|หลาน|หมด|ทั้งหมด|กัน|ต่อ|จ๋า|ๆ)){0,8}"
)
# Where a stretch ends: a blank, or the next thing that is to be done.
_END = r"(?=[\s.,!)(]|$|แก้|เปลี่ยน|ถอน|ลบ|ทำ|จัดการ|ดำเนินการ|บันทึก|ขอบคุณ)"
_WHO = r"(?:พี่|หนู|ระบบ|จังหวัด|เขา|เค้า|ท่าน)?"
# "ตามนั้น", "ตามที่ทวนมา", "อย่างที่พี่เขียนมา": what was said back.
_AS_SAID = (
    r"(?:ตามนั้น|ตามนี้|ตามข้อความ(?:นี้|ที่ทวน|ข้างล่าง|ข้างต้น)?|ตามข้างล่าง"
    rf"|(?:เอา)?(?:ตาม|อย่าง|แบบ)ที่{_WHO}(?:ทวน|เขียน|ว่า|แจ้ง|สรุป|ขอ|ถาม|พิมพ์|เสนอ)(?:กลับ|ถาม)?(?:มา|ไว้|ไป)?)"
)
_EVERY = r"(?:ทั้ง(?:หมด|คู่|สอง|สาม)?(?:รายการ|ข้อ|เรื่อง)?|ทุก(?:ข้อ|รายการ|เรื่อง|ประการ|ตัว|บรรทัด|อย่าง)|หมด|เผง)?"
_YES = (
    rf"(?:ขอ)?ยืนยัน(?:คำสั่ง|การ(?:แก้ไข|ถอน|ยกเลิก|ดำเนินการ|เลื่อน|ขยาย))?{_EVERY}(?:ที่ทวนมา)?(?:{_AS_SAID})?{_POLITE}{_END}"
    rf"|(?:ขอ)?คอนเฟิร์ม{_POLITE}{_END}|confirm(?:ed)?\b|\bcorrect\b|\byes\b"
    rf"|ใช่(?:เลย)?{_EVERY}(?:{_AS_SAID})?{_POLITE}{_END}"
    rf"|ถูก(?:ต้อง)?{_EVERY}(?:{_AS_SAID})?{_POLITE}{_END}"
    rf"|(?:เอา|ทำ|ตกลง|โอเค|เห็นชอบ|เห็นด้วย)?(?:ให้เป็นไป)?{_AS_SAID}{_POLITE}{_END}"
    rf"|แม่น(?:แล้ว|ละ|แต้|อยู่){_POLITE}{_END}"
)
# What is to be done again, by what was said back; and whatever it was.
_DEEDS: Mapping[Verb, frozenset[str]] = {
    Verb.CORRECT: frozenset({"แก้ไข", "แก้", "เปลี่ยน", "ปรับ"}),
    Verb.WITHDRAW: frozenset({"ถอนออก", "ถอน", "ดึงออก", "ดึงกลับ", "ดึง", "ลบออก", "ลบทิ้ง", "ลบ", "เอาออก", "เอาคืน"}),
    Verb.EXTEND: frozenset({"เลื่อน", "ขยายเวลา", "ขยาย"}),
    Verb.EXEMPT: frozenset({"ยกเว้น"}),
    Verb.ADD_ADDRESS: frozenset({"เพิ่ม"}),
    Verb.REMOVE_ADDRESS: frozenset({"ลบออก", "ลบ", "เอาออก", "ตัดออก"}),
    Verb.CLOSE: frozenset({"ปิดรับ", "ปิด"}),
    Verb.REOPEN: frozenset({"เปิดรับ", "เปิด"}),
}
_ANY_DEED = frozenset({"ดำเนินการ", "จัดการ", "ทำ", "ลงมือ", "บันทึก", "กด", "ลุย", "จัด"})
_REFUSED_DEED = frozenset({"ดำเนินการ", "ทำตาม", "ทำ", "ยืนยัน", "คอนเฟิร์ม", "แตะ", "กด"})
_EVERY_DEED = "|".join(sorted(_ANY_DEED.union(_REFUSED_DEED, {"เอา"}, *_DEEDS.values()), key=len, reverse=True))
_AGAIN = rf"(?:เชิญ|ให้|โปรด)?(?P<deed>{_EVERY_DEED})(?!\S{{0,8}}แล้ว)(?:ให้)?(?:{_AS_SAID})?(?:ได้เลย|ได้|ให้|เลย|ไป|โลด|เถอะ|ตามนั้น){_POLITE}{_END}"
_SAYS_YES = re.compile(rf"(?:บอกว่า|บอก|ว่า)?(?:{_YES}|{_AGAIN})")
_DOES_IT = re.compile(_AGAIN)
# Talk that denies and asks nothing, though words of it might.
_HARMLESS = re.compile(
    r"ขอบ(?:คุณ|ใจ|พระคุณ)(?:มาก)?(?:ที่(?:ช่วย)?(?:ทวน|ถาม|ช่วย|เช็ค|เช็ก|เตือน|ตรวจ)(?:ให้|ย้ำ|ดู|สอบ|กลับ|มา)?)?"
    r"|ไม่ผิด|ไม่มี(?:อะไร)?(?:ต้อง)?(?:แย้ง|แก้|ผิด|ปัญหา|ข้อสงสัย)|ไม่ต้องถาม(?:อีก|ซ้ำ)?(?:รอบ)?|ไม่ติด(?:อะไร|ขัด|ใจ)?|ไม่ขัดข้อง|ไม่เปลี่ยนใจ"
    r"|ตามที่[^\n]{0,30}ขอ\S{0,30}นั้น|ขอโทษ(?:ที|ด้วย|ที่ตอบช้า)?|ขออภัย|โทษที|(?:หนู|ผม|พี่)?ผิดเอง|รับผิดชอบ|รอบ|ตรวจสอบ|สอบทาน|ให้ความเห็นชอบ|(?:ลงนาม|เซ็น|เห็นชอบ|อนุมัติ)ให้แล้ว|(?:นาย|ปลัด|ท้องถิ่น|หัวหน้า)อำเภอ"
)
# "เดี๋ยวส่งชุดใหม่ไปแทน": what comes instead of what is taken back.
_INSTEAD = re.compile(
    r"(?:แล้ว|เดี๋ยว|จะ|จัด){1,4}ส่ง(?:ให้|มา|ไป|เข้าไป)?(?:ชุด|ฉบับ|ไฟล์|อัน|ตัว)?(?:ใหม่|จริง)(?:มา|ไป)?(?:แทน)?(?:ให้|ไป)?\s?(?:พรุ่งนี้|บ่ายนี้|เย็นนี้|วันนี้)?"
)
# What beside a yes leaves it open: a denial, a limit, a doubt, a question, another time, another wish, what stands there now.
_OPEN = re.compile(
    r"ไม|มิ(?!ถุนา)|บ่(?!าย)|อย่า|งด|ห้าม|หยุด|เลิก|ระงับ|พัก|ชะลอ|เบรก|ยุติ|ปฏิเสธ|ทิ้ง|คืน(?!นี้)|กลับ"
    r"|แต่(?!ง)|ถ้า|หาก|เว้น|เฉพาะ|แค่|เท่านั้น|ก่อน|รอ|ค่อย|ยัง|เดี๋ยว|ภายหลัง|ทีหลัง|หลังจาก|จะ|น่า|คง|อาจ|มั้ง|คิดว่า|สงสัย|เหมือน|กำลัง|ทำอยู่|คนละ|ลืม"
    r"|หรือ|รึ|ไหน|ไหม|ม่าย|มั้ย|มั๊ย|\?|เหรอ|หรอ|ใคร|ไคร|อะไร|ทำไม|กี่|เมื่อไ|อย่างไร|ไง|ไร|ปะ(?=\s|คะ|ครับ)|ก่อ(?=\s|เจ้า|$)"
    r"|ขอ|ช่วย|รบกวน|ฝาก|กรุณา|โปรด|อยาก|ต้อง|ควร|หน่อย|แหน่|ที(?=\s|$|ครับ|ค่ะ|คะ|นะ)|บอก(?!ว่า|ใช่)|แจ้ง|สอน|วิธี|คู่มือ|คำสั่ง|ใช้|สถาน|สถาณ|หน่วย|หลักฐาน|ค้าง|เหลือ|ขาด|หาย|ร่าง|อ[นณ]\S{0,3}มั|ผ่าน|อนุญาต|ให้|เมนู|ทดสอบ|ด่วน|ตกหล่น"
    r"|ส่ง|สง|เพิ่ม|ลด|ตัด|ลบ|แก้|เปลี่ยน|ถอน|ดึง|เลื่อน|ขยาย|ปิด|เปิด|แนบ|เตือน|ทวง|ใส่|ติ๊ก|กรอก|เอา|ดู(?!แล้ว)|เดิม|เก่า|ใหม่|ปีก่อน|ผิด|ข้อมูล|ตัวเลข|ยอด|ไฟล์|แบบ|รายงาน|ช่อง|แถว|เมล|ที่อยู่"
    r"|แทน|อีก|อื่น|เป็น|แห่ง|อำเภอ|อบต|เทศบาล|ทต|อบจ|วันที่|วันนี้|พรุ่งนี้|สัปดาห์|ระบบ|[\d@]|[a-z]{2}(?<!ok)"
)
_REFUSED = r"(?:ยืนยันว่า)?(?:ไม่ต้อง|ไม่ขอ|ไม่ได้จะ|ไม่ได้ขอ|ไม่ได้ให้|ไม่ประสงค์(?:จะ)?(?:ให้)?|ไม่ให้|ไม่|บ่ต้อง|บ่|อย่าเพิ่ง|อย่าพึ่ง|อย่าไป|อย่าฟั่ง|อย่าฟ้าว|อย่า|งดการ|งด|ห้าม|มิต้อง|ปฏิเสธการ)"
_DROPPED = (
    r"(?:ข้อมูล|ไฟล์|รายงาน)?ที่ส่ง(?:ไป|มา)?(?:แล้ว)?\s?ถูก(?:ต้อง)?(?:อยู่)?(?:แล้ว)?|ช่าง(?:มัน)?เถอะ|ช่างมัน|(?:ของ|อัน|ตัว|เลข|ยอด|ข้อมูล|ค่า|ไฟล์|ฉบับ)(?:เดิม|เก่า|แรก)(?:นั่นแหละ)?\s?(?:ก็)?(?:ถูก|ใช้ได้|ดี)(?:ต้อง)?(?:อยู่)?(?:แล้ว)?"
    r"|(?:เอา|ใช้|คง|ปล่อย|อยู่|กลับ)(?:ไว้|ตัวเลข|ข้อมูล|รายงาน)?(?:ตาม|อย่าง|เหมือน|เป็น|ของ|อัน|ฉบับ|เช่น)?(?:เดิม|เก่า)(?:เถอะ|ต่อ|ดีกว่า|ไว้)?|เปลี่ยนใจ(?:แล้ว)?"
    r"|(?:ขอ)?(?:ยกเลิก|ถอน|ระงับ)(?:คำขอ|คำสั่ง|คำพูด)(?:แก้ไข|แก้|ดังกล่าว|เมื่อกี้|นี้|ที่\S{1,12})?|เป็นโมฆะ|(?:ขอ)?(?:ระงับ|งด|ยุติ)การ(?:ถอน|แก้ไข|แก้|ยกเลิก|เลื่อน|ขยาย(?:เวลา)?)(?:ดังกล่าว|นี้)?"
)
_SAYS_NO = re.compile(
    rf"(?<!ยัง){_REFUSED}(?P<deed>{_EVERY_DEED})(?:ออก|กลับ|อะไร|คืน|ตาม)?{_POLITE}|(?:ไม่ต้อง|บ่ต้อง)(?:แล้ว|นะ|ก็ได้){_POLITE}|{_DROPPED}"
)
_NOT_DROPPED = re.compile(
    r"แต่(?!ง)|ถ้า|หาก|แทน|เป็น\s?(?!สำคัญ|อัน)\S|ถึง\s?(?:วัน)?\S{0,10}\d|เอา\s?\S{0,8}\d|หมายถึง|รอ(?![งบ])|ยืนยัน|ตามนั้น|เลื่อน|เพิ่ม|\?|ไหม(?!่)|มั้ย|หรือ|ช่วย|รบกวน|ขอ(?!โทษ|อภัย|บ|ง)|@"
)

_ASKED = rf"(?:ตามที่{_WHO}(?:อำเภอ)?\s?(?:ร้อง)?(?:ขอ|เสนอ|แจ้ง)(?:เลื่อน|ขยาย)?(?:มา)?|ตามขอ|ตามคำขอ|ตามวันที่(?:เขา)?ขอ)"
_TO = r"(?:\s?(?:เขา|เค้า|ท่าน|แก|เพิ่น|เปิ้น|ทางอำเภอ|อำเภอ|ทาง)\s?)?"
# "คงให้ไม่ได้หรอก", "จึงไม่อนุญาต", "ต้องส่งตามวันเดิม"; names are left out before.
_DENIED = re.compile(
    rf"(?<!ยัง)(?:จึง|คง|ขอ|ต้องขอ)?(?:ไม่อาจ|ไม่สามารถ|มิอาจ|ไม่|บ่)(?:ให้|หื้อ|อนุญาต|อนุมัติ|อนุโลม|ผ่อนผัน|เห็นชอบ|ขยาย|เลื่อน)(?:เวลา|กำหนด)?(?:ให้)?{_TO}(?:เลื่อน|ขยาย)?(?:{_ASKED})?{_POLITE}{_END}"
    rf"|(?:คง)?(?:ให้|หื้อ|ขยาย|เลื่อน|อนุญาต)(?:เวลา)?(?:ให้)?(?:เขา|เค้า)?(?:ไม่|บ่)ได้(?:จริง|หรอก|แล้ว)?{_POLITE}"
    rf"|^(?:คง)?ไม่ได้(?:นะ|ค่ะ|ครับ|หรอก|จริง){_POLITE}{_END}|ยกคำขอ|ปฏิเสธคำขอ(?:ขยาย(?:เวลา)?)?"
    rf"|(?:ยืน|คง|ส่ง|ถือ|ต้อง)(?:ไว้)?(?:ตาม)?(?:กำหนด|วัน|เวลา)เดิม{_POLITE}"
)
# "ยังไม่ผ่านค่ะ", "ท่านไม่เห็นชอบ": of a draft.
_DECLINED = re.compile(rf"(?:ยังไม่|ไม่)(?:ให้)?(?:ผ่าน|อนุมัติ|เห็นชอบ|เห็นด้วย|เรียบร้อย){_POLITE}{_END}")
_NOT_DECLINED = re.compile(
    r"ไหม(?!่)|มั้ย|\?|หรือ(?!ไม่)|ถ้า|หาก|(?<!ไม่)(?:อนุมัติ|เห็นชอบ|ผ่าน)(?:ได้|แล้ว|เลย)|(?<!ไม่)(?<!ยัง)ส่ง(?:กรม|ได้)"
)
# In the reason of a denial these let half of it happen after all, or ask.
_NOT_DENIED = re.compile(
    r"แต่(?!ง)|ถ้า(?!ให้)|หากจะ|ให้ถึง|ได้ถึง|ได้แค่|ขอเป็น|เปลี่ยนเป็น|เอาเป็น|แก้เป็น|(?:ต้อง|เป็น|ถึง|ภายใน)วันที่|แทน|ปรับ|ไหม(?!่)|มั้ย|\?|หรือ(?!ไม่)|เว้น|เพิ่มให้|ให้เพิ่ม"
    r"|(?<!ไม่)(?:ให้|ได้)(?:เลื่อน|ขยาย|เวลา)|(?<!ไม่)(?:อนุญาต|อนุโลม|ผ่อนผัน)|เห็นใจ|ให้(?:เขา|เค้า)(?:ไป|เถอะ|เลย)"
)


def denies(said: str) -> bool:
    """Whether ``said``, ``plain`` and without names, denies what is asked outright; its reason may be any that lets nothing happen."""
    if len(said) > LONGEST:
        return False
    rest, count = _DENIED.subn(" ", said)
    return count > 0 and not _NOT_DENIED.search(rest)


def declines(said: str) -> bool:
    """Whether ``said``, ``plain``, turns a draft down outright, and nowhere lets it go, asks or sets a condition."""
    if len(said) > LONGEST:
        return False
    rest, count = _DECLINED.subn(" ", said)
    put_off = "ยังไม่" in said and not rest.strip()  # "ยังไม่อนุมัติครับ", without a reason
    return count > 0 and not put_off and not _NOT_DECLINED.search(rest)


def consents(said: str, about: Verb) -> bool:
    """Whether ``said``, ``plain``, says yes to what was said back, and nothing that leaves it open."""
    if len(said) > LONGEST:
        return False
    rest = _HARMLESS.sub(" ", _INSTEAD.sub(" ", said) if about is Verb.WITHDRAW else said)
    left, says_yes = _without(_SAYS_YES, rest, _yes(about))
    return says_yes and not _OPEN.search(left)


def drops(said: str, about: Verb) -> bool:
    """Whether ``said``, ``plain``, says that what was said back is not to be done, and neither confirms nor wishes another thing."""
    if len(said) > LONGEST:
        return False
    left, says_no = _without(_SAYS_NO, _HARMLESS.sub(" ", said), _no(about))
    return says_no and not _NOT_DROPPED.search(left) and not _without(_SAYS_YES, left, _yes(about))[1]


def lets_it(said: str, about: Verb) -> bool:
    """Whether ``said``, ``plain``, has words by which it is done after all: ของเดิมถูกแล้ว … แก้ได้เลย."""
    return _without(_DOES_IT, _without(_SAYS_NO, said, _no(about))[0], _yes(about))[1]


def _yes(about: Verb) -> frozenset[str]:
    return _ANY_DEED | _DEEDS.get(about, frozenset())


def _no(about: Verb) -> frozenset[str]:
    """The deeds of which a denial drops the wish; "ไม่เอาอันที่ส่งไป" wishes a report withdrawn."""
    return _REFUSED_DEED | _DEEDS.get(about, frozenset()) | ({"เอา"} if about is not Verb.WITHDRAW else frozenset())


def _without(words: re.Pattern[str], said: str, deeds: Collection[str]) -> tuple[str, bool]:
    """What is left without ``words`` that speak of no other deed than these, and whether there were any."""
    found = [one for one in words.finditer(said) if one["deed"] is None or one["deed"] in deeds]
    for one in reversed(found):
        said = f"{said[: one.start()]} {said[one.end() :]}"
    return said, bool(found)
