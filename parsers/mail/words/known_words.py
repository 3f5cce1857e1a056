"""Whether a line is known words through and through, without blanks between them: a pattern would try every way of splitting it."""

from collections.abc import Iterable


def reached(key: str, starts: Iterable[int], words: Iterable[str]) -> set[int]:
    """Where one gets in a ``key`` from ``starts`` by any number of ``words``."""
    reached = set(starts)
    waiting = list(reached)
    while waiting:
        at = waiting.pop()
        ends = {at + len(word) for word in words if key.startswith(word, at)} - reached
        reached |= ends
        waiting += ends
    return reached


def is_made_of(key: str, around: Iterable[str], cores: Iterable[str]) -> bool:
    """Whether a ``key`` is words of ``around`` and of ``cores``, every letter of it, and one core at least."""
    known = (*around, *cores)
    after = {at + len(core) for at in reached(key, {0}, around) for core in cores if key.startswith(core, at)}
    return len(key) in reached(key, after, known)
