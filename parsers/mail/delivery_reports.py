"""What a returned mail says: which addresses could not be reached, why, and which of our letters came back.

Owns the reading of delivery reports, by RFC 3464 where a server keeps to it, else by ``flufl.bounce``, which knows the
habits of older servers. Whether the letter is really ours, and what follows, is not known here. Never raises.
"""

import email
import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from email.message import Message as Part

from flufl.bounce import all_failures

from parsers.mail import delivery_failure_words
from parsers.mail.mime import header_fields
from parsers.mail.mime.part_tree import parsed
from parsers.reading import Returned, Unreached
from parsers.secrets.mask import mask_secrets
from parsers.thai import charsets, text

logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL + 1)  # it reports its own faults at length

# Characters of a server's sentence; the reason stands in the first.
WORDS_CAP = 300
# A thread has some ten references; a made one may have thousands.
IDENTIFIERS_CAP = 50
# A letter of ours goes to one address, with copies to a few.
FAILURES_CAP = 50
# Bytes; a report says its reason on top, and may carry our whole letter below.
TEXT_CAP = 200_000
# A report has three parts, and those of the mail that came back.
_PARTS_CAP = 60
_OVER = frozenset({"delivered", "relayed", "expanded"})
# "Message-ID: <…>", "> X-Original-Message-ID: <…>": headers of the mail that came back, also quoted in the text.
_IDENTIFIER = re.compile(rb"(?im)^[ \t>]*+(?:X-)?(?:Original-)?Message-ID:\s*(<[^<>\r\n]{3,250}>)")
# "a.b@mail.example" in "<a.b@mail.example>", "rfc822;a.b@mail.example"; lengths of RFC 5321, 4.5.3.1, rounded up.
_ADDRESS = re.compile(r"[^\s<>()@\"',;:\\]{1,100}@[^\s<>()@\"',;:\\]{1,255}")
# "550 5.1.1 User unknown", "#5.1.1", "mailbox full": a line that gives a reason. Not "25.1.12.3" (an address of a
# computer).
_REFUSAL = re.compile(
    r"(?<![\d.])(?:[45]\d\d[ -]|#?[45]\.\d{1,3}\.\d{1,3}\b)|\b(?:unknown|no such|not found|full|refused)\b",
    re.IGNORECASE,
)
# "Permanent error", "could not be delivered", "ไม่สามารถส่ง", "554 …": needed before words alone are believed.
_GIVEN_UP = re.compile(
    r"permanent|fatal|undeliverable|unable to deliver|(?:not|n't) (?:be )?deliver|failed|ไม่สามารถ|ไม่สำเร็จ|(?<!\d)5\d\d[ -]",
    re.IGNORECASE,
)
# "will be retried", "no action is required", "Warning: …": a delay, after which the mail may still arrive.
_GOES_ON = re.compile(
    r"will (?:be retried|keep trying|retry|try again)|no action is required|still trying|warning", re.IGNORECASE
)

# The same without "warning", which older servers write over final reports as well.
_STILL_TRIES = re.compile(
    r"will (?:be retried|keep (?:on )?trying|retry|try again|continue)|still trying", re.IGNORECASE
)
# "giving up", "550 …", "5.1.1": outweighs "still trying" in a report that tells its history.
_GIVEN_UP_FOR_GOOD = re.compile(
    r"permanent|fatal|giv(?:en|ing) up|(?<!\d)5\d\d[ -]|(?<![\d.])5\.\d{1,3}\.\d", re.IGNORECASE
)


def returned(root: Part, raw: bytes) -> Returned:
    """The addresses not reached and the Message-IDs of what came back, the likeliest first."""
    failures: dict[str, Unreached] = {}
    with suppress(Exception):
        failures = {one.address: one for one in _by_standard(root)}
    if not failures:
        with suppress(Exception):
            failures = {one.address: one for one in _by_habit(raw)}
    for way in (_by_words, _by_fields, _by_labels):
        if not failures:
            with suppress(Exception):
                failures = {one.address: one for one in way(root)}
    identifiers: list[str] = []
    with suppress(Exception):
        identifiers = list(dict.fromkeys(_identifiers(root, raw)))[:IDENTIFIERS_CAP]
    # A Message-ID looks like an address, and stands near to them where the mail that came back is quoted.
    unreached = [one for one in failures.values() if one.address not in {each.lower() for each in identifiers}]
    return Returned(tuple(unreached[:FAILURES_CAP]), tuple(identifiers))


def _walk(root: Part) -> Iterator[Part]:
    waiting = [root]
    for _ in range(_PARTS_CAP):
        if not waiting:
            return
        part = waiting.pop(0)
        yield part
        waiting = header_fields.parts(part) + waiting


def _type(part: Part) -> str:
    return header_fields.value(part, "Content-Type").split(b";")[0].decode("latin-1").strip().lower()


def _by_standard(root: Part) -> Iterator[Unreached]:
    """The groups of fields of a message/delivery-status, one for each recipient."""
    for part in _walk(root):
        if _type(part) in {"message/delivery-status", "message/global-delivery-status"}:
            for group in header_fields.parts(part):
                yield from _of_group(group)


def _of_group(group: Part) -> Iterator[Unreached]:
    address = next((a for name in ("Original-Recipient", "Final-Recipient") if (a := _recipient(group, name))), "")
    action = header_fields.value(group, "Action").decode("latin-1").lower().split(";")[0].split("(")[0].strip()
    status = header_fields.words(header_fields.value(group, "Status"))
    if not address or action in _OVER:
        return
    said = header_fields.words(header_fields.value(group, "Diagnostic-Code")).partition(";")
    words = (said[2] or said[0]).strip()
    # "5.1.1": the enhanced status code (RFC 3463).
    code = next(iter(re.findall(r"[245]\.\d{1,3}\.\d{1,3}", f"{status} {words}")), "")
    final = action == "failed" if action in {"failed", "delayed"} else not code.startswith("4")
    final_address = _recipient(group, "Final-Recipient") or address
    for one in dict.fromkeys((address, final_address)):
        yield Unreached(one, _line(words or status), code, final=final)


