"""The CPU that the reading of one mail may use, and which of its files are left out for it. Knows no clock.

A file is known by its place among all files of the mail, those in containers included, in the order of reading. What comes
before a file never depends on whether it is read, so a place means the same file in every attempt.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

_T = TypeVar("_T")


class TooSlow(BaseException):
    """The file under way has used up its share of the mail's CPU."""


class NotReached(BaseException):
    """Nothing is left of the mail's CPU for this file."""


class Meter(Protocol):
    """Whoever shares out CPU among the files of a mail."""

    def share(self, at: int, behind: int) -> contextlib.AbstractContextManager[None]:
        """The time in which the ``at``-th file is read, at least ``behind`` others coming after it.

        Raises NotReached at its start, and TooSlow at any moment within it.
        """


class Unmetered:
    """Takes its time."""

    def share(self, at: int, behind: int) -> contextlib.AbstractContextManager[None]:  # noqa: ARG002 - as Meter has it
        """As long as it takes."""
        return contextlib.nullcontext()


@dataclass(frozen=True)
class Terms:
    """On what terms a mail is read: places of files that ended a process before, and where to stop."""

    barred: frozenset[int] = frozenset()
    stop: int | None = None  # files from this place on are not opened
    meter: Meter = field(default_factory=Unmetered)

    def spend(self, at: int, behind: int, work: Callable[[], _T]) -> _T:
        """``work()`` within the share of the ``at``-th file. Raises TooSlow and NotReached."""
        if self.stop is not None and at >= self.stop:
            raise NotReached
        with self.meter.share(at, behind):
            return work()
