"""RFC 5322 bytes to a message: what its headers say, what its sender wrote, its attachments.

Never raises, whatever the bytes: broken structure costs parts, not the mail. Archives are not opened here; nested mails and
signed ones are. Headers and parts are read raw, since the typed headers of the standard parser raise on real mails and lose
Thai charsets without a word.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from email.message import Message as Part
from itertools import chain
from typing import TypeVar

from parsers.mail import delivery_reports, links_to_files, secrets_in_mail
from parsers.mail.kind import Met, is_passed_on, kind_of
from parsers.mail.mime import header_fields
from parsers.mail.mime.part_content import parsed
from parsers.mail.mime.sender_files import Leaf
from parsers.mail.placeholders import is_placeholder
from parsers.mail.walk_parts import ATTACHMENTS_CAP, Body, Walk
from parsers.mail.words import body_without_quotes
from parsers.mail.words.banners import only_points_to_html
from parsers.mail.words.forwarded_body import forwarded_html, forwarded_lines
from parsers.reading import Mail, MailKind, Returned
from parsers.secrets.mask import mask_secrets
from parsers.thai import text

T = TypeVar("T")

# Characters; a subject of people has under 200.
SUBJECT_CAP = 1_000
NAMED_CAP = 3  # addresses in From; one more than one is told to people
_ENDINGS = {"unknown": "bin", "text": "txt", "image": "img", "encrypted": "xlsx", "tnef": "dat"}
_LOCKED_ENDINGS = {"smime": "p7m", "pgp": "asc", "rpmsg": "rpmsg"}


@dataclass(frozen=True)
class Attachment:
    """A file in a mail. ``name`` has no folders, may be made up, and is no other's; ``declared`` is its type by the sender's word."""

    name: str
    data: bytes = field(repr=False)
    declared: str
    inside: bool = False  # of a mail within the mail
    lock: str = ""  # smime, pgp or rpmsg where only its addressee's program opens it


@dataclass(frozen=True)
class InnerMail:
    """What the writer of a mail within the mail wrote himself: ``html`` only where it has a table. ``words`` is its text."""

    subject: str
    html: str = field(repr=False)
    plain: str = field(repr=False)
    words: str = field(default="", repr=False)


@dataclass(frozen=True)
class Message:
    """A mail as read. ``incomplete``: a limit or a fault left something out; ``notes`` say which, for the log.

    ``html`` and ``plain`` are the body as the sender wrote it, without quoted mail: ``html`` only where it has a table.
    ``link`` is the host of a link to a file elsewhere that stands in it.
    """

    mail: Mail
    attachments: tuple[Attachment, ...]
    notes: tuple[str, ...]
    incomplete: bool
    html: str = field(repr=False)
    plain: str = field(repr=False)
    inner: tuple[InnerMail, ...]  # the mails within it, in order
    link: str
    secret: bool  # a log-in key or citizen number in its words, those of mails within it included
    forwarded: InnerMail  # what it passes on in its own body


def parse(raw: bytes) -> Message:
    """Read a mail. Never raises, whatever any step of it does: a fault costs what that step gives, and is noted."""
    return parse_whole(raw)[0]


def parse_whole(raw: bytes) -> tuple[Message, Body]:
    """The same, and the mail's own texts whole, with what it quotes."""
    root, faults = parsed(raw)
    walk = Walk()
    for words in faults:
        walk.leave_out(words)
    walk.take(root)
    reader = _Reader(root, raw, walk)
    attachments = reader.attachments()
    own, *inner = (reader.body(each) for each in walk.bodies)
    mail = reader.mail(own.words, attachments)
    link = reader.link(walk.bodies[0], own.plain)
    secret = walk.secret or reader.heads_a_secret()
    passed_on = reader.forwarded(walk.bodies[0], mail)
    read = Message(
        mail,
        attachments,
        tuple(walk.notes),
        walk.incomplete,
        own.html,
        own.plain,
        tuple(inner),
        link,
        secret,
        passed_on,
    )
    return read, walk.bodies[0]


def passed_on_words(raw: bytes) -> str:
    """What a mail passes on in its own body: the words below an old mail's header, a line for each address that its links lead to.

    Never raises; "" where nothing is passed on so. Mails attached to it are ``Message.inner``.
    """
    walk = Walk()
    walk.take(parsed(raw)[0])
    met = walk.bodies[0]
    rich = [body_without_quotes.whole_html(each) for each in met.html]
    words = body_without_quotes.words_below("\n".join(met.plain)) or body_without_quotes.words_below(
        "\n".join(said for said, _ in rich)
    )
    return mask_secrets("\n".join((words, *(link for _, links in rich for link in links))))


