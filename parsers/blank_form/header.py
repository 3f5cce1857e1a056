"""The header of a blank form, found without knowing its questions: its rows, and the path of headings above each column.

Owns where a table begins whose words nobody declared. The search that knows the questions is ``parsers.tables.header_search``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from parsers.blank_form.heading_words import NAME, NUMBER, PROVINCE, fixed_word, likeness_to_headings, says_words
from parsers.grid import Cell, Grid
from parsers.organisations.type_words import TypeWords
from parsers.tables.header_search import HEADER_ROWS, SHEET_COLUMNS
from parsers.tables.hint_rows import tells_how

LOOKED_AT = 120  # rows in which a header is looked for
_HINTS = ("Required", "-")  # what only the head of a row of hints stands before
_SAYS_MOST = {NAME: 3.0, NUMBER: 2.0, PROVINCE: 1.0}  # a column of names is the surest sign of a table


@dataclass(frozen=True)
class Column:
    """A column of a table with the headings above it, from the top to the lowest."""

    at: int
    path: tuple[Cell, ...]
    word: str = ""  # what it is in every form; empty for a question's


@dataclass(frozen=True)
class Header:
    """The header of a blank form's table."""

    top: int
    bottom: int
    columns: tuple[Column, ...]
    sure: float

    @cached_property
    def asked(self) -> tuple[Column, ...]:
        """The columns that may be questions."""
        return tuple(column for column in self.columns if not column.word)

    def of(self, word: str) -> Column | None:
        """The first column that is this word."""
        return next((column for column in self.columns if column.word == word), None)


def find_header(grid: Grid, names: TypeWords) -> Header | None:
    """The likeliest header in a sheet; None where nothing heads two cells, or one with rows to write in."""
    rows = sorted({row for row, column in grid.cells if column <= SHEET_COLUMNS})[:LOOKED_AT]
    found = [header for at in range(len(rows)) if (header := _from(grid, names, rows, at))]
    return max(found, key=lambda header: (header.sure, -header.top), default=None)


def _from(grid: Grid, names: TypeWords, rows: Sequence[int], at: int) -> Header | None:
    """The header that begins around one row; None where the row heads nothing."""
    cells = [cell for cell in _shown(grid, rows[at]) if cell.row == rows[at]]
    words = {cell.column: fixed_word(cell.text, names) for cell in cells}
    keys = [cell for cell in cells if words[cell.column] in _SAYS_MOST]
    if keys and len(cells) > 1:
        sure = 10 + sum(_SAYS_MOST[word] for word in {words[cell.column] for cell in keys})
        bottom = max(_bottom(grid, cell) for cell in keys)
        band = [row for row in rows if rows[at] <= row <= bottom]
    else:
        sure, band = likeness_to_headings([cell.text for cell in cells]), [rows[at]]
        if tells_how(cells[0].text if cells else "", _HINTS):
            return None
        alone = sure < 2 and (rows[at] != rows[0] or _goes_on_in_words(grid, cells, rows[at + 1 : at + 6]))  # noqa: PLR2004
        if sure < 1 or alone:  # a line of text, unless the sheet begins with it and figures follow
            return None
    after = [row for row in rows if row > band[-1]]
    band = [*_above(grid, rows[:at], band), *band]
    band += _below(grid, after[: HEADER_ROWS - len(band)], band, keys)
    columns = _columns(grid, names, band, after)
    asked = sum(not column.word for column in columns)
    return Header(band[0], band[-1], columns, sure + 0.1 * asked) if asked else None


def _goes_on_in_words(grid: Grid, cells: Sequence[Cell], rows: Sequence[int]) -> bool:
    return any(says_words(grid.own(row, cell.column).text) for cell in cells for row in rows)


def _shown(grid: Grid, row: int) -> list[Cell]:
    """What a person sees in a row from left to right, each merged range once."""
    seen: dict[tuple[int, int], Cell] = {}
    for column in range(1, min(grid.last_column, SHEET_COLUMNS) + 1):
        cell = grid.at(row, column)
        if not cell.blank:
            seen.setdefault((cell.row, cell.column), cell)
    return list(seen.values())


