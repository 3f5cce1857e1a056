"""OpenDocument spreadsheets to grids: the same as their xlsx, whatever is in them, and never anything but a refusal."""

import contextlib
import datetime
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.findings import Code
from parsers.formats.excel import xlsx
from parsers.formats.office_zip.checked_package import CELLS_CAP, SHEETS_CAP
from parsers.formats.office_zip.sheet_range_merges_formulas import MERGES_CAP
from parsers.formats.opendocument import ods
from parsers.formats.opendocument.ods import CONTENT_CAP, ELEMENTS_CAP
from parsers.formats.sheets_read import Mark
from parsers.formats.unreadable import Unreadable
from parsers.grid import CellKind, Merge
from parsers.read import read_file
from parsers.reading import FileRequest

# Each made by LibreOffice out of the xlsx beside it: our form filled in all manners, and a sheet of every kind of cell.
DATA = Path(__file__).parents[1] / "data"
KINDS = (DATA / "kinds.ods").read_bytes()
FORMS = {kind: (DATA / f"form.{kind}").read_bytes() for kind in ("xlsx", "xls", "ods")}
SPACES = "".join(
    f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "table": "table", "text": "text", "style": "style", "number": "datastyle",
        "svg": "svg-compatible", "fo": "xsl-fo-compatible", "meta": "meta",
    }.items()
)  # fmt: skip
LOEXT = ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def content(tables, styles=""):
    return (
        f"<office:document-content{SPACES}{LOEXT}>{styles}<office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )


def sheet(rows, styles="", columns=""):
    """The grid of a table with these rows."""
    data = zipped({"content.xml": content(f'<table:table table:name="ก">{columns}{rows}</table:table>', styles)})
    return ods.read(data).grids[0]


def cell(attributes="", inside="", styles="", columns=""):
    row = f"<table:table-row><table:table-cell {attributes}>{inside}</table:table-cell></table:table-row>"
    return sheet(row, styles, columns).own(1, 1)


def refusal(data):
    with pytest.raises(Unreadable) as caught:
        ods.read(data)
    return caught.value.code


def test_a_filled_form_gives_the_same_answers_in_every_format(catalogue):
    """Value by value, from the same cells."""

    def answers(kind):
        found = read_file(f"form.{kind}", FORMS[kind], FileRequest(catalogue))
        return (found.circular, found.reporter, found.as_of), [
            (answer.organisation, answer.question, answer.value, answer.place.cell) for answer in found.answers
        ]

    head, values = answers("xlsx")
    assert head == ("w5827", "long", datetime.date(2024, 11, 25))
    assert len(values) == 44 - 2 * 6  # six organisations posted what they had not made: of neither answer is it known
    assert answers("xls") == answers("ods") == (head, values)


@pytest.mark.parametrize("name", ["form", "kinds"])
def test_it_reads_as_the_same_workbook_in_xlsx(name):
    """Cell by cell: values, marks by their fonts, dates with their era; merges, what is hidden, and our mark."""
    ours, theirs = (
        reader.read((DATA / f"{name}.{kind}").read_bytes()) for reader, kind in ((ods, "ods"), (xlsx, "xlsx"))
    )
    assert ours.mark == theirs.mark
    for mine, other in zip(ours.grids, theirs.grids, strict=True):
        calculated = {at for at, cell in other.cells.items() if cell.kind is CellKind.UNCALCULATED}
        lost = {(9, 6), (5, 6)} if name == "kinds" else set()  # LibreOffice does not know these formats for dates
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


@pytest.mark.parametrize(
    ("attributes", "inside", "kind", "text"),
    [
        (
            'office:value-type="float" office:value="3702.2999999999997"',
            "<text:p>3,702.30</text:p>",
            "number",
            "3702.3",
        ),
        ('office:value-type="currency" office:value="5"', "<text:p>฿5</text:p>", "number", "5"),
        ('office:value-type="percentage" office:value="0.745"', "<text:p>75%</text:p>", "number", "74.5%"),
        ('office:value-type="boolean" office:boolean-value="true"', "<text:p>จริง</text:p>", "boolean", "TRUE"),
        ('office:value-type="float" office:value="0"', "<text:p>FALSE</text:p>", "boolean", "FALSE"),
        (
            'office:value-type="date" office:date-value="2567-11-29T16:30:00"',
            "<text:p>###</text:p>",
            "date",
            "29/11/2567",
        ),
        ('office:value-type="time" office:time-value="PT16H30M00S"', "<text:p>4:30</text:p>", "text", "16:30:00"),
        ('office:value-type="string" office:string-value="ทต.สอง"', "", "text", "ทต.สอง"),
        ('table:formula="of:=1/0" calcext:value-type="error"', "<text:p>#DIV/0!</text:p>", "error", "#DIV/0!"),
        ('office:value-type="float" office:value="0"', "<text:p>#REF!</text:p>", "error", "#REF!"),
        ('office:value-type="string"', "<text:p>Err:502</text:p>", "error", "Err:502"),
        ('table:formula="of:=A2"', "", "uncalculated", ""),
        ('table:formula="of:=A2" office:value-type="float"', "", "uncalculated", ""),
        ('table:formula="of:=A2" office:value-type="date"', "", "uncalculated", ""),
        ('table:formula="of:=IF(1;&quot;&quot;)"', "<text:p/>", "empty", ""),
        ('office:value-type="float" office:value="NaN"', "", "error", "#NUM!"),
        ("", "<text:p>ทต.จํานวน\u200b</text:p>", "text", "ทต.จำนวน"),
        (
            "",
            "<text:p>ก<text:s text:c='3'/>ข<text:tab/>ค<text:line-break/>ง</text:p><text:p>จ</text:p>",
            "text",
            "ก ข ค\nง\nจ",
        ),
        ("", "<text:p>ก<text:a>ข</text:a></text:p>", "text", "กข"),
        ("", "<office:annotation><text:p>ความเห็น</text:p></office:annotation><text:p>ก</text:p>", "text", "ก"),
    ],
)
def test_each_kind_of_cell_is_kept_apart(attributes, inside, kind, text):
    """By what is stored; what is shown only where it says more."""
    found = cell(attributes, inside)
    assert (found.kind, found.text) == (CellKind(kind), text)


def test_stored_values_come_with_their_cells():
    """Exact numbers, the day of a date, and whether it was a percentage."""
    assert cell('office:value-type="percentage" office:value="0.745"').number == Decimal("0.745")
    assert cell('office:value-type="percentage" office:value="0.745"').percent
    assert cell('office:value-type="date" office:date-value="2024-11-29"').date == datetime.date(2024, 11, 29)


FONTS = (
    '<office:font-face-decls><style:font-face style:name="Wingdings1" svg:font-family="Wingdings"/></office:font-face-decls>'
    '<office:automatic-styles><style:style style:name="a" style:family="table-cell">'
    '<style:text-properties style:font-name="Wingdings1"/></style:style>'
    '<style:style style:name="b" style:family="table-cell" style:parent-style-name="a"/>'
    '<style:style style:name="c" style:family="table-cell" style:parent-style-name="c"/>'
    '<style:style style:name="t" style:family="text"><style:text-properties fo:font-family="&apos;Wingdings 2&apos;"/></style:style>'
    "</office:automatic-styles>"
)


@pytest.mark.parametrize(
    ("attributes", "inside", "columns", "text"),
    [
        ('table:style-name="a"', "<text:p>ü</text:p>", "", "✓"),
        ('table:style-name="b"', "<text:p>ü</text:p>", "", "✓"),
        ('table:style-name="c"', "<text:p>ü</text:p>", "", "ü"),
        ('table:style-name="a"', "<text:p>ü<text:span text:style-name='t'>P</text:span></text:p>", "", "✓✓"),
        ("", "<text:p>แล้ว <text:span text:style-name='t'>P</text:span></text:p>", "", "แล้ว ✓"),
        ("", "<text:p>ü</text:p>", '<table:table-column table:default-cell-style-name="b"/>', "✓"),
    ],
    ids=["own", "parent", "circle", "span over cell", "span", "column"],
)
def test_symbol_fonts_become_marks(attributes, inside, columns, text):
    """By the font of each run, of the cell, of its column, through parents and names of faces."""
    assert cell(attributes, inside, FONTS, columns).text == text


def test_repeated_cells_and_rows_stand_at_their_addresses():
    """And blank ones without end cost nothing."""
    found = sheet(
        '<table:table-row table:number-rows-repeated="4"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell table:number-columns-repeated="2"><text:p>X</text:p></table:table-cell></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert sorted(found.cells) == [(5, 3), (5, 4), (6, 3), (6, 4)]


def test_merges_hidden_rows_columns_and_sheets_are_told():
    """What lies under a merge is not there."""
    styles = (
        '<office:automatic-styles><style:style style:name="h" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    table = (
        '<table:table table:name="ก" table:style-name="h"><table:table-column table:number-columns-repeated="2"/>'
        '<table:table-columns><table:table-column table:visibility="collapse" table:number-columns-repeated="9"/></table:table-columns>'
        '<table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="2">'
        "<text:p>a</text:p></table:table-cell><table:covered-table-cell><text:p>x</text:p></table:covered-table-cell>"
        "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table-header-rows>"
        '<table:table-row-group><table:table-row table:visibility="filter"><table:covered-table-cell table:number-columns-repeated="2"/>'
        "<table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table-row-group></table:table>"
    )
    found = ods.read(zipped({"content.xml": content(table, styles)})).grids[0]
    assert (found.hidden, found.hidden_rows, found.hidden_columns) == (True, {2}, {3})
    assert (found.merges, sorted(found.cells)) == ((Merge(1, 1, 2, 2),), [(1, 1), (1, 3), (2, 3)])


def test_tables_inside_cells_and_tracked_changes_are_not_read():
    """Neither adds rows to the sheet."""
    row = "<table:table-row><table:table-cell><text:p>{}</text:p></table:table-cell></table:table-row>"
    inner = f"<table:table-row><table:table-cell><text:p>a</text:p><table:table>{row.format('z')}</table:table></table:table-cell></table:table-row>"
    table = (
        f"<table:tracked-changes><table:deletion>{row.format('y')}</table:deletion></table:tracked-changes>"
        f'<table:table table:name="ก">{inner}{row.format("b")}</table:table>'
    )
    (found,) = ods.read(zipped({"content.xml": content(table)})).grids
    assert [found.own(at, 1).text for at in (1, 2, 3)] == ["a", "b", ""]


def test_our_mark_is_found_in_the_properties_too():
    """When the hidden sheet is gone."""
    meta = f'<office:document-meta{SPACES}><office:meta><meta:user-defined meta:name="ruam-form">w5827:long</meta:user-defined></office:meta></office:document-meta>'
    parts = {"content.xml": content('<table:table table:name="ก"/>'), "meta.xml": meta}
    assert ods.read(zipped(parts)).mark == Mark("w5827", "long")
    assert ods.read(zipped(parts | {"meta.xml": meta[:-20]})).mark == Mark("w5827", "long")


def test_links_to_other_files_are_told_and_their_stored_copies_left_out():
    """A sheet that a person sees stays, linked or not."""
    tables = "".join(
        f'<table:table table:name="{name}"><table:table-source/></table:table>'
        for name in ("&apos;file:///a.ods&apos;#$ก", "ข")
    )
    found = ods.read(zipped({"content.xml": content(tables)}))
    assert (found.links, [grid.sheet for grid in found.grids]) == (True, ["ข"])


DTD = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
ROW = '<table:table-row table:number-rows-repeated="{}"><table:table-cell {}>{}</table:table-cell></table:table-row>'


def one(rows):
    return zipped({"content.xml": content(f'<table:table table:name="ก">{rows}</table:table>')})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.FILE_UNREADABLE),
        (KINDS[:-500], Code.FILE_UNREADABLE),
        (zipped({}), Code.FILE_UNREADABLE),
        (zipped({"content.xml": content("")}), Code.FILE_UNREADABLE),
        (zipped({"content.xml": DTD + content('<table:table table:name="ก"/>')}), Code.FILE_UNREADABLE),
        (zipped({"content.xml": content("x"), "styles.xml": DTD + content("")}), Code.FILE_UNREADABLE),
        (zipped({"META-INF/manifest.xml": "<m><encryption-data/></m>", "content.xml": "\0"}), Code.FILE_ENCRYPTED),
        (one(ROW.format(CELLS_CAP + 1, "", "<text:p>1</text:p>")), Code.FILE_TOO_LARGE),
        (one(ROW.format(1, 'table:number-columns-repeated="20000"', "<text:p>1</text:p>")), Code.FILE_UNREADABLE),
        (one(ROW.format(1, 'table:number-columns-spanned="2"', "") * (MERGES_CAP + 1)), Code.FILE_TOO_LARGE),
        (one("<table:table-row/>" * (ELEMENTS_CAP + 1)), Code.FILE_TOO_LARGE),
        (zipped({"content.xml": content('<table:table table:name="ก"/>' * (SHEETS_CAP + 1))}), Code.FILE_TOO_LARGE),
        (zipped({"content.xml": content("") + " " * CONTENT_CAP}), Code.FILE_TOO_LARGE),
    ],
    ids=[
        "nothing", "cut", "no content", "no sheet", "document type", "document type of styles", "password", "cells",
        "columns", "merges", "elements", "sheets", "size",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_reason(data, code):
    """Never an empty reading."""
    assert refusal(data) is code


with zipfile.ZipFile(io.BytesIO(KINDS)) as _archive:
    PARTS = {name: _archive.read(name) for name in _archive.namelist() if name != "mimetype"}


@given(
    st.sampled_from(["content.xml", "styles.xml", "meta.xml"]),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=12)), min_size=1, max_size=6),
)
def test_no_change_to_a_part_makes_it_raise_anything_else(name, changes):
    """Any part overwritten here and there: read, or refused."""
    part = bytearray(PARTS[name])
    for place, rest in changes:
        at = int(place * len(part))
        part[at : at + len(rest)] = rest
    with contextlib.suppress(Unreadable):
        ods.read(zipped(PARTS | {name: bytes(part)}))


@given(st.sampled_from(['"-1"', '"0"', '"x"', '""', '"99999999999"', '"1e9"', '"true"', '"-P1"']), st.integers(0, 400))
def test_no_odd_attribute_makes_it_raise_anything_else(value, which):
    """Attributes of the content with values that no program writes."""
    pieces = PARTS["content.xml"].split(b'"')
    at = len(pieces) - 2 - 2 * which
    pieces[at if at % 2 else at - 1] = value.strip('"').encode()
    with contextlib.suppress(Unreadable):
        ods.read(zipped(PARTS | {"content.xml": b'"'.join(pieces)}))
