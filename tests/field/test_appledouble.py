"""What a Macintosh keeps beside a file is no file; what AppleSingle packs with it is taken out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.mail.mime.applesingle import data_fork
from tests.field.mails import ALL, FORM, XLSX, entity, files, form, mail, multipart, read, recorded, said, words

NIL = "ไม่มีข้อมูลที่จะรายงานครับ"


def apple(magic, *forks):
    """Entries as (kind, bytes) behind each other."""
    at = 26 + 12 * len(forks)
    head = magic + b"\0\2\0\0" + b"Mac OS X        " + len(forks).to_bytes(2, "big")
    entries = b""
    for kind, data in forks:
        entries += b"".join(value.to_bytes(4, "big") for value in (kind, at, len(data)))
        at += len(data)
    return head + entries + b"".join(data for _, data in forks)


SINGLE, DOUBLE = b"\0\5\x16\0", b"\0\5\x16\7"
FINDER = (9, b"XCELXCEL" + b"\0" * 24)
FORK = apple(DOUBLE, FINDER, (2, b"\0" * 286))


def part(data, name, kind="application/applefile"):
    return entity(data, f"Content-Type: {kind}; name={name}", f"Content-Disposition: attachment; filename={name}")


@pytest.mark.parametrize("name", ["form.xlsx", "._form.xlsx", "%form.xlsx", "fork"])
@pytest.mark.parametrize("kind", ["application/applefile", "application/octet-stream", XLSX, "application/x-macbinary"])
def test_the_header_part_is_no_file(name, kind):
    pair = multipart("appledouble", part(FORK, name, kind), form(), boundary="ad")
    for entity_ in (
        pair,
        multipart("mixed", words(), pair),
        multipart("mixed", words(), form(), part(FORK, name, kind)),
    ):
        reading = read(mail(entity_))
        assert (recorded(reading), files(reading), said(reading)) == (ALL, ["form.xlsx"], [])


def test_a_file_packed_with_its_fork_is_taken_out():
    whole = apple(SINGLE, FINDER, (1, FORM), (2, b"\0" * 286))
    for kind in ("application/applefile", "application/octet-stream"):
        reading = read(mail(multipart("mixed", words(), part(whole, "form.xlsx", kind))))
        assert (recorded(reading), files(reading), said(reading)) == (ALL, ["form.xlsx"], [])


def test_a_fork_beside_a_nil_reply_does_not_spoil_it():
    reading = read(mail(multipart("mixed", words(NIL), part(FORK, "._x"))), nil=True)
    assert said(reading) == ["nil-reply"]


@given(st.binary(max_size=200))
def test_noise_behind_the_first_bytes_raises_nothing(noise):
    assert isinstance(data_fork(SINGLE + noise), bytes)
