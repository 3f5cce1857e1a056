"""What an Excel number format shows of a value: the number, a part of it, a text in its place, or nothing.

Owns the sections, conditions and signs of number formats. Knows no cells and no dates. Source: ECMA-376 part 1, 18.8.31.
"""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum, auto
from functools import lru_cache


class Shown(Enum):
    """What a person sees of a value."""

    ITSELF = auto()
    TEXT = auto()  # a text in its place, or around it
    NOTHING = auto()
    SCALED = auto()  # other digits than those stored, such as thousands left out


@dataclass(frozen=True)
class Look:
    """What is shown, and for a text the words, with ``{}`` where the number stands."""

    shown: Shown
    words: str = ""


_ITSELF = Look(Shown.ITSELF)
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "=": operator.eq, "<>": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_LONGEST = 255  # characters of a format; Excel takes no more
# Of `[Red]-#,##0.00," บาท"`: the bracket, the sign, the digits with the comma that leaves out thousands, the quoted
# words. "ทั่วไป" is General in a Thai Excel, "t0" a number in Thai digits.
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[(?P<bracket>[^\]]*)\]|_.|\*.|(?P<general>General|ทั่วไป)'
    r"|(?P<exponent>E[+\-]0+)|(?P<thai>[tT](?=[0#?]))|(?P<digits>[0#?](?:[0#?,.]*[0#?])?\.?)(?P<scale>,*)|(?P<at>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
# "[>=1]", "[<>0]": which numbers a section is for.
_CONDITION = re.compile(r"(<>|<=|>=|=|<|>)\s*(-?[\d.]+)")
# A letter of any script: "0 พันบาท" says more than the number.
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class _Section:
    """One section: its condition, its words, and what it does with the number."""

    condition: tuple[str, Decimal] | None
    words: str  # with {} for the number
    number: bool
    text: bool  # the @ of a text
    scaled: bool


def look_of(number_format: str, value: Decimal) -> Look:
    """What ``number_format`` shows of a number."""
    sections = _sections(number_format)
    section = _chosen(sections, value) if sections else None
    if section is None or section.text:
        return _ITSELF
    if section.scaled:
        return Look(Shown.SCALED) if value else _ITSELF
    bare = section.words.replace("{}", "")
    if section.number:
        # A digit in the format's own words: `0"000"` shows 12 as 12000.
        if re.search(r"\d", bare):
            return Look(Shown.SCALED)
        return Look(Shown.TEXT, section.words) if _LETTER.search(bare) and "%" not in bare else _ITSELF
    if value == 0 and not bare.strip(" -–—()") and any(each.number for each in sections):
        return _ITSELF  # formats for accounts show a dash for nought, or nothing
    return Look(Shown.TEXT, section.words) if bare.strip() else Look(Shown.NOTHING)


def look_of_text(number_format: str) -> Look:
    """What ``number_format`` shows of a text: words with ``{}`` where it stands."""
    sections = _sections(number_format)
    section = sections[3] if len(sections) > 3 else next((s for s in sections[-1:] if s.text), None)  # noqa: PLR2004 - the text's
    if section is None or (section.text and section.words == "{}"):
        return _ITSELF
    return Look(Shown.TEXT, section.words) if section.words.strip() else Look(Shown.NOTHING)


def _chosen(sections: tuple[_Section, ...], value: Decimal) -> _Section | None:
    """The section for a number: by the conditions, else by its sign."""
    numbers = sections[:3]
    if any(section.condition for section in numbers):
        for section in numbers:
            if section.condition is None or _COMPARE[section.condition[0]](value, section.condition[1]):
                return section
        return None  # Excel fills the cell with number signs
    if len(numbers) == 1 or value > 0:
        return numbers[0]
    if value < 0:
        return numbers[1]
    return numbers[2] if len(numbers) > 2 else numbers[0]  # noqa: PLR2004 - positive, negative, nought


@lru_cache(maxsize=256)
def _sections(number_format: str) -> tuple[_Section, ...]:
    """The sections of a format; none for the general one, for one without signs of its own, and for one too long."""
    if not number_format or len(number_format) > _LONGEST or number_format in ("General", "@", "0"):
        return ()
    return tuple(_section(part) for part in _split(number_format))


def _split(number_format: str) -> list[str]:
    parts = [""]
    for match in _TOKEN.finditer(number_format):
        if match["other"] == ";":
            parts.append("")
        else:
            parts[-1] += match[0]
    return parts


def _section(part: str) -> _Section:
    condition, words, number, text, scaled = None, "", False, False, False
    for match in _TOKEN.finditer(part):
        kind, said = match.lastgroup, match[0]
        if kind == "bracket":
            condition = _condition(match["bracket"]) or condition
            words += match["bracket"][1:].partition("-")[0] if match["bracket"].startswith("$") else ""
        elif kind in ("digits", "scale", "general"):
            scaled = scaled or bool(match["scale"])
            words += "" if number else "{}"
            number = True
        elif kind == "at":
            words, text = words + "{}", True
        elif kind in ("quoted", "escaped"):
            words += match[kind]
        elif kind == "other":
            words += said
    return _Section(condition, words.strip(), number, text, scaled)


def _condition(inside: str) -> tuple[str, Decimal] | None:
    found = _CONDITION.fullmatch(inside)
    try:
        return (found[1], Decimal(found[2])) if found else None
    except InvalidOperation:
        return None
