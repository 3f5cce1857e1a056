"""Choices given as figures: a line of the sheet or mail says which figure stands for which of a question's choices.

Owns such lines: 1 = อปท. ดูแลเอง 2 = โรงเรียน 3 = วัด. One that does not tell all its figures apart says nothing.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from parsers.form.form import Form
from parsers.form.question import Kind
from parsers.thai.text import ascii_digits, normalise
from parsers.values.choices import surely_chosen

LONGEST = 400  # characters; a longer text tells of many things
Codes = Mapping[tuple[str, ...], Mapping[str, str]]  # by a question's choices: figure and choice

# "1 = อปท. ดูแลเอง", "(2) หมายถึง โรงเรียน", "ก = สูง": a figure or letter and what begins its meaning.
_ENTRY = re.compile(
    r"(?:(?<![\d.])[(\[]?(?P<code>\d{1,2})|(?<![^\s\"”:(,;])(?P<letter>[ก-ฮA-Za-z]))[)\]]?\s?(?:=|หมายถึง|คือ|แทน)\s?"
)
# "โรงเรียน ,", "วัด และ": what stands between entries.
_BETWEEN = re.compile(r"(?:[\s,;/.]|และ)+$")


def coded_choices(texts: Iterable[str], form: Form) -> Codes:
    """What the lines say of figures for the form's choices, by choices; nothing of a question of which two lines differ."""
    asked = {question.choices for question in form.column if question.kind is Kind.CHOICE}
    found: dict[tuple[str, ...], dict[str, str]] = {}
    differ: set[tuple[str, ...]] = set()
    for said in (entries for text in texts if (entries := _entries(text))) if asked else ():
        fitting = [(choices, codes) for choices in asked if (codes := _codes(said, choices))]
        for choices, codes in fitting if len(fitting) == 1 else ():
            if found.setdefault(choices, codes) != codes:
                differ.add(choices)
    return {choices: codes for choices, codes in found.items() if choices not in differ}


def _entries(text: str) -> Sequence[tuple[str, str]]:
    """The figures of one line with their meanings; nothing where one stands twice or alone."""
    if len(text) > LONGEST or ("=" not in text and "หมาย" not in text and "คือ" not in text and "แทน" not in text):
        return ()
    said = ascii_digits(normalise(text))
    starts = list(_ENTRY.finditer(said))
    ends = [each.start() for each in starts[1:]] + [len(said)]
    meanings = [_BETWEEN.sub("", said[each.end() : end]) for each, end in zip(starts, ends, strict=False)]
    codes = [each["code"] or each["letter"] for each in starts]
    return list(zip(codes, meanings, strict=True)) if len(set(codes)) == len(codes) > 1 else ()


def _codes(said: Sequence[tuple[str, str]], choices: tuple[str, ...]) -> dict[str, str]:
    """The choices that figures stand for, each another one; nothing where a meaning is none of them."""
    codes = {code: surely_chosen(meaning, choices) for code, meaning in said}
    named = set(codes.values())
    return codes if "" not in named and len(named) == len(codes) else {}
