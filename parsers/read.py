"""A message or a file to a Reading: open the attachments, find the circular and the reporter, read the tables, sum up.

Owns the order of the steps and the outcome. Pure, and raises on no bytes; what kills a process is the sandbox's business.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from parsers.answers.asked_files import Whose, with_asked_files
from parsers.answers.day_of_data import as_of
from parsers.answers.limits import day_sent
from parsers.answers.missing_and_contradicting import answers_of, capped
from parsers.answers.remarks import remarks
from parsers.answers.row_owners import Against, Names, names_of
from parsers.answers.secondary_sources import gathered, of_words
from parsers.answers.unexpected_figures import unexpected
from parsers.circulars.file_findings import IN_FILE, file_findings, file_readings
from parsers.circulars.forms_in_files_and_body import Opened, attached, with_body
from parsers.circulars.which_circular_and_reporter import (
    agreeing,
    circular_of,
    likeliest,
    mail_signs,
    mark_signs,
    marked_reporter,
    senders,
)
from parsers.circulars.which_tables_count import Counting, Mailed, counting, read_sheets
from parsers.files.cpu_budget import Terms
from parsers.files.hide_secrets import Searched, warnings_of
from parsers.files.member_names import INSIDE
from parsers.files.open_file import File
from parsers.findings import Code, Finding, Ordered, Place, Severity, finding
from parsers.form.form import Form
from parsers.mail.links_to_files import instead
from parsers.mail.message import Attachment, Message, parse
from parsers.mail.words.nil_return import NOT_ENOUGH, nil_answers, nil_finding, says_nil
from parsers.reading import Catalogue, FileRequest, Mail, MailKind, Organisation, Outcome, Reading, Reporter, Value
from parsers.tables.model import Found
from parsers.values.legend import legend_lines

WHICH = "ที่ระบุได้ว่าเป็นของหนังสือแจ้งฉบับใด"


def read_file(name: str, data: bytes, request: FileRequest, terms: Terms | None = None) -> Reading:
    """Read one file, on terms for it and what is in it. Never raises, but for what a meter raises outside of shares."""
    catalogue = request.catalogue
    files, _, tables = attached([Attachment(name, data, "")], catalogue, terms or Terms())
    marks = [file.marks for file in files]
    signs = mark_signs(marks, catalogue.forms)
    signs |= tables.layout_sign()
    asked = request.circular if request.circular in catalogue.forms else None
    signs |= {} if signs else tables.period_sign()
    circular = asked or circular_of(signs, tables.scores, catalogue.about)
    reporter = next((r for r in catalogue.reporters if r.key == request.reporter), None)
    known = reporter is not None
    if reporter is None:
        reporter = marked_reporter(marks, circular, catalogue)
    whose = _Whose(
        catalogue, names_of(catalogue), circular, reporter, tables.undecided(circular), forced=asked is not None
    )
    reading = _reading(Opened(files, tables), whose)
    return replace(_warned(reading, files, None), recognised_by=agreeing(signs, circular), known=known)


def read_message(
    raw: bytes,
    catalogue: Catalogue,
    terms: Terms | None = None,
    circular: str | None = None,
    reporter: str | None = None,
) -> Reading:
    """Read a whole mail, on terms. Never raises, but for what a meter raises outside of shares.

    ``circular`` and ``reporter`` go before what the mail says of itself, as in a FileRequest.
    """
    message = parse(raw)
    legend = legend_lines(message.mail.text)
    opened = with_body(attached(message.attachments, catalogue, terms or Terms(), legend), message)
    tables = opened.tables
    marks = [file.marks for file in opened.files]
    signs = mail_signs(message.mail, catalogue.forms) | mark_signs(marks, catalogue.forms) | tables.layout_sign()
    forced = circular in catalogue.forms
    signs |= {} if signs else tables.period_sign()
    circular = circular if forced else circular_of(signs, tables.scores, catalogue.about)
    candidates = tuple(r for r in catalogue.reporters if r.key == reporter) or senders(catalogue, message.mail.sender)
    marked = marked_reporter(marks, circular, catalogue)
    found, names = tables.of(circular), names_of(catalogue)
    reporter_ = _reporter(candidates, marked, found, names)
    whose = _Whose(catalogue, names, circular, reporter_, tables.undecided(circular), message.mail, forced)
    reading = _reading(opened, whose)
    reading = _with_files(reading, whose, message)
    if not any(tables.scores.values()):
        reading = _linked(_nil(reading, message.mail, whose, sure=len(candidates) == 1), message)
    left_out = (finding(Code.MAIL_INCOMPLETE, Place()),) if message.incomplete else ()
    reading = replace(reading, findings=(*left_out, *reading.findings))
    return replace(
        _warned(reading, opened.files, message),
        recognised_by=agreeing(signs, circular),
        known=bool(candidates),
        mail=_mail(message.mail, has_form=bool(found) or bool(reading.answers)),
        notes=(*message.notes, *reading.notes),
        strange=next((each.mark[0] for each in marks if each.mark and each.mark[0] not in catalogue.forms), ""),
    )


def _with_files(reading: Reading, whose: "_Whose", message: Message) -> Reading:
    """The reading with the files of a mail that the circular asks for beside its form."""
    asked = whose.catalogue.asked_files.get(whose.circular or "", ())
    if not asked or whose.reporter is None:
        return reading
    digest_of = {each.name: hashlib.sha256(each.data).hexdigest() for each in message.attachments}
    # What came in an archive has the digest of that.
    digests = {file.name: digest_of.get(file.name.partition(INSIDE)[0], "") for file in reading.files}
    own = [whose.names.by_code[code] for code in whose.own]
    return with_asked_files(reading, asked, Whose(own, whose.catalogue.organisations, message.mail.text, digests))


def _warned(reading: Reading, files: Sequence[File], message: Message | None) -> Reading:
    """The reading with a warning where log-in keys or citizen numbers were hidden."""
    searched = (Searched(file.name, tuple(sheet.grid for sheet in file.sheets), file.secret) for file in files)
    mail, told = (message.mail, message.secret) if message else (None, False)
    return replace(reading, findings=(*reading.findings, *warnings_of(searched, mail, told=told)))


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


# --- the reading -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Whose:
    catalogue: Catalogue
    names: Names
    circular: str | None
    reporter: Reporter | None
    undecided: bool = False  # a form is there, but it may belong to several circulars
    mail: Mail | None = None
    forced: bool = False  # the circular was named by whoever asks, not found

    @property
    def own(self) -> tuple[str, ...]:
        """Codes of the organisations that are asked; the whole province without a reporter."""
        if self.reporter:
            known = {organisation.code for organisation in self.catalogue.organisations}
            return tuple(code for code in self.reporter.organisations if code in known)
        return tuple(organisation.code for organisation in self.catalogue.organisations)


def _reading(opened: Opened, whose: _Whose) -> Reading:
    """The reading of opened files, once circular and reporter are settled."""
    files, catalogue, form = opened.files, whose.catalogue, whose.catalogue.forms.get(whose.circular or "")
    base = Reading(
        circular=whose.circular,
        reporter=whose.reporter.key if whose.reporter else None,
        notes=tuple(file.note for file in files if file.note),
    )
    count = _counting(opened, whose)
    if form is None or not count.kept:
        where = WHICH if whose.undecided else IN_FILE
        made = file_findings(files, count, outcome=Outcome.REJECTED, where=where)
        findings = _sorted([*count.findings, *made])
        return replace(base, findings=findings, files=file_readings(files, (), findings))
    names, near = whose.names, catalogue.as_of_near
    against = Against(form, whose.reporter, whose.own, near)
    rows = gathered(count.kept, names, against, opened.lesser)
    sheets = read_sheets(opened, count)
    day, day_findings = as_of(sheets, count, form, near, catalogue.about.get(whose.circular or ""))
    sent = day_sent(whose.mail.date if whose.mail else None, near) or day
    ordered, troubles = answers_of(rows.entries, form, sent)
    answers = tuple(answer for _, answer in sorted(ordered, key=lambda pair: pair[0]))
    words = of_words(whose.mail, names, against, answers, count.parts) if whose.mail else []
    queries = unexpected(ordered, form, names.by_code)
    made = [*rows.findings, *rows.missing_rows(), *troubles, *queries, *day_findings, *words, *count.findings]
    texts = remarks(sheets, count.kept, form)
    misfits = tuple(rows.misfits)
    reading = replace(base, as_of=day, answers=answers, misfits=misfits, remarks=texts, findings=_sorted(made))
    outcome = _outcome(reading, form, [names.by_code[code] for code in whose.own])
    findings = _sorted(capped(made + file_findings(files, count, outcome=outcome)))
    return replace(reading, findings=findings, outcome=outcome, files=file_readings(files, answers, findings))


def _counting(opened: Opened, whose: _Whose) -> Counting:
    """The circular's tables that count; all of them where somebody named the circular."""
    tables = opened.tables
    if whose.circular is None:
        return Counting(())
    scores = [tables.scores_of(at) for at in range(len(opened.files))]
    others = tuple((slug, found) for slug in tables.scores if slug != whose.circular for found in tables.of(slug))
    mailed = Mailed(opened.files, scores, whose.catalogue, others, forced=whose.forced, mail=whose.mail)
    return counting(tables.of(whose.circular), whose.circular, mailed)


