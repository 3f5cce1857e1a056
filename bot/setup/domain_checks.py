"""Whether others can believe a domain's mail: MX, SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 7489), as its DNS says them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.setup.names import Names, NoAnswer

FEWEST_LABELS = 2  # of a domain that may speak for those under it
# "d=nan.example; s=mail": the tags of a DKIM-Signature (RFC 6376, 3.5), unfolded.
_TAG = re.compile(r"(?:^|;)\s?([ds])\s?=\s?([A-Za-z0-9._-]{1,253})")
# "DKIM-Signature: v=1; d=nan.example;" with the folded lines behind it.
_SIGNATURE = re.compile(rb"^dkim-signature:((?:[^\r\n]*(?:\r\n[ \t])?)*)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Remark:
    """One line: a name of ``bot.setup.words``, how it is ("good" or "warning"), what the sentence needs."""

    name: str
    tone: str
    fields: dict[str, str] = field(default_factory=dict)


def domain_checks(domain: str, raw: bytes, names: Names) -> Iterator[Remark]:
    """What there is to say of a domain; ``raw`` is a mail of its own that came back, empty where none did."""
    try:
        yield from _of_receiving(domain, names)
        yield from _of_spf(domain, names)
        if raw:
            yield from _of_dkim(domain, raw, names)
        yield from _of_dmarc(domain, names)
    except NoAnswer:
        yield Remark("dns-away", "warning")


def _of_receiving(domain: str, names: Names) -> Iterator[Remark]:
    if not names.mail_servers(domain):
        yield Remark("mx-none", "warning", {"domain": domain})


def _of_spf(domain: str, names: Names) -> Iterator[Remark]:
    records = [text for text in names.texts(domain) if text.lower().split(" ")[0] == "v=spf1"]
    told = {"domain": domain, "record": "".join(records[:1])}
    if not records:
        yield Remark("spf-none", "warning", told)
    elif len(records) > 1:
        yield Remark("spf-two", "warning", told)
    elif {"+all", "all"} & set(records[0].lower().split()):
        yield Remark("spf-open", "warning", told)
    else:
        yield Remark("spf-ok", "good", told)


def _of_dkim(domain: str, raw: bytes, names: Names) -> Iterator[Remark]:
    """By the signature on the mail that came back: which key its receivers ask for."""
    for signature in _SIGNATURE.findall(raw.partition(b"\r\n\r\n")[0] + b"\r\n"):
        tags = dict(reversed(_TAG.findall(" ".join(signature.decode("ascii", "replace").split()))))
        if {"d", "s"} <= tags.keys() and domain in _and_above(tags["d"].lower(), domain):
            told = {"domain": tags["d"], "selector": tags["s"]}
            keys = [text for text in names.texts(f"{tags['s']}._domainkey.{tags['d']}") if "p=" in text]
            yield Remark("dkim-ok", "good", told) if keys else Remark("dkim-key", "warning", told)
            return
    yield Remark("dkim-none", "warning", {"domain": domain})


def _and_above(signer: str, domain: str) -> set[str]:
    """The domain, when it is the signer's or one under it."""
    return {domain} if f".{domain}".endswith(f".{signer}") else set()


def _of_dmarc(domain: str, names: Names) -> Iterator[Remark]:
    """Of the domain, or of the nearest one above it that has one: whichever of them is the organisation's."""
    labels = domain.split(".")
    for first in range(len(labels) - FEWEST_LABELS + 1):
        here = ".".join(labels[first:])
        records = [text for text in names.texts(f"_dmarc.{here}") if text.lower().startswith("v=dmarc1")]
        if records:
            yield Remark("dmarc-ok", "good", {"domain": here, "record": records[0]})
            return
    yield Remark("dmarc-none", "warning", {"domain": domain})
