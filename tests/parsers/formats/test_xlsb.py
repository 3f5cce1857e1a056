"""Binary Excel workbooks to grids: every kind of record, fonts and all, and never anything but a refusal."""

import contextlib
import datetime
import io
import struct
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.findings import Code
from parsers.formats.excel.xlsb import read
from parsers.formats.office_zip.checked_package import CELLS_CAP, SHEETS_CAP
from parsers.formats.office_zip.sheet_range_merges_formulas import MERGES_CAP
from parsers.formats.sheets_read import Mark
from parsers.formats.sniff import sniff
from parsers.formats.unreadable import Unreadable
from parsers.grid import CellKind, Merge

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
)


def record(code, content=b""):
    head = bytes([code]) if code < 128 else bytes([code & 0x7F | 0x80, code >> 7])
    size, sizes = len(content), b""
    while size > 127:
        sizes, size = sizes + bytes([size & 0x7F | 0x80]), size >> 7
    return head + sizes + bytes([size]) + content


def wide(text):
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def rich(text, *runs):
    tail = struct.pack("<I", len(runs)) + b"".join(struct.pack("<HH", *run) for run in runs) if runs else b""
    return bytes([bool(runs)]) + wide(text) + tail


def row(number, *, hidden=False):
    return record(0, struct.pack("<IIHBB", number, 0, 300, 0, 0x10 if hidden else 0) + b"\0" * 5)


def cell(code, column, content, style=0):
    return record(code, struct.pack("<II", column, style) + content)


def font(name):
    return record(43, b"\0" * 21 + wide(name))


def style(number, font_index=0):
    return record(47, struct.pack("<HHH", 0, number, font_index) + b"\0" * 10)


# Styles by index: plain, Wingdings, Wingdings 2, percentage, date, Thai date, Thai date by number, time.
STYLES = (
    font("Calibri") + font("Wingdings") + font("Wingdings 2")
    + record(44, struct.pack("<H", 164) + wide("[$-107041E]d mmm yy;@"))
    + record(626) + style(0, 1) + record(627)
    + record(617) + style(0) + style(0, 1) + style(0, 2) + style(10) + style(14) + style(164) + style(71) + style(20) + record(618)
)  # fmt: skip


def listed(name, relation="rId1", state=0):
    return record(156, struct.pack("<II", state, 1) + wide(relation) + wide(name))


def book(sheet, shared=b"", sheets=None, *, flags=0, more=None):
    """A workbook whose sheet parts are all this one."""
    relations = f'<Relationships><Relationship Id="rId1" Type="{RELATION}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>'
    parts = {
        "[Content_Types].xml": TYPES,
        "xl/workbook.bin": record(153, struct.pack("<III", flags, 0, 0)) + (sheets or listed("ก")),
        "xl/_rels/workbook.bin.rels": relations,
        "xl/worksheets/sheet1.bin": sheet,
        "xl/sharedStrings.bin": shared,
        "xl/styles.bin": STYLES,
    }
    return zipped(parts | (more or {}))


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def one(code, content, style_index=0, shared=b""):
    return read(book(row(1) + cell(code, 1, content, style_index), shared)).grids[0].own(2, 2)


def refusal(data):
    with pytest.raises(Unreadable) as caught:
        read(data)
    return caught.value.code


def packed(number, *, hundredfold=False):
    return struct.pack("<i", number << 2 | 2 | hundredfold)


DAY = struct.pack("<d", 45625)


