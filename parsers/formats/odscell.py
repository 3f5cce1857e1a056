"""One cell of an OpenDocument spreadsheet: its stored value, or its text in the fonts of its runs.

Owns what the attributes and paragraphs of a cell mean; annotations are no part of its text. Knows no sheet.
"""

import datetime
import re
from collections.abc import Iterator
from typing import Any

from parsers.formats import cells
from parsers.formats.odsstyles import Styles, q
from parsers.grid import Cell, CellKind

_SPACES_CAP = 100  # spaces in one go
_TRUTHS = frozenset({"TRUE", "FALSE", "จริง", "เท็จ"})
_NOT_TEXT = frozenset(map(q, ("office:annotation", "office:annotation-end", "text:note", "text:ruby-text")))
_TIME = re.compile(r"(-?)P(?:\d+D)?T(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S")


def read_cell(element: Any, at: cells.At, style: str, styles: Styles) -> Cell | None:
    """What a ``table:table-cell`` of this style holds, None for a blank one. Raises ValueError for a malformed value."""
    if not len(element) and not element.attrib:
        return None
    text = _text(element, at, styles.font("table-cell", style), styles)
    seen = text.text if text else ""
    if element.get(q("calcext:value-type")) == "error" or cells.is_error(seen):
        return cells.error(at, seen or "#ERROR!")
    match element.get(q("office:value-type")):
        case "boolean":
            return cells.truth(at, value=element.get(q("office:boolean-value")) == "true")
        case "float" | "currency" | "percentage":
            return _number(element, at, seen, boolean=styles.is_boolean(style))
        case "date":
            return _date(element, at, buddhist=styles.is_buddhist(style))
        case "time":
            text = cells.words(at, [(_clock(element.get(q("office:time-value"), "")) or seen, "")])
        case None if element.get(q("table:formula")) and element.find(q("text:p")) is None:
            # A formula that came to the empty text has an empty paragraph; one that nobody calculated has none.
            text = Cell(*at, CellKind.UNCALCULATED)
    return text


def _number(element: Any, at: cells.At, seen: str, *, boolean: bool) -> Cell:
    stored = element.get(q("office:value"))
    if stored is None:
        return Cell(*at, CellKind.UNCALCULATED)
    value = float(stored)
    percent = element.get(q("office:value-type")) == "percentage"
    if value in (0, 1) and not percent and (seen.upper() in _TRUTHS or boolean):
        return cells.truth(at, value=bool(value))
    return cells.number(at, value, percent=percent)


def _date(element: Any, at: cells.At, *, buddhist: bool) -> Cell:
    stored = element.get(q("office:date-value"))
    if stored is None:
        return Cell(*at, CellKind.UNCALCULATED)
    return cells.day(at, datetime.date.fromisoformat(stored[:10]), buddhist=buddhist)


def _text(element: Any, at: cells.At, font: str, styles: Styles) -> Cell | None:
    paragraphs = element.findall(q("text:p"))
    stored = element.get(q("office:string-value"))
    if not paragraphs and stored:
        return cells.words(at, [(stored, font)])
    return cells.words(at, _lines(paragraphs, font, styles))


def _lines(paragraphs: list[Any], font: str, styles: Styles) -> Iterator[tuple[str, str]]:
    for number, paragraph in enumerate(paragraphs):
        yield "\n" if number else "", ""
        yield from _runs(paragraph, font, styles)


def _runs(element: Any, font: str, styles: Styles) -> Iterator[tuple[str, str]]:
    """What stands inside an element, each piece with its font."""
    yield element.text or "", font
    for child in element:
        if child.tag == q("text:s"):
            yield " " * min(count(child, "text:c"), _SPACES_CAP), ""
        elif child.tag == q("text:tab"):
            yield "\t", ""
        elif child.tag == q("text:line-break"):
            yield "\n", ""
        elif child.tag not in _NOT_TEXT:
            own = child.get(q("text:style-name")) if child.tag == q("text:span") else None
            yield from _runs(child, (own and styles.font("text", own)) or font, styles)
        yield child.tail or "", font


def count(element: Any, name: str) -> int:
    """A count that an attribute gives, 1 without it."""
    given = element.get(q(name), "1")
    return int(given) if given.isdecimal() and 0 < len(given) < 10 and int(given) else 1  # noqa: PLR2004 - no more fit


def _clock(stored: str) -> str:
    """``PT16H30M00S`` as 16:30:00, empty for what is no such thing."""
    found = _TIME.fullmatch(stored)
    return f"{found[1]}{int(found[2]):02}:{int(found[3]):02}:{int(found[4]):02}" if found else ""
