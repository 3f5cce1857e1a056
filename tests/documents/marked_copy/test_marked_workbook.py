"""The marked-up return: the sender's own workbook, marked; the received bytes and what others wrote stay as they are."""

import datetime
import email
import email.policy
import io
import zipfile
from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, GradientFill, PatternFill

from bot.documents.form.excel_form import blank_form
from bot.documents.mail.render import render
from bot.documents.marked_copy.colours import ASKS, HOW_TO, LOOK, RED, YELLOW
from bot.documents.marked_copy.findings_sheet import lines_of
from bot.documents.marked_copy.marked_workbook import ALWAYS, AUTHOR, mark_up, marked_copy
from bot.documents.typography.formula_results import with_results
from bot.office.letters.enclosures import BlankForm, MarkedCopy
from bot.office.letters.letter import Letter, LetterKind
from bot.office.letters.marked_copies import MARKED_BYTES, marked_copies
from bot.office.model.bureau import Bureau
from bot.office.model.calendar import Calendar
from bot.office.model.received_mail import Arrival
from bot.service.context import House
from bot.service.handle_mail import work
from bot.store.books import Books
from parsers.child_process.sandbox import Limits, Sandbox
from parsers.findings import Code, Finding, Place, Severity
from parsers.formats.unreadable import Unreadable
from parsers.read import read_file, read_message
from parsers.reading import Catalogue, FileReading, FileRequest, Outcome, Reading

XLSX = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET = "แบบรายงาน"
NAMES = {"5540101": "ทต.บ้านปิน"}


def wrong(cell, message="แก้ช่องนี้", value="?", **fields):
    """An error in a cell of แบบ.xlsx, or what ``fields`` make of it."""
    place = Place("แบบ.xlsx", fields.pop("sheet", SHEET), cell)
    usual = {"code": Code.ANSWER_UNREADABLE, "severity": Severity.ERROR, "organisation": "5540101"}
    return Finding(place=place, value=value, message=message, **(usual | fields))


def doubtful(cell, **fields):
    return wrong(cell, "ช่องนี้ใช่หรือไม่", severity=Severity.WARNING, code=Code.ANSWER_GUESSED, **fields)


def saved(workbook):
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def book(*titles, change=None):
    """A workbook of sheets with a word in C7 and in D8, changed by ``change``."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for title in titles or (SHEET,):
        sheet = workbook.create_sheet(title)
        sheet["C7"], sheet["D8"] = "?", "ใช่"
    if change:
        change(workbook.worksheets[0])
    return saved(workbook)


def marked(data, *findings, names=None):
    return load_workbook(io.BytesIO(mark_up(data, findings, names or NAMES)), rich_text=True)


def colour(cell):
    return cell.fill.fgColor.rgb if cell.fill.fill_type else None


@pytest.fixture
def catalogue(ticks, roster):
    return Catalogue({ticks.slug: ticks.form}, roster.organisations, roster.reporters, ticks.dated)


@pytest.fixture
def long_form(ticks, roster):
    """Makes ลอง's form, its answer cells filled from a list of rows; None leaves a cell open."""

    def make(*rows):
        workbook = load_workbook(io.BytesIO(blank_form(ticks, roster, "long")))
        sheet = workbook.worksheets[0]
        first = next(cell.row for cell in sheet["B"] if cell.value == "เทศบาลตำบลบ้านปิน")
        for row, values in enumerate(rows, first):
            for column, value in enumerate(values, 3):
                sheet.cell(row, column).value = value
        return saved(workbook), first

    return make


GOOD = ("✓", "✓", "X", "X")


# --- the cells -------------------------------------------------------------------------------------------------------


def test_an_error_makes_its_cell_red_and_a_warning_yellow_each_with_a_thai_comment_of_ours():
    sheet = marked(book(), wrong("C7"), doubtful("D8"))[SHEET]
    assert (colour(sheet["C7"]), colour(sheet["D8"])) == (RED.fgColor.rgb, YELLOW.fgColor.rgb)
    assert sheet["C7"].comment.text == "ต้องแก้ไข: แก้ช่องนี้"
    assert sheet["D8"].comment.text == "ขอให้ตรวจสอบ: ช่องนี้ใช่หรือไม่"
    assert {sheet[cell].comment.author for cell in ("C7", "D8")} == {AUTHOR}
    assert sheet["C7"].value == "?"
    assert [c.coordinate for row in sheet.iter_rows() for c in row if colour(c)] == ["C7", "D8"]


