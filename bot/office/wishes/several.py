"""What a line asks for beside its wish: ขอแบบฟอร์ม และขอขยายเวลา. Half of two wishes is never done as if it were all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.office.wishes.conditions import parted
from bot.office.wishes.cues import Said, verb_in
from bot.office.wishes.days import day_in
from bot.office.wishes.names import people_in
from bot.office.wishes.slots import addresses_in, with_slots
from bot.office.wishes.speaker import Speaker
from bot.office.wishes.spelling import loosened, plain
from bot.office.wishes.wish import Verb, Wish

# "แล้วก็ช่วย…", "และขอ…", "พร้อมทั้งส่ง…": between two wishes; group 1 where it asks for something. Not แล้ว ของ.
_AND = re.compile(r"\s?(?:แล้วก็|แล้ว|และก็|และ|พร้อมทั้ง|พร้อม|รวมทั้ง|อีกเรื่อง|อีกอย่าง|ส่วน)\s?(?=(ขอ(?!ง)|ช่วย|รบกวน|ฝาก|ให้ใช้)?)")
_BEFORE = ("เมื่อวาน", "เมื่อเช้า", "ไปแล้ว", "ก่อนหน้า", "เมื่อกี้")  # what was done is no wish
# Verbs whose words tell the other's story: ปิดไปเมื่อวาน ขอเปิดกลับมา.
_STORY = {
    Verb.REOPEN: {Verb.CLOSE},
    Verb.LIFT: {Verb.EXEMPT},
    Verb.WORK_DAY: {Verb.HOLIDAY},
    Verb.REMIND_AGAIN: {Verb.REMIND, Verb.NO_REMINDER},
    Verb.EXEMPT: {Verb.REMOVE_ADDRESS},
    Verb.CLOSE: {Verb.ACCEPT},
    Verb.STATUS: {Verb.WHO_OWES},
    Verb.WHO_OWES: {Verb.STATUS},
    Verb.NO_REMINDER: {Verb.REMIND, Verb.REMIND_AGAIN},
}
_NAMING = frozenset(
    {Verb.REMIND, Verb.NO_REMINDER, Verb.REMIND_AGAIN, Verb.SEND_FORM, Verb.EXTEND, Verb.EXEMPT, Verb.LIFT}
)
_AT_ADDRESS = frozenset({Verb.ADD_ADDRESS, Verb.REMOVE_ADDRESS, Verb.NEW_ADDRESS})
_ON_DAY = frozenset({Verb.HOLIDAY, Verb.WORK_DAY})
_JOINTS, _MOST = 8, 12  # words between wishes, and blanks of a piece, that are looked at: people write no longer lines
_LONG = 4  # letters of a cue that is more than ปิด or เปิด


@dataclass(frozen=True)
class Beside:
    """Other wishes of a line. ``more``: something else is asked for, known or not."""

    verbs: tuple[Verb, ...] = ()
    more: bool = False
    wishes: tuple[Wish, ...] = ()  # all of the line's, where each is whole and nothing else is asked for


def wishes_beside(first: Said, line: str, speaker: Speaker) -> Beside:
    """What a line asks for beside the wish that is understood in it, its reason included."""
    if _swaps(first.verb, line):
        return Beside((Verb.REMOVE_ADDRESS, Verb.ADD_ADDRESS), more=True)
    said = plain(line)
    head, reason = parted(line)
    others: list[Verb] = []
    more = False
    for piece in _pieces(said):
        found = verb_in(piece.text, speaker)
        if found is None:
            unknown = piece.asks and piece.text in head and verb_in(said[: piece.start], speaker) is not None
            more = more or unknown
        elif found.verb is not first.verb and _is_whole(found, piece.text, speaker):
            told = (
                not piece.joined
                and found.verb in _STORY.get(first.verb, ())
                and _same_people(piece.text, said, speaker)
            )
            others += [] if told else [found.verb]
    wishes = _wishes(said, speaker) if others and not more and not reason else ()
    whole = {wish.verb for wish in wishes} == {first.verb, *others}
    return Beside(tuple(dict.fromkeys(others)), more or bool(others), wishes if whole else ())


def _wishes(said: str, speaker: Speaker) -> tuple[Wish, ...]:
    """The wishes that words as แล้วก็ part, each with what it is about; none where a part is no wish."""
    parts = [piece.text for piece in _pieces(said) if piece.whole]
    found = [verb_in(part, speaker) for part in parts]
    if any(one is None or one.denied for one in found):
        return ()
    verbs = [one.verb for one in found if one is not None]
    return tuple(with_slots(verb, [part], speaker) for verb, part in zip(verbs, parts, strict=True))


@dataclass(frozen=True)
class _Piece:
    """A piece of a line that may hold a wish. ``joined``: by a word as แล้วก็; ``asks``: it begins with asking."""

    text: str
    start: int
    joined: bool = False
    asks: bool = False
    whole: bool = False  # reaches from one such word to the next


def _pieces(said: str) -> Iterator[_Piece]:
    joints = list(_AND.finditer(said))[:_JOINTS]
    starts = [(0, False, False), *((at.end(), at[0].strip() != "แล้ว" or bool(at[1]), bool(at[1])) for at in joints)]
    ends = [*(found.start() for found in joints), len(said)]
    for (start, joined, asks), end in zip(starts, ends, strict=True):
        text = said[start:end]
        if text.strip():
            yield _Piece(text, start, joined, asks, whole=True)
        places = [at for at, letter in enumerate(text) if letter == " "][:_MOST]
        for at in places:
            yield _Piece(text[:at], start)
            yield _Piece(text[at + 1 :], start + at + 1)


def _is_whole(found: Said, piece: str, speaker: Speaker) -> bool:
    """Whether a verb in a piece of a line is a wish of its own, with what it is about: no word of a story."""
    if found.denied or any(word in piece for word in _BEFORE):
        return False
    if found.verb in _NAMING:
        people = people_in(loosened(piece), speaker.bureau.roster)
        return bool(people.reporters) or people.everyone
    if found.verb in _AT_ADDRESS:
        return bool(addresses_in(piece))
    if found.verb in _ON_DAY:
        return day_in(piece, speaker.today) is not None
    if found.verb is Verb.APPROVE:
        return found.first == 0  # not ผู้อนุมัติ
    return found.letters > _LONG


def _same_people(piece: str, line: str, speaker: Speaker) -> bool:
    """Whether a piece of a line names nobody, or all whom the line names: then it tells of the same."""
    roster = speaker.bureau.roster
    named = people_in(loosened(piece), roster).reporters
    return not named or set(named) == set(people_in(loosened(line), roster).reporters)


def _swaps(verb: Verb, line: str) -> bool:
    """Whether one address is to take the place of another: two wishes, since each is said back alone."""
    return verb in {Verb.ADD_ADDRESS, Verb.REMOVE_ADDRESS} and len(addresses_in(plain(line))) > 1
