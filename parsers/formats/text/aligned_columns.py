"""Lines of text cut into parts: which part of a line stands in which column.

Owns widths as a screen shows them (Thai vowels and tones above and below take no room), the decision where a part of a
line with blank cells belongs, and which rows have lost a part. Where that is not sure nothing is guessed.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.organisations.type_words import TypeWords
from parsers.thai.dates import parse_date

# Two blanks or more; one stands within "อบต. แม่ยม".
GAP = re.compile(r"[ \u00a0\u3000]{2,}")
# "1", "1.", "(๑๒)".
_NUMBERED = re.compile(r"\W*[\d๐-๙]{1,4}\W*")
# "แม่ยม": a word, not a mark or a figure.
_NAME = re.compile("[\u0e01-\u0e2e].*[\u0e01-\u0e2e]")
# "หมายเหตุ", "ปัญหาอุปสรรค": a last column that all rows may leave blank.
_REMARK = re.compile("หมายเหตุ|ปัญหา|อุปสรรค|ข้อเสนอ|ข้อคิดเห็น|^\\s*$")
# "1" and "234.50" of "1,234.50" that a comma as delimiter tore apart.
_THOUSANDS, _HUNDREDS = re.compile(r"\s*[1-9]\d{0,2}"), re.compile(r"\d{3}(?:\.\d+)?\s*")
# "129,250.50", "๓๐", "40%".
_FIGURE = re.compile(r"-?[\d๐-๙][\d๐-๙,]*(?:\.[\d๐-๙]+|\.-)?\s?%?")
_NO_WIDTH = frozenset({"Mn", "Me", "Cf"})
_WIDE = frozenset({"W", "F"})


@dataclass(frozen=True)
class Part:
    """A piece of a line, and the display columns it takes: from ``start`` up to ``end``."""

    words: str
    start: int
    end: int


def width(words: str) -> int:
    """How many columns of a screen a text takes."""
    return sum(_width(letter) for letter in words)


def _width(letter: str) -> int:
    if unicodedata.category(letter) in _NO_WIDTH:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in _WIDE else 1


def parts(line: str) -> list[Part]:
    """The pieces of a line between wide gaps."""
    found: list[Part] = []
    at = 0
    # The gaps too, for what is to the left of a word tells its column.
    for words in re.split(f"({GAP.pattern})", line.rstrip()):
        end = at + width(words)
        if words.strip():
            lead = width(words) - width(words.lstrip())
            found.append(Part(words.strip(), at + lead, end))
        at = end
    return found


def placed(lines: Sequence[Sequence[Part]], full: int) -> list[list[str] | None]:
    """Each line in ``full`` columns, None where it cannot be said which part stands in which column.

    A line of ``full`` parts needs no placing. The others are placed only when every line of the table stands in the same
    clear columns, for otherwise nobody lined anything up.
    """
    whole = [line for line in lines if len(line) == full]
    stacks = [[line[at] for line in whole] for at in range(full)] if whole else []
    zones = [(min(part.start for part in stack), max(part.end for part in stack)) for stack in stacks]
    clear = len(whole) > 1 and all(left[1] < right[0] for left, right in pairwise(zones))
    spots = [_spots(line, zones) if clear else None for line in lines]
    return [
        [part.words for part in line] if len(line) == full else _row(line, at, full)
        for line, at in zip(lines, spots, strict=True)
    ]


def _spots(line: Sequence[Part], zones: Sequence[tuple[int, int]]) -> list[int] | None:
    """The column of each part, None when one touches no column or two, or two stand in one."""
    found: list[int] = []
    for part in line:
        over = [at for at, (start, end) in enumerate(zones) if part.start < end and start < part.end]
        if len(over) != 1 or over[0] in found:
            return None
        found.append(over[0])
    return found


def _row(line: Sequence[Part], spots: Sequence[int] | None, full: int) -> list[str] | None:
    if spots is None:
        return None
    row = [""] * full
    for part, at in zip(line, spots, strict=True):
        row[at] = part.words
    return row


def heading_width(rows: Sequence[Sequence[str]], names: TypeWords) -> int:
    """The parts of the widest line above the first row; where none is surely a row, as many as most lines have."""
    first = next((at for at, row in enumerate(rows) if at and _begins(row, names)), 0)
    if first:
        return max(len(row) for row in rows[:first])
    return max(Counter(map(len, rows)).items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0))[0]


def _begins(row: Sequence[str], names: TypeWords) -> bool:
    """Whether a line is numbered, or names an organisation: "อบต.แม่ยม", "ทต. เด่นชัย"."""
    return bool(row and _NUMBERED.fullmatch(row[0])) or any(map(names.begins, row[:2]))


def is_cut_off(row: Sequence[str], whole: Sequence[Sequence[str]]) -> bool:
    """Whether a row lacks only blanks at its end: each part is of its column's kind, and the last is none of the next column's.

    ``whole`` are the rows that lack nothing; two at least, for one may be odd.
    """
    if len(whole) < 2 or not row or len(row) >= len(whole[0]):  # noqa: PLR2004
        return False
    kinds = [{_kind(each[at]) for each in whole if each[at]} for at in range(len(row) + 1)]
    last = _kind(row[-1])
    fit = all(not part or _kind(part) in kinds[at] for at, part in enumerate(row))
    return fit and bool(kinds[len(row)]) and last not in kinds[len(row)]


def _kind(part: str) -> str:
    """Of what kind a part is: a figure, a day, a mark, or words."""
    if _FIGURE.fullmatch(part):
        return "figure"
    if parse_date(part):
        return "day"
    return "mark" if len(part) == 1 else "words"


def doubtful_from(row: Sequence[str]) -> int:
    """Where the parts of a row that lost one begin to be in doubt: after its name. Its length when nothing is."""
    name = next((at for at, part in enumerate(row) if _NAME.search(part)), len(row) - 1)
    return name + 1 if any(row[name + 1 :]) else len(row)


def sure(rows: Sequence[Sequence[str]], full: int) -> list[int]:
    """How many values of each line stand in their columns for sure: those of rows that lost one, up to the name."""
    head = next((at for at, row in enumerate(rows) if len(row) >= full), 0)
    under = [row for row in rows[head + 1 :] if _is_row(row)]
    lost = {id(row) for row in under if len(row) < full}
    if len(lost) == len(under) and len({len(row) for row in under}) == 1:
        spare = rows[head][len(under[0]) :]
        lost = set() if all(_REMARK.match(part) for part in spare) else lost
    wide = [torn for row in under if _width_of(row) > full and (torn := _torn(row))]
    # A comma in a number was taken for the end of a value once, so it may have been in other rows, at the same place.
    places = frozenset.intersection(*wide) or frozenset.union(*wide) if wide else frozenset()
    lost |= {id(row) for row in under if (_torn(row) & places if len(row) == full else wide and len(row) > full)}
    return [doubtful_from(row) if id(row) in lost else len(row) for row in rows]


def _width_of(row: Sequence[str]) -> int:
    """How many values a line has, blank ones at its end left out."""
    return max((at for at, part in enumerate(row, 1) if part.strip()), default=0)


def _torn(row: Sequence[str]) -> frozenset[int]:
    """Where two values may be one number with a comma in it."""
    pairs = enumerate(pairwise(row[1:]), 1)
    return frozenset(at for at, (left, right) in pairs if _THOUSANDS.fullmatch(left) and _HUNDREDS.fullmatch(right))


def _is_row(row: Sequence[str]) -> bool:
    """Whether a line is a row of a table rather than a remark below it."""
    return sum(bool(part) for part in row) > 2 or bool(row and _NUMBERED.fullmatch(row[0]))  # noqa: PLR2004 - name and two
