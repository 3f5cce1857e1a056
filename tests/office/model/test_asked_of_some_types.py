"""What is owed, counted and printed where a question is asked of some types of organisations only."""

import datetime
import io

import openpyxl
import pytest

from bot.documents.form.excel_form import blank_form
from bot.documents.form.word_form import blank_form_docx
from bot.documents.report.pdf import report_view
from bot.documents.report.workbook import report_workbook
from bot.office.letters.draft_and_report import total_lines
from bot.office.model.owed import owed_by
from bot.office.model.rollup import roll_up
from parsers.findings import Place
from parsers.read import read_file
from parsers.reading import Answer, Catalogue, FileRequest
from tests.documents.drawn import OFFICE, circular_named, recorded

EVERY, ROSTER = circular_named("every")
FEW = [q.key for q in EVERY.form.question if q.only]  # households of อบต. and ทต., transfer of อบจ. and ทม.
PAO, TOWN, FIRST, *_ = ROSTER.organisations
CATALOGUE = Catalogue({EVERY.slug: EVERY.form}, ROSTER.organisations, ROSTER.reporters, EVERY.dated)
GIVEN = {
    "order_made": True, "order_number": "12/2569", "order_posted": True, "tons": "2.5", "sorted": "0.5", "households": "345",
    "fees": "1200.50", "coverage": "80", "method": "ฝังกลบ", "tools": "รถอัดท้าย; เครื่องบดย่อย", "plan": "จัดทำแล้วเสร็จ",
    "checked": "2026-05-20", "transfer": False,
}  # fmt: skip


def table(*, owing=0):
    return roll_up(EVERY, ROSTER, recorded(EVERY, ROSTER, owing=owing), (), datetime.date(2026, 6, 20))


def test_only_who_is_asked_owes_it():
    owed = owed_by(EVERY, ROSTER, (), [PAO.code, FIRST.code])
    assert ["transfer" in owed[PAO.code], "households" in owed[PAO.code]] == [True, False]
    assert ["transfer" in owed[FIRST.code], "households" in owed[FIRST.code]] == [False, True]


def test_totals_count_those_who_are_asked():
    rolled = table()
    assert rolled.unreported == ()
    assert [(rolled.totals[key].reported, rolled.totals[key].asked) for key in FEW] == [(82, 82), (2, 2)]
    lines = dict(total_lines(EVERY, rolled))
    assert lines["มีสถานีขนถ่าย (เฉพาะ อบจ. ทม. รายงานแล้ว 2 จาก 2 แห่ง)"].endswith(" แห่ง")
    assert "ค่าธรรมเนียมที่เก็บได้ (บาท)" in lines


def test_what_was_recorded_of_those_who_are_not_asked_does_not_count():
    (one,) = [
        each for each in recorded(EVERY, ROSTER) if (each.organisation, each.question) == (FIRST.code, "households")
    ]
    stray = one.__class__(**{**one.__dict__, "organisation": PAO.code})
    rolled = roll_up(EVERY, ROSTER, [stray], (), datetime.date(2026, 6, 20))
    assert (rolled.lines[0].values["households"], rolled.totals["households"].value) == (None, 0)


def test_the_report_says_where_nothing_is_asked():
    cells = report_view(EVERY, table(owing=1), OFFICE, ROSTER)["lines"]
    keys = [question.key for question in EVERY.form.column]
    shown = [dict(zip(keys, (c["text"] for c in line["rows"][0]["cells"]), strict=True)) for line in cells[:3]]
    assert [[each[key] for key in FEW] for each in shown] == [
        ["ไม่ต้องตอบ", "ยังไม่รายงาน"], ["ไม่ต้องตอบ", "ยังไม่รายงาน"], ["ยังไม่รายงาน", "ไม่ต้องตอบ"],
    ]  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(report_workbook(EVERY, table(), OFFICE)))
    marks = [row[2 + keys.index("transfer")] for row in book["สรุปรายอำเภอ"].iter_rows(min_row=3, values_only=True)]
    assert marks[-1] == "2 แห่ง (100.00%)"


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
@pytest.mark.parametrize("reporter", ["long", "pao"])
def test_the_form_is_grey_there_and_reads_back(reporter, kind):
    whose = [ROSTER.by_code[code] for code in ROSTER.by_key[reporter].organisations]
    asked = [(each.code, key) for each in whose for key in GIVEN if EVERY.form.find(key).is_for(each.type)]
    known = [Answer(code, key, GIVEN[key], Place()) for code, key in asked]
    raw = (blank_form if kind == "xlsx" else blank_form_docx)(EVERY, ROSTER, reporter, known)
    reading = read_file(f"a.{kind}", raw, FileRequest(CATALOGUE))
    assert [f.message for f in reading.findings] == []
    assert {(a.organisation, a.question, a.value) for a in reading.answers} == {
        (a.organisation, a.question, a.value) for a in known
    }
    if kind == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(blank_form(EVERY, ROSTER, reporter)))["แบบรายงานขยะ"]
        first = next(row for row in range(1, 30) if sheet.cell(row, 1).value == 1)
        key = FEW[reporter == "long"]
        cell = sheet.cell(first, 3 + [q.key for q in EVERY.form.column].index(key))
        assert (cell.value, cell.protection.locked, cell.fill.fgColor.rgb) == ("ไม่ต้องตอบ", True, "FFE4E4E4")
