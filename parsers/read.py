"""A message or a file to a Reading: open the attachments, find the circular and the reporter, read the tables, sum up.

Owns the order of the steps and the outcome. Pure, and raises on no bytes; what kills a process is the sandbox's business.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from parsers.check import LAST, Ordered, answers_of, shown
from parsers.files import File, bodies, killed, opened_all
from parsers.findings import Code, Finding, Place, Severity, finding
from parsers.form import Form
from parsers.formats.container import INSIDE
from parsers.lines import REMARK_CAP, Lines
from parsers.message import Attachment, Message, parse
from parsers.nil import NOT_ENOUGH, nil_answers, nil_finding, says_nil
from parsers.reading import Answer, Catalogue, FileReading, Mail, MailKind, Outcome, Reading, RemarkText, Reporter
from parsers.recognise import (
    agreeing,
    best_layout,
    circular_of,
    likeliest,
    mail_signs,
    mark_signs,
    marked_reporter,
    senders,
)
from parsers.rows import Against, Found, Names, Sheet, gather
from parsers.table import column_remarks, find_tables
from parsers.text import mask_secrets

IN_FILE = "ในไฟล์นี้"
WHICH = "ที่ระบุได้ว่าเป็นของหนังสือแจ้งฉบับใด"
# Files that people attach beside the form, such as the signed letter: worth no word when the form was found elsewhere.
BESIDE = frozenset({"image", "pdf", "docx", "pptx", "rtf", "html", "text", "eml", "empty"})


@dataclass(frozen=True)
class FileRequest:
    """What a single file is read against: ``circular`` a slug, ``reporter`` a key; None means: find out, or all."""

    catalogue: Catalogue
    circular: str | None = None
    reporter: str | None = None


def read_file(name: str, data: bytes, request: FileRequest) -> Reading:
    """Read one file. Never raises."""
    catalogue = request.catalogue
    files = opened_all(name, data, 0)
    marks = [file.marks for file in files]
    signs = mark_signs(marks, catalogue.forms)
    tables = _Tables(files, catalogue)
    signs |= tables.layout_sign()
    asked = request.circular if request.circular in catalogue.forms else None
    circular = asked or circular_of(signs, tables.scores)
    reporter = next((r for r in catalogue.reporters if r.key == request.reporter), None)
    known = reporter is not None
    if reporter is None:
        reporter = marked_reporter(marks, circular, catalogue)
    reading = _reading(files, tables.of(circular), _Whose(catalogue, circular, reporter, tables.undecided(circular)))
    return replace(reading, recognised_by=agreeing(signs, circular), known=known)


def read_message(
    raw: bytes,
    catalogue: Catalogue,
    unreadable: frozenset[int] = frozenset(),
    circular: str | None = None,
    reporter: str | None = None,
) -> Reading:
    """Read a whole mail. ``unreadable`` are indices of attachments that killed a process before. Never raises.

    ``circular`` and ``reporter`` go before what the mail says of itself, as in a FileRequest.
    """
    message = parse(raw)
    files, tables = _with_body(_opened(message.attachments, unreadable), message, catalogue)
    marks = [file.marks for file in files]
    signs = mail_signs(message.mail, catalogue.forms) | mark_signs(marks, catalogue.forms) | tables.layout_sign()
    circular = circular if circular in catalogue.forms else circular_of(signs, tables.scores)
    candidates = tuple(r for r in catalogue.reporters if r.key == reporter) or senders(catalogue, message.mail.sender)
    marked = marked_reporter(marks, circular, catalogue)
    found = tables.of(circular)
    whose = _Whose(catalogue, circular, _reporter(candidates, marked, found, tables.names), tables.undecided(circular))
    reading = _reading(files, found, whose)
    if not any(tables.scores.values()):
        reading = _nil(reading, message.mail, whose, sure=len(candidates) == 1)
    return replace(
        reading,
        recognised_by=agreeing(signs, circular),
        known=bool(candidates),
        mail=_mail(message.mail, has_form=bool(found) or bool(reading.answers)),
        notes=(*message.notes, *reading.notes),
    )


def _opened(attachments: Sequence[Attachment], unreadable: frozenset[int]) -> list[File]:
    """Every file of a mail, those in containers included; ``unreadable`` counts the mail's own attachments."""
    files: list[File] = []
    for number, attachment in enumerate(attachments):
        if number in unreadable:
            files.append(killed(attachment.name, len(attachment.data), number))
        else:
            files += opened_all(attachment.name, attachment.data, len(files))
    return files


