"""The form of a free list of rows, as it is sent: for each organisation the rows it has given and some to go on with."""

from collections.abc import Iterable

from bot.office.model.circular import Circular
from bot.office.model.recorded_answer import Recorded
from parsers.findings import Place
from parsers.form.form import Form
from parsers.form.free_rows import NONE, ROWS, items_of, value_of
from parsers.form.question import FormRow, Kind, Question, key_in_row
from parsers.reading import Answer

FEWEST = 5  # rows of each organisation
FURTHER = 2  # blank ones below those that it has given
HINT = f"เพิ่มแถวได้ตามจำนวนจริง หากไม่มีให้เขียน {NONE}"

Given = Iterable[Answer | Recorded]


def laid_out(circular: Circular, answers: Given) -> tuple[Circular, Given]:
    """The circular and its answers as they are drawn; as they are where the form has no free rows."""
    form = circular.form
    if not form.listed:
        return circular, answers
    lists = {answer.organisation: str(answer.value) for answer in answers if answer.question == ROWS}
    given = {code: items_of(value, len(form.listed)) or [(NONE,)] for code, value in lists.items()}
    most = max([FEWEST, *(len(items) + FURTHER for items in given.values())])
    rows = tuple(FormRow(key=f"r{at}", label="") for at in range(most))
    columns = (Question(key=ROWS, kind=Kind.TEXT, label=form.row_label, required=False), *form.listed)
    drawn = form.of_rows(tuple(question.model_copy(update={"required": False}) for question in columns), rows)
    known = [each for code, items in given.items() for each in _answers(drawn, rows, (code, items))]
    return circular.model_copy(update={"form": drawn}), known


def _answers(drawn: Form, rows: Iterable[FormRow], given: tuple[str, Iterable[tuple[str, ...]]]) -> list[Answer]:
    """The parts of an organisation's list, each as the answer of its cell."""
    code, items = given
    found: list[Answer] = []
    for row, item in zip(rows, items, strict=False):
        for question, said in zip(drawn.column, item, strict=False):
            value = said if question.key == ROWS else value_of(question, said)
            found += [] if value is None else [Answer(code, key_in_row(question.key, row), value, Place())]
    return found
