"""The folders that mails are filed away into: found or made under the server's own prefix, and the moving itself.

Owns their names. Knows nothing of why a mail goes into which.
"""

import contextlib
import hashlib
from collections.abc import Collection, Mapping
from typing import Literal

from bot.post.connection import Client, Connection
from bot.post.errors import Permanent, Refused
from bot.post.settings import ImapSettings

Shelf = Literal["Done", "Unreadable", "Held"]
SHELVES: tuple[Shelf, ...] = ("Done", "Unreadable", "Held")

CHUNK = 200  # UIDs in one command: servers limit the length of a line


class Folders(Connection):
    """The part of `Mailbox` that files mails away."""

    def __init__(self, settings: ImapSettings) -> None:
        super().__init__(settings)
        self._shelves: dict[Shelf, str] = {}

    def close(self) -> None:
        """Log out if that is quick, and close. Never raises."""
        self._shelves = {}  # another connection may meet another server
        super().close()

    def ensure_folders(self) -> None:
        """Create the three folders that are missing, under the server's own prefix and delimiter.

        Permanent when the server refuses.
        """
        with self._doing("listing the folders"):
            self._shelves = self._places()
            there = {name for _, _, name in self._open().list_folders()}
        for folder in self._shelves.values():
            if folder not in there:
                self._create(folder)

    def shelves(self) -> Mapping[Shelf, str]:
        """The folders' full names on this server, as `ensure_folders` found or made them."""
        return dict(self._shelves)

    def capabilities(self) -> frozenset[str]:
        """What the server says it can do, in capitals."""
        with self._doing("asking for the server's capabilities"):
            return frozenset(word.decode("ascii", "replace").upper() for word in self._open().capabilities())

    def _create(self, folder: str) -> None:
        action = f"creating the folder {folder}"
        try:
            with self._doing(action):
                self._open().create_folder(folder)
        except Refused as error:
            if "ALREADYEXISTS" not in error.detail:
                raise Permanent(action, error.detail, "Create it by hand, or choose another root.") from error
        with contextlib.suppress(Refused), self._doing("subscribing"):
            self._open().subscribe_folder(folder)  # so that webmail shows it; nothing depends on it

    def _places(self) -> dict[Shelf, str]:
        client = self._open()
        prefix, delimiter = "", None
        if client.has_capability("NAMESPACE"):
            personal = client.namespace().personal
            prefix, delimiter = personal[0] if personal else ("", None)
        else:
            delimiter = next((mark.decode() for _, mark, _ in client.list_folders("", "%") if mark), None)
        mark = delimiter or "-"  # a server without hierarchy gets flat names
        root = self.settings.root.strip("/").replace("/", mark)
        root = root if root.startswith(prefix) else prefix + root
        return {name: f"{root}{mark}{name}" for name in SHELVES}

    def file_away(self, uids: int | Collection[int], shelf: Shelf) -> None:
        """Move mails of the selected folder to `Done`, `Unreadable` or `Held`. Mails no longer there are passed over."""
        for chunk in chunks([uids] if isinstance(uids, int) else list(uids)):
            try:
                self._move(chunk, shelf)
            except Refused:  # perhaps somebody removed the folder
                self.ensure_folders()
                self._move(chunk, shelf)

    def refile(self, size: int, sha256: str, shelf: Shelf, other: Shelf) -> bool:
        """Move the mail with these bytes (`size` as the server counts) from one shelf to another; False when it is gone.

        Its UID on the shelf is not known, and a Message-ID need not be one: it is found by size, then by its bytes.
        """
        self._shelves = self._shelves or self._places()
        with self._visiting(self._shelves[shelf], f"moving a mail from {shelf} to {other}") as client:
            alike = client.search(["LARGER", size - 1, "SMALLER", size + 1])
            for uid, facts in client.fetch(alike, ["BODY.PEEK[]"]).items() if alike else ():
                if hashlib.sha256(facts.get(b"BODY[]", b"")).hexdigest() == sha256:
                    self._move_within(client, [uid], self._shelves[other])
                    return True
        return False

    def _move(self, uids: list[int], shelf: Shelf) -> None:
        with self._doing(f"filing mails under {shelf}"):
            self._shelves = self._shelves or self._places()
            self._exists = None
            self._move_within(self._open(), uids, self._shelves[shelf])

    def _move_within(self, client: Client, uids: list[int], folder: str) -> None:
        if client.has_capability("MOVE"):
            client.move(uids, folder)
            return
        client.copy(uids, folder)
        client.add_flags(uids, [rb"\Deleted"], silent=True)
        # Without UIDPLUS they stay, marked deleted: a plain EXPUNGE would remove other people's mails as well.
        if client.has_capability("UIDPLUS"):
            client.uid_expunge(uids)


def chunks(uids: list[int]) -> list[list[int]]:
    """The UIDs in runs short enough for one command."""
    return [uids[start : start + CHUNK] for start in range(0, len(uids), CHUNK)]
