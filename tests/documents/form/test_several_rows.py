"""Documents of a circular that asks several rows of each organisation."""

import datetime
import io
from decimal import Decimal

import openpyxl
import pytest

from bot.documents.form.excel_form import blank_form
from bot.documents.marked_copy.findings_sheet import lines_of
from bot.documents.report.pdf import report_view
from bot.documents.report.workbook import report_workbook
from bot.office.letters.draft_and_report import sum_lines
from bot.office.model.recorded_answer import Recorded
from bot.office.model.rollup import roll_up
from parsers.findings import Code, Place
from parsers.form.form import Form
from parsers.read import read_file
from parsers.reading import Answer, Catalogue, FileRequest
from parsers.thai.text import thai_digits
from tests.documents.drawn import OFFICE, circular_named

STREAMS, ROSTER = circular_named("rows")
LABELS = [row.label for row in STREAMS.form.row]
DAY = datetime.date(2026, 2, 20)


@pytest.fixture(scope="module")
def sheet():
    return openpyxl.load_workbook(io.BytesIO(blank_form(STREAMS, ROSTER, "long"))).worksheets[0]


@pytest.fixture(scope="module")
def rollup():
    """Each organisation's n-th row: n and a quarter tons, n hundred and fifty baht."""
    when = datetime.datetime(2026, 2, 19, 9, tzinfo=datetime.UTC)
    values = [("1.25", "100", "50"), ("2.25", "200", "50"), ("3.25", "300", "50")]
    answers = [
        Recorded(o.code, f"{key}__{row.key}", value, 7, "a@x.example", when, "", Place("a.xlsx"), "long")
        for o in ROSTER.organisations
        for row, said in zip(STREAMS.form.row, values, strict=True)
        for key, value in zip(("tons", "own", "grant"), said, strict=True)
    ]
    return roll_up(STREAMS, ROSTER, answers, (), DAY)


def first_row(sheet) -> int:
    return next(row for row in range(1, 30) if sheet.cell(row, 1).value == 1)


def test_name_and_number_stand_beside_all_rows_of_an_organisation(sheet):
    first = first_row(sheet)
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {f"A{first}:A{first + 2}", f"B{first}:B{first + 2}", f"A{first + 3}:A{first + 5}"} <= merged
    assert [sheet.cell(first + at, 3).value for at in range(6)] == LABELS * 2


def test_only_answers_are_unlocked(sheet):
    first = first_row(sheet)
    last = first + 3 * len(ROSTER.by_key["long"].organisations) - 1
    unlocked = {c.coordinate for row in sheet.iter_rows(1, last + 4) for c in row if not c.protection.locked}
    assert unlocked == {f"{column}{row}" for column in "DEFH" for row in range(first, last + 1)}
    assert {str(rule.sqref) for rule in sheet.data_validations.dataValidation} >= {f"H{first}:H{last}"}
    assert sheet.cell(first, 7).value == f'=IF(COUNT(E{first},F{first})=0,"",SUM(E{first},F{first}))'


def test_totals_of_each_label_and_in_all(sheet):
    last = first_row(sheet) + 3 * len(ROSTER.by_key["long"].organisations) - 1
    area = f"{first_row(sheet)}:D{last}"
    assert [sheet.cell(last + at, 3).value for at in range(1, 5)] == [*LABELS, "รวม"]
    assert sheet.cell(last + 2, 4).value == (f"=SUMPRODUCT(--($C${first_row(sheet)}:$C${last}=$C{last + 2}),D{area})")
    assert sheet.cell(last + 4, 4).value == f"=SUM(D{area})"
    assert f"A{last + 1}:B{last + 4}" in {str(each) for each in sheet.merged_cells.ranges}


def test_no_page_begins_within_a_block(sheet):
    first = first_row(sheet)
    breaks = [each.id for each in sheet.row_breaks.brk]
    assert breaks
    assert all((row + 1 - first) % 3 == 0 for row in breaks)


