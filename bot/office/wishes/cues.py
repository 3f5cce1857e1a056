"""Which verb a line says: by the cue of it that stands there with the most letters, where enough of the line is known words."""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.office.wishes.circulars import own_words
from bot.office.wishes.conditions import is_denied, parted
from bot.office.wishes.days import asks_for_day, days_named, spans_of_days
from bot.office.wishes.names import people_in
from bot.office.wishes.reporter_vocabulary import LATER, REPORTERS, WITH_DAY
from bot.office.wishes.speaker import Speaker
from bot.office.wishes.spelling import Loose, longest_first, loose, loosened, mended
from bot.office.wishes.spoken_days import days_more
from bot.office.wishes.staff_vocabulary import NOT_OURS, STAFF
from bot.office.wishes.vocabulary import AROUND, COMMON, ENOUGH, FORM, MORE, Cue
from bot.office.wishes.wish import Verb

_TABLES: Mapping[bool, Mapping[Verb, tuple[Cue, ...]]] = {True: STAFF, False: REPORTERS}
# Where one of these stands, a correction is meant, whatever story is told around it.
_CORRECTING = ("แก้", "ที่ถูก", "พิมพ์ผิด")
_LONG_WORDS = {
    staff: frozenset(word for cues in table.values() for cue in cues for group in cue for word in group)
    for staff, table in _TABLES.items()
}
# "ขอบคุณค่ะที่ขยายเวลาให้", "ขอบพระคุณที่อนุโลม": thanks for time, where nothing is asked for behind (ขอ, not ขอบ or ของ);
# "จะขอขยายเวลาพี่ก็คงไม่ให้ งั้นไม่ขอละกัน": not asked for after all.
_NO_TIME_ASKED = re.compile(
    r"ขอบ(?:พระ)?คุณ[^ข]{0,20}?ที่[^ข]{0,10}?(?:ขยาย|เลื่อน|ให้|อนุโลม|ผ่อนผัน|ยืด|ต่อเวลา|เพิ่มเวลา)(?!.{0,200}ขอ(?![บง]))|ไม่ขอ(?:ละ|แล้ว|ดีกว่า|หรอก)"
)
_NO_ADDRESS = frozenset({Verb.EXEMPT, Verb.LIFT})
_THAI = re.compile("[ก-๎]+")  # letters, vowels and marks in a row
_LEFT = longest_first(map(loose, AROUND))


@dataclass(frozen=True)
class Said:
    """A verb that a line says: by how many letters, and where its first word stands in the loose line."""

    verb: Verb
    letters: int
    first: int
    denied: bool = False  # ไม่, ยังไม่ or อย่า stands straight before it
    place: int = 0  # where its first word stands in the line as it was written


def verb_in(line: str, speaker: Speaker) -> Said | None:
    """The verb that a line says; None where it says none, or tells a story in which the words only occur.

    Who reports says what he likes in words, so a verb that he denies is none of his; of staff it is asked after.
    """
    head, _ = parted(line)
    staff = speaker.staff
    asked = mended(loosened(head), _LONG_WORDS[staff])
    found = [said for verb, cue in _cues(asked, speaker) if (said := _stands(asked, verb, cue))]
    if "@" in asked.key:  # an address is no organisation, and no cell's value
        found = [one for one in found if one.verb not in _NO_ADDRESS] or found
    if _later_than_form(asked):  # ขอขยายเวลาส่งแบบรายงาน asks for no form
        found = [one for one in found if one.verb is not Verb.FORM] or found
    best = max(found, key=lambda one: (one.letters, -one.first), default=None)
    if best is None or (best.verb is Verb.CORRECT and not staff and "@" in asked.key):
        return None
    denied = is_denied(asked.text, best.verb, best.first)
    if (denied and not staff) or any(loose(word) in asked.key for word in NOT_OURS.get(best.verb, ())):
        return None
    if best.verb is Verb.MORE_TIME and _NO_TIME_ASKED.search(asked.text):
        return None
    if _covered(asked, best.verb, speaker) < _enough(best, asked, staff=staff):
        return None
    return Said(best.verb, best.letters, best.first, denied, asked.at[best.first])


