"""Names and types that stand once for a block of rows: above it, within it or merged beside it.

Owns carrying them to rows without one. A row goes to a name only where no other could claim it; else it is nobody's.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from parsers.form.question import FormRow
from parsers.grid import Cell, Grid, empty
from parsers.tables.model import Row
from parsers.thai.text import comparison_key, heading_key

# '"', "-", "(ต่อ)", "ดังกล่าว": the same as above.
_AS_ABOVE = re.compile(r"[\s\"“”„″〃'‘’´`,.\-–—(]*+(?:ต่อ|ดังกล่าว|เดียวกัน)?[\s.)]*+")


@dataclass(frozen=True)
class Labelled:
    """A row with its label's cell and the form's row that this names."""

    row: Row
    label: Cell
    found: FormRow | None
    asked: frozenset[str]  # keys of the columns that are not sums of others
    sorts: str = ""  # the labels of all lines that are sorts of one of the form's rows, where this is one of them

    @property
    def answered(self) -> bool:
        """Whether anything stands in it that a person wrote: a formula may give 0 in a row left blank."""
        return any(not empty(cell) for key, cell in self.row.cells.items() if key in self.asked)

    @property
    def full(self) -> bool:
        """Whether all is filled in that a person fills in."""
        return all(not empty(cell) for key, cell in self.row.cells.items() if key in self.asked)

    @property
    def nameless(self) -> bool:
        """Whether no name of its own stands in the row; a sign for "as above" beside a label is none."""
        return empty(self.row.name) or (self.found is not None and _AS_ABOVE.fullmatch(self.row.name.text) is not None)

    @property
    def name(self) -> str:
        """The name as names are compared here."""
        return heading_key(self.row.name.text)


def types_filled_down(rows: Sequence[Row], columns: Sequence[int], grid: Grid) -> Sequence[Row]:
    """The type of a block's first row for those below it; where the same type is repeated, a blank one was left out."""
    if not columns:
        return rows
    cells = [[cell for c in columns if not empty(cell := grid.at(row.row, c))] for row in rows]
    written = [comparison_key(cell[0].text) if cell else "" for cell in cells]
    if any(above and above == below for above, below in pairwise(written)):
        return rows
    carried, out = "", []
    for row, own in zip(rows, written, strict=True):
        carried = row.type if own else carried
        out.append(row if own or row.type else replace(row, type=carried))
    return out


def whose(lines: Sequence[Labelled], order: Sequence[str]) -> list[Row | None]:
    """For each row the one whose name counts for it, None where nobody knows. ``order``: keys of the form's rows."""
    whole = list(_whole_blocks(lines, order))
    return whole if len(whole) == len(lines) else _Down(lines, order).owners()


def _whole_blocks(lines: Sequence[Labelled], order: Sequence[str]) -> Iterator[Row | None]:
    """Owners where all rows fall into whole blocks, each with every label once and one name.

    The names stand in the first rows, or anywhere where all blocks have the form's order: another order may be two halves.
    """
    blocks: list[list[Labelled]] = [[]]
    for line in lines:
        blocks[-1].append(line)
        if len(_labels(blocks[-1])) == len(order):
            blocks.append([])
    if blocks.pop() or not all(_is_block(block, order) for block in blocks):
        return
    if all(not block[0].nameless for block in blocks) or all(_labels(block) == list(order) for block in blocks):
        for block in blocks:
            owner = next(line.row for line in block if not line.nameless)
            yield from (line.row if not line.nameless else owner for line in block)


def _labels(lines: Iterable[Labelled]) -> list[str]:
    return [line.found.key for line in lines if line.found]


def _is_block(block: Sequence[Labelled], order: Sequence[str]) -> bool:
    """Every label once under one name, in one section; a line without a label may only say the name above them."""
    names = {line.name for line in block if not line.nameless}
    sections = {(line.row.district, line.row.section) for line in block}
    more = any(not line.found and (line is not block[0] or line.answered) for line in block)
    return set(_labels(block)) == set(order) and len(names) == len(sections) == 1 and not more


