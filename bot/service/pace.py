"""How long the loops of ``ruam run`` pause."""

from dataclasses import dataclass

from bot.service.mailbox_lease import LEASE_SECONDS
from bot.service.systemd import STILL_SECONDS


@dataclass(frozen=True)
class Pace:
    """How long the loops pause, in seconds."""

    tick: float = 60
    first: float = 1  # before the first new connection; doubles with jitter
    longest: float = 300
    books: float = 10  # while the books are away
    lease: float = LEASE_SECONDS
    still: float = STILL_SECONDS  # how long a loop may take to turn before systemd is told nothing any more
