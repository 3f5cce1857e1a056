"""A mailbox of Exchange Online read through Microsoft Graph.

Its MIME is made when it is asked for (https://learn.microsoft.com/en-us/graph/outlook-get-mime-message) and need not have the same bytes twice;
nothing here compares them.
"""

from collections.abc import Collection

from bot.post.graph.client import GraphClient
from bot.post.graph.folders import GraphFolders, is_sent
from bot.post.graph.listing import STABLE, UIDVALIDITY, GraphListing
from bot.post.graph.one_mail import envelope_of, fields_of
from bot.post.https.client import Pauses, place
from bot.post.https.listing import Lying
from bot.post.https.mailbox import HttpsMailbox
from bot.post.https.provider import Came


class GraphMailbox(HttpsMailbox[GraphClient]):
    """One folder of one mailbox. `connect()` first; after a `Transient` that is no `Refused`, `connect()` again."""

    number = UIDVALIDITY
    folders: GraphFolders

    def make_client(self, pauses: Pauses) -> GraphClient:
        """The client of this mailbox."""
        return GraphClient(self.settings, pauses)

    def make_folders(self) -> GraphFolders:
        """The folders of this mailbox."""
        return GraphFolders(self.client)

    def listing_of(self, folder: str) -> GraphListing:
        """What lies in the folder of this id."""
        return GraphListing(self.client, folder)

    def download(self, mail: Lying, action: str) -> Came:
        """One mail; of one above ``max_bytes`` the beginning."""
        where = place("messages", mail.id, "$value")
        raw, whole = self.client.download(where, self.settings.max_bytes, action, headers=STABLE)
        return Came(raw, whole, len(raw), mail.at)

    def move(self, mail: Lying, folder: str, action: str) -> None:
        """Move a mail to the folder of this id."""
        where = {"destinationId": folder}
        self.client.ask("POST", place("messages", mail.id, "move"), action, json=where, headers=STABLE)

    def fields_of(self, mail: Lying, names: Collection[str]) -> bytes:
        """The header fields of these names; empty where the server does not say them."""
        return fields_of(self.client, mail, names)

    def envelope_of(self, mail: Lying) -> tuple[bytes, bytes]:
        """Sender and subject; empty where the server does not say."""
        return envelope_of(self.client, mail)

    def find_in_sent(self, message_id: str) -> bool | None:
        """Whether a mail with this Message-ID (no brackets) is sent, or being sent; None where there is no such folder."""
        return is_sent(self.client, self.folders, message_id, self.settings.sent)
