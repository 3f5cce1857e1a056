"""A practice circular: a short form that every district can answer in a minute, and a report that goes to the office's own staff."""

import datetime
from collections.abc import Sequence

from bot.config.roster_writing import listed
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.calendar import Calendar
from bot.shipped import TEMPLATES

TEXT = TEMPLATES / "setup" / "practice.toml"
DAYS = 5  # working days that reporters have
DEPARTMENT_DAYS = 7  # and until the report is due


def practice_circular(province: str, staff: Sequence[str], now: datetime.datetime) -> str:
    """The text of ``circular.toml``; it opens at once."""
    today = now.astimezone(BANGKOK).date()
    answer, report = Calendar().working_days_after(today, DAYS), Calendar().working_days_after(today, DEPARTMENT_DAYS)
    fields = {
        "province": province,
        "staff": listed(staff),
        "today": today.isoformat(),
        "opens": f"{now.astimezone(BANGKOK):%Y-%m-%dT%H:%M:00}",
        "answer": answer.isoformat(),
        "report": report.isoformat(),
    }
    return TEXT.read_text(encoding="utf-8").format_map(fields)
