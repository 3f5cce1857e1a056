"""Several rows of one organisation where the form has one: the plan above the result.

Owns the words for both. Where labels do not tell which row counts, all of it is doubted.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from parsers.findings import Code
from parsers.grid import Grid, empty
from parsers.tables.model import Doubt, Header, Row, Table
from parsers.thai.text import heading_key

_LISTED = 80  # characters of the labels that are named in a sentence
# Of a heading key, whole: "แผน", "แผนการดำเนินงาน", "เป้าหมาย".
_PLAN = re.compile(r"(?:แผน(?:การ|งาน)?(?:ดำเนินการ|ดำเนินงาน)?|เป้าหมาย|เป้า|plan|target)")
# "ผล", "ผลการดำเนินงาน", "ทำจริง".
_RESULT = re.compile(
    r"(?:ผล(?:งาน)?(?:การ|ที่)?(?:ดำเนินการ|ดำเนินงาน|ปฏิบัติ|ปฏิบัติงาน)?(?:จริง)?|ทำจริง|ดำเนินการจริง|actual|result)"
)


def with_results(rows: Sequence[Row], header: Header, grid: Grid) -> tuple[list[Row], list[Doubt]]:
    """Of several rows of one organisation the one labelled as result; where labels do not tell, a doubt."""
    spare = _spare(header)
    kept: list[Row] = []
    doubts: list[Doubt] = []
    for group in _groups(rows):
        labels = [_labels(row, spare, grid) for row in group]
        if len(group) == 1 and not any(says_plan(each) for each in labels):
            kept += group
        else:
            of_group, doubt = _result(group, labels)
            kept += of_group
            doubts += [doubt] if doubt else []
    return kept, doubts


def beside(row: Row, table: Table) -> list[str]:
    """What stands in a row under no question and no other heading of ours."""
    return _labels(row, _spare(table.found.header), table.grid) if table.found else []


def says_plan(labels: Iterable[str]) -> bool:
    """Whether one of the labels says that its row is of what is planned."""
    return _says(_PLAN, labels)


def _spare(header: Header) -> list[int]:
    told = {c for run in (*header.columns.values(), *header.fixed.values()) for c in run}
    return [c for c in range(header.left, header.right + 1) if c not in told]


def _groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows of one organisation: a named one with those below it that have no name or share its cell."""
    group: list[Row] = []
    for row in rows:
        first = group[0] if group else None
        same = (
            first and not empty(first.name) and (row.name.row, row.name.column) == (first.name.row, first.name.column)
        )
        below = first and not empty(first.name) and empty(row.name) and not row.number and row.row == group[-1].row + 1
        if same or below:
            group.append(row)
            continue
        if group:
            yield group
        group = [row]
    if group:
        yield group


def _labels(row: Row, spare: Sequence[int], grid: Grid) -> list[str]:
    return [cell.text for c in spare if not empty(cell := grid.at(row.row, c))]


def _says(pattern: re.Pattern[str], labels: Iterable[str]) -> bool:
    return any(pattern.fullmatch(heading_key(label)) for label in labels)


def _result(group: Sequence[Row], labels: Sequence[list[str]]) -> tuple[Sequence[Row], Doubt | None]:
    first = group[0]
    results = [row for row, said in zip(group, labels, strict=True) if _says(_RESULT, said) and row.answered]
    planned = any(says_plan(said) for said in labels)
    if len(results) == 1:
        of = results[0]
        return [replace(first, row=of.row, cells=of.cells, split=of.split, hidden=of.hidden)], None
    if planned:
        return [first], Doubt(Code.ROW_ONLY_PLANNED, first.row) if any(row.answered for row in group) else None
    said = [label for row, each in zip(group, labels, strict=True) for label in each[:1] if row.answered]
    if len(said) > 1 and empty(group[-1].name):
        return [first], Doubt(Code.ROWS_SEVERAL, first.row, fields={"labels": " / ".join(said)[:_LISTED]})
    return group, None
