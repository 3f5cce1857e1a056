"""RFC 5322 bytes to a message: what its headers say, what its sender wrote, its attachments.

Owns the walk over a mail's parts, with its caps. Never raises, whatever the bytes: broken structure costs parts, not the
mail. Archives are not opened here; nested mails are. Headers and parts are read raw, since the typed headers of the
standard parser raise on real mails and lose Thai charsets without a word.
"""

import re
from dataclasses import dataclass, field
from email import policy
from email.message import Message as Part
from email.parser import BytesHeaderParser

from parsers import body, bounces, headers, text
from parsers.formats.sniff import sniff
from parsers.mailkind import kind_of
from parsers.reading import Mail, MailKind
from parsers.structure import parsed

# Mails of real offices have under 30 parts, a province of 84 organisations could send 84 files; the caps stop made ones.
PARTS_CAP = 300
ATTACHMENTS_CAP = 120
MESSAGES_DEEP = 5  # a forward of a forward of a forward
MULTIPARTS_DEEP = 20
NAME_CAP = 150
SUBJECT_CAP = 1_000
# Parts of these types are files even when they came nameless and broken, and must be answered as such.
_OFFICE_TYPES = (
    "application/vnd.",
    "application/ms",
    "application/pdf",
    "application/x-zip",
    "application/zip",
    "text/csv",
    "text/tab-separated-values",
)
_FILES = frozenset(
    {"xlsx", "xlsm", "xls", "xlsb", "ods", "docx", "pptx", "zip", "encrypted", "ole", "tnef", "pdf", "image", "rtf"}
)


@dataclass(frozen=True)
class Attachment:
    """A file in a mail. ``name`` has no folders and may be made up; ``declared`` is its type by the sender's word."""

    name: str
    data: bytes = field(repr=False)
    declared: str
    inside: bool = False  # of a mail within the mail


@dataclass(frozen=True)
class Message:
    """A mail as read. ``incomplete``: a limit or a fault left something out; ``notes`` say which, for the log.

    ``html`` and ``plain`` are the body as the sender wrote it, without quoted mail: ``html`` only where it has a table.
    """

    mail: Mail
    attachments: tuple[Attachment, ...]
    notes: tuple[str, ...] = ()
    incomplete: bool = False
    html: str = field(default="", repr=False)
    plain: str = field(default="", repr=False)


def parse(raw: bytes) -> Message:
    """Read a mail. Never raises."""
    root, fault = _root(raw)
    walk = _Walk(is_report=_type(root) == "multipart/report")
    for words in fault:
        walk.leave_out(words)
    try:
        walk.take(root)
    except Exception as error:  # noqa: BLE001 - any fault of the library means: no more parts, but still a mail
        walk.leave_out(f"parts: {type(error).__name__}")
    mail, html, plain = _mail(root, walk, raw), walk.html(), walk.plain()
    return Message(mail, tuple(walk.attachments), tuple(walk.notes), walk.incomplete, html, plain)


def _root(raw: bytes) -> tuple[Part, list[str]]:
    try:
        return parsed(raw), []
    except Exception as error:  # noqa: BLE001 - deep nesting ends in RecursionError, odd headers in others
        fault = f"structure: {type(error).__name__}"
    try:
        return BytesHeaderParser(policy=policy.compat32).parsebytes(raw), [fault]
    except Exception as error:  # noqa: BLE001 - see above
        return Part(), [fault, f"headers: {type(error).__name__}"]


def _mail(root: Part, walk: "_Walk", raw: bytes) -> Mail:
    sender_name, sender = next(iter(headers.addresses(headers.value(root, "From"))), ("", ""))
    subject = text.normalise(headers.words(headers.value(root, "Subject")))[:SUBJECT_CAP]
    references = [
        identifier
        for name in ("In-Reply-To", "References")
        for raw in headers.values(root, name)
        for identifier in headers.identifiers(raw)
    ]
    recipients = [
        address
        for name in ("To", "Cc", "Delivered-To", "X-Original-To")
        for raw in headers.values(root, name)
        for _, address in headers.addresses(raw)
    ]
    kind = kind_of(root, sender, subject, has_files=bool(walk.attachments))
    return Mail(
        kind=kind,
        message_id=next(iter(headers.identifiers(headers.value(root, "Message-ID"))), ""),
        references=tuple(dict.fromkeys(references)),
        sender=sender,
        sender_name=text.mask_secrets(text.normalise(sender_name)),
        recipients=tuple(dict.fromkeys(recipients)),
        subject=text.mask_secrets(headers.clean(subject)),
        date=headers.moment(headers.value(root, "Date")),
        text=text.mask_secrets(walk.text()),
        returned=bounces.returned(root, raw) if kind is MailKind.BOUNCE else None,
    )


