"""Answers typed as lines of a mail: each by the form's own words, or asked; talk, quotes and signatures are none."""

from email.message import EmailMessage

import pytest

from parsers.findings import Code
from parsers.form.form import Form
from parsers.form.naming import LOCAL
from parsers.mail.words.typed_answers import typed_answers
from parsers.organisations.type_words import words_of
from parsers.read import read_file, read_message
from parsers.reading import Catalogue, FileRequest, Organisation, Reporter
from parsers.tables.find import find_tables
from tests.forms.drawing import docx

POOLS = Form.model_validate(
    {
        "title": "แบบสำรวจสระว่ายน้ำ",
        "question": [
            {"key": "pools", "kind": "integer", "label": "จำนวนสระว่ายน้ำ (แห่ง)", "unit": "แห่ง"},
            {"key": "swimmers", "kind": "integer", "label": "ผู้ใช้บริการ (คน)", "unit": "คน"},
            {"key": "own", "kind": "money", "group": "งบดูแลสระ (บาท)", "label": "เงินรายได้"},
            {"key": "grant", "kind": "money", "group": "งบดูแลสระ (บาท)", "label": "เงินอุดหนุน"},
            {"key": "rules", "kind": "tick", "label": "จัดทำระเบียบแล้ว"},
            {"key": "checked", "kind": "date", "label": "วันที่ตรวจน้ำ", "required": False},
        ],
    }
)
TREES = Form.model_validate(
    {
        "title": "แบบสำรวจต้นไม้",
        "row_label": "ชนิดไม้",
        "row": [{"key": "teak", "label": "ไม้สัก"}, {"key": "bamboo", "label": "ไผ่", "aliases": ["ไม้ไผ่"]}],
        "question": [
            {"key": "planted", "kind": "integer", "label": "ปลูกแล้ว (ต้น)", "unit": "ต้น"},
            {"key": "area", "kind": "decimal", "label": "พื้นที่ปลูก (ไร่)", "unit": "ไร่"},
        ],
    }
)
ALL = {"pools": "2", "swimmers": "1204", "own": "50000.00", "grant": "0.00", "rules": True}
CODES = ("5540901", "5540902")
ONE = Organisation(CODES[0], "อบต.", "องค์การบริหารส่วนตำบลสรอย", "อบต.สรอย", "วังชิ้น")
TWO = Organisation(CODES[1], "ทต.", "เทศบาลตำบลวังชิ้น", "ทต.วังชิ้น", "วังชิ้น")
LINES = """จำนวนสระว่ายน้ำ 2 แห่ง
มีผู้ใช้บริการ ๑,๒๐๔ คน
งบดูแลสระ
- เงินรายได้ : 50,000 บาท
- เงินอุดหนุน -
จัดทำระเบียบแล้ว: ใช่"""


def said(text, form=POOLS):
    """What is read, by the name it is read for; blanks and what is asked are left out."""
    grid = typed_answers(text, words_of(LOCAL))
    found: dict[str, dict[str, object]] = {}
    for table in find_tables(grid, form) if grid else ():
        for row in table.rows:
            values = {key: table.readings.of(form.find(key), cell).value for key, cell in row.cells.items()}
            own = found.setdefault(row.name.text, {})
            own.update({key: value for key, value in values.items() if value is not None})
    return found


def mail(text, kind="plain", files=()):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "saraban@sroi.example", "desk@office.example", "รายงาน [pools]"
    message["Date"] = "Mon, 16 Feb 2026 10:00:00 +0700"
    message.set_content(text, subtype=kind)
    for name, data in files:
        message.add_attachment(data, maintype="text", subtype="plain", filename=name)
    return message.as_bytes()


def catalogue(*own):
    reporter = Reporter("sroi", "อบต.สรอย", tuple(each.code for each in own), ("saraban@sroi.example",))
    return Catalogue({"pools": POOLS}, (ONE, TWO), (reporter,))


def read(text, *own, kind="plain", files=()):
    reading = read_message(mail(text, kind, files), catalogue(*(own or (ONE,))))
    return {(a.organisation, a.question): a.value for a in reading.standing()}, reading


def of(code, values=ALL):
    return {(code, key): value for key, value in values.items()}


def test_a_line_for_each_question_under_a_name():
    assert said(f"อบต.สรอย\n{LINES}") == {"อบต.สรอย": ALL}
    assert said(f"เรียน ท้องถิ่นจังหวัด\nขอส่งข้อมูลของ อบต.สรอย ดังนี้ครับ\n{LINES}\nนายดี มาก\nโทร 054-000000") == {"อบต.สรอย": ALL}


