"""Excel workbooks to grids: every kind of cell, hidden things, merges, marks, and what made other readers hang."""

import contextlib
import datetime
import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import IconSetRule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Color, Font, PatternFill
from PIL import Image as Picture

from parsers.findings import Code
from parsers.formats.excel.xlsx import read
from parsers.formats.office_zip.checked_package import MEMBERS_CAP
from parsers.formats.sheets_read import Mark
from parsers.formats.unreadable import Unreadable
from parsers.grid import CellKind, Merge

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def made(fill):
    """A workbook whose first sheet ``fill`` has filled."""
    book = openpyxl.Workbook()
    fill(book.active)
    return saved(book)


def rewritten(data, change):
    """The zip with ``change(name, part)`` in place of each part; None leaves it out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return out.getvalue()


def with_sheet(xml):
    """A workbook whose only sheet is this XML, inside ``worksheet``."""
    whole = f'<worksheet xmlns="{MAIN}">{xml}</worksheet>'.encode()
    return rewritten(saved(openpyxl.Workbook()), lambda name, part: whole if name.endswith("sheet1.xml") else part)


def grid(data):
    return read(data).grids[0]


def refusal(data):
    with pytest.raises(Unreadable) as caught:
        read(data)
    return caught.value.code


def one(value, number_format=None):
    def fill(sheet):
        sheet["B2"] = value
        if number_format:
            sheet["B2"].number_format = number_format

    return grid(made(fill)).own(2, 2)


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        ("ทต.จํานวน\u200b", CellKind.TEXT, "ทต.จำนวน"),
        (12, CellKind.NUMBER, "12"),
        (1234.5, CellKind.NUMBER, "1234.5"),
        (0.1 + 0.2, CellKind.NUMBER, "0.3"),
        (-100, CellKind.NUMBER, "-100"),
        (True, CellKind.BOOLEAN, "TRUE"),
        (datetime.date(2567, 11, 29), CellKind.DATE, "29/11/2567"),
        (datetime.datetime(2024, 11, 29, 16, 30), CellKind.DATE, "29/11/2024"),  # noqa: DTZ001 - cells have no zone
        ("#DIV/0!", CellKind.ERROR, "#DIV/0!"),
        ("=1+1", CellKind.UNCALCULATED, ""),
        ("x" * 40_000, CellKind.TEXT, "x" * 32_767),
    ],
)
def test_each_kind_of_cell_is_kept_apart(value, kind, text):
    """Errors, uncalculated formulas, numbers and texts are never taken for one another."""
    assert (one(value).kind, one(value).text) == (kind, text)


def test_numbers_are_exact_and_percentages_marked():
    """A number keeps its digits; a percentage says so, and a percent sign in quotes is none."""
    cell = one(0.745, "0.0%")
    assert (cell.number, cell.percent, cell.text) == (Decimal("0.745"), True, "74.5%")
    assert not one(0.745, '0.0"%"').percent
    assert one(123456789012345).number == Decimal(123456789012345)
    assert one(value=True).number == 1


def test_a_date_in_the_thai_calendar_shows_its_buddhist_year():
    """But is stored as it was stored."""
    cell = one(datetime.date(2024, 11, 29), "[$-107041E]d mmm yy;@")
    assert (cell.date, cell.text) == (datetime.date(2024, 11, 29), "29/11/2567")


def test_a_formula_with_a_stored_value_is_its_value():
    """The empty text is a value too; nothing stored is not."""
    row = (
        '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>IF(1,"")</f><v></v></c>'
        '<c r="C1"><f>1</f><v></v></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    )
    found = grid(with_sheet(f'<sheetData><row r="1">{row}</row></sheetData>'))
    kinds = [found.own(1, column).kind for column in (1, 2, 3, 4)]
    assert kinds == [CellKind.NUMBER, CellKind.EMPTY, CellKind.UNCALCULATED, CellKind.ERROR]


@pytest.mark.parametrize("kind", ["", ' t="n"', ' t="text"', ' t="s"'])
def test_a_text_of_its_own_is_read_whatever_its_cell_says_of_its_kind(kind):
    row = f'<sheetData><row r="1"><c r="A1"{kind}><is><t>ทำแล้ว</t></is></c></row></sheetData>'
    assert grid(with_sheet(row)).own(1, 1).text == "ทำแล้ว"


def test_symbol_fonts_become_marks():
    """By the font of the cell, and of each run where fonts are mixed."""

    def fill(sheet):
        sheet["A1"], sheet["A1"].font = "\u00fc", Font(name="Wingdings")
        sheet["A2"] = CellRichText("เสร็จ ", TextBlock(InlineFont(rFont="Wingdings"), "\u00fc"))
        sheet["A3"] = "\u00fc"

    found = grid(made(fill))
    assert [found.own(row, 1).text for row in (1, 2, 3)] == ["✓", "เสร็จ ✓", "ü"]


def test_hidden_sheets_rows_and_columns_are_told():
    """Very hidden ones too; a group of columns counts each."""
    book = openpyxl.Workbook()
    book.active.append(list(range(8)))
    book.active.append([1])
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions.group("C", "E", hidden=True)
    book.create_sheet("ซ่อน").sheet_state = "veryHidden"
    first, second = read(saved(book)).grids
    assert (first.hidden_rows, first.hidden_columns) == ({2}, {3, 4, 5})
    assert (first.hidden, second.hidden, second.sheet) == (False, True, "ซ่อน")


def test_a_merged_range_keeps_its_content_at_the_top_left():
    """And ends with the content of the sheet."""

    def fill(sheet):
        sheet.append(["a", "b", "c"])
        sheet.append(["x"])
        sheet.merge_cells("B1:C2")

    found = grid(made(fill))
    assert found.merges == (Merge(1, 2, 2, 2),)
    assert found.at(2, 2).text == "b"


@pytest.mark.parametrize("name", ["_meta", "property"])
def test_our_hidden_mark_is_found(name):
    """In the hidden sheet, which is then no grid, or in the file's properties."""
    book = openpyxl.Workbook()
    if name == "_meta":
        for pair in (("ruam", 1), ("circular", "w5827"), ("reporter", "sungmen")):
            pair and (book["_meta"] if "_meta" in book else book.create_sheet("_meta")).append(pair)
    else:
        book.custom_doc_props.append(StringProperty(name="ruam-form", value="w5827:sungmen"))
    found = read(saved(book))
    assert (found.mark, len(found.grids)) == (Mark("w5827", "sungmen"), 1)


