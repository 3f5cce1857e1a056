"""Addresses of cells as office parts write them."""

import re

from parsers.grid import Merge

# "B7", "$B$7", "B7:D9": a cell or a stretch of cells.
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")


def stretch(reference: str) -> Merge | None:
    """The cells of ``B7`` or ``B7:D9``; None for what is no address."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    top, bottom = sorted((int(match[2]), int(match[4] or match[2])))
    left, right = sorted((_column(match[1]), _column(match[3] or match[1])))
    return Merge(top, left, bottom, right)


def _column(letters: str) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
