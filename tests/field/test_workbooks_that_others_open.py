"""A workbook that other programs open is read, though something in it is odd: styles, attributes, states, counts."""

import datetime
import struct

import pytest
from openpyxl.styles import Font

from parsers.formats.excel import xls, xlsx
from tests.field.office_files import is_whole, read, rewritten, workbook

A2, STYLES, SHEET, BOOK, RELATED = '<c r="A2"', "xl/styles.xml", "sheet1.xml", "xl/workbook.xml", "workbook.xml.rels"


def looks(book):
    """A colour, a font, a height, a width and a second sheet, so that there is something to be odd."""
    sheet = book.active
    sheet.title = "แบบ"
    sheet["B3"].font = Font(color="FF0000", name="Tahoma")
    sheet.row_dimensions[2].height, sheet.column_dimensions["B"].width = 20, 30
    book.create_sheet("ว่าง")


FORM = workbook(change=looks)
ODD = {
    "a colour of one byte": (STYLES, 'rgb="00FF0000"', 'rgb="FF"'),
    "a colour by its name": (STYLES, 'rgb="00FF0000"', 'rgb="red"'),
    "no size of letters": (STYLES, '<sz val="11"', '<sz val=""'),
    "an unknown family of fonts": (STYLES, '<family val="2"', '<family val="99"'),
    "a font that is not there": (STYLES, 'fontId="1"', 'fontId="77"'),
    "a format that is not there": (STYLES, 'numFmtId="0"', 'numFmtId="999"'),
    "a format without a number": (STYLES, 'numFmtId="0"', 'numFmtId=""'),
    "an attribute nobody knows in styles": (STYLES, "<xf ", '<xf foo="1" '),
    "an empty style": (SHEET, A2, f'{A2} s=""'),
    "a style that is not there": (SHEET, A2, f'{A2} s="9999"'),
    "a style below nought": (SHEET, A2, f'{A2} s="-1"'),
    "an empty kind of cell": (SHEET, f'{A2} t="n"', f'{A2} t=""'),
    "an unknown kind of cell": (SHEET, f'{A2} t="n"', f'{A2} t="zz"'),
    "a cell without a place": (SHEET, A2, '<c r=""'),
    "a place in small letters": (SHEET, A2, '<c r="a2"'),
    "a row without a number": (SHEET, '<row r="2"', '<row r=""'),
    "an odd height": (SHEET, 'ht="20"', 'ht="" outlineLevel="x"'),
    "an odd column": (SHEET, "<col ", '<col style="77" bestFit="x" '),
    "a column without a number": (SHEET, 'min="2"', 'min=""'),
    "odd properties of the sheet": (SHEET, "<sheetPr>", '<sheetPr foo="x">'),
    "an odd way to show rows": (SHEET, "<sheetFormatPr ", '<sheetFormatPr outlineLevelRow="" '),
    "a wrong extent": (SHEET, '<dimension ref="', '<dimension ref="garbage'),
    "a sheet without a number": (BOOK, 'sheetId="1"', ""),
    "a sheet with an empty number": (BOOK, 'sheetId="1"', 'sheetId=""'),
    "an empty state": (BOOK, 'state="visible"', 'state=""'),
    "a state in capitals": (BOOK, 'state="visible"', 'state="Visible"'),
    "two sheets of one name": (BOOK, 'name="ว่าง"', 'name="แบบ"'),
    "a long name with a stroke": (BOOK, 'name="แบบ"', f'name="{"แบบ" * 12}/"'),
    "odd properties of the book": (BOOK, "<workbookPr/>", '<workbookPr date1904="" defaultThemeVersion="x"/>'),
    "odd ways to calculate": (BOOK, 'calcId="', 'calcId="x'),
    "odd protection": (BOOK, "<workbookProtection/>", '<workbookProtection lockStructure="" workbookPassword="zz"/>'),
    "an attribute nobody knows in relations": (RELATED, "<Relationship ", '<Relationship Foo="1" '),
    "two relations of one name": (
        RELATED,
        "</Relationships>",
        '<Relationship Id="rId1" Type="x/y" Target="z"/></Relationships>',
    ),
    "an attribute nobody knows in types": ("[Content_Types].xml", "<Default ", '<Default Foo="1" '),
}


