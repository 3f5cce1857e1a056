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
from bot.office.wishes.likeness import Likest, Near, known_sayings, shape_of
from bot.office.wishes.lines import has_two_voices, items_in, own_lines
from bot.office.wishes.objections import objects
from bot.office.wishes.opposites import NEEDS, NO_MORE_THERE, OWN_DENIALS, PROMISES, SECOND_THOUGHTS
from bot.office.wishes.reported import repeats
from bot.office.wishes.slots import addresses_in, correction_told, with_slots
from bot.office.wishes.speaker import Speaker
from bot.office.wishes.spelling import loose, loosened, plain
from bot.office.wishes.wish import Lack, Verb, Wish
from parsers.mail.words.thanks import signs

LONGEST = 600  # characters of a mail that is compared; a longer one tells a story
# How like a sentence must be to one that is known, and by how much more of odds its meaning must lead before the next. Of
# writers left out, 95 of a hundred that lead so are right, and 97 where something would be changed.
SURE = 0.2
_TOLD, APART = 0.15, 0.25
# What would leave a mail unanswered, or a report uncounted, must be surer.
_SURER = {Verb.CANCEL: 0.5, Verb.THANKS: 0.3, Verb.DISPUTE: 0.25, Verb.APPROVE: 0.35}
_OVERRULES = 0.3  # by so much must another meaning lead before the one that the grammar found
_ADDRESSED = 0.08  # an address leaves little doubt what is meant, and staff decide
_ONLY_TELL = frozenset({Verb.STATUS, Verb.WHO_OWES, Verb.HELP, Verb.EVIDENCE, Verb.FORM, Verb.OTHER})
# No wishes: what is only said.
SAID_ONLY = frozenset({Verb.THANKS, Verb.OTHER, Verb.DISPUTE, Verb.APPROVE})
# Meanings that only an answer to a certain letter has; all others are weighed, also those that are not expected.
_ANSWERING = frozenset({Verb.CANCEL, Verb.APPROVE, Verb.DECLINE, Verb.CONFIRM, Verb.GRANT, Verb.DENY, Verb.ACCEPT})
_WEIGHED = frozenset(Verb) - _ANSWERING
# Begun, answered or asked for by words of their own, whatever these are like.
_BY_WORD = _ANSWERING | {Verb.NEW_CIRCULAR, Verb.ROSTER, Verb.SIGN_IN}
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
_CELL_WITHIN = 250  # characters of a mail that tells of one cell; a longer one tells a story
# "👌", "🙏🙏": a sign of thanks and nothing else; not "---".
_SIGNS_ALONE = re.compile(r"[\s!\u2600-\u27bf\ufe0f\u200d\U0001f300-\U0001faff]{1,40}")
# "เด่นชัยยังไม่มาอีกเหรอ ตามให้ด้วยครับ": a question that is none, since what is wished stands behind it.
_BEFORE_WISH = re.compile(
    r"^.{1,100}?(?:เหรอ|หรือยัง|รึยัง|ไหม|มั้ย|หรือ)\S{0,6}\s+(?=\S.{0,100}?(?:ด้วย|หน่อย|ให้|ช่วย|ฝาก|รบกวน|ที(?=ครับ|ค่ะ|คะ|นะ|\s|$)))"
)
# "เราปิดเรื่องนมไปหรือยังครับ": whether it was done is asked, which the status tells.
_WHETHER_DONE = re.compile("หรือยัง|รึยัง|แล้วยัง|แล้วใช่|ไปแล้วหรือ|ใช่ไหม|ใช่มั้ย")
# "ต้องพิมพ์ว่ายังไง", "สั่งอย่างไร": how a wish is worded is asked.
_ASKS_HOW = re.compile(
    r"(?:พิมพ์|สั่ง|ใช้คำ|เขียน|ตอบกลับ|บอกระบบ)(?:ว่า|ระบบ|คำ|ใน|ไป|มา|\s){0,3}(?:ยังไง|อย่างไร|อะไร|ว่าไง|แบบไหน|คำไหน|ไหน)"
)
# "ไหม", "หรือ", "ทำไง": something is asked; not หรือไม่ of a column's name.
_ASKS = re.compile(r"ไหม(?!่)|มั้ย|มั๊ย|ทำไม|ยังไง|อย่างไร|หรือ(?!ไม่)|รึเปล่า|ใช่มะ")
_NAMELESS = 0.5  # odds below which two or three words are like no known sentence
_NAME = re.compile(r"\(?[ก-๎.]{2,30}(?: [ก-๎.]{2,30}){0,2}\)?")


@dataclass(frozen=True)
class _Sure:
    """A meaning that is sure, and the line that says it."""

    verb: Verb
    at: int
    likest: Likest