def _with_body(files: list[File], message: Message, catalogue: Catalogue) -> tuple[list[File], "_Tables"]:
    """The files with their tables; where none holds a form but the mail's body does, the body is one more file."""
    tables = _Tables(files, catalogue)
    if any(tables.scores.values()) or message.mail.kind is not MailKind.OTHER:
        return files, tables
    for body in bodies(message.html, message.plain, len(files)):
        further = _Tables([*files, body], catalogue)
        if any(further.scores.values()):
            return [*files, body], further
    return files, tables


def _mail(mail: Mail, *, has_form: bool) -> Mail:
    """A mail that carries the form is a report, unless its headers say that no person sent it."""
    return replace(mail, kind=MailKind.REPORT) if has_form and mail.kind is MailKind.OTHER else mail


def _reporter(
    candidates: tuple[Reporter, ...], marked: Reporter | None, found: Sequence[Found], names: Names
) -> Reporter | None:
    if not candidates:
        return marked
    if len(candidates) == 1:
        return candidates[0]
    if marked in candidates:
        return marked
    own = tuple(dict.fromkeys(code for reporter in candidates for code in reporter.organisations))
    return likeliest(candidates, names.counted(found, own))


class _Tables:
    """The tables of every open circular's form in the visible sheets of a message."""

    def __init__(self, files: Iterable[File], catalogue: Catalogue) -> None:
        sheets = [sheet for file in files for sheet in file.sheets if not sheet.grid.hidden]
        self.names = Names(catalogue)
        self._by_slug = {
            slug: tuple(Found(sheet, table) for sheet in sheets for table in find_tables(sheet.grid, form))
            for slug, form in catalogue.forms.items()
        }
        self.scores = {
            slug: max((found.table.quality for found in tables), default=0.0) for slug, tables in self._by_slug.items()
        }

    def layout_sign(self) -> dict[str, str]:
        best = best_layout(self.scores)
        return {"layout": best} if best else {}

    def undecided(self, circular: str | None) -> bool:
        return circular is None and any(self.scores.values())

    def of(self, circular: str | None) -> tuple[Found, ...]:
        return self._by_slug.get(circular or "", ())


# --- the reading -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Whose:
    catalogue: Catalogue
    circular: str | None
    reporter: Reporter | None
    undecided: bool = False  # a form is there, but it may belong to several circulars

    @property
    def own(self) -> tuple[str, ...]:
        """Codes of the organisations that are asked; the whole province without a reporter."""
        if self.reporter:
            known = {organisation.code for organisation in self.catalogue.organisations}
            return tuple(code for code in self.reporter.organisations if code in known)
        return tuple(organisation.code for organisation in self.catalogue.organisations)


