"""What was learned of an address: that staff accepted, refused, added or removed it, or that letters to it came back."""

import datetime
from dataclasses import dataclass
from enum import StrEnum


class AddressStanding(StrEnum):
    """What was learned of an address."""

    ACCEPTED = "accepted"  # staff said: it writes for its reporter
    REFUSED = "refused"  # staff said: it does not
    BOUNCED = "bounced"  # a letter to it came back
    ADDED = "added"  # staff said: it is one of its reporter's, beside those of the roster
    REMOVED = "removed"  # staff said: it is nobody's any more, whatever the roster says


@dataclass(frozen=True)
class AddressMark:
    """What was learned of one address, and from whom."""

    address: str  # lower case in the books
    standing: AddressStanding
    reporter: str  # key; "" when none is meant
    why: str
    by: str  # the staff address, or the Message-ID of the bounced letter
    at: datetime.datetime
