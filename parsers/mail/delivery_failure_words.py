"""The words by which mail servers say that a mail did not arrive, where no standard part says it (RFC 3464).

Owns the sentences and labels: of James, KDDI, InterScan and other filters, McAfee, Verizon, Notes, old sendmail and the like.
Words alone make no report: who sends them must be a machine by ``parsers.mail.kind``. Linear in the text.
"""

import re
from collections.abc import Iterator
from email.message import Message as Part

from parsers.mail.mime import header_fields
from parsers.thai import charsets

TEXT_CAP = 20_000  # characters; what failed stands at the top
# The first text stands among the first parts.
_PARTS = 20
_NEAR = 5  # lines below a label in which its addresses stand

# "could not be delivered", "Failed Recipient", "as their mailbox is full" (McAfee), "配信でき…" (KDDI), "ไม่สามารถนำส่ง":
# what no person writes under a machine's name.
_FAILED = re.compile(
    r"could not be (?:delivered|sent)|(?:was|were) not (?:be )?delivered|(?:not|n't) be delivered|(?:not|n't) able to deliver"
    r"|unable to deliver|cannot deliver|failed to deliver|delivery (?:has )?failed|delivery failure|undeliver(?:able|ed)"
    r"|did not reach the following|had (?:permanent )?(?:fatal )?(?:delivery )?(?:problems|errors)|no valid recipients?"
    r"|failed recipient|^action: failed|as their mailbox is full|returned to sender|mailbox (?:is )?full|user unknown"
    r"|配信でき|送信でき|送信できません|届けられません|無法傳送|无法投递|ไม่สามารถ(?:นำ)?ส่ง|ส่ง(?:อีเมล|จดหมาย|ข้อความ)?ไม่(?:ได้|สำเร็จ|ถึง)",
    re.IGNORECASE | re.MULTILINE,
)
# "The following recipients: …", "Failed recipient: …", "RCPT TO: …", "ผู้รับ …": behind or below stands an address that
# was not reached.
_LABEL = re.compile(
    r"delivered to|deliver (?:your |the |this )?(?:message|mail|e-?mail) to|failed (?:recipient|address)|recipients?(?:\(s\))? ?:"
    r"|following (?:recipient|address|user)|addresses had|rcpt to|could not be sent to|did not reach|no such user|user unknown"
    r"|unknown user|ผู้รับ|ไม่สามารถ(?:นำ)?ส่ง(?:ถึง|ไปยัง)",
    re.IGNORECASE,
)
# "----- Original message", "--- Below this line is a copy", "Received: ", "Return-Path: ": here the mail that came back
# begins.
_CAME_BACK = re.compile(
    r"-{3,} ?(?:original|returned|below|the (?:header|body|full)|unsent|start of|message header)|(?:received|return-path|message-id): ",
    re.IGNORECASE,
)
# As in ``delivery_reports``, and without square brackets: "[a@mail.example]".
_ADDRESS = re.compile(r"[^\s<>()\[\]@\"',;:\\]{1,100}@[^\s<>()\[\]@\"',;:\\]{1,255}")


def own_text(root: Part) -> str:
    """What a report says itself: its first text, not the mail that came back."""
    waiting = [root]
    for _ in range(_PARTS):
        if not waiting:
            break
        part = waiting.pop(0)
        if header_fields.value(part, "Content-Type").lower().startswith(b"multipart/"):
            inner = header_fields.parts(part)
            waiting = [*inner, *waiting]
            if inner:
                continue
        payload = None if part.is_multipart() else part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload.strip():
            charset = header_fields.parameter(header_fields.value(part, "Content-Type"), "charset") or None
            return charsets.decode(payload[: 4 * TEXT_CAP], charset)[:TEXT_CAP]
    return ""


def says_failed(words: str) -> bool:
    """Whether a text says that a mail could not be delivered, and names an address."""
    return bool(_FAILED.search(words)) and bool(_ADDRESS.search(words))


def named(words: str) -> Iterator[str]:
    """The addresses that a text names as not reached, in lower case: on the line of a label, or in the lines below it."""
    near = 0
    for line in words.splitlines():
        bare = line.strip()
        if _CAME_BACK.match(bare):
            return
        if _LABEL.search(bare):
            near = _NEAR
        if near and bare:
            near -= 1
            yield from (found[0].lower().rstrip(".") for found in _ADDRESS.finditer(bare))
