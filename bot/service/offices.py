"""Many offices at work in one process: whoever is entered in the books with a configuration is started, and minded.

Each office has loops of its own, so that the trouble, flood or bad circular of one delays no other; they share the books'
database and the children that read. An office may be entered, entered anew (then it starts again) and taken out at any time.
"""

import datetime
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

from bot.config.problems import ConfigError
from bot.post.exceptions import PostError
from bot.service.daemon import Daemon
from bot.service.systemd import watched
from bot.store.books import Books
from bot.store.database_errors import BooksAwayError, BooksBrokenError, BooksError
from bot.store.offices import Entered

log = structlog.get_logger()

LOOK_SECONDS = 60.0  # between two looks at which offices there are
AGAIN = "tried again within a minute"


@dataclass
class Offices:
    """All offices of one deployment, until ``stop`` is set."""

    books: Books
    opened: Callable[[Entered], Daemon]  # raises ConfigError, BooksError
    look_seconds: float = LOOK_SECONDS
    stop: threading.Event = field(default_factory=threading.Event)
    _at_work: dict[str, tuple[datetime.datetime, Daemon]] = field(default_factory=dict)  # by slug, with when entered
    _trouble: dict[str, str] = field(default_factory=dict)  # by slug, what was last logged of one that does not start

    def run(self) -> None:
        """Work until stopped. Raises BooksBrokenError when the books turn out to be malformed."""
        try:
            with watched(self.steady):
                while not self.stop.is_set():
                    self._look()
                    self.stop.wait(self.look_seconds)
        finally:
            self._end(list(self._at_work))

    def steady(self) -> bool:
        """Whether every loop of every office turns."""
        return all(daemon.steady() for _, daemon in list(self._at_work.values()))

    def _look(self) -> None:
        """Start who was entered since, end who was taken out, and start anew who ended or was entered again."""
        try:
            entered = {one.slug: one for one in self.books.entered()}
        except BooksAwayError as error:
            log.warning("books away", action="offices", error=str(error), next_step=AGAIN)
            return
        gone = [
            slug
            for slug, (since, daemon) in self._at_work.items()
            if slug not in entered or entered[slug].since != since or daemon.stop.is_set()
        ]
        self._end(gone)
        for slug, one in entered.items():
            if slug not in self._at_work and not self.stop.is_set():
                self._start(one)

    def _start(self, one: Entered) -> None:
        """Start an office; what is wrong with one is logged once, and stops no other."""
        try:
            daemon = self.opened(one)
        except (ConfigError, BooksError, PostError, OSError) as error:
            if self._trouble.get(one.slug) != str(error):
                log.warning("office not started", action="start", office=one.slug, error=str(error), next_step=AGAIN)
            self._trouble[one.slug] = str(error)
            return
        self._trouble.pop(one.slug, None)
        daemon.start()
        self._at_work[one.slug] = (one.since, daemon)

    def _end(self, slugs: list[str]) -> None:
        """End these offices, all at once. Raises BooksBrokenError."""
        ended = [self._at_work.pop(slug)[1] for slug in slugs]
        for daemon in ended:
            daemon.stop.set()
        broken: BooksBrokenError | None = None
        for daemon in ended:
            try:
                daemon.end()
            except BooksBrokenError as error:
                broken = error
        if broken:
            raise broken
