"""Bytes to text: which character set Thai mails and files are in, whatever they declare.

Owns the names of Thai character sets and the repair of text that was read in a wrong one.
"""

import codecs
import re

from parsers.thai.text import thai_share

THAI_CHARSETS = frozenset(
    {"tis-620", "tis620", "iso-8859-11", "iso8859-11", "windows-874", "x-windows-874", "cp874", "cp-874"}
    | {"ms874", "874", "dos-874", "thai"}
)
# Codecs that are no character sets of mail, slow on hostile bytes, or warn.
_NO_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "utf-7"})
_WESTERN = frozenset({"ascii", "iso8859-1", "cp1252", "iso8859-15"})  # what careless mailers declare for anything
# "ÃÒÂ§Ò¹" is "รายงาน" in windows-874 read as Western; "à¸£à¸²" is "รา" in UTF-8 read so. Not "café": one such letter.
_WESTERN_LETTER = re.compile("[\u00a0-\u00ff]")
# Four Western letters in a row, or twice what begins a Thai letter in UTF-8.
_MOJIBAKE = re.compile("[\u00a0-\u00ff]{4}|(?:[\u00e0][\u00b8\u00b9].){2}")


def decode(data: bytes, charset: str | None) -> str:
    """Bytes as text; never raises. ``charset`` is what the sender declared, trusted as far as it fits the bytes.

    Undeclared, unknown or unfit: UTF-8 when it is valid and holds Thai or cannot be windows-874, else whichever of UTF-8, windows-874 and the
    declared one gives the larger share of Thai letters. A windows-874 reader also stands for tis-620 and iso-8859-11.
    """
    for mark, codec in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace")
    name = _codec(charset)
    declared = _strictly(data, name) if name else None
    if declared is not None and name not in _WESTERN and name != "cp874":
        return _repaired(declared)
    utf8 = _strictly(data, "utf-8")
    if utf8 is not None and thai_share(utf8):
        return _repaired(utf8)
    if declared is not None and name == "cp874":
        return declared
    if utf8 is not None and _strictly(data, "cp874") is None:
        return _repaired(utf8)  # ✓ alone, without a Thai letter beside it
    thai = data.decode("cp874", "replace")
    candidates = [text for text in (declared, utf8, thai) if text is not None]
    best = max(candidates, key=_sense)  # the first of equals: what was declared
    return _repaired(best)


def _codec(charset: str | None) -> str | None:
    """Python's name of a declared character set, None when it has none that may be used."""
    name = (charset or "").strip().strip("\"'").lower().replace("_", "-")
    if name in THAI_CHARSETS:
        return "cp874"
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    text = getattr(found, "_is_text_encoding", True)
    return found.name if text and found.name not in _NO_CHARSETS else None


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (LookupError, ValueError):
        return None


def _sense(text: str) -> float:
    """How likely a decoding is right: its share of Thai letters, less its share of characters that stand for nothing."""
    # C1 controls are what a wrong codec makes of bytes; no text has them.
    broken = text.count("\ufffd") + len(re.findall("[\x80-\x9f]", text))
    wide = sum(character > "\x7f" for character in text)
    return thai_share(text) - (broken / wide if wide else 0.0)


def _repaired(text: str) -> str:
    """``text`` with Thai that was read as a western character set put right, when all of it then is Thai."""
    if not _WESTERN_LETTER.search(text) or not _MOJIBAKE.search(text) or thai_share(text):
        return text
    for western in ("cp1252", "latin-1"):
        for thai in ("utf-8", "cp874"):
            try:
                better = text.encode(western).decode(thai)
            except ValueError:
                continue
            wide = [character for character in better if character > "\x7f"]
            if sum("\u0e00" <= character <= "\u0e7f" for character in wide) * 10 >= 9 * len(wide):
                return better
    return text
