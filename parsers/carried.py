"""Whose each of several rows is, where a name stands once for a block: above it, within it or merged beside it.

Owns carrying a name to rows without one. A row goes to a name only where no other could claim it; else it is nobody's.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from parsers.form import FormRow
from parsers.grid import Cell
from parsers.header import empty
from parsers.headings import heading_key
from parsers.tables import Row

UNSURE = (
    "มีแถวที่กรอกแล้วแต่ไม่ได้ระบุ{label} ข้อมูลอาจเลื่อนไปอยู่ผิดแถวหรือมีแถวเกินมา จึงยังไม่ได้บันทึก "
    "กรุณาตรวจให้ข้อมูลแต่ละแถวตรงกับ{label}แล้วส่งใหม่"
)
ASKEW = (
    "ชื่อ อปท. อาจไม่ตรงกับแถวของตน เพราะแถวแรกใต้ชื่อทุกแห่งไม่ใช่แถวแรกตามแบบ และแห่งสุดท้ายมีแถวไม่ครบ จึงยังไม่ได้บันทึก "
    "กรุณาเขียนชื่อไว้ที่แถวแรกของแต่ละแห่งแล้วส่งใหม่"
)
_AS_ABOVE = re.compile(r"[\s\"“”„″〃'‘’´`,.\-–—(]*(?:ต่อ|ดังกล่าว|เดียวกัน)?[\s.)]*")


@dataclass(frozen=True)
class Labelled:
    """A row with its label's cell and the form's row that this names."""

    row: Row
    label: Cell
    found: FormRow | None
    asked: frozenset[str]  # keys of the columns that are not sums of others

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


def whose(lines: Sequence[Labelled], order: Sequence[str]) -> list[Row | None]:
    """For each row the one whose name counts for it, None where nobody knows. ``order``: keys of the form's rows."""
    whole = list(_whole_blocks(lines, order))
    return whole if len(whole) == len(lines) else _Down(lines, len(order)).owners()


def _whole_blocks(lines: Sequence[Labelled], order: Sequence[str]) -> Iterator[Row | None]:
    """Owners where the rows fall into whole blocks, each with every label once and one name.

    The name stands in the first row, or anywhere in a block that has the form's order: another order may be two halves.
    """
    block: list[Labelled] = []
    for line in lines:
        block.append(line)
        labels = [each.found.key for each in block if each.found]
        names = {each.name: each.row for each in reversed(block) if not each.nameless}
        alone = [each for each in block if not each.found]
        if (
            len(set(labels)) < len(labels)
            or len(names) > 1
            or any(each is not block[0] or each.answered for each in alone)
        ):
            return
        if len(labels) == len(order):
            top = not block[0].nameless or labels == list(order)
            if not names or not top or len({(each.row.district, each.row.section) for each in block}) > 1:
                return
            yield from (each.row if not each.nameless else next(iter(names.values())) for each in block)
            block = []


