"""What trust is decided from, fetched: the receiving server's word, what staff said of an address, the mail a command means.

Decides nothing: ``bot.office.rules.sender_trust`` does.
"""

import dataclasses
import datetime

from bot.office.decision import Facts
from bot.office.letters.letter import LetterKind
from bot.office.model.records import Inboxed, KeptMail, Verdict
from bot.office.rules.commands import order_in
from bot.office.rules.moderation import DEPARTMENT_WORDS, HELD, IMPOSTOR
from bot.office.rules.sender_trust import known_to, speaks_for
from bot.post.authentication_results import judge
from bot.service.context import House
from parsers.reading import Catalogue, Mail, Reading

HOUR = datetime.timedelta(hours=1)


def catalogue(house: House) -> Catalogue:
    """What reading needs to know, the addresses that staff accepted included."""
    return known_to(house.bureau.catalogue(), house.books.accepted())


def addresses_known(house: House) -> frozenset[str]:
    """The addresses, in lower case, of all whom the office knows: reporters, staff, departments, whom staff accepted."""
    bureau = house.bureau
    named = [address for reporter in bureau.roster.reporters for address in reporter.addresses]
    named += bureau.office.staff
    named += [address for one in bureau.circulars.values() for address in (*one.department.to, *one.department.cc)]
    named += [mark.address for mark in house.books.accepted()]
    return frozenset(address.casefold() for address in named)


def with_trust(house: House, facts: Facts, reading: Reading, message: Inboxed, now: datetime.datetime) -> Facts:
    """The facts with all that bears on whether the mail is believed."""
    mail = reading.mail
    if mail is None:
        return facts
    verdict, doubt = verdict_on(house, mail, message)
    return dataclasses.replace(
        facts,
        verdict=verdict,
        doubt=doubt,
        mark=house.books.standing_of([mail.sender]).get(mail.sender),
        kept=_meant(house, reading, facts),
        asked=house.books.notices_since(now - HOUR, (HELD, IMPOSTOR, DEPARTMENT_WORDS)),
        secret=house.books.secret,
        accepted=tuple(house.books.accepted()),
    )


def verdict_on(house: House, mail: Mail, message: Inboxed) -> tuple[Verdict, str]:
    """What the receiving server makes of the sender, with its ground. Never raises."""
    judged = judge(message.raw, house.authserv_id)
    verdict = Verdict(judged.verdict.value)
    if mail.sender and verdict is not Verdict.FAIL and judged.sender != mail.sender:
        return Verdict.FAIL, "the sender read is not the one judged"
    return verdict, judged.reason


def _meant(house: House, reading: Reading, facts: Facts) -> KeptMail | None:
    """The mail that a staff mail is about: the one whose question it answers; by number, in an answer to a digest."""
    mail = reading.mail
    if mail is None or mail.sender not in house.bureau.office.staff:
        return None
    asked = [
        letter.occasioned_by
        for letter in facts.answered
        if letter.kind == LetterKind.NOTICE and letter.occasion.endswith(HELD) and letter.occasioned_by is not None
    ]
    order = order_in(mail.text)
    number = order.number if order else None
    if number is None:
        return house.books.held_mail(asked[0]) if asked else None
    if number in asked or any(letter.kind == LetterKind.DIGEST for letter in facts.answered):
        return house.books.held_mail(number)
    return None


def read_for(house: House, reading: Reading, facts: Facts, message: Inboxed, known: Catalogue) -> Reading:
    """The reading, anew for whom the mail speaks when its address does not say so. Raises SandboxClosed."""
    key = speaks_for(house.bureau, reading, facts, message)
    if key is None or (key == reading.reporter and reading.known):
        return reading
    return house.sandbox.read_message(message.raw, known, reading.circular, key)
