"""What a question's answer is, as its heading, the hints beside it and what stands below say.

Owns the words of kinds. A kind that only custom speaks for is a guess, which is said.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.blank_form.kind_words import HINTS, WORDS
from parsers.form.question import Kind
from parsers.grid import Cell, CellKind
from parsers.tables.denial import half_of
from parsers.thai.text import ascii_digits, heading_key, normalise
from parsers.values.tick_marks import Tick, tick
from parsers.values.units import BRACKETED, Unit, parse_unit

_SAMPLES = 60  # cells below a heading that are looked at
_MOSTLY = 0.8
_STATES = 3  # of progress
_FEW = 2  # choices that a hint must name, to be a list
_BY_UNIT = {
    "money": Kind.DECIMAL,
    "percent": Kind.PERCENT,
    "count": Kind.INTEGER,
    "time": Kind.INTEGER,
    **dict.fromkeys(("mass", "area", "volume", "length", "energy"), Kind.DECIMAL),
}
# "Aggregate of Loans", one quoted line each, or "-Subrecipient;": the choices that a hint lists.
_LISTED = re.compile(r"^[ \t]*+(?:[\"“]([^\"”\n]{1,120})[\"”]|-[ \t]?([^;\n]{1,120});)", re.MULTILINE)
_COUNTED = re.compile(r"\(([ก-๙]{2,12})\)$")  # "วัคซีนที่จัดซื้อ (โดส)": a unit that no list has
_OTHER = re.compile(r"^(?:อื่น ?ๆ?|ระบุ|เช่น|ตัวอย่าง|ฯลฯ)")  # what stands among choices and is none


@dataclass(frozen=True)
class Said:
    """All that a form says of one column: label and group, hints (above, beside, below), what stands in its rows."""

    label: str
    group: str = ""
    hints: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()
    offered: tuple[str, ...] = ()  # a drop-down's list
    unit: str = ""  # of the whole form: "หน่วย : บาท"
    marks: bool = False  # the form has a legend of marks


@dataclass(frozen=True)
class Meant:
    """The kind with its unit and choices, and whether it is sure."""

    kind: Kind
    unit: str = ""
    choices: tuple[str, ...] = ()
    sure: bool = True


def meant(said: Said) -> Meant:
    """What a column asks for: the first that speaks wins, from what is written for it alone to what is custom."""
    steps = (_by_list, _by_brackets, _by_hints, _by_cells, _by_words)
    found = next((one for step in steps if (one := step(said))), None)
    if found and (found.sure or not said.marks):
        return found
    # A form whose note explains marks asks for them, unless a column says otherwise.
    return Meant(Kind.TICK, sure=False) if said.marks and not found else found or _by_custom(said)


def _by_custom(said: Said) -> Meant:
    """What nothing speaks for: the unit of the whole form, a short word in brackets as what is counted, else words."""
    whole = parse_unit(said.unit) if said.unit else None
    if whole and whole.base:
        return Meant(_kind_of_unit(whole), _written(said.unit, whole), sure=False)
    counted = _COUNTED.search(said.label)
    if counted and not _names_things(said.label):
        return Meant(Kind.INTEGER, counted[1], sure=False)
    return Meant(Kind.TEXT, sure=False)


def _by_list(said: Said) -> Meant | None:
    """What a drop-down offers: done or not, how far it is, or choices."""
    texts = said.offered
    if len(texts) == _FEW and {_state(text) for text in texts} == {"yes", "no"}:
        return Meant(Kind.TICK)
    if len(texts) == _STATES and _half_done(texts[1]) and _half_done(texts[1]) != _half_done(texts[0]):
        return Meant(Kind.PROGRESS, choices=texts)
    return Meant(Kind.CHOICE, choices=texts) if texts else None


def _state(text: str) -> str:
    # "Y", "N", "True", "False": what programs offer.
    said = {"y": "yes", "yes": "yes", "true": "yes", "n": "no", "no": "no", "false": "no"}
    return said.get(text.casefold(), half_of(text))


def _half_done(text: str) -> bool:
    return "ระหว่าง" in text or "กำลัง" in text


def _by_brackets(said: Said) -> Meant | None:
    """A unit, choices or a way of writing in brackets: (ตัน/วัน), (มี/ไม่มี), (วว/ดด/ปปปป)."""
    for text in (said.label, *said.hints, said.group):
        for inner in reversed(BRACKETED.findall(text) + ([text] if text in said.hints and len(text) < 30 else [])):  # noqa: PLR2004 - a hint that is a unit alone
            if found := _of_bracket(inner, said):
                return found
    return None


def _of_bracket(inner: str, said: Said) -> Meant | None:
    if HINTS[0][1].search(inner):
        return Meant(Kind.DATE)
    if tick(inner) is Tick.YES and not inner.strip().isalnum():  # "(1)" only counts
        return Meant(Kind.TICK)
    unit = parse_unit(inner)
    if unit and (unit.base or unit.multiple != 1) and not _names_things(said.label):
        return Meant(_kind_of_unit(unit), _written(inner, unit))
    # "มี/ไม่มี", "ฝังกลบ, เตาเผา หรือ หมักปุ๋ย".
    parts = [part.strip() for part in re.split(r"[/,]|หรือ", inner) if part.strip()]
    if len(parts) == _FEW and {half_of(part) for part in parts} == {"yes", "no"}:
        return Meant(Kind.TICK)
    listed = tuple(part for part in parts if not _OTHER.match(part))
    if len(listed) > _FEW and len(set(listed)) == len(listed) and not any(ascii_digits(p).isdecimal() for p in listed):
        return Meant(Kind.CHOICE, choices=listed, sure=False)
    return None


def _names_things(label: str) -> bool:
    return heading_key(label).startswith(("ชื่อ", "รายชื่อ", "รายละเอียด", "ที่ตั้ง", "ที่อยู่"))


def _kind_of_unit(unit: Unit) -> Kind:
    if unit.kind == "money" and unit.base == "บาท" and unit.multiple == 1 and not unit.per:
        return Kind.MONEY
    if unit.per or unit.multiple != 1:
        return Kind.DECIMAL
    return _BY_UNIT.get(unit.kind, Kind.INTEGER)


def _written(inner: str, unit: Unit) -> str:
    """The unit as totals show it; that of a share is in its kind."""
    # "หน่วย : ตัน".
    said = re.sub(r"^หน่วย\s?(?:นับ)?\s?[::]?\s?", "", inner.strip())
    return "" if unit.kind == "percent" else said


def _by_hints(said: Said) -> Meant | None:
    for kind, pattern in HINTS:
        text = next((hint for hint in said.hints if pattern.search(hint)), "")
        if not text:
            continue
        if kind not in (Kind.CHOICE, Kind.CHOICES):
            return Meant(kind)
        choices = tuple(dict.fromkeys(normalise(a or b).strip() for a, b in _LISTED.findall(text)))
        plain = tuple(each.translate({ord(":"): None, ord(";"): None}) for each in choices)
        if len(set(plain)) >= (1 if kind is Kind.CHOICE else _FEW):
            return Meant(kind, choices=plain)
        return Meant(Kind.TEXT, sure=False)
    return None


def _by_cells(said: Said) -> Meant | None:
    """What stands in the rows: an example that was left in, or a form that somebody had filled in."""
    cells = [cell for cell in said.cells if not cell.blank][:_SAMPLES]
    if not cells:
        return None
    kinds = {cell.kind for cell in cells}
    if all(cell.kind is CellKind.TEXT and tick(cell.text) in (Tick.YES, Tick.NO) for cell in cells):
        return Meant(Kind.TICK)
    if kinds == {CellKind.DATE}:
        return Meant(Kind.DATE)
    figures = [cell for cell in cells if _figure(cell)]
    if len(figures) >= _MOSTLY * len(cells):  # a dash, or a figure that a PDF broke, may stand among them
        return _of_figures(said, figures)
    words = _by_words(said)
    longer = kinds == {CellKind.TEXT} and len(cells) > _FEW and not any(map(_figure, cells))
    return Meant(Kind.TEXT) if longer and not (words and words.sure and words.kind is Kind.TICK) else None


def _figure(cell: Cell) -> bool:
    # "1,700,000.50", a figure that a PDF holds as text.
    return cell.kind is CellKind.NUMBER or bool(re.fullmatch(r"-?\d[\d,]{0,30}(?:\.\d{1,9})?", ascii_digits(cell.text)))


def _of_figures(said: Said, cells: Sequence[Cell]) -> Meant:
    unit = parse_unit(said.unit) if said.unit else None
    if all(cell.percent for cell in cells):
        return Meant(Kind.PERCENT)
    if unit and unit.base:
        return Meant(_kind_of_unit(unit), _written(said.unit, unit))
    words = _by_words(said)
    if words and words.sure and words.kind in (Kind.MONEY, Kind.PERCENT, Kind.DECIMAL, Kind.INTEGER, Kind.TICK):
        return words
    whole = all("." not in cell.text and (cell.number is None or cell.number == int(cell.number)) for cell in cells)
    return Meant(Kind.INTEGER if whole else Kind.DECIMAL, sure=len(cells) > _FEW)


def _by_words(said: Said) -> Meant | None:
    if said.label.rstrip().endswith("?"):
        return Meant(Kind.TICK)
    for text in (said.label, said.group):
        key = heading_key(BRACKETED.sub(" ", text)) or heading_key(text)
        for kind, sure, pattern in WORDS:
            if pattern.search(key):
                unit = said.unit if kind in (Kind.MONEY, Kind.DECIMAL, Kind.INTEGER) else ""
                parsed = parse_unit(unit) if unit else None
                if parsed and parsed.base and (kind is not Kind.INTEGER or key.startswith("ยอด")):  # "ยอดยกมา" in baht
                    return Meant(_kind_of_unit(parsed), _written(unit, parsed), sure=sure)
                return Meant(kind, sure=sure and text == said.label)
    return None