def test_findings_of_one_cell_share_a_comment_and_an_error_weighs_more():
    sheet = marked(book(), doubtful("C7"), wrong("C7", "ก"), wrong("C7", "ก"), wrong("C7", "ข"))[SHEET]
    assert sheet["C7"].comment.text.split("\n") == ["ขอให้ตรวจสอบ: ช่องนี้ใช่หรือไม่", "ต้องแก้ไข: ก", "ต้องแก้ไข: ข"]
    assert colour(sheet["C7"]) == RED.fgColor.rgb


def test_a_comments_box_grows_with_its_text():
    """As written: the library forgets sizes when it reads."""
    content = mark_up(book(), [wrong("C7", "ก" * 40), wrong("D8", "ก" * 400)], {})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        drawing = archive.read(next(name for name in archive.namelist() if name.endswith(".vml"))).decode()
    heights = [int(float(part.split("px")[0])) for part in drawing.split("height:")[1:]]
    assert 40 <= heights[0] < heights[1] / 3


def test_in_a_merged_range_the_cell_that_shows_is_marked():
    sheet = marked(book(change=lambda sheet: sheet.merge_cells("C7:D7")), wrong("D7"))[SHEET]
    assert colour(sheet["C7"]) == RED.fgColor.rgb
    assert sheet["C7"].comment
    assert "C7:D7" in sheet.merged_cells


def test_a_rule_of_the_senders_cannot_hide_the_red():
    """Ours is the first and ends the others; his come after it in their order."""

    def ruled(sheet):
        for formula in ("LEN(C7)>0", "LEN(C7)>1"):
            sheet.conditional_formatting.add("C1:C9", FormulaRule([formula], fill=PatternFill(bgColor="FF00FF00")))

    sheet = marked(book(change=ruled), wrong("C7"), doubtful("D8"))[SHEET]
    rules = sorted((rule.priority, rule.formula[0], str(area.sqref), rule.stopIfTrue or False)
                   for area in sheet.conditional_formatting for rule in area.rules)  # fmt: skip
    assert [rule[1:] for rule in rules] == [
        (ALWAYS, "C7", True), (ALWAYS, "D8", True), ("LEN(C7)>0", "C1:C9", False), ("LEN(C7)>1", "C1:C9", False)
    ]  # fmt: skip
    assert len({rule[0] for rule in rules}) == 4
    fills = [rule.dxf.fill.bgColor.rgb for area in sheet.conditional_formatting for rule in area.rules]
    assert fills[:2] == [RED.bgColor.rgb, YELLOW.bgColor.rgb]


def test_fonts_lists_protection_and_the_hidden_mark_stay(ticks, roster):
    """Symbol fonts within a cell too, or a tick would become a letter."""
    workbook = load_workbook(io.BytesIO(blank_form(ticks, roster, "long")))
    before = workbook.worksheets[0]
    before["C8"] = CellRichText(TextBlock(InlineFont(rFont="Wingdings"), "ü"), " ครับ")
    after = marked(saved(workbook), wrong("C9"))
    sheet = after[before.title]
    assert sheet["C8"].value[0].font.rFont == "Wingdings"
    assert sheet.protection.sheet
    assert not sheet["C9"].protection.locked
    assert [(v.sqref, v.formula1) for v in sheet.data_validations.dataValidation] == [
        (v.sqref, v.formula1) for v in before.data_validations.dataValidation
    ]
    assert after["_meta"].sheet_state == "veryHidden"
    assert after.custom_doc_props["ruam-form"].value == "w5827:long"
    assert sheet.print_title_rows == before.print_title_rows


def test_what_the_sender_had_noted_in_a_cell_stays_readable():
    def noted(sheet):
        sheet["C7"].comment = Comment("ถามปลัดแล้ว", "สมศรี")
        sheet["D8"].comment = Comment("อีกข้อ", "สมศรี")

    sheet = marked(book(change=noted), wrong("C7"))[SHEET]
    assert sheet["C7"].comment.text == "ต้องแก้ไข: แก้ช่องนี้\n\nความเห็นเดิมในช่องนี้: ถามปลัดแล้ว"
    assert (sheet["D8"].comment.text, sheet["D8"].comment.author) == ("อีกข้อ", "สมศรี")