class _Walk:
    """The way through a mail's parts, in order, with what was met on it."""

    def __init__(self, *, is_report: bool) -> None:
        self.attachments: list[Attachment] = []
        self.notes: list[str] = []
        self.incomplete = False
        self._plain: list[str] = []
        self._html: list[str] = []
        self._parts = 0
        # A delivery report carries back what was sent, perhaps our own form; that is nobody's answer.
        self._is_report = is_report

    def leave_out(self, why: str) -> None:
        """Note that something of the mail is not read."""
        self.incomplete = True
        self.notes.append(why)

    def take(self, root: Part) -> None:
        """Visit every part under ``root``, depth first."""
        waiting: list[tuple[Part, int, int]] = [(root, 0, 0)]
        while waiting:
            part, messages, multiparts = waiting.pop()
            self._parts += 1
            if self._parts > PARTS_CAP:
                self.leave_out(f"more than {PARTS_CAP} parts")
                return
            inner = self._children(part, inside=messages > 0)
            if inner is None:
                continue
            # What is taken apart and is no multipart is a mail, whatever type its sender gave it.
            deeper = (messages + (not _type(part).startswith("multipart/")), multiparts + 1)
            if deeper[0] > MESSAGES_DEEP or deeper[1] > MULTIPARTS_DEEP:
                self.leave_out("nested too deep")
            else:
                waiting += [(child, *deeper) for child in reversed(inner)]

    def _children(self, part: Part, *, inside: bool) -> list[Part] | None:
        """The parts within ``part``; None for a leaf, which is taken in here."""
        kind = _type(part)
        if kind.startswith("message/"):
            return self._nested(part, kind)
        if part.is_multipart():
            return headers.parts(part)
        data = _bytes(part)
        if kind.startswith("multipart/") and (found := _rebuilt(data.decode("utf-8", "surrogateescape"))):
            return found
        name = _name(part)
        if name.lower().endswith(".eml") and sniff(data) == "eml":
            return self._foreign(_root(data)[0])
        self._leaf(part, data, name, inside=inside)
        return None

    def _nested(self, part: Part, kind: str) -> list[Part]:
        child = next(iter(headers.parts(part)), None)
        if self._is_report or kind == "message/delivery-status" or child is None:
            return []
        if not child.keys() and _encoding(part) == "base64":
            child = _root(headers.base64(str(child.get_payload()).encode("ascii", "replace")))[0]
        return self._foreign(child)

    def _foreign(self, child: Part) -> list[Part]:
        """A mail within the mail, unless it is one of ours coming back."""
        if headers.value(child, "X-Ruam-Kind"):
            self.notes.append("a mail of ours within the mail was left alone")
            return []
        return [child]

    def _leaf(self, part: Part, data: bytes, name: str, *, inside: bool) -> None:
        kind, found = _type(part), sniff(data)
        attached = name or headers.value(part, "Content-Disposition").lower().startswith(b"attachment")
        # A part declared multipart without parts is a body whose structure was lost.
        is_body = kind in ("text/plain", "text/html") or kind.startswith("multipart/")
        if attached or found in _FILES or kind.startswith(_OFFICE_TYPES):
            self._attach(Attachment(name or self._made_up(found), data, kind, inside))
        elif is_body and not inside:
            words = text.decode(data, headers.parameter(headers.value(part, "Content-Type"), "charset") or None)
            (self._html if kind == "text/html" or (found == "html" and kind != "text/plain") else self._plain).append(
                words
            )

    def _attach(self, attachment: Attachment) -> None:
        if len(self.attachments) < ATTACHMENTS_CAP:
            self.attachments.append(attachment)
        else:
            self.leave_out(f"attachment left out: {attachment.name}")

    def _made_up(self, found: str) -> str:
        ending = {"unknown": "bin", "text": "txt", "image": "img", "encrypted": "xlsx", "tnef": "dat"}.get(found, found)
        return f"attachment-{len(self.attachments) + 1}.{ending}"

    def text(self) -> str:
        """What the sender wrote, by the plain body if it says anything, else by the HTML one."""
        try:
            plain = body.own_words("\n".join(self._plain))
            return plain or body.own_words("\n".join(body.from_html(source) for source in self._html))
        except Exception as error:  # noqa: BLE001 - no fault of a body may cost the mail
            self.notes.append(f"text: {type(error).__name__}")
            return ""

    def html(self) -> str:
        """The tables of the HTML body that the sender wrote himself, with what stands around them."""
        try:
            return "\n".join(own for source in self._html if (own := body.own_html(source)))
        except Exception as error:  # noqa: BLE001 - see text
            self.notes.append(f"html: {type(error).__name__}")
            return ""

    def plain(self) -> str:
        """The plain body that the sender wrote himself, with its blanks and tabs."""
        return body.own_lines("\n".join(self._plain))


def _rebuilt(payload: str) -> list[Part]:
    """The parts of a multipart whose declared boundary is missing or wrong, by the boundary that stands in it."""
    match = re.search(r"^--([^\s\"]{5,70})[ \t]*\r?$", payload, re.MULTILINE)
    if not match:
        return []
    head = f'Content-Type: multipart/mixed; boundary="{match[1]}"\n\n'
    return headers.parts(_root((head + payload).encode("utf-8", "surrogateescape"))[0])


def _type(part: Part) -> str:
    """The declared type in lower case; a part without one is text/plain by RFC 2045."""
    declared = headers.value(part, "Content-Type").split(b";")[0].decode("latin-1").strip().lower()
    return declared if declared.count("/") == 1 else "text/plain"


def _encoding(part: Part) -> str:
    return headers.value(part, "Content-Transfer-Encoding").decode("latin-1").strip(" \t\"';").lower()


def _bytes(part: Part) -> bytes:
    """A leaf's content. The declared encoding is tidied first: with a blank behind it the library would ignore it."""
    if "Content-Transfer-Encoding" in part:
        part.replace_header("Content-Transfer-Encoding", _encoding(part))
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _name(part: Part) -> str:
    """A leaf's file name without folders; empty when it has none."""
    disposition, content_type = (headers.value(part, name) for name in ("Content-Disposition", "Content-Type"))
    name = headers.parameter(disposition, "filename") or headers.parameter(content_type, "name")
    base = text.mask_secrets(text.normalise(name)).replace("\\", "/").rstrip("/").rpartition("/")[2].strip(" .")
    stem, dot, ending = base.rpartition(".")
    return f"{stem[:NAME_CAP]}{dot}{ending}" if dot and len(ending) < 10 else base[:NAME_CAP]  # noqa: PLR2004 - an ending
