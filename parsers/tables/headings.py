"""What a heading means: the words above a column weighed against the questions of a form.

Owns likeness of headings. Knows nothing of grids, rows or answers. Figures are compared exactly (มาตรา 10 is never
มาตรา 16), words with tolerance.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from parsers.form import Form, Kind, Question
from parsers.organisations.type_words import ORGANISATION_HEADINGS, TYPE_HEADINGS
from parsers.tables.denial import half_of
from parsers.tables.likeness import NEAR, Worded, is_word, likeness, worded
from parsers.tables.meanings import Meaning, meanings_in, years_of
from parsers.thai.text import heading_key

NUMBER_WORDS = ("ลำดับ", "ลำดับที่", "ที่", "No", "เลขที่")
DISTRICT_WORDS = ("อำเภอ", "ชื่ออำเภอ", "ที่ว่าการอำเภอ")

MATCH = 0.6  # a heading less like a question's label than this is another heading; ลงระบบ for ลงข้อมูลในระบบ has 0.7
SURE_GROUP = (
    0.75  # a heading as like a group as this is that group: an abbreviation (0.8) is, words left out (0.7) are not
)
GROUP_WEIGHT = 0.5  # of a group beside its label: it decides between equal labels and never against a better one
TEXTS = 6000  # different texts weighed in one grid; a sheet with more of them above its header is no form
LONGEST_HEADING = 240  # characters; a longer text is prose

# "ตามมาตรา10", "ม10", "ข้อ3", "7" of a heading key.
_FIGURE_WORD = re.compile(r"(?:ตามมาตรา|มาตรา|ตามม|ม|ข้อ)?\d+")


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
        return {q.key: tuple(worded(text) for text in (q.label, *q.aliases)) for q in self.form.question}

    @cached_property
    def groups(self) -> Mapping[str, tuple[Worded, ...]]:
        """Wordings of each question's group, by key; empty for a question without group."""
        return {q.key: tuple(worded(text) for text in (q.group, *q.group_aliases) if text) for q in self.form.question}

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
        piece = worded(text)
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
        piece = worded(text)
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

    @cached_property
    def _meanings(self) -> Mapping[str, frozenset[Meaning]]:
        """What each question's own words say beside the thing they name."""
        own = {q.key: (q.label, q.group, *q.aliases, *q.group_aliases) for q in self.form.question}
        return {key: meanings_in(wordings) for key, wordings in own.items()}

    @cached_property
    def _years(self) -> frozenset[str]:
        """The years of which the form asks, where its title names any."""
        return years_of(self.form.title)

    def means_other(self, path: Sequence[str], key: str) -> bool:
        """Whether a heading says what the question does not: the share of it, what is only planned, another year's.

        The lowest heading of a tick may be one half of it, done beside not done: that is for ``several_columns``.
        """
        said = [text for text in path if text and len(text) <= LONGEST_HEADING]
        question = self.form.find(key)
        own = self._meanings[key] | ({Meaning.SHARE} if question.kind is Kind.PERCENT else frozenset())
        years = frozenset[str]().union(*(years_of(text) for text in said))
        if self._years and years and not years & (self._years | self.figures[key]):
            return True
        return bool(meanings_in(said[:-1] if question.kind is Kind.TICK else said) - own)

    def _fit(self, path: Sequence[str]) -> Mapping[str, Fit]:
        pieces = [worded(text) for text in path if text and len(text) <= LONGEST_HEADING]
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
            if label >= MATCH and not self.means_other(path, question.key):
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
