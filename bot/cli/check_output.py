"""What ``ruam check`` says of a reading: its public JSON object, a table for people, and whom a name given to it means."""

from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.office.model.bureau import Bureau
from bot.office.rules.commands import command_in
from parsers.findings import Finding
from parsers.form.form import FILE, Form
from parsers.form.question import NUMERIC, Kind, Question
from parsers.form.question_rules import BETWEEN
from parsers.organisations.name_grammar import find_district
from parsers.reading import Mail, MailKind, Organisation, Reading, Reporter, Value
from parsers.thai.text import comparison_key


def find_reporter(bureau: Bureau, name: str) -> Reporter:
    """The reporter a person means: its key, a district with or without อำเภอ, or an organisation's name.

    Raises LookupError with a sentence that says what can be written instead.
    """
    wanted = comparison_key(name)
    contacts = [contact.reporter for contact in bureau.roster.contacts]
    for reporter in contacts:
        if wanted in {comparison_key(reporter.key), comparison_key(reporter.name)}:
            return reporter
    for organisation in bureau.roster.organisations:
        if wanted in _names_of(organisation):
            return _reporter_of(bureau, organisation)
    district = find_district(name, tuple(dict.fromkeys(o.district for o in bureau.roster.organisations)))
    for reporter in contacts:
        if district and comparison_key(reporter.name) == comparison_key(f"อำเภอ{district}"):
            return reporter
    known = ", ".join(reporter.name for reporter in contacts)
    raise LookupError(f'"{name}" is no reporter of this roster; write one of {known}, or an organisation\'s name')


def _names_of(organisation: Organisation) -> set[str]:
    return {comparison_key(organisation.official_name), comparison_key(organisation.short_name), organisation.code}


def _reporter_of(bureau: Bureau, organisation: Organisation) -> Reporter:
    return next(r for r in bureau.roster.reporters if r.organisations == (organisation.code,))


def as_json(bureau: Bureau, reading: Reading) -> dict[str, Any]:
    """The public JSON object of one reading, as docs/check-json.md describes it."""
    reporter = bureau.roster.by_key.get(reading.reporter or "")
    form = bureau.circulars[reading.circular].form if reading.circular else None
    found: dict[str, Any] = {
        "circular": reading.circular,
        "reporter": reporter.name if reporter else None,
        "as_of": reading.as_of.isoformat() if reading.as_of else None,
        "outcome": reading.outcome.value,
        "answers": _answers(bureau, reading, form) if form else [],
        "remarks": {remark.key: remark.text for remark in reading.remarks},
        "findings": [_finding(finding) for finding in reading.findings],
    }
    if reading.mail is not None:
        found["kind"] = _kind(reading.mail).value
        found["attachments"] = [
            {
                "name": file.name,
                "format": file.format,
                "outcome": file.outcome.value,
                **_asked(bureau, reading, file.name),
            }
            for file in reading.files
        ]
    return found


def _kind(mail: Mail) -> MailKind:
    """A person's mail without a form is a command when its first line is one; whether it counts is for the office to say."""
    return MailKind.COMMAND if mail.kind is MailKind.OTHER and command_in(mail.text) else mail.kind


def _answers(bureau: Bureau, reading: Reading, form: Form) -> list[dict[str, Any]]:
    """One entry for each organisation that has a row, in roster order; a question of which nothing would be recorded is null."""
    values: dict[str, dict[str, Value]] = {
        f.organisation: {} for f in reading.findings if f.organisation and f.question
    }
    evidence: dict[str, dict[str, str]] = {}
    for answer in (each for each in reading.standing() if not each.question.startswith(FILE)):
        values.setdefault(answer.organisation, {})[answer.question] = answer.value
        if answer.evidence:
            evidence.setdefault(answer.organisation, {})[answer.question] = answer.evidence
    return [
        {
            "organisation": organisation.official_name,
            "code": organisation.code,
            "values": {q.key: plain(q, values[organisation.code].get(q.key)) for q in form.question},
            "evidence": evidence.get(organisation.code, {}),
        }
        for organisation in bureau.roster.organisations
        if organisation.code in values
    ]


def _asked(bureau: Bureau, reading: Reading, name: str) -> dict[str, Any]:
    """Of a file that the circular asks for beside its form: as what it was taken, and whose it is."""
    taken = [
        answer
        for answer in reading.standing()
        if answer.question.startswith(FILE) and name in str(answer.value).split(BETWEEN)
    ]
    if not taken:
        return {}
    whose = [bureau.roster.by_code[answer.organisation].official_name for answer in taken]
    return {"asked": taken[0].question.removeprefix(FILE), "organisations": whose}


def plain(question: Question, value: Value | None) -> bool | int | float | str | None:
    """A value as JSON has it: numbers of numeric questions as numbers."""
    if value is None or isinstance(value, bool) or question.kind not in NUMERIC:
        return value
    number = Decimal(value)
    return int(number) if number == number.to_integral_value() and question.kind is Kind.INTEGER else float(number)


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "code": finding.code.value,
        "severity": finding.severity.value,
        "sheet": finding.place.sheet,
        "cell": finding.place.cell,
        "value": finding.value,
        "message": finding.message,
    }


def print_reading(console: Console, bureau: Bureau, reading: Reading) -> None:
    """What was read, as a table, and the findings below it."""
    found = as_json(bureau, reading)
    console.print(f"circular: {found['circular']}   reporter: {found['reporter']}   as of: {found['as_of']}")
    table = Table()
    for name in ("organisation", *(found["answers"][0]["values"] if found["answers"] else ())):
        table.add_column(name)
    marks = {True: "✓", False: "✗", None: ""}
    for answer in found["answers"]:
        values = (marks[v] if v is None or isinstance(v, bool) else str(v) for v in answer["values"].values())
        table.add_row(answer["organisation"], *values)
    console.print(table)
    for finding in reading.findings:
        console.print(f"[{finding.severity}] {finding.place} {finding.message}", markup=False, highlight=False)
    console.print(f"outcome: {reading.outcome.value}")
