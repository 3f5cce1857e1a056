"""Half a quarter of an office's year, and its laws; and a round with planted faults, each of which breaks one."""

import dataclasses
import datetime
import itertools

import pytest

from bot.office.model.calendar import Calendar
from bot.office.model.owed import owed_by
from bot.office.plan import due
from tests.field.year_circulars import Size
from tests.field.year_laws import COMPLETE, NIGHT, ONCE, TWICE, per_week
from tests.field.year_of_circulars import Year, table

A_ROUND = Size(datetime.date(2026, 6, 1), 14, single=0, monthly=1, tail=10)


@pytest.mark.timeout(200)
def test_over_downtime_holidays_and_deferrals_every_step_is_taken_once_and_joined(tmp_path):
    """Songkran 2569 lies in it: 13 to 15 April."""
    year = Year(tmp_path, Size(datetime.date(2026, 4, 1), 45, single=3, monthly=2))
    laws = year.play()
    year.books.close()
    assert laws.faults == []
    assert "7, 4 opened by the clock" in table(year)
    assert year.deferred > 0
    assert year.away
    assert sum(laws.by_week.values()) < sum(laws.alone.values())
    assert per_week(laws.by_week)[1] <= per_week(laws.alone)[1]


@pytest.fixture
def played(tmp_path):
    """The laws broken in a round, whatever was planted before."""

    def play(calendar: Calendar | None = None) -> set[str]:
        year = Year(tmp_path, A_ROUND)
        if calendar:
            year.house = dataclasses.replace(year.house, bureau=dataclasses.replace(year.bureau, calendar=calendar))
        laws = year.play()
        year.books.close()
        return {law for law, found in laws.wrong.items() if found}

    return play


def test_a_step_taken_anew_at_each_look_is_found(played, monkeypatch):
    steps, looks = due.steps, itertools.count()

    def at_each_look(bureau, circular, now):
        look = next(looks)
        return [dataclasses.replace(step, name=f"{step.name}-{look}") for step in steps(bureau, circular, now)]

    monkeypatch.setattr(due, "steps", at_each_look)
    assert {ONCE, TWICE} <= played()


def test_a_reminder_to_who_is_complete_is_found(played, monkeypatch):
    def nothing_known(circular, roster, answers, *of):
        return owed_by(circular, roster, (), *of)

    monkeypatch.setattr(due, "owed_by", nothing_known)
    assert COMPLETE in played()


def test_a_letter_at_night_is_found(played):
    class AlwaysOpen(Calendar):
        def is_open(self, now):
            return True

        def with_holidays(self, entered):
            return self

    assert NIGHT in played(AlwaysOpen())
