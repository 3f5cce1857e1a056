"""What a mailbox over HTTPS asks of its provider, which each does in its own way."""

import datetime
from abc import ABC, abstractmethod
from collections.abc import Collection
from dataclasses import dataclass
from typing import ClassVar, Generic

from bot.post.https.client import Pauses
from bot.post.https.folders import Folders
from bot.post.https.listing import AnyClient, Listing, Lying
from bot.post.settings import ImapSettings


@dataclass(frozen=True)
class Came:
    """One mail as the server gave it. ``whole``: all of it came; otherwise its beginning. ``size``: of all, in bytes; ``at``: when it arrived."""

    raw: bytes
    whole: bool
    size: int
    at: datetime.datetime | None


class Provider(ABC, Generic[AnyClient]):
    """One mailbox at a provider. The verbs raise Refusal, PostError."""

    number: ClassVar[int]  # UIDVALIDITY of every folder of every mailbox, since ids last

    def __init__(self, settings: ImapSettings, pauses: Pauses) -> None:
        self.settings = settings
        self.client = self.make_client(pauses)
        self.folders = self.make_folders()

    @abstractmethod
    def make_client(self, pauses: Pauses) -> AnyClient:
        """The client of this mailbox."""

    @abstractmethod
    def make_folders(self) -> Folders:
        """The folders of this mailbox."""

    @abstractmethod
    def listing_of(self, folder: str) -> Listing[AnyClient]:
        """What lies in the folder of this id."""

    @abstractmethod
    def download(self, mail: Lying, action: str) -> Came:
        """One mail; of one above ``max_bytes`` the header at least."""

    @abstractmethod
    def move(self, mail: Lying, folder: str, action: str) -> None:
        """Move a mail of the selected folder to the one of this id."""

    @abstractmethod
    def fields_of(self, mail: Lying, names: Collection[str]) -> bytes:
        """The header fields of these names; empty where the server does not say them."""

    @abstractmethod
    def envelope_of(self, mail: Lying) -> tuple[bytes, bytes]:
        """Sender and subject; empty where the server does not say."""

    @abstractmethod
    def find_in_sent(self, message_id: str) -> bool | None:
        """Whether a mail with this Message-ID (no brackets) is sent, or being sent; None where there is no such folder."""
