"""Answers in other words to a letter of ours that waits for one: ให้เขาไปเถอะ, คงไม่ได้ค่ะ กรมเร่งมา, โอเคตามนั้น, ไม่ต้องทำแล้ว.

Closed lists and no likeness. What lets something happen must be the whole of what is said, every letter of it; what lets nothing
happen may have its reason behind it, unless that takes half of it back.
"""

import itertools
import re
from collections.abc import Collection, Sequence

from bot.office.wishes.lines import own_lines
from bot.office.wishes.names import people_in
from bot.office.wishes.nothing_more import says_nothing_more
from bot.office.wishes.speaker import Speaker
from bot.office.wishes.spelling import loose_words, loosened
from bot.office.wishes.wish import Verb, Wish
from parsers.mail.words.known_words import is_made_of

_LONGEST = 120  # characters of the words that answer
_FEW = 3  # lines in which they stand
_LETTING = frozenset({Verb.GRANT, Verb.CONFIRM, Verb.APPROVE})

_POLITE = loose_words("""
ครับผม ครับ คับ ค้าบ คร้าบ ค่ะ คะ ค่า นะ น้า เลย จ้า จ้ะ จ๊ะ ด้วย แล้ว ล่ะ ละ ฮะ ฮับ ขอบคุณ ขอบใจ ขอบพระคุณ มาก โอเค ok okay ตกลง ก็ เถอะ เต๊อะ เน้อ
เจ้า ไป ละกัน แล้วกัน อืม เออ จ้าา พิจารณาแล้ว เห็นควร เห็นสมควร เห็นว่า ทราบ รับทราบ คน krub krab ka kha
""")
_THEM = ("เขา", "เค้า", "ท่าน", "แก", "น้อง", "พี่", "อำเภอ", "ทางอำเภอ", "เพิ่น", "เปิ้น", "หน่วยงาน", "ผู้ขอ")
_CORES = {
    Verb.GRANT: loose_words("""
ให้ ให้ได้ ได้ อนุญาต อนุญาติ อนุโลม ผ่อนผันให้ ขยายให้ ขยายเวลาให้ ขยายได้ เลื่อนให้ เลื่อนได้ ต่อให้ ต่อเวลาให้ ไม่ขัดข้อง ไม่มีปัญหา ไม่ติดขัด
ไม่ติด ยินดี ตามที่ขอ ตามขอ ตามคำขอ จัดให้ ให้เวลา ให้เวลาเพิ่ม ให้เลื่อน ให้ขยาย approve approved yes granted allow เพิ่มให้ เพิ่มที่อยู่ให้
เปลี่ยนให้ ใช้ได้ ให้ใช้ได้ ให้ใช้ ผ่าน ให้ผ่าน ให้ตามที่ขอ ให้ตามขอ ตามที่ขอได้ อนุมัติ granted หื้อ
"""),
    Verb.DENY: loose_words("""
ไม่ให้ ไม่ได้ คงไม่ได้ คงให้ไม่ได้ ให้ไม่ได้ ไม่อนุญาต ไม่อนุญาติ ไม่อนุโลม ไม่ผ่อนผัน ไม่ขยาย ไม่ขยายให้ ไม่เลื่อน ไม่เลื่อนให้ ขยายไม่ได้
ขยายให้ไม่ได้ เลื่อนไม่ได้ เลื่อนให้ไม่ได้ ไม่สามารถขยายให้ได้ ไม่สามารถขยายได้ ไม่อาจขยายได้ ไม่อาจอนุญาตได้ ไม่เอา ไม่เห็นชอบ ให้ส่งตามกำหนดเดิม
ไม่อนุมัติ ไม่ผ่าน ตัดทิ้ง ไม่รับคำขอ บ่ให้ บ่ได้ บ่หื้อ declined deny ให้ส่งตามกำหนด ให้ส่งตามเดิม ส่งตามกำหนดเดิม ส่งตามเดิม ตามกำหนดเดิม คงกำหนดเดิม no denied reject ปฏิเสธ ไม่ต้องให้
"""),
    Verb.APPROVE: loose_words("""
อนุมัติ อนุมัติให้ เห็นชอบ เห็นชอบด้วย ผ่าน ผ่านได้ ให้ผ่าน ส่งได้ ส่งเลย ส่งไปได้ ส่งไปเลย ส่งต่อได้ ส่งต่อกรมได้ ส่งกรมได้ ส่งกรมเลย ส่งให้กรมได้ ส่งให้กรมเลย ส่งส่วนกลางได้
ส่งส่วนกลางเลย ส่งรายงานได้ ส่งรายงานเลย ส่งร่างนี้ได้ ส่งร่างนี้ไปได้ ส่งฉบับนี้ได้ ส่งฉบับนี้เลย ส่งตามร่างได้ ส่งตามร่างเลย ส่งตามนี้ได้ ส่งตามนี้เลย ส่งออกได้ ให้ส่ง ให้ส่งได้ ให้ส่งเลย
ให้ส่งรายงาน ให้ส่งรายงานได้ ให้จัดส่ง จัดส่งได้ จัดส่งเลย จัดส่งกรมได้ จัดส่งให้กรมได้ จัดส่งรายงานได้ ดำเนินการส่งได้ ดำเนินการส่งเลย ดำเนินการจัดส่งได้ ดำเนินการต่อได้ ดำเนินการต่อเลย
ดำเนินการได้ ดำเนินการเลย ให้ดำเนินการต่อ ให้ดำเนินการส่ง ให้ดำเนินการจัดส่ง ปล่อยได้ ปล่อยไปได้ ปล่อยส่งได้ ส่งทันที ส่งกรมทันที
ใช้ได้ ไฟเขียว เห็นด้วย ตามร่างเลย เอาตามร่าง เอาตามร่างนี้ เอาตามนี้ จัดไป จัดเลย ลุยเลย approve approved yes go proceed
"""),
    Verb.CONFIRM: loose_words("""
ทำได้ ทำเลย ทำตามนั้น ทำตามนี้ จัดการได้ จัดการเลย จัดไป จัดเลย ดำเนินการได้ ดำเนินการเลย ดำเนินการต่อได้ ดำเนินการตามนี้ ดำเนินการตามนั้น
ให้ดำเนินการ ลุยเลย ตามนั้น ตามนี้ ตามที่ทวน ตามที่ทวนมา ตามที่แจ้ง ตามเสนอ ปฏิบัติได้ ให้ทำได้ ทำต่อได้ เอาเลย ยะเลย เฮ็ดโลด execute เอาตามนั้น เอาตามนี้ goahead yes proceed doit คอนเฟิร์ม
"""),
    Verb.CANCEL: loose_words("""
ยกเลิก ไม่ยืนยัน ไม่เอา ไม่เอาแล้ว ไม่ต้อง ไม่ต้องแล้ว ไม่ต้องทำ ไม่ต้องทำแล้ว ไม่ทำ ไม่ทำแล้ว เปลี่ยนใจ เปลี่ยนใจแล้ว ล้มเลิก ยกเลิกอันนี้
ยกเลิกคำสั่งนี้ ยกเลิกเรื่องนี้ ไม่ใช่ยกเลิก ไม่ใช่ ไม่ถูก ไม่ถูกต้อง เข้าใจผิด ผิดแล้ว สั่งผิด พิมพ์ผิด งดไว้ งดก่อน พักไว้ก่อน ปล่อยไว้อย่างเดิม
คงไว้เหมือนเดิม คงเดิม เอาตามเดิม ใช้ของเดิม ของเดิมถูกแล้ว ไม่ต้องแก้ ไม่แก้แล้ว ไม่ถอนแล้ว ไม่ปิดแล้ว ไม่เลื่อนแล้ว อย่าทำ อย่าเพิ่งทำ หยุดก่อน
ระงับ หยุด บ่เอา บ่ต้อง abort nevermind ให้หยุดไว้ก่อน cancel no stop ไม่ดำเนินการ ไม่ต้องดำเนินการ งดดำเนินการ ขอถอนคำสั่ง ถอนคำสั่ง
"""),
}
# Of the request that is granted or denied, whose name is left out: ที่ … ขอมา, คำขอของ ….
_OF_REQUEST = """
ที่ ขอ ขอมา ที่ขอมา ของ คำขอ คำขอของ ตามที่ขอมา ขอเลื่อน ขอเวลา ขอขยาย ขอขยายเวลา เลื่อน เวลา ท่านว่า หัวหน้า หัวหน้าว่า เซ็น มา นั้น นั่นแหละ
แหละ ทุกประการ ตามนั้น ตามวันที่ขอ ตามที่เสนอ request น่ะ นี่ ส่ง ส่งได้
"""
_AROUND = {
    Verb.GRANT: loose_words(
        f"น่าเห็นใจ เห็นใจ สงสาร เข้าใจ ไม่เป็นไร ถึงวันที่ขอ สักครั้ง ครั้งนี้ {_OF_REQUEST}", *_THEM, *(f"ให้{who}" for who in _THEM)
    ),
    Verb.APPROVE: loose_words("""
ดูแล้ว ดูให้แล้ว ดูครบแล้ว ตรวจ ตรวจดู ตรวจดูแล้ว ตรวจแล้ว ตรวจสอบ ตรวจสอบแล้ว ตรวจทาน ตรวจทานแล้ว ตรวจร่างแล้ว อ่านแล้ว อ่านดูแล้ว เปิดดูแล้ว เช็คแล้ว เช็กแล้ว เช็คดูแล้ว
เรียบร้อย เรียบร้อยดี ถูกต้อง ถูกต้องดี ถูก ครบ ครบถ้วน ครบทุกอำเภอ ครบทุกแห่ง ข้อมูล ตัวเลข ยอด ตรง ตรงกัน ดี ดีแล้ว สมบูรณ์ ลงนามแล้ว เซ็นแล้ว เซ็นต์แล้ว ไม่ติดใจ ไม่มีอะไรติดใจ ไม่มีแก้ไข ไม่มีแก้ ไม่มีอะไรแก้ ไม่มีอะไรต้องแก้
ไม่มีข้อแก้ไข ไม่มีข้อทักท้วง ไม่มีปัญหา ไม่ขัดข้อง ไม่ติดขัด ไม่มีอะไรติด ร่าง ร่างรายงาน รายงาน ฉบับนี้ ร่างนี้ ตามร่าง ตามร่างนี้ ตามที่เสนอ ตามเสนอ ตามนี้ กรม กรมฯ ให้กรม
ไปกรม ส่วนกลาง ให้ส่วนกลาง หัวหน้า หัวหน้าดูแล้ว ท่าน ท่านดูแล้ว ท่านเห็นชอบ ท่านเห็นชอบแล้ว ท่านอนุมัติแล้ว นาย ท่านท้องถิ่นจังหวัด ท้องถิ่นจังหวัด ผอ. ได้ จึง และ ทั้งหมด
"""),
    Verb.CONFIRM: loose_words(
        "แม่น ลูก หลาน นิ แหละ นั่นแหละ เข้าใจถูก อ่านแล้ว ตรวจแล้ว ทวนแล้ว เช็คแล้ว เช็กแล้ว ถูกทุกคำ ใช่ ถูกต้อง ถูก แล้ว ได้ ขอ ครบถ้วน ไม่มีอะไรแก้ ไม่แก้ ไม่มีแก้"
    ),
    Verb.DENY: loose_words(f"{_OF_REQUEST} ขออภัย ขอโทษ เสียใจ คง ต้อง เวลา ครั้งนี้ รอบนี้", *_THEM),
    Verb.CANCEL: loose_words("ขอ ขอโทษ ขออภัย อุ๊ย โทษที อันนี้ เรื่องนี้ นี้ คำสั่ง ไว้ก่อน ก่อน ของเดิม ดีกว่า"),
}
# In a reason these let half of it happen after all, or ask: แต่ให้ถึง …, ให้ได้แค่ …, ไหม.
_HALF = re.compile(r"แต่|ถ้า|หาก|ให้ถึง|ได้ถึง|ได้แค่|ขอเป็น|เปลี่ยนเป็น|เอาเป็น|แก้เป็น|เลื่อนเป็น|\d|ไหม(?!่)|มั้ย|มั๊ย|\?|หรือ|ยืนยัน")
# "ไม่ใช่ค่ะ หมายถึงสอง", "ยกเลิก ขอเลื่อนสองแทน": what is dropped is to be another thing, which is asked for behind it.
_MEANT = re.compile(r"ไม่ใช่|ไม่ถูก|ผิด|หมายถึง|ต้องเป็น|แทน|เอา(?!ไว้|ตาม)|ขอ(?!โทษ|บ|ง|อภัย)|ช่วย|ให้|ส่ง|เปลี่ยน(?!ใจ)")


