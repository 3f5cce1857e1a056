"""What a heading means: the words above a column weighed against the questions of a form.

Owns likeness of headings. Knows nothing of grids, rows or answers. Figures are compared exactly (มาตรา 10 is never
มาตรา 16), words with tolerance.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from parsers.form import Form, Question
from parsers.organisations.type_words import ORGANISATION_HEADINGS, TYPE_HEADINGS
from parsers.thai.text import ascii_digits, heading_key
from parsers.values.tick_marks import Tick, tick

NUMBER_WORDS = ("ลำดับ", "ลำดับที่", "ที่", "No", "เลขที่")
DISTRICT_WORDS = ("อำเภอ", "ชื่ออำเภอ", "ที่ว่าการอำเภอ")

MATCH = 0.6  # a heading less like a question's label than this is another heading
SURE_GROUP = 0.75  # a heading as like a group as this is that group
NEAR = 0.05  # two questions whose scores are this close cannot be told apart by words
WIDE = 0.15  # the same where the words are only like a label
EXACT = 0.9  # a label as like as this says the question's own words
GROUP_WEIGHT = 0.5
RATIO_FROM = 80.0  # of rapidfuzz's 0..100: small wording differences
TEXTS = 6000  # different texts weighed in one grid; a sheet with more of them above its header is no form
LONGEST_HEADING = 240  # characters; a longer text is prose

_FIGURE = re.compile(r"\d+")
_FIGURE_WORD = re.compile(r"(?:ตามมาตรา|มาตรา|ตามม|ม|ข้อ)?\d+")
_SECTION = re.compile(r"(?:มาตรา|(?<![ก-๙])ม\s*+\.?|ข้อ)\s*+(\d{1,3})(?!\d)")
# What turns a heading into another question: "not done", "under way", "expected", "cancelled".
_NEGATED = re.compile(
    r"(?:ยัง)?ไม่(?!น้อย|เกิน)|อยู่(?:ใน)?ระหว่าง|ระหว่าง(?:ดำเนินการ|จัดทำ)|กำลัง(?:ดำเนิน|จัดทำ|ลง)|คาดว่าจะ|ยกเลิก"
)
_YES_HALF = frozenset({"แล้ว", "ดำเนินการแล้ว", "ทำแล้ว", "มี", "ใช่", "มีแล้ว", "เสร็จแล้ว"})
_NO_HALF = frozenset(
    {"ยัง", "ยังไม่ดำเนินการ", "ยังไม่ได้ดำเนินการ", "ยังไม่ทำ", "ยังไม่ได้ทำ", "ไม่มี", "ไม่ใช่", "ยังไม่มี", "ยังไม่เสร็จ", "ไม่ได้ดำเนินการ"}
)
_BARE = frozenset(
    {"", "ดำเนินการ", "ดำเนินการแล้ว", "ทำ", "จัดทำ", "เสร็จ", "แล้วเสร็จ", "ดำเนินการแล้วเสร็จ", "ดำเนินการให้แล้วเสร็จ", "แล้ว", "มี"}
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


@lru_cache(maxsize=1 << 13)
def figures_of(text: str) -> frozenset[str]:
    """The whole numbers written in ``text``, as ASCII digits."""
    return frozenset(_FIGURE.findall(ascii_digits(text)))


def sections_of(text: str) -> frozenset[str]:
    """The figures in ``text`` that are said to be of a section of law or an item: มาตรา ๑๐, ม.10, ข้อ 10."""
    return frozenset(_SECTION.findall(ascii_digits(text)))


@lru_cache(maxsize=1 << 14)
def likeness(seen: str, wanted: str) -> float:
    """How well the heading key ``seen`` says ``wanted``: 1 the same, 0 something else. Both are heading keys."""
    denied = _NEGATED.search(seen)
    if denied and not _NEGATED.search(wanted):
        seen = seen[: denied.start()]  # "done / not yet done" names what is asked; "not yet done" does not
    if not seen or not wanted:
        return 0.0
    if seen == wanted:
        return 1.0
    if len(wanted) > 2 and wanted in seen:  # noqa: PLR2004 - shorter words stand inside too many others
        return 0.95
    best = 0.0
    if len(seen) > 3 and seen in wanted:  # noqa: PLR2004 - an abbreviation of at least four letters
        best = 0.8 + 0.1 * len(seen) / len(wanted)
    best = max(best, 0.95 * fuzz.ratio(seen, wanted, score_cutoff=RATIO_FROM) / 100)
    if not best and len(seen) > 4 and _subsequence(seen, wanted):  # noqa: PLR2004 - words left out: ลงระบบ
        best = 0.7
    return best


def nearest(scores: Mapping[str, float], sure: float = EXACT) -> list[str]:
    """The keys whose scores cannot be told from the best: words that are only like a label tell less than its own words."""
    best = max(scores.values(), default=0.0)
    return [key for key, score in scores.items() if score >= best - (NEAR if best >= sure else WIDE)]


def _subsequence(short: str, long: str) -> bool:
    if len(short) >= len(long) or short[0] not in long:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)


def is_word(text: str, words: Sequence[str]) -> bool:
    """Whether a heading says one of ``words``, give or take brackets and small additions."""
    keys = {heading_key(text), heading_key(_BRACKETS.sub("", text))}
    wanted = [heading_key(word) for word in words]
    long = [word for word in wanted if len(word) > 5]  # noqa: PLR2004 - a slip in a short word makes another word
    return not keys.isdisjoint(wanted) or any(
        fuzz.ratio(key, word, score_cutoff=RATIO_FROM) for key in keys for word in long
    )


def half_of(text: str) -> str:
    """``yes`` or ``no`` for the heading of one half of a split column, else nothing."""
    key = heading_key(text)
    if key in _YES_HALF or key in _NO_HALF:
        return "yes" if key in _YES_HALF else "no"
    meant = tick(text)
    if meant in (Tick.YES, Tick.GUESSED_YES):
        return "yes"
    return "no" if meant in (Tick.NO, Tick.GUESSED_NO) or _NEGATED.match(key) else ""


def denied(text: str) -> str | None:
    """What a heading such as "not yet posted" denies: the rest of its words, or nothing for a bare "not done"; None if none."""
    key = heading_key(text)
    found = _NEGATED.match(key)
    if not found:
        return "" if key in _NO_HALF else None
    rest = re.sub(r"^ได้", "", key[found.end() :])
    return "" if rest in _BARE else rest


class Worded(NamedTuple):
    """One wording made ready for comparison."""

    key: str
    figures: frozenset[str]
    sections: frozenset[str] = frozenset()  # figures said to be of a section of law or an item


def _worded(text: str) -> Worded:
    return Worded(heading_key(text), figures_of(text), sections_of(text))


class Fit(NamedTuple):
    """How well one column's headings fit one question."""

    score: float
    label: float


