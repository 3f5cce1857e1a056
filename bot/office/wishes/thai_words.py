"""A text cut into the words of the Thai dictionary; loaded when first asked for, since it costs a second."""

import functools

LONGEST = 300  # characters of a text that are looked at


@functools.lru_cache(maxsize=1 << 10)
def words_of(text: str) -> frozenset[str]:
    """The words of a text's first ``LONGEST`` characters."""
    return frozenset(word.strip() for word in _cut(text[:LONGEST])) - {""}


def is_of_words(text: str, start: int, end: int) -> bool:
    """Whether all that stands at ``text[start:end]``, up to the ends of its words, is words of the dictionary."""
    at = 0
    for word in _cut(text):
        after = at + len(word)
        if at < end and start < after and word.strip() and word not in _dictionary():
            return False
        at = after
    return True


@functools.lru_cache(maxsize=1 << 10)
def _cut(text: str) -> tuple[str, ...]:
    from pythainlp.tokenize import word_tokenize  # noqa: PLC0415 - see above

    return tuple(word_tokenize(text))


def _dictionary() -> frozenset[str]:
    from pythainlp.corpus.common import thai_words  # noqa: PLC0415 - see above

    return thai_words()
