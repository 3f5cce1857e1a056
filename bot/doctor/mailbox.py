"""What ``ruam doctor`` says of the mailbox: its folders, what its server lacks, how many mails it would take in."""

import datetime
from collections.abc import Callable, Collection, Generator, Iterator

from bot.config.load import Config
from bot.doctor.verdict import Check, ok, warning, wrong
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import Bureau
from bot.office.model.received_mail import Begun
from bot.post.exceptions import PostError, Refused
from bot.post.transports import AnyMailbox
from bot.service.mails_since import ours
from bot.store.books import Books
from bot.store.database_errors import BooksError

EPOCH = 1970  # the year of an office that began before this was noted
# What a server may lack, and what that means.
ABILITIES = {
    "IDLE": "new mail is noticed only every poll_seconds; a smaller figure helps",
    "MOVE": "mails are filed by copying and removing; nothing to do",
    "UIDPLUS": "without MOVE, filed mails stay in the inbox marked as deleted; empty it now and then",
    "NAMESPACE": "where folders belong is guessed; look whether the Ruam folders are where you want them",
}


def attempted(about: str, act: Callable[[], None], done: str) -> Generator[Check, None, bool]:
    """The check of one act; returns whether it went well."""
    try:
        act()
    except PostError as error:
        yield wrong(about, f"{error}. {error.next_step}", away=True)
        return False
    yield ok(about, done)
    return True


def mailbox_checks(mailbox: AnyMailbox) -> Iterator[Check]:
    """The folders, made where they are missing, and what the server can do."""
    made = yield from attempted("folders", mailbox.ensure_folders, "the folders for filed mails are there")
    if not made:
        return
    able = mailbox.capabilities()
    lacking = [word for word in ABILITIES if word not in able and not (word == "UIDPLUS" and "MOVE" in able)]
    for word in lacking:
        yield warning("mailbox", f"the server has no {word}: {ABILITIES[word]}")
    if not lacking:
        yield ok("mailbox", f"the server has {', '.join(word for word in ABILITIES if word in able)}")


def first_day(config: Config, bureau: Bureau, mailbox: AnyMailbox, now: datetime.datetime) -> Iterator[Check]:
    """How many mails lie in the mailbox, how many the bot would take, and from when on."""
    try:
        yield _in_folder(config, bureau, mailbox, now)
        for name in config.imap.also:
            with mailbox.within(mailbox.named(name)):
                yield _in_folder(config, bureau, mailbox, now)
    except PostError as error:
        yield wrong("mails", f"{error}. {error.next_step}", away=not isinstance(error, Refused))


def _in_folder(config: Config, bureau: Bureau, mailbox: AnyMailbox, now: datetime.datetime) -> Check:
    present, validity = mailbox.uids(), mailbox.uidvalidity()
    begun, known = _so_far(config, bureau, mailbox, present)
    start = begun or Begun(now, validity, max(present, default=0) + 1)
    in_time = ours(config.imap.since, start, validity, now)
    new = [uid for uid in present if uid not in known]
    taken = sum(in_time(uid, at) for uid, at in mailbox.arrivals(new))
    since = config.imap.since if isinstance(config.imap.since, datetime.datetime) else start.at
    day = f"{since.astimezone(BANGKOK):%Y-%m-%d %H:%M}" if since.year > EPOCH else "the beginning"
    words = (
        f"{len(present)} in {mailbox.folder}; since {day}: {taken} would be taken, {len(new) - taken} left untouched"
    )
    if not begun:
        words += ". Not started yet; what lies there at the first start stays, unless [imap] since names an earlier day"
    return ok("mails", words)


def _so_far(
    config: Config, bureau: Bureau, mailbox: AnyMailbox, present: Collection[int]
) -> tuple[Begun | None, set[int]]:
    """Where the office began in a folder, and which of the UIDs in it its books know; nothing where there are no books."""
    try:
        books = Books.open(config.books.url)
    except BooksError:
        return None, set()
    try:
        office = books.office(bureau.office.slug, bureau.office.name)
        folder = mailbox.folder
        return office.begun(folder), office.known_uids(folder, mailbox.uidvalidity(), present)
    finally:
        books.close()
