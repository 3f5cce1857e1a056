"""The troubles of the post room.

    PostError            action: what was being done; next_step: what a person or the caller does now
    ├── Transient        may pass by itself: connection lost, time-out, server shutting down; connect again later
    │   └── Refused      the connection stands, the server said NO to this one thing (quota, folder in use)
    └── Permanent        will not pass by itself: login or certificate refused, folder missing, TLS not offered

Owns these types, and what can be told of the libraries' own. Any other exception out of the post room is a fault of ours.
"""

import ssl
from collections.abc import Iterator


class PostError(Exception):
    """A server could not do what was asked.

    `action` and `next_step` are one English sentence each, `detail` the server's or the system's own words. `kind` is a
    word of `bot.post.error_meanings`, by which others know what to tell those who read no English; empty: nothing in particular.
    """

    def __init__(self, action: str, detail: str, next_step: str, kind: str = "") -> None:
        super().__init__(f"{action}: {detail}" if detail else action)
        self.action = action
        self.detail = detail
        self.next_step = next_step
        self.kind = kind


class Transient(PostError):  # noqa: N818 -- the word of the house; an Error suffix would hide it
    """May pass by itself: try again after a growing pause."""


class Refused(Transient):
    """The server refused one command; the connection is still good for others."""


class Permanent(PostError):  # noqa: N818 -- see Transient
    """Needs a person: the same try would fail the same way."""


def causes(error: BaseException) -> Iterator[BaseException]:
    """An exception and what brought it about, down to the root."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def certificate_fault(error: BaseException) -> ssl.SSLCertVerificationError | None:
    """The refused certificate at the root of a library's ``error``, if that is its cause."""
    return next((one for one in causes(error) if isinstance(one, ssl.SSLCertVerificationError)), None)
