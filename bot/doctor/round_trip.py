"""The mail that ``ruam doctor`` sends to itself and waits for; what it tells of clocks and of the server's word on senders.

It is filed away again. A bot at work may take it in first, which is as good.
"""

import datetime
import secrets
import threading
import time
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP

from bot.config.load import Config
from bot.doctor.verdict import Check, ok, warning, wrong
from bot.office.model.bureau import Bureau
from bot.post.exceptions import PostError
from bot.post.imap.mailbox import Fetched, Mailbox
from bot.post.smtp.sending import Outbox, Outgoing
from bot.store.books import Books
from bot.store.database_errors import BooksError
from parsers.mail.message import parse
from parsers.reading import MailKind

BACK_SECONDS = 60.0  # how long the mail to itself may take
SLOW_CLOCK, WRONG_CLOCK = datetime.timedelta(minutes=1), datetime.timedelta(minutes=5)


def to_itself(config: Config, bureau: Bureau, mailbox: Mailbox, smtp: Outbox) -> Iterator[Check]:
    """Send one mail to the office's own address and wait until it is in the mailbox; file it away."""
    about, token = "mail to itself", secrets.token_hex(8)
    raw = _mail(bureau.office.address, token)
    try:
        before = max(mailbox.uids(), default=0)
        began, sent_at = time.monotonic(), datetime.datetime.now(datetime.UTC)
        letter = Outgoing(0, bureau.office.address, (bureau.office.address,), raw)
        results = [result for _, result in smtp.deliver([letter])]
        if results[0].state != "sent":
            yield wrong(about, f"the outgoing server did not take it: {results[0].detail}")
            return
        found = _found(config, bureau, mailbox, (token, before))
        took = f"{time.monotonic() - began:.1f} s"
        if isinstance(found, Fetched):
            yield from _came_back(mailbox, found, took, sent_at)
        elif found:
            yield ok(about, f"the running bot took it in, {took}")
        else:
            yield wrong(
                about,
                f"it did not come within {BACK_SECONDS:.0f} s; does mail to {bureau.office.address} reach this mailbox?",
            )
    except PostError as error:
        yield wrong(about, f"{error}. {error.next_step}", away=True)
        return
    yield from _identity(config, found if isinstance(found, Fetched) else None)


def _mail(address: str, token: str) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = mail["To"] = address
    mail["Subject"] = f"ruam doctor {token}"
    mail["Message-ID"] = f"<doctor.{token}@{address.partition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Ruam-Kind"] = "doctor"
    mail.set_content("A mail of `ruam doctor` to itself. It may be deleted.\r\n")
    return mail.as_bytes()


def _found(config: Config, bureau: Bureau, mailbox: Mailbox, wanted: tuple[str, int]) -> Fetched | bool:
    """The mail with a token among those above a UID; True when a running bot has taken it in; False when it never came."""
    token, above = wanted
    patience = time.monotonic() + BACK_SECONDS
    while time.monotonic() < patience:
        for fetched in mailbox.fetch(mailbox.uids(above)):
            if token.encode() in fetched.raw:
                return fetched
        if _taken_in(config, bureau, token):
            return True
        mailbox.wait(1.0, threading.Event())
    return False


def _taken_in(config: Config, bureau: Bureau, token: str) -> bool:
    try:
        books = Books.open(config.books.url)
    except BooksError:
        return False
    try:
        lines = books.office(bureau.office.slug, bureau.office.name).mails()
        return any(token in line.subject for line in lines)
    finally:
        books.close()


def _came_back(mailbox: Mailbox, found: Fetched, took: str, sent_at: datetime.datetime) -> Iterator[Check]:
    own = parse(found.raw).mail.kind is MailKind.OWN
    mailbox.file_away(found.uid, "Done")
    if own:
        yield ok("mail to itself", f"came back, was known as our own and filed, {took}")
    else:
        yield wrong("mail to itself", "came back without our marks; does a server on the way remove X- headers?")
    if found.at is None:
        yield warning("clock", "the mail server does not say when a mail came; the time of collecting it is used")
        return
    apart = abs(found.at - sent_at)
    if apart > WRONG_CLOCK:
        yield wrong(
            "clock", f"this machine and the mail server are {apart} apart; set the clock (timedatectl set-ntp true)"
        )
    elif apart > SLOW_CLOCK:
        yield warning("clock", f"this machine and the mail server are {apart} apart; switch on NTP")
    else:
        yield ok("clock", f"within {max(apart.total_seconds(), 1):.0f} s of the mail server's")


def _identity(config: Config, found: Fetched | None) -> Iterator[Check]:
    """Whether the receiving server's word about senders is used."""
    about = "sender identity"
    if config.imap.authserv_id:
        yield ok(about, "the receiving server's Authentication-Results are used")
        return
    said = next(
        (
            line
            for line in (found.raw if found else b"").split(b"\r\n")
            if line.lower().startswith(b"authentication-results:")
        ),
        b"",
    )
    name = said.partition(b":")[2].split(b";")[0].decode("ascii", "replace").strip()
    hint = f'; it calls itself "{name}"' if name else ""
    yield warning(
        about,
        f"[imap] authserv_id is not set, so a forged sender is not noticed; write your receiving server's name{hint}",
    )
