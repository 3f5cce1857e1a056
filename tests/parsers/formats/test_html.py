"""Web pages and tables pasted into mails: spans, fonts, what is hidden, tables within tables, quotes, hostile bytes."""

from contextlib import suppress
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.findings import Code
from parsers.formats.unreadable import Unreadable
from parsers.formats.web import html
from parsers.mail.message import parse
from parsers.read import read_file, read_message
from parsers.reading import FileRequest, MailKind, Outcome


def texts(source):
    """The cells of each table as {address: text}."""
    return [{cell.address: cell.text for cell in grid.cells.values()} for grid in html.read_text(source).grids]


def shown(content, style=""):
    """What one cell with this content shows; empty for a blank one."""
    return texts(f"<style>{style}</style><table><tr><td>ก<td>{content}</table>")[0].get("B1", "")


CELLS = {
    "a check mark": ("✓", "✓"),
    "an entity": ("&#10004;", "✔"),
    "private use": ("&#xF0FC;", "✓"),
    "a font element": ('<font face="Wingdings">ü</font>', "✓"),
    "a font of a span": ("<span style='font-size:16pt;font-family:Wingdings'>ü</span>", "✓"),
    "a font in quotes": ("<span style='font-family:\"Wingdings 2\",serif'>P</span>", "✓"),
    "a font of all": ("<span style='font:16.0pt Wingdings'>ü</span>", "✓"),
    "a font by class": ("<span class=font7>ü</span>", "✓"),
    "a font for other scripts": ("<span style='mso-fareast-font-family:Wingdings'>P</span>", "P"),
    "an inner font": ("<span style='font-family:Wingdings'><span style='font-family:Sarabun'>P</span></span>", "P"),
    "a font that ends": ("<span style='font-family:Wingdings'>ü</span> ü", "✓ ü"),
    "a checked box": ("<input type=checkbox checked>", "✓"),
    "an open box": ('<input type="checkbox"> มี', "☐ มี"),
    "a field": ("<input value='12'>", "12"),
    "a hidden field": ("<input type=hidden value='12'>", ""),
    "a chosen entry": ("<select><option>มี<option selected>ไม่มี</select>", "ไม่มี"),
    "a list that nobody touched": ("<select><option>มี<option>ไม่มี</select>", ""),
    "a picture with words": ("<img src='x.png' alt='✓'>", "✓"),
    "a break": ("จัดทำ<br>แล้ว", "จัดทำ\nแล้ว"),
    "paragraphs": ("<p>จัดทำ</p><p>แล้ว</p>", "จัดทำ\nแล้ว"),
    "white space": (" จัดทำ\n   แล้ว&nbsp; ", "จัดทำ แล้ว"),
    "hidden text": ("✓<span style='display: none'>X</span><i hidden>X</i><script>X</script><!-- X -->", "✓"),
    "text hidden by class": ("✓<span class='Gone'>X</span>", "✓"),
    "a frame of one cell": ("<table><tr><td>✓</table>", "✓"),
}
STYLE = ".font7 {color:black; font-family:Wingdings, sans-serif;} .gone, p.x { display:none }"


@pytest.mark.parametrize("what", CELLS)
def test_a_cell_says_what_a_person_sees(what):
    content, expected = CELLS[what]
    assert shown(content, STYLE) == expected


def test_the_font_of_a_cell_is_the_font_of_its_text():
    assert texts('<table><tr><td>ก<td style="font-family:Wingdings">ü<td>ü')[0] == {"A1": "ก", "B1": "✓", "C1": "ü"}


