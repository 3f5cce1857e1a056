"""The frame of an Excel workbook written anew: its list of sheets, and what points to its parts (ECMA-376, parts 1 and 2).

Owns what may be odd in it without harm, such as states, numbers and views of sheets. Parts come checked: none has a
document type.
"""

import posixpath
from collections.abc import Iterable, Mapping
from urllib.parse import unquote
from xml.sax.saxutils import quoteattr

from lxml import etree

BOOK, STRINGS, RELATIONS = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"
CONTENT_TYPES = "[Content_Types].xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_ON = frozenset({"1", "true", "on"})
_STATES = {"hidden": "hidden", "veryhidden": "veryHidden"}


def relations(part: bytes, owner: str) -> dict[str, str]:
    """The parts that the part ``owner`` refers to, in lower case, by the identifiers; the first of two counts.

    Raises XMLSyntaxError.
    """
    found: dict[str, str] = {}
    for element in _tree(part):
        target = unquote(element.get("Target", "")).replace("\\", "/")
        place = posixpath.normpath(posixpath.join("/", posixpath.dirname(owner), target))
        found.setdefault(element.get("Id", ""), place.lstrip("/").lower())
    return found


def framed(book: bytes, related: Mapping[str, str], sheets: Iterable[str]) -> dict[str, bytes]:
    """The parts of a frame around those of the parts ``sheets`` that the workbook lists. Raises KeyError and XMLSyntaxError.

    KeyError: a sheet is listed of which nothing says where it is.
    """
    root, there = _tree(book), frozenset(sheets)
    entries: list[str] = []
    targets: list[str] = []
    for element in (child for holder in root if _local(holder) == "sheets" for child in holder):
        identifier = next((said for name, said in element.attrib.items() if str(name).endswith("}id")), "")
        if not identifier:
            continue
        part = related[str(identifier)]
        if part in there:
            number, state = len(targets) + 1, _STATES.get(element.get("state", "").lower(), "visible")
            name = quoteattr(element.get("name", ""))
            entries.append(f'<sheet name={name} sheetId="{number}" state="{state}" r:id="r{number}"/>')
            targets.append(f'<Relationship Id="r{number}" Type="{_OFFICE}/worksheet" Target={quoteattr("/" + part)}/>')
    properties = next((child for child in root if _local(child) == "workbookPr"), None)
    since_1904 = properties is not None and properties.get("date1904", "").lower() in _ON
    date = f'<workbookPr date1904="{int(since_1904)}"/>'
    listed = f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{date}<sheets>{"".join(entries)}</sheets></workbook>'
    pointing = f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(targets)}</Relationships>'
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{_TYPES}.{kind}+xml"/>'
        for name, kind in ((BOOK, "sheet.main"), (STRINGS, "sharedStrings"))
    )
    kinds = f'<Types xmlns="{_PACKAGE}/content-types">{types}</Types>'
    return {BOOK: listed.encode(), RELATIONS: pointing.encode(), CONTENT_TYPES: kinds.encode()}


def _tree(part: bytes) -> etree._Element:
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
