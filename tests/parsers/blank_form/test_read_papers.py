"""Blank forms and letters to what they ask: kinds, groups, units, lists, rows; what is unsure is said."""

import datetime
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.blank_form.letter import read_letter
from parsers.blank_form.proposal import Code, Paper
from parsers.blank_form.read_form import read_form
from parsers.blank_form.read_papers import read_papers
from parsers.child_process.sandbox import Sandbox
from parsers.form.naming import LOCAL
from parsers.form.question import Kind
from parsers.grid import Cell, CellKind, Grid, Merge
from parsers.organisations.type_words import words_of
from tests.parsers.blank_form.papers_drawn import excel, w5827_forms, word

NAMES = words_of(LOCAL)


def read(data: bytes, words: str = ""):
    return read_papers([Paper("form", data)], words, LOCAL)


def asked(papers):
    return [(q.group, q.label, q.kind) for q in papers.form.questions]


def codes(papers, question=None):
    return {each.code for each in papers.unsure if question is None or each.question == question}


def form(*headings, rows=3, **more):
    """A form of one row of headings beside names, blank below."""
    head = [("ที่", "ชื่อ อปท.", *headings)]
    return excel(("แบบสำรวจตัวอย่าง",), head, [(str(n), *[""] * (1 + len(headings))) for n in range(1, rows + 1)], **more)


@pytest.mark.parametrize(
    ("heading", "kind", "unit"),
    [
        ("จำนวนครัวเรือน (ครัวเรือน)", Kind.INTEGER, "ครัวเรือน"),
        ("ปริมาณขยะ (ตัน/วัน)", Kind.DECIMAL, "ตัน/วัน"),
        ("งบประมาณ (บาท)", Kind.MONEY, "บาท"),
        ("วงเงิน (ล้านบาท)", Kind.DECIMAL, "ล้านบาท"),
        ("ครัวเรือนที่คัดแยก (ร้อยละ)", Kind.PERCENT, ""),
        ("วันที่ประกาศใช้", Kind.DATE, ""),
        ("กำหนดแล้วเสร็จ (วว/ดด/ปปปป)", Kind.DATE, ""),
        ("แผนจัดการขยะ (มี/ไม่มี)", Kind.TICK, ""),
        ("จัดทำแผนแล้ว", Kind.TICK, ""),
        ("มีคณะทำงานหรือไม่", Kind.TICK, ""),
        ("ชื่อผู้ประสานงาน", Kind.TEXT, ""),
        ("ชื่อโครงการ (แห่ง)", Kind.TEXT, ""),
        ("หมายเหตุ", Kind.TEXT, ""),
    ],
)
def test_a_heading_says_its_kind_and_unit(heading, kind, unit):
    papers = read(form(heading, "จำนวนประชากร (คน)"))
    first = papers.form.questions[0]
    assert (first.label, first.kind, first.unit) == (heading, kind, unit)
    assert Code.KIND_GUESSED not in codes(papers, 1)


def test_what_only_custom_speaks_for_is_said():
    papers = read(form("การคัดแยกขยะที่ต้นทาง", "จำนวนประชากร (คน)"))
    assert Code.KIND_GUESSED in codes(papers, 1)
    assert codes(papers, 2) == set()


def test_the_unit_of_the_whole_form_speaks_where_nothing_else_does():
    head = [("ที่", "ชื่อ อปท.", "ยอดยกมา", "รับระหว่างปี", "ร้อยละของภาระผูกพัน")]
    data = excel(("แบบรายงานเงินสะสม", "(หน่วย : บาท)"), head, [("1", "", "", "", "")])
    assert [kind for _, _, kind in asked(read(data))] == [Kind.MONEY, Kind.MONEY, Kind.PERCENT]


def test_a_word_in_brackets_is_guessed_to_be_what_is_counted():
    papers = read(form("วัคซีนที่จัดซื้อ (โดส)", "URL ที่เผยแพร่", "ข้อคิดเห็น"))
    first, *words = papers.form.questions
    assert (first.kind, first.unit) == (Kind.INTEGER, "โดส")
    assert Code.KIND_GUESSED in codes(papers, 1)
    assert [question.kind for question in words] == [Kind.TEXT] * 2
    assert Code.KIND_GUESSED not in codes(papers, 2) | codes(papers, 3)


