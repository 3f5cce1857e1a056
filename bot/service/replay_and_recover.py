"""Mending what went wrong: reading a mail anew, taking back what lies in the folders after the books were restored.

Joins books, mailbox and office for the operator's commands; the daemon does none of this by itself.
"""

import dataclasses
import datetime
import hashlib
from collections.abc import Iterable

import structlog

from bot.documents.mail.attachments import Desk
from bot.documents.mail.render import render
from bot.office.decision import Decision
from bot.office.letters.letter import Letter
from bot.office.model.outcomes import AFTER_CLOSING
from bot.office.model.received_mail import Arrival
from bot.office.plan.district_letter_draft import signing_due
from bot.office.plan.due import is_open, reminders_due
from bot.office.rules.decide import decide
from bot.post.settings import ImapSettings
from bot.post.transports import mailbox_of
from bot.service import clock_tick, handle_mail
from bot.service.context import House
from bot.service.facts_of_mail import case_of
from bot.service.mails_since import arrived
from bot.service.record_decision import record
from parsers.findings import Finding, Severity

log = structlog.get_logger()

AGAIN = "แจ้งผลการอ่านใหม่ (แทนฉบับก่อน): "
SKIPPED = "books restored; it may have been sent before"


class NotReplayableError(Exception):
    """The mail cannot be read anew; the sentence says why."""


def replay(house: House, message: int, now: datetime.datetime) -> Decision | None:
    """Read a mail anew and put what it says now in the place of what it said; None when nothing is different.

    The sender hears of a change by a receipt that says so. Raises LookupError for an unknown number, NotReplayableError.
    """
    mail = house.books.kept(message)
    if not mail.raw:
        raise NotReplayableError(f"the bytes of mail {message} were cleared; ask the sender to send it again")
    state = next(line.state for line in house.books.mails() if line.id == message)
    if state == "received":
        raise NotReplayableError(f"mail {message} has not been decided yet; the bot takes it up by itself")
    decision = decide(case_of(house, mail, now, afresh=True))
    if decision.approval or decision.registered or decision.resolutions:
        raise NotReplayableError(f"mail {message} is a staff reply; a reply acts once and is not replayed")
    if decision.outcome == AFTER_CLOSING and state == "decided":
        raise NotReplayableError(f"the round of mail {message} is closed; `ruam reopen {decision.circular}` first")
    if _same(house, message, decision):
        return None
    number = house.books.replays(message) + 1
    decision = dataclasses.replace(decision, letters=tuple(_again(letter, number) for letter in decision.letters))
    decision = handle_mail.with_copies(house, decision, mail.raw)
    desk = Desk(house.bureau.office, house.bureau.roster, house.books.secret, now)
    letters = [render(letter, desk) for letter in decision.letters]
    house.books.decide_again(decision, letters, message=message, now=now)
    log.info("replayed", action="replay", message=message, state=decision.state, outcome=decision.outcome)
    return decision


def _same(house: House, message: int, decision: Decision) -> bool:
    """Whether the books already say what the new reading says."""
    line = next(line for line in house.books.mails() if line.id == message)
    if (line.state, line.circular) != (decision.state, decision.circular):
        return False
    said = {(a.organisation, a.question): a.value for a in house.books.said(message)}
    now_said = {(a.organisation, a.question): a.value for a in decision.answers}
    return said == now_said and _of_itself(house.books.findings(message)) == _of_itself(decision.findings)


def _of_itself(findings: Iterable[Finding]) -> list[Finding]:
    """What was found in the mail; which figures are asked after depends on what others have said since."""
    return [found for found in findings if found.severity is not Severity.QUERY]


def _again(letter: Letter, number: int) -> Letter:
    """The same letter as one more of its kind, since the first went out long ago and says the old things."""
    return dataclasses.replace(letter, occasion=f"{letter.occasion}-r{number}", subject=f"{AGAIN}{letter.subject}")


def recover(house: House, imap: ImapSettings, now: datetime.datetime) -> int:
    """Take in every mail of the bot's own folders that the books do not know; how many. Raises PostError.

    Needed after a restore: what was filed away since the backup lies in no inbox any more.
    """
    with mailbox_of(imap) as mailbox:
        mailbox.ensure_folders()
        folders = tuple(mailbox.shelves().values())
    found = 0
    for folder in folders:
        with mailbox_of(imap.model_copy(update={"folder": folder})) as shelf:
            present = shelf.uids()
            known = house.books.known_uids(imap.folder, shelf.uidvalidity(), present) if shelf.keeps_uids else set()
            for fetched in shelf.fetch(uid for uid in present if uid not in known):
                if house.books.knows(hashlib.sha256(fetched.raw).hexdigest()):
                    continue
                at = arrived(fetched.at, now)
                arrival = Arrival(folder, shelf.uidvalidity(), fetched.uid, fetched.raw, at, fetched.size)
                found += house.books.recover(arrival, now)
                log.info("recovered", action="recover", folder=folder, uid=fetched.uid, size=fetched.size)
    return found


def skip_steps(house: House, now: datetime.datetime) -> int:
    """Enter the steps of the plan that fell due and are not in the ledger as skipped; how many.

    After a restore: who was reminded since the backup was made is not known, and nobody is reminded twice.
    """
    skipped = 0
    for standing in clock_tick.standings(house):
        ledger = house.books.ledger(standing.circular.slug)
        due = [signing_due(house.bureau, standing, ledger, now)]
        due += [reminders_due(house.bureau, standing, ledger, now)] if is_open(standing, now) else []
        for decision in filter(None, due):
            entries = tuple(dataclasses.replace(entry, action="skipped", ground=SKIPPED) for entry in decision.ledger)
            record(house, dataclasses.replace(decision, letters=(), ledger=entries), None, now)
            skipped += len(entries)
    return skipped
