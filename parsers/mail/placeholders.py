"""Mails that stand for another: a server put words in the place of a mail or a file that it will hand over later.

Owns the words by which they are known: Exchange's "Retrieval using the IMAP4 protocol failed", Defender's "ATP Scan In
Progress", a bridge that could not decrypt. They count only where servers put them: a whole subject, the first words of a
short text, the name of a file or of a mail within the mail.
"""

from collections.abc import Iterable

SUBJECTS = ("retrieval using the imap4 protocol failed", "retrieval using the pop3 protocol failed")
WHOLE_SUBJECTS = ("retrieval failed", "message retrieval failed")
SCANS = ("scan in progress",)  # "ATP Scan In Progress", "Safe Attachments Scan In Progress"
TEXTS = (
    "the server couldn't retrieve",
    "the server could not retrieve",
    "the server was unable to retrieve",
    "the message couldn't be retrieved",
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
_ENDINGS = (".eml", ".msg", ".txt", ".html")


def is_placeholder(subject: str, words: str, names: Iterable[str]) -> bool:
    """Whether the whole mail, or a part of it by its name, is still to come."""
    head, text = _plain(subject), _plain(words[: LONGEST_TEXT + 1])
    said = len(words) <= LONGEST_TEXT and text.startswith(TEXTS)
    return said or head.startswith(SUBJECTS) or head in WHOLE_SUBJECTS or any(_is_scan(name) for name in names)


def _is_scan(name: str) -> bool:
    plain = _plain(name[: 2 * LONGEST_NAME]).replace("_", " ").replace("-", " ")
    for ending in _ENDINGS:
        plain = plain.removesuffix(ending)
    return plain.endswith(SCANS) and len(plain) <= LONGEST_NAME


def _plain(words: str) -> str:
    """Small letters, one kind of apostrophe, single blanks."""
    return " ".join(words.replace("’", "'").replace("`", "'").lower().split())