def test_macros_do_not_go_out_under_the_offices_name():
    plain, out = zipfile.ZipFile(io.BytesIO(book())), io.BytesIO()
    with zipfile.ZipFile(out, "w") as macro:
        for name in plain.namelist():
            part = plain.read(name).replace(
                b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
            ).replace(b"application/vnd.openxmlformats-officedocument.ms-excel", b"application/vnd.ms-excel")  # fmt: skip
            macro.writestr(name, part)
        macro.writestr("xl/vbaProject.bin", b"Attribute VB_Name")
    content = mark_up(out.getvalue(), [wrong("C7")], {})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not [name for name in archive.namelist() if "vba" in name.lower()]
        assert b"macroEnabled" not in archive.read("[Content_Types].xml")
    assert colour(load_workbook(io.BytesIO(content))[SHEET]["C7"]) == RED.fgColor.rgb


# --- the list --------------------------------------------------------------------------------------------------------


def listed(sheet):
    """The lines of the list with a number, as (sheet, cell, organisation, message, value)."""
    return [row[1:6] for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]


def test_the_list_is_the_first_sheet_the_only_one_selected_and_says_what_to_do():
    """Two selected sheets would be a group: what is typed into one goes into both."""
    workbook = marked(book("ก", "ข"), wrong("C7", sheet="ข"))
    assert workbook.sheetnames == ["ข้อควรแก้ไข", "ก", "ข"]
    assert workbook.active.title == "ข้อควรแก้ไข"
    assert [sheet.sheet_view.tabSelected for sheet in workbook.worksheets] == [True, False, False]
    assert workbook.worksheets[0]["A2"].value == HOW_TO
    assert "บันทึกไฟล์" in HOW_TO
    assert "ตอบกลับ" in HOW_TO


def test_where_nothing_is_wrong_the_list_asks_for_a_look_only():
    workbook = marked(book(), doubtful("D8"))
    assert workbook.worksheets[0]["A2"].value == LOOK
    assert workbook.calculation.fullCalcOnLoad


def test_a_query_is_yellow_and_the_list_says_that_it_wants_a_reason():
    asked = wrong("C7", "หากถูกต้องกรุณาตอบกลับพร้อมเหตุผล", severity=Severity.QUERY, code=Code.FIGURE_FAR)
    workbook = marked(book(), doubtful("D8"), asked)
    assert colour(workbook[SHEET]["C7"]) == YELLOW.fgColor.rgb
    assert workbook[SHEET]["C7"].comment.text == "ข้อสังเกต: หากถูกต้องกรุณาตอบกลับพร้อมเหตุผล"
    sheet = workbook.worksheets[0]
    assert sheet["A2"].value == ASKS
    assert [line[1] for line in listed(sheet)] == ["C7", "D8"]  # before what wants a look only
    assert marked(book(), asked, wrong("C7")).worksheets[0]["A2"].value == HOW_TO


