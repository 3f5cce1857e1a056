"""Days and moments as offices write them: local time of Bangkok, years of either era."""

import datetime
import re
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator

from parsers.thai.dates import BUDDHIST_AHEAD

BANGKOK = ZoneInfo("Asia/Bangkok")
BUDDHIST_FROM = 2400  # a year this late is a Buddhist one


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


Day = Annotated[datetime.date, BeforeValidator(_common_era)]
Moment = Annotated[datetime.datetime, BeforeValidator(_common_era), AfterValidator(_in_bangkok)]
