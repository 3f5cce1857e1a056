"""What is wrong in what a circular says of its form and of the files beside it, and what to write instead."""

from collections import Counter
from collections.abc import Sequence

from parsers.form.form import AskedFile, Form
from parsers.form.question import Question, heading
from parsers.thai.text import comparison_key
from parsers.values.units import Fit, asked_unit, factor_of, fit, parse_unit

NOT_IN_SHEET_NAMES = "[]:*?/\\"
LONGEST_SHEET_NAME = 31  # characters; the same limits in Excel and LibreOffice


def files_mistake(asked: Sequence[AskedFile]) -> str:
    """Why two files that are asked for could not be told apart; empty when they can."""
    keys = Counter(one.key for one in asked)
    words = Counter(comparison_key(word) for one in asked for word in {one.label, *one.aliases})
    for one in asked:
        if keys[one.key] > 1:
            return f'attachment: key "{one.key}" stands twice; give each a key of its own'
        if twice := next((word for word in (one.label, *one.aliases) if words[comparison_key(word)] > 1), ""):
            return f'attachment[{one.key}]: "{twice}" also means another one; give each words of its own'
    return ""


def _units_mistake(question: Question) -> str:
    """Why what is written in one of its units could not be converted; empty when it can."""
    if asked_unit(question) is None:
        return 'there is no unit to convert to; write unit = "..." beside it'
    for word, by in question.units:
        unit = parse_unit(word)
        if unit is None:
            return f'"{word}" is no unit that is known; write one such as กก. or พันบาท'
        if fit(unit, question) is Fit.SAME:
            return f'"{word}" is the unit that is asked for; remove it'
        if factor_of(word, question) != by:
            return f'"{word}" stands twice, with two factors; keep one of them'
    return ""


def form_mistake(form: Form) -> str:
    """Why a workbook of this form could not be made or not be read back, and what to write instead; empty when it can."""
    if len(form.sheet) > LONGEST_SHEET_NAME or not form.sheet.strip() or set(form.sheet) & set(NOT_IN_SHEET_NAMES):
        return f"form.sheet must have 1 to {LONGEST_SHEET_NAME} characters and none of {NOT_IN_SHEET_NAMES}"
    twice = [name for name, count in Counter(map(heading, form.column)).items() if count > 1]
    if twice:
        return f'form.question: two columns are headed "{twice[0]}"; give each a label or group of its own'
    for question in form.column:
        if question.minimum is not None and question.maximum is not None and question.minimum > question.maximum:
            return f"form.question[{question.key}]: minimum is above maximum; exchange them"
        if question.units and (mistake := _units_mistake(question)):
            return f"form.question[{question.key}].units: {mistake}"
        if question.requires == question.key:
            return f"form.question[{question.key}]: requires itself; name another tick question"
    both = set(form.yes) & set(form.no)
    return f'form.yes and form.no both hold "{min(both)}"; leave it in one of them' if both else ""
