"""A proposal corrected by words: a line is understood as a whole or not at all; what is said to be changed holds in what is proposed."""

import dataclasses
import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config.load import shipped_bureau
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.calendar import OPENS
from bot.office.new_circular.completed import Desk, completed
from bot.office.new_circular.corrected_by_words import corrected
from bot.office.new_circular.correction import ADDED, DROPPED, ONE_ROW, REMARK_ADDED, Correction
from bot.office.new_circular.correction_words import corrections_in
from bot.office.rules.circular_proposed import WAYS
from parsers.blank_form.as_record import as_record, from_record
from parsers.blank_form.proposal import Code, NewForm, NewLetter, NewQuestion, Papers
from parsers.blank_form.unsure import unsure
from parsers.form.naming import LOCAL
from parsers.form.question import Kind
from parsers.organisations.type_words import words_of

NAMES = words_of(LOCAL)
NOW = datetime.datetime(2025, 12, 1, 9, 0, tzinfo=BANGKOK)
BUREAU = shipped_bureau()
STAFF = dataclasses.replace(BUREAU.office, staff=("staff@office.example",))
DESK = Desk(STAFF, BUREAU.calendar, frozenset(one.type for one in BUREAU.roster.organisations))


def local(year, month, day, hour=16, minute=30):
    """A moment as papers have it, without a zone."""
    return datetime.datetime.combine(datetime.date(year, month, day), datetime.time(hour, minute))


def said(*lines):
    found = corrections_in(lines, NAMES, NOW.date())
    return [one for _, corrections in found.lines for one in corrections], found.unknown


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("กำหนดส่งอำเภอเป็นวันที่ 20 ม.ค. 69", "reporters", local(2026, 1, 20)),
        ("ขอแก้กำหนดส่งของอำเภอเป็นวันที่ ๒๐ มกราคม ๒๕๖๙ เวลา ๑๒.๐๐ น. ค่ะ", "reporters", local(2026, 1, 20, 12, 0)),
        ("ให้ผู้รายงานส่งภายใน 20/1/69", "reporters", local(2026, 1, 20)),
        ("ส่งกรมภายใน 30 ม.ค. 69", "until", local(2026, 1, 30)),
        ("กำหนดส่งหน่วยงานเจ้าของเรื่อง 30 ม.ค. 2569 ครับ", "until", local(2026, 1, 30)),
        ("ร่างรายงานวันที่ 29 ม.ค. 69", "cutoff", local(2026, 1, 29)),
        ("ส่งคำขอถึงอำเภอวันที่ 5 ม.ค. 69", "opens", local(2026, 1, 5, OPENS.hour, OPENS.minute)),
        ("เลขที่หนังสือ มท ๐๘๑๐.๗/ว ๑๒๓", "number", "มท ๐๘๑๐.๗/ว ๑๒๓"),
        ("หนังสือที่ ทส 0304/1234 ครับ", "number", "ทส 0304/1234"),
        ("ลงวันที่ 28 พ.ย. 68", "dated", datetime.date(2025, 11, 28)),
        ("ส่งกรมที่ X@y.example", "to", ("x@y.example",)),
        ("ให้ส่งรายงานไปที่อีเมล a@b.example และ c@d.example", "to", ("a@b.example", "c@d.example")),
        ("เพิ่มอีเมล a@b.example", "to+", ("a@b.example",)),
        ("ชื่อเรื่องเป็น การสำรวจระบบประปา ปี ๒๕๖๙", "title", "การสำรวจระบบประปา ปี ๒๕๖๙"),
        ("เปลี่ยนชื่อเรื่องในอีเมลเป็น สำรวจประปา", "subject", "สำรวจประปา"),
        ("หน่วยงานเจ้าของเรื่องคือ กรมทรัพยากรน้ำ", "department", "กรมทรัพยากรน้ำ"),
        ("เลื่อนกำหนดอำเภอไปเป็นวันศุกร์ที่ 23 มกราคม 2569", "reporters", local(2026, 1, 23)),
        ("ขยายกำหนดส่งอำเภอเป็น 16 ม.ค. 2569", "reporters", local(2026, 1, 16)),
        ("ให้ส่งถึง report@dla.example แทน", "to", ("report@dla.example",)),
        ("เพิ่มข้อ 8 ชื่อผู้ประสานงาน", ADDED, NewQuestion("ชื่อผู้ประสานงาน", Kind.TEXT)),
        ("ให้แห่งละหนึ่งแถว", ONE_ROW, None),
        ("แต่ละแห่งให้ตอบแถวเดียว", ONE_ROW, None),
        ("เพิ่มช่องท้ายแบบ ข้อคิดเห็น", REMARK_ADDED, "ข้อคิดเห็น"),
        ("เพิ่มข้อ หมายเหตุ", ADDED, NewQuestion("หมายเหตุ", Kind.TEXT)),
        ("เพิ่มข้อ จำนวนบ่อ (บ่อ)", ADDED, NewQuestion("จำนวนบ่อ (บ่อ)", Kind.INTEGER, unit="บ่อ")),
        ("เพิ่มคำถาม ค่าไฟ เป็นจำนวนเงิน", ADDED, NewQuestion("ค่าไฟ", Kind.MONEY)),
    ],
)
def test_a_line_corrects_something_of_the_whole(line, field, value):
    assert said(line) == ([Correction(field, value)], ())