def _nil(reading: Reading, mail: Mail, whose: _Whose, *, sure: bool) -> Reading:
    """A mail without any form: where its own words say "nothing to report", that answer or why it is none.

    ``sure`` says that the sender writes for one reporter only. A file that might hold the form goes before the words.
    """
    form, reporter = whose.catalogue.forms.get(whose.circular or ""), whose.reporter
    one = reporter.organisations if reporter and len(reporter.organisations) == 1 else ()
    official = (whose.names.by_code[code].official_name for code in one if code in whose.names.by_code)
    names = (reporter.name, *official) if reporter else ()
    if mail.kind is not MailKind.OTHER or not says_nil(mail.text, form, names):
        return reading
    alone = all(file.format in ("image", "empty", "text") for file in reading.files)
    own = [whose.names.by_code[code] for code in whose.own]
    answers = nil_answers(form, own) if form and reporter and sure and alone else ()
    if reporter and answers:
        said = nil_finding(mail.text, reporter, whose.own)
        return replace(reading, answers=answers, findings=(said,), outcome=Outcome.ACCEPTED)
    refusal = finding(Code.FORM_NOT_FOUND, Place(), where=NOT_ENOUGH)
    plain = [f for f in reading.findings if f.code is Code.FORM_NOT_FOUND and f.place == Place()]
    return replace(reading, findings=tuple(refusal if f in plain else f for f in reading.findings))


