"""What staff correct of a proposal by words, as values. Pure."""

from dataclasses import dataclass
from typing import Any

# The days of a proposal, by the names of ``Proposal`` and ``NewLetter``.
DAYS = ("opens", "reporters", "cutoff", "until")
DROPPED, ADDED, REMARK_ADDED, ONE_ROW = "dropped", "added", "remark-added", "one-row"


@dataclass(frozen=True)
class Correction:
    """One thing that a line corrects: a field of the whole, or of the questions that it names by their numbers, from 1.

    ``field`` is one of ``NewLetter``, ``NewForm``, ``NewQuestion`` or ``Papers``, or one of the four words above; times are
    local, without a zone.
    """

    field: str
    value: Any = None
    questions: tuple[int, ...] = ()


@dataclass(frozen=True)
class Said:
    """What the lines of a mail correct, with the line that each stands in; ``unknown`` lines seem to correct something and are not understood."""

    lines: tuple[tuple[str, tuple[Correction, ...]], ...] = ()
    unknown: tuple[str, ...] = ()
