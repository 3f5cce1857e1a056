"""How the text of a Word document is seen: fonts by style and script, hidden and struck text, bullets that are marks.

Owns reading properties and styles of WordprocessingML, with the small steps through its elements that all of it needs.
Strict and transitional documents differ in namespaces only, so names are taken without them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from parsers.values import symbol_fonts, tick_marks

_OFF = frozenset({"0", "false", "off"})
_PICTURES = (0xF020, 0xF0FF)  # where Windows keeps symbol fonts
# Styles based on each other; a circle of them must end.
STYLES_DEEP = 12
Element = etree._Element  # noqa: SLF001 - the public name of the type


def local_name(node: Element) -> str:
    """A tag without its namespace: strict and transitional documents differ in that only."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def attribute(node: Element, name: str, otherwise: str = "") -> str:
    """An attribute by its local name."""
    return next((str(value) for key, value in node.attrib.items() if str(key).rpartition("}")[2] == name), otherwise)


def child_at(node: Element | None, *path: str) -> Element | None:
    """The first descendant along ``path``, each step a child's name; None when it is not there."""
    for name in path:
        if node is None:
            return None
        node = _child(node, name, "}" + name)
    return node


def _child(node: Element, name: str, ending: str) -> Element | None:
    for child in node:  # asked many times for each cell
        tag = child.tag
        if isinstance(tag, str) and (tag.endswith(ending) or tag == name):
            return child
    return None


def value_at(node: Element | None, *path: str) -> str:
    """The ``val`` of a descendant, empty when it is not there."""
    found = child_at(node, *path)
    return attribute(found, "val") if found is not None else ""


def is_on(node: Element | None, *path: str) -> bool | None:
    """A switch: on when it is there without a value, None when it is not there."""
    found = child_at(node, *path)
    return None if found is None else attribute(found, "val", "1").lower() not in _OFF


@dataclass(frozen=True)
class Look:
    """How a run is drawn: its fonts by script, whether it is hidden, struck out or above the line."""

    fonts: Mapping[str, str] = field(default_factory=dict)
    hidden: bool | None = None
    struck: bool | None = None
    raised: bool | None = None

    def over(self, other: "Look") -> "Look":
        """This look where it says something, the other where it does not."""
        if self is _PLAIN:
            return other
        hidden = other.hidden if self.hidden is None else self.hidden
        struck = other.struck if self.struck is None else self.struck
        raised = other.raised if self.raised is None else self.raised
        return Look({**other.fonts, **self.fonts}, hidden, struck, raised)

    def shown(self, words: str) -> str:
        """A text with the letters of symbol fonts as the marks they show."""
        words = symbol_fonts.raised(words) if self.raised else words
        if not self.fonts:
            return symbol_fonts.translate(words, "")
        return "".join(symbol_fonts.translate(letter, self._font(letter)) for letter in words)

    def _font(self, letter: str) -> str:
        code = ord(letter)
        ascii_font, other = self.fonts.get("ascii", ""), self.fonts.get("hAnsi", "")
        if _PICTURES[0] <= code <= _PICTURES[1]:
            return other or ascii_font or self.fonts.get("cs", "")
        return (ascii_font or other) if code < 0x80 else (other or ascii_font)  # noqa: PLR2004 - the end of ASCII


_PLAIN = Look()


def look_of(properties: Element | None) -> Look:
    """The look that the properties of a run or style say."""
    if properties is None:
        return _PLAIN
    fonts = child_at(properties, "rFonts")
    named = {key: attribute(fonts, key) for key in ("ascii", "hAnsi", "cs")} if fonts is not None else {}
    lines = [is_on(properties, name) for name in ("strike", "dstrike")]
    struck = None if lines == [None, None] else any(lines)
    height = value_at(properties, "vertAlign")
    raised = height == "superscript" if height else None
    return Look({key: name for key, name in named.items() if name}, is_on(properties, "vanish"), struck, raised)


class Looks:
    """Styles by their names, and the bullets that are marks."""

    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        every = list(styles) if styles is not None else []
        self._styles = {attribute(style, "styleId"): style for style in every if local_name(style) == "style"}
        self._known: dict[str, Look] = {}
        self._bullets = dict(_bullets(numbering)) if numbering is not None else {}

    def style(self, name: str, depth: int = 0) -> Look:
        """The look of a style, what it is based on included."""
        style = self._styles.get(name)
        if style is None or depth > STYLES_DEEP:
            return Look()
        if name not in self._known:
            base = self.style(value_at(style, "basedOn"), depth + 1)
            self._known[name] = look_of(child_at(style, "rPr")).over(base)
        return self._known[name]

    def bullet(self, paragraph: Element) -> str:
        """The mark that a paragraph's bullet shows, empty for dots, numbers and none."""
        numbered = child_at(paragraph, "pPr", "numPr")
        if numbered is None:
            return ""
        return self._bullets.get((value_at(numbered, "numId"), value_at(numbered, "ilvl") or "0"), "")


def _bullets(numbering: Element) -> Iterator[tuple[tuple[str, str], str]]:
    """Bullets in symbol fonts that are ticks or crosses, by (number, level)."""
    abstract: dict[str, dict[str, str]] = {}
    for each in numbering:
        if local_name(each) == "abstractNum":
            levels = abstract.setdefault(attribute(each, "abstractNumId"), {})
            for level in each:
                if local_name(level) == "lvl" and value_at(level, "numFmt") == "bullet":
                    levels[attribute(level, "ilvl")] = look_of(child_at(level, "rPr")).shown(value_at(level, "lvlText"))
        elif local_name(each) == "num":
            for depth, shown in abstract.get(value_at(each, "abstractNumId"), {}).items():
                if tick_marks.is_bullet(shown):
                    yield (attribute(each, "numId"), depth), shown
