"""A line as words of the Thai dictionary."""

import functools

from parsers.thai.dictionary import cutter

LONGEST = 300  # characters of a text that are looked at


@functools.lru_cache(maxsize=1 << 10)
def words_of(text: str) -> frozenset[str]:
    """The words of a text's first ``LONGEST`` characters."""
    return frozenset(word.strip() for word in _cut(text[:LONGEST])) - {""}


def first_word(text: str) -> str:
    """The word with which a text begins."""
    return next(iter(_cut(text[:LONGEST])), "")


def is_of_words(text: str, start: int, end: int) -> bool:
    """Whether all that stands at ``text[start:end]``, up to the ends of its words, is words of the dictionary."""
    at, (_, known) = 0, cutter()
    for word in _cut(text):
        after = at + len(word)
        if at < end and start < after and word.strip() and word not in known:
            return False
        at = after
    return True


@functools.lru_cache(maxsize=1 << 10)
def _cut(text: str) -> tuple[str, ...]:
    cut, _ = cutter()
    return tuple(cut(text))
