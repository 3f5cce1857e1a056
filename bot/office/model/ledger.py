"""The ledger: which step of the plan was taken for whom, when and on what ground."""

import datetime
from dataclasses import dataclass

# The steps of the plan by name, or how their names begin: before-5, overdue-2024-12-02.
REQUEST, HALF_WAY, BEFORE, OVERDUE = "request", "half-way", "before-", "overdue-"


@dataclass(frozen=True)
class LedgerEntry:
    """One step of the plan taken for one reporter. (circular, reporter, step) is unique: a step is taken once.

    ``action`` is ``sent``, ``skipped`` (overtaken by a later step while the bot was away) or ``not-owed``.
    """

    circular: str
    reporter: str
    step: str  # request, before-5, overdue-2024-12-02, ...
    on: datetime.date  # local date on which it was taken
    action: str
    ground: str  # what was owed, in words for the log and the staff
