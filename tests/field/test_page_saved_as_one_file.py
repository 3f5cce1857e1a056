"""A page or workbook saved as one file (.mht) is read as the pages in it, and is no mail."""

import base64

import pytest

from parsers.files.open_file import READERS
from parsers.formats.sniff import sniff
from tests.field.office_files import ROWS, codes, is_whole, read_mail

TABLE = "<table>" + "".join(f"<tr>{''.join(f'<td>{value}</td>' for value in row)}</tr>" for row in ROWS) + "</table>"
EXCEL = "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n"
CHROME = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.example/\r\nSubject: =?utf-8?Q?x?=\r\nMIME-Version: 1.0\r\n"
EXPLORER = 'From: "Saved by Windows Internet Explorer 11"\r\nSubject: x\r\nDate: Wed, 27 Nov 2024 10:00:00 +0700\r\nMIME-Version: 1.0\r\n'


def part(page, where="file:///C:/x/page.htm"):
    coded = base64.encodebytes(page.encode()).decode().replace("\n", "\r\n")
    head = f'Content-Location: {where}\r\nContent-Transfer-Encoding: base64\r\nContent-Type: text/html; charset="utf-8"\r\n\r\n'
    return f"--=_b\r\n{head}{coded}\r\n"


def saved(*parts, head=EXCEL):
    return f'{head}Content-Type: multipart/related; boundary="=_b"\r\n\r\n{"".join(parts)}--=_b--\r\n'.encode()


FRAME = (
    "<html><head><xml><x:ExcelWorkbook><x:ExcelWorksheets><x:ExcelWorksheet><x:Name>แบบรายงาน</x:Name>"
    '<x:WorksheetSource HRef="x.files/sheet001.htm"/></x:ExcelWorksheet></x:ExcelWorksheets></x:ExcelWorkbook></xml></head>'
    '<frameset><frame src="x.files/sheet001.htm"></frameset></html>'
)


@pytest.mark.parametrize("head", [EXCEL, CHROME, EXPLORER])
def test_the_table_in_a_saved_page_is_read(head):
    data = saved(part(f"<html><body>{TABLE}</body></html>"), head=head)
    assert sniff(data) == "mhtml"
    assert is_whole(read_mail(("แบบ.mht", data)))


def test_sheets_of_a_workbook_have_their_names_and_hidden_ones_are_known():
    hidden = "<html><head><xml><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></xml></head><body><table><tr><td>ก<td>ข</table></body></html>"
    data = saved(
        part(FRAME),
        part(f"<html><body>{TABLE}</body></html>", "file:///C:/x.files/sheet001.htm"),
        part(hidden, "x.files/s2.htm"),
    )
    assert [(grid.sheet, grid.hidden) for grid in READERS["mhtml"](data).grids][-2:] == [
        ("แบบรายงาน", False),
        ("ตารางที่ 2", True),
    ]
    reading = read_mail(("แบบ.mht", data))
    assert len(reading.answers) == 28
    assert reading.answers[0].place.sheet == "แบบรายงาน"


def test_a_mail_with_pictures_in_its_text_stays_a_mail():
    sent = "From: a@b.example\r\nTo: c@d.example\r\nMessage-ID: <1@b.example>\r\nMIME-Version: 1.0\r\n"
    assert sniff(saved(part("<p>x</p>"), head=sent)) == "eml"


def test_a_saved_page_without_the_form_says_so():
    assert codes(read_mail(("x.mht", saved(part("<html><body><p>สวัสดี</p></body></html>"))))) == ["form-not-found"]
    assert codes(read_mail(("x.mht", saved()))) == ["file-unreadable"]
