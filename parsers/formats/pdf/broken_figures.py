"""A figure or day that a narrow column broke in two: "1,25" above "0", "98,500" above ".00", "20/06/25" above "68".

Owns when two lines of a cell are one figure: the upper one fills its column, so that not one letter more had room, and only
together they are written as figures are. Else they stay two lines, of which nobody makes a figure.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from parsers.formats.pdf.letters import SNAP, Letter
from parsers.thai.text import ascii_digits

MOST = 4  # lines of one figure
PADDING = 3.0  # points between the border of a cell and its text
# "1,25", ".00", "20/06/25": nothing but what figures and days are written with.
_PIECE = re.compile(r"[\d,./-]+")
# "1,250,000.50", "98,500.00": what its commas or its point prove to be one figure.
_WHOLE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+\.\d{1,2}")
# "20/06/2568", "1-6-2568".
_DAY = re.compile(r"\d{1,2}([/.-])\d{1,2}\1(?:25|20)\d\d")
# A line that may stand alone: "12", "1,250", "3.5"; not "1,25", "98,", ".00".
_ALONE = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?|\d+(?:\.\d+)?")


def mended(cell: Sequence[Letter], right: float) -> Sequence[Letter]:
    """The letters of a cell, without the line ends within a broken figure. ``right`` is where the cell ends, in points."""
    lines: list[list[Letter]] = []
    for letter in cell:
        if letter.shown.strip():
            if not lines or abs(lines[-1][-1].y - letter.y) > SNAP:
                lines.append([])
            lines[-1].append(letter)
    if not 1 < len(lines) <= MOST:
        return cell
    said = [ascii_digits("".join(letter.shown for letter in line)) for line in lines]
    if not all(map(_PIECE.fullmatch, said)) or not _is_one(said) or not all(_fills(line, right) for line in lines[:-1]):
        return cell
    first = lines[0][0]
    return [replace(letter, y=first.y) for line in lines for letter in line]


def _is_one(said: Sequence[str]) -> bool:
    """Whether lines are a figure or day only together: of two that each stand alone nobody knows."""
    whole = "".join(said)
    if _DAY.fullmatch(whole):
        return not any(_DAY.fullmatch(line) for line in said)
    return bool(_WHOLE.fullmatch(whole)) and not all(_ALONE.fullmatch(line) for line in said)


def _fills(line: Sequence[Letter], right: float) -> bool:
    """Whether a line has no room for one more letter."""
    steps = [after.x - letter.x for letter, after in pairwise(line)]
    # The middle of the last letter is half of it from its end; the next one would need a whole.
    return bool(steps) and right - line[-1].x < 1.5 * median(steps) + PADDING
