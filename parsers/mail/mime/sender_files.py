"""Which leaves of a mail are files of its sender, and which its program or a server put there.

Owns the signs of parts that programs add: signatures and keys, pictures within the text, what Macintosh, Outlook and
Thunderbird write beside a file. A real file stays one however its program sends it: inline, with a Content-ID, nameless.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import unquote

from parsers.formats import tnef
from parsers.formats.sniff import sniff
from parsers.mail.mime import applesingle, picture_size, smime

_ADDED_TYPES = frozenset(
    {
        *("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"),
        *("application/pgp-keys", "application/pgp-encrypted", "application/x-pkcs7-certificates", "application/pkix-cert"),
        *("text/vcard", "text/x-vcard", "text/directory", "application/vcard"),
        *("text/calendar", "application/ics", "text/x-moz-deleted", "application/vnd.ms-officetheme"),
        *("application/x-mso", "application/x-oleobject"),
        *("message/disposition-notification", "text/rfc822-headers"),
    }
)  # fmt: skip
_ADDED_ENDINGS = (".p7s", ".sig", ".p7c", ".vcf", ".ics", ".mso", ".thmx", ".ds_store")
# What Outlook and Word keep beside an HTML text, where it stands among the text's own pictures.
_OF_WORD = frozenset({"filelist.xml", "colorschememapping.xml", "header.htm", "header.html", "item.xml", "props.xml"})
# Exchange gives such names to the pieces of a text that other programs wrote around their attachments.
_PIECE_OF_TEXT = re.compile(r"ATT\d{3,8}(?:[ _-]?\d+)?\.(?:txt|html?|c)", re.IGNORECASE)
_PGP_ADDED = (b"-----BEGIN PGP SIGNATURE", b"-----BEGIN PGP PUBLIC KEY")
_PGP_LOCKED = b"-----BEGIN PGP MESSAGE"
# RFC 9580, 5: what a locked message begins with: a session key by public key or password, encrypted data of three kinds.
_PGP_LOCKED_TAGS = frozenset({1, 3, 9, 18, 20})
# The first eight bytes of a message.rpmsg, as Microsoft Rights Management locks mails (MS-OXORMMS).
_RPMSG = b"\x76\xe8\x04\x60\xc4\x11\xe3\x86"
# "cid:logo@mail.example", in src, background and url(…) (RFC 2392).
_CID = re.compile(r"cid:([^\"'\s<>)]{1,300})", re.IGNORECASE)
# `src="logo.png"`, `src = logo.png`: a picture by its Content-Location (RFC 2557).
_SOURCE = re.compile(r"\bsrc\s{0,3}=\s{0,3}[\"']?([^\"'\s<>]{1,300})", re.IGNORECASE)
# Bytes in which an armour's first line must begin; some text may stand above it.
_HEAD = 2_000
_SHEETS = frozenset({"xlsx", "xlsm", "xls", "xlsb", "ods", "docx", "odt", "rtf", "pdf", "encrypted"})


@dataclass(frozen=True)
class Leaf:
    """A part without parts. ``identifier`` is its Content-ID without brackets, ``location`` its Content-Location."""

    kind: str  # declared type
    name: str
    data: bytes = field(repr=False)
    disposition: str = ""  # inline, attachment, or nothing
    identifier: str = ""
    location: str = ""
    inside: bool = False  # of a mail within the mail
    related: bool = False  # within multipart/related
    lock: str = ""  # smime, pgp or rpmsg: only its addressee's program opens it

    @cached_property
    def format(self) -> str:
        """What its bytes are."""
        return sniff(self.data)


def lock_of(leaf: Leaf) -> str:
    """How a leaf is locked: smime, pgp or rpmsg; empty when it is not."""
    if leaf.kind == "application/x-microsoft-rpmsg-message" or leaf.data.startswith(_RPMSG):
        return "rpmsg"
    if leaf.data[:_HEAD].lstrip().startswith(_PGP_LOCKED) or _is_binary_pgp(leaf):
        return "pgp"
    return "smime" if _is_der(leaf) and smime.kind_of(leaf.data) == "encrypted" else ""


def _is_binary_pgp(leaf: Leaf) -> bool:
    """Whether name and first packet say that it is a locked OpenPGP message without armour (RFC 9580, 4.2)."""
    first = leaf.data[0] if leaf.data else 0
    tag = first & 0x3F if first & 0x40 else (first & 0x3C) >> 2  # the older form keeps two bits for a length
    return first >= 0x80 and tag in _PGP_LOCKED_TAGS and leaf.name.lower().endswith((".pgp", ".gpg"))  # noqa: PLR2004


def signed_content(leaf: Leaf) -> bytes | None:
    """What a signed or compressed message of S/MIME holds; None for any other leaf."""
    if _is_der(leaf) and smime.kind_of(leaf.data) in {"signed", "compressed"}:
        return smime.content(leaf.data)
    return None


def _is_der(leaf: Leaf) -> bool:
    return leaf.data[:1] == b"0" or "pkcs7" in leaf.kind or leaf.name.lower().endswith((".p7m", ".p7s", ".p7z", ".p7c"))


def is_piece_of_text(leaf: Leaf) -> bool:
    """Whether a named text is a piece of the mail's own text."""
    return _PIECE_OF_TEXT.fullmatch(leaf.name) is not None and leaf.format in {"text", "csv", "html", "empty"}


