"""One part of a mail as it came: its type, its content, its name.

Owns what the standard parser leaves to be tidied. Linear in the part.
"""

from email import policy
from email.message import Message as Part
from email.parser import BytesHeaderParser

from parsers.mail.mime import header_fields, part_tree, transfer_encoding
from parsers.secrets.mask import mask_secrets
from parsers.thai import text

# Characters of a name without its ending; file systems allow 255 bytes, which are 85 Thai letters.
NAME_CAP = 150


def parsed(raw: bytes) -> tuple[Part, list[str]]:
    """A mail's parts, or as much as can be had, and what went wrong. Never raises."""
    try:
        return part_tree.parsed(raw), []
    except Exception as error:  # noqa: BLE001 - deep nesting ends in RecursionError, odd headers in others
        fault = f"structure: {type(error).__name__}"
    try:
        return BytesHeaderParser(policy=policy.compat32).parsebytes(raw), [fault]
    except Exception as error:  # noqa: BLE001 - see above
        return Part(), [fault, f"headers: {type(error).__name__}"]


def type_of(part: Part) -> str:
    """The declared type in lower case; a part without one is text/plain by RFC 2045."""
    declared = header_fields.value(part, "Content-Type").split(b";")[0].decode("latin-1").strip().lower()
    return declared if declared.count("/") == 1 else "text/plain"


def encoding_of(part: Part) -> str:
    """The declared encoding, as by ``transfer_encoding.named``."""
    return transfer_encoding.named(header_fields.values(part, "Content-Transfer-Encoding"))


def content_of(part: Part, *, is_text: bool) -> bytes:
    """A leaf's content, by its declared encoding or by what it surely is."""
    return transfer_encoding.decoded(raw_of(part), encoding_of(part), is_text=is_text)


def raw_of(part: Part) -> bytes:
    """A leaf's bytes as they came. The library hands them out untouched only where no encoding is declared."""
    declared = encoding_of(part)
    del part["Content-Transfer-Encoding"]
    payload = part.get_payload(decode=True)
    part["Content-Transfer-Encoding"] = declared  # tidied, for whoever asks the library later
    return payload if isinstance(payload, bytes) else b""


def name_of(part: Part) -> str:
    """A leaf's file name without folders; empty when it has none."""
    content_disposition, content_type = (
        header_fields.value(part, name) for name in ("Content-Disposition", "Content-Type")
    )
    return clean_name(
        header_fields.parameter(content_disposition, "filename") or header_fields.parameter(content_type, "name")
    )


def clean_name(said: str) -> str:
    """A file name as it is shown: no folders, no secrets, of a bounded length."""
    base = mask_secrets(text.normalise(said)).replace("\\", "/").rstrip("/").rpartition("/")[2].strip(" .")
    stem, dot, ending = base.rpartition(".")
    return f"{stem[:NAME_CAP]}{dot}{ending}" if dot and len(ending) < 10 else base[:NAME_CAP]  # noqa: PLR2004 - an ending
