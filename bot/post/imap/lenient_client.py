"""IMAPClient with what it does not offer: a look into its buffers, and answers of which one odd line spoils no other.

The library reads all FETCH and LIST answers at once and gives up at the first that it cannot read; servers send folders
with names of foreign spelling, dates beyond the calendar, answers that nobody asked for. Here each answer is read alone.
"""

import re
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from imapclient import IMAPClient  # type: ignore[import-untyped]  # it ships no type marker
from imapclient.exceptions import (  # type: ignore[import-untyped]
    IMAPClientAbortError,
    IMAPClientError,
    ProtocolError,
)
from imapclient.imap_utf7 import decode  # type: ignore[import-untyped]
from imapclient.response_parser import parse_response  # type: ignore[import-untyped]

Facts = dict[bytes, Any]  # of one FETCH answer: bytes, ints, tuples or None by the name of the item in capitals

# "UID 12", "RFC822.SIZE 3456" in an answer that the library could not take apart.
_BARE = re.compile(rb"\b(UID|RFC822\.SIZE) (\d{1,10})\b")


@dataclass(frozen=True)
class Chosen:
    """What a server says of the folder just selected."""

    uidvalidity: int  # 0 where it says none
    exists: int | None  # mails; None where it does not say


@dataclass(frozen=True)
class Listed:
    """One folder of the server's list."""

    flags: frozenset[bytes]  # in small letters
    delimiter: str | None
    name: str

    @property
    def real(self) -> bool:
        """Whether mails can lie in it (RFC 3501, RFC 5258); otherwise it is only the name of a parent."""
        return not self.flags & {rb"\noselect", rb"\nonexistent"}


class Client(IMAPClient):  # type: ignore[misc]  # untyped base, see the import
    """The library's client. Raises what the library raises."""

    def buffered(self) -> bool:
        """Whether lines already lie in the reading buffer, where `idle_check` would not see them until its time-out."""
        kept = getattr(self._imap, "_readbuf", None)  # Python 3.14 and later keep a list instead of a file
        if kept is not None:
            return bool(kept)
        self.socket().settimeout(0)
        try:
            return bool(self._imap.file.peek(1))
        except (BlockingIOError, ssl.SSLWantReadError):
            return False
        finally:
            self._set_read_timeout()

    def unasked(self) -> list[tuple[Any, ...]]:
        """What the server said beside its answers since the last call: `(n, b"EXISTS")`, `(n, b"EXPUNGE")`."""
        told = self._imap.untagged_responses
        pairs = [(number, kind) for kind in ("EXPUNGE", "EXISTS") for number in told.pop(kind, ())]
        return [(int(number), kind.encode()) for number, kind in pairs if number.isdigit()]

    def choose(self, folder: str, *, readonly: bool = False) -> Chosen:
        """Select a folder. Servers leave out what RFC 3501 demands of them; nothing here depends on it."""
        self._command_and_check("select", self._normalise_folder(folder), readonly)
        told = self._imap.untagged_responses
        exists = _number(told.get("EXISTS"))
        self.unasked()  # the count in the answer itself is no news
        return Chosen(_number(told.get("UIDVALIDITY")) or 0, exists)

    def find(self, *criteria: str) -> list[int]:
        """UIDs by SEARCH criteria of plain words, however many lines the answer has."""
        typ, data = self._imap.uid("SEARCH", *criteria)
        self._checkok("SEARCH", typ, data)
        found: list[int] = []
        for line in data:
            words = line.partition(b"(")[0].split() if isinstance(line, bytes) else ()  # "(MODSEQ n)" may follow
            found += [int(word) for word in words if word.isdigit()]
        return found

    def answers(self, uids: Sequence[int], *items: str) -> list[Facts]:
        """The FETCH answers that can be read, also those nobody asked for. None for a mail is no error."""
        typ, data = self._imap.uid("FETCH", ",".join(map(str, uids)), f"({' '.join(items)})")
        self._checkok("FETCH", typ, data)
        return [facts for group in _grouped(data) if (facts := _facts(group))]

    def own_namespace(self) -> tuple[str, str | None]:
        """Prefix and delimiter of our own folders (RFC 2342), as far as the server says them in words that can be read."""
        try:
            personal = self.namespace().personal if self.has_capability("NAMESPACE") else ()
            prefix, delimiter = personal[0][:2] if personal else ("", None)
        except IMAPClientAbortError:
            raise
        except (IMAPClientError, ValueError, TypeError):
            return "", None
        return str(prefix or ""), delimiter

    def folders(self, pattern: str = "*") -> list[Listed]:
        """The folders whose names can be read."""
        typ, data = self._imap._simple_command("LIST", '""', self._normalise_folder(pattern))  # noqa: SLF001 - as its own
        self._checkok("LIST", typ, data)
        _, data = self._imap._untagged_response(typ, data, "LIST")  # noqa: SLF001 - as its own
        return [listed for group in _grouped(data) if (listed := _listed(group))]


def _number(told: list[bytes] | None) -> int | None:
    return int(told[-1]) if told and told[-1].isdigit() else None


def _grouped(data: list[Any]) -> Iterator[list[Any]]:
    """The records of imaplib in answers: pairs of (line, literal), then the line that ends the answer."""
    group: list[Any] = []
    for record in data:
        if record is None:
            continue
        group.append(record)
        if isinstance(record, bytes):
            yield group
            group = []


def _parsed(group: list[Any]) -> tuple[Any, ...]:
    """The values of one answer; empty when it cannot be read."""
    try:
        return tuple(parse_response(group))
    except (ProtocolError, ValueError, RecursionError):
        return ()


def _facts(group: list[Any]) -> Facts:
    parsed = _parsed(group)
    items = parsed[1] if len(parsed) > 1 and isinstance(parsed[1], tuple) else None
    if items is None:  # what has no literal in it may still say which mail is meant, and its size
        return {name: int(number) for name, number in _BARE.findall(group[0])} if isinstance(group[0], bytes) else {}
    return {
        name.upper(): value for name, value in zip(items[::2], items[1::2], strict=False) if isinstance(name, bytes)
    }


def _listed(group: list[Any]) -> Listed | None:
    parsed = _parsed(group)
    if len(parsed) < 3 or not isinstance(parsed[0], tuple):  # noqa: PLR2004 - flags, delimiter, name
        return None
    flags, delimiter, name = parsed[:3]
    try:
        spelt = decode(name) if isinstance(name, bytes) else "" if name is None else str(name)
    except ValueError:  # no modified UTF-7: somebody else's folder
        return None
    small = frozenset(flag.lower() for flag in flags if isinstance(flag, bytes))
    return Listed(small, delimiter.decode("latin-1") if isinstance(delimiter, bytes) else None, spelt)
