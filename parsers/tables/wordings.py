"""A form's wordings, and how like each of its questions one heading is: every heading is weighed once.

Owns the weights of single headings. What several headings above one column mean together is for ``headings``. Figures are
compared exactly (มาตรา 10 is never มาตรา 16), words with tolerance.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from parsers.form.form import Form
from parsers.organisations.type_words import TYPE_HEADINGS, words_of
from parsers.tables.denial import half_of
from parsers.tables.likeness import EXACT, LEFT_OUT, NEAR, SAME, SHORTENED, Worded, is_word, likeness, worded
from parsers.tables.meanings import Meaning, meanings_in, years_of
from parsers.tables.neighbours_in_brackets import without_neighbours
from parsers.thai.text import ascii_digits, heading_key

NUMBER_WORDS = ("ลำดับ", "ลำดับที่", "ที่", "No", "เลขที่")
DISTRICT_WORDS = ("อำเภอ", "ชื่ออำเภอ", "ที่ว่าการอำเภอ")

MATCH = 0.6  # a heading less like a question's label than this is another heading; ลงระบบ for ลงข้อมูลในระบบ has 0.7
SURE_GROUP = (
    0.75  # a heading as like a group as this is that group: an abbreviation (0.8) is, words left out (0.7) are not
)
LONGEST_HEADING = 240  # characters; a longer text is prose
FORMS = 32  # whose wordings are kept; a desk has about that many circulars open
KEPT = 2000  # headings of each form whose weights are kept; a sheet has some fifty

# "(คน)", "[บาท]": a unit or a hint behind a label.
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
LEAST = 4  # letters of a label that may stand within a longer heading: ชาย stands in ชายแดน
# "HI", "CI", "LPG": abbreviations that name one thing and no other.
_CAPITALS = re.compile(r"(?<![A-Za-z])[A-Z]{2,5}(?![A-Za-z])")
# "พ.ศ. 2568" in a title that names no law: the year of which the form asks.
_OF_YEAR = re.compile(r"พ\.?\s?ศ\.?\s*+(25\d\d)")
# What has a year of its own: พ.ร.บ. …, ระเบียบกระทรวงมหาดไทย ….
_LAW = re.compile(r"พระราช|พ\.?ร\.?บ|ระเบียบ|ข้อบังคับ|ประกาศ|ข้อบัญญัติ|กฎ")
# "ตามมาตรา10", "ม10", "ข้อ3", "7" of a heading key.
_FIGURE_WORD = re.compile(r"(?:ตามมาตรา|มาตรา|ตามม|ม|ข้อ)?\d+")
# "มีข้อบัญญัติควบคุมการเลี้ยงสัตว์แล้ว" of a heading key: what clerks put in or leave out and is no other thing.
_FILLER = re.compile(r"แล้ว|การ|ของ")
LONG = 10  # letters that are left of a wording without them
_COUNT = "จำนวน"
# What heads a column of answers of any kind: no short form of ลงข้อมูลในระบบ.
_NEUTRAL = frozenset({"ข้อมูล", "จำนวน", "รายการ", "ผล", "คำตอบ", "รายละเอียด"})
# With which titles of forms begin.
_TITLES = tuple(
    f"แบบ{kind}" for kind in ("สำรวจ", "รายงาน", "ฟอร์ม", "ติดตาม", "สรุป", "ประเมิน", "บันทึก", "แสดง", "เก็บ", "สอบถาม")
)
_CENTRE, _CENTRES = "ศูนย์", ("ศูนย์พัฒนาเด็กเล็ก", "ศูนย์พักพิง", "ศูนย์ยุติธรรม", "ศูนย์ไกล่เกลี่ย")
# "ชาย" under จำนวนเด็ก is เด็กชาย.
_SEXES = re.compile("ชาย|หญิง")
# "โคมรวม" is โคมทั้งหมด.
_IN_ALL = re.compile(r"รวม(?:ทั้งสิ้น|ทั้งหมด)?$|ทั้งสิ้น$")


class Weighed(NamedTuple):
    """One heading beside a form's wordings: its likeness from 0 to 1 to each label and each group."""

    worded: Worded
    labels: tuple[float, ...]  # by question, in the form's order
    groups: tuple[float, ...]  # in the order of ``Wordings.groups``
    against: tuple[bool, ...]  # by question: it has a figure that belongs to other questions only
    within: tuple[float, ...] = ()  # by question: of what stands beside its own label, to its group: งบกำจัด เงินรายได้