def _reading(files: Sequence[File], found: Sequence[Found], whose: _Whose) -> Reading:
    """The reading of opened files, once circular and reporter are settled."""
    catalogue, form = whose.catalogue, whose.catalogue.forms.get(whose.circular or "")
    base = Reading(
        circular=whose.circular,
        reporter=whose.reporter.key if whose.reporter else None,
        notes=tuple(file.note for file in files if file.note),
    )
    if form is None or not found:
        where = WHICH if whose.undecided else IN_FILE
        findings = _sorted(_file_findings(files, found, outcome=Outcome.REJECTED, where=where))
        return replace(base, findings=findings, files=_files(files, (), findings))
    near = catalogue.as_of_near
    gathered = gather(found, Names(catalogue), Against(form, whose.reporter, whose.own, near))
    ordered, troubles = answers_of(gathered.entries, form)
    sheets = _read_sheets(files, found)
    as_of, day_findings = _as_of(sheets, form, near)
    answers = tuple(answer for _, answer in sorted(ordered, key=lambda pair: pair[0]))
    rows = gathered.findings + troubles + day_findings
    reading = replace(base, as_of=as_of, answers=answers, remarks=_remarks(sheets, found, form), findings=_sorted(rows))
    outcome = _outcome(reading, form, whose.own)
    findings = _sorted(rows + _file_findings(files, found, outcome=outcome))
    return replace(reading, findings=findings, outcome=outcome, files=_files(files, answers, findings))


def _nil(reading: Reading, mail: Mail, whose: _Whose, *, sure: bool) -> Reading:
    """A mail without any form: where its own words say "nothing to report", that answer or why it is none.

    ``sure`` says that the sender writes for one reporter only. A file that might hold the form goes before the words.
    """
    form, reporter = whose.catalogue.forms.get(whose.circular or ""), whose.reporter
    names = (reporter.name,) if reporter else ()
    if mail.kind is not MailKind.OTHER or not says_nil(mail.text, form, names):
        return reading
    alone = all(file.format in ("image", "empty", "text") for file in reading.files)
    answers = nil_answers(form, whose.own) if form and reporter and sure and alone else ()
    if reporter and answers:
        said = nil_finding(mail.text, reporter, whose.own)
        return replace(reading, answers=answers, findings=(said,), outcome=Outcome.ACCEPTED)
    refusal = finding(Code.FORM_NOT_FOUND, Place(), where=NOT_ENOUGH)
    plain = [f for f in reading.findings if f.code is Code.FORM_NOT_FOUND and f.place == Place()]
    return replace(reading, findings=tuple(refusal if f in plain else f for f in reading.findings))


def _sorted(findings: Iterable[Ordered]) -> tuple[Finding, ...]:
    return tuple(found for _, found in sorted(findings, key=lambda pair: pair[0]))


def _outcome(reading: Reading, form: Form, own: Sequence[str]) -> Outcome:
    standing = {(answer.organisation, answer.question) for answer in reading.standing()}
    if not standing:
        return Outcome.REJECTED
    whole = all((code, question.key) in standing for code in own for question in form.asked)
    faultless = all(found.severity is not Severity.ERROR for found in reading.findings)
    return Outcome.ACCEPTED if whole and faultless else Outcome.PARTLY


def _file_findings(
    files: Sequence[File], found: Sequence[Found], *, outcome: Outcome, where: str = IN_FILE
) -> list[Ordered]:
    """What to say of whole files. Where everything was read elsewhere, a bad file is worth a look but leaves nothing open."""
    made: list[Ordered] = []
    said: set[tuple[str, str]] = set()
    with_form = {table.sheet.at[0] for table in found}
    for at, file in enumerate(files):
        end = (at, LAST, LAST, LAST)
        made += [((at, sheet.at[1], 0, 0), _hidden_sheet(sheet)) for sheet in file.sheets if _matters(sheet)]
        if file.holds or at in with_form or (with_form and file.format in BESIDE):
            continue
        trouble = file.trouble or finding(Code.FORM_NOT_FOUND, Place(file.name), where=where)
        if file.outer and (file.outer, trouble.message) in said:
            continue  # forty photographs in one archive are one thing to say
        said.add((file.outer, trouble.message))
        mild = outcome is Outcome.ACCEPTED or (with_form and not file.trouble)
        made.append((end, replace(trouble, severity=Severity.WARNING) if mild else trouble))
    if not found and len(files) > 1:
        made = _without_ornaments(made, files)
    if not files:
        made.append(((0, 0, 0, 0), finding(Code.FORM_NOT_FOUND, Place(), where="ในอีเมลฉบับนี้")))
    return made


