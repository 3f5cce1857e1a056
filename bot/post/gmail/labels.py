"""Folders as Gmail has them: labels, found by their names and made.

Relied on, as Google documents it: labels of the system have names as ids, in any language; others are found by their name, which holds those above it
parted by ``/``, and are made where they are missing (https://developers.google.com/workspace/gmail/api/guides/labels). A name that is taken is
answered 409. Ids of labels never change.
"""

from bot.post.gmail.client import GmailClient
from bot.post.https.client import told
from bot.post.https.folders import Folders

# By the names of IMAP: RFC 3501, 5.1 and the special uses of RFC 6154; in small letters.
WELL_KNOWN = {"inbox": "INBOX", "\\sent": "SENT", "\\drafts": "DRAFT", "\\junk": "SPAM", "\\trash": "TRASH"}
# Of these nothing is listed unless it is asked for.
PUT_AWAY = {"SPAM", "TRASH"}


class Labels(Folders):
    """The labels of one mailbox."""

    def __init__(self, client: GmailClient) -> None:
        super().__init__()
        self._client = client

    def find(self, path: str) -> str:
        """The id of a label; empty where there is none. Raises Refusal, PostError."""
        if known := WELL_KNOWN.get(path.lower()):
            return known
        name = path.strip("/").casefold()
        if name not in self._ids:
            self._ids = self._all()
        return self._ids.get(name, "")

    def _make(self, path: str) -> None:
        name = path.strip("/")
        if above := name.rpartition("/")[0]:  # without it, Gmail shows the label beside the others
            self.ensure(above)
        action = f"creating the label {name}"
        made = told(self._client.ask("POST", "labels", action, json={"name": name}), action)
        self._ids[name.casefold()] = str(made.get("id", ""))

    def see(self, path: str) -> str:
        """As `find`, but the labels are asked for even for one of the system: that shows whether we are let in."""
        self._ids = self._all()
        return self.find(path)

    def _all(self) -> dict[str, str]:
        found = self._client.get("labels", "looking for the labels")
        return {str(one["name"]).casefold(): str(one["id"]) for one in found.get("labels", ())}
