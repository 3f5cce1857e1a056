"""A receipt never goes to a list: the reporter's own known address gets it."""

import pytest

from tests.field.office_of_paper import DEN_CHAI, Office, mail

LIST = "saraban@lists.example"


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path)
    made.letters()
    yield made
    made.close()


def test_the_receipt_goes_to_the_reporter_and_not_to_the_list(office):
    asked = office.request_to(DEN_CHAI)["Message-ID"]
    heads = {"List-Id": "<amphoe.lists.example>", "List-Post": f"<mailto:{LIST}>", "Reply-To": DEN_CHAI}
    posted = mail(f"Denchai via saraban <{LIST}>", "ส่งครับ", form=office.filled(), answers=asked, **heads)
    assert office.take(posted) == "accepted"
    assert [one["To"] for one in office.letters()] == [DEN_CHAI]


def test_who_writes_through_a_list_under_its_own_address_is_answered_there(office):
    heads = {"List-Id": "<amphoe.lists.example>", "Reply-To": LIST}
    assert office.take(mail(DEN_CHAI, "ส่งครับ", form=office.filled(), **heads)) == "accepted"
    assert [one["To"] for one in office.letters()] == [DEN_CHAI]
