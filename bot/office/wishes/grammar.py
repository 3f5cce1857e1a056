"""The grammar of wishes: what a person writes, understood as one wish; or nearly, and then what may have been meant.

Forgives politeness, order, small slips of spelling, what stands above and below. Does not forgive a condition: who writes
"but" or "if" is asked to say it plainly, so that nothing is done by half.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import Bureau
from bot.office.wishes.conditions import is_conditional, parted
from bot.office.wishes.cues import Said, verb_in
from bot.office.wishes.days import day_in
from bot.office.wishes.lines import own_lines
from bot.office.wishes.slots import with_slots
from bot.office.wishes.spelling import loose, loosened
from bot.office.wishes.vocabulary import ALONE, OF_REPORTERS, POLITE, STAFF
from bot.office.wishes.wish import Verb, Wish

NEAREST = 2  # verbs that are offered where none was understood
_DROPPING = frozenset({Verb.CANCEL, Verb.DENY})  # nothing is done by them, so more may stand behind the word


@dataclass(frozen=True)
class Speaker:
    """Who speaks, and from what he is understood. ``circular``: slug of the one the mail is about, where it is known."""

    bureau: Bureau
    staff: bool
    now: datetime.datetime
    circular: str = ""

    @property
    def today(self) -> datetime.date:
        """The day in Bangkok."""
        return self.now.astimezone(BANGKOK).date()


@dataclass(frozen=True)
class Understood:
    """What a mail asks for. Without a ``wish`` the verbs that come ``nearest``.

    ``plain`` False: the wish depends on something, is taken back, or stands beside another one. ``rest``: the other lines.
    """

    wish: Wish | None = None
    plain: bool = True
    rest: str = ""
    nearest: tuple[Verb, ...] = ()


def understand(text: str, subject: str, speaker: Speaker) -> Understood:
    """What a mail's own text asks for; its subject where the text says nothing known. "" for a subject of another mail."""
    lines = own_lines(text)
    found = _understood(lines, speaker)
    if found.wish is None and subject.strip():
        titled = _understood(own_lines(subject), speaker)
        if titled.wish is not None:
            held_back = is_conditional(lines, titled.wish.verb)
            return replace(titled, plain=titled.plain and not held_back, rest="\n".join(lines))
    return found


def _understood(lines: Sequence[str], speaker: Speaker) -> Understood:
    said = [(at, found) for at, line in enumerate(lines) if (found := _verb(line, speaker))]
    alone = _alone(lines, speaker, said)
    if alone:
        return alone
    if not said:
        return Understood(nearest=nearest_verbs(" ".join(lines)) if speaker.staff else ())
    at, first = said[0]
    wish = with_slots(first.verb, lines[at:], speaker.bureau, speaker.today, speaker.circular)
    several = any(each.verb is not first.verb for _, each in said)
    held_back = first.denied or is_conditional(lines, first.verb) or first.verb is Verb.APPROVE
    return Understood(wish, plain=not (several or held_back), rest="\n".join((*lines[:at], *lines[at + 1 :])))


def _verb(line: str, speaker: Speaker) -> Said | None:
    return verb_in(line, speaker.bureau.roster, staff=speaker.staff)


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
    bare = _bare(head)
    return next((verb for word, verb in ALONE.items() if loose(word) == bare), None)


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

    ranked = sorted((verb for verb in STAFF if verb is not Verb.APPROVE), key=lambda verb: -score(verb))
    return tuple(ranked[:NEAREST])
