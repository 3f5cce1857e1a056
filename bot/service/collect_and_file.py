"""Between mailbox and books: every new mail is collected, every decided one filed away.

A mail is in the books, with its bytes, before it leaves the inbox. Mails are committed and moved in groups; whatever breaks
off between, each is told by its UID and taken once. One that the server does not hand over, or not whole,
stays there, is asked for again with each scan, and stops no other.
"""

import datetime
import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from functools import partial

import structlog

from bot.office.model.received_mail import Arrival, Filing, MessageState, Unseen, Withheld
from bot.office.rules.unfetchable_mail import good_enough, rests
from bot.post.exceptions import Permanent, PostError, Refused, Transient
from bot.post.imap.folders import Filed, Shelf
from bot.post.imap.mailbox import Fetched
from bot.post.transports import AnyMailbox
from bot.service.context import House
from bot.service.facts_of_mail import addresses_known
from bot.service.mails_since import arrived, ours
from parsers.mail.mime.header_fields import addresses, identifiers, value, words
from parsers.secrets.mask import mask_secrets

log = structlog.get_logger()

FOLDERS: dict[MessageState, Shelf] = {
    MessageState.DECIDED: "Done",
    MessageState.UNREADABLE: "Unreadable",
    MessageState.HELD: "Held",
}
MOST_NAMED = 50  # letters that a mail answers, the newest
AGAIN = "asked for again with the next scan"
GROUP = 50  # mails in one commit, or moved by one command
GROUP_BYTES = 4 << 20  # or so many bytes of them: they are in memory together, and no other writer waits for long


@dataclass(frozen=True)
class Scan:
    """One look into one folder."""

    folder: str
    uidvalidity: int
    now: datetime.datetime
    withheld: dict[int, Withheld]  # by UID, from the scans before


def collect(
    house: House,
    mailbox: AnyMailbox,
    now: datetime.datetime,
    still: Callable[[], bool] = lambda: True,
    concerns_us: Callable[[int], bool] = lambda _uid: True,
) -> int:
    """Bring every new mail of the selected folder into the books; the number that was new. Raises PostError.

    ``still`` is asked after each group of mails whether the mailbox is still ours to read, ``concerns_us`` of a UID before
    it is fetched.
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

        coming = mailbox.fetch([uid for uid in present if uid not in known | resting], wanted, scan.withheld)
        for some in _grouped(house, coming):
            new += _receive(house, mailbox, scan, some)
            if not still():
                return new
    except Transient as error:
        _note_break(house, mailbox, scan, error)
        raise
    _note(house, mailbox, scan)
    house.books.settle_withheld(scan.folder, validity, resting | mailbox.left_behind.keys())
    return new


def collect_all(
    house: House, mailbox: AnyMailbox, now: datetime.datetime, still: Callable[[], bool] = lambda: True
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


def _concerns_us(house: House, mailbox: AnyMailbox, uid: int) -> bool:
    """Whether a mail is of somebody known or answers a letter of ours; strangers' mails stay where the server put them."""
    head = BytesHeaderParser().parsebytes(mailbox.fields(uid, "FROM", "IN-REPLY-TO", "REFERENCES"))
    senders = {address for _, address in addresses(value(head, "From"))}
    if senders & addresses_known(house) or house.books.standing_of(senders):
        return True
    named = [name for field in ("In-Reply-To", "References") for name in identifiers(value(head, field))]
    return bool(house.books.letters_with(named[-MOST_NAMED:]))


def _fetch_again(house: House, mailbox: AnyMailbox, scan: Scan, present: Collection[int]) -> None:
    """Fetch the mails in whose place the server had put a placeholder."""
    due = house.books.stubs_due(scan.folder, scan.uidvalidity, scan.now)
    came = {one.uid: one for one in mailbox.fetch([uid for _, uid in due if uid in present]) if not one.short}
    for message, uid in due:
        got = came.get(uid)
        house.books.stub_fetched(message, _arrival(scan, got) if got else None)
        log.info("fetched again", action="collect", message=message, uid=uid, came=bool(got))


def _grouped(house: House, coming: Iterable[Fetched]) -> Iterator[list[Fetched]]:
    """What is fetched, in groups for one commit; what came before the server broke off is a group too. Raises PostError."""
    some: list[Fetched] = []
    broke = None
    try:
        for fetched in coming:
            house.pulse.beat()
            some.append(fetched)
            if len(some) >= GROUP or sum(len(one.raw) for one in some) >= GROUP_BYTES:
                yield some
                some = []
    except PostError as error:
        broke = error
    if some:
        yield some
    if broke:
        raise broke


