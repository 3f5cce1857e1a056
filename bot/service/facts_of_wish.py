"""What the books know of the wish that a mail speaks of: one that it confirms, whose words it answers, an address that it names."""

import dataclasses

from bot.office.decision import Facts
from bot.office.model.address_mark import AddressMark
from bot.office.model.received_mail import Asker, Verdict
from bot.office.rules.answer_to_asker import words_answered
from bot.office.rules.said_back import reference_in
from bot.office.wishes.new_circular import asks_new_circular
from bot.office.wishes.slots import addresses_in
from bot.office.wishes.wish import Pending, Verb
from bot.service.context import House
from parsers.reading import Mail


def wish_answered(house: House, mail: Mail, facts: Facts) -> Pending | None:
    """The wish that was said back in the letter that a mail answers."""
    reference = reference_in(mail, facts)
    return house.books.wish(reference) if reference else None


def with_papers(house: House, mail: Mail, facts: Facts, raw: bytes, *, files: bool) -> Facts:
    """The facts with the department's papers, where a staff mail asks for a new circular or speaks of one that was proposed. Raises SandboxClosed."""
    if mail.sender not in house.bureau.office.staff or facts.verdict is Verdict.FAIL:
        return facts
    about = facts.wish is not None and facts.wish.wish.verb is Verb.NEW_CIRCULAR
    asks = files and (about or asks_new_circular(mail.text, mail.subject))
    if not asks and not about:
        return facts
    papers = house.sandbox.read_mail_papers(raw, house.bureau.roster.naming) if asks else None
    return dataclasses.replace(facts, papers=papers, slugs=house.books.slugs_taken())


def asker_of(house: House, mail: Mail, facts: Facts) -> Asker | None:
    """Whose words a staff mail answers, where it answers those of one."""
    told = words_answered(mail, facts) if mail.sender in house.bureau.office.staff else ()
    return house.books.asker(told[0]) if len(told) == 1 else None


def address_wished(house: House, mail: Mail, facts: Facts) -> AddressMark | None:
    """What staff said of the address that a wish is about, the wish of the mail or the one that it confirms."""
    named = facts.wish.wish.address if facts.wish else next(iter(addresses_in(mail.text)), "")
    return house.books.standing_of([named]).get(named) if named else None
