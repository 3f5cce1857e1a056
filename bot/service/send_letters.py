"""The outbox's side of the road: letters claimed, handed over, settled; retries, and what staff hear of a report.

How far a letter got is the post room's to say, what may be repeated the books', how long it is tried that of ``tries``.
"""

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import structlog
import tenacity

from bot.documents.mail.too_large_letter import left_out
from bot.office.decision import Decision
from bot.office.letters.amended_report import amended_number
from bot.office.letters.letter import STAFF, Letter, LetterKind
from bot.office.letters.notice import sent_notice, sent_occasion
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.circular import Circular
from bot.office.model.sent_letter import PUT_OFF, Attempt, DueLetter, LetterFate, LetterState
from bot.office.rules.bounces import Known, take_refusal
from bot.office.rules.refused_letters import account_notice, lighter
from bot.office.rules.report_in_doubt import occasion_of, stuck_notice
from bot.post.exceptions import PostError
from bot.post.smtp.refusals import OURS, STEPS, About
from bot.post.smtp.sending import Outgoing, Result
from bot.post.transports import AnyOutbox
from bot.service.context import House
from bot.service.current_bureau import current
from bot.service.letters_per_hour import CAPS, Caps, Hour
from bot.service.record_decision import record
from bot.service.tries import LIFETIME, attempt_of
from bot.service.withdraw_reminders import withdrawn
from bot.store.database_errors import BooksAwayError
from bot.store.outbox import Holding, Settled

log = structlog.get_logger()

SEND_LEASE = datetime.timedelta(minutes=15)  # longer than the outbox waits for any one answer
LOOK_PATIENCE = datetime.timedelta(minutes=30)  # how long a letter in doubt waits for a look into Sent
BOOKS_PATIENCE = 300  # seconds that a server's word is held on to while the books are away; below SEND_LEASE

Clock = Callable[[], datetime.datetime]


def send(house: House, outbox: AnyOutbox, now: datetime.datetime | Clock, caps: Caps = CAPS) -> int:
    """Send every letter that is due; the number sent. ``now`` is a clock, or the one moment at which all is to happen.

    Each is claimed only when its turn comes, so a bot that dies leaves one letter in doubt, not all that were due, and a
    letter's lease begins when it is taken, however long those before it took. Raises PostError when the server is away;
    the letter not handed over by then is deferred, not in doubt.
    """
    clock = now if callable(now) else lambda: now
    house = current(house, clock())
    sent = 0
    tell_of_reports(house, clock())
    batch = _Batch(house, Hour(house, caps, clock()), clock)
    try:
        for number, result in outbox.deliver(batch.due()):
            house.pulse.beat()
            letter = batch.heard(number, result)
            sent += result.state == "sent"
            if letter.kind == LetterKind.REPORT:
                batch.settle()
                tell_of_reports(house, clock())
            log.info("sent", action="send", letter=number, kind=letter.kind, state=result.state, detail=result.detail)
    except PostError as error:
        for number in list(batch.waiting):
            batch.heard(number, Result("deferred", str(error)))
        batch.settle()
        raise
    return sent


@dataclass
class _Batch:
    """The letters sent one after the other: what the server said of one is noted by the commit that claims the next."""

    house: House
    hour: Hour
    clock: Clock
    waiting: dict[int, DueLetter] = field(default_factory=dict)  # claimed, nothing heard of yet
    said: list[Settled] = field(default_factory=list)  # not yet in the books

    def due(self) -> Iterator[Outgoing]:
        """The letters whose turn has come, one claimed at a time; what is too many an hour is put off."""
        while claimed := self._next():
            for letter in claimed:
                if withdrawn(self.house, letter, self.clock()):
                    continue
                if until := self.hour.full(letter, self.clock()):
                    self.house.books.put_off(letter, until, PUT_OFF, self.clock())
                    step = f"at {until:%H:%M}"
                    log.info("put off", action="send", letter=letter.id, kind=letter.kind, next_step=step)
                    continue
                self.waiting[letter.id] = letter
                yield Outgoing(letter.id, letter.sender, letter.recipients, letter.raw)

    def heard(self, number: int, result: Result) -> DueLetter:
        """Take what the server said of a letter, and do what follows from it."""
        letter, now = self.waiting.pop(number), self.clock()
        _follow(self.house, letter, result, now)
        self.said.append((letter, attempt_of(letter, result, now, self.house.bureau.calendar), now))
        if result.state == "sent":
            self.hour.count(letter, now)
        return letter

    def settle(self) -> None:
        """Note what was heard, without claiming another letter."""
        while self.said:
            _note(self.house, *self.said[0])
            del self.said[0]

    def _next(self) -> list[DueLetter]:
        if not self.said:
            return _next_due(self.house, self.clock())
        claimed = _noted_and_next(self.house, self.clock(), tuple(self.said))
        self.said.clear()
        return claimed


def _log_retry(state: tenacity.RetryCallState) -> None:
    error = state.outcome.exception() if state.outcome else None
    log.warning("books away", action="settle", error=str(error), next_step="tried again in some seconds")


