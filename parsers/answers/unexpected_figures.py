"""Figures outside what their question expects: they are answers, and are asked after.

Owns when a figure is unexpected by its question alone. What other organisations say is the office's to compare.
"""

from collections.abc import Iterable, Mapping

from parsers.findings import Code, Order, Ordered, finding, shown
from parsers.form.form import Form
from parsers.form.question import Question, heading
from parsers.reading import Answer, Organisation, Value
from parsers.values.decimals import decimal


def unexpected(
    answers: Iterable[tuple[Order, Answer]], form: Form, organisations: Mapping[str, Organisation]
) -> list[Ordered]:
    """A query for each answer that lies beyond what its question expects. ``organisations`` are by code."""
    found: list[Ordered] = []
    for order, answer in answers:
        question = form.find(answer.question)
        if why := beyond(question, answer.value):
            fields = {"organisation": organisations[answer.organisation].printed_name, "why": why}
            about = answer.organisation, answer.question
            said = shown(str(answer.value))
            made = finding(
                Code.FIGURE_UNEXPECTED, answer.place, said, about=about, question=heading(question), **fields
            )
            found.append((order, made))
    return found


def beyond(question: Question, value: Value) -> str:
    """How a value lies beyond what its question expects, in Thai; empty where it does not."""
    figure = decimal(value) if question.expected else None
    if figure is None or question.expected is None:
        return ""
    least, most = question.expected.at_least, question.expected.at_most
    if least is not None and figure < least:
        return f"ซึ่งต่ำกว่าที่คาดไว้ (ตั้งแต่ {least:,f} ขึ้นไป)"
    return f"ซึ่งสูงกว่าที่คาดไว้ (ไม่เกิน {most:,f})" if most is not None and figure > most else ""
