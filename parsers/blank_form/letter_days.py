"""Until when something is wanted, as letters say it: ภายในวันที่ ๒๙ พฤศจิกายน ๒๕๖๗ เวลา ๑๖.๓๐ น. Pure."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from parsers.thai.dates import parse_date
from parsers.thai.months import MONTHS, SHORT_MONTHS
from parsers.thai.text import ascii_digits

END_OF_DAY = datetime.time(16, 30)  # of an office's day, where no hour is written
_MONTH = "|".join(re.escape(month) for month in (*MONTHS, *SHORT_MONTHS))
_DAY = rf"\d{{1,2}}\s?(?:(?:เดือน)?\s?(?:{_MONTH})\s?(?:พ\.?\s?ศ\.?\s?)?(?:\d{{4}}|\d{{2}})?|[/.-]\s?\d{{1,2}}\s?[/.-]\s?\d{{2,4}})"
# "ภายในวันที่ 29 พฤศจิกายน 2567", "ภายในวันศุกร์ที่ 6 ธ.ค. 67", "ไม่เกินวันที่ 6/12/2567", "ก่อนวันที่ …"; not ไม่ก่อนวันที่.
_UNTIL = re.compile(
    rf"(?<!ไม่)(?P<how>ภายใน|ไม่เกิน|ก่อน|อย่างช้า|กำหนดส่ง)\s?(?:(?:กำหนด)?วัน\S{{0,12}}?\s?ที่)?\s?(?P<day>{_DAY})(?=(?P<rest>.{{0,40}}))"
)
# "เวลา 16.30 น.", "(12.00 น.)", "ก่อนเวลา 15:00 น.".
_HOUR = re.compile(r"^\W{0,3}(?:ก่อน|ภายใน)?\s?(?:เวลา)?\s?(\d{1,2})[.:](\d{2})\s?(?:น\.?|นาฬิกา)")
_BEFORE = "ก่อน"


@dataclass(frozen=True)
class Until:
    """One day until which something is wanted."""

    moment: datetime.datetime


def days_until(lines: Sequence[str], near: datetime.date | None) -> tuple[Until, ...]:
    """Every day until which the lines want something, in order of time, each once. ``near`` gives a year that is left out.

    A day may begin in one line and end in the next.
    """
    found: dict[datetime.date, datetime.time] = {}
    for line, following in pairwise([*lines, ""]):
        for match in _UNTIL.finditer(ascii_digits(f"{line} {following}")):
            day = parse_date(match["day"].strip(), near)
            if day is None:
                continue
            day -= datetime.timedelta(days=match["how"] == _BEFORE)
            hour = _HOUR.match(match["rest"])
            found[day] = _time(hour) if hour else found.get(day, END_OF_DAY)
    return tuple(Until(datetime.datetime.combine(day, found[day])) for day in sorted(found))


def _time(found: re.Match[str]) -> datetime.time:
    hour, minute = int(found[1]), int(found[2])
    return datetime.time(hour, minute) if hour < 24 and minute < 60 else END_OF_DAY  # noqa: PLR2004 - of a day
