"""How organisations stood at a day before the round, and what has changed since: for each, in numbers and per cent.

Whoever has not reported yet is counted apart: nobody knows whether it still is as it was.
"""

import dataclasses
import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cached_property

from bot.office.model.circular import Circular
from bot.office.model.named_few import named_few
from bot.office.model.recorded_answer import Recorded
from bot.office.model.roster import Roster
from parsers.baseline.reading import BaselineReading, BaselineRequest
from parsers.baseline.slips import Slip, mistake
from parsers.findings import Place
from parsers.form.question import Question, heading
from parsers.reading import Organisation, Value
from parsers.thai.dates import Digits, thai_short_date
from parsers.thai.text import thai_digits

Cell = tuple[str, str]  # organisation code, question key
NAMES_AT_ONCE = 12  # organisations named in one line of a mail


class Turn(StrEnum):
    """What became of one organisation and question since the day."""

    NEWLY = "newly"  # not done then, done now
    BACK = "back"  # done then, reported as not done now
    OPEN = "open"  # not done, then and now
    KEPT = "kept"  # done, then and now
    SILENT = "silent"  # not reported yet
    UNKNOWN = "unknown"  # the list says nothing of it


TURNS = {
    Turn.NEWLY: "ทำเพิ่มแล้ว",
    Turn.BACK: "กลับเป็นยังไม่ได้ทำ",
    Turn.OPEN: "ยังไม่ได้ทำ",
    Turn.KEPT: "ทำแล้วเหมือนเดิม",
    Turn.SILENT: "ยังไม่รายงาน",
    Turn.UNKNOWN: "ไม่มีข้อมูลเดิม",
}


@dataclass(frozen=True)
class Stand:
    """How all organisations stood at the day ``at``; a cell that is not here is not known."""

    circular: str
    at: datetime.date
    done: Mapping[Cell, bool]
    places: Mapping[Cell, Place]  # where a list says so; silence has none

    @cached_property
    def questions(self) -> frozenset[str]:
        """Keys of the questions of which something is known."""
        return frozenset(question for _, question in self.done)


def asked_of(circular: Circular, roster: Roster) -> BaselineRequest:
    """What a list about this circular is read for."""
    return BaselineRequest(circular.form, roster.organisations, roster.province, circular.listed, near=circular.dated)


def stand_of(
    circular: str, at: datetime.date, reading: BaselineReading, organisations: Iterable[Organisation]
) -> Stand:
    """A list that was read without mistakes: who is not named had done what the list is about."""
    done = {(o.code, key): True for o in organisations for key in reading.silent}
    done |= {(a.organisation, a.question): bool(a.value) for a in reading.answers}
    return Stand(circular, at, done, {(a.organisation, a.question): a.place for a in reading.answers})


def settled(reading: BaselineReading, circular: Circular, day: datetime.date | None) -> BaselineReading:
    """A reading with its day: that of the command, of the file or of the circular, and whatever is wrong with it."""
    at, place = day or reading.at or circular.baseline.at, reading.at_place
    opens = circular.deadlines.opens.date()
    wrong = []
    if any(found.slip is Slip.FILE for found in reading.mistakes):
        return reading
    if at is None:
        wrong.append(mistake(Slip.DATE_MISSING, place))
    elif day and reading.at and day != reading.at:
        wrong.append(mistake(Slip.DATE_OTHER, place, value=thai_short_date(reading.at), other=thai_short_date(day)))
    elif at > opens:
        wrong.append(mistake(Slip.DATE_LATE, place, value=thai_short_date(at), other=thai_short_date(opens)))
    return dataclasses.replace(reading, at=at, mistakes=(*reading.mistakes, *wrong))


def turn(was: bool | None, now: Value | None) -> Turn:  # noqa: FBT001 - what a list says of one cell
    """What became of one cell."""
    if was is None:
        return Turn.UNKNOWN
    if not isinstance(now, bool):
        return Turn.SILENT
    if now:
        return Turn.KEPT if was else Turn.NEWLY
    return Turn.BACK if was else Turn.OPEN


@dataclass(frozen=True)
class Figure:
    """One question then and now. ``total``: all organisations of the roster."""

    question: Question
    name: str  # the question in brief
    total: int
    done_now: int
    reported: int
    at: datetime.date | None = None  # the list's day; None: none was loaded
    known: int = 0  # organisations of which the list says something
    done_then: int = 0
    turns: Mapping[Turn, tuple[str, ...]] | None = None  # codes, in roster order
    national: Decimal | None = None
    national_at: datetime.date | None = None

    def codes(self, kind: Turn) -> tuple[str, ...]:
        """The organisations of which this became."""
        return (self.turns or {}).get(kind, ())

    @property
    def share_then(self) -> Decimal | None:
        """Per cent of the organisations known that had done it."""
        return percent(self.done_then, self.known) if self.known else None

    @property
    def share_now(self) -> Decimal:
        """Per cent of all organisations that report it done; whoever is silent has not."""
        return percent(self.done_now, self.total)


def percent(part: int, whole: int) -> Decimal:
    """Per cent with two decimals, halves up; 0 of nothing."""
    share = Decimal(100 * part) / whole if whole else Decimal(0)
    return share.quantize(Decimal("0.01"), ROUND_HALF_UP)


