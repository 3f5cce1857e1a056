"""Base64 that is written in pieces, each with its own padding, is read to its end."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.mail.message import parse
from parsers.mail.mime.transfer_encoding import base64 as decode
from tests.field.mails import ALL, FORM, XLSX, entity, files, form, mail, multipart, read, recorded, said, words


def in_pieces(data, size, between=b"\r\n"):
    return between.join(base64.b64encode(data[at : at + size]) for at in range(0, len(data), size))


def coded(kind, data, *lines):
    return entity(data, f"Content-Type: {kind}", "Content-Transfer-Encoding: base64", *lines)


@pytest.mark.parametrize("size", [1000, 4000, 76, 55])
@pytest.mark.parametrize("between", [b"\r\n", b""])
def test_a_form_in_pieces_is_read_whole(size, between):
    file = coded(XLSX, in_pieces(FORM, size, between), 'Content-Disposition: attachment; filename="form.xlsx"')
    reading = read(mail(multipart("mixed", words(), file)))
    assert (recorded(reading), said(reading)) == (ALL, [])


def test_words_of_a_second_piece_are_no_nil_reply():
    text = [part.encode() for part in ("ไม่มีข้อมูลครับ\r\n", "แต่ ทต.เด่นชัย มีครบทุกข้อ\r\n")]
    body = b"\r\n".join(map(base64.b64encode, text))
    reading = read(mail(coded("text/plain; charset=utf-8", body)), nil=True)
    assert "มีครบทุกข้อ" in reading.mail.text
    assert not recorded(reading)


def test_a_subject_and_a_file_name_in_pieces_are_whole():
    word = b"=?utf-8?B?" + in_pieces("แบบรายงานอำเภอเด่นชัย".encode(), 10, b"") + b"?="
    part = entity(FORM, f"Content-Type: {XLSX}", f'Content-Disposition: attachment; filename="{word.decode()}.xlsx"')
    found = parse(b"Subject: " + word + b"\r\n" + multipart("mixed", part))
    assert found.mail.subject == "แบบรายงานอำเภอเด่นชัย"
    assert [a.name for a in found.attachments] == ["แบบรายงานอำเภอเด่นชัย.xlsx"]


@pytest.mark.parametrize("kind", ["message/rfc822", "application/octet-stream; name=old.eml"])
def test_a_mail_in_pieces_within_the_mail_is_opened(kind):
    inner = mail(multipart("mixed", words(), form(), boundary="inner"))
    reading = read(mail(multipart("mixed", words(), coded(kind, in_pieces(inner, 1000)))))
    assert recorded(reading) == ALL


def test_what_a_list_writes_under_base64_is_no_part_of_the_file():
    footer = b"\r\n_______________________________________________\r\nOffice mailing list\r\noffice@lists.example\r\n"
    file = coded(XLSX, base64.encodebytes(FORM) + footer, 'Content-Disposition: attachment; filename="form.xlsx"')
    found = parse(mail(multipart("mixed", words(), file)))
    assert found.attachments[0].data == FORM


def test_the_first_padding_at_the_end_is_as_ever():
    assert files(read(mail(multipart("mixed", words(), form())))) == ["form.xlsx"]


@given(st.lists(st.binary(min_size=1, max_size=200), max_size=20), st.sampled_from([b"", b"\n", b"\r\n", b" "]))
def test_pieces_decode_to_what_was_encoded(pieces, between):
    """Whatever the pieces and what stands between them: law of the decoder."""
    body = between.join(map(base64.b64encode, pieces))
    assert decode(body) == b"".join(pieces)


@given(st.binary(max_size=500))
def test_any_bytes_decode_to_something(data):
    decode(data)
