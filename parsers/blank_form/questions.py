"""The columns of a blank form as questions: label and group, halves of one question, sums, whom they are asked of.

Owns what headings together mean. The kind of one column is for ``kinds``.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from parsers.blank_form.header import Column, Header
from parsers.blank_form.heading_words import MUST
from parsers.blank_form.kinds import Meant, Said, meant
from parsers.blank_form.proposal import Code, NewQuestion, Unsure
from parsers.blank_form.unsure import KIND_WORDS, unsure
from parsers.form.question import NUMERIC, Kind
from parsers.formats.office_zip.drop_downs import Offer
from parsers.grid import Grid
from parsers.organisations.type_words import TypeWords
from parsers.tables.denial import half_of
from parsers.thai.text import heading_key, normalise

HINT_CAP = 4_000  # characters of what tells how to fill in; it may list choices
_FIRST = 20  # rows to fill in that are looked at for a drop-down
_HINT_ROWS = 3  # rows above and below the headings that may tell how to fill in
_THAI = re.compile("[\u0e00-\u0e7f]")  # a Thai letter or mark
TEXT_CAP = 1_000  # characters of a cell or line; what is longer is no heading and no line of a letter
# "สำหรับ อบต.", "เฉพาะเทศบาล": whom a question is for.
_FOR = re.compile(r"^(?:สำหรับ|เฉพาะ|กรณี|ของ)\s*")
# "รวม", "รวมทั้งสิ้น", "รวมงบประมาณ (บาท)", "ยอดรวม": a column that adds up those before it; not ร่วม, รวบรวม.
_SUM = re.compile(r"^(?:ยอด)?รวม|^total$")
# "จัดทำประกาศแล้ว", "ออกคำสั่งแล้ว" is made first; "ลงข้อมูลในระบบ", "เผยแพร่" says what became of it.
_MADE = re.compile("^(?:ได้)?(?:จัดทำ|ออก|แต่งตั้ง|มี)")
# "ลงข้อมูลในระบบ", "เผยแพร่", "ส่งสำเนาแล้ว".
_THEN = re.compile("^(?:ได้)?(?:ลง|นำเข้า|นำข้อมูล|บันทึก|เผยแพร่|ประกาศให้|ส่ง|รายงาน)")


@dataclass(frozen=True)
class Asked:
    """A question with the columns it stands in and what is unsure of it."""

    question: NewQuestion
    columns: tuple[int, ...]
    unsure: tuple[Unsure, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """What a sheet says beside its headings: its rows to fill in, its unit, whether it has a legend of marks."""

    grid: Grid
    rows: tuple[int, ...]
    unit: str = ""
    marks: bool = False
    offers: tuple[Offer, ...] = ()  # drop-downs

    def offered(self, columns: Sequence[int]) -> tuple[str, ...]:
        """The list that the cells of a column offer below the headings."""
        return next(
            (o.choices for o in self.offers for at in columns for r in self.rows[:_FIRST] if o.cells.holds(r, at)), ()
        )


def joined(text: str) -> str:
    """The words of a cell in one line; of a longer text the beginning."""
    lines = normalise(text[:TEXT_CAP]).split("\n")
    said = lines[0]
    for line in lines[1:]:  # a line end within a Thai word or sentence, where no blank belongs
        said += line if _THAI.match(said[-1:]) and _THAI.match(line) else f" {line}"
    return " ".join(said.split())


def questions(header: Header, sheet: Sheet, names: TypeWords) -> list[Asked]:
    """The questions of a form's columns, in order, each with what is unsure of it."""
    drafts = _ticks_throughout([_draft(column, header, sheet, names) for column in _one_of_halves(header.asked)], sheet)
    asked = [_numbered(draft, at) for at, draft in enumerate(drafts, 1)]
    return _told_apart(_after_each_other(_summed(_alike(asked))))


def _alike(asked: list[Asked]) -> list[Asked]:
    """Columns whose headings differ in figures alone, such as years, have one kind: with decimals where one of them has."""
    series = [(re.sub(r"\d+", "#", named(each.question)), each.question.kind) for each in asked]
    mixed = {name for name, kind in series if kind is Kind.DECIMAL and (name, Kind.INTEGER) in series}
    return [
        replace(each, question=replace(each.question, kind=Kind.DECIMAL)) if name in mixed else each
        for each, (name, _) in zip(asked, series, strict=True)
    ]


def _one_of_halves(columns: Sequence[Column]) -> Iterator[tuple[Column, ...]]:
    """The columns, those of one question together: มี beside ไม่มี under one heading."""
    at = 0
    while at < len(columns):
        pair = columns[at : at + 2]
        halves = [half_of(column.path[-1].text) for column in pair]
        above = {tuple((cell.row, cell.column) for cell in column.path[:-1]) for column in pair}
        together = halves == ["yes", "no"] and len(above) == 1 and above != {()}
        yield tuple(pair) if together else (columns[at],)
        at += 2 if together else 1


def _draft(columns: tuple[Column, ...], header: Header, sheet: Sheet, names: TypeWords) -> Asked:
    path = [joined(cell.text) for cell in columns[0].path]
    if len(columns) > 1:
        path = path[:-1]
    only, path = _only(path, names)
    label, group = path[-1], " ".join(path[:-1])
    hints = tuple(_hints(columns[0], header, sheet))
    cells = tuple(sheet.grid.own(row, column.at) for column in columns for row in sheet.rows)
    offered = sheet.offered([column.at for column in columns])
    said = Said(label, group, hints, cells, offered, sheet.unit, sheet.marks)
    kind = Meant(Kind.TICK) if len(columns) > 1 else meant(said)
    musts = [found for hint in hints if (found := MUST.fullmatch(hint))]
    required = not any(found[2] for found in musts) and not _is_note(label)
    question = NewQuestion(label, kind.kind, group, kind.unit, kind.choices, only, required)
    return Asked(question, tuple(column.at for column in columns), tuple(_doubts(question, kind)))


