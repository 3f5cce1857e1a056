"""Stand-ins that servers hand out for a mail or a file that they cannot give yet: the real one comes later under the same name.

Owns their signs: Exchange's IMAP service for a mail it cannot convert, and its scan of attachments (dynamic delivery).
"""

import re
from collections.abc import Iterable

_SUBJECT = re.compile(r"\s{0,5}retrieval (?:using the imap4? protocol )?failed\b", re.IGNORECASE)
_WORDS = re.compile(
    r"the server (?:couldn['’]?t|could not|was unable to) retrieve the following message|"
    r"the message (?:couldn['’]?t|could not) be retrieved using the imap4? protocol",
    re.IGNORECASE,
)
_FILE = re.compile(r"(?:atp|safe attachments?)[ _-]{0,3}scan[ _-]{0,3}in[ _-]{0,3}progress", re.IGNORECASE)
_HEAD = 1_000


def is_placeholder(subject: str, words: str, names: Iterable[str]) -> bool:
    """Whether a mail is no more than such a stand-in, or one of its files (by ``names``) is."""
    return bool(
        _SUBJECT.match(subject) or _WORDS.search(words[:_HEAD]) or any(_FILE.match(name.strip()) for name in names)
    )
