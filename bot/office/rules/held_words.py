"""What staff answer about a held mail in other words than the three: อย่ารับค่ะ, ฉบับนี้รับได้, ต่อไปรับทุกครั้ง. A small grammar and no search.

One stretch of the answer must be known words through and through; what stands around it is a reason, in which nothing may be
said of taking in, and which sets no condition. So "รับก็ได้ไม่รับก็ได้" and "ไม่รับเสมอไป" settle nothing.
"""

import re
from collections.abc import Sequence
from enum import Enum

from bot.office.wishes.awaited_words import HEDGED
from bot.office.wishes.spelling import loose, loose_words, plain
from parsers.mail.words.known_words import is_made_of

LONGEST = 200  # characters of an answer's line


class Held(Enum):
    """What becomes of a held mail."""

    ONCE = "once"
    ALWAYS = "always"
    OUT = "out"


_TAKE = loose_words("""
รับ รับไว้ ให้รับ รับเข้า รับเข้าระบบ รับรายงาน รับจดหมาย รับเมล นำเข้าระบบ เอาเข้าระบบ ลงรับ บันทึกได้ ให้บันทึก บันทึกเข้าระบบ ใช้ข้อมูลนี้ได้
ใช้ข้อมูลจากเมลนี้ได้ accept เอาเข้า เอาเข้าไป เอาเข้าได้ นำเข้า นำเข้าได้ ให้เข้าระบบ ลงข้อมูล ลงข้อมูลให้ ลงระบบ ลงให้ คีย์เข้าระบบ คีย์ให้
บันทึก บันทึกให้ บันทึกไว้ บันทึกลงระบบ ใช้ได้ ใช้รายงานนี้ได้ นับได้ นับให้ นับรวม นับรวมได้ ให้ผ่าน ปล่อยผ่าน ผ่านได้ รับหมด
""")
_ALWAYS = loose_words("""
เสมอ สเมอ ตลอด ตลอดไป ทุกครั้ง ทุกฉบับ ต่อไป ต่อไปนี้ จากนี้ไป ตั้งแต่นี้ ครั้งต่อไปด้วย ถาวร always ทุกรอบ คราวหน้า คราวต่อไป ครั้งหน้า รอบหน้า
ต่อจากนี้ หลังจากนี้ ทุกเรื่อง เรื่อยๆ อัตโนมัติ ขึ้นทะเบียน ลงทะเบียน
""")
_ONCE = loose_words("""
เฉพาะฉบับนี้ เฉพาะครั้งนี้ ครั้งนี้ ครั้งเดียว ครั้งนี้ครั้งเดียว แค่ครั้งนี้ แค่ฉบับนี้ ฉบับนี้ฉบับเดียว แค่อันนี้ เฉพาะรายงานนี้ รอบนี้ เฉพาะรอบนี้
""")
_LEAVE = loose_words("""
ไม่รับ อย่ารับ ห้ามรับ ไม่ต้องรับ ไม่ให้รับ ไม่ควรรับ รับไม่ได้ ไม่สามารถรับ ไม่เอา อย่าเอา ไม่บันทึก อย่าบันทึก ปฏิเสธ ทิ้ง ทิ้งไป ลบทิ้ง ตัดทิ้ง
ไม่ต้องบันทึก อย่านำเข้าระบบ reject ไม่อาจรับ มิอาจรับ ไม่ประสงค์รับ ไม่สมควรรับ ไม่รับไว้ อย่าเอาเข้า ไม่เอาเข้า ไม่ต้องเอา ไม่ต้องเอาเข้า อย่านำเข้า
ไม่นำเข้า ไม่ให้เข้า ห้ามเข้า ไม่นับ ไม่ต้องนับ ไม่ต้องลง อย่าลง ไม่ต้องสนใจ ไม่ผ่าน ไม่อนุญาต ไม่ให้ผ่าน ลบ ลบไป ลบออก ลบลบ ลบลบลบ ตัดออก
เอาทิ้ง เอาทิ้งไป ให้ทิ้ง ปัดตก บล็อก บล็อค โยนทิ้ง ทิ้งเลย เอาออก ข้ามไป block delete ignore junk
""")
_AROUND = loose_words("""
ครับผม ครับ คับ ค้าบ ค่ะ คะ ค่า นะ น้า จ้า จ้ะ ได้ เลย ไป ไว้ เถอะ ok โอเค ตกลง ขอ ให้ ก็ ด้วย แล้วกัน ฉบับนี้ อันนี้ รายงานนี้ รายงานฉบับนี้
จดหมายนี้ เมลนี้ อีเมลนี้ ที่อยู่นี้ คนนี้ รายนี้ รายงาน จดหมาย เมล อีเมล จาก ของ ผู้ส่งรายนี้ ผู้ส่งคนนี้ พิจารณาแล้ว เห็นควร เห็นสมควร อนุโลม ข้อมูล
เข้าระบบ ที่ส่งมา ที่ส่งมาจากเมลนี้ ถ้าส่งมาจากเมลนี้ ถ้าเมลนี้ส่งมา ถ้ามาจากเมลนี้ หากส่งมาจากเมลนี้ ถ้าส่งมาอีก ถ้าคนนี้ส่งมา ถ้าเป็นเมลนี้
ถ้าที่อยู่นี้ส่งมา จึง ดังกล่าว และ เป็นส่วนหนึ่งของ เป็นส่วนหนึ่ง เป็นผู้ส่ง เป็นของ แทน ในนาม เขา เค้า ที่ส่งมานี้ โฆษณา ขยะ ลงระบบ ให้เขา ให้เค้า
ไม่ต้องถามอีกแล้ว ไม่ต้องถามแล้ว ไม่ต้องกักไว้ ไม่ต้องกักอีก ไม่ต้องกัก ไม่ต้องรอ หมด ไม่ต้องถามอีก ไม่ต้องถาม ไม่ต้องพักไว้อีก ไม่ต้องพักไว้
โดยไม่ต้องถาม เดียว สแปม เป็น please พอ เด็ดขาด แบบนี้ ฟรี เมลฟรี แล้วต่อไป ส่งมา ส่งมาก็ พี่ อีก ไม่ต้องมาถาม ไม่ต้องมาถามอีก ไม่ต้องมาถามพี่อีก
""")
# Of these words a reason says nothing: it would be another answer.
_SETTLES = loose_words("รับ ทิ้ง ปฏิเสธ ไม่เอา บันทึก")
# "รับผิดชอบ", "ได้รับ", "รับรอง": words in which รับ stands and settles nothing.
_NOT_TAKING = re.compile("|".join(loose_words("ครับ ขอรับ รับผิดชอบ ได้รับ รับรอง รับทราบ รับราชการ สำหรับ รับงาน ตอบรับ รับเรื่อง")))
_OPEN = loose_words("""
แต่ หาก ก่อน รอ อย่าเพิ่ง ยังไม่ หรือ แล้วแต่ ต่อไป ครั้งหน้า คราวหน้า ไม่แน่ใจ ไม่ทราบ จำเมล จำไว้ จำคน ถ้า
""")
_CONDITIONS = loose_words("แต่ หาก ถ้า หรือ อย่าเพิ่ง แล้วแต่ ไม่แน่ใจ ไม่ทราบ จนกว่า ยกเว้น")
_OPEN_WORDS = loose_words(
    "คราวหน้าค่อยว่ากัน ครั้งหน้าค่อยว่ากัน คราวหน้าค่อยดูกัน รองนายก รองปลัด รอบ จำนวน ประจำ ถาม สอบถาม ตรวจสอบก่อนแล้ว"
)  # in which those stand and mean something else


