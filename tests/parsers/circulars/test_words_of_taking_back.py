"""What takes a form back, and what only sounds so: each judged before any of it was read."""

import io

import docx
import openpyxl
import pytest
from lxml import etree

from parsers.circulars.words_of_taking_back import called_taken_back, taken_back_in_words, titled_taken_back
from parsers.findings import Code
from parsers.read import FileRequest, read_file, read_message
from tests.forms.drawing import DENCHAI, ONE_ROW, mail, rows, separated, table
from tests.forms.judging import corpus_bureau

CATALOGUE = corpus_bureau().catalogue()
FORM = separated(table(rows(DENCHAI)))

TAKEN_BACK = (
    "ทดสอบกรอกข้อมูล ตัวเลขสมมติ",
    "ในตารางเป็นตัวเลขสมมุติ",
    "กรุณาอย่าใช้ไฟล์นี้ เดี๋ยวส่งให้ใหม่ครับ",
    "ขออภัยค่ะ ส่งผิดไฟล์",
    "แนบไฟล์ผิดครับ พรุ่งนี้จะส่งฉบับที่ถูกต้อง",
    "ขอยกเลิกฉบับที่ส่ง",
    "ขอยกเลิกแบบรายงานฉบับนี้ไว้ก่อน",
    "ขอยกเลิกการส่งรายงานครั้งนี้",
    "ยกเลิกไฟล์นี้ครับ",
    "ส่งร่างมาให้ดูก่อนค่ะ",
    "ไฟล์ที่แนบเป็นฉบับร่าง",
    "ส่งร่างแบบรายงานมาเพื่อพิจารณา",
    "รายงานฉบับนี้ยังไม่ผ่านการลงนาม",
    "ยังไม่ได้เสนอนายอำเภอลงนาม ขอส่งให้ทราบล่วงหน้า",
    "ส่งมาเพื่อให้ช่วยตรวจก่อนครับ",
    "รบกวนช่วยดูให้ก่อนนะคะ แล้วจะส่งฉบับจริง",
    "ยังไม่ต้องบันทึกข้อมูลจากไฟล์นี้",
    "ข้อมูลในไฟล์นี้อย่าเพิ่งใช้",
    "This is a draft, please do not use",
    "ทดลองส่งครับ ยังไม่ใช่ข้อมูลจริง",
    "ห้ามใช้แบบที่แนบ",
    "ไฟล์ที่ส่งมานี้ไม่ถูกต้อง จะส่งใหม่พรุ่งนี้",
    "ขอถอนแบบรายงานนี้",
    "ยังไม่ใช่ฉบับสมบูรณ์ครับ",
    "ส่งให้ตรวจสอบความถูกต้องก่อนส่งจริง",
    "ข้อมูลเบื้องต้น ยังไม่ได้รับการยืนยัน",
    "*** อย่าเพิ่งนำไปใช้ ***",
)
STANDS = (
    "ยกเลิกฉบับเดิม ขอใช้ฉบับนี้แทน",
    "ขอยกเลิกไฟล์ที่ส่งเมื่อวาน และขอส่งไฟล์ใหม่ตามแนบ",
    "เมื่อวานส่งผิดไฟล์ ขอส่งใหม่ครับ",
    "อย่าใช้ไฟล์เดิม ให้ใช้ไฟล์นี้แทน",
    "ขอส่งแบบรายงานฉบับลงนามแล้ว แทนฉบับร่าง",
    "แก้ไขจากร่างเดิมแล้ว",
    "อบต.ไทรย้อย อยู่ระหว่างยกร่างประกาศ",
    "ทุกแห่งจัดทำร่างคำสั่งเสร็จแล้ว",
    "หนังสือนำส่งอยู่ระหว่างเสนอนายอำเภอลงนาม จะส่งตามภายหลัง",
    "ประกาศของ ทต.เด่นชัย ยังไม่ได้ลงนาม",
    "จึงเรียนมาเพื่อโปรดตรวจสอบ",
    "กรุณาตรวจสอบความถูกต้องก่อนรวบรวมส่งกรม",
    "ได้ตรวจสอบข้อมูลก่อนส่งแล้ว",
    "ส่งก่อนกำหนดครับ",
    "หากส่งผิดไฟล์ขออภัยด้วยครับ",
    "มีการยกเลิกคำสั่งเดิมและออกคำสั่งใหม่",
    "ยกเลิกการประชุมวันศุกร์",
    "ข้อมูลของ อบต.ไทรย้อย ยังไม่ได้รับการยืนยัน",
    "แบบรายงานข้อมูลเบื้องต้นของ อปท.",
    "ส่งแบบรายงานครับ",
    "ฉบับนี้ไม่ใช่ฉบับร่าง ใช้ได้เลยครับ",
    "กลุ่มงานร่างกฎหมายและนิติการ",
    "ไม่ต้องนับ อบต.ห้วยไร่",
    "ห้ามใช้ถุงพลาสติกในสำนักงาน",
    "ขอยกเลิก อบต.ห้วยไร่",
    "ไฟล์ที่ส่งไปผิด ขอส่งใหม่ครับ",
    "ทต.แม่จั๊วะ ยังไม่ได้ดำเนินการทุกข้อ ไฟล์แนบกรอกผิด ขออภัย",
    "ให้ใช้ไฟล์นี้แทนไฟล์ที่ส่งผิด",
    "ไม่ต้องใช้เอกสารตัวจริง",
    "ข้อมูลนี้ไม่รวมถึงเมืองพัทยา",
    "ระบบยังไม่ผ่านการทดสอบ",
    "ตามร่างพระราชบัญญัติการปฏิบัติราชการทางอิเล็กทรอนิกส์",
)
NAMES_TAKEN_BACK = (
    "ร่าง แบบรายงาน.xlsx",
    "แบบรายงาน_ร่าง.xlsx",
    "แบบรายงาน(ร่าง1).xlsx",
    "แบบรายงาน ฉบับร่าง.xlsx",
    "DRAFT-report.xlsx",
    "w5827_draft2.xlsx",
    "ยกเลิก.xlsx",
    "แบบรายงาน (ยกเลิก).xlsx",
    "แบบรายงาน-อย่าใช้.xlsx",
    "แบบรายงาน ไม่ใช้แล้ว.xlsx",
)
NAMES_THAT_STAND = (
    "แบบรายงาน.xlsx",
    "แบบรายงาน ร่างประกาศ ม.10.xlsx",
    "แบบรายงาน แทนฉบับร่าง.xlsx",
    "แบบรายงาน แก้จากร่างเดิม.xlsx",
    "แบบรายงาน (ยกเลิกฉบับเดิม).xlsx",
    "แบบรายงานการยกเลิกสัญญา.xlsx",
    "รายงานสร้างถนน.xlsx",
    "drafting-office.xlsx",
)
TITLES_TAKEN_BACK = (
    "*** ยกเลิก ใช้ฉบับใหม่ ***",
    "ฉบับร่าง",
    "(ร่าง)",
    "DRAFT",
    "ร่างแบบรายงานสถานะ",
    "ห้ามใช้ไฟล์นี้",
    "ยังไม่ผ่านการลงนาม",
)
TITLES_THAT_STAND = (
    "แบบรายงานการยกเลิกใบอนุญาต",
    "ร่างข้อบัญญัติงบประมาณรายจ่าย",
    "แบบรายงานการจัดทำร่างประกาศ",
    "แก้ไขจากฉบับร่าง",
    "ยกเลิกฉบับเดิม ใช้ฉบับนี้แทน",
)


