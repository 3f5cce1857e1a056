"""Texts of a given form, such as the number of an order."""

import pytest

from tests.parsers.rules import read, row


@pytest.mark.parametrize("said", ["12/2569", "๑๒/๒๕๖๙", "ที่ 12 / 2569", None, "-"])
def test_what_is_written_as_asked_is_recorded_as_written(said):
    reading = read([row(order=said)])
    assert [f.code for f in reading.findings] == []
    order = {a.question: a.value for a in reading.answers}.get("order")
    assert order == (said if said != "-" else None)


@pytest.mark.parametrize("said", ["12", "12/69", "ประกาศแล้ว", "12/2569 และ 13/2569"])
def test_another_form_is_asked_with_the_example(said):
    (found,) = read([row(order=said)]).findings
    assert (found.code, found.question, found.value) == ("answer-unlike", "order", said)
    assert "กรุณาเขียนเช่น “12/2569”" in found.message


@pytest.mark.parametrize(("said", "code"), [("รอลงนาม", None), ("ยังไม่ได้ประกาศ", None), ("12/2569", "answer-not-asked")])
def test_beside_a_no_a_denial_fits_and_a_number_does_not(said, code):
    reading = read([row(made="X", villages=None, reason="รองบประมาณ", order=said)])
    assert [f.code for f in reading.findings] == ([code] if code else [])
