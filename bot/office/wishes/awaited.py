"""Answers in other words to a letter of ours that waits for one: ให้เขาไปเถอะ, คงไม่ได้ค่ะ กรมเร่งมา, โอเคตามนั้น, ไม่ต้องทำแล้ว.

Closed lists and no likeness. What lets something happen must be the whole of what is said, every letter of it; what lets nothing
happen may have its reason behind it, unless that takes half of it back.
"""

import re
from collections.abc import Collection, Sequence

from bot.office.wishes.lines import own_lines
from bot.office.wishes.nothing_more import says_nothing_more
from bot.office.wishes.spelling import loose, loosened
from bot.office.wishes.wish import Verb, Wish
from parsers.mail.words.nil_return import reached

_LONGEST = 120  # characters of a line that answers


def _keys(*words: str) -> tuple[str, ...]:
    return tuple(sorted({*map(loose, words)} - {""}, key=len, reverse=True))


_POLITE = _keys(
    *(
        "ครับผม",
        "ครับ",
        "คับ",
        "ค้าบ",
        "คร้าบ",
        "ค่ะ",
        "คะ",
        "ค่า",
        "นะ",
        "น้า",
        "เลย",
        "จ้า",
        "จ้ะ",
        "จ๊ะ",
        "ด้วย",
        "แล้ว",
        "ล่ะ",
        "ละ",
        "ฮะ",
        "ฮับ",
    ),
    *(
        "ขอบคุณ",
        "ขอบใจ",
        "ขอบพระคุณ",
        "มาก",
        "โอเค",
        "ok",
        "okay",
        "ตกลง",
        "ก็",
        "เถอะ",
        "เต๊อะ",
        "เน้อ",
        "เจ้า",
        "ไป",
        "ละกัน",
        "แล้วกัน",
        "อืม",
        "เออ",
        "จ้าา",
    ),
    *("พิจารณาแล้ว", "เห็นควร", "เห็นสมควร", "เห็นว่า", "ทราบ", "รับทราบ", "คน", "krub", "krab", "ka", "kha"),
)
_THEM = ("เขา", "เค้า", "ท่าน", "แก", "น้อง", "พี่", "อำเภอ", "ทางอำเภอ", "เพิ่น", "เปิ้น", "หน่วยงาน", "ผู้ขอ")
_CORES = {
    Verb.GRANT: _keys(
        *(
            "ให้",
            "ให้ได้",
            "ได้",
            "อนุญาต",
            "อนุญาติ",
            "อนุโลม",
            "ผ่อนผันให้",
            "ขยายให้",
            "ขยายเวลาให้",
            "ขยายได้",
            "เลื่อนให้",
            "เลื่อนได้",
            "ต่อให้",
            "ต่อเวลาให้",
        ),
        *(
            "ไม่ขัดข้อง",
            "ไม่มีปัญหา",
            "ไม่ติดขัด",
            "ไม่ติด",
            "ยินดี",
            "ตามที่ขอ",
            "ตามขอ",
            "ตามคำขอ",
            "จัดให้",
            "ให้เวลา",
            "ให้เวลาเพิ่ม",
            "ให้เลื่อน",
            "ให้ขยาย",
        ),
        *("approve", "approved", "yes", "granted", "allow", "เพิ่มให้", "เพิ่มที่อยู่ให้", "เปลี่ยนให้", "ใช้ได้", "ให้ใช้ได้", "ให้ใช้"),
    ),
    Verb.DENY: _keys(
        *(
            "ไม่ให้",
            "ไม่ได้",
            "คงไม่ได้",
            "คงให้ไม่ได้",
            "ให้ไม่ได้",
            "ไม่อนุญาต",
            "ไม่อนุญาติ",
            "ไม่อนุโลม",
            "ไม่ผ่อนผัน",
            "ไม่ขยาย",
            "ไม่ขยายให้",
            "ไม่เลื่อน",
            "ไม่เลื่อนให้",
        ),
        *(
            "ขยายไม่ได้",
            "ขยายให้ไม่ได้",
            "เลื่อนไม่ได้",
            "เลื่อนให้ไม่ได้",
            "ไม่สามารถขยายให้ได้",
            "ไม่สามารถขยายได้",
            "ไม่อาจขยายได้",
            "ไม่อาจอนุญาตได้",
            "ไม่เอา",
            "ไม่เห็นชอบ",
        ),
        *(
            "ให้ส่งตามกำหนดเดิม",
            "ให้ส่งตามกำหนด",
            "ให้ส่งตามเดิม",
            "ส่งตามกำหนดเดิม",
            "ส่งตามเดิม",
            "ตามกำหนดเดิม",
            "คงกำหนดเดิม",
            "no",
            "denied",
            "reject",
            "ปฏิเสธ",
            "ไม่ต้องให้",
        ),
    ),
    Verb.CONFIRM: _keys(
        *(
            "ทำได้",
            "ทำเลย",
            "ทำตามนั้น",
            "ทำตามนี้",
            "จัดการได้",
            "จัดการเลย",
            "จัดไป",
            "จัดเลย",
            "ดำเนินการได้",
            "ดำเนินการเลย",
            "ดำเนินการต่อได้",
            "ดำเนินการตามนี้",
        ),
        *(
            "ดำเนินการตามนั้น",
            "ให้ดำเนินการ",
            "ลุยเลย",
            "ตามนั้น",
            "ตามนี้",
            "ตามที่ทวน",
            "ตามที่ทวนมา",
            "ตามที่แจ้ง",
            "ตามเสนอ",
            "เอาตามนั้น",
            "เอาตามนี้",
        ),
        *("goahead", "yes", "proceed", "doit", "คอนเฟิร์ม"),
    ),
    Verb.CANCEL: _keys(
        *(
            "ยกเลิก",
            "ไม่ยืนยัน",
            "ไม่เอา",
            "ไม่เอาแล้ว",
            "ไม่ต้อง",
            "ไม่ต้องแล้ว",
            "ไม่ต้องทำ",
            "ไม่ต้องทำแล้ว",
            "ไม่ทำ",
            "ไม่ทำแล้ว",
            "เปลี่ยนใจ",
            "เปลี่ยนใจแล้ว",
            "ล้มเลิก",
        ),
        *(
            "ยกเลิกอันนี้",
            "ยกเลิกคำสั่งนี้",
            "ยกเลิกเรื่องนี้",
            "ไม่ใช่ยกเลิก",
            "ไม่ใช่",
            "ไม่ถูก",
            "ไม่ถูกต้อง",
            "เข้าใจผิด",
            "ผิดแล้ว",
            "สั่งผิด",
            "พิมพ์ผิด",
            "งดไว้",
            "งดก่อน",
            "พักไว้ก่อน",
        ),
        *(
            "ปล่อยไว้อย่างเดิม",
            "คงไว้เหมือนเดิม",
            "คงเดิม",
            "เอาตามเดิม",
            "ใช้ของเดิม",
            "ของเดิมถูกแล้ว",
            "ไม่ต้องแก้",
            "ไม่แก้แล้ว",
            "ไม่ถอนแล้ว",
            "ไม่ปิดแล้ว",
            "ไม่เลื่อนแล้ว",
        ),
        *(
            "อย่าทำ",
            "อย่าเพิ่งทำ",
            "หยุดก่อน",
            "cancel",
            "no",
            "stop",
            "ไม่ดำเนินการ",
            "ไม่ต้องดำเนินการ",
            "งดดำเนินการ",
            "ขอถอนคำสั่ง",
            "ถอนคำสั่ง",
        ),
    ),
}
_AROUND = {
    Verb.GRANT: _keys(
        *_THEM,
        *(f"ให้{who}" for who in _THEM),
        "น่าเห็นใจ",
        "เห็นใจ",
        "สงสาร",
        "เข้าใจ",
        "ไม่เป็นไร",
        "ถึงวันที่ขอ",
        "ตามที่เสนอ",
        "สักครั้ง",
        "ครั้งนี้",
    ),
    Verb.CONFIRM: _keys("ใช่", "ถูกต้อง", "ถูก", "แล้ว", "ได้", "ขอ", "ครบถ้วน", "ไม่มีอะไรแก้", "ไม่แก้", "ไม่มีแก้"),
    Verb.DENY: _keys(*_THEM, "ขออภัย", "ขอโทษ", "เสียใจ", "คง", "ต้อง", "เวลา", "ครั้งนี้", "รอบนี้"),
    Verb.CANCEL: _keys(
        "ขอ", "ขอโทษ", "ขออภัย", "อุ๊ย", "โทษที", "อันนี้", "เรื่องนี้", "นี้", "คำสั่ง", "ไว้ก่อน", "ก่อน", "ของเดิม", "ดีกว่า"
    ),
}
# In a reason these let half of it happen after all, or ask: แต่ให้ถึง …, ให้ได้แค่ …, ไหม.
_HALF = re.compile(r"แต่|ถ้า|หาก|ให้ถึง|ได้ถึง|ได้แค่|ขอเป็น|เปลี่ยนเป็น|เอาเป็น|แก้เป็น|เลื่อนเป็น|\d|ไหม(?!่)|มั้ย|มั๊ย|\?|หรือ|ยืนยัน")
# "ไม่ใช่ค่ะ หมายถึงสอง", "ยกเลิก ขอเลื่อนสองแทน": what is dropped is to be another thing, which is asked for behind it.
_MEANT = re.compile(r"ไม่ใช่|ไม่ถูก|ผิด|หมายถึง|ต้องเป็น|แทน|เอา(?!ไว้|ตาม)|ขอ(?!โทษ|บ|ง|อภัย)|ช่วย|ให้|ส่ง|เปลี่ยน(?!ใจ)")


