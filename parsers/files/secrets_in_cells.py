"""Secrets that stand in several cells, or as a figure: the boxes of a printed form, a column that its heading names.

Owns when neighbouring cells are one secret. A figure is an answer, so figures are hidden only where words above or to the
left say what they are, or where a lone strip of cells is written as the card groups its number. Linear in the cells.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsers.grid import Cell, CellKind, Grid
from parsers.secrets import citizen_numbers, login_keys
from parsers.secrets.mask import folded

At = tuple[int, int]

_HEADING = 200  # characters; more is no heading
# Characters of a cell that may be a piece of a secret.
_PIECE = 15
# The groups in which the card writes a citizen number, and forms print their boxes.
_BOXES = (1, 4, 5, 2, 1)
_HEADS_ABOVE = 3  # rows in which the headings of a table are looked for
_FEWEST_DIFFERENT = 4  # as in parsers.secrets.citizen_numbers
# "-", " – ": what forms print between the boxes of a number.
_SIGNS = re.compile(r"[\s\-.–_]*")
# "1", "1017", "1-1017": a piece of a number in one cell.
_DIGITS = re.compile(r"[0-9][0-9\-. ]{0,16}")
# "aB3dE", "5gH7j": a piece of a key in one cell.
_KEY_PIECE = re.compile("[A-Za-z0-9]{3,12}")
# "aB3dE5gH7jK9mN1" under a heading that names it.
_WHOLE_KEY = re.compile("[A-Za-z0-9]{15}")


@dataclass(frozen=True)
class _Piece:
    """A cell that may be a part of a secret; ``said`` is its folded text, empty for a dash between boxes."""

    cell: Cell
    said: str


def split_secrets(grid: Grid) -> set[At]:
    """The cells that are secrets, or parts of one, only by what stands beside or above them."""
    named = _Named()
    found: set[At] = set()
    for row in sorted({row for row, _ in grid.cells}):
        cells = list(grid.row(row))
        for cell in cells:
            named.take(cell)
        for strip in _strips(cells):
            if strip:
                found |= set(_of_strip(strip, named, grid))
        found |= {(cell.row, cell.column) for cell in cells if _is_named(cell, named)}
    return found


class _Named:
    """Which columns, and whether the row at hand, words have named so far."""

    def __init__(self) -> None:
        self.citizens: set[int] = set()
        self.keys: set[int] = set()
        self._row: tuple[int, bool, bool] = (0, False, False)

    def take(self, cell: Cell) -> None:
        """Note what a cell names: those under it, and those beside it."""
        if cell.kind is not CellKind.TEXT or not cell.text or len(cell.text) > _HEADING or not _may_name(cell.text):
            return
        words = folded(cell.text)
        citizen, key = citizen_numbers.says_so(words), login_keys.says_so(f"{words}:")
        if citizen:
            self.citizens.add(cell.column)
        if key:
            self.keys.add(cell.column)
        if citizen or key:
            self._row = (cell.row, citizen, key)

    def citizen(self, cell: Cell) -> bool:
        """Whether a cell stands under or beside words that name a citizen number."""
        return cell.column in self.citizens or (self._row[0] == cell.row and self._row[1])

    def key(self, cell: Cell) -> bool:
        """The same for a key."""
        return cell.column in self.keys or (self._row[0] == cell.row and self._row[2])


def _may_name(text: str) -> bool:
    return not text[:1].isdecimal() and any(character.isalpha() for character in text[:3])


def _is_named(cell: Cell, named: _Named) -> bool:
    """Whether a cell's whole content is what its heading or label names."""
    said = _said(cell)
    # "1-1017-00203-45-0", however it is grouped.
    if named.citizen(cell) and citizen_numbers.fits(re.sub(r"[\s\-.]", "", said[:40])):
        return True
    return cell.kind is CellKind.TEXT and named.key(cell) and bool(_WHOLE_KEY.fullmatch(said.strip()[:20]))


def _said(cell: Cell) -> str:
    if cell.kind is CellKind.NUMBER and cell.number is not None:
        return str(cell.number.to_integral_value()) if cell.number == cell.number.to_integral_value() else ""
    return folded(cell.text) if cell.kind is CellKind.TEXT else ""


# --- strips of cells ----------------------------------------------------------------------------------------------------


