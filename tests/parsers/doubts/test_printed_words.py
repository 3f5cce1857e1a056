"""What a form was sent out with is no doubt about an answer, however it is set; other words about the same thing are."""

import pytest

from parsers.findings import Code
from parsers.form.form import Form
from parsers.form.printed_words import is_printed
from parsers.read import read_file, read_message
from parsers.reading import Catalogue, FileRequest, Organisation, Reporter
from tests.forms.drawing import mail

USABLE = "กรอกข้อมูลเฉพาะเครื่องมือที่ใช้การได้ เครื่องมือชำรุดไม่ต้องนับ"
ORDER = "คำสั่ง ให้ระบุเลขที่คำสั่ง เช่น 12/2568"
FORM = Form.model_validate(
    {
        "title": "แบบสำรวจเครื่องสูบน้ำ ปี 2568",
        "note": [USABLE, ORDER],
        "question": [
            {"key": "pumps", "kind": "integer", "label": "เครื่องมือ (เครื่อง)", "aliases": ["เครื่องสูบน้ำ"]},
            {"key": "staff", "kind": "integer", "label": "เจ้าหน้าที่ (คน)"},
        ],
    }
)
SONG = Organisation("5407", "ทต.", "เทศบาลตำบลสอง", "ทต.สอง", "สอง")
PINE = Organisation("5408", "อบต.", "องค์การบริหารส่วนตำบลบ้านหนุน", "อบต.บ้านหนุน", "สอง")
DISTRICT = Reporter(key="song", name="อำเภอสอง", organisations=("5407", "5408"), addresses=("song@district.example",))
CATALOGUE = Catalogue({"pumps": FORM}, (SONG, PINE), (DISTRICT,), None)
ROWS = [["อปท.", "เครื่องมือ (เครื่อง)", "เจ้าหน้าที่ (คน)"], ["ทต.สอง", 4, 7], ["อบต.บ้านหนุน", 3, 9]]


@pytest.mark.parametrize(
    "text",
    [
        USABLE,
        f"หมายเหตุ : {USABLE}",
        f"1. {USABLE}",
        f"{USABLE} {ORDER}",
        f"หมายเหตุ 1) {USABLE} {ORDER}",
        USABLE[: len(USABLE) * 2 // 3],
        "คำสั่ง ให้ระบุเลขที่คำสั่ง เช่น ๑๒/๒๕๖๘",
    ],
)
def test_a_note_is_known_however_it_is_set(text):
    assert is_printed(text, FORM)


@pytest.mark.parametrize("text", ["", "เครื่องมือชำรุดไม่ต้องนับ", ORDER.replace("12", "13"), f"{USABLE} ของ ทต.สอง"])
def test_other_words_are_not_the_forms(text):
    assert not is_printed(text, FORM)


def test_the_forms_own_note_asks_nothing_of_its_figures(build):
    for note in (f"หมายเหตุ : {USABLE}", USABLE):
        reading = read_file("a.xlsx", build.workbook(build.page([*ROWS, [], [note]])), FileRequest(CATALOGUE, "pumps"))
        assert {answer.value for answer in reading.answers} == {"4", "7", "3", "9"}
        assert Code.ANSWER_UNREADABLE not in {each.code for each in reading.findings}


def test_a_clerks_own_words_of_the_same_kind_are_asked(build):
    rows = [*ROWS, [], ["หมายเหตุ : ช่องเครื่องมือ ยังไม่ต้องบันทึก"]]
    reading = read_file("a.xlsx", build.workbook(build.page(rows)), FileRequest(CATALOGUE, "pumps"))
    asked = [each for each in reading.findings if each.code is Code.ANSWER_UNREADABLE]
    assert {each.question for each in asked} == {"pumps"}


def test_the_title_of_a_form_heads_no_column(build):
    rows = [[FORM.title], ["อปท.", "ทต.สอง"], ["เครื่องสูบน้ำ", 4], ["เจ้าหน้าที่ (คน)", 7]]
    reading = read_file("a.xlsx", build.workbook(build.page(rows)), FileRequest(CATALOGUE, "pumps"))
    assert {answer.question: answer.value for answer in reading.answers} == {"pumps": "4", "staff": "7"}


def test_in_a_mail_the_forms_note_is_no_word_to_be_asked():
    table = "\n".join("\t".join(map(str, row)) for row in ROWS)
    body = f"เรียน ท้องถิ่นจังหวัด\n\n{table}\n\nหมายเหตุ : {USABLE}\n{ORDER}\n\nขอแสดงความนับถือ\n"
    reading = read_message(mail(body, headers={"From": "song@district.example"}), CATALOGUE)
    assert len(reading.answers) == len(ROWS) * 2 - 2
    assert Code.WORDS_NOT_READ not in {each.code for each in reading.findings}