def second_look(found: Understood, texts: tuple[str, str], speaker: Speaker, expected: Collection[Verb]) -> Understood:
    """What the grammar ``found``, or, where that is no wish, what the mail is like. ``texts``: the mail's own and its subject.

    ``expected``: the meanings that a mail may have that answers such a letter; of none of them nothing is looked for.
    """
    lines = own_lines(texts[0])
    if not speaker.staff and lines and Verb.THANKS in expected and all(map(_SIGNS_ALONE.fullmatch, lines)):
        return replace(found, says=Verb.THANKS)
    said = [at for at, line in enumerate(lines) if not signs(line)]
    if not said:
        lines = own_lines(texts[1])
        said = list(range(len(lines)))
    if not expected or not said or sum(map(len, lines)) > LONGEST or _is_of_parts(texts[0], lines):
        return found
    if (told := _correction(found, [lines[at] for at in said], speaker, expected)) is not None:
        return told
    if speaker.staff and _ASKS_HOW.search(plain(" ".join(lines))) and Verb.HELP in expected:
        return Understood(Wish(Verb.HELP), verbs=(Verb.HELP,), likely=True)
    if _asks_whether_done(found, lines) and Verb.STATUS in expected:
        return about(Understood(Wish(Verb.STATUS), verbs=(Verb.STATUS,), likely=True), lines, speaker)
    if _is_known(found, expected) and not _is_doubtful(found) and not _is_overruled(found, lines, speaker):
        return found
    sure, nearest = _meaning([lines[at] for at in said], speaker, expected)
    if _is_overruled(found, lines, speaker):
        found = Understood(nearest=found.nearest, called=found.called)
    if sure is None and found.wish is not None and _is_known(found, expected):
        return found
    if (sure is None or sure.verb is Verb.STATUS) and not speaker.staff and objects([lines[at] for at in said]):
        return replace(found, objects=True)
    if sure is None:
        return replace(found, nearest=nearest or found.nearest) if speaker.staff else found
    seen = _understood(
        replace(found, nearest=nearest), sure, lines[said[sure.at] :], (lines, own_lines(texts[1]), speaker)
    )
    return seen if found.wish is None or _is_better(seen, found) else found


def _asks_whether_done(found: Understood, lines: Sequence[str]) -> bool:
    verb = found.wish.verb if found.wish and not found.plain and not found.several else None
    return verb in {Verb.CLOSE, Verb.REOPEN} and bool(_WHETHER_DONE.search(plain(" ".join(lines))))


def _is_doubtful(found: Understood) -> bool:
    """Whether the grammar's one wish does not stand by itself: its words may be those of another's story."""
    wish = found.wish
    lacking = wish is not None and bool({Lack.WHOM, Lack.ORGANISATION, Lack.LIMIT} & {*wish.lacks})
    return wish is not None and not found.several and (lacking or not found.plain)


def _is_overruled(found: Understood, lines: Sequence[str], speaker: Speaker) -> bool:
    """Whether a mail is far liker to what means another thing than the grammar's wish: ยกเลิกการปิด … is no ปิด."""
    verb = found.wish.verb if found.wish and not found.several else None
    if verb is None or verb in _BY_WORD:
        return False
    ranked = known_sayings(staff=speaker.staff).near("".join(shape_of(line, speaker) for line in lines), _WEIGHED)
    odds = {one.verb: one.odds for one in ranked}
    return verb in odds and ranked[0].odds - odds[verb] >= _OVERRULES


def _is_better(seen: Understood, found: Understood) -> bool:
    """Whether what a mail is like is another wish than the grammar's, and whole."""
    wish, other = seen.wish, found.wish
    return wish is not None and other is not None and wish.verb is not other.verb and not wish.lacks


