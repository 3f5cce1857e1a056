"""Whether the receiving server stands behind the From address of a mail, by its ``Authentication-Results`` (RFC 8601).

Owns the reading of that header; only home of authres. Only the topmost one of the configured authserv-id counts: the
receiving server writes above whatever the sender wrote, and takes away what pretends to be its own (RFC 8601, section 5).
The identity that is judged is the one From address that any server sees: a From that says two things, or none that a
server could read, fails, whatever the server wrote. Never raises, whatever the bytes.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses
from enum import StrEnum

import authres  # type: ignore[import-untyped]  # it ships no type marker

HEAD_CAP = 256 * 1024  # bytes of header that are looked at
LINE_CAP = 16 * 1024  # characters of one header; servers write some hundred
UNNAMED = "-"  # as authserv-id: the receiving server writes none, as Exchange Online does
_DEEP = 50  # nested comments; the library's reading is recursive
# "smtp.mailfrom=a@mail.example": the domain behind the @ is what is compared.
_ADDRESS = re.compile(r"[^\s<>()@\"',;:\\\[\]]{1,100}@([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)", re.IGNORECASE)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*+("?)')  # the mark at the end is missing where nothing closes it
_LABELS = 2  # of a domain that may stand for another; "th" stands for nobody


class Verdict(StrEnum):
    """What the receiving server makes of the sender's identity."""

    PASS = "pass"  # noqa: S105 - no password, the server's word
    FAIL = "fail"
    NONE = "none"  # it says nothing, or is not asked


@dataclass(frozen=True)
class Judgement:
    """A verdict with its ground in a few words for the log. ``sender`` is the address judged, lower case, or empty."""

    verdict: Verdict
    reason: str
    sender: str = ""


@dataclass(frozen=True)
class _Result:
    """One method's result; ``properties`` are (type.name, value) in lower case."""

    method: str
    result: str
    properties: tuple[tuple[str, str], ...]

    def of(self, *names: str) -> tuple[str, ...]:
        return tuple(value for name, value in self.properties if name in names)


def judge(raw: bytes, authserv_id: str) -> Judgement:
    """What the server called ``authserv_id`` says of the From address of a mail; with "" no server is asked.

    FAIL: dmarc=fail; or, without a DMARC result and a signature of the From domain that holds, SPF fails or was asked about
    somebody else's domain. PASS: dmarc=pass, or SPF or DKIM passes for the From domain, one under it or above it. NONE:
    everything else, as when the domain publishes nothing.
    """
    try:
        return _judged(raw, authserv_id.strip())
    except Exception as error:  # noqa: BLE001 - whatever the library makes of a forger's bytes, nobody is believed for it
        return Judgement(Verdict.FAIL, f"unreadable header: {type(error).__name__}")


def _judged(raw: bytes, authserv_id: str) -> Judgement:
    head = _head(raw)
    sender, fault = _sender(_values(head, "From"))
    if fault:
        return Judgement(Verdict.FAIL, fault)
    if not authserv_id:
        return Judgement(Verdict.NONE, "no server is asked", sender)
    line = next((each for each in _values(head, "Authentication-Results") if _is_of(each, authserv_id)), None)
    if line is None:
        return Judgement(Verdict.NONE, f"no result of {authserv_id}", sender)
    results = _results(f"{UNNAMED}; {line}" if authserv_id == UNNAMED else line)
    if results is None:
        return Judgement(Verdict.FAIL, "unreadable result", sender)
    verdict, reason = _weighed(results, sender.partition("@")[2])
    return Judgement(verdict, reason, sender)


def _head(raw: bytes) -> Message:
    head = raw[:HEAD_CAP].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    return BytesHeaderParser(policy=policy.compat32).parsebytes(head + b"\n\n")


def _values(head: Message, name: str) -> list[str]:
    """All values of a header, unfolded, from the top down."""
    found = [str(value) for key, value in head.raw_items() if key.strip().lower() == name.lower()]
    # A folded header (RFC 5322, 2.2.3).
    return [re.sub(r"[\r\n]+[ \t]*", " ", value[:LINE_CAP]).strip() for value in found]