def awaited(text: str, verbs: Collection[Verb], speaker: Speaker) -> Wish | None:
    """What a mail's own text answers, among the ``verbs`` that its letter waits for; None where it is not clearly one.

    Who grants or denies may name the asker; whether he is that one is for the caller to see.
    """
    lines: Sequence[str] = own_lines(text)
    whom: tuple[str, ...] = ()
    if not lines or len(lines[0]) > _LONGEST or "?" in text:
        return None
    if Verb.GRANT in verbs:
        lines, whom = _nameless(lines, speaker)
    letting = [verb for verb in verbs if verb in _LETTING and _lets(lines, verb, text, speaker)]
    stopping = [
        reason for verb in verbs if verb in {Verb.DENY, Verb.CANCEL} and (reason := _stops(lines, verb)) is not None
    ]
    if letting and not stopping:
        return Wish(letting[0], reporters=whom)
    if stopping and not letting:
        verb = next(verb for verb in verbs if verb in {Verb.DENY, Verb.CANCEL})
        return Wish(verb, reporters=whom, why=stopping[0] if verb is Verb.DENY else "")
    return None


def _lets(lines: Sequence[str], verb: Verb, text: str, speaker: Speaker) -> bool:
    """Whether the first lines are words that let something happen, and the text says nothing beside them."""
    few = (count for count in range(1, min(len(lines), _FEW) + 1) if _says("".join(lines[:count]), verb))
    return any(says_nothing_more(_beside(text, count), speaker.names) for count in few)