def test_a_line_for_each_name():
    text = """1. อบต.สรอย จัดทำระเบียบแล้ว สระว่ายน้ำ 2 แห่ง ผู้ใช้บริการ จำนวน 1,204 คน
2. ทต.วังชิ้น: ยังไม่ได้จัดทำระเบียบ, สระว่ายน้ำ 1 แห่ง, ผู้ใช้บริการ 80 คน"""
    first = {key: ALL[key] for key in ("pools", "swimmers", "rules")}
    assert said(text) == {"อบต.สรอย": first, "ทต.วังชิ้น": {"pools": "1", "swimmers": "80", "rules": False}}


def test_a_name_of_which_something_is_not_done_is_answered_and_corrects_nothing():
    found, reading = read(f"อบต.สรอย ยังไม่ได้จัดทำระเบียบ\n{LINES.rpartition(chr(10))[0]}")
    assert found == of(CODES[0], {**ALL, "rules": False})
    assert not reading.findings


def test_a_question_above_its_names():
    text = "จำนวนสระว่ายน้ำ\n- อบต.สรอย 2 แห่ง\n- ทต.วังชิ้น 1 แห่ง\nผู้ใช้บริการ\n- อบต.สรอย 1,204 คน\n- ทต.วังชิ้น 80 คน"
    assert said(text) == {"อบต.สรอย": {"pools": "2", "swimmers": "1204"}, "ทต.วังชิ้น": {"pools": "1", "swimmers": "80"}}


def test_what_is_read_is_named_by_its_line():
    found, reading = read(f"สวัสดีครับ\n\n{LINES}\nวันที่ตรวจน้ำ 12 ม.ค. 2569")
    assert found == of(CODES[0], {**ALL, "checked": "2026-01-12"})
    assert not reading.findings
    places = {answer.question: str(answer.place) for answer in reading.answers}
    assert places["pools"] == "เนื้อหาอีเมล › บรรทัดที่ 2"
    assert places["checked"] == "เนื้อหาอีเมล › บรรทัดที่ 8"


def test_lines_of_a_mail_in_html_and_of_a_text_file():
    page = "".join(f"<div>{line}</div>" for line in LINES.split("\n"))
    assert read(page, kind="html")[0] == of(CODES[0])
    assert read("ตามไฟล์แนบ", files=[("ข้อมูล.txt", LINES.encode())])[0] == of(CODES[0])
    named = read_file("ข้อมูล.txt", f"อบต.สรอย\n{LINES}".encode(), FileRequest(catalogue(ONE, TWO), "pools", "sroi"))
    assert {(a.organisation, a.question): a.value for a in named.standing()} == of(CODES[0])


def of_document(*lines):
    reading = read_file("ข้อมูล.docx", docx(*lines), FileRequest(catalogue(ONE, TWO), "pools", "sroi"))
    return {(a.organisation, a.question): a.value for a in reading.standing()}, reading


def test_lines_of_a_document_without_a_table():
    """They were asked for: only a text file's were read."""
    second = LINES.replace("2 แห่ง", "3 แห่ง")
    text = f"แบบสำรวจสระว่ายน้ำ\nข้อมูล ณ วันที่ 12 ม.ค. 2569\n1. อบต.สรอย\n{LINES}\n2. ทต.วังชิ้น\n{second}\n(นางสาวดี มาก)\nปลัดเทศบาล"
    found, reading = of_document(*text.split("\n"))
    assert found == {**of(CODES[0]), **of(CODES[1], {**ALL, "pools": "3"})}
    assert not reading.findings
    assert str(reading.as_of) == "2026-01-12"


def test_a_document_beside_a_form_is_its_covering_letter():
    letter = docx("เรียน ท้องถิ่นจังหวัดแพร่", "มีสระว่ายน้ำ 7 แห่ง ผู้ใช้บริการ 80 คน เงินรายได้ 5 บาท ตามแบบที่แนบ", "(นายดี มาก)")
    files = [("หนังสือนำส่ง.docx", letter), ("ข้อมูล.txt", f"อบต.สรอย\n{LINES}".encode())]
    found, reading = read("ส่งตามแนบ", ONE, TWO, files=files)
    assert found == of(CODES[0])
    assert {each.code for each in reading.findings} == {Code.ORGANISATION_MISSING}


@pytest.mark.parametrize(
    "line",
    [
        *("ข้อมูลของ อบต.สรอย เป็นของปีก่อน", "แก้ไข อบต.สรอย สระว่ายน้ำ เป็น 3 แห่ง", "ตัวเลขทั้งหมดเป็นการประมาณการ"),
        *("ฉบับร่าง", "อบต.สรอย (ยังไม่ได้ตรวจสอบ)"),
    ],
)
def test_a_document_that_says_something_of_its_answers_besides_is_asked(line):
    for text in (f"อบต.สรอย\n{LINES}\n{line}", f"ทต.วังชิ้น\n{LINES}\n{line}\nอบต.สรอย\n{LINES}"):
        found, reading = of_document(*text.split("\n"))
        assert not any(code == CODES[0] for code, _ in found) or Code.ORGANISATION_GUESSED in {
            each.code for each in reading.findings
        }


