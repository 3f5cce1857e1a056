"""``ruam run``: the loops. One thread owns the mailbox, one decides and sends, a ticker wakes the second each minute.

Everything that decides runs in the desk thread alone, so two decisions never race inside a process; the books' unique keys
guard against a second process. The threads share nothing but two events and the books.
"""

import contextlib
import datetime
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog
import tenacity
from apscheduler.schedulers.background import BackgroundScheduler

from bot import sending, service
from bot.house import House
from bot.office.circular import BANGKOK
from bot.office.decision import Decision
from bot.post.errors import Permanent, PostError
from bot.post.mailbox import Mailbox
from bot.post.outbox import Outbox
from bot.post.settings import ImapSettings, SmtpSettings
from bot.store.database import BooksAwayError

log = structlog.get_logger()

TICK_SECONDS = 60
FIRST_PAUSE_SECONDS = 1  # before the first new connection; doubles with jitter
LONGEST_PAUSE_SECONDS = 300
BOOKS_PAUSE_SECONDS = 10
STOP_SECONDS = 15  # how long a clean stop waits for a thread; what is unfinished is claimed again at the next start

Clock = Callable[[], datetime.datetime]


def bangkok_now() -> datetime.datetime:
    """The one place where the running bot asks for the time."""
    return datetime.datetime.now(BANGKOK)


@dataclass
class Daemon:
    """The bot at work until ``stop`` is set."""

    house: House
    imap: ImapSettings
    smtp: SmtpSettings
    clock: Clock = bangkok_now
    stop: threading.Event = field(default_factory=threading.Event)
    _news: threading.Event = field(default_factory=threading.Event)  # the desk has something to do
    _decided: threading.Event = field(default_factory=threading.Event)  # the mailbox has something to file
    _ticked: threading.Event = field(default_factory=threading.Event)
    _failures: int = 0  # rounds of the mailbox that broke off, since the last whole one
    _collected: datetime.datetime | None = None  # when the mailbox was last read to its end

    def run(self) -> None:
        """Work until stopped. Raises nothing for a server that is away; it is tried again for ever."""
        threads = [
            threading.Thread(target=self._watch, name="mailbox", daemon=True),
            threading.Thread(target=self._desk, name="desk", daemon=True),
        ]
        scheduler = BackgroundScheduler(
            timezone=BANGKOK, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        scheduler.add_job(self._tick, "interval", seconds=TICK_SECONDS, next_run_time=datetime.datetime.now(BANGKOK))
        for thread in threads:
            thread.start()
        scheduler.start()
        log.info("started", action="start", office=self.house.bureau.office.slug)
        self.stop.wait()
        scheduler.shutdown(wait=False)
        self._news.set()
        self._decided.set()
        for thread in threads:
            thread.join(STOP_SECONDS)
        log.info("stopped", action="stop")

    def _tick(self) -> None:
        self._ticked.set()
        self._news.set()

    def _watch(self) -> None:
        """Own the mailbox: connect, collect, file, wait for news; connect anew when the server went away."""
        while not self.stop.is_set():
            try:
                with contextlib.closing(self._connected()) as mailbox:
                    self._serve(mailbox)
            except tenacity.RetryError:
                return  # stopped while waiting for the server
            except PostError as error:
                log.warning("mailbox lost", action=error.action, error=str(error), next_step=error.next_step)
                self._failures += 1  # a server that takes the login and then fails must not be hammered either
                self.stop.wait(min(FIRST_PAUSE_SECONDS * 2 ** min(self._failures - 1, 9), LONGEST_PAUSE_SECONDS))
            except BooksAwayError as error:
                log.warning("books away", action="watch", error=str(error), next_step="tried again in ten seconds")
                self.stop.wait(BOOKS_PAUSE_SECONDS)
            except Exception:
                log.exception("mailbox loop failed", action="watch", next_step="connect again")
                self.stop.wait(LONGEST_PAUSE_SECONDS)

    def _connected(self) -> Mailbox:
        """A connected mailbox, however long it takes. Raises tenacity.RetryError when stopped meanwhile."""
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(PostError),
            wait=_pause,
            stop=tenacity.stop_when_event_set(self.stop),
            sleep=tenacity.sleep_using_event(self.stop),
            before_sleep=_log_retry,
        )
        return retrying(self._connect)

    def _connect(self) -> Mailbox:
        mailbox = Mailbox(self.imap)
        mailbox.connect()
        try:
            mailbox.ensure_folders()
        except PostError:
            mailbox.close()
            raise
        return mailbox

    def _serve(self, mailbox: Mailbox) -> None:
        while not self.stop.is_set():
            self._decided.clear()
            first = self._collected is None
            new = service.collect(self.house, mailbox)
            self._collected = self.clock()
            if new or first:
                self._tick()
            service.file_away(self.house, mailbox, self.clock())
            self._failures = 0
            mailbox.wait(self.imap.poll_seconds, self._decided)

    def _desk(self) -> None:
        """Decide and send whenever there is news, and at least once a tick."""
        while not self.stop.is_set():
            self._news.wait(TICK_SECONDS)
            self._news.clear()
            try:
                self._once()
            except BooksAwayError as error:
                log.warning("books away", action="desk", error=str(error), next_step="tried again within a minute")
            except Exception:
                log.exception("desk failed", action="desk", next_step="tried again within a minute")

    def _is_up_to_date(self, now: datetime.datetime) -> bool:
        """The mailbox was read within two polls (and a minute for reading it), and every mail is decided."""
        fresh = datetime.timedelta(seconds=2 * self.imap.poll_seconds + TICK_SECONDS)
        return self._collected is not None and now - self._collected < fresh and not self.house.books.pending(1)

    def _once(self) -> None:
        while service.work(self.house, self.clock()):
            self._decided.set()
            self._ticked.set()  # the last answer may make a draft due
        if self._ticked.is_set():
            self._ticked.clear()
            now = self.clock()
            service.tick(self.house, now, up_to_date=self._is_up_to_date(now))
        try:
            sending.send(self.house, Outbox(self.smtp), self.clock())
        except PostError as error:
            log.warning("outbox waits", action=error.action, error=str(error), next_step=error.next_step)


def once(house: House, mailbox: Mailbox, outbox: Outbox, now: datetime.datetime) -> list[Decision]:
    """One full pass: collect, read and decide, tick, send, file away; the decisions about mails.

    Raises PostError when a server is away.
    """
    service.collect(house, mailbox)
    decided = []
    while batch := service.work(house, now):
        decided += batch
    service.tick(house, now)
    sending.send(house, outbox, now)
    service.file_away(house, mailbox, now)
    return decided


_growing = tenacity.wait_exponential_jitter(initial=FIRST_PAUSE_SECONDS, max=LONGEST_PAUSE_SECONDS)


def _pause(state: tenacity.RetryCallState) -> float:
    """Growing pauses while a server is away; the longest at once where only a person can help, such as a refused login."""
    error = state.outcome.exception() if state.outcome else None
    return LONGEST_PAUSE_SECONDS if isinstance(error, Permanent) else _growing(state)


def _log_retry(state: tenacity.RetryCallState) -> None:
    error = state.outcome.exception() if state.outcome else None
    pause = state.next_action.sleep if state.next_action else 0
    log.warning("mailbox away", action="connect", error=str(error), next_step=f"tried again in {pause:.0f} s")
