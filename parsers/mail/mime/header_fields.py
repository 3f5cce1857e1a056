"""Raw header values to text, addresses, identifiers and parameters.

Owns the decoding of RFC 2047 words, RFC 2231 parameters and undeclared 8-bit bytes. Knows nothing of parts or bodies. Each
function takes the bytes of one header value and never raises: the standard parser loses Thai that it does not understand.
"""

import codecs
import datetime
import quopri
import re
import unicodedata
from contextlib import suppress
from email.message import Message as Part
from email.utils import getaddresses, parsedate_to_datetime

from parsers.mail.mime.transfer_encoding import base64
from parsers.thai import charsets

# Longer values are attacks or accidents; a To header of some hundred addresses fits.
VALUE_CAP = 32_768
_REPEATS_CAP = 20  # headers of one name that are looked at
_BRACKETS_CAP = 500  # the library's time grows with the square of open brackets
# Years beyond this are of the Buddhist era, written by programs that follow the clock's calendar.
_BUDDHIST = 2400
# "=?UTF-8?B?…?=", "=?tis-620?Q?…?=" (RFC 2047), "=?utf-8*th?B?…?=" with a language (RFC 2231, 5), also with blanks
# inside, which some programs leave.
_WORD = re.compile(rb"=\?([^?\s*]{1,40})(?:\*[^?\s]*)?\?([bBqQ])\?([^?\r\n]*)\?=")
# "a.b@mail.example"; anything but the signs of RFC 5322, 3.2.3, since addresses may hold Thai letters (RFC 6532).
_ADDRESS = re.compile(r"[^\s<>()@\"',;:\\]{1,100}@[^\s<>()@\"',;:\\]{1,255}")
# `"สำนักงาน, <อำเภอ>" <a@mail.example>`: in quotes, brackets are words.
_QUOTED = re.compile(rb'"[^"]*"')
# "<a@mail.example>", "< a@mail.example >".
_ANGLED = re.compile(r"<\s{0,5}([^<>\s]{3,400})\s{0,5}>")
# "<abc@mail.example>" in Message-ID and References.
_BRACKETED = re.compile("<([^<>]+)>")
_THAI = frozenset({"windows_874", "x_windows_874", "ms874", "ms_874", "x_ms874", "874", "dos_874", "cp_874", "ibm874"})


def _thai_codec(name: str) -> codecs.CodecInfo | None:
    """Python 3.11 does not know what Thai mail programs call their charset."""
    return codecs.lookup("cp874") if name.replace("-", "_").lower() in _THAI else None


codecs.register(_thai_codec)


def value(part: Part, name: str) -> bytes:
    """The raw bytes of a part's first header of that name, unfolded and cut at the cap; empty when there is none."""
    return next(iter(values(part, name)), b"")


def values(part: Part, name: str) -> list[bytes]:
    """The raw bytes of all headers of that name."""
    wanted = name.lower()
    found = [str(raw) for key, raw in part.raw_items() if key.lower() == wanted]
    return [_unfolded(raw.encode("utf-8", "surrogateescape")) for raw in found[:_REPEATS_CAP]]


def _unfolded(raw: bytes) -> bytes:
    # A folded header (RFC 5322, 2.2.3).
    return re.sub(rb"[\r\n]+[ \t]*", b" ", raw[:VALUE_CAP]).strip()


def words(raw: bytes) -> str:
    """The text of a header: encoded words decoded, 8-bit bytes guessed, control characters gone.

    Neighbouring words of one charset are joined as bytes first, since some programs split a letter between two words.
    """
    pieces: list[str] = []
    pending: tuple[str, bytes] = ("", b"")
    at = 0
    for match in _WORD.finditer(raw):
        gap = raw[at : match.start()]
        charset = match[1].decode("latin-1").lower()
        if gap.strip() or not pending[0] or pending[0] != charset:
            pieces.append(_decoded(pending))
            # White space between two encoded words is no part of the text.
            pieces.append(charsets.decode(gap, None) if gap.strip() or not pending[0] else "")
            pending = (charset, b"")
        pending = (charset, pending[1] + _word(match[2], match[3]))
        at = match.end()
    pieces += [_decoded(pending), charsets.decode(raw[at:], None) if raw[at:] else ""]
    return clean("".join(pieces))


def _decoded(pending: tuple[str, bytes]) -> str:
    return charsets.decode(pending[1], pending[0]) if pending[0] else ""


