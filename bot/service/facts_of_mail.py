"""One received mail made a Case: read, and all that its decision is taken from fetched by the keys that the reading names.

Decides nothing: ``bot.office.rules`` does.
"""

import dataclasses
import datetime
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from bot.documents.mail.too_large_letter import digests
from bot.office.decision import Facts
from bot.office.letters.letter import STAFF, LetterKind
from bot.office.model.address_mark import AddressMark
from bot.office.model.dispute import Dispute
from bot.office.model.queries import compares
from bot.office.model.received_mail import Inboxed, KeptMail, Stub, Talk, Verdict
from bot.office.model.recorded_answer import Values
from bot.office.model.report_draft import Draft, Drafted, compared_with
from bot.office.model.sent_letter import LetterFate
from bot.office.model.task import Task
from bot.office.plan.due import REQUEST
from bot.office.rules.case import Case
from bot.office.rules.circular_meant import circular_meant, circulars_told
from bot.office.rules.commands import order_in
from bot.office.rules.district_letter_reply import is_about_letter, scan_named
from bot.office.rules.draft_declined import DECLINED, IN_SPITE
from bot.office.rules.finish_task import tasks_meant
from bot.office.rules.held_mail import DEPARTMENT_WORDS, HELD
from bot.office.rules.mail_put_aside import is_parked
from bot.office.rules.not_ours import disputed_by, number_disputed, says_not_ours
from bot.office.rules.placeholder_mail import fetched_again_at
from bot.office.rules.refused_command import IMPOSTOR
from bot.office.rules.report_in_doubt import letter_meant
from bot.office.rules.resend_command import LATELY, letters_meant
from bot.office.rules.said_back import SAID_BACK
from bot.office.rules.sender_trust import known_to, speaks_for
from bot.post.authentication_results import judge
from bot.service.context import House
from bot.service.facts_of_wish import address_wished, asker_of, wish_answered
from bot.store.envelope_headers import headers_of
from parsers.mail.attached_file import attached_file
from parsers.reading import Catalogue, Mail, Reading

HOUR = datetime.timedelta(hours=1)


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
            facts = _on_letters(house, mail, facts, now)
        if not afresh:
            facts = _on_earlier_mails(house, mail, facts, message, now)
    if mail is not None:
        facts = _with_scan(house, reading, facts, message)
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
        return _with_answers(house, slug, facts, _concerned(house, reading, slug))
    return with_circular(house, slug, facts)


def _concerned(house: House, reading: Reading, slug: str) -> frozenset[str] | None:
    """The organisations that a mail speaks of or its sender answers for; None: all.

    All where nobody knows, where figures are compared, and where a form has as many rows as the longest list.
    """
    circular = house.bureau.circulars.get(slug)
    reporter = house.bureau.roster.by_key.get(reading.reporter or "")
    if reporter is None or circular is None or circular.form.listed or compares(circular.form):
        return None
    return frozenset(reporter.organisations) | {answer.organisation for answer in reading.answers}


def _with_answers(house: House, slug: str, facts: Facts, of: Collection[str] | None = None) -> Facts:
    """The facts with what a reporter's mail about a circular is decided from."""
    reasons = house.books.reasons(slug)
    last = values_before(house, slug)
    return dataclasses.replace(
        facts,
        answers=house.books.answers(slug, reasons=reasons, before=last, of=of),
        reasons=reasons,
        last=last,
        drafts=house.books.drafts(slug),
        secret=house.books.secret,
    )


def with_circular(house: House, slug: str, facts: Facts) -> Facts:
    """The facts with all that the books know about one circular: staff alone may bring about a draft or a report."""
    books = house.books
    facts = _with_answers(house, slug, facts)
    return dataclasses.replace(
        facts,
        remarks=books.remarks(slug),
        drafts=books.with_newest_file(facts.drafts),
        disagreements=books.disagreements(slug),
        before=as_drafted(house, slug, facts.drafts),
        words=books.words_about(slug),
        shown=books.words_shown(slug),
        registered=books.registered(slug),
        stand=books.stand(slug),
        reports=books.reports_of(slug),
        requested=books.was_taken(slug, REQUEST),
        last_mail=books.last_mail(slug),
        declined=_declined(house, slug, facts.drafts),
    )


def _declined(house: House, slug: str, drafts: Sequence[Draft]) -> str:
    """Why staff turned the newest draft down; "" where nobody did, or who approves it was told of that."""
    version = drafts[-1].version if drafts else 0
    steps = {entry.step: entry.ground for entry in house.books.ledger(slug, STAFF)} if version else {}
    return "" if f"{IN_SPITE}{version}" in steps else steps.get(f"{DECLINED}{version}", "")


def as_drafted(house: House, slug: str, drafts: Sequence[Draft]) -> Drafted:
    """A circular as the report that went had it, or else the last of its drafts."""
    if (base := compared_with(drafts)) is None:
        return Drafted()
    books, made = house.books, base.made
    return Drafted(books.answers(slug, made, before=values_before(house, slug)), books.remarks(slug, made))


def values_before(house: House, slug: str) -> Values:
    """What was usual the time before; nothing where the circular follows none, or is not the office's any more."""
    circular = house.bureau.circulars.get(slug)
    return house.books.usual_values(circular.follows if circular else None)


def _on_letters(house: House, mail: Mail, facts: Facts, now: datetime.datetime) -> Facts:
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
    """What was said before of the mail whose receipt is answered with ไม่ใช่ของเรา."""
    receipt = disputed_by(facts) if says_not_ours(mail.text) else None
    return house.books.dispute(receipt.occasioned_by) if receipt and receipt.occasioned_by else None


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
