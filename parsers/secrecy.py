"""Log-in keys and citizen numbers in what people send: hidden before anything is read, and the sender is warned.

Owns where they are looked for in files. What they look like is ``parsers.text``'s to say.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from parsers.findings import Code, Finding, Place, finding
from parsers.grid import Grid
from parsers.reading import Mail
from parsers.text import HIDDEN, mask_secrets

SHORTEST = 13  # characters of the shortest secret
IN_MAIL = "เนื้อหาหรือหัวเรื่องของอีเมล"


def guarded(grid: Grid) -> Grid:
    """The grid with every secret in its words hidden; figures are left, since they are answers."""
    hidden = {
        at: replace(cell, text=masked)
        for at, cell in grid.cells.items()
        if len(cell.text) >= SHORTEST and cell.number is None and (masked := mask_secrets(cell.text)) != cell.text
    }
    name = mask_secrets(grid.sheet)
    return replace(grid, sheet=name, cells={**grid.cells, **hidden}) if hidden or name != grid.sheet else grid


def warnings_of(grids: Iterable[tuple[str, Grid]], mail: Mail | None) -> tuple[Finding, ...]:
    """One warning for each file, with the first cell, and one for the mail's own words. ``grids`` with their files' names."""
    first: dict[str, Place] = {}
    for file, grid in grids:
        for place in _places(file, grid):
            first.setdefault(file, place)
    if mail and any(HIDDEN in text for text in (mail.subject, mail.sender_name, mail.text)):
        first.setdefault("", Place())
    return tuple(finding(Code.KEY_HIDDEN, place, where=place.file or IN_MAIL) for place in first.values())


def _places(file: str, grid: Grid) -> Iterator[Place]:
    for cell in grid.cells.values():
        if HIDDEN in cell.text:
            yield Place(file, grid.sheet, cell.address)
    if HIDDEN in grid.sheet or HIDDEN in file:
        yield Place(file, grid.sheet)
