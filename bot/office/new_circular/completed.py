"""What papers say of a circular, completed to a proposal: its slug, days, words, addresses. Pure: now is an argument."""

import datetime
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.calendar import Calendar
from bot.office.model.office import Office
from bot.office.new_circular.plan_of_days import Days, plan_of_days
from bot.office.new_circular.rules_kept import rules_kept
from parsers.blank_form.proposal import Code, NewLetter, Papers, Proposal, Unsure
from parsers.blank_form.unsure import unsure
from parsers.thai.dates import thai_date
from parsers.thai.text import ascii_digits

DLA = "กรมส่งเสริมการปกครองท้องถิ่น"
NO_NUMBER = "(ยังไม่ทราบเลขที่)"
NO_TITLE = "การรายงานข้อมูลตามแบบที่กำหนด"
# "แบบรายงาน…", "แบบฟอร์มรายงาน…": the form's word before what it is about.
_FORM_OF = re.compile(r"^แบบ(?:ฟอร์ม)?(?:การ)?")


@dataclass(frozen=True)
class Desk:
    """Where the circular is to run: the office, its calendar, the types of its roster, the slugs that are taken."""

    office: Office
    calendar: Calendar
    types: frozenset[str]
    taken: Container[str] = ()


def completed(papers: Papers, desk: Desk, now: datetime.datetime) -> Proposal:
    """The proposal. Completing it once more changes nothing."""
    local = now.astimezone(BANGKOK).replace(tzinfo=None)
    days = plan_of_days(papers, desk.calendar, local)
    letter, doubts = _letter(papers, desk, days)
    form, left_out = rules_kept(papers.form, desk.types)
    return Proposal(
        slug=papers.slug or _slug(letter, days, desk.taken),
        letter=letter,
        form=form,
        opens=days.opens,
        cutoff=days.cutoff,
        subject=papers.subject or letter.title,
        opening=papers.opening or _opening(letter),
        enclosed=papers.enclosed,
        unsure=(*papers.unsure, *left_out, *doubts, *days.unsure),
    )


def _letter(papers: Papers, desk: Desk, days: Days) -> tuple[NewLetter, list[Unsure]]:
    said = papers.letter
    dated = min(said.dated or days.opens.date(), days.opens.date())
    to = tuple(address for address in said.to if not desk.office.is_own(address))
    title = said.title or _FORM_OF.sub("การ", papers.form.title) or NO_TITLE
    department = said.department or DLA
    letter = replace(
        said,
        number=said.number or NO_NUMBER,
        dated=dated,
        title=title,
        department=department,
        salutation=said.salutation or (f"อธิบดี{department}" if department.startswith("กรม") else department),
        to=to or desk.office.staff,
        reporters=days.reporters,
        until=days.until,
    )
    return letter, list(_doubts(said, letter, to))


def _doubts(said: NewLetter, letter: NewLetter, to: tuple[str, ...]) -> Iterator[Unsure]:
    if said.dated is None:
        yield unsure(Code.NO_DAY)
    if not said.title:
        yield unsure(Code.NO_TITLE, letter.title)
    if not said.department:
        yield unsure(Code.NO_DEPARTMENT, letter.department)
    if not to:
        yield unsure(Code.NO_ADDRESS, ", ".join(letter.to))


def _slug(letter: NewLetter, days: Days, taken: Container[str]) -> str:
    """w5827 of ว ๕๘๒๗; where there is no number, of the day. One that is taken gets a figure behind it."""
    # "มท ๐๘๑๐.๗/ว ๕๘๒๗": the figures behind ว.
    found = re.search(r"ว\.?\s?(\d{1,6})", ascii_digits(letter.number))
    base = f"w{found[1]}" if found else f"c{days.opens:%y%m%d}"
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def _opening(letter: NewLetter) -> str:
    day = f" ลงวันที่ {thai_date(letter.dated)}" if letter.dated else ""
    number = f" ที่ {letter.number}{day}" if letter.number != NO_NUMBER else ""
    return f"ตามหนังสือ{letter.department}{number} เรื่อง {letter.title} ขอความร่วมมือรายงานข้อมูลตามแบบรายงานที่แนบ"
