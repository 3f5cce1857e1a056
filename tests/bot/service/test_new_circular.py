"""A circular from the department's own mail, on real books: proposed, corrected in the workbook, started by one word of believed staff, run."""

import datetime
import email.policy
import io
from email.message import EmailMessage

import openpyxl
import pytest
from PIL import Image

from bot.office.wishes.new_circular import asks_new_circular
from bot.office.wishes.wish import LASTS
from bot.service.current_bureau import current
from tests.field.office_of_paper import DEN_CHAI, FAILED, OFFICE, STAFF, Office, mail, said, to
from tests.parsers.blank_form.papers_drawn import excel

LETTER = """\
ที่ ทส ๐๓๐๔/ว ๑๒๓๔ กรมตัวอย่าง
๒๕ พฤศจิกายน ๒๕๖๗
เรื่อง การสำรวจระบบประปาหมู่บ้าน
เรียน ผู้ว่าราชการจังหวัด ทุกจังหวัด
ขอให้แจ้งองค์กรปกครองส่วนท้องถิ่นรายงานภายในวันที่ ๑๓ ธันวาคม ๒๕๖๗ และรายงานกรมตัวอย่างทาง water@department.example
ภายในวันที่ ๒๐ ธันวาคม ๒๕๖๗
"""
HEADINGS = ("ที่", "ชื่อ อปท.", "จำนวนระบบประปา (แห่ง)", "มีแผนซ่อมบำรุงหรือไม่")
FORM = excel(("แบบสำรวจระบบประปาหมู่บ้าน",), [HEADINGS], [("1", "", "", "")])
SLUG = "w1234"


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path)
    yield made
    made.close()


def forwarded(sender=STAFF, text="หนังสือเวียนใหม่ค่ะ", **heads):
    """The department's mail forwarded as an attached mail, with its form."""
    theirs = EmailMessage(policy=email.policy.SMTP)
    theirs["From"], theirs["To"], theirs["Subject"] = "saraban@department.example", sender, "ขอความร่วมมือสำรวจ"
    theirs.set_content(LETTER)
    theirs.add_attachment(FORM, maintype="application", subtype="octet-stream", filename="form.xlsx")
    made = EmailMessage(policy=email.policy.SMTP)
    for name, value in heads.items():
        made[name.replace("_", "-")] = value
    made["To"], made["Subject"], made["Message-ID"] = (
        OFFICE,
        "Fwd: ขอความร่วมมือสำรวจ",
        f"<{len(heads)}{sender}{text[:4].encode().hex()}>",
    )
    made.set_content(text)
    made.add_attachment(theirs)
    return b"From: " + sender.encode() + b"\r\n" + made.as_bytes()


def circulars(office):
    return current(office.house, office.now).bureau.circulars


def proposed(office, raw=None):
    office.letters()
    outcome = office.take(raw or forwarded())
    return outcome, to(STAFF, office.letters())


def answered(office, letter, text, sender=STAFF, **heads):
    office.letters()
    raw = mail(sender, text, answers=letter["Message-ID"], subject=f"Re: {letter['Subject']}", **heads)
    return office.take(raw), office.letters()


def files(letter):
    return {part.get_filename(): part.get_content() for part in letter.iter_attachments()}


