"""What a table is called: by its file, its sheet, and the lines above it. Owns how such names are read as words."""

import re
from collections.abc import Iterable

from parsers.grid import CellKind
from parsers.tables.model import Found
from parsers.thai.text import ascii_digits, normalise

# A sheet called "2567".
_YEAR_ALONE = re.compile(r"^(?:25\d\d|20\d\d)$")


def spaced(name: str) -> str:
    """A name with what its writers put for blanks taken as blanks."""
    # "แบบรายงาน_2567(1)" is "แบบรายงาน 2567 1".
    return re.sub(r"[_()\[\]-]+", " ", name)


def stem(name: str) -> str:
    """A file's name without its ending."""
    return name.rpartition(".")[0] or name


def titles_above(found: Found, tables: Iterable[Found]) -> list[str]:
    """The texts above a table, down from the table before it."""
    grid = found.table.grid
    above = [t.table for t in tables if t.sheet.at == found.sheet.at and t.table.top < found.table.top]
    since = max((table.last for table in above), default=0)
    return [
        cell.text for row in range(since + 1, found.table.top) for cell in grid.row(row) if cell.kind is CellKind.TEXT
    ]


def names_of(found: Found) -> list[str]:
    """The names of a table's file and sheet, a bare year as the year it is."""
    name = ascii_digits(normalise(found.table.grid.sheet))
    # "ปี2567", "ป 2567" and "2567" are one.
    year = f"ปี {name}" if _YEAR_ALONE.match(name) else re.sub(r"^ปี?\s*(?=\d)", "ปี ", name)
    return [spaced(stem(found.sheet.file)), year]