# Given up, a letter would be in doubt though we know what became of it.
_while_books_are_away = tenacity.retry(
    retry=tenacity.retry_if_exception_type(BooksAwayError),
    wait=tenacity.wait_exponential(multiplier=0.1, max=5),
    stop=tenacity.stop_after_delay(BOOKS_PATIENCE),
    before_sleep=_log_retry,
    reraise=True,
)


def _next_due(house: House, now: datetime.datetime, said: Sequence[Settled] = ()) -> list[DueLetter]:
    """The next letter that is due; what was ``said`` of the one before is noted with it."""
    quiet = not house.bureau.calendar.is_open(now)
    return house.books.claim(now, 1, SEND_LEASE, Holding(LOOK_PATIENCE, quiet), said)


@_while_books_are_away
def _noted_and_next(house: House, now: datetime.datetime, said: Sequence[Settled]) -> list[DueLetter]:
    house.pulse.beat()
    return _next_due(house, now, said)


@_while_books_are_away
def _note(house: House, letter: DueLetter, attempt: Attempt, at: datetime.datetime) -> None:
    """Note what was said of a letter, alone."""
    house.pulse.beat()
    house.books.settle(letter, attempt, at)


@_while_books_are_away
def _follow(house: House, letter: DueLetter, result: Result, now: datetime.datetime) -> None:
    """What follows from a server's word on a letter, beside what becomes of the letter itself."""
    house.pulse.beat()
    _follow_refusals(house, letter, result, now)
    _follow_size(house, letter, result, now)
    if result.about in OURS:
        _tell_of_account(house, result, now)


def _follow_refusals(house: House, letter: DueLetter, result: Result, now: datetime.datetime) -> None:
    """Mark addresses that the server says are dead, and write to the next ones.

    Done before the letter is settled, so that a bot that dies in between does it with the next try.
    """
    fate = next(iter(house.books.fates(identifiers=(letter.message_id,))), None) if result.refused else None
    if fate is None:
        return
    known = Known((fate,), house.books.bounced(), house.books.accepted())
    if decision := take_refusal(house.bureau, fate, result.refused, known, now):
        record(house, decision, None, now)
        log.warning(
            "address refused", action="send", letter=letter.id, to=len(result.refused), next_step="staff are told"
        )


def _follow_size(house: House, letter: DueLetter, result: Result, now: datetime.datetime) -> None:
    """Send a letter that is too large again without its enclosures to whom it could not reach."""
    whole = result.state == "failed" and result.about is About.SIZE
    too_large = letter.recipients if whole and not result.refused else result.too_large
    if not too_large:
        return
    [fate] = house.books.fates(identifiers=(letter.message_id,))
    decision = lighter(house.bureau, fate, too_large, left_out(letter.raw), result.detail)
    if decision.letters or decision.again:
        record(house, decision, None, now)
        step = "it goes again without its enclosures" if decision.again else "staff are told"
        log.warning("too large", action="send", letter=letter.id, next_step=step)


def _tell_of_account(house: House, result: Result, now: datetime.datetime) -> None:
    """Staff hear once that the server lets the office's account send nothing, however many letters wait for it."""
    words = next(iter(result.deferred.values()), result.detail)
    log.warning("the account may not send", action="send", error=words, next_step=STEPS[result.about])
    if not house.books.notices_since(now - LIFETIME, (f"-account-{result.about}",)):
        told = account_notice(house.bureau, result.about.value, words, now.astimezone(BANGKOK).date().isoformat())
        record(house, Decision(outcome=f"account-{result.about}", letters=(told,)), None, now)


def tell_of_reports(house: House, now: datetime.datetime) -> None:
    """Staff hear what became of each report, once; read from the books, so nothing is lost when the bot dies meanwhile."""
    for fate in house.books.fates(reports=True):
        circular = house.bureau.circulars.get(fate.circular)
        seen = (fate.id, fate.attempt, fate.state.value)
        if circular is None or seen in house.told:
            continue
        arrived = fate.state is LetterState.SENT and not fate.refused
        if not arrived and not _is_stuck(fate, now):
            continue
        number = amended_number(fate.occasion)
        occasion = sent_occasion(number) if arrived else occasion_of(fate)
        if not house.books.is_queued(LetterKind.NOTICE, circular.slug, STAFF, occasion):
            told = _sent(house, circular, number) if arrived else stuck_notice(house.bureau, circular, fate)
            outcome = f"report-{fate.state.value}"
            record(house, Decision(outcome=outcome, circular=circular.slug, letters=(told,)), None, now)
        house.told.add(seen)


def _sent(house: House, circular: Circular, number: int) -> Letter:
    """Word that the report went, or amended report ``number``, which may settle what the department asked for."""
    gone = [draft.approved_by for draft in house.books.drafts(circular.slug) if draft.dispatched]
    by, tasks = gone[number] if number < len(gone) else "", house.books.tasks(circular.slug) if number else ()
    return sent_notice(house.bureau, circular, by, number, tasks)


def _is_stuck(fate: LetterFate, now: datetime.datetime) -> bool:
    """Whether a person must act; for a report in doubt, not before Sent was looked into."""
    if fate.state is LetterState.UNKNOWN:
        return not fate.unsought or fate.changed <= now - LOOK_PATIENCE
    return fate.state in {LetterState.FAILED, LetterState.BOUNCED} or (
        fate.state is LetterState.SENT and bool(fate.refused)
    )
