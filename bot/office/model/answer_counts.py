"""What answers come to that have no sum: how often each choice was made, the least and the largest figure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.office.model.rollup import Line
from parsers.form.question import Kind, Question
from parsers.form.question_rules import choices_in
from parsers.reading import Organisation


@dataclass(frozen=True)
class Bound:
    """The least or the largest figure of a question, and whose it is."""

    value: Decimal
    organisations: tuple[Organisation, ...]


def chosen(lines: Sequence[Line], question: Question) -> list[tuple[str, int]]:
    """How many chose each of the question's choices, in the form's order; answers beyond them come last."""
    said = [str(value) for line in lines if (value := line.values.get(question.key)) is not None]
    several = question.kind is Kind.CHOICES or question.other
    counted = Counter(choice for value in said for choice in (choices_in(value) if several else (value,)))
    return [(choice, counted[choice]) for choice in dict.fromkeys((*question.offered, *sorted(counted)))]


def bounds(lines: Sequence[Line], question: Question) -> tuple[Bound, ...]:
    """The least and the largest figure of a question; nothing where nobody answered."""
    figures = [
        (Decimal(value), line.organisation)
        for line in lines
        if (value := line.values.get(question.key)) is not None and not isinstance(value, bool)
    ]
    if not figures:
        return ()
    ends = (function(figure for figure, _ in figures) for function in (min, max))
    return tuple(Bound(end, tuple(who for figure, who in figures if figure == end)) for end in ends)
