"""What the style names of an OpenDocument file mean: the font, the kind of number, what is not shown, bullets that are marks.

Owns the look-up through parents and defaults. Knows no cells.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree

from parsers.values import symbol_fonts, tick_marks

_NAMESPACES = {
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "form": "urn:oasis:names:tc:opendocument:xmlns:form:1.0",
    "field": "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}
_NUMBER = f"{{{_NAMESPACES['number']}}}"
_ANCESTORS = 20  # a style has few; a circle of parents has no end


@cache
def q(name: str) -> str:
    """``table:table-row`` as lxml writes it."""
    prefix, _, local = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


@dataclass(frozen=True)
class _Style:
    parent: str
    font: str
    numbers: str  # name of the number style
    hidden: bool
    struck: bool | None  # None: as the parent
    unseen: bool | None  # text that is not shown; None: as the parent


class Styles:
    """The styles of a document, as they are met."""

    def __init__(self) -> None:
        self._faces: dict[str, str] = {}
        self._styles: dict[tuple[str, str], _Style] = {}
        self._boolean: set[str] = set()
        self._buddhist: set[str] = set()
        self._bullets: dict[tuple[str, str], str] = {}

    def take(self, element: Any) -> None:
        """Learn what ``office:font-face-decls``, ``office:styles`` or ``office:automatic-styles`` says."""
        for child in element.iterchildren(tag=etree.Element):
            name = child.get(q("style:name"), "")
            if child.tag == q("style:font-face"):
                self._faces[name] = _unquoted(child.get(q("svg:font-family"), "")) or name
            elif child.tag == q("style:style"):
                self._styles[child.get(q("style:family"), ""), name] = self._style(child)
            elif child.tag == q("style:default-style"):
                self._styles[child.get(q("style:family"), ""), ""] = self._style(child)
            elif child.tag == q("text:list-style"):
                for level in child.iterchildren(q("text:list-level-style-bullet")):
                    self._bullets[name, level.get(q("text:level"), "1")] = self._bullet(level)
            elif child.tag.startswith(_NUMBER):
                self._take_numbers(name, child)

    def _take_numbers(self, name: str, element: Any) -> None:
        """A number style; it may hand on to another by the value of the cell."""
        handed_on = {each.get(q("style:apply-style-name"), "") for each in element.iterchildren(q("style:map"))}
        if element.tag == q("number:boolean-style") or handed_on & self._boolean:
            self._boolean.add(name)
        years = element.iterchildren(q("number:year"))
        if handed_on & self._buddhist or any(year.get(q("number:calendar")) == "buddhist" for year in years):
            self._buddhist.add(name)

    def font(self, family: str, name: str) -> str:
        """The font of a style of ``table-cell``, ``paragraph`` or ``text``; empty when no parent of it names one either."""
        return next((style.font for style in self._line(family, name) if style.font), "")

    def struck(self, family: str, name: str) -> bool | None:
        """Whether a style of those strikes its text out; None when it does not say."""
        return next((style.struck for style in self._line(family, name) if style.struck is not None), None)

    def unseen(self, family: str, name: str) -> bool | None:
        """Whether a style of those keeps its text from being shown; None when it does not say."""
        return next((style.unseen for style in self._line(family, name) if style.unseen is not None), None)

    def bullet(self, name: str, level: int) -> str:
        """The tick or cross that the bullets of a list style show, empty for dots, numbers and none."""
        return self._bullets.get((name, str(level)), "")

    def _bullet(self, level: Any) -> str:
        shown = symbol_fonts.translate(level.get(q("text:bullet-char"), ""), self._style(level).font)
        return shown if tick_marks.is_bullet(shown) else ""

    def is_boolean(self, name: str) -> bool:
        """Whether a cell style shows numbers as true and false."""
        return self._numbers(name) in self._boolean

    def is_buddhist(self, name: str) -> bool:
        """Whether a cell style shows dates in the Thai calendar."""
        return self._numbers(name) in self._buddhist

    def hides(self, name: str) -> bool:
        """Whether a table style hides its sheet."""
        return any(style.hidden for style in self._line("table", name))

    def _numbers(self, name: str) -> str:
        return next((style.numbers for style in self._line("table-cell", name) if style.numbers), "")

    def _line(self, family: str, name: str) -> Iterator[_Style]:
        """The style, its parents and the default."""
        for _ in range(_ANCESTORS):
            style = self._styles.get((family, name))
            if style is None:
                break
            yield style
            if not name:
                return
            name = style.parent
        if (family, "") in self._styles:
            yield self._styles[family, ""]

    def _style(self, element: Any) -> _Style:
        letters = element.find(q("style:text-properties"))
        table = element.find(q("style:table-properties"))
        font, lines, display = "", [""], ""
        if letters is not None:
            display = letters.get(q("text:display"), "")
            lines = [letters.get(q(f"style:text-line-through-{what}"), "") for what in ("style", "type")]
            face = letters.get(q("style:font-name"), "")
            font = _unquoted(letters.get(q("fo:font-family"), "")) or self._faces.get(face, face)
        return _Style(
            parent=element.get(q("style:parent-style-name"), ""),
            font=font,
            numbers=element.get(q("style:data-style-name"), ""),
            hidden=table is not None and table.get(q("table:display")) == "false",
            struck=not {"none"}.issuperset(filter(None, lines)) if any(lines) else None,
            unseen=display == "none" if display else None,
        )


def _unquoted(family: str) -> str:
    return family.partition(",")[0].strip().strip("'\"")
