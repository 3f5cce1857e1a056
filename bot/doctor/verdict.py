"""What a check of ``ruam doctor`` finds: one line, how it is, what to mend. Knows no check."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a check went."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True)
class Check:
    """One line: what was looked at, how it is, and what to mend. ``away`` says that a server did not answer."""

    about: str
    verdict: Verdict
    words: str
    away: bool = False


def ok(about: str, words: str) -> Check:
    """All is well."""
    return Check(about, Verdict.OK, words)


def warning(about: str, words: str) -> Check:
    """It works, but somebody should look."""
    return Check(about, Verdict.WARNING, words)


def wrong(about: str, words: str, *, away: bool = False) -> Check:
    """It will not work."""
    return Check(about, Verdict.WRONG, words, away)
