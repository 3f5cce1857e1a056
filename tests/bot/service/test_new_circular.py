"""A circular from the department's own mail, on real books: proposed, corrected in the workbook, started by one word of believed staff, run."""

import datetime
import email.policy
import io
from email.message import EmailMessage

import openpyxl
import pytest

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