def test_a_sheet_of_that_name_without_our_mark_is_a_sheet():
    """Nothing is dropped for its name."""
    book = openpyxl.Workbook()
    book.create_sheet("_meta").append(["x", "y"])
    assert (read(saved(book)).mark, len(read(saved(book)).grids)) == (None, 2)


def test_strict_workbooks_are_read():
    """Where openpyxl finds no sheet at all."""

    def strict(_name, part):
        part = part.replace(MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main")
        usual = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        return part.replace(usual, b"http://purl.oclc.org/ooxml/officeDocument/relationships")

    data = rewritten(made(lambda sheet: sheet.append(["ก", 2])), strict)
    assert [cell.text for cell in grid(data).row(1)] == ["ก", "2"]


def test_far_cells_and_giant_merges_do_no_harm():
    """A1 and XFD1048576 are two cells; a merge over a column ends with the content."""
    far = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>'
    assert len(grid(with_sheet(far)).cells) == 2
    tall = '<sheetData><row r="2"><c r="B2"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="B1:B1048576"/></mergeCells>'
    assert grid(with_sheet(tall)).merges == (Merge(1, 2, 2, 2),)
    links = far + '<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>'
    assert len(grid(with_sheet(links)).cells) == 2


def test_empty_rows_and_cells_do_not_shift_others():
    """Neither where they are numbered and left out, nor where readers must count them."""
    styled = "".join(f'<row r="{row}"><c r="A{row}" s="0"/><c r="B{row}" s="0"/></row>' for row in range(1, 5000))
    numbered = f'<sheetData>{styled}<row r="5000"><c r="A5000" s="0"/><c r="C5000"><v>7</v></c></row></sheetData>'
    assert list(grid(with_sheet(numbered)).cells) == [(5000, 3)]
    counted = "<sheetData><row><c/></row><row><c/><c><v>7</v></c></row></sheetData>"
    assert list(grid(with_sheet(counted)).cells) == [(2, 2)]


DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.FILE_UNREADABLE),
        (saved(openpyxl.Workbook())[:-300], Code.FILE_UNREADABLE),
        (
            rewritten(
                saved(openpyxl.Workbook()),
                lambda name, part: DTD + part[part.find(b"<w") :] if "sheet1" in name else part,
            ),
            Code.FILE_UNREADABLE,
        ),
        (
            rewritten(saved(openpyxl.Workbook()), lambda name, part: None if "sheet1" in name else part),
            Code.FILE_UNREADABLE,
        ),
        (rewritten(saved(openpyxl.Workbook()), lambda _, part: part + b" " * (12 << 20)), Code.FILE_TOO_LARGE),
        (
            with_sheet("<sheetData/><mergeCells>" + '<mergeCell ref="A1:B2"/>' * 5001 + "</mergeCells>"),
            Code.FILE_TOO_LARGE,
        ),
        (
            with_sheet(
                '<sheetData><row r="9999"><c r="ZZ9999"><v>1</v></c></row></sheetData>'
                '<mergeCells><mergeCell ref="A1:ZZ9999"/></mergeCells>'
            ),
            Code.FILE_TOO_LARGE,
        ),
    ],
    ids=["nothing", "cut", "document type", "no sheet", "bomb", "many merges", "large merge"],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data, code):
    """Never an empty reading."""
    assert refusal(data) is code


