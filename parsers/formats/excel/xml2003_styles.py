"""The looks of XML Spreadsheet 2003: number formats, fonts, what is struck out or cannot be seen.

Owns what a style means for the content of a cell. Knows no sheet.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

NAMESPACE = "{urn:schemas-microsoft-com:office:spreadsheet}"
_HTML = "{http://www.w3.org/TR/REC-html40}"
# The formats that have a name; others are written as in Excel.
_FORMATS = {
    "General Number": "General",
    "Currency": "#,##0.00",
    "Euro Currency": "#,##0.00",
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Percent": "0.00%",
    "Scientific": "0.00E+00",
    "Yes/No": '"Yes";"Yes";"No"',
    "True/False": '"True";"True";"False"',
    "On/Off": '"On";"On";"Off"',
    "General Date": "d/m/yyyy h:mm",
    "Long Date": "d mmmm yyyy",
    "Medium Date": "d-mmm-yy",
    "Short Date": "d/m/yyyy",
    "Long Time": "h:mm:ss",
    "Medium Time": "h:mm",
    "Short Time": "h:mm",
}


@dataclass(frozen=True)
class Style:
    """How a cell shows what it holds: its number format as in Excel, its font, its colours as RRGGBB."""

    shown_as: str = "General"
    font: str = ""
    struck: bool = False
    ink: str = ""
    paper: str = ""

    @property
    def invisible(self) -> bool:
        """Letters in the very colour of their cell."""
        return bool(self.ink) and self.ink == (self.paper or "FFFFFF")


class Styles:
    """The workbook's styles by their identifiers."""

    def __init__(self) -> None:
        self._by_id: dict[str, Style] = {}

    def take(self, element: Any) -> None:
        """A ``Style``; what it does not say is as in its parent, which stands before it."""
        style = self._by_id.get(attribute(element, "Parent"), self._by_id.get("Default", Style()))
        for child in element:
            name = local(child)
            if name == "NumberFormat":
                said = attribute(child, "Format")
                style = replace(style, shown_as=_FORMATS.get(said, said) or "General")
            elif name == "Font":
                struck = attribute(child, "StrikeThrough") in ("1", "true")
                font = attribute(child, "FontName") or style.font
                style = replace(style, font=font, struck=struck, ink=_colour(child))
            elif name == "Interior":
                shown = attribute(child, "Pattern") not in ("", "None")
                style = replace(style, paper=_colour(child) if shown else "")
        self._by_id[attribute(element, "ID")] = style

    def of(self, element: Any, otherwise: Style) -> Style:
        """The style that an element names."""
        return self._by_id.get(attribute(element, "StyleID"), otherwise)


def local(element: Any) -> str:
    """An element's name without its namespace; nothing for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """An attribute, also where a program forgot its prefix."""
    return str(element.get(NAMESPACE + name) or element.get(name) or "")


def number(element: Any, name: str, otherwise: int, most: int) -> int:
    """An attribute that counts, at most ``most``; ``otherwise`` where there is none."""
    said = attribute(element, name).strip()
    return min(int(said), most) if said.isascii() and said.isdecimal() and len(said) < 10 else otherwise  # noqa: PLR2004


def runs(data: Any, style: Style) -> Iterator[tuple[str, str, bool]]:
    """A text in the runs of its fonts, each with whether it is struck out."""
    yield data.text or "", style.font, style.struck
    for child in data:
        if local(child):
            font = child.get(f"{_HTML}Face") or child.get("Face") or style.font
            struck = style.struck or local(child) in ("S", "Strike", "Del")
            yield from runs(child, replace(style, font=font, struck=struck))
        yield child.tail or "", style.font, style.struck


def _colour(element: Any) -> str:
    said = attribute(element, "Color")
    return said[1:].upper() if said.startswith("#") else ""
