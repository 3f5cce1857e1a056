"""Words beside a form that say something of its figures are told as not read; covering words, signatures and notes are not."""

from email.message import EmailMessage

import pytest

from parsers.findings import Code
from parsers.form.form import Form
from parsers.mail.words.words_about_data import LONGEST, speaks_of_data
from parsers.read import read_file, read_message
from parsers.reading import Catalogue, FileRequest, Organisation, Reporter

FORM = Form.model_validate(
    {
        "title": "แบบสำรวจสระว่ายน้ำ",
        "question": [
            {"key": "pools", "kind": "integer", "label": "จำนวนสระว่ายน้ำ"},
            {"key": "users", "kind": "integer", "label": "ผู้ใช้บริการ (คน)"},
        ],
        "remark": [{"key": "wish", "label": "ข้อเสนอแนะ"}],
    }
)
ONE = Organisation("5540901", "อบต.", "องค์การบริหารส่วนตำบลสรอย", "อบต.สรอย", "วังชิ้น")
TWO = Organisation("5540902", "อบต.", "องค์การบริหารส่วนตำบลแม่พุง", "อบต.แม่พุง", "วังชิ้น")
DISTRICT = Reporter("wang-chin", "อำเภอวังชิ้น", (ONE.code, TWO.code), ("clerk@wangchin.example",))
CATALOGUE = Catalogue({"pools": FORM}, (ONE, TWO), (DISTRICT,), None)
ROWS = [["ที่", "อปท.", "จำนวนสระว่ายน้ำ", "ผู้ใช้บริการ (คน)"], [1, "อบต.สรอย", 3, 120], [2, "อบต.แม่พุง", 2, 80], []]

OF_DATA = (
    "อบต.สรอย มีสระว่ายน้ำ 4 แห่ง",
    "อบต.สรอย ผู้ใช้บริการ 140 ไม่ใช่ 120",
    "ของ อบต.สรอย ตัวเลขผู้ใช้บริการลืมเติมศูนย์",
    "เพิ่มของ อบต.สรอย อีก 2 แห่งด้วยครับ",
    "ให้ใช้ 140 แทน 120 ในแถวของ อบต.สรอย",
    "อบต.สรอย ข้อมูลซ้ำกับ อบต.แม่พุง",
    "ตัวเลขผู้ใช้บริการเป็นการประมาณการ",
    "ข้อมูลในตารางเป็นของเดือนพฤษภาคม",
    "คอลัมน์ผู้ใช้บริการเป็นข้อมูลของปีที่แล้ว",
    "แถวสุดท้ายเป็นตัวอย่าง",
    "แถวที่ 2 กับ 3 สลับกัน",
    "ลำดับที่ 2 พิมพ์ตกเลข 0 ไปหนึ่งตัว",
    "ผู้ใช้บริการหมายถึงจำนวนครั้งที่เข้าใช้",
)
OF_NOTHING = (
    "ผู้รายงาน นายสมชาย ใจดี โทร 054-123456",
    "ผู้ประสานงาน อบต.สรอย โทร 08 1234 5678",
    "ที่มา: สำนักทะเบียนอำเภอวังชิ้น",
    "อปท. ในอำเภอวังชิ้นทั้งหมด 8 แห่ง",
    "ขอรับรองว่าข้อมูลถูกต้องครบถ้วน",
    "อบต.สรอย ประสบปัญหาน้ำแล้ง",
    "ปลัด อบต.สรอย",
)


def codes(reading):
    return [found.code for found in reading.findings]


@pytest.mark.parametrize("line", OF_DATA)
def test_a_line_below_the_table_that_speaks_of_its_data_is_told(line, build):
    reading = read_file("a.xlsx", build.workbook(build.page([*ROWS, [line]])), FileRequest(CATALOGUE, "pools"))
    barred = len(reading.answers) - 4  # some are understood, and what they speak of is asked
    assert Code.WORDS_NOT_READ in codes(reading) or barred < 0


@pytest.mark.parametrize("line", OF_NOTHING)
def test_what_says_nothing_of_the_data_is_not_told(line, build):
    reading = read_file("a.xlsx", build.workbook(build.page([*ROWS, [line]])), FileRequest(CATALOGUE, "pools"))
    assert (codes(reading), len(reading.answers)) == ([], 4)


def test_what_stands_under_a_remark_is_that_remark(build):
    rows = [*ROWS, ["ข้อเสนอแนะ"], ["ตัวเลขควรเป็นของปีที่แล้ว"]]
    reading = read_file("a.xlsx", build.workbook(build.page(rows)), FileRequest(CATALOGUE, "pools"))
    assert Code.WORDS_NOT_READ not in codes(reading)


@pytest.mark.parametrize(
    ("line", "told"), [*((each, True) for each in OF_DATA), *((each, False) for each in OF_NOTHING)]
)
def test_so_it_is_with_the_words_of_a_mail(line, told, build):
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = (
        "clerk@wangchin.example",
        "แบบสำรวจ",
        "Fri, 20 Jun 2025 09:00:00 +0700",
    )
    mail.set_content(f"เรียน ท้องถิ่นจังหวัดแพร่\n\nขอส่งแบบสำรวจตามไฟล์แนบ\n{line}\n")
    kind = {"maintype": "application", "subtype": "octet-stream", "filename": "a.xlsx"}
    mail.add_attachment(build.workbook(build.page(ROWS)), **kind)
    reading = read_message(mail.as_bytes(), CATALOGUE, circular="pools")
    assert bool(reading.findings) is told


def test_a_covering_clause_hides_no_other():
    assert speaks_of_data("ขอส่งแบบสำรวจตามไฟล์แนบ ทั้งนี้ ตัวเลขผู้ใช้บริการเป็นการประมาณการ")
    assert not speaks_of_data("ขอส่งแบบสำรวจข้อมูลเป็นของเดือนพฤษภาคม")
    assert not speaks_of_data(f"{'ก' * LONGEST} ตัวเลขเป็นการประมาณการ")


@pytest.mark.parametrize(
    ("note", "told"),
    [
        *(("สระว่ายน้ำเพิ่มอีก 1 แห่ง", True), ("ผู้ใช้บริการจริง 140 คน รวมเด็ก", True), ("สลับกับแถวบน", True)),
        *(("เหมือน อบต.แม่พุง", True), ("เดิม 34 คน", True), ("ไม่รวมหมู่ที่ 5", True), ("ไม่ต้องนับแถวนี้", True)),
        *(("ฝนตกชุก", False), ("ซ่อมหลังคา 2 หลัง", False), ("ผู้ใช้บริการ 120 คน", False), ("ครบถ้วน", False)),
        ("ผู้รายงาน นายดี โทร 0812345678", False),
    ],
)
def test_a_note_beside_a_row_that_speaks_of_its_answers_is_told(note, told, build):
    rows = [[*ROWS[0], "หมายเหตุ"], [*ROWS[1], note], ROWS[2]]
    reading = read_file("a.xlsx", build.workbook(build.page(rows)), FileRequest(CATALOGUE, "pools"))
    assert [(found.code, found.organisation) for found in reading.findings] == [(Code.WORDS_NOT_READ, ONE.code)] * told
    assert len(reading.standing()) == 4
