"""A comma, bracket or quote too many in From does not make its one address a forged one; a second address does."""

import pytest

from tests.field.office_of_paper import DEN_CHAI, Office, mail

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
