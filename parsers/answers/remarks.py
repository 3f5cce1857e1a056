"""The remarks of a form (ปัญหาอุปสรรค, ข้อเสนอแนะ): free texts after a label, right of it, in the rows below, or in a column of their own.

Owns where a remark begins and ends. Knows nothing of what rows of data say.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, takewhile

from parsers.form.form import Form
from parsers.grid import Cell, CellKind, Grid, Sheet, empty
from parsers.reading import RemarkText
from parsers.secrets.mask import mask_secrets
from parsers.tables.line_kinds import BESIDE, LABEL_CAP, LEADING, Line, Lines, blank_filling, says_day
from parsers.tables.model import Found, Table
from parsers.thai.text import heading_key

REMARK_CAP = 2000  # characters kept of one remark
_DOTS = " .…_"

_Labels = Mapping[tuple[int, int], tuple[str, str]]  # by place: key of the remark, text after its label


@dataclass(frozen=True)
class Said:
    """A remark's text and the cell it was read from."""

    key: str
    text: str
    cell: Cell


def remarks(sheets: Sequence[Sheet], found: Sequence[Found], form: Form) -> tuple[RemarkText, ...]:
    """The remarks of all sheets, those of one key together at the place of the first."""
    lines = Lines(form)
    kept: dict[str, RemarkText] = {}
    for sheet in sheets:
        tables = [each.table for each in found if each.sheet.at == sheet.at]
        headers = frozenset(row for table in tables for row in range(table.top, table.bottom + 1))
        in_columns = (said for table in tables for said in column_remarks(table, lines))
        inside = frozenset(at for t in tables for at in chain((r.row for r in t.rows), (r.row for r in t.totals)))
        for said in chain(in_columns, remarks_in(lines, sheet.grid, headers, inside)):
            text = mask_secrets(said.text)
            known = kept.setdefault(said.key, RemarkText(said.key, text, sheet.place(said.cell)))
            if text not in known.text:
                kept[said.key] = replace(known, text=f"{known.text}\n{text}"[:REMARK_CAP])
    return tuple(kept.values())


def remarks_in(
    lines: Lines, grid: Grid, headers: frozenset[int] = frozenset(), inside: frozenset[int] = frozenset()
) -> Iterator[Said]:
    """The remarks of a sheet: after the label, right of it, or in the rows below.

    No label stands in the rows ``headers``; no remark goes on into these or the rows ``inside`` a table.
    """
    return _Remarks(lines, grid).in_sheet(headers, inside)


def column_remarks(table: Table, lines: Lines) -> Iterator[Said]:
    """Remarks written in a column of their own, beside the answers; each with the name of its row."""
    for heading in table.heads:
        found = lines.remark_of(heading.text) if heading.kind is CellKind.TEXT else None
        for row in table.rows if found else ():
            cell = table.grid.at(row.row, heading.column)
            if found and not empty(row.name) and not blank_filling(cell.text):
                yield Said(found[0], f"{row.name.text}: {cell.text}"[:REMARK_CAP], cell)


@dataclass(frozen=True)
class _Remarks:
    """One look through a sheet."""

    lines: Lines
    grid: Grid

    def in_sheet(self, headers: frozenset[int], inside: frozenset[int]) -> Iterator[Said]:
        """The remarks after their labels, right of them, or in the rows below."""
        grid = self.grid
        rows: dict[int, list[Cell]] = {}
        for at in sorted(grid.cells):
            if not grid.cells[at].blank:
                rows.setdefault(at[0], []).append(grid.cells[at])
        order = sorted(rows)
        barred = headers | inside
        texts = (cell for row in order if row not in headers for cell in rows[row] if cell.kind is CellKind.TEXT)
        found = {(cell.row, cell.column): begun for cell in texts if (begun := self.lines.remark_of(cell.text))}
        labels = self._true_labels(found)
        for place, row in enumerate(order):
            for column, cell in enumerate(rows[row]):
                if (row, cell.column) in labels:
                    right = rows[row][column + 1 : column + 1 + BESIDE]
                    below = (rows[r] for r in takewhile(lambda r: r not in barred, islice(order, place + 1, None)))
                    said = self._said(labels, cell, right, below)
                    if said:
                        yield said

    def _true_labels(self, found: _Labels) -> _Labels:
        """Of the texts that begin with a remark's label those that are one: a remark may begin with another's label.

        Where the form's label stands by itself or before a colon or dots, a longer text that begins alike is no label.
        """
        plain = {at for at, (key, _) in found.items() if self._stands_alone(self.grid.cells[at].text, key)}
        sure = {found[at][0] for at in plain}
        return {at: said for at, said in found.items() if at in plain or said[0] not in sure}

    def _stands_alone(self, text: str, key: str) -> bool:
        bare = LEADING.sub("", text)
        # "ปัญหาอุปสรรค: …", "ปัญหาอุปสรรค......": where the label ends.
        head = re.split(r":|[.…_]{2,}|\n", bare[:LABEL_CAP], maxsplit=1)[0]
        return heading_key(head) in self.lines.labels[key] or head != bare[:LABEL_CAP]

    def _said(self, labels: _Labels, label: Cell, right: list[Cell], below: Iterable[list[Cell]]) -> Said | None:
        key, rest = labels[label.row, label.column]
        parts = [] if blank_filling(rest) else [(rest, label)]
        for cell in right:
            if self._begins_another(cell, labels):
                return _said(key, parts)
            parts += [] if blank_filling(cell.text) else [(cell.text, cell)]
        room = REMARK_CAP
        for cells in below:
            if room < 0 or any(self._ends(cell, labels) for cell in cells):
                break
            more = [(cell.text, cell) for cell in cells if not blank_filling(cell.text)]
            room -= sum(len(text) for text, _ in more)
            parts += more
        return _said(key, parts)

    def _ends(self, cell: Cell, labels: _Labels) -> bool:
        """Whether a remark ends before a cell below its label."""
        if (cell.row, cell.column) not in labels and self.lines.remark_of(cell.text.lstrip(_DOTS)):
            return False
        return self.lines.sort_of(cell.text.lstrip(_DOTS)) is not Line.OTHER

    def _begins_another(self, cell: Cell, labels: _Labels) -> bool:
        """Whether a text beside a remark's label is another part of the form; a remark may begin like a total."""
        if (cell.row, cell.column) in labels:
            return True
        kind = self.lines.sort_of(cell.text)
        return (".." in cell.text and kind.is_below) or says_day(cell.text)


def _said(key: str, parts: list[tuple[str, Cell]]) -> Said | None:
    # The printed dots around what was written on them.
    texts = [re.sub(r"^[.…_\s]{2,}|(?<![.…_\s])[.…_\s]{3,}+$", "", text).strip() for text, _ in parts]
    text = "\n".join(t for t in texts if t)[:REMARK_CAP]
    return Said(key, text, parts[0][1]) if text else None