def test_the_list_has_each_finding_errors_first_with_a_link_to_its_cell():
    title = "ปี '67 ลอง"
    workbook = marked(
        book(title), doubtful("D8", sheet=title), wrong("C7", sheet=title), wrong("", "ขาดคอลัมน์", "", sheet=title)
    )
    sheet = workbook.worksheets[0]
    assert listed(sheet) == [
        (title, "C7", "ทต.บ้านปิน", "แก้ช่องนี้", "?"),
        (title, None, "ทต.บ้านปิน", "ขาดคอลัมน์", None),
        (title, "D8", "ทต.บ้านปิน", "ช่องนี้ใช่หรือไม่", "?"),
    ]
    links = {cell.value: cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert links == {"C7": "'ปี ''67 ลอง'!C7", "D8": "'ปี ''67 ลอง'!D8"}
    colours = [colour(row[0]) for row in sheet.iter_rows() if isinstance(row[0].value, int)]
    assert colours == [RED.fgColor.rgb, RED.fgColor.rgb, YELLOW.fgColor.rgb]


def test_the_blank_cells_of_a_row_are_one_line_and_each_is_marked():
    blanks = [wrong(f"{column}9", code=Code.ANSWER_MISSING, value="") for column in "CDE"]
    workbook = marked(book(), *blanks, wrong("C10", code=Code.ANSWER_MISSING, value=""))
    lines = listed(workbook.worksheets[0])
    assert [line[1] for line in lines] == ["C9…", "C10"]
    assert "3 ช่อง" in lines[0][3]
    assert "C9, D9, E9" in lines[0][3]
    assert [colour(workbook[SHEET][cell]) for cell in ("C9", "D9", "E9", "C10")] == [RED.fgColor.rgb] * 4


def test_organisations_without_a_row_are_one_line():
    missing = [
        wrong("", f"ไม่พบ {code}", "", code=Code.ORGANISATION_MISSING, organisation=str(code)) for code in range(40)
    ]
    lines = lines_of([*missing, wrong("C7")], {"0": "ทต.บ้านปิน"})
    assert len(lines) == 2
    assert "หน่วยงาน 40 แห่ง คือ ทต.บ้านปิน, 1, 2," in lines[0].message
    assert "และอีก 10 แห่ง" in lines[0].message
    assert lines_of(missing[:1], NAMES)[0].message == "ไม่พบ 0"


def test_a_place_that_the_workbook_does_not_have_is_only_listed():
    workbook = marked(book(), wrong("C7", sheet="ไม่มี"), wrong("?!"))
    sheet = workbook.worksheets[0]
    assert [line[:2] for line in listed(sheet)] == [("ไม่มี", "C7"), (SHEET, "?!")]
    assert not [c.coordinate for row in workbook[SHEET].iter_rows() for c in row if colour(c) or c.comment]


def test_peoples_words_never_become_a_formula(hostile):
    for words in hostile:
        title = words.replace("/", "").replace(":", "")[:20].replace("\x07", "").replace("\n", "").strip()
        found = wrong("C7", words, words, sheet=title, organisation="x")
        workbook = marked(book(title), found, names={"x": words})
        for row in workbook.worksheets[0].iter_rows():
            assert not [cell.coordinate for cell in row if cell.data_type in "fe"], words
        assert workbook[title]["C7"].comment.text.endswith(words.replace("\x07", ""))


def test_a_formula_and_a_text_that_looks_like_one_stay_what_they_were():
    def written(sheet):
        sheet["A1"] = "=1+1"
        sheet["A2"] = "=1+1"
        sheet["A2"].data_type = "s"

    sheet = marked(book(change=written), wrong("C7"))[SHEET]
    assert [(sheet[cell].value, sheet[cell].data_type) for cell in ("A1", "A2")] == [("=1+1", "f"), ("=1+1", "s")]


def test_formulas_show_their_results_before_anything_calculates():
    """As they did in the sender's own file, so that no total seems to be gone."""
    workbook = Workbook()
    sheet, other = workbook.worksheets[0], workbook.create_sheet("ชื่อ & <อื่น>")
    sheet.title = SHEET
    sheet["A1"], sheet["A2"], sheet["A3"], sheet["A4"] = "=1+1", '="<ก>"&"ข"', "=1/0", "=TRUE()"
    sheet["A5"], sheet["A6"], other["B2"] = "=TODAY()", "=B9", "=7*6"
    stood = {"A1": 2, "A2": "<ก>ข", "A3": "#DIV/0!", "A4": True, "A5": datetime.datetime(2024, 11, 29), "C1": 5}  # noqa: DTZ001 - as in a cell
    sheet["A5"].number_format = "d/m/yyyy"
    received = with_results(saved(workbook), [stood, {"B2": 42}])
    copied = load_workbook(io.BytesIO(mark_up(received, [wrong("A9")], NAMES)), data_only=True)
    shown = {at: copied[SHEET][at].value for at in (*stood, "A6")}
    assert shown == stood | {"A6": None, "C1": None}
    assert copied["ชื่อ & <อื่น>"]["B2"].value == 42
    assert load_workbook(io.BytesIO(mark_up(received, [], NAMES)))[SHEET]["A1"].value == "=1+1"


def test_thousands_of_findings_are_counted_not_listed():
    findings = [wrong(f"C{row}") for row in range(1, 2_500)]
    workbook = marked(book(), *findings)
    words = [str(row[0].value) for row in workbook.worksheets[0].iter_rows()]
    assert "และอีก 1,499 ข้อ" in words
    assert len(listed(workbook.worksheets[0])) == 1_000


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from("ABCXY"), st.integers(1, 30), st.booleans()), max_size=12))
def test_every_finding_is_in_exactly_one_line_and_no_line_is_made_up(places):
    findings = [
        wrong(f"{column}{row}", code=Code.ANSWER_MISSING if blank else Code.ANSWER_UNREADABLE)
        for column, row, blank in places
    ]
    lines = lines_of(findings, NAMES)
    assert sorted(cell for line in lines for cell in line.cells) == sorted(f.place.cell for f in findings)


