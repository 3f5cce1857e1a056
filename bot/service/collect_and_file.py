"""Between mailbox and books: every new mail is collected, every decided one filed away.

A mail is in the books, with its bytes, before it leaves the inbox. One that the server does not hand over, or not whole,
stays there, is asked for again with each scan, and stops no other.
"""

import datetime
import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from functools import partial

import structlog

from bot.office.model.received_mail import Arrival, Begun, MessageState, Unseen, Withheld
from bot.office.rules.unfetchable_mail import good_enough, rests
from bot.post.exceptions import Permanent, Refused, Transient
from bot.post.imap.folders import Shelf
from bot.post.imap.mailbox import Fetched, Mailbox, Wanted
from bot.post.settings import Since
from bot.service.context import House
from bot.service.facts_of_mail import addresses_known
from parsers.mail.mime.header_fields import addresses, identifiers, value, words
from parsers.secrets.mask import mask_secrets

log = structlog.get_logger()

FOLDERS: dict[MessageState, Shelf] = {
    MessageState.DECIDED: "Done",
    MessageState.UNREADABLE: "Unreadable",
    MessageState.HELD: "Held",
}
A_DAY = datetime.timedelta(days=1)
NO_DATE = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)  # what servers say that know no date lies before
LONG_AGO = datetime.timedelta(days=366)  # a new mail is not older, whatever its server says
MOST_NAMED = 50  # letters that a mail answers, the newest
AGAIN = "asked for again with the next scan"


@dataclass(frozen=True)
class Scan:
    """One look into one folder."""

    folder: str
    uidvalidity: int
    now: datetime.datetime
    withheld: dict[int, Withheld]  # by UID, from the scans before


def collect(
    house: House,
    mailbox: Mailbox,
    now: datetime.datetime,
    still: Callable[[], bool] = lambda: True,
    concerns_us: Callable[[int], bool] = lambda _uid: True,
) -> int:
    """Bring every new mail of the selected folder into the books; the number that was new. Raises PostError.

    ``still`` is asked after each mail whether the mailbox is still ours to read, ``concerns_us`` of a UID before it is
    fetched.
    """
    present = mailbox.uids()
    validity = mailbox.uidvalidity()  # asked after the UIDs were: it may have changed since the connection was made
    scan = Scan(mailbox.folder, validity, now, house.books.withheld(mailbox.folder, validity))
    begun = house.books.begin(scan.folder, validity, max(present, default=0) + 1, now)
    known = house.books.known_uids(scan.folder, validity, present) | mailbox.passed_over
    resting = {uid for uid in present if uid in scan.withheld and rests(scan.withheld[uid], now)}
    new = 0
    _fetch_again(house, mailbox, scan, present)
    try:
        in_time = ours(mailbox.settings.since, begun, validity, now)

        def wanted(uid: int, at: datetime.datetime | None) -> bool:
            return in_time(uid, at) and concerns_us(uid)

        for fetched in mailbox.fetch([uid for uid in present if uid not in known | resting], wanted):
            house.pulse.beat()
            new += _receive(house, mailbox, scan, fetched)
            if not still():
                return new
    except Transient as error:
        _note_break(house, mailbox, scan, error)
        raise
    _note(house, mailbox, scan)
    house.books.settle_withheld(scan.folder, validity, resting | mailbox.left_behind.keys())
    return new


def collect_all(
    house: House, mailbox: Mailbox, now: datetime.datetime, still: Callable[[], bool] = lambda: True
) -> int:
    """`collect` for the mailbox's own folder, then for those of ``[imap] also``. Raises PostError."""
    new = collect(house, mailbox, now, still)
    for folder in mailbox.settings.also if still() else ():
        try:
            with mailbox.within(mailbox.named(folder)):
                new += collect(house, mailbox, now, still, partial(_concerns_us, house, mailbox))
                file_away(house, mailbox, now)
        except Refused as error:  # this folder alone
            log.warning("folder left out", action=error.action, error=str(error), next_step=error.next_step)
    return new


def _concerns_us(house: House, mailbox: Mailbox, uid: int) -> bool:
    """Whether a mail is of somebody known or answers a letter of ours; strangers' mails stay where the server put them."""
    head = BytesHeaderParser().parsebytes(mailbox.fields(uid, "FROM", "IN-REPLY-TO", "REFERENCES"))
    senders = {address for _, address in addresses(value(head, "From"))}
    if senders & addresses_known(house) or house.books.standing_of(senders):
        return True
    named = [name for field in ("In-Reply-To", "References") for name in identifiers(value(head, field))]
    return bool(house.books.letters_with(named[-MOST_NAMED:]))


def _fetch_again(house: House, mailbox: Mailbox, scan: Scan, present: Collection[int]) -> None:
    """Fetch the mails in whose place the server had put a placeholder."""
    due = house.books.stubs_due(scan.folder, scan.uidvalidity, scan.now)
    came = {one.uid: one for one in mailbox.fetch([uid for _, uid in due if uid in present]) if not one.short}
    for message, uid in due:
        got = came.get(uid)
        at = arrived(got.at, scan.now) if got else scan.now
        arrival = Arrival(scan.folder, scan.uidvalidity, uid, got.raw, at, got.size) if got else None
        house.books.stub_fetched(message, arrival)
        log.info("fetched again", action="collect", message=message, uid=uid, came=bool(got))


