"""The replies of every district of the country: the form each reporter gets, filled in and read back, and a list of its own.

``python tests/rosters/every_district.py [PROVINCE...]`` prints what was read otherwise than it was written, and the time.
"""

import csv
import io
import sys
import time
from dataclasses import dataclass, field

import openpyxl

from bot.config.load import shipped
from bot.config.national_roster import national_roster, provinces
from bot.documents.form.excel_form import blank_form
from bot.office.model.circular import Circular
from bot.office.model.roster import Contact, Roster
from parsers.read import read_file
from parsers.reading import Catalogue, FileRequest, Outcome, Reading

SLUG = "w5827"
YES = "✓"


@dataclass
class Found:
    """What became of the replies of one province; ``wrong`` names each that was not read as it was written."""

    reporters: int = 0
    organisations: int = 0
    wrong: list[str] = field(default_factory=list)


def read_province(province: str) -> Found:
    """Both replies of each of its reporters."""
    circular, roster = shipped()[0][SLUG], national_roster(province)
    catalogue = Catalogue({SLUG: circular.form}, roster.organisations, roster.reporters)
    found = Found()
    for contact in roster.contacts:
        replies = {"แบบ.xlsx": _filled(circular, roster, contact), "รายชื่อ.csv": _own_list(circular, roster, contact)}
        for name, data in replies.items():
            request = FileRequest(catalogue, SLUG, contact.reporter.key)
            found.wrong += _otherwise(contact, name, read_file(name, data, request))
        found.reporters += 1
        found.organisations += len(contact.reporter.organisations)
    return found


def _filled(circular: Circular, roster: Roster, contact: Contact) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(blank_form(circular, roster, contact.reporter.key)))
    sheet = book.worksheets[0]
    names = {roster.by_code[code].printed_name for code in contact.reporter.organisations}
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, 2).value in names:
            for column in range(len(circular.form.asked)):
                sheet.cell(row, 3 + column, YES)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _own_list(circular: Circular, roster: Roster, contact: Contact) -> bytes:
    """A table of the district's own, with short names that say nothing of where the organisation lies."""
    out = io.StringIO()
    table = csv.writer(out)
    asked = circular.form.asked
    table.writerow(["ที่", "ชื่อ อปท.", *(f"{question.group} {question.label}" for question in asked)])
    for number, code in enumerate(contact.reporter.organisations, 1):
        table.writerow([number, roster.by_code[code].short_name, *[YES] * len(asked)])
    return out.getvalue().encode()


def _otherwise(contact: Contact, name: str, reading: Reading) -> list[str]:
    answered = {answer.organisation for answer in reading.standing()}
    left = set(contact.reporter.organisations) - answered
    strange = answered - set(contact.reporter.organisations)
    if reading.outcome is Outcome.ACCEPTED and not left and not strange:
        return []
    said = "; ".join(dict.fromkeys(finding.message for finding in reading.findings))
    return [
        f"{contact.reporter.name}, {name}: {reading.outcome}, left {sorted(left)}, strange {sorted(strange)}: {said}"
    ]


def main(names: list[str]) -> int:
    began, wrong = time.monotonic(), 0
    total = Found()
    for province in names or list(provinces()):
        found = read_province(province)
        total.reporters += found.reporters
        total.organisations += found.organisations
        wrong += len(found.wrong)
        for line in found.wrong:
            print(f"{province}: {line}")
    took = time.monotonic() - began
    print(
        f"{len(names) or len(provinces())} provinces, {total.reporters} reporters, {total.organisations} organisations: "
        f"{2 * total.reporters} replies in {took:.0f} s, {wrong} read otherwise than written"
    )
    return min(wrong, 1)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
