"""Which cells of a form are still to be filled in: as a formula while it is filled in, and as it is sent.

A question that hangs on another one is open only where the answer there asks it.
"""

from collections.abc import Callable, Mapping

from openpyxl.utils import get_column_letter

from bot.documents.form.running_sums import yes_words
from bot.documents.report.columns_and_headings import first_column
from parsers.form.form import Form
from parsers.form.question import Kind, Question
from parsers.reading import Value

Cells = Callable[[str], str]  # the letter of a column to a cell or an area of it


def open_formula(form: Form, question: Question, cells: Cells) -> str:
    """A number for each of the question's cells: 1 or true where it is still to be filled in."""
    blank = f"LEN(TRIM({cells(_letter(form, question))}))=0"
    conditions = _conditions(form, question, cells)
    return "*".join([f"({blank})", *conditions]) if conditions else blank


def still_open(form: Form, kind: str, values: Mapping[str, Value]) -> int:
    """How many questions an organisation of this type with these ``values`` still has to answer, blank ticks that mean no left out."""
    asked = [q for q in form.asked_of(kind, values) if q.key not in values]
    return sum(question.kind is not Kind.TICK or form.blank != "no" for question in asked)


def _conditions(form: Form, question: Question, cells: Cells) -> list[str]:
    """A number for each row and each question on which this one hangs, nearest last."""
    condition = question.asked_if
    if condition is None:
        return []
    needed = form.column_of(condition.question)
    cell = cells(_letter(form, needed))
    if condition.said == (False,):
        # However a no is written: what is there and is no yes.
        here = f"(LEN(TRIM({cell}))>0)*(({_any_of(cell, yes_words(form))})=0)"
    else:
        said = [word for word in condition.said if isinstance(word, str)] or yes_words(form)
        here = f"(({_any_of(cell, said)})>0)"
    return [*_conditions(form, needed, cells), here]


def _any_of(cell: str, words: list[str]) -> str:
    return "+".join('({}&""="{}")'.format(cell, word.replace('"', '""')) for word in words)


def _letter(form: Form, question: Question) -> str:
    return get_column_letter(first_column(form) + form.column.index(question))
