"""A mail whose words the grammar does not know, understood by the sentences that it is like; or nothing, where that is doubtful.

The grammar's safeguards hold here too: what is denied, asked about, repeated or depends on something is not understood. What
is found here and changes something is only ever said back, as ``likely``; nothing is confirmed, approved or let in by likeness.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.office.wishes.conditions import is_conditional, is_denied, parted
from bot.office.wishes.cues import set_aside, unknown_in
from bot.office.wishes.grammar import Understood, about
from bot.office.wishes.likeness import Near, known_sayings, shape_of
from bot.office.wishes.lines import has_two_voices, items_in, own_lines
from bot.office.wishes.opposites import NEEDS, NO_MORE_THERE, OWN_DENIALS
from bot.office.wishes.reported import repeats
from bot.office.wishes.slots import addresses_in, with_slots
from bot.office.wishes.speaker import Speaker
from bot.office.wishes.spelling import loose, loosened
from bot.office.wishes.wish import Verb, Wish
from parsers.mail.words.thanks import signs

LONGEST = 600  # characters of a mail that is compared; a longer one tells a story
# How like a sentence must be, and by how much of that it must be liker than to the next meaning. From cross-validation over
# three sets of mails: of those above, 2 or 3 of a hundred were of another meaning.
SURE, APART = 0.2, 0.2
# What would leave a mail unanswered, or a report uncounted, must be surer.
_SURER = {Verb.CANCEL: (0.35, 0.4), Verb.THANKS: (0.3, 0.4), Verb.DISPUTE: (0.25, 0.3), Verb.APPROVE: (0.3, 0.3)}
_ADDRESSED = (0.12, 0.05)  # an address leaves little doubt what is meant, and staff decide
# No wishes: what is only said.
SAID_ONLY = frozenset({Verb.THANKS, Verb.OTHER, Verb.DISPUTE, Verb.APPROVE})
# Meanings that only an answer to a certain letter has; all others are weighed, also those that are not expected.
_ANSWERING = frozenset({Verb.CANCEL, Verb.APPROVE, Verb.DECLINE})
_UNDENIED = frozenset(
    {Verb.CANCEL, Verb.DISPUTE, Verb.THANKS, Verb.DECLINE, Verb.HELP}
)  # whose sayings deny something, or ask
_DENYING = frozenset({Verb.THANKS, Verb.DISPUTE})
_FREE = frozenset({Verb.HELP, Verb.DISPUTE})  # on which a condition has no bearing
_NEAREST = 2  # meanings that are offered
# "กรมแจ้งว่ายังไม่ได้รับ", "อบต.สะเอียบยังไม่ส่งมา": what others have not done yet sets no condition.
_OTHERS_NOT_YET = re.compile(r"ยังไม่(?:ได้|ส่ง|มา|ครบ|เห็น|รายงาน|พบ|เจอ|นิ่ง|น่าทัน|ทัน|เสร็จ|เรียบร้อย|มี|ถึง|ตอบ)")
# A word that takes back what follows it: must stand in the saying too that is like the sentence.
_TAKES_BACK = tuple(
    map(
        loose,
        (
            "ไม่ต้อง",
            "ยังไม่อนุมัติ",
            "ยังไม่เห็นชอบ",
            "ยังไม่ปิด",
            "ยังไม่ยืนยัน",
            "อย่า",
            "ห้าม",
            "ไม่ได้จะ",
            "ไม่ได้ต้องการ",
            "ไม่ขอ",
            "ไม่ใช่",
            "มิใช่",
            "ไม่ให้",
            "งด",
            "ระงับ",
        ),
    )
)
_DENIES = tuple(map(loose, ("ไม่", "มิ")))  # in thanks only as their saying has it: ไม่ใช่ของเรา is no ใช่ของเรา
# Words that ask or tell something more than thanks do.
_MORE_THAN_THANKS = tuple(
    map(
        loose,
        (
            *("ไม่ใช่", "มิใช่", "ไม่ได้ส่ง", "ไม่ตรง", "ไม่ครบ", "ไม่ถูก"),
            "ไม่ต้องเตือน",
            "อย่าเตือน",
            "ไม่ต้องทวง",
            "แก้",
            "ยกเลิก",
            "เปลี่ยน",
            "ผิด",
            "ช่วย",
            "รบกวน",
            "เพิ่ม",
            "ลบ",
            "ถาม",
            "ไหม",
            "มั้ย",
            "หรือ",
            "อย่างไร",
            "ยังไง",
            "เช็ค",
        ),
    )
)
_THANKS_WITH_WORDS = tuple(map(loose, ("ขอขอบ", "ขอบ", "ไม่ขอ", "ขอให้สุข", "ที่ช่วย", "ขยายเวลาเพิ่ม")))
# "สมศรี", "สถอ.สอง", "(ศิริพร)", "วิชัย ครับ": a name under what is said.
_NAME = re.compile(r"\(?[ก-๎.]{2,30}(?: [ก-๎.]{2,30}){0,2}\)?")


@dataclass(frozen=True)
class _Sure:
    """A meaning that is sure, and the line that says it."""

    near: Near
    at: int


def second_look(found: Understood, texts: tuple[str, str], speaker: Speaker, expected: Collection[Verb]) -> Understood:
    """What the grammar ``found``, or, where that is no wish, what the mail is like. ``texts``: the mail's own and its subject.

    ``expected``: the meanings that a mail may have that answers such a letter; of none of them nothing is looked for.
    """
    lines = own_lines(texts[0])
    said = [at for at, line in enumerate(lines) if not signs(line)]
    if not said:
        lines = own_lines(texts[1])
        said = list(range(len(lines)))
    if (
        _is_known(found, expected)
        or not expected
        or not said
        or sum(map(len, lines)) > LONGEST
        or _is_of_parts(texts[0], lines)
    ):
        return found
    sure, nearest = _meaning([lines[at] for at in said], speaker, expected)
    if sure is None:
        return replace(found, nearest=nearest or found.nearest) if speaker.staff else found
    return _understood(replace(found, nearest=nearest), sure, lines[said[sure.at] :], (lines, speaker))


def _is_of_parts(text: str, lines: Sequence[str]) -> bool:
    """Whether a mail numbers several wishes or holds another's words: a sentence that is like a part of it says not the whole."""
    return bool(items_in(text)) or has_two_voices(text) or repeats(lines)


