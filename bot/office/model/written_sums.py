"""Sums as people wrote them that their parts do not come to, as the books hold them: which still speak of what holds.

They stand among the recorded answers under keys that no question has. The value is both figures, so a reason holds as long
as both stay. A total of several rows is its reporter's, whose key stands in the place of an organisation's code.
"""

import datetime
from collections.abc import Iterable, Mapping

from bot.office.model.recorded_answer import Recorded
from parsers.form.form import SUM, Form
from parsers.form.question import Question
from parsers.reading import Answer, Reading, Value

_IS_NOT = "≠"
_Moment = tuple[datetime.datetime, int]  # when a mail was received, and its row


def sums_said(reading: Reading) -> tuple[Answer, ...]:
    """The sums of a reading that do not fit, one for each organisation (or the reporter) and column: several totals together."""
    found: dict[tuple[str, str], Answer] = {}
    barred = {each.organisation for each in reading.answers} - {each.organisation for each in reading.standing()}
    for each in reading.misfits:
        whose = each.organisation or reading.reporter or ""
        if not whose or whose in barred:
            continue
        about = whose, f"{SUM}{each.column}"
        value, before = f"{each.written}{_IS_NOT}{each.counted}", found.get(about)
        said = f"{before.value} {value}" if before else value
        found[about] = Answer(*about, said, before.place if before else each.place, note=each.note)
    return tuple(found.values())


def written_and_counted(value: Value) -> tuple[str, str]:
    """What was written, and what its parts come to; of several totals one after the other."""
    pairs = [pair.partition(_IS_NOT) for pair in str(value).split()]
    return ", ".join(written for written, _, _ in pairs), ", ".join(counted for _, _, counted in pairs)


def _column_of(form: Form, key: str) -> Question | None:
    """The question or column that a key of the books is about; None where the form has it no more."""
    asked = key.removeprefix(SUM)
    return next((each for each in (*form.question, *form.column) if each.key == asked), None)


def still_said(form: Form, answers: Iterable[Recorded]) -> list[tuple[Recorded, Question]]:
    """The sums that no later mail has made void: one speaks of the figures of its own mail."""
    every = list(answers)
    sums = [each for each in every if each.question.startswith(SUM)]
    newest = _newest(form, every) if sums else {}
    found = []
    for each in sums:
        column = _column_of(form, each.question)
        if column is None:
            continue
        keys = ((each.organisation, key) for key in (column.key, *column.parts))
        moments = [newest[key] for key in keys if key in newest]
        if moments and max(moments) == (each.received, each.message):
            found.append((each, column))
    return found


def _newest(form: Form, answers: Iterable[Recorded]) -> Mapping[tuple[str, str], _Moment]:
    """When each column was last answered, by organisation and by reporter."""
    columns = {question.key: form.column[at % len(form.column)].key for at, question in enumerate(form.question)}
    newest: dict[tuple[str, str], _Moment] = {}
    for each in answers:
        moment = each.received, each.message
        for key in {each.question, columns.get(each.question, each.question)}:
            for whose in {each.organisation, each.reporter}:
                newest[whose, key] = max(moment, newest.get((whose, key), moment))
    return newest
