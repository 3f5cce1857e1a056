"""What a file says outside its cells: comments, heads and feet of pages, properties, links, names, lists, text boxes.

Owns where in each format such words lie; they are searched for secrets, and nothing of them is read as an answer. Under caps of its
own; what is over them or damaged is left out, since the format's reader says so. Linear in the bytes.
"""

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream

from parsers.thai import charsets

PART_CAP = 24 << 20  # bytes of one part of a package, unpacked
WHOLE_CAP = 64 << 20  # of all its parts
# Parts of a package; a workbook of a hundred sheets has some 300.
PARTS_CAP = 1_000
BARE_CAP = 8 << 20  # bytes of a file that is looked through as it is
OBJECTS_CAP = 20_000  # of a PDF
DEEP = 12  # how far values of a PDF are followed into each other

# "xl/media/image1.png", "xl/theme/theme1.xml", "xl/calcChain.xml", "_xmlsignatures/sig1.xml": parts that hold no words
# of people, but pictures, looks, code, and marks by which programs sign.
_NEEDLESS = re.compile(
    r"(?i)(?:^|/)(?:media|theme|fonts|printerSettings|_xmlsignatures|embeddings|Pictures|Thumbnails)/|calcChain|vbaProject"
)
# `saltValue="…"`, `hashValue="…"`: random by their nature; `ref="A1:C7"`, `office:value="12"`: of cells, which are
# searched elsewhere.
_MARKS = re.compile(
    r'[DHSORdhsor](?i:(?<=d)igest\w{0,40}|(?<=h)ash\w{0,40}|(?<=s)alt\w{0,40}|(?<=\bs)qref|(?<=\br)ef|(?<=\bo)ffice:value)="[^"]*"'
)
# `<c r="C7" s="12">`, `<xf numFmtId="0" fontId="3"/>`: most of a sheet. No secret is as short as these values, and what
# stands on both sides of a tag is apart with them or without.
_SHORT = re.compile(r'<([\w:]{1,40}+)(?: [A-Za-z:]++="[^"<>&]{0,11}+")++ ?/?>')
# "<v>1101700203450</v>": a figure is an answer.
_FIGURE = re.compile(r"<(?:\w+:)?v>[^<]*</(?:\w+:)?v>")
# The same in OpenDocument, where a figure's text stands in a paragraph.
_SHOWN_FIGURE = re.compile(r'(value-type="(?:float|currency|percentage)"[^<>]{0,300}>)<text:p>[^<]*</text:p>')
# "&amp;L", `&amp;"TH SarabunPSK,Bold"`, "&amp;12 ": position, font and size in a page's head (ECMA-376 part 1,
# 18.3.1.46); what they part is apart.
_PAGE_CODE = re.compile(r'&amp;(?:&quot;[^&<]*&quot;|"[^"<]*"|[0-9]{1,3} |[A-Z])')
# "<a:t>1101700</a:t>…<a:t>203450</a:t>": one number in two runs, up to the end of its paragraph, text or comment.
_RUNS = re.compile(r"<(?:\w+:)?t(?: [^<>]*)?>([^<]*)</|</(?:\w+:)?(?:p|si|text|comment)>")
# "</text:p>", "</text:h>": words of two paragraphs are apart.
_PARAGRAPH = re.compile(r"</text:[ph]>")
# `<text:span text:style-name="T1">`: mark-up within a word.
_TAG = re.compile("<[^<>]*>")
# "&#3585;": a Thai letter, U+0E00 to U+0E7F.
_THAI_REFERENCE = re.compile("&#(3(?:58[4-9]|59[0-9]|6[0-9]{2}|70[0-9]|71[01]));")
APART = "\x1f"  # between texts that have nothing to do with each other


def texts(kind: str, data: bytes) -> Iterator[str]:
    """The words outside the cells of a file of this kind, each text by itself. Raises what libraries raise on damage."""
    yield from _WAYS[kind](data) if kind in _WAYS else ()


# --- zipped office files ----------------------------------------------------------------------------------------------