class _Reader:
    """What was met in a mail, put into values, step by step."""

    def __init__(self, root: Part, raw: bytes, walk: Walk) -> None:
        self._root, self._raw, self._walk = root, raw, walk

    def _tried(self, what: str, made: Callable[[], T], otherwise: T) -> T:
        try:
            return made()
        except Exception as error:  # noqa: BLE001 - no fault of one step may cost the mail
            self._walk.notes.append(f"{what}: {type(error).__name__}")
            return otherwise

    def attachments(self) -> tuple[Attachment, ...]:
        """The sender's files. Where they cannot be told from what programs add, all of them."""
        leaves = self._tried("attachments", self._walk.files, self._walk.leaves[:ATTACHMENTS_CAP])
        names: dict[str, None] = {}
        for number, leaf in enumerate(leaves, 1):
            names[text.distinct(leaf.name or _made_up(number, leaf), names)] = None
        return tuple(
            Attachment(name, leaf.data, leaf.kind, leaf.inside, leaf.lock)
            for name, leaf in zip(names, leaves, strict=True)
        )

    def body(self, met: Body) -> InnerMail:
        """What one mail's writer wrote himself."""
        html = self._tried(
            "html", lambda: "\n".join(own for each in met.html if (own := body_without_quotes.own_html(each))), ""
        )
        plain = self._tried("plain", lambda: body_without_quotes.own_lines("\n".join(_plain(met))), "")
        return InnerMail(met.subject, html, plain, self._tried("text", lambda: _words(met), ""))

    def forwarded(self, met: Body, mail: Mail) -> InnerMail:
        """What the mail passes on in its own body, in HTML with a table or in lines."""
        titled = mail.subject, mail.recipients

        def first(texts: Iterable[str], passed_on: Callable[..., str]) -> str:
            return self._tried("forwarded", lambda: next(filter(None, (passed_on(t, *titled) for t in texts)), ""), "")

        # A table is read as it is, if it is not ours.
        pages = (each for each in met.html if "<table" not in each.lower())
        texts = chain(["\n".join(met.plain)], (body_without_quotes.whole_html(each)[0] for each in pages))
        return InnerMail(mail.subject, first(met.html, forwarded_html), first(texts, forwarded_lines))

    def link(self, met: Body, plain: str) -> str:
        """Where the first link leads that the sender gave to a file elsewhere."""
        linked = (said for source in met.html for said in body_without_quotes.own_links(source))
        return self._tried("link", lambda: links_to_files.first_link([plain, *linked]), "")

    def heads_a_secret(self) -> bool:
        """Whether a header has a log-in key or citizen number; one that cannot be searched counts as one that has."""
        return self._tried("secrets", lambda: secrets_in_mail.in_headers(self._root), otherwise=True)

    def mail(self, words: str, attachments: Sequence[Attachment]) -> Mail:
        """What headers and body say."""
        root, tried = self._root, self._tried
        sender_name, sender = tried("From", lambda: header_fields.sender(header_fields.value(root, "From")), ("", ""))
        subject = tried("Subject", lambda: _subject(root), "")
        met = Met(bool(attachments), self._walk.calendar)
        kind = tried("kind", lambda: kind_of(root, sender, subject, met), MailKind.OTHER)
        returned: Returned | None = None
        if kind is MailKind.BOUNCE:
            returned = tried("returned", lambda: delivery_reports.returned(root, self._raw), None)
        return Mail(
            kind=kind,
            message_id=tried("Message-ID", lambda: _message_id(root), ""),
            references=tried("References", lambda: _references(root), ()),
            sender=sender,
            sender_name=mask_secrets(text.normalise(sender_name)),
            recipients=tried("To", lambda: _recipients(root), ()),
            subject=header_fields.clean(subject),
            date=tried("Date", lambda: header_fields.moment(header_fields.value(root, "Date")), None),
            text=mask_secrets(words),
            below="" if words.strip() else mask_secrets(tried("below", lambda: _below(self._walk.bodies[0]), "")),
            returned=returned,
            passed_on=tried("passed on", lambda: is_passed_on(root, subject), otherwise=False),
            named=tried("senders", lambda: _named(root), ()),
            reply_to_invitation=kind is MailKind.INVITATION and self._walk.bare_reply,
            placeholder=tried("placeholder", lambda: is_placeholder(subject, words, self._walk.names), otherwise=False),
        )


def _subject(root: Part) -> str:
    words = header_fields.words(header_fields.value(root, "Subject"))
    return mask_secrets(text.normalise(words))[:SUBJECT_CAP]


def _message_id(root: Part) -> str:
    return next(iter(header_fields.identifiers(header_fields.value(root, "Message-ID"))), "")


def _references(root: Part) -> tuple[str, ...]:
    found = (
        identifier
        for name in ("In-Reply-To", "References")
        for raw in header_fields.values(root, name)
        for identifier in header_fields.identifiers(raw)
    )
    return tuple(dict.fromkeys(found))


def _named(root: Part) -> tuple[str, ...]:
    """The addresses of From where there are several, as many as anybody reads."""
    found = dict.fromkeys(
        address for raw in header_fields.values(root, "From") for _, address in header_fields.addresses(raw)
    )
    return tuple(found)[:NAMED_CAP] if len(found) > 1 else ()


def _recipients(root: Part) -> tuple[str, ...]:
    found = (
        address
        for name in ("To", "Cc", "Delivered-To", "X-Original-To")
        for raw in header_fields.values(root, name)
        for _, address in header_fields.addresses(raw)
    )
    return tuple(dict.fromkeys(found))


def _words(met: Body) -> str:
    """What the sender wrote, by the plain body if it says anything, else by the HTML one."""
    plain = body_without_quotes.own_words("\n".join(met.plain))
    if plain and not (met.html and only_points_to_html(plain)):
        return plain
    rich = body_without_quotes.own_words("\n".join(body_without_quotes.from_html(source) for source in met.html))
    return rich or plain


def _below(met: Body) -> str:
    """What stands below an old mail's header in the plain body, or else in the HTML one."""
    plain = body_without_quotes.words_below("\n".join(met.plain))
    return plain or body_without_quotes.words_below(
        "\n".join(body_without_quotes.from_html(source) for source in met.html)
    )


def _plain(met: Body) -> Sequence[str]:
    """The plain bodies; where they say nothing, the lines of HTML ones without tables, which are read as they are."""
    if any(each.strip() for each in met.plain):
        return met.plain
    return [body_without_quotes.from_html(each) for each in met.html if "<table" not in each.lower()]


def _made_up(number: int, leaf: Leaf) -> str:
    ending = _LOCKED_ENDINGS.get(leaf.lock) or _ENDINGS.get(leaf.format, leaf.format)
    return f"attachment-{number}.{ending}"
