"""Which organisation a written name means.

Owns the ways offices write names. May not know who is asking beyond the hints it is given. What is written exactly wins
over everything; namesakes are told apart by type and district, then by which of them is the sender's own; a guess is made
only among the sender's own organisations and is called a guess.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from parsers.form.naming import LOCAL, Naming
from parsers.organisations.entries import Entry, entry_of
from parsers.organisations.name_grammar import (
    Places,
    Said,
    find_district,
    holds_name,
    interpretations,
    one_line,
    plain,
    take_apart,
    without_contact,
)
from parsers.organisations.type_patterns import Types
from parsers.organisations.type_words import LONGEST, PAO, TOWN, words_of
from parsers.reading import Organisation
from parsers.thai.text import ascii_digits, comparison_key, letters_of

How = Literal["exact", "guessed", "ambiguous", "several", "unknown", "none"]
__all__ = ["Hints", "How", "Match", "Register", "find_district"]

_SUGGESTIONS = 3
_DOTTED_LINE = re.compile(r"[.…_\s]{4,}")  # of a printed form
_CODE = re.compile(r"(?<!\d)\d{7}(?!\d)")  # the department's code of an organisation
_INSIDE = re.compile(r"[(\[][^()\[\]]*[)\]]")  # a former name or a district, no name beside the name
_MOST_TOGETHER = 20
_MARGIN = 2  # how much nearer than every other organisation a guess must be


@dataclass(frozen=True, slots=True)
class Hints:
    """What stands beside a name: a type, a district, and the codes of the sender's own organisations."""

    type: str = ""
    district: str = ""
    own: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """What a name means. One code for exact and guessed, the candidates for ambiguous, suggestions for unknown.

    Several are the organisations that stand in one text beside one another.
    """

    how: How
    codes: tuple[str, ...] = ()


_MOST_RESOLVED = 1 << 14  # texts whose meaning is kept; a province's form has some hundred