@pytest.mark.parametrize(
    ("code", "content", "style_index", "kind", "text"),
    [
        (2, packed(-7), 0, "number", "-7"),
        (2, packed(1234, hundredfold=True), 0, "number", "12.34"),
        (2, struct.pack("<d", 0.5)[4:], 3, "number", "50%"),
        (3, b"\x07", 0, "error", "#DIV/0!"),
        (4, b"\1", 0, "boolean", "TRUE"),
        (5, struct.pack("<d", 0.1 + 0.2), 0, "number", "0.3"),
        (5, DAY, 4, "date", "29/11/2024"),
        (5, DAY, 5, "date", "29/11/2567"),
        (5, DAY, 6, "date", "29/11/2567"),
        (5, struct.pack("<d", 0.6875), 7, "text", "16:30:00"),
        (5, struct.pack("<d", float("nan")), 0, "error", "#NUM!"),
        (6, wide("ทต.จํานวน\u200b"), 0, "text", "ทต.จำนวน"),
        (6, wide("ü"), 0, "text", "ü"),
        (6, wide("ü"), 1, "text", "✓"),
        (62, rich("แล้ว ü.", (5, 1), (6, 0)), 0, "text", "แล้ว ✓."),
        (62, rich("üP", (1, 2)), 1, "text", "✓✓"),
        (8, wide("ab") + b"\0\0", 0, "text", "ab"),
        (8, wide(""), 0, "empty", ""),
        (9, struct.pack("<d", 12), 0, "number", "12"),
        (10, b"\0", 0, "boolean", "FALSE"),
        (11, b"\x2a", 0, "error", "#N/A"),
        (1, b"", 0, "empty", ""),
    ],
)
def test_each_kind_of_cell_is_kept_apart(code, content, style_index, kind, text):
    """By its record and the style of the cell; fonts of runs win over that of the cell."""
    found = one(code, content, style_index)
    assert (found.kind, found.text) == (CellKind(kind), text)


def test_shared_texts_and_stored_values():
    """A date is the day it is, a number exact, a shared text found by its place in the list."""
    shared = record(159) + record(19, rich("ก")) + record(19, rich("ü", (0, 1)))
    assert one(7, struct.pack("<I", 1), 0, shared).text == "✓"
    assert one(5, DAY, 5).date == datetime.date(2024, 11, 29)
    assert one(5, struct.pack("<d", 0.745), 3).number == Decimal("0.745")


def test_short_records_follow_the_cell_before():
    """They do not say their column."""
    short = record(13, b"\0" * 4 + packed(5)) + record(12, b"\0" * 4) + record(17, b"\1\0\0\0" + wide("ü"))
    found = read(book(row(0) + cell(4, 2, b"\1") + short)).grids[0]
    assert {c.address: c.text for c in found.row(1)} == {"C1": "TRUE", "D1": "5", "F1": "✓"}


def test_dates_may_be_counted_from_1904():
    """As on old Macintoshes."""
    data = book(row(0) + cell(5, 0, struct.pack("<d", 45625 - 1462), 4), flags=1)
    assert read(data).grids[0].own(1, 1).date == datetime.date(2024, 11, 29)


def test_merges_and_what_is_hidden_are_told():
    """Sheets, rows, columns; what lies under a merge is not there."""
    sheet = (
        record(60, struct.pack("<IIIIH", 1, 500, 0, 0, 1))
        + row(0) + cell(4, 0, b"\1") + cell(4, 2, b"\1")
        + row(1, hidden=True) + cell(4, 0, b"\1")
        + record(176, struct.pack("<IIII", 0, 1, 0, 1))
    )  # fmt: skip
    data = book(sheet, sheets=listed("ก") + listed("ซ่อน", state=2))
    first, second = read(data).grids
    assert (first.hidden, second.hidden, second.sheet) == (False, True, "ซ่อน")
    assert (first.hidden_rows, first.hidden_columns) == ({2}, {2, 3})
    assert (first.merges, sorted(first.cells)) == ((Merge(1, 1, 2, 2),), [(1, 1), (1, 3)])


def test_our_mark_is_found():
    """In the hidden sheet, which is then no grid, or in the properties."""
    pairs = (("ruam", "1"), ("circular", "w5827"), ("reporter", "long"))
    meta = b"".join(row(at) + cell(6, 0, wide(name)) + cell(6, 1, wide(said)) for at, (name, said) in enumerate(pairs))
    found = read(book(meta, sheets=listed("_meta", state=2)))
    assert (found.mark, found.grids) == (Mark("w5827", "long"), ())
    custom = '<Properties><property fmtid="{x}" pid="2" name="ruam-form"><vt:lpwstr>w5827:long</vt:lpwstr></property></Properties>'
    assert read(book(b"", more={"docProps/custom.xml": custom})).mark == Mark("w5827", "long")