def _is_known(found: Understood, expected: Collection[Verb]) -> bool:
    """Whether the grammar found a wish: consent is none, and neither is ยกเลิก where nothing was said back that it would drop."""
    verb = found.wish.verb if found.wish else Verb.APPROVE
    return verb is not Verb.APPROVE and not (verb is Verb.CANCEL and verb not in expected)


def _meaning(
    lines: Sequence[str], speaker: Speaker, expected: Collection[Verb]
) -> tuple[_Sure | None, tuple[Verb, ...]]:
    """The meaning of the lines together or, where that is not sure, the one that lines have alone; and the nearest ones."""
    known, among = known_sayings(staff=speaker.staff), {*Verb} - (_ANSWERING - {*expected})
    shapes = [shape_of(line, speaker) for line in lines]
    ranked = [known.near(shape, among) for shape in shapes]
    whole = known.near("".join(shapes), among) if len(lines) > 1 else ranked[0]
    barred = frozenset[Verb]().union(*(set_aside(line, speaker) for line in lines))
    at_address = [bool(addresses_in(line)) for line in lines]
    alone = {one[0].verb: at for at, one in enumerate(ranked) if _is_sure(one, addressed=at_address[at])}
    asking = [verb for verb in alone if verb not in {Verb.THANKS, Verb.OTHER}]
    nearest = tuple(one.verb for one in whole if one.verb not in SAID_ONLY and one.verb not in barred)[:_NEAREST]
    if len(asking) > 1:
        return None, tuple(asking[:_NEAREST])
    best = _best(whole, asking, ranked)
    if best is None or best.near.verb not in expected or best.near.verb in barred:
        return None, nearest
    if _is_held_back(best.near, lines, "".join(shapes)) or (
        best.near.verb is Verb.THANKS and not _only_thanks(lines, ranked)
    ):
        return None, nearest
    return best, nearest


