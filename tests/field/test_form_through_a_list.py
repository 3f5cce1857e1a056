"""A form that came through a list is believed only on grounds that exist, and nothing of ours goes into the list."""

import pytest

from tests.field.office_of_paper import DEN_CHAI, STAFF, Office, mail, said

LIST = "saraban@lists.example"
HEADS = {"List-Id": "<amphoe.lists.example>", "List-Post": f"<mailto:{LIST}>", "Reply-To": DEN_CHAI}
REWRITTEN = {
    "by Mailman": (f"Denchai via saraban <{LIST}>", HEADS),
    "by Google Groups": (f"'Denchai' via saraban <{LIST}>", {"X-Original-From": DEN_CHAI, "Reply-To": DEN_CHAI}),
    "without any list header": (f"Denchai via saraban <{LIST}>", {"Reply-To": DEN_CHAI}),
    "by a bulk mailer": (LIST, {"Precedence": "bulk", "Sender": DEN_CHAI}),
    "in Thai": (f"เด่นชัย ผ่าน saraban <{LIST}>", {"Mailing-List": f"list {LIST}"}),
}


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path)
    made.letters()
    yield made
    made.close()


@pytest.mark.parametrize(("sender", "heads"), REWRITTEN.values(), ids=REWRITTEN)
def test_from_an_address_that_nobody_knows_it_is_held_and_staff_are_asked(office, sender, heads):
    """Reply-To and X-Original-From are the sender's word and no ground."""
    assert office.take(mail(sender, "ส่งแบบรายงานครับ", form=office.filled(), **heads)) == "unknown-sender"
    (question,) = office.letters()
    assert question["To"] == STAFF
    assert office.answers_of("den-chai") == []
    assert office.take(mail(STAFF, "รับ", answers=question["Message-ID"])) == "mail-accepted"


@pytest.mark.parametrize(("sender", "heads"), REWRITTEN.values(), ids=REWRITTEN)
def test_in_answer_to_our_letter_it_is_recorded_and_the_reporter_alone_is_answered(office, sender, heads):
    asked = office.request_to(DEN_CHAI)["Message-ID"]
    assert office.take(mail(sender, "ส่งครับ", form=office.filled(), answers=asked, **heads)) == "accepted"
    assert set(office.answers_of("den-chai")) == {True}
    (receipt,) = office.letters()
    assert (receipt["X-Ruam-Kind"], receipt["To"], receipt["Cc"]) == ("receipt", DEN_CHAI, None)
    assert LIST in said(receipt)  # it says from where the report came


@pytest.mark.parametrize(("sender", "heads"), REWRITTEN.values(), ids=REWRITTEN)
def test_words_and_failed_reports_are_not_answered_into_it_either(office, sender, heads):
    asked = office.request_to(DEN_CHAI)["Message-ID"]
    for text, form in (("ส่งเป็น PDF ได้ไหมครับ", None), ("ส่งครับ", office.filled()[:900])):
        office.take(mail(sender, text, form=form, answers=asked, **heads))
        letters = office.letters()
        assert letters
        assert all(LIST not in str(one["To"]) + str(one["Cc"]) for one in letters)
