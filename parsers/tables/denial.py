"""Headings that turn an answer round: "not done" beside "done", and what a denial denies.

Owns the words of halves; those of denial stand in ``meanings``. Knows nothing of forms.
"""

import re
from collections.abc import Hashable, Iterable
from functools import lru_cache

from parsers.tables.meanings import TURNED
from parsers.thai.text import heading_key
from parsers.values.tick_marks import Tick, tick

_YES_HALF = frozenset({"แล้ว", "ดำเนินการแล้ว", "ทำแล้ว", "มี", "ใช่", "มีแล้ว", "เสร็จแล้ว"})
_NO_HALF = frozenset(
    {"ยัง", "ยังไม่ดำเนินการ", "ยังไม่ได้ดำเนินการ", "ยังไม่ทำ", "ยังไม่ได้ทำ", "ไม่มี", "ไม่ใช่", "ยังไม่มี", "ยังไม่เสร็จ", "ไม่ได้ดำเนินการ"}
)
HALF_WORDS = _YES_HALF | _NO_HALF
_BARE = frozenset(
    {
        "",
        "ดำเนินการ",
        "ดำเนินการแล้ว",
        "ทำ",
        "จัดทำ",
        "เสร็จ",
        "แล้วเสร็จ",
        "ดำเนินการแล้วเสร็จ",
        "ดำเนินการให้แล้วเสร็จ",
        "แล้ว",
        "มี",
        "เสนอ",
        "ลงนาม",
    }
)
LEAST = 5  # letters of words that may be a question's own

# "อปท. ที่ยังไม่ดำเนินการ", "ส่วนที่อยู่ระหว่างเสนอ" as heading keys: whose it is not done, or what.
_WHOSE = re.compile(r"(?:อปท|แห่ง|หน่วยงาน|ส่วน|รายการ|เรื่อง)?(?:ซึ่ง|ที่)(?!จะ)")

# "แล้ว (แห่ง)", "จำนวนที่ยังไม่ดำเนินการ": what is counted, and that it is.
_COUNTED = re.compile(r"^จำนวน|(?:จำนวน|แห่ง|หน่วยงาน|อปท)+$")


# "มี/ทำแล้ว", "ไม่มี หรือ ยังไม่ทำ": two words of one half; not the mark "/".
_EITHER = re.compile(r"(?<=[ก-๙])\s?(?:/|หรือ)\s?(?=[ก-๙])")

HALVES = ("yes", "no")


def is_half_word(text: str) -> bool:
    """Whether a heading is just the word of a half, or a mark: แล้ว, ยังไม่ได้ดำเนินการ, ✓."""
    return _bare(text) in HALF_WORDS or len(heading_key(text)) < LEAST


@lru_cache(maxsize=1 << 12)
def half_of(text: str) -> str:
    """``yes`` or ``no`` for the heading of one half of a split column, else nothing."""
    key = _bare(text)
    if key in _YES_HALF or key in _NO_HALF:
        return "yes" if key in _YES_HALF else "no"
    if _EITHER.search(text):
        said = _EITHER.split(text.strip())
        halves = {half_of(each) for each in said}
        return halves.pop() if len(halves) == 1 else ""
    meant = tick(text)
    if meant in (Tick.YES, Tick.GUESSED_YES):
        return "yes"
    return "no" if meant in (Tick.NO, Tick.GUESSED_NO) or TURNED.match(key) else ""


def _bare(text: str) -> str:
    """A heading's key without whose it is, and without what is counted."""
    key = heading_key(text)
    key = _COUNTED.sub("", key) or key
    return key[len(found[0]) :] if (found := _WHOSE.match(key)) else key


def denied(text: str) -> str | None:
    """What a heading such as "not yet posted" denies: the rest of its words, or nothing for a bare "not done"; None if none."""
    key = _bare(text)
    if _EITHER.search(text) and half_of(text) == "no":
        return ""
    found = TURNED.match(key)
    if not found:
        return "" if key in _NO_HALF else None
    # "ยังไม่ได้ลงข้อมูล" denies ลงข้อมูล.
    rest = re.sub(r"^ได้", "", key[found.end() :])
    return "" if rest in _BARE else rest


def halve(said: Iterable[tuple[Hashable, str]]) -> bool:
    """Whether texts, each with the heading above it, part every heading into done and not done: ใช่ beside ไม่ใช่."""
    found: dict[Hashable, list[str]] = {}
    for head, text in said:
        found.setdefault(head, []).append(half_of(text))
    return all(halves == ["yes", "no"] for halves in found.values())
