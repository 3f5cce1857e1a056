"""One kind of digits in a letter, the office's; what people and machines wrote keeps its own.

A letter's sentences come from many places: templates, the catalogue of findings, the circular. So its digits are set once, in
the finished text, and no sentence has to think of it. Words with a Latin letter (addresses, names of files, codes) stay as they
are, and so does what is marked ``as_written``.
"""

import re

from bot.office.letters.letter import WRITTEN, WRITTEN_END, unmarked
from parsers.thai.text import ascii_digits, thai_digits

# What a person or a machine wrote, between its marks, or a run of signs without a blank: "0-5453-4119", "w5827.xlsx".
_TEXT = re.compile(f"{WRITTEN}[^{WRITTEN_END}]*+|[!-~๐-๙]++")
# The same in HTML, where "<td>" and "&nbsp;" are no words.
_PAGE = re.compile(f"{WRITTEN}[^{WRITTEN_END}]*+|<[^<>]*+>|&[#0-9A-Za-z]++;|[!-%'-;=?-~๐-๙]++")
# "๑๒", "12": what is set.
_DIGIT = re.compile("[0-9๐-๙]")
# "w5827.xlsx", "C7": no sentence of ours.
_LATIN = re.compile("[A-Za-z]")


def digits_of_text(text: str, *, thai: bool) -> str:
    """A plain text with its digits as the office sets them, and without the marks."""
    return _set(_TEXT, text, thai=thai)


def digits_of_page(page: str, *, thai: bool) -> str:
    """The same of HTML: of what is read, not of tags, entities and what stands before the body."""
    head, body, rest = page.partition("<body")
    return unmarked(head) + body + _set(_PAGE, rest, thai=thai)


def with_period(words: str, period: str, *, thai: bool) -> str:
    """A form's words with the period of its round in the office's digits; the department's own stay as it wrote them."""
    return words.replace(period, digits_of_text(period, thai=thai)) if period else words


def _set(pieces: re.Pattern[str], text: str, *, thai: bool) -> str:
    def one(found: re.Match[str]) -> str:
        word = found[0]
        if word[0] in f"{WRITTEN}<&" or not _DIGIT.search(word) or _LATIN.search(word):
            return word
        return thai_digits(word) if thai else ascii_digits(word)

    return unmarked(pieces.sub(one, text))
