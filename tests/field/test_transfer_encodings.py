"""Content-Transfer-Encoding is understood however it is written; where it is plainly wrong the bytes speak."""

import base64
import quopri
from binascii import b2a_uu

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.mail.message import parse
from parsers.mail.mime.transfer_encoding import decoded, named
from tests.field.mails import ALL, FORM, XLSX, entity, mail, multipart, read, recorded, said, words

CODED = base64.encodebytes(FORM).replace(b"\n", b"\r\n")
THAI = "ไม่มีข้อมูลที่จะรายงานในรอบเดือนนี้ครับ"


def sent(*lines, content=CODED):
    head = (f"Content-Type: {XLSX}", *lines, 'Content-Disposition: attachment; filename="form.xlsx"')
    part = "".join(f"{line}\r\n" for line in head).encode() + b"\r\n" + content
    return read(mail(multipart("mixed", words(), part)))


@pytest.mark.parametrize(
    "value",
    [
        "base64 (RFC 2045)", "(as sent) base64", "(a (nested) one) base64", "base64;", "base64; charset=utf-8", "base64,", '"base64"', "'base64'",
        "BASE64", "Base64", " base64 ", "base64 base64", "base64, base64", "base-64", "\r\n base64", "base64\r\n\t(folded)", "x-base64", "7bit, base64",
    ],
)  # fmt: skip
def test_base64_by_any_writing(value):
    reading = sent(f"Content-Transfer-Encoding: {value}")
    assert (recorded(reading), said(reading)) == (ALL, [])


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("Content-Transfer-Encoding: 7bit",),
        ("Content-Transfer-Encoding: 8bit",),
        ("Content-Transfer-Encoding: binary",),
        ("Content-Transfer-Encoding: quoted-printable",),
        ("Content-Transfer-Encoding: x-unknown",),
        ("Content-Transfer-Encoding:",),
        ("Content-Transfer-Encoding: 7bit", "Content-Transfer-Encoding: base64"),
        ("Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: base64"),
    ],
)
def test_base64_that_is_not_declared_so(lines):
    assert recorded(sent(*lines)) == ALL


def test_a_file_in_base64_twice():
    assert recorded(sent("Content-Transfer-Encoding: base64", content=base64.encodebytes(CODED))) == ALL


def test_a_file_in_quoted_printable_or_uuencode_declared_base64():
    assert recorded(sent("Content-Transfer-Encoding: base64", content=quopri.encodestring(FORM))) == ALL
    lines = b"".join(b2a_uu(FORM[at : at + 45]) for at in range(0, len(FORM), 45))
    for declared in ("x-uuencode", "base64", "7bit"):
        uu = b"begin 644 form.xlsx\n" + lines + b"`\nend\n"
        assert recorded(sent(f"Content-Transfer-Encoding: {declared}", content=uu)) == ALL


@pytest.mark.parametrize("declared", ["base64", "7bit", "quoted-printable", "8bit"])
@pytest.mark.parametrize("codec", ["utf-8", "cp874"])
@pytest.mark.parametrize("really", ["base64", "quoted-printable", "8bit"])
def test_words_are_read_whatever_is_declared(declared, codec, really):
    data = (THAI + "\r\n" + THAI).encode(codec)
    coded = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring, "8bit": bytes}[really](data)
    part = entity(coded, f"Content-Type: text/plain; charset={codec}", f"Content-Transfer-Encoding: {declared}")
    assert parse(mail(part)).mail.text == THAI + "\n" + THAI


@pytest.mark.parametrize(
    "text", ["congratulations", "internationalization", "OK", "1234567812345678", "a=b&c=d", "ok =3D fine"]
)
def test_words_that_look_like_an_encoding_stay_words(text):
    part = entity(text.encode(), "Content-Type: text/plain", "Content-Transfer-Encoding: 7bit")
    assert parse(mail(part)).mail.text == text


@given(st.binary(max_size=300), st.sampled_from(["base64", "quoted-printable", "x-uuencode", "binary"]), st.booleans())
def test_any_bytes_are_decoded_somehow(data, declared, is_text):
    assert isinstance(decoded(data, declared, is_text=is_text), bytes)


@given(st.text(min_size=1, max_size=300).filter(str.strip))
def test_what_is_rightly_declared_base64_is_what_was_encoded(text):
    """No guess changes a file that was sent as it should be, unless it is itself base64 of words."""
    data = b"\x01" + text.encode()
    assert decoded(base64.encodebytes(data), "base64", is_text=False) == data


def test_names_of_encodings():
    assert named([b"QUOTED_PRINTABLE"]) == "quoted-printable"
    assert named([b"x-uue"]) == "x-uuencode"
    assert named([b"8-bit"]) == named([]) == named([b"whatever"]) == "binary"
