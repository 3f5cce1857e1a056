"""Two organisations of one name in a province are printed with their districts, everywhere; the form with them comes back."""

import ast
import dataclasses
import io

import openpyxl
import pytest

from bot.documents.form.excel_form import blank_form
from bot.documents.form.word_form import blank_form_docx
from bot.documents.report.pdf import report_view
from bot.documents.report.workbook import report_workbook
from parsers.read import read_file
from parsers.reading import Catalogue, FileRequest, Outcome, told_apart
from tests import house
from tests.documents.drawn import OFFICE, ROOT, circular_named, rollup_of

NAME = "องค์การบริหารส่วนตำบลห้วยไร่"
HERE, THERE = f"{NAME} อำเภอเด่นชัย", f"{NAME} อำเภอสอง"


@pytest.fixture(scope="module")
def roster():
    """The shipped one, in which อบต.แดนชุมพล of สอง has the name of อบต.ห้วยไร่ of เด่นชัย."""
    shipped = circular_named("ticks")[1]
    renamed = (
        dataclasses.replace(o, official_name=NAME, short_name="อบต.ห้วยไร่") if o.short_name == "อบต.แดนชุมพล" else o
        for o in shipped.organisations
    )
    return dataclasses.replace(shipped, organisations=told_apart(renamed, "อำเภอ"))


def texts(book):
    return [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]


def test_only_namesakes_bear_their_district(roster):
    printed = {o.printed_name for o in roster.organisations} - {o.official_name for o in roster.organisations}
    assert printed == {HERE, THERE}
    assert {o.printed_short for o in roster.organisations if o.place} == {
        "อบต.ห้วยไร่ อำเภอเด่นชัย",
        "อบต.ห้วยไร่ อำเภอสอง",
    }


def test_a_form_with_the_district_in_a_name_comes_back(roster):
    circular, _ = circular_named("ticks")
    book = openpyxl.load_workbook(io.BytesIO(blank_form(circular, roster, "den-chai")))
    sheet = book.worksheets[0]
    row = next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).value == HERE)
    for column in range(3, 7):
        sheet.cell(row, column, "✓")
    out = io.BytesIO()
    book.save(out)
    catalogue = Catalogue({"w5827": circular.form}, roster.organisations, roster.reporters)
    reading = read_file("แบบ.xlsx", out.getvalue(), FileRequest(catalogue, "w5827", "den-chai"))
    (code,) = {answer.organisation for answer in reading.standing()}
    assert roster.by_code[code].printed_name == HERE
    assert reading.outcome is Outcome.PARTLY
    assert HERE.encode() not in blank_form_docx(circular, roster, "long")


def test_the_report_and_its_pdf_print_the_district(roster):
    circular, _ = circular_named("ticks")
    rollup = rollup_of(circular, roster)
    said = texts(openpyxl.load_workbook(io.BytesIO(report_workbook(circular, rollup, OFFICE, roster))))
    assert {HERE, THERE} <= set(said)
    assert NAME not in said
    names = str(report_view(circular, rollup, OFFICE, roster))
    assert HERE in names
    assert THERE in names


def test_a_finding_prints_the_district(roster):
    circular, _ = circular_named("ticks")
    catalogue = Catalogue({"w5827": circular.form}, roster.organisations, roster.reporters)
    text = "อปท.,จัดทำประกาศแล้ว,ลงข้อมูลในระบบ info.go.th,จัดทำคำสั่งแล้ว\nอบต.ห้วยไร่,✓,✓,?\nทต.เด่นชัย,✓,X,✓\n"
    reading = read_file("a.csv", text.encode(), FileRequest(catalogue, "w5827", "den-chai"))
    assert any(HERE in each.message for each in reading.findings)


def test_who_prints_names_prints_those_that_tell_apart():
    """The official name alone is for comparing."""
    known = {
        "bot.documents.report.pdf",  # names not to be torn
        "bot.documents.report.summary",  # with the district anyway
        "bot.documents.roster.roster_workbook",  # the names themselves, each with its district
        "parsers.answers.asked_files",  # compares the names of files
    }
    taken = set()
    for module, file in {**house.modules(ROOT, "bot"), **house.modules(ROOT, "parsers")}.items():
        if module.startswith(
            ("bot.documents", "bot.office.letters", "bot.office.model.asked_files", "parsers.answers")
        ):
            names = {n.attr for n in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(n, ast.Attribute)}
            taken |= {module} if names & {"official_name", "short_name"} else set()
    assert taken == known
