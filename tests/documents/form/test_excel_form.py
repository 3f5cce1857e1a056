"""The pre-filled form, read back as a reporter's spreadsheet would open it."""

import datetime
import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents.form.excel_form import Shown, blank_form
from bot.documents.report.columns_and_headings import column_widths
from bot.documents.typography.worksheet import LANDSCAPE_WIDTH, PORTRAIT_WIDTH
from parsers.findings import Place
from parsers.read import read_file
from parsers.reading import Answer, Catalogue, FileRequest, Outcome


def opened(content: bytes) -> tuple[Workbook, Worksheet]:
    workbook = load_workbook(io.BytesIO(content))
    return workbook, workbook.worksheets[0]


def row_of(sheet: Worksheet, text: str, column: int = 2) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, column).value == text)


def test_lists_the_reporters_own_organisations_in_roster_order(ticks, roster):
    _, sheet = opened(blank_form(ticks, roster, "long"))
    first = row_of(sheet, "เทศบาลตำบลบ้านปิน")
    names = [sheet.cell(first + step, 2).value for step in range(3)]
    assert names == ["เทศบาลตำบลบ้านปิน", "องค์การบริหารส่วนตำบลบ้านปิน", "องค์การบริหารส่วนตำบลหัวทุ่ง"]
    assert [sheet.cell(first + step, 1).value for step in range(3)] == [1, 2, 3]
    assert sheet.cell(first + 3, 1).value == "รวมดำเนินการแล้ว"


def test_an_organisation_can_have_a_form_of_its_own(ticks, roster):
    workbook, sheet = opened(blank_form(ticks, roster, "5540102"))
    assert row_of(sheet, "องค์การบริหารส่วนตำบลบ้านปิน")
    assert workbook["_meta"]["B3"].value == "5540102"


def test_an_unknown_reporter_is_a_key_error(ticks, roster):
    with pytest.raises(KeyError):
        blank_form(ticks, roster, "nobody")


def test_says_whose_it_is_in_four_ways(ticks, roster):
    workbook, sheet = opened(blank_form(ticks, roster, "long"))
    meta = workbook["_meta"]
    assert meta.sheet_state == "veryHidden"
    assert [[cell.value for cell in row[:2]] for row in meta.iter_rows(1, 3)] == [
        ["ruam", "1"],
        ["circular", "w5827"],
        ["reporter", "long"],
    ]
    assert workbook.custom_doc_props["ruam-form"].value == "w5827:long"
    assert workbook.defined_names["ruam_form"].attr_text == '"w5827:long"'
    assert row_of(sheet, "รหัสแบบ: w5827:long", 1) == sheet.max_row
    assert sheet.print_area == f"'แบบรายงาน'!$A$1:$F${sheet.max_row}"


def test_groups_stand_merged_over_their_columns_and_the_head_is_repeated(ticks, roster):
    _, sheet = opened(blank_form(ticks, roster, "long"))
    head = row_of(sheet, "องค์กรปกครองส่วนท้องถิ่น")
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {f"A{head}:A{head + 1}", f"B{head}:B{head + 1}", f"C{head}:D{head}", f"E{head}:F{head}"} <= merged
    assert sheet.cell(head, 3).value == "การจัดทำคำสั่งตามมาตรา 10"
    assert sheet.cell(head + 1, 4).value == "ลงข้อมูลในระบบ info.go.th"
    assert sheet.print_title_rows == f"${head}:${head + 1}"
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (9, 1, 0)
    assert sheet.page_setup.orientation == "portrait"


def test_many_columns_lie_on_landscape_paper(figures, roster):
    _, sheet = opened(blank_form(figures, roster, "long"))
    assert sheet.page_setup.orientation == "landscape"


def test_only_cells_to_be_filled_in_are_unlocked(figures, roster):
    _, sheet = opened(blank_form(figures, roster, "long"))
    assert sheet.protection.sheet
    assert not sheet.protection.password
    first = row_of(sheet, "เทศบาลตำบลบ้านปิน")
    unlocked = {c.coordinate for row in sheet.iter_rows(1, first + 3) for c in row if not c.protection.locked}
    computed = "F"
    assert unlocked == {
        f"{column}{row}" for column in "CDEGHIJKL" if column != computed for row in range(first, first + 3)
    }


