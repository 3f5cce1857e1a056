"""A mailbox of Gmail read through its API.

Relied on, as Google documents it (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages):
- ``format=raw`` gives a mail's own bytes in base64url, ``internalDate`` when it arrived, in milliseconds;
- filing is taking one label off and putting another on; what has that label already stays as it is;
- ``format=metadata`` gives the header fields that are named, or all.
"""

import base64
import datetime
import json
from collections.abc import Collection
from http import HTTPStatus
from typing import Any

from bot.post.error_meanings import AWAY
from bot.post.gmail.client import GmailClient
from bot.post.gmail.labels import Labels
from bot.post.gmail.listing import UIDVALIDITY, GmailListing
from bot.post.gmail.sent import Sent
from bot.post.https.client import PAUSES, Params, Pauses, place
from bot.post.https.listing import Lying
from bot.post.https.mailbox import HttpsMailbox
from bot.post.https.provider import Came
from bot.post.https.refusals import Lost, Refusal
from bot.post.settings import ImapSettings

ASKING = "asking for the sender of a mail"
REST = 64 * 1024  # bytes of an answer beside those of the mail


class GmailMailbox(HttpsMailbox[GmailClient]):
    """One label of one mailbox. `connect()` first; after a `Transient` that is no `Refused`, `connect()` again."""

    number = UIDVALIDITY
    folders: Labels

    def __init__(self, settings: ImapSettings, pauses: Pauses = PAUSES) -> None:
        super().__init__(settings, pauses)
        self._sent = Sent()

    def make_client(self, pauses: Pauses) -> GmailClient:
        """The client of this mailbox."""
        return GmailClient(self.settings, pauses)

    def make_folders(self) -> Labels:
        """The labels of this mailbox."""
        return Labels(self.client)

    def listing_of(self, folder: str) -> GmailListing:
        """What has the label of this id."""
        return GmailListing(self.client, folder)

    def download(self, mail: Lying, action: str) -> Came:
        """One mail; of one above ``max_bytes`` the header."""
        most = self.settings.max_bytes * 4 // 3 + REST
        query = {"format": "raw", "fields": "internalDate,sizeEstimate,raw"}
        answer, whole = self.client.download(place("messages", mail.id), most, action, params=query)
        if not whole:
            return self._header(mail, action)
        said = _object(answer, action)
        text = str(said.get("raw", ""))
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return Came(raw, len(raw) <= self.settings.max_bytes, len(raw), _arrival(said) or mail.at)

    def move(self, mail: Lying, folder: str, action: str) -> None:
        """Put the label of this id on a mail, and take the selected one off."""
        change = {"addLabelIds": [folder], "removeLabelIds": [self._here().folder]}
        try:
            self.client.ask("POST", place("messages", mail.id, "modify"), action, json=change)
        except Refusal as refusal:
            if refusal.status == HTTPStatus.BAD_REQUEST and "label" in refusal.words.lower():  # somebody removed it
                raise self.client.refusal(HTTPStatus.NOT_FOUND, refusal.code, refusal.words) from None
            raise

    def fields_of(self, mail: Lying, names: Collection[str]) -> bytes:
        """The header fields of these names; empty where the server does not say them."""
        return _lines(self._named(mail, *names))

    def envelope_of(self, mail: Lying) -> tuple[bytes, bytes]:
        """Sender and subject; empty where the server does not say."""
        named = {name.lower(): value for name, value in self._named(mail, "From", "Subject")}
        return named.get("from", "").encode("utf-8", "replace"), named.get("subject", "").encode("utf-8", "replace")

    def find_in_sent(self, message_id: str) -> bool | None:
        """Whether a mail of ours with this Message-ID (no brackets) is sent; None where there is no label of sent mail."""
        action = "looking into the sent mail"
        try:
            label = self.folders.find(self.settings.sent or "\\Sent")
            return self._sent.holds(self.client, label, message_id, action) if label else None
        except Refusal as refusal:
            raise refusal.error(action) from None

    def _header(self, mail: Lying, action: str) -> Came:
        said = self.client.get(place("messages", mail.id), action, {"format": "metadata"})
        raw, size = _lines(_fields(said)) + b"\r\n", int(said.get("sizeEstimate", 0))
        return Came(raw, whole=False, size=size, at=_arrival(said) or mail.at)

    def _named(self, mail: Lying, *names: str) -> list[tuple[str, str]]:
        query: Params = {"format": "metadata", "metadataHeaders": list(names)}
        try:
            return _fields(self.client.get(place("messages", mail.id), ASKING, query))
        except Refusal as refusal:
            if refusal.waits:
                raise refusal.error(ASKING) from None
            return []


def _object(answer: bytes, action: str) -> dict[str, Any]:
    """The JSON object of an answer. Lost where it is none."""
    try:
        found = json.loads(answer)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Lost(action, "the server's answer cannot be understood", AWAY.step, AWAY.kind)
    return found


def _fields(said: dict[str, Any]) -> list[tuple[str, str]]:
    return [(str(one["name"]), str(one["value"])) for one in (said.get("payload") or {}).get("headers") or ()]


def _lines(fields: list[tuple[str, str]]) -> bytes:
    return "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in fields).encode("utf-8", "replace")


def _arrival(said: dict[str, Any]) -> datetime.datetime | None:
    milliseconds = str(said.get("internalDate", ""))
    return datetime.datetime.fromtimestamp(int(milliseconds) / 1000, datetime.UTC) if milliseconds.isdecimal() else None
