"""An archive that is written file by file, with a list of their SHA-256 as its last file. The same files give the same bytes.

Nothing but the file under way is in memory.
"""

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self

SUMS = "sha256sums.txt"  # as `sha256sum -c` takes it
_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip can say
_LONGEST = 80  # characters of a file's name
# What no file system takes in a name, and what moves the text about: "a/b:c", "..\\x".
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\u200b-\u200f\u202a-\u202e\u2066-\u2069]')
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for a formula when it opens a CSV


class Archive:
    """One archive under way, for a ``with``; it is there as a whole or not at all. Raises OSError."""

    def __init__(self, path: Path) -> None:
        self._path, self._part = path, path.with_name(f".{path.name}.part")
        self._sums: list[str] = []

    def __enter__(self) -> Self:
        self._part.touch(0o600)
        self._part.chmod(0o600)
        self._zip = zipfile.ZipFile(self._part, "w", zipfile.ZIP_DEFLATED)
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        if kind is None:
            sums = "".join(self._sums).encode()
            self._write(SUMS, [sums])
        self._zip.close()
        if kind is None:
            self._part.replace(self._path)
        else:
            self._part.unlink(missing_ok=True)

    def put(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write one file from its pieces."""
        self._sums.append(f"{self._write(name, pieces)}  {name}\n")

    def table(self, name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Write a CSV that spreadsheets open as it is: UTF-8 with its mark, no text a formula."""
        self.put(name, _csv_pieces(head, rows))

    def _write(self, name: str, pieces: Iterable[bytes]) -> str:
        digest = hashlib.sha256()
        with self._open(name) as file:
            for piece in pieces:
                digest.update(piece)
                file.write(piece)
        return digest.hexdigest()

    @contextmanager
    def _open(self, name: str) -> Iterator[IO[bytes]]:
        entry = zipfile.ZipInfo(name, _DAY)
        entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
        with self._zip.open(entry, "w", force_zip64=True) as file:
            yield file


def _csv_pieces(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf"
    yield _csv_line(head)
    yield from map(_csv_line, rows)


def _csv_line(row: Sequence[object]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_inert(value) for value in row])
    return out.getvalue().encode("utf-8", "replace")


def _inert(value: object) -> object:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def file_name(name: str) -> str:
    """What a file of others may be called in the archive."""
    plain = _NOT_IN_NAMES.sub("_", name).strip(" .") or "file"
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[:_LONGEST]}{dot}{ending[:10]}" if stem else plain[:_LONGEST]
