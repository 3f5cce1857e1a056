"""A mail that only says "nothing to report" is an answer where the circular takes it, and a question back where not."""

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.findings import Code, Severity
from parsers.form.form import Form
from parsers.form.question import Question
from parsers.mail.words.nil_return import nil_value, says_nil
from parsers.read import read_message
from parsers.reading import Catalogue, MailKind, Outcome

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
QUOTE = "\n\nเมื่อ วันพฤ. 21 พ.ย. 2024 เวลา 10:30 สำนักงาน <office@phrae.example> เขียนว่า:\n> กรุณารายงาน\n"

SAYS_NIL = [
    "ตรวจสอบแล้ว ไม่มีข้อมูลที่จะรายงานครับ",
    "Nothing to report",
    "ไม่มีข้อมูล",
    "ไม่มีรายการครับ",
    "ไม่มี",
    "ไม่มีข้อมูลที่จะรายงานค่ะ",
    "รายงานผลเป็นศูนย์",
    "Nil report.",
    "สวัสดีครับ\n\nขอรายงานว่า ไม่มีข้อมูลครับ\n\nขอบคุณครับ",
    "เรียน ท้องถิ่นจังหวัดแพร่\nเรื่อง รายงานตามหนังสือ ว ๕๘๒๗\n\nอำเภอลองขอรายงานว่าไม่มีข้อมูล\n\nจึงเรียนมาเพื่อโปรดทราบ",
    "ตามที่จังหวัดให้รายงานผลการดำเนินการนั้น ขอเรียนว่าไม่มีข้อมูลที่ต้องรายงาน",
    "ไม่มีข้อมูลครับ\n\nขอแสดงความนับถือ\nนายสมชาย ใจดี\nท้องถิ่นอำเภอลอง\nโทร. ๐๕๔ ๑๒๓ ๔๕๖",
    "ไม่มี\n\nSent from my iPhone",
    "ไม่มีครับ\n-----------\nนายสมชาย",
    "ทุก อปท. ในพื้นที่ไม่มีข้อมูล",
]
SAYS_MORE = [
    "",
    "ส่งรายงานครับ",
    "ยังไม่มีข้อมูล",
    "ไม่มีข้อมูล แต่จะส่งให้พรุ่งนี้",
    "ไม่มีข้อมูล ยกเว้น อบต.หัวทุ่ง",
    "ไม่มี?",
    "ไม่มีปัญหาครับ",
    "ไม่มีไฟล์แนบในอีเมลครับ",
    "อบต.หัวทุ่ง ไม่มีข้อมูล",
    "ไม่มีข้อมูล\nอบต.หัวทุ่ง 5 แห่ง",
    "ไม่มีข้อมูล\nอบต.หัวทุ่ง มีหนึ่งแห่ง",
    "เรียน ท้องถิ่นจังหวัดแพร่",
    "นายสมชาย ใจดี\nไม่มีข้อมูล",
    "ไม่มี" * 500,
    "/\nไม่มี",
    "ไม่มี\n✗",
]


def circular(**form):
    question = [
        {"key": "done", "kind": "tick", "label": "ทำแล้ว"},
        {"key": "count", "kind": "integer", "label": "จำนวน", "minimum": 0},
        {"key": "cost", "kind": "money", "label": "งบประมาณ"},
        {"key": "all", "kind": "computed", "label": "รวม", "sum_of": ["count", "cost"]},
        {"key": "place", "kind": "text", "label": "ที่ตั้ง", "required": False},
    ]
    return Form.model_validate({"title": "แบบสำรวจ", "question": question, "nil": "allowed", **form})


@pytest.fixture(scope="module")
def ask(catalogue):
    """Read a reply of the district Long to a circular with this form."""

    def asked(text, form=None, sender="long@district.example", files=(), **headers):
        books = Catalogue(
            {"w5827": form or circular()}, catalogue.organisations, catalogue.reporters, catalogue.as_of_near
        )
        mail = EmailMessage()
        mail["From"], mail["Subject"] = sender, "Re: [w5827] ขอให้รายงาน"
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content(text)
        for name, data in files:
            mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
        return read_message(mail.as_bytes(), books)

    return asked


@pytest.mark.parametrize("text", SAYS_NIL)
def test_nothing_is_understood_in_every_usual_wording(text):
    """With greeting, reference, courtesy and signature around it."""
    assert says_nil(text, None, ("อำเภอลอง",))


@pytest.mark.parametrize("text", SAYS_MORE)
def test_a_text_that_says_anything_else_is_no_nil_reply(text):
    """An exception, a question, a single organisation, "not yet": a person wants the form."""
    assert not says_nil(text, None, ("อำเภอลอง",))


@given(st.text(max_size=200))
def test_no_text_makes_it_raise(text):
    assert says_nil(text) in (True, False)


