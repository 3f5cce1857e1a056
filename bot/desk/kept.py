"""The last of what is costly to make, by a mark of all that it was made from: the same mark, the same thing."""

import threading
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class Kept:
    """One thing. Safe to use from several threads; one makes it, the others wait."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: tuple[object, Any] | None = None

    def of(self, mark: object, made: Callable[[], T]) -> T:
        """What was made last, if for this mark; else ``made`` now."""
        with self._lock:
            if self._last is None or self._last[0] != mark:
                self._last = mark, made()
            found: T = self._last[1]
            return found
