"""What takes a wish back or makes it depend on something: then it is not plain, and nothing is done.

A reason given behind the wish may deny what it likes, but not begin with "but" or "if".
"""

import re
from collections.abc import Sequence

from bot.office.wishes.spelling import loose, loosened, plain
from bot.office.wishes.vocabulary import (
    ALL_DENIALS,
    BEFORE_REASON,
    CONDITIONS,
    DENIES,
    NO_CONDITIONS,
    QUESTIONS,
    REASONS,
    WITHIN_DENIAL,
)
from bot.office.wishes.wish import Verb

_THEREFORE = "จึง"
# "ตามที่ … นั้น … จึงขอให้ …", "ด้วย … จึงขอ …": officialese says why first, and what is asked behind the last จึง.
_OFFICIAL = re.compile(
    r"(?P<why>(?:ตามที่|ด้วย(?!ความ)|ปรากฏว่า).{1,250})\sจึง(?P<asked>(?:ใคร่)?(?:ขอ|เห็นควร|ให้|อนุญาต)(?!แสดง).{1,250})$"
)
_ASKED = re.compile(r"(?:ใคร่)?ขอ(?:ขยาย|เลื่อน|ผ่อนผัน)")  # "…พิจารณาแล้ว เนื่องจาก … จึงขอขยาย…"
_POLITE = ("ครับผม", "ครับ", "คับ", "ค่ะ", "คะ", "นะ", "ด้วย", "หน่อย")
# Verbs that deny something themselves, by the denials that are their own words.
_OWN = {
    Verb.NO_REMINDER: (
        "จนกว่าจะแจ้ง",
        "จนกว่าจะสั่ง",
        "จนกว่าจะมี",
        "ก่อนนะ",
        "ชะลอ",
        "อย่าเพิ่ง",
        "อย่าพึ่ง",
        "ไม่ต้อง",
        "อย่า",
        "ระงับ",
    ),
    Verb.EXEMPT: ("ยกเว้น", "ไม่ต้อง", "ยังไม่", "ก่อนนะ"),
    Verb.REOPEN: ("ยังไม่", "ก่อนนะ"),  # those who have not sent
    Verb.DECLINE: ("ก่อนนะ",),
    Verb.REMOVE_ADDRESS: ("ไม่ต้อง",),
    Verb.HOLIDAY: ("ไม่ต้อง", "อย่า"),
    Verb.CANCEL: ("ไม่ต้อง",),
    Verb.LIFT: ("ยกเว้น", "ยังไม่"),  # the reason: คำสั่งรวมยังไม่ประกาศ
    Verb.SEND_FORM: ("ยังไม่",),
    Verb.FORM: ("ยังไม่",),  # ยังไม่ได้แบบเลย
    Verb.WHO_OWES: ("ยังไม่",),
    Verb.SIGN_IN: ("ยังไม่",),  # ยังไม่ได้เข้าระบบเลย
    Verb.STATUS: ("ยังไม่",),
    Verb.CORRECT: ("ยังไม่",),  # the value: ยังไม่ได้ดำเนินการ
    Verb.REMIND: ("ยังไม่",),  # those who have not sent
    Verb.RESEND: ("ยังไม่",),  # the department has not got it
    # Put to staff with the whole mail: ขอบคุณครับ แต่ 12 ธ.ค. ไม่ทัน ขอเป็น 16 ธ.ค.
    Verb.MORE_TIME: ("แต่", "ยังไม่"),
    Verb.NEW_ADDRESS: ("แต่",),
    Verb.THANKS: BEFORE_REASON,  # promises ask for nothing
    # The story of what is taken back; it is said back, and staff read the mail.
    Verb.WITHDRAW: ("ยังไม่", "ภายหลัง", "หลังจาก", "ก่อนนะ", "อย่าเพิ่ง", "อย่าพึ่ง", "ระงับ", "ชะลอ", "เมื่อส่ง", "เมื่อแก้", "รอให้"),
}


def parted(line: str) -> tuple[str, str]:
    """A line in what is asked and the reason given for it, both ``plain``."""
    said = plain(line)
    if officially := _OFFICIAL.match(said):
        return officially["asked"], _reason(officially["why"].removeprefix("ด้วย"))
    places = [(at, -len(word)) for word in REASONS if (at := said.find(word)) >= 0]
    if not places:
        return said, ""
    at, length = min(places)
    because = said[at - length :]
    reason, therefore, asked = because.partition(_THEREFORE)
    if therefore and (not said[:at].strip() or _ASKED.match(asked)):  # officialese gives the reason first
        return asked, _reason(reason)
    return said[:at], _reason(because)


def _reason(said: str) -> str:
    return without_politeness(said).removeprefix("ว่า").strip()


def without_politeness(said: str) -> str:
    """Words without signs around them and politeness behind them: "น้ำท่วมค่ะ" is น้ำท่วม."""
    before = ""
    while said != before:
        before, said = said, said.strip(" :.,")
        for word in _POLITE:
            said = said.removesuffix(word)
    return said