def _recipient(group: Part, name: str) -> str:
    said = header_fields.words(header_fields.value(group, name))
    found = _ADDRESS.search(said.partition(";")[2] or said)
    return found[0].lower() if found else ""


def _by_habit(raw: bytes) -> Iterator[Unreached]:
    """What the detectors of older servers' wordings find; they read ASCII only and stumble over the rest."""
    # The detectors of flufl.bounce decode as ASCII and raise on anything else.
    mail = parsed(re.sub(rb"[^\x00-\x7f]", b"?", raw[:TEXT_CAP].replace(b"\0", b"")))
    passing, final = all_failures(mail)
    said = "\n".join(_texts(mail))
    goes_on = bool(_STILL_TRIES.search(said)) and not _GIVEN_UP_FOR_GOOD.search(said)
    for addresses, is_final in ((final, not goes_on), (passing - final, False)):
        for address in sorted(addresses):
            found = _ADDRESS.search(address.decode("latin-1"))
            if found:
                words = _words_about(said, found[0])
                # As above, not out of an address of a computer such as "10.5.1.1".
                code = next(iter(re.findall(r"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}", words)), "")
                yield Unreached(found[0].lower(), words, code, final=is_final)


def _by_words(root: Part) -> Iterator[Unreached]:
    """In a report of no known shape: those to whom the returned mail went and whom its text names as not reached."""
    said = "\n".join(_texts(root))
    returned_mail = next(
        (p for part in _walk(root) if _type(part) == "message/rfc822" for p in header_fields.parts(part)), None
    )
    if returned_mail is None or not _GIVEN_UP.search(said) or _GOES_ON.search(said):
        return
    for name in ("To", "Cc"):
        for _, address in header_fields.addresses(header_fields.value(returned_mail, name)):
            if address in said.lower():
                words = _words_about(said, address)
                # "5.1.1", in the line that stands beside the address.
                yield Unreached(address, words, next(iter(re.findall(r"[45]\.\d{1,3}\.\d{1,3}", words)), ""))


def _by_fields(root: Part) -> Iterator[Unreached]:
    """The fields of RFC 3464 in a report whose parts were lost, so that they stand in its text."""
    # Fields stand in blocks with a blank line between, one block for each recipient (RFC 3464, 2.1).
    for block in re.split(r"\n[ \t\r]*\n", delivery_failure_words.own_text(root)):
        # "Final-Recipient: rfc822; a@mail.example".
        if re.search(r"(?im)^(?:final|original)-recipient:", block):
            yield from _of_group(email.message_from_string(block.strip()))


def _by_labels(root: Part) -> Iterator[Unreached]:
    """The addresses that a report of no known shape names as not reached, its own two ends left out."""
    said = delivery_failure_words.own_text(root)
    if _GOES_ON.search(said):
        return
    ends = {
        address for name in ("From", "To") for _, address in header_fields.addresses(header_fields.value(root, name))
    }
    for address in dict.fromkeys(delivery_failure_words.named(said)):
        if address not in ends:
            words = _words_about(said, address)
            # As above.
            yield Unreached(address, words, next(iter(re.findall(r"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}", words)), ""))


def _texts(mail: Part) -> Iterator[str]:
    for part in _walk(mail):
        if not part.is_multipart() and _type(part) in {"", "text/plain"}:
            payload = part.get_payload(decode=True)
            yield charsets.decode(payload, None) if isinstance(payload, bytes) else ""


def _words_about(said: str, address: str) -> str:
    """The first line at or after the address that sounds like a refusal; else the line of the address itself."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    at = next((number for number, line in enumerate(lines) if address.lower() in line.lower()), None)
    if at is None:
        return ""
    near = lines[at : at + 6]
    return _line(next((line for line in near if _REFUSAL.search(line)), near[0]))


def _line(words: str) -> str:
    return mask_secrets(text.normalise(header_fields.clean(words)))[:WORDS_CAP]


def _identifiers(root: Part, raw: bytes) -> Iterator[str]:
    """Of the mail that came back, then of what the report answers, then any that stands in its text."""
    for part in _walk(root):
        kind = _type(part)
        if kind in {"message/rfc822", "message/global"}:
            for inner in header_fields.parts(part)[:1]:
                yield from header_fields.identifiers(header_fields.value(inner, "Message-ID"))
        elif kind in {"text/rfc822-headers", "message/rfc822-headers", "text/rfc822"}:
            payload = part.get_payload(decode=True)
            yield from _named(payload if isinstance(payload, bytes) else b"")
    for name in ("X-MS-Exchange-Parent-Message-Id", "In-Reply-To", "References"):
        for value in header_fields.values(root, name):
            yield from reversed(header_fields.identifiers(value))
    for part in _walk(root):
        if not part.is_multipart() and part is not root:
            payload = part.get_payload(decode=True)
            yield from _named((payload if isinstance(payload, bytes) else b"")[:TEXT_CAP])
    # Behind the report's own headers, whatever its line ends are.
    body = re.split(rb"\r\n\r\n|\n\n|\r\r", raw[:TEXT_CAP], maxsplit=1)[1:]
    yield from _named(b"".join(body))


def _named(said: bytes) -> Iterator[str]:
    # Line ends as the expression expects them; old Macintosh programs write a bare CR.
    for found in _IDENTIFIER.findall(re.sub(rb"\r\n?", b"\n", said)):
        yield from header_fields.identifiers(found)
