"""Lines below a table that say something of its figures and that no check has understood: they are told, never dropped.

Owns where such lines stand, and which lines there are known for something else.
"""

from collections.abc import Iterator

from parsers.findings import shown
from parsers.grid import Cell, CellKind
from parsers.mail.words.prose_corrections import says_of_rows
from parsers.tables.line_kinds import Line, Lines
from parsers.tables.model import Table
from parsers.thai.text import ascii_digits, heading_key
from parsers.values.cells_read_once import Readings
from parsers.values.colour_legend import colours_said
from parsers.values.units_in_text import stated_units

BELOW = 8  # rows below the last one that may speak of the table
LONGEST = 200  # characters; a longer text tells of many things
_KNOWN = {Line.TOTAL, Line.SIGNATURE, Line.LEGEND, Line.REMARK, Line.DAY, Line.PERSON, Line.CARRIED, Line.MEASURE}


def unread_lines(table: Table, readings: Readings, told: str) -> Iterator[Cell]:
    """The lines below a table that speak of its data. ``told`` are the words of what its checks have said."""
    if table.grid.lines:
        return  # of a mail's text the mail's own words are asked
    form = readings.form
    lines, totals = Lines(form), {total.row for total in table.totals}
    printed = {heading_key(note) for note in (*form.note, *form.report_note)}
    for row in range(table.last + 1, table.last + BELOW + 1):
        for cell in table.grid.row(row) if row not in totals else ():
            if cell.kind is not CellKind.TEXT or len(cell.text) > LONGEST or heading_key(cell.text) in printed:
                continue
            said = lines.sort_of(cell.text)
            if said is Line.REMARK:
                return  # what stands below is a remark's text
            heeded = readings.stated and stated_units(cell.text)
            explains = heeded or cell.text in readings.legend.lines or colours_said([cell.text])
            known = said in _KNOWN or explains or shown(cell.text) in told
            if not known and says_of_rows(ascii_digits(lines.names.in_local_words(cell.text))):
                yield cell
