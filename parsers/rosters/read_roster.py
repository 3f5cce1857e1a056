"""A workbook or list in which an office wrote its roster, to rows and every mistake in them, in one pass.

Columns are known by their headings, in any order. A file with both tables, of organisations and of reporters, is the whole
roster; a list with one of them adds to what is known. Pure, and raises on no bytes.
"""

from collections.abc import Sequence

from parsers.files.open_file import opened
from parsers.findings import Place
from parsers.grid import Sheet
from parsers.organisations.type_words import words_of
from parsers.rosters.entries import Mistake, RosterReading, RosterRequest, Slip
from parsers.rosters.headings import Column, Headed, table_in
from parsers.rosters.organisation_rows import read_organisations
from parsers.rosters.reporter_rows import read_reporters
from parsers.rosters.rows import rows_of
from parsers.rosters.slips import mistake


def read_roster(name: str, data: bytes, request: RosterRequest) -> RosterReading:
    """Read one file. Never raises."""
    file = opened(name, data, words_of(request.naming), 0)
    if file.trouble:
        return RosterReading(mistakes=(mistake(Slip.FILE, Place(name), why=file.trouble.message),))
    return roster_in(file.sheets, request, Place(name))


def returned_roster(name: str, data: bytes, request: RosterRequest) -> RosterReading | None:
    """A roster that somebody may have sent among other files; None for a file that is none, or that nobody can open.

    A whole roster is known by its two tables, a list by its column of addresses and by naming somebody of the roster.
    """
    sheets = opened(name, data, words_of(request.naming), 0).sheets
    tables = [headed for sheet in sheets if not sheet.grid.hidden and (headed := table_in(sheet.grid))]
    whole = len({headed.of_reporters() for headed in tables}) > 1
    if not whole and not any(Column.ADDRESSES in headed.columns for headed in tables):
        return None
    reading = roster_in(sheets, request, Place(name))
    return reading if whole or reading.organisations or any(each.key for each in reading.reporters) else None


def roster_in(sheets: Sequence[Sheet], request: RosterRequest, whole: Place) -> RosterReading:
    """What the sheets of a file say of the roster; ``whole`` is the place of the file. Never raises."""
    mistakes: list[Mistake] = []
    tables: list[tuple[Sheet, Headed]] = []
    for sheet in sheets:
        headed = table_in(sheet.grid)
        if headed and sheet.grid.hidden:
            mistakes.append(mistake(Slip.HIDDEN_SHEET, sheet.place()))
        elif headed:
            tables.append((sheet, headed))
    districts = tuple(dict.fromkeys(each.district for each in request.organisations))
    of_reporters = [row for table in tables if table[1].of_reporters() for row in rows_of(*table, districts)]
    others = [row for table in tables if not table[1].of_reporters() for row in rows_of(*table, districts)]
    if not of_reporters and not others:
        return RosterReading(mistakes=(*mistakes, mistake(Slip.NO_TABLE, whole)))
    reporters, mistaken = read_reporters(of_reporters, request)
    mistakes += mistaken
    if not others:  # nobody would be answered for
        strange = (each for each in reporters if not each.key)
        mistakes += [mistake(Slip.REPORTER_UNKNOWN, each.place, each.name) for each in strange]
    known = [each.name for each in reporters] or [each.name for each in request.reporters]
    organisations, mistaken = read_organisations(others, request, known)
    mistakes += mistaken
    return RosterReading(tuple(organisations), tuple(reporters), bool(of_reporters and others), tuple(mistakes))
