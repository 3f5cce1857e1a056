"""Patterns that match any of many words for types of organisations, as they stand in cells.

Owns how such a word may be written: blanks and line breaks anywhere in it, dots too in an abbreviation. Words that begin alike
share it in the pattern, which has some hundred words and stands in many others.
"""

import re
from collections.abc import Iterable, Mapping

Types = frozenset[str]

FULL_WORD = 6  # characters; an abbreviation without its first letter would be another word
NOTHING = "(?!)"

# After เทศบาล or องค์การบริหารส่วน alone: words that speak of all of them, and are no name.
_OF_ALL = "ทุก|ที่|ทั้ง|และ|หรือ|ใน|ของ|ละ|จำนวน|รวม|อื่น|ต่าง|ดังกล่าว|แห่ง|ซึ่ง|ให้|ได้|มี|ไม่|ยัง|ขนาด|เท่านั้น|แล้ว|ท้องถิ่น"


def one_of(words: Iterable[tuple[str, Types]], *, local: bool) -> str:
    """A pattern for any of the words, each with its types, the longest first; the longest that fits is kept."""
    endings: dict[str, str] = {}
    short: list[str] = []
    for word, types in words:
        if len(word) >= FULL_WORD:
            endings[word] = _ending(word, types, local=local)
        else:
            short.append(r"[.\s]*+".join(map(re.escape, word)))
    return f"(?>{'|'.join([*_branches(endings), *short]) or NOTHING})"


def _branches(endings: Mapping[str, str]) -> list[str]:
    """Patterns for words as they stand in a cell, blanks and line breaks anywhere in them; words that begin alike share it.

    A word that goes on goes before one that ends there. ``endings`` has what must follow each word.
    """
    behind: dict[str, dict[str, str]] = {}
    for word, ending in endings.items():
        behind.setdefault(word[0], {})[word[1:]] = ending
    found: list[str] = []
    for letter, rests in behind.items():
        longer = _branches({rest: ending for rest, ending in rests.items() if rest})
        ways = [rf"\s*+{longer[0]}"] if len(longer) == 1 else [rf"\s*+(?:{'|'.join(longer)})"] if longer else []
        ways += [rests[""]] if "" in rests else []
        found.append(re.escape(letter) + (ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"))
    return found


def _ending(word: str, types: Types, *, local: bool) -> str:
    """What must follow a type written in full, so that it is one."""
    if local and word[-1] in "ตจ":
        return r"\s*+\."  # เทศบาล ต.
    return "" if len(types) == 1 else rf"(?!\s*+(?:{_OF_ALL}))"
