"""The few headers by which a kept mail is listed: Message-ID, sender, subject. Anything odd becomes an empty text.

Owns only that: what a mail says is read in a child process, never here. A bounded piece of the headers is looked at.
"""

import hashlib
from dataclasses import dataclass
from email.message import Message as Part
from email.parser import BytesHeaderParser

from parsers.mail.mime import header_fields
from parsers.secrets.mask import mask_secrets

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
    identifiers = header_fields.identifiers(header_fields.value(part, "Message-ID"))
    _, sender = header_fields.sender(header_fields.value(part, "From"))
    return Envelope(
        next(iter(identifiers), "")[:_LONGEST_TEXT],
        sender[:_LONGEST_TEXT],
        mask_secrets(header_fields.words(header_fields.value(part, "Subject"))[: 2 * _LONGEST_TEXT])[:_LONGEST_TEXT],
    )


def content_digest(raw: bytes) -> str:
    """A digest of what a mail says: subject, kind of content, body. Copies of one mail that came different ways share it.

    Empty when there is no body: of such mails nobody can say that they are the same.
    """
    part = _headers(raw)
    body = _split(raw)[1].replace(b"\r\n", b"\n").strip()
    if not body:
        return ""
    said = [header_fields.words(header_fields.value(part, "Subject"))]
    said += [
        header_fields.words(header_fields.value(part, name)) for name in ("Content-Type", "Content-Transfer-Encoding")
    ]
    return hashlib.sha256("\0".join(said).encode("utf-8", "replace") + b"\0" + body).hexdigest()


def headers_of(raw: bytes) -> bytes:
    """The headers alone, cut at a bounded length, as a mail without a body."""
    return _split(raw)[0][:_LONGEST_HEAD] + b"\r\n\r\n"


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
