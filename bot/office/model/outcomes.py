"""What the books write down of how a mail was put aside, and over which times senders are counted.

The books ask for these by name; the rules that give them, with all that they know of words, need not be loaded for that.
"""

import datetime

UNKNOWN, DOUBTED, REFUSED, BY_MACHINE = "unknown-sender", "not-vouched-for", "refused-sender", "by-machine"
AFTER_CLOSING = "after-closing"
PASSED_ON = "passed-on"  # a reporter sent what is another's
SETTLEABLE = frozenset(
    {UNKNOWN, DOUBTED, REFUSED, BY_MACHINE, AFTER_CLOSING, PASSED_ON}
)  # outcomes of held mails that a word of staff lets in
PARKED = "parked"  # the outcome of a mail given up after several tries
MINUTES, DAY = (
    datetime.timedelta(minutes=10),
    datetime.timedelta(days=1),
)  # over which answers to one address are counted
