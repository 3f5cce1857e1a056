"""Delimited text to a grid: every character set and delimiter that programs write."""

import codecs
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.findings import Code
from parsers.formats.office_zip.checked_package import CELLS_CAP
from parsers.formats.sniff import sniff
from parsers.formats.text.delimited import LINES_CAP, SIZE_CAP, read
from parsers.formats.unreadable import Unreadable
from parsers.grid import CellKind

ROWS = [["ที่", "องค์กรปกครองส่วนท้องถิ่น", "จัดทำแล้ว"], ["1", "ทต.บ้านปิน", "/"], ["2", "อบต.หัวทุ่ง", "X"]]


def joined(delimiter, rows=ROWS, end="\r\n"):
    return "".join(delimiter.join(row) + end for row in rows)


def table(data):
    (grid,) = read(data).grids
    return [
        [grid.own(row, column).text for column in range(1, grid.last_column + 1)] for row in range(1, grid.last_row + 1)
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("codec", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("cp874", b""),
        ("tis-620", b""),
    ],
)
def test_every_character_set_and_delimiter_gives_the_same_table(codec, mark, delimiter):
    """With and without a byte order mark."""
    assert table(mark + joined(delimiter).encode(codec)) == ROWS


def test_beside_semicolons_a_comma_may_be_the_point():
    rows = [
        ["อปท.", "ไร่", "คน"],
        ["ทต.สอง", "108,75", "5"],
        ["อบต.เตาปูน", "1.053,5", "-0,25"],
        ["อบต.แดนชุมพล", "4", "1,2"],
    ]
    with_points = [rows[0], ["ทต.สอง", "108.75", "5"], ["อบต.เตาปูน", "1053.5", "-0.25"], ["อบต.แดนชุมพล", "4", "1.2"]]
    assert table(joined(";", rows).encode()) == with_points
    assert table(b"sep=;\r\n" + joined(";", rows).encode()) == with_points


def test_a_group_of_three_digits_beside_decimal_commas_may_be_either():
    (grid,) = read(joined(";", [["ไร่", "คน", "บาท"], ["108,75", "1,234", "25.700"]]).encode()).grids
    assert [grid.own(2, column).kind for column in (1, 2, 3)] == [CellKind.TEXT, CellKind.DOUBTFUL, CellKind.DOUBTFUL]


@pytest.mark.parametrize("other", ["59.75", "1,234,567", "1,234.50"])
def test_where_a_point_is_the_point_commas_are_left(other):
    assert table(joined(";", [["ไร่", "คน"], ["108,75", other], ["5", "1,234"]]).encode())[1:] == [
        ["108,75", other],
        ["5", "1,234"],
    ]


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be", "cp874"])
def test_it_is_known_as_what_it_is(codec):
    """Also with titles above, notes below, and line breaks in quotes."""
    rows = [["แบบรายงาน"], [], ["ที่", '"ชื่อ, ประเภท"', '"จัดทำ\nแล้ว"'], *ROWS, ["หมายเหตุ"], ["ลงชื่อ"]]
    assert sniff(joined(",", rows).encode(codec)) == "csv"


def test_quotes_hold_delimiters_line_breaks_and_quotes():
    """And cells after them keep their place."""
    data = 'ชื่อ,"จัดทำ\r\nประกาศแล้ว","a, ""b"""\r\nทต.สอง,/,\r\n'.encode()
    assert table(data) == [["ชื่อ", "จัดทำ\nประกาศแล้ว", 'a, "b"'], ["ทต.สอง", "/", ""]]


def test_rows_of_any_length_keep_their_addresses():
    """Titles without delimiters above a table, empty lines within, shorter rows."""
    (grid,) = read("แบบรายงาน\n\nชื่อ,ก,ข\nทต.สอง,/\nทต.ลอง,X,/\n".encode()).grids
    assert {cell.address: cell.text for cell in grid.cells.values()} == {
        "A1": "แบบรายงาน", "A3": "ชื่อ", "B3": "ก", "C3": "ข", "A4": "ทต.สอง", "B4": "/", "A5": "ทต.ลอง", "B5": "X", "C5": "/",
    }  # fmt: skip


def test_commas_inside_numbers_are_no_delimiter():
    """Where another one stands in each line as often."""
    assert table("ชื่อ;งบ;ใช้\nก;1,5;2,5\nข;3,5;4,0\n".encode())[1] == ["ก", "1.5", "2.5"]


def test_the_delimiter_that_is_said_is_taken():
    """The line that says it is no row."""
    assert table("sep=;\r\nก,ข;ค,ง\r\nจ,ฉ;ช,ซ\r\n".encode()) == [["ก,ข", "ค,ง"], ["จ,ฉ", "ช,ซ"]]


