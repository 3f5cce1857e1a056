"""Tables typed in plain text, as files and in a mail's body."""

from contextlib import suppress
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.findings import Code
from parsers.formats.text import typed_table
from parsers.formats.unreadable import Unreadable
from parsers.read import read_file, read_message
from parsers.reading import FileRequest, Outcome


def texts(source):
    """The cells of each table as {address: text}."""
    return [{cell.address: cell.text for cell in grid.cells.values()} for grid in typed_table.read_text(source).grids]


WAYS = {
    "tabs": "1\tก\t/\n2\tข\tX",
    "tabs and blanks": "1 \t ก \t/\n2\tข\t X",
    "bars": "1 | ก | /\n2|ข|X",
    "a framed table": "+---+---+---+\n| 1 | ก | / |\n|---|---|---|\n| 2 | ข | X |\n+---+---+---+",
    "wide gaps": "1   ก     /\n2   ข     X",
    "wide gaps and blank lines": "1   ก     /\r\n\r\n2   ข     X\r\n",
}


@pytest.mark.parametrize("way", WAYS)
def test_columns_are_cut_where_they_are_kept_apart(way):
    assert texts(WAYS[way]) == [{"A1": "1", "B1": "ก", "C1": "/", "A2": "2", "B2": "ข", "C2": "X"}]


def test_an_empty_column_between_tabs_or_bars_stays():
    assert texts("1\t\t/\n2\tข\tX")[0] == {"A1": "1", "C1": "/", "A2": "2", "B2": "ข", "C2": "X"}
    assert texts("|1||/|\n|2|ข|X|")[0] == {"A1": "1", "C1": "/", "A2": "2", "B2": "ข", "C2": "X"}


def test_prose_stays_lines():
    assert texts("เรียน ท้องถิ่นจังหวัด\nส่งรายงาน  ครับ") == [{"A1": "เรียน ท้องถิ่นจังหวัด", "A2": "ส่งรายงาน ครับ"}]


HEAD = ["ลำดับ", "อปท.", "จัดทำประกาศ ม.10", "ลงข้อมูล ม.10", "จัดทำคำสั่ง ม.16", "ลงข้อมูล ม.16"]
APART = {"tabs": "\t", "bars": " | ", "gaps": "    "}


def form_of(names, apart, mark="/"):
    rows = [[str(number), name, *[mark] * 4] for number, name in enumerate(names, 1)]
    return "\n".join(APART[apart].join(row) for row in [HEAD, *rows])


def mail(plain):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "long@district.example", "office@phrae.example", "Re: [w5827]"
    message["Message-ID"], message["Date"] = "<one@district.example>", "Fri, 29 Nov 2024 10:00:00 +0700"
    message.set_content(plain)
    return message.as_bytes()


@pytest.mark.parametrize("apart", APART)
def test_a_form_typed_into_a_mail_is_read(apart, build, catalogue):
    names = build.districts["ลอง"]
    plain = f"เรียน ท้องถิ่นจังหวัด\n\n{form_of(names, apart)}\n\nปัญหาอุปสรรค: ไม่มีบุคลากร\nข้อมูล ณ วันที่ 29 พ.ย. 2567\n"
    reading = read_message(mail(plain), catalogue)
    assert (reading.outcome, reading.findings) == (Outcome.ACCEPTED, ())
    assert (len(reading.answers), {answer.value for answer in reading.answers}) == (4 * len(names), {True})
    assert (reading.as_of, [remark.text for remark in reading.remarks]) == (build.near, ["ไม่มีบุคลากร"])
    assert (reading.files[0].name, reading.files[0].format) == ("เนื้อหาอีเมล", "text")


@pytest.mark.parametrize("apart", APART)
@pytest.mark.parametrize("quote", ["> ", "-----Original Message-----\n", "From: ก\nSent: ข\n\n"])
def test_a_quoted_table_is_nobodys_answer(apart, quote, build, catalogue):
    table = form_of(build.districts["ลอง"], apart)
    quoted = "\n".join(quote + line for line in table.split("\n")) if quote == "> " else quote + table
    reading = read_message(mail(f"ส่งแล้วครับ\n\n{quoted}\n"), catalogue)
    assert reading.answers == ()
    assert [finding.code for finding in reading.findings] == [Code.FORM_NOT_FOUND]


