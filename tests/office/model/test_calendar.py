"""The calendar of a Thai government office."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.calendar import Calendar
from bot.office.model.holiday import Holiday

CALENDAR = Calendar()
DAYS = st.dates(datetime.date(2024, 1, 1), datetime.date(2027, 12, 31))
NUMBERS = st.integers(0, 30)


def day(text):
    return datetime.date.fromisoformat(text)


# The cabinet's special days and substitutes of 2024 (BE 2567), which the whole country kept.
@pytest.mark.parametrize(
    "holiday", ["2024-02-26", "2024-04-08", "2024-04-12", "2024-04-16", "2024-05-06", "2024-05-10"]
)
def test_the_office_is_closed_on_holidays_and_their_substitutes(holiday):
    assert not CALENDAR.is_working(day(holiday))


@pytest.mark.parametrize(
    "holiday", ["2024-07-22", "2024-07-29", "2024-10-14", "2024-12-05", "2024-12-10", "2024-12-30"]
)
def test_the_cabinets_days_of_the_second_half_of_the_year_are_holidays_too(holiday):
    assert not CALENDAR.is_working(day(holiday))


@pytest.mark.parametrize("working", ["2024-05-01", "2025-05-01", "2027-05-03"])
def test_labour_day_and_its_substitute_do_not_close_a_government_office(working):
    assert CALENDAR.is_working(day(working))


def test_the_only_holiday_between_the_circular_and_the_departments_deadline_is_5_december():
    start, end = day("2024-11-12"), day("2024-12-06")
    weekdays = {start + datetime.timedelta(n) for n in range((end - start).days + 1)}
    weekdays = {d for d in weekdays if d.weekday() < 5}
    assert weekdays - set(CALENDAR.working_days(start, end)) == {day("2024-12-05")}


@pytest.mark.parametrize(
    ("deadline", "n", "expected"),
    [
        ("2024-11-29", 5, "2024-11-22"),
        ("2024-11-29", 2, "2024-11-27"),
        ("2024-11-29", 1, "2024-11-28"),
        ("2024-11-29", 0, "2024-11-29"),
        ("2024-12-06", 1, "2024-12-04"),
        ("2024-12-05", 0, "2024-12-04"),
        ("2024-12-08", 0, "2024-12-06"),
        ("2024-12-08", 1, "2024-12-06"),
        ("2025-01-02", 1, "2024-12-27"),
    ],
)
def test_the_nth_working_day_before_steps_over_weekends_and_holidays(deadline, n, expected):
    assert CALENDAR.working_days_before(day(deadline), n) == day(expected)


def test_counting_backwards_by_less_than_nothing_is_refused():
    with pytest.raises(ValueError, match="negative"):
        CALENDAR.working_days_before(day("2024-11-29"), -1)


def test_the_office_may_add_a_regional_holiday_and_work_on_a_day_off():
    regional, sunday = day("2024-11-28"), day("2024-11-24")
    own = Calendar(add=frozenset({regional}), remove=frozenset({sunday, day("2024-12-05")}))
    assert not own.is_working(regional)
    assert own.is_working(sunday)
    assert own.is_working(day("2024-12-05"))
    assert own.working_days_before(day("2024-11-29"), 1) == day("2024-11-27")


@given(DAYS, NUMBERS)
def test_the_nth_working_day_before_is_working_and_n_working_days_away(start, n):
    found = CALENDAR.working_days_before(start, n)
    assert CALENDAR.is_working(found)
    assert found <= start
    if n:
        assert len(list(CALENDAR.working_days(found, start - datetime.timedelta(1)))) == n


@given(DAYS, NUMBERS)
def test_the_nth_working_day_after_is_working_and_n_working_days_away(start, n):
    found = CALENDAR.working_days_after(start, n)
    assert CALENDAR.is_working(found) or not n
    assert CALENDAR.working_days_between(start, found) == n


@given(DAYS, DAYS, DAYS)
def test_working_days_between_add_up_over_any_split(a, b, c):
    between = CALENDAR.working_days_between
    assert between(a, b) + between(b, c) == between(a, c)


@given(DAYS, DAYS)
def test_working_days_between_counts_what_working_days_lists(a, b):
    first, last = sorted((a, b))
    listed = [d for d in CALENDAR.working_days(first, last) if d != first]
    assert CALENDAR.working_days_between(first, last) == len(listed)
    assert CALENDAR.working_days_between(last, first) == -len(listed)


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        *(("2024-11-20 08:29:59", False), ("2024-11-20 08:30:00", True), ("2024-11-20 12:30:00", True)),
        *(("2024-11-20 16:30:59", True), ("2024-11-20 16:31:00", False), ("2024-11-20 01:28:00", False)),
        *(("2024-11-23 10:00:00", False), ("2024-12-05 10:00:00", False), ("2024-12-31 10:00:00", False)),
    ],
)
def test_office_hours_are_those_of_working_days_noon_included(moment, open_):
    now = datetime.datetime.fromisoformat(moment).replace(tzinfo=BANGKOK)
    assert CALENDAR.is_open(now) is open_
    assert CALENDAR.is_open(now.astimezone(datetime.UTC)) is open_


def entered(text, *, off, at=0):
    return Holiday(day(text), off, "มติ ครม.", "staff@phrae.example", datetime.datetime(2024, 1, 1, at, tzinfo=BANGKOK))


@given(st.lists(st.tuples(st.sampled_from(["2024-11-20", "2024-11-23", "2024-12-05"]), st.booleans())))
def test_of_several_entries_about_a_day_the_newest_holds_and_other_days_stay(entries):
    calendar = Calendar(add=frozenset({day("2024-11-20")}))
    found = calendar.with_holidays(entered(text, off=off, at=n % 24) for n, (text, off) in enumerate(entries))
    newest = dict(entries)
    for text in ("2024-11-20", "2024-11-21", "2024-11-23", "2024-12-05"):
        expected = not newest[text] if text in newest else calendar.is_working(day(text))
        assert found.is_working(day(text)) is expected


def test_a_year_is_known_by_the_day_that_is_set_anew_each_year():
    """The package holidays 0.109 has วันพืชมงคล up to 2569 (2026); a year without it lacks the cabinet's days too."""
    assert [CALENDAR.knows(year) for year in (2024, 2025, 2026, 2028)] == [True, True, True, False]
    assert not CALENDAR.with_holidays([entered("2028-03-26", off=True)]).knows(2028)
    assert CALENDAR.with_holidays([entered("2028-05-10", off=True)]).knows(2028)