def _linked(reading: Reading, message: Message) -> Reading:
    """A mail without any form: where its words lead to a file elsewhere, that is what is wrong."""
    if not message.link or reading.answers or message.mail.kind in (MailKind.OWN, MailKind.BOUNCE):
        return reading
    what = finding(Code.LINK_NOT_FILE, Place(), message.link, what="สิ่งที่ส่งมาในอีเมลฉบับนี้", instead=instead(message.link))
    rest = (f for f in reading.findings if f.code is not Code.FORM_NOT_FOUND or f.place != Place())
    return replace(reading, findings=(what, *rest))


def _sorted(findings: Iterable[Ordered]) -> tuple[Finding, ...]:
    return tuple(found for _, found in sorted(findings, key=lambda pair: pair[0]))


def _outcome(reading: Reading, form: Form, own: Sequence[Organisation]) -> Outcome:
    standing: dict[str, dict[str, Value]] = {organisation.code: {} for organisation in own}
    for answer in reading.standing():
        standing.setdefault(answer.organisation, {})[answer.question] = answer.value
    if not any(standing.values()):
        return Outcome.REJECTED
    given = [(organisation, standing[organisation.code]) for organisation in own]
    whole = all(question.key in said for each, said in given for question in form.asked_of(each.type, said))
    faultless = all(found.severity is not Severity.ERROR for found in reading.findings)
    return Outcome.ACCEPTED if whole and faultless else Outcome.PARTLY
