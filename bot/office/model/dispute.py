"""A reporter says that what a mail reported in its name is not its own: it does not count until staff decide."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Dispute:
    """What was said about one mail."""

    message: int  # the disputed mail's row
    by: str  # the reporter's address
    at: datetime.datetime
    settled: datetime.datetime | None = None
    settled_by: str = ""
    upheld: bool = True  # that it does not count; False: staff let it count


@dataclass(frozen=True)
class Verdict:
    """What staff said of a disputed mail."""

    message: int
    counts: bool
    by: str
