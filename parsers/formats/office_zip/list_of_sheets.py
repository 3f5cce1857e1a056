"""The list of sheets of an Excel workbook, and what points to its parts (ECMA-376, parts 1 and 2).

Owns what may be odd in it without harm, such as states, numbers and views of sheets. Parts come checked: none has a
document type.
"""

import posixpath
from collections.abc import Collection, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

_ON = frozenset({"1", "true", "on"})
_HIDDEN = frozenset({"hidden", "veryhidden"})


class Listed(NamedTuple):
    """A sheet of the list: its name as it stands, whether it is shown, its part in lower case."""

    name: str
    shown: bool
    part: str


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


def listed(book: bytes, related: Mapping[str, str], sheets: Collection[str]) -> tuple[list[Listed], bool]:
    """The sheets of the parts ``sheets`` that the workbook lists, and whether its days count from 1904.

    Raises XMLSyntaxError, and KeyError where a sheet is listed of which nothing says where it is.
    """
    root = _tree(book)
    found: list[Listed] = []
    for element in (child for holder in root if _local(holder) == "sheets" for child in holder):
        identifier = next((said for name, said in element.attrib.items() if str(name).endswith("}id")), "")
        if identifier and (part := related[str(identifier)]) in sheets:
            shown = element.get("state", "").lower() not in _HIDDEN
            found.append(Listed(element.get("name", ""), shown, part))
    properties = next((child for child in root if _local(child) == "workbookPr"), None)
    return found, properties is not None and properties.get("date1904", "").lower() in _ON


def _tree(part: bytes) -> etree._Element:
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
