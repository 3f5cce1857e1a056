"""Whether replies on the department's own form would be read: its headings, looked for again by the reading of replies."""

from collections.abc import Iterator

from pydantic import ValidationError

from parsers.blank_form.as_form import form_table, key_of
from parsers.blank_form.proposal import Code, Unsure
from parsers.blank_form.questions import named
from parsers.blank_form.read_form import Found
from parsers.blank_form.unsure import unsure
from parsers.form.form import Form
from parsers.grid import Grid
from parsers.tables.find import find_tables


def unlike_read(grid: Grid, found: Found) -> Iterator[Unsure]:
    """A doubt for each question that is not found again in its column. Lists and rows go by other ways."""
    if found.form.rows or found.form.free or not found.form.organisation_label:
        return
    try:
        form = Form.model_validate(form_table(found.form))
    except ValidationError:
        return  # what is wrong with it is told when the circular is made of it
    tables = find_tables(grid, form)
    columns = tables[0].columns if tables else {}
    for number, (question, at) in enumerate(zip(found.form.questions, found.columns, strict=True), 1):
        if not set(columns.get(key_of(number), ())) & set(at):
            yield unsure(Code.UNLIKE_READ, named(question), number)
