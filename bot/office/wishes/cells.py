"""Which cell of a form a line of words speaks of, and the value that it gives: … ช่อง จัดทำประกาศแล้ว เป็น ✓."""

import datetime

from bot.office.model.circular import Circular
from parsers.form.question import Kind, Question, heading
from parsers.grid import Cell, CellKind
from parsers.reading import Value
from parsers.tables.likeness import SHORTENED, likeness, nearest, sections_of
from parsers.thai.text import heading_key, normalise
from parsers.values.read_value import read_value


def questions_named(circular: Circular, kind: str, said: str) -> tuple[Question, ...]:
    """The questions that ``said`` may name, of those asked of a type of organisation; one where there is no doubt.

    Words of the group tell two of the same label apart, as มาตรา 16 does.
    """
    asked = [
        q
        for q in circular.form.question
        if q.kind is not Kind.COMPUTED and circular.form.is_asked(q, kind, {}) is not False
    ]
    scores = {q.key: max(_like(said, wording) for wording in _wordings(q)) for q in asked}
    if max(scores.values(), default=0.0) < SHORTENED:
        return ()
    best = nearest(scores)
    sections = sections_of(said)
    found = tuple(q for q in asked if q.key in best)
    told = tuple(q for q in found if sections and sections <= sections_of(q.group))
    return told or found


def _wordings(question: Question) -> tuple[str, ...]:
    return (question.label, *question.aliases, heading(question))


def _like(said: str, wording: str) -> float:
    return likeness(heading_key(said), heading_key(wording))


def value_said(circular: Circular, question: Question, said: str, near: datetime.date) -> Value | None:
    """The value as a cell of the form would give it; None where it says none, or not surely."""
    read = read_value(question, Cell(1, 1, CellKind.TEXT, normalise(said)), circular.form, near)
    return read.value if read.trouble is None else None