def values_of(known: Iterable[Recorded]) -> dict[Cell, Value]:
    """Answers by organisation and question."""
    return {(answer.organisation, answer.question): answer.value for answer in known}


def figures(
    circular: Circular, organisations: Iterable[Organisation], now: Mapping[Cell, Value | None], stand: Stand | None
) -> list[Figure]:
    """Every question with a list or a national figure, in the form's order; nothing where there is neither.

    Who need not answer is not counted.
    """
    codes = list(circular.asks(organisation.code for organisation in organisations))
    keys = (stand.questions if stand else frozenset()) | frozenset(circular.baseline.national)
    asked = [question for question in circular.form.question if question.key in keys]
    return [_figure(circular, question, codes, now, stand) for question in asked]


def _figure(
    circular: Circular, question: Question, codes: list[str], now: Mapping[Cell, Value | None], stand: Stand | None
) -> Figure:
    values = [value for code in codes if isinstance(value := now.get((code, question.key)), bool)]
    known = {c: stand.done[c, question.key] for c in codes if (c, question.key) in stand.done} if stand else {}
    turns: dict[Turn, list[str]] = {}
    for code in codes if known else ():
        turns.setdefault(turn(known.get(code), now.get((code, question.key))), []).append(code)
    national = circular.baseline.national.get(question.key)
    return Figure(
        question,
        brief(circular, question),
        len(codes),
        sum(values),
        len(values),
        stand.at if stand and known else None,
        len(known),
        sum(known.values()),
        {kind: tuple(those) for kind, those in turns.items()} or None,
        national,
        circular.baseline.at if national is not None else None,
    )


def brief(circular: Circular, question: Question) -> str:
    """A question by the shortest name of its group that has a number, where no other question of a list shares it."""
    alike = [key for key in circular.listed if circular.form.find(key).group == question.group]
    short = [word for word in question.group_aliases if any(letter.isdigit() for letter in word)]
    if not short or alike != [question.key]:
        return heading(question)
    return f"{min(short, key=len)} {question.label}"


def open_then(circular: Circular, stand: Stand, codes: Iterable[str]) -> dict[str, list[str]]:
    """The questions in brief that organisations had not done at the day; only those that had not."""
    asked = [question for question in circular.form.question if question.key in stand.questions]
    found = {code: [brief(circular, q) for q in asked if stand.done.get((code, q.key)) is False] for code in codes}
    return {code: names for code, names in found.items() if names}


# --- in words


def then_and_now(figure: Figure, digits: Digits) -> str:
    """One line: how many had done it at the day, how many report it now, and the difference."""
    if figure.at is None:
        return ""
    silent = figure.total - figure.reported
    parts = [
        f"ณ {thai_short_date(figure.at)} ทำแล้ว {figure.done_then} จาก {figure.known} แห่ง",
        f"→ ขณะนี้รายงานว่าทำแล้ว {figure.done_now} แห่ง (เพิ่ม {len(figure.codes(Turn.NEWLY))}",
        f"กลับเป็นยังไม่ได้ทำ {back}" if (back := len(figure.codes(Turn.BACK))) else "",
        f"ยังไม่รายงาน {silent}" if silent else "",
    ]
    return _digits(" ".join(filter(None, parts)) + ")", digits)


def against_nation(figure: Figure, digits: Digits) -> str:
    """One line: the province's share then and now beside the country's; empty where the circular states none."""
    if figure.national is None or figure.national_at is None:
        return ""
    then = figure.share_then
    was = f"เดิมร้อยละ {then} {_apart(then, figure.national)} " if then is not None else ""
    line = (
        f"ทั้งประเทศร้อยละ {figure.national:.2f} (ณ {thai_short_date(figure.national_at)}) "
        f"จังหวัด{was}ขณะนี้ร้อยละ {figure.share_now} {_apart(figure.share_now, figure.national)}"
    )
    return _digits(line, digits)


def _apart(share: Decimal, other: Decimal) -> str:
    gap = share - other
    return f"({'สูง' if gap > 0 else 'ต่ำ'}กว่า {abs(gap):.2f})" if gap else "(เท่ากัน)"


def went_back(figure: Figure, names: Mapping[str, str], digits: Digits) -> str:
    """One line: who had done it and reports that it has not; empty when nobody does."""
    back = names_of(figure, Turn.BACK, names)
    return _digits(f"โปรดตรวจสอบแห่งที่เดิมทำแล้วแต่รายงานว่ายังไม่ได้ทำ {back}", digits) if back else ""


def names_of(figure: Figure, kind: Turn, names: Mapping[str, str]) -> str:
    """The organisations of which this became, the first dozen by name; empty when there are none."""
    return named_few([names[code] for code in figure.codes(kind)], NAMES_AT_ONCE)


def named(figure: Figure, line: str, digits: Digits) -> str:
    """A line with its question before it."""
    return f"{_digits(figure.name, digits)}: {line}"


def _digits(text: str, digits: Digits) -> str:
    return thai_digits(text) if digits == "thai" else text
