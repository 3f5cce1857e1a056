"""The Gmail API on loopback, over HTTPS, as far as a mailbox goes: behaves as Google documents it, and misbehaves to order.

What it does to mails is what `bot.post.gmail` says Gmail does: a letter gets a Message-ID of Gmail's, whom its headers name gets it, and its copy
has the label SENT; labels come and go one by one, and a history of them is told in pages, from a number on that may be forgotten.
"""

import base64
import datetime
import itertools
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from urllib.parse import unquote

from tests.setup.https_server import Fault, HttpsServer
from tests.setup.token_server import USER

MOST_OF_JSON = 5 * 1024 * 1024 * 4 // 3 + 10_000  # bytes of a letter in one request, in base64
STEP = 256 * 1024
SYSTEM = ("INBOX", "SENT", "DRAFT", "SPAM", "TRASH", "UNREAD")
AS_IT_IS = policy.SMTP.clone(refold_source="none")


@dataclass
class Mail:
    """One mail of the mailbox."""

    raw: bytes
    labels: set
    at: int  # milliseconds
    name: str = ""  # the Message-ID that it goes by
    to: dict = field(default_factory=dict)  # the recipients by role


class GmailServer(HttpsServer):
    """Give `with`; `host` and `port` are where it listens."""

    inbox, outgone = "INBOX", "SENT"
    busy = ("/messages/", Fault(403, "userRateLimitExceeded", Retry_After="1"))  # of the fetching of a mail

    def __init__(self, tokens, user=USER):
        super().__init__(tokens, user)
        self.labels = {name: name for name in SYSTEM}  # id: name
        self.mails = {}  # id: Mail
        self.sent = []  # each Mail that went out
        self.uploads = {}  # number: [size, bytes so far]
        self.history = []  # (number, kind, id, labels)
        self.oldest = 0  # numbers of the history below are forgotten
        self.page = 10  # ids or changes in one answer
        self.hollow = False  # whether a first page may be empty though others follow
        self.keeps = None  # bytes that are kept of a part at most
        self.keeps_names = False  # whether a letter keeps its Message-ID
        self.loops = False  # whether a mail to the mailbox itself comes in
        self.most = 36_700_160  # bytes of a letter
        self._numbers = itertools.count(1)

    # -- what a test says ----------------------------------------------------------------------------------------

    def receive(self, raw, label="INBOX", at="2024-11-20T03:00:00Z"):
        """A mail comes in; its id."""
        with self.lock:
            when = int(datetime.datetime.fromisoformat(at).timestamp() * 1000)
            return self._add(Mail(raw, {label, "UNREAD"}, when, str(message_from_bytes(raw)["Message-ID"])))

    def remove(self, number):
        """A person deletes a mail for good."""
        with self.lock:
            del self.mails[number]
            self._changed("messagesDeleted", number, ())

    def label(self, number, *, add=(), remove=()):
        """A person moves a mail, or reads it."""
        with self.lock:
            mail = self.mails[number]
            for kind, names in (("labelsAdded", set(add) - mail.labels), ("labelsRemoved", set(remove) & mail.labels)):
                mail.labels = (mail.labels | names) if kind == "labelsAdded" else (mail.labels - names)
                if names:
                    self._changed(kind, number, names)

    def expire(self):
        """All of the history is forgotten."""
        with self.lock:
            self.oldest = self._now()
            self._changed("labelsAdded", "0", ())

    @staticmethod
    def shelf(name):
        """The name of the label that we file under."""
        return f"Ruam/{name}"

    @staticmethod
    def ours(mail):
        """The Message-ID that we gave a letter: the last of its References."""
        return str(message_from_bytes(mail.raw)["References"]).split()[-1]

    def lying(self, name):
        """The mails with the label of this name, by id."""
        with self.lock:
            label = next((key for key, shown in self.labels.items() if shown == name), None)
            return {number: mail for number, mail in self.mails.items() if label in mail.labels}

    # -- HTTP ----------------------------------------------------------------------------------------------------

    def refused(self, fault):
        reason, _, said = fault.code.partition(": ")
        message = said or "not so"
        errors = [{"domain": "global", "reason": reason, "message": message}]
        return {"error": {"code": fault.status, "message": message, "errors": errors}}

    def done(self, handler, path, query, body):
        if path.startswith("/session/"):
            assert "Authorization" not in handler.headers, "an upload's address opens by itself"
            return self._upload(int(path.rpartition("/")[2]), handler.headers["Content-Range"], body)
        token = handler.headers.get("Authorization", "").removeprefix("Bearer ")
        if not self.tokens.accepts(self.user, token):
            raise Fault(401, "authError: Invalid Credentials")
        place = path.removeprefix("/upload").removeprefix("/gmail/v1/users/")
        user, _, rest = place.partition("/")
        if unquote(user) != self.user:
            raise Fault(403, "forbidden: Delegation denied for this user")
        if path.startswith("/upload/"):
            return self._begin_upload(rest, query, handler.headers)
        for verb, pattern, act in ROUTES:
            if verb == handler.command and (met := re.fullmatch(pattern, rest)):
                return 200, act(self, *map(unquote, met.groups()), query, json.loads(body or b"{}")), {}
        raise Fault(404, f"notFound: {handler.command} {rest}")

    def _profile(self, _query, _given):
        return {"emailAddress": self.user, "historyId": str(self._now())}

    # -- letters -------------------------------------------------------------------------------------------------

    def _send(self, _query, given):
        assert len(given["raw"]) <= MOST_OF_JSON
        return self._take(base64.urlsafe_b64decode(given["raw"]))

    def _begin_upload(self, rest, query, headers):
        assert (rest, query["uploadType"]) == ("messages/send", ["resumable"])
        assert headers["X-Upload-Content-Type"] == "message/rfc822"
        number = next(self._numbers)
        self.uploads[number] = [int(headers["X-Upload-Content-Length"]), b""]
        return 200, b"", {"Location": f"{self.url}/session/{number}"}

    def _upload(self, number, place, body):
        if number not in self.uploads:
            raise Fault(404, "notFound")
        size, so_far = self.uploads[number]
        first, last, whole = map(int, re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", place).groups())
        assert (first, last - first + 1, whole) == (len(so_far), len(body), size), place
        assert last + 1 == size or len(body) % STEP == 0, "only the last part may be of any size"
        so_far += body[: self.keeps]
        self.uploads[number][1] = so_far
        if len(so_far) < size:
            return 308, b"", {"Range": f"bytes=0-{len(so_far) - 1}"}
        del self.uploads[number]
        return 200, self._take(so_far), {}

    def _take(self, raw):
        """Send a letter: to whom its headers name, under a Message-ID of Gmail's."""
        if len(raw) > self.most:
            raise Fault(413, "uploadTooLarge")
        head, _, body = raw.partition(b"\r\n\r\n")
        mail = message_from_bytes(head + b"\r\n\r\n", policy=AS_IT_IS)
        to = {
            role: [one.addr_spec for one in mail[role].addresses] if mail[role] else [] for role in ("To", "Cc", "Bcc")
        }
        if not any(to.values()):
            raise Fault(400, "invalidArgument: Recipient address required")
        name = str(mail["Message-ID"]) if self.keeps_names else f"<CAx{next(self._numbers)}@mail.gmail.example>"
        del mail["Message-ID"]
        mail["Message-ID"] = name
        labels = {"SENT"} | ({"INBOX", "UNREAD"} if self.loops and self.user in to["To"] else set())
        now = datetime.datetime.now(datetime.UTC)
        copy = Mail(mail.as_bytes() + body, labels, int(now.timestamp() * 1000), name, to)
        self.sent.append(copy)
        return {"id": self._add(copy), "labelIds": sorted(labels)}

    # -- labels and mails ----------------------------------------------------------------------------------------

    def _labels(self, _query, _given):
        return {"labels": [{"id": key, "name": name} for key, name in self.labels.items()]}

    def _make_label(self, _query, given):
        if given["name"].lower() in {name.lower() for name in self.labels.values()}:
            raise Fault(409, "aborted: Label name exists or conflicts")
        key = f"Label_{next(self._numbers)}"
        self.labels[key] = given["name"]
        return {"id": key, "name": given["name"]}

    def _list(self, query, _given):
        wanted = set(query.get("labelIds", ()))
        hidden = set() if query.get("includeSpamTrash") == ["true"] else {"SPAM", "TRASH"}
        found = [
            number
            for number, mail in sorted(self.mails.items(), reverse=True)
            if wanted <= mail.labels and not hidden & mail.labels
        ]
        if "q" in query:
            name = re.fullmatch(r"rfc822msgid:(\S+)", query["q"][0])[1]
            found = [number for number in found if self.mails[number].name == f"<{name}>"]
        return self._paged("messages", [{"id": number, "threadId": number} for number in found], query)

    def _history(self, query, _given):
        start = int(query["startHistoryId"][0])
        if start < self.oldest:
            raise Fault(404, "notFound: Requested entity was not found.")
        told = [self._record(*one) for one in self.history if one[0] > start]
        return {**self._paged("history", told, query), "historyId": str(self._now())}

    def _record(self, number, kind, name, labels):
        mail = {"id": name, "threadId": name}
        if kind == "messagesAdded":
            return {"id": str(number), kind: [{"message": {**mail, "labelIds": sorted(labels)}}]}
        more = {} if kind == "messagesDeleted" else {"labelIds": sorted(labels)}
        return {"id": str(number), "messages": [mail], kind: [{"message": mail, **more}]}

    def _paged(self, key, found, query):
        """One page; its token tells how many went before."""
        token = query.get("pageToken", [""])[0]
        if not token and self.hollow and found:
            return {"nextPageToken": "after-0"}
        start = int(token.removeprefix("after-") or 0)
        size = min(self.page, int(query.get("maxResults", ["100"])[0]))
        page = {key: found[start : start + size]} if found[start : start + size] else {}
        return page | ({"nextPageToken": f"after-{start + size}"} if start + size < len(found) else {})

    def _one(self, number, query, _given):
        mail = self._there(number)
        said = {"id": number, "internalDate": str(mail.at), "sizeEstimate": len(mail.raw)}
        if query["format"] == ["raw"]:
            return {**said, "raw": base64.urlsafe_b64encode(mail.raw).decode().rstrip("=")}
        wanted = {name.lower() for name in query.get("metadataHeaders", ())}
        fields = message_from_bytes(mail.raw, policy=policy.SMTP).items()
        some = [{"name": name, "value": value} for name, value in fields if not wanted or name.lower() in wanted]
        return {**said, "payload": {"headers": some}}

    def _modify(self, number, _query, given):
        add, remove = given["addLabelIds"], given["removeLabelIds"]
        self._there(number)
        for name in (*add, *remove):
            if name not in self.labels:
                raise Fault(400, f"invalidArgument: Invalid label: {name}")
        self.label(number, add=add, remove=remove)
        return {"id": number}

    def _there(self, number):
        if number not in self.mails:
            raise Fault(404, "notFound: Requested entity was not found.")
        return self.mails[number]

    def _add(self, mail):
        number = f"{(mail.at << 20) + next(self._numbers):x}"
        self.mails[number] = mail
        self._changed("messagesAdded", number, mail.labels)
        return number

    def _changed(self, kind, number, labels):
        self.history.append((self._now() + 1 + len(self.history) % 3, kind, number, frozenset(labels)))

    def _now(self):
        return self.history[-1][0] if self.history else 100


ROUTES: tuple[tuple[str, str, Callable[..., dict]], ...] = (
    ("GET", "profile", GmailServer._profile),
    ("GET", "labels", GmailServer._labels),
    ("POST", "labels", GmailServer._make_label),
    ("POST", "messages/send", GmailServer._send),
    ("GET", "messages", GmailServer._list),
    ("GET", "history", GmailServer._history),
    ("GET", r"messages/([^/]+)", GmailServer._one),
    ("POST", r"messages/([^/]+)/modify", GmailServer._modify),
)
