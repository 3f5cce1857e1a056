"""Letters to staff and to the department: notices, digests, drafts and the report, as values."""

import base64
import datetime
import hashlib
import hmac
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.office.letters.disagreements import staff_lines
from bot.office.letters.district_letter import waits
from bot.office.letters.enclosed import files_for
from bot.office.letters.letter import (
    CoverLetter,
    Enclosure,
    Letter,
    LetterKind,
    Quote,
    ReadyFile,
    ReportPages,
    ReportWorkbook,
    unmarked,
)
from bot.office.letters.request_and_reminder import shown
from bot.office.letters.waiting_for_staff import first_line, subject_line, what_waits
from bot.office.model.baseline import Stand, against_nation, figures, named, then_and_now, values_of, went_back
from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.model.letter_number import numbered
from bot.office.model.progress import progress_of
from bot.office.model.records import COVER, Disagreement, Draft, Drafted, PlainWords, Recorded, Registered, Trouble
from bot.office.model.rollup import Rollup, owed_by, together
from parsers.form import Kind, heading
from parsers.reading import Mail

STAFF = "staff"
PICTURED = 3  # circulars in the digest's picture
NAMED = 24  # organisations that it names of those that owe something
LISTED = 40  # troubles that a digest lists, the newest; mail programs cut long letters
DEPARTMENT = "department"
NOTHING_TO_DO = "ไม่ต้องดำเนินการใด"
SENT_NOTICE = "dispatched"  # the occasion of the notice that the report went


@dataclass(frozen=True)
class Standing:
    """How one circular stands, for the digest and the status command."""

    circular: Circular
    known: tuple[Recorded, ...]
    last_mail: Mapping[str, datetime.datetime]  # reporter key to the arrival of its newest mail
    drafts: tuple[Draft, ...]
    disagreements: tuple[Disagreement, ...] = ()  # open ones
    before: Drafted = field(default_factory=Drafted)
    secret: str = field(default="", repr=False)  # the office's, for references that nobody can guess
    words: tuple[PlainWords, ...] = ()  # said about it in words
    registered: Mapping[str, Registered] = field(default_factory=dict)  # what staff gave of its letters, by paper
    requested: bool = False  # whether its requests have begun to go out
    stand: Stand | None = None  # how organisations stood before the round

    @property
    def dispatched(self) -> datetime.datetime | None:
        """When the report was queued for the department, if it was."""
        return next((draft.dispatched for draft in self.drafts if draft.dispatched), None)


def progress(bureau: Bureau, standing: Standing) -> list[tuple[str, int, int, datetime.datetime | None]]:
    """For each declared reporter: name, organisations complete, organisations in all, arrival of the newest mail."""
    return _rows(bureau, standing, owed_by(standing.circular, bureau.roster.organisations, standing.known))


def _rows(
    bureau: Bureau, standing: Standing, owed: Container[str]
) -> list[tuple[str, int, int, datetime.datetime | None]]:
    """``progress``, when it is known which organisations owe something."""
    rows = []
    for contact in bureau.roster.contacts:
        reporter = contact.reporter
        done = sum(code not in owed for code in reporter.organisations)
        mails = [
            standing.last_mail[key] for key in (reporter.key, *reporter.organisations) if key in standing.last_mail
        ]
        rows.append((reporter.name, done, len(reporter.organisations), max(mails, default=None)))
    return rows


