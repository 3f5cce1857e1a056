"""A mail whose words the grammar does not know, understood by the sentences that it is like; or nothing, where that is doubtful.

The grammar's safeguards hold here too: what is denied, asked about, repeated or depends on something is not understood. What
is found here and changes something is only ever said back, as ``likely``; nothing is confirmed, approved or let in by likeness.
"""

import functools
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.office.wishes.conditions import parted
from bot.office.wishes.cues import set_aside, unknown_in
from bot.office.wishes.days import asks_for_day
from bot.office.wishes.grammar import Understood, about
from bot.office.wishes.held_back import is_held_back, only_thanks
from bot.office.wishes.likeness import Likest, Near, known_sayings, shape_of
from bot.office.wishes.lines import has_two_voices, items_in, own_lines
from bot.office.wishes.objections import objects
from bot.office.wishes.reported import repeats
from bot.office.wishes.slots import addresses_in, with_slots
from bot.office.wishes.speaker import Speaker
from bot.office.wishes.spelling import loosened, plain
from bot.office.wishes.told_plainly import told_plainly
from bot.office.wishes.wish import Lack, Verb, Wish
from parsers.mail.words.thanks import signs

LONGEST = 600  # characters of a mail that is compared; a longer one tells a story
# How like a sentence must be to one that is known, and by how much more of odds its meaning must lead before the next. Of
# writers left out, 95 of a hundred that lead so are right, and 97 where something would be changed.
SURE = 0.15
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
_NEAREST = 2  # meanings that are offered
# "👌", "🙏🙏": a sign of thanks and nothing else; not "---".
_SIGNS_ALONE = re.compile(r"[\s!\u2600-\u27bf\ufe0f\u200d\U0001f300-\U0001faff]{1,40}")


@dataclass(frozen=True)
class _Mail:
    """A mail's lines that say something: those ``said`` without who signs, all ``lines`` of its own, those of its subject ``above``."""

    said: Sequence[str]
    lines: Sequence[str]
    above: Sequence[str]
    speaker: Speaker

    @functools.cached_property
    def shapes(self) -> Sequence[str]:
        """The lines that are ``said``, as they are compared."""
        return [shape_of(line, self.speaker) for line in self.said]


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
    above, said = own_lines(texts[1]), [line for line in lines if not signs(line)]
    said = said or list(above)
    if not expected or not said or sum(map(len, lines)) > LONGEST or _is_of_parts(texts[0], lines):
        return found
    told = told_plainly(found, said, speaker, expected)
    return told or _looked(found, _Mail(said, lines or above, above, speaker), expected)


def _looked(found: Understood, mail: _Mail, expected: Collection[Verb]) -> Understood:
    """What the mail is like, where the grammar's wish does not stand by itself or is overruled."""
    overruled = _is_overruled(found, mail)
    if _is_known(found, expected) and not _is_doubtful(found) and not overruled:
        return found
    sure, nearest = _meaning(mail, expected)
    found = Understood(nearest=found.nearest, called=found.called) if overruled else found
    if (sure is None or sure.verb is Verb.STATUS) and not mail.speaker.staff and objects(mail.said):
        return found if _is_known(found, expected) else replace(found, objects=True)
    if sure is None:
        new = mail.speaker.staff and nearest and not _is_known(found, expected)
        return replace(found, nearest=nearest) if new else found
    seen = _understood(replace(found, nearest=nearest), sure, mail)
    return seen if found.wish is None or _is_better(seen, found) else found


def _is_doubtful(found: Understood) -> bool:
    """Whether the grammar's one wish does not stand by itself: its words may be those of another's story."""
    wish = found.wish
    lacking = wish is not None and bool({Lack.WHOM, Lack.ORGANISATION, Lack.LIMIT} & {*wish.lacks})
    return wish is not None and not found.several and (lacking or not found.plain)


def _is_overruled(found: Understood, mail: _Mail) -> bool:
    """Whether a mail is far liker to what means another thing than the grammar's wish: ยกเลิกการปิด … is no ปิด."""
    verb = found.wish.verb if found.wish and not found.several else None
    if found.wish is None or verb is None or verb in _BY_WORD or {Lack.LIMIT, Lack.NOW} & {*found.wish.lacks}:
        return False
    ranked = known_sayings(staff=mail.speaker.staff).near("".join(mail.shapes), _WEIGHED)
    if verb is Verb.MORE_TIME and found.wish.until and ranked[0].verb is not Verb.FORM and _asks_for_day(mail):
        return False  # whatever story is told around it: staff decide
    odds = {one.verb: one.odds for one in ranked}
    return verb in odds and ranked[0].odds - odds[verb] >= _OVERRULES


def _asks_for_day(mail: _Mail) -> bool:
    return any(asks_for_day(plain(line)) for line in mail.said)


def _is_better(seen: Understood, found: Understood) -> bool:
    """Whether what a mail is like is another wish than the grammar's, and whole."""
    wish, other = seen.wish, found.wish
    return wish is not None and other is not None and wish.verb is not other.verb and not wish.lacks


def _is_of_parts(text: str, lines: Sequence[str]) -> bool:
    """Whether a mail numbers several wishes or holds another's words: a sentence that is like a part of it says not the whole."""
    return bool(items_in(text)) or has_two_voices(text) or repeats(lines)


def _is_known(found: Understood, expected: Collection[Verb]) -> bool:
    """Whether the grammar found a wish: consent is none, and neither is ยกเลิก where nothing was said back that it would drop."""
    verb = found.wish.verb if found.wish else Verb.APPROVE
    return verb is not Verb.APPROVE and not (verb is Verb.CANCEL and verb not in expected)


def _meaning(mail: _Mail, expected: Collection[Verb]) -> tuple[_Sure | None, tuple[Verb, ...]]:
    """The meaning of the lines together or, where that is not sure, the one that lines have alone; and the nearest ones."""
    lines, shapes, speaker = mail.said, mail.shapes, mail.speaker
    known, among = known_sayings(staff=speaker.staff), {*Verb} - (_ANSWERING - {*expected})
    if Verb.CANCEL in expected:
        among |= {Verb.CONFIRM}  # ยืนยัณ is like no word that drops
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
    held_back = best.likest.likeness < SURE or is_held_back(verb, best.likest.sayings, lines, "".join(shapes))
    held_back = held_back or (verb is Verb.THANKS and not only_thanks(lines, ranked))
    return None if held_back else best, nearest


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


def _understood(found: Understood, sure: _Sure, mail: _Mail) -> Understood:
    """The wish with its slots; of what is only said, that it is said."""
    lines, verb = mail.said[sure.at :], sure.verb
    if verb in SAID_ONLY:
        return replace(found, says=verb)
    rest = "\n".join(line for line in mail.lines if line != lines[0])
    if verb is Verb.CANCEL:
        return Understood(Wish(verb), rest=rest, likely=True)
    left = sum(map(len, unknown_in(loosened(parted(lines[0])[0]), verb, mail.speaker)))
    wish = with_slots(verb, lines, mail.speaker)
    likely = Understood(wish, rest=rest, nearest=found.nearest, verbs=(verb,), unknown=left, likely=True)
    return about(likely, (*mail.lines, *mail.above), mail.speaker)
