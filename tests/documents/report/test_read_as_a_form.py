"""A report comes to a department's desk as a form: read, it says what the province's books held, and nothing else."""

import dataclasses

import pytest

from bot.documents.report.workbook import report_workbook
from bot.office.model.bureau import Bureau
from bot.office.model.calendar import Calendar
from bot.office.model.rollup import roll_up
from parsers.findings import Code
from parsers.read import read_file
from parsers.reading import FileRequest, Reporter
from tests.documents.drawn import OFFICE, circular_named, recorded


@pytest.mark.parametrize("name", ["ticks", "figures", "rows"])
@pytest.mark.parametrize("some", [1, 3], ids=["all", "two of three"])
def test_a_report_is_read_as_what_it_was_made_of(name, some):
    circular, roster = circular_named(name)
    said = [each for at, each in enumerate(recorded(circular, roster)) if some == 1 or at % some]
    rollup = roll_up(circular, roster, said, (), circular.deadlines.reporters.date())
    made = report_workbook(circular, rollup, OFFICE, roster)
    province = Reporter("phrae", "จังหวัดแพร่", tuple(each.code for each in roster.organisations), ("a@phrae.example",))
    known = Bureau(OFFICE, roster, {circular.slug: circular}, Calendar()).catalogue()
    known = dataclasses.replace(known, reporters=(*known.reporters, province))
    reading = read_file("report.xlsx", made, FileRequest(known, circular.slug, "phrae"))
    clash = {
        each.organisation for each in reading.findings if each.code is Code.ANSWER_INCONSISTENT
    }  # as drawn by chance
    wanted = {(each.organisation, each.question): each.value for each in said if each.organisation not in clash}
    found = {(each.organisation, each.question): each.value for each in reading.standing()}
    assert {about: value for about, value in found.items() if about[0] not in clash} == wanted
    assert {each.code for each in reading.findings} <= {
        Code.ANSWER_MISSING,
        Code.ANSWER_INCONSISTENT,
        Code.ANSWER_GUESSED,
    }
    assert {each.value for each in reading.findings if each.code is Code.ANSWER_GUESSED} <= {"0.25"}  # of a percentage
    assert len(wanted) > len(said) / 2