@given(
    st.sampled_from(SAYS_NIL),
    st.sampled_from(["อบต.หัวทุ่งมี 3 แห่ง", "โปรดดูไฟล์แนบ", "เทศบาลดำเนินการแล้ว ๒ แห่ง", "ทำแล้ว"]),
    st.booleans(),
)
def test_one_line_more_makes_it_none(text, line, before):
    """Nothing is overheard beside the nil words."""
    assert not says_nil(f"{line}\n{text}" if before else f"{text}\n{line}")


def test_words_in_endless_repetition_are_judged_at_once():
    """No way of splitting them is tried twice."""
    assert not says_nil("\n".join([("ขอรายงาน" * 30) + "ก"] * 5))
    assert says_nil("ขอรายงาน" * 25 + "ไม่มีข้อมูล" + "ครับ" * 5)


def test_words_of_the_circular_count_too():
    form = circular(nil_words=["ไม่มีผู้ป่วย"])
    assert says_nil("ขอรายงานว่าไม่มีผู้ป่วยค่ะ", form)
    assert not says_nil("ขอรายงานว่าไม่มีผู้ป่วยค่ะ")


def test_where_allowed_all_questions_of_all_own_organisations_are_answered(ask, build):
    """No for a tick, zero for a figure, nothing for what need not be answered; the receipt says so."""
    reading = ask("เรียน ท้องถิ่นจังหวัด\nไม่มีข้อมูลครับ" + QUOTE)
    own = {build.code[name] for name in build.districts["ลอง"]}
    assert {(a.organisation, a.question, a.value) for a in reading.answers} == {
        (code, key, value) for code in own for key, value in (("done", False), ("count", "0"), ("cost", "0"))
    }
    assert (reading.outcome, reading.reporter, reading.mail.kind) == (Outcome.ACCEPTED, "long", MailKind.REPORT)
    [said] = reading.findings
    assert (said.code, said.severity) == (Code.NIL_REPLY, Severity.INFO)
    assert str(said.place) == "เนื้อหาอีเมล"
    assert "อำเภอลอง" in said.message
    assert "11 แห่ง" in said.message
    assert {a.place for a in reading.answers} == {said.place}
    assert reading.standing() == reading.answers


def refused(reading):
    return (
        reading.answers == ()
        and [f.code for f in reading.findings] == [Code.FORM_NOT_FOUND]
        and reading.outcome is Outcome.REJECTED
    )


def test_where_refused_the_sender_is_told_that_words_are_not_enough(ask):
    reading = ask("ไม่มีข้อมูลครับ", circular(nil="refused"))
    assert refused(reading)
    assert "แม้ไม่มีข้อมูลก็ต้องกรอกแบบรายงาน" in reading.findings[0].message
    assert "แม้ไม่มีข้อมูล" not in ask("ส่งรายงานครับ").findings[0].message


def test_no_circular_takes_nil_replies_unless_it_says_so(form, build):
    assert (form.nil, build.waste.nil, circular(nil="refused").nil) == ("refused", "refused", "refused")


@pytest.mark.parametrize("kind", ["text", "date", "choice"])
def test_a_question_that_nothing_cannot_answer_refuses_all(ask, kind):
    """What was chosen or when cannot be nothing."""
    question = {"key": "what", "kind": kind, "label": "อะไร"} | ({"choices": ["ก", "ข"]} if kind == "choice" else {})
    assert refused(ask("ไม่มีข้อมูล", circular(question=[{"key": "done", "kind": "tick", "label": "ทำแล้ว"}, question])))


@pytest.mark.parametrize(
    ("limits", "value"),
    [({}, "0"), ({"minimum": 0}, "0"), ({"minimum": 1}, None), ({"maximum": -1}, None), ({"maximum": 0}, "0")],
)
def test_zero_must_be_allowed_to_be_an_answer(limits, value):
    assert nil_value(Question(key="n", kind="integer", label="จำนวน", **limits)) == value


@pytest.mark.parametrize("sender", ["who@freemail.example", "shared@district.example"])
def test_whose_nothing_it_is_must_be_certain(ask, sender):
    """A stranger, or an address of two districts, must send the form."""
    assert refused(ask("ไม่มีข้อมูล", sender=sender))


def test_an_organisation_reports_nothing_for_itself_alone(ask, build):
    code = build.code["อบต.หัวทุ่ง"]
    reading = ask("ไม่มีข้อมูลค่ะ", sender=f"saraban_{code}@lao.example")
    assert {a.organisation for a in reading.answers} == {code}


def test_a_file_that_may_hold_the_form_goes_before_the_words(ask):
    """A broken workbook beside "nothing" is asked for again; a logo or a note is none."""
    broken = ask("ไม่มีข้อมูล", files=[("แบบ.xlsx", b"PK\3\4zzz")])
    assert (broken.answers, broken.outcome) == ((), Outcome.REJECTED)
    assert ask("ไม่มีข้อมูล", files=[("logo.png", PNG), ("ATT00001.txt", b"sent by phone")]).outcome is Outcome.ACCEPTED


def test_a_machine_reports_nothing(ask):
    assert ask("ไม่มีข้อมูล", Auto_Submitted="auto-replied").answers == ()
