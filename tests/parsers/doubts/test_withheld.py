"""Lines that take some rows or columns of a form back, beside the table or in its mail: those are asked, the rest is read."""

import pytest

from parsers.findings import Code
from parsers.form.form import Form
from parsers.read import read_file, read_message
from parsers.reading import Catalogue, FileRequest, Organisation, Reporter
from tests.forms.drawing import mail

FORM = Form.model_validate(
    {
        "title": "การสำรวจสนามเด็กเล่น ปี ๒๕๖๘",
        "organisation_label": "ชื่อ อปท.",
        "blank": "no",
        "question": [
            {"key": "fence", "kind": "tick", "label": "มีรั้วรอบสนาม"},
            {"key": "swings", "kind": "integer", "label": "ชิงช้าที่ใช้การได้ (ตัว)"},
            {"key": "mended", "kind": "money", "label": "ค่าซ่อมที่จ่ายแล้ว (บาท)"},
            {"key": "share", "kind": "percent", "label": "ร้อยละการเบิกจ่าย"},
            {"key": "grade", "kind": "choice", "label": "ผลตรวจความปลอดภัย", "choices": ["ผ่าน", "ปรับปรุง"]},
        ],
    }
)
NAMES = ("สรอย", "นาพูน", "ป่าสัก", "แม่พุง")
ORGANISATIONS = tuple(
    Organisation(f"554090{at}", "อบต.", f"องค์การบริหารส่วนตำบล{name}", f"อบต.{name}", "วังชิ้น")
    for at, name in enumerate(NAMES, 1)
)
WANGCHIN = Reporter(
    key="wangchin",
    name="อำเภอวังชิ้น",
    organisations=tuple(each.code for each in ORGANISATIONS),
    addresses=("wangchin@district.example",),
)
CATALOGUE = Catalogue({"play": FORM}, ORGANISATIONS, (WANGCHIN,), None)
ROWS = [
    ["ที่", "ชื่อ อปท.", *(question.label for question in FORM.question)],
    *(
        [at, f"อบต.{name}", "✓" if at % 2 else None, at + 2, f"{at},500", 40 + at, "ผ่าน"]
        for at, name in enumerate(NAMES, 1)
    ),
]
KEYS = frozenset(question.key for question in FORM.question)
LETTER = "เรียน ท้องถิ่นจังหวัด\n\nขอส่งแบบรายงานตามไฟล์แนบ\n\n"


def above(build, line):
    rows = [[line], [], *ROWS]
    return read_file("a.xlsx", build.workbook(build.page(rows)), FileRequest(CATALOGUE, "play", "wangchin"))


def beside(build, line):
    rows = [*ROWS, [], [line]]
    return read_file("a.xlsx", build.workbook(build.page(rows)), FileRequest(CATALOGUE, "play", "wangchin"))


