"""What every mailbox over HTTPS does with its folders."""

from abc import ABC, abstractmethod
from http import HTTPStatus

from bot.post.exceptions import Refused
from bot.post.https.refusals import Refusal
from bot.post.imap.folders import SHELVES, Shelf


class Folders(ABC):
    """The folders of one mailbox, by paths such as ``Ruam/Done``; what was found is kept until `forget`."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}

    def forget(self) -> None:
        """Look for every folder anew."""
        self._ids = {}

    @abstractmethod
    def find(self, path: str) -> str:
        """The id of a folder; empty where there is none. Raises Refusal, PostError."""

    def ensure(self, path: str) -> str:
        """The id of a folder, which is made with those above it where it is missing. Raises Refusal, PostError."""
        if found := self.find(path):
            return found
        try:
            self._make(path)
        except Refusal as refusal:
            if refusal.status != HTTPStatus.CONFLICT:  # another made it meanwhile
                raise
        return self.find(path)

    @abstractmethod
    def _make(self, path: str) -> None:
        """Make a folder that is missing, and those above it. Raises Refusal, PostError."""

    def selected(self, path: str) -> str:
        """The id of a folder that must be there. Raises Refused, PostError."""
        action = f"opening the folder {path}"
        try:
            found = self.see(path)
        except Refusal as refusal:
            raise refusal.error(action) from None
        if not found:
            raise Refused(
                action, "there is no such folder", "Name a folder of this mailbox, or make that one.", "folder"
            )
        return found

    @abstractmethod
    def see(self, path: str) -> str:
        """As `find`, but the server is asked even where the id is known beforehand."""


def shelves_of(root: str) -> dict[Shelf, str]:
    """The paths of the folders that mails are filed into, below ``root``."""
    return {name: f"{root.strip('/')}/{name}" for name in SHELVES}