def test_all_is_text_but_errors():
    """What a spreadsheet wrote for a value that went wrong, or that did not fit its column, is no text."""
    cells = read(b"12,TRUE,29/11/2567,50%\n#DIV/0!,####,#N/A,#1\n").grids[0]
    assert {cell.kind for cell in cells.row(1)} == {CellKind.TEXT}
    assert [cell.kind for cell in cells.row(2)] == [CellKind.ERROR] * 3 + [CellKind.TEXT]


def test_a_quote_opened_by_mistake_does_not_swallow_the_rest():
    """It is then a letter like others."""
    rows = [["1", '"ทต.สอง', "/"], *([str(row), "ทต.ลอง", "X"] for row in range(80))]
    assert table(joined(",", rows).encode()) == rows
    assert len(read(b'a,"b\n' + b"x,y\n" * 50_000).grids[0].cells) == 100_002


def test_a_text_without_delimiters_is_lines():
    """One cell each."""
    assert table("เรียน ท้องถิ่นจังหวัด\nส่งรายงานครับ".encode()) == [["เรียน ท้องถิ่นจังหวัด"], ["ส่งรายงานครับ"]]


@pytest.mark.parametrize(
    "data", [b" " * (SIZE_CAP + 1), b"\n" * (LINES_CAP + 1), b"1," * (CELLS_CAP + 1), b"1,2\n" * (CELLS_CAP // 2 + 1)]
)
def test_what_is_too_large_is_refused(data):
    """By bytes, lines and cells."""
    with pytest.raises(Unreadable) as caught:
        read(data)
    assert caught.value.code is Code.FILE_TOO_LARGE


@given(st.one_of(st.binary(max_size=300), st.text(alphabet='a1ก,;\t|"\n\r\0\ufeff#/', max_size=200).map(str.encode)))
def test_no_bytes_make_it_raise_anything_else(data):
    """Read, or refused."""
    with contextlib.suppress(Unreadable):
        read(data)


@given(st.lists(st.lists(st.text(alphabet="กขค12/X✓", min_size=1, max_size=6), min_size=3, max_size=3), min_size=3))
def test_what_was_joined_comes_apart_again(rows):
    """With tabs, whatever stands in the cells."""
    assert [[cell.replace(" ", "") for cell in row] for row in table(joined("\t", rows).encode())] == rows


def test_a_row_that_lost_a_value_is_in_doubt_after_its_name():
    short = [ROWS[0], ["1", "ทต.บ้านปิน"], ["2", "อบต.หัวทุ่ง", "X"]]
    assert table(joined(",", short).encode())[1] == ["1", "ทต.บ้านปิน", ""]
    wide = [[*ROWS[0], "ลงระบบ"], ["1", "ทต.บ้านปิน", "/"], ["2", "อบต.หัวทุ่ง", "X", "X"]]
    assert table(joined(",", wide).encode())[1] == ["1", "ทต.บ้านปิน", "[ไม่ตรงช่อง] /", "[ไม่ตรงช่อง] /"]


def test_a_column_of_remarks_may_be_left_out_in_every_row():
    rows = [[*ROWS[0], "หมายเหตุ"], *ROWS[1:]]
    assert table(joined(",", rows).encode())[1] == ["1", "ทต.บ้านปิน", "/", ""]


def test_where_a_comma_in_a_number_tore_one_row_another_that_looks_torn_is_in_doubt():
    head = ["ที่", "ชื่อ", "คน", "ตัน"]
    torn = [head, ["1", "ทต.ก", "1", "234", "5"], ["2", "ทต.ข", "12", "345"], ["3", "ทต.ค", "99", "5"]]
    said = table(joined(",", torn).encode())
    assert said[1][2:] == ["[ไม่ตรงช่อง] 1 234 5"] * 3  # the torn row itself: what stands where nobody knows
    assert said[2][2:4] == ["[ไม่ตรงช่อง] 12 345"] * 2
    assert said[3][2:4] == ["99", "5"]
    assert table(joined(",", [head, *torn[2:]]).encode())[1][2:4] == ["12", "345"]


def test_a_comma_torn_in_one_column_makes_no_doubt_of_another():
    head = ["ที่", "ชื่อ", "ใบ", "แห่ง", "คน"]
    rows = [head, ["1", "ทต.ก", "1", "234", "5", "90"], ["2", "ทต.ข", "800", "6", "360"]]
    said = table(joined(",", rows).encode())
    assert said[1][2] == "[ไม่ตรงช่อง] 1 234 5 90"
    assert said[2][2:5] == ["800", "6", "360"]