def _correction(
    found: Understood, lines: Sequence[str], speaker: Speaker, expected: Collection[Verb]
) -> Understood | None:
    """One cell and its value, told in plain words; None where another wish is meant, or something is asked or set as condition."""
    verb = found.wish.verb if found.wish else None
    whole = verb is Verb.CORRECT and found.wish is not None and not found.wish.lacks
    asks = "?" in "".join(lines) or any(is_denied(line, Verb.CORRECT, 0) or _ASKS.search(line) for line in lines)
    if {*expected} <= {Verb.CANCEL} or whole or verb not in {None, Verb.CORRECT, Verb.STATUS, Verb.FORM} or asks:
        return None
    if sum(map(len, lines)) > _CELL_WITHIN or is_conditional(lines, Verb.CORRECT):
        return None
    wish = correction_told(lines, speaker)
    return about(Understood(wish, verbs=(Verb.CORRECT,), likely=True), lines, speaker) if wish else None


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
    if Verb.CANCEL in expected:
        among |= {Verb.CONFIRM}  # ยืนยัณ is like no word that drops
    shapes = [shape_of(line, speaker) for line in lines]
    ranked = [known.near(shape, among) for shape in shapes]
    whole = known.near("".join(shapes), among) if len(lines) > 1 else ranked[0]
    barred = frozenset[Verb]().union(*(set_aside(line, speaker) for line in lines))
    alone = {
        one[0].verb: at
        for at, one in enumerate(ranked)
        if _leads(one, addressed=bool(addresses_in(lines[at])))
        and known.likest(shapes[at], one[0].verb).likeness >= SURE
    }
    asking = [verb for verb in alone if verb not in {Verb.THANKS, Verb.OTHER}]
    nearest = tuple(one.verb for one in whole if one.verb not in SAID_ONLY and one.verb not in barred)[:_NEAREST]
    if len(asking) > 1:
        return None, tuple(asking[:_NEAREST])
    verb = asking[0] if asking else whole[0].verb if whole and _leads(whole) else None
    if verb is None or verb not in expected or verb in barred:
        return None, nearest
    best = _likest(verb, shapes, speaker)
    if best.likest.likeness < SURE or _is_held_back(best, lines, "".join(shapes)):
        return None, nearest
    if verb is Verb.THANKS and not _only_thanks(lines, ranked):
        return None, nearest
    return best, nearest


def _likest(verb: Verb, shapes: Sequence[str], speaker: Speaker) -> _Sure:
    """The line that is likest to what is known of a meaning."""
    known = known_sayings(staff=speaker.staff)
    each = [known.likest(shape, verb) for shape in shapes]
    at = max(range(len(each)), key=lambda at: each[at].likeness)
    return _Sure(verb, at, each[at])


def _leads(near: Sequence[Near], *, addressed: bool = False) -> bool:
    """Whether the first meaning leads far enough before the second; ``addressed``: a mail address stands there."""
    if not near:
        return False
    first, second = near[0], near[1].odds if len(near) > 1 else 0.0
    apart = _SURER.get(first.verb, _TOLD if first.verb in _ONLY_TELL else APART)
    if first.verb is Verb.NEW_ADDRESS and addressed:
        apart = _ADDRESSED
    return first.odds - second >= apart


def _is_held_back(sure: _Sure, lines: Sequence[str], shape: str) -> bool:
    """Whether the mail denies what it is like, asks about it, or makes it depend on something."""
    verb, sayings = sure.verb, sure.likest.sayings
    if verb not in _FREE and is_conditional([_without_own(line, verb) for line in lines], verb):
        return True
    said = " ".join(lines).casefold()
    if verb is not Verb.THANKS and SECOND_THOUGHTS.search(said):
        return True
    if verb is Verb.FORM and PROMISES.match(said):
        return True
    if verb in NEEDS and not any(word in said for word in NEEDS[verb]):
        return True
    if verb is Verb.NEW_ADDRESS and ("@" not in said or NO_MORE_THERE.search(said)):
        return True
    if verb in {Verb.THANKS, Verb.APPROVE} and any(shape.count(word) > sayings[0].count(word) for word in _DENIES):
        return True
    own = "".join((*sayings, *map(loose, OWN_DENIALS.get(verb, ()))))
    if verb not in _DENYING and any(word in shape and word not in own for word in _TAKES_BACK):
        return True
    asked = [_BEFORE_WISH.sub("", line) for line in lines]
    return verb not in _UNDENIED and any(is_denied(line, verb, 0) or "?" in line for line in asked)


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
    return bool(_NAME.fullmatch(line)) and (not near or near[0].odds < _NAMELESS)


def _understood(
    found: Understood, sure: _Sure, lines: Sequence[str], mail: tuple[Sequence[str], Sequence[str], Speaker]
) -> Understood:
    """The wish with its slots; of what is only said, that it is said. ``mail``: its lines, those of its subject, its writer."""
    whole, above, speaker = mail
    if sure.verb in SAID_ONLY:
        return replace(found, says=sure.verb)
    rest = "\n".join(line for line in whole if line != lines[0])
    verb = sure.verb
    if verb is Verb.CANCEL:
        return Understood(Wish(verb), rest=rest, likely=True)
    left = sum(map(len, unknown_in(loosened(parted(lines[0])[0]), verb, speaker)))
    wish = with_slots(verb, lines, speaker)
    likely = Understood(wish, rest=rest, nearest=found.nearest, verbs=(verb,), unknown=left, likely=True)
    return about(likely, (*whole, *above), speaker)