def mailed(build, line):
    file = (
        "แบบ.xlsx",
        build.workbook(build.page(ROWS)),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    return read_message(mail(LETTER + line, [file], headers={"From": "wangchin@district.example"}), CATALOGUE)


def kept(reading):
    """By name the questions that are recorded."""
    codes = {each.code: each.short_name.removeprefix("อบต.") for each in ORGANISATIONS}
    found = {name: set() for name in NAMES}
    for answer in reading.standing():
        found[codes[answer.organisation]].add(answer.question)
    return found


ROWS_BACK = [
    *(("หมายเหตุ ลำดับที่ 2 และ 4 ขอถอนข้อมูลเพื่อตรวจสอบ จะส่งใหม่ภายหลัง", {"นาพูน", "แม่พุง"}), ("แถวที่ 3 ยังไม่ต้องบันทึกครับ", {"ป่าสัก"})),
    *(("ลำดับ ๒-๔ ยังไม่ได้ตรวจสอบ อย่าเพิ่งใช้", {"นาพูน", "ป่าสัก", "แม่พุง"}), ("ลำดับที่ 1, 2 และลำดับที่ 4 รอยืนยัน", {"สรอย", "นาพูน", "แม่พุง"})),
]  # fmt: skip


@pytest.mark.parametrize("where", [beside, mailed, above])
@pytest.mark.parametrize(("line", "whose"), ROWS_BACK)
def test_rows_that_a_line_takes_back_by_their_numbers_are_asked(build, where, line, whose):
    """Blank ticks too, which would mean no."""
    reading = where(build, line)
    assert kept(reading) == {name: set() if name in whose else KEYS for name in NAMES}
    asked = {found.organisation for found in reading.findings if found.code is Code.ANSWER_UNREADABLE}
    assert asked == {each.code for each in ORGANISATIONS if each.short_name.removeprefix("อบต.") in whose}


COLUMNS_BACK = [
    *(("ทั้งนี้ ช่องค่าซ่อมที่จ่ายแล้วและร้อยละ ยังไม่ได้ตรวจสอบกับกองคลัง ขอให้ยังไม่บันทึก", {"mended", "share"}),),
    *(("ผลตรวจความปลอดภัยในตารางยังไม่เป็นทางการ โปรดอย่าเพิ่งลงข้อมูลช่องนี้", {"grade"}),),
    *(("ตัวเลขชิงช้าที่ใช้การได้ เป็นของเดือนที่แล้ว รอข้อมูลใหม่ อย่าเพิ่งนำไปใช้", {"swings"}),),
]


@pytest.mark.parametrize("where", [beside, mailed])
@pytest.mark.parametrize(("line", "keys"), COLUMNS_BACK)
def test_columns_that_a_line_takes_back_are_asked(build, where, line, keys):
    assert kept(where(build, line)) == dict.fromkeys(NAMES, KEYS - keys)


@pytest.mark.parametrize(
    "line",
    [
        "ไฟล์ที่แนบเป็นเพียงร่าง ยังไม่ผ่านนายอำเภอ ขออย่าเพิ่งบันทึกข้อมูล",
        "ไฟล์ที่แนบมานี้แนบผิด เป็นไฟล์ของรอบก่อน กรุณาไม่ต้องใช้ จะส่งไฟล์ที่ถูกต้องให้ใหม่",
        "แบบที่แนบเป็นของปีก่อน โปรดอย่าใช้",
        "ช่องที่กรอกยังไม่ต้องบันทึกครับ",  # nobody can tell which
    ],
)
def test_a_form_taken_back_as_a_whole_is_not_read(build, line):
    reading = mailed(build, line)
    assert not any(kept(reading).values())


def test_a_row_that_is_not_there_is_said_not_to_be_understood(build):
    reading = mailed(build, "ลำดับที่ 9 ยังไม่ต้องบันทึกครับ")
    assert kept(reading) == dict.fromkeys(NAMES, KEYS)
    assert [found.code for found in reading.findings] == [Code.WORDS_NOT_READ]


def test_of_a_form_that_is_attached_the_row_of_one_organisation_is_held_back(build):
    reading = mailed(build, "ข้อมูลตามไฟล์แนบ เฉพาะ อบต.นาพูน ยังไม่ยืนยันข้อมูล ขอให้อย่าเพิ่งนำไปใช้")
    assert {name for name, keys in kept(reading).items() if keys} == set(NAMES) - {"นาพูน"}


@pytest.mark.parametrize(
    "line",
    [
        "ช่องร้อยละ หากยังไม่ยืนยันให้เว้นไว้",
        "ช่องผลตรวจความปลอดภัย ไม่ต้องกรอกหน่วย",
        "ลำดับที่ 2 และ 4 ยืนยันข้อมูลแล้ว",
        "สนามเด็กเล่นยังไม่ได้รับการตรวจสอบจากกรมอีก 3 แห่ง",
    ],
)
def test_lines_that_take_nothing_back_leave_all_as_it_stands(build, line):
    assert kept(mailed(build, line)) == dict.fromkeys(NAMES, KEYS)


@pytest.mark.parametrize("said", ["(ยังไม่ส่ง ใช้ข้อมูลปีที่แล้วไปพลางก่อน)", "(ยังไม่ได้รายงาน)", "(ใส่ตัวเลขเดิมแทน)"])
def test_stand_ins_behind_a_name_are_nobodys_answers(build, said):
    rows = [[*row] for row in ROWS]
    rows[1][1] += f" {said}"
    reading = read_file("a.xlsx", build.workbook(build.page(rows)), FileRequest(CATALOGUE, "play", "wangchin"))
    assert kept(reading) == {"สรอย": set()} | {name: set(KEYS) for name in NAMES[1:]}
    assert any(finding.code is Code.ANSWER_UNREADABLE for finding in reading.findings)


def test_other_words_behind_a_name_take_nothing_back(build):
    rows = [[*row] for row in ROWS]
    rows[1][1] += " (ส่งครั้งที่ 2)"
    reading = read_file("a.xlsx", build.workbook(build.page(rows)), FileRequest(CATALOGUE, "play", "wangchin"))
    assert kept(reading) == {name: set(KEYS) for name in NAMES}
