"""What holds a meaning back that a mail is like: it is denied, asked about, depends on something, or more is said than thanks."""

import re
from collections.abc import Sequence

from bot.office.wishes.conditions import is_conditional, is_denied
from bot.office.wishes.likeness import Near
from bot.office.wishes.opposites import NEEDS, NO_MORE_THERE, OWN_DENIALS, PROMISES, SECOND_THOUGHTS
from bot.office.wishes.slots import addresses_in
from bot.office.wishes.spelling import loose
from bot.office.wishes.wish import Verb

# Whose sayings deny something, or ask.
_UNDENIED = frozenset({Verb.CANCEL, Verb.DISPUTE, Verb.THANKS, Verb.DECLINE, Verb.HELP})
_DENYING = frozenset({Verb.THANKS, Verb.DISPUTE})
_FREE = frozenset({Verb.HELP, Verb.DISPUTE})  # on which a condition has no bearing
# "กรมแจ้งว่ายังไม่ได้รับ", "อบต.สะเอียบยังไม่ส่งมา": what others have not done yet sets no condition.
_OTHERS_NOT_YET = re.compile(r"ยังไม่(?:ได้|ส่ง|มา|ครบ|เห็น|รายงาน|พบ|เจอ|นิ่ง|น่าทัน|ทัน|เสร็จ|เรียบร้อย|มี|ถึง|ตอบ)")
# A word that takes back what follows it: must stand in the saying too that is like the sentence.
_TAKING_BACK = """
ไม่ต้อง ยังไม่อนุมัติ ยังไม่เห็นชอบ ยังไม่ปิด ยังไม่ยืนยัน อย่า ห้าม ไม่ได้จะ ไม่ได้ต้องการ ไม่ขอ ไม่ใช่ มิใช่ ไม่ให้ งด ระงับ
"""
_TAKES_BACK = tuple(map(loose, _TAKING_BACK.split()))
_DENIES = tuple(map(loose, ("ไม่", "มิ")))  # in thanks only as their saying has it: ไม่ใช่ของเรา is no ใช่ของเรา
# Words that ask or tell something more than thanks do.
_MORE = """
ไม่ใช่ มิใช่ ไม่ได้ส่ง ไม่ตรง ไม่ครบ ไม่ถูก ไม่ต้องเตือน อย่าเตือน ไม่ต้องทวง แก้ ยกเลิก เปลี่ยน ผิด ช่วย รบกวน เพิ่ม ลบ ถาม ไหม มั้ย
หรือ อย่างไร ยังไง เช็ค
"""
_MORE_THAN_THANKS = tuple(map(loose, _MORE.split()))
_THANKS_WITH_WORDS = tuple(map(loose, ("ขอขอบ", "ขอบ", "ไม่ขอ", "ขอให้สุข", "ที่ช่วย", "ขยายเวลาเพิ่ม")))
# "เด่นชัยยังไม่มาอีกเหรอ ตามให้ด้วยครับ": a question that is none, since what is wished stands behind it.
_BEFORE_WISH = re.compile(
    r"^.{1,100}?(?:เหรอ|หรือยัง|รึยัง|ไหม|มั้ย|หรือ)\S{0,6}\s+(?=\S.{0,100}?(?:ด้วย|หน่อย|ให้|ช่วย|ฝาก|รบกวน|ที(?=ครับ|ค่ะ|คะ|นะ|\s|$)))"
)
_NAMELESS = 0.5  # odds below which two or three words are like no known sentence
# "สมศรี", "สถอ.สอง", "(ศิริพร)", "วิชัย ครับ": a name under what is said.
_NAME = re.compile(r"\(?[ก-๎.]{2,30}(?: [ก-๎.]{2,30}){0,2}\)?")


def is_held_back(verb: Verb, sayings: Sequence[str], lines: Sequence[str], shape: str) -> bool:
    """Whether a mail denies what it is like, asks about it, or makes it depend on something.

    ``sayings``: the likest known sentences of the meaning; ``shape``: all lines as they are compared.
    """
    own = [_without_own(line, verb) for line in lines]
    asked = [_BEFORE_WISH.sub("", line) for line in lines]
    return (
        (verb not in _FREE and is_conditional(own, verb))
        or _is_amiss(verb, " ".join(lines).casefold())
        or _denies_more(verb, sayings, shape)
        or (verb not in _UNDENIED and any(is_denied(line, verb, 0) or "?" in line for line in asked))
    )


def _is_amiss(verb: Verb, said: str) -> bool:
    """Whether a text lacks the word that such a wish must have, or has one that such a wish cannot have."""
    return (
        (verb is not Verb.THANKS and bool(SECOND_THOUGHTS.search(said)))
        or (verb is Verb.FORM and bool(PROMISES.match(said)))
        or (verb in NEEDS and not any(word in said for word in NEEDS[verb]))
        or (verb is Verb.NEW_ADDRESS and ("@" not in said or bool(NO_MORE_THERE.search(said))))
    )


def _denies_more(verb: Verb, sayings: Sequence[str], shape: str) -> bool:
    """Whether a text denies something that the known sentences do not deny."""
    if verb in {Verb.THANKS, Verb.APPROVE} and any(shape.count(word) > sayings[0].count(word) for word in _DENIES):
        return True
    own = "".join((*sayings, *map(loose, OWN_DENIALS.get(verb, ()))))
    return verb not in _DENYING and any(word in shape and word not in own for word in _TAKES_BACK)


def _without_own(line: str, verb: Verb) -> str:
    """A line without the denials by which the wish itself is said, and without what others have not done."""
    for word in OWN_DENIALS.get(verb, ()):
        line = line.replace(word, " ")
    return _OTHERS_NOT_YET.sub(" ", line)


def only_thanks(lines: Sequence[str], ranked: Sequence[Sequence[Near]]) -> bool:
    """Whether every line thanks or promises, and none asks or tells something more."""
    if any(addresses_in(line) or "?" in line for line in lines):
        return False
    for line in lines:
        key = loose(line)
        for word in _THANKS_WITH_WORDS:
            key = key.replace(word, "")
        if any(word in key for word in _MORE_THAN_THANKS) or key.count("ขอ") > key.count("ของ") + key.count("ขอมล"):
            return False
    known = [near for line, near in zip(lines, ranked, strict=True) if not _may_be_name(line, near)]
    return bool(known) and all(near and near[0].verb is Verb.THANKS for near in known)


def _may_be_name(line: str, near: Sequence[Near]) -> bool:
    """Whether a line is two or three words that are like no known sentence: who signs."""
    return bool(_NAME.fullmatch(line)) and (not near or near[0].odds < _NAMELESS)
