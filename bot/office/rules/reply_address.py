"""Whither an answer may go: to nobody but those to whom it belongs. Pure.

Reply-To is never followed. A mail that the receiving server disowns, one that a program passed on and one that a list
rewrote say nothing sure of where their writer is: their answer goes to the known addresses of the reporter alone.
"""

import re

from bot.office.rules.case import Case
from bot.office.rules.sender_trust import addresses_of, reporter_at
from parsers.reading import MACHINE_MADE

_PASSED_ON = re.compile(r"\s(?:via|ผ่าน(?:ทาง)?)\s", re.IGNORECASE)  # as lists write a name: "Long via saraban"


def answered_at(case: Case) -> tuple[str, ...]:
    """The addresses to which an answer to the mail goes; nobody where none is known."""
    mail = case.mail
    theirs = addresses_of(case.bureau, case.reading.reporter, case.facts.accepted)
    if case.disowned or (theirs and was_passed_on(case)):
        return theirs
    if case.of_somebody or not (mail.kind in MACHINE_MADE or _PASSED_ON.search(mail.sender_name)):
        return (mail.sender,)
    return theirs


def was_passed_on(case: Case) -> bool:
    """Whether staff let the mail in as another reporter's than the one from whose address it came."""
    mail, passer = case.mail, reporter_at(case.bureau, case.mail.sender)
    theirs = addresses_of(case.bureau, case.reading.reporter, case.facts.accepted)
    return bool(case.message.vouched_by) and passer is not None and mail.sender not in theirs and not case.by_staff


def told_besides(case: Case) -> tuple[str, ...]:
    """The reporter's known addresses, where something is recorded in its name from elsewhere and they are not answered."""
    theirs = addresses_of(case.bureau, case.reading.reporter, case.facts.accepted)
    return () if case.mail.sender in theirs or answered_at(case) == theirs else theirs


def may_have_copies(case: Case) -> bool:
    """Whether a marked copy may go with the answer: only to the roster, staff, and whom the letter that is answered reached."""
    theirs = addresses_of(case.bureau, case.reading.reporter, case.facts.accepted)
    reached = {address.casefold() for letter in case.facts.answered for address in letter.recipients}
    allowed = {*theirs, *case.bureau.office.staff, *reached}
    to = answered_at(case)
    return case.of_somebody or all(address in allowed for address in to)
