"""The way of one received mail: claimed from the books, read, decided, recorded. Work for the desk in batches.

While one is decided, those that come next are being read already. A mail on which a step fails is left for the next pass, and after some tries parked; the others go on.
"""

import contextlib
import dataclasses
import datetime
from collections.abc import Callable, Collection, Container
from typing import Any

import structlog

from bot.documents.marked_copy.marked_workbook import marked_copy
from bot.office.decision import Decision
from bot.office.letters.enclosures import Enclosure, MarkedCopy
from bot.office.model.received_mail import Inboxed, MessageState
from bot.office.rules.decide import decide
from bot.office.rules.mail_put_aside import TRIES
from bot.service.context import House
from bot.service.current_bureau import current
from bot.service.facts_of_mail import Known, addresses_known, case_of
from bot.service.read_ahead import Hand
from bot.service.record_decision import record
from bot.store.database_errors import BooksAwayError, BooksBrokenError
from parsers.child_process.sandbox import SandboxClosed
from parsers.reading import Reading

log = structlog.get_logger()

BATCH = 50  # mails taken up at once
READ_LEASE = datetime.timedelta(minutes=20)  # longer than the slowest mail takes; a dead reader's ends at once
RETRY = datetime.timedelta(minutes=1)  # after the first failure; each further one waits five times as long


def work(house: House, now: datetime.datetime) -> list[Decision]:
    """Read and decide the mails received so far, at most a batch, in turn; the decisions taken."""
    house = current(house, now)
    with contextlib.closing(Hand(house)) as hand:
        return _work(house, hand, now)


def _work(house: House, hand: Hand, now: datetime.datetime) -> list[Decision]:
    decided: list[Decision] = []
    known, left = addresses_known(house), BATCH
    while True:
        message = None
        try:
            left -= _take_up(house, hand, known, left, now)
            if not hand:
                break
            message, read = hand.next()
            decided.append(handle(house, message, now, read))
        except (SandboxClosed, BooksAwayError) as error:  # the machine's trouble, not the mails': try again later
            later = "tried again with the next pass"
            log.warning("desk interrupted", action="decide", error=str(error), next_step=later)
            _give_back(house, [*([message.id] if message else ()), *hand], counts=False)
            break
        except BooksBrokenError:
            raise
        except Exception as error:
            later = "tried again, then parked"
            log.exception("mail failed", action="decide", message=message and message.id, next_step=later)
            if message is None:
                _give_back(house, list(hand), counts=False)
                break
            last = message.failures + 1 >= TRIES  # then it is parked at once
            pause = RETRY * 5 ** min(message.failures, 1)
            _give_back(house, [message.id], error=type(error).__name__, until=None if last else now + pause)
    return decided


def _take_up(house: House, hand: Hand, known: Container[str], most: int, now: datetime.datetime) -> int:
    """Claim the mails whose turn comes next, as many as the hand has room for; how many."""
    taken = 0
    while taken < most and hand.room:
        house.books.sort_mails(known)  # each time: who came meanwhile shall not wait for the whole batch
        message = house.books.claim_mail(now, READ_LEASE, list(hand))
        if message is None:
            break
        hand.take_up(message)
        taken += 1
    return taken


def _give_back(house: House, messages: Collection[int], **how: Any) -> None:
    """End the claims on mails; when not even that can be written, the next claim of ours finds them."""
    with contextlib.suppress(BooksAwayError):
        for message in messages:
            house.books.give_back(message, **how)


def handle(
    house: House, message: Inboxed, now: datetime.datetime, read: Callable[[Known], Reading] | None = None
) -> Decision:
    """Read, decide and record one mail; ``read`` gives its reading where that was begun before."""
    house.pulse.beat()
    house = current(house, now)
    case = case_of(house, message, now, read)
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
