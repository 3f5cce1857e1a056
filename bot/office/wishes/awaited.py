"""Answers in other words to a letter of ours that waits for one: ให้เขาไปเถอะ, คงไม่ได้ค่ะ กรมเร่งมา, โอเคตามนั้น, ไม่ต้องทำแล้ว.

No likeness. By closed lists, of which every letter must be one where something is let happen; then by ``consent``, whole
sentences about what was said back.
"""

import itertools
import re
from collections.abc import Collection, Iterable, Sequence

from bot.office.wishes.awaited_words import AROUND, CLEAR_DENIALS, CORES, DONE_SO, HEDGED, NOT_SO, POLITE, UNTIL
from bot.office.wishes.consent import consents, denies, drops, lets_it
from bot.office.wishes.days import day_in
from bot.office.wishes.lines import own_lines
from bot.office.wishes.names import People, people_in
from bot.office.wishes.nothing_more import says_nothing_more
from bot.office.wishes.speaker import Speaker
from bot.office.wishes.spelling import loose, loose_words, loosened, plain
from bot.office.wishes.wish import Verb, Wish
from parsers.mail.words.known_words import is_made_of, reached

_LONGEST = 120  # characters of the words that answer
_FEW = 3  # lines in which they stand
_STOPPING = frozenset({Verb.DENY, Verb.CANCEL})
_LETTING = frozenset({Verb.GRANT, Verb.CONFIRM, Verb.APPROVE})
# In a reason these let half of it happen after all, or ask: แต่ให้ถึง …, ให้ได้แค่ …, ไหม.
_HALF = re.compile(r"แต่|ถ้า|หาก|ให้ถึง|ได้ถึง|ได้แค่|ขอเป็น|เปลี่ยนเป็น|เอาเป็น|แก้เป็น|เลื่อนเป็น|\d|ไหม(?!่)|มั้ย|มั๊ย|\?|หรือ|ยืนยัน")
# "ไม่ใช่ค่ะ หมายถึงสอง", "ยกเลิก ขอเลื่อนสองแทน": what is dropped is to be another thing, which is asked for behind it.
_MEANT = re.compile(r"ไม่ใช่|ไม่ถูก|ผิด|หมายถึง|ต้องเป็น|แทน|เอา(?!ไว้|ตาม)|ขอ(?!โทษ|บ|ง|อภัย)|ช่วย|ให้|ส่ง|เปลี่ยน(?!ใจ)")
# Of these words a reason for a denial says nothing: it would let happen what is denied.
_LETS = re.compile(
    r"(?<!ไม่)ให้(?:(?:เขา|เค้า)(?!\s?(?:ส่ง(?:ตาม|เท่าที่)|รีบ|เร่ง))|เลื่อน|ขยาย|เวลา|ไป|เถอะ|ได้)|อนุญาต|อนุโลม|ผ่อนผัน|เห็นใจ"
)

# "ขออนุโลมถึง 12 ธ.ค.", "จะส่งภายใน …": a reporter's words, which grant nothing though each of them could.
_WISHES = re.compile(r"ขอ(?:อนุ|เลื่อน|ขยาย|ผ่อน|ส่ง)|จะส่ง")
_ALREADY = loose("แล้ว")
# "เดี๋ยวจะส่งชุดใหม่ให้พรุ่งนี้": what comes instead of what is taken back.
_PROMISE = re.compile(
    r"(?:แล้ว|เดี๋ยว|จะ|จัด){1,4}ส่ง(?:ให้|มา|ไป|เข้าไป)?(?:ชุด|ฉบับ|ไฟล์|อัน|ตัว)?(?:ใหม่|จริง)(?:ให้|ไป)?(?:ทีเดียว|อีกที)?\s?(?:พรุ่งนี้|บ่ายนี้|เย็นนี้|วันนี้)?"
)
# Wishes that people call ยกเลิก themselves, and the word where it may be said of what they wish: ยกเลิกได้เลย, ยกเลิกรายงานที่ส่ง.
_TAKING_BACK = frozenset({Verb.WITHDRAW, Verb.LIFT, Verb.WORK_DAY})
_EITHER = re.compile(
    f"{loose('ยกเลิก')}(?:{'|'.join(loose_words('ได้ เลย ไป ให้ รายงาน ที่ส่ง ไฟล์ ฉบับ อันเดิม อันเก่า ของเดิม ข้อมูล การยกเว้น วันหยุด'))})"
)


