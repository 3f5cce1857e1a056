"""Figures that are asked after as letters say them: to the reporter a question at its cell, to staff a line with the reason if one was given."""

from collections.abc import Iterable

from bot.office.letters.disagreements import capped
from bot.office.letters.request_and_reminder import shown
from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.model.queries import Query
from parsers.findings import Finding, finding
from parsers.form.question import heading


def as_finding(bureau: Bureau, circular: Circular, query: Query) -> Finding:
    """The question as it is asked, at the cell of the figure."""
    answer, question = query.answer, circular.form.find(query.answer.question)
    value = shown(question, answer.value)
    names = {"organisation": bureau.roster.by_code[answer.organisation].printed_name, "question": heading(question)}
    return finding(query.code, answer.place, value, about=query.about, why=query.why, **names)


def query_lines(bureau: Bureau, circular: Circular, queries: Iterable[Query]) -> list[str]:
    """One line for each figure: with the reason that was given, else with why it is asked after."""
    return capped(_line(bureau, circular, query) for query in queries)


def _line(bureau: Bureau, circular: Circular, query: Query) -> str:
    answer, question = query.answer, circular.form.find(query.answer.question)
    figure = f"{bureau.roster.by_code[answer.organisation].printed_short} ช่อง “{heading(question)}” {shown(question, answer.value)}"
    return f"{figure}: {answer.explanation}" if query.explained else f"{figure} {query.why}"