def test_known_answers_are_filled_in_and_the_others_left_open(ticks, roster):
    yes, no = True, False
    known = [Answer("5540101", "a_made", yes, Place()), Answer("5540101", "a_posted", no, Place())]
    _, sheet = opened(blank_form(ticks, roster, "long", known))
    first = row_of(sheet, "เทศบาลตำบลบ้านปิน")
    assert [sheet.cell(first, column).value for column in range(3, 7)] == ["✓", "X", None, None]
    assert [sheet.cell(first + 1, column).value for column in range(3, 7)] == [None] * 4


def test_every_kind_of_answer_is_filled_in_as_people_write_it(figures, roster):
    given = {
        "has_plan": True,
        "homes": "1200",
        "shops": "30",
        "waste": "1.25",
        "budget": "123456.50",
        "share": "74.42",
        "place": "บ่อฝังกลบ",
        "way": "ฝังกลบ",
        "since": "2024-11-29",
    }
    known = [Answer("5540101", key, value, Place()) for key, value in given.items()]
    _, sheet = opened(blank_form(figures, roster, "long", known))
    first = row_of(sheet, "เทศบาลตำบลบ้านปิน")
    row = [sheet.cell(first, column).value for column in range(3, 13)]
    assert row == ["✓", 1200, 30, f'=IF(COUNT(D{first},E{first})=0,"",SUM(D{first},E{first}))', 1.25, 123456.5, 74.42,
                   "บ่อฝังกลบ", "ฝังกลบ", "29/11/2567"]  # fmt: skip
    assert "%" not in sheet.cell(first, 9).number_format


def test_open_cells_are_coloured_until_they_are_filled(ticks, roster):
    _, sheet = opened(blank_form(ticks, roster, "long"))
    first = row_of(sheet, "เทศบาลตำบลบ้านปิน")
    areas = {str(area.sqref): rules[0].formula for area, rules in sheet.conditional_formatting._cf_rules.items()}
    assert areas == {f"{c}{first}:{c}{first + 2}": [f"LEN(TRIM({c}{first}))=0"] for c in "CDEF"}


def test_drop_downs_offer_the_marks_and_the_choices(figures, ticks, roster):
    _, sheet = opened(blank_form(ticks, roster, "long"))
    assert {rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"} == {'"✓,X"'}
    workbook, sheet = opened(blank_form(figures, roster, "long"))
    first = row_of(sheet, "เทศบาลตำบลบ้านปิน")
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    choice = rules[f"K{first}:K{first + 2}"]
    assert choice.formula1 == "'_meta'!$D$1:$D$2"  # a comma within a choice would cut a list in the cell
    assert [workbook["_meta"][f"D{row}"].value for row in (1, 2)] == ["ฝังกลบ", "อื่น ๆ, ระบุ"]
    shops = rules[f"E{first}:E{first + 2}"]
    assert (shops.type, shops.formula1, shops.formula2, shops.errorStyle) == ("whole", "0", "500", "warning")


def test_nothing_people_wrote_becomes_a_formula(figures, roster, hostile):
    for text in hostile:
        content = blank_form(figures, roster, "long", [Answer("5540101", "place", text, Place())])
        _, sheet = opened(content)
        cell = sheet.cell(row_of(sheet, "เทศบาลตำบลบ้านปิน"), 10)
        assert cell.data_type == "s"
        assert cell.value.split() == text.replace("\x07", "").split()


def test_every_row_has_a_height_for_thai_marks(ticks, roster):
    _, sheet = opened(blank_form(ticks, roster, "long"))
    heights = [sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).value]
    assert min(heights) >= 24


def test_the_same_form_has_the_same_bytes_and_names_no_author(ticks, roster):
    content = blank_form(ticks, roster, "long")
    assert content == blank_form(ticks, roster, "long")
    core = zipfile.ZipFile(io.BytesIO(content)).read("docProps/core.xml").decode()
    assert "openpyxl" not in core
    assert core.count("2024-11-20T09:30:00Z") == 2


