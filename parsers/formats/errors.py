"""The one exception of the readers in this room: a file that cannot be read, with the reason a person needs."""

from parsers.findings import Code


class Unreadable(Exception):  # noqa: N818 - it states what the file is; the raiser did nothing wrong
    """A file that cannot be read.

    ``code`` is FILE_UNREADABLE, FILE_ENCRYPTED or FILE_TOO_LARGE; ``why`` is Thai, for the sentence of that code, and may
    be empty.
    """

    def __init__(self, code: Code, why: str = "") -> None:
        super().__init__(f"{code}: {why}")
        self.code = code
        self.why = why


def too_large(why: str) -> Unreadable:
    """The refusal of a file that is over a cap; ``why`` is Thai."""
    return Unreadable(Code.FILE_TOO_LARGE, why)
