"""What was worked out of values that never change, kept beside them so that who asks again does not wait again."""

from collections.abc import Callable
from typing import TypeVar

KEPT = 8  # results; of one standing no more are asked for

T = TypeVar("T")


class WorkedOut:
    """The last results, each known by its function and the very objects it was given. May be used from several threads."""

    def __init__(self) -> None:
        self._last: tuple[tuple[tuple[object, ...], object], ...] = ()

    def of(self, function: Callable[..., T], *given: object) -> T:
        """``function(*given)``. It must always give the same of the same, and nobody may change what it gives."""
        asked = (function, *given)
        for before, found in self._last:
            if len(before) == len(asked) and all(map(_is, before, asked)):
                return found  # type: ignore[return-value]  # of the same function
        made = function(*given)
        self._last = ((asked, made), *self._last[: KEPT - 1])
        return made


def _is(one: object, other: object) -> bool:
    return one is other
