"""What is seen on a sheet beside the content of its cells: their colours, and what is drawn over them.

Owns the fills of styles, the anchors of pictures and shapes, and the check boxes of forms, each from the part of an Excel
workbook that tells of it. Knows no cells. Parts come checked: their root is known, and none has a document type.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from parsers.grid import Merge

PART_CAP = 4 << 20  # bytes of one part; a larger one is left alone
DRAWN_CAP = 500  # things drawn on one sheet
_WHITE = frozenset({"FFFFFF", "indexed9", "indexed65", "indexed64", "theme0"})
# `<x:ClientData ObjectType="Checkbox">`, also Radio: a form's control in an old drawing (VML).
_CLIENT = re.compile(r"<x:ClientData\s+ObjectType\s*=\s*[\"'](Checkbox|Radio)[\"']")
_CLIENT_CAP = 4_000  # characters of what is said of one box, and of its words
# "<x:Anchor>3, 15, 6, 2, 4, 31, 7, 4</x:Anchor>": column, offset, row, offset, twice.
_ANCHOR = re.compile(r"<x:Anchor>([^<]{1,200})</x:Anchor>")
# "<x:Checked>1</x:Checked>"; 2 is neither yes nor no.
_CHECKED = re.compile(r"<x:Checked>\s*1\s*</x:Checked>")
# The mark-up of a box's own words, "<div style=…><font …>".
_TAG = re.compile(r"<[^<>]*>")
# "Check Box 12", "กล่องกาเครื่องหมาย 3": what programs write beside a box of their own accord. Not "มี", a person's.
_OWN_CAPTION = re.compile(
    r"(?:check ?box|option button|กล่องกาเครื่องหมาย|กล่องกา|ปุ่มตัวเลือก|checkbox)?\s*\d*", re.IGNORECASE
)


@dataclass
class SheetLooks:
    """What is drawn on one sheet."""

    drawn: list[Merge] = field(default_factory=list)  # pictures, shapes, and boxes that belong to no single cell
    boxes: dict[tuple[int, int], bool] = field(default_factory=dict)  # check boxes by their cell: whether checked


def fills(root: etree._Element) -> tuple[str, ...]:
    """The colour of each style of cells, from the tree of styles; empty for none and for white."""
    colours = [_colour(fill) for fill in _children(_child(root, "fills"))]
    numbers = (xf.get("fillId", "0") for xf in _children(_child(root, "cellXfs")))
    return tuple(colours[int(at)] if at.isdecimal() and int(at) < len(colours) else "" for at in numbers)


def take_drawing(looks: SheetLooks, part: bytes) -> None:
    """Note where the pictures and shapes of a drawing lie. Check boxes stand in another part too, which tells more."""
    root = _tree(part)
    for anchor in root.iter() if root is not None else ():
        if len(looks.drawn) < DRAWN_CAP and _local(anchor) in ("twoCellAnchor", "oneCellAnchor"):
            if any(_local(around) == "AlternateContent" for around in anchor.iterancestors()):
                continue  # a control
            if place := _place(anchor):
                looks.drawn.append(place)


def take_controls(looks: SheetLooks, part: bytes) -> None:
    """Note the check boxes of a part of old drawings (VML)."""
    if len(part) > PART_CAP:
        return
    shapes = part.decode("utf-8", "replace").split("</v:shape>")[:-1]
    for shape in shapes[:DRAWN_CAP]:
        kind = _CLIENT.match(shape, max(0, shape.find("<x:ClientData")))
        client = shape[kind.end() :][:_CLIENT_CAP] if kind else ""
        at = _ANCHOR.search(client)
        # The eight numbers of an anchor; an offset may be negative.
        numbers = [int(n) for n in re.findall(r"-?\d+", at[1])] if at else []
        if kind is None or len(numbers) != 8:  # noqa: PLR2004 - column, offset, row, offset, twice
            continue
        place = _merge(numbers[2], numbers[0], numbers[6] - (numbers[7] == 0), numbers[4] - (numbers[5] == 0))
        said = _caption(shape)
        spot = place.top, place.left
        single = spot == (place.bottom, place.right) and spot not in looks.boxes and kind[1] == "Checkbox"
        if single and _OWN_CAPTION.fullmatch(said):
            looks.boxes[spot] = bool(_CHECKED.search(client))
        else:
            looks.boxes.pop(spot, None)
            looks.drawn.append(place)


def _caption(shape: str) -> str:
    """The words beside a box."""
    _, _, box = shape.partition("<v:textbox")
    return _TAG.sub("", f"<{box.partition('</v:textbox>')[0][:_CLIENT_CAP]}").strip()


def _place(anchor: etree._Element) -> Merge | None:
    """The cells under an anchor; what has a corner only lies on its first cell at least."""
    corners = [_corner(_child(anchor, name)) for name in ("from", "to")]
    if corners[0] is None:
        return None
    top, left = corners[0][0], corners[0][2]
    if corners[1] is None:
        return _merge(top, left, top, left)
    bottom, low, right, far = corners[1]
    return _merge(top, left, bottom - (low == 0), right - (far == 0))


def _corner(node: etree._Element | None) -> tuple[int, int, int, int] | None:
    """Row, its offset, column, its offset."""
    texts = [_child(node, name) for name in ("row", "rowOff", "col", "colOff")] if node is not None else []
    said = [(text.text or "").strip() if text is not None else "" for text in texts]
    # A whole number; an offset in EMU may be negative and has up to ten digits.
    if not said or not all(re.fullmatch(r"-?\d{1,12}", each) for each in said):
        return None
    row, low, column, far = map(int, said)
    return row, low, column, far


def _merge(top: int, left: int, bottom: int, right: int) -> Merge:
    return Merge(top + 1, left + 1, max(top, bottom) + 1, max(left, right) + 1)


def _colour(fill: etree._Element) -> str:
    pattern = _child(fill, "patternFill")
    if pattern is None:
        return "gradient" if _child(fill, "gradientFill") is not None else ""
    kind = pattern.get("patternType", "none")
    colour = _child(pattern, "fgColor")
    if kind != "solid" or colour is None:
        return "" if kind in ("none", "solid") else kind
    named = (colour.get("rgb") or "")[-6:].upper()
    for source in ("theme", "indexed"):
        named = named or (f"{source}{colour.get(source)}" if colour.get(source) else "")
    tint = colour.get("tint") or ""
    return "" if named in _WHITE and not tint else f"{named}{tint}"


def _tree(part: bytes) -> etree._Element | None:
    if len(part) > PART_CAP:
        return None
    try:
        return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError:
        return None  # what the looks of a sheet are is not worth refusing it


def _local(node: etree._Element) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _children(node: etree._Element | None) -> Iterator[etree._Element]:
    yield from (child for child in (node if node is not None else ()) if isinstance(child.tag, str))


def _child(node: etree._Element | None, name: str) -> etree._Element | None:
    return next((child for child in _children(node) if _local(child) == name), None)
