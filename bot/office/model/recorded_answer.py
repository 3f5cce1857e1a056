"""What reporters answered as the books hold it: answers and remarks with their origin, and where two reporters disagree."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.findings import Place
from parsers.reading import Value


@dataclass(frozen=True)
class Recorded:
    """An answer as the books hold it: its value and where it came from."""

    organisation: str  # code
    question: str
    value: Value
    message: int  # row of the message in the books
    sender: str  # address of the mail it came in
    received: datetime.datetime
    subject: str
    place: Place
    reporter: str  # key of the reporter who gave it
    evidence: str = ""  # what stood beside a tick and proves it


Disagreement = tuple[Recorded, Recorded]  # about one cell: another reporter's answer, and the one that holds


def differing(said: Sequence[Recorded]) -> tuple[Disagreement, ...]:
    """Of the newest answers of several reporters about one cell: each that differs from the one that holds, and that one."""
    holding = max(said, key=lambda r: (r.received, r.message))
    if not holding.reporter:
        return ()
    return tuple((other, holding) for other in said if other.value != holding.value)


@dataclass(frozen=True)
class RecordedRemark:
    """A free text as the books hold it."""

    key: str
    text: str
    reporter: str  # key
    message: int
    received: datetime.datetime
    place: Place
