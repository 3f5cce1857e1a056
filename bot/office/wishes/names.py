"""Whom a line of words names: reporters, organisations, all of them.

The names of a roster are made ready once for it, and looked up by what stands in the line: a province of many costs no more.
"""

import functools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.office.model.roster import Roster
from bot.office.wishes.place_words import (
    ALL,
    BEFORE_NAME,
    BEHIND_NAME,
    BEHIND_TYPE,
    COUNTED,
    NO_DISTRICT_BEFORE,
    NO_NAME,
    NUMBERS,
    ONE_OF_A_KIND,
    TYPES,
)
from bot.office.wishes.spelling import Loose, loose, mended
from bot.office.wishes.thai_words import first_word, words_of

DISTRICT, _TOWN = "อำเภอ", "เมือง"
_SHORT = 4  # letters of a district's bare name under which it may be any word
_LOOSE_BEFORE, _LOOSE_BEHIND = tuple(map(loose, BEFORE_NAME)), tuple(map(loose, BEHIND_NAME))
_THAI = re.compile("[ก-๎]")  # a letter, vowel or mark


@dataclass(frozen=True)
class People:
    """Who is named, in the order of the line, and where. ``unknown``: somebody is named whom the roster does not have."""

    reporters: tuple[str, ...] = ()  # keys; an organisation that answers for itself is one
    organisations: tuple[str, ...] = ()  # codes
    everyone: bool = False
    unknown: bool = False
    spans: tuple[tuple[int, int], ...] = ()
    places: tuple[
        str, ...
    ] = ()  # codes of those of a name without its type, of the district beside it where one is named


@dataclass(frozen=True)
class Names:
    """The names of a roster, loose, by whose they are: a reporter's key or an organisation's code; "" for a name of two."""

    full: Mapping[str, str]
    short: Mapping[str, str]  # districts behind อ.
    bare: Mapping[str, str]  # districts without their type
    common: Mapping[str, str]  # the same, where the name is a word of every day, as ลอง and สอง
    types: Mapping[str, str]  # the one organisation of a type
    places: Mapping[str, tuple[str, ...]]  # organisations by their name without its type
    alone: Mapping[str, str]  # organisation's code to the reporter who reports for it alone


class _Same:
    """A roster known again by the very tuples that it holds: an office's addresses change, its names do not."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.key = (id(roster.organisations), tuple((c.reporter.key, c.reporter.name) for c in roster.contacts))

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.key == other.key


def names_of(roster: Roster) -> Names:
    """The names of a roster, made ready once."""
    return _made(_Same(roster))


@functools.lru_cache(maxsize=16)
def _made(same: _Same) -> Names:
    roster = same.roster  # held with the cache's key, so that no other tuple gets its id
    full: dict[str, str] = {}
    for organisation in roster.organisations:
        for name in {loose(organisation.official_name), loose(organisation.short_name)}:
            full[name] = "" if name in full else organisation.code
        if organisation.place:
            full[loose(organisation.printed_name)] = full[loose(organisation.printed_short)] = organisation.code
    whose = {contact.reporter.name: contact.reporter.key for contact in roster.contacts}
    full |= {loose(name): key for name, key in whose.items()}
    bare = {name.removeprefix(DISTRICT): key for name, key in whose.items() if name.startswith(DISTRICT)}
    return Names(
        full,
        {loose(f"อ.{name}"): key for name, key in bare.items()} | _capital(bare),
        {loose(name): key for name, key in bare.items() if not _is_common(name)},
        {loose(name): key for name, key in bare.items() if _is_common(name)} | _capital(bare, ""),
        dict(_of_a_kind(roster)),
        _places(roster, {*map(loose, bare)}),
        {c.reporter.organisations[0]: c.reporter.key for c in roster.contacts if len(c.reporter.organisations) == 1},
    )


def _capital(bare: Mapping[str, str], before: str = "อ.") -> dict[str, str]:
    """The district of the province's town as people call it, อ.เมือง, where there is but one."""
    keys = [key for name, key in bare.items() if name.startswith(_TOWN)]
    return {loose(f"{before}{_TOWN}"): keys[0]} if len(keys) == 1 else {}


def _is_common(name: str) -> bool:
    return len(loose(name)) < _SHORT or words_of(name) == {name}


