"""One file of a mail by its name, as it was attached: for what goes on to others as it is."""

import json

from parsers.mail.message import parse


def attached_file(raw: bytes, name: str) -> bytes:
    """The bytes of the attachment ``name``, named as readings name it. Raises LookupError unless there is just one."""
    found = [attachment.data for attachment in parse(raw).attachments if attachment.name == name]
    if len(found) != 1:
        raise LookupError(f"{len(found)} attachments are named {name}")
    return found[0]


def packed_files(raw: bytes) -> bytes:
    """All attachments of a mail in one, as ``unpacked_files`` parts them again: a line of JSON with names and sizes, the bytes."""
    attachments = parse(raw).attachments
    head = json.dumps([(each.name, len(each.data)) for each in attachments])
    return b"\n".join((head.encode("ascii"), b"".join(each.data for each in attachments)))


def unpacked_files(packed: bytes) -> list[tuple[str, bytes]]:
    """Names and bytes of what was packed."""
    head, _, data = packed.partition(b"\n")
    found: list[tuple[str, bytes]] = []
    for name, size in json.loads(head):
        found.append((str(name), data[:size]))
        data = data[size:]
    return found