# "รับไหม", "รับดีมั้ย", "เขาเป็นใคร", "?": not ใหม่, which is the same where marks are left out.
_ASKS = re.compile(r"ไหม(?!่)|มั้ย|มั๊ย|\?|(?<!ไม่มี)(?<!ไม่รู้จัก)ใคร(?!ส่งมา|ก็ไม่รู้)|อะไร(?!ก็ไม่รู้)|ทำไม|หรือเปล่า|รึเปล่า|เหรอ")


# "ของอำเภอสองถาวร", "แทน อบต.ไทรย้อยได้เลย": in whose name it is taken in.
_WHOSE = re.compile(
    r"(?:ของ|แทน|ในนาม)(?:ข้อมูล|ทาง)?(?P<whose>(?:อำเภอ|อ\.|อบต\.?|ทต\.?|เทศบาลตำบล)\s?[ก-๎]{2,20}?)"
    r"(?=ได้|เลย|ถาวร|ครับ|ค่ะ|คะ|นะ|ตลอด|ทุกครั้ง|จ้า|\s|$)"
)
# "คราวหน้าไม่ต้องถามแล้ว", "ต่อจากนี้เมลนี้ถือเป็น…": it is let in from now on.
_FROM_NOW_ON = re.compile(
    "(?:"
    + "|".join(loose_words("คราวหน้า ครั้งหน้า คราวต่อไป ครั้งต่อไป รอบหน้า ต่อไป ต่อจากนี้ หลังจากนี้"))
    + ").{0,40}?(?:"
    + "|".join(loose_words("ไม่ต้องถาม ไม่ต้องกัก ไม่ต้องพัก ไม่ต้องรอ ถือเป็น ถือว่าเป็น"))
    + ")"
)


