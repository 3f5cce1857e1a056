"""One letter for whoever is written to about several circulars at once: ordered by deadline, with all their forms. Pure.

The letters about each circular are made first, as if they went alone; here those of one kind to one reporter become one.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from bot.office.letters.enclosures import Enclosure, Listed, ReadyFile, SignedScan
from bot.office.letters.letter import Letter, LetterKind
from bot.office.model.bureau import Bureau

MOST = 15  # circulars in one letter: mail programs cut letters of 100 kB, and a part takes some 5
LARGEST = 6_000_000  # bytes of files in one letter, as of the enclosures of one circular
SCAN = 1_500_000  # bytes that a scan is taken for, which lies in the books
FORM = 40_000  # and what else is made only with the letter


def one_for_each(bureau: Bureau, letters: Iterable[Letter]) -> tuple[Letter, ...]:
    """The letters with those of one kind to one reporter joined; one that is alone stays as it is, and so do those to staff."""
    together: dict[tuple[LetterKind, str], list[Letter]] = {}
    others: list[Letter] = []
    for letter in letters:
        if letter.addressee in bureau.roster.by_key:
            together.setdefault((letter.kind, letter.addressee), []).append(letter)
        else:
            others.append(letter)
    return (*others, *_of_reporters(bureau, together.values()))


def _of_reporters(bureau: Bureau, together: Iterable[Sequence[Letter]]) -> tuple[Letter, ...]:
    return tuple(
        _joined(bureau, several) if len(several) > 1 else several[0]
        for alike in together
        for several in _batches(sorted(alike, key=lambda one: (one.view["deadline"], one.circular)))
    )


def _batches(letters: Sequence[Letter]) -> Iterator[list[Letter]]:
    """As many at a time as one letter can hold."""
    batch: list[Letter] = []
    size = 0
    for letter in letters:
        more = sum(map(_size, letter.enclosures))
        if batch and (len(batch) == MOST or size + more > LARGEST):
            yield batch
            batch, size = [], 0
        batch.append(letter)
        size += more
    yield batch


def _size(enclosure: Enclosure) -> int:
    if isinstance(enclosure, ReadyFile):
        return len(enclosure.content)
    return SCAN if isinstance(enclosure, SignedScan) else FORM


def _joined(bureau: Bureau, letters: Sequence[Letter]) -> Letter:
    """One letter of several. The chief gets a copy when one of them would have been copied; it says of which."""
    first, reporter = letters[0], bureau.roster.by_key[letters[0].addressee]
    parts, enclosures = _with_names_apart(letters)
    late = sum(part["late"] for part in parts)
    steps = " ".join(f"{letter.circular}:{letter.occasion}" for letter in letters)
    if first.kind is LetterKind.REQUEST:
        subject = f"ขอให้รายงาน {len(letters)} เรื่อง ({reporter.name})"
    else:
        subject = f"{f'เลยกำหนด {late} เรื่อง ' if late else ''}รายงานที่ยังค้าง {len(letters)} เรื่อง ({reporter.name})"
    return replace(
        first,
        circular="",
        about=tuple(letter.circular for letter in letters),
        asks=tuple(asking for letter in letters for asking in letter.asks),
        occasion=f"together-{hashlib.sha256(steps.encode()).hexdigest()[:16]}",
        cc=tuple(dict.fromkeys(address for letter in letters for address in letter.cc)),
        subject=subject,
        template="several",
        view={
            "salutation": first.view["salutation"],
            "parts": parts,
            "late": late,
            "request": first.kind is LetterKind.REQUEST,
            "slugs": [letter.circular for letter in letters],
        },
        enclosures=enclosures,
    )


def _with_names_apart(letters: Sequence[Letter]) -> tuple[list[dict[str, Any]], tuple[Enclosure, ...]]:
    """What the template lays out of each letter, and all their files: one that several carry once, two of one name apart."""
    carried: dict[str, Enclosure] = {}
    others: list[Enclosure] = []
    parts: list[dict[str, Any]] = []
    for letter in letters:
        named: dict[str, str] = {}
        for enclosure in letter.enclosures:
            name = getattr(enclosure, "name", "")
            if not name:
                others += [] if enclosure in others else [enclosure]
                continue
            own = name if carried.get(name, enclosure) == enclosure else f"{letter.circular}-{name}"
            named[name] = own
            carried[own] = replace(enclosure, name=own) if isinstance(enclosure, ReadyFile) else enclosure
        parts.append(_part(letter, named))
    return parts, (*carried.values(), *others)


def _part(letter: Letter, named: dict[str, str]) -> dict[str, Any]:
    listed = [
        replace(one, name=named.get(one.name, one.name)) if isinstance(one, Listed) else one
        for one in letter.view.get("listed", ())
    ]
    own = {"late": letter.template == "overdue", "copied": bool(letter.cc), "files": list(named.values())}
    return {**letter.view, **own, "listed": listed}
