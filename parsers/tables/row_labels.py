"""The labels of a form's rows: which of them a text names, and where in a table they stand.

Owns likeness of labels. A label that names a row and something else besides (another kind, two kinds, the opposite) is none:
what is guessed here puts figures under another row. Knows nothing of organisations.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from parsers.form.form import Form
from parsers.form.question import FormRow
from parsers.grid import Cell, CellKind
from parsers.organisations.type_words import words_of
from parsers.tables.likeness import figures_of, likeness, nearest
from parsers.tables.model import Row, Table
from parsers.thai.text import heading_key

LIKE = 0.85  # a label less like a row's is another: one or two letters may be amiss
YEAR = 4  # digits
NEARLY = 0.8  # of a label's letters: an ending left out

# "ขยะอันตราย (ถ่านไฟฉาย)".
_BRACKETED = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
# "อบต.สรอย (สุนัข)", "อบต.สรอย - สุนัข", "อบต.สรอย/แมว": the label behind the name.
_BEHIND_NAME = re.compile(
    r"(?P<name>[^()\[\]/:–\-]{4,80}?)\s*+(?:[(\[]|[/:–\-]\s*+)(?P<label>[^()\[\]]{1,60}?)\s*+[)\]]?"
)
# "ขยะอันตราย เช่น ถ่านไฟฉาย หลอดไฟ".
_EXAMPLES = re.compile(r"(?:(?<!\s)\s++)?(?:เช่น|ได้แก่|อาทิ).*", re.DOTALL)
# "1", "ก", "a", "ตาราง2" (of ตารางที่ 2), "ด้าน" before the label, or nothing.
_NUMBERING = re.compile(r"(?:ตาราง|ส่วน|ข้อ|กลุ่ม|ชุด|แบบ)?\d+|[ก-ฮa-z]?|\d*(?:ด้าน|เรื่อง|ประเภท|กลุ่ม|งาน)")


def _key(text: str) -> str:
    """A label as labels are compared: ด้านที่ 1 is ด้าน 1."""
    # "ด้านที่1" of a heading key.
    return re.sub(r"ที่(?=\d)", "", heading_key(text))


@dataclass(frozen=True)
class Labels:
    """The labels of a form's rows."""

    form: Form

    def column(self, table: Table) -> int:
        """Of the columns headed for labels, or of all that are not answers or names, the one with most labels; 0 for none."""
        taken = {c for run in table.columns.values() for c in run} | set(table.name_columns)
        read = {row.row for row in table.rows}
        spots = (at for at in table.grid.cells if at[0] in read and at[1] not in taken)
        labelled = Counter(column for row, column in spots if self.match(table.grid.own(row, column).text))
        headed = table.row_columns
        return max(headed or labelled, key=lambda column: labelled[column], default=0)

    def aside(self, row: Row, sheet: str) -> tuple[Row, Cell]:
        """A row and its label where no column holds labels: among the names, in a line above, in the sheet's name, or none."""
        if self.match(row.name.text):
            return replace(row, name=Cell(row.row, row.name.column)), row.name
        behind = _BEHIND_NAME.fullmatch(row.name.text)
        if behind and self.exact(behind["label"]) and words_of(self.form.naming).named(behind["name"]):
            label = replace(row.name, text=behind["label"])
            return replace(row, name=replace(row.name, text=behind["name"])), label
        said = next(
            (text for text in (row.section, row.above, sheet) if self.match(text) and not self._titles(text)), ""
        )
        return row, Cell(row.row, 1, CellKind.TEXT, said) if said else Cell(row.row, 1)

    def _titles(self, text: str) -> bool:
        """Whether a line is the form's title, or part of it, and no label though it has the words of one."""
        return self.exact(text) is None and _key(text) in _key(self.form.title)

    def match(self, text: str) -> FormRow | None:
        """The row that a label surely names; a label is weighed once."""
        if text not in self._known:
            self._known[text] = self.exact(text) or self._named_within(text)
        return self._known[text]

    def exact(self, text: str) -> FormRow | None:
        """The row of which a label is the very wording."""
        seen = _key(text)
        return next((row for row in self.form.row if seen and seen in self._wordings[row.key]), None)

    def _named_within(self, text: str) -> FormRow | None:
        said = _EXAMPLES.sub("", text)
        outside = self._likest(_BRACKETED.sub("", said))
        inside = [each for part in _BRACKETED.findall(said) if (each := self._likest(part))]
        return outside if all(each is outside for each in inside) else None

    @cached_property
    def _known(self) -> dict[str, FormRow | None]:
        return {}

    @cached_property
    def _wordings(self) -> Mapping[str, list[str]]:
        return {row.key: [_key(word) for word in (row.label, *row.aliases)] for row in self.form.row}

    @cached_property
    def _common(self) -> list[str]:
        """What the form says of all its rows, which tells none of them apart."""
        form = self.form
        asked = (text for question in form.column for text in (question.label, *question.aliases))
        return [_key(text) for text in (form.title, form.row_label, *form.row_label_aliases, *asked)]

    def _likest(self, text: str) -> FormRow | None:
        scores = {row.key: self._like(text, row) for row in self.form.row}
        near = nearest(scores)
        best = max(scores.values())
        return next((row for row in self.form.row if [row.key] == near and best >= LIKE), None)

    def _like(self, text: str, row: FormRow) -> float:
        """How well a label names a row; figures that tell rows apart must be there."""
        seen = _key(text)
        said = (row.label, *row.aliases)
        wordings = [
            w for w, word in zip(self._wordings[row.key], said, strict=True) if figures_of(word) <= figures_of(text)
        ]
        return max((self._one(seen, wanted, row) for wanted in wordings if seen), default=0.0)

    def _one(self, seen: str, wanted: str, row: FormRow) -> float:
        if seen == wanted:
            return 1.0
        if wanted in seen:
            before, after = seen.split(wanted, 1)
            numbered = bool(_NUMBERING.fullmatch(before)) or self._harmless(before, row)
            return 0.95 if numbered and (not after or self._harmless(after, row)) else 0.0
        if seen in wanted:
            bare = seen.isdecimal() and len(seen) < YEAR  # a number of rows
            short = wanted.endswith(seen) and not bare and self._heads_others(wanted.removesuffix(seen), row)
            return 0.9 if short or len(seen) >= NEARLY * len(wanted) else 0.0
        turned = "ไม่" in seen and "ไม่" not in wanted
        return 0.0 if turned or figures_of(seen) != figures_of(wanted) else likeness(seen, wanted)

    def _harmless(self, rest: str, row: FormRow) -> bool:
        """Whether words beside a label say nothing but what the form or the same row says."""
        others = (word for key, words in self._wordings.items() if key != row.key for word in words)
        said = any(rest in each for each in (*self._wordings[row.key], *self._common))
        return said and not any(word in rest for word in others)

    def _heads_others(self, word: str, row: FormRow) -> bool:
        """Whether a word left out begins other rows' labels too: ขยะ before อันตราย."""
        others: Iterable[str] = (each for key, words in self._wordings.items() if key != row.key for each in words)
        return any(each.startswith(word) for each in others)
