"""Mails that stand for another: a server put words in the place of a mail or a file that it will hand over later.

Owns the words by which they are known: Exchange's "Retrieval using the IMAP4 protocol failed", Defender's "ATP Scan In
Progress", a bridge that could not decrypt. They count only where servers put them: a whole subject, the first words of a
short text, the name of a file. Pure; its cost is linear in the mail.
"""

from email.message import Message as Part
from email.parser import BytesParser

from parsers import headers
from parsers.reading import Mail

SUBJECTS = ("retrieval using the imap4 protocol failed", "retrieval using the pop3 protocol failed")
WHOLE_SUBJECTS = ("retrieval failed", "message retrieval failed")
SCANS = ("scan in progress",)  # "ATP Scan In Progress", "Safe Attachments Scan In Progress"
TEXTS = (
    "the server couldn't retrieve",
    "the server could not retrieve",
    "this message could not be decrypted",
    "message could not be decrypted",
    "the message could not be decrypted",
    "failed to decrypt message",
    "this message could not be fetched",
    "the message could not be fetched",
    "message could not be fetched",
    "this message could not be retrieved",
    "the message could not be retrieved",
    "this message has not been downloaded from the server",
    "the content of this message could not be",
)
LONGEST_TEXT = 1_500  # characters; what servers put in a mail's place is short
LONGEST_NAME = 60  # characters
MOST_PARTS = 300


def is_placeholder(raw: bytes, mail: Mail) -> bool:
    """Whether the whole mail, or a file of it, is still to come. Never raises."""
    subject, text = _plain(mail.subject), _plain(mail.text)
    said = len(text) <= LONGEST_TEXT and text.startswith(TEXTS)
    if said or subject.startswith(SUBJECTS) or subject in WHOLE_SUBJECTS:
        return True
    small = raw.lower()
    # Encoded names hold none of these words, so a mail with an encoded "scan" is looked at as well.
    if b"progress" not in small and b"=?" not in small:
        return False
    return any(_is_scan(name) for name in _names(raw))


def _is_scan(name: str) -> bool:
    plain = _plain(name).removesuffix(".eml").removesuffix(".msg").removesuffix(".txt").removesuffix(".html")
    return plain.endswith(SCANS) and len(plain) <= LONGEST_NAME


def _plain(words: str) -> str:
    """Small letters, one kind of apostrophe, single blanks."""
    return " ".join(words.replace("’", "'").replace("`", "'").lower().split())


def _names(raw: bytes) -> list[str]:
    """The names of all parts, and the subjects of mails within the mail."""
    try:
        parts = [BytesParser().parsebytes(raw)]
    except Exception:  # noqa: BLE001 - whatever it does to the library, it is no placeholder
        return []
    names: list[str] = []
    for number, part in enumerate(parts):  # grows while it is walked
        names += _name(part)
        if number and part["subject"]:
            names.append(headers.words(headers.value(part, "Subject")))
        if len(parts) < MOST_PARTS:
            parts += headers.parts(part)
    return names


def _name(part: Part) -> list[str]:
    found = [headers.parameter(headers.value(part, "Content-Disposition"), "filename")]
    found.append(headers.parameter(headers.value(part, "Content-Type"), "name"))
    return [name for name in found if name]
