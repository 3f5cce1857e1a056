"""What a form is. A form is data, read from a circular's folder; code stands here only where data cannot say it.

The models refuse unknown keys and say in plain words what to write instead. Source of the kinds: the real forms listed in
the project's reference material (ticks, counts, money, percent, texts, choices, dates, computed columns).
"""

from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Words = tuple[str, ...]


class Kind(StrEnum):
    """What a question's answer is."""

    TICK = "tick"  # done or not done
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"  # baht, two decimals
    PERCENT = "percent"
    TEXT = "text"
    CHOICE = "choice"
    DATE = "date"
    COMPUTED = "computed"  # the sum of other columns; checked when given, never asked for


NUMERIC = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.MONEY, Kind.PERCENT, Kind.COMPUTED})


class Part(BaseModel):
    """Base of everything a form is made of: frozen, and an unknown key is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Expected(Part):
    """Between which figures an answer is taken without a word; beyond them it is recorded and asked after."""

    at_least: Decimal | None = None
    at_most: Decimal | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.at_least is None and self.at_most is None:
            raise ValueError("write expected = { at_least = 0, at_most = 100 }, or one of the two")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise ValueError("at_least is above at_most; exchange them")
        return self


class Question(Part):
    """One answer column of the form."""

    key: Key
    kind: Kind
    label: str  # the lowest heading above the column
    group: str = ""  # the heading above that, shared with neighbours
    aliases: Words = ()  # other wordings of the label
    group_aliases: Words = ()  # other wordings of the group
    requires: Key | None = None  # a yes here implies a yes there
    required: bool = True  # False: a blank is simply no answer
    unit: str = ""  # shown after totals, e.g. ตัน/วัน
    choices: Words = ()  # kind choice: what may be chosen
    sum_of: tuple[Key, ...] = ()  # kind computed: what it adds up
    minimum: int | None = None  # numeric kinds: smallest value allowed
    maximum: int | None = None  # numeric kinds: largest value allowed
    expected: Expected | None = None  # numeric kinds: what lies beyond is recorded and asked after

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if (self.kind is Kind.CHOICE) != bool(self.choices):
            raise ValueError('write choices = ["...", "..."] for kind "choice", and for no other kind')
        if (self.kind is Kind.COMPUTED) != bool(self.sum_of):
            raise ValueError('write sum_of = ["key", ...] for kind "computed", and for no other kind')
        if self.kind not in NUMERIC and (self.minimum is not None or self.maximum is not None):
            raise ValueError("minimum and maximum belong to numeric kinds only; remove them")
        if self.expected and (self.kind not in NUMERIC or self.kind is Kind.COMPUTED):
            raise ValueError("expected belongs to figures that are reported; remove it")
        return self


class Remark(Part):
    """One free text below the table."""

    key: Key
    label: str
    aliases: Words = ()


class FormRow(Part):
    """One of several rows that the form has for each organisation."""

    key: Key
    label: str
    aliases: Words = ()  # other wordings of the label


class TableRow(NamedTuple):
    """A row of the table as it is printed for each organisation: its label, empty where there is only one, and its questions."""

    label: str
    questions: tuple[Question, ...]


class Form(Part):
    """The declared table of a circular.

    ``column`` are the declared columns (``[[form.question]]``). Where the form has several rows for each organisation,
    ``question`` are the columns of every row, each a question of its own: an answer stays one value for one question.
    """

    title: str
    sheet: str = "แบบรายงาน"
    number_label: str = "ลำดับ"
    organisation_label: str = "องค์กรปกครองส่วนท้องถิ่น"
    organisation_aliases: Words = ()
    row_label: str = ""  # heading above the rows' labels
    row_label_aliases: Words = ()
    total_label: str = "รวม"
    as_of_label: str = "ข้อมูล ณ วันที่"
    blank: Literal["missing", "no"] = "missing"  # what an empty tick cell means
    yes: Words = ()  # marks beside the built-in ones
    no: Words = ()
    nil: Literal["refused", "allowed"] = "refused"  # whether a mail that only says "nothing to report" is an answer
    nil_words: Words = ()  # wordings of that beside the built-in ones
    column: tuple[Question, ...] = Field(min_length=1, alias="question")
    row: tuple[FormRow, ...] = ()  # none: one row for each organisation
    remark: tuple[Remark, ...] = ()
    note: Words = ()  # the note lines printed under the form
    report_note: Words = ()  # those under the report to the department, when they differ

    @cached_property
    def rows(self) -> tuple[TableRow, ...]:
        """The rows of the table for one organisation, in the form's order."""
        if not self.row:
            return (TableRow("", self.column),)
        return tuple(TableRow(row.label, tuple(_in_row(each, row) for each in self.column)) for row in self.row)

    @cached_property
    def question(self) -> tuple[Question, ...]:
        """All questions of an organisation, row by row."""
        return tuple(question for row in self.rows for question in row.questions)

    @cached_property
    def table(self) -> "Form":
        """The form with its columns alone, as a table is looked for: what a row asks is known when its label is read."""
        return self.model_copy(update={"row": (), "rows": (TableRow("", self.column),), "question": self.column})

    @cached_property
    def across(self) -> "Form":
        """The form with its rows side by side: one row for each organisation, a group of columns for each of the form's rows."""
        asked = tuple(
            each.model_copy(update={"group": row.label, "group_aliases": row.aliases, "label": column.label})
            for row, printed in zip(self.row, self.rows, strict=True)
            for column, each in zip(self.column, printed.questions, strict=True)
        )
        alone = {"row": (), "row_label": "", "column": asked, "rows": (TableRow("", asked),), "question": asked}
        return self.model_copy(update=alone)

    def with_marks(self, yes: Words, no: Words) -> "Form":
        """The form with further marks for done and not done, such as a legend explains."""
        plain = self.model_copy(update={"yes": self.yes + yes, "no": self.no + no})
        for made in ("table", "across"):  # a copy keeps what was made of the form before
            plain.__dict__.pop(made, None)
        return plain

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions a reporter must answer: all but computed and optional ones."""
        return tuple(q for q in self.question if q.kind is not Kind.COMPUTED and q.required)

    def find(self, key: str) -> Question:
        """The question with this key. Raises KeyError."""
        for question in self.question:
            if question.key == key:
                return question
        raise KeyError(key)

    def column_of(self, key: str) -> Question:
        """The declared column in which this question stands. Raises KeyError."""
        return self.column[self.question.index(self.find(key)) % len(self.column)]

    def has_sum(self, question: Question) -> bool:
        """Whether figures of several organisations add up under this column: shares of different wholes do not, nor their sums."""
        return question.kind in NUMERIC and Kind.PERCENT not in {question.kind, *self.kinds_in(question)}

    def kinds_in(self, question: Question) -> set[Kind]:
        """The kinds of what a sum adds up; empty for what is none."""
        return {each.kind for each in (*self.column, *self.question) if each.key in question.sum_of}

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        kinds = {question.key: question.kind for question in self.question}
        keys = [question.key for question in self.question] + [remark.key for remark in self.remark]
        for key in keys:
            if keys.count(key) > 1:
                raise ValueError(f'key "{key}" stands twice; give each question and remark a key of its own')
        if bool(self.row) != bool(self.row_label):
            raise ValueError('write row_label = "..." (the heading above the labels) together with [[form.row]]')
        labels = [row.label for row in self.row]
        for label in labels:
            if labels.count(label) > 1:
                raise ValueError(f'[[form.row]]: label "{label}" stands twice; give each row a label of its own')
        for question in self.question:
            if question.requires and kinds.get(question.requires) is not Kind.TICK:
                raise ValueError(f'requires = "{question.requires}" in "{question.key}" must name a tick question')
            for part in question.sum_of:
                if kinds.get(part) not in NUMERIC - {Kind.COMPUTED}:
                    raise ValueError(f'sum_of of "{question.key}" names "{part}", which is no numeric question')
        return self


def key_in_row(key: str, row: FormRow) -> str:
    """The key of a column's question in one of several rows."""
    return f"{key}__{row.key}"


def _in_row(question: Question, row: FormRow) -> Question:
    """The question that a column asks in one row; what it refers to stands in the same row."""
    return question.model_copy(
        update={
            "key": key_in_row(question.key, row),
            "label": f"{question.label} ({row.label})",
            "requires": question.requires and key_in_row(question.requires, row),
            "sum_of": tuple(key_in_row(part, row) for part in question.sum_of),
        }
    )


def heading(question: Question) -> str:
    """How a question is named to people: its group and its label."""
    return f"{question.group} – {question.label}" if question.group else question.label
