"""How offices write the name of an organisation, taken apart: type, bare name, district, province.

Owns the decorations around names; the words for types are ``type_words``'. May not know which organisations exist beyond
the names of districts and provinces it is given; ``register`` finds out who is meant.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from parsers.form.naming import LOCAL
from parsers.organisations.type_patterns import Types
from parsers.organisations.type_words import LONGEST, TypeWords, words_of
from parsers.thai.text import ascii_digits, comparison_key, normalise

# "1. ", "(๑๒) ", "• ", "3.2 ", "ลำดับที่ 4 "; not the figure of a date, 1/2567.
_NUMBERING = re.compile(
    r"^(?:[\s•·*\-–—>]*+(?:หมู่\s*+(?:ที่)?|ม\.|ข้อ|ลำดับ\s*+(?:ที่)?|ที่)?\s*+[(\[]?\s*+\d{1,3}(?:\.\d{1,2}){0,2}(?![\d/])\s*+[)\].:\-–,]*+\s*+|[\s•·*\-–—>]++)"
)
# "ชื่อ อปท.: ", "หน่วยงาน: ": the label is typed into the cell before the name.
_LABEL = re.compile(r"^(?:ชื่อ\s*)?(?:หน่วยงาน|อปท\s*\.?|องค์กรปกครองส่วนท้องถิ่น|หน่วยงาน\s*อปท\s*\.?|ชื่อ)\s*[:：]\s*")
# " โทร. 0 5450 1234 ต่อ 12", " (เบอร์โทร 081-234-5678)" behind a name.
_TELEPHONE = re.compile(r"\s[(]?\s*(?:โทร(?:ศัพท์)?|เบอร์(?:โทร(?:ศัพท์)?)?)\s*[.:]?\s*\d[\d\s()-]*(?:ต่อ\s*\d+)?\s*[)]?$")
# "\nผู้ประสาน: ปลัด โทร 054-000000", " นายสมชาย ใจดี", ", 99 หมู่ 4 ถ.ยันตรกิจ", " a@b.example" behind a name: who is to be
# asked there, and where it stands.
_CONTACT = re.compile(
    r"[\s,(\[/]+(?:ผู้(?:ประสาน|รายงาน|รับผิดชอบ|กรอก|ให้ข้อมูล)|ติดต่อ|(?:เบอร์\s*+)?โทร|เบอร์|มือถือ|(?:นาย|นางสาว|นาง|น\.\s?ส\.|ว่าที่)\s*[ก-ฮเ-ไ]|(?:ที่อยู่|ที่ตั้ง|เลขที่|ถนน|ถ\.|หมู่(?:ที่)?\s?\d)|\d{1,4}(?:/\d{1,4})?\s(?:หมู่|ม\.|ถ)|0\d{1,2}[\s-]?\d{3}|(?:อีเมล|e-?mail|line)\s?[:.]|[\w.+-]{1,64}@)",
    re.IGNORECASE,
)
# "จังหวัดแพร่", "จ.แพร่", "จว.แพร่" at the end; not the จังหวัด of องค์การบริหารส่วนจังหวัด nor the จ. of อบจ.
_PROVINCE = re.compile(
    r"(?:(?P<apart>(?<!ส่วน)(?<!บริหาร)จังหวัด|(?<![ก-๙.])จว?\s*\.)|(?<!อบ)(?<!บ\.)จ\s*\.)\s*(?P<name>[ก-๙]+)[\s)\].,]*$"
)
# "อำเภอเมืองแพร่", "กิ่งอำเภอ…", "อ.ลอง)" at the end of a name.
_DISTRICT = re.compile(r"(?:(?P<full>กิ่งอำเภอ|อำเภอ)|อ\s*\.)\s*(?P<name>[ก-๙][ก-๙ ]*?)[\s)\].,]*$")
# ", ตำบลห้วยอ้อ", " ต.ห้วยอ้อ": where the office stands, not its name.
_SUBDISTRICT = re.compile(r"[\s,(](?:ตำบล|ต\s*\.)\s*[ก-๙]+[\s)\].,]*$")
# "(อ.ลอง)", "[เดิม อบต.…]", without brackets within.
_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_ONE = "(?:เทศบาล[ก-๙]*|องค์การ[ก-๙]*|[ก-ฮ][ก-ฮ.]*)"
# "(ทต./อบต.)": the printed choice of a form, left standing before the name.
_CHOICE = re.compile(rf"[(\[]?\s*({_ONE}(?:\s*/\s*{_ONE})+)\s*[)\]]?")
# "แม่ยม อบต.": the type behind the name.
_TRAILING_TYPE = re.compile(r"\s(\S+)$")


@dataclass(frozen=True)
class Said:
    """A name taken apart: the rest after district, province and numbering, and what those said."""

    rest: str
    types: Types = frozenset()  # stated in brackets, as a printed choice or behind the name
    districts: tuple[str, ...] = ()  # stated, as comparison keys
    province: str = ""
    doubt: bool = False  # something stated was passed over


@dataclass(frozen=True)
class Places:
    """The districts of a province as written, its own name as a comparison key if it is known, and the words for types."""

    districts: tuple[str, ...]
    provinces: frozenset[str] = frozenset()
    words: TypeWords = field(default_factory=lambda: words_of(LOCAL))


def plain(text: str) -> str:
    """``text`` on one line, normalised, digits in ASCII, without the number before it."""
    return _NUMBERING.sub("", one_line(text))


def one_line(text: str) -> str:
    """``text`` on one line, normalised, digits in ASCII."""
    return ascii_digits(normalise(text)).replace("\n", " ").strip()


def without_label(text: str) -> str:
    """A name without the label that is typed before it."""
    return _LABEL.sub("", one_line(text))


def without_contact(text: str, words: TypeWords) -> str:
    """A name without the person, telephone or address behind it; the text itself where nothing before those is a name."""
    found = _CONTACT.search(ascii_digits(text))
    before = text[: found.start()] if found else text
    return before if found and holds_name(plain(before), words) else text


def take_apart(text: str, places: Places) -> Said:
    """A name without label, printed choice, brackets, province, district and subdistrict. ``text`` is from ``plain``."""
    said = _without_place(_without_choice(Said(_TELEPHONE.sub("", without_label(text))), places.words), places)
    for inside in _BRACKETS.findall(said.rest):
        said = _with_bracket(said, inside, places)
    return _without_trailing_type(_without_place(said, places), places.words)


def _with_bracket(said: Said, inside: str, places: Places) -> Said:
    """What one pair of brackets says: a type, a district, nothing, or something that is passed over with doubt."""
    outside = " ".join(_BRACKETS.sub(" ", said.rest, count=1).split())
    types = places.words.types_of(inside)
    if types:
        return replace(said, rest=outside, types=types)
    district = find_district(inside, places.districts)
    if district:
        return replace(said, rest=outside, districts=(*said.districts, comparison_key(district)))
    if not holds_name(outside, places.words):
        return replace(said, rest=f"{outside} {inside}".strip())
    return replace(said, rest=outside, doubt=said.doubt or bool(comparison_key(inside)))


def _without_place(said: Said, places: Places) -> Said:
    """Cut ``จ.``, ``อ.`` and ``ต.`` off the end, in that order, keeping what they say."""
    found = _PROVINCE.search(said.rest)
    stated = found and (found["apart"] is not None or comparison_key(found["name"]) in places.provinces)
    if found and stated and _is_name(said.rest, found, places.words):
        said = replace(said, rest=found["name"])
    elif found and stated and not _in_type(said.rest, found, places.words):
        said = replace(said, rest=_cut(said.rest, found), province=comparison_key(found["name"]))
    found = _DISTRICT.search(said.rest)
    if found and _is_name(said.rest, found, places.words):
        said = replace(said, rest=found["name"])
    elif found and not _in_type(said.rest, found, places.words):
        known = find_district(found["name"], places.districts)
        if known or found["full"]:
            key = comparison_key(known or found["name"])
            said = replace(said, rest=_cut(said.rest, found), districts=(*said.districts, key))
    found = _SUBDISTRICT.search(said.rest) if said.districts or said.province else None
    if found and holds_name(_cut(said.rest, found), places.words):
        said = replace(said, rest=_cut(said.rest, found))
    return said


def _cut(text: str, found: re.Match[str]) -> str:
    """``text`` before what was found, without the space or bracket that led to it."""
    return text[: found.start()].rstrip(" ,([")


def _is_name(text: str, found: re.Match[str], words: TypeWords) -> bool:
    """Whether a place is the name itself, in a roster of provinces or districts: จังหวัดแพร่."""
    return bool(words.naming.alone) and not comparison_key(_cut(text, found))


def _in_type(text: str, found: re.Match[str], words: TypeWords) -> bool:
    """Whether a place begins within the words of a declared type: สำนักงานเกษตรอำเภอลอง."""
    key = comparison_key(text)
    word = next((word for word, _ in words.ways if key.startswith(word)), "")
    return bool(words.naming.types) and len(word) > len(comparison_key(_cut(text, found)))


def _without_choice(said: Said, words: TypeWords) -> Said:
    """``(ทต./อบต.) เหล่าโพนค้อ`` without the printed choice nobody struck out."""
    found = _CHOICE.search(said.rest)
    types = words.types_of(found[1]) if found else frozenset()
    if not found or len(types) < 2:  # noqa: PLR2004 - no choice between types
        return said
    return replace(said, rest=f"{said.rest[: found.start()]} {said.rest[found.end() :]}".strip(), types=types)


def _without_trailing_type(said: Said, words: TypeWords) -> Said:
    """``แม่คำมี อบต.`` with the type taken as said."""
    found = _TRAILING_TYPE.search(said.rest)
    types = words.types_of(found[1]) if found else frozenset()
    return replace(said, rest=said.rest[: found.start()], types=types) if found and types else said


def holds_name(rest: str, words: TypeWords) -> bool:
    """Whether ``rest`` says more than a type."""
    key = _headless(comparison_key(rest), words)
    if words.head.sub("", key) == "":
        return False
    return words.is_name(next((key[len(word) :] for word, _ in words.ways if key.startswith(word)), key))


def _headless(key: str, words: TypeWords) -> str:
    """``key`` without the head or house of an office before its type: นายกเทศมนตรีตำบล, สำนักงานเทศบาล."""
    rest = words.head.sub("", key)
    return rest if any(rest.startswith(word) for word, _ in words.ways) else key


def _narrowed(types: Types, *others: Types) -> Types:
    """``types`` as far as what else was said agrees with them."""
    for other in others:
        types = types & other or types
    return types


def interpretations(said: Said, beside: str, words: TypeWords) -> Iterator[tuple[Types, str]]:
    """(types, name) as ``said`` may be meant: the longest word for a type first, at last the whole as a bare name.

    ``beside`` is the text of a type column; it speaks only for a name that states no type itself.
    """
    whole = comparison_key(said.rest)
    for key in dict.fromkeys((_headless(whole, words), whole)):
        for word, types in words.ways:
            if key.startswith(word) and words.is_name(key[len(word) :]):
                yield _narrowed(types, said.types, words.types_of(beside)), key[len(word) :]
    # "ต.แม่ยม" with its type in the next column: ต. is the subdistrict, not the name.
    name = whole.removeprefix("ต") if re.match(r"ต\s*\.", said.rest) else whole
    yield said.types or words.types_of(beside), name


# "ที่ว่าการอำเภอลอง", "นายอำเภอลอง", "ท้องถิ่นอำเภอลอง", "อ.ลอง": all mean the district.
_DISTRICT_OFFICE = re.compile(
    "^(?:(?:ที่ว่าการ|ที่ทำการปกครอง|นาย|สำนักงาน|ท้องถิ่น|สำนักงานส่งเสริมการปกครองท้องถิ่น|สถ)?(?:กิ่ง)?อำเภอ|อ(?=[. ]))[. ]*"
)
# "อำเภอลอง จำนวน 12 แห่ง", "อำเภอลอง (12)".
_COUNTED = re.compile(r"(?:(?<!\s)\s++)?(?:\([^()]*\)|(?:จำนวน\s*+)?(?<!\d)\d++\s*+แห่ง)$")
# "อำเภอลอง จังหวัดแพร่", "อำเภอลอง จ.แพร่".
_OF_PROVINCE = re.compile(r"(?:(?<!\s)\s++)?(?:จังหวัด|(?<![ก-๙])จ\s*\.)\s*[ก-๙]+$")


def find_district(text: str, districts: Iterable[str]) -> str | None:
    """The district a text names by itself, None when it names none: ``อำเภอลอง``, ``อ.ลอง``, ``ลอง``, ``ที่ว่าการอำเภอลอง``."""
    if not text or len(text) > LONGEST:
        return None
    said = _OF_PROVINCE.sub("", _COUNTED.sub("", plain(text).strip(" :-*.")))
    key = comparison_key(_DISTRICT_OFFICE.sub("", said))
    if not key:
        return None
    known = {comparison_key(district): district for district in districts}
    if key == "เมือง":
        towns = [district for name, district in known.items() if name.startswith("เมือง")]
        return towns[0] if len(towns) == 1 else None
    return known.get(key)
