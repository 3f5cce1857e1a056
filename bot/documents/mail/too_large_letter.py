"""A letter of ours without its enclosures, for a server that finds it too large: the same words, and what was left out.

First the large ones are left out, so that the form still comes where a scanned letter is what does not fit; then all.
Owns nothing but this cut; the letter's new address and Message-ID are ``bot.documents.mail.render``'s.
"""

import hashlib
from collections.abc import Collection, Iterable
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import SMTP
from html import escape

LARGE = 200_000  # bytes of a file that is left out first; forms have a tenth of it
_SAID = (
    "ไฟล์แนบของจดหมายฉบับนี้มีขนาดใหญ่เกินกว่าที่ระบบอีเมลรับได้ จึงส่งมาโดยไม่มีไฟล์ {names} "
    "หากต้องการไฟล์ โปรดตอบกลับจดหมายฉบับนี้ สำนักงานจะจัดส่งให้ทางอื่น"
)


def left_out(raw: bytes) -> tuple[str, ...]:
    """The names of the files that a lighter letter goes without: the large ones if there are any, else all, in their order."""
    parts = list(_parsed(raw).iter_attachments())
    large = [part for part in parts if len(part.get_payload(decode=True) or b"") > LARGE]
    return tuple(map(_name, large or parts))


def digests(raws: Iterable[bytes]) -> frozenset[str]:
    """The SHA-256 of every file that went with these letters."""
    files = (part.get_payload(decode=True) for raw in raws for part in _parsed(raw).iter_attachments())
    return frozenset(hashlib.sha256(file).hexdigest() for file in files if isinstance(file, bytes))


def without(raw: bytes, names: Collection[str]) -> bytes:
    """The letter's bytes without these files; its text begins with a sentence that names them and how to get them."""
    mail = _parsed(raw)
    head = raw.partition(b"\r\n\r\n")[0]
    said = _SAID.format(names=", ".join(names))
    for part in mail.walk():
        if part.get_content_type() == "text/plain" and not part.get_filename():
            part.set_content(f"{said}\n\n{part.get_content()}", cte="base64")
        elif part.get_content_type() == "text/html" and not part.get_filename():
            page = part.get_content()
            start = page.find(">", page.find('class="text"')) + 1  # the sheet, with its margins and colours
            part.set_content(f"{page[:start]}<p>{escape(said)}</p>{page[start:]}", subtype="html", cte="base64")
    mail.set_payload([part for part in mail.iter_parts() if not part.is_attachment() or _name(part) not in names])
    content = mail.as_bytes().partition(b"\r\n\r\n")[2]
    return head + b"\r\n\r\n" + content  # the head as it was: the library folds Thai words otherwise


def _name(part: Message) -> str:
    return part.get_filename() or "-"


def _parsed(raw: bytes) -> EmailMessage:
    mail = message_from_bytes(raw, policy=SMTP)
    if not isinstance(mail, EmailMessage):
        raise TypeError("the policy makes EmailMessages")
    return mail
