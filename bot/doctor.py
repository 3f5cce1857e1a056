"""``ruam doctor``: everything the bot needs, looked at one after the other, each with what to mend in plain words.

Owns the checks and their words; asks the post room and the books to do the looking. Changes nothing but what it says: it
makes the mailbox's folders where they are missing, and sends one mail to itself, which it files away again.
"""

import datetime
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.config import Config, ConfigError, load_bureau, load_config
from bot.load import read_toml
from bot.office.bureau import OPEN_AFTER, Bureau
from bot.post.errors import PostError
from bot.post.mailbox import Fetched, Mailbox
from bot.post.outbox import Outbox, Outgoing
from bot.store.books import Books
from bot.store.checkup import checkup
from bot.store.database import BooksError
from parsers.message import parse
from parsers.reading import MailKind

BACK_SECONDS = 60.0  # how long the mail to itself may take
LITTLE_ROOM, NO_ROOM = 1 << 30, 200 << 20  # bytes on the books' disk
SLOW_CLOCK, WRONG_CLOCK = datetime.timedelta(minutes=1), datetime.timedelta(minutes=5)
SECRET_FILES = ("password_file", "client_secret_file")
# What a server may lack, and what that means.
ABILITIES = {
    "IDLE": "new mail is noticed only every poll_seconds; a smaller figure helps",
    "MOVE": "mails are filed by copying and removing; nothing to do",
    "UIDPLUS": "without MOVE, filed mails stay in the inbox marked as deleted; empty it now and then",
    "NAMESPACE": "where folders belong is guessed; look whether the Ruam folders are where you want them",
}


class Verdict(StrEnum):
    """How a check went."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True)
class Check:
    """One line: what was looked at, how it is, and what to mend. ``away`` says that a server did not answer."""

    about: str
    verdict: Verdict
    words: str
    away: bool = False


def ok(about: str, words: str) -> Check:
    """All is well."""
    return Check(about, Verdict.OK, words)


def warning(about: str, words: str) -> Check:
    """It works, but somebody should look."""
    return Check(about, Verdict.WARNING, words)


def wrong(about: str, words: str, *, away: bool = False) -> Check:
    """It will not work."""
    return Check(about, Verdict.WRONG, words, away)


def examine(file: Path, now: datetime.datetime, *, mail: bool = True) -> Iterator[Check]:
    """Every check in turn, each as soon as it is made. Never raises for what it is there to find."""
    try:
        config = load_config(file)
        bureau = load_bureau(config)
    except ConfigError as error:
        yield from (wrong("configuration", str(problem)) for problem in error.problems)
        return
    yield ok("configuration", f"{file} with {len(bureau.circulars)} circulars")
    yield from _secrets(file, config)
    yield _time_zone()
    yield from _roster(bureau)
    yield from _deadlines(bureau, now)
    yield from _books(config, bureau)
    mailbox, smtp = Mailbox(config.imap), Outbox(config.smtp)
    way = f" by OAuth2 ({config.oauth2.provider})" if config.oauth2 else ""
    reading = yield from _attempted("mailbox", mailbox.connect, f"logged in as {config.imap.user}{way}")
    try:
        if reading:
            yield from _mailbox(mailbox)
        way = f" by OAuth2 ({config.oauth2.provider})" if config.oauth2 and config.smtp.oauth2 else ""
        sending = yield from _attempted(
            "outgoing mail", smtp.probe, f"{config.smtp.host}:{config.smtp.port} takes our login{way}"
        )
        if reading and sending and mail:
            yield from _to_itself(config, bureau, mailbox, smtp)
        elif not mail:
            yield warning("mail to itself", "left out; without --no-mail it is sent and awaited")
    finally:
        mailbox.close()


def _attempted(about: str, act: Callable[[], None], done: str) -> Generator[Check, None, bool]:
    """The check of one act; returns whether it went well."""
    try:
        act()
    except PostError as error:
        yield wrong(about, f"{error}. {error.next_step}", away=True)
        return False
    yield ok(about, done)
    return True


def _secrets(file: Path, config: Config) -> Iterator[Check]:
    """The files that hold passwords or mails, and who may read them."""
    given = read_toml(file)
    holders = []
    for name in ("imap", "smtp", "oauth2"):
        section = given.get(name, {})
        holders += [file] if section.get("password") or section.get("client_secret") else []
        holders += [file.parent / value for key, value in section.items() if key in SECRET_FILES]
    holders += [Path(config.oauth2.token_file)] if config.oauth2 else []
    books = config.books.url.partition(":///")[2] if config.books.url.startswith("sqlite") else ""
    holders += [Path(books)] if books and Path(books).exists() else []
    open_ones = [one for one in dict.fromkeys(holders) if one.exists() and _open_to_others(one)]
    for one in open_ones:
        yield warning("secrets", f"{one} can be read by other users of this machine; run: chmod 600 {one}")
    if not open_ones:
        yield ok("secrets", "no other user can read the passwords or the books")


def _open_to_others(file: Path) -> bool:
    """Whether others than the owner may read a file: by its own mode and by its folder's."""
    return bool(file.stat().st_mode & 0o044) and bool(file.absolute().parent.stat().st_mode & 0o011)


