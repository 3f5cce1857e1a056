"""A signed mail whose content lies within the signature is read like any other; one that is encrypted is named for it."""

import base64
import subprocess
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.mail.message import parse
from parsers.mail.mime import smime
from tests.field.mails import ALL, FORM, entity, files, form, mail, multipart, read, recorded, said, words

SIGNED, DATA = bytes.fromhex("06092a864886f70d010702"), bytes.fromhex("06092a864886f70d010701")
COMPRESSED = bytes.fromhex("060b2a864886f70d0109100109")


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """A clerk's certificate and key, in one file."""
    folder = tmp_path_factory.mktemp("keys")
    made = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=clerk", "-days", "2")
    _openssl(b"", *made, "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem"))
    return folder


def _openssl(data, *arguments):
    done = subprocess.run(["openssl", *arguments], input=data, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def signed(keys, content, *options):
    pair = ("-signer", str(keys / "cert.pem"), "-inkey", str(keys / "key.pem"))
    return _openssl(content, "cms", "-sign", "-binary", "-nodetach", "-outform", "DER", *pair, *options)


def sealed(keys, content):
    return _openssl(content, "cms", "-encrypt", "-aes256", "-binary", "-outform", "DER", str(keys / "cert.pem"))


def element(tag, *content):
    body = b"".join(content)
    size = len(body)
    length = bytes([size]) if size < 128 else bytes([0x84]) + size.to_bytes(4, "big")
    return bytes([tag]) + length + body


def endless(tag, *content):
    """An element whose length is not told."""
    return bytes([tag, 0x80]) + b"".join(content) + b"\0\0"


def in_pieces(content, size, around=endless):
    return around(0x24, *(element(4, content[at : at + size]) for at in range(0, len(content), size)))


def message(oid, octets, around=endless):
    inner = around(0x30, DATA, around(0xA0, octets))
    parts = around(0x30, b"\x02\x01\x01", element(0x31), inner, element(0x31))
    return around(0x30, oid, around(0xA0, parts))


INNER = multipart("mixed", words(), form(), boundary="=_in")
P7M = ('Content-Type: application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"',)


def wrapped(data, *lines):
    return mail(entity(data, *(lines or P7M), 'Content-Disposition: attachment; filename="smime.p7m"'))


def opened(reading):
    return recorded(reading) == ALL and files(reading) == ["form.xlsx"] and not said(reading)


@pytest.mark.parametrize("options", [(), ("-stream",), ("-nocerts",), ("-noattr",)])
def test_what_openssl_signed_is_opened(keys, options):
    """DER, and BER with lengths that are not told, as a stream is written."""
    reading = read(wrapped(signed(keys, INNER, *options)))
    assert opened(reading)
    assert "ส่งรายงาน" in reading.mail.text


@pytest.mark.parametrize(
    "data",
    [
        message(SIGNED, in_pieces(INNER, 1000)),
        message(SIGNED, in_pieces(INNER, 1000, element), element),
        message(SIGNED, endless(0x24, in_pieces(INNER[:5000], 100), in_pieces(INNER[5000:], 7))),
        message(SIGNED, element(4, INNER), element),
        message(COMPRESSED, in_pieces(zlib.compress(INNER), 500)),
    ],
)
def test_every_writing_of_the_content_is_opened(data):
    assert opened(read(wrapped(data)))


@pytest.mark.parametrize(
    "line",
    [
        "Content-Type: application/x-pkcs7-mime; name=smime.p7m",
        "Content-Type: application/pkcs7-mime",
        'Content-Type: application/octet-stream; name="smime.p7m"',
        'Content-Type: application/pkcs7-signature; name="smime.p7m"',
        "Content-Type: APPLICATION/PKCS7-MIME; SMIME-TYPE=SIGNED-DATA",
    ],
)
def test_it_is_known_by_its_bytes(keys, line):
    assert opened(read(wrapped(signed(keys, INNER), line)))


def test_it_may_be_written_in_letters(keys):
    data = signed(keys, INNER)
    coded = base64.encodebytes(data)
    pem = b"-----BEGIN PKCS7-----\n" + coded + b"-----END PKCS7-----\n"
    for body in (coded, pem):
        assert opened(read(wrapped(body)))


def test_within_a_list_footer_a_forward_and_another_signature(keys):
    part = entity(signed(keys, INNER), *P7M)
    footer = entity(b"list footer", "Content-Type: text/plain")
    twice = entity(signed(keys, part), *P7M)
    detached = multipart(
        "signed; protocol=x", part, entity(b"0\x80", "Content-Type: application/pkcs7-signature; name=smime.p7s")
    )
    forward = multipart(
        "mixed", words(), entity(mail(part), "Content-Type: message/rfc822", "Content-Transfer-Encoding: 7bit")
    )
    for outer in (multipart("mixed", part, footer), twice, detached, forward):
        assert recorded(read(mail(outer))) == ALL


def test_a_file_that_bears_its_signature_around_it(keys):
    part = entity(signed(keys, FORM), 'Content-Type: application/pkcs7-mime; name="form.xlsx.p7m"')
    reading = read(mail(multipart("mixed", words(), part)))
    assert (recorded(reading), files(reading)) == (ALL, ["form.xlsx"])


def test_signed_headers_around_the_content(keys):
    whole = entity(mail(INNER), "Content-Type: message/rfc822; forwarded=no", "Content-Transfer-Encoding: 8bit")
    reading = read(wrapped(signed(keys, whole)))
    assert opened(reading)


def test_a_signed_nil_reply_is_one(keys):
    reading = read(wrapped(signed(keys, words("ไม่มีข้อมูลที่จะรายงานครับ"))), nil=True)
    assert (recorded(reading), said(reading)) == (ALL, ["nil-reply"])


def test_no_secret_is_seen_in_the_letters_of_a_signature(keys):
    assert "key-hidden" not in said(read(wrapped(signed(keys, INNER))))


def test_what_is_encrypted_is_named_for_it(keys):
    plain = multipart("mixed", words())
    pgp = b"-----BEGIN PGP MESSAGE-----\n\nhQEMA5\n=abcd\n-----END PGP MESSAGE-----\n"
    version = entity(b"Version: 1\r\n", "Content-Type: application/pgp-encrypted")
    rpmsg = b"\x76\xe8\x04\x60\xc4\x11\xe3\x86" + b"\1" * 200
    cases = {
        "smime-encrypted": [
            wrapped(sealed(keys, plain), "Content-Type: application/pkcs7-mime; smime-type=enveloped-data"),
            wrapped(sealed(keys, plain), "Content-Type: application/octet-stream"),
        ],
        "pgp-encrypted": [
            mail(multipart("encrypted; protocol=application/pgp-encrypted", version, entity(pgp, "Content-Type: application/octet-stream; name=encrypted.asc"))),
            mail(entity(pgp, "Content-Type: text/plain", "Content-Transfer-Encoding: 7bit")),
            mail(multipart("mixed", words(), entity(pgp, "Content-Type: application/octet-stream; name=form.xlsx.pgp"))),
        ],
        "rpmsg-protected": [
            mail(multipart("mixed", words("protected"), entity(rpmsg, "Content-Type: application/x-microsoft-rpmsg-message; name=message.rpmsg"))),
            mail(multipart("mixed", words("protected"), entity(rpmsg, "Content-Type: application/octet-stream; name=message.rpmsg"))),
        ],
    }  # fmt: skip
    sentences = set()
    for code, raws in cases.items():
        for raw in raws:
            reading = read(raw)
            assert said(reading) == [code]
            sentences.add(reading.findings[0].message)
    assert len(sentences) == 3
    assert all("กรุณา" in each for each in sentences)


# First packets: session key by public key and by password, and encrypted data, in the older and the newer form.
LOCKED = ["85010c03", "8c0d0409", "a4ff", "c1c04c03", "c34c0409", "c9ff", "d2ff01", "d4ff0107"]
NOT_LOCKED = ["504b0304", "d0cf11e0", "89504e47", "ffd8ffe0", "a30100", "8802", "efbbbf"]


def octets(data, name):
    return entity(data, f"Content-Type: application/octet-stream; name={name}")


@pytest.mark.parametrize("first", LOCKED)
@pytest.mark.parametrize("name", ["form.xlsx.pgp", "form.gpg", "FORM.XLSX.GPG"])
def test_a_binary_openpgp_message_is_named_for_it(first, name):
    part = octets(bytes.fromhex(first) + b"\x07" * 300, name)
    assert said(read(mail(multipart("mixed", words(), part)))) == ["pgp-encrypted"]
    beside = read(mail(multipart("mixed", words(), form(), part)))
    assert (recorded(beside), said(beside)) == (ALL, ["pgp-encrypted"])


@pytest.mark.parametrize(
    ("data", "name"),
    [*((bytes.fromhex(first) + b"\x07" * 300, "form.gpg") for first in NOT_LOCKED), (b"", "form.pgp")]
    + [(bytes.fromhex(first) + b"\x07" * 300, "form.dat") for first in LOCKED],
)
def test_neither_the_name_nor_the_first_byte_alone_makes_one(data, name):
    assert "pgp-encrypted" not in said(read(mail(multipart("mixed", words(), octets(data, name)))))


def test_a_form_that_is_merely_named_so_is_read():
    assert recorded(read(mail(multipart("mixed", words(), octets(FORM, "form.xlsx.pgp"))))) == ALL


def test_a_form_beside_an_encrypted_file_is_read(keys):
    part = entity(sealed(keys, FORM), 'Content-Type: application/pkcs7-mime; name="other.p7m"')
    reading = read(mail(multipart("mixed", words(), form(), part)))
    assert recorded(reading) == ALL
    assert said(reading) == ["smime-encrypted"]


@given(st.data())
def test_damage_and_noise_raise_nothing(data):
    whole = message(SIGNED, in_pieces(words(), 30))
    cut = data.draw(st.integers(0, len(whole)))
    noise = data.draw(st.binary(max_size=60))
    broken = whole[:cut] + noise + whole[cut + len(noise) :]
    assert smime.kind_of(broken) in {"", "signed", "compressed", "encrypted"}
    smime.content(broken)
    parse(wrapped(broken))


@given(st.binary(max_size=3000), st.integers(1, 500), st.sampled_from([element, endless]))
def test_the_content_is_what_was_put_in(content, size, around):
    assert smime.content(message(SIGNED, in_pieces(content, size, around), around)) == (content)


def test_pieces_within_pieces_take_time_in_proportion():
    """Ten thousand levels and a million pieces of a byte end, and soon."""
    deep = b"\x24\x80" * 10_000 + element(4, b"x") + b"\0\0" * 10_000
    assert smime.content(message(SIGNED, deep)) == b"x"
    many = element(4, b"x") * 200_000
    assert smime.content(message(SIGNED, endless(0x24, many))) == b"x" * 200_000