def is_conditional(lines: Sequence[str], verb: Verb) -> bool:
    """Whether any line of a mail restricts the wish or takes it back."""
    return any(_restricts(line, verb) for line in lines)


def _restricts(line: str, verb: Verb) -> bool:
    head, _ = parted(line)
    whole = _without(plain(line), NO_CONDITIONS)
    own = _OWN.get(verb, ())
    whole = _without(whole, [word for word in own if word.startswith(("จนกว่า", "แต่"))])
    said = _without(head, (*NO_CONDITIONS, *own))
    if "ยังไม่ต้อง" in head and "ไม่ต้อง" not in own:  # not those who ยังไม่ส่ง
        return True
    return any(word in whole for word in CONDITIONS) or any(word in said for word in BEFORE_REASON if word not in own)


def _without(text: str, words: Sequence[str]) -> str:
    for word in words:
        text = text.replace(word, " ")
    return text


# Verbs that bring something about; only of these a question is no wish, and "cannot" behind takes back.
_TELLING = frozenset({Verb.STATUS, Verb.WHO_OWES, Verb.HELP, Verb.SIGN_IN, Verb.EVIDENCE, Verb.FORM, Verb.MORE_TIME})
_WHO = "ใคร"  # straight before a deed: who did it is asked
_SAYS_NOT = frozenset({Verb.CORRECT, Verb.WORK_DAY})  # whose own words say that something is not so
# "ปิดไม่ได้นะคะ", "เลื่อน … ไม่ได้": cannot, at the end of what is said.
_CANNOT = re.compile(r"ไม่ได้(?=\s|$|นะ|ครับ|คับ|ค่ะ|คะ|จ้า)")
# "… ไหม", "… หรือเปล่า", "… หรือครับ": whether it is so; not ได้ไหม, by which people ask for a thing.
_WHETHER = re.compile(
    r"(?<!ได้)(?<!ได้\s)(?:ไหม(?![่้])|มั้ย|มั๊ย|ไม๊|(?:หรือ|รึ)(?:เปล่า|ป่าว|ไม่)|เหรอ|หรือ(?=\s?(?:ครับ|คับ|คะ|ค่ะ)?$))"
)
_MAY = ("ได้ไหม", "ได้มั้ย", "ได้หรือไม่", "ได้หรือเปล่า")
# "ไม่ส่งเตือน …": not ยังไม่ส่ง เตือนด้วย.
_SENDS_NO = re.compile(r"(?<!ยัง)(?<!ที่)ไม่(?:ควร|สมควร|เห็นควร|อยากให้|ให้)?ส่ง(?:ใบ|หนังสือ|จดหมาย|เมล)?(?:เตือน|ทวง)")
_WILL = tuple(map(loose, ("จะ", "จะส่ง", "จะช่วย", "จะต้อง", "จะมี", "จะให้")))  # straight before a deed that is asked about


def is_denied(line: str, verb: Verb, first: int) -> bool:
    """Whether a verb whose first letter stands at ``first`` of the loose line is denied or only asked about.

    ไม่เลื่อน, ไม่ได้จะปิด, ปิดไม่ได้, ไม่ใช่ค่ะ …, ปิดวันไหน.
    """
    before = _without_fillers(loosened(line).key[:first])
    if before.endswith(tuple(map(loose, (*ALL_DENIALS, _WHO)))) or (verb is Verb.REMIND and _SENDS_NO.search(line)):
        return True
    if verb not in _SAYS_NOT and line.strip().startswith(DENIES):  # not loose: ไม่ใช้ is another word
        return True
    acts = verb not in _TELLING
    own = verb in {Verb.EXEMPT, Verb.LIFT, Verb.DECLINE, Verb.CORRECT, Verb.REMIND, Verb.NO_REMINDER, Verb.SEND_FORM}
    own = own or verb in {Verb.RESEND, Verb.REMOVE_ADDRESS, Verb.ADD_ADDRESS, Verb.REOPEN}
    if acts and verb is not Verb.CORRECT and _asks_whether(line, first):  # a cell's name may end with หรือไม่
        return True
    return acts and (any(word in line for word in QUESTIONS) or (not own and bool(_CANNOT.search(line))))


def _asks_whether(line: str, first: int) -> bool:
    """Whether a line asks if something is or will be done: ระบบจะส่งเตือนอำเภอลองไหม, จะเตือนได้ไหม."""
    will = loosened(line).key[:first].endswith(_WILL)
    return bool(_WHETHER.search(line)) or (will and any(word in line for word in _MAY))


def _without_fillers(before: str) -> str:
    """What stands before a verb without what may stand between it and its denial."""
    shorter = before
    while shorter:
        filler = next((word for word in map(loose, WITHIN_DENIAL) if shorter.endswith(word)), "")
        if not filler:
            return shorter
        if shorter.endswith(tuple(map(loose, ALL_DENIALS))):
            return shorter
        shorter = shorter.removesuffix(filler)
    return shorter