class _Down:
    """Carries names down, from each to the next."""

    def __init__(self, lines: Sequence[Labelled], order: Sequence[str]) -> None:
        self.lines, self.order = lines, list(order)
        self.explicit: dict[tuple[str, str], list[int]] = {}  # by name and label: rows in which the name itself stands
        for at, line in enumerate(lines):
            if line.found and not line.nameless:
                self.explicit.setdefault((line.name, line.found.key), []).append(at)
        unnumbered = any(line.found and line.nameless and not line.row.number for line in lines)
        self.numbered = unnumbered and any(line.row.number for line in lines)  # by blocks, not by rows

    def owners(self) -> list[Row | None]:
        """The owner of each row."""
        out: list[Row | None] = [None if line.nameless else line.row for line in self.lines]
        runs = list(self._runs())
        if not self._named_at_the_top(runs):
            return out
        for run in runs:
            name = self.lines[run[0]]
            for at in run[: self._of_one_block(run)] if not name.nameless else ():
                out[at] = out[at] or (name.row if self._is_free(name.name, at, run) else None)
        return out

    def _runs(self) -> Iterator[range]:
        """Rows from a name to the next, or to where a number or a section begins another block."""
        start = 0
        for at, line in enumerate(self.lines):
            if at > start and (not line.nameless or self._breaks(line.row, self.lines[start].row)):
                yield range(start, at)
                start = at
        if self.lines:
            yield range(start, len(self.lines))

    def _breaks(self, row: Row, above: Row) -> bool:
        """Whether a row without a name is surely not of the block above. A page may not repeat its district."""
        numbered = self.numbered and row.number not in ("", above.number)
        return numbered or row.district not in ("", above.district) or row.section != above.section

    def _named_at_the_top(self, runs: Sequence[range]) -> bool:
        """Not so where rows stand above the first name, and none below the last or no block has the form's order."""
        labels = [_labels(self.lines[at] for at in run) for run in runs]
        above = bool(runs) and self.lines[runs[0][0]].nameless and labels[0]
        whole = [each for each in labels if sorted(each) == sorted(self.order)]
        return not above or (bool(whole and labels[-1]) and all(each == self.order for each in whole))

    def _of_one_block(self, run: range) -> int:
        """How many rows of a run are surely of the name that begins it: a label again says that another block has begun.

        As many rows as a block has are one block, whatever their labels; whole blocks without a name may follow the first.
        """
        mine = [at for at in run if self.lines[at].found or (self.lines[at].answered and empty(self.lines[at].label))]
        labels = _labels(self.lines[at] for at in mine)
        size = len(self.order)
        if len(mine) == size or len(set(labels)) == len(labels):
            return len(run)
        blocks = [labels[at : at + size] for at in range(0, len(labels), size)]
        if len(labels) == len(mine) and all(sorted(block) == sorted(self.order) for block in blocks):
            return mine[size] - run[0]
        return 1

    def _is_free(self, name: str, at: int, run: range) -> bool:
        """Whether no other row bears both the name and the label itself."""
        found = self.lines[at].found
        return found is None or all(other in run for other in self.explicit.get((name, found.key), ()))


def unsure(lines: Sequence[Labelled], owners: Sequence[Row | None], size: int) -> Collection[int]:
    """Rows of organisations of which one row is filled in but says no label, and may have moved the others.

    That is where a row above it was left blank, so that figures may stand a row low, or where every label has its row
    already. A row with gaps may be a sum and moves nothing.
    """
    names = [heading_key(owner.name.text) if owner else "" for owner in owners]
    labels: dict[str, set[str]] = {name: set() for name in names}
    for line, name in zip(lines, names, strict=True):
        labels[name] |= {line.found.key} if line.found else set()
    first = next((at for at, line in enumerate(lines) if line.found), 0)
    blank: int | None = None  # the last row with a label that was left blank
    touched: set[str] = set()
    for at, line in enumerate(lines):
        blank = at if line.found and not line.answered else blank
        if line.found or not line.nameless or not empty(line.label) or not line.full:
            continue
        touched |= {names[at]} if len(labels[names[at]]) == size else set()
        if blank is not None and (blank == first or names[blank] == names[at]):
            touched |= set(names[blank : at + 1])
            first, blank = (at if blank == first else first), at  # what is above is told
    return {at for at, name in enumerate(names) if name and name in touched}


def askew(lines: Sequence[Labelled], order: Sequence[str]) -> bool:
    """Whether every name may stand a row or two below the first row of its block.

    So it is where most blocks begin with the same later label and go round to the first, and the last one breaks off there.
    """
    blocks: list[list[str]] = []
    for line in lines:
        if not line.nameless and line.row.name.row == line.row.row:
            blocks.append([])
        if line.found and not blocks:
            return False  # rows above the first name: names within their blocks were looked for
        if line.found:
            blocks[-1].append(line.found.key)
    if len(blocks) < 2 or not blocks[-1]:  # noqa: PLR2004 - one block has no others to be like
        return False
    size, last = len(order), blocks[-1]
    start = order.index(last[0])
    turned = [*order[start:], *order[:start]]
    breaks_off = len(last) % size == size - start and last == (turned * len(last))[: len(last)]
    return start > 0 and breaks_off and 2 * blocks.count(turned) >= len(blocks)
