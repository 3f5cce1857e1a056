"""What kind of file some bytes are, judged by the bytes alone: names and declared types lie.

Owns the signatures. Opens nothing but a zip's directory and its list of content types, both under caps; never raises.
"""

import io
import re
import zipfile
from functools import lru_cache

from parsers.formats import format_signatures

# A list of content types is a few kilobytes; more is not worth unpacking to learn a type.
_TYPES_CAP = 1 << 20
# Text is judged by its beginning.
_HEAD = 4096
_WIDE_PLANES = b"\x00\x0e\x20\x26\x27"  # upper bytes of Latin, Thai, punctuation and marks
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"\0\0\0\x0cjP  ")
_HEIF = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif"})
# Fragments of content types and where they lead. The order matters: a macro workbook also says "sheet".
_OFFICE = (
    (b"sheet.binary.macroenabled.main", "xlsb"),
    (b"sheet.macroenabled.main+xml", "xlsm"),
    (b"template.macroenabled.main+xml", "xlsm"),
    (b"ms-excel.addin.macroenabled.main+xml", "xlsm"),
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
    (b"spreadsheetml.template.main+xml", "xlsx"),
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"wordprocessingml.template.main+xml", "docx"),
    (b"ms-word.document.macroenabled.main+xml", "docx"),
    (b"ms-word.template.macroenabledtemplate.main+xml", "docx"),
    (b"presentationml.", "pptx"),
    (b"ms-powerpoint.", "pptx"),
    (b"fixeddocumentsequence", "xps"),
    (b"ms-visio.", "visio"),
)
# The same by name, for a zip whose list of content types is missing or cut.
_PARTS = (("xl/workbook.bin", "xlsb"), ("xl/", "xlsx"), ("word/", "docx"), ("ppt/", "pptx"))
# "From: …", "X-Mailer: …", "DKIM-Signature: …": two of them in the first lines make a text a mail.
_HEADER = re.compile(
    rb"^(?:from|to|cc|subject|date|received|return-path|delivered-to|message-id|mime-version|reply-to|sender|"
    rb"in-reply-to|references|thread-[a-z]{4,8}|envelope-to|content-type|x-[a-z0-9-]{2,40}|dkim-signature|authentication-results|arc-[a-z-]+)[ \t]*:",
    re.IGNORECASE,
)
# Lines that are counted; more say no more.
_CSV_LINES = 40
# `"อบต. แม่ยม, ""สาขา"" 2"`: commas and line ends within are no separators (RFC 4180, 2).
_QUOTED = re.compile(rb'"(?:[^"]|"")*"')


@lru_cache(maxsize=4)  # a file is asked after by whoever meets it on its way
def sniff(data: bytes) -> str:
    """What ``data`` is.

    One of xlsx, xlsm, xls, xlsb, xmlss (XML Spreadsheet 2003), ods, fods, odt, fodt, docx, pptx, zip, gz, encrypted (an office file
    with a password), ole, tnef, pdf, image, html, mhtml, eml, rtf, csv, text, link (a shortcut to a file elsewhere),
    appledouble, empty, unknown, or a key of ``refused_formats.NAMED``.
    """
    if not data.strip(b"\0 \t\r\n"):
        return "empty"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip(data)
    if data.startswith(_OLE):
        return _ole(data)
    if kind := format_signatures.by_first_bytes(data):
        return kind
    if b"%PDF-" in data[:1024]:
        return "pdf"
    return "image" if _is_image(data) else _text(data)


def _is_image(data: bytes) -> bool:
    return (
        data.startswith(_IMAGES)
        or (data.startswith(b"RIFF") and data[8:12] == b"WEBP")
        or (data[4:8] == b"ftyp" and data[8:12] in _HEIF)
        or (data.startswith(b"BM") and int.from_bytes(data[2:6], "little") == len(data))
    )


def _zip(data: bytes) -> str:
    names, types, mime = _directory(data)
    if kind := format_signatures.by_mimetype(mime) or format_signatures.by_parts(names):
        return kind
    for fragment, kind in _OFFICE:
        if fragment in types:
            return "xlsm" if kind == "xlsx" and "xl/vbaproject.bin" in names else kind
    for part, kind in _PARTS:
        if any(name.startswith(part) for name in names) and "[content_types].xml" in names:
            return kind
    return "unknown" if types else "zip"


