"""The pulse of the daemon's loops, from which alone systemd is told that the bot is alive."""

import threading
import time
from collections.abc import Collection


class Pulse:
    """When each loop last turned. A loop beats in its own thread; whoever watches asks for all of them."""

    def __init__(self) -> None:
        self._beats: dict[threading.Thread, float] = {}

    def beat(self) -> None:
        """The calling thread is alive and turning."""
        self._beats[threading.current_thread()] = time.monotonic()

    def steady(self, threads: Collection[threading.Thread], seconds: float) -> bool:
        """Whether every one of ``threads`` lives and beat within the last ``seconds``."""
        since = time.monotonic() - seconds
        return all(thread.is_alive() and self._beats.get(thread, float("-inf")) >= since for thread in threads)
