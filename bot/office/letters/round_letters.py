"""Letters that tell reporters of a change in a round: a new deadline, an exemption, its end. Values only."""

import dataclasses
import datetime

from bot.office.letters.enclosures import BlankForm
from bot.office.letters.letter import Asking, Letter, LetterKind, as_written
from bot.office.letters.request_and_reminder import in_form, owed_lines
from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.model.circular_standing import Standing
from bot.office.model.letter_effects import EXTENDED
from bot.office.model.owed import owed_by
from bot.office.model.roster import Contact
from bot.office.model.round_change import RoundChange


def extension_letter(
    bureau: Bureau, then: tuple[Circular, Circular], contact: Contact, standing: Standing, change: RoundChange
) -> Letter:
    """The new deadline, why, and what is still owed, with the form. ``then``: the circular as it held, and as it holds now."""
    reporter, (before, after) = contact.reporter, then
    owed = owed_by(after, bureau.roster, standing.known, reporter.organisations)
    form = BlankForm(after, reporter.key, in_form(after, reporter, standing), stand=standing.stand)
    return Letter(
        kind=LetterKind.EXTENSION,
        circular=after.slug,
        addressee=reporter.key,
        occasion=change.occasion,
        to=reporter.addresses,
        subject=f"เลื่อนกำหนดการรายงาน{after.wording.subject} ({reporter.name})",
        view={
            "salutation": contact.salutation,
            "circular": after,
            "before": before.seen_by(reporter.key).deadlines.reporters,
            "deadline": after.deadlines.reporters,
            "why": change.why,
            "owed": owed_lines(bureau, after, owed, standing.answers_of(reporter)),
        },
        enclosures=(form,) if owed else (),
        asks=(Asking(after.slug, EXTENDED),) if owed else (),
    )


def exemption_letter(bureau: Bureau, after: Circular, contact: Contact, change: RoundChange) -> Letter:
    """That an organisation need not answer, and how many of the reporter's still have to."""
    return _about_one(bureau, after, contact, change)


def asked_again_letter(
    bureau: Bureau, after: Circular, contact: Contact, standing: Standing, change: RoundChange
) -> Letter:
    """That an organisation has to answer after all, with the form."""
    reporter = contact.reporter
    form = BlankForm(after, reporter.key, in_form(after, reporter, standing), stand=standing.stand)
    return dataclasses.replace(_about_one(bureau, after, contact, change), enclosures=(form,))


def _about_one(bureau: Bureau, after: Circular, contact: Contact, change: RoundChange) -> Letter:
    reporter, organisation = contact.reporter, bureau.roster.by_code[change.whom]
    exempted = change.whom in after.exempt
    headline = "ไม่ต้องรายงาน" if exempted else "ขอให้รายงาน"
    return Letter(
        kind=LetterKind.EXEMPTION,
        circular=after.slug,
        addressee=reporter.key,
        occasion=change.occasion,
        to=reporter.addresses,
        subject=f"{headline}{after.wording.subject} ({organisation.printed_short})",
        view={
            "salutation": contact.salutation,
            "circular": after,
            "organisation": organisation.printed_name,
            "exempted": exempted,
            "deadline": after.deadlines.reporters,
            "why": change.why,
            "others": len(after.asks(code for code in reporter.organisations if code != change.whom)),
        },
    )


def exempt_lines(bureau: Bureau, circular: Circular) -> list[tuple[str, str]]:
    """(short name, reason) of those that need not answer, in the roster's order."""
    return [
        (each.printed_short, as_written(circular.exempt[each.code]))
        for each in bureau.roster.organisations
        if each.code in circular.exempt
    ]


def extended_lines(bureau: Bureau, circular: Circular) -> list[tuple[str, datetime.datetime]]:
    """(name, deadline) of the reporters who have longer than the others, in the roster's order."""
    declared = (contact.reporter for contact in bureau.roster.contacts)
    return [(each.name, circular.extended[each.key]) for each in declared if each.key in circular.extended]
