"""The roster that a staff mail brings back: read in the sandbox, and joined with the roster as it holds."""

import dataclasses

from bot.config.problems import ConfigError
from bot.config.roster_files import files_of
from bot.config.roster_folder import joined
from bot.config.roster_import import imported, request_of
from bot.config.thai_problems import in_thai
from bot.documents.roster.marked_roster import marked_in_mail
from bot.office.decision import Facts
from bot.office.model.received_mail import Inboxed, Verdict
from bot.office.model.taken_roster import MailedRoster, differing
from bot.service.context import House
from parsers.reading import MACHINE_MADE, Outcome, Reading
from parsers.rosters.entries import RosterReading

# What people fill in a roster's workbook with; lists in other formats are taken in at the shell.
FORMATS = frozenset({"xlsx", "xlsm", "xlsb", "xls", "xmlss", "ods", "fods", "csv"})


def with_roster(house: House, reading: Reading, facts: Facts, message: Inboxed) -> Facts:
    """The facts with the roster that a staff mail brings, where it brings one and no report. Raises SandboxClosed, Starved."""
    if not _may_bring(house, reading, facts, message):
        return facts
    names, found = house.sandbox.read_mail_roster(message.raw, request_of(house.bureau.roster))
    if not names:
        return facts
    mailed = MailedRoster(names, found.mistakes)
    if not found.usable:
        marked = house.sandbox.run(marked_in_mail, message.raw, names[0], found.mistakes)
        return dataclasses.replace(facts, roster=dataclasses.replace(mailed, marked=marked))
    return dataclasses.replace(facts, roster=_joined(house, mailed, found))


def _may_bring(house: House, reading: Reading, facts: Facts, message: Inboxed) -> bool:
    """Whether a mail may bring a roster: of staff, not disowned, new, with a table that is no report and no other paper."""
    mail = reading.mail
    if mail is None or mail.sender not in house.bureau.office.staff or mail.kind in MACHINE_MADE:
        return False
    if facts.verdict is Verdict.FAIL or facts.seen_before or message.vouched_by or message.oversize:
        return False
    other = facts.papers is not None or facts.scan is not None or reading.outcome is not Outcome.REJECTED
    return not other and any(file.format in FORMATS for file in reading.files)


def _joined(house: House, mailed: MailedRoster, found: RosterReading) -> MailedRoster:
    before = house.bureau.roster
    try:
        after = joined(*imported(files_of(before), before, found), mailed.names[0])
    except ConfigError as error:
        return dataclasses.replace(mailed, misfits=tuple(each.hint for each in in_thai(error).problems))
    declared = (house.declared or house.bureau).roster
    return dataclasses.replace(mailed, after=after, said=differing(declared, after))