# --- the way back ----------------------------------------------------------------------------------------------------


def mended(content, row, values):
    """The copy as its reader sends it back: red cells mended, all else left as it is."""
    workbook = load_workbook(io.BytesIO(content), rich_text=True)
    for column, value in enumerate(values, 3):
        workbook[SHEET].cell(row, column).value = value
    return saved(workbook)


def test_the_copy_mended_and_sent_back_with_its_list_is_accepted(catalogue, long_form):
    data, first = long_form(("?", "✓", None, "X"), GOOD, (None,) * 4)
    request = FileRequest(catalogue)
    before = read_file("แบบ.xlsx", data, request)
    assert before.outcome is Outcome.PARTLY
    content = mark_up(data, before.findings, {})
    again = read_file("copy.xlsx", content, request)
    assert [(a.organisation, a.question, a.value) for a in again.answers] == [
        (a.organisation, a.question, a.value) for a in before.answers
    ]
    assert [(f.code, f.place.cell) for f in again.findings] == [(f.code, f.place.cell) for f in before.findings]
    reading = read_file("copy.xlsx", mended(mended(content, first, GOOD), first + 2, GOOD), request)
    assert (reading.outcome, reading.findings, reading.reporter) == (Outcome.ACCEPTED, (), "long")
    assert "mark" in reading.recognised_by


cells = st.sampled_from(["✓", "X", "/", "", None, "?", "ü", "û", 1, 0, True, "มี", "=1+1", " ", "ไม่มี", "๑"])


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(cells, cells, cells, cells), max_size=3), st.booleans())
def test_marking_changes_nothing_that_is_read(catalogue, long_form, rows, symbols):
    data, first = long_form(*rows)
    if symbols:
        workbook = load_workbook(io.BytesIO(data))
        for cell in workbook[SHEET][first][2:6]:
            cell.font = Font(name="Wingdings")
        data = saved(workbook)
    before = read_file("f.xlsx", data, FileRequest(catalogue))
    after = read_file("f.xlsx", mark_up(data, before.findings, {}), FileRequest(catalogue))
    assert after == replace(before, files=after.files)


def test_the_list_never_lends_its_words_to_the_report(catalogue, long_form):
    """It quotes a date, a remark and a row of the form; none of them is the sender's."""
    data, _ = long_form(GOOD, GOOD, GOOD)
    lines = [
        wrong("C7", "ข้อมูล ณ วันที่ ๒๙ พฤศจิกายน ๒๕๖๗", "ข้อมูล ณ วันที่ 29/11/2567"),
        wrong("C8", "ปัญหาอุปสรรค: ไม่มี", "ปัญหาอุปสรรค: ไม่มีงบ"),
        wrong("C9", "รหัสแบบ: other:song", "รหัสแบบ: other:song"),
    ]
    plain, copied = (read_file("f.xlsx", d, FileRequest(catalogue)) for d in (data, mark_up(data, lines, {})))
    assert (plain.as_of, plain.remarks) == (None, ())
    assert copied == replace(plain, files=copied.files)


def test_a_second_copy_shows_only_what_is_still_wrong(catalogue, long_form):
    data, first = long_form(("?", "?", "✓", "✓"), GOOD, GOOD)
    request = FileRequest(catalogue)
    original = load_workbook(io.BytesIO(data))[SHEET]
    content = mark_up(data, read_file("f.xlsx", data, request).findings, {})
    back = mended(content, first, ("✓", "?", "✓", "✓"))
    second = load_workbook(io.BytesIO(mark_up(back, read_file("f.xlsx", back, request).findings, {})))
    sheet = second[SHEET]
    assert second.sheetnames == ["ข้อควรแก้ไข", SHEET, "_meta"]
    assert [line[1] for line in listed(second.worksheets[0])] == [f"D{first}"]
    assert [c.coordinate for row in sheet.iter_rows() for c in row if c.comment] == [f"D{first}"]
    assert [c.coordinate for row in sheet.iter_rows() for c in row if colour(c) == RED.fgColor.rgb] == [f"D{first}"]
    assert colour(sheet[f"C{first}"]) == colour(original[f"C{first}"])
    ours = [str(area.sqref) for area in sheet.conditional_formatting for r in area.rules if r.formula[0] == ALWAYS]
    assert ours == [f"D{first}"]


