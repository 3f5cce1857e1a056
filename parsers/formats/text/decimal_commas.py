"""Figures with a decimal comma, as programs write them beside semicolons where a comma is the country's point: ``108,75``.

Owns when a text proves it, and which figures may then be read two ways.
"""

import re
from collections.abc import Iterable, Sequence

# "108,75", "1.234,5", "0,125": after the comma no group of three, or before it none that begins a number.
_COMMA = re.compile(r"-?(?:\d+|\d{1,3}(?:\.\d{3})+),(?:\d{1,2}|\d{4,})|-?(?:0|\d{1,3}(?:\.\d{3})+|\d{4,}),\d+")
# "59.75", "1,234,567", "1,234.50": a point is the point, commas group.
_POINT = re.compile(r"-?(?:\d+|\d{1,3}(?:,\d{3})+)\.(?:\d{1,2}|\d{4,})|-?\d{1,3}(?:,\d{3}){2,}")
# "1,234", "25.700".
_EITHER = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")


def has_decimal_commas(rows: Iterable[Sequence[str]]) -> bool:
    """Whether some figure of a text must have a decimal comma, and none a point."""
    cells = [value.strip() for row in rows for value in row if "," in value or "." in value]
    return any(map(_COMMA.fullmatch, cells)) and not any(map(_POINT.fullmatch, cells))


def with_point(value: str) -> str:
    """A figure of such a text with a point; everything else as it is."""
    figure = value.strip()
    return figure.replace(".", "").replace(",", ".") if _COMMA.fullmatch(figure) else value


def may_be_either(value: str) -> bool:
    """Whether the sign in a figure of such a text may be a point or group its digits."""
    return bool(_EITHER.fullmatch(value.strip()))