def set_aside(line: str, speaker: Speaker) -> frozenset[Verb]:
    """The verbs whose words stand in a line and are denied there, asked about, or said of what is not ours."""
    head, _ = parted(line)
    asked = loosened(head)
    found = [said for verb, cue in _cues(asked, speaker) if (said := _stands(asked, verb, cue))]
    return frozenset(
        one.verb
        for one in found
        if is_denied(asked.text, one.verb, one.first)
        or any(loose(word) in asked.key for word in NOT_OURS.get(one.verb, ()))
        or (one.verb is Verb.MORE_TIME and _NO_TIME_ASKED.search(asked.text))
    )


def _cues(line: Loose, speaker: Speaker) -> Iterator[tuple[Verb, Cue]]:
    """The cues that count in a line: of some only where it names a day that is still to come."""
    yield from ((verb, cue) for verb, cues in _TABLES[speaker.staff].items() for cue in cues)
    if not speaker.staff and _names_day(line.text, speaker):
        yield from ((verb, cue) for verb, cues in WITH_DAY.items() for cue in cues)


def _later_than_form(line: Loose) -> bool:
    """Whether more time is spoken of before the form is, with no other asking between them."""
    later = min((at for word in LATER if (at := line.find(word)) >= 0), default=-1)
    form = min((at for word in FORM if (at := line.find(word)) >= 0), default=-1)
    return 0 <= later < form and loose("ขอ") not in line.key[later:form]


def _names_day(text: str, speaker: Speaker) -> bool:
    ahead = any(day > speaker.today for day, _ in days_named(text, speaker.today))
    return ahead or days_more(text) is not None


def _enough(said: Said, line: Loose, *, staff: bool) -> float:
    """How much of a line must be known for a verb: most where its word is a common one."""
    if said.verb is Verb.CORRECT and any(loose(word) in line.key for word in _CORRECTING):
        return 0.0
    if said.verb is Verb.MORE_TIME and not staff and asks_for_day(line.text):
        return 0.0  # whatever story is told around it: staff read the whole
    if said.verb in {Verb.CLOSE, Verb.REOPEN} and said.letters > COMMON:
        return ENOUGH[staff]
    return MORE.get(said.verb, ENOUGH[staff])


def _stands(line: Loose, verb: Verb, cue: Cue) -> Said | None:
    """A cue in a line: one word of each of its groups, in order."""
    at, first, letters = 0, -1, 0
    for group in cue:
        places = [(place, -len(loose(word))) for word in group if (place := line.find(word, at)) >= 0]
        if not places:
            return None
        place, length = min(places)
        first = place if first < 0 else first
        letters -= length
        at = place - length
    return Said(verb, letters, first)


def _covered(line: Loose, verb: Verb, speaker: Speaker) -> float:
    """How much of a line is known: names, days, addresses, words of the verb and words that say nothing of their own."""
    left = sum(map(len, unknown_in(line, verb, speaker)))
    return 1 - left / max(line.letters, 1)


def unknown_in(line: Loose, verb: Verb, speaker: Speaker) -> list[str]:
    """The stretches of Thai letters that nothing explains; addresses and figures are no story."""
    known = [*people_in(line, speaker.bureau.roster).spans, *spans_of_days(line.text, speaker.today)]
    inside = [any(start <= at < end for start, end in known) for at in line.at]
    rest = "".join("\n" if taken else letter for letter, taken in zip(line.key, inside, strict=True))
    called = longest_first(map(loose, own_words(speaker.bureau)))
    for word in (*called, *_words_of(verb, staff=speaker.staff), *_LEFT):
        rest = rest.replace(word, "\n" * len(word))
    return _THAI.findall(rest)


@functools.cache
def _words_of(verb: Verb, *, staff: bool) -> tuple[str, ...]:
    return longest_first(loose(word) for cue in _TABLES[staff].get(verb, ()) for group in cue for word in group)
