"""The consolidated report, read back as the department would open it."""

import dataclasses
import io
from collections import Counter

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from bot.documents.report.workbook import report_name, report_workbook
from bot.documents.typography.worksheet import line_count, line_height, sheet_title
from bot.office.model.recorded_answer import RecordedRemark
from parsers.findings import Place
from tests.documents.conftest import circular_of


def opened(content):
    """The workbook as a person sees it, without the sheet that no menu shows."""
    workbook = load_workbook(io.BytesIO(content))
    for sheet in [each for each in workbook if each.sheet_state == "veryHidden"]:
        workbook.remove(sheet)
    return workbook


def grid(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def row_starting(sheet, text):
    return next(row for row in grid(sheet) if row[0] == text)


def some(organisation, key):
    """The last organisation reports nothing, the first says no once."""
    if organisation.district == "สอง":
        return None
    return not (organisation.code == "5540101" and key == "a_made")


@pytest.fixture
def remark(ticks):
    when = ticks.deadlines.reporters
    return RecordedRemark("obstacles", "=1+1 อินเทอร์เน็ตช้า", "long", 7, when, Place())


def test_fills_the_official_form_for_all_organisations(ticks, office, roster, rolled):
    sheet = opened(report_workbook(ticks, rolled(ticks, some), office, roster)).worksheets[0]
    rows = [row for row in grid(sheet) if isinstance(row[0], int)]
    assert [row[:2] for row in rows] == [[n, o.official_name] for n, o in enumerate(roster.organisations, 1)]
    assert rows[0][2:] == ["X", "✓", "✓", "✓"]
    assert rows[1][2:] == ["✓"] * 4


def test_not_reported_is_said_and_never_shown_as_no(ticks, office, roster, rolled):
    workbook = opened(report_workbook(ticks, rolled(ticks, some), office, roster))
    rows = [row for row in grid(workbook.worksheets[0]) if isinstance(row[0], int)]
    assert rows[3][2:] == ["ยังไม่รายงาน"] * 4
    owed = [row for row in grid(workbook["ยังไม่รายงาน"]) if isinstance(row[0], int)]
    assert owed == [[1, "เทศบาลตำบลสอง", "สอง", "ทุกช่อง"]]


def test_totals_are_values_counted_from_the_rows(ticks, office, roster, rolled):
    sheet = opened(report_workbook(ticks, rolled(ticks, some), office, roster)).worksheets[0]
    rows = [row for row in grid(sheet) if isinstance(row[0], int)]
    counted = [Counter(row[column] for row in rows)["✓"] for column in range(2, 6)]
    assert row_starting(sheet, "รวมดำเนินการแล้ว")[2:] == [f"{number} แห่ง" for number in counted] == [
        "2 แห่ง", "3 แห่ง", "3 แห่ง", "3 แห่ง"]  # fmt: skip


def test_figures_stand_as_numbers_with_their_sums(figures, office, roster, rolled):
    values = {
        "has_plan": True, "homes": "1200", "shops": "3", "both": "1203", "waste": "1.25", "budget": "0.10",
        "share": "74.42", "place": None, "way": "ฝังกลบ", "since": "2024-11-29",
    }  # fmt: skip
    rollup = rolled(figures, lambda _, key: values[key])
    sheet = opened(report_workbook(figures, rollup, office, roster)).worksheets[0]
    rows = [row for row in grid(sheet) if isinstance(row[0], int)]
    assert rows[0][2:] == ["✓", 1200, 3, 1203, 1.25, 0.1, 74.42, None, "ฝังกลบ", "29/11/2567"]
    assert row_starting(sheet, "รวมดำเนินการแล้ว")[2:] == [
        "4 แห่ง", 4800, 12, 4812, 5, 0.4, None, None, None, None]  # fmt: skip


def test_several_rows_of_an_organisation_have_their_totals_and_one_of_all_together(office, roster, rolled):
    questions = [
        {"key": "done", "kind": "tick", "label": "คัดแยกแล้ว"},
        {"key": "tons", "kind": "decimal", "label": "ปริมาณ", "unit": "ตัน"},
        {"key": "way", "kind": "text", "label": "วิธีกำจัด"},
    ]
    rows = [{"key": "wet", "label": "ขยะอินทรีย์"}, {"key": "dry", "label": "ขยะทั่วไป"}]
    waste = circular_of("waste", questions, row=rows, row_label="ประเภทขยะ")
    said = {"done__wet": True, "done__dry": True, "tons__wet": "1.5", "tons__dry": "2.25"}
    rollup = rolled(waste, lambda _, key: said.get(key, "ฝังกลบ"))
    sheet = opened(report_workbook(waste, rollup, office, roster)).worksheets[0]
    lines = grid(sheet)
    first = lines.index(row_starting(sheet, "รวมดำเนินการแล้ว"))
    assert [row[2:6] for row in lines[first : first + 3]] == [
        ["ขยะอินทรีย์", "4 แห่ง", 6, None],
        ["ขยะทั่วไป", "4 แห่ง", 9, None],
        ["รวม", None, 15, None],
    ]


def test_each_district_has_a_sheet_with_its_subtotals(ticks, office, roster, rolled):
    workbook = opened(report_workbook(ticks, rolled(ticks, some), office, roster))
    assert workbook.sheetnames == [
        "แบบรายงาน",
        "สรุปรายอำเภอ",
        "อำเภอลอง",
        "อำเภอสอง",
        "ยังไม่รายงาน",
        "ข้อมูลรายแห่ง",
        "ที่มาของข้อมูล",
    ]
    assert row_starting(workbook["อำเภอลอง"], "รวมอำเภอลอง (3 แห่ง)")[2] == "2 แห่ง"
    assert row_starting(workbook["อำเภอสอง"], "รวมอำเภอสอง (1 แห่ง)")[2] == "0 แห่ง"


def test_districts_stand_side_by_side_with_their_shares(ticks, office, roster, rolled):
    sheet = opened(report_workbook(ticks, rolled(ticks, some), office, roster))["สรุปรายอำเภอ"]
    assert row_starting(sheet, "ลอง")[1:3] == ["3 จาก 3", "2 แห่ง (66.67%)"]
    assert row_starting(sheet, "รวมทั้งจังหวัด")[1] == "3 จาก 4"


def test_what_changed_since_the_last_draft_stands_with_both_values(ticks, office, roster, rolled):
    before, now = rolled(ticks, some), rolled(ticks, lambda code, key: True)
    rollup = dataclasses.replace(now, before=before)
    sheet = opened(report_workbook(ticks, rollup, office, roster))["รายการเปลี่ยนแปลง"]
    changed = [row for row in grid(sheet) if row[3] == "✓" and row[2] in {"X", "ยังไม่รายงาน"}]
    differing = sum(
        one.values[key] != other.values[key]
        for one, other in zip(before.lines, now.lines, strict=True)
        for key in one.values
    )
    assert len(changed) == differing > 0


def test_changed_remarks_are_changes_too(ticks, office, roster, rolled, remark):
    """A draft made anew for a remark's sake does not say that nothing changed."""
    mended = dataclasses.replace(remark, text="ไม่มีปัญหาแล้ว")
    for before, now, shown in (
        ((), (remark,), ["ไม่มีข้อความ", "=1+1 อินเทอร์เน็ตช้า"]),
        ((remark,), (mended,), ["=1+1 อินเทอร์เน็ตช้า", "ไม่มีปัญหาแล้ว"]),
        ((remark,), (), ["=1+1 อินเทอร์เน็ตช้า", "ไม่มีข้อความ"]),
    ):
        rollup = dataclasses.replace(rolled(ticks, some, now), before=rolled(ticks, some, before))
        sheet = opened(report_workbook(ticks, rollup, office, roster))["รายการเปลี่ยนแปลง"]
        assert row_starting(sheet, "อำเภอลอง")[1:4] == ["ปัญหาอุปสรรค", *shown]
        assert "ไม่มีรายการเปลี่ยนแปลง" not in {row[0] for row in grid(sheet)}
    same = dataclasses.replace(rolled(ticks, some, (remark,)), before=rolled(ticks, some, (remark,)))
    assert row_starting(opened(report_workbook(ticks, same, office, roster))["รายการเปลี่ยนแปลง"], "ไม่มีรายการเปลี่ยนแปลง")


def test_every_answer_can_be_traced_to_its_mail_and_cell(ticks, office, roster, rolled):
    rollup = rolled(ticks, some)
    proved = dataclasses.replace(
        next(iter(rollup.lines[0].answers.values())), evidence="X คำสั่งที่ 88/2567", explanation="เพราะฝนตก"
    )
    line = dataclasses.replace(rollup.lines[0], answers={**rollup.lines[0].answers, proved.question: proved})
    rollup = dataclasses.replace(rollup, lines=(line, *rollup.lines[1:]))
    sheet = opened(report_workbook(ticks, rollup, office, roster))["ที่มาของข้อมูล"]
    rows = [row for row in grid(sheet) if isinstance(row[0], int)]
    assert len(rows) == 12
    assert rows[0] == [
        1, "เทศบาลตำบลบ้านปิน", "ลอง", "การจัดทำคำสั่งตามมาตรา 10 – จัดทำแล้ว", "X", "clerk@amphoe.example", "ส่งแบบ",
        "28 พ.ย. 2567 09.00 น.", "แบบ.xlsx", "แผ่น", "C7", 7,
        "X คำสั่งที่ 88/2567", "เพราะฝนตก",
    ]  # fmt: skip


def test_remarks_are_gathered_with_who_made_them(ticks, office, roster, rolled, remark):
    rollup = rolled(ticks, some, (remark,))
    column = [row[0] for row in grid(opened(report_workbook(ticks, rollup, office, roster)).worksheets[0])]
    assert column[column.index("ปัญหาอุปสรรค:") + 1] == "อำเภอลอง: =1+1 อินเทอร์เน็ตช้า"
    assert "ข้อมูล ณ วันที่ ๒๘ พฤศจิกายน ๒๕๖๗" in column
    assert "๑. ใส่เครื่องหมาย ✓ หรือ X" in column


def test_text_longer_than_the_highest_row_goes_on_in_the_next(office, roster, rolled, remark):
    """Spreadsheets have rows of at most 409 points: what is longer would be cut."""
    questions = [
        {"key": f"q{n}", "kind": "integer", "label": f"ประเด็นที่ {n} ได้ดำเนินการตามมาตรการแล้วทั้งหมด"} for n in range(30)
    ]
    circular = circular_of("long", questions)
    told = dataclasses.replace(remark, text="น้ำท่วมถนนขาดหลายแห่ง " * 300 + "ไ" * 3000)
    rollup = rolled(circular, lambda o, key: "1" if key == "q0" else None, (told,))
    workbook = opened(report_workbook(circular, rollup, office, roster))
    owed = [row for row in grid(workbook["ยังไม่รายงาน"]) if row[0] == 1]
    assert "\n".join(row[3] for row in owed).split("\n") == [question["label"] for question in questions[1:]]
    said = [row[2] for row in grid(workbook["ข้อคิดเห็น"]) if row[1] == "อำเภอลอง"]
    assert "".join("".join(said).split()) == "".join(told.text.split())
    for sheet in (workbook.worksheets[0], workbook["ยังไม่รายงาน"], workbook["ข้อคิดเห็น"]):
        widths = [sheet.column_dimensions[get_column_letter(n)].width for n in range(1, sheet.max_column + 1)]
        merged = {
            area.start_cell.coordinate: sum(widths[area.min_col - 1 : area.max_col]) for area in sheet.merged_cells
        }
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    width = merged.get(cell.coordinate, widths[cell.column - 1])
                    lines = line_count(cell.value, width, cell.font.size)
                    assert line_height(lines, cell.font.size) < 409, (sheet.title, cell.coordinate)


def test_the_signature_block_is_the_offices_own(ticks, office, roster, rolled):
    sheet = opened(report_workbook(ticks, rolled(ticks, some), office, roster)).worksheets[0]
    second = [row[1] for row in grid(sheet)]
    assert second[second.index("(นางสาวตัวอย่าง ใจดี)") + 1] == "ท้องถิ่นจังหวัดแพร่"


def test_the_whole_workbook_holds_no_formula(figures, office, roster, rolled, hostile):
    for text in hostile:
        rollup = rolled(figures, lambda _, key, text=text: text if key == "place" else None)
        for sheet in opened(report_workbook(figures, rollup, office, roster)).worksheets:
            kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
            assert kinds <= {"s", "n"}, sheet.title


def test_prints_on_a4_with_repeated_head_and_page_numbers(ticks, office, roster, rolled):
    workbook = opened(report_workbook(ticks, rolled(ticks, some), office, roster))
    for sheet in workbook.worksheets:
        assert sheet.page_setup.paperSize == 9
        assert "&P จาก &N" in sheet.oddFooter.center.text
    for sheet in workbook.worksheets[:-2]:
        assert sheet.print_title_rows
        assert sheet.print_area.endswith(f"${sheet.max_row}")


def test_the_lists_to_be_searched_are_not_set_to_be_printed_but_for_the_lines_that_say_so(
    ticks, office, roster, rolled
):
    workbook = opened(report_workbook(ticks, rolled(ticks, some), office, roster))
    for name in ("ข้อมูลรายแห่ง", "ที่มาของข้อมูล"):
        sheet = workbook[name]
        assert sheet.sheet_state == "visible"
        assert sheet.print_area.endswith("$2")
        assert "จึงไม่ได้ตั้งให้พิมพ์" in sheet["A2"].value
        assert sheet.freeze_panes in {"B4", "C4"}
        assert sheet.max_row > 4


def test_every_row_of_the_plain_list_has_its_district_and_nothing_is_merged(ticks, office, roster, rolled):
    sheet = opened(report_workbook(ticks, rolled(ticks, some), office, roster))["ข้อมูลรายแห่ง"]
    rows = [row for row in grid(sheet) if isinstance(row[0], int)]
    assert [row[:3] for row in rows] == [
        [n, o.district, o.official_name] for n, o in enumerate(roster.organisations, 1)
    ]
    assert rows[0][3:] == ["X", "✓", "✓", "✓"]
    assert rows[3][3:] == [None] * 4  # not reported is no answer
    assert sheet.auto_filter.ref == "A3:G7"
    assert all(area.max_row < 3 for area in sheet.merged_cells.ranges)


def test_choices_are_counted_and_figures_have_their_bounds(figures, office, roster, rolled):
    homes = {"5540101": "7", "5540102": "1200", "5540103": "7", "5540104": None}
    ways = {"5540101": "ฝังกลบ", "5540102": "ฝังกลบ", "5540103": "อื่น ๆ, ระบุ", "5540104": None}
    given = {"homes": homes, "way": ways}
    rollup = rolled(figures, lambda organisation, key: given[key][organisation.code] if key in given else None)
    workbook = opened(report_workbook(figures, rollup, office, roster))
    rows = [row for row in grid(workbook["สรุปคำตอบ"]) if row[0] in {"ข้อมูล – จำนวนครัวเรือน", "วิธีกำจัด"}]
    assert [row[1:] for row in rows] == [
        ["น้อยที่สุด", 7, "2 แห่ง", "เทศบาลตำบลบ้านปิน อำเภอลอง\nองค์การบริหารส่วนตำบลหัวทุ่ง อำเภอลอง"],
        ["มากที่สุด", 1200, "1 แห่ง", "องค์การบริหารส่วนตำบลบ้านปิน อำเภอลอง"],
        ["ฝังกลบ", None, "2 แห่ง (66.67%)", None],
        ["อื่น ๆ, ระบุ", None, "1 แห่ง (33.33%)", None],
        ["ยังไม่รายงาน", None, "1 แห่ง", None],
    ]
    assert row_starting(workbook["สรุปรายอำเภอ"], "ลอง")[-2] == "ฝังกลบ 2\nอื่น ๆ, ระบุ 1"
    assert row_starting(workbook["สรุปรายอำเภอ"], "สอง")[-2] is None


def test_ticks_alone_need_no_sheet_of_choices_and_bounds(ticks, office, roster, rolled):
    assert "สรุปคำตอบ" not in opened(report_workbook(ticks, rolled(ticks, some), office, roster)).sheetnames


def test_the_same_report_has_the_same_bytes_and_an_ascii_name(ticks, office, roster, rolled):
    rollup = rolled(ticks, some)
    assert report_workbook(ticks, rollup, office, roster) == report_workbook(ticks, rollup, office, roster)
    assert report_name(ticks, office) == "w5827-phrae-report.xlsx"
    assert report_name(ticks) == "w5827-report.xlsx"


def test_more_districts_than_a_workbook_should_have_sheets_share_one(ticks, office, roster, rolled):
    rollup = rolled(ticks, some)
    many = type(rollup)(**{**vars(rollup), "sections": rollup.sections * 31})
    assert opened(report_workbook(ticks, many, office, roster)).sheetnames == [
        "แบบรายงาน", "สรุปรายอำเภอ", "รายอำเภอ", "ยังไม่รายงาน", "ข้อมูลรายแห่ง", "ที่มาของข้อมูล"]  # fmt: skip


def test_sheet_names_are_accepted_by_spreadsheets():
    assert sheet_title("อำเภอ[a]:*?/\\b", ()) == "อำเภอ a      b"
    assert len(sheet_title("ก" * 40, ())) == 31
    assert sheet_title("ABC", ("abc", "ABC (2)")) == "ABC (3)"


def test_marks_above_and_below_take_no_width():
    assert line_count("ที่ที่ที่ที่ที่", 12) == line_count("ททททท", 12) == 1