def test_links_to_other_files_are_told():
    """And never followed."""
    assert not read(book(b"")).links
    assert read(book(b"", more={"xl/externalLinks/externalLink1.bin": b""})).links


CUT = {"xl/worksheets/sheet1.bin": record(6, b"\0" * 8 + wide("abc"))[:-2]}
DTD = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.FILE_UNREADABLE),
        (book(b"")[:-100], Code.FILE_UNREADABLE),
        (zipped({"xl/workbook.bin": b""}), Code.FILE_UNREADABLE),
        (book(b"", sheets=listed("ก", "rId9")), Code.FILE_UNREADABLE),
        (book(b"", more={"xl/_rels/workbook.bin.rels": DTD + "<Relationships/>"}), Code.FILE_UNREADABLE),
        (book(b"", more=CUT), Code.FILE_UNREADABLE),
        (book(row(0) + cell(4, 16_384, b"\1")), Code.FILE_UNREADABLE),
        (book(row(1 << 20) + cell(4, 0, b"\1")), Code.FILE_UNREADABLE),
        (book(row(0) + cell(7, 0, struct.pack("<I", 9))), Code.FILE_UNREADABLE),
        (book(b"", sheets=listed("ก") * (SHEETS_CAP + 1)), Code.FILE_TOO_LARGE),
        (book(record(176, b"\0" * 16) * (MERGES_CAP + 1)), Code.FILE_TOO_LARGE),
        (book(b"", more={"x": b" " * (64 << 20)}), Code.FILE_TOO_LARGE),
    ],
    ids=[
        "nothing", "cut", "no relations", "no sheet", "document type", "cut record", "column", "row", "no such text",
        "sheets", "merges", "bomb",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_reason(data, code):
    """Never an empty reading."""
    assert refusal(data) is code


def test_cells_are_capped_over_all_sheets():
    """Counted while reading, since nothing larger than what is in the file is ever made."""
    each = CELLS_CAP // 16_384 // 2 + 1
    full = b"".join(row(at) + record(14, b"\0" * 4 + b"\x07") * 16_384 for at in range(each))
    assert refusal(book(full, sheets=listed("ก") + listed("ข"))) is Code.FILE_TOO_LARGE


SHEET = (
    row(0) + cell(7, 0, struct.pack("<I", 0), 1) + cell(62, 1, rich("แล้ว ü", (5, 1))) + record(13, b"\3\0\0\0" + packed(5))
    + cell(5, 5, DAY, 5) + record(176, struct.pack("<IIII", 0, 1, 0, 0)) + record(60, struct.pack("<IIIIH", 1, 1, 0, 0, 1))
)  # fmt: skip
PARTS = {
    "xl/worksheets/sheet1.bin": SHEET,
    "xl/sharedStrings.bin": record(19, rich("ü", (0, 1))),
    "xl/styles.bin": STYLES,
}


def test_the_sample_is_a_workbook_by_its_bytes():
    """And reads."""
    data = book(SHEET, PARTS["xl/sharedStrings.bin"])
    assert sniff(data) == "xlsb"
    assert [c.text for c in read(data).grids[0].row(1)] == ["✓", "แล้ว ✓", "500%", "29/11/2567"]


@given(
    st.sampled_from([*PARTS, "xl/workbook.bin"]),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=8)), min_size=1, max_size=6),
)
def test_no_change_to_a_part_makes_it_raise_anything_else(name, changes):
    """Any part overwritten here and there: read, or refused."""
    parts = PARTS | {"xl/workbook.bin": record(153, b"\0" * 12) + listed("ก")}
    part = bytearray(parts[name])
    for place, rest in changes:
        at = int(place * len(part))
        part[at : at + len(rest)] = rest
    with contextlib.suppress(Unreadable):
        read(book(b"", more=parts | {name: bytes(part)}))
