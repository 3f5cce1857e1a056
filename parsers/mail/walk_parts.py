"""The way through a mail's parts: what its sender wrote, the files, the mails within it.

Owns the caps on parts and depth. Whatever a part does to its reader costs that part alone. Linear in the mail.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from email.message import Message as Part

from parsers.formats.refused_formats import NAMED
from parsers.formats.sniff import sniff
from parsers.mail import secrets_in_mail
from parsers.mail.kind import calendar_method, is_bare_reply
from parsers.mail.mime import applesingle, boundary, header_fields, sender_files, transfer_encoding, uuencode
from parsers.mail.mime.part_content import (
    NAME_CAP,
    clean_name,
    content_of,
    encoding_of,
    name_of,
    parsed,
    raw_of,
    type_of,
)
from parsers.mail.mime.sender_files import Leaf
from parsers.mail.words import format_flowed, pgp_cleartext
from parsers.secrets.mask import mask_secrets
from parsers.thai import charsets, text

# Mails of real offices have under 30 parts, a province of 84 organisations could send 84 files; the caps stop made ones.
PARTS_CAP = 300
ATTACHMENTS_CAP = 120
MESSAGES_DEEP = 5  # a forward of a forward of a forward
MULTIPARTS_DEEP = 20
# Parts of these types are files even when they came nameless and broken, and must be answered as such.
_OFFICE_TYPES = (
    *("application/vnd.", "application/ms", "application/pdf", "application/x-zip", "application/zip"),
    *("text/csv", "text/tab-separated-values"),
)
# Reports of mail programs and servers, which hold no mail.
_NO_MAILS = frozenset(
    {
        *("message/delivery-status", "message/global-delivery-status", "message/disposition-notification"),
        *("message/global-disposition-notification", "message/feedback-report", "message/external-body"),
        *("message/rfc822-headers", "message/global-headers"),
    }
)
_FILES = frozenset(
    {
        *("xlsx", "xlsm", "xls", "xlsb", "xmlss", "ods", "fods", "docx", "odt", "fodt", "pptx", "zip", "gz", "encrypted", "ole", "tnef"),
        *("pdf", "image", "rtf", "link", *NAMED),
    }
)  # fmt: skip


@dataclass
class Body:
    """The texts of one mail: of the mail itself or of one within it."""

    subject: str = ""
    plain: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Spot:
    """Where in a mail a part stands."""

    body: int = 0  # number of the mail among the bodies; 0 is the mail itself
    messages: int = 0
    multiparts: int = 0
    related: bool = False


class Walk:
    """The parts of one mail as they are met, and what was met in them."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.incomplete = self.secret = False
        self.bodies: list[Body] = [Body()]
        self.leaves: list[Leaf] = []
        self.names: list[str] = []  # of parts, and subjects of mails within the mail
        self.calendar = ""  # METHOD of an invitation or of what answers one
        self.bare_reply = False  # every calendar met answers an invitation without a comment
        self._parts = 0
        # A delivery report carries back what was sent, perhaps our own form; that is nobody's answer.
        self._is_report = False

    def leave_out(self, why: str) -> None:
        """Note that something of the mail is not read."""
        self.incomplete = True
        self.notes.append(why)

    def take(self, root: Part) -> None:
        """Visit every part under ``root``, depth first."""
        waiting: list[tuple[Part, _Spot]] = [(root, _Spot())]
        while waiting:
            part, spot = waiting.pop()
            self._parts += 1
            if self._parts > PARTS_CAP:
                self.leave_out(f"more than {PARTS_CAP} parts")
                return
            try:
                self._is_report = self._is_report or (part is root and type_of(root) == "multipart/report")
                inner = self._within(part, spot)
            except Exception as error:  # noqa: BLE001 - no fault of a part's reader may cost the others
                self.leave_out(f"part {self._parts}: {type(error).__name__}")
                continue
            if inner and (inner[0][1].messages > MESSAGES_DEEP or inner[0][1].multiparts > MULTIPARTS_DEEP):
                self.leave_out("nested too deep")
            else:
                waiting += reversed(inner)

    def _within(self, part: Part, spot: _Spot) -> list[tuple[Part, _Spot]]:
        """The parts within ``part`` and where they stand; none in a leaf, which is taken in here."""
        kind = type_of(part)
        deeper = replace(spot, multiparts=spot.multiparts + 1, related=kind == "multipart/related")
        if kind.startswith("message/"):
            return self._nested(part, kind, deeper)
        if part.is_multipart():
            return [(child, deeper) for child in header_fields.parts(part)]
        data = content_of(part, is_text=kind.startswith(("text/", "multipart/")))
        if kind.startswith("multipart/") and (found := _rebuilt(part, data)):
            return [(child, deeper) for child in found]
        return self._leaf(part, data, spot)

    def _nested(self, part: Part, kind: str, spot: _Spot) -> list[tuple[Part, _Spot]]:
        child = next(iter(header_fields.parts(part)), None)
        if self._is_report or kind in _NO_MAILS or child is None:
            return []
        self.names.append(name_of(part))
        if not child.keys():
            # It was encoded though it must not be: the library took the letters for a text without headers.
            data = transfer_encoding.decoded(raw_of(child), encoding_of(part), is_text=True)
            child = parsed(data)[0]
        return self._foreign(child, spot)

    def _foreign(self, child: Part, spot: _Spot) -> list[tuple[Part, _Spot]]:
        """A mail within the mail, unless it is one of ours coming back."""
        if header_fields.value(child, "X-Ruam-Kind"):
            self.notes.append("a mail of ours within the mail was left alone")
            return []
        self.secret = self.secret or secrets_in_mail.in_headers(child)
        subject = mask_secrets(text.normalise(header_fields.words(header_fields.value(child, "Subject"))))[:NAME_CAP]
        self.names.append(subject)
        self.bodies.append(Body(subject))
        return [(child, replace(spot, body=len(self.bodies) - 1, messages=spot.messages + 1, related=False))]

    def _leaf(self, part: Part, data: bytes, spot: _Spot) -> list[tuple[Part, _Spot]]:
        leaf = _leaf_of(part, data, spot)
        self.names.append(leaf.name)
        if leaf.name.lower().endswith(".eml") and leaf.format == "eml":
            return self._foreign(parsed(data)[0], replace(spot, multiparts=spot.multiparts + 1))
        opened = sender_files.signed_content(leaf)
        if opened:
            return self._opened(leaf, opened, spot)
        if lock := sender_files.lock_of(leaf):
            self.leaves.append(replace(leaf, lock=lock))
            return []
        if leaf.kind == "text/calendar" and not spot.body:
            self._calendar(part, data)
        if not _is_words(leaf):
            self._file(leaf)
        elif not sender_files.is_added(leaf):
            self._words(leaf, header_fields.value(part, "Content-Type"), spot)
        return []

    def _calendar(self, part: Part, data: bytes) -> None:
        if method := calendar_method(part, data):
            self.bare_reply = is_bare_reply(method, data) and (self.bare_reply or not self.calendar)
            self.calendar = self.calendar or method

    def _opened(self, leaf: Leaf, data: bytes, spot: _Spot) -> list[tuple[Part, _Spot]]:
        """What was signed: a mail's parts, read as if they stood here, or a file that bears its signature around it."""
        deeper = replace(spot, multiparts=spot.multiparts + 1)
        if sniff(data) in _FILES:
            # "report.xlsx.p7m" is report.xlsx with a signature around it.
            name = re.sub(r"(?i)\.p7[mz]$", "", leaf.name)
            self._file(
                replace(leaf, name=name if name.lower() != "smime" else "", data=data, kind="application/octet-stream")
            )
            return []
        child = parsed(data)[0]
        if type_of(child) == "message/rfc822":  # RFC 8551, 3.1: so that the headers are signed, too
            return [(inner, deeper) for inner in header_fields.parts(child)]
        return [(child, deeper)]

    def _file(self, leaf: Leaf) -> None:
        attached = leaf.name or leaf.disposition == "attachment"
        if not (attached or leaf.format in _FILES or leaf.kind.startswith(_OFFICE_TYPES)):
            return
        fork = applesingle.data_fork(leaf.data)
        self.leaves.append(replace(leaf, data=fork, kind="application/octet-stream") if fork else leaf)

    def _words(self, leaf: Leaf, content_type: bytes, spot: _Spot) -> None:
        """A text of a mail, without the files that programs from before MIME wrote into it."""
        data, found = uuencode.split(leaf.data)
        for each in found:
            name = clean_name(header_fields.words(each.name))
            self._file(Leaf("application/octet-stream", name, each.data, inside=leaf.inside))
        words = charsets.decode(data, header_fields.parameter(content_type, "charset") or None)
        if header_fields.parameter(content_type, "format").lower() == "flowed":
            words = format_flowed.unflowed(words, delsp=header_fields.parameter(content_type, "delsp").lower() == "yes")
        words = pgp_cleartext.without_armour(words)
        to = self.bodies[spot.body]
        is_html = leaf.kind == "text/html" or (sniff(data) == "html" and leaf.kind != "text/plain")
        self.secret = self.secret or secrets_in_mail.in_body(words, is_html=is_html)
        (to.html if is_html else to.plain).append(words)

    def files(self) -> list[Leaf]:
        """The files of the sender, in order, as many as the cap allows."""
        shown = sender_files.pointed_at(source for each in self.bodies for source in each.html)
        found = sender_files.files(self.leaves, shown)
        for leaf in found[ATTACHMENTS_CAP:]:
            self.leave_out(f"attachment left out: {leaf.name}")
        return found[:ATTACHMENTS_CAP]


def _is_words(leaf: Leaf) -> bool:
    """Whether a leaf is a text of its mail and no file."""
    if sender_files.is_piece_of_text(leaf):
        return True
    attached = leaf.name or leaf.disposition == "attachment" or leaf.format in _FILES
    # A part declared multipart without parts is a body whose structure was lost.
    return not attached and (leaf.kind in ("text/plain", "text/html") or leaf.kind.startswith("multipart/"))


def _rebuilt(part: Part, data: bytes) -> Sequence[Part]:
    whole = boundary.rebuilt(header_fields.value(part, "Content-Type"), data)
    return header_fields.parts(parsed(whole)[0]) if whole else ()


def _leaf_of(part: Part, data: bytes, spot: _Spot) -> Leaf:
    said = header_fields.value(part, "Content-Disposition").decode("latin-1").lower().lstrip()
    return Leaf(
        type_of(part),
        name_of(part),
        data,
        next((each for each in ("attachment", "inline") if said.startswith(each)), ""),
        header_fields.value(part, "Content-ID").decode("latin-1").strip(" <>"),
        header_fields.value(part, "Content-Location").decode("latin-1").strip(' <>"'),
        inside=spot.body > 0,
        related=spot.related,
    )
