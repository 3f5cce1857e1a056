"""Whose the mailbox is: exactly one of any number of daemons reads it, the others stand by and take over.

Owns the waiting for the lease and its renewal, in a thread of its own, so that neither a slow download nor a server that
does not answer lets it run out. The rules of the lease are the books'; here time is a stop-watch, never the clock.
"""

import datetime
import threading
import time
from collections.abc import Callable

import structlog

from bot.store.books import OfficeBooks
from bot.store.database_errors import BooksError

log = structlog.get_logger()

LEASE_SECONDS = 60.0  # a standing-by daemon takes over so long after the holder has fallen silent
PARTS = 4  # the lease is renewed so many times in its length
LOOK_SECONDS = 5.0  # how often who stands by looks whether the holder has let go or died


class Tenancy:
    """The lease of one folder of an office's mailbox. ``lost`` is called, from another thread, when it went to somebody else."""

    def __init__(
        self,
        books: OfficeBooks,
        folder: str,
        clock: Callable[[], datetime.datetime],
        seconds: float = LEASE_SECONDS,
        lost: Callable[[], None] = lambda: None,
    ) -> None:
        self._books = books
        self._folder = folder
        self._clock = clock
        self._seconds = seconds
        self._lost = lost
        self._held = threading.Event()
        self._ended = threading.Event()
        self._keeper: threading.Thread | None = None

    def held(self) -> bool:
        """Whether the mailbox is ours to read."""
        return self._held.is_set()

    def wait(self, stop: threading.Event) -> bool:
        """Stand by until the mailbox is ours; False when ``stop`` was set before. Raises BooksAwayError."""
        if self.held():
            return True
        watched, since, told = -1, time.monotonic(), False
        while not stop.is_set():
            beats = self._books.mailbox_beats(self._folder)
            if beats != watched:
                watched, since = beats, time.monotonic()
            silent = time.monotonic() - since >= self._seconds
            if self._books.take_mailbox(self._folder, self._until(), watched if silent else None):
                self._keep()
                log.info("mailbox taken", action="lease", folder=self._folder)
                return True
            if not told:
                told = True
                later = f"takes over when the other has been silent for {self._seconds:.0f} s"
                log.info("standing by: another Ruam reads the mailbox", action="lease", next_step=later)
            stop.wait(min(self._seconds / PARTS, LOOK_SECONDS))
        return False

    def take(self) -> bool:
        """The mailbox at once, or not: for a single pass. Raises BooksAwayError."""
        if self._books.take_mailbox(self._folder, self._until()):
            self._keep()
        return self.held()

    def end(self) -> None:
        """Let go, so that another can take over at once. Never raises."""
        self._ended.set()
        if self._keeper:
            self._keeper.join(self._seconds)
        if self.held():
            self._held.clear()
            try:
                self._books.release_mailbox(self._folder)
            except BooksError as error:
                log.warning("lease not given back", action="lease", error=str(error), next_step="it ends by itself")

    def _until(self) -> datetime.datetime:
        return self._clock() + datetime.timedelta(seconds=self._seconds)

    def _keep(self) -> None:
        self._held.set()
        self._keeper = threading.Thread(target=self._renew, name="lease", daemon=True)
        self._keeper.start()

    def _renew(self) -> None:
        renewed = time.monotonic()
        while not self._ended.wait(self._seconds / PARTS):
            try:
                ours = self._books.renew_mailbox(self._folder, self._until())
                renewed = time.monotonic()
            except BooksError:  # nobody else can take it either while the books are away, but they may be back for him
                ours = time.monotonic() - renewed < self._seconds
            if not ours:
                self._held.clear()
                log.warning("mailbox lost", action="lease", folder=self._folder, next_step="stand by")
                self._lost()
                return
