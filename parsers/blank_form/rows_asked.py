"""Forms whose rows are printed: each row a question, several rows for each organisation, or a free list of rows.

Owns how a form without a column of names is known for one of these.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from parsers.blank_form.header import Column, Header
from parsers.blank_form.heading_words import NAME, NUMBER, PROVINCE, says_words
from parsers.blank_form.kinds import Said, meant
from parsers.blank_form.proposal import Code, NewQuestion, Unsure
from parsers.blank_form.questions import Asked, Sheet, joined, named, questions
from parsers.blank_form.unsure import KIND_WORDS, unsure
from parsers.form.question import Kind
from parsers.organisations.type_words import TypeWords
from parsers.tables.hint_rows import tells_how
from parsers.thai.text import heading_key

# "รายการ", "ประเด็น", "หัวข้อ", "กิจกรรม", "ตัวชี้วัด": what heads rows that are asked one by one.
_ITEMS = re.compile("^(?:รายการ|ประเด็น|หัวข้อ|คำถาม|ข้อมูล|ตัวชี้วัด|กิจกรรม|การดำเนินการ|เรื่อง|ประเภท)")
# "ชื่อโครงการ", "โครงการ/กิจกรรม", "หมู่บ้าน": what heads a list that each organisation writes itself.
_LISTS = re.compile("^(?:ชื่อ)?(?:โครงการ|กิจกรรม|หมู่บ้าน|ชุมชน|สถานที่|แหล่ง|ศูนย์|โรงเรียน|ผู้|บุคคล|ถนน|ตลาด|สระ)|^ชื่อ")
_NOTE = re.compile("^หมายเหตุ")  # a column for remarks
_LEAST = 2  # printed rows
_MOST = 60


@dataclass(frozen=True)
class DownTheSide:
    """Questions whose labels stand below one another."""

    asked: list[Asked]
    unsure: tuple[Unsure, ...]
    label: str = ""  # of the rows, where each organisation has several
    rows: tuple[str, ...] = ()


def asked_down_the_side(header: Header, sheet: Sheet, names: TypeWords) -> DownTheSide | None:
    """The questions of a form that prints its rows; None where it does not."""
    labels = header.asked[0] if header.asked else None
    if header.of(NAME) or header.of(PROVINCE) or labels is None or len(header.asked) < _LEAST:
        return None
    if not _ITEMS.match(heading_key(labels.path[-1].text)):
        return None
    rows = _printed(labels, sheet)
    others = [column for column in header.asked[1:] if not _NOTE.match(heading_key(column.path[-1].text))]
    if not _LEAST <= len(rows) <= _MOST or not others or _filled(others, rows, sheet):
        return None
    if len(others) == 1:
        asked = [_of_row(text, others[0], row, sheet, at) for at, (row, text) in enumerate(rows.items(), 1)]
        return DownTheSide(asked, (unsure(Code.ROWS_ASKED),))
    shorter = replace(header, columns=tuple(column for column in header.columns if column is not labels))
    texts = tuple(dict.fromkeys(rows.values()))
    return DownTheSide(
        questions(shorter, sheet, names), (unsure(Code.ROWS_ASKED),), joined(labels.path[-1].text), texts
    )


def _printed(labels: Column, sheet: Sheet) -> dict[int, str]:
    """The rows with a printed label."""
    cells = {row: sheet.grid.own(row, labels.at) for row in sheet.rows}
    return {row: joined(cell.text) for row, cell in cells.items() if says_words(cell.text)}


def _filled(columns: Sequence[Column], rows: dict[int, str], sheet: Sheet) -> bool:
    """Whether most rows are answered already: then they are data, and no questions."""
    filled = [row for row in rows if any(not sheet.grid.own(row, column.at).blank for column in columns)]
    return 2 * len(filled) > len(rows)


def _of_row(text: str, column: Column, row: int, sheet: Sheet, number: int) -> Asked:
    """One printed row as a question: its own words, and the heading of the column to write in as a hint."""
    beside = sheet.grid.own(row, column.at)
    hints = [beside.text] if not beside.blank and tells_how(beside.text, [beside.text]) else []
    heading = joined(column.path[-1].text)
    offered = next((o.choices for o in sheet.offers if o.cells.holds(row, column.at)), ())
    kind = meant(Said(text, hints=(*hints, heading), offered=offered, unit=sheet.unit, marks=sheet.marks))
    question = NewQuestion(text, kind.kind, unit=kind.unit, choices=kind.choices)
    doubts = () if kind.sure else (unsure(Code.KIND_GUESSED, named(question), number, kind=KIND_WORDS[kind.kind]),)
    return Asked(question, (column.at,), doubts)


def free_list(header: Header, sheet: Sheet, asked: Sequence[Asked], *, more: bool) -> DownTheSide | None:
    """A list that each organisation writes itself; None for another form.

    It says that rows may be added (``more``), or it has numbered blank rows and nowhere a name.
    """
    nameless = not header.of(NAME) and not header.of(PROVINCE) and bool(header.of(NUMBER))
    if not (more or nameless) or len(asked) < _LEAST:
        return None
    first = asked[0]
    blank = all(sheet.grid.own(row, first.columns[0]).blank for row in sheet.rows)
    if first.question.group or not _LISTS.match(heading_key(first.question.label)) or not blank:
        return None
    label = first.question.label
    return DownTheSide(_plain(_without(asked, 0)), (unsure(Code.FREE_ROWS, label),), label)


def rows_of_each(header: Header, sheet: Sheet, asked: Sequence[Asked]) -> DownTheSide | None:
    """Several printed rows for each organisation, the same again for the next; None for another form."""
    if not header.of(NAME) or len(asked) < _LEAST:
        return None
    for at, each in enumerate(asked[:_LEAST]):
        texts = (joined(sheet.grid.own(row, each.columns[0]).text) for row in sheet.rows)
        said = [text for text in texts if text]
        labels = tuple(dict.fromkeys(said))
        again = len(labels) < len(said) and all(text == labels[n % len(labels)] for n, text in enumerate(said))
        under_one = len(labels) == len(said) and _one_name(header, sheet)
        if each.question.kind is Kind.TEXT and _LEAST <= len(labels) <= _MOST and (again or under_one):
            rest = _without(asked, at)
            return DownTheSide(rest, (unsure(Code.ROWS_ASKED),), each.question.label, labels) if rest else None
    return None


def _one_name(header: Header, sheet: Sheet) -> bool:
    """Whether all rows stand beside one merged cell of names."""
    name = header.of(NAME)
    beside = [sheet.grid.at(row, name.at) for row in sheet.rows] if name else []
    return len({(cell.row, cell.column) for cell in beside}) == 1


def _without(asked: Sequence[Asked], at: int) -> list[Asked]:
    """The questions without one of them, numbered anew."""
    places = {number: number - (number > at + 1) for number in range(1, len(asked) + 1) if number != at + 1}
    return [_moved(each, places) for number, each in enumerate(asked) if number != at]


def _moved(each: Asked, places: dict[int, int]) -> Asked:
    question = replace(
        each.question,
        requires=places.get(each.question.requires, 0),
        sum_of=tuple(places[part] for part in each.question.sum_of if part in places),
    )
    doubts = tuple(replace(one, question=places.get(one.question, 0)) for one in each.unsure)
    return replace(each, question=question, unsure=doubts)


def _plain(asked: list[Asked]) -> list[Asked]:
    """The columns of a free list, which know no sums and rules of each other."""
    return [
        replace(
            each,
            question=replace(
                each.question,
                kind=Kind.DECIMAL if each.question.kind is Kind.COMPUTED else each.question.kind,
                requires=0,
                sum_of=(),
                only=(),
            ),
        )
        for each in asked
    ]