def test_colours_and_comments_from_before_come_back_when_the_cell_is_mended():
    def before(sheet):
        sheet["C7"].fill = PatternFill("solid", fgColor="FFCCE5FF")
        sheet["C7"].comment = Comment("ถามปลัดแล้ว", "สมศรี")
        sheet["D8"].fill = PatternFill("solid", fgColor="FFCCE5FF")

    content = mark_up(book(change=before), [wrong("C7"), wrong("D8")], {})
    changed = load_workbook(io.BytesIO(content))
    changed[SHEET]["D8"].fill = PatternFill("solid", fgColor="FF00B050")  # the sender paints what is done green
    sheet = marked(saved(changed))[SHEET]
    assert [colour(sheet[cell]) for cell in ("C7", "D8")] == ["FFCCE5FF", "FF00B050"]
    assert (sheet["C7"].comment.text, sheet["D8"].comment) == ("ถามปลัดแล้ว", None)


def test_a_copy_whose_list_was_deleted_is_cleaned_by_its_comments():
    workbook = marked(book(), wrong("C7"))
    workbook.remove(workbook.worksheets[0])
    sheet = marked(saved(workbook), wrong("D8"))[SHEET]
    assert (colour(sheet["C7"]), sheet["C7"].comment) == (None, None)
    assert colour(sheet["D8"]) == RED.fgColor.rgb


def test_our_comments_are_known_again_without_their_author():
    """LibreOffice drops the authors of comments."""
    workbook = marked(book(), wrong("C7"), doubtful("D8"))
    for cell in ("C7", "D8"):
        workbook[SHEET][cell].comment = Comment(workbook[SHEET][cell].comment.text, " ")
    sheet = marked(saved(workbook), wrong("C7", "ข้ออื่น"))[SHEET]
    assert (sheet["C7"].comment.text, sheet["D8"].comment) == ("ต้องแก้ไข: ข้ออื่น", None)


def test_a_cell_with_a_gradient_is_marked_too():
    def graded(sheet):
        sheet["C7"].fill = GradientFill(stop=("FFFFFFFF", "FF0000FF"))

    once = mark_up(book(change=graded), [wrong("C7")], {})
    assert colour(load_workbook(io.BytesIO(once))[SHEET]["C7"]) == RED.fgColor.rgb
    sheet = marked(once)[SHEET]
    assert [stop.color.rgb for stop in sheet["C7"].fill.stop] == ["FFFFFFFF", "FF0000FF"]


def test_a_sheet_of_the_senders_with_the_lists_name_is_not_taken_for_it():
    workbook = marked(book("ข้อควรแก้ไข"), wrong("C7", sheet="ข้อควรแก้ไข"))
    assert workbook.sheetnames == ["ข้อควรแก้ไข (2)", "ข้อควรแก้ไข"]
    assert colour(workbook["ข้อควรแก้ไข"]["C7"]) == RED.fgColor.rgb
    again = marked(saved(workbook), wrong("D8", sheet="ข้อควรแก้ไข"))
    assert again.sheetnames == ["ข้อควรแก้ไข (2)", "ข้อควรแก้ไข"]


# --- out of the mail, into the letter ----------------------------------------------------------------------------------


def mail(*files, sender="long@amphoe.example"):
    made = EmailMessage(SMTP)
    made["From"], made["To"], made["Subject"] = sender, "ruam@phrae.example", "Re: [w5827] แบบ"
    made["Message-ID"] = "<1@amphoe.example>"
    made.set_content("ส่งแบบรายงาน")
    for name, data in files:
        made.add_attachment(data, "application", XLSX, filename=name)
    return made.as_bytes()


