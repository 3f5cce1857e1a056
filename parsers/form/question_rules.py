"""What a question's rules are made of: on what it hangs, between which figures and days it stays, in which units it may be written.

The models refuse unknown keys and say in plain words what to write instead.
"""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, field_validator, model_validator

from parsers.thai.dates import from_excel

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Words = tuple[str, ...]
Said = bool | str  # a value, as ``parsers.reading`` has it
BETWEEN, BEHIND = "; ", ": "  # several choices, and the choice of something else and what that is, as one value


def _day(given: Any) -> Any:
    if given == "today" or given is None:
        return given
    if not isinstance(given, datetime.date) or isinstance(given, datetime.datetime):
        raise ValueError('write a day such as 2567-11-29, without quotes, or "today"')  # noqa: TRY004 - which pydantic takes
    return from_excel(given, None)  # a Buddhist year


def _pairs(given: Any) -> Any:
    """``{ "กก." = 0.001 }`` as pairs, which a frozen question can hold; a decimal as it is written, without float's noise."""
    if not isinstance(given, Mapping):
        return given
    for by in given.values():
        if isinstance(by, bool) or not isinstance(by, int | float | Decimal) or not 0 < by < float("inf"):
            raise ValueError('write units = { "กก." = 0.001 }: what a figure in it is multiplied by')
    return tuple((word, Decimal(str(by))) for word, by in given.items())


DayLimit = Annotated[datetime.date | Literal["today"], BeforeValidator(_day)]
Units = Annotated[tuple[tuple[str, Decimal], ...], BeforeValidator(_pairs)]


class Part(BaseModel):
    """Base of everything a form is made of: frozen, and an unknown key is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def choices_in(value: Said) -> tuple[str, ...]:
    """The choices that an answer names, without what was written behind the choice of something else."""
    return tuple(part.partition(BEHIND)[0] for part in value.split(BETWEEN)) if isinstance(value, str) else ()


class Condition(Part):
    """What another question must say: ``{ question = "made", is = true }``."""

    question: Key
    said: tuple[Said, ...] = Field(alias="is", min_length=1, examples=["true"])

    @field_validator("said", mode="before")
    @classmethod
    def _listed(cls, given: Any) -> tuple[Said, ...]:
        listed = given if isinstance(given, list | tuple) else (given,)
        if not all(isinstance(each, bool | str) for each in listed):
            raise ValueError('write is = true, is = false or, of a choice, is = "..." or is = ["...", "..."]')
        return tuple(listed)

    def met(self, value: Said) -> bool:
        """Whether an answer to the question, or one of several choices, is what must be said."""
        return value in self.said or any(choice in self.said for choice in choices_in(value))


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