def test_choices_stand_in_brackets_or_in_a_drop_down():
    papers = read(form("วิธีกำจัด (ฝังกลบ/เตาเผา/หมักปุ๋ย)", "รถ", "แผน", offers={"D": '"อัดท้าย,เทท้าย"', "E": '"มี,ไม่มี"'}))
    way, cars, plan = papers.form.questions
    assert (way.kind, way.choices) == (Kind.CHOICE, ("ฝังกลบ", "เตาเผา", "หมักปุ๋ย"))
    assert (cars.kind, cars.choices) == (Kind.CHOICE, ("อัดท้าย", "เทท้าย"))
    assert plan.kind is Kind.TICK


def test_a_drop_down_from_cells_and_one_of_progress():
    offers = {"C": '"เสร็จแล้ว,อยู่ระหว่างทำ,ยังไม่ทำ"', "D": "$A$2:$B$2"}
    work, other = read(form("การทำแนวกันไฟ", "ผู้ทำ", offers=offers)).form.questions
    assert (work.kind, work.choices) == (Kind.PROGRESS, ("เสร็จแล้ว", "อยู่ระหว่างทำ", "ยังไม่ทำ"))
    assert (other.kind, other.choices) == (Kind.CHOICE, ("ที่", "ชื่อ อปท."))


def test_done_beside_not_done_is_one_question():
    head = [("ที่", "อปท.", "แผนพัฒนา", "", "จำนวน (แห่ง)"), ("", "", "มี", "ไม่มี", "")]
    merges = ("A1:A2", "B1:B2", "C1:D1", "E1:E2")
    papers = read(excel(("แบบสำรวจ",), head, [("1", "", "", "", "")], merges=merges))
    assert asked(papers) == [("", "แผนพัฒนา", Kind.TICK), ("", "จำนวน (แห่ง)", Kind.INTEGER)]


def test_a_sum_is_computed_and_said():
    head = [("ที่", "อปท.", "งบประมาณ (บาท)", "", "", "ชื่อผู้รายงาน"), ("", "", "เงินรายได้", "เงินอุดหนุน", "รวม", "")]
    merges = ("A1:A2", "B1:B2", "C1:E1", "F1:F2")
    papers = read(excel(("แบบสำรวจ",), head, [("1", *[""] * 5)], merges=merges))
    total = papers.form.questions[2]
    assert (total.kind, total.sum_of) == (Kind.COMPUTED, (1, 2))
    assert Code.SUM_GUESSED in codes(papers, 3)


def test_one_heading_twice_is_told_apart_and_said():
    papers = read(form("จำนวน (คน)", "จำนวน (คน)"))
    assert [q.label for q in papers.form.questions] == ["จำนวน (คน) (1)", "จำนวน (คน) (2)"]
    assert Code.LABEL_TWICE in codes(papers, 2)


def test_a_group_for_types_asks_those_alone():
    head = [("ที่", "อปท.", "เฉพาะเทศบาล", "อบต."), ("", "", "จำนวนตลาด (แห่ง)", "จำนวนหมู่บ้าน (หมู่บ้าน)")]
    papers = read(excel(("แบบสำรวจ",), head, [("1", "", "", "")], merges=("A1:A2", "B1:B2")))
    markets, villages = papers.form.questions
    assert markets.only == ("ทต.", "ทน.", "ทม.")
    assert villages.only == ("อบต.",)
    assert Code.ONLY_TYPES in codes(papers, 1)


def test_printed_rows_are_questions_one_by_one():
    rows = [("1", "จำนวนประชากร (คน)", ""), ("2", "พื้นที่ (ไร่)", ""), ("3", "มีแผนชุมชนหรือไม่", "")]
    papers = read(excel(("แบบสำรวจข้อมูลพื้นฐาน อปท. ...........",), [("ที่", "รายการ", "ข้อมูล")], rows))
    assert [(q.label, q.kind) for q in papers.form.questions] == [
        ("จำนวนประชากร (คน)", Kind.INTEGER),
        ("พื้นที่ (ไร่)", Kind.DECIMAL),
        ("มีแผนชุมชนหรือไม่", Kind.TICK),
    ]
    assert Code.ROWS_ASKED in codes(papers)


def test_a_list_that_each_organisation_writes_is_free():
    head = [("ลำดับ", "ชื่อโครงการ", "งบประมาณ (บาท)", "วันที่เริ่ม")]
    papers = read(excel(("แบบรายงานโครงการ อบต. ..........",), head, [(str(n), "", "", "") for n in range(1, 5)]))
    assert (papers.form.free, papers.form.row_label) == (True, "ชื่อโครงการ")
    assert [q.kind for q in papers.form.questions] == [Kind.MONEY, Kind.DATE]
    assert Code.FREE_ROWS in codes(papers)


