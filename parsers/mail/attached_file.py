"""One file of a mail by its name, as it was attached: for what goes on to others as it is."""

from parsers.mail.message import parse


def attached_file(raw: bytes, name: str) -> bytes:
    """The bytes of the attachment ``name``, named as readings name it. Raises LookupError unless there is just one."""
    found = [attachment.data for attachment in parse(raw).attachments if attachment.name == name]
    if len(found) != 1:
        raise LookupError(f"{len(found)} attachments are named {name}")
    return found[0]
