"""Folders by their names: found, made, and the ids that Graph calls them by.

Relied on: some folders have names of their own in any language, such as ``inbox``
(https://learn.microsoft.com/en-us/graph/api/resources/mailfolder); the others are found by their display name below a parent, and made there
(https://learn.microsoft.com/en-us/graph/api/mailfolder-post-childfolders). Ids of folders never change.
"""

from http import HTTPStatus

from bot.post.graph.client import GraphClient
from bot.post.https.client import place, told
from bot.post.https.folders import Folders
from bot.post.https.refusals import Refusal

# By the names of IMAP: RFC 3501, 5.1 and the special uses of RFC 6154; in small letters.
WELL_KNOWN = {
    "inbox": "inbox",
    "\\sent": "sentitems",
    "\\drafts": "drafts",
    "\\junk": "junkemail",
    "\\trash": "deleteditems",
    "\\archive": "archive",
}
UNDER_WAY = "outbox"  # where a mail lies that was taken for sending and is not in Sent Items yet


class GraphFolders(Folders):
    """The folders of one mailbox, by paths such as ``Ruam/Done``."""

    def __init__(self, client: GraphClient) -> None:
        super().__init__()
        self._client = client

    def find(self, path: str) -> str:
        """The id of a folder; empty where there is none. Raises Refusal, PostError."""
        if known := WELL_KNOWN.get(path.lower()):
            return known
        if path not in self._ids:
            parent, _, name = path.strip("/").rpartition("/")
            above = self.find(parent) if parent else ""
            found = "" if parent and not above else self._below(above, name)
            if not found:
                return ""
            self._ids[path] = found
        return self._ids[path]

    def _make(self, path: str) -> None:
        parent, _, name = path.strip("/").rpartition("/")
        above = _children(self.ensure(parent) if parent else "")
        action = f"creating the folder {path}"
        made = told(self._client.ask("POST", above, action, json={"displayName": name}), action)
        self._ids[path] = str(made.get("id", ""))

    def see(self, path: str) -> str:
        """As `find`, but the server is asked after a folder with a name of its own too."""
        found = self.find(path)
        if found in WELL_KNOWN.values():
            try:
                self._client.get(place("mailFolders", found), f"opening the folder {path}", {"$select": "id"})
            except Refusal as refusal:
                if refusal.status != HTTPStatus.NOT_FOUND:
                    raise
                return ""
        return found

    def _below(self, parent: str, name: str) -> str:
        quoted = name.replace("'", "''")  # OData 4.01, 5.1.1.6.1
        condition = {"$filter": f"displayName eq '{quoted}'", "$select": "id"}
        found = self._client.get(_children(parent), f"looking for the folder {name}", condition)
        return next((str(one["id"]) for one in found.get("value", ())), "")


def is_sent(client: GraphClient, folders: GraphFolders, message_id: str, sent: str) -> bool | None:
    """Whether a mail with this Message-ID (no brackets) lies in the folder of sent mail (`sent`; empty: Sent Items), or on its way there.

    None where there is no such folder. Raises PostError.
    """
    action = "looking into the folder of sent mail"
    quoted = message_id.replace("'", "''")  # OData 4.01, 5.1.1.6.1
    condition = {"$filter": f"internetMessageId eq '<{quoted}>'", "$select": "id"}
    try:
        places = [folders.find(sent or "\\Sent"), UNDER_WAY]
        found = [
            client.get(place("mailFolders", one, "messages"), action, condition).get("value") for one in places if one
        ]
    except Refusal as refusal:
        if refusal.status == HTTPStatus.NOT_FOUND:
            return None
        raise refusal.error(action) from None
    return any(found) if all(places) else None


def _children(parent: str) -> str:
    return place("mailFolders", parent, "childFolders") if parent else "mailFolders"