def test_spans_keep_columns_in_their_place():
    source = "<table><tr><th rowspan=2>ลำดับ<th colspan='2'>กลุ่ม<tr><th>ก<th>ข<tr><td>1<td rowspan=0>ค<td colspan=x>ง<tr><td>2<td>จ"
    (grid,) = html.read_text(source).grids
    assert {(c.address, c.text) for c in grid.cells.values()} == {
        ("A1", "ลำดับ"), ("B1", "กลุ่ม"), ("B2", "ก"), ("C2", "ข"),
        ("A3", "1"), ("B3", "ค"), ("C3", "ง"), ("A4", "2"), ("C4", "จ"),
    }  # fmt: skip
    assert [grid.at(*at).text for at in ((2, 1), (1, 3), (4, 2))] == ["ลำดับ", "กลุ่ม", "ค"]


def test_hidden_rows_are_told_and_hidden_cells_are_gone():
    source = (
        "<table><tbody><tr><td>ก<td style='display:none'>X<td>ข</tr><tr style='mso-hide:all'><td>ค<td>ง</tr></table>"
    )
    (grid,) = html.read_text(source).grids
    assert {c.address: c.text for c in grid.cells.values()} == {"A1": "ก", "B1": "ข", "A2": "ค", "B2": "ง"}
    assert grid.hidden_rows == {2}


def test_tables_for_looks_do_not_hide_the_table_in_them():
    data = "<table><caption>ชื่อ</caption><tr><td>1<td>2<td>3<tr><td>4<td>5<td>6</table>"
    for _ in range(5):
        data = f"<table><tr><td><img src=logo><td><p>เรียน</p>{data}<p>ขอแสดง</p></table>"
    found = texts(f"<p>นำ</p>{data}")
    assert len(found) == 1
    assert list(found[0].values()) == ["นำ", *["เรียน"] * 5, "ชื่อ", "1", "2", "3", "4", "5", "6", *["ขอแสดง"] * 5]


def test_a_small_table_within_a_cell_of_data_is_a_table_of_its_own():
    inner = "<table><tr><td>ใน<td>สอง</table>"
    found = texts(f"<table><tr><td>1<td>{inner}<td>3<tr><td>4<td>5<td>6</table>")
    assert found == [{"A1": "1", "C1": "3", "A2": "4", "B2": "5", "C2": "6"}, {"A1": "ใน", "B1": "สอง"}]


def test_bytes_are_read_in_the_charset_that_fits():
    page = "<html><head><meta http-equiv=Content-Type content='text/html; charset={}'></head><table><tr><td>แม่จั๊วะ<td>2</table>"
    for charset, codec in (("windows-874", "cp874"), ("utf-8", "utf-8"), ("unicode", "utf-16")):
        (grid,) = html.read(page.format(charset).encode(codec)).grids
        assert grid.own(1, 1).text == "แม่จั๊วะ"


# --- the form in a mail ----------------------------------------------------------------------------------------------


def drawn(build, names, mark="✓", attributes="border=1"):
    """The official form as HTML, every answer ``mark``."""
    head = build.head()
    top = "<tr><th rowspan=2>ลำดับ<th rowspan=2>องค์กรปกครองส่วนท้องถิ่น" + "".join(
        f"<th colspan=2>{group}" for group in head[0][2::2]
    )
    rows = [f"<tr><td>{number}<td>{name}" + f"<td>{mark}" * 4 for number, name in enumerate(names, 1)]
    return (
        f"<table {attributes}>{top}<tr>" + "".join(f"<th>{label}" for label in head[1][2:]) + "".join(rows) + "</table>"
    )


def mail(source, plain="ดูตาราง", files=(), **headers):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "long@district.example", "office@phrae.example", "Re: [w5827]"
    message["Message-ID"], message["Date"] = "<one@district.example>", "Fri, 29 Nov 2024 10:00:00 +0700"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(plain)
    message.add_alternative(source, subtype="html")
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def test_a_form_pasted_into_a_mail_is_read(build, catalogue):
    """The table stands in a newsletter's frame; remarks and day are said around it."""
    names = build.districts["ลอง"]
    table = drawn(build, names, "<span style='font-family:Wingdings'>ü</span>")
    source = f"<table><tr><td><p>เรียน</p>{table}<p>ปัญหาอุปสรรค: ไม่มีบุคลากร</p><p>ข้อมูล ณ วันที่ 29 พ.ย. 67</p></table>"
    reading = read_message(mail(source), catalogue)
    assert (reading.outcome, reading.findings) == (Outcome.ACCEPTED, ())
    assert len(reading.answers) == 4 * len(names)
    assert all(answer.value is True for answer in reading.answers)
    assert reading.answers[0].place.file == "เนื้อหาอีเมล"
    assert [remark.text for remark in reading.remarks] == ["ไม่มีบุคลากร"]
    assert (reading.as_of, reading.mail.kind) == (build.near, MailKind.REPORT)


