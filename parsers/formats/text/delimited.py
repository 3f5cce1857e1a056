"""Delimited text (.csv, .tsv, and tables in plain text) to a grid.

Owns the choice of the character set and of the delimiter. All cells are texts, for the file says nothing of their kinds.
"""

import csv
import io
import re
from collections import Counter
from dataclasses import replace

from parsers.formats import cells
from parsers.formats.office_zip.checked_package import CELLS_CAP
from parsers.formats.sheets_read import Workbook, bound
from parsers.formats.sniff import wide_charset
from parsers.formats.text import aligned_columns, decimal_commas
from parsers.formats.unreadable import refusing, too_large
from parsers.grid import Cell, Doubt, Grid, doubtful
from parsers.organisations.type_words import LOCAL_WORDS, TypeWords
from parsers.thai import charsets, text

SIZE_CAP = 16 << 20  # 200,000 cells of 80 characters
LINES_CAP = 2_000_000  # ends of lines; a sheet has half as many rows
DELIMITERS = "\t;|,"  # of equals the first: commas stand inside numbers and names
_SAMPLE = 1 << 16  # characters that vote
# "sep=;" in the first line: how Excel is told the delimiter.
_SAID = re.compile(r"sep=(.)\r?\n?")
_STRAY = 50  # line breaks in one cell; with more, a quote was opened by mistake
# "####": what Excel writes for a number in a column too narrow.
_NARROW = re.compile("#{3,}")


def read(data: bytes, names: TypeWords = LOCAL_WORDS) -> Workbook:
    """Read a text as one sheet without a name; without a delimiter each line is a cell. Raises Unreadable and nothing else.

    ``names`` are the words by which organisations are named.
    """
    with refusing():
        if len(data) > SIZE_CAP:
            raise too_large(f"เกิน {SIZE_CAP >> 20} เมกะไบต์")
        words = charsets.decode(data, wide_charset(data) or None)
        if words.count("\n") + words.count("\r") > LINES_CAP:
            raise too_large(f"มีข้อความเกิน {LINES_CAP:,} บรรทัด")
        said = _SAID.match(words)
        delimiter = said[1] if said else _delimiter(words[:_SAMPLE])
        rows = _rows(words[said.end() if said else 0 :], delimiter)
        made = _cells(rows, aligned_columns.heading_width(rows, names))
        if delimiter == ";" and decimal_commas.has_decimal_commas(rows):
            made = {at: _in_points(cell) for at, cell in made.items()}
        return bound([Grid("", made)])


def _delimiter(sample: str) -> str:
    """The one with which most lines have the same number of cells."""
    votes = {delimiter: _votes(sample, delimiter) for delimiter in DELIMITERS}
    return max(votes, key=lambda delimiter: votes[delimiter])


def _votes(sample: str, delimiter: str) -> tuple[int, int]:
    widths = Counter(len(row) for row in _rows(sample, delimiter) if len(row) > 1 and any(map(str.strip, row)))
    if not widths:
        return 0, 0
    width, lines = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    return lines, width


def _rows(words: str, delimiter: str) -> list[list[str]]:
    """The cells, line by line. Where quotes do not come in pairs they are letters like others."""
    try:
        rows = list(csv.reader(io.StringIO(words, newline=""), delimiter=delimiter))
    except csv.Error:  # a cell beyond the limit of its library
        rows = []
    if rows and not any(cell.count("\n") > _STRAY for row in rows for cell in row if len(cell) > _STRAY):
        return rows
    return [line.split(delimiter) for line in words.splitlines()]


def _cells(rows: list[list[str]], full: int) -> dict[cells.At, Cell]:
    if sum(bool(value) for values in rows for value in values) > CELLS_CAP:
        raise too_large(f"มีข้อมูลเกิน {CELLS_CAP:,} ช่อง")
    found: dict[cells.At, Cell] = {}
    for row, (values, sure) in enumerate(zip(rows, aligned_columns.sure(rows, full), strict=True), 1):
        for column, value in enumerate(values[:sure], 1):
            cell = _cell((row, column), value) if value else None
            if cell:
                found[row, column] = cell
        if sure < len(values):
            said = " ".join(filter(None, map(text.normalise, values[sure:])))
            last = max(full, len(values))
            found |= {(row, column): doubtful(row, column, Doubt.UNEVEN, said) for column in range(sure + 1, last + 1)}
    return found


def _in_points(cell: Cell) -> Cell:
    """A cell of a text with decimal commas."""
    if decimal_commas.may_be_either(cell.text):
        return doubtful(cell.row, cell.column, Doubt.COMMA, cell.text)
    return replace(cell, text=decimal_commas.with_point(cell.text))


def _cell(at: cells.At, value: str) -> Cell | None:
    cell = cells.words(at, [(value, "")])
    wrong = cell and (cells.is_error(cell.text) or _NARROW.fullmatch(cell.text))
    return cells.error(at, cell.text) if cell and wrong else cell
