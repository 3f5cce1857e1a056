"""What a form is: the declared table of a circular, and the files asked for beside it. A form is data; code stands here only where data cannot say it."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple, Self

from pydantic import Field, PrivateAttr, model_validator

from parsers.form import free_rows
from parsers.form.form_mistakes import mistakes
from parsers.form.naming import LOCAL, Naming
from parsers.form.question import (
    NUMERIC,
    FormRow,
    Kind,
    Question,
    Remark,
    in_row,
)
from parsers.form.question_rules import Key, Part, Said, Words

FILE = "file:"  # before the key of a file among the answers
SUM = "sum:"  # before the key of a column among the answers: a sum of it, as written, that its parts do not come to


class AskedFile(Part):
    """A file that is asked for beside the form, such as the announcement itself."""

    key: Key
    label: str
    aliases: Words = ()  # other words by which the name of a file, or a mail, means it
    of: Literal["organisation", "reporter"] = (
        "organisation"  # one for each organisation, or one for all of a reporter's
    )
    required: bool = True
    kinds: tuple[Literal["pdf", "jpg", "png", "docx", "doc", "odt", "xlsx"], ...] = Field(
        default=("pdf", "jpg", "png", "docx"), min_length=1
    )

    @property
    def record(self) -> str:
        """What stands for its key among the answers, where no question can have it."""
        return f"{FILE}{self.key}"


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
    organisation_label: str = LOCAL.called
    organisation_aliases: Words = ()
    row_label: str = ""  # heading above the rows' labels
    row_label_aliases: Words = ()
    # "free": any number of rows that nobody declared (``parsers.form.free_rows``).
    free: Literal["", "free"] = Field("", alias="rows")
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
    _naming: Naming = PrivateAttr(LOCAL)
    _listed: tuple[Question, ...] = PrivateAttr(())

    @property
    def listed(self) -> tuple[Question, ...]:
        """The columns of a free list of rows; none where the form has none."""
        return self._listed

    def in_lists(self) -> "Form":
        """The form with what it asks of each organisation: where its rows are free, the list of them and its sums."""
        if not self.free or self._listed:
            return self
        form = self._plain({"column": free_rows.asked_for(self.row_label, self.column)})
        form._listed = self.column  # noqa: SLF001 - a copy of its own kind
        return form

    @property
    def naming(self) -> Naming:
        """How the organisations are named of whom it asks."""
        return self._naming

    def asked_by(self, naming: Naming) -> "Form":
        """The form as it is asked of a roster's organisations."""
        if naming == self._naming:
            return self
        own = {"organisation_label": naming.called} if self.organisation_label == LOCAL.called else {}
        form = self._plain(own)
        form._naming = naming  # noqa: SLF001 - a copy of its own kind
        return form

    @cached_property
    def rows(self) -> tuple[TableRow, ...]:
        """The rows of the table for one organisation, in the form's order."""
        if not self.row:
            return (TableRow("", self.column),)
        return tuple(TableRow(row.label, tuple(in_row(each, row) for each in self.column)) for row in self.row)

    @cached_property
    def question(self) -> tuple[Question, ...]:
        """All questions of an organisation, row by row."""
        return tuple(question for row in self.rows for question in row.questions)

    def of_rows(self, columns: tuple[Question, ...], rows: Sequence[FormRow]) -> "Form":
        """The form as it is drawn with so many rows for each organisation, which have no labels of their own."""
        made = tuple(TableRow("", tuple(in_row(each, row) for each in columns)) for row in rows)
        asked = tuple(question for row in made for question in row.questions)
        form = self._plain({"column": columns})
        form._listed = ()  # noqa: SLF001 - a copy of its own kind
        return form.model_copy(update={"rows": made, "question": asked, "by_key": {q.key: q for q in asked}})

    @cached_property
    def table(self) -> "Form":
        """The form with its columns alone, as a table is looked for: what a row asks is known when its label is read."""
        columns = self._listed or self.column
        own = {"rows": (TableRow("", columns),), "question": columns, "by_key": {q.key: q for q in columns}}
        return self.model_copy(update={"row": (), "column": columns, **own})

    @cached_property
    def by_key(self) -> Mapping[str, Question]:
        """All questions by their keys."""
        return {question.key: question for question in self.question}

    @cached_property
    def across(self) -> "Form":
        """The form with its rows side by side: one row for each organisation, a group of columns for each of the form's rows."""
        asked = tuple(
            each.model_copy(update={"group": row.label, "group_aliases": row.aliases, "label": column.label})
            for row, printed in zip(self.row, self.rows, strict=True)
            for column, each in zip(self.column, printed.questions, strict=True)
        )
        alone = {"row": (), "row_label": "", "column": asked, "rows": (TableRow("", asked),), "question": asked}
        return self.model_copy(update={**alone, "by_key": {question.key: question for question in asked}})

    def with_marks(self, yes: Words, no: Words) -> "Form":
        """The form with further marks for done and not done, such as a legend explains."""
        return self._plain({"yes": self.yes + yes, "no": self.no + no})

    def _plain(self, update: Mapping[str, object]) -> "Form":
        """A copy without what was made of the form before."""
        plain = self.model_copy(update=update)
        for made in ("table", "across", *(("rows", "question", "by_key") if "column" in update else ())):
            plain.__dict__.pop(made, None)
        return plain

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions that a reporter may have to answer: all but computed and optional ones."""
        return tuple(q for q in self.question if q.kind is not Kind.COMPUTED and q.required)

    def asked_of(self, kind: str, values: Mapping[str, Said | None]) -> tuple[Question, ...]:
        """The questions that an organisation of this type must answer that has given these ``values`` by key."""
        return tuple(question for question in self.asked if self.is_asked(question, kind, values))

    def is_asked(self, question: Question, kind: str, values: Mapping[str, Said | None]) -> bool | None:
        """Whether a question is asked of an organisation of this type with these ``values``; None while nobody can tell."""
        if not question.is_for(kind):
            return False
        condition = question.asked_if
        if condition is None:
            return True
        above = self.is_asked(self.find(condition.question), kind, values)
        value = values.get(condition.question)
        if not above or value is None:
            return False if above is False else None
        return condition.met(value)

    def find(self, key: str) -> Question:
        """The question with this key. Raises KeyError."""
        return self.by_key[key]

    def column_of(self, key: str) -> Question:
        """The declared column in which this question stands. Raises KeyError."""
        return self.column[self.question.index(self.find(key)) % len(self.column)]

    def has_sum(self, question: Question) -> bool:
        """Whether figures of several organisations add up under this column: shares of different wholes do not, nor their sums."""
        return question.kind in NUMERIC and Kind.PERCENT not in {question.kind, *self.kinds_in(question)}

    def kinds_in(self, question: Question) -> set[Kind]:
        """The kinds of what a sum adds up; empty for what is none. A share is in per cent, whatever it is of."""
        if question.percent_of:
            return {Kind.PERCENT}
        return {each.kind for each in (*self.column, *self.question) if each.key in question.sum_of}

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if bool(self.row or self.free) != bool(self.row_label):
            raise ValueError(
                'write row_label = "..." (the heading above the labels) with [[form.row]] or rows = "free"'
            )
        if self.row and self.free:
            raise ValueError('rows = "free" stands for any rows; remove [[form.row]] or it')
        for mistake in free_rows.mistakes(self.column) if self.free else ():
            raise ValueError(mistake)
        for mistake in mistakes(self.question, self.row, self.remark):
            raise ValueError(mistake)
        return self