def _package(data: bytes) -> Iterator[str]:
    left = WHOLE_CAP
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield charsets.decode(archive.comment, None)
        for info in archive.infolist()[:PARTS_CAP]:
            left -= info.file_size
            if info.file_size <= PART_CAP and left >= 0 and not _NEEDLESS.search(info.filename):
                with archive.open(info) as stream:
                    yield from _part(info.filename, stream.read(PART_CAP))


def _flat(data: bytes) -> Iterator[str]:
    yield from _part("content.xml", data[:PART_CAP])


def _part(name: str, part: bytes) -> Iterator[str]:
    if name.lower().endswith(".bin"):
        yield from _wide(part)
    elif name.lower().endswith((".xml", ".rels", ".vml", ".txt", ".html", ".rdf")):
        said = _MARKS.sub("", charsets.decode(part, "utf-8"))
        if "/worksheets/" in name:
            yield _unescaped(_PAGE_CODE.sub(APART, _SHORT.sub(r"<\1>", _FIGURE.sub("", said))))
            return
        said = _SHORT.sub(r"<\1>", _SHOWN_FIGURE.sub(r"\1", said))
        yield _unescaped(said)
        yield _joined(said)


def _unescaped(said: str) -> str:
    """Without references to characters; Thai ones stand for whole sentences where a program writes ASCII."""
    return html.unescape(_THAI_REFERENCE.sub(lambda found: chr(int(found[1])), said))


def _joined(said: str) -> str:
    """The text of runs, together as far as a paragraph goes."""
    if "<text:p" in said:
        return _unescaped(_TAG.sub("", _PARAGRAPH.sub(APART, said)))
    return _unescaped("".join(APART if found[1] is None else found[1] for found in _RUNS.finditer(said)))


# --- files that are looked through as they are ------------------------------------------------------------------------


def _wide(data: bytes) -> Iterator[str]:
    """Characters of two bytes, wherever they begin."""
    for first in (0, 1):
        yield data[first:BARE_CAP].decode("utf-16-le", "replace")


def _bare(data: bytes) -> Iterator[str]:
    yield data[:BARE_CAP].decode("cp874", "replace")


def _records(data: bytes) -> Iterator[str]:
    yield from _bare(data)
    yield from _wide(data)


def _page(data: bytes) -> Iterator[str]:
    yield _unescaped(charsets.decode(data[:BARE_CAP], None))


def _plain(data: bytes) -> Iterator[str]:
    yield charsets.decode(data[:BARE_CAP], None)


# --- PDF ---------------------------------------------------------------------------------------------------------------


def _pdf(data: bytes) -> Iterator[str]:
    """The strings of all objects (properties, links, notes, fields, marks of chapters) and the XML of its properties."""
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    count = 0
    for table in document.xrefs:
        for number in table.get_objids():
            count += 1
            if count > OBJECTS_CAP:
                return
            yield from _object(document, number)


def _object(document: PDFDocument, number: int) -> Iterator[str]:
    try:
        found: Any = document.getobj(number)
        if isinstance(found, PDFStream):
            if str(found.attrs.get("Type", "")).endswith("'Metadata'") and len(found.rawdata or b"") < PART_CAP:
                yield charsets.decode(found.get_data(), "utf-8")
            found = found.attrs
    except Exception:  # noqa: BLE001 - one damaged object says nothing about the others
        return
    yield from _strings(found, DEEP)


def _strings(value: object, deep: int) -> Iterator[str]:
    if isinstance(value, bytes):
        yield (
            charsets.decode(value, None)
            if not value.startswith(b"\xfe\xff")
            else value[2:].decode("utf-16-be", "replace")
        )
    elif deep and isinstance(value, Mapping | list):
        for each in value.values() if isinstance(value, Mapping) else value:
            yield from _strings(each, deep - 1)


_WAYS: Mapping[str, Callable[[bytes], Iterator[str]]] = {
    **dict.fromkeys(("xlsx", "xlsm", "xlsb", "ods", "docx", "odt", "pptx"), _package),
    **dict.fromkeys(("fods", "fodt"), _flat),
    **dict.fromkeys(("xls", "ole"), _records),
    **dict.fromkeys(("rtf", "unknown"), _bare),
    "html": _page,
    "text": _plain,
    "pdf": _pdf,
}
