"""Which mails lie in one folder, kept up to date by delta queries.

Relied on, as Microsoft documents it (https://learn.microsoft.com/en-us/graph/delta-query-messages and .../graph/delta-query-overview):
- a round is one or more pages; ``@odata.nextLink`` leads to the next, ``@odata.deltaLink`` on the last to what changes from then on;
- a mail may come twice, or out of turn; one that was deleted or moved away comes with ``@removed``;
- a token may be no longer good at any time: 410, or the code ``syncStateNotFound``; then all is asked for anew;
- with ``Prefer: IdType="ImmutableId"`` a mail keeps its id while it stays in the mailbox, in whatever folder
  (https://learn.microsoft.com/en-us/graph/outlook-immutable-id).
"""

from http import HTTPStatus
from typing import Any

from bot.post.graph.client import GraphClient
from bot.post.https.client import place
from bot.post.https.listing import LOOKING, Lay, Listing, Lying, moment, pages
from bot.post.https.refusals import Refusal

IMMUTABLE = 'IdType="ImmutableId"'
STABLE = {"Prefer": IMMUTABLE}  # with each request that names a mail, since the header counts for its own request alone
PAGE = 200  # mails in one answer, as we ask; the server may give fewer
EXPIRED = {"syncstatenotfound", "syncstateinvalid", "resyncrequired"}  # in small letters
# Of every folder of every mailbox, since ids last; beyond the 32 bits of IMAP, so that no server's is the same.
UIDVALIDITY = 0x6772617068  # "graph"


class GraphListing(Listing[GraphClient]):
    """The mails of one folder of Exchange; its mark is the delta link."""

    def has_expired(self, refusal: Refusal) -> bool:
        """410, or a code that says so."""
        return refusal.status == HTTPStatus.GONE or refusal.code.lower() in EXPIRED

    def look(self, mark: str, lay: Lay) -> str:
        """One round of delta; what changed of a mail that is known is nothing to us."""
        following = ""
        for page in pages(self._page, lambda page: str(page.get("@odata.nextLink", "")), mark):
            for said in page.get("value", ()):
                if "@removed" in said:
                    lay.remove(str(said.get("id", "")))
                else:
                    lay.add(Lying(str(said.get("id", "")), moment(said.get("receivedDateTime"))))
            following = str(page.get("@odata.deltaLink", ""))
        return following

    def _page(self, link: str) -> dict[str, Any]:
        prefer = {"Prefer": f"{IMMUTABLE}, odata.maxpagesize={PAGE}"}
        if link:
            return self.client.get(link, LOOKING, headers=prefer)
        first = place("mailFolders", self.folder, "messages", "delta")
        return self.client.get(first, LOOKING, {"$select": "receivedDateTime"}, prefer)
