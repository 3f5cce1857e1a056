"""Which organisation a written name means.

Owns the ways offices write names. May not know who is asking beyond the hints it is given. What is written exactly wins
over everything; namesakes are told apart by type and district, never by who is asking; a guess is made only among the
sender's own organisations and is called a guess.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz.distance import Levenshtein

from parsers.reading import Organisation
from parsers.text import ascii_digits, comparison_key, normalise

How = Literal["exact", "guessed", "ambiguous", "unknown", "none"]
Types = frozenset[str]

_LONGEST = 200  # characters; a longer text is no name
_SUGGESTIONS = 3
_MARGIN = 2  # how much nearer than every other organisation a guess must be


@dataclass(frozen=True, slots=True)
class Hints:
    """What stands beside a name: a type, a district, and the codes of the sender's own organisations."""

    type: str = ""
    district: str = ""
    own: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Match:
    """What a name means. One code for exact and guessed, the candidates for ambiguous, suggestions for unknown."""

    how: How
    codes: tuple[str, ...] = ()


# Ways to write a type, as comparison keys. The head of an office stands for the office.
_TAO, _THOT, _THOM, _THON, _PAO = "อบต.", "ทต.", "ทม.", "ทน.", "อบจ."
_MUNICIPAL = frozenset({_THOT, _THOM, _THON})
_WRITTEN: tuple[tuple[Types, tuple[str, ...]], ...] = (
    (frozenset({_TAO}), ("องค์การบริหารส่วนตำบล", "องค์การบริหารตำบล", "องค์การบริหารส่วนต", "อบต", "บต")),
    (frozenset({_PAO}), ("องค์การบริหารส่วนจังหวัด", "องค์การบริหารจังหวัด", "องค์การบริหารส่วนจ", "อบจ", "บจ")),
    (frozenset({_TAO, _PAO}), ("องค์การบริหารส่วน",)),
    (frozenset({_THOT}), ("เทศบาลตำบล", "เทศบาลต", "เทศมนตรีตำบล", "เทศมนตรีต", "ทต")),
    (frozenset({_THOM}), ("เทศบาลเมือง", "เทศมนตรีเมือง", "ทม")),
    (frozenset({_THON}), ("เทศบาลนคร", "เทศมนตรีนคร", "ทน")),
    (_MUNICIPAL, ("เทศบาล", "เทศมนตรี")),
    (frozenset({_TAO, _THOT}), ("ตำบล",)),
)
_SLIPS = (("องค์การ", "องค์กร"), ("องค์การ", "องการ"), ("องค์", "องค"), ("บริหาร", "บริหาน"), ("ส่วน", "สวน"))
_FULL_WORD = 6  # characters; an abbreviation without its first letter would be another word


def _type_words() -> tuple[tuple[str, Types], ...]:
    """Every accepted beginning that states a type, the longest first, with a lost first letter and common slips."""
    words: dict[str, Types] = {}
    for types, written in _WRITTEN:
        for word in written:
            slips = {word} | {word.replace(right, wrong) for right, wrong in _SLIPS}
            slips |= {slip.replace("ำ", "า") for slip in slips}  # am without its circle, out of a PDF
            if len(word) >= _FULL_WORD:
                slips |= {slip[1:] for slip in slips}
            for slip in slips:
                words.setdefault(slip, types)
    return tuple(sorted(words.items(), key=lambda item: -len(item[0])))