@pytest.mark.parametrize("line", TAKEN_BACK)
def test_a_mail_that_takes_its_form_back_is_understood(line):
    assert taken_back_in_words(f"เรียน ท้องถิ่นจังหวัดแพร่\n{line}\nขอบคุณครับ") == line


@pytest.mark.parametrize("line", STANDS)
def test_words_that_only_sound_so_take_nothing_back(line):
    assert taken_back_in_words(f"เรียน ท้องถิ่นจังหวัดแพร่\n{line}\nขอบคุณครับ") == ""


@pytest.mark.parametrize(
    ("subject", "taken"),
    [
        ("ยกเลิก: ส่งแบบรายงาน [w5827]", True),
        ("(ร่าง) แบบรายงาน w5827", True),
        ("Re: ร่างแบบรายงาน", True),
        ("Draft: report", True),
        ("Re: ขอให้รายงานการยกเลิกสัญญา", False),
        ("ส่งแบบรายงาน [w5827]", False),
        ("ตอบ: สอบถามร่างประกาศ", False),
    ],
)
def test_a_subject_takes_back_by_its_own_words(subject, taken):
    assert bool(taken_back_in_words("ส่งแบบรายงานครับ", subject)) is taken


@pytest.mark.parametrize("name", NAMES_TAKEN_BACK)
def test_a_name_that_calls_its_form_a_draft_or_cancelled(name):
    assert called_taken_back(name)


