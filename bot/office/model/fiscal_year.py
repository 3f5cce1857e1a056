"""The year by which a Thai office plans, ปีงบประมาณ: 1 October to 30 September, named for the year in which it ends. Pure.

Staff plan and are moved by it, so what the last one taught is wanted when the next begins, by whoever sits there then.
"""

import datetime

from bot.office.model.bangkok_time import BANGKOK
from parsers.thai.dates import BUDDHIST_AHEAD

FIRST_MONTH = 10


def fiscal_year_of(day: datetime.date) -> int:
    """The fiscal year of a day, of the Buddhist era."""
    return day.year + BUDDHIST_AHEAD + (day.month >= FIRST_MONTH)


def begins(year: int) -> datetime.datetime:
    """The first moment of a fiscal year."""
    return datetime.datetime(year - 1 - BUDDHIST_AHEAD, FIRST_MONTH, 1, tzinfo=BANGKOK)


def last_day(year: int) -> datetime.date:
    """Its last day."""
    return begins(year + 1).date() - datetime.timedelta(days=1)
