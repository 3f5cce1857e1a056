"""What a heading means: the words above a column weighed against the questions of a form.

Owns what the headings above one column say together. Knows nothing of grids, rows or answers.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from parsers.form.form import Form
from parsers.form.question import Kind
from parsers.tables.denial import HALF_WORDS, HALVES, denied, half_of, is_half_word
from parsers.tables.likeness import EXACT, NEAR, SAME, Worded
from parsers.tables.meanings import Meaning, meanings_in, years_of
from parsers.tables.wordings import LONGEST_HEADING, MATCH, SURE_GROUP, Fit, Weighed, Wordings, likest, wordings_of
from parsers.values.choices import surely_chosen

GROUP_WEIGHT = 0.5  # of a group beside its label: it decides between equal labels and never against a better one
TEXTS = 6000  # different texts weighed in one grid; a sheet with more of them above its header is no form
# "(✓ = ยังไม่ได้ตั้ง)": how to fill in.
_BRACKETS = re.compile(r"\([^()]*\)")
# "วันที่คาดว่าจะแล้วเสร็จ", "ตรวจล่าสุด", "ว.ด.ป.", "เปิดใช้เมื่อ": a day. A bare แล้วเสร็จ is none.
_OF_DAYS = re.compile(r"วัน|เดือน|ว\.?\s?ด\.?\s?ป|เมื่อ|กำหนด|คาด|ล่าสุด|ครั้ง|date", re.IGNORECASE)
# "จัดสรร", "อนุมัติ", "ตั้งไว้": money that was given.
_ALLOTTED = re.compile("จัดสรร|อนุมัติ|ตั้งไว้")
PATHS = 5000  # of one form whose fits are kept between grids: the sheets of a file, and each turned on its side


@dataclass(frozen=True)
class Headings:
    """A form's wordings beside the headings of one grid."""

    form: Form

    @cached_property
    def words(self) -> Wordings:
        """The form's wordings."""
        return wordings_of(self.form)

    @cached_property
    def _seen(self) -> dict[str, frozenset[str]]:
        return {}

    def says(self, text: str) -> frozenset[str]:
        """What a heading cell may say: organisation, number, type, district, row, group, label, yes, no."""
        if text not in self._seen:
            if len(self._seen) >= TEXTS:
                return frozenset()
            self._seen[text] = self._say(text)
        return self._seen[text]

    def _say(self, text: str) -> frozenset[str]:
        if not text or len(text) > LONGEST_HEADING:
            return frozenset()
        word = self.words.fixed_word(text)
        # "จัดทำแผนตามมาตรา 10 แล้ว" is a sentence that says yes, and a question's own words.
        if word and (word not in HALVES or is_half_word(text)):
            return frozenset({word})
        weighed = self.words.weighed(text)
        mine = [at for at, against in enumerate(weighed.against) if not against]
        label = any(weighed.labels[at] >= (EXACT if word else MATCH) for at in mine)
        group = any(weighed.groups[self.words.group_at[at]] >= MATCH for at in mine)
        return frozenset(each for each, said in ((word, bool(word)), ("label", label), ("group", group)) if said)

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
        scores = self.words.weighed(text).groups
        best = max(scores)
        if best < SURE_GROUP:
            return frozenset()
        each = zip(self.form.question, self.words.group_at, strict=True)
        return frozenset(question.key for question, at in each if scores[at] == best)

    def fits(self, path: Sequence[str]) -> Mapping[str, Fit]:
        """The questions that a column with the headings ``path`` (top to bottom) may be, with their scores."""
        known = tuple(map(self.words.plain, path))
        found = self.words.fitted.get(known)
        if found is None:
            if len(self.words.fitted) >= PATHS:
                self.words.fitted.clear()
            found = self.words.fitted[known] = self._fit(known)
        return found

    def means_other(self, path: Sequence[str], key: str) -> bool:
        """Whether a heading says what the question does not: the share of it, what is only planned, another year's.

        The lowest heading of a tick may be the half of it that is not done: that is for ``several_columns``.
        """
        said = [text for text in path if text and len(text) <= LONGEST_HEADING]
        question, words = self.form.find(key), self.words
        if said and surely_chosen(said[-1], question.choices):
            said = said[:-1]  # "ไม่มีรถ" under สภาพรถ: an option of the question, not its denial
        if _ALLOTTED.search(question.label):  # "แผน (ได้รับจัดสรร)": what is allotted is the plan of the money
            said = [text.replace("แผน", "") if _ALLOTTED.search(text) else text for text in said]
        own = words.meanings[key] | ({Meaning.SHARE} if question.kind is Kind.PERCENT else frozenset())
        years = frozenset[str]().union(*(years_of(text) for text in said))
        if words.years and years and not years & (words.years | words.figures[key]):
            return True
        halves = question.kind is Kind.TICK and bool(said) and _is_half(said[-1])
        half = {Meaning.DENIED, Meaning.EXPECTED} if halves else frozenset[Meaning]()
        return bool((meanings_in(said[:-1]) - own) or (meanings_in(said[-1:]) - own - half))

    @cached_property
    def own_meanings(self) -> frozenset[Meaning]:
        """What any question's own words say beside the thing they name."""
        return frozenset[Meaning]().union(*self.words.meanings.values())

    def turns(self, text: str) -> bool:
        """Whether a heading says of what stands under it what no question says: not done, planned, of before."""
        return 0 < len(text) <= LONGEST_HEADING and bool(meanings_in([text]) - self.own_meanings)

    def _fit(self, path: Sequence[str]) -> Mapping[str, Fit]:
        texts = [text for text in path if text and len(text) <= LONGEST_HEADING]
        pieces = [self.words.weighed(text) for text in texts]
        halved = [bool(half_of(text)) and not denied(text) for text in texts]
        groups = self._groups(pieces)
        joined = _Joined(pieces)
        found = {}
        for at, (question, mine) in enumerate(zip(self.form.question, self.words.group_at, strict=True)):
            if not pieces or any(piece.against[at] for piece in pieces):
                continue
            label = max(self._broken(joined.of(mine), at), _likest_label(pieces, at, mine, halved))
            if label < MATCH or self._has_rival(pieces, at, groups) or self.means_other(path, question.key):
                continue
            if label < EXACT and any(self._is_anothers(piece, at) for piece in pieces[:-1]):
                continue
            within = max(piece.within[at] for piece in pieces)
            group = max(groups[mine], within) if self.words.groups[mine] else 1.0
            found[question.key] = Fit(label + GROUP_WEIGHT * group, label)
        return self._of_the_option(texts, found) or self._without_days(texts, found)

    def _without_days(self, texts: Sequence[str], found: Mapping[str, Fit]) -> Mapping[str, Fit]:
        """What columns may be that no word of theirs heads as a day, where they may be something else: แล้วเสร็จ."""
        others = [key for key in found if self.form.find(key).kind is not Kind.DATE]
        if not others or any(_OF_DAYS.search(text) for text in texts):
            return found
        return {key: fit for key, fit in found.items() if key in others or fit.label >= EXACT}

    def _of_the_option(self, texts: Sequence[str], found: Mapping[str, Fit]) -> Mapping[str, Fit]:
        """Those of the questions whose option is the lowest heading: "ดีมาก" under ผลประเมิน is no likeness to another label."""
        below = texts[-1] if len(texts) > 1 else ""
        return {key: fit for key, fit in found.items() if surely_chosen(below, self.form.find(key).choices)}

    def _groups(self, pieces: Sequence[Weighed]) -> Sequence[float]:
        """How like a column's headings are to each group."""
        return [max(scores) for scores in zip(*(piece.groups for piece in pieces), strict=True)]

    def _has_rival(self, pieces: Sequence[Weighed], question: int, groups: Sequence[float]) -> bool:
        """Whether the headings surely are another group's.

        รวมค่าใช้จ่าย, a label, is no group ค่าใช้จ่าย, nor is a bare แล้ว the group ฉีดวัคซีนแล้ว.
        """
        mine = self.words.group_at[question]
        own = {wording.key for wording in self.words.labels[question]} | HALF_WORDS
        others = [piece for piece in pieces if piece.worded.key not in own]
        scores = groups if len(others) == len(pieces) else self._groups(others)
        rival = max((score for at, score in enumerate(scores) if at != mine), default=0.0)
        return rival > groups[mine] + NEAR and rival >= SURE_GROUP

    def _is_anothers(self, piece: Weighed, question: int) -> bool:
        """Whether a heading is the whole label of another question and nothing of this one: "ร้อยละ" below it is a share of that."""
        if piece.labels[question] >= MATCH or piece.groups[self.words.group_at[question]] >= MATCH:
            return False
        return any(score == SAME for at, score in enumerate(piece.labels) if at != question)

    def _broken(self, joined: Sequence[Worded], question: int) -> float:
        """How like a label is to several headings taken together: one broken over two cells."""
        return max((likest(each, self.words.labels[question]) for each in joined), default=NEAR) - NEAR


