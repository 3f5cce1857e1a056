"""``ruam run``: the loops. One thread owns the mailbox, one decides and sends, a ticker wakes the second each minute.

Everything that decides runs in the desk thread alone, so two decisions never race inside a process; the books' unique keys
guard against a second process. The threads share nothing but two events and the books.
"""

import contextlib
import datetime
import threading
from dataclasses import dataclass, field

import structlog
import tenacity
from apscheduler.schedulers.background import BackgroundScheduler

from bot.office.model.bangkok_time import BANGKOK
from bot.post.error_meanings import AWAY
from bot.post.exceptions import Permanent, PostError
from bot.post.settings import ImapSettings, SmtpSettings
from bot.post.transports import AnyMailbox, mailbox_of, outbox_of
from bot.service import clock_tick, collect_and_file, handle_mail, send_letters
from bot.service.context import House, bangkok_now
from bot.service.letters_in_sent import look_after_sent
from bot.service.letters_per_hour import caps_of
from bot.service.mailbox_lease import Tenancy
from bot.service.pace import Pace
from bot.service.page_beside import PageBeside
from bot.service.send_letters import Clock
from bot.service.systemd import watched
from bot.store.database_errors import BooksAwayError, BooksBrokenError

log = structlog.get_logger()
# One tick at a time; one that is late is not left out.
ONE = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
STOP_SECONDS = 15  # how long a clean stop waits for a thread; what is unfinished is claimed again at the next start


