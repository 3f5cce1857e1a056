"""Microsoft Graph on loopback, over HTTPS, as far as a mailbox goes: behaves as Microsoft documents it, and misbehaves to order.

What it does to mails is what `bot.post.graph` says Microsoft does: of a letter made from MIME it drops the fields that are no standard
ones and do not begin with X-, gives it a Message-ID of its own, and takes no more than 4 MB at once; moved and sent mails keep
their immutable ids or get new ones as documented; lists come in pages; delta tokens run out.
"""

import base64
import datetime
import itertools
import json
import re
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from urllib.parse import quote, unquote

from tests.setup.https_server import Fault, HttpsServer
from tests.setup.token_server import USER

MOST = 4 * 1024 * 1024  # bytes of one request
IMMUTABLE = 'IdType="ImmutableId"'
LARGE = 3 * 1024 * 1024  # from this size on a file goes by an upload session
WELL_KNOWN = ("inbox", "drafts", "sentitems", "junkemail", "outbox")
# Fields of a mail that Exchange makes properties of; of others it keeps those that begin with X-.
STANDARD = re.compile(
    r"(?i)(from|sender|to|cc|bcc|subject|date|message-id|in-reply-to|references|reply-to|mime-version|content-.*|importance|x-.*)\Z"
)
# The whole field, with its further lines.
NAMED = re.compile(rb"(?im)^Message-ID:.*\r\n(?:[ \t].*\r\n)*")


@dataclass
class Mail:
    """One item of the mailbox."""

    raw: bytes
    folder: str
    at: str = ""  # receivedDateTime
    draft: bool = False
    name: str = ""  # internetMessageId
    to: dict = field(default_factory=dict)  # the recipients by role
    files: list = field(default_factory=list)  # (name, content)


