"""Days and moments as offices write them: local time of Bangkok, years of either era."""

import datetime
import re
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator

from parsers.thai.dates import BUDDHIST_AHEAD

BANGKOK = ZoneInfo("Asia/Bangkok")
BUDDHIST_FROM = 2400  # a year this late is a Buddhist one


def end_of_day(now: datetime.datetime) -> datetime.datetime:
    """The last moment of the day that it is in Bangkok."""
    return datetime.datetime.combine(now.astimezone(BANGKOK).date(), datetime.time.max, BANGKOK)


def _common_era(value: Any) -> Any:
    # "2567-11-29T16:30": TOML itself has no such year as a date of ours.
    if isinstance(value, str) and (written := re.match(r"\s*([0-9]{4})(?=-)", value)):
        year = int(written[1])
        return str(year - BUDDHIST_AHEAD if year >= BUDDHIST_FROM else year) + value[written.end() :]
    if isinstance(value, datetime.date) and value.year >= BUDDHIST_FROM:
        return value.replace(year=value.year - BUDDHIST_AHEAD)
    return value


def _in_bangkok(value: datetime.datetime) -> datetime.datetime:
    return value.replace(tzinfo=BANGKOK) if value.tzinfo is None else value.astimezone(BANGKOK)


def _with_time(value: Any) -> Any:
    """A day alone would silently mean midnight."""
    # "2567-11-29": a day written as text.
    day = isinstance(value, str) and re.fullmatch(r"\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\s*", value)
    if day or (isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)):
        raise ValueError(f"write the time of day too, such as {str(value).strip()}T16:30:00")
    return value


Day = Annotated[datetime.date, BeforeValidator(_common_era)]
Moment = Annotated[datetime.datetime, BeforeValidator(_common_era), AfterValidator(_in_bangkok)]
WrittenMoment = Annotated[Moment, BeforeValidator(_with_time)]  # a moment whose time of day must be written
