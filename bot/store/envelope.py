"""The few headers by which a kept mail is listed: Message-ID, sender, subject. Anything odd becomes an empty text.

Owns only that: what a mail says is read in a child process, never here. A bounded piece of the headers is looked at.
"""

from dataclasses import dataclass
from email.message import Message as Part
from email.parser import BytesHeaderParser

from parsers import headers

_LONGEST_HEAD = 256 * 1024  # bytes
_LONGEST_TEXT = 1_000  # characters; more is no subject


@dataclass(frozen=True)
class Envelope:
    """Who wrote about what. ``message_id`` has no brackets, ``sender`` is a lower-case address; each may be empty."""

    message_id: str
    sender: str
    subject: str


def envelope(raw: bytes) -> Envelope:
    """The listing of a mail. Never raises: whatever arrived is kept."""
    part = _headers(raw)
    identifiers = headers.identifiers(headers.value(part, "Message-ID"))
    senders = headers.addresses(headers.value(part, "From"))
    return Envelope(
        next(iter(identifiers), "")[:_LONGEST_TEXT],
        next((address for _, address in senders), "")[:_LONGEST_TEXT],
        headers.words(headers.value(part, "Subject"))[:_LONGEST_TEXT],
    )


def headers_only(raw: bytes) -> bool:
    """Whether nothing follows the headers."""
    return not _split(raw)[1].strip()


def _headers(raw: bytes) -> Part:
    head, _ = _split(raw[:_LONGEST_HEAD])
    try:
        return BytesHeaderParser().parsebytes(head)
    except Exception:  # noqa: BLE001 - the mail must be kept whatever its headers do to the library
        return Part()


def _split(raw: bytes) -> tuple[bytes, bytes]:
    ends = [(at, at + len(gap)) for gap in (b"\r\n\r\n", b"\n\n") if (at := raw.find(gap)) >= 0]
    head, rest = min(ends, default=(len(raw), len(raw)))
    return raw[:head], raw[rest:]
