"""The form in which something is to be written, such as ``{number}/{year}`` for the number of an order.

Owns what may stand in braces. Spaces, and whether digits are Thai, make no difference.
"""

import difflib
import re
from functools import lru_cache

from parsers.thai.text import ascii_digits, normalise

LONGEST = 200  # characters; nothing of a given form is longer
PARTS = {"number": "[0-9]+", "year": "(?:2[45][0-9]{2}|19[0-9]{2}|20[0-9]{2})", "text": ".+"}
# The {number} of "{number}/{year}".
_PART = re.compile(r"\{([^{}]*)\}")


def fits(said: str, form: str) -> bool:
    """Whether ``said`` is written in this form."""
    squeezed = _squeezed(said)
    return len(squeezed) <= LONGEST and _pattern(form).fullmatch(squeezed) is not None


def mistake_in(form: str) -> str:
    """What is wrong with a form and what to write instead; empty for nothing."""
    names = _PART.findall(form)
    for name in names:
        if name not in PARTS:
            near = difflib.get_close_matches(name, PARTS, n=1)
            known = f"did you mean {{{near[0]}}}?" if near else f"write {', '.join(f'{{{each}}}' for each in PARTS)}"
            return f"{{{name}}} is not known; {known}"
    if "{" in _PART.sub("", form) or "}" in _PART.sub("", form):
        return 'a brace stands alone; write such as "{number}/{year}"'
    if names.count("text") > 1:
        return "{text} stands twice; where one ends and the other begins nobody could tell"
    return "" if names or form.strip() else 'write such as "{number}/{year}"'


@lru_cache(maxsize=256)
def _pattern(form: str) -> re.Pattern[str]:
    pieces = _PART.split(_squeezed(form))  # literal, name, literal, name, ..., literal
    # "{number}/{year}" is one or more digits, a stroke and a year.
    return re.compile("".join(PARTS[piece] if at % 2 else re.escape(piece) for at, piece in enumerate(pieces)))


def _squeezed(text: str) -> str:
    return "".join(ascii_digits(normalise(text)).casefold().split())