def digest(
    bureau: Bureau, standings: Sequence[Standing], troubles: Sequence[Trouble], now: datetime.datetime
) -> Letter:
    """The daily picture for staff: every open circular, and what needs a person. Sent on quiet days too."""
    open_ones = [one for one in standings if one.drafts and not one.dispatched]
    overdue = [one for one in open_ones if now > one.circular.deadlines.department]
    asked = [one for one in open_ones if not one.drafts[-1].waits]  # the others wait for a number
    entries = [_digest_entry(bureau, standing, now) for standing in standings]
    numbers = [(one.circular, what) for one in standings for what in waits_of(one)]
    waiting = what_waits(
        troubles,
        drafts=len(asked),
        late=sum(one in overdue for one in asked),
        conflicts=sum(len(entry["conflicts"]) for entry in entries),
        numbers=len(numbers),
    )
    urgent = bool(overdue) or any(wait.urgent for wait in waiting)
    return Letter(
        kind=LetterKind.DIGEST,
        circular="",
        addressee=STAFF,
        occasion=now.date().isoformat(),
        to=bureau.office.staff,
        subject=subject_line(waiting, [(each["circular"].slug, each["done"], each["total"]) for each in entries]),
        view={
            "slugs": [standing.circular.slug for standing in standings],
            "circulars": entries,
            "first": first_line(waiting, running=bool(standings)),
            "tone": "urgent" if urgent else "" if waiting else "done",
            "waits": numbers,
            "troubles": list(troubles)[-LISTED:],
            "earlier": max(len(troubles) - LISTED, 0),
            "now": now,
        },
        picture=tuple(
            progress_of(standing.circular, bureau.roster, standing.known, now) for standing in standings[:PICTURED]
        ),
    )


def _digest_entry(bureau: Bureau, standing: Standing, now: datetime.datetime) -> dict[str, Any]:
    owed = owed_by(standing.circular, bureau.roster.organisations, standing.known)
    rows = _rows(bureau, standing, owed)
    done, total = sum(row[1] for row in rows), sum(row[2] for row in rows)
    owing = [each.short_name for each in bureau.roster.organisations if each.code in owed]
    differing = {new.organisation for _, new in standing.disagreements} if not standing.dispatched else set()
    return {
        "circular": standing.circular,
        "done": done,
        "total": total,
        "owing": owing[:NAMED],
        "owing_more": len(owing[NAMED:]),
        "conflicts": [each.short_name for each in bureau.roster.organisations if each.code in differing],
        "by_reporter": rows,
        "deadline": standing.circular.deadlines.reporters,
        "department_deadline": standing.circular.deadlines.department,
        "state_line": _state_line(standing, now, complete=done == total),
        "since": _since(bureau, standing),
    }


def waits_of(standing: Standing) -> tuple[str, ...]:
    """What of a circular does not go out before staff have given a number, and what to do."""
    found = []
    if not standing.dispatched and _letter_awaited(standing):
        found.append(
            "คำขอถึงผู้รายงานยังไม่ได้ส่ง รอหนังสือจังหวัดถึงอำเภอ โปรดตอบกลับอีเมลร่างหนังสือด้วยเลขที่และวันที่ หรือแนบสำเนาที่ลงนามแล้ว"
        )
    if standing.drafts and standing.drafts[-1].waits:
        found.append("อนุมัติรายงานแล้วแต่ยังไม่ได้ส่ง รอเลขที่และวันที่ของหนังสือนำส่ง โปรดตอบกลับอีเมลร่างรายงานด้วยเลขที่และวันที่")
    return tuple(found)


def _letter_awaited(standing: Standing) -> bool:
    return not standing.requested and waits(standing.circular, standing.registered)


def _since(bureau: Bureau, standing: Standing) -> list[str]:
    """What has changed since the day of the list that was loaded, one line for each question."""
    now = values_of(standing.known)
    found = figures(standing.circular, bureau.roster.organisations, now, standing.stand)
    digits = bureau.office.digits
    return [named(figure, line, digits) for figure in found if (line := then_and_now(figure, digits))]


def _state_line(standing: Standing, now: datetime.datetime, *, complete: bool) -> str:
    deadlines, newest = standing.circular.deadlines, standing.drafts[-1] if standing.drafts else None
    late, over = now > deadlines.department, now > deadlines.reporters
    states = (
        (standing.dispatched, "ส่งรายงานให้ส่วนกลางแล้ว"),
        (newest and newest.waits, "อนุมัติร่างรายงานแล้ว ยังไม่ได้ส่ง รอเลขที่และวันที่ของหนังสือนำส่ง"),
        (newest and late, "เลยกำหนดของส่วนกลางแล้ว ยังไม่ได้อนุมัติร่างรายงาน โปรดดำเนินการโดยด่วน"),
        (newest, f"ร่างรายงานฉบับที่ {newest.version if newest else ''} รอการอนุมัติ"),
        (_letter_awaited(standing), "ยังไม่ได้ส่งคำขอ รอหนังสือจังหวัดถึงอำเภอ"),
        (complete, "ได้รับรายงานครบทุกแห่งแล้ว"),
        (over, "เลยกำหนดรายงานแล้ว กำลังติดตามหน่วยงานที่ค้าง"),
    )
    return next((said for holds, said in states if holds), "อยู่ระหว่างรับรายงาน")


