"""What staff answer about a held mail in other words than the three: อย่ารับค่ะ, ฉบับนี้รับได้, ต่อไปรับทุกครั้ง. A small grammar and no search.

One stretch of the answer must be known words through and through; what stands around it is a reason, in which nothing may be
said of taking in, and which sets no condition. So "รับก็ได้ไม่รับก็ได้" and "ไม่รับเสมอไป" settle nothing.
"""

import re
from collections.abc import Sequence
from enum import Enum

from bot.office.wishes.spelling import loose
from parsers.mail.words.nil_return import reached

LONGEST = 200  # characters of an answer's line


class Held(Enum):
    """What becomes of a held mail."""

    ONCE = "once"
    ALWAYS = "always"
    OUT = "out"


def _keys(*words: str) -> tuple[str, ...]:
    return tuple(sorted(set(map(loose, words)), key=len, reverse=True))


_TAKE = _keys(
    *("รับ", "รับไว้", "ให้รับ", "รับเข้า", "รับเข้าระบบ", "รับรายงาน", "รับจดหมาย", "รับเมล", "นำเข้าระบบ", "เอาเข้าระบบ", "ลงรับ"),
    *("บันทึกได้", "ให้บันทึก", "บันทึกเข้าระบบ", "ใช้ข้อมูลนี้ได้", "ใช้ข้อมูลจากเมลนี้ได้", "accept"),
)
_ALWAYS = _keys(
    *(
        "เสมอ",
        "สเมอ",
        "ตลอด",
        "ตลอดไป",
        "ทุกครั้ง",
        "ทุกฉบับ",
        "ต่อไป",
        "ต่อไปนี้",
        "จากนี้ไป",
        "ตั้งแต่นี้",
        "ครั้งต่อไปด้วย",
        "ถาวร",
        "always",
    ),
)
_ONCE = _keys(
    *("เฉพาะฉบับนี้", "เฉพาะครั้งนี้", "ครั้งนี้", "ครั้งเดียว", "ครั้งนี้ครั้งเดียว", "แค่ครั้งนี้", "แค่ฉบับนี้", "ฉบับนี้ฉบับเดียว", "แค่อันนี้"),
    *("เฉพาะรายงานนี้", "รอบนี้", "เฉพาะรอบนี้"),
)
_LEAVE = _keys(
    *(
        "ไม่รับ",
        "อย่ารับ",
        "ห้ามรับ",
        "ไม่ต้องรับ",
        "ไม่ให้รับ",
        "ไม่ควรรับ",
        "รับไม่ได้",
        "ไม่สามารถรับ",
        "ไม่เอา",
        "อย่าเอา",
        "ไม่บันทึก",
        "อย่าบันทึก",
    ),
    *("ปฏิเสธ", "ทิ้ง", "ทิ้งไป", "ลบทิ้ง", "ตัดทิ้ง", "ไม่ต้องบันทึก", "อย่านำเข้าระบบ", "reject"),
)
_AROUND = _keys(
    *(
        "ครับผม",
        "ครับ",
        "คับ",
        "ค้าบ",
        "ค่ะ",
        "คะ",
        "ค่า",
        "นะ",
        "น้า",
        "จ้า",
        "จ้ะ",
        "ได้",
        "เลย",
        "ไป",
        "ไว้",
        "เถอะ",
        "ok",
        "โอเค",
        "ตกลง",
    ),
    *(
        "ขอ",
        "ให้",
        "ก็",
        "ด้วย",
        "แล้วกัน",
        "ฉบับนี้",
        "อันนี้",
        "รายงานนี้",
        "รายงานฉบับนี้",
        "จดหมายนี้",
        "เมลนี้",
        "อีเมลนี้",
        "ที่อยู่นี้",
        "คนนี้",
        "รายนี้",
    ),
    *(
        "รายงาน",
        "จดหมาย",
        "เมล",
        "อีเมล",
        "จาก",
        "ของ",
        "ผู้ส่งรายนี้",
        "ผู้ส่งคนนี้",
        "พิจารณาแล้ว",
        "เห็นควร",
        "เห็นสมควร",
        "อนุโลม",
        "ข้อมูล",
        "เข้าระบบ",
    ),
    *(
        "ที่ส่งมา",
        "ที่ส่งมาจากเมลนี้",
        "ถ้าส่งมาจากเมลนี้",
        "ถ้าเมลนี้ส่งมา",
        "ถ้ามาจากเมลนี้",
        "หากส่งมาจากเมลนี้",
        "ถ้าส่งมาอีก",
        "ถ้าคนนี้ส่งมา",
        "ถ้าเป็นเมลนี้",
        "ถ้าที่อยู่นี้ส่งมา",
    ),
    *("ไม่ต้องถามอีก", "ไม่ต้องถาม", "ไม่ต้องพักไว้อีก", "ไม่ต้องพักไว้", "โดยไม่ต้องถาม", "เดียว", "สแปม", "เป็น", "please"),
)
# Of these words a reason says nothing: it would be another answer.
_SETTLES = _keys("รับ", "ทิ้ง", "ปฏิเสธ", "ไม่เอา", "บันทึก")
# "รับผิดชอบ", "ได้รับ", "รับรอง": words in which รับ stands and settles nothing.
_NOT_TAKING = re.compile(
    "|".join(
        _keys("ครับ", "ขอรับ", "รับผิดชอบ", "ได้รับ", "รับรอง", "รับทราบ", "รับราชการ", "สำหรับ", "รับงาน", "ตอบรับ", "รับเรื่อง")
    )
)
_OPEN = _keys(
    "แต่",
    "หาก",
    "ก่อน",
    "รอ",
    "อย่าเพิ่ง",
    "ยังไม่",
    "หรือ",
    "แล้วแต่",
    "ต่อไป",
    "ครั้งหน้า",
    "คราวหน้า",
    "ไม่แน่ใจ",
    "ไม่ทราบ",
    "จำเมล",
    "จำไว้",
    "จำคน",
    "ถ้า",
)
_OPEN_WORDS = _keys("รองนายก", "รองปลัด", "รอบ", "จำนวน", "ประจำ")  # in which those stand and mean something else