def test_the_attachment_is_found_by_name_and_only_its_own_findings_are_marked():
    raw = mail(("อื่น.xlsx", book()), ("แบบ.xlsx", book()))
    other = Finding(Code.ANSWER_UNREADABLE, Severity.ERROR, Place("อื่น.xlsx", SHEET, "D8"), "", "ที่อื่น")
    sheet = load_workbook(io.BytesIO(marked_copy(raw, "แบบ.xlsx", (wrong("C7"), other), {})))[SHEET]
    assert [c.coordinate for row in sheet.iter_rows() for c in row if c.comment] == ["C7"]


def test_a_file_within_an_archive_is_found_too():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("ลอง/แบบ.xlsx", book())
    raw = mail(("ส่ง.zip", out.getvalue()))
    inside = [each.name for each in read_message(raw, Catalogue({}, (), ())).files if each.format == "xlsx"]
    assert len(inside) == 1
    found = Finding(Code.ANSWER_UNREADABLE, Severity.ERROR, Place(inside[0], SHEET, "C7"), "", "แก้")
    assert load_workbook(io.BytesIO(marked_copy(raw, inside[0], (found,), {})))[SHEET]["C7"].comment


def test_no_copy_is_made_of_a_file_that_is_not_there():
    with pytest.raises(LookupError):
        marked_copy(mail(("อื่น.xlsx", book())), "แบบ.xlsx", (wrong("C7"),), {})


def test_a_workbook_with_a_document_type_is_refused():
    plain, out = zipfile.ZipFile(io.BytesIO(book())), io.BytesIO()
    with zipfile.ZipFile(out, "w") as evil:
        for name in plain.namelist():
            part = plain.read(name)
            evil.writestr(name, b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + part if name.endswith("sheet1.xml") else part)
    with pytest.raises(Unreadable):
        mark_up(out.getvalue(), [wrong("C7")], {})


@pytest.fixture
def bureau(office, roster, ticks):
    return Bureau(office, roster, {ticks.slug: ticks}, Calendar())


def reading_of(*files, findings=(), reporter="long"):
    return Reading(circular="w5827", reporter=reporter, findings=tuple(findings), files=files)


def file(name="แบบ.xlsx", kind="xlsx", size=9_000):
    return FileReading(name, kind, size, Outcome.PARTLY)


def test_a_copy_is_made_of_a_workbook_in_which_a_cell_is_wrong(bureau, ticks):
    (copied,) = marked_copies(bureau, ticks, reading_of(file(), findings=[wrong("C7")]))
    assert isinstance(copied, MarkedCopy)
    assert (copied.name, copied.file, copied.content) == ("w5827-long-marked.xlsx", "แบบ.xlsx", None)
    assert copied.organisations == NAMES
    assert marked_copies(bureau, ticks, reading_of(file(kind="xlsm"), findings=[doubtful("C7")], reporter=None))


@pytest.mark.parametrize(
    "reading",
    [
        reading_of(file()),
        reading_of(file(), findings=[wrong("")]),
        reading_of(file("อื่น.xlsx"), findings=[wrong("C7")]),
        reading_of(file(kind="pdf"), findings=[wrong("C7")]),
        reading_of(file(size=MARKED_BYTES + 1), findings=[wrong("C7")]),
    ],
)
def test_no_copy_is_made_where_it_would_say_nothing_or_not_fit(bureau, ticks, reading):
    """Nothing wrong in a cell, another file, another format, too large."""
    assert marked_copies(bureau, ticks, reading) == ()


def test_several_copies_have_names_of_their_own_and_together_fit_a_mail(bureau, ticks):
    third = MARKED_BYTES // 2 - 1
    files = [file(f"{number}.xlsx", size=third) for number in range(3)]
    findings = [
        Finding(Code.ANSWER_UNREADABLE, Severity.ERROR, Place(each.name, SHEET, "C7"), "", "แก้") for each in files
    ]
    copies = marked_copies(bureau, ticks, reading_of(*files, findings=findings))
    assert [copied.name for copied in copies] == ["w5827-long-marked.xlsx", "w5827-long-marked-2.xlsx"]


def correction(ticks, *enclosures, kind=LetterKind.CORRECTION):
    now = ticks.deadlines.opens
    view = {
        "salutation": "นายอำเภอลอง", "circular": ticks, "received": now, "sender": "long@amphoe.example",
        "answered": [], "warnings": [doubtful("D8")], "owed": [], "as_of": None, "remarks": [],
        "errors": [("ทต.บ้านปิน", [wrong("C7")])], "rejected": False,
    }  # fmt: skip
    return Letter(kind, "w5827", "long", "x", ("long@amphoe.example",), "เรื่อง", view, enclosures=enclosures)