def test_a_form_without_names_says_so():
    papers = read(excel((), [("Note title", "Amount", "Is it done?")], []))
    assert [q.kind for q in papers.form.questions] == [Kind.TEXT, Kind.MONEY, Kind.TICK]
    assert Code.NO_NAMES in codes(papers)


def test_the_unit_of_the_whole_table_is_that_of_its_figures():
    papers = read(excel(("รายงานสรุปงบประมาณ", "หน่วย : บาท"), [("จังหวัด", "รวม")], [("แพร่", "1,700"), ("น่าน", "1,800")]))
    assert [(q.label, q.kind, q.unit) for q in papers.form.questions] == [("รวม", Kind.MONEY, "บาท")]
    assert Code.NAMES_OF_PROVINCES in codes(papers)


@pytest.mark.parametrize("name", list(w5827_forms()))
def test_the_departments_own_form_in_every_format(name):
    papers = read(w5827_forms()[name])
    assert [q.kind for q in papers.form.questions] == [Kind.TICK] * 4
    assert [q.requires for q in papers.form.questions] == [0, 1, 0, 3]
    assert papers.form.remarks == ("ปัญหาอุปสรรคจากการตามพระราชบัญญัติฯ", "ข้อเสนอแนะในการดำเนินงาน")
    assert papers.form.no == ("X",)
    assert Code.MARKS_ALIKE in codes(papers)
    assert Code.KIND_GUESSED not in codes(papers)
    assert papers.form.total_label == "รวมดำเนินการแล้ว"
    assert not any("@" in line for line in papers.form.note)
    assert any("@" in line for line in papers.form.report_note)


def test_replies_on_the_departments_own_form_would_be_read():
    assert Code.UNLIKE_READ not in codes(read(w5827_forms()["form.xlsx"]))
    # Two headings that tell the same to the reading of replies.
    papers = read(form("จำนวนทั้งหมด", "จำนวนรวมทั้งหมด", "จำนวนประชากร (คน)"))
    assert len(papers.form.questions) == 3


LETTER = """\
ที่ ทส ๐๓๐๔/ว ๑๒๓๔ กรมตัวอย่าง
๕ มกราคม ๒๕๖๙
เรื่อง การสำรวจระบบประปาหมู่บ้าน
ประจำปี ๒๕๖๙
เรียน ผู้ว่าราชการจังหวัด ทุกจังหวัด
อ้างถึง หนังสือกรมตัวอย่าง ที่ ทส ๐๓๐๔/ว ๙๙๙ ลงวันที่ ๑ ธันวาคม ๒๕๖๘
ขอให้ส่งรายงานทาง report@department.example {when}
ขอแสดงความนับถือ
อธิบดีกรมตัวอย่าง
โทร. ๐ ๒๑๒๓ ๔๕๖๗ ต่อ ๘๙
"""


@pytest.mark.parametrize(
    ("when", "moment"),
    [
        ("ภายในวันที่ ๒๓ มกราคม ๒๕๖๙", (23, 16, 30)),
        ("ภายในวันศุกร์ที่ ๒๓ ม.ค. ๒๕๖๙ เวลา ๑๒.๐๐ น.", (23, 12, 0)),
        ("ไม่เกินวันที่ 23/1/2569", (23, 16, 30)),
        ("ก่อนวันที่ ๒๔ มกราคม ๒๕๖๙", (23, 16, 30)),
        ("ภายในวันที่ ๒๓\nมกราคม ๒๕๖๙", (23, 16, 30)),
    ],
)
def test_a_letter_says_number_day_title_and_until_when(when, moment):
    letter = read_letter(LETTER.format(when=when).split("\n")).letter
    assert letter.number == "ทส ๐๓๐๔/ว ๑๒๓๔"
    assert letter.dated == datetime.date(2026, 1, 5)
    assert letter.title == "การสำรวจระบบประปาหมู่บ้านประจำปี ๒๕๖๙"
    assert (letter.department, letter.salutation) == ("กรมตัวอย่าง", "อธิบดีกรมตัวอย่าง")
    assert letter.to == ("report@department.example",)
    assert letter.phone == "๐ ๒๑๒๓ ๔๕๖๗ ต่อ ๘๙"
    day, hour, minute = moment
    assert letter.until == datetime.datetime.combine(datetime.date(2026, 1, day), datetime.time(hour, minute))
    assert letter.reporters is None


