"""The steps of the road, each idempotent, each claiming its work from the books: collect, work, tick, file away.

Nothing here decides anything: reading is the sandbox's, deciding the office's, bytes the documents'. A step that fails on
one mail or letter leaves that one for the next pass and goes on with the others.
"""

import dataclasses
import datetime

import structlog

from bot.documents.marked import marked_copy
from bot.house import House, record
from bot.office.briefing import Standing
from bot.office.decide import decide
from bot.office.decision import Decision, Facts
from bot.office.due import digest_due, draft_due, is_open, last_digest, reminders_due
from bot.office.letters import Enclosure, MarkedCopy
from bot.office.records import Arrival, Inboxed, MessageState
from bot.post.errors import Refused
from bot.post.mailbox import Mailbox, Shelf
from bot.store.database import BooksAwayError
from parsers.reading import Reading
from parsers.sandbox import SandboxClosed

log = structlog.get_logger()

ATTEMPTS = 3  # a mail that defeats the bot this often is parked for a person
BATCH = 50  # mails taken up at once
FOLDERS: dict[MessageState, Shelf] = {
    MessageState.DECIDED: "Done",
    MessageState.UNREADABLE: "Unreadable",
    MessageState.HELD: "Held",
}


def collect(house: House, mailbox: Mailbox) -> int:
    """Bring every new mail of the mailbox into the books; the number that was new. Raises PostError."""
    validity = mailbox.uidvalidity()
    known = house.books.known_uids(mailbox.settings.folder, validity)
    new = 0
    for fetched in mailbox.fetch(mailbox.scan(known)):
        arrival = Arrival(mailbox.settings.folder, validity, fetched.uid, fetched.raw, fetched.at, fetched.size)
        new += len(house.books.receive([arrival]))
        log.info("received", action="collect", uid=fetched.uid, size=fetched.size)
    for uid, words in mailbox.left_behind.items():
        log.warning(
            "not handed over", action="collect", uid=uid, error=words, next_step="asked for again with the next scan"
        )
    return new


def file_away(house: House, mailbox: Mailbox, now: datetime.datetime) -> int:
    """Move every decided mail from the inbox to its folder; the number moved. Raises PostError."""
    filings = house.books.to_file(mailbox.settings.folder, mailbox.uidvalidity())
    for filing in filings:
        where = FOLDERS[filing.state]
        try:
            mailbox.file_away(filing.uid, where)
        except Refused as error:  # this mail alone; it stays in the inbox and is tried again
            log.warning("not filed", action="file", message=filing.id, error=str(error), next_step=error.next_step)
            continue
        house.books.filed(filing.id, where, now)
        log.info("filed", action="file", message=filing.id, folder=where)
    return len(filings)


def work(house: House, now: datetime.datetime) -> list[Decision]:
    """Read and decide the mails received so far, at most a batch; the decisions taken."""
    decided = []
    for message in house.books.pending(BATCH):
        try:
            decided.append(handle(house, house.books.take(message), now))
        except (
            SandboxClosed,
            BooksAwayError,
        ) as error:  # the machine's trouble, not the mail's: stop, and try again later
            log.warning(
                "desk interrupted", action="decide", error=str(error), next_step="tried again with the next pass"
            )
            break
        except Exception:
            log.exception("mail failed", action="decide", message=message, next_step="tried again, then parked")
    return decided


def handle(house: House, message: Inboxed, now: datetime.datetime) -> Decision:
    """Read, decide and record one mail."""
    if message.attempts > ATTEMPTS:
        decision = Decision(MessageState.UNREADABLE, "parked", "ระบบอ่านจดหมายนี้ไม่สำเร็จหลายครั้ง โปรดเปิดดูด้วยตนเอง")
    else:
        reading = house.sandbox.read_message(message.raw, house.bureau.catalogue())
        decision = decide(house.bureau, reading, facts_for(house, reading, message, now), message, now)
        decision = with_copies(house, decision, message.raw)
    record(house, decision, message.id, now)
    log.info("decided", action="decide", message=message.id, state=decision.state, outcome=decision.outcome)
    return decision


def with_copies(house: House, decision: Decision, raw: bytes) -> Decision:
    """The decision with the marked copies of what ``raw`` carried, made in the sandbox. Raises SandboxClosed."""

    def made(enclosure: Enclosure) -> Enclosure:
        if not isinstance(enclosure, MarkedCopy):
            return enclosure
        wanted = (enclosure.file, enclosure.findings, enclosure.organisations)
        content = house.sandbox.run(marked_copy, raw, *wanted)
        if content is None:
            log.info("copy left out", action="mark", copy=enclosure.name, next_step="the letter goes without it")
        return dataclasses.replace(enclosure, content=content)

    letters = tuple(
        dataclasses.replace(letter, enclosures=tuple(map(made, letter.enclosures))) for letter in decision.letters
    )
    return dataclasses.replace(decision, letters=letters)


def facts_for(house: House, reading: Reading, message: Inboxed, now: datetime.datetime) -> Facts:
    """What the books know about the circular a reading names, its own or the one of the letter it answers."""
    answered = house.books.letters_with(reading.mail.references if reading.mail else ())
    drafted = next((letter.circular for letter in answered if letter.kind == "draft"), None)
    slug = drafted or reading.circular or next((letter.circular for letter in answered if letter.circular), None)
    if slug is None:
        slug = next((one.slug for one in house.bureau.only_open(now)), None)
    seen = house.books.seen_before(message.sha256, message.id)
    about = facts_of(house, slug) if slug else Facts()
    return dataclasses.replace(about, answered=answered, seen_before=seen)


def facts_of(house: House, slug: str) -> Facts:
    """What the books know about one circular."""
    books = house.books
    return Facts(books.answers(slug), books.remarks(slug), books.drafts(slug), disagreements=books.disagreements(slug))


def standings(house: House) -> list[Standing]:
    """How every circular stands."""
    books = house.books
    return [
        Standing(circular, books.answers(slug), books.last_mail(slug), books.drafts(slug), books.disagreements(slug))
        for slug, circular in house.bureau.circulars.items()
    ]


def tick(house: House, now: datetime.datetime, *, up_to_date: bool = True) -> None:
    """Do what the clock asks for: requests and reminders, drafts, the digest.

    ``up_to_date`` says that the mailbox was read lately and nothing waits to be decided. Otherwise only the digest goes out:
    whoever's answer lies unread must not be reminded, nor left out of a draft.
    """
    everything = standings(house)
    for standing in everything:
        slug = standing.circular.slug
        if up_to_date and is_open(standing, now):
            try:
                _carry_out(house, reminders_due(house.bureau, standing, house.books.ledger(slug), now), now)
                _carry_out(house, draft_due(house.bureau, standing, house.books.remarks(slug), now), now)
            except Exception:  # one circular's fault must not stop the others' clock
                log.exception("circular failed", action="tick", circular=slug, next_step="tried again in a minute")
    ledger = house.books.ledger("")
    troubles = house.books.troubles(last_digest(ledger, now))
    _carry_out(house, digest_due(house.bureau, everything, troubles, ledger, now), now)


def _carry_out(house: House, decision: Decision | None, now: datetime.datetime) -> None:
    if decision is not None:
        record(house, decision, None, now)
        log.info("ticked", action="tick", outcome=decision.outcome, circular=decision.circular)