def _receive(house: House, mailbox: Mailbox, scan: Scan, fetched: Fetched) -> int:
    row = scan.withheld.get(fetched.uid)
    if fetched.short:
        digest = hashlib.sha256(fetched.raw).hexdigest()
        if not good_enough(row, digest, scan.now, counts_right=mailbox.counts_right):
            mailbox.leave(fetched, f"{len(fetched.raw)} of {fetched.size} bytes came")
            return 0
        log.warning("taken as it came", action="collect", uid=fetched.uid, size=fetched.size, came=len(fetched.raw))
    at = arrived(fetched.at, scan.now)
    arrival = Arrival(scan.folder, scan.uidvalidity, fetched.uid, fetched.raw, at, fetched.size)
    new = len(house.books.receive([arrival]))
    if fetched.short and mailbox.counts_right:
        house.books.take_withheld(scan.folder, scan.uidvalidity, fetched.uid)
    log.info("received", action="collect", uid=fetched.uid, size=fetched.size)
    return new


def _note(house: House, mailbox: Mailbox, scan: Scan) -> None:
    """Count the mails that did not come; of a new one, ask who wrote it."""
    left = mailbox.left_behind
    seen = [Unseen(uid, one.words, one.size, one.sha256) for uid, one in left.items()]
    for uid in house.books.note_withheld(scan.folder, scan.uidvalidity, seen, scan.now) if seen else ():
        sender, subject = mailbox.envelope(uid)
        known = (" ".join(address for _, address in addresses(sender)), mask_secrets(words(subject)))
        house.books.describe_withheld(scan.folder, scan.uidvalidity, uid, *known)
    for uid, one in left.items():
        log.warning("not handed over", action="collect", uid=uid, error=one.words, next_step=AGAIN)


def _note_break(house: House, mailbox: Mailbox, scan: Scan, error: Transient) -> None:
    """Note over which mail the connection broke: when it does so again, the mail rests, and the others get through."""
    if mailbox.fetching and not isinstance(error, Refused):
        house.books.note_withheld(
            scan.folder, scan.uidvalidity, [Unseen(mailbox.fetching, error.detail, broke=True)], scan.now
        )


def ours(since: Since, begun: Begun, uidvalidity: int, now: datetime.datetime) -> Wanted:
    """Which mails are the office's to take: those that came after the first look into the folder, or from ``since`` on.

    What came after that look is told by the numbers of mails: dates may be odd, and people move old mails in. After the
    server numbered anew, and for a written ``since``, the time of arrival decides; where that is beyond reason, the numbers.
    """
    renumbered = begun.uidvalidity != uidvalidity
    written = since if isinstance(since, datetime.datetime) else None

    def wanted(uid: int, at: datetime.datetime | None) -> bool:
        later = not renumbered and uid >= begun.uid
        if later or not (written or renumbered):
            return later
        if at is None or not NO_DATE <= at <= now + A_DAY:
            return renumbered
        return _is_after(at, written or begun.at)

    return wanted if since else lambda _uid, _at: True


def _is_after(at: datetime.datetime, since: datetime.datetime) -> bool:
    return at >= since.replace(microsecond=0)  # INTERNALDATE knows no parts of a second


def arrived(said: datetime.datetime | None, now: datetime.datetime) -> datetime.datetime:
    """When a mail arrived: as its server says, unless that is beyond reason; then now.

    No mail arrives after it was collected: of two, the later one would count as the earlier for good.
    """
    return said if said and now - LONG_AGO <= said <= now else now


def file_away(house: House, mailbox: Mailbox, now: datetime.datetime) -> int:
    """Move every decided mail of the selected folder to its own; the number moved. Raises PostError."""
    filings = house.books.to_file(mailbox.folder, mailbox.uidvalidity())
    for filing in filings:
        where = FOLDERS[filing.state]
        try:
            mailbox.file_away(filing.uid, where)
        except (Refused, Permanent) as error:  # this mail alone; it stays in the inbox and is tried again
            log.warning("not filed", action="file", message=filing.id, error=str(error), next_step=error.next_step)
            continue
        house.books.filed(filing.id, where, now)
        log.info("filed", action="file", message=filing.id, folder=where)
    return len(filings)


def file_anew(house: House, mailbox: Mailbox, now: datetime.datetime) -> int:
    """Move every mail that was held and then decided to its folder; the number moved. Raises PostError."""
    moved = 0
    for one in house.books.to_refile(FOLDERS[MessageState.HELD]):
        where = FOLDERS[one.state]
        try:
            there = mailbox.refile(one.size, one.sha256, FOLDERS[MessageState.HELD], where)
        except Refused as error:  # tried again with the next scan
            log.warning("not filed", action="file", message=one.id, error=str(error), next_step=error.next_step)
            continue
        house.books.refiled(one.id, where if there else "", now)
        log.info("filed anew" if there else "gone", action="file", message=one.id, folder=where)
        moved += there
    return moved