def _word(encoding: bytes, body: bytes) -> bytes:
    if encoding in b"qQ":
        return quopri.decodestring(body.replace(b"_", b"=20"), header=False)
    return base64(body)


def clean(words: str) -> str:
    """Text that survives JSON and the books: no half characters, no control characters, single blanks."""
    whole = words.encode("utf-8", "replace").decode("utf-8")
    # Control characters, which JSON and PostgreSQL do not keep.
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", whole).split())


def addresses(raw: bytes) -> list[tuple[str, str]]:
    """The (display name, address) pairs of an address header, in order, without empty ones; addresses as by ``tidy``."""
    pairs: list[tuple[str, str]] = []
    if raw.count(b"[") + raw.count(b"(") < _BRACKETS_CAP:
        with suppress(Exception):
            pairs = getaddresses([raw.decode("latin-1")])
    good = [
        (words(name.encode("latin-1", "replace")), tidy(address))
        for name, mail in pairs
        if _ADDRESS.fullmatch(address := charsets.decode(mail.encode("latin-1", "replace"), "utf-8"))
    ]
    # Programs that encode a whole header, or forget its quotes, still leave an address to be seen.
    return good or [("", tidy(address)) for address in _ADDRESS.findall(words(raw))]


def sender(raw: bytes) -> tuple[str, str]:
    """The display name and address of a From header; empty when it has none.

    A stray comma, bracket or open quote makes no other sender: where just one address stands in angle brackets outside of
    quoted strings, that is it (RFC 5322, 3.4), else the first that is seen.
    """
    found = addresses(raw)
    bare = _QUOTED.sub(b'""', raw) if raw.count(b'"') % 2 == 0 else raw
    angled = list(
        dict.fromkeys(
            tidy(each) for each in _ANGLED.findall(charsets.decode(bare, "utf-8")) if _ADDRESS.fullmatch(each)
        )
    )
    if len(angled) == 1:
        name = next((name for name, address in found if address == angled[0] and name), "")
        return name or words(raw.partition(b"<")[0]).strip(" \"'([,;"), angled[0]
    return next(iter(found), ("", ""))


def tidy(address: str) -> str:
    """An address as addresses are compared: lower case, letters put together (RFC 6532, 3.1), no point at its end."""
    return unicodedata.normalize("NFC", address).lower().rstrip(".")


def identifiers(raw: bytes) -> list[str]:
    """Message-IDs without angle brackets, in order; also those that Exchange wraps in square ones."""
    line = raw.decode("latin-1")
    found = _BRACKETED.findall(line) or [word for word in line.split() if "@" in word]
    bare = ("".join(word.split()).strip("[]") for word in found)
    return [clean(word) for word in bare if word]


def parameter(raw: bytes, name: str) -> str:
    """One parameter of a structured header, by RFC 2231, RFC 2047 in quotes or bare bytes; empty when there is none."""
    probe = Part()
    with suppress(Exception):
        probe["X-Probe"] = raw.decode("latin-1")
        found = dict(probe.get_params([], "x-probe") or []).get(name)
        if isinstance(found, tuple):  # charset, language, bytes as latin-1
            return clean(charsets.decode(found[2].encode("latin-1", "replace"), found[0] or None))
        if found:
            return words(str(found).encode("latin-1", "replace"))
    # "name=แบบ 1.xlsx" in bytes that are no header by RFC 2045: taken as far as it goes.
    match = re.search(rb'(?i)(?:^|[;\s])%s\s*=\s*(?:"([^"]*)"|([^;\s]+))' % name.encode(), raw)
    return words(match[1] or match[2] or b"") if match else ""


def moment(raw: bytes) -> datetime.datetime | None:
    """A Date header as an aware time; None when unreadable. Without a zone it counts as UTC."""
    with suppress(Exception):
        when = parsedate_to_datetime(raw.decode("latin-1"))
        if when.year > _BUDDHIST:
            when = when.replace(year=when.year - 543)
        return when if when.tzinfo else when.replace(tzinfo=datetime.UTC)
    return None


def parts(part: Part) -> list[Part]:
    """The parts of a multipart, none of a leaf.

    A leaf is not asked: of a text, the library decodes by the declared charset and raises ValueError on a NUL in it.
    """
    found = part.get_payload() if part.is_multipart() else []
    return [child for child in found if isinstance(child, Part)] if isinstance(found, list) else []