def test_the_departments_mail_becomes_a_circular_by_one_word(office):
    outcome, letters = proposed(office)
    assert outcome == "new-circular-proposed"
    (back,) = letters
    assert "จำนวนระบบประปา (แห่ง)" in said(back), said(back)
    assert "ครบกำหนดของผู้รายงาน" in said(back)
    assert "ระบบยังไม่ได้ส่งสิ่งใดให้ผู้รายงาน" in said(back)
    got = files(back)
    assert f"new-circular-{SLUG}.xlsx" in got
    assert len(got) == 1 + len(office.bureau.roster.contacts)
    assert SLUG not in circulars(office)

    outcome, letters = answered(office, back, "เริ่มได้เลยค่ะ")
    assert outcome == "circular-started"
    assert "เริ่มหนังสือเวียนแล้ว" in said(to(STAFF, letters)[0])
    made = circulars(office)[SLUG]
    assert made.number == "ทส ๐๓๐๔/ว ๑๒๓๔"
    assert [question.kind for question in made.form.question] == ["integer", "tick"]
    assert made.deadlines.reporters.date() == datetime.date(2024, 12, 13)
    assert made.department.to == ("water@department.example",)
    outcome, _ = answered(office, back, "เริ่ม")
    assert outcome == "not-started"  # a second time

    requests = [one for one in office.later(days=1) if one["X-Ruam-Kind"] == "request"]
    assert {SLUG in str(one["Subject"]) for one in requests} == {True}
    (request,) = to(DEN_CHAI, requests)
    form = next(data for name, data in files(request).items() if name.endswith(".xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(form))
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(min_col=3, max_col=4):
        if not row[0].protection.locked and str(sheet.cell(row[0].row, 2).value or "").startswith(("เทศบาล", "องค์การ")):
            row[0].value, row[1].value = 3, "✓"
    out = io.BytesIO()
    book.save(out)
    office.take(
        mail(
            DEN_CHAI,
            "ส่งแบบครับ",
            form=out.getvalue(),
            answers=request["Message-ID"],
            subject=f"Re: {request['Subject']}",
        )
    )
    answers = office.house.books.answers(SLUG)
    codes = office.bureau.roster.by_key["den-chai"].organisations
    assert {(one.organisation, str(one.value)) for one in answers if one.question == "q1"} == {
        (code, "3") for code in codes
    }


def test_the_corrected_workbook_makes_another_proposal(office):
    (back,) = proposed(office)[1]
    book = openpyxl.load_workbook(io.BytesIO(files(back)[f"new-circular-{SLUG}.xlsx"]))
    row = next(row for row in book["คำถาม"].iter_rows() if row[2].value == "มีแผนซ่อมบำรุงหรือไม่")
    row[3].value = "วันที่"
    out = io.BytesIO()
    book.save(out)
    outcome, letters = answered(office, back, "แก้แล้ว", form=out.getvalue())
    assert outcome == "new-circular-proposed"
    (again,) = to(STAFF, letters)
    assert answered(office, again, "เริ่ม")[0] == "circular-started"
    assert [question.kind for question in circulars(office)[SLUG].form.question] == ["integer", "date"]
    assert answered(office, back, "เริ่ม")[0] == "not-started"  # the first proposal: its slug runs


def test_a_workbook_that_contradicts_itself_goes_back_to_be_mended(office):
    (back,) = proposed(office)[1]
    name = f"new-circular-{SLUG}.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(files(back)[name]))
    row = next(row for row in book.worksheets[0].iter_rows() if row[0].value == "หัวคอลัมน์ของรายการ")
    row[1].value = "ระบบ"  # heads the names of rows that nobody listed
    out = io.BytesIO()
    book.save(out)
    outcome, letters = answered(office, back, "แก้แล้ว", form=out.getvalue())
    assert outcome == "new-circular-unread"
    (letter,) = to(STAFF, letters)
    assert "ขัดกันเอง" in said(letter)
    assert "rows" not in said(letter)
    assert list(files(letter)) == [name]


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("เริ่ม", {"sender": "thief@freemail.example"}),
        ("เริ่ม", {"sender": DEN_CHAI}),
        ("เริ่ม", FAILED),
        ("เริ่ม", {"Auto_Submitted": "auto-replied"}),
        ("เริ่ม แต่ขอดูก่อน", {}),
        ("ยังไม่เริ่ม", {}),
    ],
)
def test_nothing_is_started_on_another_word(office, text, how):
    (back,) = proposed(office)[1]
    answered(office, back, text, **how)
    assert SLUG not in circulars(office)
    assert answered(office, back, "เริ่ม")[0] == "circular-started"


def test_a_proposal_is_dropped_or_grows_old(office):
    (back,) = proposed(office)[1]
    assert answered(office, back, "ยกเลิก")[0] == "new-circular-dropped"
    assert answered(office, back, "เริ่ม")[0] == "not-started"
    (back,) = proposed(office, forwarded(text="หนังสือเวียนใหม่ อีกครั้ง"))[1]
    office.now += LASTS
    assert answered(office, back, "เริ่ม")[0] == "not-started"
    assert SLUG not in circulars(office)


@pytest.mark.parametrize(
    "raw",
    [forwarded("thief@freemail.example"), forwarded(DEN_CHAI), forwarded(**FAILED), forwarded(text="เพื่อโปรดทราบ")],
    ids=["stranger", "reporter", "forged", "without the word"],
)
def test_nobody_else_gets_a_proposal(office, raw):
    office.letters()
    assert office.take(raw) != "new-circular-proposed"
    assert not any("new-circular" in str(name) for letter in office.letters() for name in files(letter))


