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

from collections.abc import Iterable, Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

from bot.post.exceptions import Transient
from bot.post.graph.attachments import MOST_AT_ONCE, attach, without_files
from bot.post.graph.client import PAUSES, Client, Pauses, place, told
from bot.post.graph.mime import AS_IT_IS, base64_of
from bot.post.graph.refusals import Lost, Refusal
from bot.post.settings import SmtpSettings
from bot.post.smtp.refusals import About
from bot.post.smtp.sending import Outgoing, Result, fault

MAKING, SENDING = "handing a letter to Microsoft Graph", "sending a letter through Microsoft Graph"
ROLES = {"toRecipients": "To", "ccRecipients": "Cc", "bccRecipients": "Bcc"}
DRAFTS = "mailFolders/drafts/messages"


class GraphOutbox:
    """The way through Microsoft Graph, as `bot.post.smtp.sending.Outbox` is the one over SMTP."""

    def __init__(self, settings: SmtpSettings, pauses: Pauses = PAUSES) -> None:
        self.settings = settings
        self._pauses = pauses

    def deliver(self, letters: Iterable[Outgoing]) -> Iterator[tuple[int, Result]]:
        """Send one letter after the other; the next is asked of `letters` only after a result was taken.

        PostError (Transient or Permanent) when the server cannot be reached or refuses us altogether; the letter last
        asked for, and all after it, are then surely not sent.
        """
        with Client(self.settings, self._pauses) as client:
            for letter in letters:
                yield letter.id, _sent(client, letter)

    def probe(self) -> None:
        """See that the server lets us into the mailbox, and nothing more. Raises PostError as `deliver` does."""
        action = f"opening the drafts of {self.settings.user} at {self.settings.host}"
        try:
            with Client(self.settings, self._pauses) as client:
                client.get("mailFolders/drafts", action, {"$select": "id"})
        except Refusal as refusal:
            raise refusal.error(action) from None


def _sent(client: Client, letter: Outgoing) -> Result:
    if (faulty := fault(letter)) is not None:
        return faulty
    try:
        draft, called = _draft(client, letter)
    except Refusal as refusal:
        return refusal.result(MAKING)
    except Lost as error:  # at worst a draft is left, which the next try removes
        return Result("deferred", str(error), about=About.SERVER)
    return _handed_over(client, draft, called)


def _handed_over(client: Client, draft: str, called: str) -> Result:
    try:
        answer = client.ask("POST", place("messages", draft, "send"), SENDING)
    except Refusal as refusal:
        return Result("unknown", refusal.words) if refusal.doubtful else refusal.result(SENDING)
    except Lost as error:
        return Result("unknown", str(error))
    except Transient as error:  # no connection any more, and the letter is a draft
        return Result("deferred", str(error), about=About.SERVER)
    return Result("sent", f"{answer.status_code} {answer.reason}{called}")


def _draft(client: Client, letter: Outgoing) -> tuple[str, str]:
    """The id of a draft that is the letter, and what is to be said of it. Raises Refusal, PostError."""
    mail = BytesParser(EmailMessage, policy=AS_IT_IS).parsebytes(letter.raw)
    identity = str(mail["Message-ID"] or "").strip()
    if identity:
        _remove_left_drafts(client, identity)
    raw, files = (letter.raw, []) if len(letter.raw) <= MOST_AT_ONCE else without_files(mail)
    plain = {"Content-Type": "text/plain"}
    made = told(client.ask("POST", "messages", MAKING, data=base64_of(raw), headers=plain), MAKING)
    draft = str(made["id"]) if "id" in made else ""
    if not draft:
        raise Lost(MAKING, "the server made a draft and does not say which", "Nothing to do.")
    if changed := _to_change(made, mail, letter, identity):
        made = told(client.ask("PATCH", place("messages", draft), MAKING, json=changed), MAKING)
    for file in files:
        attach(client, draft, file)
    name = str(made.get("internetMessageId", ""))
    return draft, f"; the server calls it {name}" if identity and name != identity else ""


def _remove_left_drafts(client: Client, identity: str) -> None:
    """Remove what a try that was cut short left among the drafts: nobody should find and send it by hand.

    One that was cut short before the draft had its Message-ID is not found; it lies there until a person removes it.
    """
    quoted = identity.replace("'", "''")  # OData 4.01, 5.1.1.6.1
    found = client.get(DRAFTS, MAKING, {"$filter": f"internetMessageId eq '{quoted}'", "$select": "id"})
    for one in found.get("value", ()):
        client.ask("DELETE", place("messages", one["id"]), MAKING)


def _to_change(made: dict[str, Any], mail: EmailMessage, letter: Outgoing, identity: str) -> dict[str, Any]:
    """What of a draft is not as the letter is to go: its Message-ID, and who gets it.

    Whom a header names and the envelope does not had the letter already; whom only the envelope names gets it unseen.
    """
    changed: dict[str, Any] = {}
    if identity and made.get("internetMessageId") != identity:
        changed["internetMessageId"] = identity
    left = {address.lower(): address for address in letter.recipients}
    for role, header in ROLES.items():
        named = [
            (one.display_name, one.addr_spec) for one in _addresses(mail, header) if left.pop(one.addr_spec.lower(), "")
        ]
        if role == "bccRecipients":
            named += [("", address) for address in left.values()]
        if [address.lower() for _, address in named] != [address.lower() for address in _drafted(made, role)]:
            changed[role] = [{"emailAddress": {"name": name or address, "address": address}} for name, address in named]
    return changed


def _addresses(mail: EmailMessage, header: str) -> list[Any]:
    return [one for field in mail.get_all(header, []) for one in field.addresses]


def _drafted(made: dict[str, Any], role: str) -> list[str]:
    return [str(one.get("emailAddress", {}).get("address", "")) for one in made.get(role) or ()]