class Register:
    """The names of all organisations of one province."""

    def __init__(self, organisations: Iterable[Organisation], naming: Naming = LOCAL) -> None:
        """The organisations of the whole province: what is not here cannot be told apart from what is."""
        self._words = words = words_of(naming)
        self._entries = tuple(entry_of(at, organisation, words) for at, organisation in enumerate(organisations))
        self._bare = [entry.name for entry in self._entries]
        self._typed = [entry.organisation.type + entry.name for entry in self._entries]
        self._whole: dict[str, list[Entry]] = {}
        self._named: dict[str, list[Entry]] = {}
        self._lettered: dict[str, list[Entry]] = {}
        self._resolved: dict[tuple[str, Hints], Match] = {}
        for entry in self._entries:
            self._named.setdefault(entry.name, []).append(entry)
            self._lettered.setdefault(entry.letters, []).append(entry)
            for whole in entry.whole:
                self._whole.setdefault(whole, []).append(entry)
        self.districts = tuple(dict.fromkeys(entry.organisation.district for entry in self._entries))
        provinces = frozenset(entry.name for entry in self._entries if entry.organisation.type == PAO)
        self._places = Places(self.districts, provinces or frozenset({naming.province} - {""}), words)
        self._codes = {entry.code: entry.code for entry in self._entries}
        self._codes |= {e.organisation.present_code: e.code for e in self._entries if e.organisation.present_code}
        self._with_type, self._and = _patterns(words.typed)
        # "อบต.สรอย (ข้อมูลของ ทต.สรอย)": a row under one name with what is another's.
        self._data_of = re.compile(
            rf"([^()\[\]]+)[(\[]\s*+(?:เป็น|ใช้)?(?:ข้อมูล|ตัวเลข|ยอด)\s*+(?:ของ)?\s*+({words.typed}[^()\[\]]+)[)\]]\s*+"
        )
        districts = "|".join(map(re.escape, sorted(self.districts, key=len, reverse=True))) or "(?!)"
        # "ลอง - ทต.ห้วยอ้อ", "อ.ลอง/อบต.บ่อเหล็กลอง": the district stands before the name.
        self._district_first = re.compile(rf"(?:อ\.|อำเภอ)?\s*({districts})[\s:/–-]+({words.typed}.*)", re.DOTALL)

    def resolve(self, text: str, hints: Hints = Hints()) -> Match:
        """The organisation ``text`` means; the same text with the same hints is looked up once. Never raises."""
        asked = text, hints
        if asked not in self._resolved:
            if len(self._resolved) >= _MOST_RESOLVED:
                self._resolved.clear()
            self._resolved[asked] = self._resolve(text, hints)
        return self._resolved[asked]

    def _resolve(self, text: str, hints: Hints) -> Match:
        text = _DOTTED_LINE.sub(" ", text)
        if len(text) > LONGEST:
            return Match("unknown")
        coded = self._by_code(ascii_digits(text), hints)
        return coded or self._by_name(self._district_last(text), hints)

    def _by_code(self, text: str, hints: Hints) -> Match | None:
        """A known code standing in the text. A name beside it must mean the same organisation, else a person is asked."""
        codes = [self._codes[code] for code in _CODE.findall(text) if code in self._codes]
        if len(codes) != 1:
            return None
        named = self._by_name(self._district_last(_CODE.sub(" ", text)), hints)
        if named.how == "none" or codes[0] in named.codes:
            return Match("exact", (codes[0],))
        return Match("ambiguous", (codes[0], *named.codes)) if named.codes else Match("unknown", (codes[0],))

    def _district_last(self, text: str) -> str:
        """``อ.เด่นชัย - ทต.x`` as ``ทต.x อำเภอเด่นชัย``, the order in which names are taken apart."""
        found = self._district_first.fullmatch(text.strip())
        named = found and holds_name(found[2], self._words)  # เด่นชัย - เทศบาลตำบล names nobody
        return f"{found[2]} อำเภอ{found[1]}" if found and named else text

    def _by_name(self, text: str, hints: Hints) -> Match:
        whole_line, text = one_line(text), without_contact(text, self._words)
        if other := self._data_of.fullmatch(text):
            pair = [self._alone(part, hints) for part in (other[1], other[2])]
            codes = tuple(dict.fromkeys(match.codes[0] for match in pair if match.how == "exact"))
            return Match("several", codes) if len(codes) > 1 else self._by_name(other[1], hints)
        for whole in (whole_line, one_line(text), plain(text)):
            entries = self._whole.get(comparison_key(whole))
            if entries:
                return self._decide(entries, Said(whole), hints)
        several = self._several(plain(text), hints)
        if several:
            return several
        apart = take_apart(plain(text), self._places)
        if not holds_name(apart.rest, self._words):
            apart = take_apart(one_line(text), self._places)  # หมู่ที่ 3 may be a village
        if not holds_name(apart.rest, self._words):
            return Match("none")
        return self._exact(apart, hints) or self._guess(apart, hints)

    def _several(self, text: str, hints: Hints) -> Match | None:
        """Two organisations in one text: ``ทต.ก และ อบต.ข``. None where all of it may be one name."""
        parts = [part for part in self._and.split(_INSIDE.sub(" ", text)) if part.strip(" .,")]
        if not 1 < len(parts) <= _MOST_TOGETHER:
            return None
        named = [self._alone(part, hints) for part in parts]
        codes = tuple(dict.fromkeys(match.codes[0] for match in named if match.how == "exact"))
        strange = any(
            m.how == "unknown" and self._with_type.match(p.strip()) for m, p in zip(named, parts, strict=True)
        )
        if len(codes) > 1:
            return Match("several", codes)
        return Match("unknown", codes) if codes and strange else None

    def _alone(self, part: str, hints: Hints) -> Match:
        """One of several names. A district's name says where the name before it is."""
        if find_district(part, self.districts):
            return Match("none")
        apart = take_apart(plain(part), self._places)
        if not holds_name(apart.rest, self._words):
            return Match("none")
        return self._exact(apart, Hints("", hints.district, hints.own)) or Match("unknown")

    def _exact(self, said: Said, hints: Hints) -> Match | None:
        """The organisations whose name and type are what was written, None when there are none."""
        if said.province and self._places.provinces and said.province not in self._places.provinces:
            return Match("unknown")
        entries = self._whole.get(comparison_key(said.rest))
        if entries:
            return self._decide(entries, said, hints)
        for types, name in interpretations(said, hints.type, self._words):
            doubled = (name.removeprefix("เมือง"), f"เมือง{name}") if types == {TOWN} else ()
            for variant in (name, *doubled):
                entries = [e for e in self._named.get(variant, ()) if not types or e.organisation.type in types]
                if entries:
                    return self._decide(entries, said, hints)
        return None

    def _decide(self, entries: list[Entry], said: Said, hints: Hints) -> Match:
        """Namesakes told apart by the district in the text, else by the district beside it, else by whose form it is."""
        hinted = find_district(hints.district, self.districts)
        beside = (comparison_key(hinted),) if hinted else ()
        fitting = [e for e in entries if comparison_key(e.organisation.district) in (said.districts or beside)]
        if len(fitting) == 1:
            return Match("guessed" if said.doubt else "exact", (fitting[0].code,))
        mine = [entry for entry in entries if entry.code in hints.own]
        if len(entries) > 1 and len(mine) == 1 and not said.districts and not beside:
            return Match("guessed" if said.doubt else "exact", (mine[0].code,))
        if len(entries) > 1:
            return Match("ambiguous", tuple(entry.code for entry in fitting or entries))
        found = entries[0]
        if not said.districts:
            return Match("guessed" if said.doubt else "exact", (found.code,))
        # The name says one thing and the district another: a namesake may be meant.
        there = [e for e in self._named[found.name] if comparison_key(e.organisation.district) in said.districts]
        return Match("ambiguous" if there else "guessed", tuple(entry.code for entry in (found, *there)))

    def _guess(self, said: Said, hints: Hints) -> Match:
        """A damaged or misspelt name: guessed among the sender's own, otherwise unknown with suggestions."""
        readings = list(interpretations(said, hints.type, self._words))
        types, name = readings[0]
        ranked = self._ranked(types, name)
        if not ranked:
            return Match("unknown")
        damaged = self._damaged(readings, comparison_key(said.rest))
        if len(damaged) > 1:
            return Match("ambiguous", tuple(entry.code for entry in damaged))
        (least, nearest), *others = ranked
        best = [entry for distance, entry in ranked if distance == least]
        sure = best == damaged or self._words.naming.types  # whose words beside the name tell more than distances
        if damaged and sure and (not hints.own or damaged[0].code in hints.own):
            return Match("guessed", (damaged[0].code,))
        clear = not others or others[0][0] - least >= _MARGIN
        same_type = len(types) == 1 and nearest.organisation.type in types
        if clear and same_type and nearest.code in hints.own and least <= _slack(name):
            return Match("guessed", (nearest.code,))
        near = [entry.code for distance, entry in ranked if distance <= max(2, len(name) // 3)]
        return Match("unknown", tuple(near[:_SUGGESTIONS]))

    def _damaged(self, readings: list[tuple[Types, str]], whole: str) -> list[Entry]:
        """The organisations of which what was written may be a damaged copy."""
        for types, name in readings:
            alike = self._lettered.get(letters_of(name), ())
            damaged = [entry for entry in alike if not types or entry.organisation.type in types]
            if damaged:
                return damaged
        letters = letters_of(whole)
        return [entry for entry in self._entries if letters in entry.whole_letters]

    def _ranked(self, types: Types, name: str) -> list[tuple[int, Entry]]:
        """All organisations with their distance, the nearest first."""
        asked = [(kind + name, self._typed) for kind in types] or [(name, self._bare)]
        nearest: dict[int, int] = {}
        for written, keys in asked:
            for _, distance, at in process.extract(written, keys, scorer=Levenshtein.distance, limit=None):
                nearest[at] = min(distance, nearest.get(at, distance))
        return sorted(((distance, self._entries[at]) for at, distance in nearest.items()), key=_distance_first)


@lru_cache(maxsize=8)
def _patterns(typed: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """How a name with its type begins, "อบต.แม่ยม" and not the bare "แม่ยม"; and what stands between two names in one cell.

    A blank or "and" alone may belong to a name, so a type must follow.
    """
    joins = rf"(?:และ|กับ)\s*+(?={typed})|(?<!\s)\s++(?:(?={typed})|(?:และ|กับ)\s++)"
    # "อบต.แม่ยม, อบต.แม่หล่าย", "ทต.ลอง / ทต.บ้านปิน", "ทต.ลอง และ อบต.บ่อเหล็กลอง".
    return re.compile(typed), re.compile(rf"(?:(?<!\s)\s++)?[/,;+&|]\s*+|(?:(?<!\s)\s++)?{joins}")


def _distance_first(pair: tuple[int, Entry]) -> tuple[int, int]:
    return pair[0], pair[1].at


def _slack(name: str) -> int:
    """How many characters of a name may be wrong: none in a very short one."""
    return 0 if len(name) < 4 else 1 if len(name) < 8 else 2  # noqa: PLR2004
