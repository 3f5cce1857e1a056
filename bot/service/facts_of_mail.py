"""One received mail made a Case: read, and all that its decision is taken from fetched by the keys that the reading names.

Decides nothing: ``bot.office.rules`` does.
"""

import dataclasses
import datetime
from collections.abc import Callable
from dataclasses import dataclass

from bot.documents.mail.too_large_letter import digests
from bot.office.decision import Facts
from bot.office.model.address_mark import AddressMark
from bot.office.model.ledger import REQUEST
from bot.office.model.queries import compares
from bot.office.model.received_mail import Inboxed, Stub, Talk, Verdict
from bot.office.rules.case import Case
from bot.office.rules.circular_meant import circular_meant, circulars_told
from bot.office.rules.district_letter_reply import is_about_letter, scan_named
from bot.office.rules.mail_put_aside import is_parked
from bot.office.rules.passed_on import strange_rows
from bot.office.rules.placeholder_mail import fetched_again_at
from bot.office.rules.sender_trust import known_to, speaks_for
from bot.post.authentication_results import judge
from bot.service.context import House
from bot.service.facts_of_circular import with_answers, with_circular
from bot.service.facts_of_letters import on_letters
from bot.service.facts_of_roster import with_roster
from bot.service.facts_of_wish import wish_answered, with_papers
from bot.store.envelope_headers import headers_of
from parsers.mail.attached_file import attached_file
from parsers.reading import Catalogue, Mail, Reading


@dataclass(frozen=True)
class Known:
    """What a mail is read by; all of it but the addresses that staff accepted stays while the bot runs."""

    catalogue: Catalogue
    accepted: tuple[AddressMark, ...]

    def alike(self, other: "Known") -> bool:
        """Whether a mail is read the same by both: the forms are those of one bureau, the same addresses accepted."""
        return self.accepted == other.accepted and self.catalogue.forms is other.catalogue.forms


def case_of(
    house: House,
    message: Inboxed,
    now: datetime.datetime,
    read: Callable[[Known], Reading] | None = None,
    *,
    afresh: bool = False,
) -> Case:
    """One mail, read, with the facts. Raises SandboxClosed. ``afresh``: as if neither it nor others had been seen before.

    ``read`` gives its reading where that was begun before. Of a mail that is to be parked only the headers are read, and only its sender is judged: the rest may be what fails.
    """
    if afresh:
        message = dataclasses.replace(message, attempts=1, failures=0)
    known = known_by(house)
    if is_parked(message):
        head = house.sandbox.read_message(headers_of(message.raw), known.catalogue)
        return Case(house.bureau, head, _on_sender(house, head.mail, message), message, now)
    reading = read(known) if read else house.sandbox.read_message(message.raw, known.catalogue)
    mail = reading.mail
    facts = _on_trust(house, mail, message, known.accepted)
    reading = _read_for(house, reading, facts, message, known.catalogue)
    with house.books.one_view():
        facts = _on_circular(house, reading, facts, now)
        if mail is not None:
            facts = on_letters(house, mail, facts, now)
        if not afresh:
            facts = _on_earlier_mails(house, mail, facts, message, now)
    if mail is not None:
        facts = _with_scan(house, reading, facts, message)
        facts = with_papers(house, mail, facts, message.raw, files=bool(reading.files))
        facts = with_roster(house, reading, facts, message)
    return Case(house.bureau, reading, facts, message, now)


def known_by(house: House) -> Known:
    """What reading needs to know, the addresses that staff accepted included."""
    accepted = tuple(house.books.accepted())
    return Known(known_to(house.bureau.catalogue(), accepted), accepted)


def addresses_known(house: House) -> frozenset[str]:
    """The addresses, in lower case, of all whom the office knows: reporters, staff, departments, whom staff accepted."""
    bureau = house.bureau
    named = [address for reporter in bureau.roster.reporters for address in reporter.addresses]
    named += bureau.office.staff
    named += [address for one in bureau.circulars.values() for address in (*one.department.to, *one.department.cc)]
    named += [mark.address for mark in house.books.accepted()]
    return frozenset(address.casefold() for address in named)


