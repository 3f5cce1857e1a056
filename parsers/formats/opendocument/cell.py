"""One cell of an OpenDocument spreadsheet: its stored value, or its text in the fonts of its runs.

Owns what the attributes and paragraphs of a cell mean; annotations are no part of its text. Knows no sheet.
"""

import datetime
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from parsers.formats import cells
from parsers.formats.number_formats import Look, Shown
from parsers.formats.opendocument.styles import Styles, q
from parsers.grid import Cell, CellKind
from parsers.thai.text import ascii_digits

_Font = tuple[str, bool]  # a name, and whether it is struck out

_SPACES_CAP = 100  # spaces in one go
_ROOM = {q("text:tab"): "\t", q("text:line-break"): "\n"}
_TRUTHS = frozenset({"TRUE", "FALSE", "จริง", "เท็จ"})
NOT_TEXT = frozenset(map(q, ("office:annotation", "office:annotation-end", "text:note", "text:ruby-text")))
# "1,234.50" in "1,234.50 บาท": the figure that a paragraph shows.
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
# A letter of any script: "พันบาท" behind a figure changes it.
_LETTERS = re.compile(r"[^\W\d_]")
_HALF = Decimal("0.5000001")  # of the last digit shown, for rounding
# "PT16H30M00S", "-P1DT00H15M00.5S" (XML Schema duration, as LibreOffice writes it).
_TIME = re.compile(r"(-?)P(?:\d+D)?T(\d{1,6})H(\d{1,2})M(\d{1,2})(?:[.,]\d+)?S")


def read_cell(element: Any, at: cells.At, style: str, styles: Styles) -> Cell | None:
    """What a ``table:table-cell`` of this style holds, None for a blank one. Raises ValueError for a malformed value."""
    if not len(element) and not element.attrib:
        return None
    look = styles.font("table-cell", style), bool(styles.struck("table-cell", style))
    text = _text(element, at, look, styles)
    cell = _valued(element, text, at, style, styles)
    return cells.struck(cell) if cell and look[1] and cell.kind not in (CellKind.TEXT, CellKind.DOUBTFUL) else cell


def _valued(element: Any, text: Cell | None, at: cells.At, style: str, styles: Styles) -> Cell | None:
    """The cell by its kind of value; ``text`` is what its paragraphs say."""
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
    cell = cells.number(at, value, percent=percent)
    return cell if percent else _as_seen(cell, seen, styled=element.find(q("text:p")) is not None)


def _as_seen(cell: Cell, seen: str, *, styled: bool) -> Cell:
    """A number as its paragraph shows it: itself, with words around it, a text in its place, other digits, or nothing."""
    if not styled or not cell.number:  # written by a program that leaves the text out; a hidden nought is a nought
        return cell if seen in ("", "0") or not seen.strip("-– ") else _in_words(cell, seen)
    if not seen:
        return cells.as_shown(cell, Look(Shown.NOTHING))
    return _in_words(cell, seen)


def _in_words(cell: Cell, seen: str) -> Cell:
    found = _FIGURE.findall(ascii_digits(seen))
    if not found:
        return cells.as_shown(cell, Look(Shown.TEXT, seen))
    if len(found) > 1 or cell.number is None:  # a fraction, an exponent, a date
        return cell
    shown = Decimal(found[0].replace(",", ""))
    off = abs(abs(cell.number) - shown)
    if shown.adjusted() < cell.number.adjusted() - 1 and off > _HALF.scaleb(int(shown.as_tuple().exponent)):
        return cells.as_shown(cell, Look(Shown.SCALED))
    around = _FIGURE.sub("{}", ascii_digits(seen))
    return cells.as_shown(cell, Look(Shown.TEXT, around)) if _LETTERS.search(around) else cell


def _date(element: Any, at: cells.At, *, buddhist: bool) -> Cell:
    stored = element.get(q("office:date-value"))
    if stored is None:
        return Cell(*at, CellKind.UNCALCULATED)
    return cells.day(at, datetime.date.fromisoformat(stored[:10]), buddhist=buddhist)


def _text(element: Any, at: cells.At, font: _Font, styles: Styles) -> Cell | None:
    paragraphs = element.findall(q("text:p"))
    stored = element.get(q("office:string-value"))
    if not paragraphs and stored:
        return cells.lettering(at, [(stored, *font)])
    return cells.lettering(at, _lines(paragraphs, font, styles))


def _lines(paragraphs: list[Any], font: _Font, styles: Styles) -> Iterator[tuple[str, str, bool]]:
    for number, paragraph in enumerate(paragraphs):
        yield "\n" if number else "", "", False
        yield from _runs(paragraph, font, styles)


def _runs(element: Any, font: _Font, styles: Styles) -> Iterator[tuple[str, str, bool]]:
    """What stands inside an element, each piece with its font and whether it is struck out."""
    yield element.text or "", *font
    for child in element:
        if (room := room_of(child)) is not None:
            yield room, "", False
        elif child.tag not in NOT_TEXT:
            own = child.get(q("text:style-name")) if child.tag == q("text:span") else None
            yield from _runs(child, _over(own, font, styles), styles)
        yield child.tail or "", *font


def _over(own: str | None, font: _Font, styles: Styles) -> _Font:
    """The font of a span of style ``own`` within a ``font``."""
    struck = styles.struck("text", own) if own else None
    return (own and styles.font("text", own)) or font[0], font[1] if struck is None else struck


def room_of(element: Any) -> str | None:
    """The white space that an element stands for; None for any other element."""
    if element.tag == q("text:s"):
        return " " * min(count(element, "text:c"), _SPACES_CAP)
    return _ROOM.get(element.tag)


def count(element: Any, name: str) -> int:
    """A count that an attribute gives, 1 without it."""
    given = element.get(q(name), "1")
    return int(given) if given.isdecimal() and 0 < len(given) < 10 and int(given) else 1  # noqa: PLR2004 - no more fit


def _clock(stored: str) -> str:
    """``PT16H30M00S`` as 16:30:00, empty for what is no such thing."""
    found = _TIME.fullmatch(stored)
    return f"{found[1]}{int(found[2]):02}:{int(found[3]):02}:{int(found[4]):02}" if found else ""
