"""Content-Transfer-Encoding (RFC 2045, 6): a part's bytes as they were before mail programs wrote them for transport.

Owns which encoding a part is in: the declared one, however it is written, unless the bytes say for certain that it is
another. Each function takes time in proportion to the bytes and raises nothing.
"""

import binascii
import quopri
import re
from collections.abc import Callable, Sequence

from parsers.formats.sniff import sniff
from parsers.mail.mime import uuencode
from parsers.thai.text import thai_share

# By the letters and figures of its name, for programs write quoted_printable, base-64 or bas64.
_NAMES = {
    **dict.fromkeys(("base64", "bas64", "b64", "xbase64", "mimebase64"), "base64"),
    **dict.fromkeys(("quotedprintable", "quotedprint", "quotable", "qp", "xquotedprintable"), "quoted-printable"),
    **dict.fromkeys(("xuuencode", "uuencode", "uue", "xuue", "xuuencoded", "uuencoded"), "x-uuencode"),
    **dict.fromkeys(("7bit", "8bit", "binary", "none", "ascii"), "binary"),
}
# "base64 (a comment)", "base64 (open".
_COMMENT = re.compile(rb"\([^()]*\)?")
# `base64;`, `"base64"`, `8bit, base64`: what stands around the name.
_SEPARATORS = re.compile(rb"[^A-Za-z0-9_.-]+")
_OF_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n"  # with its line ends
_NOT_BASE64 = bytes(set(range(256)) - set(_OF_BASE64.rstrip()))
_STRAYS = 10  # one stray byte in so many is damage; more, and the line is no base64
_LONG_LINE = 40  # letters; a shorter line with strays is a word or a name
_LEAST = 16  # letters; fewer may be a word
_LEAST_THAI = 64  # letters of one byte each, which chance hits more easily
_FILES = frozenset({"xlsx", "xlsm", "xls", "xlsb", "ods", "docx", "odt", "pptx", "zip", "rar", "7z", "encrypted", "ole", "tnef", "pdf", "image"})  # fmt: skip
# What may follow "=" in quoted-printable, and a "=" that nothing of that follows.
_EQUALS = re.compile(rb"=(?:([0-9A-Fa-f]{2})|[ \t]{0,20}(?:\r?\n|\Z))|(=)")
_ESCAPES = 3  # of quoted-printable; two may be an address in a link
_LOOK = 100_000  # bytes of a text that are weighed


def named(values: Sequence[bytes]) -> str:
    """The encoding that a part's headers declare: base64, quoted-printable, x-uuencode or binary; the first that is known.

    ``values`` are all of the part's Content-Transfer-Encoding headers. Comments, parameters, quotes, case and repeats are
    passed over (RFC 2045 allows the comment); binary where nothing known is named.
    """
    # "quoted_printable", "base-64": letters and figures alone are compared.
    found = [
        _NAMES[key]
        for value in values
        for word in _SEPARATORS.split(_COMMENT.sub(b" ", value))
        if (key := re.sub(r"[^a-z0-9]", "", word.decode("latin-1").lower())) in _NAMES
    ]
    encoded = [name for name in found if name != "binary"]
    return next(iter(encoded or found), "binary")


def decoded(body: bytes, declared: str, *, is_text: bool) -> bytes:
    """The bytes of a part. ``declared`` as by ``named``; where the bytes are certainly in another encoding, by that one."""
    really = _really(body, declared, is_text=is_text)
    data = _DECODERS[really](body)
    # Some gateways encode what was encoded.
    return base64(data) if really == "base64" and _is_base64(data, is_text=is_text) else data


def _really(body: bytes, declared: str, *, is_text: bool) -> str:
    if declared != "x-uuencode" and not is_text and uuencode.begins(body):
        return "x-uuencode"
    if declared == "base64":
        if _is_quoted_printable(body):
            return "quoted-printable"
        return "base64" if _lines_of_base64(body) or not body.strip() else "binary"
    if _is_base64(body, is_text=is_text):
        return "base64"
    if declared == "binary" and is_text and _is_quoted_printable(body):
        return "quoted-printable"
    return declared


def base64(body: bytes) -> bytes:
    """Decode base64 as far as it goes: stray bytes skipped, padding supplied, and on behind each padding (RFC 2045, 6.8).

    Programs that encode a text in pieces write "=" at the end of each piece.
    """
    letters = body.translate(None, _NOT_BASE64)
    start = letters.rstrip(b"=")
    if b"=" not in start:
        return _piece(start)
    return b"".join(map(_piece, letters.split(b"=")))


def _piece(letters: bytes) -> bytes:
    usable = letters[: len(letters) - (len(letters) % 4 == 1)]
    return binascii.a2b_base64(usable + b"=" * (-len(usable) % 4))


def _lines_of_base64(body: bytes) -> bytes:
    """The lines of a body that are base64; what servers write under it is left out."""
    if not body.translate(None, _OF_BASE64):
        return body.strip(b"\r\n")  # nothing else is in it
    # Line by line, whatever the line ends are.
    return b"\n".join(line for line in re.split(rb"[\r\n]+", body) if _is_line(line))


def _is_line(line: bytes) -> bool:
    line = line.strip()
    strays = len(line) - len(line.translate(None, _NOT_BASE64))
    return bool(line) and (not strays or (len(line) >= _LONG_LINE and strays * _STRAYS <= len(line)))


def _base64_lines(body: bytes) -> bytes:
    return base64(_lines_of_base64(body))


def _is_base64(body: bytes, *, is_text: bool) -> bool:
    """Whether undeclared bytes are certainly base64: nothing else is in them, and they decode to a file or to words."""
    letters = b"".join(body.split())
    if len(letters) < _LEAST or len(letters) % 4 or letters.translate(None, _NOT_BASE64) != letters:
        return False
    if b" " in body.strip() or any(len(piece) % 4 == 1 for piece in letters.split(b"=")):
        return False
    data = base64(letters)
    return sniff(data) in _FILES or (is_text and _are_words(data, len(letters)))


def _are_words(data: bytes, letters: int) -> bool:
    """Whether bytes are text that chance would not have made."""
    for codec, least in (("utf-8", _LEAST), ("cp874", _LEAST_THAI)):
        try:
            said = data.decode(codec)
        except UnicodeDecodeError:
            continue
        odd = any(character < " " and character not in "\t\r\n" for character in said)
        if letters >= least and not odd and (codec == "utf-8" or thai_share(said) > 0.5):  # noqa: PLR2004 - mostly
            return True
    return False


def _is_quoted_printable(body: bytes) -> bool:
    """Whether every "=" begins an escape or ends a line, and the escapes give letters that are not of ASCII."""
    head = body if len(body) <= _LOOK else body[:_LOOK].rpartition(b"\n")[0]
    signs = _EQUALS.findall(head)
    escapes = [each for each, _ in signs if each]
    if len(escapes) < _ESCAPES or any(other for _, other in signs):
        return False
    high = sum(each[:1] in b"89abcdefABCDEF" for each in escapes)
    return high >= _ESCAPES and high * 2 >= len(escapes)


def _plain(body: bytes) -> bytes:
    return body


_DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "base64": _base64_lines,
    "quoted-printable": quopri.decodestring,
    "x-uuencode": uuencode.content,
    "binary": _plain,
}