def test_caps_on_members_cells_and_sheets():
    """Counted before anything is loaded."""
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(MEMBERS_CAP + 1):
            archive.writestr(str(number), b"")
    assert refusal(many.getvalue()) is Code.FILE_TOO_LARGE
    row = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{c}{row}"><v>{row}</v></c>' for c in "ABCDE") + "</row>"
        for row in range(1, 40_002)
    )
    assert refusal(with_sheet(f"<sheetData>{row}</sheetData>")) is Code.FILE_TOO_LARGE
    book = openpyxl.Workbook()
    for _ in range(100):
        book.create_sheet()
    assert refusal(saved(book)) is Code.FILE_TOO_LARGE


def test_a_password_inside_the_zip_is_told():
    """As what it is, not as damage."""
    data = bytearray(saved(openpyxl.Workbook()))
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refusal(bytes(data)) is Code.FILE_ENCRYPTED


def test_links_to_other_files_are_told():
    """And never followed."""
    data = saved(openpyxl.Workbook())
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/externalLinks/externalLink1.xml", f'<externalLink xmlns="{MAIN}"/>')
    assert (read(data).links, read(out.getvalue()).links) == (False, True)


SAMPLE = made(lambda sheet: [sheet.append([f"r{row}", row, row / 7, "=A1", True]) for row in range(5)])
with zipfile.ZipFile(io.BytesIO(SAMPLE)) as _archive:
    PARTS = tuple(_archive.namelist())


@given(
    st.sampled_from(PARTS),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=12)), min_size=1, max_size=6),
)
def test_no_change_to_a_part_makes_it_raise_anything_else(part, changes):
    """Any part overwritten here and there: read, or refused."""

    def change(name, data):
        data = bytearray(data)
        for place, rest in changes if name == part else ():
            at = int(place * len(data))
            data[at : at + len(rest)] = rest
        return bytes(data)

    check(rewritten(SAMPLE, change))


@given(st.floats(0, 1, exclude_max=True), st.binary(max_size=40))
def test_no_change_to_the_file_makes_it_raise_anything_else(place, rest):
    """The same over the zip itself."""
    at = int(place * len(SAMPLE))
    check(SAMPLE[:at] + rest + SAMPLE[at + len(rest) :])


@given(
    st.sampled_from([b'"1048577"', b'"A"', b'""', b'"-1"', b'"99999999999999999999"', b'"s"', b'"1e999"', b'"A0"']),
    st.integers(0, 60),
)
def test_no_odd_attribute_makes_it_raise_anything_else(value, which):
    """Attributes of a sheet with values that no program writes."""

    def change(name, data):
        pieces = data.split(b'"')
        if not name.endswith("sheet1.xml") or 2 * which + 1 >= len(pieces):
            return data
        pieces[2 * which + 1] = value.strip(b'"')
        return b'"'.join(pieces)

    check(rewritten(SAMPLE, change))


def check(data):
    with contextlib.suppress(Unreadable):
        read(data)


def test_what_is_struck_out_is_left_out_and_doubtful_when_nothing_else_is_there():
    out = InlineFont(strike=True)

    def fill(sheet):
        sheet.append(["✓", 5, True, CellRichText(TextBlock(out, "X"), " ✓"), CellRichText(TextBlock(out, "X"))])
        for column in "ABC":
            sheet[f"{column}1"].font = Font(strike=True)

    cells = grid(made(fill)).cells
    assert [cells[1, column].text for column in range(1, 6)] == ["[ขีดฆ่า] ✓", "[ขีดฆ่า] 5", "[ขีดฆ่า] TRUE", "✓", "[ขีดฆ่า] X"]
    assert [cells[1, column].kind is CellKind.DOUBTFUL for column in range(1, 6)] == [True, True, True, False, True]


