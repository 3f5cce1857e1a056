"""Whether a letter lies among the sent mails, under whatever Message-ID Gmail gave it."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from bot.post.gmail.client import GmailClient
from bot.post.gmail.listing import following, paged
from bot.post.https.client import Params, place
from bot.post.https.listing import pages

LOOKED_AT = 200  # sent mails, the newest; a letter in doubt is looked for within the hour
# Where our own Message-ID stands in a letter whose own was changed; see `bot.post.gmail.sending`.
NAMES: Params = {
    "format": "metadata",
    "metadataHeaders": ["Message-ID", "X-Original-Message-ID", "References"],
}


class Sent:
    """What is known of sent mails, which never change: by id, the Message-IDs that they go by."""

    def __init__(self) -> None:
        self._names: dict[str, set[str]] = {}

    def holds(self, client: GmailClient, label: str, message_id: str, action: str) -> bool:
        """Whether a mail of the label is the letter with this Message-ID (no brackets). Raises Refusal, PostError.

        First by Gmail's search; it finds the Message-ID of the mail as it went, so then among the newest mails one by one.
        """
        wanted = f"<{message_id}>"
        search = {"labelIds": label, "q": f"rfc822msgid:{message_id}", "fields": "messages/id"}
        if client.get("messages", action, search).get("messages"):
            return True
        ids = list(islice(_newest(client, label, action), LOOKED_AT))
        self._names = {name: self._names[name] for name in ids if name in self._names}
        for name in ids:
            if name not in self._names:
                self._names[name] = _names(client.get(place("messages", name), action, NAMES))
            if wanted in self._names[name]:
                return True
        return False


def _newest(client: GmailClient, label: str, action: str) -> Iterator[str]:
    """The ids of the label's mails, as Gmail lists them: the newest first."""
    query = {"labelIds": label, "maxResults": str(LOOKED_AT)}
    for page in pages(lambda name: client.get("messages", action, {**query, **paged(name)}), following):
        yield from (str(one["id"]) for one in page.get("messages", ()))


def _names(said: Mapping[str, Any]) -> set[str]:
    """Its Message-ID, and where we put our own: a field of its name, and the last of its References."""
    fields = (said.get("payload") or {}).get("headers") or ()
    return {str(one["value"]).split()[-1] for one in fields if str(one["value"]).split()}
