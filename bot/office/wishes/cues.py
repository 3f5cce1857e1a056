"""Which verb a line says: by the cue of it that stands there with the most letters, where enough of the line is known words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.office.model.roster import Roster
from bot.office.wishes.conditions import is_denied, parted
from bot.office.wishes.days import spans_of_days
from bot.office.wishes.names import people_in
from bot.office.wishes.spelling import Loose, loose, loosened, mended
from bot.office.wishes.vocabulary import AROUND, ENOUGH, MORE, REPORTERS, STAFF, Cue
from bot.office.wishes.wish import Verb

_TABLES: Mapping[bool, Mapping[Verb, tuple[Cue, ...]]] = {True: STAFF, False: REPORTERS}
_LONG_WORDS = {
    staff: frozenset(word for cues in table.values() for cue in cues for group in cue for word in group)
    for staff, table in _TABLES.items()
}
_LEFT = sorted({*map(loose, AROUND)} - {""}, key=len, reverse=True)


@dataclass(frozen=True)
class Said:
    """A verb that a line says: by how many letters, and where its first word stands in the loose line."""

    verb: Verb
    letters: int
    first: int
    denied: bool = False  # ไม่, ยังไม่ or อย่า stands straight before it


def verb_in(line: str, roster: Roster, *, staff: bool) -> Said | None:
    """The verb that a line says; None where it says none, or tells a story in which the words only occur.

    Who reports says what he likes in words, so a verb that he denies is none of his; of staff it is asked after.
    """
    head, _ = parted(line)
    asked = mended(loosened(head), _LONG_WORDS[staff])
    found = [said for verb, cues in _TABLES[staff].items() for cue in cues if (said := _stands(asked, verb, cue))]
    best = max(found, key=lambda one: (one.letters, -one.first), default=None)
    if best is None:
        return None
    denied = is_denied(asked.text, best.first)
    if denied and not staff:
        return None
    if best.verb is not Verb.CORRECT and _covered(asked, best.verb, roster, staff=staff) < MORE.get(
        best.verb, ENOUGH[staff]
    ):
        return None
    return Said(best.verb, best.letters, best.first, denied)


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


def _covered(line: Loose, verb: Verb, roster: Roster, *, staff: bool) -> float:
    """How much of a line is known: names, days, addresses, words of the verb and words that say nothing of their own."""
    known = [*people_in(line, roster).spans, *spans_of_days(line.text)]
    inside = [any(start <= at < end for start, end in known) for at in line.at]
    rest = "".join("\n" if taken else letter for letter, taken in zip(line.key, inside, strict=True))
    for word in (*_words_of(verb, staff=staff), *_LEFT):
        rest = rest.replace(word, "\n" * len(word))
    left = sum("ก" <= letter <= "๎" for letter in rest)  # addresses and figures are no story
    return 1 - left / max(line.letters, 1)


def _words_of(verb: Verb, *, staff: bool) -> Iterator[str]:
    words = {loose(word) for cue in _TABLES[staff][verb] for group in cue for word in group}
    yield from sorted(words, key=len, reverse=True)