@pytest.mark.parametrize("name", NAMES_THAT_STAND)
def test_a_name_that_calls_its_form_nothing(name):
    assert not called_taken_back(name)


@pytest.mark.parametrize("title", TITLES_TAKEN_BACK)
def test_a_line_above_the_table_that_takes_it_back(title):
    assert titled_taken_back(title)


@pytest.mark.parametrize("title", TITLES_THAT_STAND)
def test_a_line_above_the_table_that_only_sounds_so(title):
    assert not titled_taken_back(title)


def page(*above):
    return separated(table(rows(DENCHAI), head=(*([line] for line in above), ONE_ROW)))


def test_nothing_of_a_form_that_its_mail_takes_back_is_recorded_and_that_is_said_once():
    reading = read_message(mail("ส่งร่างให้ดูก่อน ยังไม่ได้ลงนาม", [("แบบ.csv", FORM, "text/csv")]), CATALOGUE)
    assert reading.standing() == ()
    assert [found.code for found in reading.findings] == [Code.WORDS_CONTRADICT]
    assert "ส่งร่างให้ดูก่อน" in reading.findings[0].message
    assert reading.mail.kind == "report"


def test_a_new_version_that_takes_the_old_one_back_is_recorded():
    words = "ยกเลิกฉบับเดิม ขอใช้ฉบับนี้แทนครับ"
    reading = read_message(mail(words, [("แบบ.csv", FORM, "text/csv")]), CATALOGUE)
    assert len(reading.standing()) == 28
    assert reading.findings == ()


def test_a_quoted_mail_takes_nothing_back():
    words = "ส่งแบบรายงานฉบับสมบูรณ์ครับ\n\n> กรุณาอย่าใช้ไฟล์นี้ ส่งผิดไฟล์ครับ\n"
    reading = read_message(mail(words, [("แบบ.csv", FORM, "text/csv")]), CATALOGUE)
    assert reading.findings == ()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("ร่างแบบรายงาน.csv", FORM),
        ("แบบรายงาน.csv", page("*** ยกเลิก ***")),
        ("แบบรายงาน.csv", page("แบบรายงาน", "ฉบับร่าง")),
    ],
)
def test_a_form_whose_name_or_title_takes_it_back_is_asked_once(name, data):
    reading = read_file(name, data, FileRequest(CATALOGUE, "w5827", "den-chai"))
    assert reading.standing() == ()
    assert [found.code for found in reading.findings] == [Code.FORM_TAKEN_BACK]


def test_a_header_of_a_printed_page_takes_its_form_back():
    book = openpyxl.Workbook()
    for row in [ONE_ROW, *rows(DENCHAI)]:
        book.active.append(row)
    book.active.oddHeader.center.text = '&"TH SarabunPSK,Bold"&14ฉบับร่าง'
    file = io.BytesIO()
    book.save(file)
    reading = read_file("แบบรายงาน.xlsx", file.getvalue(), FileRequest(CATALOGUE, "w5827", "den-chai"))
    assert (reading.standing(), [found.code for found in reading.findings]) == ((), [Code.FORM_TAKEN_BACK])
    assert "ฉบับร่าง" in reading.findings[0].message


def test_a_watermark_of_a_document_takes_its_form_back():
    document = docx.Document()
    table = document.add_table(0, len(ONE_ROW))
    for row in [ONE_ROW, *rows(DENCHAI)]:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = str(value or "")
    mark = '<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="DRAFT"/></v:shape>'
    document.sections[0].header.paragraphs[0].add_run()._r.append(etree.fromstring(mark))
    file = io.BytesIO()
    document.save(file)
    reading = read_file("แบบรายงาน.docx", file.getvalue(), FileRequest(CATALOGUE, "w5827", "den-chai"))
    assert (reading.standing(), [found.code for found in reading.findings]) == ((), [Code.FORM_TAKEN_BACK])


def test_beside_the_form_itself_a_draft_is_only_set_aside():
    files = [
        ("ร่าง.csv", separated(table(rows(dict.fromkeys(DENCHAI, "NNNN")))), "text/csv"),
        ("แบบ.csv", FORM, "text/csv"),
    ]
    reading = read_message(mail("ส่งแบบรายงานครับ", files), CATALOGUE)
    assert len(reading.standing()) == 28
    assert [(found.code, found.severity) for found in reading.findings] == [(Code.FORM_TAKEN_BACK, "warning")]
