"""The roll-up: the province table derived from the answers, with totals and gaps. The one home of pandas.

Laws: rolling up the same answers again, in any order, gives the same table; totals are exact sums of decimals. Which answers
count is for ``owed``.
"""

import datetime
import decimal
import functools
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bot.office.model.asked_files import FileLine, file_lines
from bot.office.model.baseline import Stand
from bot.office.model.circular import Circular
from bot.office.model.owed import counting, open_questions, unexplained_by, values_of
from bot.office.model.queries import Query, queries_of
from bot.office.model.recorded_answer import Recorded, RecordedRemark
from bot.office.model.report_draft import Amendment
from bot.office.model.roster import Roster
from parsers.form.form import Form
from parsers.form.question import Kind, Question
from parsers.reading import Organisation, Value
from parsers.values.computed import computed

if TYPE_CHECKING:
    import pandas as pd

# The bound of ``NUMBER`` lets it add up any number of them without rounding.
EXACT = decimal.Context(prec=200, traps=[decimal.Inexact, decimal.InvalidOperation])


@dataclass(frozen=True)
class Line:
    """One organisation's row of the province table. A question without an entry was not reported."""

    number: int  # from 1, roster order
    organisation: Organisation
    answers: Mapping[str, Recorded]
    values: Mapping[str, Value | None]  # every question of the form, computed ones included; None = not reported
    exempt: str = ""  # why it need not answer; then no sum counts it


@dataclass(frozen=True)
class Total:
    """The total of one question: how many said yes, or the sum; and how many organisations reported it, of how many."""

    question: str
    value: Decimal | None  # ticks: number of yes; numeric: sum; others: None
    reported: int
    asked: int  # of how many it is asked, or may be


@dataclass(frozen=True)
class Section:
    """The lines of one district with their totals."""

    district: str
    lines: tuple[Line, ...]
    totals: Mapping[str, Total]


@dataclass(frozen=True)
class Rollup:
    """The province table of one circular at one moment."""

    circular: str
    lines: tuple[Line, ...]
    totals: Mapping[str, Total]
    sections: tuple[Section, ...]
    remarks: tuple[RecordedRemark, ...]
    unreported: tuple[Organisation, ...]  # organisations that still owe at least one answer
    as_of: datetime.date
    before: "Rollup | None" = None  # the same table as the report before had it
    amends: Amendment | None = None  # where it is an amended report
    stand: Stand | None = None  # how organisations stood before the round
    queries: tuple[Query, ...] = ()  # figures that are asked after, explained or not
    unexplained: tuple[Organisation, ...] = ()  # those that such a figure keeps incomplete, where the circular says so
    files: tuple[FileLine, ...] = ()  # what is asked for beside the form, and whether it has come

    @property
    def incomplete(self) -> tuple[Organisation, ...]:
        """The organisations that still owe an answer, a reason or a file, in the order of the lines."""
        owing = {organisation.code for organisation in (*self.unreported, *self.unexplained)} | self.owed_files.keys()
        return tuple(line.organisation for line in self.lines if line.organisation.code in owing)

    @property
    def exempt(self) -> tuple[Line, ...]:
        """The lines of those that need not answer."""
        return tuple(line for line in self.lines if line.exempt)

    @property
    def asked(self) -> int:
        """How many organisations have to answer."""
        return len(self.lines) - len(self.exempt)

    @property
    def owed_files(self) -> dict[str, list[str]]:
        """The required files that have not come, by organisation."""
        found: dict[str, list[str]] = {}
        for line in self.files:
            if line.asked.required and line.given is None:
                found.setdefault(line.organisation.code, []).append(line.asked.record)
        return found

    @property
    def cells(self) -> dict[tuple[str, str], Value | None]:
        """The values by organisation code and question key."""
        return {
            (line.organisation.code, key): value
            for line in self.lines
            for key, value in line.values.items()  # noqa: PD011 - no data frame
        }


def roll_up(
    circular: Circular,
    roster: Roster,
    answers: Iterable[Recorded],
    remarks: Iterable[RecordedRemark],
    as_of: datetime.date,
) -> Rollup:
    """The province table of one circular: a line for every organisation of the roster, in roster order.

    ``answers`` may hold several revisions of one answer and answers of former organisations or questions.
    """
    newest = counting(circular, answers)
    queries = queries_of(circular, roster.organisations, newest.values())
    unexplained = unexplained_by(circular, queries, roster)
    lines = tuple(
        _line(circular, number, organisation, newest)
        for number, organisation in enumerate(roster.organisations, start=1)
    )
    districts = dict.fromkeys(line.organisation.district for line in lines)
    return Rollup(
        circular=circular.slug,
        lines=lines,
        totals=_totals(circular.form, lines),
        sections=tuple(_section(circular.form, district, lines) for district in districts),
        remarks=_newest_remarks(circular.form, roster, remarks),
        unreported=tuple(
            line.organisation
            for line in lines
            if not line.exempt and open_questions(circular.form, line.organisation, line.values)
        ),
        as_of=as_of,
        queries=tuple(sorted(queries, key=lambda query: query.about)),
        unexplained=tuple(roster.by_code[code] for code in unexplained),
        files=file_lines(circular, [line.organisation for line in lines if not line.exempt], newest),
    )


