"""Citizen numbers in a text: 13 digits, the last of which is a check digit, however they are grouped.

Owns what is one and what only looks like one. The text comes folded by ``parsers.secrets.mask``: ASCII digits, plain dashes and
blanks. Every step is linear in the text.

The rule: 13 digits together, or in the groups 1-4-5-2-1, are one where the check digit fits, or words before say so, whatever
letter or sign stands beside them. Of numbers that nobody meant, one in ten fits the check digit by chance. So other groups
count only where no list of figures is written like that, and fractions, amounts, times and parts of machine words never do.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

LENGTH = 13
Span = tuple[int, int]

# As the card writes it: 1-1017-00203-45-0.
_USUAL = (1, 4, 5, 2, 1)
# Of the first twelve digits: 13 down to 2; the last is 11 less the rest of their sum by 11, its last digit.
_WEIGHTS = range(13, 1, -1)
_FEWEST_DIFFERENT = 4  # digits; a row of ticks as 1 and 0 has two, of a million citizen numbers hardly one has three
_LONGEST_WORD = 20  # letters right before or after; more, or further digits, is a machine's word such as a hash
_PHONE = range(9, 11)  # digits of a telephone number, which begins with 0

# "1 1017 00203 45 0", "1-1017-00203-45-0", "1101700\n203450": digits in groups, however far apart a table puts them.
_RUN = re.compile(r"[0-9]+(?:[ .\-_/,;:|\n\r\t]{1,8}[0-9]+)*")
# "1", "1017", "00203", "45" and "0" of "1-1017-00203-45-0".
_GROUP = re.compile("[0-9]+")
# "เลขประจำตัวประชาชน …", "บัตรประชาชนเลขที่ …", "เลข 13 หลัก: …", "citizen id: …": after these any 13 digits are one, a
# slip in them or not.
_SAID = re.compile(
    r"(?i)(?:เลข(?:ที่)?(?:ประจำตัว|บัตร)(?:ประจำตัว)?(?:ประชาชน|[ ]?ปชช\.?)?|บัตร(?:ประจำตัว)?(?:ประชาชน|[ ]?ปชช\.?)"
    r"|(?:เลข|หมายเลข) ?13 ?(?:หลัก|ตัว)|citizen[ _-]?(?:id|number|no)|(?:national|personal)[ _-]?id|id[ _-]?card"
    r"|(?<![a-z])[cp]id)(?:[\W_]{0,6}(?:เลขที่|หมายเลข|คือ|no|number))?[\W_]{0,20}$"
)
# The longest of these names with what may stand behind it has under 60 characters.
_SAID_WITHIN = 60  # characters before
# A moment in milliseconds, as telephones name photographs and web pages their requests: from 2017 to 2033.
_MOMENT = re.compile("1[5-9][0-9]{11}")
# "FB_IMG_1732870000123", "Screenshot_…", "?t=1732870000123": what stands before a moment in the names of files and
# addresses.
_NAMES_MOMENT = re.compile(
    r"(?i)(?:img|image|photo|picture|pic|fb|line|screenshot|screen|received|video|vid|scan|export|album|temp|tmp|capture"
    r"|ts|time|timestamp|date|stamp|[?&_.](?:t|_|v|ver|rnd|cb))[_=\- ]{0,3}$"
)
# Groups of other ways to write one that no list of figures has by chance.
_OTHER_GROUPS = frozenset({(1, 4, 4, 4), (4, 4, 4, 1), (1, 3, 3, 3, 3), (1, 4, 5, 3), (1, 4, 7, 1), (1, 4, 8)})


def fits(digits: str) -> bool:
    """Whether 13 ASCII digits are a citizen number by their first and last digit."""
    if len(digits) != LENGTH or not digits.isdecimal() or digits[0] in "09":
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return (11 - total % 11) % 10 == int(digits[-1])


def says_so(words: str) -> bool:
    """Whether a text ends by naming a citizen number, as a heading or a label does."""
    return bool(_SAID.search(words[-_SAID_WITHIN:]))


def citizen_numbers(text: str) -> Iterator[Span]:
    """Where they stand in a folded text; spans may overlap."""
    for run in _RUN.finditer(text):
        if run.end() - run.start() >= LENGTH:
            yield from _Run(text, run).found()


@dataclass(frozen=True)
class _Part:
    """Groups of one run with one and the same sign between all of them."""

    first: int
    last: int
    sign: str


class _Run:
    """Digits in groups, with what stands between them."""

    def __init__(self, text: str, run: re.Match[str]) -> None:
        self._text = text
        self._groups = [(g.start(), g.end()) for g in _GROUP.finditer(text, run.start(), run.end())]
        self._sizes = [end - start for start, end in self._groups]
        between = [text[a[1] : b[0]] for a, b in zip(self._groups, self._groups[1:], strict=False)]
        self._signs = [_sign(gap) for gap in between]

    def found(self) -> Iterator[Span]:
        """The citizen numbers in the run."""
        if says_so(self._text[max(0, self._groups[0][0] - _SAID_WITHIN) : self._groups[0][0]]):
            yield from self._said()
        for at, size in enumerate(self._sizes):
            if size == LENGTH and self._is_together(at):
                yield self._groups[at]
            elif tuple(self._sizes[at : at + 5]) == _USUAL and self._is_usual(at):
                yield self._span(at, at + 4)
            elif size < LENGTH and self._is_broken(at):
                yield self._span(at, at + 1)
        yield from (self._span(part.first, part.last) for part in self._parts() if self._is_one(part))

    def _said(self) -> Iterator[Span]:
        """The first 13 digits, where words said that they come."""
        for last, total in enumerate(accumulate(self._sizes[:LENGTH])):
            if total == LENGTH:
                yield self._span(0, last)
                return

    def _span(self, first: int, last: int) -> Span:
        return self._groups[first][0], self._groups[last][1]

    def _digits(self, first: int, last: int) -> str:
        return "".join(self._text[start:end] for start, end in self._groups[first : last + 1])

    def _is_together(self, at: int) -> bool:
        start, end = self._groups[at]
        return (
            fits(self._digits(at, at))
            and self._stands_free(at, at)
            and not self._is_fraction(at)
            and not (
                _MOMENT.fullmatch(self._text, start, end)
                and _NAMES_MOMENT.search(self._text[max(0, start - 16) : start])
            )
        )

    def _is_usual(self, at: int) -> bool:
        """1-4-5-2-1: with dashes that is how the card writes it, so a wrong digit makes no other number of it."""
        signs = set(self._signs[at : at + 4])
        digits = self._digits(at, at + 4)
        return self._stands_free(at, at + 4) and (fits(digits) or (signs == {"-"} and digits[0] not in "09"))

    def _is_broken(self, at: int) -> bool:
        """A number broken by the end of a line, unless the lines are a column of figures."""
        if at + 1 >= len(self._sizes) or self._signs[at] != "\n" or self._sizes[at] + self._sizes[at + 1] != LENGTH:
            return False
        before, after = self._signs[max(0, at - 1) : at], self._signs[at + 1 : at + 2]
        phone = self._text[self._groups[at + 1][0]] == "0" and self._sizes[at + 1] in _PHONE
        alone = {*before} <= {" "} and {*after} <= {" ", "/"}
        return alone and not phone and fits(self._digits(at, at + 1)) and self._stands_free(at, at + 1)

    def _parts(self) -> Iterator[_Part]:
        first = 0
        for at, sign in enumerate(self._signs):
            if at > first and sign != self._signs[first]:
                yield _Part(first, at, self._signs[first])
                first = at
        if self._signs:
            yield _Part(first, len(self._signs), self._signs[first])

    def _is_one(self, part: _Part) -> bool:
        """Whether groups with one sign between them are one number."""
        sizes = tuple(self._sizes[part.first : part.last + 1])
        if part.sign not in tuple(" -_./") or sum(sizes) != LENGTH or not self._stands_free(part.first, part.last):
            return False
        digits = self._digits(part.first, part.last)
        if not fits(digits) or len(set(digits)) < _FEWEST_DIFFERENT:
            return False
        if part.sign == ".":
            return len(sizes) > 2  # noqa: PLR2004 - two are a number and its fraction
        return part.sign != " " or self._is_no_list(part, sizes)

    def _is_no_list(self, part: _Part, sizes: tuple[int, ...]) -> bool:
        """Whether groups with blanks between them are no figures beside each other."""
        alone = self._span(part.first, part.last) == (0, len(self._text))
        if alone or sizes in _OTHER_GROUPS or set(sizes) == {1}:
            return True
        zeros = [
            at
            for at in range(part.first, part.last + 1)
            if self._sizes[at] > 1 and self._text[self._groups[at][0]] == "0"
        ]
        phones = (
            sum(self._sizes[at : part.last + 1]) in _PHONE
            for at in range(part.first + 1, part.last + 1)
            if self._text[self._groups[at][0]] == "0"
        )
        return bool(zeros) and not any(phones)

    def _stands_free(self, first: int, last: int) -> bool:
        """Whether the word around has no further digits and is not over-long."""
        start, end = self._span(first, last)
        before = _letters(reversed(self._text[max(0, start - _LONGEST_WORD - 1) : start]))
        after = _letters(iter(self._text[end : end + _LONGEST_WORD + 1]))
        return before and after

    def _is_fraction(self, at: int) -> bool:
        """Whether the digits go on before or behind a point, as those of an amount do."""
        start, end = self._groups[at]
        before = start > 1 and self._text[start - 1] == "." and self._text[start - 2].isdecimal()
        # "1234567890123.50" is an amount; "1101700203450.xlsx" names a file.
        return before or bool(re.compile(r"\.[0-9]{1,4}(?![0-9A-Za-z])").match(self._text, end))


def _sign(between: str) -> str:
    """What stands between two groups: a sign, or else a line's end, or else a blank; ``  `` where columns are apart."""
    bare = between.strip(" \n\r")
    if bare:
        return bare
    if "\n" in between:
        return "\n"
    return " " if len(between) == 1 else "  "


def _letters(characters: Iterator[str]) -> bool:
    """Whether a word's letters end, before a digit comes, within what was given."""
    for count, character in enumerate(characters):
        if not character.isascii() or not character.isalnum():
            return True
        if character.isdecimal() or count >= _LONGEST_WORD:
            return False
    return True