_TYPE_WORDS = _type_words()
_HEADS = re.compile("^(?:รองนายก|นายก|รองปลัด|สำนักปลัด|สำนักงานปลัด|ปลัด|นาย|สำนักงาน|สนง|ที่ทำการ)")
_NUMBERING = re.compile(
    r"^(?:[\s•·*\-–—>]*(?:หมู่\s*(?:ที่)?|ม\.|ข้อ|ลำดับ\s*(?:ที่)?|ที่)?\s*[(\[]?\s*\d{1,3}(?![\d/])\s*[)\].:\-–,]*\s*|[\s•·*\-–—>]+)"
)
_LABEL = re.compile(r"^(?:ชื่อ\s*)?(?:หน่วยงาน|อปท\s*\.?|องค์กรปกครองส่วนท้องถิ่น|หน่วยงาน\s*อปท\s*\.?|ชื่อ)\s*[:：]\s*")
_PROVINCE = re.compile(
    r"(?:(?P<apart>(?<!ส่วน)(?<!บริหาร)จังหวัด|(?<![ก-๙.])จว?\s*\.)|(?<!บ)(?<!บ\.)จ\s*\.)\s*(?P<name>[ก-๙]+)[\s)\].,]*$"
)
_DISTRICT = re.compile(r"(?:(?P<full>กิ่งอำเภอ|อำเภอ)|(?<![ก-๙.])อ\s*\.)\s*(?P<name>[ก-๙][ก-๙ ]*?)[\s)\].,]*$")
_SUBDISTRICT = re.compile(r"[\s,(](?:ตำบล|ต\s*\.)\s*[ก-๙]+[\s)\].,]*$")
_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_CHOICE = re.compile(r"[(\[]?\s*((?:[ก-ฮ][ก-ฮ. ]*|เทศบาล[ก-๙]*|องค์การ[ก-๙]*)(?:\s*/\s*(?:[ก-ฮ][ก-ฮ.]*|เทศบาล[ก-๙]*|องค์การ[ก-๙]*))+)\s*[)\]]?")
_TRAILING_TYPE = re.compile(r"\s(\S+)$")
_LETTER = re.compile("[ก-ฮa-z]")
_ABOVE_BELOW = re.compile("[ัิ-ฺ็-๎]")
_NOT_CONSONANT = re.compile("[^ก-ฮ]")


@dataclass(frozen=True)
class _Said:
    """A name taken apart: the rest after district, province and numbering, and what those said."""

    rest: str
    types: Types = frozenset()  # stated in brackets, as a printed choice or behind the name
    districts: tuple[str, ...] = ()  # stated, as comparison keys
    province: str = ""
    doubt: bool = False  # something stated was passed over


@dataclass(frozen=True)
class _Entry:
    """An organisation with its name (without type) and its whole writings, as comparison keys."""

    organisation: Organisation
    name: str
    whole: frozenset[str]

    @property
    def code(self) -> str:
        return self.organisation.code


def _entry(organisation: Organisation) -> _Entry:
    official, short = comparison_key(organisation.official_name), comparison_key(organisation.short_name)
    name = short.removeprefix(comparison_key(organisation.type)) or short
    return _Entry(organisation, name, frozenset({official, short}))