# "คราวหน้าให้เขาใช้เมลราชการ", "รอบหน้าบอกให้ส่งจากเมลหลวงแล้ว": how he is to send from now on, which sets no condition.
_BY_HIS_OFFICE = re.compile(
    r"(?:คราว|ครั้ง|รอบ)(?:หน้า|ต่อไป)\S{0,24}?(?:ให้|บอก)\S{0,24}?(?:ใช้|ส่ง)\S{0,10}?เมล์?(?:ของ)?(?:หลวง|ราชการ|อำเภอ|ทางการ|หน่วยงาน|องค์กร)\S{0,12}"
)
_PLAIN = loose_words("รับ ทิ้ง ปฏิเสธ")  # the words themselves; others settle nothing where another matter is spoken of
# "แก้เป็นทำแล้วให้ด้วย", "ลบ a@b.example", "วันหยุด": of another matter than whether a mail is taken in.
_ANOTHER = re.compile(
    r"[@\d๐-๙]|แก้|เลื่อน|ขยาย|หยุด|เพิ่ม|ปิด|เปิด|กรม|คำขอ|ร่าง|ยกเว้น|เข้าข่าย|ไม่ใช่(?!คน|เจ้าหน้าที่|ของ)|เห็นใจ|ขอมา|ขอถึง"
)


def held_answer(lines: Sequence[str]) -> Held | None:
    """What the lines of an answer settle; None where they say nothing of the kind, two things, or one with a condition."""
    lines = [_BY_HIS_OFFICE.sub(" ", line[:LONGEST]) for line in lines]
    parts = [part for line in lines for part in _stretches(_WHOSE.sub(" ", line))]
    stretches = [loose(part) for part in parts]
    found = [(at, settled) for at, key in enumerate(stretches) if (settled := _settled(key))]
    settled = _agreed([(stretches[at], each) for at, each in found])
    if settled is None or (settled is not Held.OUT and any(HEDGED.search(plain(parts[at])) for at, _ in found)):
        return None
    plainly = any(word in stretches[at] for at, _ in found for word in _PLAIN)
    if not plainly and any(map(_ANOTHER.search, lines)):
        return None
    answers = {at for at, _ in found}
    others = [key for at, key in enumerate(stretches) if at not in answers]
    lasting = [key for key in others if _FROM_NOW_ON.search(key)]
    if lasting and settled is not Held.OUT:
        settled, others = Held.ALWAYS, [key for key in others if key not in lasting]
    more = _lets_after_all if settled is Held.OUT else _says_more
    return None if any(map(more, others)) or any(map(_ASKS.search, lines)) else settled


def _agreed(found: Sequence[tuple[str, Held]]) -> Held | None:
    """What stretches settle that say the same, or of which one says for how long: รับไว้เลย … รับทุกครั้ง; None where they differ."""
    said = {settled for _, settled in found}
    if len(said) == 1:
        return said.pop()
    for_now = any(word in key for key, _ in found for word in _ONCE)
    return Held.ALWAYS if said == {Held.ONCE, Held.ALWAYS} and not for_now else None


def whose_in(lines: Sequence[str]) -> str:
    """In whose name an answer lets a mail in; "" where it names nobody."""
    return next((found["whose"].strip() for line in lines if (found := _WHOSE.search(line[:LONGEST]))), "")


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
    return is_made_of(key, (*_AROUND, *more), cores) and (not must or any(word in key for word in must))


def _says_more(key: str) -> bool:
    """Whether a stretch of the reason settles something of its own, or leaves it open."""
    return _speaks(key, (*_SETTLES, *_OPEN))


def _lets_after_all(key: str) -> bool:
    """Whether a stretch of the reason of a refusal lets the mail in after all, or sets a condition: not อย่ารับ เคยปลอมมารอบก่อน."""
    return _speaks(key, (*_SETTLES, *_CONDITIONS))


def _speaks(key: str, of: Sequence[str]) -> bool:
    without = _NOT_TAKING.sub(" ", key)
    for word in _OPEN_WORDS:
        without = without.replace(word, " ")
    return any(word in without for word in of)
