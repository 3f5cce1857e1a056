"""The words for types of organisations, as people write them: the one vocabulary that every room reads names by.

Owns the types, their abbreviations and slips, the heads who stand for their offices, and what columns of names are headed
by. ``name_grammar`` takes a name apart, ``register`` finds out who is meant.
"""

import re
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache

from parsers.form.naming import LOCAL, Naming, OrganisationType
from parsers.organisations.type_patterns import FULL_WORD, NOTHING, Types, one_of
from parsers.thai.text import comparison_key, letters_of

LONGEST = 200  # characters; a longer text is no name
_LOOKED_AT = 1_000  # characters of a text in which names may stand

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

# What a column of names is headed by.
ORGANISATION_HEADINGS = (
    *("องค์กรปกครองส่วนท้องถิ่น", "รายชื่อองค์กรปกครองส่วนท้องถิ่น", "อปท", "ชื่ออปท", "หน่วยงาน", "ชื่อหน่วยงาน"),
    *(
        "เทศบาล/อบต",
        "อบต/เทศบาล",
        "ชื่อองค์กร",
        "ท้องถิ่น",
        "รายชื่อ",
        "ชื่อ",
        "อบต",
        "ชื่ออบต",
        "เทศบาล",
        "ชื่อเทศบาล",
        "เทศบาลตำบล",
        "ทต",
    ),
)
TYPE_HEADINGS = ("ประเภท", "ชนิด")  # how the heading of a column of types begins


# The head, the house or a division of an office before its type; นาย is นายก without its last letter.
HEADS = "กอง(?:ช่าง|คลัง|การศึกษา|สาธารณสุข(?:และสิ่งแวดล้อม)?|สวัสดิการ(?:สังคม)?|ยุทธศาสตร์และงบประมาณ)|(?:รอง)?นายก(?:เทศมนตรี(?=เทศบาล))?|รองปลัด|สำนักปลัด|สำนักงานปลัด|ปลัด|นาย|สำนักงาน|สนง|ที่ทำการ"

_BEFORE = r"[\d.)(\s•·*\-–—]*+"
# In running text ทต is a type after a blank or before a dot: in ประเภทต่าง ๆ it is none.
_APART = r"(?:(?!ท\.?[ตมน])|(?<![ก-๙])|(?=ท\.?[ตมน]\.))"
# Parts of other rooms' patterns: a name with its type within a sentence; the kinds that sums are of. The first stands
# behind other words in one pattern, so it is short: the slips would be tried at every letter.
TYPED_WITHIN = rf"{_APART}(?:อ\.?บ\.?[ตจ]|ท\.?[ตมน]|เทศบาล(?:ตำบล|เมือง|นคร)|องค์การบริหารส่วน)\.?"
_ANY_KIND = "เทศบาล|องคการ|องคกร|อปท|อบ[ตจ]|ท[ตมน]"  # of a key without its marks
_PLACE = re.compile(rf"^{_BEFORE}(?:จังหวัด|จว?\s*+\.|อำเภอ|อ\s*+\.)?")  # before a province or district
# What a word must hold, to be one.
_LETTER = re.compile("[ก-ฮa-z]")