@pytest.mark.parametrize(
    ("line", "numbers", "fields"),
    [
        ("ข้อ 3 เป็นจำนวนเงิน", (3,), {"kind": Kind.MONEY}),
        ("1. ข้อ ๓ ขอเป็นจำนวนเงิน หน่วยล้านบาทครับ", (3,), {"kind": Kind.MONEY, "unit": "ล้านบาท"}),
        ("ข้อ 3 กับข้อ 4 ตอบเป็นตัวเลข", (3, 4), {"kind": Kind.DECIMAL}),
        ("ข้อ 2 ถึง 4 เป็นข้อความ", (2, 3, 4), {"kind": Kind.TEXT}),
        ("ข้อ 8 ตอบแบบติ๊ก", (8,), {"kind": Kind.TICK}),
        ("ข้อ 5 ไม่ต้องถาม", (5,), {DROPPED: None}),
        ("ตัดข้อ 5 ออกนะคะ", (5,), {DROPPED: None}),
        ("ข้อ 5, 6 เอาออก", (5, 6), {DROPPED: None}),
        ("ข้อ 2 ตอบเฉพาะเทศบาล", (2,), {"only": ("ทต.", "ทน.", "ทม.")}),
        ("ข้อ 2 ถามเฉพาะ อบต. และ ทต.", (2,), {"only": ("ทต.", "อบต.")}),
        ("ข้อ 2 ถามทุกแห่ง", (2,), {"only": ()}),
        ("ข้อ 2 ให้เทศบาลตอบเท่านั้น", (2,), {"only": ("ทต.", "ทน.", "ทม.")}),
        ("เอาข้อ 5 ออก", (5,), {DROPPED: None}),
        ("ข้อ 1 2 3 เป็นจำนวนเงิน", (1, 2, 3), {"kind": Kind.MONEY}),
        ("ข้อ 6 ไม่ต้องกรอกก็ได้", (6,), {"required": False}),
        ("ข้อ 4 ใส่เครื่องหมายถูก", (4,), {"kind": Kind.TICK}),
        ("ข้อ 6 รวมข้อ 2 กับ 3", (6,), {"sum_of": (2, 3)}),
        ("ข้อ 2, 4 และ 6 เว้นว่างได้", (2, 4, 6), {"required": False}),
        ("ข้อ 2 ต้องตอบทุกแห่ง", (2,), {"required": True}),
        ("ข้อ 1 หน่วยเป็นไร่", (1,), {"unit": "ไร่"}),
        ("ข้อ 7 เปลี่ยนชื่อเป็น “จำนวนบ่อ ๒๕๖๘”", (7,), {"label": "จำนวนบ่อ ๒๕๖๘"}),
        ("ข้อ 7 ต้องทำข้อ 1 ก่อน", (7,), {"requires": 1}),
        ("ข้อ 6 เป็นผลรวมของข้อ 1 ถึง 3", (6,), {"sum_of": (1, 2, 3)}),
        ("ข้อ 4 ให้เลือกจาก ฝังกลบ, เตาเผา", (4,), {"kind": Kind.CHOICE, "choices": ("ฝังกลบ", "เตาเผา")}),
        ("ข้อ 4 เลือกได้หลายข้อจาก ก, ข หรือ ค", (4,), {"kind": Kind.CHOICES, "choices": ("ก", "ข", "ค")}),
    ],
)
def test_a_line_corrects_something_of_questions(line, numbers, fields):
    found, unknown = said(line)
    assert ({one.field: one.value for one in found}, {one.questions for one in found}) == (fields, {numbers})
    assert not unknown