# "รับไหม", "รับดีมั้ย", "?": not ใหม่, which is the same where marks are left out.
_ASKS = re.compile(r"ไหม(?!่)|มั้ย|มั๊ย|\?")


def held_answer(lines: Sequence[str]) -> Held | None:
    """What the lines of an answer settle; None where they say nothing of the kind, two things, or one with a condition."""
    stretches = [loose(part) for line in lines for part in _stretches(line[:LONGEST])]
    found = [(at, settled) for at, key in enumerate(stretches) if (settled := _settled(key))]
    if len(found) != 1:
        return None
    at, settled = found[0]
    others = [key for number, key in enumerate(stretches) if number != at]
    return None if any(map(_says_more, others)) or any(map(_ASKS.search, lines)) else settled


def _stretches(line: str) -> list[str]:
    """A line as a whole where it is known so, else its parts between blanks."""
    return [line] if _settled(loose(line)) else line.split()


def _settled(key: str) -> Held | None:
    """What a stretch of known words says, every letter of it."""
    leaves = _reads(key, _LEAVE, ())
    if leaves:
        return Held.OUT
    if not _reads(key, _TAKE, (*_ALWAYS, *_ONCE)):
        return None
    always, once = _reads(key, _TAKE, _ALWAYS, must=_ALWAYS), _reads(key, _TAKE, _ONCE)
    return Held.ONCE if once else Held.ALWAYS if always else None


def _reads(key: str, cores: tuple[str, ...], more: tuple[str, ...], must: tuple[str, ...] = ()) -> bool:
    """Whether a key is words around, one core at least and, where one of ``must`` has to stand, that too."""
    known = (*_AROUND, *more)
    before = reached(key, {0}, known)
    after = {at + len(core) for at in before for core in cores if key.startswith(core, at)}
    whole = len(key) in reached(key, after, (*known, *cores))
    return bool(key) and whole and (not must or any(word in key for word in must))


def _says_more(key: str) -> bool:
    """Whether a stretch of the reason settles something of its own, or leaves it open."""
    without = _NOT_TAKING.sub(" ", key)
    for word in _OPEN_WORDS:
        without = without.replace(word, " ")
    return any(word in without for word in (*_SETTLES, *_OPEN))