def test_a_text_file_is_read(build, catalogue):
    data = ("รายงาน\n" + form_of(build.districts["ลอง"], "gaps")).encode("cp874")
    reading = read_file("แบบ.txt", data, FileRequest(catalogue, "w5827", "long"))
    assert (reading.files[0].format, reading.outcome) == ("text", Outcome.ACCEPTED)


def test_a_text_of_many_megabytes_is_refused():
    for data in (b"x" * (5 << 20), b"\n" * 30_000):
        with pytest.raises(Unreadable) as refused:
            typed_table.read(data)
        assert refused.value.code is Code.FILE_TOO_LARGE


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["\t", "|", "  ", "\n", "-", "+", "ก", "1", " ", "\r", "\x00", "\u2028"]), max_size=80
    ).map("".join)
)
def test_no_text_raises_anything_but_unreadable(source):
    with suppress(Unreadable):
        typed_table.read_text(source)
    with suppress(Unreadable):
        typed_table.read(source.encode())


HEAD3 = "ที่   อปท.            ประกาศ   ลงระบบ   คำสั่ง"


def test_a_blank_cell_is_seen_where_columns_stand_in_line():
    said = texts(
        f"{HEAD3}\n1     ทต.แม่จั๊วะ      /        /        X\n2     ทต.ข            /                 X\n3     ทต.ค                     /        X"
    )[0]
    assert {at: said.get(at) for at in ("C3", "D3", "E3", "C4", "D4", "E4")} == {
        "C3": "/", "D3": None, "E3": "X", "C4": None, "D4": "/", "E4": "X"
    }  # fmt: skip


@pytest.mark.parametrize("apart", ["   ", " | ", "\t"])
def test_a_row_with_a_part_too_few_is_in_doubt_where_nothing_tells_which(apart):
    lines = [
        ["ที่", "อปท.", "ประกาศ", "ลงระบบ"],
        ["1", "ทต.แม่จั๊วะ", "/", "X"],
        ["2", "ทต.ยาวกว่านั้นมาก", "/"],
        ["3", "ทต.ค", "/", "X"],
    ]
    said = texts("\n".join(apart.join(line) for line in lines))[0]
    shown = [
        said[at].removesuffix(" |") for at in ("B3", "C3", "D3", "C4")
    ]  # a bar stands behind each part between tabs
    assert shown == ["ทต.ยาวกว่านั้นมาก", "[ไม่ตรงช่อง] /", "[ไม่ตรงช่อง] /", "/"]


def test_a_row_lacks_only_its_last_cell_where_no_part_fits_the_column_behind_it():
    head = "ที่\tอปท.\tมีแผน\tกล้อง (ตัว)\tวันที่ตรวจ\tจุดที่ต้องการเพิ่ม"
    whole = ["1\tทต.ก\t/\t12\t3 มี.ค. 68\tหน้าโรงเรียน", "2\tทต.ข\tX\t7\t5 มี.ค. 68\tตลาดสด"]
    said = texts("\n".join([head, *whole, "3\tทต.ค\t/\t9\t7 เม.ย. 68"]))[0]
    assert (said["C4"], said["D4"], said["E4"], said.get("F4")) == ("/", "9", "7 เม.ย. 68", None)
    lost = texts("\n".join([head, *whole, "3\tทต.ค\t9\t7 เม.ย. 68\tหน้าวัด"]))[0]
    assert lost["C4"].startswith("[ไม่ตรงช่อง]")


def test_where_every_row_lost_a_part_all_are_in_doubt():
    said = texts("อปท.   ประกาศ   ลงระบบ   คำสั่ง\nทต.ก   /   X\nทต.ข   X   /")[0]
    assert {said[at] for at in ("B2", "C2", "D2")} == {"[ไม่ตรงช่อง] / X"}


def test_a_row_of_two_parts_within_a_table_is_one_of_its_rows():
    said = texts("ที่\tอปท.\tประกาศ\n1\tทต.ก\t/\nทต.ข\tX\n3\tทต.ค\t/")[0]
    assert (said["A3"], said["C4"]) == ("ทต.ข", "/")


def test_a_bar_at_the_end_alone_is_before_a_blank_cell():
    source = "ที่ | ชื่อ | ผล | หมายเหตุ\n1 | ก | 5 | ดี\n2 | ข | 6 |\n3 | ค | 7 | "
    [grid] = texts(source)
    assert (grid["C3"], grid["C4"]) == ("6", "7")
    assert not {"D3", "D4"} & grid.keys()
