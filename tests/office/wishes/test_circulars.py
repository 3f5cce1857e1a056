"""Which circular a text names: its round by its month, but never by a day that something is put off to."""

import dataclasses

import pytest

from bot.office.wishes.circulars import circulars_in
from tests.setup.shipped import bureau_at_work

OURS = bureau_at_work()


def _round(slug, month):
    circular = OURS.circulars["w5827"]
    subject = f"การรายงานขยะ เดือน{month} 2568"
    wording = circular.wording.model_copy(update={"subject": subject})
    return circular.model_copy(update={"slug": slug, "title": subject, "wording": wording})


BUREAU = dataclasses.replace(
    OURS, circulars={slug: _round(slug, month) for slug, month in (("waste-02", "กุมภาพันธ์"), ("waste-03", "มีนาคม"))}
)


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("เลื่อนของอำเภอลอง เดือนกุมภาพันธ์ 2568 ถึงวันที่ 13 มีนาคม 2568", ("waste-02",)),
        ("เลื่อนของอำเภอลอง ถึงวันที่ ๑๓ มีนาคม ๒๕๖๘", ()),
        ("เลื่อนของอำเภอลอง ถึงวันที่ 13 มี.ค. 68", ()),
        ("เลื่อนขยะเดือนมีนาคมของอำเภอลอง ถึงวันที่ 10 เมษายน 2568", ("waste-03",)),
    ],
)
def test_a_day_names_no_round(text, slugs):
    """From the field: "เลื่อน … ถึงวันที่ 13 มีนาคม 2568" in answer to the letter of February moved March."""
    assert circulars_in(text, BUREAU).slugs == slugs
