"""Enclosures to files, and files to parts of a mail: what a letter carries, made with the office's own data at hand."""

import datetime
from dataclasses import dataclass
from email.message import EmailMessage

from bot.documents.form.excel_form import Shown, blank_form
from bot.documents.form.word_form import blank_form_docx
from bot.documents.mail.district_letter import district_letter
from bot.documents.new_circular.proposal_workbook import proposal_workbook
from bot.documents.report.cover_letter import Cover, cover_docx, cover_of, cover_pdf, made_on
from bot.documents.report.pdf import report_pdf
from bot.documents.report.workbook import report_name, report_workbook
from bot.documents.roster.roster_workbook import roster_workbook
from bot.office.letters.enclosures import (
    BlankForm,
    CoverLetter,
    DistrictLetter,
    Enclosure,
    EvidenceArchive,
    MarkedCopy,
    NewCircularWorkbook,
    ReadyFile,
    ReportPages,
    ReportWorkbook,
    RosterWorkbook,
    SignedScan,
)
from bot.office.model.office import Office
from bot.office.model.roster import Roster

TYPES = {  # by the ending of the name
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
}


@dataclass(frozen=True)
class Desk:
    """What letters are written with. ``now`` is aware; ``secret`` never leaves the office."""

    office: Office
    roster: Roster
    secret: str
    now: datetime.datetime


def made(enclosure: Enclosure, desk: Desk) -> ReadyFile | None:
    """The enclosure as a file; None for a copy that could not be made."""
    office, roster = desk.office, desk.roster
    match enclosure:
        case MarkedCopy(name=name, content=content):
            return ReadyFile(name, content) if content else None
        case ReadyFile():
            return enclosure
        case BlankForm(circular, reporter, answers, word, stand, last):
            name = enclosure.name
            if word:
                content = blank_form_docx(circular, roster, reporter, answers, digits=office.digits)
            else:
                content = blank_form(circular, roster, reporter, answers, Shown(office.digits, stand, last))
        case ReportWorkbook() | ReportPages():
            return _report(enclosure, desk)
        case CoverLetter(circular, rollup, editable, number, dated):
            name = f"{circular.slug}-{office.slug}-cover.{'docx' if editable else 'pdf'}"
            cover = cover_of(circular, rollup, office, number, dated)
            content = _paper(cover, made_on(circular, rollup), desk, editable=editable)
        case DistrictLetter(circular, editable, number, dated):
            name = f"{circular.slug}-{office.slug}-letter.{'docx' if editable else 'pdf'}"
            cover = district_letter(circular, office, roster, number, dated)
            content = _paper(cover, circular.deadlines.opens, desk, editable=editable)
        case NewCircularWorkbook() | RosterWorkbook():
            return _workbook(enclosure, desk)
        case SignedScan() | EvidenceArchive():
            raise TypeError("the books have it; see bot.service.record_decision.with_shared")
    return ReadyFile(name, content)


def _workbook(enclosure: NewCircularWorkbook | RosterWorkbook, desk: Desk) -> ReadyFile:
    """A workbook that staff fill in or correct."""
    if isinstance(enclosure, RosterWorkbook):
        return ReadyFile(enclosure.name, roster_workbook(desk.roster, desk.now))
    return ReadyFile(enclosure.name, proposal_workbook(enclosure.proposal, desk.now))


def _report(enclosure: ReportWorkbook | ReportPages, desk: Desk) -> ReadyFile:
    """The report as workbook or PDF."""
    circular, rollup, office, roster = enclosure.circular, enclosure.rollup, desk.office, desk.roster
    if isinstance(enclosure, ReportPages):
        return ReadyFile(f"{circular.slug}-{office.slug}-report.pdf", report_pdf(circular, rollup, office, roster))
    name = report_name(circular, office, "form" if enclosure.only_form else "report")
    return ReadyFile(name, report_workbook(circular, rollup, office, roster, only_form=enclosure.only_form))


def _paper(cover: Cover, moment: datetime.datetime, desk: Desk, *, editable: bool) -> bytes:
    """An official letter as Word file, for people to change, or as PDF."""
    return cover_docx(cover, moment, desk.office.name) if editable else cover_pdf(cover, moment, desk.roster)


def attach(mail: EmailMessage, name: str, content: bytes) -> None:
    """The file as a part of the mail, of the type that its name says; ``name`` is one line."""
    maintype, _, subtype = TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream").partition("/")
    mail.add_attachment(content, maintype, subtype, filename=name)
