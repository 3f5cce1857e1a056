"""The steps of the road, each idempotent, each claiming its work from the books: work, tick; ``bot.service.collect_and_file`` has the mailbox.

Nothing here decides anything: reading is the sandbox's, deciding the office's, bytes the documents'. A step that fails on
one mail or letter leaves that one for the next pass and goes on with the others.
"""

import contextlib
import dataclasses
import datetime
from typing import Any

import structlog

from bot.documents.marked_copy.marked_workbook import marked_copy
from bot.office.decision import Decision, Facts
from bot.office.letters.letter import Enclosure, MarkedCopy
from bot.office.model.received_mail import Inboxed, MessageState
from bot.office.model.standing import Standing
from bot.office.plan.district_letter_draft import signing_due
from bot.office.plan.due import REQUEST, digest_due, draft_due, is_open, last_digest, reminders_due
from bot.office.plan.outage import Outage, outage_due, with_health
from bot.office.plan.words_to_staff import NOTICE, words_due
from bot.office.rules.approval import waiting_due
from bot.office.rules.dead_letters import TRIES
from bot.office.rules.decide import decide
from bot.office.rules.withheld_mail import withheld_due
from bot.service.context import House, record
from bot.service.facts import HOUR, addresses_known, as_drafted, case_of, with_circular
from bot.store.troubles import BooksAwayError, BooksBrokenError
from parsers.sandbox import SandboxClosed

log = structlog.get_logger()

BATCH = 50  # mails taken up at once
READ_LEASE = datetime.timedelta(minutes=20)  # longer than the slowest mail takes; a dead reader's ends at once
RETRY = datetime.timedelta(minutes=1)  # after the first failure; each further one waits five times as long


def work(house: House, now: datetime.datetime) -> list[Decision]:
    """Read and decide the mails received so far, at most a batch; the decisions taken."""
    decided = []
    known = addresses_known(house)
    for _ in range(BATCH):
        message = None
        try:
            house.books.sort_mails(known)  # each time: who came meanwhile shall not wait for the whole batch
            message = house.books.claim_mail(now, READ_LEASE)
            if message is None:
                break
            decided.append(handle(house, message, now))
        except (SandboxClosed, BooksAwayError) as error:  # the machine's trouble, not the mail's: try again later
            later = "tried again with the next pass"
            log.warning("desk interrupted", action="decide", error=str(error), next_step=later)
            if message is not None:
                _give_back(house, message, counts=False)
            break
        except BooksBrokenError:
            raise
        except Exception as error:
            later = "tried again, then parked"
            log.exception("mail failed", action="decide", message=message and message.id, next_step=later)
            if message is None:
                break
            last = message.failures + 1 >= TRIES  # then it is parked at once
            pause = RETRY * 5 ** min(message.failures, 1)
            _give_back(house, message, error=type(error).__name__, until=None if last else now + pause)
    return decided


def _give_back(house: House, message: Inboxed, **how: Any) -> None:
    """End the claim on a mail; when not even that can be written, the next claim of ours finds it."""
    with contextlib.suppress(BooksAwayError):
        house.books.give_back(message.id, **how)


def handle(house: House, message: Inboxed, now: datetime.datetime) -> Decision:
    """Read, decide and record one mail."""
    house.pulse.beat()
    case = case_of(house, message, now)
    decision = with_copies(house, decide(case), message.raw)
    if decision.state is MessageState.RECEIVED:
        again_at = case.facts.stub.again_at if case.facts.stub else None
        house.books.await_whole(message.id, again_at or now, now)
        log.info("still to come", action="decide", message=message.id, next_step="fetched again in some minutes")
        return decision
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


def standings(house: House) -> list[Standing]:
    """How every circular stands."""
    books = house.books
    return [
        Standing(
            circular,
            books.answers(slug),
            books.last_mail(slug),
            books.drafts(slug),
            books.disagreements(slug),
            as_drafted(house, slug),
            books.secret,
            books.words_about(slug),
            books.registered(slug),
            books.was_taken(slug, REQUEST),
            books.stand(slug),
        )
        for slug, circular in house.bureau.circulars.items()
    ]


def tick(house: House, now: datetime.datetime, *, up_to_date: bool = True) -> None:
    """Do what the clock asks for: requests and reminders, drafts, the digest.

    ``up_to_date`` says that the mailbox was read lately and nothing waits to be decided. Otherwise only the digest goes out:
    whoever's answer lies unread must not be reminded, nor left out of a draft.
    """
    house.books.leave_no_trace()  # of the mails that were not to be kept; each tick, since somebody may be in the way
    everything = standings(house)
    for standing in everything:
        slug = standing.circular.slug
        if up_to_date:
            try:
                _take_steps(house, standing, now)
            except BooksBrokenError:
                raise
            except Exception:  # one circular's fault must not stop the others' clock
                log.exception("circular failed", action="tick", circular=slug, next_step="tried again in a minute")
    tell_words(house, now)
    mind_withheld(house, now)
    ledger = house.books.ledger("")
    running = [standing.circular.slug for standing in everything if is_open(standing, now)]
    troubles = house.books.troubles(last_digest(ledger, now), running)
    daily = digest_due(house.bureau, everything, troubles, ledger, now)
    _carry_out(house, with_health(daily, house.books.health(), now) if daily else None, now)


def _take_steps(house: House, standing: Standing, now: datetime.datetime) -> None:
    """What is due of one circular: its letter to be signed, before it opens; requests and reminders, draft, a report that waited."""
    bureau, books, slug = house.bureau, house.books, standing.circular.slug
    running = is_open(standing, now)
    if not running and now >= standing.circular.deadlines.opens:
        return  # over, so that its ledger need not be read
    ledger = books.ledger(slug)
    _carry_out(house, signing_due(bureau, standing, ledger, now), now)
    if not running:
        return
    _carry_out(house, reminders_due(bureau, standing, ledger, now), now)
    _carry_out(house, draft_due(bureau, standing, books.remarks(slug), now), now)
    if standing.drafts and standing.drafts[-1].waits:
        _carry_out(house, waiting_due(bureau, with_circular(house, slug, Facts()), now), now)


def tell_words(house: House, now: datetime.datetime) -> None:
    """Put before staff what people wrote in words: at once, and within an hour of that in the next letter."""
    untold = house.books.words_waiting()
    if untold and not house.books.notices_since(now - HOUR, (NOTICE,)):
        _carry_out(house, words_due(house.bureau, untold, now), now)


def mind_mailbox(
    house: House,
    now: datetime.datetime,
    started: datetime.datetime,
    patience: datetime.timedelta,
    trouble: str = "",
) -> None:
    """Let staff know when the mailbox has not been read for longer than ``patience``, and when it is read again.

    ``trouble`` is the kind that it met last.
    """
    health = house.books.health()
    outage = Outage(now - max(health.scanned or started, started) > patience, trouble)
    _carry_out(house, outage_due(house.bureau, health, house.books.ledger(""), now, away=outage), now)


def mind_withheld(house: House, now: datetime.datetime) -> None:
    """Let staff know of mails that the mailbox's server has not handed over for an hour."""
    if found := withheld_due(house.bureau, house.books.all_withheld(), now):
        decision, rows = found
        _carry_out(house, decision, now)
        house.books.told_of_withheld(rows, now)


def _carry_out(house: House, decision: Decision | None, now: datetime.datetime) -> None:
    if decision is not None:
        record(house, decision, None, now)
        log.info("ticked", action="tick", outcome=decision.outcome, circular=decision.circular)
