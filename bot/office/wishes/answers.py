"""The line that answers a letter of ours: it confirms, takes back, grants or denies, and says nothing else.

A small grammar and no search: every letter of the line must be one of the words, of which one at least is the word itself.
"""

from collections.abc import Mapping, Sequence

from bot.office.wishes.awaited_words import HEDGED
from bot.office.wishes.spelling import loose, loosened
from bot.office.wishes.wish import Verb
from parsers.mail.words.known_words import is_made_of, reached
from parsers.thai.months import WEEKDAYS

_CONFIRM = "ยืนยัน"
_POLITE = (
    *("ครับผม", "ครับ", "คับ", "ค้าบ", "ค่ะ", "คะ", "ค่า", "นะ", "น้า", "เลย", "จ้า", "จ้ะ", "ด้วย", "ได้", "แล้ว", "ล่ะ"),
    *("ขอบคุณ", "ขอบพระคุณ", "มาก", "โอเค", "ok", "ตกลง", "please", "pls"),
)
# By verb the words themselves, and what may stand around them.
_CORES: Mapping[Verb, tuple[str, ...]] = {
    Verb.CONFIRM: (_CONFIRM, "ยินยัน", "คอนเฟิร์ม", "คอนเฟิม", "confirm", "confirmed"),
    Verb.CANCEL: (
        *(
            "ไม่ยืนยัน",
            "ไม่คอนเฟิร์ม",
            "ไม่ตกลง",
            "ยกเลิก",
            "cancel",
            "ขอถอนคำสั่ง",
            "ถอนคำสั่ง",
            "ไม่ยกเลิกแล้ว",
            "ไม่เอาแล้ว",
            "ไม่ต้องแล้ว",
            "ไม่ทำแล้ว",
            "ไม่ต้องการแล้ว",
        ),
        *("ไม่แก้แล้ว", "ไม่ต้องแก้", "ไม่แก้ไขแล้ว", "งดการแก้ไข", "เอาตามเดิม", "ใช้ของเดิม", "ใช้อันเดิม", "คงไว้ตามเดิม"),
    ),
    Verb.GRANT: (
        *("ให้", "ให้เลื่อน", "ให้ขยาย", "ให้ขยายเวลา", "ให้ได้", "ให้ตามที่ขอ", "อนุญาต", "อนุญาตให้เลื่อน", "อนุญาตให้ขยายเวลา"),
        *(
            "ขยายให้ได้",
            "เลื่อนให้ได้",
            "เห็นควรขยายเวลาให้",
            "เห็นควรให้ขยายเวลา",
            "เห็นควรให้เลื่อน",
            "เห็นควรอนุญาต",
            "เห็นควรขยายเวลา",
        ),
    ),
    Verb.DENY: (
        *("ไม่ให้", "ไม่อนุญาต", "ไม่อนุญาตให้เลื่อน", "ให้ไม่ได้", "ขยายให้ไม่ได้", "ขยายไม่ได้", "เลื่อนให้ไม่ได้", "เลื่อนไม่ได้"),
        *("ไม่ขยาย", "ไม่ขยายให้", "ไม่ให้เลื่อน", "ไม่ให้ขยาย", "ไม่เลื่อนให้", "ไม่อนุมัติคำขอ", "ปฏิเสธ", "ปฏิเสธคำขอ"),
    ),
}
_AROUND: Mapping[Verb, tuple[str, ...]] = {
    Verb.CONFIRM: (
        *("ถูกต้องแล้ว", "ถูกต้อง", "ถูกแล้ว", "ใช่แล้ว", "ใช่", "ตามนี้", "ตามนั้น", "ตามที่แจ้ง", "ตามเสนอ", "ตามที่เสนอ"),
        *(
            "ตามที่ทวนมา",
            "ตามที่ทวน",
            "ดำเนินการได้เลย",
            "ดำเนินการได้",
            "ให้ดำเนินการ",
            "การดำเนินการ",
            "ดำเนินการ",
            "ได้เลย",
            "ขอ",
        ),
        *("การแก้ไข", "คำสั่งนี้", "คำสั่ง", "ดังกล่าว", "คน", "บาท", "แห่ง", "ตัน"),
    ),
    Verb.CANCEL: ("คำสั่ง", "นี้", "เมื่อกี้", "ดังกล่าว", "ไว้ก่อน", "ขอ", "ขอโทษ", "ของเดิม", "ไปก่อน"),
    Verb.GRANT: ("ตามที่ขอ", "ตามที่เสนอ", "ตามขอ", "ถึงวันที่", "ถึง", "วันที่", "เท่านั้น", "พิจารณาแล้ว", "ที่", *WEEKDAYS),
    Verb.DENY: ("คำขอ", "เวลา", "ตามกำหนดเดิม", "ให้ส่งตามกำหนด", "คง", "พิจารณาแล้ว"),
}
_TAKEN_BACK = ("การยกเลิก", "การถอน", "รายงาน", "ข้อมูล")
# Nothing is done by these, so more may stand behind the word.
DROPPING = frozenset({Verb.CANCEL, Verb.DENY})
OF_REPORTERS = frozenset({Verb.CONFIRM, Verb.CANCEL})  # those that reporters say too
AS_ASKED = ("ตามที่ขอ", "ตามที่เสนอ", "ตามขอ")  # who grants so may name the asker


def answer_in(head: str) -> Verb | None:
    """What a ``plain`` line answers and says nothing beside; None where it says anything else, or nothing of the kind.

    Of ยืนยัน two letters may have changed places, none may lack: ยืนยนั. Figures are looked at by who knows what was said back.
    """
    key = loosened(head).key
    without_figures = "".join(letter for letter in key if not letter.isdigit())
    found = (verb for verb in _CORES if _says(without_figures if verb is Verb.CONFIRM else key, verb))
    return next((verb for verb in found if verb in DROPPING or not HEDGED.search(head)), None)


def confirms_withdrawal(head: str) -> bool:
    """Whether a ``plain`` line confirms that something is taken back: ขอยืนยันการยกเลิกรายงานดังกล่าว."""
    return _says(loosened(head).key, Verb.CONFIRM, _TAKEN_BACK) and not HEDGED.search(head)


def _says(key: str, verb: Verb, more: tuple[str, ...] = ()) -> bool:
    """Whether a loose line is words of one verb with what may stand around them, one of its own words at least."""
    around = [loose(word) for word in (*_AROUND[verb], *_POLITE, *more)]
    cores = [*map(loose, _CORES[verb]), *(_turned(loose(_CONFIRM)) if verb is Verb.CONFIRM else ())]
    return is_made_of(key, around, cores)


def agrees(text: str) -> bool:
    """Whether a text is words of agreement alone, without the word that confirms: ถูกต้องค่ะ, โอเคจ้า."""
    key = loosened(text).key
    return len(key) in reached(key, {0}, [loose(word) for word in (*_AROUND[Verb.CONFIRM], *_POLITE)])


def _turned(word: str) -> Sequence[str]:
    """The word with two neighbouring letters in each other's place."""
    return [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)]
