"""Number and day of the office's official letters, as staff give them in a mail.

The registry of the office numbers its letters; the bot cannot. So one of the first lines of a reply may say
``เลขที่ พร ๐๐๒๓.๑/๑๒๓๔ ลงวันที่ ๔ ธันวาคม ๒๕๖๗``, also in two lines, without ที่, or with the running number alone.
"""

import datetime
import re
from dataclasses import dataclass
from itertools import pairwise

from bot.office.model.office import Office
from parsers.thai.dates import parse_date, thai_date
from parsers.thai.text import ascii_digits, thai_digits

LONGEST_NUMBER = 40  # characters
LINES = 4  # of the mail's own text that are looked at
# "พร ๐๐๒๓.๑/๑๒๓๔ ลงวันที่ ๔ ธันวาคม ๒๕๖๗", "1234 ลว. 4 ธ.ค. 67".
_SAID = re.compile(r"^(?P<number>[^:：].*?)(?:ลงวันที่|วันที่|ลว\.?|ลง)\s*+[:：]?\s*+(?P<day>.+)$")
# "เลขที่ ", "ที่ ", "หนังสือเลขที่: ", "ได้เลขหนังสือนำส่งแล้วค่ะ " before the number.
_LEAD = re.compile(
    r"^(?:(?P<plain>(?:หนังสือ)?(?:เลข)?ที่\s*+(?:หนังสือ)?)|(?:ได้|ออก|แจ้ง|ใช้)?เลข(?:ที่)?(?:หนังสือ)?(?:นำส่ง|ออก|ส่ง)?(?:แล้ว|ให้|คือ|เป็น|ครับ|ค่ะ|คะ){0,3})\s*+[:：]?\s*+(?=\S)"
)
# "๔ ธันวาคม ๒๕๖๗ ครับ ธุรการเพิ่งออกให้": a day, and behind it what says nothing else of it.
_DAY_FIRST = re.compile(r"(\S{1,12}\s?[^\s\d๐-๙]{1,12}\s?[\d๐-๙]{2,4}|[\d๐-๙/.-]{6,10})(?=ครับ|ค่ะ|คะ|นะ|\s)(.*)$")
_NOT_SO = re.compile(r"ไม่|แต่|ผิด|หรือ|มิใช่|แก้|\?|[\d๐-๙]")
_LONGEST_LINE = 300  # characters; a number and a day take sixty
# "เลขที่", "ที่ พร 0023": a number was meant, though it cannot be read.
_BEGUN = re.compile(r"^เลขที่|^ที่\s*[^\s\d]{1,4}\s*[\d๐-๙]")
_WHOLE = re.compile(r"[ก-ฮ]{1,4}\s*\d[\d.]*(?:\(\w{1,8}\))?\s*/\s*(?:ว\s*)?\d{1,7}")  # พร 0023.1/ว 4778
# "1234", "ว 58": the running number alone, behind what all numbers of the office begin with.
_RUNNING = re.compile(r"(?:ว\s*)?(\d{1,7})")
_POLITE = (".", "ครับ", "ค่ะ", "คะ", "นะ")


@dataclass(frozen=True)
class Registration:
    """A letter's number as the registry gave it, and its day."""

    number: str
    dated: datetime.date


def registration_in(text: str, near: datetime.date, prefix: str = "", *, first: int = 1) -> Registration | None:
    """What the first lines of a staff mail's own text, from the ``first`` on, say of number and day; None when not both.

    ``prefix`` is what the office's numbers begin with, for a running number alone.
    """
    lines = _lines(text, first)
    for line in (*lines, *(f"{number} ลงวันที่ {day}"[:_LONGEST_LINE] for number, day in pairwise(lines))):
        found = _registration(line, near, prefix)
        if found:
            return found
    return None


def _registration(line: str, near: datetime.date, prefix: str) -> Registration | None:
    lead = _LEAD.match(line)
    said = _SAID.match(line[lead.end() if lead else 0 :])
    day = _day(said["day"], near) if said else None
    number = " ".join(said["number"].split()) if said else ""
    plain = ascii_digits(number)
    if day is None or not any(c.isdigit() for c in plain) or len(number) > LONGEST_NUMBER:
        return None
    if running := _RUNNING.fullmatch(plain):
        return Registration(f"{prefix}{running[1]}", day)
    return Registration(number, day) if (lead and lead["plain"]) or _WHOLE.fullmatch(plain) else None


def _day(said: str, near: datetime.date) -> datetime.date | None:
    """The day that the words behind ลงวันที่ begin with; None where what follows may take it back."""
    if (whole := parse_date(_plain(said), near)) is not None:
        return whole
    found = _DAY_FIRST.match(said)
    return parse_date(found[1], near) if found and not _NOT_SO.search(found[2]) else None


def _plain(day: str) -> str:
    """A day without the words of politeness after it."""
    for word in _POLITE:
        day = day.strip().removesuffix(word)
    return day.strip()


def tries_to_number(text: str, *, first: int = 1) -> bool:
    """Whether one of those lines begins as a number does, whether or not it can be read."""
    return any(_BEGUN.match(line) for line in _lines(text, first))


def _lines(text: str, first: int) -> list[str]:
    return [line.strip()[:_LONGEST_LINE] for line in text.splitlines() if line.strip()][first : first + LINES]


def shown_number(office: Office, number: str) -> str:
    """A number in the digits of the office."""
    return thai_digits(number) if office.thai_digits else ascii_digits(number)


def numbered(office: Office, number: str, dated: datetime.date) -> str:
    """``ที่ พร ๐๐๒๓.๑/๑๒๓๔ ลงวันที่ ๔ ธันวาคม ๒๕๖๗``."""
    return f"ที่ {shown_number(office, number)} ลงวันที่ {thai_date(dated, office.digits)}"


def example(office: Office, prefix: str, dated: datetime.date) -> str:
    """How staff may write it."""
    return f"เลข{numbered(office, f'{prefix}1234', dated)}"


def cover_prefix(office: Office) -> str:
    """What the number of the cover letter begins with."""
    return office.letter_number


def circular_prefix(office: Office) -> str:
    """What the number of a letter to several begins with: ว is for เวียน."""
    return f"{office.letter_number}ว " if office.letter_number else ""
