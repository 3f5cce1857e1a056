"""The yearly note: once a year, in office hours, over any split of time; nothing where there is nothing to tell."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.letter_effects import Effect
from bot.office.plan.what_worked import note_due, note_step, year_told

HOUR = datetime.timedelta(hours=1)


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


SENT = [Effect("w5827", "long", "request", at(f"{year}-06-03 09:00"), None) for year in (2025, 2026)]  # none in 2027


def look(bureau, ledger, now):
    """One look of the clock: the letters that come of it. ``ledger`` is the memory."""
    if any(entry.step == note_step(year_told(now)) for entry in ledger):
        return []
    decision = note_due(bureau, SENT, now)
    ledger += decision.ledger if decision else ()
    return list(decision.letters) if decision else []


def test_it_goes_on_the_first_working_day_in_office_hours(bureau):
    """1 October 2568 is a Wednesday."""
    ledger = []
    for moment in ("2025-10-01 00:00", "2025-10-01 08:29"):
        assert look(bureau, ledger, at(moment)) == []
    [letter] = look(bureau, ledger, at("2025-10-01 08:30"))
    assert (letter.addressee, letter.occasion, letter.to) == ("staff", "what-worked-2568", bureau.office.staff)
    assert not letter.any_hour
    assert look(bureau, ledger, at("2025-10-01 08:31")) == []


MOMENTS = st.lists(st.integers(0, 3 * 365 * 24 * 2), min_size=1, max_size=60).map(sorted)


@given(MOMENTS)
@settings(deadline=None)
def test_none_is_lost_or_doubled_over_any_split_of_time(bureau, halves):
    """Half hours over three years: each year's is told at its first look in office hours, and no other."""
    start, ledger, told, expected = at("2025-08-01 00:15"), [], [], {}
    for half in halves:
        now = start + half * HOUR / 2
        letters = look(bureau, ledger, now)
        told += [(now, letter.occasion) for letter in letters]
        if bureau.calendar.is_open(now) and year_told(now) in {2568, 2569}:
            expected.setdefault(year_told(now), now)
        assert not letters or bureau.calendar.is_open(now)
    assert told == [(now, note_step(year)) for year, now in expected.items()]
    assert len({entry.step for entry in ledger}) == len(ledger)


@pytest.mark.parametrize("moment", ["2024-12-02 09:00", "2027-10-01 09:00"])
def test_a_year_without_letters_is_settled_without_a_note(bureau, moment):
    decision = note_due(bureau, SENT, at(moment))
    assert decision.letters == ()
    assert [entry.action for entry in decision.ledger] == ["not-owed"]
