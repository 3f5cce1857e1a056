"""A report of thousands of lines, set in parts of some pages each, two at a time, and joined.

In one piece the whole country takes 0.7 GB and one processor. So that the joined pages are those of one piece, each part begins
where a page of the whole begins: which rows those are is told by the heights of the cells, measured first, and each kind of
cell once, since the same words stand in thousands of rows.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Any

from bot.documents.typography.joined_pages import joined, page_count
from bot.documents.typography.typeset import in_child, measured_in_child

TEMPLATE, HEIGHTS = "report.typ", "report_heights.typ"
AT_ONCE = 2  # children; more would need more memory than they save time
PAGES = 16  # of a part: some 650 rows, for which a child takes 100 MB
CELLS = 4_000  # that one child measures
HAIR = 1e-6  # points by which typst lets a row stand out of its page
_NO_ROWS: dict[str, list[Any]] = {"rows": []}
_ONLY_THE_TABLE = {"totals": [], "exempt": [], "remarks": [], "since": _NO_ROWS, "amended": _NO_ROWS}  # what would grow
_ALIKE = str.maketrans("123456789๑๒๓๔๕๖๗๘๙", "0" * 9 + "๐" * 9)  # digits are as wide as each other, or nearly
_MEASURED = ("landscape", "thai_digits", "title", "widths", "scale", "head", "labelled")  # of a view, beside the cells

View = Mapping[str, Any]  # of the report, cut into pieces
Cell = tuple[int, str, tuple[str, ...]]  # its column from 0, style and text


def long_pdf(view: View, made: datetime.datetime) -> bytes:
    """The PDF of the report, without tags. ``view`` is cut into pieces; raises RuntimeError where its template is faulty."""
    return in_parts(view, made, page_starts(view))


def in_parts(view: View, made: datetime.datetime, starts: Sequence[int]) -> bytes:
    """The same where pages begin with the lines ``starts``; in one piece should they not."""
    firsts = range(0, len(starts), PAGES)
    last = in_child(TEMPLATE, _part(view, starts, firsts[-1]), made)
    pages = firsts[-1] + page_count(last)

    def drawn(first: int) -> bytes:
        return in_child(TEMPLATE, _part(view, starts, first, pages), made)

    with ThreadPoolExecutor(AT_ONCE) as children:
        parts = [*children.map(drawn, firsts[:-1]), last]
    if any(page_count(part) != PAGES for part in parts[:-1]):
        return in_child(TEMPLATE, view, made)
    return joined(parts)


def _part(view: View, starts: Sequence[int], first: int, pages: int = 0) -> dict[str, Any]:
    """The view of the pages from ``first`` on, of so many in all; of the last part they are not known."""
    begin, *ends = starts[first : first + PAGES + 1 : PAGES]
    lines = view["lines"][begin : ends[0] if ends else None]
    part = {"before": first, "pages": pages, "last": not ends}
    return {**view, **(_ONLY_THE_TABLE if ends else {}), "lines": lines, "part": part}


def page_starts(view: View) -> list[int]:
    """The lines, from 0, with which pages begin."""
    lines = [_cells(line, len(view["widths"])) for line in view["lines"]]
    heights, (room, further) = _measured(view, {cell: None for name, rows in lines for cell in (name, *chain(*rows))})
    starts = [0]
    for at, (name, rows) in enumerate(lines):
        height = max(heights[name], sum(max(heights[cell] for cell in row) for row in rows))
        if height > room + HAIR:
            starts.append(at)
            room = further
        room -= height
    return starts


def _cells(line: View, columns: int) -> tuple[Cell, list[list[Cell]]]:
    """The name of an organisation, and the cells of its rows, labels with them; its number is never higher than its name."""
    rows = []
    for row in line["rows"]:
        first = columns - len(row["cells"])
        label: list[Cell] = [(first - 1, "word", tuple(row["label"]))] if row["label"] else []
        rows.append([*label, *(_alike(column, cell) for column, cell in enumerate(row["cells"], first))])
    return (1, "name", tuple(line["name"])), rows


def _alike(column: int, cell: View) -> Cell:
    style = "".join(cell["style"])
    return column, style, tuple(t.translate(_ALIKE) for t in cell["text"]) if style == "figure" else tuple(cell["text"])


def _measured(view: View, cells: Iterable[Cell]) -> tuple[dict[Cell, float], tuple[float, float]]:
    """The height of each cell, and the room for rows on the first page and on each further; all in points."""
    every = tuple(cells)
    shared = {key: view[key] for key in _MEASURED}

    def ask(some: Sequence[Cell]) -> dict[str, list[float]]:
        asked = [{"column": column, "style": [style], "text": text} for column, style, text in some]
        found: dict[str, list[float]] = measured_in_child(HEIGHTS, {**shared, "cells": asked})
        return found

    with ThreadPoolExecutor(AT_ONCE) as children:
        answers = list(children.map(ask, (every[at : at + CELLS] for at in range(0, len(every), CELLS))))
    room, further = answers[0]["rooms"]
    return dict(zip(every, chain(*(answer["heights"] for answer in answers)), strict=True)), (room, further)
