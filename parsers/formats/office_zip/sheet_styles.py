"""The styles of an Excel workbook as far as a reader of cells needs them.

Owns what may be wrong in them without harm: other programs open a workbook whose colours, borders or lists of styles are
odd. What a style says of the content of a cell stays: number format, font, strike, ink, and the colour behind it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from parsers.formats.office_zip import colours_and_drawings

_OWN_FORMATS = 164  # numbers from here on mean what the workbook says, those below what Excel knows
_STYLES_CAP = 65_490  # Excel's own limit
# "FFFFFFFF", "FFFFFF": with and without the first byte for transparency.
_RGB = re.compile(r"(?:[0-9A-Fa-f]{2})?[0-9A-Fa-f]{6}")
# "-0.249977111117893", "1": how much darker or lighter (ECMA-376 part 1, 18.8.19).
_TINT = re.compile(r"-?[01](?:\.\d{1,20})?")
_ON = frozenset({"", "1", "true", "on"})  # a flag without a value is set


@dataclass(frozen=True, slots=True)
class Ink:
    """The colour of letters: ``rgb``, ``theme`` or ``indexed`` with its value, and whether it is made darker or lighter."""

    kind: str
    value: str
    tinted: bool = False


@dataclass(frozen=True, slots=True)
class Font:
    """What a font says of the content of a cell."""

    name: str = ""
    struck: bool = False
    ink: Ink | None = None


@dataclass(frozen=True)
class Styles:
    """The styles of cells, by number; a cell of a number that is not there has the first font and no format."""

    formats: tuple[int, ...]  # of each style: the number of its format
    fonts: tuple[Font, ...]  # of each style
    first: Font
    own: Mapping[int, str]  # formats of the workbook's own, by number
    fills: tuple[str, ...]  # of each style: the colour behind it, empty for none and for white


# Without a part of styles.
PLAIN = Styles((0,), (Font("Calibri"),), Font("Calibri"), {}, ())


def styles_of(part: bytes) -> Styles:
    """What the part of styles says. Raises XMLSyntaxError."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    root = etree.fromstring(part, parser)
    own = dict(_formats(_list(root, "numFmts")))
    fonts = [_font(font) for font in _list(root, "fonts")] or [Font()]
    styles = [_style(xf, own, len(fonts)) for xf in _list(root, "cellXfs")[:_STYLES_CAP]] or [(0, 0)]
    fills = colours_and_drawings.fills(root) if len(part) <= colours_and_drawings.PART_CAP else ()
    return Styles(tuple(number for number, _ in styles), tuple(fonts[font] for _, font in styles), fonts[0], own, fills)


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


def _font(font: etree._Element) -> Font:
    name, struck, ink = "", False, None
    for child in font:
        kind, said = _local(child), (child.get("val") or "").strip()
        if kind == "name" and said:
            name = said
        elif kind == "strike" and said.lower() in _ON:
            struck = True
        elif kind == "color":
            ink = _ink(child) or ink
    return Font(name, struck, ink)


def _ink(element: etree._Element) -> Ink | None:
    """A colour; None for one that no program can show."""
    rgb, tint = (element.get("rgb") or "").strip(), (element.get("tint") or "").strip()
    tinted = bool(_TINT.fullmatch(tint) and float(tint))
    if _RGB.fullmatch(rgb):
        return Ink("rgb", rgb[-6:].upper(), tinted)
    numbers = ((name, _number(element, name)) for name in ("theme", "indexed"))
    return next((Ink(name, str(number), tinted) for name, number in numbers if number is not None), None)


def _style(xf: etree._Element, own: Mapping[int, str], fonts: int) -> tuple[int, int]:
    """The numbers of a style's format and font."""
    number, font = _number(xf, "numFmtId") or 0, _number(xf, "fontId") or 0
    known = number < _OWN_FORMATS or number in own
    return number if known else 0, font if font < fonts else 0
