"""The last of what is costly to make, by a mark of all that it was made from: the same mark, the same thing.

What looks at every answer of many circulars takes seconds; of an office that has so many it is made anew once a minute at most.
"""

import datetime
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

MANY = 20  # circulars that are running
PATIENCE = datetime.timedelta(minutes=1)

T = TypeVar("T")


@dataclass(frozen=True)
class Made:
    """What was made, of what, when."""

    mark: object
    at: datetime.datetime
    thing: Any


class Kept:
    """One thing of each name. Safe to use from several threads; one makes it, the others wait."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: dict[str, Made] = {}

    def of(self, name: str, mark: object, now: datetime.datetime, made: Callable[[], T], *, many: bool = False) -> T:
        """What was made last, if for this mark, or, where there are ``many``, a moment ago; else ``made`` now."""
        with self._lock:
            last = self._last.get(name)
            fresh = last is not None and (last.mark == mark or (many and last.at <= now < last.at + PATIENCE))
            if last is None or not fresh:
                last = self._last[name] = Made(mark, now, made())
            found: T = last.thing
            return found
