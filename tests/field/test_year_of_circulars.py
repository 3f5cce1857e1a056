"""Half a quarter of an office's year, its laws: each step once, none to the complete, none at night or on a day off, all caught up."""

import datetime

import pytest

from tests.field.year_of_circulars import Size, Year, per_week


@pytest.mark.timeout(200)
def test_over_downtime_holidays_and_deferrals_every_step_is_taken_once_and_joined(tmp_path):
    """Songkran 2569 lies in it: 13 to 15 April."""
    year = Year(tmp_path, Size(datetime.date(2026, 4, 1), 45, single=3, monthly=2))
    counts = year.play()
    faults = year.faults()
    year.books.close()
    assert faults == []
    assert counts.deferred > 0
    assert sum(counts.by_week.values()) < sum(counts.alone.values())
    assert per_week(counts.by_week)[1] <= per_week(counts.alone)[1]