@dataclass(frozen=True)
class Headings:
    """A form's wordings, ready to be compared with the headings of a table."""

    form: Form

    @cached_property
    def labels(self) -> Mapping[str, tuple[Worded, ...]]:
        """Wordings of each question's label, by key."""
        return {q.key: tuple(_worded(text) for text in (q.label, *q.aliases)) for q in self.form.question}

    @cached_property
    def groups(self) -> Mapping[str, tuple[Worded, ...]]:
        """Wordings of each question's group, by key; empty for a question without group."""
        return {q.key: tuple(_worded(text) for text in (q.group, *q.group_aliases) if text) for q in self.form.question}

    @cached_property
    def figures(self) -> Mapping[str, frozenset[str]]:
        """All figures in a question's wordings, by key."""
        return {
            q.key: frozenset().union(*(w.figures for w in self.labels[q.key] + self.groups[q.key]))
            for q in self.form.question
        }

    @cached_property
    def telling_figures(self) -> frozenset[str]:
        """Figures that some questions have and others have not."""
        sets = list(self.figures.values())
        return frozenset().union(*sets) - frozenset(sets[0]).intersection(*sets[1:])

    @cached_property
    def _seen(self) -> dict[str, frozenset[str]]:
        return {}

    def says(self, text: str) -> frozenset[str]:
        """What a heading cell may say: organisation, number, type, district, row, group, label, yes, no."""
        if text not in self._seen:
            if len(self._seen) >= TEXTS:
                return frozenset()
            self._seen[text] = self._weigh(text)
        return self._seen[text]

    def _weigh(self, text: str) -> frozenset[str]:
        if not text or len(text) > LONGEST_HEADING:
            return frozenset()
        word = self._fixed_word(text) or half_of(text)
        if word:
            return frozenset({word})
        found: set[str] = set()
        piece = _worded(text)
        for question in self.form.question:
            if not self._contradicts(piece, question):
                if self._label_of(piece, question) >= MATCH:
                    found.add("label")
                if self._group_of(piece, question) >= MATCH:
                    found.add("group")
        return frozenset(found)

    def _fixed_word(self, text: str) -> str:
        form = self.form
        if form.row_label and self._heads_rows(text):
            return "row"
        if heading_key(text).startswith(TYPE_HEADINGS):
            return "type"
        if is_word(text, (form.organisation_label, *form.organisation_aliases, *ORGANISATION_HEADINGS)):
            return "organisation"
        if is_word(text, (form.number_label, *NUMBER_WORDS)):
            return "number"
        return "district" if is_word(text, DISTRICT_WORDS) else ""

    def _heads_rows(self, text: str) -> bool:
        """Whether a heading names the labels of rows, be it by its first word: ประเภท for ประเภทขยะ."""
        words = (self.form.row_label, *self.form.row_label_aliases)
        return is_word(text, words) or any(heading_key(word).startswith(heading_key(text) or "-") for word in words)

    def is_group(self, text: str) -> bool:
        """Whether a heading is surely a group's."""
        return bool(self.group_of(text))

    def group_of(self, text: str) -> frozenset[str]:
        """Keys of the questions whose group a heading surely is; all of one group, or none."""
        if text not in self._grouped:
            if len(self._grouped) >= TEXTS:
                return frozenset()
            self._grouped[text] = self._groups_like(text)
        return self._grouped[text]

    @cached_property
    def _grouped(self) -> dict[str, frozenset[str]]:
        return {}

    def _groups_like(self, text: str) -> frozenset[str]:
        if not text or len(text) > LONGEST_HEADING:
            return frozenset()
        piece = _worded(text)
        scores = {question.key: self._group_of(piece, question) for question in self.form.question}
        best = max(scores.values())
        return frozenset(k for k, score in scores.items() if score == best) if best >= SURE_GROUP else frozenset()

    def fits(self, path: Sequence[str]) -> Mapping[str, Fit]:
        """The questions that a column with the headings ``path`` (top to bottom) may be, with their scores."""
        known = tuple(path)
        if known not in self._fitted:
            self._fitted[known] = self._fit(known)
        return self._fitted[known]

    @cached_property
    def _fitted(self) -> dict[tuple[str, ...], Mapping[str, Fit]]:
        return {}

    def _fit(self, path: Sequence[str]) -> Mapping[str, Fit]:
        pieces = [_worded(text) for text in path if text and len(text) <= LONGEST_HEADING]
        if not pieces:
            return {}
        found = {}
        groups = {q.key: self._group_score(pieces, q) for q in self.form.question}
        for question in self.form.question:
            said = {wording.key for wording in self.labels[question.key]}
            others = [piece for piece in pieces if piece.key not in said]  # รวมค่าใช้จ่าย is no group ค่าใช้จ่าย
            scores = (
                groups
                if len(others) == len(pieces)
                else {k: self._group_score(others, self.form.find(k)) for k in groups}
            )
            rival = max((s for key, s in scores.items() if self.groups[key] != self.groups[question.key]), default=0.0)
            group = groups[question.key]
            if rival > group + NEAR and rival >= SURE_GROUP:
                continue
            if any(self._contradicts(piece, question) for piece in pieces):
                continue
            label = self._label_score(pieces, question)
            if label >= MATCH:
                found[question.key] = Fit(label + GROUP_WEIGHT * (group if self.groups[question.key] else 1.0), label)
        return found

    def _contradicts(self, piece: Worded, question: Question) -> bool:
        """A figure that belongs to other questions only: มาตรา 16 above a question of มาตรา 10."""
        own = self.figures[question.key]
        telling = piece.figures & self.telling_figures
        return bool(telling and not telling & own) or bool(piece.sections and own and not piece.sections & own)

    def _group_score(self, pieces: Sequence[Worded], question: Question) -> float:
        return max((self._group_of(piece, question) for piece in pieces), default=0.0)

    def _group_of(self, piece: Worded, question: Question) -> float:
        wordings = self.groups[question.key]
        telling = piece.figures & self.telling_figures
        if wordings and telling and telling & frozenset().union(*(w.figures for w in wordings)):
            return max(SURE_GROUP, self._likest(piece, wordings))
        return self._likest(piece, wordings)

    def _likest(self, piece: Worded, wordings: Sequence[Worded]) -> float:
        best = 0.0
        for wording in wordings:
            if piece.figures and wording.figures and not piece.figures & wording.figures:
                continue
            best = max(best, likeness(piece.key, wording.key))
        return best

    def _label_of(self, piece: Worded, question: Question) -> float:
        bare = Worded(_FIGURE_WORD.sub("", piece.key), piece.figures)
        return max(self._likest(piece, self.labels[question.key]), self._likest(bare, self.labels[question.key]))

    def _label_score(self, pieces: Sequence[Worded], question: Question) -> float:
        """The likest of the column's headings; the lower ones weigh more, and a group's heading only names a group."""
        best = 0.0
        own = [piece for piece in pieces if self._group_score([piece], question) < SURE_GROUP]
        if len(own) > 1:  # a label broken over two cells
            figures = frozenset().union(*(piece.figures for piece in own))
            whole = Worded("".join(piece.key for piece in own), figures)
            tail = Worded(own[-2].key + own[-1].key, figures)
            best = max(self._likest(each, self.labels[question.key]) for each in (whole, tail)) - NEAR
        for level, piece in enumerate(reversed(pieces)):
            score = self._label_of(piece, question)
            if self._group_score([piece], question) >= score:
                if level:
                    continue
                score -= 3 * NEAR
            best = max(best, score - level * NEAR / 2)
        return best