def _time_zone() -> Check:
    try:
        offset = datetime.datetime(2024, 11, 29, tzinfo=ZoneInfo("Asia/Bangkok")).utcoffset()
    except ZoneInfoNotFoundError:
        return wrong("time zone", "Asia/Bangkok is not known here; install the package tzdata")
    if offset != datetime.timedelta(hours=7):
        return wrong("time zone", f"Asia/Bangkok is {offset} from UTC here; mend the time zone data")
    return ok("time zone", "Asia/Bangkok is seven hours ahead of UTC")


def _roster(bureau: Bureau) -> Iterator[Check]:
    """Missing and doubled addresses. A malformed one is refused when the roster is loaded."""
    missing = [contact.reporter.name for contact in bureau.roster.contacts if not contact.reporter.addresses]
    for name in missing:
        yield wrong("roster", f"{name} has no address; add one, nobody can be asked or reminded without")
    shared = Counter(address for contact in bureau.roster.contacts for address in set(contact.reporter.addresses))
    doubled = [address for address, count in shared.items() if count > 1]
    for address in doubled:
        who = [contact.reporter.name for contact in bureau.roster.contacts if address in contact.reporter.addresses]
        yield warning(
            "roster", f"{address} stands with {', '.join(who)}; whose report it sends is told by the form alone"
        )
    staff = [address for address in bureau.office.staff if address in shared]
    for address in staff:
        yield warning("roster", f"{address} is staff and reporter; give the office's staff addresses of their own")
    if not (missing or doubled or staff):
        yield ok("roster", f"{len(bureau.roster.contacts)} reporters, {len(shared)} addresses")


def _deadlines(bureau: Bureau, now: datetime.datetime) -> Iterator[Check]:
    for slug, circular in bureau.circulars.items():
        deadlines = circular.deadlines
        day = f"{deadlines.department:%Y-%m-%d}"
        if now > deadlines.department + OPEN_AFTER:
            yield warning(f"circular {slug}", f"was over on {day}; take it out of [office] circulars")
        elif now > deadlines.department:
            yield warning(f"circular {slug}", f"the department's deadline {day} is past; see that its report went")
        elif now < deadlines.opens:
            yield ok(f"circular {slug}", f"opens on {deadlines.opens:%Y-%m-%d}")
        else:
            yield ok(f"circular {slug}", f"open until {day}")


def _books(config: Config, bureau: Bureau) -> Iterator[Check]:
    found = checkup(config.books.url)
    if found.trouble:
        yield wrong("books", found.trouble)
    else:
        yield ok("books", "open, sound, up to date and writable")
    if found.free is not None:
        room = f"{found.free >> 20:,} MB free"
        low = found.free < LITTLE_ROOM
        if found.free < NO_ROOM:
            yield wrong("disk", f"{room}; make room, or `ruam purge --before DATE`: no mail can be taken in soon")
        else:
            yield warning("disk", f"{room}; make room soon") if low else ok("disk", room)
    if found.trouble:
        return
    books = Books.open(config.books.url)
    try:
        bounced = books.office(bureau.office.slug, bureau.office.name).bounced()
    finally:
        books.close()
    used = {address for contact in bureau.roster.contacts for address in contact.reporter.addresses}
    for address in sorted(used & bounced.keys()):
        yield warning("roster", f"mail to {address} came back ({bounced[address].why}); ask for the right address")


def _mailbox(mailbox: Mailbox) -> Iterator[Check]:
    made = yield from _attempted("folders", mailbox.ensure_folders, "the folders for filed mails are there")
    if not made:
        return
    able = mailbox.capabilities()
    lacking = [word for word in ABILITIES if word not in able and not (word == "UIDPLUS" and "MOVE" in able)]
    for word in lacking:
        yield warning("mailbox", f"the server has no {word}: {ABILITIES[word]}")
    if not lacking:
        yield ok("mailbox", f"the server has {', '.join(word for word in ABILITIES if word in able)}")


def _to_itself(config: Config, bureau: Bureau, mailbox: Mailbox, smtp: Outbox) -> Iterator[Check]:
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
