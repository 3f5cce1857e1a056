"""Sending through Microsoft Graph: each letter is made a draft of its MIME bytes, mended, and sent.

Relied on, as Microsoft documents it:
- a draft is made of MIME in base64 under ``Content-Type: text/plain``; a request of more than 4 MB is answered 413
  (https://learn.microsoft.com/en-us/graph/api/user-post-messages, .../graph/outlook-send-mime-message);
- ``internetMessageId`` and the recipients of a draft can be changed (https://learn.microsoft.com/en-us/graph/api/message-update);
- a file below 3 MB is attached by one request, a larger one by an upload session in ranges of at most 4 MB; its address opens by itself
  (https://learn.microsoft.com/en-us/graph/outlook-large-attachments);
- ``send`` answers 202 when it has taken the draft for sending, and keeps a copy in Sent Items
  (https://learn.microsoft.com/en-us/graph/api/message-send).

What Exchange does to the letter, as people found: ``Auto-Submitted`` and other fields of its own not beginning with X- are dropped, and X-
fields of a mailbox that never had them may be (microsoftgraph/msgraph-sdk-dotnet#2209, microsoftgraph/microsoft-graph-docs#17444). There is
no envelope: who is named in To, Cc and Bcc gets the letter. So the draft road, not ``sendMail``: what the server made of a letter is seen and
mended before it goes, and after a crash its Message-ID is looked for in Sent Items as with SMTP.
"""

import base64
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

from bot.post.graph.attachments import MOST_AT_ONCE, attach, without_files
from bot.post.graph.client import GraphClient
from bot.post.https.client import place, told
from bot.post.https.letter import AS_IT_IS, by_role
from bot.post.https.refusals import Lost, Refusal
from bot.post.https.sending import HttpsOutbox, handed_over
from bot.post.smtp.refusals import About
from bot.post.smtp.sending import Outgoing, Result

MAKING, SENDING = "handing a letter to Microsoft Graph", "sending a letter through Microsoft Graph"
DRAFTS = "mailFolders/drafts/messages"


class GraphOutbox(HttpsOutbox[GraphClient]):
    """The way through Microsoft Graph."""

    client_of = GraphClient
    opening = "mailFolders/drafts?$select=id"

    def send(self, client: GraphClient, letter: Outgoing) -> Result:
        """Make the draft, and send it."""
        try:
            draft, called = _draft(client, letter)
        except Refusal as refusal:
            return refusal.result(MAKING)
        except Lost as error:  # at worst a draft is left, which the next try removes
            return Result("deferred", str(error), about=About.SERVER)

        def act() -> str:
            answer = client.ask("POST", place("messages", draft, "send"), SENDING)
            return f"{answer.status_code} {answer.reason}{called}"

        return handed_over(act, SENDING)


def _draft(client: GraphClient, letter: Outgoing) -> tuple[str, str]:
    """The id of a draft that is the letter, and what is to be said of it. Raises Refusal, PostError."""
    mail = BytesParser(EmailMessage, policy=AS_IT_IS).parsebytes(letter.raw)
    identity = str(mail["Message-ID"] or "").strip()
    if identity:
        _remove_left_drafts(client, identity)
    raw, files = (letter.raw, []) if len(letter.raw) <= MOST_AT_ONCE else without_files(mail)
    plain = {"Content-Type": "text/plain"}
    made = told(client.ask("POST", "messages", MAKING, data=base64.b64encode(raw), headers=plain), MAKING)
    draft = str(made["id"]) if "id" in made else ""
    if not draft:
        raise Lost(MAKING, "the server made a draft and does not say which", "Nothing to do.")
    if changed := _to_change(made, mail, letter, identity):
        made = told(client.ask("PATCH", place("messages", draft), MAKING, json=changed), MAKING)
    for file in files:
        attach(client, draft, file)
    name = str(made.get("internetMessageId", ""))
    return draft, f"; the server calls it {name}" if identity and name != identity else ""


def _remove_left_drafts(client: GraphClient, identity: str) -> None:
    """Remove what a try that was cut short left among the drafts: nobody should find and send it by hand.

    One that was cut short before the draft had its Message-ID is not found; it lies there until a person removes it.
    """
    quoted = identity.replace("'", "''")  # OData 4.01, 5.1.1.6.1
    found = client.get(DRAFTS, MAKING, {"$filter": f"internetMessageId eq '{quoted}'", "$select": "id"})
    for one in found.get("value", ()):
        client.ask("DELETE", place("messages", one["id"]), MAKING)


def _to_change(made: dict[str, Any], mail: EmailMessage, letter: Outgoing, identity: str) -> dict[str, Any]:
    """What of a draft is not as the letter is to go: its Message-ID, and who gets it."""
    changed: dict[str, Any] = {}
    if identity and made.get("internetMessageId") != identity:
        changed["internetMessageId"] = identity
    for header, named in by_role(mail, letter.recipients).items():
        role = f"{header.lower()}Recipients"
        if [address.lower() for _, address in named] != [address.lower() for address in _drafted(made, role)]:
            changed[role] = [{"emailAddress": {"name": name or address, "address": address}} for name, address in named]
    return changed


def _drafted(made: dict[str, Any], role: str) -> list[str]:
    return [str(one.get("emailAddress", {}).get("address", "")) for one in made.get(role) or ()]