class GraphServer(HttpsServer):
    """Give `with`; `host` and `port` are where it listens."""

    inbox, outgone = "inbox", "sentitems"
    busy = ("$value", Fault(503, "ErrorServerBusy", Retry_After="1"))  # of the fetching of a mail

    def __init__(self, tokens, user=USER):
        super().__init__(tokens, user)
        self.folders = {name: (name, "") for name in WELL_KNOWN}  # id: (name, id of the parent)
        self.mails = {}  # immutable id: Mail
        self.sent = []  # each Mail that went out
        self.uploads = {}  # path: [draft, name, size, bytes so far]
        self.page = 10  # mails in one answer
        self.delta: dict[
            str, tuple[list, int]
        ] = {}  # token: (ids of the pages to come, number of the change it is good from)
        self.changes = []  # (folder, id) of each mail that came, went or changed
        self.keeps_names = False  # whether a draft keeps the Message-ID of its MIME
        self.loops = False  # whether a mail to the mailbox itself comes in
        self.fresh_bytes = False  # whether a mail's MIME is another each time
        self.takes_marks = False  # whether X- fields are dropped
        self.largest = 35 * 1024 * 1024  # bytes of a mail that may be sent
        self._numbers = itertools.count(1)

    # -- what a test says ----------------------------------------------------------------------------------------

    def receive(self, raw, folder="inbox", at="2024-11-20T03:00:00Z"):
        """A mail comes in; its immutable id."""
        with self.lock:
            number = self._id("mail")
            self.mails[number] = Mail(raw, folder, at, name=_field(raw, "Message-ID"))
            self._changed(folder, number)
        return number

    def remove(self, number):
        """A person deletes a mail."""
        with self.lock:
            self._changed(self.mails.pop(number).folder, number)

    def shift(self, number, folder):
        """A person moves a mail."""
        with self.lock:
            mail = self.mails[number]
            self._changed(mail.folder, number)
            mail.folder = folder
            self._changed(folder, number)

    def touch(self, number):
        """A person reads a mail: that too is a change."""
        with self.lock:
            self._changed(self.mails[number].folder, number)

    def expire(self):
        """Every delta token runs out."""
        with self.lock:
            self.delta.clear()

    @staticmethod
    def shelf(name):
        """The name of the folder that we file into."""
        return name

    @staticmethod
    def ours(mail):
        """The Message-ID that we gave a letter."""
        return mail.name

    def lying(self, name):
        """The mails in the folder of this name, by id."""
        with self.lock:
            folder = next((key for key, (shown, _) in self.folders.items() if shown == name), "")
            return {number: mail for number, mail in self.mails.items() if mail.folder == folder}

    # -- HTTP ----------------------------------------------------------------------------------------------------

    def done(self, handler, path, query, body):
        return *self._done(handler, path, {key: values[0] for key, values in query.items()}, body), {}

    def refused(self, fault):
        return {"error": {"code": fault.code, "message": "not so"}}

    def _done(self, handler, path, query, body):
        if path.startswith("/upload/"):
            assert "Authorization" not in handler.headers, "an upload's address opens by itself"
            return self._upload(path, handler.headers["Content-Range"], body)
        token = handler.headers.get("Authorization", "").removeprefix("Bearer ")
        if not self.tokens.accepts(self.user, token):
            raise Fault(401, "InvalidAuthenticationToken")
        if len(body) > MOST:
            raise Fault(413, "RequestEntityTooLarge")
        root, _, rest = path.removeprefix("/v1.0/users/").partition("/")
        if unquote(root) != self.user:
            raise Fault(404, "ErrorInvalidUser")
        for verb, pattern, act in ROUTES:
            if verb == handler.command and (met := re.fullmatch(pattern, rest)):
                return act(self, [unquote(one) for one in met.groups()], query, (handler.headers, body))
        raise Fault(400, f"BadRequest {handler.command} {rest}")

    # -- letters -------------------------------------------------------------------------------------------------

    def _create(self, _, _query, sent):
        headers, body = sent
        assert headers["Content-Type"] == "text/plain"
        mail = message_from_bytes(base64.b64decode(body, validate=True), policy=policy.SMTP.clone(refold_source="none"))
        for name in {name for name in mail if not STANDARD.match(name) or (self.takes_marks and name[:2] == "X-")}:
            del mail[name]
        number = self._id("draft")
        name = str(mail["Message-ID"]) if self.keeps_names else f"<{number.partition('/')[0]}@exchange.example>"
        to = {role: [one.addr_spec for one in _addresses(mail, role)] for role in ("To", "Cc", "Bcc")}
        self.mails[number] = Mail(mail.as_bytes(), "drafts", draft=True, name=name, to=to)
        return 201, self._shown(number)

    def _change(self, groups, _query, sent):
        mail, given = self._draft(groups[0]), json.loads(sent[1])
        mail.name = given.pop("internetMessageId", mail.name)
        for role in ("To", "Cc", "Bcc"):
            if (new := given.pop(f"{role.lower()}Recipients", None)) is not None:
                mail.to[role] = [one["emailAddress"]["address"] for one in new]
        assert not given, given
        return 200, self._shown(groups[0])

    def _attach(self, groups, _query, sent):
        given = json.loads(sent[1])
        content = base64.b64decode(given["contentBytes"])
        if len(content) >= LARGE:
            raise Fault(413, "RequestEntityTooLarge")
        self._draft(groups[0]).files.append((given["name"], content))
        return 201, {"id": self._id("file")}

    def _begin_upload(self, groups, _query, sent):
        item = json.loads(sent[1])["AttachmentItem"]
        assert item["attachmentType"] == "file"
        path = f"/upload/{next(self._numbers)}"
        self.uploads[path] = [self._draft(groups[0]), item["name"], item["size"], b""]
        return 201, {"uploadUrl": f"{self.url}{path}?authtoken=opens", "nextExpectedRanges": ["0-"]}

    def _upload(self, path, place, body):
        draft, name, size, so_far = self.uploads[path]
        assert len(body) <= MOST
        first, last, whole = map(int, re.fullmatch(r"bytes (\d+)-(\d+)/(\d+)", place).groups())
        assert (first, last - first + 1, whole) == (len(so_far), len(body), size), place
        self.uploads[path][3] = so_far = so_far + body
        if len(so_far) < size:
            return 200, {"nextExpectedRanges": [f"{len(so_far)}-"]}
        draft.files.append((name, so_far))
        return 201, {}

    def _send(self, groups, _query, _sent):
        mail = self._draft(groups[0])
        if len(mail.raw) + sum(len(content) * 4 // 3 for _, content in mail.files) > self.largest:
            raise Fault(400, "ErrorMessageSizeExceeded")
        if not any(mail.to.values()):
            raise Fault(400, "ErrorInvalidRecipients")
        del self.mails[groups[0]]
        mail.draft, mail.folder, mail.at = False, "sentitems", "2024-11-20T04:00:00Z"
        mail.raw = NAMED.sub(b"Message-ID: " + mail.name.encode() + b"\r\n", mail.raw, count=1)
        if self.loops and self.user in mail.to["To"]:
            self.receive(mail.raw, at=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"))
        self.mails[self._id("sent")] = mail  # an immutable id does not live through the sending
        self.sent.append(mail)
        return 202, b""

    def _delete(self, groups, _query, _sent):
        mail = self.mails.pop(groups[0], None)
        if mail is None:
            raise Fault(404, "ErrorItemNotFound")
        self._changed(mail.folder, groups[0])
        return 204, b""

    def _draft(self, number):
        mail = self.mails.get(number)
        if mail is None or not mail.draft:
            raise Fault(404, "ErrorItemNotFound")
        return mail

    def _shown(self, number):
        mail = self.mails[number]
        roles = {
            f"{role.lower()}Recipients": [{"emailAddress": {"name": one, "address": one}} for one in people]
            for role, people in mail.to.items()
        }
        return {
            "id": number,
            "receivedDateTime": mail.at,
            "internetMessageId": mail.name,
            "isDraft": mail.draft,
            **roles,
        }

    # -- folders and mails ---------------------------------------------------------------------------------------

    def _folder(self, groups, _query, _sent):
        if groups[0] not in self.folders:
            raise Fault(404, "ErrorItemNotFound")
        return 200, {"id": groups[0], "displayName": self.folders[groups[0]][0]}

    def _folders(self, groups, query, _sent):
        parent = groups[0] if groups else ""
        wanted = _quoted(query["$filter"], "displayName")
        found = [
            {"id": key, "displayName": name}
            for key, (name, above) in self.folders.items()
            if above == parent and name.lower() == wanted.lower()
        ]
        return 200, {"value": found}

    def _make_folder(self, groups, _query, sent):
        parent, name = groups[0] if groups else "", json.loads(sent[1])["displayName"]
        if (name, parent) in self.folders.values():
            raise Fault(409, "ErrorFolderExists")
        key = self._id("folder")
        self.folders[key] = (name, parent)
        return 201, {"id": key, "displayName": name}

    def _list(self, groups, query, _sent):
        self._folder(groups, query, _sent)
        found = [number for number, mail in self.mails.items() if mail.folder == groups[0]]
        if "$filter" in query:
            wanted = _quoted(query["$filter"], "internetMessageId")
            found = [number for number in found if self.mails[number].name == wanted]
        skip = int(query.get("$skip", 0))
        answer: dict = {"value": [self._shown(number) for number in found[skip : skip + self.page]]}
        if skip + self.page < len(found):
            answer["@odata.nextLink"] = f"{self._at(groups[0])}?$skip={skip + self.page}"
        return 200, answer

    def _delta(self, groups, query, sent):
        """Pages of what changed since the token; of all without one. The last names the token for the next time."""
        self._folder(groups, query, sent)
        assert IMMUTABLE in sent[0]["Prefer"], "ids that change would be of no use"
        token = query.get("$token", "")
        if token and token not in self.delta:
            raise Fault(410, "SyncStateNotFound")
        if token:
            ids, end = self.delta[token]
        else:
            ids, end = [number for number, mail in self.mails.items() if mail.folder == groups[0]], len(self.changes)
        if token and not ids:
            changed = [number for folder, number in self.changes[end:] if folder == groups[0]]
            ids, end = changed, len(self.changes)
        page, rest = ids[: self.page], ids[self.page :]
        following = self._id("token")
        self.delta[following] = (rest, end)
        link = "@odata.nextLink" if rest else "@odata.deltaLink"
        value = [self._told(number, groups[0]) for number in page]
        return 200, {"value": value, link: f"{self._at(groups[0])}/delta?$token={quote(following, safe='')}"}

    def _told(self, number, folder):
        mail = self.mails.get(number)
        if mail is None or mail.folder != folder:
            return {"id": number, "@removed": {"reason": "deleted" if mail is None else "changed"}}
        return {"id": number, "receivedDateTime": mail.at}

    def _one(self, groups, query, sent):
        assert IMMUTABLE in sent[0]["Prefer"]
        if groups[0] not in self.mails:
            raise Fault(404, "ErrorItemNotFound")
        mail = message_from_bytes(self.mails[groups[0]].raw, policy=policy.SMTP)
        shown = {
            "from": {"emailAddress": {"address": mail["From"].addresses[0].addr_spec}},
            "subject": mail["Subject"],
            # As people found: From, To and Cc are not among them.
            "internetMessageHeaders": [
                {"name": name, "value": value}
                for name, value in mail.items()
                if name.lower() not in ("from", "to", "cc")
            ],
        }
        return 200, {name: shown[name] for name in query["$select"].split(",")}

    def _value(self, groups, _query, sent):
        assert IMMUTABLE in sent[0]["Prefer"]
        if groups[0] not in self.mails:
            raise Fault(404, "ErrorItemNotFound")
        raw = self.mails[groups[0]].raw
        return 200, b"X-Made: %d\r\n" % next(self._numbers) + raw if self.fresh_bytes else raw

    def _move(self, groups, _query, sent):
        assert IMMUTABLE in sent[0]["Prefer"], "the id that is told would be another"
        to, mail = json.loads(sent[1])["destinationId"], self.mails.get(groups[0])
        if mail is None or to not in self.folders:
            raise Fault(404, "ErrorItemNotFound")
        self.shift(groups[0], to)
        return 201, self._shown(groups[0])

    def _changed(self, folder, number):
        self.changes.append((folder, number))

    def _at(self, folder):
        return f"{self.url}/v1.0/users/{self.user}/mailFolders/{quote(folder, safe='')}/messages"

    def _id(self, kind):
        return f"{kind}-{next(self._numbers)}/+=="  # ids may hold such signs


ROUTES = (
    ("POST", r"messages", GraphServer._create),
    ("PATCH", r"messages/([^/]+)", GraphServer._change),
    ("DELETE", r"messages/([^/]+)", GraphServer._delete),
    ("POST", r"messages/([^/]+)/attachments", GraphServer._attach),
    ("POST", r"messages/([^/]+)/attachments/createUploadSession", GraphServer._begin_upload),
    ("POST", r"messages/([^/]+)/send", GraphServer._send),
    ("GET", r"messages/([^/]+)", GraphServer._one),
    ("GET", r"messages/([^/]+)/\$value", GraphServer._value),
    ("POST", r"messages/([^/]+)/move", GraphServer._move),
    ("GET", r"mailFolders", GraphServer._folders),
    ("POST", r"mailFolders", GraphServer._make_folder),
    ("GET", r"mailFolders/([^/]+)", GraphServer._folder),
    ("GET", r"mailFolders/([^/]+)/childFolders", GraphServer._folders),
    ("POST", r"mailFolders/([^/]+)/childFolders", GraphServer._make_folder),
    ("GET", r"mailFolders/([^/]+)/messages", GraphServer._list),
    ("GET", r"mailFolders/([^/]+)/messages/delta", GraphServer._delta),
)


def _field(raw, name):
    return str(message_from_bytes(raw)[name] or "")


def _addresses(mail, role):
    return [one for field_ in mail.get_all(role, []) for one in field_.addresses]


def _quoted(condition, name):
    """What a $filter of one property wants."""
    return re.fullmatch(rf"{name} eq '(.*)'", condition)[1].replace("''", "'")
