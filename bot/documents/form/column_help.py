"""What a form says of a column's rules: beside its cells while they are filled in, and in lines below the table."""

from bot.documents.report.columns_and_headings import marks_of
from parsers.form import Condition, Form, Question, heading

HELP_TITLE = "วิธีกรอกแต่ละช่อง"


def help_of(form: Form, question: Question) -> str:
    """The rules of a column in Thai; empty for one that has none."""
    said = [_when_asked(form, question.asked_if) if question.asked_if else ""]
    return " ".join(filter(None, said))


def help_lines(form: Form) -> list[str]:
    """One line for each column that has rules."""
    return [f"ช่อง “{heading(q)}” {said}" for q in form.column if (said := help_of(form, q))]


def _when_asked(form: Form, condition: Condition) -> str:
    needed, marks = form.column_of(condition.question), marks_of(form)
    words = [word if isinstance(word, str) else marks.yes if word else marks.no for word in condition.said]
    return f"กรอกเฉพาะเมื่อช่อง “{heading(needed)}” ตอบว่า {' หรือ '.join(words)}"
