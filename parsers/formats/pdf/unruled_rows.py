"""Rows of a ruled table that no line parts: a block of names beside a block of figures, line by line.

Owns when the lines of a row of cells are rows of their own. Taken only where nobody could read them as broken text: on the
same baselines in all cells, whole figures in one; of two lines, figures that no break makes.
"""

import re
from collections.abc import Sequence

from parsers.formats.pdf.letters import SNAP, Letter
from parsers.thai.text import ascii_digits

PAIR = 2  # lines; a name of two may stand beside a figure that is broken in two
# "10,190,224,660", "12.5", "-": a whole figure.
_FIGURE = re.compile(r"-|\d{1,3}(?:,\d{3})*+(?:\.\d+)?|\d+(?:\.\d+)?")
# "10,190,224": a figure that its commas prove whole.
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})++(?:\.\d+)?")

Written = Sequence[Letter]


def parted(cells: Sequence[Written]) -> list[list[Written]]:
    """A row's cells as its rows, from top to bottom; the row as it is where it is one."""
    lines = [_lines(cell) for cell in cells]
    heights = [[line[0].y for line in each] for each in lines]
    filled = [each for each in heights if each]
    if len(filled) < 2 or len(filled[0]) < PAIR or not all(_same(each, filled[0]) for each in filled):  # noqa: PLR2004 - beside
        return [list(cells)]
    figure = _GROUPED if len(filled[0]) == PAIR else _FIGURE
    if not any(each and all(figure.fullmatch(_said(line)) for line in each) for each in lines):
        return [list(cells)]
    return [[each[at] if each else () for each in lines] for at in range(len(filled[0]))]


def _lines(cell: Written) -> list[list[Letter]]:
    """The letters of a cell line by line."""
    lines: list[list[Letter]] = []
    for letter in cell:
        if not letter.shown.strip():
            if lines:
                lines[-1].append(letter)
        elif lines and abs(lines[-1][0].y - letter.y) <= SNAP:
            lines[-1].append(letter)
        else:
            lines.append([letter])
    return lines


def _same(heights: Sequence[float], others: Sequence[float]) -> bool:
    return len(heights) == len(others) and all(abs(a - b) <= SNAP for a, b in zip(heights, others, strict=True))


def _said(line: Written) -> str:
    return ascii_digits("".join("".join(letter.shown for letter in line).split()))
