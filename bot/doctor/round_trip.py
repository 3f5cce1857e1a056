"""The mail that ``ruam doctor`` sends to itself and waits for; what it tells of clocks and of the server's word on senders.

It is filed away again. A bot at work may take it in first, which is as good.
"""

import datetime
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from functools import partial

from bot.config.load import Config
from bot.doctor.verdict import Check, ok, warning, wrong
from bot.office.model.bureau import Bureau
from bot.post.authentication_results import UNNAMED
from bot.post.exceptions import PostError
from bot.post.imap.mailbox import Fetched
from bot.post.smtp.sending import Outgoing
from bot.post.transports import AnyMailbox, AnyOutbox
from bot.store.books import Books
from bot.store.database_errors import BooksError
from parsers.mail.message import parse
from parsers.reading import MailKind

BACK_SECONDS = 60.0  # how long the mail to itself may take
SLOW_CLOCK, WRONG_CLOCK = datetime.timedelta(minutes=1), datetime.timedelta(minutes=5)


@dataclass(frozen=True)
class Trip:
    """How a mail to itself went. ``refused``: the outgoing server's words; ``found`` is None where it never came, or a bot took it."""

    sent_at: datetime.datetime
    found: Fetched | None = None
    taken: bool = False  # by a running bot
    refused: str = ""
    seconds: float = 0

    @property
    def authserv_id(self) -> str:
        """What the receiving server calls itself in its topmost Authentication-Results, "-" where it gives no name; empty: none."""
        lines = (self.found.raw if self.found else b"").split(b"\r\n\r\n")[0].split(b"\r\n")
        said = next((line for line in lines if line.lower().startswith(b"authentication-results:")), b"")
        name = said.partition(b":")[2].split(b";")[0].decode("ascii", "replace").strip()
        return UNNAMED if "=" in name else name.split(" ")[0].strip('"')


def round_trip(
    address: str, mailbox: AnyMailbox, smtp: AnyOutbox, taken: Callable[[str], bool] = lambda _token: False
) -> Trip:
    """Send one mail to an address and wait until it is in the mailbox, or ``taken`` by a bot. Raises PostError."""
    token = secrets.token_hex(8)
    before = max(mailbox.uids(), default=0)
    began, sent_at = time.monotonic(), datetime.datetime.now(datetime.UTC)
    results = [result for _, result in smtp.deliver([Outgoing(0, address, (address,), _mail(address, token))])]
    if results[0].state != "sent":
        return Trip(sent_at, refused=results[0].detail)
    while time.monotonic() - began < BACK_SECONDS:
        for fetched in mailbox.fetch(mailbox.uids(before)):
            if token.encode() in fetched.raw:
                return Trip(sent_at, fetched, seconds=time.monotonic() - began)
        if taken(token):
            return Trip(sent_at, taken=True, seconds=time.monotonic() - began)
        mailbox.wait(1.0, threading.Event())
    return Trip(sent_at)


def to_itself(config: Config, bureau: Bureau, mailbox: AnyMailbox, smtp: AnyOutbox) -> Iterator[Check]:
    """Send one mail to the office's own address and wait until it is in the mailbox; file it away."""
    about, address = "mail to itself", bureau.office.address
    try:
        trip = round_trip(address, mailbox, smtp, partial(_taken_in, config, bureau))
        if trip.refused:
            yield wrong(about, f"the outgoing server did not take it: {trip.refused}")
            return
        if trip.found:
            yield from _came_back(mailbox, trip.found, f"{trip.seconds:.1f} s", trip.sent_at)
        elif trip.taken:
            yield ok(about, f"the running bot took it in, {trip.seconds:.1f} s")
        else:
            yield wrong(
                about, f"it did not come within {BACK_SECONDS:.0f} s; does mail to {address} reach this mailbox?"
            )
    except PostError as error:
        yield wrong(about, f"{error}. {error.next_step}", away=True)
        return
    yield from _identity(config, trip.authserv_id)


def _mail(address: str, token: str) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"] = mail["To"] = address
    mail["Subject"] = f"ruam doctor {token}"
    mail["Message-ID"] = f"<doctor.{token}@{address.partition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Ruam-Kind"] = "doctor"
    mail.set_content("A mail of `ruam doctor` to itself. It may be deleted.\r\n")
    return mail.as_bytes()


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


def _came_back(mailbox: AnyMailbox, found: Fetched, took: str, sent_at: datetime.datetime) -> Iterator[Check]:
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


def _identity(config: Config, name: str) -> Iterator[Check]:
    """Whether the receiving server's word about senders is used; ``name``: what it calls itself."""
    about = "sender identity"
    if config.imap.authserv_id:
        yield ok(about, "the receiving server's Authentication-Results are used")
        return
    hint = f'; it calls itself "{name}"' if name else ""
    yield warning(
        about,
        f"[imap] authserv_id is not set, so a forged sender is not noticed; write your receiving server's name{hint}",
    )
