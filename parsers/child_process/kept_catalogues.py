"""Which catalogues a fork server has, so that a task for one of its children need not carry its own.

Owns when a catalogue is worth keeping, and how a task names it. Bounded by the offices that are at work.
"""

import io
import pickle
from dataclasses import dataclass, field

OFFICES = 8  # whose catalogues are kept; each takes some MB of the server


@dataclass(frozen=True)
class Kept:
    """A catalogue that a fork server has, by its slot."""

    slot: int
    catalogue: object = field(repr=False)


class Catalogues:
    """Those that were asked for twice among the last ones: one for each office at work."""

    def __init__(self) -> None:
        self._asked: list[object] = []
        self._kept: list[Kept] = []  # the one used last stands last
        self._free = list(range(OFFICES))

    def find(self, catalogue: object) -> Kept | None:
        """The catalogue where the server has it."""
        for at, each in enumerate(self._kept):
            if _same(each.catalogue, catalogue):
                self._kept.append(self._kept.pop(at))
                return Kept(each.slot, catalogue)
        return None

    def comes_again(self, catalogue: object) -> bool:
        """Whether it was asked for before. A program that reads one file is spared what is made for many."""
        known = any(_same(each, catalogue) for each in self._asked)
        if not known:
            self._asked = [*self._asked[1 - OFFICES :], catalogue]
        return known

    def take(self, catalogue: object) -> Kept:
        """Keep it, in the place of the one that was used longest ago where there is no room."""
        slot = self._free.pop() if self._free else self._kept.pop(0).slot
        self._kept.append(Kept(slot, catalogue))
        return self._kept[-1]


def pickled(task: object, kept: Kept | None) -> bytes:
    """A task as it is sent: a kept catalogue in it by its slot, as a persistent identifier."""
    words = io.BytesIO()
    _Pickler(words, kept).dump(task)
    return words.getvalue()


class _Pickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO, kept: Kept | None) -> None:
        super().__init__(file)
        self._kept = kept

    def persistent_id(self, each: object) -> int | None:
        return self._kept.slot if self._kept and each is self._kept.catalogue else None


def _same(one: object, other: object) -> bool:
    return one is other or one == other
