"""How often one caller may do one thing: a bucket each, that fills again with time. Holds only those who called lately."""

import datetime
import threading
from dataclasses import dataclass


@dataclass(frozen=True)
class Rate:
    """So many at once, and again so many ``within``."""

    most: int
    within: datetime.timedelta


PAGES = Rate(240, datetime.timedelta(minutes=1))  # of one machine; behind one address there may be a whole office
DEEDS = Rate(60, datetime.timedelta(minutes=1))
SIGN_INS = Rate(20, datetime.timedelta(minutes=15))  # requests for a link, and tries to spend one
_CALLERS = 10_000  # that are remembered; then all are forgotten, which lets a few more through


class Limiter:
    """The buckets of all callers. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left: dict[tuple[str, Rate], tuple[float, datetime.datetime]] = {}

    def allows(self, caller: str, rate: Rate, now: datetime.datetime) -> bool:
        """Whether the caller may do it once more; counts it where he may."""
        with self._lock:
            if len(self._left) >= _CALLERS:
                self._left.clear()
            left, since = self._left.get((caller, rate), (float(rate.most), now))
            left = min(float(rate.most), left + rate.most * ((now - since) / rate.within))
            self._left[caller, rate] = (left - 1 if left >= 1 else left, now)
            return left >= 1
