"""The letters, held mails and tasks that a mail is about, as the facts that its decision is taken from."""

import dataclasses
import datetime

from bot.office.decision import Facts
from bot.office.letters.letter import LetterKind
from bot.office.model.dispute import Dispute
from bot.office.model.received_mail import KeptMail
from bot.office.model.sent_letter import LetterFate
from bot.office.model.task import Task
from bot.office.rules.commands import order_in
from bot.office.rules.finish_task import tasks_meant
from bot.office.rules.not_ours import disputed_by, number_disputed
from bot.office.rules.occasions import DEPARTMENT_WORDS, HELD
from bot.office.rules.refused_command import IMPOSTOR
from bot.office.rules.report_in_doubt import letter_meant
from bot.office.rules.resend_command import LATELY, letters_meant
from bot.office.rules.said_back import SAID_BACK
from bot.service.context import House
from bot.service.facts_of_wish import address_wished, asker_of
from bot.service.letters_per_hour import HOUR
from parsers.reading import Mail


def on_letters(house: House, mail: Mail, facts: Facts, now: datetime.datetime) -> Facts:
    """The facts of the letters and held mails that the mail is about, and how much staff were asked lately."""
    return dataclasses.replace(
        facts,
        kept=_kept_mail(house, mail, facts),
        asked=house.books.notices_since(now - HOUR, (HELD, IMPOSTOR, DEPARTMENT_WORDS, SAID_BACK)),
        fates=_fates(house, mail, facts, now),
        tasks=_tasks(house, mail, facts),
        dispute=_dispute(house, mail, facts),
        asker=asker_of(house, mail, facts),
        about_address=address_wished(house, mail, facts),
        bounced=house.books.bounced() if mail.returned else {},
    )


def _kept_mail(house: House, mail: Mail, facts: Facts) -> KeptMail | None:
    """The mail that a staff mail is about: the one whose question it answers; by number, in an answer to a digest."""
    if mail.sender not in house.bureau.office.staff:
        return None
    asked = [
        letter.occasioned_by
        for letter in facts.answered
        if letter.kind == LetterKind.NOTICE and letter.occasion.endswith(HELD) and letter.occasioned_by is not None
    ]
    asked += [number for letter in facts.answered if (number := number_disputed(letter.occasion)) is not None]
    order = order_in(mail.text)
    number = order.number if order else None
    if number is None:
        return house.books.held_mail(asked[0]) if asked else None
    if number in asked or any(letter.kind == LetterKind.DIGEST for letter in facts.answered):
        return house.books.held_mail(number)
    return None


def _fates(house: House, mail: Mail, facts: Facts, now: datetime.datetime) -> tuple[LetterFate, ...]:
    """How the letters fare that a delivery report names, or of which a staff mail says whether they arrived or go again."""
    books = house.books
    if mail.returned:
        return tuple(books.fates(identifiers=mail.returned.identifiers))
    if mail.sender not in house.bureau.office.staff:
        return ()
    if report := letter_meant(mail, facts):
        return tuple(books.fates(numbers=report[:1]))
    numbers = letters_meant(mail, facts)
    if numbers is None:
        return ()
    wanted = numbers or books.failed_since(now - LATELY)
    return tuple(books.fates(numbers=wanted)) if wanted else ()


def _tasks(house: House, mail: Mail, facts: Facts) -> tuple[Task, ...]:
    """The tasks that a staff mail says are done."""
    meant = tasks_meant(mail, facts) if mail.sender in house.bureau.office.staff else None
    return tuple(task for number in meant or () if (task := house.books.task(number)))


def _dispute(house: House, mail: Mail, facts: Facts) -> Dispute | None:
    """What was said before of the mail whose receipt a reporter answers."""
    receipt = disputed_by(facts) if mail.sender not in house.bureau.office.staff else None
    return house.books.dispute(receipt.occasioned_by) if receipt and receipt.occasioned_by else None
