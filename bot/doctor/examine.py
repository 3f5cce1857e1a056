"""``ruam doctor``: everything the bot needs, looked at one after the other, each with what to mend in plain words.

Owns the order of the checks, and those of configuration and books; asks the post room and the books to do the
looking. Changes nothing but what it says: it makes the mailbox's folders where they are missing.
"""

import dataclasses
import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.config.load import Config, ConfigError, load_bureau, load_config
from bot.config.toml_files import read_toml
from bot.doctor.mailbox import attempted, first_day, mailbox_checks
from bot.doctor.roster_addresses import returned_addresses, roster_addresses
from bot.doctor.round_trip import to_itself
from bot.doctor.verdict import Check, ok, warning, wrong
from bot.office.model.bureau import OPEN_AFTER, Bureau
from bot.office.model.rounds_of import Series, series_of
from bot.office.plan.calendar_warnings import calendar_warnings
from bot.post.transports import mailbox_of, outbox_of
from bot.store.books import Books
from bot.store.books_checkup import checkup
from parsers.child_process.sandbox import Limits, Sandbox, SandboxClosed, Starved

LITTLE_ROOM, NO_ROOM = 1 << 30, 200 << 20  # bytes on the books' disk
SECRET_FILES = ("password_file", "client_secret_file")

# What protects the office from a mail that takes over the process it is read in, and what it means where that is missing.
WALLS = {
    "seccomp": "mails are read without the list of allowed system calls: a malicious one that breaks a reader could start "
    "programs or use the network; install libseccomp2 (apt install libseccomp2), and allow seccomp in the container",
    "landlock": "this kernel gives no Landlock: files and network are guarded by the list of system calls alone; "
    "a kernel from 5.13 on, with landlock among its lsm=, has it",
    "no_new_privs": "a reading process might gain privileges; a kernel from 3.5 on prevents that",
    "limits": "a mail might use all memory; see why the limits of processes cannot be set here",
    "audit": "Python's own second line is missing",
}


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
    yield from _walls()
    yield from roster_addresses(bureau)
    yield from _deadlines(bureau, now)
    yield from _books(config, bureau, now)
    mailbox, smtp = mailbox_of(config.imap), outbox_of(config.smtp)
    way = f" by OAuth2 ({config.oauth2.provider})" if config.oauth2 else ""
    reading = yield from attempted("mailbox", mailbox.connect, f"logged in as {config.imap.user}{way}")
    try:
        if reading:
            yield from mailbox_checks(mailbox)
            yield from first_day(config, bureau, mailbox, now)
        way = f" by OAuth2 ({config.oauth2.provider})" if config.oauth2 and config.smtp.oauth2 else ""
        sending = yield from attempted(
            "outgoing mail", smtp.probe, f"{config.smtp.host}:{config.smtp.port} takes our login{way}"
        )
        if reading and sending and mail:
            yield from to_itself(config, bureau, mailbox, smtp)
        elif not mail:
            yield warning("mail to itself", "left out; without --no-mail it is sent and awaited")
    finally:
        mailbox.close()


def _secrets(file: Path, config: Config) -> Iterator[Check]:
    """The files that hold passwords or mails, and who may read them."""
    given = read_toml(file)
    holders = []
    for name in ("imap", "smtp", "oauth2"):
        section = given.get(name, {})
        holders += [file] if section.get("password") or section.get("client_secret") else []
        holders += [file.parent / value for key, value in section.items() if key in SECRET_FILES]
    if config.oauth2:
        kept = (config.oauth2.token_file, config.oauth2.service_account_file)
        holders += [Path(one) for one in kept if one]
    books = config.books.url.partition(":///")[2] if config.books.url.startswith("sqlite") else ""
    holders += (
        [*Path(books).parent.glob(f"{Path(books).name}*")] if books else []
    )  # its log and what a restore put aside
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


def _walls() -> Iterator[Check]:
    """What a reading child that was taken over by a mail could still do here, asked of such a child."""
    with Sandbox(Limits(workers=1)) as sandbox:
        try:
            told = sandbox.walls()
        except (SandboxClosed, Starved) as error:
            yield wrong("reading", f"no process can be started to read mails in ({error}); nothing can be read")
            return
    lacking: dict[str, str] = json.loads(told or b'{"report": "it does not answer"}')
    for wall, why in lacking.items():
        yield wall_missing(wall, why)
    if not lacking:
        yield ok(
            "reading", "mails are read in processes that can open no file, reach no network and touch no other process"
        )


def wall_missing(wall: str, why: str) -> Check:
    """What the lack of one of ``WALLS`` means; ``why`` in the words of the child that could not build it."""
    return warning("reading", f"{WALLS.get(wall, wall)} ({why})")


def _deadlines(bureau: Bureau, now: datetime.datetime) -> Iterator[Check]:
    for slug, circular in bureau.circulars.items():
        deadlines = circular.deadlines
        day = f"{deadlines.department:%Y-%m-%d}"
        if series := series_of(circular, bureau.calendar):
            yield _series(series, now)
        elif now > deadlines.department + OPEN_AFTER:
            yield warning(f"circular {slug}", f"was over on {day}; take it out of [office] circulars")
        elif now > deadlines.department:
            yield warning(f"circular {slug}", f"the department's deadline {day} is past; see that its report went")
        elif now < deadlines.opens:
            yield ok(f"circular {slug}", f"opens on {deadlines.opens:%Y-%m-%d}")
        else:
            yield ok(f"circular {slug}", f"open until {day}")


def _series(series: Series, now: datetime.datetime) -> Check:
    """When the next round of a recurring circular opens."""
    newest = series.newest(now)
    following = 0 if newest is None else newest + 1
    slug = series.template.slug
    if not series.recurring.is_asked(following):
        return warning(
            f"circular {slug}", "its last round has opened; take it out of [office] circulars when that is over"
        )
    return ok(f"circular {slug}", f"{series.slug(following)} opens on {series.dates(following)['opens']:%Y-%m-%d}")


def _days(bureau: Bureau, now: datetime.datetime) -> Iterator[Check]:
    """What is doubtful about days off and deadlines."""
    found = calendar_warnings(bureau, now)
    for each in found:
        yield warning(f"circular {each.about}" if each.about else "calendar", each.english)
    if not found:
        yield ok("calendar", "the days off are known, and no deadline is on one")


def _books(config: Config, bureau: Bureau, now: datetime.datetime) -> Iterator[Check]:
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
        own = books.office(bureau.office.slug, bureau.office.name)
        bounced, entered = own.bounced(), own.holidays()
    finally:
        books.close()
    yield from returned_addresses(bureau, bounced)
    yield from _days(dataclasses.replace(bureau, calendar=bureau.calendar.with_holidays(entered)), now)
