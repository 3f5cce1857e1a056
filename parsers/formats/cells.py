"""One cell of ours from what a spreadsheet stores: a number with its format, a date, a text in its fonts.

Owns what all readers of spreadsheets must do alike, so that one form saved in several formats reads the same. Knows no
format and no library.
"""

import datetime
import re
from collections.abc import Iterable
from decimal import Decimal

from parsers.formats.number_formats import Look, Shown, look_of, look_of_text
from parsers.formats.unreadable import too_large
from parsers.grid import Cell, CellKind, Doubt, Grid, Merge, doubtful
from parsers.thai import text
from parsers.thai.dates import BUDDHIST_AHEAD
from parsers.values import symbol_fonts

TEXT_CAP = 32_767  # Excel's own limit for one cell
COVERED_CAP = 300_000  # cells under merges, as far as the content of the sheet goes
At = tuple[int, int]  # row and column from 1

# The Thai calendar is number 7 whatever the language, and shows a year of the Buddhist era: "[$-107041E]d mmm yy;@",
# "[$-D07041E]d mmmm yyyy", "[$-1070000]d/mm/yyyy", "d/m/bbbb" (MS-LCID; ECMA-376 part 1, 18.8.31). Not "[$-101041E]d
# mmm yy": Thai names, common era.
_BUDDHIST = re.compile(r"\[\$[^\[\]]*-[0-9A-F]{0,2}07[0-9A-F]{4}\]|b{2,4}|\[\$-th", re.IGNORECASE)
# `\%`, `"%"`: words of a format, which are no signs of it.
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.')
# "[h]:mm", "[mm]:ss": formats for a length of time, not for a time of day.
_ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)
# "[Red]0", "_-* #,##0": colours, and room left as wide as a letter; the d of "[Red]" is no day.
_BRACKETED = re.compile(r"\[[^\[\]]*\]|_.|\*.")
_THAI_DIGITS = ("t{}", "T{}")  # what other programs make of Excel's sign for Thai digits
_EPOCHS = datetime.datetime(1899, 12, 30), datetime.datetime(1904, 1, 1)  # noqa: DTZ001 - cells have no zone
_LEAP = 60  # Excel counts a 29 February 1900, so the days before it are one more
# "#DIV/0!", "#N/A" as Excel shows a cell that went wrong, "Err:502" as LibreOffice does.
_ERROR = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|GETTING_DATA)|Err:\d{3}")


def in_buddhist_era(number_format: str) -> bool:
    """Whether an Excel number format shows dates in the Thai calendar."""
    return bool(_BUDDHIST.search(number_format))


def is_percent(number_format: str) -> bool:
    """Whether an Excel number format shows a percentage; a percent sign in quotes is none."""
    return "%" in _NOT_SHOWN.sub("", number_format)


def is_moment(number_format: str) -> bool:
    """Whether an Excel number format shows a date or a time."""
    first = _NOT_SHOWN.sub("", number_format).partition(";")[0]
    # d, m, y, h, s, and b for a year of the Buddhist era.
    return bool(_ELAPSED.search(first) or re.search("[dmyhsb]", _BRACKETED.sub("", first), re.IGNORECASE))


def number(at: At, value: float, *, percent: bool = False) -> Cell:
    """A NUMBER, or an ERROR for what is none."""
    # Excel shows and means 15 digits: a stored 3702.2999999999997 is 3702.3 to everyone.
    exact = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
    if not exact.is_finite():
        return error(at, "#NUM!")
    shown = exact * 100 if percent else exact
    # Digits in full, unless someone typed an astronomic figure.
    seen = f"{shown.normalize():f}" if abs(shown.adjusted()) < 40 else str(shown)  # noqa: PLR2004 - see above
    return Cell(*at, CellKind.NUMBER, f"{seen}%" if percent else seen, number=exact, percent=percent)


def figure(at: At, value: float, number_format: str) -> Cell:
    """What an Excel number format shows of a number: itself, a text in its place, or something that is no answer."""
    cell = number(at, value, percent=is_percent(number_format))
    if cell.number is None:
        return cell
    return as_shown(cell, look_of(number_format, cell.number))


def as_shown(cell: Cell, look: Look) -> Cell:
    """A number or text as its format shows it."""
    if look.shown is Shown.TEXT and look.words not in _THAI_DIGITS:
        return words((cell.row, cell.column), [(look.words.replace("{}", cell.text), "")]) or cell
    if look.shown in (Shown.ITSELF, Shown.TEXT):
        return cell
    return doubtful(cell.row, cell.column, Doubt.HIDDEN if look.shown is Shown.NOTHING else Doubt.SCALED, cell.text)


def hidden_by(number_format: str, cell: Cell) -> Cell:
    """A truth or date; a format of empty sections hides these too."""
    nothing = look_of_text(number_format).shown is Shown.NOTHING and not number_format.strip("; ")
    return doubtful(cell.row, cell.column, Doubt.HIDDEN, cell.text) if nothing else cell


def hidden(cell: Cell) -> Cell:
    """A cell whose content nobody sees."""
    return cell if cell.kind is CellKind.DOUBTFUL else doubtful(cell.row, cell.column, Doubt.HIDDEN, cell.text)


