"""A line as wishes are looked for in it: without blanks, signs and tone marks, small slips in long words mended.

Every letter knows where it stands in the line as it was written.
"""

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from bot.office.wishes.thai_words import LONGEST, is_of_words
from parsers.thai.text import ascii_digits, normalise

# Tone marks, the signs over silent letters, and short vowels' sign; people leave them out or type another.
_DROPPED = frozenset("\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e")
_FOLDED = {"ใ": "ไ"}  # sound alike: ใคร is written ไคร
_MENDED_FROM = 6  # letters of a word in which one slip is forgiven: in a shorter one it makes another word
_TWO_SLIPS_FROM = 10
_DENIAL = "ไม"  # ไม่, made loose
_WORD_SIGNS = frozenset("@/_-+&")


@dataclass(frozen=True)
class Loose:
    """``key`` holds the letters of ``text`` that count; ``at`` where each stands in ``text``."""

    text: str
    key: str
    at: tuple[int, ...]

    def find(self, word: str, start: int = 0) -> int:
        """Where a word, made loose, stands in ``key`` from ``start`` on; -1 where it does not."""
        return self.key.find(loose(word), start)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of ``key`` stands in ``text``, with the marks over its last letter."""
        after = self.at[end - 1] + 1
        while after < len(self.text) and self.text[after] in _DROPPED:
            after += 1
        return self.at[start], after

    @cached_property
    def letters(self) -> int:
        """How many letters count."""
        return len(self.key)


def loosened(line: str) -> Loose:
    """A line made ready, at most ``LONGEST`` characters of it."""
    text = plain(line)
    kept = [(at, _FOLDED.get(c, c)) for at, c in enumerate(text) if _counts(c)]
    return Loose(text, "".join(c for _, c in kept), tuple(at for at, _ in kept))


def loose_words(words: str, *more: str) -> tuple[str, ...]:
    """The words of a text, and ``more`` that hold blanks, loose, the longest first."""
    return longest_first(map(loose, (*words.split(), *more)))


def longest_first(words: Iterable[str]) -> tuple[str, ...]:
    """Each word once, those of one length by the alphabet, so that what is found does not hang on the order of a set."""
    return tuple(sorted({*words} - {""}, key=lambda word: (-len(word), word)))


def plain(line: str) -> str:
    """A line in the one spelling, figures in ASCII, in small letters."""
    return ascii_digits(normalise(line))[:LONGEST].casefold().strip()


@functools.lru_cache(maxsize=1 << 11)
def loose(word: str) -> str:
    """A word as ``Loose.key`` holds it."""
    return "".join(_FOLDED.get(c, c) for c in plain(word) if _counts(c))


def _counts(c: str) -> bool:
    return c not in _DROPPED and (c.isalnum() or "\u0e30" <= c <= "\u0e4e" or c in _WORD_SIGNS)


def mended(line: Loose, words: frozenset[str]) -> Loose:
    """The line with long words of ours put right where one letter is amiss, two in a very long one.

    What stands there as it should is left alone, as are good words: ที่อำเภอ is no slip of จี้อำเภอ. A denial must stand as
    it should: ไม่ได้ให้ is no ไม่ได้รับ.
    """
    known = _long(words)
    whole = _standing(line, known)
    for word in known:
        stretch = _misspelt(line.key, word) if word not in line.key and not word.startswith(_DENIAL) else None
        if stretch is None or any(stretch[0] < end and start < stretch[1] for start, end in whole):
            continue
        if not is_of_words(line.text, *line.span(*stretch)):
            line = _with(line, word, stretch)
            whole = _standing(line, known)
    return line


@functools.lru_cache(maxsize=4)
def _long(words: frozenset[str]) -> tuple[str, ...]:
    """Those that are long enough to be mended, loose, the longest first."""
    return longest_first(word for word in map(loose, words) if len(word) >= _MENDED_FROM)


def _standing(line: Loose, words: Sequence[str]) -> list[tuple[int, int]]:
    """Where words stand in a line as they should."""
    return [(at, at + len(word)) for word in words if (at := line.key.find(word)) >= 0]


def _misspelt(key: str, word: str) -> tuple[int, int] | None:
    """Where a word stands with few enough slips: the stretch that is nearest to it, and of those the shortest."""
    slips = 2 if len(word) >= _TWO_SLIPS_FROM else 1
    near = fuzz.partial_ratio_alignment(word, key, score_cutoff=100 * (1 - (slips + 1) / len(word)))
    if near is None:
        return None
    starts = range(max(near.dest_start - slips, 0), near.dest_start + slips + 1)
    stretches = [(at, at + len(word) + more) for at in starts for more in range(-slips, slips + 1)]
    ranked = ((Levenshtein.distance(word, key[start:end]), end - start, start, end) for start, end in stretches)
    distance, _, start, end = min(ranked)
    return (start, min(end, len(key))) if distance <= slips else None


def _with(line: Loose, word: str, stretch: tuple[int, int]) -> Loose:
    """The line with a word in the place of a stretch of it; its letters stand where those stood."""
    start, end = stretch
    places = (line.at[start:end] + (line.at[end - 1],) * len(word))[: len(word)]
    return Loose(line.text, line.key[:start] + word + line.key[end:], line.at[:start] + places + line.at[end:])
