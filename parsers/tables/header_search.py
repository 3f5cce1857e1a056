"""Find the header of a form's table: the rows that head it, the columns they head, and which column is which question.

Owns the search for header bands in a grid, wherever they stand. Knows nothing of the rows of data below.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import islice, pairwise, takewhile

from parsers.form.form import Form
from parsers.grid import Cell, CellKind, Grid, empty
from parsers.organisations.type_words import words_of
from parsers.tables.assign_columns import assign
from parsers.tables.block_rows import block_rows
from parsers.tables.denial import halve
from parsers.tables.group_headings import regrouped
from parsers.tables.heading_paths import Anchor, HeadingPaths, Paths
from parsers.tables.headings import Headings
from parsers.tables.model import Header
from parsers.tables.several_columns import split
from parsers.tables.wordings import Fit
from parsers.thai.text import ascii_digits, heading_key
from parsers.values.choices import surely_chosen
from parsers.values.tick_marks import Tick, tick

HEADER_ROWS = 5  # a header may be this tall
RUN = 12  # rows of one candidate header looked at
SHEET_COLUMNS = 400  # columns looked at; wider sheets are no forms
NAMED_ROWS = 200  # rows in which names are looked for when no column is headed by them

# Two letters together, a Thai vowel or tone on the first: "✓", "12.5" and "x1" have none, "ปีนี้" has.
_WORD = re.compile(r"[^\W\d_][\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*+[^\W\d_]")

# "ปี 2568", "พ.ศ.", "2568" of a heading key, beside one another under a merged heading.
_YEAR = re.compile(r"(?=.)(?:ปี|ปีงบประมาณ)?(?:พศ)?(?:25\d\d)?")
# "1,700", "12.5": an answer that no heading is, for a year has four digits and no comma.
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})++(?:\.\d+)?|\d{5,}(?:\.\d+)?|\d++\.\d+")
_WRITTEN = frozenset({CellKind.TEXT, CellKind.NUMBER})


def is_mark(text: str) -> bool:
    """Whether a text is an answer or a figure rather than a heading."""
    return tick(text) is not Tick.UNCLEAR or not (_WORD.search(text) or _YEAR.fullmatch(heading_key(text)))


class HeaderSearch:
    """One search of one grid."""

    def __init__(self, grid: Grid, form: Form) -> None:
        self.grid = grid
        self.form, self.names = form, words_of(form.naming)
        self.headings = Headings(form)
        self._names: dict[int, Sequence[int]] = {}
        self._names_below: dict[int, Sequence[tuple[int, int]]] = {}
        self.need = min(2, len(form.question))
        self.used: dict[int, list[int]] = {}
        for row, column in sorted(grid.cells):
            if column <= SHEET_COLUMNS and not grid.cells[row, column].blank:
                self.used.setdefault(row, []).append(column)

    @cached_property
    def order(self) -> Sequence[int]:
        """The rows that show something, from top to bottom."""
        return sorted(self.used)

    @cached_property
    def covering(self) -> Mapping[int, list[int]]:
        """Columns of each row that show something, merged cells from above included."""
        found = {row: set(columns) for row, columns in self.used.items()}
        for merge in self.grid.merges:
            if not self.grid.own(merge.top, merge.left).blank:
                for row in range(merge.top, merge.bottom + 1):
                    if row in found:
                        found[row].update(range(merge.left, min(merge.right, SHEET_COLUMNS) + 1))
        return {row: sorted(columns) for row, columns in found.items()}

    @cached_property
    def paths(self) -> HeadingPaths:
        """The headings above columns."""
        return HeadingPaths(self.grid, self.headings, self.covering)

    def headers(self) -> list[tuple[int, Header]]:
        """Header bands with the number of their band, in reading order; side by side blocks share a band."""
        found: list[tuple[int, Header]] = []
        rows = self.order
        at = band = 0
        while at < len(rows):
            run = self._run(rows, at, found[-1][1] if found else None)
            headers, used = self._best(run)
            if headers:
                band += 1
                found += [(band, header) for header in headers]
                used = max(
                    used, bisect_right(rows, headers[0].bottom) - at
                )  # rows that head its columns too head no other
            at += max(1, used)
        return found

    def _run(self, rows: Sequence[int], at: int, known: Header | None) -> list[int]:
        run: list[int] = []
        for row in rows[at : at + RUN]:
            if not self._may_head(row, known):
                break
            run.append(row)
        return run

    def _may_head(self, row: int, known: Header | None) -> bool:
        """Whether a row may belong to a header: it names something of the form and is no row of an organisation."""
        cells = [self.grid.own(row, column) for column in self.used[row]]
        texts = [cell.text for cell in cells if cell.kind is CellKind.TEXT]
        if known and self._has_figures(row, known):
            return any("organisation" in self.headings.says(text) for text in texts if not self.names.named(text))
        names = known.fixed.get("organisation") if known else None
        if any(self.names.named(text) for text in texts):
            return any("organisation" in self.headings.says(text) for text in texts if not self.names.named(text))
        if not names or self._no_name(self.grid.own(row, names[0])):
            return any(self.headings.says(text) for text in texts)
        return any("organisation" in self.headings.says(text) for text in texts)

    def _has_figures(self, row: int, known: Header) -> bool:
        """Whether a row answers a header above with figures and says nothing else: รวมทั้งสิ้น 1,700 heads no question รวม."""
        asked = {column for run in known.columns.values() for column in run}
        cells = [self.grid.own(row, column) for column in self.used[row]]
        filled = [cell for cell in cells if cell.column in asked]
        labels = {*known.fixed.get("organisation", ()), *known.fixed.get("number", ())}
        return (
            bool(filled)
            and all(_FIGURE.fullmatch(ascii_digits(cell.text)) for cell in filled)
            and all(c.column in labels | asked for c in cells)
        )

    def _no_name(self, cell: Cell) -> bool:
        return empty(cell) or bool(self.headings.says(cell.text))

    def _best(self, run: Sequence[int]) -> tuple[list[Header], int]:
        """The best header in a run of rows, and how many of the rows are used up."""
        best: tuple[float, list[Header], int] = (0.0, [], len(run))
        telling = [self._tells(row) for row in run]
        for start in range(len(run)):
            for end in range(start, min(start + HEADER_ROWS, len(run))):
                if not any(telling[start : end + 1]) or self._ticked(run[end]):
                    continue
                headers = self._blocks(run[start : end + 1]) if self.paths.left > 0 else []
                score = sum(header.quality for header in headers) - 0.001 * (end - start)
                if headers and score > best[0] + 1e-9 and not (start and self._headed_above(run[start - 1], headers)):
                    best = (score, headers, end + 1)
        headers = self._with_lower_rows(run, best[1])
        return self._with_blocks(headers), best[2]

    def _with_blocks(self, headers: list[Header]) -> list[Header]:
        """The headers with the rows in and above them that head blocks of columns, or turn them round."""
        if not headers:
            return headers
        band = self.order[bisect_left(self.order, headers[0].top) : bisect_right(self.order, headers[0].bottom)]
        rows = block_rows(self.paths, self.order, band, headers)
        if not rows or self.paths.left <= 0:
            return headers
        self.paths.blocks |= frozenset(rows)
        return self._blocks(sorted({*rows, *band}))

    def _tells(self, row: int) -> bool:
        """Whether a row has more words of headings than those that also stand as marks in rows of answers."""
        texts = {self.grid.at(row, column).text for column in self.covering[row]}
        return any(self.headings.says(text) - {"yes", "no"} for text in texts)

    def _ticked(self, row: int) -> bool:
        """Whether a row is one of ticks and crosses, that part no heading into done and not done."""
        cells = [self.grid.own(row, column) for column in self.used[row]]
        marks = [cell for cell in cells if len(cell.text) == 1 and tick(cell.text) in (Tick.YES, Tick.NO)]
        above = (self.grid.at(row - 1, cell.column) for cell in marks)
        heads = [(head.row, head.column) for head in above]
        return len(marks) > 1 and 2 * len(marks) > len(cells) and len(set(heads)) == len(heads)

    def _headed_above(self, row: int, headers: Sequence[Header]) -> bool:
        """Whether a group's heading stands just above the answer columns: without it they would be read by order alone."""
        asked = {column for header in headers for run in header.columns.values() for column in run}
        groups = (
            self.headings.group_of(self.grid.own(row, column).text) for column in self.used[row] if column in asked
        )
        return any(0 < len(keys) < len(self.form.question) for keys in groups)

    def _with_lower_rows(self, run: Sequence[int], headers: list[Header]) -> list[Header]:
        """The headers with the rows below that still head their columns: by a merged heading of names, or by their words."""
        names = [column for header in headers for column in header.fixed.get("organisation", ())]
        if not names:
            return headers
        top, bottom = headers[0].top, headers[0].bottom
        at = bisect_right(self.order, bottom)
        below = self.order[at : at + HEADER_ROWS]
        lower = list(takewhile(lambda row: top <= self.grid.at(row, names[0]).row <= bottom, below))
        lower = lower or [row for row in below[:1] if self._parts(row, headers[0])]
        above = [row for row in run if top <= row <= bottom]
        return (self._blocks([*above, *lower]) if lower else []) or headers

    def _parts(self, row: int, header: Header) -> bool:
        """Whether a row names parts of the columns above, such as plan and result under one heading, merged or no longer."""
        fixed = {column for run in header.fixed.values() for column in run}
        cells = [self.grid.own(row, column) for column in self.used[row]]
        if len(cells) < 2 or any(c.column in fixed or c.kind not in _WRITTEN for c in cells):  # noqa: PLR2004
            return False
        above = [self.grid.at(header.bottom, cell.column) for cell in cells]
        asked = {c: self.form.find(key).choices for key, run in header.columns.items() for c in run if len(run) > 1}
        if all(surely_chosen(cell.text, asked.get(cell.column, ())) for cell in cells):
            return True  # ดีมาก, ดี, …: the options of one question
        if any(is_mark(cell.text) for cell in cells):
            said = (((head.row, head.column), cell.text) for cell, head in zip(cells, above, strict=True))
            return halve(said)
        shared = len({(cell.row, cell.column) for cell in above}) < len(above)
        return shared or any(cell.blank for cell in above)

    def _blocks(self, rows: Sequence[int]) -> list[Header]:
        """The headers these rows make: one, or several side by side."""
        columns = sorted({column for row in rows for column in self.covering[row]})
        paths = {column: self.paths.above(rows, column) for column in columns}
        names = self._name_runs(paths)
        if len(names) > 1:
            edges = [self.paths.left_edge(paths, name[0]) for name in names]
            parts = [[c for c in columns if left <= c < right] for left, right in pairwise([*edges, columns[-1] + 1])]
            headers = [self._header(rows, paths, part) for part in parts]
            if all(headers):
                return [header for header in headers if header]
        header = self._header(rows, paths, columns)
        return [header] if header else []

    def _fits(self, path: Sequence[Anchor], column: int) -> Mapping[str, Fit]:
        """The questions a column may be. A group that only reaches over from beside gives way to the column's own words."""
        own = [at for at in path if at == self.paths.anchor(at[0], column)]
        texts = self.paths.texts(path)
        alone = self.headings.fits(self.paths.texts(own))
        return self.headings.fits(texts) or {k: f for k, f in alone.items() if not self.headings.means_other(texts, k)}

    def _header(self, rows: Sequence[int], paths: Paths, columns: Sequence[int]) -> Header | None:
        """The header that ``rows`` make over ``columns``; None when they do not name enough of the form."""
        own = {c: paths[c] for c in columns}
        fixed = self._fixed(rows[-1], own)
        taken = {column for run in fixed.values() for column in run}
        asking = regrouped(
            {c: path for c, path in own.items() if c not in taken}, lambda at: self.grid.cells[at].text, self.headings
        )
        fits = {c: self._fits(path, c) for c, path in asking.items()}
        found = assign(fits, self.form)
        shown = {key: self._visible(run) for key, run in found.items()}
        said = split(shown, {c: self.paths.texts(path) for c, path in asking.items()}, self.headings)
        if len(said.columns) < self.need:
            return None
        headed = 0.05 * ("organisation" in fixed) + 0.01 * len(fixed)
        if "organisation" not in fixed:
            numbers = fixed.get("number", ())  # "ที่ | รายการ" of a sheet on its side head the names
            asked = {c for cs in said.columns.values() for c in cs}
            name = self._guessed_name(rows[-1], asked | taken - set(numbers))
            if name:
                fixed["organisation"] = (name,)
            if name in numbers:
                del fixed["number"]
        enough = self.need if "organisation" in fixed else max(self.need, len(self.form.question) // 2 + 1)
        if len(said.columns) < enough:
            return None
        labels = sum(max(fits[c][key].score for c in cs) for key, cs in found.items())
        labels += len(said.denied - frozenset(found))
        quality = labels / (1.5 * len(self.form.question)) + headed + 0.02 * len(said.halves)
        passed = frozenset(key for key in found if shown[key] != found[key])
        band = (rows[0], rows[-1], columns[0], columns[-1])
        return Header(*band, said.columns, said.halves, said.unclear, said.denied, fixed, quality, passed)

    def _fixed(self, below: int, own: Paths) -> dict[str, tuple[int, ...]]:
        """The columns headed by the words of every form; the rows begin under row ``below``."""
        fixed: dict[str, tuple[int, ...]] = {}
        for word in ("organisation", "number", "type", "district", "row"):
            runs = self._name_runs(own) if word == "organisation" else self.paths.runs_of(own, word)
            if word == "type":
                runs = [run for run in runs if not self._asks(own[run[0]]) or self._types_below(below, run[0])]
            if word == "row" and len(runs) > 1:  # ประเภท, of organisations, beside ประเภทเรื่อง
                typed = [run for run in runs if self._types_below(below, run[0])]
                runs = [run for run in runs if run not in typed]
                fixed |= {"type": typed[0]} if typed and "type" not in fixed else {}
            if runs:
                fixed[word] = runs[0] if word != "row" else tuple(c for run in runs for c in run)
        return fixed

    def _asks(self, path: Sequence[Anchor]) -> bool:
        """Whether the lowest heading above a column, ประเภท, is the whole of a question's wording."""
        return self.headings.words.is_own(self.paths.texts(path)[-1])

    def _name_runs(self, paths: Paths) -> list[tuple[int, ...]]:
        """The columns of names; beside อปท. a heading ชื่อ that is the whole of a question's wording is that question's."""
        runs = self.paths.runs_of(paths, "organisation")
        return [run for run in runs if not self._asks(paths[run[0]])] or runs

    def _types_below(self, below: int, column: int) -> bool:
        """Whether the first cell filled under a heading says a type of organisation."""
        at = bisect_right(self.order, below)
        cells = (self.grid.own(row, column) for row in self.order[at : at + RUN])
        return any(self.names.is_type_alone(cell.text) for cell in islice((c for c in cells if not empty(c)), 1))

    def _visible(self, columns: tuple[int, ...]) -> tuple[int, ...]:
        """Of several columns those that a person sees, if any."""
        return tuple(c for c in columns if c not in self.grid.hidden_columns) or columns

    def _guessed_name(self, below: int, taken: set[int]) -> int:
        """The column in which most names of organisations stand, for a table that does not head it; 0 for none."""
        if below not in self._names_below:
            at = bisect_right(self.order, below)
            rows = self.order[at : at + NAMED_ROWS]
            columns = (column for row in rows for column in self._columns_of_names(row))
            self._names_below[below] = Counter(columns).most_common()  # those of one count as they come in the sheet
        return next((column for column, _ in self._names_below[below] if column not in taken), 0)

    def _columns_of_names(self, row: int) -> Sequence[int]:
        """The columns in which a row has the name of an organisation; each row is looked at once."""
        if row not in self._names:
            self._names[row] = [
                column for column in self.used[row] if self.names.named(self.grid.own(row, column).text)
            ]
        return self._names[row]
