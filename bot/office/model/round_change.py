"""What the books hold of a circular's round: each change with who made it, when and why. Values only."""

import datetime
from dataclasses import dataclass
from enum import StrEnum


class ChangeKind(StrEnum):
    """What was changed."""

    OPENED = "opened"  # the next round of a recurring circular began, with its own dates
    EXTENDED = "extended"  # until a later day, for all or for one reporter
    EXEMPTED = "exempted"  # an organisation need not answer
    ASKED_AGAIN = "asked-again"  # ... and has to, after all
    SPARED = "spared"  # a reporter is not reminded any more
    REMINDED = "reminded"  # ... and is, after all
    CLOSED = "closed"
    REOPENED = "reopened"


@dataclass(frozen=True)
class RoundChange:
    """One change of a round. (circular, occasion) is unique within the office; none is ever altered.

    Moments are aware. What is None stays as it was.
    """

    circular: str  # slug of the round
    kind: ChangeKind
    by: str  # address, or the command
    at: datetime.datetime
    occasion: str  # what makes it the only one: a mail's hash, the moment of a command
    whom: str = ""  # key of a reporter or code of an organisation; "" for all
    why: str = ""
    until: datetime.datetime | None = None  # the reporters' new deadline
    opens: datetime.datetime | None = None
    cutoff: datetime.datetime | None = None
    department: datetime.datetime | None = None
