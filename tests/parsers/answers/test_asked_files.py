"""Files that a circular asks for beside its form: taken by words alone, whose they are, and what is asked."""

import dataclasses
import hashlib
import io
import zipfile
from email.message import EmailMessage

import docx
import pytest

from parsers.answers.asked_files import Whose, with_asked_files
from parsers.findings import Code, Place, finding
from parsers.form.form import AskedFile
from parsers.read import read_message
from parsers.reading import Answer, FileReading, Organisation, Outcome, Reading
from tests.parsers.rules import catalogue

ORDER = AskedFile(key="order", label="สำเนาคำสั่งแต่งตั้ง", aliases=("คำสั่ง",))
PLAN = AskedFile(key="plan", label="แผนของอำเภอ", of="reporter", required=False, kinds=("pdf",))
NEAR, FAR, UPPER = (
    Organisation("1", "อบต.", "องค์การบริหารส่วนตำบลห้วยอ้อ", "อบต.ห้วยอ้อ", "ลอง"),
    Organisation("2", "อบต.", "องค์การบริหารส่วนตำบลแม่ยม", "อบต.แม่ยม", "ลอง"),
    Organisation("3", "อบต.", "องค์การบริหารส่วนตำบลแม่ยมใต้", "อบต.แม่ยมใต้", "ลอง"),
)
ALL = (NEAR, FAR, UPPER)
TWIN = Organisation("4", "อบต.", FAR.official_name, FAR.short_name, "สอง")
OTHER = Organisation("5", "ทต.", "เทศบาลตำบลเวียงต้า", "ทต.เวียงต้า", "ลอง")
PROVINCE = (*ALL, TWIN, OTHER)


def given(*files, text="", own=ALL, form=()):
    """What comes of files ``name`` or (name, format, bytes) of a mail, beside a form of the organisations ``form``."""
    made = [(each, "pdf", 90_000) if isinstance(each, str) else each for each in files]
    read = Reading(
        answers=tuple(Answer(code, "tons", "1", Place("แบบ.xlsx", "แบบ", "C5")) for code in form),
        files=tuple(FileReading(*each, Outcome.REJECTED) for each in made),
        findings=() if form else tuple(finding(Code.FORM_NOT_FOUND, Place(each[0]), where="") for each in made),
    )
    reading = with_asked_files(read, (ORDER, PLAN), Whose(own, PROVINCE, text, {each[0]: "ab12" for each in made}))
    taken = [(a.organisation, a.question, a.value) for a in reading.answers if a.question != "tons"]
    return taken, [(f.code.value, f.severity.value) for f in reading.findings], reading.outcome


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("คำสั่ง อบต.ห้วยอ้อ.pdf", "1"),
        ("คำสั่ง_อบต_แม่ยม_2569.pdf", "2"),
        ("คำสั่งอบต.แม่ยมใต้.pdf", "3"),
        ("คำสั่ง แม่ยมใต้ (ลงนามแล้ว).pdf", "3"),
        ("คำสั่งที่ ๑๒ องค์การบริหารส่วนตำบลห้วยอ้อ.pdf", "1"),
    ],
)
def test_a_name_says_what_a_file_is_and_whose(name, code):
    assert given(name) == ([(code, "file:order", name)], [], "accepted")
    assert given(name, form=["1", "2"])[:2] == ([(code, "file:order", name)], [])


@pytest.mark.parametrize(
    ("files", "text", "own", "form"),
    [
        (["คำสั่ง.pdf"], "", ALL[:1], ()),  # the only organisation of the reporter
        (["คำสั่ง.pdf"], "", ALL, ["1"]),  # the only organisation of the mail
        (["คำสั่ง.pdf"], "ส่งคำสั่งของ อบต.ห้วยอ้อ ครับ", ALL, ()),
        (["scan01.pdf"], "scan01 คือคำสั่งของ อบต.ห้วยอ้อ", ALL, ()),
        (["scan01.pdf"], "ขอส่งคำสั่ง อบต.ห้วยอ้อ ครับ", ALL, ()),
    ],
)
def test_or_a_line_of_the_mail_or_that_there_is_but_one(files, text, own, form):
    taken, findings, _ = given(*files, text=text, own=own, form=form)
    assert ([each[:2] for each in taken], findings) == ([("1", "file:order")], [])


@pytest.mark.parametrize(
    ("files", "text", "own"),
    [
        (["คำสั่ง.pdf"], "", ALL),  # whose?
        (["คำสั่ง อบต.ห้วยอ้อ อบต.แม่ยม.pdf"], "", ALL),
        (["scan01.pdf"], "ส่งแบบรายงานครับ ส่วนคำสั่งจะส่งภายหลัง", ALL[:1]),
        (["scan01.pdf"], "ส่งตามแนบค่ะ", ALL[:1]),
        (["คำสั่ง ทต.เวียงต้า.pdf"], "", ALL[:1]),  # somebody else's
        (["คำสั่ง แม่ยมใต้.pdf"], "", ALL[1:2]),
        (["คำสั่ง อบต.แม่ยม.pdf"], "", (*ALL, TWIN)),
        (["scan01.pdf", "scan02.pdf"], "ส่งคำสั่งครับ", ALL[:1]),
    ],
)
def test_what_cannot_be_known_is_asked(files, text, own):
    asked = ["attachment-unclear"] * len(files)
    assert given(*files, text=text, own=own) == ([], [(code, "error") for code in asked], "rejected")
    assert given(*files, text=text, own=own, form=["1", "2"])[:2] == ([], [(code, "warning") for code in asked])


@pytest.mark.parametrize(
    "file", ["หนังสือนำส่ง.pdf", "บันทึกข้อความ.pdf", ("logo.png", "image", 9_000), ("ตาราง.xlsx", "xlsx", 90_000)]
)
def test_a_covering_letter_and_an_ornament_are_nothing(file):
    assert given(file, form=["1"])[:2] == ([], [])


def test_a_letter_that_covers_an_order_is_not_the_order():
    assert given("หนังสือนำส่งคำสั่ง อบต.ห้วยอ้อ.pdf", form=["1"])[:2] == ([], [])


def test_a_reporters_file_is_everybodys_and_of_a_kind():
    taken, findings, _ = given("แผนของอำเภอลอง.pdf")
    assert ([each[0] for each in taken], findings) == (["1", "2", "3"], [])
    assert given(("แผนของอำเภอลอง.jpg", "image", 90_000))[:2] == ([], [("attachment-kind", "error")])


def test_two_pages_of_one_are_one_answer():
    taken, _, _ = given(("คำสั่ง อบต.แม่ยม 1.jpg", "image", 90_000), ("คำสั่ง อบต.แม่ยม 2.jpg", "image", 10_000))
    assert taken == [("2", "file:order", "คำสั่ง อบต.แม่ยม 1.jpg; คำสั่ง อบต.แม่ยม 2.jpg")]


def test_what_came_in_an_archive_has_the_digest_of_that():
    packed, document = io.BytesIO(), io.BytesIO()
    docx.Document().save(document)
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("คำสั่ง.docx", document.getvalue())
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "saraban@lao.example", "Re: [rules] คำสั่ง"
    mail.set_content("ส่งค่ะ")
    mail.add_attachment(packed.getvalue(), maintype="application", subtype="zip", filename="a.zip")
    known = dataclasses.replace(catalogue(), asked_files={"rules": (ORDER,)})
    (answer,) = read_message(mail.as_bytes(), known).answers
    assert (answer.value, answer.evidence) == ("a.zip › คำสั่ง.docx", hashlib.sha256(packed.getvalue()).hexdigest())