@pytest.mark.parametrize("line", WAYS)
def test_the_examples_in_the_letters_are_understood(line):
    found, unknown = said(line)
    assert found
    assert not unknown


def test_a_line_may_correct_two_things():
    found, unknown = said("ข้อ 3 เป็นจำนวนเงิน และข้อ 5 ตัดออก", "เลขที่หนังสือ มท 1/ว 2 ลงวันที่ 28 พ.ย. 68")
    assert [one.field for one in found] == ["kind", DROPPED, "number", "dated"]
    assert not unknown


@pytest.mark.parametrize(
    "line",
    [
        "ถ้าได้ ข้อ 3 เป็นจำนวนเงิน",
        "อย่าตัดข้อ 5",
        "ข้อ 3 ไม่ใช่จำนวนเงิน",
        "ข้อ 3 เป็นจำนวนเงินได้ไหม",
        "กำหนดส่ง 20 ม.ค. 69",  # whose
        "กำหนดส่งอำเภอ 20 ม.ค. 69 และกรม 30 ม.ค. 69",
        "กำหนดส่งอำเภอไม่ใช่วันที่ 20 ม.ค. 69",
        "กำหนดส่งอำเภอวันศุกร์ที่ 20 ม.ค. 69",  # a Tuesday
        "ข้อ 3 เป็นจำนวนเงิน และข้อ 5 แล้วแต่",  # not by half
        "ไม่ต้องส่งกรมที่ x@y.example",
        "ใช้ปีละครั้ง",
        "ข้อ 2 ตอบเฉพาะโรงเรียน",
        "เพิ่มข้อ 5",
        "เพิ่มข้อ 5 เป็นจำนวนเงิน",
        "ทุกข้อเป็นจำนวนเงิน",
        "ข้อสุดท้ายไม่เอา",
        "อย่าเพิ่งส่งคำขอ",
    ],
)
def test_what_is_not_understood_as_a_whole_corrects_nothing_and_is_said(line):
    assert said(line) == ([], (line,))


def test_what_stands_above_a_correction_is_no_signature():
    assert said("ขยับวันให้หน่อย", "ข้อ 3 เป็นข้อความ", "สมหญิง ใจดี")[1] == ("ขยับวันให้หน่อย",)


@pytest.mark.parametrize("line", ["ขอแก้ไขดังนี้ค่ะ", "นอกนั้นถูกต้องครับ", "ขอบคุณค่ะ", "สมหญิง ใจดี", "เริ่ม"])
def test_what_corrects_nothing_is_passed_over(line):
    assert said(line) == ([], ())


ASKED = tuple(NewQuestion(f"จำนวน {n}", Kind.INTEGER) for n in range(1, 4))
PAPERS = Papers(
    NewLetter(number="มท ๑/ว ๗", title="สำรวจ", until=local(2026, 1, 30), reporters=local(2026, 1, 20)),
    NewForm(questions=(*ASKED, NewQuestion("รวม", Kind.COMPUTED, sum_of=(1, 2)))),
    (unsure(Code.KIND_GUESSED, "จำนวน 3", 3, kind="จำนวนเต็ม"), unsure(Code.NO_NUMBER)),
)


def made(*lines, papers=PAPERS):
    return corrected(papers, said(*lines)[0], DESK, NOW)


def test_numbers_are_those_of_the_proposal_that_was_answered():
    done = made("ตัดข้อ 1", "ข้อ 3 เป็นจำนวนเงิน", "เพิ่มข้อ หมายเหตุ")
    asked = done.proposal.form.questions
    assert [(q.label, q.kind) for q in asked] == [
        ("จำนวน 2", Kind.INTEGER),
        ("จำนวน 3", Kind.MONEY),
        ("รวม", Kind.COMPUTED),
        ("หมายเหตุ", Kind.TEXT),
    ]
    assert asked[2].sum_of == (1,)
    assert done.changed == (
        "ตัดข้อ 1 จำนวน 1",
        "ข้อ 3 จำนวน 3: แบบคำตอบ จำนวนเงิน (บาท)",
        "เพิ่มข้อ หมายเหตุ (ข้อความ)",
    )
    assert not done.refused
    assert Code.KIND_GUESSED not in {each.code for each in done.proposal.unsure}  # settled by what was said


