"""A text cut into the words of the Thai dictionary; loaded when first asked for, since it costs a second."""

import functools

from bot.office.wishes.spelling import LONGEST


@functools.lru_cache(maxsize=1 << 10)
def words_of(text: str) -> frozenset[str]:
    """The words of a text's first ``LONGEST`` characters."""
    from pythainlp.tokenize import word_tokenize  # noqa: PLC0415 - see above

    return frozenset(word.strip() for word in word_tokenize(text[:LONGEST], keep_whitespace=False))
