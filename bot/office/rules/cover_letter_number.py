"""The number of the letter that goes with the report: filled in for staff, waited for where the circular says so. Pure."""

import dataclasses
import datetime
from collections.abc import Mapping

from bot.office.decision import Facts
from bot.office.letters.amended_report import called
from bot.office.letters.enclosures import CoverLetter
from bot.office.letters.letter import Letter
from bot.office.letters.notice import Notice, notice
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.model.letter_number import cover_prefix, example, numbered, registration_in, shown_number
from bot.office.model.official_letter import Registered
from bot.office.model.report_draft import Draft, amends, cover_paper
from bot.office.model.rollup import roll_up
from bot.office.plan.compared_report import compared
from bot.office.rules.case import Case
from bot.office.rules.commands import in_two_lines
from parsers.reading import Mail

WAITS = "waits-v"  # begins the occasions of the notices that a report waits for its number


def number_in(case: Case, draft: Draft, *, first: int) -> Registered | None:
    """Number and day of a draft's cover letter as a staff mail gives them, from its ``first`` line on."""
    near, prefix = case.now.astimezone(BANGKOK).date(), cover_prefix(case.bureau.office)
    found = registration_in(in_two_lines(case.mail.text), near, prefix, first=first)
    paper = cover_paper(amends(case.facts.drafts, draft))
    return Registered(draft.circular, paper, case.mail.sender, case.now, found.number, found.dated) if found else None


def with_number(facts: Facts, given: Registered | None) -> Facts:
    """The facts as they are with what was given."""
    return dataclasses.replace(facts, registered={**facts.registered, given.paper: given}) if given else facts


def must_wait(circular: Circular, registered: Mapping[str, Registered], paper: str) -> bool:
    """Whether the report with this letter may not go yet, even if it is approved."""
    found = registered.get(paper)
    return circular.department.wait_for_number and not (found and found.numbered)


def waiting_notice(bureau: Bureau, draft: Draft, occasion: str, now: datetime.datetime) -> Letter:
    """Staff hear that an approved report has not gone, and what it waits for."""
    circular, version = bureau.circulars[draft.circular], shown_number(bureau.office, str(draft.version))
    content = Notice(
        "อนุมัติร่างรายงานแล้ว แต่ยังไม่ได้ส่ง รอเลขที่และวันที่ของหนังสือนำส่ง",
        (
            f"รายงาน{circular.wording.subject} ร่างฉบับที่ {version} จะส่งให้{circular.department.name}เมื่อได้รับเลขที่และวันที่",
            f"ตัวอย่าง: {_example(bureau, now)}",
            "เมื่อได้รับแล้วระบบจะส่งรายงานทันทีเพียงครั้งเดียว ระหว่างนี้สรุปประจำวันทำการจะเตือนเรื่องนี้",
        ),
        todo="โปรดตอบกลับอีเมลฉบับนี้ด้วยเลขที่และวันที่ของหนังสือนำส่ง",
    )
    return notice(bureau, circular.slug, f"{WAITS}{draft.version}-{occasion}", content)


def _example(bureau: Bureau, now: datetime.datetime) -> str:
    return example(bureau.office, cover_prefix(bureau.office), now.astimezone(BANGKOK).date())


def unreadable_notice(bureau: Bureau, circular: Circular, occasion: str, mail: Mail, now: datetime.datetime) -> Letter:
    """An approval names a number that cannot be read whole: nothing is approved, since the report would go without it."""
    content = Notice(
        "ยังไม่ได้ส่งรายงานและยังไม่ได้บันทึกการอนุมัติ เพราะเลขที่และวันที่ของหนังสือนำส่งไม่ครบหรืออ่านไม่ได้",
        (
            "รายงานที่ส่งแล้วใส่เลขที่ภายหลังไม่ได้ ระบบจึงรอทั้งเลขที่และวันที่",
            f"ตัวอย่าง: อนุมัติ {_example(bureau, now)}",
            "หากให้ส่งโดยไม่ใส่เลขที่ โปรดตอบด้วยคำว่า อนุมัติ เพียงคำเดียว",
        ),
        todo="โปรดตอบกลับอีเมลร่างรายงานด้วยคำว่า อนุมัติ พร้อมเลขที่และวันที่",
    )
    return notice(bureau, circular.slug, f"{occasion}-number", content, mail)


def numbered_letter(bureau: Bureau, facts: Facts, draft: Draft, mail: Mail, then: tuple[str, str]) -> Letter:
    """The cover letter of a draft with the number and day that are known, back to who gave them.

    ``then``: what becomes of the report, and the notice's occasion.
    """
    circular, given = bureau.circulars[draft.circular], facts.registered[cover_paper(amends(facts.drafts, draft))]
    if given.dated is None:
        raise ValueError("the letter has no day")
    what, occasion = then
    rollup = roll_up(circular, bureau.roster, facts.answers, facts.remarks, draft.made.astimezone(BANGKOK).date())
    rollup = compared(bureau, facts.standing(circular), rollup) if amends(facts.drafts, draft) else rollup
    letters = tuple(CoverLetter(circular, rollup, editable, given.number, given.dated) for editable in (True, False))
    content = Notice(
        f"หนังสือนำส่ง{called(rollup.amends)}{circular.wording.subject}",
        (f"หนังสือที่แนบมานี้ลงเลขที่แล้ว {numbered(bureau.office, given.number, given.dated)} ตามที่ท่านแจ้ง", what),
        todo="โปรดพิมพ์หนังสือนำส่งที่แนบเพื่อเสนอลงนาม",
        enclosures=letters,
    )
    return notice(bureau, circular.slug, f"{occasion}-number", content, mail)
