"""The form of a free list of rows, and the report of what came back."""

import datetime
import io

import openpyxl
import pytest

from bot.documents.form.excel_form import blank_form
from bot.documents.form.word_form import blank_form_docx
from bot.documents.report.pdf import report_pdf
from bot.documents.report.workbook import report_workbook
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.recorded_answer import Recorded
from bot.office.model.rollup import roll_up
from parsers.formats.pdf import pdf
from parsers.read import read_file
from parsers.reading import FileRequest
from tests.documents.conftest import NOW
from tests.parsers.answers.test_lists import CATALOGUE, HEAD, LISTS, PROJECTS, ROSTER, ROWS, answers, read

FILES = {
    "form.xlsx": lambda given: blank_form(PROJECTS, ROSTER, "wang-chin", given),
    "form.docx": lambda given: blank_form_docx(PROJECTS, ROSTER, "wang-chin", given),
}


def again(name, given):
    return read_file(name, FILES[name](given), FileRequest(CATALOGUE))


@pytest.mark.parametrize("name", FILES)
def test_a_form_sent_with_what_was_given_reads_as_the_same(name):
    reading = again(name, read(ROWS).standing())
    assert answers(reading) == LISTS
    assert answers(reading, "trees") == {"ทต.วังชิ้น": "1250", "อบต.นาพูน": "0", "อบต.สรอย": "12"}


@pytest.mark.parametrize("name", FILES)
def test_a_blank_form_asks_every_organisation_once(name):
    reading = again(name, ())
    assert {str(f.code) for f in reading.findings} == {"answer-missing"}
    assert len(reading.findings) == len(ROSTER.by_key["wang-chin"].organisations)


def test_rows_may_be_added_to_the_form():
    sheet = openpyxl.load_workbook(io.BytesIO(FILES["form.xlsx"](()))).active
    assert not sheet.protection.insertRows
    assert "หากไม่มีให้เขียน ไม่มี" in str([row[0].value for row in sheet.iter_rows(max_row=6)])


def test_a_long_list_gets_as_many_rows():
    rows = [
        [1 if at == 0 else None, "ทต.วังชิ้น" if at == 0 else None, f"โครงการที่ {at}", 1, 1, "✓", None] for at in range(30)
    ]
    given = read(rows, HEAD).standing()
    assert answers(again("form.xlsx", given)) == answers(read(rows))


@pytest.fixture
def rollup():
    given = [
        Recorded(
            a.organisation,
            a.question,
            a.value,
            7,
            "c@amphoe.example",
            NOW.astimezone(BANGKOK),
            "ส่งแบบ",
            a.place,
            "wang-chin",
        )
        for a in read(ROWS).standing()
    ]
    return roll_up(PROJECTS, ROSTER, given, (), datetime.date(2026, 3, 20))


def test_the_report_lists_every_row_and_sums_its_figures(rollup, office):
    book = openpyxl.load_workbook(io.BytesIO(report_workbook(PROJECTS, rollup, office, ROSTER)))
    rows = [[cell.value for cell in row] for row in book["รายการรายแห่ง"].iter_rows()]
    mine = [row[3:] for row in rows if row[1] == "เทศบาลตำบลวังชิ้น"]
    assert mine == [["ปลูกป่าริมน้ำ", 200, 15_000, "✓", "29/3/2569"], ["ถนนร่มรื่น", 1_050, 8_500.5, "X", None]]
    assert [row[3] for row in rows if row[1] == "องค์การบริหารส่วนตำบลนาพูน"] == ["ไม่มี"]
    assert [row[3] for row in rows if row[1] == "เทศบาลตำบลสอง"] == ["ยังไม่รายงาน"]
    assert rows[-1][1:6] == ["รวม", None, None, 1_262, 23_500.5]
    official = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert any(row[2:5] == [LISTS["ทต.วังชิ้น"], 1_250, 23_500.5] for row in official)


def test_the_printed_report_has_the_lists(rollup, office):
    grids = pdf.read(report_pdf(PROJECTS, rollup, office, ROSTER)).grids
    assert any("ปลูกป่าริมน้ำ" in cell.text for grid in grids for cell in grid.cells.values())
