"""The rounds of a recurring circular: periods, names, dates over months' ends and holidays, which are read by; laws."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config.circular_folder import load_circular
from bot.config.toml_files import read_toml
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.calendar import Calendar
from bot.office.model.circular import Circular
from bot.office.model.recurring import Recurring, later
from bot.office.model.rounds_of import MOMENTS, series_of
from tests.road.conftest import ROOT

FOLDER = ROOT / "tests" / "circulars" / "waste-monthly"
KEPT = datetime.timedelta(days=60)


@pytest.fixture(scope="module")
def series():
    return series_of(load_circular(FOLDER), Calendar())


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


@pytest.mark.parametrize(
    ("every", "first", "number", "suffix", "name"),
    [
        ("month", "2568-01-01", 0, "-2568-01", "เดือนมกราคม 2568"),
        ("month", "2568-01-01", 13, "-2569-02", "เดือนกุมภาพันธ์ 2569"),
        ("quarter", "2567-10-01", 0, "-2568-q1", "ไตรมาสที่ 1 ปีงบประมาณ 2568"),
        ("quarter", "2567-10-01", 3, "-2568-q4", "ไตรมาสที่ 4 ปีงบประมาณ 2568"),
        ("quarter", "2567-10-01", 4, "-2569-q1", "ไตรมาสที่ 1 ปีงบประมาณ 2569"),
        ("year", "2568-01-01", 1, "-2569", "ปี 2569"),
        ("year", "2567-10-01", 0, "-2568", "ปีงบประมาณ 2568"),
    ],
)
def test_periods_are_named_as_offices_name_them(every, first, number, suffix, name):
    recurring = Recurring(every=every, first=first)
    assert (recurring.suffix(number), recurring.name(number)) == (suffix, name)


@pytest.mark.parametrize(
    ("every", "first", "last"),
    [
        ("month", "2568-01-02", None),
        ("quarter", "2568-02-01", None),
        ("year", "2568-04-01", None),
        ("month", "2568-02-01", "2568-01-01"),
        ("year", "2568-01-01", "2568-10-01"),
    ],
)
def test_what_begins_no_period_is_refused(every, first, last):
    with pytest.raises(ValueError, match=r"write|mend"):
        Recurring(every=every, first=first, last=last)


def test_dates_are_months_later_on_the_months_last_day_and_off_holidays(series):
    dates = {number: series.dates(number) for number in range(13)}
    assert f"{dates[0]['reporters']:%Y-%m-%d %H:%M}" == "2025-02-05 16:30"
    assert f"{dates[1]['reporters']:%Y-%m-%d}" == "2025-03-05"
    assert f"{dates[2]['reporters']:%Y-%m-%d}" == "2025-04-04"  # the 5th is a Saturday
    assert f"{dates[3]['reporters']:%Y-%m-%d}" == "2025-05-02"  # Monday the 5th instead of the 4th, before it a weekend
    after = series_of(
        series.template.model_copy(
            update={"recurring": series.recurring.model_copy(update={"on_holiday": "after"})}
        ), Calendar(),
    )  # fmt: skip
    assert f"{after.dates(3)['reporters']:%Y-%m-%d}" == "2025-05-06"
    assert later(datetime.date(2025, 1, 31), 1) == datetime.date(2025, 2, 28)
    assert later(datetime.date(2025, 1, 31), 2) == datetime.date(2025, 3, 31)
    assert later(datetime.date(2023, 11, 30), 3) == datetime.date(2024, 2, 29)


def test_a_round_has_its_own_slug_words_dates_and_predecessor(series):
    second = series.round(1)
    assert (second.slug, second.follows) == ("waste-2568-02", "waste-2568-01")
    assert second.title == "การรายงานปริมาณขยะมูลฝอย ประจำเดือนกุมภาพันธ์ 2568"
    assert second.wording.subject == "ปริมาณขยะมูลฝอย เดือนกุมภาพันธ์ 2568"
    assert second.form.title == "แบบรายงานปริมาณขยะมูลฝอย ประจำเดือนกุมภาพันธ์ 2568"
    assert second.dated == datetime.date(2025, 2, 15)
    assert (second.round.series, second.round.number, second.round.period) == ("waste", 1, "เดือนกุมภาพันธ์ 2568")
    assert series.round(0).follows is None
    assert series.round(0).deadlines == series.template.deadlines


def test_slugs_are_told_back(series):
    assert [series.numbered(slug) for slug in ("waste-2568-01", "waste-2570-12", "waste-2567-12", "waste-x", "w5827")] == [
        0, 35, None, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("now", "near"),
    [
        ("2025-01-20 12:00", [0]),
        ("2025-01-27 08:29", [0]),
        ("2025-01-27 08:30", [1, 0]),
        ("2025-02-27 08:30", [2, 1, 0]),
        ("2025-12-31 12:00", [12, 11, 10, 9]),
        ("2035-12-31 12:00", [132, 131, 130, 129]),
    ],
)
def test_only_the_next_the_last_and_the_lately_over_are_read_by(series, now, near):
    assert list(series.near(at(now), KEPT)) == near


def test_after_the_last_period_there_is_no_further_round(series):
    ended = series.template.model_copy(
        update={"recurring": series.recurring.model_copy(update={"last": datetime.date(2025, 3, 1)})}
    )
    assert list(series_of(ended, Calendar()).near(at("2025-06-30 12:00"), KEPT)) == [2]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"title": "การรายงานขยะ"}, "write {period} in title"),
        ({"recurring": None}, "needs \\[recurring\\]"),
        ({"slug": "a" * 24}, "letters"),
        ({"round": {"closed": None}}, "kept in the books"),
    ],
)
def test_what_cannot_recur_is_said(change, why):
    said = read_toml(FOLDER / "circular.toml") | change
    if said["recurring"] is None:
        del said["recurring"]
    with pytest.raises(ValueError, match=why):
        Circular.model_validate(said)


DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 12, 31))


@given(
    st.sampled_from([("month", 1), ("quarter", 10), ("year", 1), ("year", 10)]),
    st.sampled_from(["before", "after"]),
    st.integers(0, 27),
    st.integers(0, 240),
)
def test_rounds_follow_one_another_on_working_days_and_never_share_a_slug(kind, side, day, number):
    every, month = kind
    calendar = Calendar()
    recurring = Recurring(every=every, first=datetime.date(2024, month, 1), on_holiday=side)
    first = datetime.datetime(2024, month, 1 + day, 16, 30, tzinfo=BANGKOK)
    this, following = (recurring.moved(first, each, calendar) for each in (number, number + 1))
    assert this < following
    assert number == 0 or calendar.is_working(this.date())
    assert this.timetz() == first.timetz()
    assert recurring.suffix(number) != recurring.suffix(number + 1)
    assert recurring.begins(number) < recurring.begins(number + 1)


@given(DAYS, st.times())
def test_the_newest_round_is_the_last_that_has_opened(day, time):
    series = series_of(load_circular(FOLDER), Calendar())
    now = datetime.datetime.combine(day, time, BANGKOK)
    newest = series.newest(now)
    if newest is not None:
        assert series.dates(newest)["opens"] <= now
    assert series.dates(0 if newest is None else newest + 1)["opens"] > now
    assert all(name in MOMENTS for name in series.dates(0))