class Fit(NamedTuple):
    """How well one column's headings fit one question."""

    score: float
    label: float


class Wordings:
    """A form's wordings, ready to be compared with the headings of a table. Use ``wordings_of``: they take time to make."""

    def __init__(self, form: Form) -> None:
        self.form, self.names = form, words_of(form.naming)
        self.labels = tuple(
            tuple(worded(text) for text in self._with_full_names((q.label, *q.aliases))) for q in form.question
        )
        self.bare = tuple(_without_units((q.label, *q.aliases)) for q in form.question)
        self._plain = tuple(_plainly((*a, *b)) for a, b in zip(self.labels, self.bare, strict=True))
        self._capitals = tuple(
            frozenset(_CAPITALS.findall(" ".join((q.label, *q.aliases, q.group, *q.group_aliases))))
            for q in form.question
        )
        said = [tuple(worded(text) for text in (q.group, *q.group_aliases) if text) for q in form.question]
        self.groups = tuple(dict.fromkeys(said))  # one for all questions of a group; empty for those of none
        self.group_at = tuple(self.groups.index(group) for group in said)
        self._figures = tuple(
            frozenset().union(*(w.figures for w in label + group))
            for label, group in zip(self.labels, said, strict=True)
        )
        self._group_figures = tuple(frozenset().union(*(w.figures for w in group)) for group in self.groups)
        self._weighed: dict[str, Weighed] = {}
        self.fitted: dict[tuple[str, ...], Mapping[str, Fit]] = {}  # by headings above a column, kept for ``headings``

    def _with_full_names(self, texts: Sequence[str]) -> Sequence[str]:
        """A question's wordings; where the title names a centre in full, จำนวนศูนย์ is a number of those."""
        full = next((name for name in _CENTRES if name in self.form.title), "")
        named = (text.replace(_CENTRE, full) for text in texts if full and _CENTRE in text and full not in text)
        return (*texts, *named)

    @cached_property
    def figures(self) -> Mapping[str, frozenset[str]]:
        """All figures in a question's wordings, by key."""
        return {q.key: figures for q, figures in zip(self.form.question, self._figures, strict=True)}

    @cached_property
    def telling_figures(self) -> frozenset[str]:
        """Figures that some questions have and others have not."""
        return frozenset().union(*self._figures) - self._figures[0].intersection(*self._figures[1:])

    @cached_property
    def meanings(self) -> Mapping[str, frozenset[Meaning]]:
        """What each question's own words say beside the thing they name."""
        own = {q.key: (q.label, q.group, *q.aliases, *q.group_aliases) for q in self.form.question}
        return {key: meanings_in(wordings) for key, wordings in own.items()}

    @cached_property
    def years(self) -> frozenset[str]:
        """The years of which the form asks, where its title names any; that of a law is none."""
        title = ascii_digits(self.form.title)
        return years_of(title) | frozenset(() if _LAW.search(title) else _OF_YEAR.findall(title))

    @cached_property
    def _named(self) -> frozenset[str]:
        """The labels of all questions without their units, as heading keys."""
        return frozenset(each.key for wordings in (*self.bare, *self.labels) for each in wordings)

    def plain(self, text: str) -> str:
        """A heading without the brackets that only name other columns."""
        return without_neighbours(text, self._named)

    def weighed(self, text: str) -> Weighed:
        """A heading of at most ``LONGEST_HEADING`` characters, weighed against every question."""
        known = self._weighed.get(text)
        if known is None:
            if len(self._weighed) >= KEPT:
                self._weighed.clear()
            known = self._weighed[text] = self._weigh(worded(text), text)
        return known

    def _weigh(self, piece: Worded, text: str) -> Weighed:
        said = frozenset(_CAPITALS.findall(text))
        against = tuple(
            self._is_against(piece, figures) or bool(said and own and not said & own)
            for figures, own in zip(self._figures, self._capitals, strict=True)
        )
        # A heading with a unit of its own is compared with units, one without with or without them.
        alone = frozenset() if _BRACKETS.search(text) else frozenset(map(heading_key, text.split()))
        titled = self._is_title(piece)
        labels = tuple(0.0 if no or titled else self._label_of(piece, at, alone) for at, no in enumerate(against))
        labels = tuple(max(score, self._by_capitals(said, at)) for at, score in enumerate(labels))
        groups = tuple(self._group_of(piece, at) for at in range(len(self.groups)))
        return Weighed(
            piece, labels, groups, against, tuple(self._group_within(piece, at) for at in range(len(labels)))
        )

    def _is_title(self, piece: Worded) -> bool:
        """Whether a heading is the title of a form: แบบสำรวจระบบประปา is no question for ระบบประปา."""
        return piece.key.startswith(_TITLES) and not any(
            each.key.startswith(_TITLES) for label in self.labels for each in label
        )

    def _group_within(self, piece: Worded, question: int) -> float:
        """How like a question's group is what a heading says beside the question's label."""
        label = max((w.key for w in self.labels[question] if w.key and w.key in piece.key), key=len, default="")
        rest = piece.key.replace(label, "", 1) if label else ""
        return likest(Worded(rest, piece.figures), self.groups[self.group_at[question]]) if rest else 0.0

    def _is_against(self, piece: Worded, own: frozenset[str]) -> bool:
        """A figure that belongs to other questions only: มาตรา 16 above a question of มาตรา 10."""
        telling = piece.figures & self.telling_figures
        return bool(telling and not telling & own) or bool(piece.sections and own and not piece.sections & own)

    def _by_capitals(self, said: frozenset[str], question: int) -> float:
        """How like a heading is to a question by an abbreviation in capitals that no other question has: HI."""
        others = frozenset[str]().union(*(own for at, own in enumerate(self._capitals) if at != question))
        return SHORTENED if said & self._capitals[question] - others else 0.0

    def _label_of(self, piece: Worded, question: int, alone: frozenset[str]) -> float:
        """How like a heading is to a question's label; ``alone``: its words, where it states no unit."""
        if self._is_whole(piece, question):
            return SAME
        if piece.key in _NEUTRAL:
            return 0.0
        bare = _FIGURE_WORD.sub("", piece.key)
        own = [group.key for group in self.groups[self.group_at[question]] if group.key and group.key in piece.key]
        rest = piece.key.replace(max(own, key=len), "", 1) if own else ""  # "สถิติ บาดเจ็บ" under no group
        ways: tuple[tuple[str, float], ...] = ((rest, NEAR), (_FIGURE_WORD.sub("", rest), NEAR))
        if not rest or not any(each.key in group for each in self.labels[question] for group in own):
            ways = ((piece.key, 0.0), (bare, 0.0), *ways)  # else the label may stand in the group's words alone
        said = (self._said_as(Worded(key, piece.figures), question, alone) - less for key, less in ways if key)
        return max(said, default=0.0)

    def _is_whole(self, piece: Worded, question: int) -> bool:
        """Whether a heading is the whole of a label, and no group's: ผู้ใช้บริการปี 2567 under ผู้ใช้บริการ."""
        groups = self.groups[self.group_at[question]]
        return any(each.key == piece.key for each in self.labels[question]) and all(g.key != piece.key for g in groups)

    def _said_as(self, piece: Worded, question: int, alone: frozenset[str]) -> float:
        best = likest(piece, self.labels[question])
        if best >= EXACT:
            return best
        if alone:
            short = [each for each in self.bare[question] if len(each.key) >= LEAST or each.key in alone]
            best = max(best, likest(piece, short) - 2 * NEAR, self._in_other_order(alone, question))
        return best if best >= MATCH else self._said_plainly(piece, question)

    def _in_other_order(self, words: frozenset[str], question: int) -> float:
        """Whether a heading's words all stand in a label in another order: สปสช. จัดสรร for เงินจัดสรรจาก สปสช."""
        plain = [word for word in words if len(word) >= LEAST]
        whole = len(words) > 1 and plain and all(len(word) >= LEAST - 1 for word in words)
        held = any(all(word in each.key for word in words) for each in self.labels[question])
        return LEFT_OUT if whole and held else 0.0

    def _said_plainly(self, piece: Worded, question: int) -> float:
        """How like a heading is to a label that nobody finds in it as it stands: without filler, รวม as ทั้งหมด, ชาย of เด็กชาย."""
        bare, own = _FILLER.sub("", piece.key), (*self.labels[question], *self.bare[question])
        best = likest(Worded(bare, piece.figures), self._plain[question]) if len(bare) >= LONG else 0.0
        in_all = _IN_ALL.sub("ทั้งหมด", piece.key).removeprefix(_COUNT)
        if in_all.endswith("ทั้งหมด") and in_all in {each.key.removeprefix(_COUNT) for each in self.labels[question]}:
            best = EXACT
        if any(_SEXES.fullmatch(piece.key) and each.key.endswith(piece.key) for each in own):
            best = EXACT
        return best - 2 * NEAR if best > LEFT_OUT else 0.0

    def _group_of(self, piece: Worded, group: int) -> float:
        telling = piece.figures & self.telling_figures
        best = likest(piece, self.groups[group])
        return max(SURE_GROUP, best) if telling & self._group_figures[group] else best

    def fixed_word(self, text: str) -> str:
        """The word of every form that a heading says: organisation, number, type, district, row, yes or no; empty for none."""
        if self._row_words and self._heads_rows(text):
            return "row"
        if heading_key(text).startswith(TYPE_HEADINGS) and not self.names.is_type_alone(text):  # ประเภท อบต. heads rows
            return "" if self._is_asked(text) else "type"
        if is_word(text, self._organisation_words):
            return "organisation"
        if is_word(text, self._number_words):
            return "number"
        return "district" if is_word(text, DISTRICT_WORDS) else half_of(text)

    def _is_asked(self, text: str) -> bool:
        """Whether a heading of kinds is a question's own: ชนิดนม."""
        piece = worded(text)
        every = (each for label in self.labels for each in label)
        asked = [each for each in every if each.key.startswith(TYPE_HEADINGS) and each.key not in TYPE_HEADINGS]
        return piece.key not in TYPE_HEADINGS and likest(piece, asked) >= LEFT_OUT

    def is_own(self, text: str) -> bool:
        """Whether a heading is the whole of a question's wording."""
        return heading_key(text) in self._named

    @cached_property
    def _organisation_words(self) -> tuple[str, ...]:
        return (self.form.organisation_label, *self.form.organisation_aliases, *self.names.headings())

    @cached_property
    def _number_words(self) -> tuple[str, ...]:
        return (self.form.number_label, *NUMBER_WORDS)

    @cached_property
    def _row_words(self) -> tuple[str, ...]:
        return (self.form.row_label, *self.form.row_label_aliases) if self.form.row_label else ()

    def _heads_rows(self, text: str) -> bool:
        """Whether a heading names the labels of rows, be it by its first word: ประเภท for ประเภทขยะ."""
        key = heading_key(text) or "-"
        if self.is_own(text) and key not in map(heading_key, self._row_words):
            return False  # ผู้สูงอายุ, a question, beside rows headed by กลุ่มผู้สูงอายุ
        return is_word(text, self._row_words) or any(heading_key(word).startswith(key) for word in self._row_words)


def _plainly(wordings: Sequence[Worded]) -> tuple[Worded, ...]:
    """The wordings without their filler, those of which enough is left."""
    bare = (Worded(_FILLER.sub("", each.key), each.figures) for each in wordings)
    return tuple(each for each in bare if len(each.key) >= LONG)


def _without_units(texts: Sequence[str]) -> tuple[Worded, ...]:
    """The wordings that end in a bracket, without it."""
    shorter = ((text, _BRACKETS.sub(" ", text)) for text in texts)
    return tuple(worded(short) for text, short in shorter if short != text and heading_key(short))


@lru_cache(maxsize=FORMS)
def wordings_of(form: Form) -> Wordings:
    """The wordings of a form, made once for all grids in which it is looked for."""
    return Wordings(form)


def likest(piece: Worded, wordings: Sequence[Worded]) -> float:
    """How like a heading is to the likest of some wordings that have none but its figures."""
    best = 0.0
    for wording in wordings:
        if piece.figures and wording.figures and not piece.figures & wording.figures:
            continue
        best = max(best, likeness(piece.key, wording.key))
    return best
