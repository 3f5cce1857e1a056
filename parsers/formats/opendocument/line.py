"""One paragraph of an OpenDocument text as a person sees it: its runs in their fonts, its boxes, what was not deleted.

Owns what inline elements show (ODF 1.3 part 3, chapters 6 and 7). What stands in text boxes is handed back to be walked.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from parsers.formats import document_to_grids
from parsers.formats.opendocument.cell import NOT_TEXT, room_of
from parsers.formats.opendocument.styles import Styles, q
from parsers.grid import Doubt
from parsers.values import symbol_fonts

CHECKED, UNCHECKED = "✓", "☐"
_UNSEEN = NOT_TEXT | frozenset(map(q, ("text:placeholder", "svg:title", "svg:desc", "text:list-style", "office:forms")))
_PICTURES = frozenset(map(q, ("draw:image", "draw:object", "draw:object-ole", "draw:plugin")))
_TRUE = ("true", "1")


@dataclass(frozen=True)
class _Look:
    """How a run is drawn."""

    font: str
    struck: bool
    unseen: bool


class Line:
    """Reads paragraph after paragraph: what was deleted may reach over several."""

    def __init__(self, styles: Styles, deleted: frozenset[str], boxes: Mapping[str, bool]) -> None:
        self._styles, self._deletions, self._boxes = styles, deleted, boxes
        self._open: set[str] = set()  # the deletions that have begun and not ended
        self._words: list[str] = []
        self._floating: list[Any] = []

    def read(self, paragraph: Any) -> tuple[str, list[Any]]:
        """A paragraph's text, and the text boxes in it."""
        plain = _Look(font="", struck=False, unseen=False)
        return self._read(paragraph, self._over("paragraph", paragraph.get(q("text:style-name"), ""), plain))

    def drawn(self, drawing: Any) -> tuple[str, list[Any]]:
        """The same of a drawing that is bound to a page or a box."""
        self._words, self._floating = [], []
        self._drawing(drawing)
        return "".join(self._words), self._floating

    def _read(self, parent: Any, look: _Look) -> tuple[str, list[Any]]:
        self._words, self._floating = [], []
        self._take(parent, look)
        return "".join(self._words), self._floating

    def heed(self, element: Any) -> bool:
        """Whether an element is the mark where a change begins or ends; heeds it if it is a deletion's."""
        name = element.get(q("text:change-id"), "")
        if element.tag == q("text:change-start") and name in self._deletions:
            self._open.add(name)
        elif element.tag == q("text:change-end"):
            self._open.discard(name)
        return bool(name)

    def _over(self, family: str, name: str, look: _Look) -> _Look:
        """The look of a style of this name, where it says something, over another."""
        struck, unseen = self._styles.struck(family, name), self._styles.unseen(family, name)
        return _Look(
            self._styles.font(family, name) or look.font,
            look.struck if struck is None else struck,
            look.unseen if unseen is None else unseen,
        )

    def _take(self, parent: Any, look: _Look) -> None:
        self._write(parent.text or "", look)
        for child in parent:
            if (room := room_of(child)) is not None:
                self._words.append(room)
            elif not self.heed(child) and child.tag not in _UNSEEN:
                self._child(child, look)
            self._write(child.tail or "", look)

    def _child(self, child: Any, look: _Look) -> None:
        if (said := _said_by(child)) is not None:
            self._write(said, look)
        elif child.tag.startswith(q("draw:")):
            self._drawing(child)
        elif child.get(q("text:is-hidden")) not in _TRUE:
            span = child.get(q("text:style-name")) if child.tag == q("text:span") else None
            self._take(child, look if span is None else self._over("text", span, look))

    def _write(self, words: str, look: _Look) -> None:
        if not words or look.unseen or self._open:
            return
        # White space of XML is one blank (ODF 1.3 part 3, 6.1.2); U+00A0 is none of it.
        words = symbol_fonts.translate(re.sub(r"[ \t\r\n]+", " ", words), look.font)
        self._words.append(document_to_grids.doubted(Doubt.STRUCK, words) if look.struck else words)

    def _drawing(self, drawing: Any) -> None:
        """A text box, a check box, a picture; of several ways to draw one thing the first is seen."""
        if self._open:
            return
        if drawing.tag == q("draw:control"):
            if (ticked := self._boxes.get(drawing.get(q("draw:control"), ""))) is not None:
                self._words.append(CHECKED if ticked else UNCHECKED)
        elif drawing.tag == q("draw:frame"):
            first = next((child for child in drawing if child.tag not in _UNSEEN), None)
            if first is not None and first.tag in _PICTURES:
                self._words.append(document_to_grids.doubted(Doubt.DRAWN, "ภาพ"))
            elif first is not None:
                self._floating.append(first)
        else:
            self._floating.append(drawing)


def _said_by(element: Any) -> str | None:
    """What a control says by its state instead of its content; None when its content counts.

    The usual picture of a checked box is a crossed one, so the state counts. A hint what to type is no text.
    """
    if element.tag == q("loext:content-control"):
        if element.get(q("loext:checkbox")) in _TRUE:
            return CHECKED if element.get(q("loext:checked")) in _TRUE else UNCHECKED
        return "" if element.get(q("loext:showing-place-holder")) in _TRUE else None
    if element.get(q("field:type"), "").endswith("FORMCHECKBOX"):
        said = {each.get(q("field:name")): each.get(q("field:value")) for each in element.iter(q("field:param"))}
        return CHECKED if said.get("Checkbox_Checked") in _TRUE else UNCHECKED
    return None
