"""The parts of a multipart whose boundary the library did not find: folded, in another case, or not the declared one.

Owns the search for the boundary that really stands in the body (RFC 2046, 5.1.1). Linear in the body.
"""

import re
from collections.abc import Iterator

# RFC 2046, 5.1.1 allows 70; a line of three times that is surely none.
_LONGEST = 200  # RFC 2046 allows 70
# `boundary="----=_Part_1"`, `boundary = abc`, and an open quote, as where the header was cut.
_PARAMETER = re.compile(rb"(?i)boundary\s{0,5}=\s{0,5}(?:\"([^\"]{1,300})(?:\"|$)|([^;\"]{1,300}))")
# "boundary=abc (a comment)": RFC 2045, 5.1 allows one.
_COMMENT = re.compile(rb"\([^()]{0,300}\)")
# "Content-Type:" under a line that begins with "--": that line is a boundary.
_HEADER = re.compile(rb"\s{0,4}content-[a-z-]{1,30}\s{0,4}:", re.IGNORECASE)
# "--_NextPart_000": letters without a blank, as boundaries are; "-- " and "--- original ---" are not.
_BARE = re.compile(rb"[^\s\"]{5,70}")


def rebuilt(content_type: bytes, body: bytes) -> bytes:
    """The same parts as a whole multipart with a plain boundary; empty where no boundary can be found.

    ``content_type`` is the header's unfolded value.
    """
    found = _found(content_type, body)
    if not found:
        return b""
    plain = _free(body)
    # The boundary at a line's beginning, with "--" behind it where the multipart ends (RFC 2046, 5.1.1).
    delimiter = re.compile(rb"^--" + re.escape(found) + rb"(--)?[ \t]*(?=\r?$)", re.MULTILINE | re.IGNORECASE)
    parts = delimiter.sub(lambda match: b"--" + plain + (match[1] or b""), body)
    return b'Content-Type: multipart/mixed; boundary="' + plain + b'"\n\n' + parts


def _free(body: bytes) -> bytes:
    """A boundary that does not stand in the body."""
    # A number that no "parts-…" of the body has.
    return b"parts-%d" % (max((int(each) for each in re.findall(rb"parts-(\d{1,9})", body)), default=0) + 1)


def _found(content_type: bytes, body: bytes) -> bytes:
    """The boundary as it stands in the body."""
    lines = {line.lower(): line for line, _ in _lines(body)}
    for said in _said(content_type):
        if said.lower() in lines:
            return lines[said.lower()]
    return next(_likely(body), b"")


def _lines(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """What stands behind "--" in lines that begin so, and the line below each."""
    lines = body.split(b"\n")
    for line, below in zip(lines, [*lines[1:], b""], strict=True):
        if line.startswith(b"--") and (said := line[2 : _LONGEST + 50].rstrip()) and len(said) <= _LONGEST:
            yield said, below[:60]


def _said(content_type: bytes) -> Iterator[bytes]:
    """What the header may mean: a line break within it stands for a blank, a tab, or nothing; comments are none of it."""
    match = _PARAMETER.search(content_type)
    value = (match[1] or match[2] or b"").rstrip() if match else b""
    if value:
        # A folded value: "abc\r\n def" may mean "abc def", "abc\tdef" or "abcdef".
        yield from dict.fromkeys(
            each.strip()
            for whole in (value, _COMMENT.sub(b"", value))
            for each in (
                whole,
                re.sub(rb"\s+", b" ", whole),
                re.sub(rb"\s+", b"\t", whole),
                re.sub(rb"\s+", b"", whole),
                whole.strip(b"\"' \t"),
            )
            if each.strip()
        )


def _likely(body: bytes) -> Iterator[bytes]:
    """Lines that may be the boundary: first those with a header of a part under them, then any of a boundary's letters."""
    yield from (said for said, below in _lines(body) if _HEADER.match(below) and not said.endswith(b"--"))
    yield from (said for said, _ in _lines(body) if _BARE.fullmatch(said))
