"""Files that stand in the text itself are taken out of it and read: uuencode, its base64 sister, yEnc."""

import base64
from binascii import b2a_uu

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.mail.message import parse
from parsers.mail.mime import uuencode
from tests.field.mails import ALL, FORM, WORDS, entity, files, mail, multipart, read, recorded, said


def uu(data, name="form.xlsx", *, tick=b"`", end=b"end\n"):
    lines = b"".join(b2a_uu(data[at : at + 45], backtick=tick == b"`") for at in range(0, len(data), 45))
    return f"begin 644 {name}\n".encode() + lines + tick + b"\n" + end


def b64(data, name="form.xlsx"):
    return f"begin-base64 644 {name}\n".encode() + base64.encodebytes(data) + b"====\n"


def yenc(data, name="form.xlsx", line=128):
    out = b""
    for byte in data:
        code = (byte + 42) % 256
        out += bytes([61, (code + 64) % 256]) if code in (0, 10, 13, 61) else bytes([code])
    lines, at = [], 0
    while at < len(out):
        end = at + line + (out[at + line - 1 : at + line] == b"=")
        lines.append(out[at:end])
        at = end
    head = f"=ybegin line={line} size={len(data)} name={name}\r\n".encode()
    return (
        head
        + b"\r\n".join(b"." + each if each.startswith(b".") else each for each in lines)
        + f"\r\n=yend size={len(data)}\r\n".encode()
    )


def text(*pieces, kind="text/plain; charset=utf-8", encoding="8bit"):
    body = b"\n".join(piece.encode() if isinstance(piece, str) else piece for piece in pieces)
    body = body if encoding == "8bit" else base64.encodebytes(body)
    return entity(
        body.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") if encoding == "8bit" else body,
        f"Content-Type: {kind}",
        f"Content-Transfer-Encoding: {encoding}",
    )


@pytest.mark.parametrize(
    "body",
    [
        text(WORDS, "", uu(FORM), "", "ขอบคุณครับ"),
        text(WORDS, "", uu(FORM, tick=b" ")),
        text(WORDS, "", uu(FORM).replace(b" \n", b"\n")),
        text(WORDS, "", uu(FORM, end=b"")),
        text(WORDS, "", uu(FORM), encoding="base64"),
        text(WORDS, "", b64(FORM), "ขอบคุณครับ"),
        text(WORDS, uu(b"hello there, a text", "note.txt"), "และ", uu(FORM)),
        text(WORDS, uu(FORM), kind="text/plain; charset=windows-874"),
        multipart("mixed", text(WORDS, uu(FORM)), text("--", "footer")),
    ],
)  # fmt: skip
def test_a_form_in_the_text_is_read(body):
    reading = read(mail(body))
    assert recorded(reading) == ALL
    assert "form.xlsx" in files(reading)
    assert "begin" not in reading.mail.text
    assert said(reading) == []


def test_a_mail_from_before_mime():
    head = ("From: den-chai@district.phrae.example", "To: office@phrae.example", "Subject: Re: [w5827] report")
    raw = mail(b"\r\n" + uu(FORM), head)
    assert recorded(read(raw)) == ALL


def test_yenc_in_the_text_is_read():
    body = entity(b"words\r\n" + yenc(FORM), "Content-Type: text/plain", "Content-Transfer-Encoding: 8bit")
    assert recorded(read(mail(body))) == ALL


@pytest.mark.parametrize(
    "words",
    [
        "begin 644 x",
        "begin 644 x\nอนุมัติ",
        "begin the work\nend",
        "we begin 644 days ago\nend",
        "begin 644 a\n\nend",
        "=ybegin line=1 name=x\n=yend",
    ],
)
def test_words_that_only_begin_so_stay_words(words):
    found = parse(mail(text(words)))
    assert (found.attachments, "begin" in found.mail.text) == ((), True)


@given(st.lists(st.binary(min_size=1, max_size=300), min_size=1, max_size=4), st.sampled_from([uu, b64, yenc]))
def test_what_was_packed_comes_out(contents, pack):
    """The files, in order, and the words between them."""
    body = b"".join(b"words\n" + pack(each, "x.bin") for each in contents)
    rest, found = uuencode.split(body)
    assert [each.data for each in found] == contents
    assert rest.split() == [b"words"] * len(contents)


@given(
    st.lists(
        st.sampled_from(
            [
                b"begin 644 x\n",
                b"M" * 61 + b"\n",
                b"end\n",
                b"\n",
                b"`\n",
                b"=ybegin line=1 size=1 name=x\n",
                b"=yend\n",
                b"=\n",
                b"====\n",
                b"begin-base64 644 y\n",
                b"#0V%T\n",
            ]
        ),
        max_size=40,
    )
)
def test_any_order_of_its_lines_raises_nothing(lines):
    uuencode.split(b"".join(lines))
