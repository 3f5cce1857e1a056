"""A value as pages show it."""

from bot.office.letters.letter import as_written
from bot.office.letters.request_and_reminder import shown
from parsers.form.question import NUMERIC, Kind, Question
from parsers.reading import Value


def value_shown(question: Question, value: Value | None) -> str:
    """As people read it; words that somebody wrote keep their own digits."""
    said = shown(question, value)
    return said if value is None or question.kind in NUMERIC | {Kind.DATE} else as_written(said)
