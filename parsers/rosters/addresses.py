"""Mail addresses and telephone numbers as people write them into a cell."""

import re

from parsers.thai.text import ascii_digits, normalise

# What people put around an address, and what they write where there is none.
_BESIDE = re.compile(r"mailto:|e-?mail\s*:|อีเมล\s*:", re.IGNORECASE)  # "mailto:a@b.example", "E-mail: a@b.example"
_NONE = re.compile(r"[-–—.…_\s]*|ไม่มี|ยังไม่มี|none|n/?a", re.IGNORECASE)  # "-", "ไม่มี", "....."
# "a @ b.example", "a@b. example": a blank at the sign, or after a dot behind it.
_AROUND_AT = re.compile(r" ?@ ?")
# "@b. example": letters behind the blank that begin no further address.
_AFTER_DOT = re.compile(r"(@[A-Za-z0-9.-]*\.)\s+(?=[A-Za-z]{2,}\b(?!\s*@))")
# "saraban_02550101@dla.go.th": RFC 5321 without quoted local parts, which no office has.
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}"
)
_FIGURE = re.compile(r"\d")  # of a telephone number
_LEAST_FIGURES = 4  # of a telephone within the office


def addresses_in(text: str) -> tuple[tuple[str, ...], str]:
    """The addresses in a cell, lower case, each once; and what of it was meant as one and is none, else empty.

    Blanks, commas, line breaks, ``mailto:``, names beside them and Thai digits do no harm.
    """
    said = ascii_digits(normalise(_BESIDE.sub(" ", text))).replace("＠", "@")
    if _NONE.fullmatch(said.strip()):
        return (), ""
    joined = _AFTER_DOT.sub(r"\1", _AROUND_AT.sub("@", said))
    found: list[str] = []
    rest = joined
    for match in _ADDRESS.finditer(joined):
        if not _goes_on(joined, match):
            found.append(match[0].lower().strip("'"))
            rest = rest.replace(match[0], " ", 1)
    wrong = next((word for word in re.split(r"[\s,;<>()\"]+", rest) if "@" in word), "")  # "saraban@", "a@@b.example"
    if wrong or not found:
        return tuple(dict.fromkeys(found)), wrong or said
    return tuple(dict.fromkeys(found)), ""


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Whether letters that no address has stand right beside it: สารบรรณ@…, a@b.exampleครับ, a@b@c.example."""
    before, after = text[: match.start()][-1:], text[match.end() :][:1]
    return before == "@" or after == "@" or _is_thai(before) or _is_thai(after) or ".." in match[0]


def _is_thai(letter: str) -> bool:
    return "\u0e00" <= letter <= "\u0e7f"


def phone_in(text: str) -> tuple[str, bool]:
    """A telephone number as it is shown, on one line, and whether there is one; a blank or a stroke is none and no fault."""
    said = " ".join(ascii_digits(normalise(text)).split())
    if _NONE.fullmatch(said):
        return "", True
    return said, len(_FIGURE.findall(said)) >= _LEAST_FIGURES