def _on_sender(house: House, mail: Mail | None, message: Inboxed) -> Facts:
    """What the receiving server makes of the sender, with its ground. Never raises."""
    if mail is None:
        return Facts()
    judged = judge(message.raw, house.authserv_id)
    verdict = Verdict(judged.verdict.value)
    if mail.sender and verdict is not Verdict.FAIL and judged.sender != mail.sender:
        return Facts(verdict=Verdict.FAIL, doubt="the sender read is not the one judged")
    return Facts(verdict=verdict, doubt=judged.reason)


def _on_trust(house: House, mail: Mail | None, message: Inboxed, accepted: tuple[AddressMark, ...]) -> Facts:
    """All that bears on whether the mail is believed, and for whom it speaks."""
    facts = dataclasses.replace(
        _on_sender(house, mail, message), answered=house.books.letters_with(mail.references if mail else ())
    )
    return dataclasses.replace(
        facts,
        wish=wish_answered(house, mail, facts) if mail else None,
        mark=house.books.standing_of([mail.sender]).get(mail.sender) if mail else None,
        accepted=accepted,
        secret=house.books.secret,
    )


def _read_for(house: House, reading: Reading, facts: Facts, message: Inboxed, known: Catalogue) -> Reading:
    """The reading, anew for whom the mail speaks when its address does not say so. Raises SandboxClosed."""
    key = speaks_for(house.bureau, reading, facts, message)
    if key is None or (key == reading.reporter and reading.known):
        return reading
    return house.sandbox.read_message(message.raw, known, reading.circular, key)


def _on_circular(house: House, reading: Reading, facts: Facts, now: datetime.datetime) -> Facts:
    """The facts of the circular that is meant."""
    slug = circular_meant(house.bureau, reading, facts, now)
    if slug is not None:
        facts = _of_circular(house, reading, facts, slug)
    told = circulars_told(house.bureau, reading, facts, now)
    return dataclasses.replace(facts, told={one: _of_circular(house, reading, facts, one) for one in told})


def _of_circular(house: House, reading: Reading, facts: Facts, slug: str) -> Facts:
    facts = dataclasses.replace(facts, about=slug)
    if reading.mail is None or reading.mail.sender not in house.bureau.office.staff:
        return with_answers(house, slug, facts, _concerned(house, reading, slug))
    return with_circular(house, slug, facts)


def _concerned(house: House, reading: Reading, slug: str) -> frozenset[str] | None:
    """The organisations that a mail speaks of or its sender answers for; None: all.

    All where nobody knows, where figures are compared, and where a form has as many rows as the longest list.
    """
    circular = house.bureau.circulars.get(slug)
    reporter = house.bureau.roster.by_key.get(reading.reporter or "")
    if reporter is None or circular is None or circular.form.listed or compares(circular.form):
        return None
    spoken_of = {answer.organisation for answer in reading.answers} | strange_rows(reading)
    return frozenset(reporter.organisations) | spoken_of


def _with_scan(house: House, reading: Reading, facts: Facts, message: Inboxed) -> Facts:
    """The facts with what came in answer to a letter that staff sign: its file, fetched in the sandbox. Raises SandboxClosed."""
    slug, mail = facts.slug or reading.circular or "", reading.mail
    if mail is None or mail.sender not in house.bureau.office.staff:
        return facts
    if slug not in house.bureau.circulars or not is_about_letter(mail, facts, slug):
        return facts
    requested = house.books.was_taken(slug, REQUEST)
    name = scan_named(reading)
    scan = house.sandbox.run(attached_file, message.raw, name) if name else None
    letters = [letter.message_id for letter in facts.answered] if scan else []
    return dataclasses.replace(facts, scan=scan, ours=digests(house.books.raw_letters(letters)), requested=requested)


def _on_earlier_mails(house: House, mail: Mail | None, facts: Facts, message: Inboxed, now: datetime.datetime) -> Facts:
    """The facts of what came before: the same mail, the sender's others, the placeholder that stands for this one."""
    books = house.books
    facts = dataclasses.replace(facts, seen_before=books.seen_before(message.sha256, message.id))
    if mail is None:
        return facts
    disowned = facts.verdict is Verdict.FAIL
    talk = books.talk(mail.sender, message.id, message.received, disowned=disowned) if mail.sender else Talk()
    stub = None
    if mail.placeholder:
        stub = Stub(books.came_again(message.id), fetched_again_at(books.stub_since(message.id), now))
    return dataclasses.replace(facts, talk=talk, stub=stub)