def _sender(values: Sequence[str]) -> tuple[str, str]:
    """The one address of the one From header, or what is wrong with it."""
    if len(values) != 1:
        return "", "no From" if not values else "several From headers"
    value = values[0]
    if value.count("(") + value.count("[") > _DEEP or "\x00" in value:
        return "", "From cannot be read"
    read = [address.lower() for _, address in getaddresses([value]) if address]
    if len(read) == 1 and _ADDRESS.fullmatch(read[0]):
        return read[0], ""
    # A comma, bracket or quote in a name breaks the grammar; where one address alone stands in the line, it is meant.
    seen = [match[0].lower() for match in _ADDRESS.finditer(value)]
    if len(set(seen)) == 1 and value.count("@") == len(seen):
        return seen[0], ""
    return "", "several addresses in From" if len(set(seen)) > 1 else "From cannot be read"


def _is_of(line: str, authserv_id: str) -> bool:
    """Whether the header begins with that authserv-id: the whole of it, without regard to case."""
    # Comments before the server's name (RFC 8601, 2.2).
    rest = re.sub(r"^\s*(?:\([^()]*\)\s*)*", "", line)
    # `mx.mail.example;`, `"mx.mail.example" 1;`: authserv-id, quoted or not, a version behind it.
    first = re.match(r'(?:"((?:[^"\\]|\\.)*)"|([^\s;()"]+))(?=[\s;(]|$)', rest)
    named = (first[1] or first[2] or "").casefold() if first else ""
    return "=" in named if authserv_id == UNNAMED else named == authserv_id.casefold()


def _results(line: str) -> tuple[_Result, ...] | None:
    """The results of one header; None when it does not follow the grammar."""
    bare = _QUOTED.sub(lambda found: "" if found[1] else '"', line)  # what is left open stays seen
    if bare.count("(") > _DEEP or bare.count("(") != bare.count(")") or '"' in bare:
        return None  # the library would pass over what was left open
    try:
        parsed = authres.AuthenticationResultsHeader.parse(f"Authentication-Results: {_tidied(line)}")
    except authres.AuthResError:
        return None
    except (SyntaxError, ValueError, RecursionError):  # the library's own, by version
        return None
    return tuple(
        _Result(
            str(each.method).lower(),
            str(each.result).lower(),
            tuple((f"{p.type}.{p.name}".lower(), str(p.value).strip("<>\"'. ").lower()) for p in each.properties),
        )
        for each in parsed.results
    )


def _tidied(line: str) -> str:
    """Without what real servers write beside the grammar: a trailing semicolon, brackets round an address."""
    # "smtp.mailfrom=<a@mail.example>": some servers write brackets, which RFC 8601 does not know.
    return re.sub(r"=<([^<>\s;]*)>", r"=\1", line).rstrip("; \t")


def _weighed(results: Iterable[_Result], domain: str) -> tuple[Verdict, str]:
    by_method: dict[str, list[_Result]] = {}
    for each in results:
        by_method.setdefault(each.method, []).append(each)
    dmarc = by_method.get("dmarc", [])
    if any(each.result == "fail" for each in dmarc):
        return Verdict.FAIL, "dmarc=fail"
    if any(named != domain for each in dmarc for named in each.of("header.from")):
        return Verdict.FAIL, "dmarc judged another From"
    if any(each.result == "pass" for each in dmarc):
        return Verdict.PASS, "dmarc=pass"
    signed = [each for each in by_method.get("dkim", []) if each.result == "pass"]
    if any(_aligned(named, domain) for each in signed for named in each.of("header.d", "header.i")):
        return Verdict.PASS, "dkim=pass"
    return _by_envelope(by_method.get("spf", []), domain)


def _by_envelope(spf: Sequence[_Result], domain: str) -> tuple[Verdict, str]:
    """Nothing in the mail itself proves its From: what the address says that the server was given before it."""
    named = [(each.result, name) for each in spf for name in each.of("smtp.mailfrom", "smtp.helo")]
    own = [result for result, name in named if _aligned(name, domain)]
    if "pass" in own:
        return Verdict.PASS, "spf=pass"
    if named and not own:
        return Verdict.FAIL, "sent in another domain's name"
    wrong = next((each.result for each in spf if each.result in {"fail", "hardfail", "softfail"}), "")
    return (Verdict.FAIL, f"spf={wrong}, no dkim") if wrong else (Verdict.NONE, "neither passed nor failed")


def _aligned(named: str, domain: str) -> bool:
    """Whether a domain, or the one of an address, is the From domain, one under it or one above it."""
    other = named.rpartition("@")[2]
    shorter, longer = sorted((other, domain), key=len)
    return shorter.count(".") + 1 >= _LABELS and (longer == shorter or longer.endswith(f".{shorter}"))
