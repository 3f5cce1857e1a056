"""The words for types of organisations, as people write them: the one vocabulary that every room reads names by.

Owns the types, their abbreviations and slips, the heads who stand for their offices, and what columns of names are headed
by. Knows no name of any organisation; ``name_grammar`` takes a name apart, ``register`` finds out who is meant.
"""

import re
from functools import lru_cache

from parsers.thai.text import comparison_key

Types = frozenset[str]

LONGEST = 200  # characters; a longer text is no name

SAO, SUBDISTRICT, TOWN, CITY, PAO = "อบต.", "ทต.", "ทม.", "ทน.", "อบจ."
# What an official name begins with, by type; as the roster writes both.
OFFICIAL = {
    PAO: "องค์การบริหารส่วนจังหวัด",
    CITY: "เทศบาลนคร",
    TOWN: "เทศบาลเมือง",
    SUBDISTRICT: "เทศบาลตำบล",
    SAO: "องค์การบริหารส่วนตำบล",
    "เมือง": "เมือง",  # เมืองพัทยา
}
_MUNICIPAL = frozenset({SUBDISTRICT, TOWN, CITY})

# Ways to write a type, as comparison keys. The head of an office stands for the office: เทศมนตรีตำบล.
_WRITTEN: tuple[tuple[Types, tuple[str, ...]], ...] = (
    (frozenset({SAO}), ("องค์การบริหารส่วนตำบล", "องค์การบริหารตำบล", "องค์การบริหารส่วนต", "อบต")),
    (frozenset({PAO}), ("องค์การบริหารส่วนจังหวัด", "องค์การบริหารจังหวัด", "องค์การบริหารส่วนจ", "อบจ")),
    (frozenset({SAO, PAO}), ("องค์การบริหารส่วน",)),  # the word after it left out: องค์การบริหารส่วนบึงเกลือ
    (frozenset({SUBDISTRICT}), ("เทศบาลตำบล", "เทศบาลต", "เทศมนตรีตำบล", "เทศมนตรีต", "ทต")),
    (frozenset({TOWN}), ("เทศบาลเมือง", "เทศมนตรีเมือง", "ทม")),
    (frozenset({CITY}), ("เทศบาลนคร", "เทศมนตรีนคร", "ทน")),
    (_MUNICIPAL, ("เทศบาล", "เทศมนตรี")),
    (frozenset({SAO, SUBDISTRICT}), ("ตำบล",)),
)
# Each was seen in a province's letters or news: องค์กร for องค์การ, ทศบาล without its first letter, ต าบล out of a PDF.
_SLIPS = (("องค์การ", "องค์กร"), ("องค์การ", "องการ"), ("องค์", "องค"), ("บริหาร", "บริหาน"), ("ส่วน", "สวน"))
_FULL_WORD = 6  # characters; an abbreviation without its first letter would be another word

# What a column of names is headed by.
ORGANISATION_HEADINGS = (
    *("องค์กรปกครองส่วนท้องถิ่น", "รายชื่อองค์กรปกครองส่วนท้องถิ่น", "อปท", "ชื่ออปท", "หน่วยงาน", "ชื่อหน่วยงาน"),
    *("เทศบาล/อบต", "อบต/เทศบาล", "ชื่อองค์กร", "ท้องถิ่น", "รายชื่อ", "ชื่อ"),
)
TYPE_HEADINGS = ("ประเภท", "ชนิด")  # how the heading of a column of types begins


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
    return tuple(sorted(words.items(), key=lambda item: (-len(item[0]), item[0])))


TYPE_WORDS = _type_words()
_TYPES_BY_WORD = dict(TYPE_WORDS)

# The head or the house of an office before its type; นาย is นายก without its last letter.
HEADS = "(?:(?:รอง)?นายก(?:เทศมนตรี(?=เทศบาล))?|รองปลัด|สำนักปลัด|สำนักงานปลัด|ปลัด|นาย|สำนักงาน|สนง|ที่ทำการ)"

# After เทศบาล or องค์การบริหารส่วน alone: words that speak of all of them, and are no name.
_OF_ALL = "ทุก|ที่|ทั้ง|และ|หรือ|ใน|ของ|ละ|จำนวน|รวม|อื่น|ต่าง|ดังกล่าว|แห่ง|ซึ่ง|ให้|ได้|มี|ไม่|ยัง|ขนาด|เท่านั้น|แล้ว|ท้องถิ่น"


def _in_cell(word: str, types: Types) -> str:
    """A pattern for a type as it stands in a cell: blanks and line breaks anywhere in it, dots too in an abbreviation."""
    if len(word) < _FULL_WORD:
        return r"[.\s]*+".join(map(re.escape, word))
    spread = r"\s*+".join(map(re.escape, word))
    if word[-1] in "ตจ":
        return rf"{spread}\s*+\."  # เทศบาล ต.
    return spread if len(types) == 1 else rf"{spread}(?!\s*+(?:{_OF_ALL}))"


