"""The day and the hour that a line of words names: ๑๒ ธ.ค. ๖๗ เวลา ๑๒.๐๐ น., 12/12/2567, พรุ่งนี้, วันศุกร์นี้."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.office.model.bangkok_time import BANGKOK
from parsers.thai.dates import read_date
from parsers.thai.months import MONTH_WORDS, WEEKDAYS

CLOSING = datetime.time(16, 30)  # the end of the official working day, where no hour is said
# "เวลา 12.00 น.", "เวลา 9:30", "16.30 น".
_HOUR = re.compile(r"เวลา\s?(\d{1,2})[.:](\d{2})(?:\s?น(?![ก-๙])\.?)?|(?<![\d/.])(\d{1,2})[.:](\d{2})\s?น(?![ก-๙])\.?")
# "12/12/2567", "4-12-67", "17/12", "2567-12-12"; not a telephone's 054-534119.
_FIGURES = re.compile(
    r"(?<![\d/.-])(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{2,4}|\d{1,2}/\d{1,2})(?![\d/-])"
)
# "12 ธันวาคม 2567", "๓ ธ.ค.", "30ธ.ค.67ครับ": day, what may be a month, what may be a year.
_NAMED = re.compile(r"(?<![\d/.])(\d{1,2})\s*(?:เดือน\s*)?([ก-๙a-z.]{2,14})\s*((?:พ\.?\s*ศ\.?\s*)?\d{2,4}(?!\d))?")
_TO_COME = {"วันนี้": 0, "พรุ่งนี้": 1, "วันรุ่งขึ้น": 1, "มะรืนนี้": 2, "มะรืน": 2}


@dataclass(frozen=True)
class Named:
    """A day, the hour if one was said, and where they stand in the text."""

    day: datetime.date
    hour: datetime.time | None
    spans: tuple[tuple[int, int], ...]

    def moment(self) -> datetime.datetime:
        """The moment in Bangkok; the close of the office where no hour was said."""
        return datetime.datetime.combine(self.day, self.hour or CLOSING, BANGKOK)


def day_in(text: str, today: datetime.date) -> Named | None:
    """The one day that a ``plain`` text names; None where it names none, or two that differ."""
    hour, spans = None, []
    if found := _HOUR.search(text):
        hour = _time(int(found[1] or found[3]), int(found[2] or found[4]))
        spans.append(found.span())
        text = text[: found.start()] + " " * len(found[0]) + text[found.end() :]
    days = list(_days(text, today)) or list(_spoken(text, today))
    if len({day for day, _ in days}) != 1:
        return None
    return Named(days[0][0], hour, (*spans, *(span for _, span in days)))


def spans_of_days(text: str) -> list[tuple[int, int]]:
    """Where days and hours of any reading stand in a ``plain`` text."""
    named = (
        (found.start(), found.start(2) + len(month))
        for found in _NAMED.finditer(text)
        if (month := _month_in(found[2]))
    )
    return [*(found.span() for found in (*_HOUR.finditer(text), *_FIGURES.finditer(text))), *named]


def _days(text: str, today: datetime.date) -> Iterator[tuple[datetime.date, tuple[int, int]]]:
    for found in _FIGURES.finditer(text):
        day = read_date(found[0], today)[0]
        if day:
            yield day, found.span()
    for found in _NAMED.finditer(text):
        month = _month_in(found[2])
        if not month:
            continue
        whole = month == found[2]  # a year may only stand straight behind the month
        day = read_date(f"{found[1]} {month} {found[3] or ''}".strip() if whole else f"{found[1]} {month}", today)[0]
        if day:
            yield day, (found.start(), found.end() if whole else found.start(2) + len(month))


def _month_in(word: str) -> str:
    """The longest beginning of a word that is a month's name; "" where none is."""
    ends = range(len(word), 1, -1)
    return next((word[:end] for end in ends if word[:end].replace(".", "").strip() in MONTH_WORDS), "")


def _spoken(text: str, today: datetime.date) -> Iterator[tuple[datetime.date, tuple[int, int]]]:
    """Days that are named by where they lie from today; a day of the week is the next one."""
    for word, ahead in _TO_COME.items():
        if (at := text.find(word)) >= 0:
            yield today + datetime.timedelta(days=ahead), (at, at + len(word))
            return
    for number, word in enumerate(WEEKDAYS):
        short = word[: len("วันพฤหัส")]
        if (at := text.find(short)) >= 0:
            ahead = (number - today.weekday() - 1) % 7 + 1
            next_week = "หน้า" in text[at : at + len(word) + len("หน้า") + 1]
            ahead += 7 if next_week and number > today.weekday() else 0
            yield today + datetime.timedelta(days=ahead), (at, at + len(word))
            return


def _time(hours: int, minutes: int) -> datetime.time | None:
    good = 0 <= hours < 24 and 0 <= minutes < 60  # noqa: PLR2004 - of a day, of an hour
    return datetime.time(hours, minutes) if good else None