def test_papers_without_a_form_are_told_so(office):
    office.letters()
    outcome = office.take(mail(STAFF, "หนังสือเวียนใหม่", form=b"%PDF-1.4 broken", subject="ใหม่"))
    assert outcome == "new-circular-unread"
    assert "ไม่พบตารางแบบรายงาน" in said(to(STAFF, office.letters())[0])


def test_what_was_started_stays_until_it_is_long_over(office):
    (back,) = proposed(office)[1]
    answered(office, back, "เริ่ม")
    (one,) = office.house.books.started_circulars(office.now)
    assert (one.slug, one.by, one.circular.slug) == (SLUG, STAFF, SLUG)
    assert SLUG in circulars(office)
    office.now += datetime.timedelta(days=100)
    assert SLUG not in circulars(office)
    # Its slug is taken for good: what the books hold under it is its own.
    (again,) = proposed(office, forwarded(text="หนังสือเวียนใหม่ ปีนี้"))[1]
    assert f"new-circular-{SLUG}-2.xlsx" in files(again)
    assert office.house.books.check_chain().wrong == 0


@pytest.mark.parametrize(
    ("text", "subject", "asks"),
    [
        ("หนังสือเวียนใหม่ครับ", "", True),
        ("เรียนระบบ\nขอตั้งเรื่องใหม่ตามหนังสือที่แนบ", "", True),
        ("", "Fwd: หนังสือเวียน ใหม่", True),
        ("ยังไม่มีหนังสือเวียนใหม่", "", False),
        ("เพื่อโปรดทราบ", "หนังสือเวียน ว 5827", False),
    ],
)
def test_the_words_that_ask_for_it(text, subject, asks):
    assert asks_new_circular(text, subject) is asks


def circular_started(office, letter):
    assert answered(office, letter, "เริ่ม")[0] == "circular-started"
    return office.house.books.started_circulars(office.now)[0].circular


def test_words_correct_a_proposal(office):
    (back,) = proposed(office)[1]
    outcome, letters = answered(
        office,
        back,
        "เรียน ระบบ\nขอแก้ไขดังนี้ค่ะ\n- กำหนดส่งอำเภอเป็นวันที่ ๑๖ ธ.ค. ๖๗\n- ข้อ 1 เป็นจำนวนเงิน\n- ตัดข้อ 2\n"
        "- เลขที่หนังสือ ทส ๐๓๐๔/ว ๙๙๙\n- ส่งกรมที่ new@department.example\n- เพิ่มข้อ หมายเหตุ\n- ข้อ 1 แล้วแต่อำเภอ\nขอบคุณค่ะ\nสมศรี",
    )
    assert outcome == "new-circular-proposed"
    (again,) = to(STAFF, letters)
    words = " ".join(said(again).split())
    assert "ไม่เข้าใจ: “- ข้อ ๑ แล้วแต่อำเภอ”" in words
    assert "ตัดข้อ ๒ มีแผนซ่อมบำรุงหรือไม่" in words
    assert "new-circular-w999.xlsx" in files(again)
    assert "มีฉบับที่แก้ไขแล้ว" in said(to(STAFF, answered(office, back, "เริ่ม")[1])[0])
    made = circular_started(office, again)
    assert (made.slug, made.number, made.department.to) == ("w999", "ทส ๐๓๐๔/ว ๙๙๙", ("new@department.example",))
    assert [(q.label, q.kind) for q in made.form.question] == [("จำนวนระบบประปา (แห่ง)", "money"), ("หมายเหตุ", "text")]
    assert made.deadlines.reporters.date() == datetime.date(2024, 12, 16)
    assert made.deadlines.department.date() == datetime.date(2024, 12, 20)
    assert office.house.books.check_chain().wrong == 0


def test_words_correct_once_more_and_after_the_workbook(office):
    (back,) = proposed(office)[1]
    (again,) = to(STAFF, answered(office, back, "ข้อ 1 เป็นข้อความ")[1])
    (third,) = to(STAFF, answered(office, again, "ข้อ 2 เป็นวันที่", form=files(again)[f"new-circular-{SLUG}.xlsx"])[1])
    made = circular_started(office, third)
    assert [q.kind for q in made.form.question] == ["text", "date"]


