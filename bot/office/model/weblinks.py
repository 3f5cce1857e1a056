"""Addresses of the web in what an office writes: found in texts, and what is wrong with each, with the mended form.

Somebody who types a letter in Thai types its links in Thai digits too (``bit.ly/๔fHYxIQ``); a full stop or a word runs on
into the address; a letter copied from elsewhere only looks like a Latin one. None of them opens. Nothing is mended in
silence: the mended form is proposed. Texts of any length cost time in proportion.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

SCHEMES = ("https://", "http://")
_MISTYPED = ("https//:", "http//:", "https:/", "http:/", "https//", "http//", "https:", "http:")
_HIDDEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"  # signs without width, which copying brings along
_WORD_ENDS = dict.fromkeys(map(ord, "<>()[]{}\"'“”‘’«»,;|" + _HIDDEN[:1]), " ")
_STOPS = ".,;:!?…"  # end a sentence, not an address
_THAI_STOPS = "ฯๆ๚๛"
# Cyrillic, Greek and other letters and signs that look like a Latin one.
_ALIKE = str.maketrans(
    "аеорсухіјѕһԁԛԝӏ" + "АВЕКМНОРСТУХІЈЅԌ" + "οραινκυχτη" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "ıɡℓ" + "‐‑‒–—−" + "⁄∕" + "꞉∶" + "․",
    "aeopcyxijshdqwl" + "ABEKMHOPCTYXIJSG" + "opaivkuxtn" + "ABEZHIKMNOPTYX" + "igl" + "------" + "//" + "::" + ".",
)


@dataclass(frozen=True)
class Fault:
    """An address that does not open as it is written, why, and how it is meant; ``mended`` is empty when nobody can tell."""

    written: str
    reasons: tuple[str, ...]
    mended: str

    def __str__(self) -> str:
        """What to write instead, in one line."""
        why = f'"{self.written}" {" and ".join(self.reasons)}; '
        return why + (f'write "{self.mended}"' if self.mended else "copy the address anew from where it opens")


def web_address(value: str) -> str:
    """The address as it is. ValueError, which says how to write it, when it does not open like that."""
    if fault := fault_of(value):
        raise ValueError(str(fault))
    return value


def faults_in(text: str) -> list[Fault]:
    """What is wrong with the addresses in a text, in their order. A bare host, such as www.info.go.th, is a name and no link."""
    found = []
    for word in text.translate(_WORD_ENDS).split():
        for written in _addresses(word.rstrip(_STOPS)):
            fault = fault_of(written)
            if fault and ("/" in written or fault.reasons != (_NO_SCHEME,)):
                found.append(fault)
    return found


def fault_of(written: str) -> Fault | None:
    """What is wrong with one address; None when it opens as it is, as far as its letters tell."""
    reasons = []
    mended = written
    for reason, step in _STEPS:
        before, mended = mended, step(mended)
        if before != mended:
            reasons.append(reason)
    strange = _mixed(mended)
    if strange:
        reasons.append("runs on into Thai letters" if _is_thai(strange[0]) else f'holds "{strange[0]}"')
        at = mended.index(strange[0])
        tail = mended[at:]
        mended = mended[:at].rstrip(_STOPS) if all(map(_is_thai, tail)) else ""
    if mended and not mended.lower().startswith(SCHEMES):
        reasons.append(_NO_SCHEME)
        mended = _with_scheme(mended)
    if mended and (odd := _host_fault(mended)):
        reasons.append(odd)
        mended = ""
    return Fault(written, tuple(dict.fromkeys(reasons)), mended) if reasons else None


_NO_SCHEME = "has no https:// before it"


def _with_scheme(address: str) -> str:
    if "://" in address:
        return ""  # ftp:, javascript: and the like, which no letter should hold
    typed = next((start for start in _MISTYPED if address.lower().startswith(start)), "")
    scheme = "http://" if typed and not typed.startswith("https") else "https://"
    return scheme + address[len(typed) :].lstrip("/:")


def _without_blanks(text: str) -> str:
    return "".join(c for c in text if not c.isspace() and c not in _HIDDEN and unicodedata.category(c) != "Cc")


def _narrow(text: str) -> str:
    """Full-width signs as the usual ones."""
    return "".join(chr(ord(c) - 0xFEE0) if "\uff01" <= c <= "\uff5e" else "." if c in "。．｡" else c for c in text)


def _plain_digits(text: str) -> str:
    return "".join(
        str(unicodedata.decimal(c)) if not c.isascii() and unicodedata.category(c) == "Nd" else c for c in text
    )


_STEPS = (
    ("holds a blank", _without_blanks),
    ("holds full-width signs", _narrow),
    ("holds Thai digits", _plain_digits),
    ("holds letters or signs that only look like Latin ones", lambda text: text.translate(_ALIKE)),
    ("ends with a sign that is not part of it", lambda text: text.rstrip(_STOPS + _THAI_STOPS)),
)


def _is_thai(character: str) -> bool:
    return "\u0e00" <= character <= "\u0e7f"


def _mixed(address: str) -> str:
    """The letters beyond ASCII, from the first one on, in a part that holds Latin ones too, or that are not Thai.

    A part all in Thai is somebody's own name for a page, and opens.
    """
    for part in address.replace(".", "/").replace("?", "/").replace("=", "/").replace("&", "/").split("/"):
        strange = [c for c in part if not c.isascii()]
        if strange and (not all(map(_is_thai, strange)) or any(c.isalnum() and c.isascii() for c in part)):
            return "".join(strange)
    return ""


def _host_fault(address: str) -> str:
    """What is wrong with the host, or nothing."""
    rest = address.partition("://")[2]
    host = rest.replace("?", "/").replace("#", "/").partition("/")[0]
    if "@" in host:
        return "hides its host behind an @"
    name, _, port = host.partition(":")
    labels = name.split(".")
    good = len(labels) > 1 and all(_is_label(label) for label in labels) and (not port or port.isdecimal())
    return "" if good else "names no host"


def _is_label(label: str) -> bool:
    named = bool(label) and all(c.isalnum() or c in "-_" or _is_thai(c) for c in label)
    return named and not label.startswith("-") and not label.endswith("-")


def _addresses(word: str) -> Iterator[str]:
    """The address that a word is or that stands in it after Thai letters; none in a word that holds none."""
    plain = _narrow(_plain_digits(word)).translate(_ALIKE)
    if len(plain) != len(word) or "@" in plain:
        return  # an address of mail
    scheme = plain.find("://")
    www = plain.lower().find("www.")
    if scheme >= 0:
        start = scheme - len(plain[:scheme]) + len(plain[:scheme].rstrip(_LETTERS))
        yield word[start:]
    elif www >= 0:
        yield word[www:]
    else:
        path = plain.find("/")
        end = path if path >= 0 else len(plain)
        start = end - len(plain[:end]) + len(plain[:end].rstrip(_LETTERS + "0123456789.-"))
        labels = plain[start:end].split(".")
        if path >= 0 or not word[start:end].isascii():
            least = 2 if path >= 0 else 3
            if len(labels) >= least and all(labels) and len(labels[-1]) > 1 and labels[-1].isalpha():
                yield word[start:]


_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
