"""The grammar of wishes: what a person writes, understood as one wish; or nearly, and then what may have been meant.

Forgives politeness, order, small slips of spelling, what stands above and below. Does not forgive a condition: who writes
"but" or "if" is asked to say it plainly, so that nothing is done by half.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from bot.office.wishes.answers import AS_ASKED, DROPPING, OF_REPORTERS, answer_in
from bot.office.wishes.circulars import Called, circulars_in
from bot.office.wishes.conditions import is_conditional, parted
from bot.office.wishes.cues import Said, unknown_in, verb_in
from bot.office.wishes.days import day_in
from bot.office.wishes.lines import has_two_voices, items_in, own_lines, parts_of
from bot.office.wishes.names import People, people_in
from bot.office.wishes.nothing_more import says_nothing_more
from bot.office.wishes.others_stay import without_others
from bot.office.wishes.reported import is_of_chat, is_quoted
from bot.office.wishes.several import wishes_beside
from bot.office.wishes.slots import named_elsewhere, says_twice, with_slots
from bot.office.wishes.speaker import Speaker
from bot.office.wishes.spelling import loose, loosened
from bot.office.wishes.staff_vocabulary import NOT_OURS, STAFF
from bot.office.wishes.wish import Verb, Wish

__all__ = ("Speaker", "Understood", "nearest_verbs", "understand")
_ALONE = frozenset(
    {Verb.CONFIRM, Verb.CANCEL, Verb.GRANT, Verb.DENY, Verb.APPROVE, Verb.ACCEPT}
)  # never one of several
NEAREST = 2  # verbs that are offered where none was understood


@dataclass(frozen=True)
class Understood:
    """What a mail asks for. Without a ``wish`` the verbs that come ``nearest``.

    ``plain`` False: the wish depends on something, is taken back, or stands beside another one. ``rest``: the other lines.
    """

    wish: Wish | None = None
    plain: bool = True
    rest: str = ""
    nearest: tuple[Verb, ...] = ()
    verbs: tuple[Verb, ...] = ()  # all that are said, in order
    several: bool = False  # more is asked for than the wish, and nothing of it is taken back
    wishes: tuple[Wish, ...] = ()  # all of them, where each is whole
    called: Called = field(default_factory=Called)  # the circulars that are named
    unknown: int = 0  # letters of the line that wishes which nothing explains
    likely: bool = False  # by likeness, see ``second_look``: what changes something is only said back
    objects: bool = False  # a reporter says that what we have or ask is not so
    says: Verb | None = None  # what is only said, by likeness: thanks, a denial, consent


def understand(text: str, subject: str, speaker: Speaker) -> Understood:
    """What a mail's own text asks for; its subject where the text says nothing known. "" for a subject of another mail."""
    lines = tuple(map(without_others, own_lines(text))) if speaker.staff else own_lines(text)
    above = own_lines(subject)
    found = _alone_or_not(_understood(lines, speaker), text, speaker)
    if found.wish is None and above:
        titled = _understood(above, speaker)
        if titled.wish is not None and not _disowns(lines, titled.wish.verb):
            held_back = is_conditional(lines, titled.wish.verb)
            found = replace(titled, plain=titled.plain and not held_back, rest="\n".join(lines))
    return about(_whole(found, text, speaker), (*lines, *above), speaker)


def _whole(found: Understood, text: str, speaker: Speaker) -> Understood:
    """What was found, not plain where the mail numbers more wishes than were understood, or holds another's words."""
    if found.wish is None:
        return found
    if each := _each(found, text, speaker):
        return replace(found, plain=False, several=True, wishes=each)
    lacking = items_in(text) > max(len(found.wishes), 1)
    if not lacking and not has_two_voices(text):
        return found
    return replace(found, plain=False, several=found.several or lacking, wishes=())


def _each(found: Understood, text: str, speaker: Speaker) -> tuple[Wish, ...]:
    """The wishes of a staff mail that says one in each of its lines or numbered parts, all plain and whole; else none."""
    parts = parts_of(text)
    if not speaker.staff or found.wishes or len(parts) < 2 or has_two_voices(text):  # noqa: PLR2004 - of one there are no several
        return ()
    own = [part for part in parts if not says_nothing_more([part], speaker.names)]
    each = [_understood((part,), speaker) for part in own]
    wishes = tuple(one.wish for one in each if one.wish and one.plain and not one.wish.lacks)
    verbs = {wish.verb for wish in wishes}
    if len(wishes) != len(own) or len(wishes) < 2 or verbs & _ALONE:  # noqa: PLR2004
        return ()
    named = [circulars_in(part, speaker.bureau) for part in own]
    return tuple(replace(wish, circular=wish.circular or one.only) for wish, one in zip(wishes, named, strict=True))


def _alone_or_not(found: Understood, text: str, speaker: Speaker) -> Understood:
    """A word by which a thing happens, not plain where the mail's text says anything beside it: ยืนยันครับ above ขอดูอีกรอบ."""
    if found.wish is None or found.wish.verb is not Verb.CONFIRM or not found.plain:
        return found
    said = next((at for at, line in enumerate(text.splitlines()) if own_lines(line)), 0)
    others = [line for at, line in enumerate(text.splitlines()) if at != said]
    return replace(found, plain=says_nothing_more(others, speaker.names))