def _strips(cells: Sequence[Cell]) -> Iterator[list[_Piece]]:
    """Neighbouring cells that may be parts of one secret."""
    strip: list[_Piece] = []
    last = 0
    for cell in cells:
        said = _said(cell).strip() if len(cell.text) <= _PIECE + 5 else ""
        fits = (
            bool(said)
            and len(said) <= _PIECE
            and bool(_DIGITS.fullmatch(said) or _KEY_PIECE.fullmatch(said) or _SIGNS.fullmatch(said))
        )
        if fits and (not strip or cell.column - last <= 2):  # noqa: PLR2004 - one blank or merged cell between boxes
            strip.append(_Piece(cell, "" if _SIGNS.fullmatch(said) else said))
        else:
            yield strip
            strip = [_Piece(cell, "" if _SIGNS.fullmatch(said) else said)] if fits else []
        last = cell.column
    yield strip


def _of_strip(strip: Sequence[_Piece], named: _Named, grid: Grid) -> Iterator[At]:
    pieces = [piece for piece in strip if piece.said]
    for at, piece in enumerate(pieces):
        beside = pieces[at : at + 2]
        if len(beside) == 2 and _is_key(beside, named):  # noqa: PLR2004 - side by side
            yield from _places(beside)
        if any(named.citizen(each.cell) for each in (piece, pieces[0])) and piece.said[0].isdecimal():
            yield from _places(_thirteen(pieces[at:]))
    for boxes in _boxes(pieces):
        if _is_citizen(boxes, pieces, grid):
            yield from _places(boxes)


def _places(pieces: Sequence[_Piece]) -> Iterator[At]:
    return ((piece.cell.row, piece.cell.column) for piece in pieces)


def _thirteen(pieces: Sequence[_Piece]) -> Sequence[_Piece]:
    """The first pieces that together are a citizen number; figures lost the zeros before them."""
    digits = ""
    for count, piece in enumerate(pieces[: citizen_numbers.LENGTH], 1):
        if not piece.said[0].isdecimal():
            return ()
        # The digits alone, whatever stands between.
        digits += re.sub(r"[^0-9]", "", piece.said)
        if count > 1 and citizen_numbers.fits(digits):
            return pieces[:count]
    if len(pieces) >= len(_BOXES):
        boxes = "".join(piece.said.zfill(size) for piece, size in zip(pieces, _BOXES, strict=False))
        return pieces[: len(_BOXES)] if citizen_numbers.fits(boxes) else ()
    return ()


def _boxes(pieces: Sequence[_Piece]) -> Iterator[Sequence[_Piece]]:
    """Pieces as the card groups them, and strips of 13 single digits."""
    sizes = [len(piece.said) if piece.said.isdecimal() else 0 for piece in pieces]
    for at in range(len(pieces) - len(_BOXES) + 1):
        if tuple(sizes[at : at + len(_BOXES)]) == _BOXES:
            yield pieces[at : at + len(_BOXES)]
    start = 0
    for at in range(len(sizes) + 1):
        if at == len(sizes) or sizes[at] != 1:
            if at - start == citizen_numbers.LENGTH:
                yield pieces[start:at]
            start = at + 1


def _is_citizen(boxes: Sequence[_Piece], strip: Sequence[_Piece], grid: Grid) -> bool:
    """Whether boxes without a label are a citizen number: alone in their row, under no headings, above no such row."""
    digits = "".join(piece.said for piece in boxes)
    if not citizen_numbers.fits(digits) or len(set(digits)) < _FEWEST_DIFFERENT:
        return False
    if len(boxes) == len(_BOXES) and all(piece.cell.kind is CellKind.TEXT for piece in boxes):
        return True
    return len(strip) == len(boxes) and not _in_a_table(boxes, grid)


def _in_a_table(boxes: Sequence[_Piece], grid: Grid) -> bool:
    row = boxes[0].cell.row
    near = [*range(max(1, row - _HEADS_ABOVE), row), row + 1]
    full = (sum(not grid.own(at, piece.cell.column).blank for piece in boxes) for at in near)
    return any(2 * count >= len(boxes) for count in full)


def _is_key(beside: Sequence[_Piece], named: _Named) -> bool:
    """Whether two cells side by side are one key."""
    joined = "".join(piece.said for piece in beside)
    if not _WHOLE_KEY.fullmatch(joined) or any(piece.cell.kind is not CellKind.TEXT for piece in beside):
        return False
    if named.key(beside[0].cell):
        return True
    return login_keys.is_random(joined, 6) and all(login_keys.is_random(piece.said, 2) for piece in beside)
