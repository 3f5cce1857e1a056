"""The folder of sent mail: whether a letter lies in it, and a copy put there.

Owns how that folder is found: by its name in the settings, else by its special use (RFC 6154). It is never created: where a
server keeps no sent mail, nothing is said about it. What is selected otherwise must be selected anew afterwards, which
every scan does.
"""

import contextlib
import datetime

from bot.post.exceptions import Refused
from bot.post.imap.connection import Connection
from bot.post.imap.lenient_client import Listed
from bot.post.settings import ImapSettings

SENT = rb"\sent"  # in small letters
USUAL = ("sent", "sent items", "sent messages", "sent mail", "[gmail]/sent mail")


class SentFolder(Connection):
    """The part of `Mailbox` that looks after sent mail."""

    def __init__(self, settings: ImapSettings) -> None:
        super().__init__(settings)
        self._sent: str | None = None  # "" when the server has none, None when not asked yet

    def close(self) -> None:
        """Log out if that is quick, and close. Never raises."""
        self._sent = None
        super().close()

    def find_in_sent(self, message_id: str) -> bool | None:
        """Whether a mail with this Message-ID (no brackets) lies in the folder of sent mail; None where there is none.

        Transient when the connection breaks; a server that refuses the search is one without such a folder.
        """
        folder = self._sent_folder()
        if not folder or not message_id.isascii():
            return None
        try:
            with self._visiting(folder, "looking into the folder of sent mail", readonly=True) as client:
                return bool(client.search(["HEADER", "Message-ID", message_id]))
        except Refused:
            return None

    def keep_copy(self, raw: bytes, at: datetime.datetime) -> bool:
        """Put a copy, marked as read, into the folder of sent mail; False where there is none or it takes none."""
        folder = self._sent_folder()
        if not folder:
            return False
        try:
            with self._doing("putting a copy into the folder of sent mail"):
                self._open().append(folder, raw, [rb"\Seen"], at)
        except Refused:
            return False
        return True

    def _sent_folder(self) -> str:
        if self._sent is None:
            self._sent = self.settings.sent or ""
            if not self._sent:
                with contextlib.suppress(Refused), self._doing("looking for the folder of sent mail"):
                    self._sent = _sent_among(self._open().folders())
        return self._sent or ""


def _sent_among(folders: list[Listed]) -> str:
    """By special use, else by one of the usual names, the first of them that is there; empty when none is."""
    real = [one for one in folders if one.real]
    marked = [one.name for one in real if SENT in one.flags]
    plain = {one.name.lower().removeprefix(f"inbox{one.delimiter or '.'}"): one.name for one in real}
    return next(iter(marked), "") or next((plain[name] for name in USUAL if name in plain), "")
