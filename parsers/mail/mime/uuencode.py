"""Files in the text of a mail, as programs wrote them before MIME: uuencode (POSIX) and yEnc (yenc.org, draft 1.3).

Owns finding and decoding them. Each function takes time in proportion to the bytes and raises nothing.
"""

import binascii
import re
from dataclasses import dataclass, field

# "begin 644 report.xls", "begin-base64 644 report.xls" (POSIX uuencode). Not "begin with the form".
_BEGIN = re.compile(rb"begin(?:-base64)? [0-7]{3,4} +(\S[^\r\n]{0,200})")
# "=ybegin line=128 size=1234 name=report.xls".
_YENC = re.compile(rb"=ybegin (?:[a-z]+=\d+ )+name=([^\r\n]{1,200})")
_SHORTEST = 2  # lines of a file whose end is missing; a sentence may begin so, too
_LONGEST = 62  # a line's letters of 45 bytes, with its length and a checksum that some add


@dataclass(frozen=True)
class Found:
    """A file that stood in a text; ``name`` may be empty of sense but not of letters."""

    name: bytes
    data: bytes = field(repr=False)


def begins(body: bytes) -> bool:
    """Whether bytes begin as a uuencoded or yEnc file does."""
    head = body[:500].lstrip()
    return bool(_BEGIN.match(head) or _YENC.match(head))


def content(body: bytes) -> bytes:
    """The bytes of the first file in ``body``; the body itself where none is in it."""
    return next((each.data for each in split(body)[1]), body)


def split(body: bytes) -> tuple[bytes, list[Found]]:
    """A text without the files in it, and the files, in order. A text in which none can be read is left as it is."""
    if b"begin" not in body:
        return body, []  # the usual mail, not taken apart for nothing
    kept: list[bytes] = []
    found: list[Found] = []
    lines = body.splitlines(keepends=True)
    at = 0
    while at < len(lines):
        line = lines[at].rstrip(b"\r\n")
        end, file = _file(lines, at) if line.startswith((b"begin", b"=ybegin")) else (at, None)
        if file is None:
            # What was looked at and is no file is not looked at again, or a text of "begin" lines would cost its square.
            kept += lines[at : end + 1]
        else:
            found.append(file)
        at = end + 1
    return (b"".join(kept), found) if found else (body, [])


def _file(lines: list[bytes], at: int) -> tuple[int, Found | None]:
    """The file that begins in a line, and its last line; without a file the last line that was looked at."""
    head = lines[at].rstrip(b"\r\n")
    if match := _BEGIN.fullmatch(head):
        end, data = _base64_lines(lines, at + 1) if head.startswith(b"begin-") else _uu_lines(lines, at + 1)
    elif match := _YENC.fullmatch(head):
        end, data = _yenc_lines(lines, at + 1)
    else:
        return at, None
    return end, Found(match[1].strip(), data) if data else None


def _uu_lines(lines: list[bytes], at: int) -> tuple[int, bytes]:
    pieces: list[bytes] = []
    while at < len(lines):
        line = lines[at].rstrip(b"\r\n")
        if line.strip() == b"end":
            return at, b"".join(pieces)
        piece = _uu_line(line)
        if piece is None:  # the file broke off here
            break
        pieces.append(piece)
        at += 1
    return at - 1, b"".join(pieces) if sum(map(bool, pieces)) >= _SHORTEST else b""


def _uu_line(line: bytes) -> bytes | None:
    """One line's bytes; None when it is no line of uuencode. Blanks at its end, which servers take away, are supplied."""
    if line.strip() in (b"", b"`"):
        return b""
    size = (line[0] - 32) & 63
    letters = -(-size * 4 // 3)
    if not 32 <= line[0] <= 96 or not size or len(line) > _LONGEST or any(not 32 <= byte <= 96 for byte in line):  # noqa: PLR2004 - its alphabet
        return None
    if len(line) - 1 > 4 * (-(-size // 3)) + 1:
        return None
    padded = line[1 : 1 + letters].ljust(letters, b" ")
    try:
        return binascii.a2b_uu(line[:1] + padded)
    except binascii.Error:
        return None


def _base64_lines(lines: list[bytes], at: int) -> tuple[int, bytes]:
    begun = at
    # Lines of base64, up to "====" (POSIX uuencode -m).
    while at < len(lines) and lines[at].strip() != b"====" and re.fullmatch(rb"[A-Za-z0-9+/=\s]+", lines[at]):
        at += 1
    letters = b"".join(b"".join(lines[begun:at]).split())
    usable = letters[: len(letters) // 4 * 4]
    try:
        return at, binascii.a2b_base64(usable)
    except binascii.Error:
        return at, b""


def _yenc_lines(lines: list[bytes], at: int) -> tuple[int, bytes]:
    pieces: list[bytes] = []
    while at < len(lines) and not lines[at].startswith(b"=yend"):
        line = lines[at].rstrip(b"\r\n")
        at += 1
        if not line.startswith(b"=ypart "):
            pieces.append(_unyenc(line[1:] if line.startswith(b"..") else line))
    return at, b"".join(pieces)


_LESS_42 = bytes((byte - 42) % 256 for byte in range(256))
_LESS_106 = bytes((byte - 106) % 256 for byte in range(256))


def _unyenc(line: bytes) -> bytes:
    first, *escaped = line.split(b"=")
    rest = (each[:1].translate(_LESS_106) + each[1:].translate(_LESS_42) for each in escaped)
    return first.translate(_LESS_42) + b"".join(rest)
