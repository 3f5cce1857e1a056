"""Recorded figures that are asked after: beyond what is expected, far from the time before or from comparable ones, or a sum that does not fit.

Owns when a figure is far. Laws: asking again asks the same, in whatever order the answers came; a figure for which a reason
was given stays a query and is not asked any more.
"""

import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.office.model.circular import Circular
from bot.office.model.recorded_answer import Recorded
from bot.office.model.written_sums import still_said, written_and_counted
from parsers.answers.unexpected_figures import beyond
from parsers.findings import Code
from parsers.form.form import Form
from parsers.form.question import NUMERIC, Kind, Question
from parsers.reading import Organisation, Value
from parsers.values.decimals import decimal, plain

FEWEST = 8  # other organisations of the same type; among fewer a median says little of what is usual
# Of a bell curve's figures one in some ten thousand lies six MADs away (four standard deviations); half of the figures may be
# wrong without moving median and MAD much.
MADS = 6
# Sizes of organisations differ by less; a slipped decimal point, kilograms for tons and baht for thousands by as much or more.
FACTOR = 10
# A percentage is bounded, and of a small whole it may be any; a sum is not reported.
_COMPARED = NUMERIC - {Kind.PERCENT, Kind.COMPUTED}
# A count below it moves by chance: three accidents after thirty, or twelve after one, are no slip of the pen.
FEW = 20
_Group = tuple[str, str]  # question and type of organisation


@dataclass(frozen=True)
class Query:
    """A recorded figure that is to be mended or explained, and why it is asked after, in Thai."""

    answer: Recorded
    question: Question  # that it is about; the column of a sum where a form has several rows
    code: Code
    why: str

    @property
    def about(self) -> tuple[str, str]:
        """(code of the organisation, or key of the reporter for a total of several rows; key in the books)."""
        return self.answer.organisation, self.answer.question

    @property
    def column(self) -> str:
        """Key of ``question``."""
        return self.question.key

    @property
    def explained(self) -> bool:
        """Whether a reason was given for this value."""
        return bool(self.answer.explanation)


def compares(form: Form) -> bool:
    """Whether figures of a form are compared between organisations, so that one is judged by all."""
    return any(question.kind in _COMPARED for question in form.question)


def queries_of(
    circular: Circular, organisations: Iterable[Organisation], answers: Iterable[Recorded]
) -> tuple[Query, ...]:
    """The figures that are asked after, explained or not, in the order of ``answers``: one each of a question's current answers.

    ``organisations`` are the whole roster's, for comparing like with like.
    """
    types = {organisation.code: organisation.type for organisation in organisations}
    answers = list(answers)
    keys = {question.key for question in circular.form.question}
    known = [answer for answer in answers if answer.question in keys and answer.organisation in types]
    values: dict[str, dict[str, Value]] = {}
    for answer in known:
        values.setdefault(answer.organisation, {})[answer.question] = answer.value
    form = circular.form
    known = [
        a
        for a in known
        if form.is_asked(form.find(a.question), types[a.organisation], values[a.organisation]) is not False
    ]
    usual = _usual(form, known, types)
    found = []
    for answer in known:
        question = form.find(answer.question)
        kind = types[answer.organisation]
        if question.kind not in NUMERIC:
            continue
        if why := beyond(question, answer.value):
            found.append(Query(answer, question, Code.FIGURE_UNEXPECTED, why))
        elif why := _far_from_before(question, answer) or _far(
            decimal(answer.value), usual.get((answer.question, kind), ()), kind
        ):
            found.append(Query(answer, question, Code.FIGURE_FAR, why))
    return (*found, *(_sum(answer, column, types) for answer, column in still_said(form, answers)))


def _sum(answer: Recorded, column: Question, types: Mapping[str, str]) -> Query:
    _, counted = written_and_counted(answer.value)
    if answer.organisation not in types:
        return Query(answer, column, Code.TOTAL_MISMATCH, f"ซึ่งไม่ตรงกับยอดที่นับจากแต่ละแถว ({counted})")
    if column.percent_of:
        return Query(answer, column, Code.SHARE_MISMATCH, f"ซึ่งไม่ตรงกับที่คำนวณจากช่องอื่นในแถว (ร้อยละ {counted})")
    return Query(answer, column, Code.SUM_MISMATCH, f"ซึ่งไม่ตรงกับผลรวมของช่องย่อย ({counted})")


def _usual(form: Form, answers: Iterable[Recorded], types: Mapping[str, str]) -> dict[_Group, tuple[Decimal, ...]]:
    """By question and type: median, MAD and how many figures; nothing where they are too few to compare."""
    compared = {question.key for question in form.question if question.kind in _COMPARED}
    figures: dict[_Group, list[Decimal]] = {}
    for answer in answers:
        figure = decimal(answer.value) if answer.question in compared else None
        if figure is not None:
            figures.setdefault((answer.question, types[answer.organisation]), []).append(figure)
    return {group: _spread(each) for group, each in figures.items() if len(each) > FEWEST}


def _spread(figures: Sequence[Decimal]) -> tuple[Decimal, ...]:
    middle = statistics.median(figures)
    return middle, statistics.median(abs(figure - middle) for figure in figures), Decimal(len(figures))


def _far_from_before(question: Question, answer: Recorded) -> str:
    """How a figure is far from what the same organisation said the time before, in Thai; empty where it is not."""
    figure, before = decimal(answer.value), None if answer.before is None else decimal(answer.before)
    if question.kind not in _COMPARED or not figure or not before or _near(figure, before):
        return ""
    if question.kind is Kind.INTEGER and max(abs(figure), abs(before)) < FEW:
        return ""
    return f"ซึ่งต่างจากที่เคยรายงานครั้งก่อนมาก (ครั้งก่อนรายงาน {_grouped(before)})"


def _grouped(figure: Decimal) -> str:
    return f"{Decimal(plain(figure)):,f}"


def _near(figure: Decimal, other: Decimal) -> bool:
    """Whether two figures are of one size and sign."""
    return abs(other) / FACTOR <= abs(figure) <= abs(other) * FACTOR and (figure < 0) == (other < 0)


def _far(figure: Decimal | None, usual: tuple[Decimal, ...], kind: str) -> str:
    """How a figure is far from the usual ones, in Thai; empty where it is not. Nothing at all is never far: few have none."""
    if not figure or not usual or not usual[0]:
        return ""
    middle, mad, count = usual
    if _near(figure, middle) or abs(figure - middle) <= MADS * mad:
        return ""
    return f"ซึ่งต่างจาก {kind} อื่นในจังหวัดมาก (ค่ากลางของ {count} แห่งคือ {_grouped(middle)})"