def _bottom(grid: Grid, cell: Cell) -> int:
    merge = grid.merge_of(cell)
    return merge.bottom if merge else cell.row


def _width(grid: Grid, cell: Cell) -> int:
    merge = grid.merge_of(cell)
    return merge.right - merge.left + 1 if merge else 1


def _above(grid: Grid, rows: Sequence[int], band: Sequence[int]) -> Iterator[int]:
    """The row just above whose headings reach over some of the columns: a title reaches over all."""
    if not rows or rows[-1] != band[0] - 1:
        return
    cells, below = _shown(grid, rows[-1]), _shown(grid, band[0])
    widths = [_width(grid, cell) for cell in cells]
    all_columns = max(cell.column for cell in below) - min(cell.column for cell in below) + 1
    wide = [cell for cell, width in zip(cells, widths, strict=True) if 1 < width < all_columns]
    if (
        wide
        and min(cell.column for cell in cells) > min(cell.column for cell in below)
        and all(says_words(cell.text) for cell in cells)
    ):
        yield rows[-1]


def _below(grid: Grid, rows: Sequence[int], band: Sequence[int], keys: Sequence[Cell]) -> list[int]:
    """The rows below that part the headings above: words only, under blanks or under one heading together, names left blank."""
    found: list[int] = []
    for row in rows:
        cells = [cell for cell in _shown(grid, row) if cell.row == row]
        above = [grid.at(band[-1], cell.column) for cell in cells]
        named = any(not grid.at(row, key.column).blank and grid.at(row, key.column).row == row for key in keys)
        shared = len({(cell.row, cell.column) for cell in above}) < len(above) or any(cell.blank for cell in above)
        hints = tells_how(cells[0].text, [cell.text for cell in cells]) if cells else True
        if not keys or named or not cells or hints or not shared or not all(says_words(cell.text) for cell in cells):
            break
        found.append(row)
    return found


def _columns(grid: Grid, names: TypeWords, band: Sequence[int], after: Sequence[int]) -> tuple[Column, ...]:
    paths: dict[int, tuple[Cell, ...]] = {}
    for column in range(1, min(grid.last_column, SHEET_COLUMNS) + 1):
        path = _path(grid, band, column, paths)
        if path:
            paths[column] = path
        elif paths and not _written(grid, band, column, after):
            break  # another table beside it
    found = [Column(column, path, _word(path, names)) for column, path in paths.items()]
    name = next((column for column in found if column.word == NAME), None)
    return tuple(
        replace(column, word="") if name and column.word == NAME and column.path != name.path else column
        for column in found
        if column is not found[0] or not _heads_rows(grid, column.at, after)
    )


def _written(grid: Grid, band: Sequence[int], column: int, after: Sequence[int]) -> bool:
    return any(not grid.at(row, column).blank for row in (*band, *after[:3]))


def _path(grid: Grid, band: Sequence[int], column: int, before: dict[int, tuple[Cell, ...]]) -> tuple[Cell, ...]:
    """The headings above a column; one whose merge was lost reaches over the blank right of it where both have some below."""
    path: dict[tuple[int, int], Cell] = {}
    for row in band:
        cell = grid.at(row, column)
        left = before.get(column - 1, ())
        if cell.blank and row < band[-1] and len(left) > 1 and not grid.at(band[-1], column).blank:
            cell = next((each for each in left[:-1] if each.row == row), cell)
        if not cell.blank:
            path[cell.row, cell.column] = cell
    return tuple(path.values())


def _word(path: Sequence[Cell], names: TypeWords) -> str:
    """What the column is in every form, by its lowest heading or, where that says nothing, the one above."""
    return next(
        (word for cell in reversed(path[-1:] if len(path) > 1 else path) if (word := fixed_word(cell.text, names))), ""
    )


def _heads_rows(grid: Grid, column: int, after: Sequence[int]) -> bool:
    """Whether the first column has the names of rows that tell how to fill in: Field Name over Help Text."""
    below = [grid.at(row, column).text for row in after[:2]]
    return any(text and tells_how(text, _HINTS) for text in below)
