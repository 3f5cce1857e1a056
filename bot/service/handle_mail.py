"""The way of one received mail: claimed from the books, read, decided, recorded. Work for the desk in batches.

A mail on which a step fails is left for the next pass, and after some tries parked; the others go on.
"""

import contextlib
import dataclasses
import datetime
from typing import Any

import structlog

from bot.documents.marked_copy.marked_workbook import marked_copy
from bot.office.decision import Decision
from bot.office.letters.enclosures import Enclosure, MarkedCopy
from bot.office.model.received_mail import Inboxed, MessageState
from bot.office.rules.decide import decide
from bot.office.rules.mail_put_aside import TRIES
from bot.service.context import House
from bot.service.facts_of_mail import addresses_known, case_of
from bot.service.record_decision import record
from bot.store.database_errors import BooksAwayError, BooksBrokenError
from parsers.child_process.sandbox import SandboxClosed

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