class Register:
    """The names of all organisations of one province."""

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        """The organisations of the whole province: what is not here cannot be told apart from what is."""
        self._entries = tuple(_entry(organisation) for organisation in organisations)
        self._whole: dict[str, list[_Entry]] = {}
        self._named: dict[str, list[_Entry]] = {}
        for entry in self._entries:
            self._named.setdefault(entry.name, []).append(entry)
            for whole in entry.whole:
                self._whole.setdefault(whole, []).append(entry)
        self.districts = tuple(dict.fromkeys(entry.organisation.district for entry in self._entries))
        self._provinces = {entry.name for entry in self._entries if entry.organisation.type == _PAO}

    def resolve(self, text: str, hints: Hints = Hints()) -> Match:  # noqa: B008 - frozen, so one for all calls is safe
        """The organisation ``text`` means. Never raises."""
        if len(text) > _LONGEST:
            return Match("unknown")
        said = ascii_digits(normalise(text)).replace("\n", " ").strip()
        plain = _NUMBERING.sub("", said)
        for whole in (said, plain):
            entries = self._whole.get(comparison_key(whole))
            if entries:
                return self._decide(entries, _Said(whole), hints)
        apart = self._taken_apart(plain)
        if not _LETTER.search(_name_only(apart.rest)):
            return Match("none")
        return self._exact(apart, hints) or self._guess(apart, hints)

    def _taken_apart(self, text: str) -> _Said:
        """``text`` without label, printed choice, brackets, province, district and subdistrict."""
        said = _Said(_LABEL.sub("", text))
        said = _without_choice(said)
        said = self._without_place(said)
        for inside in _BRACKETS.findall(said.rest):
            said = self._with_bracket(said, inside)
        said = self._without_place(said)
        return _without_trailing_type(said)

    def _with_bracket(self, said: _Said, inside: str) -> _Said:
        """What one pair of brackets says: a type, a district, nothing, or something that is passed over with doubt."""
        outside = re.sub(r"\s+", " ", _BRACKETS.sub(" ", said.rest, count=1)).strip()
        types = _types_of(inside)
        if types:
            return replace(said, rest=outside, types=types)
        district = find_district(inside, self.districts)
        if district:
            return replace(said, rest=outside, districts=(*said.districts, comparison_key(district)))
        if not _LETTER.search(_name_only(outside)):
            return replace(said, rest=f"{outside} {inside}".strip())
        return replace(said, rest=outside, doubt=said.doubt or bool(comparison_key(inside)))

    def _without_place(self, said: _Said) -> _Said:
        """Cut ``จ.``, ``อ.`` and ``ต.`` off the end, in that order, keeping what they say."""
        found = _PROVINCE.search(said.rest)
        if found and (found["apart"] is not None or comparison_key(found["name"]) in self._provinces):
            said = replace(said, rest=_cut(said.rest, found), province=comparison_key(found["name"]))
        found = _DISTRICT.search(said.rest)
        if found:
            known = find_district(found["name"], self.districts)
            if known or found["full"]:
                key = comparison_key(known or found["name"])
                said = replace(said, rest=_cut(said.rest, found), districts=(*said.districts, key))
        found = _SUBDISTRICT.search(said.rest) if said.districts or said.province else None
        if found and _LETTER.search(_name_only(_cut(said.rest, found))):
            said = replace(said, rest=_cut(said.rest, found))
        return said

    def _exact(self, said: _Said, hints: Hints) -> Match | None:
        """The organisations whose name and type are what was written, None when there are none."""
        if said.province and self._provinces and said.province not in self._provinces:
            return Match("unknown")
        entries = self._whole.get(comparison_key(said.rest))
        if entries:
            return self._decide(entries, said, hints)
        for types, name in _interpretations(said, hints):
            for variant in (name, name.removeprefix("เมือง"), f"เมือง{name}" if _THOM in types else name):
                entries = [e for e in self._named.get(variant, ()) if not types or e.organisation.type in types]
                if entries:
                    return self._decide(entries, said, hints)
        return None

    def _decide(self, entries: list[_Entry], said: _Said, hints: Hints) -> Match:
        """Namesakes told apart by the district in the text, else by the district beside it."""
        hinted = find_district(hints.district, self.districts)
        beside = (comparison_key(hinted),) if hinted else ()
        fitting = [e for e in entries if comparison_key(e.organisation.district) in (said.districts or beside)]
        if len(fitting) == 1:
            return Match("guessed" if said.doubt else "exact", (fitting[0].code,))
        if len(entries) == 1:  # the district stated, if any, is another one
            return Match("guessed" if said.doubt or said.districts else "exact", (entries[0].code,))
        return Match("ambiguous", tuple(entry.code for entry in fitting or entries))

    def _guess(self, said: _Said, hints: Hints) -> Match:
        """A damaged or misspelt name: guessed among the sender's own, otherwise unknown with suggestions."""
        readings = list(_interpretations(said, hints))
        types, name = readings[0]
        ranked = self._ranked(types, name)
        if not ranked:
            return Match("unknown")
        damaged = self._damaged(readings, comparison_key(said.rest))
        if len(damaged) > 1:
            return Match("ambiguous", tuple(entry.code for entry in damaged))
        (least, nearest), *others = ranked
        best = [entry for distance, entry in ranked if distance == least]
        if damaged and best == damaged and (not hints.own or nearest.code in hints.own):
            return Match("guessed", (nearest.code,))
        clear = not others or others[0][0] - least >= _MARGIN
        same_type = len(types) == 1 and nearest.organisation.type in types
        if clear and same_type and nearest.code in hints.own and least <= _slack(name):
            return Match("guessed", (nearest.code,))
        near = [entry.code for distance, entry in ranked if distance <= max(2, len(name) // 3)]
        return Match("unknown", tuple(near[:_SUGGESTIONS]))

    def _damaged(self, readings: list[tuple[Types, str]], whole: str) -> list[_Entry]:
        """The organisations of which what was written may be a damaged copy."""
        for types, name in readings:
            fitting = (entry for entry in self._entries if not types or entry.organisation.type in types)
            damaged = [entry for entry in fitting if _alike(name, entry.name)]
            if damaged:
                return damaged
        return [entry for entry in self._entries if any(_alike(whole, key) for key in entry.whole)]

    def _ranked(self, types: Types, name: str) -> list[tuple[int, _Entry]]:
        """All organisations with their distance, the nearest first."""
        pairs = [(_distance(types, name, entry), entry) for entry in self._entries]
        return sorted(pairs, key=lambda pair: pair[0])


def _distance(types: Types, name: str, entry: _Entry) -> int:
    own = entry.organisation.type
    return min(Levenshtein.distance(kind + name, own + entry.name) for kind in types or {own})


def _slack(name: str) -> int:
    """How many characters of a name may be wrong: none in a very short one."""
    return 0 if len(name) < 4 else 1 if len(name) < 8 else 2  # noqa: PLR2004


def _alike(written: str, name: str) -> bool:
    """Whether ``written`` is ``name`` as damaged by a PDF: marks wrong or lost, am without its circle, vowels lost."""
    if _letters(written) == _letters(name):
        return True
    if _NOT_CONSONANT.sub("", written) != _NOT_CONSONANT.sub("", name) or len(_NOT_CONSONANT.sub("", name)) < 3:  # noqa: PLR2004
        return False
    return not Counter(written.replace("ำ", "า")) - Counter(name.replace("ำ", "า"))


def _letters(key: str) -> str:
    return _ABOVE_BELOW.sub("", key.replace("ำ", "า"))


def _cut(text: str, found: re.Match[str]) -> str:
    """``text`` before what was found, without the space or bracket that led to it."""
    return text[: found.start()].rstrip(" ,([")


def _types_of(text: str) -> Types:
    """The type a text states by itself, such as a neighbouring column: ``อบต.``, ``เทศบาลตำบล``; several for a choice."""
    found: Types = frozenset()
    for part in re.split(r"[/,]|หรือ", text):
        found |= next((types for word, types in _TYPE_WORDS if comparison_key(part) == word), frozenset())
    return found


def _without_choice(said: _Said) -> _Said:
    """``(ทต./อบต.) เหล่าโพนค้อ`` without the printed choice nobody struck out."""
    found = _CHOICE.search(said.rest)
    types = _types_of(found[1]) if found else frozenset()
    if not found or len(types) < 2:  # noqa: PLR2004 - no choice between types
        return said
    return replace(said, rest=f"{said.rest[: found.start()]} {said.rest[found.end() :]}".strip(), types=types)


def _without_trailing_type(said: _Said) -> _Said:
    """``แม่คำมี อบต.`` with the type taken as said."""
    found = _TRAILING_TYPE.search(said.rest)
    types = _types_of(found[1]) if found else frozenset()
    return replace(said, rest=said.rest[: found.start()], types=types) if found and types else said


def _name_only(rest: str) -> str:
    """``rest`` as a key without the type it begins with."""
    key = _headless(comparison_key(rest))
    return next((key[len(word) :] for word, _ in _TYPE_WORDS if key.startswith(word)), key)


def _headless(key: str) -> str:
    """``key`` without the head or house of an office before its type: นายกเทศมนตรีตำบล, สำนักงานเทศบาล."""
    rest = _HEADS.sub("", key)
    return rest if any(rest.startswith(word) for word, _ in _TYPE_WORDS) else key


def _interpretations(said: _Said, hints: Hints) -> Iterator[tuple[Types, str]]:
    """(types, name) as ``said`` may be meant: the longest word for a type first, at last the whole as a bare name."""
    whole = comparison_key(said.rest)
    for key in dict.fromkeys((_headless(whole), whole)):
        for word, types in _TYPE_WORDS:
            if key.startswith(word) and _LETTER.search(key[len(word) :]):
                yield types & said.types or types, key[len(word) :]
    name = whole.removeprefix("ต") if re.match(r"ต\s*\.", said.rest) else whole
    yield said.types or _types_of(hints.type), name


_DISTRICT_OFFICE = "^(?:(?:ที่ว่าการ|ที่ทำการปกครอง|นาย|สำนักงาน|ท้องถิ่น|สำนักงานส่งเสริมการปกครองท้องถิ่น|สถ)?(?:กิ่ง)?อำเภอ|อ(?=\\.)|อ(?= ))\\s*\\.?\\s*"


def find_district(text: str, districts: Iterable[str]) -> str | None:
    """The district a text names by itself, None when it names none: ``อำเภอลอง``, ``อ.ลอง``, ``ลอง``, ``ที่ว่าการอำเภอลอง``."""
    if not text or len(text) > _LONGEST:
        return None
    said = ascii_digits(normalise(text)).replace("\n", " ").strip(" :-*.")
    said = re.sub(r"\s*(?:\([^)]*\)|จำนวน\s*\d+\s*แห่ง|\d+\s*แห่ง)$", "", _NUMBERING.sub("", said))
    said = re.sub(r"\s*(?:จังหวัด|(?<![ก-๙])จ\s*\.)\s*[ก-๙]+$", "", said)
    key = comparison_key(re.sub(_DISTRICT_OFFICE, "", said))
    if not key:
        return None
    known = {comparison_key(district): district for district in districts}
    if key == "เมือง":
        towns = [district for name, district in known.items() if name.startswith("เมือง")]
        return towns[0] if len(towns) == 1 else None
    return known.get(key)
