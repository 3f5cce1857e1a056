"""The ways to a mailbox and out of it: by IMAP and SMTP, by Microsoft Graph, or by the Gmail API. What the rest of the house asks of each.

Owns the choice between them, by ``kind`` of the settings. What each verb does, and raises, stands with `bot.post.imap.mailbox.Mailbox` and
`bot.post.smtp.sending.Outbox`.
"""

# ruff: noqa: D102 -- described at the two classes named above

import datetime
import threading
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, Self

from bot.post.imap.folders import Filed, Shelf
from bot.post.imap.mailbox import Fetched, Left, Mailbox, Wanted
from bot.post.settings import GMAIL, GRAPH, ImapSettings, SmtpSettings
from bot.post.smtp.sending import Outbox, Outgoing, Result


class AnyMailbox(Protocol):
    """A mailbox with one folder selected."""

    settings: ImapSettings
    folder: str
    left_behind: dict[int, Left]
    fetching: Sequence[int]
    counts_right: bool
    keeps_uids: bool  # whether a mail has the same UID in every folder

    def connect(self) -> None: ...
    def close(self) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...
    def wait(self, seconds: float, wake: threading.Event) -> bool: ...
    def capabilities(self) -> frozenset[str]: ...
    def uidvalidity(self) -> int: ...
    @property
    def passed_over(self) -> set[int]: ...
    def uids(self, above: int = 0) -> list[int]: ...
    def arrivals(self, uids: Iterable[int]) -> Iterator[tuple[int, datetime.datetime | None]]: ...
    def fetch(self, uids: Iterable[int], wanted: Wanted = ..., alone: Container[int] = ...) -> Iterator[Fetched]: ...
    def fields(self, uid: int, *names: str) -> bytes: ...
    def envelope(self, uid: int) -> tuple[bytes, bytes]: ...
    def leave(self, fetched: Fetched, words: str) -> None: ...
    def named(self, folder: str) -> str: ...
    def within(self, folder: str) -> AbstractContextManager[None]: ...
    def ensure_folders(self) -> None: ...
    def shelves(self) -> Mapping[Shelf, str]: ...
    def file_away(self, uids: int | Collection[int], shelf: Shelf) -> None: ...
    def refile(self, mail: Filed, shelf: Shelf, other: Shelf) -> bool: ...
    def find_in_sent(self, message_id: str) -> bool | None: ...
    def keep_copy(self, raw: bytes, at: datetime.datetime) -> bool: ...


class AnyOutbox(Protocol):
    """The way out."""

    settings: SmtpSettings

    def deliver(self, letters: Iterable[Outgoing]) -> Iterator[tuple[int, Result]]: ...
    def probe(self) -> None: ...


# Those over HTTPS load `requests`, a tenth of a second that only who uses them should pay.
# ruff: noqa: PLC0415


def mailbox_of(settings: ImapSettings) -> AnyMailbox:
    """The mailbox that the settings name; not connected yet."""
    if settings.kind == GRAPH:
        from bot.post.graph.mailbox import GraphMailbox

        return GraphMailbox(settings)
    if settings.kind == GMAIL:
        from bot.post.gmail.mailbox import GmailMailbox

        return GmailMailbox(settings)
    return Mailbox(settings)


def outbox_of(settings: SmtpSettings) -> AnyOutbox:
    """The way out that the settings name."""
    if settings.kind == GRAPH:
        from bot.post.graph.sending import GraphOutbox

        return GraphOutbox(settings)
    if settings.kind == GMAIL:
        from bot.post.gmail.sending import GmailOutbox

        return GmailOutbox(settings)
    return Outbox(settings)
