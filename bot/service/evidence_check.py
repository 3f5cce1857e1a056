"""An archive of evidence checked by itself: its files, its part of the chain, and what the chain covers.

Linear in the archive; only the digests of what it holds are in memory.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.documents.evidence.archive import SUMS
from bot.store.journal import FORGOTTEN, chained, row_digest, sha256_of
from bot.store.schema import moment_of

_PIECE = 1 << 20  # bytes
_LONGEST_LINE = 64 << 20  # of a file of lines; the content of one mail's answers takes some kilobytes


class NoEvidenceError(Exception):
    """The file is no archive of evidence."""


@dataclass
class ArchiveCheck:
    """What a check of an archive found."""

    files: int = 0
    rows: int = 0
    things: int = 0
    seal: str = ""
    wrong: list[str] = field(default_factory=list)  # in plain English, the first places first


def check_archive(path: Path) -> ArchiveCheck:
    """Check an archive. Raises NoEvidenceError, OSError."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = ArchiveCheck()
            sums = _check_files(archive, found)
            last = _check_chain(archive, found)
            _check_things(archive, found, last)
            _check_bytes(sums, found, last)
            return found
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, zlib.error) as error:
        raise NoEvidenceError(f"{path} is no whole archive of evidence: {error}") from error


def _check_files(archive: zipfile.ZipFile, found: ArchiveCheck) -> dict[str, str]:
    """Hash each file; the hashes that are listed, by name."""
    listed = {}
    for line in archive.read(SUMS).decode("utf-8").splitlines():
        digest, _, name = line.partition("  ")
        listed[name] = digest
    there = [name for name in archive.namelist() if name != SUMS]
    found.wrong += [f"{name}: it is listed and not there" for name in sorted(listed.keys() - set(there))]
    for name in there:
        found.files += 1
        if name not in listed:
            found.wrong.append(f"{name}: it is there and not listed")
        elif _hash(archive, name) != listed[name]:
            found.wrong.append(f"{name}: its content is not what is listed")
    return listed


def _hash(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except zipfile.BadZipFile:  # its own check sum does not fit
        return ""
    return digest.hexdigest()


def _check_chain(archive: zipfile.ZipFile, found: ArchiveCheck) -> dict[str, str]:
    """Hash the rows anew; what they say last of each thing."""
    last: dict[str, str] = {}
    before, number = "", 0
    for line in _lines(archive, "chain.jsonl"):
        row = json.loads(line)
        if "before" in row:
            before = row["before"]
            continue
        if number and row["number"] != number + 1:
            found.wrong.append(f"chain: row {number + 1} is gone")
        number = row["number"]
        covers = row.get("covers")
        digest = row_digest(number, moment_of(row["at"]), row["kind"], covers) if covers else row["digest"]
        if digest != row["digest"] or chained(before, digest) != row["hash"]:
            found.wrong.append(f"chain: row {number} was changed")
        last |= json.loads(covers) if covers else {}
        before, found.rows, found.seal = row["hash"], found.rows + 1, f"{number}:{row['hash']}"
    return last


def _check_things(archive: zipfile.ZipFile, found: ArchiveCheck, last: dict[str, str]) -> None:
    for line in _lines(archive, "things.jsonl"):
        told = json.loads(line)
        found.things += 1
        if last.get(told["thing"], FORGOTTEN) != sha256_of(told["content"].encode("ascii")):
            found.wrong.append(f"{told['thing']}: its content is not what the chain covers")


def _check_bytes(sums: dict[str, str], found: ArchiveCheck, last: dict[str, str]) -> None:
    """Mails and letters against the chain."""
    for name, digest in sums.items():
        folder, _, file = name.partition("/")
        kind = {"mails": "mail bytes", "letters": "letter bytes"}.get(folder)
        if kind and last.get(f"{kind} {int(file.partition('.')[0])}") != digest:
            found.wrong.append(f"{name}: it is not the one that the chain covers")


def _lines(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The lines of a file, one in memory at a time. Raises ValueError for one that no archive of ours has."""
    with archive.open(name) as file:
        while line := file.readline(_LONGEST_LINE):
            if len(line) == _LONGEST_LINE:
                raise ValueError(f"{name} has a line without an end")
            yield line
