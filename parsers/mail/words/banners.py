"""A mail's text without what servers write into it: warnings, disclaimers, scanners' lines, footers of lists.

Owns how far each of them goes; their wording stands in ``banner_words``. Each line is looked at a bounded number of times.
"""

import re

from parsers.mail.words.banner_words import (
    GOES_ON,
    HINT,
    NEEDS_HTML,
    NOTICE,
    PICTURE,
    PROGRAM,
    RULE,
    SCANNED,
    TAG,
    THAI,
    THAI_GOES_ON,
    WARNING,
)

LINE_CAP = 600  # characters; a longer line is a paragraph of the sender's, or was made to cost time
LINES_CAP = 300  # lines that are looked at closely
_BROKEN = 50  # characters of a line that may have been broken in its sentence
_UNFINISHED = 30  # the same where the sentence is known to be a server's
_SAME = {0x200B: None, 0xFEFF: None, 0x2010: "-", 0x2011: "-", 0x2019: "'"}
# Where an English sentence ends; Thai has no full stop.
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
# A command to the bot has one or two words, a sentence of a server more.
_FEW_WORDS = 3
# Characters; a text that only points to the HTML is a sentence or two.
_HTML_CAP = 1_000


def without_banners(plain: str) -> str:
    """The text without what servers wrote above, below or within it; the sender's lines as they were."""
    lines = plain.split("\n")
    if not any(HINT.search(line[:LINE_CAP]) for line in lines):
        return plain
    kept = _Lines(lines).kept()
    gone = [line is None for line in kept]
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):  # rules below and above what goes
        beside = False
        for at in order:
            if lines[at].strip():
                beside = gone[at] or (beside and RULE.fullmatch(lines[at][:LINE_CAP]) is not None)
                gone[at] = beside
    return "\n".join("" if gone[at] else line or "" for at, line in enumerate(kept))


class _Lines:
    """The lines of a text, told one after the other; None is one that a server wrote."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._left = LINES_CAP
        self._within: re.Pattern[str] | None = None  # what goes on
        self._above = ""  # its last line
        self._parted = False  # whether blank lines stand between

    def kept(self) -> list[str | None]:
        """Each line's own part."""
        return [self._kept(at, line) for at, line in enumerate(self._lines)]

    def _kept(self, at: int, line: str) -> str | None:
        if not line.strip():
            self._parted = True
            return line
        if self._within and self._goes_on(_plainly(line)):
            self._above, self._parted = line, False
            return None
        self._within = None
        if self._left <= 0 or len(line) > LINE_CAP or line.lstrip().startswith(">"):
            return line
        below = _plainly(self._lines[at + 1]) if at + 1 < len(self._lines) else ""
        return self._told(line, below) if HINT.search(f"{_plainly(line)} {below}") else line

    def _goes_on(self, line: str) -> bool:
        """Whether a line belongs to what a server wrote above it."""
        unfinished = self._above.rstrip()[-1:] not in ".!?" and len(self._above.strip()) >= _UNFINISHED
        if unfinished and "a" <= line.lstrip()[:1] <= "z":
            return True
        if self._parted:
            return False
        if self._within is NOTICE:  # to the end of its paragraph, unless that is in another script
            return bool(THAI.search(self._above)) or not THAI.search(line)
        if WARNING.search(line) or RULE.fullmatch(line):
            return True
        return (len(line.split()) >= _FEW_WORDS and GOES_ON.search(line) is not None) or (
            THAI_GOES_ON.search(line) is not None
        )

    def _told(self, line: str, below: str) -> str | None:
        self._left -= 1
        if PICTURE.fullmatch(line) or PROGRAM.search(line):
            return None
        tag = TAG.match(line)
        own = line[tag.end() :] if tag else line
        said = _plainly(own)
        if not said:
            self._begin(WARNING, line)
            return None
        for pattern in (NOTICE, WARNING, SCANNED):
            if pattern.search(said):
                self._begin(pattern, line)
                return (_own_sentences(said) if pattern is WARNING else "") or None
            # A sentence may be broken in two; one that stands below whole is no matter of this line.
            if len(said) >= _BROKEN and not pattern.search(below) and pattern.search(f"{said} {below}"):
                self._begin(pattern, line)
                return None
        return own

    def _begin(self, pattern: re.Pattern[str], line: str) -> None:
        self._within, self._above, self._parted = pattern, line, False


def _plainly(line: str) -> str:
    """A line as it is looked at: blanks and hyphens of every kind as the plain one."""
    return " ".join(line[:LINE_CAP].translate(_SAME).split())


def _own_sentences(line: str) -> str:
    """What stands behind the last sentence of a warning in one line with it."""
    sentences = _SENTENCE.split(line)
    signs = (WARNING, GOES_ON, THAI_GOES_ON)
    last = max(
        (at for at, each in enumerate(sentences) if any(sign.search(each) for sign in signs)), default=len(sentences)
    )
    rest = " ".join(sentences[last + 1 :])
    # A further sentence of the same language is the server's, unless it is as short as a command.
    return rest if THAI.search(rest) or len(rest.split()) < _FEW_WORDS else ""


def only_points_to_html(plain: str) -> bool:
    """Whether a plain text says no more than that its mail is to be read as HTML."""
    return len(plain) <= _HTML_CAP and any(NEEDS_HTML.search(line) for line in plain.split("\n"))