def _disowns(lines: Sequence[str], verb: Verb) -> bool:
    """Whether the text says that what the subject names is none of the kind: ที่ขอขยายเวลาไปเมื่อวาน …."""
    return any(loose(word) in loose(line) for line in lines for word in NOT_OURS.get(verb, ()))


def about(found: Understood, lines: Sequence[str], speaker: Speaker) -> Understood:
    """With the circulars that are named, in the text or above it; a wish about several is not plain where it changes something."""
    called = found.called if found.called != Called() else circulars_in(" ".join(lines), speaker.bureau)
    if found.wish is None:
        return replace(found, called=called)
    wish = named_elsewhere(found.wish, lines, speaker) if speaker.staff else found.wish
    wish = wish if wish.circular else replace(wish, circular=called.only)
    return replace(found, wish=wish, called=called)


def _understood(lines: Sequence[str], speaker: Speaker) -> Understood:
    said = [(at, found) for at in range(len(lines)) if (found := _verb(lines, at, speaker))]
    alone = _alone(lines, speaker, said)
    if alone:
        return alone
    if not said:
        return Understood(nearest=nearest_verbs(" ".join(lines)) if speaker.staff else ())
    at, first = said[0]
    wish = with_slots(first.verb, lines[at:], speaker)
    beside = wishes_beside(first, lines[at], speaker)
    verbs = tuple(dict.fromkeys((*(each.verb for _, each in said), *beside.verbs)))
    several = len(verbs) > 1 or beside.more
    held_back = first.denied or is_conditional(lines, first.verb) or first.verb is Verb.APPROVE
    is_plain = not (several or held_back or says_twice(first.verb, lines[at]))
    rest = "\n".join((*lines[:at], *lines[at + 1 :]))
    left = unknown_in(loosened(parted(lines[at])[0]), first.verb, speaker)
    return Understood(
        wish,
        is_plain,
        rest,
        verbs=verbs,
        several=several and not held_back,
        wishes=beside.wishes if not held_back and len(said) == 1 else (),
        called=circulars_in(lines[at], speaker.bureau),
        unknown=sum(map(len, left)),
    )


def _verb(lines: Sequence[str], at: int, speaker: Speaker) -> Said | None:
    """The verb of a line; one that is only repeated is as one denied."""
    found = verb_in(lines[at], speaker)
    if found is None or not (is_of_chat(lines, at) or is_quoted(lines, at, found.place)):
        return found
    return replace(found, denied=True) if speaker.staff else None


def _alone(lines: Sequence[str], speaker: Speaker, said: Sequence[tuple[int, Said]]) -> Understood | None:
    """A line that is the whole of what is said: it confirms, takes back, grants or denies."""
    if not lines:
        return None
    head, reason = parted(lines[0])
    named = day_in(head, speaker.today)
    people = people_in(loosened(head), speaker.bureau.roster) if any(word in head for word in AS_ASKED) else People()
    verb = answer_in(_without(head, [*(named.spans if named else ()), *people.spans]))
    if (named or people.spans) and verb is not Verb.GRANT:
        verb = None
    if verb is None:
        first, _, behind = head.partition(" ")
        dropped = answer_in(first)
        alone = not said or not speaker.staff or dropped is Verb.DENY  # ยกเลิก may begin another wish
        verb = dropped if dropped in DROPPING and alone else None
        reason = reason or (behind if verb is Verb.DENY else "")
    if verb is None and loose("ยืนยัน") in loose(head) and _takes_back(lines[0], head):
        return Understood(Wish(Verb.CONFIRM), plain=False)
    if verb is None or not (speaker.staff or verb in OF_REPORTERS):
        return None
    until = named.moment() if named and verb is Verb.GRANT else None
    wish = Wish(verb, reporters=people.reporters, until=until, why=reason)
    return Understood(wish, plain=not is_conditional(lines, verb), rest="\n".join(lines[1:]))


def _takes_back(line: str, head: str) -> bool:
    """Whether a line with ยืนยัน denies it, sets a condition or asks: ไม่ยืนยัน, ยืนยันไหม."""
    return is_conditional([line], Verb.CONFIRM) or loose(head).startswith(loose("ไม่ยืนยัน")) or "ไหม" in head


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def nearest_verbs(text: str) -> tuple[Verb, ...]:
    """The verbs of staff whose words come nearest to a text."""
    key = loosened(text).key

    def score(verb: Verb) -> float:
        phrases = ["".join(loose(group[0]) for group in cue) for cue in STAFF[verb]]
        return max(
            fuzz.partial_ratio(phrase, key) if len(key) >= len(phrase) else fuzz.ratio(phrase, key)
            for phrase in phrases
        )

    ranked = sorted((verb for verb in STAFF if verb not in {Verb.APPROVE, Verb.ACCEPT}), key=lambda verb: -score(verb))
    return tuple(ranked[:NEAREST])
