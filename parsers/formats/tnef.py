"""``winmail.dat``, Outlook's own wrapping of a mail's attachments: the files in it, by name and content.

Owns the walk over the stream's objects, so that one object the library stumbles over costs its own attachment at most. Only
attachments are looked at; what the stream says of the mail itself is in the mail's own headers already.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from tnefparse.properties import MAPI_ATTACH_LONG_FILENAME  # type: ignore[import-untyped]  # ships no types
from tnefparse.tnef import TNEF, TNEFAttachment, TNEFObject  # type: ignore[import-untyped]  # as above

from parsers.thai import charsets

_HEAD = 6  # the signature and a key
_PROPERTY = 8  # the least bytes of a property: type, name, value
_AROUND = 11  # level, name, type and length of an object before its data, a checksum after it
# Byte strings are handed through the library letter by letter: it would give up at the first one its code page lacks.
_AS_BYTES = "latin-1"


def attachments(data: bytes) -> list[tuple[str, bytes]]:
    """(name, content) of the files in ``data``, in order; a name may be empty. Never raises."""
    found: list[TNEFAttachment] = []
    plain: dict[int, bytes] = {}  # by index; the library strips zero bytes from what it finds among the properties
    codepage = ""
    for part in _objects(data):
        if part.name == TNEF.ATTATTACHRENDDATA:
            found.append(TNEFAttachment(_AS_BYTES))
        if part.name == TNEF.ATTATTACHDATA:
            plain[len(found) - 1] = part.data
        elif part.level == TNEF.LVL_ATTACHMENT and found:
            if part.name == TNEF.ATTATTACHMENT:
                part.data = _bounded(part.data)
            # What was taken in before the fault stays; a mail within the mail is opened by whoever reads its bytes.
            with suppress(Exception):
                found[-1].add_attr(part)
        elif part.name == TNEF.ATTOEMCODEPAGE:
            codepage = f"cp{int.from_bytes(part.data[:4], 'little')}"
    contents = [plain.get(number) or each.data for number, each in enumerate(found)]
    return [(_name(each, codepage), content) for each, content in zip(found, contents, strict=True) if content]


def is_whole(data: bytes) -> bool:
    """Whether the stream is complete: then what it does not hold was never in it."""
    at = _HEAD
    while at + _AROUND <= len(data):
        at += int.from_bytes(data[at + 5 : at + 9], "little") + _AROUND
    return len(data) > _HEAD and at == len(data)


class _Bounded(bytes):
    """Bytes behind whose end there is nothing to read, not even nothing."""

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, slice) and key.start is not None and key.start > len(self):
            raise IndexError("behind the end")
        return super().__getitem__(key)


def _bounded(properties: bytes) -> bytes:
    """The same properties, in as many as there is room for: the library would count as far as the stream says, four billion."""
    count = min(int.from_bytes(properties[:4], "little"), len(properties) // _PROPERTY)
    return _Bounded(count.to_bytes(4, "little") + properties[4:])


def _objects(data: bytes) -> Iterator[TNEFObject]:
    """The stream's objects. The library's own walk copies the rest of the stream for each."""
    at = _HEAD
    while at + _AROUND <= len(data):
        size = int.from_bytes(data[at + 5 : at + 9], "little") + _AROUND
        yield TNEFObject(data[at : at + size])
        at += size


def _name(attachment: TNEFAttachment, codepage: str) -> str:
    long = (each.data for each in attachment.mapi_attrs if each.name == MAPI_ATTACH_LONG_FILENAME)
    said = next(long, None) or attachment._name  # noqa: SLF001 - the public one takes every name for UTF-8
    first: object = said[0] if isinstance(said, list) and said else said
    if isinstance(first, bytes):
        return charsets.decode(first.strip(b"\0"), codepage)
    if not isinstance(first, str):
        return ""
    try:
        return charsets.decode(first.strip("\0").encode(_AS_BYTES), codepage)
    except UnicodeEncodeError:  # it was Unicode in the stream
        return first.strip("\0")
