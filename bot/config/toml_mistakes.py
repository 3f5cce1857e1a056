"""What is wrong in a text that is no TOML, in plain words with the line and what to write instead.

The parser says where it stopped; what people do wrong there is known: Thai digits, curly quotes, text without quotes.
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from tomllib import TOMLDecodeError

from parsers.thai.text import ascii_digits

SECRET = ("password", "secret", "url", "token")  # keys whose lines are never repeated
OPENED = ("Unterminated", "Illegal character '\\n'", 'Expected "')  # what the parser says of a quote that is not closed
LONGEST = 80  # characters of a line that are repeated
CURLY = str.maketrans({**dict.fromkeys("“”„‟«»＂", '"'), **dict.fromkeys("‘’‚‛", "'")})
_AT = re.compile(r"at line ([0-9]{1,9}), column ([0-9]{1,9})")  # "Invalid value (at line 3, column 9)"
_REASON = re.compile(r" \(at [^()]*\)$")  # "(at end of document)"
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*+"|\'[^\']*+\'|#.*')  # strings in straight quotes, and remarks
_KEY = re.compile(r"\s*+([A-Za-z0-9_.-]++)\s*+=")  # "port = 993": the key
_SECTION = re.compile(r"\s*+\[++([^\[\]]++)\]")  # "[imap]", "[[reporter]]"
_COLON = re.compile(r"\s*+[A-Za-z0-9_.-]++\s*+:")  # "port: 993"
_BARE_KEY = re.compile(r"\s*+[A-Za-z0-9_.-]++\s*+[=\[]|\s*+\[")  # a line that begins as TOML's do
_NO_SECONDS = re.compile(r"(?<![0-9:])([0-9]{2}:[0-9]{2})(?![:0-9])")  # "16:30" outside of quotes
_TRUTH = re.compile(r"=\s*+(true|false|yes|no|on|off)\b", re.IGNORECASE)  # "= True", "= yes"
_INVISIBLE = re.compile("[\u00a0\u200b-\u200f\u2060\ufeff]")  # what a word processor puts between words
_DAY = re.compile(r"(?<![0-9])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")  # "2567-13-01"
_WORDS = re.compile(r"=\s*+[^\s0-9\[\]{}\"'=+-]")  # "= น่าน": a value that begins with a letter


@dataclass(frozen=True)
class Line:
    """The line at which reading stopped, and the parser's reason."""

    text: str
    reason: str

    @property
    def bare(self) -> str:
        """Without what stands in quotes and remarks."""
        return _QUOTED.sub("", self.text)


def _no_such_day(text: str) -> bool:
    try:
        for found in _DAY.finditer(text):
            datetime.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return True
    return False


# What a line may have wrong, and what is said of it; the first that holds.
KINDS: tuple[tuple[Callable[[Line], object], str], ...] = (
    (lambda line: line.text != line.text.translate(CURLY), 'write straight quotes, such as "..."'),
    (lambda line: _INVISIBLE.search(line.bare), "an invisible character stands in this line; type the line anew"),
    (lambda line: line.bare != ascii_digits(line.bare), "write the digits 0-9, not Thai ones"),
    (
        lambda line: _COLON.match(line.text) and "=" not in line.bare,
        "write = between the key and its value, not a colon",
    ),
    (lambda line: "'='" in line.reason, "write = between the key and its value"),
    (lambda line: _NO_SECONDS.search(line.bare), "write the seconds of a time too, such as 16:30:00"),
    (lambda line: "date" in line.reason, 'write a 29 February of a Buddhist year in quotes, such as "2567-02-29"'),
    (lambda line: _TRUTH.search(line.bare), "write true or false, in small letters"),
    (lambda line: "\\" in line.text, "write / for \\ in a path, or the path in single quotes"),
    (lambda line: not _BARE_KEY.match(line.text), "a line begins with a key in Latin letters, such as port = 993"),
    (lambda line: "table declaration" in line.reason, "close the name of the section by a bracket, such as [imap]"),
    (lambda line: _no_such_day(line.bare), "there is no such day; write one like 2567-11-29"),
    (lambda line: _WORDS.search(line.bare), 'write text in quotes, such as "..."'),
    (lambda line: "array" in line.reason, 'part the entries of a list by commas and close it, such as ["...", "..."]'),
    (lambda line: any(word in line.reason for word in OPENED), "a quote is opened and not closed"),
    (
        lambda line: "after a statement" in line.reason,
        "one key with one value stands in a line: text in quotes, a figure without commas and without zeros before it",
    ),
)


def plain_reason(text: str, error: TOMLDecodeError) -> str:
    """One line: where, what stands there, what to write instead."""
    reason = _REASON.sub("", str(error))
    lines = text.split("\n")
    number = _stopped_at(lines, str(error), reason)
    line = Line(lines[number - 1].rstrip() if number <= len(lines) else "", reason)
    if "overwrite" in reason or "twice" in reason:
        what = "this key or section stands twice; leave one"
    else:
        what = next((said for holds, said in KINDS if holds(line)), f"this is not TOML: {reason}")
    return f"line {number}{_shown(line.text)}: {what}"


def _shown(text: str) -> str:
    """The line itself, unless it is long or may hold a secret."""
    said = text.partition("  #")[0].strip()  # "port = 993      # left out: the usual one"
    hidden = any(word in said.lower() for word in SECRET) or not 0 < len(said) <= LONGEST
    return "" if hidden else f", {said}"


def _stopped_at(lines: list[str], said: str, reason: str) -> int:
    """The line at which reading stopped; where the parser only says "end of document", the one that made it go there."""
    if found := _AT.search(said):
        return int(found[1])
    if "overwrite" in reason or "twice" in reason:
        return _doubled(lines) or len(lines)
    odd = (number for number, line in enumerate(lines, 1) if {'"', "'", "[", "{"} & set(_opened(line)))
    return next(odd, len(lines))


def _opened(line: str) -> str:
    """The quotes and brackets that a line leaves open."""
    bare = _QUOTED.sub("", line)
    if _SECTION.match(line):
        return ""
    quotes = "".join(mark for mark in "\"'" if mark in bare)
    return quotes + ("[" if bare.count("[") > bare.count("]") and "=" in bare else "")


def _doubled(lines: list[str]) -> int:
    """The line of the first key that stood in its section before; 0 where there is none."""
    section, seen = "", set[tuple[str, str]]()
    for number, line in enumerate(lines, 1):
        if found := _SECTION.match(line):
            section = f"{found[1]} {number}" if line.lstrip().startswith("[[") else found[1]
        elif key := _KEY.match(line):
            if (section, key[1]) in seen:
                return number
            seen.add((section, key[1]))
    return 0