def test_two_days_may_stand_close_together_in_one_line():
    line = "ส่งให้จังหวัดภายในวันที่ ๑๒ มกราคม ๒๕๖๙ และส่งกรมภายในวันที่ ๑๙ มกราคม ๒๕๖๙"
    letter = read_letter([line]).letter
    assert (letter.reporters.day, letter.until.day) == (12, 19)


def test_a_day_that_is_denied_is_none():
    assert read_letter(["ไม่ก่อนวันที่ ๒๓ มกราคม ๒๕๖๙"]).letter.until is None


def test_the_letter_may_be_the_mails_own_words():
    papers = read(form("จำนวน (คน)", "จำนวน (แห่ง)"), LETTER.format(when="ภายในวันที่ ๒๓ มกราคม ๒๕๖๙"))
    assert papers.letter.number == "ทส ๐๓๐๔/ว ๑๒๓๔"
    assert len(papers.form.questions) == 2


def test_a_letter_of_its_own_is_enclosed_and_a_form_is_not():
    letter = word(LETTER.format(when="ภายในวันที่ ๒๓ มกราคม ๒๕๖๙").split("\n"), [("-",)], [])
    both = read_papers([Paper("letter.docx", letter), Paper("form.xlsx", form("จำนวน (คน)"))], "", LOCAL)
    assert both.enclosed == "letter.docx"
    assert Code.ENCLOSED in codes(both)


def test_papers_without_a_form_say_so():
    assert Code.NO_FORM in codes(read(b"%PDF-1.4 broken"))
    assert {Code.NO_FORM, Code.NO_NUMBER} <= codes(read_papers([], "", LOCAL))


TEXTS = st.sampled_from(
    ["", "ที่", "ชื่อ อปท.", "จังหวัด", "รวม", "มี", "ไม่มี", "✓", "1", "12.5", "จำนวน (คน)", "รายการ", "หมายเหตุ", "Help Text"]
) | st.text(max_size=12)
PLACES = st.tuples(st.integers(1, 8), st.integers(1, 8))
GRIDS = st.builds(
    lambda texts, merges: Grid(
        "s",
        {at: Cell(*at, CellKind.TEXT, text) for at, text in texts.items()},
        tuple(Merge(r, c, r, c + 1) for r, c in merges),
    ),
    st.dictionaries(PLACES, TEXTS, max_size=30),
    st.lists(PLACES, max_size=2, unique=True),
)


@settings(max_examples=150, deadline=None)
@given(GRIDS)
def test_no_sheet_makes_the_reading_raise(grid):
    found = read_form(grid, NAMES)
    if found:
        count = len(found.form.questions)
        assert all(0 <= doubt.question <= count for doubt in found.unsure)
        assert all(
            0 <= q.requires <= count and all(0 < part <= count for part in q.sum_of) for q in found.form.questions
        )


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.text(max_size=200))
def test_no_bytes_make_the_reading_raise(data, words):
    read_papers([Paper("x", data)], words, LOCAL)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from([*LETTER.split("\n"), "ภายในวันที่ ๓๑ กุมภาพันธ์ ๒๕๖๙ เวลา ๙๙.๙๙ น.", ""]) | st.text(max_size=40),
        max_size=20,
    )
)
def test_no_lines_make_a_letter_raise(lines):
    letter = read_letter(lines).letter
    assert letter.reporters is None or (letter.until is not None and letter.reporters < letter.until)


def test_papers_of_a_mail_are_read_in_a_child():
    """The department's mail forwarded as an attached mail: its files and its words."""
    theirs, made = EmailMessage(), EmailMessage()
    theirs["Subject"] = "ขอความร่วมมือ"
    theirs.set_content(LETTER.format(when="ภายในวันที่ ๒๓ มกราคม ๒๕๖๙"))
    theirs.add_attachment(
        form("จำนวน (คน)", "แผน (มี/ไม่มี)"), maintype="application", subtype="octet-stream", filename="f.xlsx"
    )
    made["Subject"] = "Fwd: ขอความร่วมมือ"
    made.set_content("หนังสือเวียนใหม่")
    made.add_attachment(theirs)
    with Sandbox() as sandbox:
        papers = sandbox.read_mail_papers(made.as_bytes(), LOCAL)
        broken = sandbox.read_mail_papers(b"\xff\x00", LOCAL)
    assert papers.letter.number == "ทส ๐๓๐๔/ว ๑๒๓๔"
    assert [q.kind for q in papers.form.questions] == [Kind.INTEGER, Kind.TICK]
    assert Code.NO_FORM in codes(broken)
