"""Secrets in what a mail says outside its files: headers that people write, bodies of it and of the mails within it.

Owns where they are looked for. What is read of a mail is hidden by ``parsers.mail.message``; this tells of the rest too, so that
its sender is warned and its bytes are not kept.
"""

import html
from email.message import Message as Part

from parsers.mail.mime import header_fields
from parsers.mail.words import body_without_quotes
from parsers.secrets.mask import has_secret

# Headers that carry words of people; the others carry machines' marks, which look random by their nature.
_WORDS = (
    "Subject",
    "From",
    "To",
    "Cc",
    "Reply-To",
    "Sender",
    "Organization",
    "Comments",
    "Keywords",
    "Content-Description",
)
_SOURCE_CAP = 4_000_000  # characters of one body


def in_headers(part: Part) -> bool:
    """Whether a mail's subject, a name beside an address or another header of words has a secret."""
    return any(has_secret(header_fields.words(value)) for name in _WORDS for value in header_fields.values(part, name))


def in_body(words: str, *, is_html: bool) -> bool:
    """Whether a body has a secret: in its text, and in HTML also in attributes, addresses and comments."""
    source = words[:_SOURCE_CAP]
    if not is_html:
        return has_secret(source)
    return has_secret(html.unescape(source)) or has_secret(body_without_quotes.from_html(source))
