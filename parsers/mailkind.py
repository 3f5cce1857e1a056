"""What sort of mail a message is, by its headers alone: who wrote it, a person or a machine.

Owns the signs of automatic mail (RFC 3834, RFC 3464, RFC 2919 and the habits of older programs). In doubt a mail is a
person's: a report taken for an absence notice would be lost.
"""

import re
from email.message import Message as Part

from parsers import headers
from parsers.reading import MailKind

_AWAY = re.compile(
    r"^\W*(?:automatic reply|auto[- ]?reply|autoreply|auto(?:matic)? response|auto:|out of (?:the )?office|abwesenheitsnotiz|"
    r"การตอบกลับอัตโนมัติ|ตอบกลับอัตโนมัติ|ข้อความตอบกลับอัตโนมัติ|ตอบอัตโนมัติ|ไม่อยู่ที่สำนักงาน|ไม่อยู่ที่ทำงาน)",
    re.IGNORECASE,
)
_ANSWERS = ("X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply")


def kind_of(root: Part, sender: str, subject: str, *, has_files: bool) -> MailKind:
    """OWN, BOUNCE, AUTO_REPLY, LIST or OTHER, the first that fits; REPORT and COMMAND are for whoever reads the content."""
    if headers.value(root, "X-Ruam-Kind"):
        return MailKind.OWN
    if _is_bounce(root, sender):
        return MailKind.BOUNCE
    if _is_answer(root) or (_AWAY.match(subject) and not has_files):
        return MailKind.AUTO_REPLY
    return MailKind.LIST if _is_list(root) else MailKind.OTHER


def _token(root: Part, name: str) -> str:
    """The first word of a header's value in lower case."""
    words = re.split(r"[\s;(]", headers.value(root, name).decode("latin-1").lower().strip(), maxsplit=1)
    return words[0]


def _report_type(root: Part) -> str:
    declared = headers.value(root, "Content-Type")
    if not declared.lower().startswith(b"multipart/report"):
        return ""
    named = headers.parameter(declared, "report-type").lower()
    kinds = [_token(part, "Content-Type") for part in headers.parts(root)]
    return named or next((kind.removeprefix("message/") for kind in kinds if kind.startswith("message/d")), "")


def _is_bounce(root: Part, sender: str) -> bool:
    if _report_type(root) in ("delivery-status", "global-delivery-status") or headers.value(
        root, "X-Failed-Recipients"
    ):
        return True
    who = sender.partition("@")[0]
    nobody = headers.value(root, "Return-Path").replace(b" ", b"") == b"<>"
    return who == "mailer-daemon" or (who == "postmaster" and nobody)


def _is_answer(root: Part) -> bool:
    return (
        _token(root, "Auto-Submitted") not in ("", "no")
        or any(_token(root, name) not in ("", "no") for name in _ANSWERS)
        or _token(root, "Precedence") in ("auto_reply", "auto-reply")
        # A receipt that the mail was displayed.
        or _report_type(root) == "disposition-notification"
    )


def _is_list(root: Part) -> bool:
    return any(headers.value(root, name) for name in ("List-Id", "List-Unsubscribe")) or _token(root, "Precedence") in (
        "bulk",
        "list",
        "junk",
    )
