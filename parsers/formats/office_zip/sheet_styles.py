"""The styles of an Excel workbook as far as a reader of cells needs them, written anew.

Owns what may be wrong in them without harm: other programs open a workbook whose colours, borders or lists of styles are
odd, and the library at hand does not. What a style says of the content of a cell stays: number format, font, strike, ink.
"""

import re
from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from lxml import etree

_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OWN_FORMATS = 164  # numbers from here on mean what the workbook says, those below what Excel knows
_STYLES_CAP = 65_490  # Excel's own limit
# "FFFFFFFF", "FFFFFF": with and without the first byte for transparency.
_RGB = re.compile(r"(?:[0-9A-Fa-f]{2})?[0-9A-Fa-f]{6}")
# "-0.249977111117893", "1": how much darker or lighter (ECMA-376 part 1, 18.8.19).
_TINT = re.compile(r"-?[01](?:\.\d{1,20})?")
_ON = frozenset({"", "1", "true", "on"})  # a flag without a value is set


def tidied(part: bytes) -> bytes:
    """The part of styles with only what is needed, and that well formed. Raises XMLSyntaxError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    root = etree.fromstring(part, parser)
    formats = dict(_formats(_list(root, "numFmts")))
    fonts = [_font(font) for font in _list(root, "fonts")] or ["<font/>"]
    styles = [_style(xf, formats, len(fonts)) for xf in _list(root, "cellXfs")[:_STYLES_CAP]] or ["<xf/>"]
    said = "".join(f'<numFmt numFmtId="{number}" formatCode={quoteattr(code)}/>' for number, code in formats.items())
    whole = f"<numFmts>{said}</numFmts><fonts>{''.join(fonts)}</fonts><cellXfs>{''.join(styles)}</cellXfs>"
    return f'<styleSheet xmlns="{_NAMESPACE}">{whole}</styleSheet>'.encode()


def _list(root: etree._Element, name: str) -> list[etree._Element]:
    return [child for holder in root if _local(holder) == name for child in holder if _local(child)]


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _formats(elements: list[etree._Element]) -> Iterator[tuple[int, str]]:
    for element in elements:
        if (number := _number(element, "numFmtId")) is not None and element.get("formatCode"):
            yield number, element.get("formatCode", "")


def _number(element: etree._Element, name: str) -> int | None:
    said = (element.get(name) or "").strip()
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 8 else None  # noqa: PLR2004 - a count


def _font(font: etree._Element) -> str:
    pieces = []
    for child in font:
        name, said = _local(child), (child.get("val") or "").strip()
        if name == "name" and said:
            pieces.append(f"<name val={quoteattr(said)}/>")
        elif name == "strike" and said.lower() in _ON:
            pieces.append("<strike/>")
        elif name == "color":
            pieces.append(_colour(child))
    return f"<font>{''.join(pieces)}</font>"


def _colour(element: etree._Element) -> str:
    """A colour; nothing for one that no program can show."""
    rgb, tint = (element.get("rgb") or "").strip(), (element.get("tint") or "").strip()
    shade = f' tint="{tint}"' if _TINT.fullmatch(tint) else ""
    if _RGB.fullmatch(rgb):
        return f'<color rgb="{rgb}"{shade}/>'
    numbers = ((name, _number(element, name)) for name in ("theme", "indexed"))
    return next((f'<color {name}="{number}"{shade}/>' for name, number in numbers if number is not None), "")


def _style(xf: etree._Element, formats: dict[int, str], fonts: int) -> str:
    number, font = _number(xf, "numFmtId") or 0, _number(xf, "fontId") or 0
    known = number < _OWN_FORMATS or number in formats
    return f'<xf numFmtId="{number if known else 0}" fontId="{font if font < fonts else 0}"/>'