def draft_letter(
    bureau: Bureau, standing: Standing, rollup: Rollup, draft: Draft, words: Sequence[Quote] = ()
) -> Letter:
    """The drafted report for staff to look at; a reply of approval sends it on. ``words`` were said beside the figures."""
    circular = standing.circular
    done = len(rollup.lines) - len(rollup.unreported)
    return Letter(
        kind=LetterKind.DRAFT,
        circular=circular.slug,
        addressee=STAFF,
        occasion=f"v{draft.version}",
        to=bureau.office.staff,
        subject=f"ขออนุมัติส่งรายงาน{circular.wording.subject} ร่างฉบับที่ {draft.version} ({draft.reference})",
        view={
            "circular": circular,
            "version": draft.version,
            "done": done,
            "total": len(rollup.lines),
            "unreported": [organisation.short_name for organisation in rollup.unreported],
            "totals": total_lines(circular, rollup),
            "deadline": circular.deadlines.department,
            "reference": draft.reference,
            "remarks_for_staff": list(circular.wording.remarks_for_staff),
            "conflicts": staff_lines(bureau, circular, standing.disagreements),
            "quotes": list(words),
            "since": since_lines(bureau, circular, rollup),
        },
        enclosures=(*enclosures_of(circular, rollup), *files_for(circular, "staff")),
    )


def since_lines(bureau: Bureau, circular: Circular, rollup: Rollup) -> list[tuple[str, list[str]]]:
    """For each question: how it stood and stands, where that is beside the country, and who went back, by name."""
    names = {organisation.code: organisation.short_name for organisation in bureau.roster.organisations}
    digits = bureau.office.digits
    return [
        (
            figure.name,
            [
                line
                for line in (
                    then_and_now(figure, digits),
                    against_nation(figure, digits),
                    went_back(figure, names, digits),
                )
                if line
            ],
        )
        for figure in figures(circular, bureau.roster.organisations, rollup.cells, rollup.stand)
    ]


def enclosures_of(circular: Circular, rollup: Rollup) -> tuple[Enclosure, ...]:
    """What staff get with a draft, first what the department will get: workbook, pages to sign, cover letter."""
    whole = (ReportWorkbook(circular, rollup),)
    alone = "form" in circular.department.attachments
    first = (ReportWorkbook(circular, rollup, only_form=True),) if alone else ()
    cover = (CoverLetter(circular, rollup, editable=True), CoverLetter(circular, rollup, editable=False))
    return (*first, *whole, ReportPages(circular, rollup), *cover)


def department_files(
    circular: Circular, rollup: Rollup, cover: Registered | None, content: ReadyFile | None
) -> tuple[Enclosure, ...]:
    """What the department gets, as its circular says: the workbook as it was drafted, the pages, the numbered letter."""
    kinds = circular.department.attachments
    found: list[Enclosure] = []
    if "report" in kinds or "form" in kinds:
        found.append(content or enclosures_of(circular, rollup)[0])
    if "pdf" in kinds:
        found.append(ReportPages(circular, rollup))
    if "cover" in kinds and cover and cover.numbered:
        found.append(CoverLetter(circular, rollup, editable=False, number=cover.number, dated=cover.dated))
    return tuple(found)


def total_lines(circular: Circular, rollup: Rollup) -> list[tuple[str, str]]:
    """(heading, total as shown) of every question that has a total."""
    lines = []
    for question in circular.form.question:
        total = rollup.totals[question.key]
        if total.value is not None:
            text = f"{total.value} แห่ง" if question.kind is Kind.TICK else shown(question, str(total.value))
            lines.append((heading(question), text))
    return lines