def awaited(text: str, verbs: Collection[Verb], names: Collection[str]) -> Wish | None:
    """What a mail's own text answers, among the two ``verbs`` that its letter waits for; None where it is not clearly one.

    ``names``: what the writer may be called.
    """
    lines = own_lines(text)
    if not lines or len(lines[0]) > _LONGEST:
        return None
    letting = [verb for verb in verbs if verb in {Verb.GRANT, Verb.CONFIRM} and _says(lines[0], verb)]
    stopping = [
        reason for verb in verbs if verb in {Verb.DENY, Verb.CANCEL} and (reason := _stops(lines, verb)) is not None
    ]
    if letting and not stopping and says_nothing_more(_beside(text, lines[0]), names):
        return Wish(letting[0])
    if stopping and not letting:
        verb = next(verb for verb in verbs if verb in {Verb.DENY, Verb.CANCEL})
        return Wish(verb, why=stopping[0] if verb is Verb.DENY else "")
    return None


def _beside(text: str, said: str) -> list[str]:
    """The other lines of a text, those of greeting too."""
    every = text.splitlines()
    at = next((at for at, line in enumerate(every) if own_lines(line) == (said,)), 0)
    return [*every[:at], *every[at + 1 :]]


def _stops(lines: Sequence[str], verb: Verb) -> str | None:
    """The reason behind words that let nothing happen, "" for none; None where they are no such words, or half taken back."""
    words = " ".join(lines).split()
    ends = (at for at in range(len(words), 0, -1) if _says(" ".join(words[:at]), verb))
    end = next(ends, None)
    if end is None:
        return None
    reason = " ".join(words[end:])
    if _HALF.search(" ".join(words)) or (verb is Verb.CANCEL and reason and _MEANT.search(" ".join(words))):
        return None
    return reason


def _says(said: str, verb: Verb) -> bool:
    """Whether words are those of one answer with what may stand around them, one of its own at least."""
    key = loosened(said).key
    around, cores = (*_AROUND[verb], *_POLITE), _CORES[verb]
    before = reached(key, {0}, around)
    after = {at + len(core) for at in before for core in cores if key.startswith(core, at)}
    return len(key) in reached(key, after, (*around, *cores))
