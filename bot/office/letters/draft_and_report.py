"""The drafted report for staff to approve, and the report to the department: letters, enclosures, totals, the draft's reference."""

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence

from bot.office.letters.amended_report import called, occasion, report_before
from bot.office.letters.disagreements import staff_lines
from bot.office.letters.enclosures import CoverLetter, Enclosure, ReadyFile, ReportPages, ReportWorkbook, files_for
from bot.office.letters.letter import DEPARTMENT, STAFF, Letter, LetterKind, Quote
from bot.office.letters.queries_and_explanations import query_lines
from bot.office.letters.request_and_reminder import shown
from bot.office.letters.round_letters import exempt_lines, extended_lines
from bot.office.model.asked_files import lacking_by_file
from bot.office.model.baseline import against_nation, figures, then_and_now, went_back
from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.model.circular_standing import Standing
from bot.office.model.letter_number import numbered
from bot.office.model.official_letter import Registered
from bot.office.model.report_draft import Draft, cover_paper
from bot.office.model.rollup import Rollup, together
from parsers.form.question import Kind, heading


def draft_letter(
    bureau: Bureau, standing: Standing, rollup: Rollup, draft: Draft, words: Sequence[Quote] = ()
) -> Letter:
    """The drafted report for staff to look at; a reply of approval sends it on. ``words`` were said beside the figures."""
    circular = standing.circular
    done, amendment = rollup.asked - len(rollup.incomplete), rollup.amends
    return Letter(
        kind=LetterKind.DRAFT,
        circular=circular.slug,
        addressee=STAFF,
        occasion=f"v{draft.version}",
        to=bureau.office.staff,
        subject=f"ขออนุมัติส่ง{called(amendment)}{circular.wording.subject} ร่างฉบับที่ {draft.version} ({draft.reference})",
        view={
            "called_report": called(amendment),
            "amends": amendment,
            "report_before": report_before(bureau.office, amendment) if amendment else "",
            "circular": circular,
            "version": draft.version,
            "done": done,
            "total": rollup.asked,
            "exempt": exempt_lines(bureau, circular),
            "extended": extended_lines(bureau, circular),
            "unreported": [organisation.printed_short for organisation in rollup.unreported],
            "lacking": lacking_by_file(circular, bureau.roster, rollup.owed_files),
            "totals": total_lines(circular, rollup),
            "deadline": circular.deadlines.department,
            "reference": draft.reference,
            "remarks_for_staff": list(circular.wording.remarks_for_staff),
            "conflicts": staff_lines(bureau, circular, standing.disagreements),
            "queries": query_lines(bureau, (query for query in rollup.queries if not query.explained)),
            "explained": query_lines(bureau, (query for query in rollup.queries if query.explained)),
            "quotes": list(words),
            "since": since_lines(bureau, circular, rollup),
        },
        enclosures=(*enclosures_of(circular, rollup), *files_for(circular, "staff")),
    )


def since_lines(bureau: Bureau, circular: Circular, rollup: Rollup) -> list[tuple[str, list[str]]]:
    """For each question: how it stood and stands, where that is beside the country, and who went back, by name."""
    names = {organisation.code: organisation.printed_short for organisation in bureau.roster.organisations}
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
            few = f" (เฉพาะ {' '.join(question.only)} รายงานแล้ว {total.reported} จาก {total.asked} แห่ง)"
            lines.append((heading(question) + (few if question.only else ""), text))
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

    It bears number and day of its letter where staff gave them. An amended one answers the letter of the report before.
    """
    amendment = rollup.amends
    cover = registered.get(cover_paper(amendment.number if amendment else 0))
    number = numbered(bureau.office, cover.number, cover.dated) if cover and cover.dated else ""
    return Letter(
        kind=LetterKind.REPORT,
        circular=circular.slug,
        addressee=DEPARTMENT,
        occasion=occasion(amendment),
        to=circular.department.to,
        cc=circular.department.cc,
        subject=f"{bureau.office.area} {called(amendment)}{circular.wording.subject}"
        + (f" ({number})" if number else ""),
        view={
            "circular": circular,
            "number": number,
            "department": circular.department,
            "as_of": rollup.as_of,
            "done": rollup.asked - len(rollup.unreported),
            "total": rollup.asked,
            "exempt": exempt_lines(bureau, circular),
            "unreported": [organisation.printed_short for organisation in rollup.unreported],
            "office": bureau.office,
            "called_report": called(amendment),
            "amends": amendment,
            "report_before": report_before(bureau.office, amendment) if amendment else "",
        },
        in_reply_to=amendment.thread[-1] if amendment and amendment.thread else "",
        references=amendment.thread if amendment else (),
        enclosures=(*department_files(circular, rollup, cover, content), *files_for(circular, "department")),
    )


def draft_reference(secret: str, circular: str, version: int, figures: str) -> str:
    """The short code by which a reply names the draft it answers: ten letters and figures, fifty bits.

    The same figures and version give the same code; without the office's secret nobody can tell it.
    """
    digest = hmac.new(secret.encode(), f"draft|{circular}|{version}|{figures}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest)[:10].decode("ascii")
