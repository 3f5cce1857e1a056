"""What tells the formats apart that are named, or read by a reader of their own: first bytes, names of streams and parts.

Owns these tables. Knows no caps and opens nothing; whoever sniffs hands over what was found.
"""

import re
from collections.abc import Callable, Collection

# Bytes in which a program or a shortcut says what it is.
_HEAD = 4096
_FIRST = (
    # A .xls from before OLE: a BIFF stream with nothing around it.
    *(
        (start, "xls")
        for start in (b"\x09\0\x04\0", b"\x09\x02\x06\0", b"\x09\x04\x06\0", b"\x09\x08\x10\0", b"\x09\x08\x08\0")
    ),
    (b"\x78\x9f\x3e\x22", "tnef"),
    (b"{\\rtf", "rtf"),
    (b"\x1f\x8b\x08", "gz"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"MSCF\0\0\0\0", "cab"),
    (b"\x76\xe8\x04\x60\xc4\x11\xe3\x86", "rpmsg"),
    (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3", "onenote"),
    (b"\0\x01\0\0Standard ACE DB\0", "access"),
    (b"\0\x01\0\0Standard Jet DB\0", "access"),
    (b"HWP Document File", "hwp"),
    (b"\x4c\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0\x46", "link"),
    (b"book\0\0\0\0mark\0\0\0\0", "link"),  # an alias of macOS
    (b"%!PS-", "postscript"),
    (b"\0\x05\x16\x07", "appledouble"),
    (b"\0\x05\x16\0", "appledouble"),
    (b"ID3", "media"),
    (b"OggS", "media"),
)
_FURTHER_IN = (
    (257, b"ustar", "tar"),
    (2, b"-lh0-", "lzh"),
    (2, b"-lh5-", "lzh"),
    (8, b"WAVEfmt", "media"),
    (8, b"AVI LIST", "media"),
)
_MEDIA = frozenset({b"mp42", b"mp41", b"isom", b"iso2", b"M4A ", b"M4V ", b"qt  ", b"3gp4", b"3gp5", b"avc1"})

# Streams and storages of OLE files; the first that is there decides.
_STREAMS = (
    ("DRMEncryptedDataSpace", "rights"),
    ("\tDRMContent", "rights"),
    ("EncryptedPackage", "encrypted"),
    ("__properties_version1.0", "msg"),
    ("__nameid_version1.0", "msg"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("VisioDocument", "visio"),
    ("Quill", "publisher"),
    ("\x05HwpSummaryInformation", "hwp"),
    ("MatOST", "works"),
    ("Props9", "project"),
    ("Props12", "project"),
    ("Props14", "project"),
)
# The ``mimetype`` member of a zip, by its beginning.
_MIMETYPES = (
    (b"application/vnd.oasis.opendocument.spreadsheet", "ods"),
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.presentation", "odp"),
    (b"application/vnd.oasis.opendocument.", "opendocument"),
    (b"application/vnd.sun.xml.calc", "sxc"),
    (b"application/vnd.sun.xml.", "sxw"),
    (b"application/epub+zip", "epub"),
    (b"application/hwp+zip", "hwp"),
)
IWORK = {"numbers": "numbers", "pages": "pages", "key": "keynote"}  # by the ending of a name

# "<html xmlns:x=…urn:schemas-microsoft-com:office:excel": a page that Excel saved names the same schemas.
_HTML = re.compile(rb"<html\b")
# "To: …", "Received: …", "From: a@mail.example": somebody sent it, so it is a mail. "From: <Saved by Blink>" is a page.
_ADDRESSED = re.compile(
    rb"^(?:(?:to|cc|bcc|received|message-id|delivered-to|return-path|in-reply-to)[ \t]{0,3}:|from:[^\n@]*@)",
    re.MULTILINE,
)
# "Content-Type: multipart/related; …" (RFC 2557).
_RELATED = re.compile(rb"^content-type:\s{0,3}(?:multipart/related|multipart/alternative)", re.MULTILINE)
# "Snapshot-Content-Location: https://…" (Chrome), "Content-Location: …" (Internet Explorer, Excel).
_LOCATED = re.compile(rb"^(?:snapshot-)?content-location:", re.MULTILINE)


def by_first_bytes(data: bytes) -> str:
    """The format that the first bytes tell; nothing if they tell none."""
    for start, kind in _FIRST:
        if data.startswith(start):
            return kind
    for at, words, kind in _FURTHER_IN:
        if data.startswith(words, at):
            return kind
    if data[4:8] == b"ftyp" and data[8:12] in _MEDIA:
        return "media"
    head = data[:_HEAD]
    if head.startswith(b"bplist00") and b"URL" in head and b"://" in head:
        return "link"
    return "program" if head.startswith(b"MZ") and b"This program" in head else ""


def by_streams(has: Callable[[str], bool]) -> str:
    """The format of an OLE file; ``has`` tells whether it has a stream or storage of a name."""
    return next((kind for name, kind in _STREAMS if has(name)), "ole")


def by_mimetype(mime: bytes) -> str:
    """The format that the ``mimetype`` of a zip or of a flat document says; nothing if it says none."""
    return next((kind for start, kind in _MIMETYPES if mime.startswith(start)), "")


def by_parts(names: Collection[str]) -> str:
    """The format of a zip of Apple's programs, by its members' names in lower case; nothing if it is none."""
    if "index.apxl" in names or any(name.startswith("index/slide") for name in names):
        return "keynote"
    packed = any(name.startswith("index/") and name.endswith(".iwa") for name in names)
    if packed or ("index.zip" in names and any(name.startswith("metadata/") for name in names)):
        tables = ("index/tables/", "index/calculationengine", "index.zip")
        return "numbers" if any(name.startswith(tables) for name in names) else "pages"
    return "numbers" if "index.xml" in names and "buildversionhistory.plist" in names else ""


def by_markup(start: bytes) -> str:
    """The format of XML by its beginning in lower case; nothing if it is no XML of an office program."""
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start and not _HTML.search(start):
        return "xmlss"
    if b"urn:oasis:names:tc:opendocument:xmlns:office" in start and b"office:document" in start:
        kind = next((kind for said, kind in _MIMETYPES if b'mimetype="' + said in start), "")
        return {"ods": "fods", "odt": "fodt", "": "opendocument"}.get(kind, kind)
    if b'progid="excel.sheet"' in start:
        return "xmlss"
    if b"office/word/2003/wordml" in start or b"office/2006/xmlpackage" in start:
        return "word-xml"
    return "link" if b"<plist" in start and b"<key>url</key>" in start else ""


def is_link(start: bytes) -> bool:
    """Whether a text, by its beginning in lower case, is a shortcut: .url, .website, .desktop, .gsheet and its like."""
    if start.startswith(b"["):
        return b"[internetshortcut]" in start or (b"[desktop entry]" in start and b"\nurl" in start)
    said = (b'"doc_id"', b'"resource_id"', b'"url"')
    return start.startswith(b"{") and any(word in start for word in said) and start.rstrip().endswith(b"}")


def is_saved_page(head: bytes) -> bool:
    """Whether a text that begins like a mail is a page saved as one file (MHTML, RFC 2557): nobody sent it to anybody."""
    above = head.replace(b"\r\n", b"\n").partition(b"\n\n")[0].lower()
    if _ADDRESSED.search(above):
        return False
    return bool(_RELATED.search(above) or _LOCATED.search(above) or b"x-document-type:" in above)