@pytest.mark.parametrize("text", ["ข้อ 9 เป็นข้อความ", "ข้อ 1 น่าจะเป็นเงินไหมคะ", "กำหนดส่งอำเภอ 1 ม.ค. 60"])
def test_where_nothing_can_be_corrected_the_proposal_stays(office, text):
    (back,) = proposed(office)[1]
    outcome, letters = answered(office, back, text)
    assert outcome == "not-corrected"
    assert "ข้อเสนอเดิมยังคงอยู่" in said(to(STAFF, letters)[0])
    assert "ยังไม่ได้แก้" in said(to(STAFF, letters)[0])
    assert answered(office, back, "เริ่ม")[0] == "circular-started"


def test_a_word_that_starts_beside_one_that_corrects_starts_nothing(office):
    (back,) = proposed(office)[1]
    outcome, letters = answered(office, back, "เริ่ม\nข้อ 1 เป็นข้อความ")
    assert outcome == "new-circular-proposed"
    assert SLUG not in circulars(office)
    assert [q.kind for q in circular_started(office, to(STAFF, letters)[0]).form.question] == ["text", "tick"]


@pytest.mark.parametrize("how", [{"sender": "thief@freemail.example"}, {"sender": DEN_CHAI}, FAILED])
def test_nobody_else_corrects_a_proposal(office, how):
    (back,) = proposed(office)[1]
    outcome, _ = answered(office, back, "ข้อ 1 เป็นข้อความ", **how)
    assert outcome not in ("new-circular-proposed", "not-corrected")
    assert [q.kind for q in circular_started(office, back).form.question] == ["integer", "tick"]


def test_a_scanned_letter_and_a_link_are_told_and_typed(office):
    paper = Image.effect_noise((800, 1100), 90).convert("RGB")
    scan = io.BytesIO()
    paper.save(scan, "PDF")
    made = EmailMessage(policy=email.policy.SMTP)
    made["To"], made["Subject"], made["Message-ID"] = OFFICE, "Fwd: สำรวจ", "<scan@x.example>"
    made.set_content(
        "หนังสือเวียนใหม่ค่ะ\n\n---------- Forwarded message ---------\nFrom: กรม <a@department.example>\nSubject: สำรวจ\n\n"
        "รายละเอียดตาม https://drive.google.com/file/d/abc"
    )
    made.add_attachment(scan.getvalue(), maintype="application", subtype="pdf", filename="letter.pdf")
    made.add_attachment(FORM, maintype="application", subtype="octet-stream", filename="form.xlsx")
    outcome, letters = proposed(office, b"From: " + STAFF.encode() + b"\r\n" + made.as_bytes())
    assert outcome == "new-circular-proposed"
    (back,) = letters
    words = " ".join(said(back).split())
    assert "“letter.pdf” เป็นภาพสแกน" in words
    assert "drive.google.com" in words
    (again,) = to(
        STAFF,
        answered(
            office,
            back,
            "เลขที่หนังสือ ทส 0304/ว 77 ลงวันที่ 20 พ.ย. 67\nชื่อเรื่องเป็น สำรวจประปา\nกำหนดส่งกรม 25 ธ.ค. 67\nส่งกรมที่ a@department.example",
        )[1],
    )
    circular = circular_started(office, again)
    assert (circular.slug, circular.title, circular.dated) == ("w77", "สำรวจประปา", datetime.date(2024, 11, 20))
    assert circular.deadlines.department.date() == datetime.date(2024, 12, 25)


def test_the_letter_may_follow_its_form_and_the_other_way_round(office):
    office.letters()
    outcome = office.take(mail(STAFF, "หนังสือเวียนใหม่", form=FORM, subject="ใหม่"))
    assert outcome == "new-circular-proposed"
    (back,) = to(STAFF, office.letters())
    assert "ไม่พบเลขที่หนังสือ" in " ".join(said(back).split())
    (again,) = to(STAFF, answered(office, back, "แนบหนังสือมาให้แล้วค่ะ\nข้อ 1 เป็นข้อความ", form=LETTER.encode())[1])
    assert "ไม่พบเลขที่หนังสือ" not in " ".join(said(again).split())
    other = excel(("แบบสำรวจใหม่",), [("ที่", "ชื่อ อปท.", "จำนวนบ่อ (บ่อ)")], [("1", "", "")])
    (third,) = to(STAFF, answered(office, again, "ส่งแบบฟอร์มใหม่", form=other)[1])
    made = circular_started(office, third)
    assert (made.slug, [q.label for q in made.form.question]) == (SLUG, ["จำนวนบ่อ (บ่อ)"])
    assert made.deadlines.department.date() == datetime.date(2024, 12, 20)
