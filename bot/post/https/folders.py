"""What every mailbox over HTTPS does with its folders."""

from abc import ABC, abstractmethod

from bot.post.exceptions import Refused
from bot.post.https.refusals import Refusal
from bot.post.imap.folders import SHELVES, Shelf


class Folders(ABC):
    """The folders of one mailbox, by paths such as ``Ruam/Done``."""

    @abstractmethod
    def forget(self) -> None:
        """Look for every folder anew."""

    @abstractmethod
    def find(self, path: str) -> str:
        """The id of a folder; empty where there is none. Raises Refusal, PostError."""

    @abstractmethod
    def ensure(self, path: str) -> str:
        """The id of a folder, which is made with those above it where it is missing. Raises Refusal, PostError."""

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