def test_the_letter_says_which_enclosure_is_which_and_goes_without_a_copy_that_was_not_made(ticks, desk):
    copied = MarkedCopy("w5827-long-marked.xlsx", "แบบ.xlsx", (), {}, b"copy")
    unmade = MarkedCopy("w5827-long-marked.xlsx", "แบบ.xlsx", (), {})
    form = BlankForm(ticks, "long")
    both, alone = (render(correction(ticks, form, enclosed), desk) for enclosed in (copied, unmade))
    assert [each.name for each in both.files] == ["w5827-long.xlsx", "w5827-long-marked.xlsx"]
    assert [each.name for each in alone.files] == ["w5827-long.xlsx"]
    for rendered, said in ((both, True), (alone, False)):
        for text in plain_and_page(rendered.raw):
            assert ("คือไฟล์ที่ท่านส่งมา" in text) is said
            assert ("w5827-long-marked.xlsx" in text) is said
            assert "คือแบบรายงานซึ่งมีข้อมูลที่บันทึกแล้ว" in text


def test_a_receipt_names_the_copy_that_shows_its_warnings(ticks, desk):
    copied = MarkedCopy("w5827-long-marked.xlsx", "แบบ.xlsx", (), {}, b"copy")
    for enclosures, said in (((copied,), True), ((), False)):
        rendered = render(correction(ticks, *enclosures, kind=LetterKind.RECEIPT), desk)
        assert all(("w5827-long-marked.xlsx" in text) is said for text in plain_and_page(rendered.raw))


def plain_and_page(raw):
    letter = parsed(raw)
    return letter.get_body(("plain",)).get_content(), letter.get_body(("html",)).get_content()


def parsed(raw):
    return email.message_from_bytes(raw, policy=email.policy.default)


# --- the whole way ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(Limits(cpu_seconds=8, wall_seconds=80, memory_bytes=256 << 20, workers=1)) as made:
        yield made


@pytest.fixture
def answered(tmp_path, bureau, sandbox):
    """Sends one mail through the real house; the letter that answers it, and the bytes in the books."""
    books = Books.open(f"sqlite:///{tmp_path}/books.db")
    now = datetime.datetime(2024, 11, 22, 10, 0, tzinfo=datetime.UTC)

    def run(raw):
        house = House(bureau, books.office("phrae", bureau.office.name), sandbox)
        (number,) = house.books.receive([Arrival("INBOX", 1, 1, raw, now, len(raw))])
        work(house, now)
        (due,) = house.books.claim(now, 10, datetime.timedelta(minutes=1))
        return parsed(due.raw), house.books.take(number).raw

    yield run
    books.close()


def workbooks(letter):
    return {part.get_filename(): part.get_payload(decode=True) for part in letter.iter_attachments()}


def test_a_faulty_form_is_answered_with_the_open_form_and_the_marked_copy(answered, long_form):
    data, first = long_form(("?", "✓", "✓", "✓"), GOOD, GOOD)
    raw = mail(("แบบ.xlsx", data))
    letter, kept = answered(raw)
    assert letter["X-Ruam-Kind"] == "correction"
    files = workbooks(letter)
    assert list(files) == ["w5827-long.xlsx", "w5827-long-marked.xlsx"]
    sheet = load_workbook(io.BytesIO(files["w5827-long-marked.xlsx"]))[SHEET]
    assert colour(sheet[f"C{first}"]) == RED.fgColor.rgb
    assert kept == raw


def test_a_workbook_that_kills_the_child_costs_the_copy_and_nothing_else(answered, long_form):
    """Its merge over the whole sheet is cut down for reading; a copy with all its looks would hold it in full."""
    data, _ = long_form(("?", "✓", "✓", "✓"), GOOD, GOOD)
    source, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as killer:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b"<mergeCell ", b'<mergeCell ref="Z60:XFD1048576" /><mergeCell ', 1)
            killer.writestr(name, part)
    letter, _ = answered(mail(("แบบ.xlsx", out.getvalue())))
    assert letter["X-Ruam-Kind"] == "correction"
    assert list(workbooks(letter)) == ["w5827-long.xlsx"]
    assert "marked" not in letter.get_body(("plain",)).get_content()
