"""Which headings of a blank form are no question: running number, names, types, districts; and which texts are no headings.

Owns the words that stand in every form. They are the reading of replies' own where it has them.
"""

import re

from parsers.organisations.type_words import ORGANISATION_HEADINGS, TYPE_HEADINGS, TypeWords
from parsers.tables.header_search import is_mark
from parsers.tables.hint_rows import tells_how
from parsers.tables.likeness import is_word
from parsers.tables.wordings import DISTRICT_WORDS, LONGEST_HEADING, NUMBER_WORDS
from parsers.thai.text import heading_key, letters_of

NUMBER, NAME, TYPE, DISTRICT, PROVINCE = "number", "name", "type", "district", "province"
# Of a heading's key without marks and ะ, which a converted PDF loses: จังหวัด, จังหวัด/ต่างประเทศ, ชื่อจังหวัด.
_PROVINCE = re.compile("(?:ชอ|รายชอ)?จงหวด(?:ตางปรเทศ)?")
# "Project_Start_Date__c", "parent_name": names for programs.
_FOR_PROGRAMS = re.compile(r"[A-Za-z0-9]{1,80}(?:_{1,2}[A-Za-z0-9]{1,80})+")
# "Required", "Optional", "Conditional", "จำเป็น", "ไม่บังคับ": whether a cell must be filled.
MUST = re.compile(r"\W{0,3}(?:(required|จำเป็น|บังคับ)|(optional|ไม่จำเป็น|ไม่บังคับ|conditional))\W{0,3}", re.IGNORECASE)
# "This workbook contains two worksheets: … entry sheet.": a sentence explains and heads nothing.
_SENTENCE = re.compile(r"[a-z]{2}[.:] [A-Za-z]|.{60}\.$", re.DOTALL)
LONG = 170  # characters; a longer text above a column explains and does not head it
# Two letters together, a Thai vowel or tone on the first.
_WORD = re.compile(r"[^\W\d_][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*+[^\W\d_]")
_DOTS = re.compile(r"[.…_·\s]{3,}")  # "อบต. ......": a place to write on


def fixed_word(text: str, names: TypeWords) -> str:
    """The word of every form that a heading is; empty for a question's own."""
    key = heading_key(text)
    if is_word(text, NUMBER_WORDS) and key != "เลขที่":
        return NUMBER
    if is_word(text, (*names.headings(), *ORGANISATION_HEADINGS)) or names.is_type_alone(text):
        return NAME
    if key.startswith(TYPE_HEADINGS) and any(word in key for word in ("อปท", "องค์กร", "หน่วยงาน")):
        return TYPE
    if is_word(text, DISTRICT_WORDS):
        return DISTRICT
    return PROVINCE if _PROVINCE.fullmatch(letters_of(key)) else ""


def says_words(text: str) -> bool:
    """Whether a text is words, be they those of an answer: แล้ว, ยังไม่ได้ดำเนินการ part a heading above."""
    return bool(_WORD.search(text)) and len(text) <= LONGEST_HEADING and not _DOTS.fullmatch(text)


def may_head(text: str) -> bool:
    """Whether a text can head a column: words, no mark, figure, blank to write on or explanation."""
    return bool(text) and len(text) <= LONGEST_HEADING and not is_mark(text) and not _DOTS.fullmatch(text)


def likeness_to_headings(texts: list[str]) -> float:
    """How much a row without any of the words above looks like headings: many texts, each another, short, for people."""
    good = [
        text
        for text in dict.fromkeys(texts)
        if may_head(text) and len(text) <= LONG and not tells_how(text, [text]) and not _SENTENCE.search(text)
    ]
    machine = sum(bool(_FOR_PROGRAMS.fullmatch(text)) for text in good)
    return len(good) - 0.5 * machine
