"""What doctor and digest warn of about days."""

import dataclasses
import datetime

import pytest

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.calendar import Calendar
from bot.office.plan.calendar_warnings import calendar_warnings

NOW = datetime.datetime(2024, 11, 18, 9, 0, tzinfo=BANGKOK)


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


def warned(bureau, circular, now=NOW, **deadlines):
    changed = circular.model_copy(update={"deadlines": circular.deadlines.model_copy(update=deadlines)})
    return calendar_warnings(dataclasses.replace(bureau, circulars={"w5827": changed}), now)


def test_nothing_is_doubtful_about_the_shipped_circular(bureau, circular):
    assert warned(bureau, circular) == ()


@pytest.mark.parametrize(
    ("deadlines", "said"),
    [
        ({"department": at("2024-12-05 16:30")}, "deadlines.department 2024-12-05 is a day off"),
        ({"cutoff": at("2024-12-01 16:30")}, "deadlines.cutoff 2024-12-01 is a day off"),
        ({"reporters": at("2024-11-29 00:00")}, "deadlines.reporters has no hour"),
        ({"opens": at("2024-11-25 08:30")}, "4 working days lie between opening and the reporters' deadline"),
    ],
)
def test_each_doubtful_deadline_is_named(deadlines, said, bureau, circular):
    [found] = warned(bureau, circular, **deadlines)
    assert found.about == "w5827"
    assert said in found.english
    assert found.line(bureau) == f"{circular.wording.subject} [w5827]: {found.thai}"  # a digest tells of several


def test_what_is_past_is_not_warned_of(bureau, circular):
    odd = {"reporters": at("2024-11-30 00:00"), "opens": at("2024-11-28 08:30")}
    assert len(warned(bureau, circular, **odd)) == 3
    assert warned(bureau, circular, at("2024-12-02 09:00"), **odd) == ()


def test_a_year_whose_days_are_not_known_is_warned_of_from_october_or_when_a_deadline_lies_in_it(bureau, circular):
    over = at("2026-09-30 09:00")
    assert warned(bureau, circular, over) == ()
    found = warned(bureau, circular, at("2028-10-01 09:00"))
    assert ["2028 (2571)" in found[0].english, "2029 (2572)" in found[1].english] == [True, True]
    entered = dataclasses.replace(
        bureau, calendar=Calendar(add=frozenset({datetime.date(2028, 5, 10), datetime.date(2029, 5, 9)}))
    )
    assert warned(entered, circular, at("2028-10-01 09:00")) == ()
    early = warned(entered, circular, at("2028-09-01 09:00"), department=at("2030-01-10 16:30"))
    assert [one.english[:41] for one in early] == ["the cabinet's days off of 2030 (2573) are"]