def sum_lines(circular: Circular, rollup: Rollup) -> list[tuple[str, str]]:
    """The same in brief: of several rows for each organisation only what they come to together, where they have a sum."""
    form = circular.form
    if not form.row:
        return total_lines(circular, rollup)
    sums = [(question, together(form, rollup.totals, at)) for at, question in enumerate(form.column)]
    brief = [(f"{heading(q)} รวมทุก{form.row_label}", shown(q, str(value))) for q, value in sums if value is not None]
    return brief or total_lines(circular, rollup)


def report_letter(
    bureau: Bureau,
    circular: Circular,
    rollup: Rollup,
    registered: Mapping[str, Registered],
    content: ReadyFile | None = None,
) -> Letter:
    """The report to the department: the drafted workbook as staff approved it, or a new one when none was drafted.

    It bears number and day of its letter where staff gave them.
    """
    cover = registered.get(COVER)
    number = numbered(bureau.office, cover.number, cover.dated) if cover and cover.dated else ""
    return Letter(
        kind=LetterKind.REPORT,
        circular=circular.slug,
        addressee=DEPARTMENT,
        occasion="report",
        to=circular.department.to,
        cc=circular.department.cc,
        subject=f"จังหวัด{bureau.office.province} รายงาน{circular.wording.subject}" + (f" ({number})" if number else ""),
        view={
            "circular": circular,
            "number": number,
            "department": circular.department,
            "as_of": rollup.as_of,
            "done": len(rollup.lines) - len(rollup.unreported),
            "total": len(rollup.lines),
            "unreported": [organisation.short_name for organisation in rollup.unreported],
            "office": bureau.office,
        },
        enclosures=(*department_files(circular, rollup, cover, content), *files_for(circular, "department")),
    )


@dataclass(frozen=True)
class Notice:
    """A short message to staff."""

    headline: str
    paragraphs: tuple[str, ...]
    items: tuple[str, ...] = ()
    template: str = ""  # under templates/mail; the plain notice when empty
    choices: tuple[tuple[str, str], ...] = ()  # words to answer with, and what each brings about
    todo: str = ""  # the one thing to do now, where the headline does not say it
    quotes: tuple[Quote, ...] = ()  # mails shown with their text


def notice(bureau: Bureau, slug: str, occasion: str, content: Notice, answering: Mail | None = None) -> Letter:
    """A notice to all staff, or, when it answers a staff member's mail, to that person alone."""
    return Letter(
        kind=LetterKind.NOTICE,
        circular=slug,
        addressee=STAFF,
        occasion=occasion,
        to=(answering.sender,) if answering else bureau.office.staff,
        subject=unmarked(content.headline),
        template=content.template,
        view={
            "headline": content.headline,
            "paragraphs": list(content.paragraphs),
            "items": list(content.items),
            "choices": list(content.choices),
            "todo": content.todo,
            "quotes": list(content.quotes),
        },
        in_reply_to=answering.message_id if answering else "",
        references=answering.references if answering else (),
    )


def sent_notice(bureau: Bureau, circular: Circular, by: str) -> Letter:
    """Tells staff that the department's server took the report, and on whose word it went."""
    content = Notice(
        f"ส่งรายงาน{circular.wording.subject} ให้{circular.department.name}แล้ว",
        (f"ระบบส่งรายงานไปที่ {', '.join(circular.department.to)} {_on_whose_word(by)} เรียบร้อยแล้ว",),
        todo=NOTHING_TO_DO,
    )
    return notice(bureau, circular.slug, SENT_NOTICE, content)


def _on_whose_word(by: str) -> str:
    return f"ตามที่ {by} อนุมัติ" if "@" in by else "ตามการอนุมัติผ่านคำสั่งของระบบ"


def draft_reference(secret: str, circular: str, version: int, figures: str) -> str:
    """The short code by which a reply names the draft it answers: ten letters and figures, fifty bits.

    The same figures and version give the same code; without the office's secret nobody can tell it.
    """
    digest = hmac.new(secret.encode(), f"draft|{circular}|{version}|{figures}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest)[:10].decode("ascii")
