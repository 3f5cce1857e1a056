"""Letter to bytes: the words, the enclosures, the headers, one MIME message that never changes again.

The same letter rendered at the same moment gives the same bytes: boundaries and Message-ID come from the letter's key and
a secret of the office, so a letter made twice is recognised as one, and nobody outside can guess a Message-ID.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from bot.documents.mail.attachments import Desk, attach, made
from bot.documents.mail.progress_chart import progress_picture
from bot.documents.mail.templates import words
from bot.documents.typography.digits import digits_of_text
from bot.office.letters.enclosures import Enclosure, MarkedCopy, ReadyFile
from bot.office.letters.letter import ANSWERS, Letter, LetterKind, Rendered
from bot.office.model.bangkok_time import BANGKOK

PICTURE = "progress@ruam"  # Content-ID of the picture in a letter
MOST_REFERENCES = 20  # Message-IDs kept of a long thread: the first and the newest
# Characters of a Message-ID that a header can bear in one line (RFC 5322, 2.1.1 allows 998), with room for more of
# them.
LONGEST_ID = 250


def message_id(kind: LetterKind, circular: str, addressee: str, occasion: str, desk: Desk) -> str:
    """The Message-ID, without brackets, of the letter with this key. Deterministic, and unguessable without the secret."""
    key = f"{desk.office.slug}|{kind.value}|{circular}|{addressee}|{occasion}"
    return f"{circular or 'ruam'}.{kind.value}.{_digest(desk, key)}@{desk.office.address.partition('@')[2]}"


def render(letter: Letter, desk: Desk) -> Rendered:
    """The letter as final bytes with its enclosures. Raises ValueError when it is addressed to nobody."""
    recipients = tuple(dict.fromkeys(address for address in (*letter.to, *letter.cc) if address))
    if not recipients:
        raise ValueError(f"letter {letter.key} is addressed to nobody")
    identity = message_id(letter.kind, letter.circular, letter.addressee, letter.occasion, desk)
    enclosed = [(enclosure, file) for enclosure in letter.enclosures if (file := made(enclosure, desk))]
    files = tuple(file for _, file in enclosed)
    view = {"office": desk.office, "now": desk.now, "picture": PICTURE if letter.picture else ""}
    naming = desk.roster.naming
    view |= {"called": naming.called, "local": not naming.types}
    view |= {**_named(enclosed), **letter.view}
    text, page = words(letter.template or letter.kind.value, view, thai=desk.office.thai_digits)
    mail = EmailMessage(policy=SMTP)
    _address(mail, letter, desk)
    _identify(mail, letter, identity)
    mail.set_content(text, cte="base64")
    mail.add_alternative(page, subtype="html", cte="base64")
    if letter.picture:
        _draw(mail, letter, desk)
    for file in files:
        attach(mail, _one_line(file.name), file.content)
    _fix_boundaries(mail, identity, desk)
    return Rendered(
        letter, identity, desk.office.address, recipients, _thai_head(letter, desk) + mail.as_bytes(), desk.now, files
    )


def _draw(mail: EmailMessage, letter: Letter, desk: Desk) -> None:
    """The letter's picture beside its HTML, by Content-ID (RFC 2392): a picture of another kind is not shown by all."""
    page = mail.get_body(("html",))
    if page is not None:
        content = progress_picture(letter.picture, thai=desk.office.thai_digits)
        page.add_related(content, "image", "png", cid=f"<{PICTURE}>", filename="progress.png", disposition="inline")


def readdressed(raw: bytes, letter: Letter, desk: Desk) -> Rendered:
    """A letter of ours, as its bytes were, to other addresses and under the Message-ID of its new key."""
    identity = message_id(letter.kind, letter.circular, letter.addressee, letter.occasion, desk)
    head, gap, content = raw.partition(b"\r\n\r\n")
    kept = [
        field
        # Where a header ends: at a line end that no blank follows (RFC 5322, 2.2.3).
        for field in re.split(rb"\r\n(?![ \t])", head)
        if not field.lower().startswith((b"to:", b"cc:", b"message-id:", b"date:"))
    ]
    fresh = EmailMessage(policy=SMTP)
    _address(fresh, letter, desk)
    fresh["Message-ID"] = f"<{identity}>"
    new = b"\r\n".join((fresh.as_bytes().rstrip(b"\r\n"), *kept)) + gap + content
    return Rendered(letter, identity, desk.office.address, letter.to, new, desk.now)


