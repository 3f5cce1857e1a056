"""The outbox's side of the road: letters claimed, handed over, settled; retries and what staff hear of a report.

Owns the pauses and the lifetime of a letter. How far a letter got is the post room's to say, what may be repeated the books'.
"""

import datetime
from collections.abc import Iterator

import structlog

from bot.house import House, record
from bot.office.briefing import sent_notice, stuck_notice
from bot.office.decision import Decision
from bot.office.letters import LetterKind
from bot.office.records import Attempt, DueLetter, LetterState
from bot.post.errors import PostError
from bot.post.outbox import Outbox, Outgoing, Result

log = structlog.get_logger()

SEND_LEASE = datetime.timedelta(minutes=15)  # longer than the outbox waits for any one answer
FIRST_RETRY = datetime.timedelta(minutes=5)  # Postfix's minimal_backoff_time
LONGEST_RETRY = datetime.timedelta(seconds=4000)  # Postfix's maximal_backoff_time
LIFETIME = datetime.timedelta(days=5)  # Postfix's maximal_queue_lifetime


def send(house: House, outbox: Outbox, now: datetime.datetime) -> int:
    """Send every letter that is due; the number sent.

    Each is claimed only when its turn comes, so a bot that dies leaves one letter in doubt, not all that were due. Raises
    PostError when the server is away; the letter not handed over by then is deferred, not in doubt.
    """
    sent = 0
    waiting: dict[int, DueLetter] = {}

    def due() -> Iterator[Outgoing]:
        while claimed := house.books.claim(now, 1, SEND_LEASE):
            waiting.update({letter.id: letter for letter in claimed})
            yield from (Outgoing(letter.id, letter.sender, letter.recipients, letter.raw) for letter in claimed)

    try:
        for number, result in outbox.deliver(due()):
            letter = waiting.pop(number)
            house.books.settle(letter, attempt_of(letter, result, now), now)
            sent += result.state == "sent"
            _tell_of_report(house, letter, result, now)
            log.info("sent", action="send", letter=number, kind=letter.kind, state=result.state, detail=result.detail)
    except PostError as error:
        for letter in waiting.values():
            house.books.settle(letter, attempt_of(letter, Result("deferred", str(error)), now), now)
        raise
    return sent


def _tell_of_report(house: House, letter: DueLetter, result: Result, now: datetime.datetime) -> None:
    """Staff hear at once whether the report reached the department's server."""
    circular = house.bureau.circulars.get(
        letter.message_id.partition(".")[0]
    )  # a Message-ID of ours begins with the slug
    if letter.kind != LetterKind.REPORT or circular is None or result.state == "deferred":
        return
    if result.state == "sent" and not result.refused:
        by = next((draft.approved_by for draft in house.books.drafts(circular.slug) if draft.dispatched), "")
        told = sent_notice(house.bureau, circular, by)
    else:
        told = stuck_notice(house.bureau, circular, result.detail)
    record(house, Decision(outcome=f"report-{result.state}", circular=circular.slug, letters=(told,)), None, now)


def attempt_of(letter: DueLetter, result: Result, now: datetime.datetime) -> Attempt:
    """What the books should hold of one try: a deferral gets its next moment, or ends when its lifetime is over."""
    state = LetterState(result.state)
    refused = dict(result.refused)
    remaining = tuple(result.deferred) or (letter.recipients if state is LetterState.DEFERRED else ())
    if state is LetterState.DEFERRED and now - letter.queued > LIFETIME:
        return Attempt(LetterState.FAILED, result.detail, refused | dict(result.deferred))
    if remaining and state in {LetterState.SENT, LetterState.DEFERRED}:
        return Attempt(LetterState.DEFERRED, result.detail, refused, now + backoff(letter.attempt), remaining)
    # An unknown letter may be repeated once, under the same Message-ID; the books never repeat a report.
    return Attempt(
        state, result.detail, refused, now + backoff(letter.attempt) if state is LetterState.UNKNOWN else None
    )


def backoff(attempt: int) -> datetime.timedelta:
    """The pause after the n-th failed try: 5, 10, 20, ... minutes, at most about an hour, as Postfix does."""
    doublings: int = 2 ** min(attempt - 1, 10)
    return min(FIRST_RETRY * doublings, LONGEST_RETRY)
