"""Number and day of the cover letter: staff may give them with the approval, and get the letter back with both filled in.

The registry of the office numbers its letters; the bot cannot. So the lines that follow อนุมัติ may say
``เลขที่ พร ๐๐๒๓.๑/๑๒๓๔ ลงวันที่ ๔ ธันวาคม ๒๕๖๗``; without them the letter stays open for the pen.
"""

import dataclasses
import datetime
import re
from dataclasses import dataclass

from bot.office.briefing import Notice, notice
from bot.office.bureau import Bureau
from bot.office.circular import BANGKOK
from bot.office.decision import Facts
from bot.office.letters import CoverLetter, Letter
from bot.office.records import Draft
from bot.office.rollup import roll_up
from parsers.dates import parse_date, thai_date
from parsers.reading import Mail

LONGEST_NUMBER = 40  # characters
LINES = 4  # of the mail's own text that are looked at
_SAID = re.compile(r"^(?:เลข)?ที่\s*+[:：]?\s*+(?P<number>[^:：].*?)(?:ลงวันที่|วันที่|ลว\.?|ลง)\s*+[:：]?\s*+(?P<day>.+)$")
_LONGEST_LINE = 300  # characters; a number and a day take sixty
_BEGUN = re.compile(r"^เลขที่|^ที่\s*[^\s\d]{1,4}\s*[\d๐-๙]")


@dataclass(frozen=True)
class Registration:
    """A letter's number as the registry gave it, and its day."""

    number: str
    dated: datetime.date


def registration_in(text: str, near: datetime.date) -> Registration | None:
    """What one of the first lines of a staff mail's own text says of number and day; None when none says both."""
    for line in _lines(text):
        said = _SAID.match(line)
        day = parse_date(said["day"], near) if said else None
        number = said["number"].rstrip() if said else ""
        if day and any(c.isdigit() for c in number) and len(number) <= LONGEST_NUMBER:
            return Registration(number, day)
    return None


def _lines(text: str) -> list[str]:
    return [line.strip()[:_LONGEST_LINE] for line in text.splitlines() if line.strip()][1:LINES]


def numbered_letter(bureau: Bureau, facts: Facts, draft: Draft, mail: Mail, occasion: str) -> tuple[Letter, ...]:
    """The cover letter of an approved draft with its number and day, back to who approved; nothing when none was given.

    A line that begins as such and cannot be read is said.
    """
    circular = bureau.circulars[draft.circular]
    made = draft.made.astimezone(BANGKOK).date()
    found = registration_in(mail.text, made)
    if found is None:
        if not any(_BEGUN.match(line) for line in _lines(mail.text)):
            return ()
        content = Notice(
            "ส่งรายงานแล้ว แต่อ่านเลขที่และวันที่ของหนังสือนำส่งไม่ได้",
            ("ตัวอย่าง: เลขที่ พร ๐๐๒๓.๑/๑๒๓๔ ลงวันที่ ๔ ธันวาคม ๒๕๖๗",),
            todo="โปรดกรอกเลขที่และวันที่ในหนังสือนำส่งที่แนบมากับร่างรายงานด้วยตนเอง",
        )
        return (notice(bureau, circular.slug, f"{occasion}-number", content, mail),)
    rollup = roll_up(circular, bureau.roster, facts.answers, facts.remarks, made)
    day = thai_date(found.dated, bureau.office.digits)
    content = Notice(
        f"หนังสือนำส่งรายงาน{circular.wording.subject}",
        (f"หนังสือที่แนบมานี้ลงเลขที่ {found.number} วันที่ {day} ตามที่ท่านแจ้งพร้อมการอนุมัติ",),
        todo="โปรดพิมพ์หนังสือนำส่งที่แนบเพื่อเสนอลงนาม",
    )
    letters = tuple(CoverLetter(circular, rollup, editable, found.number, found.dated) for editable in (True, False))
    told = notice(bureau, circular.slug, f"{occasion}-number", content, mail)
    return (dataclasses.replace(told, enclosures=letters),)
