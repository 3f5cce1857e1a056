"""Cryptographic Message Syntax (RFC 5652) as mails carry it: the content of a signed or compressed message, unchecked.

Owns the reading of ContentInfo in DER and BER, with lengths that are not told and strings in pieces. Our own, for it must be
linear: of the kept libraries asn1crypto takes 9 s for 10 MB in pieces of 1,000 bytes (Outlook's) and refuses nested pieces,
and cryptography hands out certificates but no content. Nobody is believed for a signature here.
"""

import re
import zlib
from collections.abc import Iterator

from parsers.mail.mime.transfer_encoding import base64

# Bytes; as much as all files of a mail may come to.
UNPACKED_CAP = 64 << 20
# Times the packed size; sheets of XML pack 10 to 50 times, a bomb up to 1,032 times, the most that deflate can.
_RATIO = 200
# Tags of ASN.1 (X.690, 8): SEQUENCE, SET, OBJECT IDENTIFIER, OCTET STRING whole and in pieces, and [0].
_SEQUENCE, _SET, _OID, _OCTETS, _OCTETS_IN_PIECES, _CONTENT = 0x30, 0x31, 0x06, 0x04, 0x24, 0xA0
_PKCS7 = bytes.fromhex("2a864886f70d0107")
_CT = bytes.fromhex("2a864886f70d01091001")
_SIGNED, _COMPRESSED = _PKCS7 + b"\x02", _CT + b"\x09"
_ENCRYPTED = frozenset({_PKCS7 + b"\x03", _PKCS7 + b"\x04", _PKCS7 + b"\x06", _CT + b"\x17"})
# Open elements within each other; real messages have under ten.
_DEEP = 1_000
# "-----BEGIN PKCS7-----", "-----BEGIN PKCS #7 SIGNED DATA-----", "-----BEGIN CMS-----" (RFC 7468, 8 and 9).
_ARMOUR = re.compile(rb"\s*-----BEGIN (?:PKCS ?#?7|CMS)[^-]{0,30}-----([^-]*)")


class _NotCmsError(ValueError):
    """The bytes are no ContentInfo, or are cut."""


def kind_of(data: bytes) -> str:
    """What a message is: signed, compressed, encrypted; empty for anything else. Raises nothing."""
    try:
        oid, _, _ = _content_info(_bare(data))
    except _NotCmsError:
        return ""
    return {_SIGNED: "signed", _COMPRESSED: "compressed"}.get(oid, "encrypted" if oid in _ENCRYPTED else "")


def content(data: bytes) -> bytes | None:
    """What was signed or compressed; None where nothing is in it, as in a signature apart, or it cannot be read."""
    data = _bare(data)
    try:
        oid, at, end = _content_info(data)
        if oid not in (_SIGNED, _COMPRESSED):
            return None
        found = _encapsulated(data, at, end)
    except _NotCmsError:
        return None
    return _inflated(found) if found and oid == _COMPRESSED else found


def _bare(data: bytes) -> bytes:
    """The binary form of what some programs write in letters."""
    armour = _ARMOUR.match(data)
    if armour:
        return base64(armour[1])
    # "MIAG…", "MIIF…": a SEQUENCE in base64, with or without a length.
    return base64(data) if re.match(rb"\s*MI[A-Za-z0-9+/]{14}", data) else data


def _inflated(data: bytes) -> bytes | None:
    unpacker = zlib.decompressobj()
    try:
        found = unpacker.decompress(data, min(UNPACKED_CAP, max(1 << 20, _RATIO * len(data))))
    except zlib.error:
        return None
    return None if unpacker.unconsumed_tail else found


def _content_info(data: bytes) -> tuple[bytes, int, int]:
    """The type of the message, and from where to where its content goes."""
    at, end = _enter(data, 0, len(data), _SEQUENCE)
    oid, at = _oid(data, at, end)
    at, end = _enter(data, at, end, _CONTENT)
    return oid, at, end


def _encapsulated(data: bytes, at: int, end: int) -> bytes | None:
    """What encapContentInfo holds, the third part of SignedData and of CompressedData (RFC 5652, 5.1; RFC 3274); None where it is left out."""
    at, end = _enter(data, at, end, _SEQUENCE)
    at = _behind(data, at, end)  # version
    at = _behind(data, at, end)  # digest or compression algorithms
    at, end = _enter(data, at, end, _SEQUENCE)
    _, at = _oid(data, at, end)
    if at >= end or data[at] != _CONTENT:
        return None
    at, end = _enter(data, at, end, _CONTENT)
    if at < end and data[at] not in (_OCTETS, _OCTETS_IN_PIECES):  # PKCS #7 1.5 lets anything stand here
        return data[at:end]
    return b"".join(_octets(data, at, end))


def _octets(data: bytes, at: int, end: int) -> Iterator[bytes]:
    """The pieces of an octet string, however deep they are packed; one that is cut gives what is there."""
    while at + 2 <= end:
        try:
            tag, start, length = _header(data, at, end)
        except _NotCmsError:
            return
        if tag == _OCTETS_IN_PIECES or (tag, start, length) == (0, at + 2, 0):  # the end of what has no length
            at = start
        elif tag == _OCTETS and length is not None:
            yield data[start : min(start + length, end)]
            at = start + length
        else:
            return


def _enter(data: bytes, at: int, end: int, tag: int) -> tuple[int, int]:
    """Where the content of an element begins and ends; one without a length goes on as far as what is around it."""
    found, start, length = _header(data, at, end)
    if found != tag:
        raise _NotCmsError(f"tag {found:#x} for {tag:#x}")
    return start, end if length is None else min(end, start + length)


def _oid(data: bytes, at: int, end: int) -> tuple[bytes, int]:
    tag, start, length = _header(data, at, end)
    if tag != _OID or length is None or start + length > end:
        raise _NotCmsError("no type")
    return data[start : start + length], start + length


def _behind(data: bytes, at: int, end: int) -> int:
    """Where the next element begins."""
    open_ended = 0
    while True:
        tag, start, length = _header(data, at, end)
        if length is None:
            open_ended += 1
            at = start
        elif (tag, length) == (0, 0) and open_ended:
            open_ended -= 1
            at = start
        else:
            at = start + length
        if not open_ended:
            return at
        if open_ended > _DEEP:
            raise _NotCmsError("too deep")


def _header(data: bytes, at: int, end: int) -> tuple[int, int, int | None]:
    """An element's tag, where its content begins, and its length, None where that is not told (X.690, 8.1)."""
    if at + 2 > end:
        raise _NotCmsError("cut")
    tag, first = data[at], data[at + 1]
    if tag & 0x1F == 0x1F:  # noqa: PLR2004 - X.690, 8.1.2.4
        raise _NotCmsError("long tag")
    if first < 0x80:  # noqa: PLR2004 - X.690, 8.1.3.4
        return tag, at + 2, first
    size = first & 0x7F
    if not size:
        return tag, at + 2, None
    if size > 8 or at + 2 + size > end:  # noqa: PLR2004 - more than any file has
        raise _NotCmsError("length")
    return tag, at + 2 + size, int.from_bytes(data[at + 2 : at + 2 + size], "big")
