"""The rows of the table of reporters: name, who is written to, addresses, chief, telephone."""

from collections.abc import Iterable

from parsers.findings import Place
from parsers.rosters.addresses import addresses_in, phone_in
from parsers.rosters.entries import Mistake, ReporterLine, RosterRequest, Slip
from parsers.rosters.headings import Column
from parsers.rosters.rows import Row
from parsers.rosters.slips import mistake
from parsers.thai.text import comparison_key


def read_reporters(rows: Iterable[Row], request: RosterRequest) -> tuple[list[ReporterLine], list[Mistake]]:
    """The reporters in order, and what is wrong with them."""
    keys = {each.key for each in request.reporters}
    by_name = {comparison_key(each.name): each.key for each in request.reporters}
    found: list[ReporterLine] = []
    mistakes: list[Mistake] = []
    seen: dict[str, Place] = {}
    where: dict[str, Place] = {}
    for row in rows:
        name, place = row.text(Column.REPORTER), row.place(Column.REPORTER)
        if not name:
            mistakes.append(mistake(Slip.NAME_MISSING, place))
            continue
        first = seen.setdefault(comparison_key(name), place)
        if first is not place:
            mistakes.append(mistake(Slip.REPORTER_DOUBLED, place, name, other=first.cell))
            continue
        given = row.text(Column.KEY)
        key = given if given in keys else by_name.get(comparison_key(name), "")
        addresses, wrong = read_addresses(row, Column.ADDRESSES)
        mistakes += [*wrong, *_shared(addresses, where, row.place(Column.ADDRESSES))]
        chief, wrong = _chief(row)
        phone, doubt = _phone(row)
        mistakes += [*wrong, *doubt]
        found.append(ReporterLine(name, key, row.text(Column.SALUTATION), addresses, chief, phone, place))
    return found, mistakes


def read_addresses(row: Row, column: Column) -> tuple[tuple[str, ...] | None, list[Mistake]]:
    """The addresses of a row, None where the table has no such column, and the cells that hold none."""
    if not row.has(column):
        return None, []
    found: tuple[str, ...] = ()
    mistakes = []
    for cell in row.cells[column]:
        addresses, wrong = addresses_in(cell.text)
        found += addresses
        if wrong:
            mistakes.append(mistake(Slip.ADDRESS_MALFORMED, row.sheet.place(cell), wrong))
    return tuple(dict.fromkeys(found)), mistakes


def _shared(addresses: Iterable[str] | None, where: dict[str, Place], place: Place) -> list[Mistake]:
    """The addresses that another reporter has too."""
    firsts = [(address, where.setdefault(address, place)) for address in addresses or ()]
    return [
        mistake(Slip.ADDRESS_OF_SEVERAL, place, address, other=first.cell)
        for address, first in firsts
        if first is not place
    ]


def _chief(row: Row) -> tuple[str | None, list[Mistake]]:
    found, mistakes = read_addresses(row, Column.CHIEF)
    if found and len(found) > 1:
        mistakes.append(mistake(Slip.CHIEF_SEVERAL, row.place(Column.CHIEF), " ".join(found)))
    return (None if found is None else next(iter(found), "")), mistakes


def _phone(row: Row) -> tuple[str | None, list[Mistake]]:
    if not row.has(Column.PHONE):
        return None, []
    said, good = phone_in(row.text(Column.PHONE))
    return said, [] if good else [mistake(Slip.PHONE_MALFORMED, row.place(Column.PHONE), said)]
