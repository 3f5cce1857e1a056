"""One cell: what it holds and on which mail that stands; and the form by which staff correct it."""

from bot.desk.look import Asked, Look, NotThere, Page
from bot.desk.pages.circular import known_by
from bot.desk.pages.overview import card
from bot.desk.typed_cell import question_of
from bot.office.letters.request_and_reminder import shown
from parsers.form.question import Kind, Question, heading


def cell(look: Look, asked: Asked) -> Page:
    """The cell. Raises NotThere."""
    known = known_by(look, asked)
    code, key = asked.get("organisation", ""), asked.get("question", "")
    question, roster = question_of(look, known.circular.slug, code, key), look.bureau.roster
    holds = next((a for a in known.standing.known if (a.organisation, a.question) == (code, key)), None)
    reporter = next((c.reporter for c in roster.contacts if code in c.reporter.organisations), None)
    view = {
        "card": card(look, known),
        "whose": roster.by_code[code],
        "reporter": reporter,
        "question": question,
        "what": heading(question),
        "value": shown(question, holds.value) if holds else "",
        "holds": holds,
        "choices": choices_of(question),
    }
    return Page("cell", "แก้ไขค่า" if look.person and look.person.may_act else "ค่าที่บันทึกไว้", view)


def correcting(look: Look, slug: str, organisation: str, question: str) -> str:
    """The address where whoever looks may correct a cell; "" where he may not, or there is no such cell."""
    if look.person is None or not look.person.may_act:
        return ""
    try:
        question_of(look, slug, organisation, question)
    except NotThere:
        return ""
    return look.link("cell", slug=slug, organisation=organisation, question=question)


def choices_of(question: Question) -> tuple[str, ...]:
    """All that may be typed; empty where that cannot be listed."""
    if question.kind is Kind.TICK:
        return shown(question, True), shown(question, False)  # noqa: FBT003 - the two values of a tick
    return question.choices if question.kind in {Kind.CHOICE, Kind.PROGRESS} and not question.other else ()
