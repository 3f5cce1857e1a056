"""Comments on the cells of an Excel workbook: what people wrote there, without what our own marked copy had put on.

Owns the part that tells of comments, the older and the threaded kind, and the words by which our own are known. Parts come
checked: their root is known, and none has a document type.
"""

from collections.abc import Iterator

from lxml import etree

from parsers.findings import Severity
from parsers.formats.office_zip.cell_references import stretch
from parsers.thai.text import normalise

PART_CAP = 4 << 20  # bytes of one part; a larger one is left alone
COMMENTS_CAP = 2_000  # on one sheet
COMMENT_CAP = 500  # characters kept of one
AUTHOR = "รวม"
BEFORE = "\n\nความเห็นเดิมในช่องนี้: "  # in a comment of ours, before the one that had stood there
WORDS = {Severity.ERROR: "ต้องแก้ไข", Severity.QUERY: "ข้อสังเกต", Severity.WARNING: "ขอให้ตรวจสอบ"}
_THREAD = "tc="  # the author of what stands for a threaded comment in programs that do not know these

Comments = dict[tuple[int, int], str]


def is_ours(author: str, text: str) -> bool:
    """Whether we wrote a comment: by its author, or by how it begins: LibreOffice drops authors."""
    return author == AUTHOR or text.startswith(tuple(f"{word}: " for word in WORDS.values()))


def take_comments(comments: Comments, part: bytes) -> None:
    """Note the comments of a part by their cells, row and column from 1."""
    if len(part) > PART_CAP:
        return
    try:
        root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError:
        return  # what stands beside the cells is not worth refusing them
    authors = [node.text or "" for node in _all(root, "author")]
    for node in _all(root, "comment"):
        at = node.get("authorId", "")
        author = authors[int(at)] if at.isdecimal() and int(at) < len(authors) else ""
        said = "".join(text.text or "" for text in _all(node, "t"))
        if is_ours(author, said):
            _, _, said = said.partition(BEFORE)
        if not author.startswith(_THREAD):
            _note(comments, node, said)
    for node in _all(root, "threadedComment"):
        if node.get("done") not in ("1", "true"):  # of a thread that was closed
            _note(comments, node, "".join(text.text or "" for text in _all(node, "text")))


def _note(comments: Comments, node: etree._Element, said: str) -> None:
    at = stretch(node.get("ref", ""))
    said = normalise(said[:COMMENT_CAP]).strip()
    if at and said and len(comments) < COMMENTS_CAP:
        place = at.top, at.left
        comments[place] = f"{comments[place]}\n{said}"[:COMMENT_CAP] if place in comments else said


def _all(node: etree._Element, name: str) -> Iterator[etree._Element]:
    return (each for each in node.iter() if isinstance(each.tag, str) and each.tag.rpartition("}")[2] == name)
