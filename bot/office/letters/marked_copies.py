"""Which of a sender's workbooks go back to him marked, and with which findings."""

import dataclasses
from collections.abc import Iterator

from bot.office.letters.enclosures import Enclosure, MarkedCopy
from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from parsers.findings import Code, Finding, Place, Severity
from parsers.reading import Reading

MARKABLE = frozenset({"xlsx", "xlsm"})  # formats of which a copy can be marked
MARKED_BYTES = 5 << 20  # of all files marked for one letter; mail servers refuse letters of 10 to 25 MB


def marked_copies(bureau: Bureau, circular: Circular, reading: Reading) -> tuple[Enclosure, ...]:
    """Copies of the sender's workbooks in which some cell wants a look, as far as they may be sent back."""
    copies: list[Enclosure] = []
    room = MARKED_BYTES
    for file in reading.files:
        found = tuple(f for f in _in_cells(reading) if f.place.file == file.name and f.severity is not Severity.INFO)
        secret = any(f.code is Code.KEY_HIDDEN for f in found)  # a copy would carry it on
        fits = not secret and file.format in MARKABLE and file.size <= room
        if fits and any(each.place.cell for each in found):
            whose = f"{circular.slug}-{reading.reporter}" if reading.reporter else circular.slug
            ending = f"-{len(copies) + 1}" if copies else ""
            codes = {each.organisation for each in found} & bureau.roster.by_code.keys()
            known = {code: bureau.roster.by_code[code].printed_short for code in sorted(codes)}
            copies.append(MarkedCopy(f"{whose}-marked{ending}.xlsx", file.name, found, known))
            room -= file.size
    return tuple(copies)


def _in_cells(reading: Reading) -> Iterator[Finding]:
    """The findings, those of the mail's words at each cell of the row that they speak against."""
    rows: dict[str, list[Place]] = {}
    for answer in reading.answers:
        rows.setdefault(answer.organisation, []).append(answer.place)
    for found in reading.findings:
        if found.code is Code.WORDS_CONTRADICT:
            yield from (dataclasses.replace(found, place=place) for place in rows.get(found.organisation, ()))
        else:
            yield found
