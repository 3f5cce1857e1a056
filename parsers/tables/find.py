"""Find a form's table in a grid: its columns by their headings, its rows by what stands in them. No fixed addresses.

Owns the order of the steps, and which pages and blocks are one table. The roster and what an answer means are for others.
"""

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from parsers.form.form import Form
from parsers.form.question import Kind
from parsers.grid import CellKind, Grid, empty
from parsers.organisations.type_words import words_of
from parsers.tables.answered_by_colour import answered_by_colour
from parsers.tables.data_rows import DataRows
from parsers.tables.fill_down import types_filled_down
from parsers.tables.groups_beside import groups_beside
from parsers.tables.halves_on_side import halves_joined
from parsers.tables.header_search import HeaderSearch
from parsers.tables.line_kinds import Lines
from parsers.tables.marks_for_other_cells import with_marks_read
from parsers.tables.model import Header, Layout, Table, counted, joined
from parsers.tables.name_in_title import headed_by_title
from parsers.tables.plan_and_result import with_results
from parsers.tables.rows_across import all_labelled, kinds_beside, typed_kinds
from parsers.tables.several_rows import in_rows
from parsers.tables.sums_of_districts import without_sums_of_districts
from parsers.tables.transpose import back, blocks, filled_out, plainly_named, turned, with_units
from parsers.tables.uneven_rows import placed
from parsers.tables.villages_above_sums import with_sums_as_rows
from parsers.values.cells_read_once import Readings
from parsers.values.coded_choices import coded_choices
from parsers.values.colour_legend import colours_said
from parsers.values.legend import NONE, legend_in

MOST_LISTED = 1_000  # free rows of the one organisation that a title names
SIDE_BY_SIDE = 50  # blocks of one band
POOR = 0.6  # how well a header fits that may be made of a list's labels and units
LEGEND_CELLS = 6  # in a row that explains marks: ✓ | = | ทำแล้ว | X | = | ยังไม่ทำ


def find_tables(
    grid: Grid, form: Form, near: datetime.date | None = None, said: Sequence[str] = ()
) -> tuple[Table, ...]:
    """Every table of ``form`` in ``grid``, from top to bottom and left to right; ``near`` as in ``read_value``.

    ``said`` are the lines of the mail that may explain its marks, beside those of the sheet.
    The headers are searched; each has the rows below it; pages under one header repeated are one table; where there is
    none, or hardly one, the sheet may lie on its side. Then an organisation's several rows get the questions of each.
    """
    lines = [*_lines(grid), *said]
    legend = legend_in(lines, form) if _has_ticks(form) else NONE
    if codes := coded_choices(lines, form):
        legend = replace(legend, codes=codes)
    form = legend.of(form)
    shape = form.table
    most = most_rows(form)
    # Typed lines always lie on their side: of several names their labels, one below the other, look like a table of their own.
    tables = () if grid.lines else _found(HeaderSearch(grid, shape), Readings(shape, near, legend), most)
    best = max((table.quality for table in tables), default=0.0)
    nameless = all(empty(row.name) for table in tables for row in table.rows)
    upright = any(map(_mostly_named, tables)) or (best >= POOR and not nameless)
    if not form.row and not form.listed and not upright:
        whole_sheet, names = groups_beside(halves_joined(grid, shape), shape), words_of(form.naming)
        parts = blocks(whole_sheet, names)
        on_side = [table for part in parts for table in _on_side(part, Readings(shape, near, legend))]
        if best < POOR or any(table.quality > best for table in on_side):
            tables = tuple(replace(table, grid=whole_sheet) for table in on_side) or tables
    if grid.fills:
        said_by_colour = colours_said(lines)
        tables = tuple(answered_by_colour(table, said_by_colour, shape) for table in tables)
    labelled = tuple(in_rows(table, form) for table in tables)
    unread = not any(row.cells for table in labelled for row in table.rows)
    twice = any(table.found and table.found.header.unclear for table in tables)
    if not form.row or not (unread or twice):
        return labelled
    whole = Readings(form, near, legend)
    return (
        _across(grid, form, whole, len(form.column))
        or (_rows_on_side(grid, Readings(shape, near, legend), whole) if unread and _has_rows(grid, form) else ())
        or labelled
    )


def most_rows(form: Form) -> int:
    """How many rows of one organisation a table may have that a title names; a sum may stand among several."""
    return MOST_LISTED if form.listed else len(form.rows) + bool(form.row)


def _mostly_named(table: Table) -> bool:
    """Whether most of the answered rows are plainly organisations'."""
    answered = [table.names.named(row.name.text) for row in table.rows if row.answered]
    return 2 * sum(answered) > len(answered)


def _on_side(grid: Grid, readings: Readings) -> Iterator[Table]:
    """The tables of a sheet, or a part of it, that lies on its side."""
    other = turned(grid, words_of(readings.form.naming))
    for table in _found(HeaderSearch(other, readings.form), readings, 0) if other else ():
        if plainly_named(table):
            yield filled_out(headed_by_title(with_units(back(table, grid), readings.form)), readings.form)


def _has_rows(grid: Grid, form: Form) -> bool:
    """Whether a sheet says anything of a form's rows: turning it over takes time."""
    words = [word for row in form.row for word in (row.label, *row.aliases)]
    return any(word in cell.text for cell in grid.cells.values() for word in words)


