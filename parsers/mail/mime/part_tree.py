"""The bytes of a mail to its tree of parts, in a time that grows with the mail.

Owns how the standard library's parser is set up. Knows nothing of what the parts are.
"""

from collections.abc import Callable
from email import policy
from email.feedparser import BufferedSubFile  # type: ignore[attr-defined]  # missing from the published types
from email.message import Message as Part
from email.parser import BytesFeedParser

OPEN_CAP = 40  # multiparts within multiparts whose ends are looked for; twice as many as are read


def parsed(raw: bytes) -> Part:
    """The tree of a mail (RFC 2046). Raises what the library raises on odd bytes, RecursionError included.

    Asked of each line whether it ends one of the multiparts around it, the library takes the product of both; so beyond
    ``OPEN_CAP`` an inner multipart ends with what is around it.
    """
    parser = BytesFeedParser(policy=policy.compat32)
    vars(parser)["_input"] = _Lines()
    parser.feed(raw)
    return parser.close()


class _Lines(BufferedSubFile):  # type: ignore[misc]  # the same
    """The lines of a mail, with the ends of the outer multiparts."""

    def __init__(self) -> None:
        super().__init__()
        self._ends = 0

    def push_eof_matcher(self, pred: Callable[[str], object]) -> None:
        """A multipart begins."""
        self._ends += 1
        if self._ends <= OPEN_CAP:
            super().push_eof_matcher(pred)

    def pop_eof_matcher(self) -> object:
        """A multipart ends."""
        self._ends -= 1
        return super().pop_eof_matcher() if self._ends < OPEN_CAP else None