@pytest.mark.parametrize(
    ("line", "barred"),
    [
        ("ป.ล. ขอแก้ไข ผู้ใช้บริการ (คน) เป็น 1,240 ครับ ข้างต้นพิมพ์ผิด", {"swimmers"}),
        ("ขอแก้ไขจาก 1,204 เป็น 1,240 ค่ะ", {"swimmers"}),
        ("ขอแก้ไข ผู้ใช้บริการ (คน) เป็น 1,204 ค่ะ", set()),
        ("พิมพ์ผิดบางตัว ขออภัยค่ะ", set()),
    ],
)
def test_words_below_that_correct_the_one_organisation_keep_the_answer_from_being_recorded(line, barred):
    """It was recorded, with a word that the line was not read."""
    found, reading = read(f"{LINES}\n\nขอแสดงความนับถือ\nนายดี\n\n{line}")
    assert found == of(CODES[0], {key: value for key, value in ALL.items() if key not in barred})
    assert [each.code for each in reading.findings] == [Code.WORDS_CONTRADICT if barred else Code.WORDS_NOT_READ]


def test_a_label_without_an_answer_heads_no_line_that_begins_as_it_does():
    """The figure of the next line was asked of it."""
    found, reading = read(
        LINES.replace("มีผู้ใช้บริการ ๑,๒๐๔ คน", "- จัดทำระเบียบแล้ว:\n- ผู้ใช้บริการ (คน): 1,204").rpartition("\n")[0]
    )
    assert found == of(CODES[0], {key: value for key, value in ALL.items() if key != "rules"})
    assert [(each.code, each.question) for each in reading.findings] == [(Code.ANSWER_MISSING, "rules")]


def test_a_heading_without_an_end_does_not_reach_over_a_question_of_no_group():
    text = "งบดูแลสระ\nเงินรายได้ (บาท): 50,000\nเงินอุดหนุน (บาท): 0\nจำนวนสระว่ายน้ำ (แห่ง)\n2\nผู้ใช้บริการ (คน): 1,204\nจัดทำระเบียบแล้ว: ใช่"
    assert read(text)[0] == of(CODES[0])


def test_figures_with_commas_in_a_text_file_are_no_columns():
    """1,204 was read as 204 beside "ผู้ใช้บริการ 1"."""
    lines = "จำนวนสระว่ายน้ำ 1,002 แห่ง\nผู้ใช้บริการ 1,204 คน\nเงินรายได้ 50,000 บาท\nเงินอุดหนุน 9,000 บาท\n"
    found, _ = read("ตามไฟล์แนบ", files=[("ข้อมูล.txt", lines.encode())])
    assert found[CODES[0], "swimmers"] == "1204"
    assert found[CODES[0], "own"] == "50000.00"


def test_nameless_lines_are_those_of_the_only_organisation():
    assert read(LINES)[0] == of(CODES[0])
    found, reading = read(LINES, ONE, TWO)
    assert not found
    assert Code.ORGANISATION_UNNAMED in {each.code for each in reading.findings}
    found, reading = read(f"ทต.วังชิ้น\n{LINES}")
    assert not found
    assert Code.ORGANISATION_NOT_YOURS in {each.code for each in reading.findings}


def test_what_is_not_said_is_a_blank_of_the_organisation():
    found, reading = read(LINES.replace("มีผู้ใช้บริการ ๑,๒๐๔ คน\n", ""))
    assert (CODES[0], "swimmers") not in found
    assert [(each.code, each.question) for each in reading.findings] == [(Code.ANSWER_MISSING, "swimmers")]


@pytest.mark.parametrize(
    "line",
    [
        *("ผู้ใช้บริการ 1,204 ครั้ง", "ผู้ใช้บริการ 1.2 พันตัน", "ผู้ใช้บริการ 1,204 คน?", "ผู้ใช้บริการรายใหม่ 12 คน"),
        *("ผู้ใช้บริการปีที่แล้ว 1,204 คน", "ผู้ใช้บริการ ไม่ถึง 1,204 คน", "ผู้ใช้บริการกว่า 1,200 คน", "คาดว่า ผู้ใช้บริการ 1,204 คน"),
        *("ผู้ใช้บริการ 12-15 คน", "ผู้ใช้บริการ 1,204 คน\nผู้ใช้บริการ 1,304 คน", "ขอแก้ไข ผู้ใช้บริการ จาก 12 เป็น 1,204 คน"),
    ],
)
def test_a_line_that_may_say_something_else_is_asked(line):
    found, reading = read(LINES.replace("มีผู้ใช้บริการ ๑,๒๐๔ คน", line))
    assert (CODES[0], "swimmers") not in found
    assert any(each.question == "swimmers" for each in reading.findings)


