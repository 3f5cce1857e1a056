"""The folders that mails are filed away into: found or made under the server's own prefix, and the moving itself.

Owns their names. Knows nothing of why a mail goes into which.
"""

import contextlib
import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.post.exceptions import Permanent, Refused
from bot.post.imap.connection import Connection
from bot.post.imap.lenient_client import Client, Facts
from bot.post.settings import ImapSettings

Shelf = Literal["Done", "Unreadable", "Held"]
SHELVES: tuple[Shelf, ...] = ("Done", "Unreadable", "Held")

CHUNK = 200  # UIDs in one command: servers limit the length of a line
NEAREST = 200  # mails of another size that are compared by their bytes


@dataclass(frozen=True)
class Filed:
    """A mail that lies on a shelf: its size in bytes as the server counted, its SHA-256, its UID where that outlives a move."""

    size: int
    sha256: str
    uid: int = 0


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

        Permanent when the server refuses. Other folders do not matter, whatever their names.
        """
        with self._doing("listing the folders"):
            self._shelves = self._places()
        there = set()
        with contextlib.suppress(Refused), self._doing("listing the folders"):
            there = {listed.name for listed in self._open().folders() if listed.real}
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

    def named(self, folder: str) -> str:
        r"""The name of a folder on this server: of a special use (``\Junk``, RFC 6154) the one marked so, else as given.

        Refused when no folder is marked so.
        """
        if not folder.startswith("\\"):
            return folder
        with self._doing("listing the folders"):
            marked = [one.name for one in self._open().folders() if one.real and folder.lower().encode() in one.flags]
        if not marked:
            raise Refused("looking for a further folder", f"none is marked {folder}", "Write its name in [imap] also.")
        return marked[0]

    def _create(self, folder: str) -> None:
        action = f"creating the folder {folder}"
        try:
            with self._doing(action):
                self._open().create_folder(folder)
        except Refused as error:
            if "ALREADYEXISTS" not in error.detail and not self._is_there(folder):
                step = "Create it by hand, or choose another root."
                raise Permanent(action, error.detail, step, "folder") from error
        with contextlib.suppress(Refused), self._doing("subscribing"):
            self._open().subscribe_folder(folder)  # so that webmail shows it; nothing depends on it

    def _is_there(self, folder: str) -> bool:
        with contextlib.suppress(Refused), self._doing(f"asking for the folder {folder}"):
            return any(one.name == folder and one.real for one in self._open().folders(folder))
        return False

    def _places(self) -> dict[Shelf, str]:
        prefix, delimiter = self._open().own_namespace()
        if delimiter is None:
            delimiter = self._delimiter()
        mark = delimiter or "-"  # a server without hierarchy gets flat names
        root = self.settings.root.strip("/").replace("/", mark)
        root = root if root.startswith(prefix) else prefix + root
        return {name: f"{root}{mark}{name}" for name in SHELVES}

    def _delimiter(self) -> str | None:
        """The delimiter of the INBOX, else of any folder; None: there is no hierarchy."""
        listed = self._open().folders("%")
        own = [one for one in listed if one.name.upper() == "INBOX"]
        return next((one.delimiter for one in (*own, *listed) if one.delimiter), None)

    def file_away(self, uids: int | Collection[int], shelf: Shelf) -> None:
        """Move mails of the selected folder to `Done`, `Unreadable` or `Held`. Mails no longer there are passed over."""
        for chunk in chunks([uids] if isinstance(uids, int) else list(uids)):
            try:
                self._move(chunk, shelf)
            except Refused as error:  # perhaps somebody removed the folder
                if error.kind == "folder":  # said so; a list may still show its name
                    self._create(self._shelves[shelf])
                else:
                    self.ensure_folders()
                self._move(chunk, shelf)

    def refile(self, mail: Filed, shelf: Shelf, other: Shelf) -> bool:
        """Move a mail from one shelf to another; False when it is gone.

        Its UID on the shelf is not known, and a Message-ID need not be one: it is found by its bytes, those of its size
        first. Some servers count one size in one folder and another in the next, or search by none of them.
        """
        with self._doing("listing the folders"):
            self._shelves = self._shelves or self._places()
        with self._visiting(self._shelves[shelf], f"moving a mail from {shelf} to {other}") as client:
            for uid in _by_size(client, mail.size):
                if any(_digest(facts) == mail.sha256 for facts in client.answers([uid], "BODY.PEEK[]")):
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


def _by_size(client: Client, size: int) -> Iterator[int]:
    """UIDs of the selected folder: those of this size as the server searches, then the others by how near they come."""
    alike = client.find("LARGER", str(max(size - 1, 0)), "SMALLER", str(size + 1))
    yield from alike
    others = [uid for uid in client.find("ALL") if uid not in set(alike)]
    sizes = [facts for chunk in chunks(others) for facts in client.answers(chunk, "RFC822.SIZE")]
    apart = [(abs(number(facts.get(b"RFC822.SIZE")) - size), number(facts.get(b"UID"))) for facts in sizes]
    yield from (uid for _, uid in sorted(apart)[:NEAREST] if uid)


def _digest(facts: Facts) -> str:
    raw = next((value for key, value in facts.items() if key.startswith(b"BODY[")), None)
    return hashlib.sha256(raw).hexdigest() if isinstance(raw, bytes) else ""


def number(said: object) -> int:
    """A number in an answer; 0 when it is none."""
    if isinstance(said, bytes) and said.isdigit():
        return int(said)
    return said if isinstance(said, int) else 0


def chunks(uids: list[int]) -> list[list[int]]:
    """The UIDs in runs short enough for one command."""
    return [uids[start : start + CHUNK] for start in range(0, len(uids), CHUNK)]
