"""Documents take time as their lists are long: not the square of it."""

import os

from bot.documents.report.pdf import MOST_TAGGED, report_pdf
from bot.office.model.rollup import roll_up
from tests.documents.drawn import OFFICE, circular_named, nation, recorded

FEW, TIMES = MOST_TAGGED + 100, 4
# In quiet the ratio is 3.2; beside other work, whose memory crowds out this one's, 5.6 was seen. The square of it is 16.
MOST = 8


def seconds(most: int) -> float:
    """What the processor needs, the children with it, for the PDF of the report of ``most`` organisations."""
    circular, phrae = circular_named("ticks")  # few columns: the less there is that grows evenly, the less is hidden
    roster = nation(phrae, most)
    rollup = roll_up(circular, roster, recorded(circular, roster), (), circular.deadlines.reporters.date())
    start = sum(os.times()[:4])
    report_pdf(circular, rollup, OFFICE, roster)
    return sum(os.times()[:4]) - start


def test_four_times_the_list_is_far_from_sixteen_times_the_work():
    seconds(10)  # what is read and learnt once
    few = seconds(FEW)
    many = seconds(TIMES * FEW)
    assert many < few * MOST
