"""A day off or a day worked, as staff entered it: what the office knows better than the list of national holidays."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Holiday:
    """One entry. Of several about one day the newest holds.

    ``off``: the office is closed on that day; else it works, whatever else is known of the day.
    """

    day: datetime.date
    off: bool
    because: str
    by: str  # staff address, or who gave the command
    at: datetime.datetime
