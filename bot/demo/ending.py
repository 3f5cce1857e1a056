"""What the play leaves and how it ends: the reports as they reached the departments, the evidence and its check, the last words.

Everything is read from what lies in the mailboxes and the books, and what the demo promises is asked for here: a play
that does not show it fails.
"""

import email
import email.policy
from email.message import EmailMessage
from io import BytesIO

import openpyxl

from bot.demo.people import MONTHLY, SLUG
from bot.demo.timeline import Stage
from bot.documents.report.amended_sheet import SHEET
from bot.office.letters.letter import AT_ANY_HOUR
from bot.office.model.circular import Circular
from bot.office.model.owed import owed_by
from bot.service.context import House
from bot.service.current_bureau import current
from bot.service.evidence import write_evidence
from bot.service.evidence_check import check_archive

ASKED = (SLUG, MONTHLY)
FIRST_ROW = 4  # of the changes in their sheet, below its title, what it is compared with, and the headings


class BrokenPromiseError(Exception):
    """The play did not show what the demo says that it shows."""


def finish(stage: Stage, house: House) -> list[str]:
    """Leave reports, evidence and story in the folder; the last words. Raises BrokenPromiseError."""
    house = current(house, stage.now)
    circulars = [house.bureau.circulars[slug] for slug in ASKED]
    reports = {circular.slug: _reports(stage, circular) for circular in circulars}
    for slug, mails in reports.items():
        for number, mail in enumerate(mails):
            name = f"{slug}-report-amended-{number}.xlsx" if number else f"{slug}-report.xlsx"
            (stage.folder / name).write_bytes(_workbook(mail))
    lines = [_how_it_stands(house, circular, reports[circular.slug]) for circular in circulars]
    lines += [_letters(stage), *_proof(stage, house)]
    _keep_promises(stage, reports)
    told = "\n".join(f"- {line}" for line in lines)
    stage.story.write(stage.folder / "story.md", f"## ผลสุดท้าย (the end)\n\n{told}")
    return lines


def _reports(stage: Stage, circular: Circular) -> list[EmailMessage]:
    """The mails that lie in the department's mailbox."""
    raws = (raw for address in circular.department.to for raw in stage.post.inbox_of(address))
    return [email.message_from_bytes(raw, policy=email.policy.default) for raw in raws]


def _workbook(report: EmailMessage) -> bytes:
    content = next(part.get_payload(decode=True) for part in report.iter_attachments())
    return content if isinstance(content, bytes) else b""


def _changes(report: EmailMessage) -> int:
    """How many changes the table of an amended report lists; 0 where there is none."""
    book = openpyxl.load_workbook(BytesIO(_workbook(report)), read_only=True)
    if SHEET not in book.sheetnames:
        return 0
    return sum(bool(row[0]) for row in book[SHEET].iter_rows(min_row=FIRST_ROW, max_col=1, values_only=True))


def _how_it_stands(house: House, circular: Circular, reports: list[EmailMessage]) -> str:
    roster, slug = house.bureau.roster, circular.slug
    asked = len(circular.asks(roster.by_code))
    done = asked - len(owed_by(circular, roster, house.books.answers(slug)))
    exempt = f" ({len(circular.exempt)} exempt)" if circular.exempt else ""
    amended = "".join(f", then an amended one with {_changes(report)} changes" for report in reports[1:])
    approved = ", ".join(dict.fromkeys(draft.approved_by for draft in house.books.drafts(slug) if draft.dispatched))
    to = ", ".join(circular.department.to)
    return (
        f"{slug}: {done} of {asked} organisations reported{exempt}; the report reached {to}{amended} "
        f"(approved by {approved or 'nobody'})."
    )


def _letters(stage: Stage) -> str:
    several = sum(", " in said.circulars and said.kind == "reminder" for _, said in stage.sent)
    return f"{len(stage.sent)} letters, {several} of them reminders about both at once; none outside office hours but answers."


def _proof(stage: Stage, house: House) -> list[str]:
    """The evidence, and what the checks of ``ruam verify`` say of it and of the books."""
    path = stage.folder / "evidence.zip"
    write_evidence(house, house.bureau.circulars[SLUG], path)
    archive, books = check_archive(path), house.books.check_chain()
    if archive.wrong or books.wrong:
        raise BrokenPromiseError(f"ruam verify: {archive.wrong}, {books.misfits}")
    return [
        f"ruam verify {path.name}: the archive fits: {archive.files} files, {archive.things} things.",
        f"ruam verify: the books fit their journal: {books.rows} rows cover {books.things} things.",
    ]


def _keep_promises(stage: Stage, reports: dict[str, list[EmailMessage]]) -> None:
    """Raises BrokenPromiseError with what was not to be seen."""
    calendar = stage.bureau.calendar
    first, *amended = reports[SLUG] or [EmailMessage()]
    seen = {
        "one letter about two circulars": any(
            ", " in said.circulars for _, said in stage.sent if said.kind == "reminder"
        ),
        "an extension told to whom it concerns": any(said.kind == "extension" for _, said in stage.sent),
        "a report on each circular": all(reports.values()),
        "one amended report with its changes": len(amended) == 1 and _changes(amended[0]) > 0,
        "the amended report as an answer to the first": all(m["In-Reply-To"] == first["Message-ID"] for m in amended),
        "letters in office hours": all(calendar.is_open(at) for at, said in stage.sent if said.kind not in AT_ANY_HOUR),
        "what each letter said": all(said.english and said.thai for _, said in stage.sent),
    }
    if missing := [what for what, so in seen.items() if not so]:
        raise BrokenPromiseError(f"The play did not show: {'; '.join(missing)}.")
