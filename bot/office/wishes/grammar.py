"""The grammar of wishes: what a person writes, understood as one wish; or nearly, and then what may have been meant.

Forgives politeness, order, small slips of spelling, what stands above and below. Does not forgive a condition: who writes
"but" or "if" is asked to say it plainly, so that nothing is done by half.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from bot.office.wishes.circulars import Called, circulars_in
from bot.office.wishes.conditions import is_conditional, parted
from bot.office.wishes.cues import Said, unknown_in, verb_in
from bot.office.wishes.days import day_in
from bot.office.wishes.lines import own_lines
from bot.office.wishes.slots import addresses_in, says_twice, with_slots
from bot.office.wishes.speaker import Speaker
from bot.office.wishes.spelling import loose, loosened, plain
from bot.office.wishes.staff_vocabulary import STAFF
from bot.office.wishes.vocabulary import AGREES, ALONE, ASKS_MORE, CONFIRMS, OF_REPORTERS, POLITE
from bot.office.wishes.wish import Verb, Wish
from parsers.mail.words.nil_return import reached

__all__ = ("Speaker", "Understood", "nearest_verbs", "understand")
NEAREST = 2  # verbs that are offered where none was understood
_DROPPING = frozenset({Verb.CANCEL, Verb.DENY})  # nothing is done by them, so more may stand behind the word


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
    called: Called = field(default_factory=Called)  # the circulars that are named
    unknown: int = 0  # letters of the line that wishes which nothing explains


def understand(text: str, subject: str, speaker: Speaker) -> Understood:
    """What a mail's own text asks for; its subject where the text says nothing known. "" for a subject of another mail."""
    lines = own_lines(text)
    above = own_lines(subject)
    found = _understood(lines, speaker)
    if found.wish is None and above:
        titled = _understood(above, speaker)
        if titled.wish is not None:
            held_back = is_conditional(lines, titled.wish.verb)
            found = replace(titled, plain=titled.plain and not held_back, rest="\n".join(lines))
    return _about(found, (*lines, *above), speaker)


def _about(found: Understood, lines: Sequence[str], speaker: Speaker) -> Understood:
    """With the circulars that are named, in the text or above it; a wish about several is not plain where it changes something."""
    called = found.called if found.called != Called() else circulars_in(" ".join(lines), speaker.bureau)
    if found.wish is None:
        return replace(found, called=called)
    wish = found.wish if found.wish.circular else replace(found.wish, circular=called.only)
    return replace(found, wish=wish, called=called)


def _understood(lines: Sequence[str], speaker: Speaker) -> Understood:
    said = [(at, found) for at, line in enumerate(lines) if (found := _verb(line, speaker))]
    alone = _alone(lines, speaker, said)
    if alone:
        return alone
    if not said:
        return Understood(nearest=nearest_verbs(" ".join(lines)) if speaker.staff else ())
    at, first = said[0]
    wish = with_slots(first.verb, lines[at:], speaker)
    verbs = tuple(dict.fromkeys(each.verb for _, each in said))
    verbs = verbs if len(verbs) > 1 else (*verbs, *_beside(first.verb, lines[at]))
    held_back = first.denied or is_conditional(lines, first.verb) or first.verb is Verb.APPROVE
    is_plain = not (len(verbs) > 1 or held_back or says_twice(first.verb, lines[at]) or _asks_more(lines[at]))
    rest = "\n".join((*lines[:at], *lines[at + 1 :]))
    left = unknown_in(loosened(parted(lines[at])[0]), first.verb, speaker.bureau, staff=speaker.staff)
    called = circulars_in(lines[at], speaker.bureau)
    return Understood(wish, is_plain, rest, verbs=verbs, called=called, unknown=sum(map(len, left)))


def _asks_more(line: str) -> bool:
    """Whether a line asks for one thing and for another: ขอแบบฟอร์ม และขอขยายเวลา."""
    return any(loose(word) in loose(parted(line)[0]) for word in ASKS_MORE)


def _beside(verb: Verb, line: str) -> tuple[Verb, ...]:
    """A second wish in the same line: one address instead of another."""
    other = {Verb.ADD_ADDRESS: Verb.REMOVE_ADDRESS, Verb.REMOVE_ADDRESS: Verb.ADD_ADDRESS}.get(verb)
    both = other is not None and len(addresses_in(plain(line))) > 1
    return (other,) if both and other and all(word in line for word in ("ลบ", "เพิ่ม")) else ()


def _verb(line: str, speaker: Speaker) -> Said | None:
    return verb_in(line, speaker.bureau, staff=speaker.staff)


def _alone(lines: Sequence[str], speaker: Speaker, said: Sequence[tuple[int, Said]]) -> Understood | None:
    """A word that is the whole of what is said: it confirms, takes back or grants."""
    if not lines:
        return None
    head, reason = parted(lines[0])
    named = day_in(head, speaker.today)
    verb = _word(_without(head, named.spans) if named else head)
    if named and verb is not Verb.GRANT:
        verb = None
    if verb is None and not said:
        verb = next((found for word in head.split()[:1] if (found := _word(word)) in _DROPPING), None)
    if verb is None and loose("ยืนยัน") in loose(head) and is_conditional(lines[:1], Verb.CONFIRM):
        return Understood(Wish(Verb.CONFIRM), plain=False)
    if verb is None and _bare(head) == loose("ไม่ยืนยัน"):
        return Understood(Wish(Verb.CONFIRM), plain=False)
    if verb is None or not (speaker.staff or verb in OF_REPORTERS):
        return None
    until = named.moment() if named else None
    return Understood(
        Wish(verb, until=until, why=reason), plain=not is_conditional(lines, verb), rest="\n".join(lines[1:])
    )


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _word(head: str) -> Verb | None:
    if confirms(head):
        return Verb.CONFIRM
    bare = _bare(head)
    return next((verb for word, verb in ALONE.items() if loose(word) == bare), None)


def confirms(head: str) -> bool:
    """Whether a line confirms and says nothing else: the word, beside it only agreement, politeness, thanks and figures.

    Of its letters two may have changed places, none may lack: ยืนยนั.
    """
    key = "".join(letter for letter in loosened(head).key if not letter.isdigit())
    agreeing = [loose(word) for word in (*AGREES, *POLITE)]
    before = reached(key, {0}, agreeing)
    cores = [*map(loose, CONFIRMS), *_turned(loose(CONFIRMS[0]))]
    after = {at + len(core) for at in before for core in cores if key.startswith(core, at)}
    return len(key) in reached(key, after, [*agreeing, *cores])


def _turned(word: str) -> list[str]:
    """The word with two neighbouring letters in each other's place."""
    return [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)]


def _bare(head: str) -> str:
    """A loose line without the words of politeness behind it."""
    key, before = loosened(head).key, ""
    while key != before:
        before = key
        for word in POLITE:
            key = key.removesuffix(loose(word))
    return key


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
