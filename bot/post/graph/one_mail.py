"""What Graph says of one mail without its bytes: some header fields, sender and subject.

``internetMessageHeaders`` comes only where it is selected, and may lack From
(https://learn.microsoft.com/en-us/graph/api/resources/message, microsoftgraph/microsoft-graph-docs#3066), which is a property of its own.
"""

from collections.abc import Collection, Mapping
from typing import Any

from bot.post.graph.client import GraphClient
from bot.post.graph.listing import STABLE
from bot.post.https.client import place
from bot.post.https.listing import Lying
from bot.post.https.refusals import Refusal

ASKING = "asking for the sender of a mail"


def fields_of(client: GraphClient, mail: Lying, names: Collection[str]) -> bytes:
    """The header fields of these names; empty where the server does not say them. Raises PostError."""
    told = _told(client, mail, "from,internetMessageHeaders")
    lines = [(str(one["name"]), str(one["value"])) for one in told.get("internetMessageHeaders") or ()]
    if not any(name.lower() == "from" for name, _ in lines):
        lines += [("From", address) for address in _sender(told)]
    asked = {name.lower() for name in names}
    some = [f"{name}: {' '.join(value.split())}\r\n" for name, value in lines if name.lower() in asked]
    return "".join(some).encode("utf-8", "replace")


def envelope_of(client: GraphClient, mail: Lying) -> tuple[bytes, bytes]:
    """Sender and subject; empty where the server does not say. Raises PostError."""
    told = _told(client, mail, "from,subject")
    return "".join(_sender(told)).encode(), str(told.get("subject") or "").encode("utf-8", "replace")


def _told(client: GraphClient, mail: Lying, properties: str) -> dict[str, Any]:
    """What the server says of one mail; nothing where it says no."""
    try:
        return client.get(place("messages", mail.id), ASKING, {"$select": properties}, STABLE)
    except Refusal as refusal:
        if refusal.waits:
            raise refusal.error(ASKING) from None
        return {}


def _sender(told: Mapping[str, Any]) -> list[str]:
    address = ((told.get("from") or {}).get("emailAddress") or {}).get("address")
    return [str(address)] if address else []