class TypeWords:
    """The words by which the organisations of one roster are named. Use ``words_of``: they take time to make."""

    def __init__(self, naming: Naming) -> None:
        self.naming = naming
        declared = naming.types
        self.ways = _type_words(_WRITTEN if not declared else [(frozenset({t.short}), _words(t)) for t in declared])
        self._types_by_word = dict(self.ways)
        self._lengths = sorted({len(name) for name in naming.bare}, reverse=True)
        heads = "|".join(comparison_key(each.head) for each in declared if each.head)
        self.heads = f"(?:{heads}|{HEADS})" if heads else f"(?:{HEADS})"
        self.head = re.compile(f"^{self.heads}")  # "นายก อบต.…", "ปลัดเทศบาล…": who signs stands for the office
        self.typed = self._one_of(1, len(_MUNICIPAL))  # how a name with its type begins: a part of other patterns
        self._signs = heads if declared else "นายก|ปลัด"
        self._sure = self._one_of(1, 1)
        # How a type begins within a sentence.
        self._apart = rf"(?:(?<![ก-๙])|(?={self._one_of(1, 1, FULL_WORD)}))" if declared else _APART
        self._least = 1 if declared else 2  # letters of a name; a village's may be a figure
        bare = "|".join(re.escape(name) for name in sorted(naming.alone, key=len, reverse=True))
        # A name that needs no type, within a sentence: "จังหวัดแพร่ ขอส่ง".
        self._bare_within = re.compile(rf"(?<![ก-๙])(?:{bare or NOTHING})(?![ก-๙])")
        kinds = "|".join(
            re.escape(letters_of(comparison_key(each))) for t in declared for each in (t.words, t.short) if each
        )
        # "รวมเทศบาล", "ยอดรวมอบต": a total of one type.
        self._sum = re.compile(rf"(?:ยอด|ผล)?รวม(?:{kinds or _ANY_KIND})")
        self.named: Callable[[str], bool] = lru_cache(maxsize=1 << 14)(self._is_named)
        self.type_of: Callable[[str], str] = lru_cache(maxsize=1 << 12)(self._type_of)

    # Patterns that hold all words of types take long to make, and a program that reads nothing needs none of them.

    @cached_property
    def _head_of_office(self) -> re.Pattern[str]:
        """นายก อบต., รองปลัดเทศบาล: the post of who signs."""
        # "นายก อบต.", "รองปลัดเทศบาล".
        return re.compile(rf"(?:รอง)?(?:{self._signs or NOTHING})\s*+{self.typed}")

    @cached_property
    def _goes_on(self) -> re.Pattern[str]:
        """A type and what follows it."""
        return re.compile(rf"{self.typed}[.\s]*+\S")  # "อบต.แม่ยม", "ทต. ก"

    @cached_property
    def _alone(self) -> re.Pattern[str]:
        """What heads a section and names nobody."""
        # "ประเภท เทศบาลตำบล จำนวน 25 แห่ง", "2. อบต. (58)", "ก. เทศบาลตำบล", "กลุ่มที่ 1: อบต.".
        return re.compile(
            rf"(?:(?:กลุ่ม|ประเภท|ส่วน|หมวด)?(?:ที่)?\s*+(?:\d++|[ก-ฮ]|[ivxIVX]{{1,4}})\s*+[.):\-]\s*+)?"
            rf"(?:กลุ่ม|ประเภท|รายชื่อ|ระดับ)?\s*+:?\s*+({self.typed})[.\s]*+(?:จำนวน.*|\d++\s*+แห่ง|\(.*\))?:?",
            re.DOTALL,
        )

    @cached_property
    def _says(self) -> re.Pattern[str]:
        """Which type a sentence speaks of."""
        # "รวมเทศบาลตำบล".
        return re.compile(rf"{self._apart}({self._sure})")

    @cached_property
    def _named(self) -> re.Pattern[str]:
        """A type and at least two letters of a name; นายทนง is a person."""
        # "1. ทต.บ้านปิน", "นายก อบต.แม่ยม", "เทศบาลตำบลลอง".
        return re.compile(
            rf"{_BEFORE}(?:{self.heads}\s*+(?!ท[มน][^.\s]))?{self.typed}[.\s]*+"
            rf"(?P<name>[^\s./,()]{{{self._least}}}.*+)",
            re.DOTALL,
        )

    @cached_property
    def _within(self) -> re.Pattern[str]:
        """A name with its type within a title."""
        # "… ของ อบต.แม่ยม ประจำปี".
        name = rf"(?P<name>[^\s.…_/,():]{{{self._least},}})"
        # No vowel or tone mark begins a name.
        return re.compile(rf"{self._apart}{self._sure}[.\s]*+(?![ะ-ฺ็-๎]){name}")

    @cached_property
    def _typed_within(self) -> re.Pattern[str]:
        # "รพ.สต." within a sentence.
        return re.compile(rf"{self._apart}{self._sure}\.?")

    def _one_of(self, types_from: int, types_to: int, least: int = 0) -> str:
        """Any word for so many types. The longest goes first and is kept: เทศบาลเมือง is no เทศบาล of the name เมือง."""
        words = [
            (word, types)
            for word, types in self.ways
            if word != "ตำบล" and types_from <= len(types) <= types_to and len(word) >= least
        ]
        return one_of(words, local=not self.naming.types)

    def _is_named(self, text: str) -> bool:
        if "/" in text or len(text) > _LOOKED_AT:
            return False
        found = self._named.match(text)
        return bool(found and self._known(found["name"])) or self.stands_alone(text)

    def begins(self, text: str) -> bool:
        """Whether a part of a line begins a row: a type and one letter at least, of declared types a name of the roster."""
        if self.naming.types:
            return self.named(text)
        return "/" not in text and bool(self._goes_on.match(text[:_LOOKED_AT]))

    def stands_alone(self, text: str) -> bool:
        """Whether a text is a name of a type without words: แพร่, จังหวัดแพร่."""
        return bool(self.naming.alone) and comparison_key(_PLACE.sub("", text)) in self.naming.alone

    def _known(self, name: str) -> bool:
        """Whether a text behind the words of a type begins with a name: of a declared type, one that the roster holds."""
        if not self.naming.types:
            return True
        key = comparison_key(name[:LONGEST])
        return any(
            key[:size] in self.naming.bare and not (key[size - 1 : size].isdigit() and key[size : size + 1].isdigit())
            for size in self._lengths
        )

    def is_name(self, key: str) -> bool:
        """Whether a key without type may be a name: it has a letter, "อบต. 12" names nobody; a village may be its figure."""
        return bool(_LETTER.search(key)) or key in self.naming.bare

    def names_within(self, text: str) -> list[str]:
        """The names with their types in a running text, as written; of types without words the bare names."""
        typed = [found[0] for found in self._within.finditer(text[:_LOOKED_AT]) if self._known(found["name"])]
        return [
            *typed,
            *(name for name in self._bare_within.findall(text[:_LOOKED_AT]) if not any(name in each for each in typed)),
        ]

    def in_local_words(self, text: str) -> str:
        """A running text with the words of a declared type as อบต., for patterns that know how people speak of one."""
        if not self.naming.types:
            return text
        return self._bare_within.sub(r"อบต.\g<0>", self._typed_within.sub("อบต.", text))

    def is_head_of_office(self, text: str) -> bool:
        """Whether a text begins as the post of who signs for an organisation: นายก อบต., ปลัดเทศบาล."""
        return bool(self._head_of_office.match(text[:_LOOKED_AT]))

    def is_type_alone(self, text: str) -> bool:
        """Whether a text says a type and at most how many there are: อบต., ประเภท เทศบาลตำบล, ทต. จำนวน 6 แห่ง."""
        return len(text) <= _LOOKED_AT and bool(self._alone.fullmatch(text))

    def sums_up(self, key: str) -> bool:
        """Whether a line with this heading key begins as a sum over a type does: รวมอบต, ยอดรวมเทศบาล."""
        return bool(self._sum.match(letters_of(key[:_LOOKED_AT])))

    def types_of(self, text: str) -> Types:
        """The type a text states by itself, such as a neighbouring column: ``อบต.``, ``เทศบาลตำบล``; several for a choice."""
        found: Types = frozenset()
        # "ทต./อบต.", "เทศบาลตำบลหรือ อบต.": a choice says both.
        for part in re.split(r"[/,]|หรือ", text[:_LOOKED_AT]):
            found |= self._types_by_word.get(comparison_key(part), frozenset())
        return found

    def _type_of(self, text: str) -> str:
        """The type a type column or a heading row says, as the roster writes it; empty when it says none or several."""
        text = text[:_LOOKED_AT]
        alone = self._alone.fullmatch(text)
        said = {
            self._types_by_word.get(comparison_key(each), frozenset())
            for each in ([alone[1]] if alone else self._says.findall(text))
        }
        (types,) = said if len(said) == 1 else (frozenset(),)
        return "/".join(sorted(types))

    def headings(self) -> tuple[str, ...]:
        """What a column of names is headed by."""
        own = [word for each in self.naming.types for word in (each.short, each.words, *each.spellings) if word]
        return (*own, *(f"ชื่อ{word}" for word in own), *ORGANISATION_HEADINGS)

    def bare(self, type_: str, *names: str) -> str:
        """An organisation's name without the words of its type, as a comparison key; of the names the first that has them."""
        keys = [comparison_key(name) for name in names]
        if not self.naming.types:
            return keys[0].removeprefix(comparison_key(type_)) or keys[0]
        words = self.declared(type_)
        cut = (key[len(word) :] for key in keys for word in words if key.startswith(word) and len(key) > len(word))
        return next(cut, keys[0])

    def declared(self, type_: str) -> tuple[str, ...]:
        """The words of a declared type, the longest first."""
        return tuple(word for word, types in self.ways if type_ in types) if self.naming.types else ()

    def letters(self, type_: str) -> tuple[str, ...]:
        """The one-letter spellings of a type: such a letter is the beginning of many a name, so it counts before whole names alone."""
        said = (
            comparison_key(way)
            for each in self.naming.types
            if each.short == type_
            for way in (each.short, *each.spellings)
        )
        return tuple(key for key in said if len(key) == 1)