def _directory(data: bytes) -> tuple[frozenset[str], bytes, bytes]:
    """Lower-case member names, the list of content types in lower case, and the ``mimetype`` member."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            by_name = {info.filename.replace("\\", "/").lower(): info for info in archive.infolist()}
            types = _member(archive, by_name.get("[content_types].xml"))
            return frozenset(by_name), types, _member(archive, by_name.get("mimetype"))
    except Exception:  # noqa: BLE001 - a broken directory raises a dozen types; the local headers still tell
        # The local headers of a zip whose directory is lost (APPNOTE, 4.3.7): length of the name, name.
        found = re.findall(rb"PK\x03\x04.{22}(..)..([\x20-\x7e]{3,80})", data, re.DOTALL)
        names = {raw[: int.from_bytes(size, "little")].decode("ascii").lower() for size, raw in found}
        # The list of content types often stands last, where a cut file has lost it.
        return frozenset(names | {"[content_types].xml"} if "docprops/app.xml" in names else names), b"", b""


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo | None) -> bytes:
    """The first megabyte of one member in lower case, nothing if it is missing or broken."""
    if info is None:
        return b""
    try:
        with archive.open(info) as stream:
            return stream.read(_TYPES_CAP).lower()
    except Exception:  # noqa: BLE001 - see _directory
        return b""


def _ole(data: bytes) -> str:
    lower = data.lower()  # names differ in case only by mistake, and lower() leaves all but ASCII alone
    return format_signatures.by_streams(lambda name: _has_stream(lower, name))


def _has_stream(data: bytes, name: str) -> bool:
    """Whether an OLE directory entry has this name: 64 bytes of padded UTF-16 on a boundary of 128, then its length."""
    entry = name.lower().encode("utf-16-le").ljust(64, b"\0") + (2 * len(name) + 2).to_bytes(2, "little")
    at = data.find(entry)
    while at >= 0:
        if at % 128 == 0:
            return True
        at = data.find(entry, at + 1)
    return False


def _text(data: bytes) -> str:
    head = _narrow(data[:_HEAD])
    if head is None:
        return "unknown"
    start = head.lstrip()[:_HEAD].lower()
    if start.startswith(b"<"):
        return format_signatures.by_markup(start) or _markup(start)
    if format_signatures.is_link(start):
        return "link"
    lines = head.splitlines()
    mbox = bool(lines) and lines[0].startswith(b"From ")
    if sum(bool(_HEADER.match(line)) for line in lines[:40]) >= 2 and (mbox or _HEADER.match(lines[0])):  # noqa: PLR2004
        return "mhtml" if format_signatures.is_saved_page(head) else "eml"
    return "csv" if _is_csv(head) else "text"


def _markup(start: bytes) -> str:
    # "<table", "<meta", "<style": pages that web systems hand out as .xls often have no <html>.
    if re.search(rb"<(?:!doctype html|html|head|body|table|div|p|meta|style|span)\b", start):
        return "html"
    return "unknown" if start.startswith(b"<?xml") else "text"


def wide_charset(data: bytes) -> str:
    """``utf-16-le`` or ``utf-16-be`` for a text in two bytes per character without a mark that says so, else nothing."""
    head = data[: _HEAD & ~1]
    if b"\0" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ""
    for codec, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        high = head[first::2]
        usual = len(high) - len(high.translate(None, _WIDE_PLANES))
        words = head[: len(head) & ~1].decode(codec, "replace")
        strange = sum(character < " " and character not in "\t\r\n" for character in words) + words.count("\ufffd")
        if usual * 10 >= len(high) * 9 and strange * 100 <= len(words):
            return codec
    return ""


def _narrow(head: bytes) -> bytes | None:
    """The beginning of a text with one byte per ASCII character; None when these bytes are no text."""
    for mark, codec in ((b"\xef\xbb\xbf", ""), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            body = head[len(mark) :]
            return body.decode(codec, "replace").encode("utf-8", "replace") if codec else body
    if codec := wide_charset(head):
        return head.decode(codec, "replace").encode("utf-8", "replace")
    odd = len(head.translate(None, bytes(range(32, 256)) + b"\t\r\n\f\v\x1b"))
    return None if odd * 50 > len(head) or b"\0" in head else head


# The comma of "1,204" in ASCII, in Thai digits (UTF-8 and windows-874): a line with no other has no columns by commas.
_DIGIT = rb"(?:[0-9\xf0-\xf9]|\xe0\xb9[\x90-\x99])"
# "1,204", and neither "1,20" nor "1,2045".
_THOUSANDS = re.compile(_DIGIT + rb",(?=" + _DIGIT + rb"{3}(?!" + _DIGIT + rb"))")


def _is_csv(head: bytes) -> bool:
    """At least two lines, nearly all with the same number of one separator; or a good part with two or more of it."""
    # A quoted cell may hold separators and line breaks. The last line may be cut by the cap on what is looked at.
    lines = _QUOTED.sub(b"", head).splitlines()[:_CSV_LINES]
    rows = [line for line in lines if line.strip()]
    rows = rows[:-1] if len(rows) > 3 else rows  # noqa: PLR2004 - below that every line counts
    with_commas = [row for row in rows if b"," in row]
    torn = sum(b"," not in _THOUSANDS.sub(b"", row) for row in with_commas) * 2 > len(with_commas)
    for separator in (b"\t", b";") if torn else (b"\t", b",", b";"):
        counts = [row.count(separator) for row in rows]
        usual = max(counts, key=counts.count, default=0)
        if len(rows) > 1 and usual and counts.count(usual) * 5 >= len(counts) * 4:
            return True
        # Lines above and below a table often have none.
        several = [count for count in counts if count > 1]
        usual = max(several, key=several.count, default=0)
        if several.count(usual) > 2 and several.count(usual) * 5 >= len(counts) * 2:  # noqa: PLR2004 - two may be chance
            return True
    return False