def _one_of(types_from: int, types_to: int) -> str:
    """Any word for so many types. The longest goes first and is kept: เทศบาลเมือง is no เทศบาล of the name เมือง."""
    words = (
        _in_cell(word, types) for word, types in TYPE_WORDS if word != "ตำบล" and types_from <= len(types) <= types_to
    )
    return f"(?>{'|'.join(words)})"


_TYPE = _one_of(1, len(_MUNICIPAL))
_BEFORE = r"[\d.)(\s•·*\-–—]*+"
_HEADED = rf"(?:{HEADS}\s*+(?!ท[มน][^.\s]))?"  # นายทนง is a person
# "1. ทต.บ้านปิน", "นายก อบต.แม่ยม", "เทศบาลตำบลลอง": a type and at least two letters of a name.
_NAMED = re.compile(rf"{_BEFORE}{_HEADED}{_TYPE}[.\s]*+[^\s./,()]{{2}}")
# "นายกเทศบาล…", "รองปลัด อบต.…": under a signature it is a person.
_HEAD_OF_OFFICE = re.compile(rf"(?:รอง)?(?:นายก|ปลัด)\s*+{_TYPE}")
# "ประเภท เทศบาลตำบล จำนวน 25 แห่ง", "2. อบต. (58)", "ก. เทศบาลตำบล", "กลุ่มที่ 1: อบต.": heads a section, names nobody.
_ALONE = re.compile(
    rf"(?:(?:กลุ่ม|ประเภท|ส่วน|หมวด)?(?:ที่)?\s*+(?:\d++|[ก-ฮ]|[ivxIVX]{{1,4}})\s*+[.):\-]\s*+)?"
    rf"(?:กลุ่ม|ประเภท|รายชื่อ|ระดับ)?\s*+:?\s*+({_TYPE})[.\s]*+(?:จำนวน.*|\d++\s*+แห่ง|\(.*\))?:?",
    re.DOTALL,
)
# In running text ทต is a type after a blank or before a dot: in ประเภทต่าง ๆ it is none.
_APART = r"(?:(?!ท\.?[ตมน])|(?<![ก-๙])|(?=ท\.?[ตมน]\.))"
# Which type a sentence speaks of: "รวมเทศบาลตำบล".
_SAYS = re.compile(rf"{_APART}({_one_of(1, 1)})")
# A name with its type within a title: "… ของ อบต.แม่ยม ประจำปี".
_WITHIN = re.compile(rf"{_APART}{_one_of(1, 1)}[.\s]*+(?![ะ-ฺ็-๎])[^\s.…_/,():]{{2,}}")
# Parts of other rooms' patterns: how a name with its type begins; the same within a sentence; the kinds that sums are of.
TYPED = _TYPE
# Within a sentence it stands behind other words in one pattern, so it is short: the slips would be tried at every letter.
TYPED_WITHIN = rf"{_APART}(?:อ\.?บ\.?[ตจ]|ท\.?[ตมน]|เทศบาล(?:ตำบล|เมือง|นคร)|องค์การบริหารส่วน)\.?"
ANY_KIND = "(?:เทศบาล|องค์การ|องค์กร|อปท|อบ[ตจ]|ท[ตมน])"


@lru_cache(maxsize=1 << 14)
def named(text: str) -> bool:
    """Whether a text is surely the name of an organisation, with its type; a slash leaves a choice."""
    return bool(_NAMED.match(text)) and "/" not in text


def names_within(text: str) -> list[str]:
    """The names with their types in a running text, as written."""
    return [found[0] for found in _WITHIN.finditer(text)]


def is_head_of_office(text: str) -> bool:
    """Whether a text begins as the post of who signs for an organisation: นายก อบต., ปลัดเทศบาล."""
    return bool(_HEAD_OF_OFFICE.match(text))


def is_type_alone(text: str) -> bool:
    """Whether a text says a type and at most how many there are: อบต., ประเภท เทศบาลตำบล, ทต. จำนวน 6 แห่ง."""
    return bool(_ALONE.fullmatch(text))


def types_of(text: str) -> Types:
    """The type a text states by itself, such as a neighbouring column: ``อบต.``, ``เทศบาลตำบล``; several for a choice."""
    found: Types = frozenset()
    # "ทต./อบต.", "เทศบาลตำบลหรือ อบต.": a choice says both.
    for part in re.split(r"[/,]|หรือ", text):
        found |= _TYPES_BY_WORD.get(comparison_key(part), frozenset())
    return found


@lru_cache(maxsize=1 << 12)
def type_of(text: str) -> str:
    """The type a type column or a heading row says, as the roster writes it; empty when it says none or several."""
    alone = _ALONE.fullmatch(text)
    said = {
        _TYPES_BY_WORD.get(comparison_key(each), frozenset()) for each in ([alone[1]] if alone else _SAYS.findall(text))
    }
    (types,) = said if len(said) == 1 else (frozenset(),)
    return "/".join(sorted(types))