def _places(roster: Roster, districts: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The organisations by their bare names, but those that are a district's or may be any word."""
    found: dict[str, tuple[str, ...]] = {}
    for one in roster.organisations:
        name = one.short_name.removeprefix(one.type)
        if len(loose(name)) > _SHORT and loose(name) not in districts and words_of(name) != {name}:
            found[loose(name)] = (*found.get(loose(name), ()), one.code)
    return found


def _of_a_kind(roster: Roster) -> Iterator[tuple[str, str]]:
    """The types of which the roster has one organisation alone: อบจ. needs no name there."""
    for kind, whole in ONE_OF_A_KIND.items():
        codes = [o.code for o in roster.organisations if o.type == kind]
        if len(codes) == 1:
            yield from ((loose(word), codes[0]) for word in (kind, whole))


def people_in(line: Loose, roster: Roster) -> People:
    """Whom the line names; a district with one letter amiss where nobody else is named."""
    names = names_of(roster)
    found = _people_in(line, roster, names)
    if found.reporters or found.everyone or found.unknown:
        return found
    better = mended(line, frozenset(names.bare))
    return _people_in(better, roster, names) if better is not line else found


def _people_in(line: Loose, roster: Roster, names: Names) -> People:
    found: list[tuple[int, int, str]] = []
    for known, fits in (
        (names.full, None),
        (names.short, _is_abbreviated),
        (names.bare, _is_district),
        (names.common, _stands_alone),
        (names.types, _ends_type),
    ):
        for start, end in _standing(line.key, known):
            span = line.span(start, end)
            if not _taken(found, *span) and (fits is None or fits(line.text, span)):
                found.append((*span, known[line.key[start:end]]))
    found.sort()
    keys = tuple(dict.fromkeys(key for _, _, key in found if key))
    reporters = tuple(names.alone.get(key, key) for key in keys)
    whole = roster.by_key
    codes = tuple(code for key in reporters for code in whole[key].organisations if len(whole[key].organisations) == 1)
    everyone = any(loose(word) in line.key for word in ALL)
    spans = tuple((start, end) for start, end, _ in found)
    unknown = _strange(line, spans) or any(not key for _, _, key in found)
    bare = [(line.span(*at), names.places[line.key[slice(*at)]]) for at in _standing(line.key, names.places)]
    bare = [(span, ones) for span, ones in bare if not _taken(found, *span) and _is_district(line.text, span)]
    districts = [set(whole[key].organisations) for key in reporters if key in whole]
    places = {code for _, ones in bare for code in ones if not districts or any(code in each for each in districts)}
    return People(reporters, codes, everyone, unknown, (*spans, *(span for span, _ in bare)), tuple(sorted(places)))


def _standing(key: str, known: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where names stand in a loose line, the longest first: by what stands there, not by each name that there is."""
    for length in sorted({len(name) for name in known}, reverse=True):
        for start in range(len(key) - length + 1):
            if key[start : start + length] in known:
                yield start, start + length


def _is_abbreviated(text: str, span: tuple[int, int]) -> bool:
    """Whether อ.ลอง stands there: not the end of a word, as in ขอลอง."""
    at = span[0]
    begins = at == 0 or not _THAI.match(text[at - 1]) or text[:at].endswith(BEFORE_NAME)
    return begins and text[at + 1 : at + 2] in {".", " "}


def _is_district(text: str, span: tuple[int, int]) -> bool:
    """Whether a district is named without its type: อำเภอวังชิ้น as วังชิ้น; not โรงเรียนวังชิ้น."""
    return not text[: span[0]].rstrip().endswith(NO_DISTRICT_BEFORE)


def _stands_alone(text: str, span: tuple[int, int]) -> bool:
    """Whether a word of every day is a district's name: อำเภอลอง as ลอง, with words around it that leave no doubt."""
    before, behind = text[: span[0]], text[span[1] :]
    begins = not before or not _THAI.match(before[-1]) or loose(before).endswith(_LOOSE_BEFORE)
    ends = not behind or not _THAI.match(behind[0]) or loose(behind).startswith(_LOOSE_BEHIND)
    counts = text[span[0] : span[1]] in NUMBERS and behind.startswith(COUNTED)
    return begins and ends and not counts and _is_district(text, span)


def _ends_type(text: str, span: tuple[int, int]) -> bool:
    """Whether a type stands alone, without the name of another organisation behind it: อบจ. ขอแบบ, not อบจ.น่าน."""
    behind = text[span[1] :].lstrip(". ")
    return not behind or not _THAI.match(behind[0]) or first_word(behind) in {*BEHIND_NAME, *BEHIND_TYPE}


def _taken(found: Iterable[tuple[int, int, str]], start: int, end: int) -> bool:
    return any(start < there and end > here for here, there, _ in found)


def _strange(line: Loose, spans: Iterable[tuple[int, int]]) -> bool:
    """Whether a type stands in the line whose name the roster does not have: somebody is meant, and it is not known who."""
    left = list(line.text)
    for start, end in spans:
        left[start:end] = " " * (end - start)
    rest = "".join(left)
    return any(_begins_name(rest, word) for word in TYPES) or _begins_name(rest.replace("ทุกอำเภอ", ""), DISTRICT)


def _begins_name(text: str, word: str) -> bool:
    at = text.find(word)
    behind = text[at + len(word) :].lstrip(". ") if at >= 0 else ""
    own = at == 0 or (at > 0 and not _THAI.match(text[at - 1])) or text[:at].endswith(BEFORE_NAME)
    return own and bool(_THAI.match(behind)) and not behind.startswith((*BEHIND_NAME, *NO_NAME))
