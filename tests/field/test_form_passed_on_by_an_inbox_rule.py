"""A filled form of a known reporter counts, whatever programs on its way say of themselves in its headers."""

import pytest

from tests.field.office_of_paper import DEN_CHAI, STAFF, Office, mail, to

MARKS = {
    "inbox rule of Exchange": {"Auto-Submitted": "auto-generated", "X-MS-Exchange-Generated-Message-Source": "Mailbox Rules Agent"},
    "auto-forwarded": {"Auto-Submitted": "auto-forwarded"},
    "auto-replied": {"Auto-Submitted": "auto-replied"},
    "bulk": {"Precedence": "bulk"},
    "auto_reply": {"Precedence": "auto_reply"},
    "junk": {"Precedence": "junk"},
    "suppressed answers": {"X-Auto-Response-Suppress": "All"},
    "a list": {"List-Id": "<amphoe.lists.example>", "List-Unsubscribe": "<mailto:x@lists.example>"},
    "a responder of cPanel": {"X-Autorespond": "yes"},
    "a server's copy": {"X-Failed-Recipients": "somebody@else.example"},
    "no return path": {"Return-Path": "<>"},
}  # fmt: skip


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("heads", MARKS.values(), ids=MARKS)
def test_it_is_recorded_and_answered(office, heads):
    office.letters()
    assert office.take(mail(DEN_CHAI, "ส่งแบบรายงานครับ", form=office.filled(), **heads)) == "accepted"
    assert set(office.answers_of("den-chai")) == {True}
    assert [one["X-Ruam-Kind"] for one in to(DEN_CHAI, office.letters())] == ["receipt"]


@pytest.mark.parametrize("heads", MARKS.values(), ids=MARKS)
def test_from_an_address_that_nobody_knows_it_is_held_and_staff_are_asked(office, heads):
    office.letters()
    assert (
        office.take(mail("who@freemail.example", "ส่งแบบรายงานครับ", form=office.filled(), **heads)) == "unknown-sender"
    )
    (question,) = office.letters()
    assert question["To"] == STAFF
    assert office.answers_of("den-chai") == []


@pytest.mark.parametrize("heads", MARKS.values(), ids=MARKS)
def test_a_damaged_file_is_not_passed_over(office, heads):
    """Its sender is answered, or staff are asked."""
    office.letters()
    office.take(mail(DEN_CHAI, "ส่งแบบรายงานครับ", form=office.filled()[:900], **heads))
    assert office.letters()


def test_our_own_form_carried_back_by_a_program_is_nobodys_answer(office):
    blank = next(part.get_payload(decode=True) for part in office.request_to(DEN_CHAI).iter_attachments())
    office.letters()
    away = mail(DEN_CHAI, "ไม่อยู่ที่สำนักงาน", form=blank, subject="ตอบกลับอัตโนมัติ", Auto_Submitted="auto-replied")
    assert office.take(away) == "auto-reply"
    office.take(mail(DEN_CHAI, "ส่งครับ", form=office.filled()))
    office.letters()
    again = mail(DEN_CHAI, "ไม่อยู่", form=office.filled(), subject="ตอบกลับอัตโนมัติ", Auto_Submitted="auto-replied")
    assert office.take(again) == "auto-reply"  # it says nothing that we do not hold
    assert office.letters() == []


@pytest.mark.parametrize("marks", ["inbox rule of Exchange", "auto-forwarded"])
def test_words_that_a_rule_passed_on_come_before_staff(office, marks):
    """Nobody is answered: a program may have written them after all."""
    office.letters()
    assert office.take(mail(DEN_CHAI, "ขอถอนรายงานที่ส่งเมื่อเช้าครับ", **MARKS[marks])) == "words"
    assert to(DEN_CHAI, office.letters()) == []


def test_words_of_an_absence_notice_stay_unheard(office):
    office.letters()
    away = mail(DEN_CHAI, "ไม่อยู่ถึงวันจันทร์", subject="Automatic reply: [w5827]", Auto_Submitted="auto-generated")
    assert office.take(away) == "auto-reply"