def test_a_body_beside_a_file_that_holds_the_form_may_agree_with_it_but_never_wins_or_loses_in_silence(
    build, catalogue
):
    names = build.districts["ลอง"]
    book = build.workbook(build.official([(name, build.yes, build.yes, build.yes, build.yes) for name in names]))
    same = read_message(mail(drawn(build, names), files=[("แบบ.xlsx", book)]), catalogue)
    assert {answer.value for answer in same.standing()} == {True}
    other = read_message(mail(drawn(build, names, "X"), files=[("แบบ.xlsx", book)]), catalogue)
    assert other.standing() == ()
    assert {found.code.value for found in other.findings} == {"organisation-duplicated"}


QUOTES = {
    "Gmail": "<p>ส่งแล้ว</p><div class='gmail_quote'>{}</div>",
    "a block": "<p>ส่งแล้ว</p><blockquote>{}</blockquote>",
    "Outlook": "<p>ส่งแล้ว</p><div id=divRplyFwdMsg>จาก: ก</div>{}",
    "words alone": "<p>ส่งแล้ว</p><p><b>From:</b> ก<br><b>Sent:</b> Friday<br><b>To:</b> ข</p><div>{}</div>",
    "words of Thai": "<p>ส่งแล้ว</p><div>-----ข้อความต้นฉบับ-----</div>{}",
    "who wrote": "<div>ส่งแล้ว</div><div>On Fri, 29 Nov 2024 at 10:00, ก &lt;a@b.example&gt; wrote:</div><br>{}",
    "words after text": "ส่งแล้ว<br>เมื่อ 29 พ.ย. 2567 สำนักงาน เขียนว่า:<br>{}",
}


@pytest.mark.parametrize("way", QUOTES)
def test_a_quoted_table_is_nobodys_answer(way, build, catalogue):
    reading = read_message(mail(QUOTES[way].format(drawn(build, build.districts["ลอง"]))), catalogue)
    assert reading.answers == ()
    assert [finding.code for finding in reading.findings] == [Code.FORM_NOT_FOUND]


@pytest.mark.parametrize("way", QUOTES)
def test_an_answer_above_a_quote_is_read_without_the_quote(way, build, catalogue):
    names = build.districts["ลอง"]
    quote = QUOTES[way].removeprefix("<p>ส่งแล้ว</p>").removeprefix("<div>ส่งแล้ว</div>").removeprefix("ส่งแล้ว")
    source = drawn(build, names) + quote.format(drawn(build, names, "X"))
    reading = read_message(mail(source), catalogue)
    assert (len(reading.answers), {answer.value for answer in reading.answers}) == (4 * len(names), {True})


def test_a_table_of_our_own_letters_is_nobodys_answer_even_without_a_quote(build, catalogue):
    ours = drawn(build, build.districts["ลอง"], attributes='border="1" bordercolor="#9AA0A6"')
    assert read_message(mail(f"<p>ส่งแล้ว</p>{ours}"), catalogue).answers == ()


def test_the_body_of_a_mail_that_no_person_wrote_is_not_read(build, catalogue):
    source = drawn(build, build.districts["ลอง"])
    reading = read_message(mail(source, Auto_Submitted="auto-replied"), catalogue)
    assert (reading.answers, reading.mail.kind) == ((), MailKind.AUTO_REPLY)


