"""XML Spreadsheet 2003, which web systems hand out as .xls, is read; so is the same of OpenDocument in one file."""

import pytest

from parsers.files.open_file import READERS
from parsers.formats.sniff import sniff
from parsers.formats.unreadable import Unreadable
from parsers.grid import CellKind
from tests.field.office_files import ROWS, codes, is_whole, read, read_mail

NAMESPACES = (
    'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
)


def book(table, styles="", head='<?xml version="1.0" encoding="UTF-8"?>', options=""):
    said = f'<Workbook {NAMESPACES}><Styles>{styles}</Styles><Worksheet ss:Name="แบบ">{table}{options}</Worksheet></Workbook>'
    return head + '<?mso-application progid="Excel.Sheet"?>' + said


def row(cells, attributes=""):
    return f"<Row {attributes}>{''.join(cells)}</Row>"


def text(value, attributes="", kind="String"):
    return f'<Cell {attributes}><Data ss:Type="{kind}">{value}</Data></Cell>'


def form(**fields):
    lines = (row(text(value, kind="Number" if value.isdecimal() else "String") for value in cells) for cells in ROWS)
    return book(f"<Table>{''.join(lines)}</Table>", **fields)


def grid(data):
    return READERS["xmlss"](data if isinstance(data, bytes) else data.encode()).grids[0]


THAI = '<?xml version="1.0" encoding="windows-874"?>'
WRITINGS = {
    "utf-8": form().encode(),
    "with a mark": b"\xef\xbb\xbf" + form().encode(),
    "utf-16": form(head='<?xml version="1.0" encoding="UTF-16"?>').encode("utf-16"),
    "windows-874": form(head=THAI).replace("✓", "/").encode("cp874"),
    "without a declaration": form(head="").encode(),
    "with lines above": ("\r\n" + form()).encode(),
    "with a prefix": form().replace("<Row", "<ss:Row").replace("</Row", "</ss:Row").encode(),
}


@pytest.mark.parametrize("how", WRITINGS)
def test_a_form_is_read_in_every_writing(how):
    assert sniff(WRITINGS[how]) == "xmlss"
    assert is_whole(read_mail(("รายงาน.xls", WRITINGS[how])))


def test_cells_stand_where_they_are_put():
    """Indices, spans, and cells under a merge that say no index."""
    lines = (
        row([text("ก", 'ss:MergeDown="1"'), text("ข", 'ss:MergeAcross="1"'), text("ค")]),
        row([text("ง")]),
        row([], 'ss:Index="5" ss:Span="2"'),
        row([text("จ", 'ss:Index="4"'), text("ฉ")]),
    )
    found = grid(book(f"<Table>{''.join(lines)}</Table>"))
    assert {cell.address: cell.text for cell in found.cells.values()} == {
        "A1": "ก", "B1": "ข", "D1": "ค", "B2": "ง", "D8": "จ", "E8": "ฉ"
    }  # fmt: skip


STYLES = (
    '<Style ss:ID="Default"><NumberFormat/></Style>'
    '<Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>'
    '<Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style>'
    '<Style ss:ID="s"><Font ss:StrikeThrough="1"/></Style>'
    '<Style ss:ID="w"><Font ss:FontName="Wingdings"/></Style>'
    '<Style ss:ID="i"><Font ss:Color="#FFFFFF"/></Style>'
    '<Style ss:ID="c" ss:Parent="i"><Interior ss:Color="#000000" ss:Pattern="Solid"/></Style>'
)


@pytest.mark.parametrize(
    ("cell", "kind", "shown"),
    [
        (text("0.745", 'ss:StyleID="p"', "Number"), CellKind.NUMBER, "74.5%"),
        (text("1,5", kind="Number"), CellKind.TEXT, "1,5"),
        (text("2024-11-29T00:00:00.000", 'ss:StyleID="d"', "DateTime"), CellKind.DATE, "29/11/2024"),
        (text("45625", 'ss:StyleID="d"', "Number"), CellKind.DATE, "29/11/2024"),
        (text("1899-12-31T08:30:00.000", kind="DateTime"), CellKind.TEXT, "08:30:00"),
        (text("1", kind="Boolean"), CellKind.BOOLEAN, "TRUE"),
        (text("#DIV/0!", kind="Error"), CellKind.ERROR, "#DIV/0!"),
        (text("ü", 'ss:StyleID="w"'), CellKind.TEXT, "✓"),
        (text("5", 'ss:StyleID="s"', "Number"), CellKind.DOUBTFUL, "[ขีดฆ่า] 5"),
        (text("5", 'ss:StyleID="i"', "Number"), CellKind.DOUBTFUL, "[ซ่อนไว้] 5"),
        (text("5", 'ss:StyleID="c"', "Number"), CellKind.NUMBER, "5"),
        (text('ก<S xmlns="http://www.w3.org/TR/REC-html40">ข</S>'), CellKind.TEXT, "ก"),
        ('<Cell ss:Formula="=R1C1"/>', CellKind.UNCALCULATED, ""),
    ],
)
def test_a_cell_is_what_a_person_sees(cell, kind, shown):
    found = grid(book(f"<Table>{row([cell, text('อื่น')])}</Table>", STYLES)).own(1, 1)
    assert (found.kind, found.text) == (kind, shown)


def test_what_is_hidden_is_known_to_be():
    table = f'<Table><Column ss:Index="2" ss:Hidden="1"/>{row([text("ก"), text("ข")], "ss:Hidden=" + chr(34) + "1" + chr(34))}</Table>'
    options = '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions>'
    found = grid(book(table, options=options))
    assert (found.hidden, found.hidden_rows, found.hidden_columns) == (True, {1}, {2})


@pytest.mark.parametrize(
    "data",
    [
        form()[:-200],
        form().replace("<Workbook", "<!DOCTYPE x [<!ENTITY a 'b'>]><Workbook", 1),
        book("").replace("Worksheet", "Sheet"),
        book("<Table>" + '<Row><Cell ss:MergeAcross="1"/></Row>' * 5_001 + "</Table>"),
    ],
)
def test_what_is_damaged_or_made_to_harm_is_refused(data):
    with pytest.raises(Unreadable):
        grid(data)


def test_a_spreadsheet_of_opendocument_in_one_file_is_read():
    cells = (
        "".join(f'<table:table-cell office:value-type="string"><text:p>{v}</text:p></table:table-cell>' for v in r)
        for r in ROWS
    )
    rows = "".join(f"<table:table-row>{line}</table:table-row>" for line in cells)
    base = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{name}="{base}:{name}:1.0"' for name in ("office", "table", "text"))
    body = f'<office:body><office:spreadsheet><table:table table:name="ก">{rows}</table:table></office:spreadsheet></office:body>'
    mimetype = 'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"'
    data = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} {mimetype}>{body}</office:document>'.encode()
    )
    assert sniff(data) == "fods"
    assert is_whole(read("แบบ.fods", data))
    assert codes(read("แบบ.fods", data[:-90])) == ["file-unreadable"]
