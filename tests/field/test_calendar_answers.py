"""A calendar that answers an invitation, without a word of its owner, is a machine: nobody is told. With a word, staff are."""

import pytest

from tests.field.mails import FORM, XLSX, entity, multipart, words
from tests.field.office_of_paper import DEN_CHAI, STAFF, Office, said, to

SUBJECTS = {"REPLY": "Accepted: ประชุมประจำเดือน", "COUNTER": "New Time Proposed: ประชุม"}
STRANGER, DEPARTMENT = "who@freemail.example", "dla0810_7@dla.go.th"


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path)
    yield made
    made.close()


def answered(method, *, text="", comment="", sender=DEN_CHAI, more=()):
    """What a calendar writes when its owner accepts or proposes another time."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"METHOD:{method}", "BEGIN:VEVENT", "UID:1@x.example", comment]
    lines += ["SUMMARY:ประชุม", "DESCRIPTION:โปรดส่งรายงาน", "END:VEVENT", "END:VCALENDAR", ""]
    body = "\r\n".join(line for line in lines if line or line is lines[-1]).encode()
    calendar = entity(body, f"Content-Type: text/calendar; charset=utf-8; method={method}")
    content = multipart("alternative", words(text), words(f"<p>{text}</p>", "text/html; charset=utf-8"), calendar)
    subject = SUBJECTS.get(method, "ประชุม")
    head = (f"From: {sender}", "To: office@phrae.example", f"Subject: {subject}", f"Message-ID: <{method}@x.example>")
    whole = multipart("mixed", content, *more, boundary="=_outer") if more else content
    return "".join(f"{line}\r\n" for line in (*head, "MIME-Version: 1.0")).encode() + whole


@pytest.mark.parametrize("method", SUBJECTS)
@pytest.mark.parametrize("sender", [DEN_CHAI, STAFF, STRANGER, DEPARTMENT])
def test_a_bare_answer_is_decided_in_silence(office, method, sender):
    office.letters()
    assert office.take(answered(method, sender=sender)) == "invitation"
    assert office.letters() == []


@pytest.mark.parametrize("method", SUBJECTS)
def test_words_beside_it_go_before_staff(office, method):
    office.letters()
    assert office.take(answered(method, text="ผมเข้าประชุมสายครับ และข้อ 3 ต้องแก้ไข")) == "words"
    (letter,) = office.letters()
    assert letter["To"] == STAFF
    assert "ข้อ 3 ต้องแก้ไข" in said(letter)


def test_a_comment_within_the_calendar_is_told(office):
    assert office.take(answered("REPLY", comment="COMMENT:ข้อ 3 ต้องแก้ไข")) == "words"
    assert to(STAFF, office.letters())


def test_a_form_beside_it_is_recorded(office):
    form = entity(
        FORM, f'Content-Type: {XLSX}; name="form.xlsx"', 'Content-Disposition: attachment; filename="form.xlsx"'
    )
    assert office.take(answered("REPLY", more=(form,))) in {"accepted", "partly"}


def test_an_invitation_itself_goes_before_staff_as_before(office):
    assert office.take(answered("REQUEST")) == "words"