def _best(whole: Sequence[Near], asking: Sequence[Verb], ranked: Sequence[Sequence[Near]]) -> _Sure | None:
    """The sure meaning: of a line that asks for something, else of all together, said by the line that is likest to it."""
    if not asking and not _is_sure(whole):
        return None
    verb = asking[0] if asking else whole[0].verb
    each = [next((one for one in near if one.verb is verb), None) for near in ranked]
    at = max(range(len(each)), key=lambda at: one.likeness if (one := each[at]) else 0.0)
    return _Sure(each[at] or whole[0], at)


def _is_sure(near: Sequence[Near], *, addressed: bool = False) -> bool:
    """Whether the first meaning is like enough and far enough from the second; ``addressed``: a mail address stands there."""
    if not near:
        return False
    first, second = near[0], near[1].likeness if len(near) > 1 else 0.0
    least, apart = _SURER.get(first.verb, (SURE, APART))
    if first.verb is Verb.NEW_ADDRESS and addressed:
        least, apart = _ADDRESSED
    return first.likeness >= least and first.likeness - second >= apart * first.likeness


def _is_held_back(near: Near, lines: Sequence[str], shape: str) -> bool:
    """Whether the mail denies what it is like, asks about it, or makes it depend on something."""
    verb = near.verb
    if verb not in _FREE and is_conditional([_without_own(line, verb) for line in lines], verb):
        return True
    said = " ".join(lines)
    if verb in NEEDS and not any(word in said for word in NEEDS[verb]):
        return True
    if verb is Verb.NEW_ADDRESS and NO_MORE_THERE.search(said):
        return True
    if verb in {Verb.THANKS, Verb.APPROVE} and any(shape.count(word) > near.sayings[0].count(word) for word in _DENIES):
        return True
    own = "".join((*near.sayings, *map(loose, OWN_DENIALS.get(verb, ()))))
    if verb not in _DENYING and any(word in shape and word not in own for word in _TAKES_BACK):
        return True
    return verb not in _UNDENIED and any(is_denied(line, verb, 0) or "?" in line for line in lines)


def _without_own(line: str, verb: Verb) -> str:
    """A line without the denials by which the wish itself is said, and without what others have not done."""
    for word in OWN_DENIALS.get(verb, ()):
        line = line.replace(word, " ")
    return _OTHERS_NOT_YET.sub(" ", line)


def _only_thanks(lines: Sequence[str], ranked: Sequence[Sequence[Near]]) -> bool:
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
    return bool(_NAME.fullmatch(line)) and (not near or near[0].likeness < SURE)


def _understood(
    found: Understood, sure: _Sure, lines: Sequence[str], mail: tuple[Sequence[str], Speaker]
) -> Understood:
    """The wish with its slots; of what is only said, that it is said."""
    whole, speaker = mail
    if sure.near.verb in SAID_ONLY:
        return replace(found, says=sure.near.verb)
    rest = "\n".join(line for line in whole if line != lines[0])
    verb = sure.near.verb
    if verb is Verb.CANCEL:
        return Understood(Wish(verb), rest=rest, likely=True)
    left = sum(map(len, unknown_in(loosened(parted(lines[0])[0]), verb, speaker)))
    wish = with_slots(verb, lines, speaker)
    likely = Understood(wish, rest=rest, nearest=found.nearest, verbs=(verb,), unknown=left, likely=True)
    return about(likely, whole, speaker)
