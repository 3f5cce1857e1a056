"""Which mails have one label, kept up to date by the history of the mailbox.

Relied on, as Google documents it (https://developers.google.com/workspace/gmail/api/guides/sync and .../reference/rest/v1/users.history/list):
- history is told from a number on, in its order, in pages; the answer names the number of the next time;
- a number is good for a week at least, but may be forgotten within hours: 404, and all is asked for anew;
- an id of a mail is the same for ever; it is a number of 64 bits in hexadecimal (.../gmail/imap/imap-extensions, X-GM-MSGID).

What people found, and Google does not say: the first 44 bits are the milliseconds of the mail's arrival. A list holds no times, and asking for
each would take a request a mail; so the time that stands in the id makes the number in the books. What is kept with a fetched mail is the time
that Google says (``internalDate``).

History is asked for without a label: whether one that was taken off a mail is still told for that label, Google leaves open.
"""

import datetime
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from bot.post.gmail.client import GmailClient
from bot.post.gmail.labels import PUT_AWAY
from bot.post.https.listing import LOOKING, Lay, Listing, Lying, pages
from bot.post.https.refusals import Refusal

UIDVALIDITY = 0x676D61696C  # "gmail", beyond the 32 bits of IMAP
PAGE = "500"  # ids or changes in one answer, as we ask; the server may give fewer
MILLISECONDS_FROM = 20  # the bit of an id
# Of an id that is no such number, nothing is believed of its time.
EARLIEST = datetime.datetime(2004, 1, 1, tzinfo=datetime.UTC)  # Gmail's first year
LATEST = datetime.datetime(2200, 1, 1, tzinfo=datetime.UTC)
NEWS = ("messagesAdded", "labelsAdded", "labelsRemoved", "messagesDeleted")


class GmailListing(Listing[GmailClient]):
    """The mails of one label; its mark is the number of the mailbox's history."""

    def has_expired(self, refusal: Refusal) -> bool:
        """404: the number is too old."""
        return refusal.status == HTTPStatus.NOT_FOUND

    def look(self, mark: str, lay: Lay) -> str:
        """All mails with the label, or what changed since."""
        return self._changes(mark, lay) if mark else self._all(lay)

    def _all(self, lay: Lay) -> str:
        mark = str(
            self.client.get("profile", LOOKING).get("historyId", "")
        )  # first: what comes meanwhile is told later
        query = {"labelIds": self.folder, "maxResults": PAGE}
        if self.folder in PUT_AWAY:
            query["includeSpamTrash"] = "true"
        for page in pages(lambda name: self._page("messages", query, name), following):
            for said in page.get("messages", ()):
                lay.add(lying(str(said.get("id", ""))))
        return mark

    def _changes(self, mark: str, lay: Lay) -> str:
        query = {"startHistoryId": mark, "maxResults": PAGE}
        for page in pages(lambda name: self._page("history", query, name), following):
            for record in page.get("history", ()):
                for kind in NEWS:
                    for said in record.get(kind, ()):
                        self._apply(kind, said, lay)
            mark = str(page.get("historyId", mark))
        return mark

    def _apply(self, kind: str, said: Mapping[str, Any], lay: Lay) -> None:
        """Take in one change of one mail."""
        mail = said.get("message") or {}
        name = str(mail.get("id", ""))
        labels = mail.get("labelIds", ()) if kind == "messagesAdded" else said.get("labelIds", ())
        if kind == "messagesDeleted" or (kind == "labelsRemoved" and self.folder in labels):
            lay.remove(name)
        elif kind != "labelsRemoved" and self.folder in labels:
            lay.add(lying(name))

    def _page(self, path: str, query: Mapping[str, str], name: str) -> dict[str, Any]:
        return self.client.get(path, LOOKING, {**query, **paged(name)})


def lying(name: str) -> Lying:
    """A mail by its id, with the time that stands in it."""
    try:
        at = datetime.datetime.fromtimestamp((int(name, 16) >> MILLISECONDS_FROM) / 1000, datetime.UTC)
    except (ValueError, OverflowError, OSError):
        return Lying(name, None)
    return Lying(name, at if EARLIEST <= at <= LATEST else None)


def paged(name: str) -> dict[str, str]:
    """What asks for the page of this name; the first has none."""
    return {"pageToken": name} if name else {}


def following(page: Mapping[str, Any]) -> str:
    """The name of the next page; empty after the last."""
    return str(page.get("nextPageToken", ""))
