"""A blank form's sheet to what it asks, with everything that is unsure. Pure, and raises on no sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from parsers.blank_form.around_table import Around, around, for_reporters
from parsers.blank_form.header import Header, find_header
from parsers.blank_form.heading_words import NAME, PROVINCE
from parsers.blank_form.proposal import Code, NewForm, Unsure
from parsers.blank_form.questions import Asked, Sheet, joined, questions
from parsers.blank_form.rows_asked import asked_down_the_side, free_list, rows_of_each
from parsers.blank_form.unsure import unsure
from parsers.form.question import Kind
from parsers.formats.office_zip.drop_downs import Offer
from parsers.grid import Grid
from parsers.organisations.type_words import TypeWords

# In the place of a note that gives ✓ and X one meaning.
_MEANT = "ใส่เครื่องหมาย ✓ กรณีดำเนินการแล้ว และใส่เครื่องหมาย X กรณียังไม่ได้ดำเนินการ"
MOST = 200  # questions of a form; a wider sheet is a data base


@dataclass(frozen=True)
class Found:
    """A form in a sheet, and how sure it is that it is one."""

    form: NewForm
    unsure: tuple[Unsure, ...]
    sure: float
    columns: tuple[tuple[int, ...], ...] = ()  # of each question


def read_form(grid: Grid, names: TypeWords, offers: tuple[Offer, ...] = ()) -> Found | None:
    """What one sheet asks; None where it has no table."""
    header = find_header(grid, names)
    if header is None or len(header.asked) > MOST:
        return None
    outside = around(grid, header, names)
    sheet = Sheet(grid, outside.rows, outside.unit, outside.marks, offers)
    down = asked_down_the_side(header, sheet, names)
    asked = down.asked if down else questions(header, sheet, names)
    form = _form(header, outside, asked)
    doubts = [each for one in asked for each in one.unsure]
    if down:
        form, doubts = replace(form, row_label=down.label, rows=down.rows), [*down.unsure, *doubts]
    elif several := rows_of_each(header, sheet, asked) or free_list(header, sheet, asked, more=outside.more_rows):
        asked = several.asked
        form = replace(_form(header, outside, asked), row_label=several.label, rows=several.rows, free=not several.rows)
        doubts = [*several.unsure, *(each for one in asked for each in one.unsure)]
    else:
        doubts = [*_of_names(header), *doubts]
    if outside.alike:
        doubts.append(unsure(Code.MARKS_ALIKE))
    return Found(form, tuple(doubts), header.sure, tuple(one.columns for one in asked))


def _form(header: Header, outside: Around, asked: Sequence[Asked]) -> NewForm:
    name = header.of(NAME)
    ticks = any(one.question.kind is Kind.TICK for one in asked) and outside.alike
    notes = tuple(_MEANT if outside.alike and "เครื่องหมาย" in text else text for text in outside.note)
    note = for_reporters(notes)
    return NewForm(
        title=outside.title,
        organisation_label=joined(name.path[-1].text) if name else "",
        total_label=outside.total_label,
        yes=("✓", "/") if ticks else (),
        no=("X",) if ticks else (),
        questions=tuple(one.question for one in asked),
        remarks=outside.remarks,
        note=note,
        report_note=notes if notes != note else (),
    )


def _of_names(header: Header) -> Iterator[Unsure]:
    if header.of(NAME) is None:
        province = header.of(PROVINCE)
        if province:
            yield unsure(Code.NAMES_OF_PROVINCES, joined(province.path[-1].text))
        else:
            yield unsure(Code.NO_NAMES)