def awaited(text: str, verbs: Collection[Verb], speaker: Speaker, about: Verb | None = None) -> Wish | None:
    """What a mail's own text answers, among the ``verbs`` that its letter waits for; None where it is not clearly one.

    ``about``: the verb of the wish that was said back, if one was. Who grants may name the asker and another day; whether he is
    that one is for the caller to see.
    """
    lines = own_lines(text)
    if not lines or "?" in text or is_double_edged(text, about):
        return None
    if len(lines[0]) > _LONGEST:
        return _told(text, verbs, speaker, about)
    granting = Verb.GRANT in verbs
    people = people_in(loosened(lines[0]), speaker.bureau.roster) if granting else People()
    named = day_in(loosened(lines[0]).text, speaker.today) if granting else None
    nameless = _without(lines, people.spans)
    dropping = {Verb.CANCEL: NOT_SO.get(about, ()) if about else ()}
    stopping = {
        verb: why
        for verb in verbs
        if verb in _STOPPING and (why := _stops(nameless, (verb, dropping.get(verb, ())))) is not None
    }
    if about and Verb.CANCEL in stopping and lets_it(plain(" ".join(lines)), about):
        return None
    dayless = _without(lines, (*people.spans, *named.spans)) if named else nameless
    more = {Verb.CONFIRM: DONE_SO.get(about, ()) if about else (), Verb.GRANT: UNTIL if named else ()}
    letting = [verb for verb in verbs if verb in _LETTING and _lets(dayless, (verb, more.get(verb, ())), text, speaker)]
    if letting and not stopping:
        return Wish(letting[0], reporters=people.reporters, until=named.moment() if named else None)
    if stopping and not letting:
        verb, why = next(iter(stopping.items()))
        return Wish(verb, reporters=people.reporters, why=why if verb is Verb.DENY else "")
    return None if letting or stopping else _told(text, verbs, speaker, about)


def _told(text: str, verbs: Collection[Verb], speaker: Speaker, about: Verb | None) -> Wish | None:
    """What whole sentences say of what was asked or said back; None where they say both, neither, or name another."""
    said = " ".join(_without_signature(own_lines(text), speaker.names))
    named = people_in(loosened(said), speaker.bureau.roster)
    nameless = _without((said,), named.spans)[0]
    told = named.reporters if len(named.reporters) == 1 else ()  # of several a story is told
    if Verb.DENY in verbs and denies(nameless):
        return Wish(Verb.DENY, reporters=told, why=said)
    if about is None or Verb.CONFIRM not in verbs:
        return None
    yes, no = not named.spans and consents(nameless, about), drops(nameless, about)
    return Wish(Verb.CONFIRM if yes else Verb.CANCEL) if yes is not no else None


def _without_signature(lines: Sequence[str], names: Collection[str]) -> Sequence[str]:
    """The lines above the first from which on nothing more is said."""
    end = next((at for at in range(1, len(lines)) if says_nothing_more(lines[at:], names)), len(lines))
    return lines[:end]


def is_double_edged(text: str, about: Verb | None) -> bool:
    """Whether ยกเลิก in a text may drop a wish or do it, as the wish itself takes something back: ยกเลิกได้เลยค่ะ เดี๋ยวส่งใหม่."""
    return about in _TAKING_BACK and bool(_EITHER.search(loosened(" ".join(own_lines(text))).key))


