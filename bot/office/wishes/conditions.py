"""What takes a wish back or makes it depend on something: then it is not plain, and nothing is done.

A reason given behind the wish may deny what it likes, but not begin with "but" or "if".
"""

from collections.abc import Sequence

from bot.office.wishes.spelling import loose, loosened, plain
from bot.office.wishes.vocabulary import ALL_DENIALS, BEFORE_REASON, CONDITIONS, NO_CONDITIONS, REASONS
from bot.office.wishes.wish import Verb

_POLITE = ("ครับผม", "ครับ", "คับ", "ค่ะ", "คะ", "นะ", "ด้วย", "หน่อย")
# Verbs that deny something themselves, by the denials that are their own words.
_OWN = {
    Verb.NO_REMINDER: ("ไม่ต้อง", "อย่า"),
    Verb.EXEMPT: ("ยกเว้น", "ไม่ต้อง"),
    Verb.LIFT: ("ยกเว้น",),
    Verb.WHO_OWES: ("ยังไม่",),
    Verb.STATUS: ("ยังไม่",),
    Verb.CORRECT: ("ยังไม่",),  # the value: ยังไม่ได้ดำเนินการ
    Verb.REMIND: ("ยังไม่",),  # those who have not sent
}


def parted(line: str) -> tuple[str, str]:
    """A line in what is asked and the reason given for it, both ``plain``."""
    said = plain(line)
    places = [(at, -len(word)) for word in REASONS if (at := said.find(word)) >= 0]
    if not places:
        return said, ""
    at, length = min(places)
    return said[:at], _reason(said[at - length :])


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
    said = _without(head, (*NO_CONDITIONS, *own))
    return any(word in whole for word in CONDITIONS) or any(word in said for word in BEFORE_REASON if word not in own)


def _without(text: str, words: Sequence[str]) -> str:
    for word in words:
        text = text.replace(word, " ")
    return text


def is_denied(line: str, first: int) -> bool:
    """Whether a denial stands straight before the letter ``first`` of a loose line: ไม่เลื่อน, อย่าเพิ่งปิด."""
    return loosened(line).key[:first].endswith(tuple(map(loose, ALL_DENIALS)))