@lru_cache(maxsize=8)
def words_of(naming: Naming) -> TypeWords:
    """The words of a roster's types, made once."""
    return TypeWords(naming)


def naming_of(types: tuple[OrganisationType, ...], names: Iterable[tuple[str, str, str]], province: str) -> Naming:
    """The naming of a roster that declares types; ``names`` are type, short and official name of each organisation."""
    words, every = words_of(Naming(types)), list(names)
    wordless = {each.short for each in types if not each.words}
    bare = {words.bare(type_, *both) for type_, *both in every}
    alone = {comparison_key(name) for type_, *both in every if type_ in wordless for name in both}
    alone |= {f"{letter}{words.bare(type_, *both)}" for type_, *both in every for letter in words.letters(type_)}
    return Naming(types, frozenset(bare), frozenset(alone), comparison_key(province))


def _words(declared: OrganisationType) -> tuple[str, ...]:
    """The words of a declared type as comparison keys, of more than one letter (``TypeWords.letters``)."""
    keys = (comparison_key(each) for each in (declared.words, declared.short, *declared.spellings))
    return tuple(key for key in keys if len(key) > 1)


def _type_words(written: Iterable[tuple[Types, tuple[str, ...]]]) -> tuple[tuple[str, Types], ...]:
    """Every accepted beginning that states a type, the longest first, with a lost first letter and common slips."""
    words: dict[str, Types] = {}
    for types, ways in written:
        for word in ways:
            slips = {word} | {word.replace(right, wrong) for right, wrong in _SLIPS}
            slips |= {slip.replace("ำ", "า") for slip in slips}  # am without its circle, out of a PDF
            if len(word) >= FULL_WORD:
                slips |= {slip[1:] for slip in slips}
            for slip in slips:
                words.setdefault(slip, types)
    return tuple(sorted(words.items(), key=lambda item: (-len(item[0]), item[0])))


LOCAL_WORDS = words_of(LOCAL)  # of local administrative organisations, where no roster is known
