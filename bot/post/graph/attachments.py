"""The files of a letter that is too large for one request: taken out of its MIME, and attached to its draft one by one.

Limits and steps as in https://learn.microsoft.com/en-us/graph/outlook-large-attachments and
https://learn.microsoft.com/en-us/graph/api/attachment-createuploadsession: below 3 MB a file goes in one request; up to 150 MB in
an upload session, in ranges of at most 4 MB, where each answer names the byte that is expected next. What a mailbox may send
at all is its administrator's to say (35 MB unless changed), and is refused by the server.
"""

import base64
from email.message import EmailMessage
from http import HTTPStatus
from typing import Any

from bot.post.graph.client import GraphClient
from bot.post.graph.refusals import GraphRefusal
from bot.post.https.client import place, told
from bot.post.https.letter import AS_IT_IS
from bot.post.https.refusals import Lost

MOST_AT_ONCE = 2_900_000  # bytes of MIME that are below 4 MB in base64, with room
MOST_IN_ONE = 2_900_000  # bytes of a file that may be attached by one request
RANGE = 3_932_160  # 12 times 320 KiB, the step that upload sessions elsewhere in Graph ask for
ATTACHING = "attaching a file through Microsoft Graph"
FILE = "#microsoft.graph.fileAttachment"


def without_files(mail: EmailMessage) -> tuple[bytes, list[EmailMessage]]:
    """The letter's bytes without the files that stand straight in it, and these. A mail within the mail stays."""
    files: list[EmailMessage] = []
    if mail.get_content_type() == "multipart/mixed":
        parts: list[Any] = list(mail.iter_parts())
        files = [part for part in parts if part.is_attachment() and not part.is_multipart()]
        mail.set_payload([part for part in parts if part not in files])
    return mail.as_bytes(policy=AS_IT_IS), files


def attach(client: GraphClient, draft: str, file: EmailMessage) -> None:
    """Attach one file to a draft. Raises Refusal, PostError."""
    content = file.get_payload(decode=True)
    content = content if isinstance(content, bytes) else b""
    name, kind = file.get_filename() or "file", file.get_content_type()
    files = place("messages", draft, "attachments")
    if len(content) <= MOST_IN_ONE:
        given = {
            "@odata.type": FILE,
            "name": name,
            "contentType": kind,
            "contentBytes": base64.b64encode(content).decode(),
        }
        client.ask("POST", files, ATTACHING, json=given)
        return
    item = {"attachmentType": "file", "name": name, "size": len(content), "contentType": kind}
    begun = told(
        client.ask("POST", f"{files}/createUploadSession", ATTACHING, json={"AttachmentItem": item}), ATTACHING
    )
    _upload(client, str(begun.get("uploadUrl", "")), content)


def _upload(client: GraphClient, url: str, content: bytes) -> None:
    """Each range in its turn, as the server expects them; a range that it does not take is no progress, and refused."""
    start, size = 0, len(content)
    while start < size:
        end = min(start + RANGE, size)
        answer = client.upload(url, content[start:end], f"bytes {start}-{end - 1}/{size}", ATTACHING)
        if answer.status_code == HTTPStatus.CREATED:
            return
        expected = next(iter(told(answer, ATTACHING).get("nextExpectedRanges", ())), "")
        following = expected.partition("-")[0]  # "4194304" or "4194304-"
        if not following.isdecimal() or not start < int(following) <= size:
            raise GraphRefusal(
                answer.status_code, "upload", f"the server expects {expected or 'nothing'} after byte {end}"
            )
        start = int(following)
    raise Lost(ATTACHING, "the server has the whole file and does not say that it is attached", "Nothing to do.")