def test_the_report_has_the_same_rows_and_their_totals(rollup):
    workbook = openpyxl.load_workbook(io.BytesIO(report_workbook(STREAMS, rollup, OFFICE, ROSTER)))
    rows = list(workbook.worksheets[0].iter_rows(values_only=True))
    total = next(at for at, row in enumerate(rows) if row[0] == "รวมทั้งจังหวัด")
    count = len(ROSTER.organisations)
    assert [row[2] for row in rows[total : total + 4]] == [*LABELS, "รวม"]
    assert [row[3] for row in rows[total : total + 4]] == [count * tons for tons in (1.25, 2.25, 3.25, 6.75)]
    assert rows[total + 3][6] == count * (150 + 250 + 350)
    districts = list(workbook["สรุปรายอำเภอ"].iter_rows(values_only=True))
    whole = next(at for at, row in enumerate(districts) if row[0] == "รวมทั้งจังหวัด")
    assert [row[2:4] for row in districts[whole : whole + 3]] == [
        (label, count * tons) for label, tons in zip(LABELS, (1.25, 2.25, 3.25), strict=True)
    ]


def test_paper_shows_what_the_workbook_shows(rollup):
    view = report_view(STREAMS, rollup, OFFICE, ROSTER)
    assert [row["label"] for row in view["lines"][0]["rows"]] == LABELS
    assert [row["label"] for row in view["totals"]] == [*LABELS, "รวม"]
    assert view["totals"][3]["cells"][0]["text"] == thai_digits(f"{len(ROSTER.organisations) * 6.75:,.2f}")


def test_the_letter_says_what_all_rows_come_to(rollup):
    lines = dict(sum_lines(STREAMS, rollup))
    tons = f"{Decimal('6.75') * len(ROSTER.organisations):,} ตัน/วัน"
    assert lines["ปริมาณ (ตัน/วัน) รวมทุกประเภทขยะ"] == tons
    assert len(lines) == 4


def test_a_missing_row_is_one_line_of_what_to_mend():
    workbook = openpyxl.load_workbook(io.BytesIO(blank_form(STREAMS, ROSTER, "nong-muang-khai")))
    sheet = workbook.worksheets[0]
    first = first_row(sheet)
    for row in range(first, first + 18):
        for column, value in ((4, 1), (5, 2), (6, 3), (8, "ฝังกลบ")):
            sheet.cell(row, column).value = value if row > first else None
    sheet.cell(first, 3).value = None
    out = io.BytesIO()
    workbook.save(out)
    catalogue = Catalogue({STREAMS.slug: STREAMS.form}, ROSTER.organisations, ROSTER.reporters)
    found = read_file("a.xlsx", out.getvalue(), FileRequest(catalogue)).findings
    (line,) = lines_of(found, {code: each.short_name for code, each in ROSTER.by_code.items()})
    name = ROSTER.by_code[ROSTER.by_key["nong-muang-khai"].organisations[0]].official_name
    assert line.message == f"{name} ยังไม่พบแถว “{LABELS[0]}” กรุณาเพิ่มแถวตามแบบและกรอกให้ครบ"
    assert line.cells == (f"B{first}",)


def test_ticks_of_several_rows_have_no_total_together():
    """Each row's rules hold within it; what is written comes back."""
    form = Form.model_validate(
        {
            "title": "แบบรายงาน",
            "row_label": "ด้าน",
            "row": [{"key": "a", "label": "ด้านที่ 1"}, {"key": "b", "label": "ด้านที่ 2"}],
            "question": [
                {"key": "made", "kind": "tick", "label": "จัดทำแผนแล้ว"},
                {"key": "posted", "kind": "tick", "label": "เผยแพร่แล้ว", "requires": "made"},
            ],
        }
    )
    circular = STREAMS.model_copy(update={"form": form})
    said = {"made__a": False, "posted__a": True, "made__b": True, "posted__b": False}
    known = [
        Answer(code, key, value, Place()) for code in ROSTER.by_key["long"].organisations for key, value in said.items()
    ]
    raw = blank_form(circular, ROSTER, "long", known)
    catalogue = Catalogue({circular.slug: form}, ROSTER.organisations, ROSTER.reporters)
    reading = read_file("a.xlsx", raw, FileRequest(catalogue))
    assert [(a.organisation, a.question, a.value) for a in reading.answers] == [
        (a.organisation, a.question, a.value) for a in known if a.question.endswith("__b")
    ]  # of a contradiction neither is an answer
    assert {(f.code, f.question) for f in reading.findings} == {(Code.ANSWER_INCONSISTENT, "posted__a")}
    labels = [row[2] for row in openpyxl.load_workbook(io.BytesIO(raw)).worksheets[0].iter_rows(values_only=True)]
    assert "รวม" not in labels
