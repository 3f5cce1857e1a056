"""What the answers to FETCH say: when a mail came, its bytes, which of several are meant. Servers speak as they like."""

import datetime
from collections.abc import Collection, Iterable
from email.utils import parsedate_tz

from bot.post.imap.folders import number
from bot.post.imap.lenient_client import Facts


def moment(said: object) -> datetime.datetime | None:
    """INTERNALDATE in UTC; None for what is no time of any calendar. Without a zone it counts as UTC."""
    try:
        told = parsedate_tz(said[:100].decode("ascii")) if isinstance(said, bytes) else None
        if told is None:
            return None
        year, month, day, hour, minute, second, *_, offset = told
        ahead = datetime.timezone(datetime.timedelta(seconds=offset or 0))
        return datetime.datetime(year, month, day, hour, minute, second, tzinfo=ahead).astimezone(datetime.UTC)
    except (ValueError, OverflowError, TypeError):
        return None


def by_uid(told: Iterable[Facts], asked: Collection[int]) -> dict[int, Facts]:
    """What was said of each mail that was asked for; of others servers speak as they like."""
    found: dict[int, Facts] = {}
    for facts in told:
        uid = number(facts.get(b"UID"))
        if uid in asked:
            found.setdefault(uid, {}).update(facts)
    return {uid: facts for uid, facts in found.items() if facts.keys() & {b"RFC822.SIZE", b"INTERNALDATE"}}


def bodies(told: Iterable[Facts]) -> dict[int, bytes]:
    """The whole mails that came, by UID; one that came in two versions is left out."""
    found: dict[int, set[bytes]] = {}
    for facts in told:
        raw = facts.get(b"BODY[]")
        if isinstance(raw, bytes) and (uid := number(facts.get(b"UID"))):
            found.setdefault(uid, set()).add(raw)
    return {uid: raws.pop() for uid, raws in found.items() if len(raws) == 1}


def body(told: Iterable[Facts], uid: int) -> bytes | None:
    """The bytes of the one mail that was asked for; None when none came. A few servers leave its UID out."""
    bodies = [
        (facts.get(b"UID"), value)
        for facts in told
        for key, value in facts.items()
        if key.startswith(b"BODY[") and isinstance(value, bytes)
    ]
    ours = [value for who, value in bodies if number(who) == uid]
    nameless = [value for who, value in bodies if who is None]
    return max(ours, key=len) if ours else nameless[0] if len(nameless) == 1 else None
