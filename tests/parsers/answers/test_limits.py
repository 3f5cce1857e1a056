"""Answers bounded by other answers and by days."""

import datetime
from email.message import EmailMessage

import pytest

from parsers.answers.limits import day_sent
from parsers.read import read_message
from tests.parsers.rules import CIRCULAR, FORM, catalogue, read, row, rules, workbook


def found(reading):
    return [(f.code.value, f.question) for f in reading.findings]


def values(reading):
    return {a.question: a.value for a in reading.answers}


@pytest.mark.parametrize("spent", [0, "๕,๐๐๐", "4,999.99", "-"])
def test_what_is_within_its_limit_is_recorded(spent):
    reading = read([row(spent=spent)])
    assert found(reading) == []
    assert reading.outcome == "accepted"


@pytest.mark.parametrize("spent", [5000.01, "๕๐,๐๐๐"])
def test_what_is_above_the_other_question_is_asked_and_neither_recorded(spent):
    reading = read([row(spent=spent)])
    assert found(reading) == [("limit-broken", "spent")]
    assert values(reading).keys().isdisjoint({"spent", "budget"})
    assert "มากกว่าช่อง “งบประมาณที่ตั้งไว้ (บาท)” (5,000" in reading.findings[0].message


def test_a_limit_that_is_blank_bounds_nothing():
    assert found(read([row(budget=None)])) == [("answer-missing", "budget")]


def test_a_sum_bounds_by_its_parts_and_only_what_is_below_it_is_barred():
    total = {"key": "all", "kind": "computed", "label": "รวม", "sum_of": ["budget", "spent"]}
    least = {"key": "paid", "kind": "money", "label": "จ่ายทั้งหมด", "at_least": "all"}
    reading = read([row(all=9000.5, paid=9000)], form=rules(total, least))
    assert found(reading) == [("limit-broken", "paid")]
    assert {"budget", "spent"} <= values(reading).keys()


def test_a_day_may_be_bounded_by_another():
    end = {"key": "end", "kind": "date", "label": "วันที่สิ้นสุด", "at_least": "drill"}
    form = rules(end)
    assert found(read([row(end="21/2/2569")], form=form)) == []
    reading = read([row(end="19/2/2569")], form=form)
    assert found(reading) == [("limit-broken", "end")]
    assert "อยู่ก่อนช่อง “วันที่ซ้อมแผน” (20 ก.พ. 2569)" in reading.findings[0].message


@pytest.mark.parametrize(
    ("day", "outside"), [("1 ต.ค. 2568", False), ("30 ก.ย. 2568", True), ("2025-09-30", True), (None, False)]
)
def test_a_day_before_the_window_is_asked(day, outside):
    """A Buddhist year in the circular is one, also within the form."""
    assert FORM.find("drill").not_before == datetime.date(2025, 10, 1)
    reading = read([row(drill=day)])
    assert found(reading) == ([("day-outside", "drill")] if outside else [])
    assert ("drill" in values(reading)) is (day is not None and not outside)


def mailed(day, sent, form=FORM, **answers):
    message = EmailMessage()
    message["From"], message["Subject"] = "saraban@lao.example", "ส่งแบบ"
    if sent:
        message["Date"] = sent
    message.set_content("ส่งแบบรายงาน")
    message.add_attachment(
        workbook([row(drill=day, **answers)], form=form),
        maintype="application",
        subtype="octet-stream",
        filename="a.xlsx",
    )
    return read_message(message.as_bytes(), catalogue(form), circular="rules")


@pytest.mark.parametrize(
    ("sent", "outside"),
    [
        ("Tue, 10 Mar 2026 09:00:00 +0700", True),
        ("Tue, 10 Mar 2026 18:00:00 +0000", False),  # the 11th in Thailand
        ("Thu, 12 Mar 2026 09:00:00 +0700", False),
        ("Thu, 01 Jan 1970 00:00:00 +0000", False),  # a clock that is wrong bounds nothing
        (None, False),
    ],
)
def test_a_day_to_come_is_one_after_the_mail_was_sent(sent, outside):
    reading = mailed("11 มี.ค. 2569", sent)
    assert found(reading) == ([("day-outside", "drill")] if outside else [])


@pytest.mark.parametrize(("day", "outside"), [("10 มี.ค. 2569", False), ("11 มี.ค. 2569", True)])
def test_the_last_time_is_not_after_the_mail(day, outside):
    form = rules({"key": "last", "kind": "date", "label": "วันที่ตรวจครั้งล่าสุด"})
    reading = mailed("1 มี.ค. 2569", "Tue, 10 Mar 2026 09:00:00 +0700", form, last=day)
    assert found(reading) == ([("day-outside", "last")] if outside else [])


def test_the_day_of_a_mail_is_that_of_thailand():
    sent = datetime.datetime(2026, 3, 10, 18, tzinfo=datetime.UTC)
    assert day_sent(sent, CIRCULAR.dated) == datetime.date(2026, 3, 11)
    assert day_sent(None, CIRCULAR.dated) is None


@pytest.mark.parametrize(
    ("share", "fits"), [(80.01, True), (80, True), ("80.0", True), ("80.01", True), ("80.1", False), (None, True)]
)
def test_a_share_fits_as_far_as_it_is_rounded(share, fits):
    reading = read([row(share=share)])
    assert found(reading) == ([] if fits else [("share-mismatch", "share")])
    assert reading.outcome == "accepted"


def test_a_share_of_nothing_is_not_computed():
    assert found(read([row(budget=0, spent=0, share=0)])) == []
