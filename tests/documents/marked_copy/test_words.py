"""A row that is asked again because of words in the mail is marked in the copy, as is every other."""

import io

import openpyxl

from bot.config.load import shipped_bureau
from bot.documents.form.excel_form import blank_form
from bot.documents.marked_copy.colours import RED
from bot.documents.marked_copy.marked_workbook import marked_copy
from bot.office.letters.marked_copies import marked_copies
from parsers.findings import Code, Place
from parsers.read import read_message
from parsers.reading import Answer
from tests.forms.drawing import mail

BUREAU = shipped_bureau()
CIRCULAR = BUREAU.circulars["w5827"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REPORTER = "den-chai"


def copied(words: str) -> openpyxl.Workbook:
    organisations = BUREAU.roster.by_key[REPORTER].organisations
    done = [Answer(code, question.key, True, Place()) for code in organisations for question in CIRCULAR.form.question]  # noqa: FBT003
    raw = mail(words, [("แบบ.xlsx", blank_form(CIRCULAR, BUREAU.roster, REPORTER, done), XLSX)])
    reading = read_message(raw, BUREAU.catalogue())
    assert [found.code for found in reading.findings] == [Code.WORDS_CONTRADICT]
    (wanted,) = marked_copies(BUREAU, CIRCULAR, reading)
    return openpyxl.load_workbook(io.BytesIO(marked_copy(raw, wanted.file, wanted.findings, wanted.organisations)))


def test_each_cell_of_the_row_that_the_words_speak_against_is_red_and_says_why():
    book = copied("ทต.แม่จั๊วะ จริงๆ ยังไม่ได้ดำเนินการทุกข้อ ไฟล์แนบกรอกผิด ขออภัย")
    sheet = book[CIRCULAR.form.sheet]
    red = [c for row in sheet.iter_rows() for c in row if c.fill.fgColor.rgb == RED.fgColor.rgb]
    (row,) = {cell.row for cell in red}
    assert sheet.cell(row, 2).value == "เทศบาลตำบลแม่จั๊วะ"
    assert [cell.column for cell in red] == [3, 4, 5, 6]
    assert all("ในอีเมลเขียนว่า" in cell.comment.text for cell in red)


def test_the_list_names_the_row_once_with_a_link_to_its_first_cell():
    book = copied("ทต.แม่จั๊วะ จริงๆ ยังไม่ได้ดำเนินการทุกข้อ ไฟล์แนบกรอกผิด ขออภัย")
    (line,) = [row for row in book.worksheets[0].iter_rows() if "ในอีเมลเขียนว่า" in str(row[4].value)]
    assert line[3].value == "ทต.แม่จั๊วะ"
    assert str(line[2].value).startswith("C")
    assert line[2].hyperlink.location.endswith(f"!{str(line[2].value).rstrip('…')}")
