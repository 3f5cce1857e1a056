"""Waiting for mail: IDLE where the server has it, plain time where it has not.

Owns how news are told from chatter, and from a connection that is dead without saying so.
"""

import threading
import time
from typing import Any

from bot.post.imap.connection import Connection
from bot.post.imap.lenient_client import Client

SLICE_SECONDS = 0.25  # how often a wait looks at its wake-up event


class Waiting(Connection):
    """The part of `Mailbox` that waits for news."""

    def wait(self, seconds: float, wake: threading.Event) -> bool:
        """Wait for news: True when mail came, False after `seconds` or as soon as `wake` is set (by any thread).

        Uses IDLE where the server has it; `wake` is left for its owner to clear.
        """
        with self._doing("waiting for mail", fatal=True):
            client = self._open()
            client.noop()
            if self._is_news(client.unasked()):
                return True
            if client.has_capability("IDLE"):
                return self._idle(client, seconds, wake)
        wake.wait(seconds)
        return False

    def _idle(self, client: Client, seconds: float, wake: threading.Event) -> bool:
        end = time.monotonic() + seconds
        while not wake.is_set() and (left := end - time.monotonic()) > 0:
            client.idle()
            heard = self._listen(client, min(left, self.settings.idle_renew_seconds), wake)
            heard += client.idle_done()[1]
            if any(item[0] == b"BYE" for item in heard):
                raise ConnectionAbortedError("the server said BYE")
            if self._is_news(heard):
                return True
        return False

    def _listen(self, client: Client, seconds: float, wake: threading.Event) -> list[tuple[Any, ...]]:
        end = time.monotonic() + seconds
        heard: list[tuple[Any, ...]] = []
        early = client.buffered()
        while not heard and not early and not wake.is_set() and (left := end - time.monotonic()) > 0:
            slice_end = time.monotonic() + (duration := min(left, SLICE_SECONDS))
            heard = client.idle_check(duration)
            # Early and empty mostly means that the server has closed, which imapclient does not say here.
            # The DONE that follows finds out.
            early = not heard and time.monotonic() < slice_end - duration / 2
        return heard

    def _is_news(self, said: list[tuple[Any, ...]]) -> bool:
        """Whether the folder grew. A count repeated without need is no news, or a chatty server would never let us rest."""
        news = False
        for item in said:
            if item[1:] == (b"EXPUNGE",):
                self._exists = None
            elif item[1:] == (b"EXISTS",):
                news = news or item[0] != self._exists
                self._exists = item[0]
        return news
