"""Rows that a form was printed with: an example that says so or is ticked beforehand, a spare row struck out."""

from parsers.grid import empty
from parsers.tables.model import EXAMPLE, Row

_DASHES = " -–—−."


def is_printed(row: Row) -> bool:
    """An example row that says so, or a spare row struck out with dashes."""
    if row.example or EXAMPLE.search(row.name.text) or EXAMPLE.search(row.number):
        return True
    struck = not row.name.text.strip(_DASHES) and all(not cell.text.strip(_DASHES) for cell in row.cells.values())
    return struck and not empty(row.name)


def is_pre_ticked(index: int, row: Row) -> bool:
    """Whether a row without a name is the one above all others, as a pre-ticked example stands."""
    return index == 0 and not row.label and (row.number == "1" or not row.number.isdecimal())
