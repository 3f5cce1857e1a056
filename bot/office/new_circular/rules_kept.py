"""What questions say of each other, as far as a circular can: the rest is left out and said. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from parsers.blank_form.proposal import Code, NewForm, NewQuestion, Unsure
from parsers.blank_form.unsure import unsure
from parsers.form.question import NUMERIC, Kind

_ADDED = NUMERIC - {Kind.COMPUTED}


def rules_kept(form: NewForm, types: frozenset[str]) -> tuple[NewForm, tuple[Unsure, ...]]:
    """The form with what a circular takes, and a doubt for each question that lost something."""
    asked, doubts = [], []
    for number, question in enumerate(form.questions, 1):
        kept = _kept(question, number, form)
        if kept != question:
            doubts.append(unsure(Code.RULE_LEFT_OUT, question.label, number))
        only = tuple(kind for kind in kept.only if kind in types)
        asked.append(replace(kept, only=() if set(only) >= types or kept.kind is Kind.COMPUTED else only))
    return replace(form, questions=tuple(asked)), tuple(doubts)


def _kept(question: NewQuestion, number: int, form: NewForm) -> NewQuestion:
    others = form.questions
    plain = bool(form.free)  # the columns of a list know no rules of each other
    requires = question.requires if question.requires != number and not plain else 0
    if requires and not (requires <= len(others) and others[requires - 1].kind is Kind.TICK):
        requires = 0
    parts = _parts(question.sum_of, others) if question.kind is Kind.COMPUTED and not plain else ()
    lost = question.kind is Kind.COMPUTED and not parts
    return replace(question, requires=requires, sum_of=parts, kind=Kind.DECIMAL if lost else question.kind)


def _parts(parts: Sequence[int], others: Sequence[NewQuestion]) -> tuple[int, ...]:
    """Those of the named questions that can be added up."""
    return tuple(part for part in parts if part <= len(others) and others[part - 1].kind in _ADDED)
