"""What is wrong in what a form's questions say of each other, and what to write instead."""

import datetime
from collections.abc import Iterator, Mapping, Sequence

from parsers.form.question import NUMERIC, FormRow, Kind, Question, Remark
from parsers.form.question_rules import Said

_MAY_DECIDE = (Kind.TICK, Kind.CHOICE, Kind.CHOICES, Kind.PROGRESS)  # whether another question is asked


def mistakes(questions: Sequence[Question], rows: Sequence[FormRow], remarks: Sequence[Remark]) -> Iterator[str]:
    """Each mistake as a sentence."""
    keys = [question.key for question in questions] + [remark.key for remark in remarks]
    for key in keys:
        if keys.count(key) > 1:
            yield f'key "{key}" stands twice; give each question and remark a key of its own'
    labels = [row.label for row in rows]
    for label in labels:
        if labels.count(label) > 1:
            yield f'[[form.row]]: label "{label}" stands twice; give each row a label of its own'
    known = {question.key: question for question in questions}
    for question in questions:
        yield from _of_question(question, known)


def _of_question(question: Question, known: Mapping[str, Question]) -> Iterator[str]:
    kinds = {key: each.kind for key, each in known.items()}
    if question.requires and kinds.get(question.requires) is not Kind.TICK:
        yield f'requires = "{question.requires}" in "{question.key}" must name a tick question'
    for part in question.parts:
        if kinds.get(part) not in NUMERIC - {Kind.COMPUTED}:
            name = "sum_of" if question.sum_of else "percent_of"
            yield f'{name} of "{question.key}" names "{part}", which is no numeric question'
    for name, other in (("at_most", question.at_most), ("at_least", question.at_least)):
        if other and (other == question.key or not _comparable(question.kind, kinds.get(other))):
            yield f'{name} = "{other}" in "{question.key}" must name another question of figures, or of a day beside a day'
    days = question.not_before, question.not_after
    if all(isinstance(day, datetime.date) for day in days) and str(days[0]) > str(days[1]):
        yield f'not_before of "{question.key}" is after not_after; exchange them'
    if question.asked_if:
        yield from _of_condition(question, known)


def _comparable(kind: Kind, other: Kind | None) -> bool:
    return other is not None and (kind is other is Kind.DATE or {kind, other} <= NUMERIC)


def _of_condition(question: Question, known: Mapping[str, Question]) -> Iterator[str]:
    condition = question.asked_if
    decides = known.get(condition.question) if condition else None
    here = f'asked_if of "{question.key}"'
    if condition is None:
        return
    if decides is None or decides.kind not in _MAY_DECIDE:
        yield f'{here} names "{condition.question}", which is no question of kind {", ".join(_MAY_DECIDE)}'
        return
    words = (True, False) if decides.kind is Kind.TICK else decides.offered
    for said in condition.said:
        if said not in words:
            choices = " or ".join(f'"{word}"' if isinstance(word, str) else str(word).lower() for word in words)
            yield f'{here}: is = {_written(said)} is no answer to "{decides.key}"; write {choices}'
    if decides.only and not (question.only and set(question.only) <= set(decides.only)):
        yield f'{here} names "{decides.key}", which has only = {list(decides.only)}; give "{question.key}" the same only'
    seen = {question.key}
    while decides is not None and decides.asked_if:
        if decides.key in seen:
            yield f"{here} leads in a circle; one of the questions must be asked in any case"
            return
        seen.add(decides.key)
        decides = known.get(decides.asked_if.question)
    if decides is not None and decides.key in seen:
        yield f"{here} names the question itself; name another one"


def _written(said: Said) -> str:
    return f'"{said}"' if isinstance(said, str) else str(said).lower()