def together(form: Form, totals: Mapping[str, Total], column: int) -> Decimal | None:
    """The total of a column over all rows that the form has for each organisation; None where they have no sum."""
    questions = [row.questions[column] for row in form.rows]
    values = [totals[q.key].value for q in questions if q.key in totals and form.has_sum(q)]
    known = [value for value in values if value is not None]
    return _sum(known) if known else None


def fingerprint(rollup: Rollup) -> str:
    """SHA-256 over the figures, remarks and files. Where they came from, and the day, make no difference."""
    figures = sorted((line.organisation.code, sorted(_items(line))) for line in rollup.lines)
    texts = sorted((remark.reporter, remark.key, remark.text) for remark in rollup.remarks)
    files = [(line.organisation.code, line.asked.key, line.given.evidence) for line in rollup.files if line.given]
    exempt = {line.organisation.code: line.exempt for line in rollup.exempt}
    content = json.dumps([rollup.circular, figures, texts, *filter(None, (files, exempt))], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def _items(line: Line) -> Iterable[tuple[str, Value | None]]:
    return line.values.items()  # noqa: PD011 - a line's values, not a data frame's


def _line(
    circular: Circular, number: int, organisation: Organisation, newest: Mapping[tuple[str, str], Recorded]
) -> Line:
    code = organisation.code
    values = values_of(circular.form, organisation, newest)
    given = {key: newest[code, key] for key, value in values.items() if value is not None and (code, key) in newest}
    return Line(number, organisation, given, values, circular.exempt.get(code, ""))


def _section(form: Form, district: str, lines: Iterable[Line]) -> Section:
    own = tuple(line for line in lines if line.organisation.district == district)
    return Section(district, own, _totals(form, own))


def _totals(form: Form, lines: Sequence[Line]) -> dict[str, Total]:
    # pandas takes almost half a second to load, which only what adds up should pay.
    import pandas as pd  # noqa: PLC0415

    keys = [question.key for question in form.question]
    table = pd.DataFrame([dict(_items(line)) for line in lines], columns=keys, dtype=object)
    totals: dict[str, Total] = {}
    for question in form.question:
        asked = sum(
            not line.exempt and form.is_asked(question, line.organisation.type, line.values) is not False
            for line in lines
        )
        totals[question.key] = _total(form, question, table[question.key].dropna(), asked)
        if question.percent_of:  # the share of all is of the sums, of those who gave both
            both = table.loc[table[question.key].notna(), list(question.percent_of)]
            sums = [_sum(both[key].map(Decimal)) for key in question.percent_of]
            totals[question.key] = Total(question.key, computed(question, sums), len(both), asked)
    return totals


def _total(form: Form, question: Question, reported: "pd.Series[Any]", asked: int) -> Total:
    value: Decimal | None = None
    if question.kind is Kind.TICK:
        value = Decimal(sum(reported))
    elif form.has_sum(question):
        value = _sum(reported.map(Decimal))
    return Total(question.key, value, len(reported), asked)


def _sum(values: Iterable[Decimal]) -> Decimal:
    return functools.reduce(EXACT.add, values, Decimal(0))


def _newest_remarks(form: Form, roster: Roster, remarks: Iterable[RecordedRemark]) -> tuple[RecordedRemark, ...]:
    """The newest text of each reporter under each heading, in the roster's and the form's order; emptied ones left out."""
    reporters = {reporter.key: place for place, reporter in enumerate(roster.reporters)}
    headings = {remark.key: place for place, remark in enumerate(form.remark)}
    ordered = sorted(remarks, key=lambda r: (r.received, r.message, str(r.place), r.text))
    newest = {(remark.key, remark.reporter): remark for remark in ordered}
    standing = [r for r in newest.values() if r.text.strip() and r.key in headings]
    last = len(reporters)  # a reporter who left the roster has still said it
    return tuple(sorted(standing, key=lambda r: (headings[r.key], reporters.get(r.reporter, last), r.reporter)))
