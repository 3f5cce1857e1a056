"""Thai words: a text cut by a dictionary, since Thai writes no spaces between them. The one home of pythainlp.

Loaded when it is first asked for: the word list takes half a second and 20 MB.
"""

import functools
from collections.abc import Callable, Collection, Container

BEGINNING = 3  # letters of a word that tell how long words that begin so may be


@functools.lru_cache(maxsize=4)
def cutter(more: frozenset[str] = frozenset()) -> tuple[Callable[[str], list[str]], Container[str]]:
    """What cuts a text into words, blanks included, and the words it knows: the dictionary's and ``more``."""
    from pythainlp.corpus.common import thai_words  # noqa: PLC0415 - see above
    from pythainlp.tokenize import word_tokenize  # noqa: PLC0415
    from pythainlp.util import Trie  # noqa: PLC0415

    class Words(Trie):
        """The words as a plain set: the library's own tree takes 80 MB more, and is slower to make than all that it cuts."""

        def __init__(self, words: Collection[str]) -> None:
            super().__init__(())
            self._words, self._word_count = words, len(words)
            self._longest: dict[str, int] = {}  # by how a word begins
            for word in words:
                self._longest[word[:BEGINNING]] = max(len(word), self._longest.get(word[:BEGINNING], 0))

        def prefixes(self, text: str, start: int = 0) -> list[str]:
            """The words that begin there, the shortest first."""
            longest = self._longest.get(text[start : start + BEGINNING], BEGINNING - 1)
            ends = range(start + 1, min(len(text), start + longest) + 1)
            return [word for end in ends if (word := text[start:end]) in self._words]

    known = {*thai_words(), *more}
    return functools.partial(word_tokenize, custom_dict=Words(known), engine="newmm", keep_whitespace=True), known


@functools.cache
def compounds(longest: int) -> frozenset[str]:
    """Terms of several words, of so many letters at most, that Thais read as one: เครื่องดับเพลิง. Of a larger dictionary."""
    from pythainlp.corpus.volubilis import thai_volubilis_words  # noqa: PLC0415 - as above

    return frozenset(term for term in thai_volubilis_words() if len(term) <= longest)


@functools.cache
def first_names() -> frozenset[str]:
    """First names of Thais, of women and men: twelve thousand, loaded when one is first asked for."""
    from pythainlp.corpus import thai_female_names, thai_male_names  # noqa: PLC0415 - as above

    return thai_female_names() | thai_male_names()