def test_a_filled_form_reads_back_exactly(figures, roster):
    """With known answers, and with a remark and a date typed into their cells; the sums nobody calculated do no harm."""
    given = {
        "has_plan": True, "homes": "1200", "shops": "30", "waste": "1.25", "budget": "123456.50", "share": "74.42",
        "place": "=บ่อฝังกลบ", "way": "อื่น ๆ, ระบุ", "since": "2024-11-29",
    }  # fmt: skip
    codes = roster.by_key["long"].organisations
    known = [Answer(code, key, value, Place()) for code in codes for key, value in given.items()]
    workbook, sheet = opened(blank_form(figures, roster, "long", known))
    sheet.cell(row_of(sheet, "ปัญหาอุปสรรค:", 1), 3).value = "อินเทอร์เน็ตช้า"
    sheet.cell(row_of(sheet, "ข้อมูล ณ วันที่", 1), 3).value = "29/11/2567"
    filled = io.BytesIO()
    workbook.save(filled)
    catalogue = Catalogue({"waste": figures.form}, roster.organisations, roster.reporters, datetime.date(2024, 11, 28))
    reading = read_file("waste-long.xlsx", filled.getvalue(), FileRequest(catalogue))
    assert (reading.circular, reading.reporter, reading.outcome) == ("waste", "long", Outcome.ACCEPTED)
    assert {(a.organisation, a.question): a.value for a in reading.answers if a.question != "both"} == {
        (answer.organisation, answer.question): answer.value for answer in known
    }
    assert [(remark.key, remark.text) for remark in reading.remarks] == [("obstacles", "อินเทอร์เน็ตช้า")]
    assert reading.as_of == datetime.date(2024, 11, 29)
    assert reading.findings == ()


def test_the_deadline_stands_in_the_digits_of_the_office(ticks, roster):
    told = [
        opened(blank_form(ticks, roster, "long", shown=Shown(digits)))[1].cell(2, 1).value
        for digits in ("thai", "arabic")
    ]
    assert "๒๙ พฤศจิกายน ๒๕๖๗" in told[0]
    assert "29 พฤศจิกายน 2567" in told[1]


def variant(circular, **parts):
    """The circular with other parts of its form."""
    form = circular.form.model_validate({**circular.form.model_dump(by_alias=True), **parts})
    return circular.model_copy(update={"form": form})


def test_where_nothing_must_be_filled_in_nothing_is_counted(ticks, roster):
    questions = [{"key": "made", "kind": "tick", "label": "จัดทำแล้ว", "required": False}]
    _, sheet = opened(blank_form(variant(ticks, question=questions), roster, "long"))
    assert row_of(sheet, "ไม่มีช่องที่บังคับกรอก", 1)


def test_a_tick_that_may_stay_empty_is_not_counted_as_left(figures, roster):
    _, sheet = opened(blank_form(variant(figures, blank="no"), roster, "long"))
    line = next(cell.value for (cell,) in sheet.iter_rows(1, 9, 1, 1) if str(cell.value).startswith("=IF("))
    assert "$C$" not in line
    assert "$D$" in line
    assert "ให้ครบทุกช่อง ช่องติ๊กที่เว้นว่างถือว่ายังไม่ได้ดำเนินการ" in sheet.cell(1, 1).value


def test_every_question_has_a_named_range_of_its_own_whatever_it_is_called(ticks, roster):
    questions = [{"key": "form", "kind": "tick", "label": "จัดทำแล้ว"}]
    workbook, sheet = opened(blank_form(variant(ticks, question=questions, sheet="แบบ 'ก' 1"), roster, "long"))
    first = row_of(sheet, "เทศบาลตำบลบ้านปิน")
    assert workbook.defined_names["ruam_form"].attr_text == '"w5827:long"'
    assert workbook.defined_names["ruam_answer_form"].attr_text == f"'แบบ ''ก'' 1'!$C${first}:$C${first + 2}"


@pytest.mark.parametrize("columns", [1, 4, 30])
def test_the_mark_is_as_large_in_print_however_wide_the_form(ticks, roster, columns):
    """A wide form is printed smaller; a scan must still tell the modules of its code apart."""
    questions = [{"key": f"q{n}", "kind": "tick", "label": f"ประเด็นที่ {n}"} for n in range(columns)]
    circular = variant(ticks, question=questions)
    _, sheet = opened(blank_form(circular, roster, "long"))
    widths = column_widths(circular.form)
    paper = LANDSCAPE_WIDTH if sheet.page_setup.orientation == "landscape" else PORTRAIT_WIDTH
    (picture,) = sheet._images
    size = picture.anchor.ext.width / 9525  # of EMU a pixel
    assert size * min(1.0, paper / sum(widths)) == pytest.approx(76, abs=1)
    corner = picture.anchor._from
    assert sum(widths[corner.col :]) * 7 >= size
    heights = [sheet.row_dimensions[row].height for row in range(corner.row + 1, corner.row + 4)]
    assert sum(heights) * 96 / 72 >= size
    corners = [sheet.oddHeader.left, sheet.oddHeader.right, sheet.oddFooter.left, sheet.oddFooter.right]
    assert {corner.text for corner in corners} == {"■"}
    assert all(corner.size * min(1.0, paper / sum(widths)) == pytest.approx(11, abs=0.5) for corner in corners)