def test_a_page_named_xls_is_read_as_what_it_is(build, catalogue):
    page = f"<html xmlns:x='urn:schemas-microsoft-com:office:excel'><body>{drawn(build, build.districts['ลอง'])}</body></html>"
    reading = read_file("แบบ.xls", page.encode(), FileRequest(catalogue, "w5827", "long"))
    assert (reading.files[0].format, reading.outcome) == ("html", Outcome.ACCEPTED)


# --- hostile ---------------------------------------------------------------------------------------------------------

HOSTILE = {
    "wide": "<table><tr>" + "<td colspan=999999999>ก" * 50,
    "wide and tall": "<table>" + "<tr><td rowspan=60000 colspan=300>ก" * 5000,
    "many cells": "<table>" + "<tr>" + "<td>ก" * 500_000,
    "many tables": "<table><tr><td>ก<td>ข</table>ค" * 5000,
    "deep": "<table><tr><td>" * 3000,
    "deep blocks": "<div>" * 100_000 + "ก",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_pages_end_in_grids_or_a_refusal(what):
    with suppress(Unreadable):
        assert sum(len(grid.cells) for grid in html.read_text(HOSTILE[what]).grids) < 200_000


def test_a_page_of_many_megabytes_is_refused():
    with pytest.raises(Unreadable) as refused:
        html.read(b"<table>" + b" " * (13 << 20))
    assert refused.value.code is Code.FILE_TOO_LARGE


PIECES = st.sampled_from(
    ["<table>", "</table>", "<tr>", "<td>", "</td>", "<td rowspan=3>", "<td colspan=0>", "<p>", "</p>", "<br>", "<!--", "-->",
     "<style>", "td{font:1px Wingdings}", "</style>", "<div style='display:none'>", "</div>", "ü", "ก", "<blockquote>",
     "</blockquote>", "From: a\nSent: b", "<table bordercolor=#9aa0a6>", "<select>", "<option>", "\x00", "&#xF0FC;"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES | st.text(max_size=5), max_size=60).map("".join))
def test_no_page_raises_anything_but_unreadable(source):
    with suppress(Unreadable):
        html.read_text(source)
    with suppress(Unreadable):
        html.read(source.encode("utf-8", "replace"))
    assert isinstance(parse(mail(source.encode("utf-8", "replace").decode())).html, str)


STRUCK = (
    "<s>{}</s>",
    "<del>{}</del>",
    "<strike>{}</strike>",
    "<p style='TEXT-DECORATION: underline line-through'>{}</p>",
    "<i class=out>{}</i>",
)


@pytest.mark.parametrize("how", STRUCK)
def test_what_is_struck_out_is_left_out_and_doubtful_when_nothing_else_is_there(how):
    style = ".out{text-decoration-line:line-through}"
    assert shown(how.format("<b>✓</b>"), style) == "[ขีดฆ่า] ✓"
    assert shown(how.format("X") + " ✓", style) == "✓"


def test_a_line_through_a_row_goes_through_its_cells_and_none_takes_no_line_away_from_a_cell():
    said = texts(
        "<table><tr style='text-decoration:line-through'><td>ก<td>✓<tr><td>ข<td style='text-decoration:none'>✓</table>"
    )
    assert said == [{"A1": "[ขีดฆ่า] ก", "B1": "[ขีดฆ่า] ✓", "A2": "ข", "B2": "✓"}]


def test_words_struck_out_in_a_mail_are_not_said():
    assert parse(mail("<p>ส่งแล้ว <s>ไม่มีข้อมูล</s></p>", plain="")).mail.text == "ส่งแล้ว"


def test_a_picture_alone_in_a_cell_is_in_doubt_unless_it_only_keeps_room():
    assert shown("<img src=a>") == "[มีภาพหรือรูปวาดทับ] ภาพ"
    assert shown("<img src=a alt='✓'>") == "✓"
    assert shown("<img src=a width=1>") == ""
    assert shown("<img src=a> X") == "X"
