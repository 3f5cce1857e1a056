"""Lines below a table, and notes beside a row, that say something of its figures and that no check has understood: they are told.

Owns where such lines stand, and which lines there are known for something else.
"""

import re
from collections.abc import Iterator

from parsers.doubts.notes import words_beside
from parsers.doubts.spoken_of import spoken_words
from parsers.findings import shown
from parsers.form.printed_words import is_printed
from parsers.form.question import NUMERIC, Kind
from parsers.grid import Cell, CellKind, empty
from parsers.mail.words.prose_corrections import says_of_rows
from parsers.mail.words.words_about_data import speaks_of_row
from parsers.tables.line_kinds import Line, Lines
from parsers.tables.model import Row, Table
from parsers.thai.text import ascii_digits
from parsers.values.cells_read_once import Readings
from parsers.values.colour_legend import colours_said
from parsers.values.units_in_text import stated_units

BELOW = 8  # rows below the last one that may speak of the table
LONGEST = 200  # characters; a longer text tells of many things
# "605", "1,250.50".
_FIGURES = re.compile(r"\d[\d,]*(?:\.\d+)?")
_KNOWN = {Line.TOTAL, Line.SIGNATURE, Line.LEGEND, Line.REMARK, Line.DAY, Line.PERSON, Line.CARRIED, Line.MEASURE}


def unread_lines(table: Table, readings: Readings, told: str) -> Iterator[Cell]:
    """The lines below a table that speak of its data. ``told`` are the words of what its checks have said."""
    if table.grid.lines:
        return  # of a mail's text the mail's own words are asked
    form = readings.form
    lines, totals = Lines(form), {total.row for total in table.totals}
    for row in range(table.last + 1, table.last + BELOW + 1):
        for cell in table.grid.row(row) if row not in totals else ():
            if cell.kind is not CellKind.TEXT or len(cell.text) > LONGEST or is_printed(cell.text, form):
                continue
            said = lines.sort_of(cell.text)
            if said is Line.REMARK:
                return  # what stands below is a remark's text
            heeded = readings.stated and stated_units(cell.text)
            explains = heeded or cell.text in readings.legend.lines or colours_said([cell.text])
            known = said in _KNOWN or explains or shown(cell.text) in told
            if not known and says_of_rows(ascii_digits(lines.names.in_local_words(cell.text))):
                yield cell


def unread_note(table: Table, row: Row, readings: Readings, told: str) -> str:
    """A note beside a row that speaks of its answers and agrees with none, where no check has understood it; else nothing."""
    notes = words_beside(table, row.row, lambda text: len(text) <= LONGEST and shown(text) not in told)
    return next((note for note in notes if _speaks(ascii_digits(note), row, readings)), "")


def _speaks(note: str, row: Row, readings: Readings) -> bool:
    if speaks_of_row(note):
        return True
    said = {figure.replace(",", "") for figure in _FIGURES.findall(note)}
    answers = {key: cell for key, cell in row.cells.items() if not empty(cell)}
    shown_there = {
        part for cell in answers.values() for part in _FIGURES.findall(ascii_digits(cell.text).replace(",", ""))
    }
    figures = [key for key in answers if readings.form.find(key).kind in NUMERIC | {Kind.DATE}]
    return bool(said - shown_there) and bool(spoken_words(note, readings.form, figures))
