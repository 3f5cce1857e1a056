"""The parts of a multipart are found however its boundary is declared, folded or mistaken, and where its end is missing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.mail.message import parse
from parsers.mail.mime import boundary
from tests.field.mails import ALL, FORM, HEAD, form, mail, read, recorded, said, words

FOLDED = "----=_NextPart\r\n _000_0002_01BFC036.AE309650"


def sent(declared, really, *, end=b"--\r\n", kind="multipart/mixed"):
    """A form in a multipart whose header and whose body say what is given."""
    line = b"--" + really.encode()
    body = line + b"\r\n" + words() + b"\r\n" + line + b"\r\n" + form() + b"\r\n" + (line + end if end else b"")
    return mail(b"".join((f"Content-Type: {kind}; {declared}\r\n\r\n".encode(), b"preamble\r\n", body)))


@pytest.mark.parametrize(
    ("declared", "really"),
    [
        (f'\r\n boundary="{FOLDED}"', "----=_NextPart _000_0002_01BFC036.AE309650"),
        (f'\r\n boundary="{FOLDED}"', "----=_NextPart_000_0002_01BFC036.AE309650"),
        (f'\r\n boundary="{FOLDED}"', "----=_NextPart\t_000_0002_01BFC036.AE309650"),
        ('boundary="----=_NextPart\r\n\t_000"', "----=_NextPart\t_000"),
        ('boundary="----=_NextPart\r\n\t_000"', "----=_NextPart _000"),
        ('boundary="----=_NextPart\r\n\t_000"', "----=_NextPart_000"),
        ('boundary="----=_Next\n  Part"', "----=_Next  Part"),
        ("boundary=plain", "plain"),
        ('boundary="plain  "', "plain"),
        ("boundary=plain   ", "plain"),
        ('boundary="plain"', "plain   "),
        ("boundary='plain'", "plain"),
        ("boundary='plain'", "'plain'"),
        ('boundary="plain', "plain"),
        ("boundary=plain (a comment)", "plain"),
        ('boundary="plain" (a comment)', "plain"),
        ("BOUNDARY=plain; charset=utf-8", "plain"),
        ("boundary = plain", "plain"),
        ('boundary="PLAIN_b"', "plain_B"),
        ('charset="x"; boundary="=_b?=(1)"', "=_b?=(1)"),
        ("boundary==_b1", "=_b1"),
        ("boundary=", "whatever"),
        ("x=y", "whatever"),
        ('boundary="other"', "really"),
        ('boundary="other"', "=_Part with blanks"),
        ("boundary*=us-ascii'en'plain", "plain"),
        ('boundary*0="pla"; boundary*1="in"', "plain"),
    ],
)
@pytest.mark.parametrize("end", [b"--\r\n", b""])
def test_the_form_is_found(declared, really, end):
    reading = read(sent(declared, really, end=end))
    assert (recorded(reading), said(reading)) == (ALL, [])


def test_inner_multiparts_without_their_end():
    body = (
        b'Content-Type: multipart/mixed; boundary="out"\r\n\r\n--out\r\nContent-Type: multipart/alternative; boundary="in\r\n ner"\r\n\r\n--in ner\r\n'
        + words() + b"\r\n--out\r\n" + form() + b"\r\n--out--\r\n"
    )  # fmt: skip
    reading = read(mail(body))
    assert (recorded(reading), "ส่งรายงาน" in reading.mail.text) == (ALL, True)


def test_a_file_is_whole_to_its_last_byte():
    found = parse(sent(f'boundary="{FOLDED}"', "----=_NextPart _000_0002_01BFC036.AE309650"))
    assert [a.data for a in found.attachments] == [FORM]


def test_lines_of_an_old_mail_are_no_boundary():
    raw = mail(
        "Content-Type: multipart/mixed\r\n\r\nอนุมัติ\r\n\r\n-----Original Message-----\r\nFrom: a\r\nold".encode(), HEAD
    )
    assert parse(raw).mail.text == "อนุมัติ"


@given(
    st.binary(max_size=100),
    st.lists(
        st.sampled_from([b"--", b"--b\n", b"--b--\r\n", b"\n", b"Content-Type: x\n", b"-- \n", b"x"]), max_size=30
    ),
)
def test_any_bytes_are_searched(header, pieces):
    boundary.rebuilt(header, b"".join(pieces))