def _is_half(text: str) -> bool:
    """Whether a heading begins with what is not done, or says so in brackets; ตรวจแล้วไม่ผ่าน says another thing."""
    outside = meanings_in([_BRACKETS.sub(" ", text)])
    return half_of(text) == "no" or denied(text) is not None or not outside & {Meaning.DENIED, Meaning.EXPECTED}


class _Joined:
    """A column's headings but for those of a group, put together: all of them, and the lowest two."""

    def __init__(self, pieces: Sequence[Weighed]) -> None:
        self._pieces = pieces
        self._made: dict[int, Sequence[Worded]] = {}

    def of(self, group: int) -> Sequence[Worded]:
        """The headings put together that are not this group's; nothing of fewer than two."""
        if group not in self._made:
            own = [piece.worded for piece in self._pieces if piece.groups[group] < SURE_GROUP]
            figures = frozenset[str]().union(*(piece.figures for piece in own))
            joined = ["".join(piece.key for piece in own), "".join(piece.key for piece in own[-2:])]
            self._made[group] = [Worded(key, figures) for key in joined] if len(own) > 1 else []
        return self._made[group]


def _likest_label(pieces: Sequence[Weighed], question: int, group: int, halved: Sequence[bool]) -> float:
    """The likest of the column's headings; the lower ones weigh more, and a group's heading only names a group.

    A bare แล้ว or ไม่มี, ``halved``, below a heading leaves it the lowest.
    """
    best, level = 0.0, 0
    for piece, half in zip(reversed(pieces), reversed(halved), strict=True):
        score = piece.labels[question]
        above, level = level, level + (not half)
        if piece.groups[group] >= score:
            if above:
                continue
            score -= 3 * NEAR
        best = max(best, score - above * NEAR / 2)
    return best