def _named(enclosed: Iterable[tuple[Enclosure, ReadyFile]]) -> dict[str, list[str]]:
    """The names of the enclosures for the words: copies of the reader's own files, and the others apart."""
    names: dict[str, list[str]] = {"files": [], "marked": []}
    for enclosure, file in enclosed:
        names["marked" if isinstance(enclosure, MarkedCopy) else "files"].append(file.name)
    return names


def _address(mail: EmailMessage, letter: Letter, desk: Desk) -> None:
    mail["To"] = [_addressee(address) for address in letter.to if address]
    if any(letter.cc):
        mail["Cc"] = [_addressee(address) for address in letter.cc if address]
    mail["Date"] = format_datetime(desk.now.astimezone(BANGKOK))


def _thai_head(letter: Letter, desk: Desk) -> bytes:
    """The header lines that hold Thai, folded by ``email.header``: the newer folding loses spaces between words (3.11)."""
    local, _, domain = desk.office.address.partition("@")
    subject = digits_of_text(_subject(letter), thai=desk.office.thai_digits)
    name = _encoded("Reply-To", _one_line(desk.office.name))  # the longer of the two headers it stands in
    lines = [f"From: {name}\r\n <{local}@{domain}>", f"Subject: {_encoded('Subject', subject)}"]
    if letter.circular:
        lines.append(f"Reply-To: {name}\r\n <{local}+{letter.circular}@{domain}>")
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _encoded(header: str, text: str) -> str:
    """RFC 2047 words, each line at most 76 characters."""
    return Header(text, "utf-8", header_name=header).encode(linesep="\r\n")


def _identify(mail: EmailMessage, letter: Letter, identity: str) -> None:
    mail["Message-ID"] = f"<{identity}>"
    answered = _bare_id(letter.in_reply_to)
    thread = [reference for reference in map(_bare_id, letter.references) if reference and reference != answered]
    if answered:
        mail["In-Reply-To"] = f"<{answered}>"
        thread.append(answered)
    if len(thread) > MOST_REFERENCES:
        thread = [thread[0], *thread[1 - MOST_REFERENCES :]]
    if thread:
        mail["References"] = " ".join(f"<{reference}>" for reference in thread)
    # No Precedence: it is no standard, some servers put such mail off or drop its bounces, and Auto-Submitted with
    # Exchange's own header already keeps holiday messages away.
    mail["Auto-Submitted"] = "auto-replied" if letter.kind in ANSWERS else "auto-generated"
    mail["X-Auto-Response-Suppress"] = "OOF, AutoReply, DR, RN, NRN"  # "All" would hold back bounces too
    mail["X-Ruam-Kind"] = letter.kind.value
    if circulars := letter.circular or ", ".join(letter.view.get("slugs", ())):
        mail["X-Ruam-Circular"] = circulars


def _subject(letter: Letter) -> str:
    subject = _one_line(letter.subject)
    token = f"[{letter.circular}]"
    return f"{token} {subject}" if letter.circular and token not in subject else subject


def _addressee(address: str) -> Address:
    """The address alone, without a name. Raises ValueError for what is no address or would smuggle in a header."""
    if any(unicodedata.category(character).startswith("C") for character in address):
        raise ValueError(f"{address!r} is no mail address")
    return Address(addr_spec=address)


def _one_line(text: str) -> str:
    """Text fit for a header: line ends and other control characters become spaces, so no header can be smuggled in."""
    clean = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text)
    return " ".join(clean.split())


def _bare_id(reference: str) -> str:
    """A Message-ID without brackets, or nothing when it could not stand in a header safely."""
    bare = reference.strip().strip("<>")
    # No blank and no bracket in a Message-ID (RFC 5322, 3.6.4); odd ones are not answered to by their identifier.
    good = bare.isascii() and bare.isprintable() and not re.search(r"[\s<>]", bare) and len(bare) <= LONGEST_ID
    return bare if good else ""


def _fix_boundaries(mail: EmailMessage, identity: str, desk: Desk) -> None:
    for number, part in enumerate(mail.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_ruam_{_digest(desk, f'{identity}|{number}')}")


def _digest(desk: Desk, text: str) -> str:
    return hmac.new(desk.secret.encode(), text.encode(), hashlib.sha256).hexdigest()[:24]
