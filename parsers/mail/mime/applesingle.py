"""AppleSingle and AppleDouble (RFC 1740): what Macintosh programs keep beside a file, and the file in it, if there is one."""

import struct

_SINGLE, _DOUBLE = b"\x00\x05\x16\x00", b"\x00\x05\x16\x07"
_ENTRIES_AT, _ENTRY = 26, 12  # bytes: magic, version, filler, number of entries
_DATA_FORK = 1


def is_apple(data: bytes) -> bool:
    """Whether bytes are AppleSingle or the header part of AppleDouble."""
    return data.startswith((_SINGLE, _DOUBLE))


def data_fork(data: bytes) -> bytes:
    """The file itself; empty in AppleDouble, where it stands beside. Raises nothing."""
    if not is_apple(data) or len(data) < _ENTRIES_AT:
        return b""
    count = int.from_bytes(data[24:26], "big")
    last = min(count, (len(data) - _ENTRIES_AT) // _ENTRY)
    entries = struct.iter_unpack(">III", data[_ENTRIES_AT : _ENTRIES_AT + last * _ENTRY])
    return next((data[at : at + size] for kind, at, size in entries if kind == _DATA_FORK), b"")
