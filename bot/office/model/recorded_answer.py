"""What reporters answered as the books hold it: answers and remarks with their origin, and where two reporters disagree."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from parsers.findings import Place
from parsers.form.form import FILE, SUM
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
    evidence: str = (
        ""  # what stood beside a tick and proves it, or from what a figure was converted; of a file its SHA-256
    )
    explanation: str = ""  # the reason given for this very value, by whichever mail
    before: Value | None = None  # what was usual the time before, by the circular that this one follows
    words: str = ""  # the mail's own, where it changes what the department has already


Disagreement = tuple[Recorded, Recorded]  # about one cell: another reporter's answer, and the one that holds


def differing(said: Sequence[Recorded]) -> tuple[Disagreement, ...]:
    """Of the newest answers of several reporters about one cell: each that differs from the one that holds, and that one."""
    holding = max(said, key=lambda r: (r.received, r.message))
    if not holding.reporter:
        return ()
    alike = holding.question.startswith((FILE, SUM))  # two copies of one paper have two names, two forms two totals
    return tuple((other, holding) for other in said if other.value != holding.value and not alike)


def last_received(answers: Iterable[Recorded]) -> dict[str, datetime.datetime]:
    """By organisation, when the newest of its answers came."""
    newest: dict[str, datetime.datetime] = {}
    for answer in answers:
        newest[answer.organisation] = max(answer.received, newest.get(answer.organisation, answer.received))
    return newest


@dataclass(frozen=True)
class Explanation:
    """A reporter's reason for a figure that was asked after. It holds for this value and no other."""

    organisation: str  # code
    question: str
    value: Value
    text: str
    place: Place = field(default_factory=Place)  # empty where it was a line of the mail


Values = Mapping[tuple[str, str], Value]  # by organisation and question
Reasons = Mapping[tuple[str, str, Value], str]  # by organisation, question and value


@dataclass(frozen=True)
class RecordedRemark:
    """A free text as the books hold it."""

    key: str
    text: str
    reporter: str  # key
    message: int
    received: datetime.datetime
    place: Place
