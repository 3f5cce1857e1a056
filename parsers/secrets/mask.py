"""Secrets in a text, found and hidden: citizen numbers and log-in keys, in whatever digits and signs they are written.

Owns how a text is folded before it is searched, and what stands where something was hidden. What a secret looks like is said
by ``parsers.secrets.citizen_numbers`` and ``parsers.secrets.login_keys``. Every step is linear in the text.
"""

import re
import string

from parsers.secrets.citizen_numbers import LENGTH, citizen_numbers
from parsers.secrets.login_keys import login_keys

HIDDEN = "[ปกปิด]"
SHORTEST = LENGTH  # characters of the shortest secret

_INVISIBLE = "\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
_DASHES = "\u058a\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2500\u30fc\ufe58\ufe63\uff0d"
_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_POINTS = "\u00b7\u2022\u2024\u2027\u22c5\u30fb\uff0e\u3002"
_LINE_ENDS = "\r\x0b\x0c\x85\u2028\u2029"
# Blocks of ten digits: Arabic, Persian, Hindi, Bengali, Thai, Lao, Burmese, Khmer, full width, and those of mathematics.
_TENS = (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xED0, 0x1040, 0x17E0, 0xFF10, *range(0x1D7CE, 0x1D800, 10))
_FOLDED = {
    **{first + digit: str(digit) for first in _TENS for digit in range(10)},
    **{0xFEE0 + ord(c): c for c in "!#$%&*+,/:;=?@_|" + string.ascii_letters},  # full width
    **{ord(c): "-" for c in _DASHES},
    **{ord(c): " " for c in _BLANKS},
    **{ord(c): "." for c in _POINTS},
    **{ord(c): "\n" for c in _LINE_ENDS},
}
# "๑", "－", a hard space, "\r": all that may be one of these, and none of what most texts are of.
_FOLDS = re.compile("[^\t\n\x0e-\x7e\u0e01-\u0e4f]")
_SHORT = 300  # characters of a text that is first asked whether it is Thai all over, as headings are
# "องค์การบริหารส่วนตำบล": letters and marks, of which no secret is made; digits are others.
_THAI = re.compile("[\u0e01-\u0e4f]+")
# What is written as several characters: nothing, one character of a web address, or the end of a line.
_LONG = re.compile(f"[{_INVISIBLE}]|%(?:3[0-9]|[46][1-9A-Fa-f]|[57][0-9Aa]|2[0DEde])|\r\n")
# "1101700203450@mail.example": an address is needed to answer, so it stays whole.
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{1,80}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,8}(?![A-Za-z0-9\-])"
)


def mask_secrets(text: str) -> str:
    """``text`` with citizen numbers (13 digits) and log-in keys (15 letters and digits) replaced by ``[ปกปิด]``.

    Telephone numbers, amounts and mail addresses stay. Masking twice is the same as once.
    """
    pieces: list[str] = []
    end = 0
    for start, stop in _spans(text):
        pieces += (text[end:start], HIDDEN)
        end = stop
    return "".join([*pieces, text[end:]]) if pieces else text


def has_secret(text: str) -> bool:
    """Whether something in ``text`` would be hidden, or was."""
    return HIDDEN in text or bool(_spans(text))


def folded(text: str) -> str:
    """``text`` as secrets are looked for in it: ASCII digits, letters and signs, nothing invisible."""
    return _folded(text)[0]


def _spans(text: str) -> list[tuple[int, int]]:
    """What is to be hidden, in order, apart from each other."""
    if len(text) < SHORTEST or (len(text) <= _SHORT and len(_THAI.sub("", text)) < SHORTEST):
        return []
    plain, at = _folded(text)
    found = sorted([*citizen_numbers(plain), *login_keys(plain)])
    if found and "@" in plain:
        found = _outside(found, [each.span() for each in _ADDRESS.finditer(plain)])
    spans: list[tuple[int, int]] = []
    for start, end in found:
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return [(at[start], at[end]) for start, end in spans] if at else spans


def _outside(found: list[tuple[int, int]], addresses: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What lies in none of the addresses; both are in order."""
    kept: list[tuple[int, int]] = []
    number = 0
    for start, end in found:
        while number < len(addresses) and addresses[number][1] <= start:
            number += 1
        if number == len(addresses) or not (addresses[number][0] <= start and end <= addresses[number][1]):
            kept.append((start, end))
    return kept


def _folded(text: str) -> tuple[str, list[int]]:
    """The text folded, and where in ``text`` each of its characters and its end stand; no list where all stand in place."""
    if not _LONG.search(text):
        return _plain(text), []
    pieces: list[str] = []
    places: list[int] = []
    end = 0
    for found in _LONG.finditer(text):
        pieces.append(text[end : found.start()])
        places += range(end, found.start())
        end = found.end()
        if said := _said(found[0]):
            pieces.append(said)
            places.append(found.start())
    pieces.append(text[end:])
    places += range(end, len(text) + 1)
    return _plain("".join(pieces)), places


def _plain(text: str) -> str:
    """Each of its characters folded. Few may be, while ``translate`` would look up every one."""
    return _FOLDS.sub(_fold, text)


def _fold(found: re.Match[str]) -> str:
    return _FOLDED.get(ord(found[0]), found[0])


def _said(long: str) -> str:
    if long.startswith("%"):
        return chr(int(long[1:], 16))
    return "\n" if long == "\r\n" else ""