def _rows_on_side(grid: Grid, readings: Readings, whole: Readings) -> tuple[Table, ...]:
    """Tables of a form of several rows that lie on their side: its rows across, or down the side with their questions."""
    tables = (
        table for part in blocks(grid, words_of(whole.form.naming)) for table in _part_on_side(part, readings, whole)
    )
    return tuple(replace(table, grid=grid) for table in tables)


def _part_on_side(part: Grid, readings: Readings, whole: Readings) -> Iterator[Table]:
    form, names = whole.form, words_of(whole.form.naming)
    other = turned(part, names)
    tables = _found(HeaderSearch(other, readings.form), readings, 0) if other else ()
    found, most = [in_rows(table, form) for table in tables], len(form.rows)
    if not any(row.cells for table in found for row in table.rows):
        other = turned(kinds_beside(typed_kinds(part, form) if part.lines else part, form), names)
        found, most = list(_across(other, form, whole, 1 if part.lines else len(form.column))) if other else [], 1
    for table in found:
        if plainly_named(table, most):
            yield filled_out(headed_by_title(with_units(back(table, part), form), most), form)


def _across(grid: Grid, form: Form, readings: Readings, above: int) -> tuple[Table, ...]:
    """Tables of more than ``above`` questions in which a form's rows stand side by side: สุนัข, แมว over the same headings."""
    tables = _found(HeaderSearch(grid, form.across), replace(readings, form=form.across), 1)
    return tuple(
        replace(table, readings=readings)
        for table in tables
        if len(table.columns) > above and all_labelled(table, form)
    )


def _has_ticks(form: Form) -> bool:
    return any(question.kind in (Kind.TICK, Kind.PROGRESS) for question in form.column)


def _lines(grid: Grid) -> Iterator[str]:
    """The texts of a sheet, and those of a row together: a mark and its meaning may stand in two cells."""
    for row in sorted({row for row, _ in grid.cells}):
        texts = [cell.text for cell in grid.row(row) if cell.text and cell.kind in (CellKind.TEXT, CellKind.NUMBER)]
        yield from texts
        if 1 < len(texts) <= LEGEND_CELLS:
            yield " ".join(texts)


def _found(search: HeaderSearch, readings: Readings, most: int) -> tuple[Table, ...]:
    """The tables under the headers; one without names, of ``most`` rows, may be headed by the name in its title."""
    headers = search.headers()
    grid = placed(search.grid, [header for _, header in headers], readings)
    if grid is not search.grid:
        search = HeaderSearch(grid, search.form)
        headers = search.headers()
    pages: list[list[Table]] = []
    last = 0  # row of the tables so far
    open_: dict[object, list[Table]] = {}  # the pages of tables that may go on, by their columns
    for at, (_, header) in enumerate(headers):
        table = _table(search, header, _band(search, headers, at), readings)
        table, last = headed_by_title(table, most, last), max([last, table.bottom, *(row.row for row in table.rows)])
        key = (tuple(sorted(table.columns.items())), table.name_columns)
        before = open_.get(key)
        if before and before[0].bottom < table.top:
            before.append(table)
        else:
            open_[key] = [table]
            pages.append(open_[key])
        if table.totals:
            del open_[key]
    return tuple(joined(each) for each in pages)


@dataclass(frozen=True)
class Band:
    """How far a table reaches: to the row before ``end``, and whether no other of the form stands right of it."""

    end: int
    alone: bool


def _band(search: HeaderSearch, headers: Sequence[tuple[int, Header]], at: int) -> Band:
    """How far the table under one of the headers reaches: to the next one that stands under it."""
    band, header = headers[at]
    later = (headers[each] for each in range(at + 1, len(headers)))
    below = (h.top for other, h in later if other != band and h.overlaps(header))
    beside = headers[max(0, at - SIDE_BY_SIDE) : at + SIDE_BY_SIDE]
    alone = all(other != band or h.left <= header.left for other, h in beside)
    return Band(next(below, search.order[-1] + 1), alone)


def _table(search: HeaderSearch, header: Header, band: Band, readings: Readings) -> Table:
    """The table under one header: its rows one by one, then what is only known once all are."""
    reader = DataRows(search, Lines(search.form), header, readings)
    order = search.order
    for row in order[bisect_right(order, header.bottom) : bisect_left(order, band.end)]:
        reader.take(row)
    read, totals = with_sums_as_rows(reader.rows, reader.totals, readings, search.grid, words_of(search.form.naming))
    heads = (search.grid.own(row, c) for row in range(header.top, header.bottom + 1) for c in search.used.get(row, ()))
    own = without_sums_of_districts(read, readings)
    typed = types_filled_down(own, header.fixed.get("type", ()), search.grid)
    rows, doubts = (typed, []) if search.form.row_label else with_results(typed, header, search.grid)
    rows = with_marks_read(rows, search.grid, readings)
    return Table(
        search.grid,
        header.top,
        header.bottom,
        header.columns,
        header.fixed.get("organisation", ()),
        tuple(rows),
        counted(totals, read, rows),
        tuple(q for q in search.form.question if q.key not in header.columns),
        min(1.0, header.quality),
        header.passed_over,
        tuple(heads),
        tuple(doubts),
        Layout(header, band.alone),
        readings,
    )
