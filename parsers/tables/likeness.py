"""How like two wordings are: one score from 0 to 1, one margin within which two cannot be told apart.

Owns the weights. Figures are compared exactly (มาตรา 10 is never มาตรา 16), words with tolerance.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from parsers.tables.meanings import BEYOND, with_full_years
from parsers.thai.text import ascii_digits, heading_key

# One score. Each way of being like a wording is weaker than the one before it.
SAME = 1.0
HOLDS = 0.95  # all of the wording, and more: less than the same by just the margin
SHORTENED = 0.8  # a part of the wording, up to 0.9 the more of it stands there
LEFT_OUT = 0.7  # its letters in their order with some left out: ลงระบบ for ลงข้อมูลในระบบ; the weakest that counts
EXACT = 0.9  # from here on a heading says the question's own words
RATIO_FROM = 80.0  # of rapidfuzz's 0..100: one letter in five may be amiss, more is another word
ROTATED = 6  # characters of a wording whose two halves may change places
# One margin: two scores within it cannot be told apart, thrice as much where neither says the question's own words.
NEAR = 0.05
WIDE = 0.15

# What clerks write in short, and what it stands for in a circular: "เชื่อม สภ." is เชื่อมสถานีตำรวจ, "ล้างท่อ" is ทำความสะอาดท่อ.
_IN_SHORT = (
    # "สภ.", the police station; not "สภา".
    (re.compile(r"(?<![ก-๙.])สภ\."), "สถานีตำรวจ"),
    # "ศพด.".
    (re.compile(r"(?<![ก-๙.])ศพด\.?(?![ก-๙])"), "ศูนย์พัฒนาเด็กเล็ก"),
    # "ผดด.".
    (re.compile(r"(?<![ก-๙.])ผดด\.?(?![ก-๙])"), "ผู้ดูแลเด็ก"),
    # "รร.".
    (re.compile(r"(?<![ก-๙.])รร\."), "โรงเรียน"),
    # "คกก.".
    (re.compile(r"(?<![ก-๙.])คกก\.?(?![ก-๙])"), "คณะกรรมการ"),
    # "ล้างท่อ", "ล้างตลาด".
    (re.compile("ล้าง(?=ท่อ|ราง|ถัง|บ่อ|ตลาด|ถนน|ห้อง|สระ)"), "ทำความสะอาด"),
    # "ใช้งานได้" is "ใช้การได้": what works.
    (re.compile("ใช้งาน"), "ใช้การ"),
)
# "จัดทำแล้ว (✓)" is จัดทำแล้ว.
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
# The 10 of มาตรา 10.
_FIGURE = re.compile(r"\d+")
# "มาตรา ๑๐" in ASCII digits, "ม.10", "ข้อ 10"; not the ม of a word before a figure.
_SECTION = re.compile(r"(?:มาตรา|(?<![ก-๙])ม\s*+\.?|ข้อ)\s*+(\d{1,3})(?!\d)")


@lru_cache(maxsize=1 << 13)
def figures_of(text: str) -> frozenset[str]:
    """The whole numbers written in ``text``, as ASCII digits."""
    return frozenset(_FIGURE.findall(ascii_digits(text)))


def sections_of(text: str) -> frozenset[str]:
    """The figures in ``text`` that are said to be of a section of law or an item: มาตรา ๑๐, ม.10, ข้อ 10."""
    return frozenset(_SECTION.findall(ascii_digits(text)))


@lru_cache(maxsize=1 << 13)
def _own_length(key: str) -> int:
    """How many characters of a heading key come before words that say another thing."""
    return found.start() if (found := BEYOND.search(key)) else len(key)


@lru_cache(maxsize=1 << 14)
def likeness(seen: str, wanted: str) -> float:
    """How well the heading key ``seen`` says ``wanted``: 1 the same, 0 something else. Both are heading keys."""
    if _own_length(seen) < len(seen) and _own_length(wanted) == len(wanted):
        seen = seen[: _own_length(seen)]  # "done / not yet done" names what is asked; "not yet done" does not
    if not seen or not wanted:
        return 0.0
    if seen == wanted:
        return SAME
    if len(wanted) > 2 and wanted in seen:  # noqa: PLR2004 - shorter words stand inside too many others
        return HOLDS
    if len(seen) == len(wanted) and len(seen) > ROTATED and seen in wanted + wanted:
        return HOLDS  # คำสั่งเลขที่ for เลขที่คำสั่ง
    best = 0.0
    if len(seen) > 3 and seen in wanted:  # noqa: PLR2004 - an abbreviation of at least four letters
        best = SHORTENED + 0.1 * len(seen) / len(wanted)
    best = max(best, HOLDS * fuzz.ratio(seen, wanted, score_cutoff=RATIO_FROM) / 100)
    if not best and len(seen) > 4 and _subsequence(seen, wanted):  # noqa: PLR2004 - words left out: ลงระบบ
        best = LEFT_OUT
    return best


def is_word(text: str, words: Sequence[str]) -> bool:
    """Whether a heading says one of ``words``, give or take brackets and small additions."""
    keys = {heading_key(text), heading_key(_BRACKETS.sub("", text))}
    wanted = [heading_key(word) for word in words]
    long = [word for word in wanted if len(word) > 5]  # noqa: PLR2004 - a slip in a short word makes another word
    return not keys.isdisjoint(wanted) or any(
        fuzz.ratio(key, word, score_cutoff=RATIO_FROM) for key in keys for word in long
    )


def nearest(scores: Mapping[str, float], sure: float = EXACT) -> list[str]:
    """The keys whose scores cannot be told from the best: words that are only like a label tell less than its own words."""
    best = max(scores.values(), default=0.0)
    return [key for key, score in scores.items() if score >= best - (NEAR if best >= sure else WIDE)]


def _subsequence(short: str, long: str) -> bool:
    if len(short) >= len(long) or short[0] not in long:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)


class Worded(NamedTuple):
    """One wording made ready for comparison."""

    key: str
    figures: frozenset[str]
    sections: frozenset[str] = frozenset()  # figures said to be of a section of law or an item


@lru_cache(maxsize=1 << 13)
def spelt_out(text: str) -> str:
    """A wording with what clerks write in short in a circular's own words."""
    text = with_full_years(text)
    for short, full in _IN_SHORT:
        text = short.sub(full, text)
    return text


def worded(text: str) -> Worded:
    """A wording, ready for comparison."""
    return Worded(heading_key(spelt_out(text)), figures_of(with_full_years(text)), sections_of(text))