def altered(part, before, after):
    def change(content):
        assert before.encode() in content, content[:900]
        return content.replace(before.encode(), after.encode())

    return rewritten(FORM, part, change)


@pytest.mark.parametrize("what", ODD)
def test_what_is_odd_costs_nothing(what):
    assert is_whole(read("แบบ.xlsx", altered(*ODD[what])))


def filled(book):
    book.active["A1"], book.active["B1"], book.active["C1"] = 2.5, True, datetime.date(2024, 11, 29)


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("<v>2.5<", "<v>2,5<", "2,5"),
        ("<v>1<", "<v>true<", "TRUE"),
        ("<v>2.5<", "<v>x<", "x"),
        ('t="n"><v>2.5<', 't="s"><v>99<', "#VALUE!"),
        ('t="n"><v>2.5<', 't="s"><v>x<', "#VALUE!"),
        ('t="n"><v>2.5<', 't="d"><v>soon<', "soon"),
        ("<v>2.5<", "<v>NaN<", "NaN"),
    ],
)
def test_a_value_that_is_not_of_its_kind_is_said_as_it_stands(before, after, shown):
    """Never another figure, and never without a word."""

    def change(content):
        assert before.encode() in content, content
        return content.replace(before.encode(), after.encode())

    grid = xlsx.read(rewritten(workbook([], change=filled), SHEET, change)).grids[0]
    assert shown in [cell.text for cell in grid.cells.values()]
    assert len(grid.cells) == 3


def test_shared_texts_in_runs_of_odd_colours_are_read():
    run = '<r><rPr><color rgb="FF"/><sz val="x"/><rFont val="Wingdings"/></rPr><t>ü</t></r><r><rPr><strike/></rPr><t>เลิก</t></r>'
    found = xlsx.read(
        rewritten(
            workbook([["mark", "ข"]]),
            SHEET,
            lambda content: content.replace(b"<is><t>mark</t></is>", f"<is>{run}</is>".encode()),
        )
    )
    assert [cell.text for cell in found.grids[0].cells.values()] == ["✓", "ข"]


def record(code, data=b""):
    return struct.pack("<HH", code, len(data)) + data


def stream(stated, texts, split=None):
    """A bare BIFF8 stream of one sheet with the shared texts in column A; ``stated`` is how many the table says it has."""
    table = b"".join(struct.pack("<HB", len(each), 1) + each.encode("utf-16-le") for each in texts)
    table = struct.pack("<ii", len(texts), stated) + table
    pieces = (
        [record(0x00FC, table)] if split is None else [record(0x00FC, table[:split]), record(0x003C, table[split:])]
    )
    version = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6)
    name = struct.pack("<IBBBB", 0, 0, 0, 1, 0) + b"A"
    begin, end = record(0x0809, version), record(0x000A)
    sheet_at = len(begin) + len(record(0x0085, name)) + sum(map(len, pieces)) + len(end)
    name = struct.pack("<IBBBB", sheet_at, 0, 0, 1, 0) + b"A"
    cells = b"".join(record(0x00FD, struct.pack("<HHHI", row, 0, 0, row)) for row in range(len(texts)))
    begin_sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 6))
    return begin + record(0x0085, name) + b"".join(pieces) + end + begin_sheet + cells + end


@pytest.mark.parametrize("split", [None, 8 + 3 + 4])
@pytest.mark.parametrize("more", [0, 1, 3, 1_000_000])
def test_a_table_that_states_more_texts_than_it_has_is_read_as_far_as_it_goes(more, split):
    """In one record, and in two that meet between texts."""
    texts = ["กข", "คง", "จ"]
    data = stream(len(texts) + more, texts, split)
    assert [cell.text for cell in xls.read(data).grids[0].cells.values()] == texts
