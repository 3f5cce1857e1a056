"""Free lists of rows: projects or villages that nobody declared beforehand, any number of them for each organisation.

An organisation's rows are one answer, so that a new form takes the place of all that came before: a text of one line a row,
its label and what its columns say between bars. What the figures of its rows come to are answers of their own.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from parsers.form.question import NUMERIC, Kind, Question
from parsers.form.question_rules import Said
from parsers.thai.dates import read_date, thai_short_date

ROWS = "rows"  # key of the answer that holds the list
NONE = "ไม่มี"  # the list of who has nothing to list
YES, NO, BLANK = "✓", "X", "-"
_BETWEEN = " | "
_RULES = ("requires", "asked_if", "at_most", "at_least", "expected", "not_before", "not_after", "only", "units")

Item = tuple[str, ...]  # label, then each column


def mistakes(columns: Sequence[Question]) -> Iterator[str]:
    """What the columns of a list cannot be, each as a sentence."""
    for question in columns:
        if question.key == ROWS:
            yield f'key "{ROWS}" holds the list itself; give the question another one'
        if question.kind is Kind.COMPUTED:
            yield f'"{question.key}": rows = "free" takes no computed question; remove it'
        for rule in _RULES:
            if getattr(question, rule):
                yield f'"{question.key}": rows = "free" takes no {rule}; remove it'


def asked_for(label: str, columns: Iterable[Question]) -> tuple[Question, ...]:
    """What an organisation answers: its list, and what the figures in it come to, which nobody is asked for by itself."""
    sums = (q for q in columns if q.kind in NUMERIC and q.kind is not Kind.PERCENT)
    return (
        Question(key=ROWS, kind=Kind.TEXT, label=label),
        *(
            Question(
                key=q.key, kind=q.kind, label=q.label, group=q.group, unit=q.unit, required=False, aliases=q.aliases
            )
            for q in sums
        ),
    )


def written(items: Iterable[Item]) -> str:
    """A list as its answer."""
    return "\n".join(_BETWEEN.join(_plain(part) for part in item) for item in items) or NONE


def items_of(answer: str, columns: int) -> list[Item]:
    """The rows of an answer, each with so many columns; none for a list of nothing."""
    lines = [] if answer == NONE else answer.split("\n")
    return [(*line.split(_BETWEEN), *columns * (BLANK,))[: columns + 1] for line in lines]


def said(question: Question, value: Said | None) -> str:
    """What a column's value says in a list: a mark, a figure with its thousands, a day, the text itself."""
    if value is None:
        return BLANK
    if isinstance(value, bool):
        return YES if value else NO
    if question.kind in NUMERIC:
        return f"{Decimal(value):,f}"
    return thai_short_date(datetime.date.fromisoformat(value)) if question.kind is Kind.DATE else value


def value_of(question: Question, said_: str) -> Said | None:
    """The value that a part of a list says for its column."""
    if said_ == BLANK:
        return None
    if question.kind is Kind.TICK:
        return said_ == YES
    if question.kind is Kind.DATE:
        day, _ = read_date(said_, None)
        return day.isoformat() if day else said_
    return said_.replace(",", "") if question.kind in NUMERIC else said_


def _plain(part: str) -> str:
    return " ".join(part.replace("|", "/").split()) or BLANK
