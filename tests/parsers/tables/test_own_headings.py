"""A heading that is the whole of a question's wording is that question's, whatever it means in other tables."""

import datetime

import pytest

from parsers.form.form import Form
from parsers.read import read_file, read_message
from parsers.reading import Catalogue, FileRequest, Organisation, Reporter
from tests.forms.drawing import mail

FORM = Form.model_validate(
    {
        "title": "แบบสำรวจห้องสมุด",
        "organisation_aliases": ["อปท."],
        "question": [
            {"key": "has", "kind": "tick", "label": "มีห้องสมุด"},
            {"key": "name", "kind": "text", "label": "ชื่อห้องสมุด", "aliases": ["ชื่อ"], "group": "ห้องสมุด", "asked_if": {"question": "has", "is": True}},
            {"key": "sort", "kind": "choice", "label": "ประเภทห้องสมุด", "aliases": ["ประเภท"], "choices": ["ประชาชน", "โรงเรียน"], "asked_if": {"question": "has", "is": True}},
            {"key": "drill", "kind": "integer", "label": "ซ้อมแผน (ครั้ง)", "aliases": ["ซ้อมแผน"]},
            {"key": "day", "kind": "date", "label": "วันที่ซ้อมแผน"},
            {"key": "head", "kind": "text", "label": "ชื่อผู้ดูแล", "required": False},
        ],
    }
)  # fmt: skip
SONG = Organisation("5407", "ทต.", "เทศบาลตำบลสอง", "ทต.สอง", "สอง")
PINE = Organisation("5408", "อบต.", "องค์การบริหารส่วนตำบลบ้านหนุน", "อบต.บ้านหนุน", "สอง")
DISTRICT = Reporter(key="song", name="อำเภอสอง", organisations=("5407", "5408"), addresses=("song@district.example",))
CATALOGUE = Catalogue({"library": FORM}, (SONG, PINE), (DISTRICT,), datetime.date(2025, 6, 25))


def values(build, *rows):
    reading = read_file("a.xlsx", build.workbook(build.page(list(rows))), FileRequest(CATALOGUE, "library"))
    return {(each.organisation, each.question): each.value for each in reading.answers}


def test_short_headings_that_elsewhere_head_names_and_types_are_the_questions(build):
    said = values(
        build,
        ["อปท.", "มีห้องสมุด", "ชื่อ", "ประเภท", "ซ้อมแผน", "วันที่ซ้อมแผน"],
        ["ทต.สอง", "มี", "บ้านหนังสือ", "โรงเรียน", 2, "3 มี.ค. 2568"],
    )
    assert (said["5407", "name"], said["5407", "sort"]) == ("บ้านหนังสือ", "โรงเรียน")


def test_a_column_of_types_stays_one_beside_the_question_of_kinds(build):
    said = values(
        build,
        ["ประเภท", "อปท.", "มีห้องสมุด", "ชื่อห้องสมุด", "ประเภท", "ซ้อมแผน", "วันที่ซ้อมแผน"],
        ["ทต.", "สอง", "มี", "บ้านหนังสือ", "ประชาชน", 2, "3 มี.ค. 2568"],
    )
    assert said["5407", "sort"] == "ประชาชน"


def test_a_label_that_holds_anothers_is_found_in_any_order_of_columns(build):
    said = values(
        build,
        ["อปท.", "วันที่ซ้อมแผน", "ซ้อมแผน", "มีห้องสมุด", "ชื่อผู้ดูแล"],
        ["ทต.สอง", "3 มี.ค. 2568", 2, "ไม่มี", "นางมาลี"],
    )
    assert (said["5407", "day"], said["5407", "drill"]) == ("2025-03-03", "2")


HEAD = "ที่\tอปท.\tซ้อมแผน\tวันที่ซ้อมแผน\tมีห้องสมุด\tชื่อห้องสมุด\tประเภทห้องสมุด\tชื่อผู้ดูแล"


def typed(*lines):
    body = "เรียน ท้องถิ่นจังหวัด\n\nแบบสำรวจห้องสมุด\n" + "\n".join([HEAD, *lines]) + "\n"
    reading = read_message(mail(body, headers={"From": "song@district.example"}), CATALOGUE)
    return {(each.organisation, each.question): each.value for each in reading.answers}


def test_rows_typed_with_tabs_may_lack_their_last_blanks():
    said = typed("1\tทต.สอง\t2\t3 มี.ค. 2568\tมี\tบ้านหนังสือ\tประชาชน", "2\tอบต.บ้านหนุน\t1\t5 มี.ค. 2568\tไม่มี")
    assert said["5407", "sort"] == "ประชาชน"
    assert said["5407", "name"] == "บ้านหนังสือ"
    assert (said["5408", "drill"], said["5408", "has"]) == ("1", False)


@pytest.mark.parametrize("row", ["2\t3 มี.ค. 2568\tมี\tประชาชน", "2\tมี\tบ้านหนังสือ\tประชาชน"])
def test_where_a_cell_may_be_left_out_in_the_middle_nothing_is_read(row):
    said = typed(f"1\tทต.สอง\t{row}")
    assert not {key for organisation, key in said if organisation == "5407"}
