"""How large a picture is, by its first bytes: enough to tell a logo from a photographed page. Opens nothing."""

import struct
from collections.abc import Iterator
from itertools import islice

_JPEG_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
# Segments before the frame: thumbnails and profiles, some dozens at most.
_SEGMENTS = 200
# The least of a picture on which a table of a few rows can be read; signatures and banners are smaller or flatter.
_PAGE_SIDE, _PAGE_AREA = 240, 160_000  # pixels
_PAGE_BYTES = 60_000  # where the pixels are not told


def may_be_a_page(data: bytes) -> bool:
    """Whether a picture is large enough to be of a form that somebody filled in. Raises nothing."""
    size = _pixels(data)
    if size is None:
        return len(data) >= _PAGE_BYTES
    return min(size) >= _PAGE_SIDE and size[0] * size[1] >= _PAGE_AREA


def _pixels(data: bytes) -> tuple[int, int] | None:
    """Width and height; None where the format does not say so in its beginning."""
    try:
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            return struct.unpack_from(">II", data, 16)
        if data.startswith((b"GIF87a", b"GIF89a")):
            return struct.unpack_from("<HH", data, 6)
        if data.startswith(b"BM"):
            width, height = struct.unpack_from("<ii", data, 18)
            return abs(width), abs(height)
        return _jpeg(data) if data.startswith(b"\xff\xd8") else None
    except struct.error:
        return None


def _jpeg(data: bytes) -> tuple[int, int] | None:
    for at, marker in islice(_segments(data), _SEGMENTS):
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
    return None


def _segments(data: bytes) -> Iterator[tuple[int, int]]:
    """Where each segment begins, and its marker."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:  # noqa: PLR2004 - a marker's first byte
        yield at, data[at + 1]
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
