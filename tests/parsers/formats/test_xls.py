"""Old Excel workbooks to grids: the same as their xlsx, whatever is in them, and never anything but a refusal."""

import contextlib
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlrd.compdoc import CompDoc

from parsers.findings import Code
from parsers.formats.excel import xls, xlsx
from parsers.formats.excel.xls_records import BLANKS_CAP, SIZE_CAP, Nowhere, tame
from parsers.formats.office_zip.checked_package import CELLS_CAP, SHEETS_CAP
from parsers.formats.office_zip.sheet_range_merges_formulas import MERGES_CAP
from parsers.formats.sheets_read import Mark
from parsers.formats.unreadable import Unreadable
from parsers.grid import CellKind

# Each made by LibreOffice out of the xlsx beside it: our form filled in all manners, and a sheet of every kind of cell.
DATA = Path(__file__).parents[1] / "data"
FORM, KINDS = ((DATA / f"{name}.xls").read_bytes() for name in ("form", "kinds"))


def record(code, content=b""):
    return struct.pack("<HH", code, len(content)) + content


def number(row, column):
    return record(0x0203, struct.pack("<HHHd", row, column, 0, 1.0))


BEGIN = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))


def refusal(data):
    with pytest.raises(Unreadable) as caught:
        xls.read(data)
    return caught.value.code


@pytest.mark.parametrize("name", ["form", "kinds"])
def test_it_reads_as_the_same_workbook_in_xlsx(name):
    """Cell by cell: values, marks by their fonts, dates with their era; merges, what is hidden, and our mark."""
    ours, theirs = (
        reader.read((DATA / f"{name}.{kind}").read_bytes()) for reader, kind in ((xls, "xls"), (xlsx, "xlsx"))
    )
    assert ours.mark == theirs.mark
    for mine, other in zip(ours.grids, theirs.grids, strict=True):
        calculated = {at for at, cell in other.cells.items() if cell.kind is CellKind.UNCALCULATED}
        lost = {(9, 6)} if name == "kinds" else set()  # LibreOffice does not know this one's format for dates
        assert {at: cell for at, cell in mine.cells.items() if at not in calculated | lost} == {
            at: cell for at, cell in other.cells.items() if at not in calculated | lost
        }
        assert set(mine.merges) == set(other.merges)
        assert (mine.sheet, mine.hidden, mine.hidden_rows, mine.hidden_columns) == (
            other.sheet,
            other.hidden,
            other.hidden_rows,
            other.hidden_columns,
        )


def test_formulas_are_their_stored_values():
    """Errors stay errors, truth stays truth, the empty text is nothing."""
    column = [xls.read(KINDS).grids[0].own(row, 7) for row in range(2, 9)]
    assert [(cell.kind, cell.text) for cell in column] == [
        (CellKind.ERROR, "#DIV/0!"),
        (CellKind.NUMBER, "2"),
        (CellKind.EMPTY, ""),
        (CellKind.ERROR, "#N/A"),
        (CellKind.TEXT, "ab"),
        (CellKind.BOOLEAN, "TRUE"),
        (CellKind.NUMBER, "50%"),
    ]


def test_our_mark_is_found_in_the_properties_too():
    """When the hidden sheet is gone, or called something else."""
    without = (
        FORM.replace(record(0x0085)[:2], record(0x0085)[:2])
        .replace(b"_meta", b"_mute")
        .replace("_meta".encode("utf-16-le"), "_mute".encode("utf-16-le"))
    )
    found = xls.read(without)
    assert found.mark == Mark("w5827", "long")
    assert [grid.sheet for grid in found.grids] == ["แบบรายงาน", "_mute"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.FILE_UNREADABLE),
        (FORM[:2000], Code.FILE_UNREADABLE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 1016, Code.FILE_UNREADABLE),
        (BEGIN + record(0x002F, b"\1\0\1\0") + record(0x000A), Code.FILE_ENCRYPTED),
        (BEGIN + record(0x0085, b"\0" * 8) * (SHEETS_CAP + 1), Code.FILE_TOO_LARGE),
        (BEGIN + number(0, 0) * (CELLS_CAP + 1), Code.FILE_TOO_LARGE),
        (BEGIN + record(0x00BD, b"\0" * (6 + 6 * 1000)) * 201, Code.FILE_TOO_LARGE),
        (BEGIN + record(0x00BE, b"\0" * (6 + 2 * 4000)) * (BLANKS_CAP // 4000 + 1), Code.FILE_TOO_LARGE),
        (BEGIN + record(0x00E5, b"\0" * (2 + 8 * 1000)) * (MERGES_CAP // 1000 + 1), Code.FILE_TOO_LARGE),
        ((BEGIN + number(65_535, 0)) * 10, Code.FILE_TOO_LARGE),
        (bytes(SIZE_CAP + 1), Code.FILE_TOO_LARGE),
    ],
    ids=["nothing", "cut", "no store", "password", "sheets", "cells", "packed", "blanks", "merges", "rows", "size"],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data, code):
    """Before its library sees it, where it is too large."""
    assert refusal(data) is code


@pytest.mark.parametrize(("kind", "links"), [(0x0401, False), (0x3A01, False), (0x0010, True)])
def test_links_to_other_files_are_told(kind, links):
    """This workbook itself and the functions of add-ins are none."""
    assert tame(BEGIN + record(0x01AE, struct.pack("<HH", 1, kind))).links is links


def damaged(code, change):
    """The records of the workbook of all kinds, each of this code with a content that ``change`` made."""
    records, at = bytearray(CompDoc(KINDS, logfile=Nowhere()).get_named_stream("Workbook")), 0
    while at + 4 <= len(records):
        found, size = struct.unpack_from("<HH", records, at)
        if found == code:
            records[at + 4 : at + 4 + size] = change(bytes(records[at + 4 : at + 4 + size]))
        at += 4 + size
    return bytes(records)


def noise(content):
    return b"\xff" * len(content)


@pytest.mark.parametrize(
    ("code", "change"),
    [
        (0x0293, noise),
        (0x0201, noise),
        (0x00BE, noise),
        (0x00E5, lambda content: b"\xff\xff" + content[2:]),
        (0x00E5, lambda content: b"\0\0" + content[2:]),
    ],
    ids=["named styles", "blank cells", "rows of blank cells", "too many merges", "too few merges"],
)
def test_damage_to_what_is_no_cell_costs_no_cell(code, change):
    assert damaged(code, change) != damaged(code, bytes)
    assert xls.read(damaged(code, change)).grids == xls.read(KINDS).grids


def test_a_cell_that_names_a_style_which_is_not_there_keeps_its_value():
    def change(content):
        return content[:4] + b"\xf0\x7f" + content[6:]

    for code in (0x0203, 0x027E, 0x00FD):
        assert damaged(code, change) != damaged(code, bytes)
        mine, theirs = xls.read(damaged(code, change)).grids[0], xls.read(KINDS).grids[0]
        assert mine.cells.keys() == theirs.cells.keys()


@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=12)), min_size=1, max_size=6))
def test_no_change_makes_it_raise_anything_else(changes):
    """Overwritten here and there: read, or refused."""
    data = bytearray(KINDS)
    for place, rest in changes:
        at = int(place * len(data))
        data[at : at + len(rest)] = rest
    with contextlib.suppress(Unreadable):
        xls.read(bytes(data))