def is_added(leaf: Leaf) -> bool:
    """Whether no sender would miss it: a signature, a key, a visiting card, what systems keep beside a file."""
    if leaf.kind in _ADDED_TYPES or applesingle.is_apple(leaf.data) or leaf.data.lstrip()[:40].startswith(_PGP_ADDED):
        return True
    name = leaf.name.lower()
    if name.endswith(_ADDED_ENDINGS) or name.startswith("._"):
        return leaf.format not in _SHEETS
    if name in _OF_WORD and (leaf.related or leaf.identifier):
        return True
    if leaf.format == "tnef":
        return tnef.is_whole(leaf.data) and all(_is_ornament(data) for _, data in tnef.attachments(leaf.data))
    # A signature apart; opened ones do not come here. A file that bears such a thing under its own name is a broken file.
    named = not leaf.name or name.endswith((".p7m", ".p7b", ".p7z"))
    return named and _is_der(leaf) and smime.kind_of(leaf.data) == "signed" and smime.content(leaf.data) is None


def _is_ornament(data: bytes) -> bool:
    return sniff(data) == "image" and not picture_size.may_be_a_page(data)


def pointed_at(sources: Iterable[str]) -> frozenset[str]:
    """What the HTML texts of a mail show within them: Content-IDs and locations, in lower case."""
    found = (each for source in sources for pattern in (_CID, _SOURCE) for each in pattern.findall(source))
    return frozenset(unquote(each).lower() for each in found)


def within_the_text(leaf: Leaf, shown: frozenset[str]) -> bool:
    """Whether a picture belongs to the text: the text shows it, or it is small and no attachment."""
    if leaf.format != "image" and not leaf.kind.startswith("image/"):
        return False
    names = {name.lower() for name in (leaf.identifier, leaf.location) if name}
    if names & shown:
        return True
    loose = leaf.disposition != "attachment" and (leaf.disposition == "inline" or leaf.related or bool(leaf.identifier))
    return loose and not picture_size.may_be_a_page(leaf.data)


def files(leaves: Sequence[Leaf], shown: frozenset[str]) -> list[Leaf]:
    """The leaves that are files of the sender, in order. ``shown`` as by ``pointed_at``.

    Pictures within the text are none, unless nothing else was sent and one may be a photographed form: then that is the answer.
    """
    own = [leaf for leaf in leaves if not is_added(leaf)]
    rest = [leaf for leaf in own if not within_the_text(leaf, shown)]
    return rest or [leaf for leaf in own if picture_size.may_be_a_page(leaf.data)]