@pytest.mark.parametrize(
    ("colour", "fill", "hidden"),
    [
        ("FFFFFFFF", None, True),
        ("FFFFFFFF", "FF1F4E78", False),
        ("FF1F4E78", "FF1F4E78", True),
        (Color(theme=0), None, True),
        (Color(theme=1), None, False),
        (Color(theme=0, tint=-0.5), None, False),
    ],
)
def test_letters_in_the_colour_of_their_cell_are_not_seen(colour, fill, hidden):
    def draw(sheet):
        sheet["A1"] = "✓"
        sheet["A1"].font = Font(color=colour)
        sheet["A1"].fill = PatternFill("solid", fgColor=fill) if fill else PatternFill()

    assert (grid(made(draw)).cells[1, 1].text == "[ซ่อนไว้] ✓") is hidden


def test_colours_of_blank_cells_are_told_and_white_is_none():
    def fill(sheet):
        sheet["A1"] = 1
        for place, colour in (("B1", "FF00FF00"), ("C1", "FFFFFFFF")):
            sheet[place].fill = PatternFill("solid", fgColor=colour)

    found = grid(made(fill))
    assert (found.fills, set(found.cells)) == ({(1, 2): "00FF00"}, {(1, 1)})


BOX = (
    '<v:shape id="s"><v:textbox><div>{caption}</div></v:textbox><x:ClientData ObjectType="Checkbox">'
    "<x:Anchor>{anchor}</x:Anchor>{checked}</x:ClientData></v:shape>"
)


def boxed(*boxes, stored=None):
    """A sheet with check boxes: (anchor, checked, caption)."""
    shapes = "".join(
        BOX.format(anchor=anchor, checked="<x:Checked>1</x:Checked>" if checked else "", caption=caption)
        for anchor, checked, caption in boxes
    )
    data = one(stored) if stored is not None else saved(openpyxl.Workbook())
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Target="../drawings/v.vml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/vmlDrawing" Id="r1"/></Relationships>'
    )
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/drawings/v.vml", f"<xml>{shapes}</xml>")
        archive.writestr("xl/worksheets/_rels/sheet1.xml.rels", relations)
    return read(out.getvalue()).grids[0]


def test_a_check_box_in_one_cell_says_its_state():
    found = boxed(("1, 5, 0, 2, 1, 30, 0, 15", True, "Check Box 1"), ("2, 5, 0, 2, 3, 0, 1, 0", False, ""))
    assert {at: cell.text for at, cell in found.cells.items()} == {(1, 2): "☑", (1, 3): "☐"}
    assert found.drawn == ()


def test_a_check_box_over_two_cells_or_with_words_of_its_own_only_lies_there():
    found = boxed(("1, 5, 0, 2, 2, 30, 0, 15", True, ""), ("3, 5, 0, 2, 3, 30, 0, 15", True, "ไม่มี"))
    assert (found.cells, found.drawn) == ({}, (Merge(1, 2, 1, 3), Merge(1, 4, 1, 4)))


def test_pictures_are_told_by_the_cells_they_lie_on():
    def fill(sheet):
        sheet["A1"] = 1
        picture = io.BytesIO()
        Picture.new("L", (4, 4)).save(picture, "PNG")
        sheet.add_image(Image(picture), "C3")

    assert grid(made(fill)).drawn == (Merge(3, 3, 3, 3),)


@pytest.mark.parametrize("turned", [False, True])
def test_a_figure_seen_as_an_icon_of_the_other_meaning_is_no_answer(turned):
    """0 is shown as a green light, 1 as a red one: nobody knows whether what is stored or what is seen is meant."""

    def fill(sheet):
        for column, value in enumerate([0, 1, "✓"], 2):
            sheet.cell(3, column, value)
        rule = IconSetRule("3TrafficLights1", "num", [0, 0.5, 1], showValue=False, reverse=turned)
        sheet.conditional_formatting.add("B3:B9 C3:D9", rule)

    kinds = [grid(made(fill)).cells[3, column].kind for column in (2, 3, 4)]
    figure = CellKind.DOUBTFUL if turned else CellKind.NUMBER
    assert kinds == [figure, figure, CellKind.TEXT]