def turned(cell: Cell) -> Cell:
    """A figure that is seen as an icon of the other meaning: 0 as a green light. Nobody knows which of the two is meant."""
    figure = cell.kind in (CellKind.NUMBER, CellKind.BOOLEAN)
    return doubtful(cell.row, cell.column, Doubt.TURNED, cell.text) if figure else cell


def struck(cell: Cell) -> Cell:
    """A cell whose content is struck out."""
    return cell if cell.blank else doubtful(cell.row, cell.column, Doubt.STRUCK, cell.text)


def day(at: At, value: datetime.date, *, buddhist: bool = False) -> Cell:
    """A DATE, shown in the era in which the sender saw it."""
    date = value.date() if isinstance(value, datetime.datetime) else value
    year = date.year + BUDDHIST_AHEAD if buddhist else date.year
    return Cell(*at, CellKind.DATE, f"{date.day}/{date.month}/{year}", date=date)


def moment(at: At, serial: float, number_format: str, *, since_1904: bool = False) -> Cell | None:
    """A count of days as the format shows it: a DATE, or the TEXT of a time of day or a length of time."""
    try:
        if _ELAPSED.search(number_format):
            return words(at, [(str(datetime.timedelta(days=serial)), "")])
        days = serial + 1 if 1 <= serial < _LEAP and not since_1904 else serial
        when = _EPOCHS[since_1904] + datetime.timedelta(seconds=round(days * 86_400))
    except (ValueError, OverflowError):
        return number(at, serial)
    if 0 <= serial < 1:
        return words(at, [(str(when.time()), "")])
    return day(at, when, buddhist=in_buddhist_era(number_format)) if serial > 0 else number(at, serial)


def truth(at: At, *, value: bool) -> Cell:
    """A BOOLEAN."""
    return Cell(*at, CellKind.BOOLEAN, text=str(value).upper(), number=Decimal(value))


def error(at: At, shown: str) -> Cell:
    """An ERROR, with what the sender saw."""
    return Cell(*at, CellKind.ERROR, text=shown)


def is_error(shown: str) -> bool:
    """Whether a text is how programs show a cell that went wrong."""
    return bool(_ERROR.fullmatch(shown))


def words(at: At, runs: Iterable[tuple[str, str]]) -> Cell | None:
    """A TEXT of runs, each (characters, font), so that a Wingdings letter becomes its mark. None for nothing to see."""
    pieces: list[str] = []
    room = TEXT_CAP
    for run, font in runs:
        pieces.append(symbol_fonts.translate(run[:room], font))
        room -= len(pieces[-1])
        if room <= 0:
            break
    seen = text.normalise("".join(pieces).encode("utf-8", "replace").decode("utf-8"))
    return Cell(*at, CellKind.TEXT, text=seen) if seen else None


def lettering(at: At, runs: Iterable[tuple[str, str, bool]], number_format: str = "") -> Cell | None:
    """As ``words`` of runs that also say whether they are struck out: those are left out.

    A text with nothing else is struck out as a whole.
    """
    runs = list(runs)
    cell = words(at, [(run, font) for run, font, out in runs if not out])
    if cell is None:
        whole = words(at, [(run, font) for run, font, _ in runs])
        return struck(whole) if whole else None
    return as_shown(cell, look_of_text(number_format)) if number_format else cell


def sheet(name: str, cells: dict[At, Cell], merges: Iterable[Merge], *hidden: Iterable[range]) -> Grid:
    """A sheet as a grid; ``hidden`` are the stretches of rows and of columns. Raises Unreadable for too many merges."""
    last = max((row for row, _ in cells), default=0), max((column for _, column in cells), default=0)
    merges = clipped(merges, *last)
    under = covered(merges)
    rows, columns = (_expanded(stretches, end) for stretches, end in zip(hidden, last, strict=True))
    seen = {at: cell for at, cell in cells.items() if at not in under}
    return Grid(sheet=name, cells=seen, merges=merges, hidden_rows=rows, hidden_columns=columns)


def _expanded(stretches: Iterable[range], last: int) -> frozenset[int]:
    return frozenset(at for stretch in stretches for at in range(stretch.start, min(stretch.stop, last + 1)))


def clipped(merges: Iterable[Merge], last_row: int, last_column: int) -> tuple[Merge, ...]:
    """The merges as far as the content of the sheet goes."""
    return tuple(
        Merge(
            merge.top,
            merge.left,
            min(merge.bottom, max(last_row, merge.top)),
            min(merge.right, max(last_column, merge.left)),
        )
        for merge in merges
    )


def covered(merges: Iterable[Merge]) -> set[At]:
    """The cells under merges, without the top left ones. Raises Unreadable when they are too many."""
    merges = tuple(merges)
    areas = [(merge.bottom - merge.top + 1) * (merge.right - merge.left + 1) for merge in merges]
    if sum(areas) > COVERED_CAP:
        raise too_large(f"มีช่องที่ผสานรวมกันเกิน {COVERED_CAP:,} ช่อง")
    return {
        (row, column)
        for merge in merges
        for row in range(merge.top, merge.bottom + 1)
        for column in range(merge.left, merge.right + 1)
        if (row, column) != (merge.top, merge.left)
    }
