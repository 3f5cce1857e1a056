"""A comma, bracket or quote too many in From does not make its one address a forged one; a second address does."""

import pytest

from tests.field.office_of_paper import DEN_CHAI, FAILED, STAFF, Office, mail, said, to

STRAYS = [
    f"อำเภอเด่นชัย, จังหวัดแพร่ <{DEN_CHAI}>",
    f"[ด่วน] อำเภอเด่นชัย <{DEN_CHAI}>",
    f"(อำเภอเด่นชัย <{DEN_CHAI}>",
    f"อำเภอเด่นชัย) <{DEN_CHAI}>",
    f'"อำเภอเด่นชัย <{DEN_CHAI}>',
    f"อำเภอเด่นชัย; แพร่ <{DEN_CHAI}>",
    f"<{DEN_CHAI}",
    f"{DEN_CHAI},",
    f"{DEN_CHAI} <{DEN_CHAI}>",
]
TWO = [
    f"{DEN_CHAI}, x@evil.example",
    f"x@evil.example, {DEN_CHAI}",
    f"{DEN_CHAI} <x@evil.example>",
    f'"x@evil.example <{DEN_CHAI}>',
]


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path)
    made.letters()
    yield made
    made.close()


@pytest.mark.parametrize("sender", STRAYS)
def test_the_one_address_is_read_and_judged(office, sender):
    assert office.take(mail(sender, "ส่งครับ", form=office.filled())) == "accepted"
    assert [one["To"] for one in office.letters()] == [DEN_CHAI]


@pytest.mark.parametrize("sender", TWO)
def test_of_two_addresses_none_is_believed(office, sender):
    assert office.take(mail(sender, "ส่งครับ", form=office.filled())) in {"not-vouched-for", "unknown-sender"}
    assert office.answers_of("den-chai") == []


@pytest.mark.parametrize(
    "sender",
    [*TWO[:2], f"{DEN_CHAI}, wang-chin@district.phrae.example", f"{DEN_CHAI}, b@x.example, c@x.example, d@x.example"],
)
def test_staff_read_that_there_are_several_and_which(office, sender):
    office.take(mail(sender, "ส่งครับ", form=office.filled()))
    (letter,) = to(STAFF, office.letters())
    words = " ".join(said(letter).split())
    assert all(address in words for address in sender.split(", ")[:3])
    assert "มีหลายที่อยู่" in words
    assert "d@x.example" not in words
    assert "เครื่องรับอีเมลแจ้ง" not in words
    assert "คล้ายกับ" not in words


def test_what_the_server_says_of_one_address_is_told_as_before(office):
    office.take(mail(DEN_CHAI, "ส่งครับ", form=office.filled(), **FAILED))
    (letter,) = to(STAFF, office.letters())
    assert "เครื่องรับอีเมลแจ้ง" in said(letter)
    assert "มีหลายที่อยู่" not in said(letter)


def test_a_command_from_two_addresses_is_refused_for_them(office):
    office.take(mail(f"{STAFF}, x@evil.example", "อนุมัติ"))
    (letter,) = to(STAFF, office.letters())
    assert f"({STAFF}, x@evil.example)" in " ".join(said(letter).split())
