"""A plain text that only says that the mail is HTML gives way to the HTML; one in format=flowed is put together again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.mail.message import parse
from parsers.mail.words.format_flowed import unflowed
from tests.field.mails import ALL, TABLE, entity, mail, multipart, read, recorded, said, words

NIL = "ไม่มีข้อมูลที่จะรายงานครับ"


@pytest.mark.parametrize(
    "plain",
    [
        "This message requires HTML to be displayed.",
        "Your mail program does not support HTML.",
        "This is an HTML message. Please use an HTML capable mail client.",
        "To view this email, please enable HTML.",
        "If you cannot read this message, view it in your browser: https://x.example/1",
        "This email must be viewed in HTML mode.",
        "HTML content follows; your reader cannot display HTML.",
        "อีเมลฉบับนี้ต้องใช้โปรแกรมที่รองรับ HTML",
        "โปรแกรมอีเมลของท่านไม่สามารถแสดง HTML ได้",
        "ข้อความนี้อยู่ในรูปแบบ HTML กรุณาเปิดอ่านด้วยโปรแกรมอื่น",
        "หากอ่านไม่ได้ กรุณาดูอีเมลนี้ในเบราว์เซอร์",
        "This is a multi-part message in MIME format.",
        "",
        " \u00a0\n\u200b\n",
        "[cid:image001.png@01D]",
        "[image: logo.png]\n\n",
        "<image001.png>",
    ],
)
def test_the_html_is_read(plain):
    both = multipart("alternative", words(plain), words(f"<p>{NIL}</p>", "text/html; charset=utf-8"))
    reading = read(mail(both), nil=True)
    assert (reading.mail.text, recorded(reading), said(reading)) == (NIL, ALL, ["nil-reply"])


def test_a_table_in_the_html_is_read_all_the_same():
    both = multipart("alternative", words("This message needs HTML."), words(TABLE, "text/html; charset=utf-8"))
    assert recorded(read(mail(both))) == ALL


@pytest.mark.parametrize("plain", ["อนุมัติ", "We have no HTML.", "ไฟล์ที่ส่งมาเปิดไม่ได้ครับ"])
def test_a_plain_text_that_says_something_goes_before(plain):
    both = multipart("alternative", words(plain), words("<p>other</p>", "text/html"))
    assert parse(mail(both)).mail.text == plain


def test_without_html_the_plain_text_is_what_there_is():
    assert parse(mail(words("This message needs HTML."))).mail.text == "This message needs HTML."


def flowed(lines, more="", encoding="8bit"):
    body = "\r\n".join(lines).encode()
    return mail(
        entity(
            body,
            f"Content-Type: text/plain; charset=utf-8; format=flowed{more}",
            f"Content-Transfer-Encoding: {encoding}",
        )
    )


@pytest.mark.parametrize(
    ("lines", "more"),
    [
        (["ไม่มีข้อมูล ", "ที่จะรายงาน ", "ครับ"], ""),
        (["ไม่มีข้อมูล ", "ที่จะรายงาน ", "ครับ"], "; delsp=yes"),
        (["ไม่มี ", "ข้อมูลที่จะรายงานครับ", "", "-- ", "สมชาย ", "x"], "; DelSp=Yes"),
        ([" ไม่มีข้อมูลที่จะ ", " รายงานครับ", "> เดิม ", "> ต่อ"], "; delsp=yes"),
    ],
)
def test_a_nil_reply_broken_by_its_program(lines, more):
    reading = read(flowed(lines, more), nil=True)
    assert (recorded(reading), said(reading)) == (ALL, ["nil-reply"])


def test_quotes_and_signatures_of_flowed_text():
    assert (
        unflowed("a \r\nb\r\n> c \r\n> d\r\n>> e \r\n> f\r\n-- \r\ng \r\nh", delsp=False)
        == "a b\n> c d\n>> e \n> f\n-- \ng h"
    )
    assert unflowed(" >not quoted", delsp=False) == ">not quoted"


@given(st.text(alphabet="ab >\n-", max_size=200), st.booleans())
def test_no_letter_is_lost(plain, delsp):
    joined = unflowed(plain, delsp=delsp)
    assert [c for c in joined if c in "ab-"] == [c for c in plain if c in "ab-"]
