"""A circular's folder: its file, what it encloses, the links in its words. Every mistake of all of them is said in one pass."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.config.problems import ConfigError, Problem, attempt, did_you_mean, key_of, validated
from bot.config.toml_files import read_toml
from bot.office.model.circular import Circular
from bot.office.model.circular_enclosure import EnclosedFile
from bot.office.model.weblinks import faults_in

CIRCULAR_FILE = "circular.toml"
# Bytes of the files that go with one letter: base64 makes a third more of them, and many servers take letters of 10 MB.
LARGEST_TOGETHER = 6_000_000
# How a file begins, by the ending of its name: what reporters' programs open and their servers let through.
BEGINNINGS = {
    "pdf": b"%PDF-",
    "docx": b"PK\x03\x04",
    "xlsx": b"PK\x03\x04",
    "pptx": b"PK\x03\x04",
    "odt": b"PK\x03\x04",
    "ods": b"PK\x03\x04",
    "png": b"\x89PNG",
    "jpg": b"\xff\xd8\xff",
    "jpeg": b"\xff\xd8\xff",
}
# Bytes; the longest of the beginnings by which an enclosure's kind is known.
LONGEST_BEGINNING = 8
WEB_KEYS = ("address",)  # checked by their own type
NO_WORDS = ("file", "slug", "key", "kind", "to", "cc")  # hold no sentences
QUOTES_MISPRINTS = "remarks_for_staff"  # may say how a link was printed, when it says the mended one too


def load_circular(folder: Path) -> Circular:
    """The circular of a folder, with the bytes of its enclosures. Raises ConfigError."""
    file = folder / CIRCULAR_FILE
    given = read_toml(file)
    problems: list[Problem] = []
    circular = attempt(problems, lambda: validated(Circular, given, str(file)))
    problems += [Problem(str(file), key, hint) for key, hint in _link_mistakes(given)]
    entries = _entries(given)
    mistakes = dict(_file_mistakes(folder, entries))
    by_address: set[int] = set()
    if not mistakes:
        by_address, mistakes = _too_large(folder, entries)
    problems += [Problem(str(file), f"enclosure[{at + 1}].file", hint) for at, hint in sorted(mistakes.items())]
    if circular is None or problems:
        raise ConfigError(problems)
    return _filled(circular, folder, by_address)


def _entries(given: Mapping[str, Any]) -> dict[int, EnclosedFile]:
    """The enclosures that are written well, by their place: the others are explained already."""
    found = {}
    listed = given.get("enclosure")
    for at, entry in enumerate(listed if isinstance(listed, list) else []):
        try:
            found[at] = EnclosedFile.model_validate(entry)
        except ValidationError:
            continue
    return found


def _filled(circular: Circular, folder: Path, by_address: set[int]) -> Circular:
    files = tuple(
        one if at in by_address else one.filled((folder / one.file).read_bytes())
        for at, one in enumerate(circular.enclosure)
    )
    return circular.model_copy(update={"enclosure": files}) if files else circular


def _file_mistakes(folder: Path, entries: Mapping[int, EnclosedFile]) -> Iterator[tuple[int, str]]:
    """(place, what to do instead) for every file that cannot be sent."""
    seen: set[str] = set()
    for at, entry in entries.items():
        name = Path(entry.file).name.casefold()
        if name in seen:
            yield (
                at,
                f'"{entry.file}" is enclosed already; give each file a name of its own, and one entry with all its readers',
            )
        elif hint := _file_mistake(folder, entry.file):
            yield at, hint
        seen.add(name)


def _file_mistake(folder: Path, name: str) -> str:
    """Why a file cannot be sent, and what to do instead; empty when it can."""
    path = folder / name
    ending = path.suffix.removeprefix(".").lower()
    if not name.isprintable() or ending not in BEGINNINGS:
        return f'"{name}": write the name of a file that ends in one of {", ".join(BEGINNINGS)}'
    if not path.resolve().is_relative_to(folder.resolve()):
        return f'"{name}" lies outside the folder of the circular; put the file into {folder}'
    try:
        with path.open("rb") as file:
            return _beginning_mistake(name, ending, file.read(LONGEST_BEGINNING))
    except FileNotFoundError:
        there = sorted(each.name for each in folder.iterdir() if each.suffix.removeprefix(".").lower() in BEGINNINGS)
        instead = did_you_mean(name, there) if there else "put it there"
        return f'there is no file "{name}" in the folder of the circular; {instead}'
    except OSError as error:
        return f'"{name}" cannot be read ({error.strerror}); name a file that can'


def _beginning_mistake(name: str, ending: str, beginning: bytes) -> str:
    if not beginning:
        return f'"{name}" is empty; save it anew'
    if not beginning.startswith(BEGINNINGS[ending]):
        return f'"{name}" is no {ending} file inside, so nobody could open it; save it as one, or name it as what it is'
    return ""


def _too_large(folder: Path, entries: Mapping[int, EnclosedFile]) -> tuple[set[int], dict[int, str]]:
    """The places of the files that go by their address, as together they are too large; and of those that cannot.

    Only the request names addresses, so what others get too must fit.
    """
    sizes = {at: (folder / entry.file).stat().st_size for at, entry in entries.items()}
    by_address: set[int] = set()
    mistakes: dict[int, str] = {}
    for reader in sorted({reader for entry in entries.values() for reader in entry.to}):
        sent = sorted((at for at, entry in entries.items() if reader in entry.to), key=lambda at: -sizes[at])
        for at in [at for at in sent if entries[at].address and entries[at].to == ("reporters",)]:
            if sum(sizes[one] for one in sent if one not in by_address) > LARGEST_TOGETHER:
                by_address.add(at)
        left = [at for at in sent if at not in by_address]
        if left and sum(sizes[at] for at in left) > LARGEST_TOGETHER:
            mistakes[left[0]] = _too_large_together(entries[left[0]], reader, sum(sizes[at] for at in left))
    return by_address, mistakes


def _too_large_together(largest: EnclosedFile, reader: str, size: int) -> str:
    said = f'"{largest.file}": what goes to {reader} has {_mega(size)} MB together, and a letter takes {_mega(LARGEST_TOGETHER)}; '
    if reader == "reporters" and largest.to == ("reporters",):
        return said + 'give it address = "https://..." where it can be had, or make it smaller'
    return said + "make it smaller"


def _mega(size: int) -> str:
    return f"{size / 1_000_000:.1f}"


def _link_mistakes(given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(key, what to write instead) for every address in the circular's words that does not open as it is written."""
    for path, text in _texts(given, ()):
        for fault in faults_in(text):
            if QUOTES_MISPRINTS not in path or not fault.mended or fault.mended not in text:
                yield key_of(path, given), str(fault)


def _texts(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text that stands in a letter or document, with its place."""
    if isinstance(value, str):
        yield path, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        if key not in NO_WORDS and key not in WEB_KEYS and not str(key).endswith("aliases"):
            yield from _texts(each, (*path, key))
