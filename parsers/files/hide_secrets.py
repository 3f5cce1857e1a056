"""Log-in keys and citizen numbers in what people send: hidden before anything is read, and the sender is warned.

Owns where they are looked for in files. What they look like is ``parsers.secrets.mask``'s to say.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from parsers.files import secrets_outside_cells
from parsers.files.secrets_in_cells import split_secrets
from parsers.findings import Code, Finding, Place, finding
from parsers.grid import Cell, CellKind, Grid
from parsers.reading import Mail
from parsers.secrets.mask import HIDDEN, SHORTEST, has_secret, mask_secrets

IN_MAIL = "เนื้อหาหรือหัวเรื่องของอีเมล"


@dataclass(frozen=True)
class Searched:
    """A file by its name with its sheets; ``told`` says that something outside its cells is a secret."""

    name: str
    grids: tuple[Grid, ...]
    told: bool


def guarded(grid: Grid) -> Grid:
    """The grid with every secret in its words hidden; figures are left, since they are answers, unless words say otherwise."""
    hidden = {
        at: replace(cell, text=masked)
        for at, cell in grid.cells.items()
        if len(cell.text) >= SHORTEST and cell.number is None and (masked := mask_secrets(cell.text)) != cell.text
    }
    hidden |= {at: Cell(*at, CellKind.TEXT, HIDDEN) for at in split_secrets(grid) - hidden.keys()}
    name = mask_secrets(grid.sheet)
    comments = {at: mask_secrets(said) for at, said in grid.comments.items()}
    if not hidden and name == grid.sheet and comments == grid.comments:
        return grid
    return replace(grid, sheet=name, cells={**grid.cells, **hidden}, comments=comments)


def elsewhere(kind: str, data: bytes) -> bool:
    """Whether a file of this kind has a secret outside its cells. Never raises."""
    try:
        return any(has_secret(words) for words in secrets_outside_cells.texts(kind, data))
    except Exception:  # noqa: BLE001 - what is damaged is said by the format's reader
        return False


def warnings_of(files: Iterable[Searched], mail: Mail | None, *, told: bool = False) -> tuple[Finding, ...]:
    """One warning for each file, with the first cell, and one for the mail's own words; ``told`` says that they had one."""
    first: dict[str, Place] = {}
    for file in files:
        for place in _places(file):
            first.setdefault(file.name, place)
    if told or (mail and any(HIDDEN in text for text in (mail.subject, mail.sender_name, mail.text))):
        first.setdefault("", Place())
    return tuple(finding(Code.KEY_HIDDEN, place, where=place.file or IN_MAIL) for place in first.values())


def _places(file: Searched) -> Iterator[Place]:
    for grid in file.grids:
        for cell in grid.cells.values():
            if HIDDEN in cell.text:
                yield Place(file.name, grid.sheet, cell.address)
        if HIDDEN in grid.sheet:
            yield Place(file.name, grid.sheet)
    if file.told or HIDDEN in file.name:
        yield Place(file.name)