def _without_ornaments(made: list[Ordered], files: Sequence[File]) -> list[Ordered]:
    """Pictures in a signature need no word of their own beside another refused file."""
    others = [file for file in files if file.format not in ("image", "empty") and not file.holds]
    pictures = {at for at, file in enumerate(files) if file.format in ("image", "empty")}
    return [pair for pair in made if not others or pair[0][0] not in pictures]


def _matters(sheet: Sheet) -> bool:
    return sheet.grid.hidden and any(not cell.blank for cell in sheet.grid.cells.values())


def _hidden_sheet(sheet: Sheet) -> Finding:
    name = shown(sheet.grid.sheet)
    what = f"แผ่นงาน “{name}” ถูกซ่อนอยู่ ระบบจึงไม่ได้อ่าน หากมีข้อมูลที่ต้องรายงานกรุณายกเลิกการซ่อนแล้วส่งใหม่"
    return finding(Code.HIDDEN_CONTENT, sheet.place(), name, what=what)


def _files(files: Sequence[File], answers: Sequence[Answer], findings: Sequence[Finding]) -> tuple[FileReading, ...]:
    def outcome(file: File) -> Outcome:
        def within(place: Place) -> bool:
            return place.file == file.name or (file.holds and place.file.startswith(file.name + INSIDE))

        if not any(within(answer.place) for answer in answers):
            return Outcome.REJECTED
        wrong = any(within(f.place) and f.severity is Severity.ERROR for f in findings)
        return Outcome.PARTLY if wrong else Outcome.ACCEPTED

    return tuple(FileReading(file.name, file.format, file.size, outcome(file)) for file in files)


# --- around the tables -----------------------------------------------------------------------------------------------


def _read_sheets(files: Sequence[File], found: Sequence[Found]) -> list[Sheet]:
    """The visible sheets of the files that hold the form."""
    with_form = {table.sheet.at[0] for table in found}
    return [s for at, file in enumerate(files) if at in with_form for s in file.sheets if not s.grid.hidden]


def _as_of(
    sheets: Sequence[Sheet], form: Form, near: datetime.date | None
) -> tuple[datetime.date | None, list[Ordered]]:
    """The day of the data: the first sheet's that has one that can be read; else what could not be read."""
    lines = Lines(form)
    findings: list[Ordered] = []
    for sheet in sheets:
        said = lines.as_of(sheet.grid, near)
        if said and said.date:
            return said.date, []
        if said:
            made = finding(Code.DATE_UNREADABLE, sheet.place(said.cell), shown(said.text))
            findings.append((sheet.order(said.cell.row, said.cell.column), made))
    return None, findings


def _remarks(sheets: Sequence[Sheet], found: Sequence[Found], form: Form) -> tuple[RemarkText, ...]:
    """The remarks of all sheets, those of one key together at the place of the first."""
    lines = Lines(form)
    remarks: dict[str, RemarkText] = {}
    for sheet in sheets:
        tables = [each.table for each in found if each.sheet.at == sheet.at]
        headers = frozenset(row for table in tables for row in range(table.top, table.bottom + 1))
        in_columns = (said for table in tables for said in column_remarks(table, lines))
        inside = frozenset(at for t in tables for at in chain((r.row for r in t.rows), (r.row for r in t.totals)))
        for said in chain(in_columns, lines.remarks(sheet.grid, headers, inside)):
            text = mask_secrets(said.text)
            known = remarks.setdefault(said.key, RemarkText(said.key, text, sheet.place(said.cell)))
            if text not in known.text:
                remarks[said.key] = replace(known, text=f"{known.text}\n{text}"[:REMARK_CAP])
    return tuple(remarks.values())