def _nameless(lines: Sequence[str], speaker: Speaker) -> tuple[Sequence[str], tuple[str, ...]]:
    """The lines, the first without whom it names; and whom."""
    first = loosened(lines[0])
    people = people_in(first, speaker.bureau.roster)
    text = first.text
    for start, end in sorted(people.spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return (text, *lines[1:]), people.reporters


def _beside(text: str, count: int) -> list[str]:
    """The lines of a text but the first ``count`` that say something, those of greeting too."""
    every = text.splitlines()
    said = [at for at, line in enumerate(every) if own_lines(line)][:count]
    return [line for at, line in enumerate(every) if at not in said]


def _stops(lines: Sequence[str], verb: Verb) -> str | None:
    """The reason behind words that let nothing happen, "" for none; None where they are no such words, or half taken back."""
    words = " ".join(lines).split()
    lengths = itertools.accumulate(len(word) + 1 for word in words)
    most = sum(
        length <= _LONGEST for length in lengths
    )  # words among which the answer ends; what follows is its reason
    ends = (at for at in range(most, 0, -1) if _says(" ".join(words[:at]), verb))
    end = next(ends, None)
    if end is None:
        return None
    reason = " ".join(words[end:])
    if _HALF.search(" ".join(words)) or (verb is Verb.CANCEL and reason and _MEANT.search(" ".join(words))):
        return None
    return reason


def _says(said: str, verb: Verb) -> bool:
    """Whether words are those of one answer with what may stand around them, one of its own at least."""
    return is_made_of(loosened(said).key, (*_AROUND[verb], *_POLITE), _CORES[verb])
