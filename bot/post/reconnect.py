"""Keeping a mailbox connected: connect, let somebody work, and after trouble try again after a growing pause.

Owns the pause. stamina was looked at and not taken: its waits cannot be ended by an event, so that a stop would have to
wait for them.
"""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.post.errors import Permanent, PostError
from bot.post.mailbox import Mailbox
from bot.post.settings import ImapSettings


@dataclass(frozen=True)
class Pauses:
    """Seconds between two tries: doubling from `first` to `longest`, each shortened at random by up to a half."""

    first: float = 1.0
    longest: float = 300.0

    def after(self, failures: int) -> float:
        """The pause after so many failures in a row (1 or more)."""
        whole = min(self.longest, self.first * 2.0 ** min(failures - 1, 32))
        return whole * random.uniform(0.5, 1.0)  # noqa: S311 -- spreads load, guards nothing


Work = Callable[[Mailbox], None]
Told = Callable[[PostError, float], None]


def reconnecting(
    settings: ImapSettings, stop: threading.Event, work: Work, told: Told, pauses: Pauses | None = None
) -> None:
    """Run `work(mailbox)` on a connected mailbox until it returns by itself or `stop` is set.

    A PostError out of connecting or working closes the connection, is handed to `told` with the seconds until the next
    try, and is forgiven: after a Permanent the pause is the longest at once, since only a person can mend it. The pause
    starts small again when a connection has lived longer than the longest pause. Anything but a PostError is let through.
    """
    pauses = pauses or Pauses()
    failures = 0
    mailbox = Mailbox(settings)
    while not stop.is_set():
        began = time.monotonic()
        try:
            with mailbox:
                work(mailbox)
        except PostError as trouble:
            failures = 1 if time.monotonic() - began > pauses.longest else failures + 1
            pause = pauses.longest if isinstance(trouble, Permanent) else pauses.after(failures)
            told(trouble, pause)
            stop.wait(pause)
        else:
            return
