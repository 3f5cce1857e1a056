"""Sending through the Gmail API.

Relied on, as Google documents it:
- ``messages.send`` takes the MIME in base64url; above 5 MB it is uploaded in parts, multiples of 256 KiB, each answered 308 with the range
  that came, and is sent with the last (https://developers.google.com/workspace/gmail/api/guides/uploads); 35 MB at most (.../reference/rest/v1/users.messages/send);
- there is no envelope: who is named in To, Cc and Bcc gets the letter, and nobody sees Bcc; the copy among the sent mails is Gmail's own;
- an answer of 200 says that Gmail took the letter; that the day's number of mails is reached may show minutes later (.../guides/handle-errors).

What people found: Gmail gives a letter a Message-ID of its own. So ours is put last into References, which every answer takes over (RFC 5322, 3.6.4),
and into a field of its own, which a mail that comes back shows among its headers. By both a letter in doubt is found among the sent mails.

No ``threadId`` is given: it would only place the copy in a conversation of our own mailbox.
"""

import base64
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import quote
from functools import partial

from bot.post.gmail.client import GmailClient
from bot.post.gmail.refusals import CUT
from bot.post.https.client import told
from bot.post.https.letter import AS_IT_IS, by_role, named_in
from bot.post.https.refusals import Lost, Refusal
from bot.post.https.sending import HttpsOutbox, handed_over
from bot.post.smtp.refusals import About
from bot.post.smtp.sending import Outgoing, Result

OWN = "X-Original-Message-ID"
SENDING = "sending a letter through the Gmail API"
MOST_AT_ONCE = 5 * 1024 * 1024  # bytes of a letter that goes in one request
MOST = 36_700_160
PART = 16 * 256 * 1024
UNFINISHED = 308


class GmailOutbox(HttpsOutbox[GmailClient]):
    """The way through the Gmail API."""

    client_of = GmailClient
    opening = "profile"

    def send(self, client: GmailClient, letter: Outgoing) -> Result:
        """Send the letter in one request, or in parts."""
        raw = as_it_goes(letter)
        if len(raw) > MOST:
            return Result("failed", f"the letter has {len(raw)} bytes, Gmail takes {MOST}", about=About.SIZE)
        if len(raw) <= MOST_AT_ONCE:
            return handed_over(partial(_at_once, client, raw), SENDING)
        try:
            url = _begun(client, len(raw))
            start = _all_but_the_last(client, url, raw)
        except Refusal as refusal:
            return refusal.result(SENDING)
        except Lost as error:  # of a letter that is not whole nothing goes
            return Result("deferred", str(error), about=About.SERVER)
        return handed_over(partial(_last, client, url, raw, start), SENDING)


def as_it_goes(letter: Outgoing) -> bytes:
    """The letter's bytes with our Message-ID where it outlives another's, and exactly its recipients in To, Cc and Bcc; the body as it is."""
    head, _, body = letter.raw.partition(b"\r\n\r\n")
    mail = BytesHeaderParser(EmailMessage, policy=AS_IT_IS).parsebytes(head + b"\r\n\r\n")
    if own := str(mail["Message-ID"] or "").strip():
        before = " ".join(str(mail["References"] or "").split())
        del mail["References"]
        mail["References"] = f"{before} {own}".strip()
        mail[OWN] = own
    for role, people in by_role(mail, letter.recipients).items():
        if people != named_in(mail, role):
            del mail[role]
            if people:
                mail[role] = ", ".join(f'"{quote(name)}" <{address}>' if name else address for name, address in people)
    return mail.as_bytes(policy=AS_IT_IS) + body


def _at_once(client: GmailClient, raw: bytes) -> str:
    answer = client.ask("POST", "messages/send", SENDING, json={"raw": base64.urlsafe_b64encode(raw).decode()})
    return _taken(answer.status_code, str(told(answer, SENDING).get("id", "")))


def _begun(client: GmailClient, size: int) -> str:
    """The address of an upload that is begun."""
    where = f"{client.origin}/upload/{client.path}/messages/send"
    about = {"X-Upload-Content-Type": "message/rfc822", "X-Upload-Content-Length": str(size)}
    answer = client.ask("POST", where, SENDING, params={"uploadType": "resumable"}, json={}, headers=about)
    return str(answer.headers.get("Location", ""))


def _all_but_the_last(client: GmailClient, url: str, raw: bytes) -> int:
    """Upload the parts before the last one; where that begins. What the server did not keep of a part goes again with the next."""
    start = 0
    while start + PART < len(raw):
        answer = client.upload(url, raw[start : start + PART], _place(start, start + PART, len(raw)), SENDING)
        kept = answer.headers.get("Range", "").rpartition("-")[2]  # "bytes=0-4194303"
        following = int(kept) + 1 if kept.isdecimal() else 0
        if answer.status_code != UNFINISHED or not start < following <= start + PART:
            raise client.refusal(answer.status_code, CUT, f"the server has {kept or 'nothing'} of {len(raw)} bytes")
        start = following
    return start


def _last(client: GmailClient, url: str, raw: bytes, start: int) -> str:
    answer = client.upload(url, raw[start:], _place(start, len(raw), len(raw)), SENDING)
    if answer.status_code == UNFINISHED:  # it did not take all, so nothing went
        raise client.refusal(answer.status_code, CUT, "the server did not take the whole letter")
    return _taken(answer.status_code, str(told(answer, SENDING).get("id", "")))


def _place(start: int, end: int, size: int) -> str:
    return f"bytes {start}-{end - 1}/{size}"


def _taken(status: int, name: str) -> str:
    return f"{status}, as {name}"