@dataclass
class Daemon:
    """The bot at work until ``stop`` is set."""

    house: House
    imap: ImapSettings
    smtp: SmtpSettings
    clock: Clock = bangkok_now
    pace: Pace = field(default_factory=Pace)
    shared: Clock | None = None  # what all who send from these books go by; None: each by ``clock``
    page: PageBeside | None = None  # in the browser
    stop: threading.Event = field(default_factory=threading.Event)
    _news: threading.Event = field(default_factory=threading.Event)  # the desk has something to do
    _decided: threading.Event = field(default_factory=threading.Event)  # the mailbox has something to file
    _ticked: threading.Event = field(default_factory=threading.Event)
    _failures: int = 0  # rounds of the mailbox that broke off, since the last whole one
    _collected: datetime.datetime | None = None  # when the mailbox was last read to its end
    _trouble: str = ""  # the kind that the mailbox met last, since it was last read to its end
    _started: datetime.datetime | None = None
    _broken: BooksBrokenError | None = None
    _threads: tuple[threading.Thread, ...] = ()
    _ticker: BackgroundScheduler = field(
        default_factory=lambda: BackgroundScheduler(timezone=BANGKOK, job_defaults=ONE)
    )

    def run(self) -> None:
        """Work until stopped. Raises nothing for a server that is away; it is tried again for ever.

        BooksBrokenError when the books turn out to be malformed: then nothing is tried again.
        """
        self.start()
        with watched(self.steady):
            self.stop.wait()
        self.end()

    def start(self) -> None:
        """Begin, and return at once."""
        self._started = self._now()
        loops = {"mailbox": self._watch, "desk": self._desk}
        self._threads = tuple(threading.Thread(target=loop, name=name, daemon=True) for name, loop in loops.items())
        for thread in self._threads:
            thread.start()
        self._ticker.add_job(
            self._tick, "interval", seconds=self.pace.tick, next_run_time=datetime.datetime.now(BANGKOK)
        )
        self._ticker.start()
        if self.page:
            self.page.start()
        log.info("started", action="start", office=self.house.bureau.office.slug)

    def steady(self) -> bool:
        """Whether every loop turns; what a loop last did must not be too long ago."""
        return self.house.pulse.steady(self._threads, self.pace.still + self.imap.poll_seconds)

    def end(self) -> None:
        """Stop, and wait for what is under way. BooksBrokenError as ``run``."""
        self.stop.set()
        self._ticker.shutdown(wait=False)
        self._news.set()
        self._decided.set()
        for thread in self._threads:
            thread.join(STOP_SECONDS)
        if self.page:
            self.page.end()
        log.info("stopped", action="stop", office=self.house.bureau.office.slug)
        if self._broken:
            raise self._broken

    def _now(self) -> datetime.datetime:
        """The time. Whoever asks for it in a loop shows that the loop turns."""
        self.house.pulse.beat()
        return self.clock()

    def _tick(self) -> None:
        self._ticked.set()
        self._news.set()

    def _watch(self) -> None:
        """Own the mailbox: connect, collect, file, wait for news; connect anew when the server went away."""
        tenancy = self._tenancy()
        while not self.stop.is_set():
            try:
                if not tenancy.held():
                    tenancy.end()
                    tenancy = self._tenancy()
                    if not tenancy.wait(self.stop):
                        break
                with contextlib.closing(self._connected()) as mailbox:
                    self._serve(mailbox, tenancy)
            except tenacity.RetryError:
                break  # stopped while waiting for the server
            except PostError as error:
                log.warning("mailbox lost", action=error.action, error=str(error), next_step=error.next_step)
                self._trouble = error.kind
                self._failures += 1  # a server that takes the login and then fails must not be hammered either
                self.stop.wait(min(self.pace.first * 2 ** min(self._failures - 1, 9), self.pace.longest))
            except BooksAwayError as error:
                log.warning("books away", action="watch", error=str(error), next_step="tried again in some seconds")
                self.stop.wait(self.pace.books)
            except BooksBrokenError as error:
                self._give_up(error)
            except Exception:
                log.exception("mailbox loop failed", action="watch", next_step="connect again")
                self.stop.wait(self.pace.longest)
        tenancy.end()

    def _tenancy(self) -> Tenancy:
        return Tenancy(self.house.books, self.imap.folder, self._now, self.pace.lease, lost=self._decided.set)

    def _connected(self) -> AnyMailbox:
        """A connected mailbox, however long it takes. Raises tenacity.RetryError when stopped meanwhile."""
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type(PostError),
            wait=self._pause,
            stop=tenacity.stop_when_event_set(self.stop),
            sleep=tenacity.sleep_using_event(self.stop),
            before_sleep=self._log_retry,
        )
        return retrying(self._connect)

    def _connect(self) -> AnyMailbox:
        mailbox = mailbox_of(self.imap)
        mailbox.connect()
        try:
            mailbox.ensure_folders()
        except Permanent as error:  # mails can be read and answered all the same
            log.warning("no folders", action=error.action, error=str(error), next_step=error.next_step)
        except PostError:
            mailbox.close()
            raise
        return mailbox

    def _pause(self, state: tenacity.RetryCallState) -> float:
        """Growing pauses while a server is away; the longest at once where only a person can help, such as a refused login."""
        self.house.pulse.beat()
        error = state.outcome.exception() if state.outcome else None
        growing = tenacity.wait_exponential_jitter(
            multiplier=self.pace.first, max=self.pace.longest, jitter=self.pace.first
        )
        return self.pace.longest if isinstance(error, Permanent) else growing(state)

    def _log_retry(self, state: tenacity.RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        pause = state.next_action.sleep if state.next_action else 0
        step = ""
        if isinstance(error, PostError):
            self._trouble = error.kind
            step = "" if error.next_step == AWAY.step else f"{error.next_step} "
        log.warning(
            "mailbox away", action="connect", error=str(error), next_step=f"{step}Tried again in {pause:.0f} s."
        )

    def _serve(self, mailbox: AnyMailbox, tenancy: Tenancy) -> None:
        while not self.stop.is_set() and tenancy.held():
            self._decided.clear()
            first = self._collected is None
            if look_after_sent(self.house, mailbox, self._now()):
                self._news.set()
            new = collect_and_file.collect_all(self.house, mailbox, self._now(), tenancy.held)
            if not tenancy.held():
                return
            self._collected = self._now()
            self.house.books.scanned(self.imap.folder, self._collected)
            if new or first:
                self._tick()
            collect_and_file.file_away(self.house, mailbox, self._now())
            collect_and_file.file_anew(self.house, mailbox, self._now())
            self._failures, self._trouble = 0, ""
            mailbox.wait(self.imap.poll_seconds, self._decided)

    def _desk(self) -> None:
        """Decide and send whenever there is news, and at least once a tick."""
        while not self.stop.is_set():
            self._news.wait(self.pace.tick)
            self._news.clear()
            try:
                self._once()
            except BooksAwayError as error:
                log.warning("books away", action="desk", error=str(error), next_step="tried again within a minute")
            except BooksBrokenError as error:
                self._give_up(error)
            except Exception:
                log.exception("desk failed", action="desk", next_step="tried again within a minute")

    def _give_up(self, error: BooksBrokenError) -> None:
        """End the daemon: every further try would harm what is left of the books."""
        log.error("books broken", action="stop", error=str(error), next_step="the bot ends")
        self._broken = error
        self.stop.set()

    def _is_up_to_date(self, now: datetime.datetime) -> bool:
        """The mailbox was read within two polls (and a minute for reading it), and every mail is decided."""
        fresh = self._two_intervals()
        return self._collected is not None and now - self._collected < fresh and not self.house.books.pending(1)

    def _two_intervals(self) -> datetime.timedelta:
        return datetime.timedelta(seconds=2 * self.imap.poll_seconds + self.pace.tick)

    def _once(self) -> None:
        while handle_mail.work(self.house, self._now()):
            self._decided.set()
            self._ticked.set()  # the last answer may make a draft due
        if self._ticked.is_set():
            self._ticked.clear()
            now = self._now()
            clock_tick.tick(self.house, now, up_to_date=self._is_up_to_date(now))
            clock_tick.mind_mailbox(self.house, now, self._started or now, self._two_intervals(), self._trouble)
        try:
            send_letters.send(self.house, outbox_of(self.smtp), self.shared or self._now, caps_of(self.smtp))
            if self.house.books.to_seek(1):
                self._decided.set()  # whoever holds the mailbox looks for it in Sent
        except PostError as error:
            log.warning("outbox waits", action=error.action, error=str(error), next_step=error.next_step)