def _ticks_throughout(drafts: list[Asked], sheet: Sheet) -> list[Asked]:
    """In a form that explains its marks and asks for nothing else, ticks are no guess."""
    if not sheet.marks or any(d.question.kind is not Kind.TICK and not _is_note(d.question.label) for d in drafts):
        return drafts
    return [replace(d, unsure=tuple(each for each in d.unsure if each.code is not Code.KIND_GUESSED)) for d in drafts]


def _is_note(label: str) -> bool:
    return heading_key(label).startswith("หมายเหตุ")


def _only(path: list[str], names: TypeWords) -> tuple[tuple[str, ...], list[str]]:
    """The types that a heading says it is for, and the path without a heading that says nothing else."""
    for at, text in enumerate(path):
        bare = _FOR.sub("", text)
        if types := names.types_of(bare):
            rest = [*path[:at], *path[at + 1 :]]
            return tuple(sorted(types)), rest or path
    return (), path


def _hints(column: Column, header: Header, sheet: Sheet) -> Iterator[str]:
    """What rows beside the headings, or a comment, tell of a column."""
    grid = sheet.grid
    for row in range(max(1, header.top - _HINT_ROWS), header.bottom + _HINT_ROWS + 1):
        cell = grid.own(row, column.at)
        if cell.blank or cell in column.path or row in sheet.rows:
            continue
        if row > header.bottom or MUST.fullmatch(cell.text):
            yield cell.text[:HINT_CAP]
    for cell in column.path:
        if comment := grid.comments.get((cell.row, cell.column)):
            yield comment[:HINT_CAP]


def _doubts(question: NewQuestion, kind: Meant) -> Iterator[Unsure]:
    name = named(question)
    if not kind.sure:
        yield unsure(Code.KIND_GUESSED, name, kind=KIND_WORDS[kind.kind])
    if question.only:
        yield unsure(Code.ONLY_TYPES, name, other=", ".join(question.only))


def named(question: NewQuestion) -> str:
    """How a question is named to people."""
    return f"{question.group} – {question.label}" if question.group else question.label


def _numbered(asked: Asked, number: int) -> Asked:
    return replace(asked, unsure=tuple(replace(each, question=number) for each in asked.unsure))


def _summed(asked: list[Asked]) -> list[Asked]:
    """A column รวม as the sum of the figures before it, where there are two or more."""
    found: list[Asked] = []
    for number, each in enumerate(asked, 1):
        question = each.question
        parts = _parts([one.question for one in found], question) if _SUM.match(heading_key(question.label)) else []
        if len(parts) > 1:
            others = ", ".join(named(found[part - 1].question) for part in parts)
            unit = question.unit or found[parts[-1] - 1].question.unit
            summed = replace(question, kind=Kind.COMPUTED, unit=unit, sum_of=tuple(parts), choices=())
            doubt = unsure(Code.SUM_GUESSED, named(question), number, other=others)
            each = replace(each, question=summed, unsure=(doubt,))  # noqa: PLW2901 - the same column
        found.append(each)
    return found


def _parts(before: list[NewQuestion], question: NewQuestion) -> list[int]:
    """The figures just before a sum that have its unit: those of its group or, of a sum without one, of all groups."""
    parts: list[int] = []
    for number in range(len(before), 0, -1):
        each = before[number - 1]
        same = question.kind not in NUMERIC or (each.kind is question.kind and each.unit == question.unit)
        own = not question.group or each.group == question.group
        if not own or not same or each.kind not in NUMERIC - {Kind.PERCENT, Kind.COMPUTED}:
            break
        parts.insert(0, number)
    return parts


def _after_each_other(asked: list[Asked]) -> list[Asked]:
    """In a group of ticks, what is done with a thing after it is made: ลงข้อมูลในระบบ needs จัดทำประกาศแล้ว."""
    made: dict[str, tuple[int, NewQuestion]] = {}
    found: list[Asked] = []
    for number, each in enumerate(asked, 1):
        question, first = each.question, made.get(each.question.group)
        key = heading_key(question.label)
        if question.kind is Kind.TICK and question.group and not first and _MADE.match(key):
            made[question.group] = (number, question)
        if question.kind is Kind.TICK and first and _THEN.match(key):
            doubt = unsure(Code.MADE_FIRST, named(question), number, other=first[1].label)
            each = replace(each, question=replace(question, requires=first[0]), unsure=(*each.unsure, doubt))  # noqa: PLW2901
        found.append(each)
    return found


def _told_apart(asked: list[Asked]) -> list[Asked]:
    """Two columns of one heading get a number each, which is said."""
    twice = {name for name, count in Counter(named(each.question) for each in asked).items() if count > 1}
    seen: Counter[str] = Counter()
    found: list[Asked] = []
    for number, each in enumerate(asked, 1):
        name = named(each.question)
        if name in twice:
            seen[name] += 1
            doubt = unsure(Code.LABEL_TWICE, name, number)
            label = f"{each.question.label} ({seen[name]})"
            each = replace(each, question=replace(each.question, label=label), unsure=(*each.unsure, doubt))  # noqa: PLW2901
        found.append(each)
    return found
