"""What a mail passes on in its own body: a table or lines below the header of the mail that it forwards.

Owns how such a header is told from that of a mail answered to. Of a chain of forwards the first counts that holds a table.
"""

import re
from collections.abc import Collection, Iterator

from parsers.mail.words.body_without_quotes import CUTS, HEADER, SOURCE_CAP, WROTE, html_between, html_words

# "FW: …", "Fwd: …", "ส่งต่อ: …"; not "RE: FW: …", an answer.
_TITLED = re.compile(r"\s*(?:fwd?|ส่งต่อ)\s*[:：]", re.IGNORECASE)
# "---------- Forwarded message ---------", "-------- ข้อความที่ส่งต่อ --------", "Begin forwarded message:".
_FORWARDED = re.compile(
    r"^[ \t>]*(?:-{2,}[ \t]*(?:forwarded message|ข้อความที่(?:ถูก)?ส่งต่อ|ส่งต่อข้อความ|ส่งต่อ)[ \t]*-{2,}|begin forwarded message[ \t]*:|เริ่มข้อความที่ส่งต่อ[ \t]*:)",
    re.MULTILINE | re.IGNORECASE,
)
_FROM = re.compile(r"[ \t>*]*(?:from|จาก)[ \t]*:", re.IGNORECASE)
_BEGINNINGS = (*CUTS[:3], WROTE, _FORWARDED)  # of old mails; a signature may stand above what is passed on
_HEADER_LINES = 14
_CHAIN = 4  # forwards of forwards


def forwarded_html(source: str, subject: str, ours: Collection[str]) -> str:
    """The HTML of the forwarded mail, tables of ours left out; empty when it has no table.

    ``ours`` are lower-case addresses to which the mail went: what they wrote is passed on to nobody's account.
    """
    passages = _passages(html_words(source), subject, ours) if "<table" in source.lower() else ()
    return next((page for begin, end in passages if (page := html_between(source, begin, end))), "")


def forwarded_lines(plain: str, subject: str, ours: Collection[str]) -> str:
    """The text of the first forwarded mail that says anything; ``ours`` as above."""
    said = plain[:SOURCE_CAP].replace("\r\n", "\n").replace("\r", "\n")
    return next((said[begin:end] for begin, end in _passages(said, subject, ours) if said[begin:end].strip()), "")


def _passages(words: str, subject: str, ours: Collection[str]) -> Iterator[tuple[int, int]]:
    """From where to where the words of forwarded mails reach, the first one first; none of a mail that is answered to."""
    at = 0
    for _ in range(_CHAIN):
        begin = _next(words, at)
        forwarded = _FORWARDED.match(words, begin) or (_TITLED.match(subject) and not WROTE.match(words, begin))
        if begin == len(words) or not forwarded:
            return
        header, at = _header(words, begin)
        if any(address in line.lower() for line in header if _FROM.match(line) for address in ours):
            return
        yield at, _next(words, at)


def _next(words: str, at: int) -> int:
    return min((found.start() for each in _BEGINNINGS if (found := each.search(words, at))), default=len(words))


def _header(words: str, begin: int) -> tuple[list[str], int]:
    """The lines of an old mail's header, and where they end."""
    lines: list[str] = []
    at = begin
    while at < len(words) and len(lines) < _HEADER_LINES:
        end = words.find("\n", at)
        end = len(words) if end < 0 else end + 1
        line = words[at:end]
        if line.strip() and not (HEADER.match(line) or _FORWARDED.match(line)):
            break
        lines.append(line)
        at = end
    return lines, at