@pytest.mark.parametrize(
    "text",
    [
        *("ได้ 12 แห่งแล้วครับ ตามที่โทรคุย", "ที่คุยกันเรื่องสระว่ายน้ำ 2 แห่ง เดี๋ยวส่งแบบให้ครับ", "จัดทำระเบียบแล้วครับ รอส่งแบบ"),
        *(f"แผนปี 2570 ดังนี้\n{LINES}", "\n".join(f"> {line}" for line in LINES.split("\n"))),
        f"ส่งให้แล้วค่ะ\n-- \n{LINES}",
    ],
)
def test_talk_plans_quotes_and_signatures_are_no_answers(text):
    found, reading = read(text)
    assert not found
    assert [each.code for each in reading.findings] == [Code.FORM_NOT_FOUND]


def test_words_with_commas_behind_a_colon_are_one_answer():
    """Only the first of them was recorded."""
    form = Form.model_validate(
        {
            "title": "แบบสำรวจสระ",
            "question": [
                {"key": "pools", "kind": "integer", "label": "จำนวนสระว่ายน้ำ"},
                {"key": "ways", "kind": "choices", "label": "ช่องทางจอง", "choices": ["โทรศัพท์", "เว็บไซต์", "ที่สระ"]},
                {"key": "who", "kind": "text", "label": "ตำแหน่งผู้ดูแล"},
            ],
        }
    )
    text = "อบต.สรอย\nจำนวนสระว่ายน้ำ: 2\nช่องทางจอง: โทรศัพท์; ที่สระ\nตำแหน่งผู้ดูแล: นักสันทนาการ, นายช่าง\nขอบคุณครับ\nตำแหน่ง: ปลัด"
    assert said(text, form) == {"อบต.สรอย": {"pools": "2", "ways": "โทรศัพท์; ที่สระ", "who": "นักสันทนาการ, นายช่าง"}}


def test_answers_of_the_name_above_turn_none_of_the_next():
    text = (
        "อบต.สรอย\nจัดทำระเบียบแล้ว: ยังไม่ได้ดำเนินการ\nจำนวนสระว่ายน้ำ 2\nทต.วังชิ้น\nจัดทำระเบียบแล้ว: ดำเนินการแล้ว\nจำนวนสระว่ายน้ำ 3"
    )
    found, _ = read(text, ONE, TWO)
    assert found[CODES[0], "rules"] is False
    assert found[CODES[1], "rules"] is True


def test_lines_beside_a_form_that_say_something_else_are_asked():
    other = LINES.replace("๑,๒๐๔", "1,304")
    found, reading = read(other, files=[("ข้อมูล.txt", LINES.encode())])
    assert (CODES[0], "swimmers") not in found
    assert [each.code for each in reading.findings] == [Code.ORGANISATION_DUPLICATED]


KINDS = {"planted__teak": "120", "area__teak": "3.5", "planted__bamboo": "40", "area__bamboo": "1"}


@pytest.mark.parametrize(
    "text",
    [
        "ไม้สัก: ปลูกแล้ว 120 ต้น พื้นที่ปลูก 3.5 ไร่\nไม้ไผ่: ปลูกแล้ว 40 ต้น, พื้นที่ปลูก 1 ไร่",
        "ไผ่ ปลูกแล้ว 40 ต้น พื้นที่ปลูก 1 ไร่\nไม้สัก ปลูกแล้ว 120 ต้น พื้นที่ปลูก 3.5 ไร่",
        "ไม้สัก\n- ปลูกแล้ว 120 ต้น\n- พื้นที่ปลูก 3.5 ไร่\nไผ่\n- ปลูกแล้ว 40 ต้น\n- พื้นที่ปลูก 1 ไร่",
        "ไม้สัก 120 ต้น\nไม้สัก 3.5 ไร่\nไผ่ 40 ต้น\nไผ่ 1 ไร่",
    ],
)
def test_lines_of_several_kinds(text):
    assert said(f"อบต.สรอย\n{text}", TREES) == {"อบต.สรอย": KINDS}


def test_a_kind_that_the_form_does_not_know_lends_its_figure_to_no_other():
    assert said("อบต.สรอย\nไม้สัก 120 ต้น\nไม้สักที่ตาย 5 ต้น\nไผ่ 40 ต้น\nยูคา 7 ต้น", TREES) == {
        "อบต.สรอย": {"planted__teak": "120", "planted__bamboo": "40"}
    }