class _Down:
    """Carries names down, row after row."""

    def __init__(self, lines: Sequence[Labelled], size: int) -> None:
        self.lines, self.size = lines, size
        self.explicit: dict[tuple[str, str], list[int]] = {}  # by name and label: rows in which the name itself stands
        for at, line in enumerate(lines):
            if line.found and not line.nameless:
                self.explicit.setdefault((line.name, line.found.key), []).append(at)
        unnumbered = any(line.found and line.nameless and not line.row.number for line in lines)
        self.numbered = unnumbered and any(line.row.number for line in lines)  # by blocks, not by rows
        self.above: Labelled | None = None  # the row whose name counts below it
        self.seen: set[str] = set()  # the labels under that name so far
        self.carried: list[int] = []  # the rows that have it from above
        self.run = range(0)  # from that row to the next name

    def owners(self) -> list[Row | None]:
        """The owner of each row."""
        out: list[Row | None] = []
        trusted = self._named_at_the_top()
        for at, line in enumerate(self.lines):
            if not line.nameless:
                self._begin(at)
                out.append(line.row)
            elif trusted and self.above and self._goes_on(line, self.above.row):
                out.append(self.above.row)
                self.carried.append(at)
            else:
                self._withdraw(line, out)
                out.append(None)
            if line.found:
                self.seen.add(line.found.key)
        return out

    def _named_at_the_top(self) -> bool:
        """Not so where rows stand above the first name and the last name has too few: names may stand within their blocks."""
        named = [at for at, line in enumerate(self.lines) if not line.nameless]
        if not named or not any(line.found for line in self.lines[: named[0]]):
            return True
        first = next(at for at in named if self.lines[at].name == self.lines[named[-1]].name)
        return len({line.found.key for line in self.lines[first:] if line.found}) == self.size

    def _begin(self, at: int) -> None:
        line = self.lines[at]
        again = line.found is not None and line.found.key in self.seen
        if self.above is None or self.above.name != line.name or again:
            self.seen, self.carried = set(), []
        self.above = line
        later = (below for below in range(at + 1, len(self.lines)) if not self.lines[below].nameless)
        self.run = range(at, next(later, len(self.lines)))

    def _goes_on(self, line: Labelled, over: Row) -> bool:
        """Whether a row without a name is of the one above: no label again, no number or section of its own.

        As many rows as a block has between two names are one block, whatever their labels.
        """
        row = line.row
        if row.district not in ("", over.district) or row.section != over.section:
            return False
        if self.numbered and row.number not in ("", over.number):
            return False
        if not line.found or not self.above:
            return True
        named = self.explicit.get((self.above.name, line.found.key), ())
        again = line.found.key in self.seen and len(self.run) != self.size
        return not again and all(at in self.run for at in named)

    def _withdraw(self, line: Labelled, out: list[Row | None]) -> None:
        """A label again ends a block. Where that was not whole yet, the rows carried to it may be somebody else's too."""
        if self.above and line.found and line.found.key in self.seen and len(self.seen) < self.size:
            for at in self.carried:
                out[at] = None
        if self.above and line.found:
            self.above, self.carried = None, []


def unsure(lines: Sequence[Labelled], owners: Sequence[Row | None], size: int) -> Collection[int]:
    """Rows of organisations of which one row is filled in but says no label, and may have moved the others.

    That is where a row above it was left blank, so that figures may stand a row low, or where every label has its row
    already. A row with gaps may be a sum and moves nothing.
    """
    names = [heading_key(owner.name.text) if owner else "" for owner in owners]
    touched: set[str] = set()
    first = next((at for at, line in enumerate(lines) if line.found), 0)
    for at, line in enumerate(lines):
        if line.found or not line.nameless or not empty(line.label) or not line.full:
            continue
        labels = {
            other.found.key for other, name in zip(lines, names, strict=True) if other.found and name == names[at]
        }
        touched |= {names[at]} if len(labels) == size else set()
        blank = next((up for up in range(at - 1, -1, -1) if lines[up].found and not lines[up].answered), None)
        if blank is not None:
            between = {name for name in names[blank : at + 1] if name}
            touched |= between if blank == first or len(between) == 1 else set()
    return {at for at, name in enumerate(names) if name and name in touched}


def askew(lines: Sequence[Labelled], order: Sequence[str]) -> bool:
    """Whether every name may stand a row or two below the first row of its block.

    So it is where all blocks begin with the same later label, go round to the first, and the last one breaks off there.
    """
    blocks: list[list[str]] = []
    for line in lines:
        if not line.nameless and line.row.name.row == line.row.row:
            blocks.append([])
        if line.found and not blocks:
            return False  # rows above the first name: names within their blocks were looked for
        if line.found:
            blocks[-1].append(line.found.key)
    if len(blocks) < 2 or len(blocks[-1]) in (0, len(order)):  # noqa: PLR2004 - one block has no others to be like
        return False
    start = order.index(blocks[-1][0])
    turned = [*order[start:], *order[:start]]
    return start > 0 and blocks[-1] == turned[: len(order) - start] and all(each == turned for each in blocks[1:-1])
