"""Which mails of a mailbox are the office's to take, and when a mail arrived: by what its server says, as far as that is within reason."""

import datetime

from bot.office.model.received_mail import Begun
from bot.post.imap.mailbox import Wanted
from bot.post.settings import Since

A_DAY = datetime.timedelta(days=1)
NO_DATE = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC)  # what servers say that know no date lies before
LONG_AGO = datetime.timedelta(days=366)  # a new mail is not older, whatever its server says


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
