"""Which circulars a text names: by token or number; else by the words by which people call them.

Those words are taken from the circular itself: of its subject what no other circular's has, and the labels of questions that
only its form asks.
"""

import functools
import re
from dataclasses import dataclass

from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.wishes.spelling import loose
from bot.office.wishes.thai_words import words_of
from bot.office.wishes.vocabulary import EVERY_CIRCULAR, OF_EVERY_SUBJECT, UNLIKE
from parsers.thai.months import MONTHS, SHORT_MONTHS
from parsers.thai.text import ascii_digits

# "ว 5827", "ว5827", "ว. 5827": the running number by which people call a circular.
_CALLED = re.compile(r"(?:(?<![ก-๙])|(?<=เรื่อง)|(?<=ของ)|(?<=ตาม))ว\s?\.?\s?(\d{2,7})(?!\d)")
# "5827" with neither ว nor anything that makes it an amount, a day, a telephone: "ขอส่ง 5827 ช้า".
_BARE = re.compile(r"(?<![\d/.,-])(?<!เป็น)(?<!เป็น )(?<!คือ)(?<!คือ )(\d{3,7})(?![\d/.,-])(?!\s?(?:คน|บาท|แห่ง|น\.))")
# "info.go.th", "มาตรา 10": by what a question asks about, written so that people name the circular by it.
_MARKS = re.compile(r"[a-z][a-z0-9-]{1,30}(?:\.[a-z]{2,10}){1,3}|มาตรา\s?\d{1,3}")
_SECTION = re.compile(r"(?<![ก-๙])ม\.?\s?(?=\d{1,3}(?!\d))")  # "ม.10": มาตรา 10
# "13 มีนาคม": a day until which something is put off, not the round of that month.
_DAY = re.compile(rf"(?<!\d)\d{{1,2}}\s?(?:{'|'.join(map(re.escape, (*MONTHS, *SHORT_MONTHS)))})")
_IN_SUBJECT = re.compile(r"[\s()\[\]{}\"'“”.,/\d๐-๙-]+")  # what parts the words of a subject
_SHORT = 5  # letters; a shorter word is looked for as a word, since its letters stand in others too
_LABEL = 6  # letters of a question's label from which on it is no word of every day


@dataclass(frozen=True)
class Called:
    """``slugs`` named, in the office's order. ``every``: all that are open. ``strange``: a number that no circular has."""

    slugs: tuple[str, ...] = ()
    every: bool = False
    strange: bool = False

    @property
    def only(self) -> str:
        """The one that is named; "" for none or several."""
        return self.slugs[0] if len(self.slugs) == 1 and not self.every else ""


def circulars_in(text: str, bureau: Bureau) -> Called:
    """The circulars that a text names."""
    plain = _SECTION.sub("มาตรา ", ascii_digits(text).casefold())
    for unlike in UNLIKE:
        plain = plain.replace(unlike, " ")
    every = any(loose(word) in loose(plain) for word in EVERY_CIRCULAR)
    numbers = set(_CALLED.findall(plain))
    ours = {slug: _number(circular) for slug, circular in bureau.read.items()}
    strange = bool(numbers - set(ours.values()))
    numbers |= set(_BARE.findall(plain))
    tokens = plain.replace("[", " ").replace("]", " ").split()
    named = tuple(slug for slug, number in ours.items() if slug in tokens or number in numbers)
    by_words = () if strange else _by_words(_DAY.sub(" ", plain), bureau)
    return Called(tuple(slug for slug in ours if slug in {*named, *by_words}), every, strange)


def _number(circular: Circular) -> str:
    return ascii_digits(circular.number).rpartition("/")[2].strip("ว .")


def _by_words(text: str, bureau: Bureau) -> tuple[str, ...]:
    key = loose(text)
    whole = tuple(slug for slug, one in bureau.read.items() if loose(one.wording.subject) in key)
    if len(whole) == 1:
        return whole
    called = _words(tuple(bureau.read.values()))
    return tuple(slug for slug in bureau.read if any(_says(text, key, word) for word in called[slug]))


def _says(text: str, key: str, word: str) -> bool:
    if loose(word) not in key:
        return False
    return len(loose(word)) >= _SHORT or word in words_of(text)


def own_words(bureau: Bureau) -> tuple[str, ...]:
    """The words by which the office's circulars are called."""
    return tuple(word for words in _words(tuple(bureau.read.values())).values() for word in words)


@functools.lru_cache(maxsize=8)
def _words_cached(circulars: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]) -> dict[str, frozenset[str]]:
    said = {slug: _of_subject(subjects) | _of_labels(labels) for slug, subjects, labels in circulars}
    return {slug: frozenset(word for word in words if _alone(word, slug, said)) for slug, words in said.items()}


def _words(circulars: tuple[Circular, ...]) -> dict[str, frozenset[str]]:
    """By circular the words that are its alone."""
    return _words_cached(
        tuple(
            (c.slug, (c.wording.subject, c.title), tuple(said for q in c.form.question for said in (q.label, q.group)))
            for c in circulars
        )
    )


def _alone(word: str, slug: str, said: dict[str, frozenset[str]]) -> bool:
    return not any(loose(word) in map(loose, words) for other, words in said.items() if other != slug)


def _of_subject(texts: tuple[str, ...]) -> frozenset[str]:
    pieces = [piece for text in texts for piece in _IN_SUBJECT.split(text) if piece]
    words = {word for piece in pieces for word in words_of(piece)} | {p for p in pieces if len(p) <= _SHORT}
    return frozenset(word for word in words if _tells(word))


def _tells(word: str) -> bool:
    """Whether a word of a subject tells circulars apart: no word of every office's letters."""
    bare = word
    for lead in ("การ", "ความ", "ทาง", "ตาม"):
        bare = bare.removeprefix(lead)
    return len(loose(bare)) > 1 and loose(bare) not in map(loose, OF_EVERY_SUBJECT)


def _of_labels(labels: tuple[str, ...]) -> frozenset[str]:
    marks = {mark for label in labels for mark in _MARKS.findall(ascii_digits(label).casefold())}
    return frozenset(marks) | frozenset(label for label in labels if len(loose(label)) >= _LABEL and _tells(label))
