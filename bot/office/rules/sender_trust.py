"""Whom to believe: on what ground a mail counts, and for whom it may speak. Pure.

Addresses are compared whole and exactly: a plus-address, a look-alike domain or a display name is nobody we know. The
identity is the From address; a Sender header may name whoever typed the mail and changes nothing.
"""

import dataclasses
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher
from enum import StrEnum

from bot.office.decision import Facts
from bot.office.letters.letter import TO_REPORTERS
from bot.office.model.address_mark import AddressMark, AddressStanding
from bot.office.model.bureau import Bureau
from bot.office.model.received_mail import Inboxed, Verdict
from bot.office.model.sent_letter import SentLetter
from parsers.reading import Catalogue, Reading, Reporter

ALIKE = 0.88  # of 1; one or two letters changed in an address


class Ground(StrEnum):
    """Why a mail counts."""

    VOUCHED = "vouched"  # staff accepted it
    ADDRESS = "address"  # the address is known and the receiving server does not speak against it
    REFERENCE = "reference"  # it answers a letter whose reference only its reader has
    NOTHING = ""


def known_to(catalogue: Catalogue, accepted: Iterable[AddressMark]) -> Catalogue:
    """The catalogue with the addresses that staff accepted beside those of the roster."""
    further: dict[str, tuple[str, ...]] = {}
    for mark in accepted:
        further[mark.reporter] = (*further.get(mark.reporter, ()), mark.address)
    if not further:
        return catalogue
    reporters = tuple(
        dataclasses.replace(reporter, addresses=(*reporter.addresses, *further[reporter.key]))
        if reporter.key in further
        else reporter
        for reporter in catalogue.reporters
    )
    return dataclasses.replace(catalogue, reporters=reporters)


def in_roster(bureau: Bureau, address: str) -> bool:
    """Whether the roster names this address as a reporter's."""
    return bool(address) and any(address in map(str.casefold, r.addresses) for r in bureau.roster.reporters)


def reporter_at(bureau: Bureau, address: str) -> Reporter | None:
    """The first reporter whose address this is by the roster."""
    return next((one for one in bureau.roster.reporters if address in map(str.casefold, one.addresses)), None)


def is_known(bureau: Bureau, address: str, mark: AddressMark | None) -> bool:
    """Whether the address is a reporter's, by the roster or by what staff said, or a staff member's."""
    accepted = mark is not None and mark.standing is AddressStanding.ACCEPTED and mark.reporter in bureau.roster.by_key
    return accepted or address in bureau.office.staff or in_roster(bureau, address)


def addresses_of(bureau: Bureau, key: str | None, accepted: Iterable[AddressMark] = ()) -> tuple[str, ...]:
    """Where a reporter is known to be reached: its own addresses, else those of the reporter who has its organisations."""
    reporter = bureau.roster.by_key.get(key or "")
    if reporter is None:
        return ()
    added = (mark.address for mark in accepted if mark.reporter == reporter.key)
    own = tuple(dict.fromkeys(map(str.casefold, (*reporter.addresses, *added))))
    if own:
        return own
    wider = (c.reporter for c in bureau.roster.contacts if set(reporter.organisations) < set(c.reporter.organisations))
    return next((tuple(map(str.casefold, each.addresses)) for each in wider if each.addresses), ())


def ground(bureau: Bureau, reading: Reading, facts: Facts, message: Inboxed) -> Ground:
    """Why the mail counts as a report, if it does."""
    sender = reading.mail.sender if reading.mail else ""
    if message.vouched_by:
        return Ground.VOUCHED
    if facts.verdict is not Verdict.FAIL and (reading.known or is_known(bureau, sender, facts.mark)):
        return Ground.ADDRESS
    return Ground.REFERENCE if referred(bureau, reading, facts) else Ground.NOTHING


def speaks_for(bureau: Bureau, reading: Reading, facts: Facts, message: Inboxed) -> str | None:
    """Key of the reporter for whom the mail has to be read, when its address does not say it; None to leave it.

    By a reference a mail speaks for the reporter to whom that letter went and for nobody else, whoever hands it in.
    """
    match ground(bureau, reading, facts, message):
        case Ground.VOUCHED:
            return message.vouched_for or None
        case Ground.REFERENCE:
            letter = referred(bureau, reading, facts)
            return letter.addressee if letter else None
    return None


def referred(bureau: Bureau, reading: Reading, facts: Facts) -> SentLetter | None:
    """The letter to a reporter that the mail answers, about the same circular: a reply proves that its writer has it. An address that staff refused has none.

    Of several, the one that went to the reporter whom the form names; else the one answered directly.
    """
    if facts.mark is not None and facts.mark.standing is AddressStanding.REFUSED:
        return None
    held = [
        letter
        for letter in facts.answered
        if letter.kind in TO_REPORTERS
        and letter.addressee in bureau.roster.by_key
        and letter.is_about(reading.circular)
    ]
    named = [letter for letter in held if letter.addressee == reading.reporter]
    return next(iter((*named, *held)), None)


def claimed(bureau: Bureau, reading: Reading) -> str:
    """Key of the reporter in whose name the mail speaks: by its form, else the smallest who owns all that it answers."""
    if reading.reporter:
        return reading.reporter
    codes = {answer.organisation for answer in reading.answers}
    owners = [r for r in bureau.roster.reporters if codes and codes <= set(r.organisations)]
    return min(owners, key=lambda r: len(r.organisations)).key if owners else ""


def alike(bureau: Bureau, sender: str, sender_name: str, accepted: Collection[str] = ()) -> str:
    """A known address for which this one may be mistaken: nearly the same letters, or shown as its display name.

    An address that is known itself is mistaken for none.
    """
    known = {address.casefold() for r in bureau.roster.reporters for address in r.addresses}
    known |= {*bureau.office.staff, bureau.office.address.casefold(), *accepted}
    if sender in known:
        return ""
    shown = [address for address in known if address in sender_name.casefold()]
    near = [(SequenceMatcher(None, sender, address).ratio(), address) for address in known]
    ratio, nearest = max(near, default=(0.0, ""))
    return next(iter(sorted(shown)), nearest if ratio >= ALIKE else "")
