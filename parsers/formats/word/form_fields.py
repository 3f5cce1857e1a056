"""What a Word document says by the state of a control instead of by text: check boxes, lists, symbols, tabs and breaks.

Owns content controls (w:sdt), the fields of old forms (w:ffData) and w:sym (ECMA-376 part 1, 17.3.3, 17.5.2, 17.16).
"""

import re

from parsers.formats import document_to_grids
from parsers.formats.word.styles import (
    Element,
    attribute,
    child_at,
    is_on,
    local_name,
    value_at,
)
from parsers.values import symbol_fonts

CHECKED, UNCHECKED = "✓", "☐"


def said_by(control: Element) -> str | None:
    """What a content control says by its state instead of its content; None when its content counts.

    The usual picture of a checked box is a crossed one, so the state counts and not the picture. A hint what to type is
    no text.
    """
    properties = child_at(control, "sdtPr")
    box = child_at(properties, "checkbox") if properties is not None else None
    if box is not None:
        return CHECKED if is_on(box, "checked") else UNCHECKED
    return "" if is_on(properties, "showingPlcHdr") else None


def said_by_run(node: Element, name: str) -> str | None:
    """What an element that is no text shows; None for one to look into."""
    if name in ("tab", "ptab"):
        return "\t"
    if name in ("br", "cr"):
        return "\n"
    if name in ("noBreakHyphen", "softHyphen"):
        return "-" if name == "noBreakHyphen" else ""
    if name == "sym":
        code = int(attribute(node, "char", "20"), 16)
        return symbol_fonts.translate(chr(code), attribute(node, "font")) if code < 0x110000 else ""  # noqa: PLR2004 - Unicode's end
    return _said_by_field(node) if name == "ffData" else None


def _said_by_field(field_data: Element) -> str:
    """An old form's field: a check box's or a list's state. A text field's text stands in runs of its own."""
    box, choices = child_at(field_data, "checkBox"), child_at(field_data, "ddList")
    if box is not None:
        state = is_on(box, "checked")
        return CHECKED if (is_on(box, "default") if state is None else state) else UNCHECKED
    if choices is None:
        return ""
    entries = [attribute(entry, "val") for entry in choices if local_name(entry) == "listEntry"]
    at = whole_number(value_at(choices, "result") or value_at(choices, "default"), 0)
    return entries[at] if at < len(entries) else ""


def whole_number(value: str, otherwise: int) -> int:
    """A span or count, cut at the cap of columns; ``otherwise`` where it is none."""
    # "2": spans and counts of WordprocessingML are plain decimals.
    return min(int(value), document_to_grids.COLUMNS_CAP) if re.fullmatch(r"[0-9]{1,6}", value) else otherwise