def whole_answer(text: str, words: tuple[Sequence[str], Sequence[str]], names: Collection[str]) -> bool:
    """Whether a text's first lines are ``words`` (what may stand around, and those that answer), and it says nothing beside them.

    Each line by itself: "ให้" above "ส่งแล้ว" is no ให้ส่ง.
    """
    lines, (around, cores) = own_lines(text), words
    if not lines or "?" in text or sum(map(len, lines[:_FEW])) > _LONGEST or HEDGED.search(plain(" ".join(lines))):
        return False
    known = (*around, *cores, *POLITE)
    keys = [loosened(line).key for line in lines[:_FEW]]
    made = list(itertools.takewhile(lambda key: len(key) in reached(key, {0}, known), keys))
    ends = (count for count in range(1, len(made) + 1) if any(is_made_of(key, known, cores) for key in made[:count]))
    return any(says_nothing_more(_beside(text, count), names) for count in ends)


def _lets(lines: Sequence[str], answer: tuple[Verb, Sequence[str]], text: str, speaker: Speaker) -> bool:
    """Whether the first line, of an approval the first few, is words that let something happen, and the text says nothing beside."""
    if answer[0] is Verb.APPROVE:
        return whole_answer(text, (AROUND[Verb.APPROVE], CORES[Verb.APPROVE]), speaker.names)
    hedged = HEDGED.search(plain(lines[0]))
    return not hedged and _says(lines[0], *answer) and says_nothing_more(_beside(text, 1), speaker.names)


def _without(lines: Sequence[str], spans: Iterable[tuple[int, int]]) -> Sequence[str]:
    """The lines, the first without these stretches of its ``loosened`` text."""
    text = loosened(lines[0]).text
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return (text, *lines[1:])


def _beside(text: str, count: int) -> list[str]:
    """The lines of a text but the first ``count`` that say something, those of greeting too."""
    every = text.splitlines()
    said = [at for at, line in enumerate(every) if own_lines(line)][:count]
    return [line for at, line in enumerate(every) if at not in said]


def _stops(lines: Sequence[str], answer: tuple[Verb, Sequence[str]]) -> str | None:
    """The reason behind words that let nothing happen, "" for none; None where they are no such words, or half taken back."""
    words = " ".join(lines).split()
    lengths = itertools.accumulate(len(word) + 1 for word in words)
    most = sum(
        length <= _LONGEST for length in lengths
    )  # words among which the answer ends; what follows is its reason
    ends = (at for at in range(most, 0, -1) if _says(" ".join(words[:at]), *answer))
    end = next(ends, None)
    if end is None:
        return _denies_behind(words[:most], words) if answer[0] is Verb.DENY else None
    reason = " ".join(words[end:])
    if answer[0] is Verb.DENY and _LETS.search(reason):
        return None
    if _HALF.search(" ".join(words)) or (answer[0] is Verb.CANCEL and reason and _MEANT.search(" ".join(words))):
        return None
    return reason


def _denies_behind(stretches: Sequence[str], words: Sequence[str]) -> str | None:
    """The reason around a clear denial that follows it: กรมเร่งมาก คงให้ไม่ได้ค่ะ; None where none follows, or half of it is taken back."""
    denials = [part for part in stretches if is_made_of(loosened(part).key, POLITE, CLEAR_DENIALS)]
    whole = " ".join(words)
    if len(denials) != 1 or _HALF.search(whole) or _LETS.search(whole.replace(denials[0], " ")):
        return None
    return " ".join(part for part in words if part != denials[0])


def _says(said: str, verb: Verb, more: Sequence[str] = ()) -> bool:
    """Whether words are those of one answer with what may stand around them, one of its own at least, or one ``more``."""
    if verb is Verb.GRANT and _WISHES.search(plain(said)):
        return False
    key = loosened(_PROMISE.sub(" ", plain(said)) if verb is Verb.CONFIRM else said).key
    already = any(f"{word}{_ALREADY}" in key for word in more)
    return not already and is_made_of(key, (*AROUND[verb], *POLITE), (*CORES[verb], *more))
