"""Figures that are asked after as letters say them: to the reporter a question at its cell, to staff a line with the reason if one was given."""

from collections.abc import Iterable

from bot.office.letters.disagreements import capped
from bot.office.letters.request_and_reminder import shown
from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.model.queries import Query
from bot.office.model.written_sums import written_and_counted
from parsers.findings import Finding, finding
from parsers.form.form import SUM
from parsers.form.question import Question, heading


def as_finding(bureau: Bureau, circular: Circular, query: Query) -> Finding:
    """The question as it is asked, at the cell of the figure."""
    answer, question = query.answer, query.question
    whose = bureau.roster.by_code.get(answer.organisation)
    names = {"organisation": whose.printed_name if whose else "", "question": heading(question)}
    fields = {"why": query.why, "parts": _parts(circular, question), "counted": written_and_counted(answer.value)[1]}
    about = whose.code if whose else "", query.column if query.column in circular.form.by_key else ""
    return finding(query.code, answer.place, _value(query), about=about, **names, **fields)


def query_lines(bureau: Bureau, queries: Iterable[Query]) -> list[str]:
    """One line for each figure: with the reason that was given, else with why it is asked after."""
    return capped(_line(bureau, query) for query in queries)


def _line(bureau: Bureau, query: Query) -> str:
    figure = f"{whose(bureau, query)} ช่อง “{heading(query.question)}” {_value(query)}"
    return f"{figure}: {query.answer.explanation}" if query.explained else f"{figure} {query.why}"


def whose(bureau: Bureau, query: Query) -> str:
    """Whose figure it is, in short; of a total of several rows the reporter's."""
    code = query.answer.organisation
    if code in bureau.roster.by_code:
        return bureau.roster.by_code[code].printed_short
    reporter = bureau.roster.by_key.get(code)
    return f"ยอดรวมของ{reporter.name if reporter else code}"


def _parts(circular: Circular, question: Question) -> str:
    return " ต่อ ".join(f"“{heading(circular.form.find(key))}”" for key in question.percent_of)


def _value(query: Query) -> str:
    written, _ = written_and_counted(query.answer.value)
    return shown(query.question, written if query.answer.question.startswith(SUM) else query.answer.value)
