"""What a question of a form is: its kind, its words, and the rules that an answer keeps. Data, read from a circular's folder.

The models refuse unknown keys and say in plain words what to write instead. Source of the kinds: the real forms listed in
the project's reference material (ticks, counts, money, percent, texts, choices, dates, computed columns).
"""

from enum import StrEnum
from typing import Any, Self

from pydantic import PrivateAttr, field_validator, model_validator

from parsers.form.question_rules import Condition, DayLimit, Expected, Key, Part, Units, Words
from parsers.thai.written_form import fits, mistake_in


class Kind(StrEnum):
    """What a question's answer is."""

    TICK = "tick"  # done or not done
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"  # baht, two decimals
    PERCENT = "percent"
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"  # several of them
    PROGRESS = "progress"  # done, under way or not done: its three choices, in this order
    DATE = "date"
    COMPUTED = "computed"  # the sum of other columns, or a share; checked when given, never asked for


NUMERIC = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.MONEY, Kind.PERCENT, Kind.COMPUTED})
STATES = 3  # done, under way, not done
LISTED = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.PROGRESS})  # of the circular's own words


class Question(Part):
    """One answer column of the form."""

    key: Key
    kind: Kind
    label: str  # the lowest heading above the column
    group: str = ""  # the heading above that, shared with neighbours
    aliases: Words = ()  # other wordings of the label
    group_aliases: Words = ()  # other wordings of the group
    requires: Key | None = None  # a yes here implies a yes there
    asked_if: Condition | None = None  # asked only where another question says so; else a blank is right
    only: Words = ()  # the types of organisations that it is asked of; none: all
    required: bool = True  # False: a blank is simply no answer
    unit: str = ""  # shown after totals, e.g. ตัน/วัน
    units: Units = ()  # numeric kinds: other units in which it may be written, and by what they are multiplied
    choices: Words = ()  # kinds choice, choices and progress: what may be chosen
    pattern: Words = ()  # kind text: the forms in which it may be written, such as {number}/{year}
    example: str = ""  # of what is written so
    other: str = ""  # kinds choice and choices: the choice behind which people write their own
    sum_of: tuple[Key, ...] = ()  # kind computed: what it adds up
    percent_of: tuple[()] | tuple[Key, Key] = ()  # or the part and the whole of which it is the share in per cent
    minimum: int | None = None  # numeric kinds: smallest value allowed
    maximum: int | None = None  # numeric kinds: largest value allowed
    expected: Expected | None = None  # numeric kinds: what lies beyond is recorded and asked after
    at_most: Key | None = None  # a figure or day that is not above that of another question
    at_least: Key | None = None  # nor below it
    not_before: DayLimit | None = None  # of a day: the first that may be, "today" being the day the mail was sent
    not_after: DayLimit | None = None  # the last that may be
    _row: str = PrivateAttr("")  # what its label says of the row in which it is asked

    @field_validator("pattern", "only", mode="before")
    @classmethod
    def _forms(cls, given: Any) -> Any:
        return (given,) if isinstance(given, str) else given

    @model_validator(mode="after")
    def _is_written_in_its_form(self) -> Self:
        if bool(self.pattern) != bool(self.example) or (self.pattern and self.kind is not Kind.TEXT):
            raise ValueError(
                'write pattern = "{number}/{year}" together with example = "...", and for kind "text" only'
            )
        if mistake := next(filter(None, map(mistake_in, self.pattern)), ""):
            raise ValueError(f"pattern: {mistake}")
        if self.pattern and not any(fits(self.example, form) for form in self.pattern):
            raise ValueError(f'example = "{self.example}" is not written in the form of pattern; mend one of the two')
        return self

    @model_validator(mode="after")
    def _offers_choices(self) -> Self:
        if (self.kind in LISTED) != bool(self.choices):
            raise ValueError(
                'write choices = ["...", "..."] for kind "choice", "choices" or "progress", and for no other'
            )
        if self.other and self.kind not in (Kind.CHOICE, Kind.CHOICES):
            raise ValueError('other belongs to kinds "choice" and "choices" only; remove it')
        if (self.other or self.kind is Kind.CHOICES) and any(
            sign in "|".join((*self.choices, self.other)) for sign in ";:"
        ):
            raise ValueError("choices: a colon or semicolon within a choice would part it; write another sign")
        if self.other in self.choices:
            raise ValueError("other is one of choices; write it once, as other")
        if self.kind is Kind.PROGRESS and len(set(self.choices)) != STATES:
            raise ValueError('write choices = ["done", "under way", "not done"], the three words of kind "progress"')
        return self

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if (self.kind is Kind.COMPUTED) != bool(self.parts) or (self.sum_of and self.percent_of):
            raise ValueError(
                'write sum_of = ["key", ...] or percent_of = ["part", "whole"] for kind "computed", and for no other kind'
            )
        if self.kind not in NUMERIC and (self.minimum is not None or self.maximum is not None):
            raise ValueError("minimum and maximum belong to numeric kinds only; remove them")
        if self.units and self.kind not in NUMERIC - {Kind.PERCENT, Kind.COMPUTED}:
            raise ValueError('units belong to kinds "integer", "decimal" and "money" only; remove them')
        if self.expected and (self.kind not in NUMERIC or self.kind is Kind.COMPUTED):
            raise ValueError("expected belongs to figures that are reported; remove it")
        if self.kind is Kind.COMPUTED and (self.asked_if or self.only):
            name = "asked_if" if self.asked_if else "only"
            raise ValueError(f"{name}: a computed question is never asked; remove it")
        if self.kind is not Kind.DATE and (self.not_before or self.not_after):
            raise ValueError('not_before and not_after belong to kind "date" only; remove them')
        if self.kind is Kind.COMPUTED and (self.at_most or self.at_least):
            raise ValueError("at_most and at_least say nothing of a computed question; write them at the other one")
        if self.requires and self.asked_if:
            raise ValueError("write asked_if or requires, not both: asked_if doubts an answer beside a no as well")
        return self

    @property
    def own_label(self) -> str:
        """The label without the row in which it is asked: a row "ตลาด" is no unit."""
        return self.label.removesuffix(self._row)

    @property
    def offered(self) -> Words:
        """Everything that may be chosen."""
        return (*self.choices, self.other) if self.other else self.choices

    @property
    def parts(self) -> tuple[Key, ...]:
        """The keys of what it is computed from."""
        return self.sum_of or self.percent_of

    @property
    def stands_on(self) -> Condition | None:
        """What must be so where this question says something: ``asked_if``, or a yes to what it requires."""
        return Condition.model_validate({"question": self.requires, "is": True}) if self.requires else self.asked_if

    @property
    def always_asked(self) -> bool:
        """Whether every organisation must answer it, whatever it says elsewhere."""
        return self.required and self.kind is not Kind.COMPUTED and self.asked_if is None and not self.only

    def is_for(self, kind: str) -> bool:
        """Whether it is asked of organisations of this type at all, such as อบต."""
        return not self.only or kind in self.only


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


def key_in_row(key: str, row: FormRow) -> str:
    """The key of a column's question in one of several rows."""
    return f"{key}__{row.key}"


def in_row(question: Question, row: FormRow) -> Question:
    """The question that a column asks in one row; what it refers to stands in the same row."""
    condition, behind = question.asked_if, f" ({row.label})"
    asked = question.model_copy(
        update={
            "key": key_in_row(question.key, row),
            "label": f"{question.label}{behind}",
            "requires": question.requires and key_in_row(question.requires, row),
            "at_most": question.at_most and key_in_row(question.at_most, row),
            "at_least": question.at_least and key_in_row(question.at_least, row),
            "asked_if": condition and condition.model_copy(update={"question": key_in_row(condition.question, row)}),
            "sum_of": tuple(key_in_row(part, row) for part in question.sum_of),
            "percent_of": tuple(key_in_row(part, row) for part in question.percent_of),
        }
    )
    asked._row = behind  # noqa: SLF001 - a copy of its own kind
    return asked


def heading(question: Question) -> str:
    """How a question is named to people: its group and its label."""
    return f"{question.group} – {question.label}" if question.group else question.label
