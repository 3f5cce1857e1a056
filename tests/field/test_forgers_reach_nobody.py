"""Who forges an address and holds no letter of ours can neither silence, overwrite nor learn anything, nor make the bot write to others."""

import pytest

from bot.office.model.address_mark import AddressMark, AddressStanding
from tests.field.office_of_paper import DEN_CHAI, FAILED, STAFF, Office, mail, said, to

OTHER = "third@party.example"


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path)
    made.take(mail(DEN_CHAI, "ส่งครับ", form=made.filled()))
    made.letters()
    yield made
    made.close()


def test_forged_mails_silence_nobody(office):
    """Nine in vain, and the reporter is still answered."""
    for number in range(9):
        office.take(mail(DEN_CHAI, f"ทดสอบ {number}", Reply_To=OTHER, **FAILED))
    letters = office.letters()
    assert {str(one["To"]) for one in letters} == {STAFF}
    assert office.take(mail(DEN_CHAI, "ส่งเป็น PDF ได้ไหม")) == "words"
    assert to(DEN_CHAI, office.letters())


def test_a_forged_form_overwrites_nothing_and_is_answered_to_nobody(office):
    assert (
        office.take(mail(DEN_CHAI, "ส่งใหม่", form=office.filled(mark="x"), Reply_To=OTHER, **FAILED))
        == "not-vouched-for"
    )
    assert set(office.answers_of("den-chai")) == {True}
    assert [one["To"] for one in office.letters()] == [STAFF]


def test_forged_mails_lift_no_mark_of_a_bounce(office):
    office.house.books.mark(AddressMark(DEN_CHAI, AddressStanding.BOUNCED, "den-chai", "", "x", office.now))
    office.take(mail(DEN_CHAI, "กลับมาใช้ได้แล้ว", **FAILED))
    assert DEN_CHAI in office.house.books.bounced()
    office.take(mail(DEN_CHAI, "กลับมาใช้ได้แล้วครับ"))
    assert office.house.books.bounced() == {}


@pytest.mark.parametrize("heads", [FAILED, {}], ids=["disowned", "a stranger"])
def test_what_is_recorded_from_elsewhere_the_reporter_hears_of(office, heads):
    """It answers our letter; the reporter's own address gets the answer with the address from which it came."""
    sender = DEN_CHAI if heads else "clerk@new.example"
    asked = office.request_to(DEN_CHAI)["Message-ID"]
    sent = mail(sender, "ส่งใหม่", form=office.filled(mark="x"), answers=asked, Reply_To=OTHER, **heads)
    assert office.take(sent) == "accepted"
    letters = office.letters()
    assert {str(one["To"]) for one in letters} == {sender, DEN_CHAI}
    (told,) = to(DEN_CHAI, letters)
    assert sender in said(told)
    assert not any(OTHER in one.as_string() for one in letters)


def test_staff_are_answered_however_often_they_ask(office):
    """Helpless words are a person's, each answered with what the system understands."""
    for number in range(7):
        assert office.take(mail(STAFF, f"ช่วยจองห้องประชุม {number} ให้ที", subject="ห้องประชุม")) == "not-understood"
        (answer,) = to(STAFF, office.letters())
        assert "รับเสมอ" in said(answer)
