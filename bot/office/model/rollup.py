"""The roll-up: the province table derived from the answers, with totals and gaps. The one home of pandas.

Laws: rolling up the same answers again, in any order, gives the same table; of two answers to one question the later mail
wins; totals are exact sums of decimals. An answer that the form no longer fits counts as not reported.
"""

import datetime
import decimal
import functools
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bot.office.model.asked_files import FileLine, file_lines, owed_files
from bot.office.model.baseline import Stand
from bot.office.model.circular import Circular
from bot.office.model.queries import Query, queries_of
from bot.office.model.recorded_answer import Recorded, RecordedRemark
from bot.office.model.report_draft import Amendment
from bot.office.model.roster import Roster
from parsers.form.form import Form
from parsers.form.question import NUMERIC, Kind, Question
from parsers.reading import Organisation, Value
from parsers.values.computed import computed

if TYPE_CHECKING:
    import pandas as pd

# Numbers as readings hold them. The bound lets ``EXACT`` add up any number of them without rounding.
NUMBER = re.compile(r"-?[0-9]{1,60}(\.[0-9]{1,60})?", re.ASCII)
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
    newest = _counting(circular, answers)
    queries = queries_of(circular, roster.organisations, newest.values())
    unexplained = _unexplained(circular, queries, roster)
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


def owed_by(
    circular: Circular, roster: Roster, answers: Iterable[Recorded], of: Iterable[str] | None = None
) -> Mapping[str, tuple[str, ...]]:
    """Code to the keys of the asked questions still open, and of the files that have not come, in the order of ``of``.

    Only those that owe are there; who is exempt owes nothing. Open are those unanswered and, where the circular says so, those whose figure is still to be explained. ``of`` are the
    codes of those asked about, else of the whole roster; ``answers`` are everybody's.
    """
    newest = _counting(circular, answers)
    must = circular.queries == "must be explained"
    queries = queries_of(circular, roster.organisations, newest.values()) if must else ()
    unexplained = _unexplained(circular, queries, roster)
    form, still = circular.form, {}
    for code in circular.asks(roster.by_code if of is None else of):
        organisation = roster.by_code[code]
        blank = open_questions(form, organisation, _values(form, organisation, newest))
        why = unexplained.get(code, ())
        asked = tuple(question.key for question in form.question if question.key in (*blank, *why))
        still[code] = (*asked, *owed_files(circular, code, newest))
    return {code: keys for code, keys in still.items() if keys}


def _unexplained(circular: Circular, queries: Iterable[Query], roster: Roster) -> dict[str, list[str]]:
    """By organisation, the questions whose figure keeps it incomplete as long as no reason is given. A reporter's total is nobody's."""
    found: dict[str, list[str]] = {}
    for query in queries if circular.queries == "must be explained" else ():
        if not query.explained and query.answer.organisation in roster.by_code:
            found.setdefault(query.answer.organisation, []).append(query.column)
    return found


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


def _newest(answers: Iterable[Recorded]) -> dict[tuple[str, str], Recorded]:
    """The newest revision of each answer; what is left in the key makes even a tie independent of the order."""
    ordered = sorted(answers, key=lambda a: (a.received, a.message, str(a.place), repr(a.value)))
    return {(answer.organisation, answer.question): answer for answer in ordered}


def _counting(circular: Circular, answers: Iterable[Recorded]) -> dict[tuple[str, str], Recorded]:
    """The newest revision of each answer that counts: what is known of who is exempt does not."""
    return {key: answer for key, answer in _newest(answers).items() if key[0] not in circular.exempt}


def _line(
    circular: Circular, number: int, organisation: Organisation, newest: Mapping[tuple[str, str], Recorded]
) -> Line:
    code = organisation.code
    values = _values(circular.form, organisation, newest)
    given = {key: newest[code, key] for key, value in values.items() if value is not None and (code, key) in newest}
    return Line(number, organisation, given, values, circular.exempt.get(code, ""))


def _values(
    form: Form, organisation: Organisation, newest: Mapping[tuple[str, str], Recorded]
) -> dict[str, Value | None]:
    values: dict[str, Value | None] = {}
    for question in form.question:
        answer = newest.get((organisation.code, question.key))
        asked = answer is not None and question.kind is not Kind.COMPUTED and _fits(question, answer.value)
        values[question.key] = answer.value if answer is not None and asked else None
    # What was said before another answer came by which it is not asked any more, no longer counts.
    unasked = [q.key for q in form.question if form.is_asked(q, organisation.type, values) is False]
    values |= dict.fromkeys(unasked)
    for question in form.question:
        if question.kind is Kind.COMPUTED:
            parts = [values[key] for key in question.parts if key not in unasked or question.percent_of]
            known = [Decimal(part) for part in parts if isinstance(part, str)]
            value = computed(question, known) if known and len(known) == len(parts) else None
            values[question.key] = None if value is None else format(value, "f")
    return values


def _fits(question: Question, value: Value) -> bool:
    """Whether a recorded value is one of the question's kind; the form may have changed since it was recorded."""
    if question.kind is Kind.TICK:
        return isinstance(value, bool)
    if question.kind in NUMERIC:
        return isinstance(value, str) and NUMBER.fullmatch(value) is not None
    return isinstance(value, str)


def open_questions(form: Form, organisation: Organisation, values: Mapping[str, Value | None]) -> tuple[str, ...]:
    """The keys of the questions that the organisation with these values still has to answer."""
    return tuple(q.key for q in form.asked_of(organisation.type, values) if values.get(q.key) is None)


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
