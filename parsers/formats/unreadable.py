"""The one exception of the readers in this room: a file that cannot be read, with the reason a person needs."""

from collections.abc import Iterator
from contextlib import contextmanager

from parsers.findings import Code

DAMAGED = "ไฟล์เสียหายหรือไม่ครบ"


class Unreadable(Exception):  # noqa: N818 - it states what the file is; the raiser did nothing wrong
    """A file that cannot be read.

    ``code`` is FILE_UNREADABLE, FILE_ENCRYPTED or FILE_TOO_LARGE; ``why`` is Thai, for the sentence of that code, and may
    be empty. Or it is FILE_FORMAT, and ``why`` the key of a known format.
    """

    def __init__(self, code: Code, why: str = "") -> None:
        super().__init__(f"{code}: {why}")
        self.code = code
        self.why = why


def too_large(why: str) -> Unreadable:
    """The refusal of a file that is over a cap; ``why`` is Thai."""
    return Unreadable(Code.FILE_TOO_LARGE, why)


@contextmanager
def refusing() -> Iterator[None]:
    """Whatever a library raises inside comes out as Unreadable: what they raise on damage is never all known."""
    try:
        yield
    except Unreadable:
        raise
    except MemoryError as error:
        raise too_large("หน่วยความจำไม่พอ") from error
    except Exception as error:
        raise Unreadable(Code.FILE_UNREADABLE, DAMAGED) from error
