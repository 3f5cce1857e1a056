"""Mails and letters opened for looking: in a child with limits, since strangers wrote them.

Bytes of a mail never change, so of the last ones what was found is kept, by their SHA-256: its frame and its files are asked for
behind the mail. Whoever asks has taken the bytes from the books, so that nothing is shown of what was cleared there.
"""

import hashlib
import json
import re
import threading
from collections.abc import Callable, Mapping
from typing import Any

from bot.office.letters.sign_in import PATH
from bot.service.context import House
from parsers.child_process.sandbox import SandboxClosed, Starved
from parsers.files.mail_shown import letter_shown, mail_shown

KEPT = 16  # mails
LARGEST = 500_000  # characters of one that is kept
NOTHING: Mapping[str, Any] = {"own": "", "text": "", "html": "", "secret": False, "files": (), "sheets": ()}
# "/sign-in/4fX…": what a link to sign in holds, in a letter of ours or where one is quoted; never shown, or who looks could come in by it.
_LINK = re.compile(rf"{re.escape(PATH)}[\w-]{{1,200}}")


class Openings:
    """What was found in the last mails. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: dict[tuple[str, object], str] = {}  # the one used last stands last

    def mail(self, house: House, raw: bytes) -> dict[str, Any]:
        """A mail's words, files and sheets; nothing where its bytes are gone or defy a child."""
        naming = house.bureau.roster.naming
        key = hashlib.sha256(raw).hexdigest(), naming
        with self._lock:
            found = self._last.pop(key, "")
            if found:
                self._last[key] = found
        if not found and (found := _opened(house, mail_shown, raw, naming)) and len(found) <= LARGEST:
            with self._lock:
                self._last[key] = found
                while len(self._last) > KEPT:
                    del self._last[next(iter(self._last))]
        return {**NOTHING, **json.loads(found or "{}")}

    def letter(self, house: House, raw: bytes) -> dict[str, Any]:
        """A letter's words and the names of its files; nothing as before."""
        return {**NOTHING, **json.loads(_opened(house, letter_shown, raw) or "{}")}


def _opened(house: House, shown: Callable[..., bytes], raw: bytes, *more: object) -> str:
    """What a child finds, as JSON; "" where it finds nothing."""
    try:
        found = house.sandbox.run(shown, raw, *more) if raw else None
    except (SandboxClosed, Starved):
        found = None
    return _LINK.sub(f"{PATH}…", found.decode()) if found else ""