def _receive(house: House, mailbox: AnyMailbox, scan: Scan, some: Iterable[Fetched]) -> int:
    """Commit the mails of a group, but those that came short and may come whole yet; how many were new."""
    taken = [fetched for fetched in some if not fetched.short or _as_it_came(mailbox, scan, fetched)]
    new = len(house.books.receive([_arrival(scan, fetched) for fetched in taken]))
    for fetched in taken:
        if fetched.short and mailbox.counts_right:
            house.books.take_withheld(scan.folder, scan.uidvalidity, fetched.uid)
        log.info("received", action="collect", uid=fetched.uid, size=fetched.size)
    return new


def _as_it_came(mailbox: AnyMailbox, scan: Scan, fetched: Fetched) -> bool:
    """Whether a mail of which fewer bytes came than the server said is taken all the same; otherwise it is left behind."""
    digest = hashlib.sha256(fetched.raw).hexdigest()
    row = scan.withheld.get(fetched.uid)
    if not good_enough(row, digest, scan.now, counts_right=mailbox.counts_right):
        mailbox.leave(fetched, f"{len(fetched.raw)} of {fetched.size} bytes came")
        return False
    log.warning("taken as it came", action="collect", uid=fetched.uid, size=fetched.size, came=len(fetched.raw))
    return True


def _arrival(scan: Scan, fetched: Fetched) -> Arrival:
    at = arrived(fetched.at, scan.now)
    return Arrival(scan.folder, scan.uidvalidity, fetched.uid, fetched.raw, at, fetched.size)


def _note(house: House, mailbox: AnyMailbox, scan: Scan) -> None:
    """Count the mails that did not come; of a new one, ask who wrote it."""
    left = mailbox.left_behind
    seen = [Unseen(uid, one.words, one.size, one.sha256) for uid, one in left.items()]
    for uid in house.books.note_withheld(scan.folder, scan.uidvalidity, seen, scan.now) if seen else ():
        sender, subject = mailbox.envelope(uid)
        known = (" ".join(address for _, address in addresses(sender)), mask_secrets(words(subject)))
        house.books.describe_withheld(scan.folder, scan.uidvalidity, uid, *known)
    for uid, one in left.items():
        log.warning("not handed over", action="collect", uid=uid, error=one.words, next_step=AGAIN)


def _note_break(house: House, mailbox: AnyMailbox, scan: Scan, error: Transient) -> None:
    """Note over which mail the connection broke: when it does so again, the mail rests, and the others get through.

    Of several that were asked for together none is counted: each is asked for alone from now on.
    """
    if mailbox.fetching and not isinstance(error, Refused):
        one = len(mailbox.fetching) == 1
        seen = [Unseen(uid, error.detail, broke=one) for uid in mailbox.fetching]
        house.books.note_withheld(scan.folder, scan.uidvalidity, seen, scan.now)


def file_away(house: House, mailbox: AnyMailbox, now: datetime.datetime) -> int:
    """Move every decided mail of the selected folder to its own; the number moved or tried. Raises PostError."""
    filings = house.books.to_file(mailbox.folder, mailbox.uidvalidity())
    for where in dict.fromkeys(FOLDERS[filing.state] for filing in filings):
        theirs = [filing for filing in filings if FOLDERS[filing.state] == where]
        for start in range(0, len(theirs), GROUP):
            some = theirs[start : start + GROUP]
            if not _filed(house, mailbox, some, where, now) and len(some) > 1:
                for one in some:  # perhaps the server minds one of them
                    _filed(house, mailbox, [one], where, now)
    return len(filings)


def _filed(house: House, mailbox: AnyMailbox, some: Sequence[Filing], where: Shelf, now: datetime.datetime) -> bool:
    """Move mails at once and note it with one commit; whether the server did. Those no longer there count as moved."""
    house.pulse.beat()
    try:
        mailbox.file_away([filing.uid for filing in some], where)
    except (Refused, Permanent) as error:  # these alone; they stay in the inbox and are tried again
        numbers = [filing.id for filing in some]
        log.warning("not filed", action="file", message=numbers, error=str(error), next_step=error.next_step)
        return False
    house.books.filed([filing.id for filing in some], where, now)
    for filing in some:
        log.info("filed", action="file", message=filing.id, folder=where)
    return True


def file_anew(house: House, mailbox: AnyMailbox, now: datetime.datetime) -> int:
    """Move every mail that was held and then decided to its folder; the number moved. Raises PostError."""
    moved = 0
    for one in house.books.to_refile(FOLDERS[MessageState.HELD]):
        where = FOLDERS[one.state]
        try:
            there = mailbox.refile(Filed(one.size, one.sha256, one.uid), FOLDERS[MessageState.HELD], where)
        except Refused as error:  # tried again with the next scan
            log.warning("not filed", action="file", message=one.id, error=str(error), next_step=error.next_step)
            continue
        house.books.refiled(one.id, where if there else "", now)
        log.info("filed anew" if there else "gone", action="file", message=one.id, folder=where)
        moved += there
    return moved