def test_the_number_changes_what_is_made_of_it():
    done = made("เลขที่หนังสือ มท 0810.7/ว 123")
    assert (done.proposal.slug, done.proposal.letter.number) == ("w123", "มท 0810.7/ว 123")
    assert "มท 0810.7/ว 123" in done.proposal.opening
    assert Code.NO_NUMBER not in {each.code for each in done.proposal.unsure}
    of_workbook = dataclasses.replace(PAPERS, slug="w7", opening="ตามหนังสือ ที่ มท ๑/ว ๗", subject="สำรวจ")
    assert made("เลขที่หนังสือ มท 2/ว 8", papers=of_workbook).proposal.opening == "ตามหนังสือ ที่ มท 2/ว 8"


@pytest.mark.parametrize(
    "lines",
    [
        ("กำหนดส่งอำเภอ 31 ม.ค. 69",),  # after the department's
        ("กำหนดส่งกรม 10 พ.ย. 68",),  # has passed
        ("ข้อ 9 เป็นข้อความ",),
        ("ตัดข้อ 1 ถึง 4",),
        ("ข้อ 1 ต้องทำข้อ 2 ก่อน",),  # which is no tick
        ("ข้อ 2 ตอบเฉพาะเทศบาลนคร",),  # the roster has none
        ("แห่งละหนึ่งแถว",),
        ("ข้อ 1 เป็นข้อความ", "ข้อ 1 เป็นจำนวนเงิน"),  # two things of one
        ("ข้อ 1 ถึง 2 เป็นข้อความ", "ตัดข้อ 2"),
    ],
)
def test_what_contradicts_the_rest_is_refused_and_changes_nothing(lines):
    done = made(*lines)
    assert (done.changed, bool(done.refused)) == ((), True)
    assert done.proposal == completed(PAPERS, DESK, NOW)


def test_two_days_of_one_mail_are_weighed_together():
    done = made("กำหนดส่งอำเภอ 10 ก.พ. 69", "กำหนดส่งกรม 20 ก.พ. 69")
    assert len(done.changed) == 2
    assert (done.proposal.letter.reporters, done.proposal.letter.until) == (local(2026, 2, 10), local(2026, 2, 20))


def test_a_list_becomes_one_row_each():
    free = Papers(PAPERS.letter, NewForm(free=True, row_label="ชื่อโครงการ", questions=ASKED[:1]))
    form = made("แห่งละ 1 แถว", papers=free).proposal.form
    assert (form.free, [q.label for q in form.questions]) == (False, ["ชื่อโครงการ", "จำนวน 1"])


LINES = st.sampled_from(
    [
        *(
            f"ข้อ {n} {what}"
            for n in range(1, 6)
            for what in ("เป็นข้อความ", "เป็นจำนวนเงิน", "ตอบเฉพาะเทศบาล", "เว้นว่างได้", "ตัดออก")
        ),
        *(f"ข้อ {n} เป็นผลรวมของข้อ {n - 1}" for n in range(2, 5)),
        *("ข้อ 2 ต้องทำข้อ 1 ก่อน", "ข้อ 1 เป็นติ๊ก", "เพิ่มข้อ หมายเหตุ", "แห่งละหนึ่งแถว"),
        *(f"กำหนดส่ง{who} {day} ม.ค. 69" for who in ("อำเภอ", "กรม") for day in (5, 20, 30)),
        *("ร่างรายงาน 29 ม.ค. 69", "ส่งคำขอถึงอำเภอ 6 ม.ค. 69", "เลขที่หนังสือ มท 2/ว 8"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=6, unique=True))
def test_what_is_changed_holds_and_what_is_refused_changes_nothing(lines):
    done = made(*lines)
    assert done.changed or done.refused or not lines
    again = completed(done.papers, DESK, NOW)
    assert again == done.proposal
    assert from_record(as_record(done.papers)) == done.papers
    for one in said(*lines)[0]:
        if one.field in ("reporters", "until") and not done.refused:
            last = [each.value for each in said(*lines)[0] if each.field == one.field][-1]
            assert getattr(done.proposal.letter, one.field) == last
    if not done.changed:
        assert done.proposal == completed(PAPERS, DESK, NOW)
