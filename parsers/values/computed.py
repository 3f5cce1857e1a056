"""What a computed column comes to: the exact sum of its parts, or a share in per cent with two decimals."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal

from parsers.form.question import Question

# Room for every sum of a province exactly (answers have at most 60 digits on either side of the point).
_WIDE = Context(prec=200, rounding=ROUND_HALF_UP)
_HUNDREDTH = Decimal("0.01")


def computed(question: Question, parts: Sequence[Decimal]) -> Decimal | None:
    """The value of a computed question by its parts, in its order; None for the share of a whole that is nothing."""
    if not question.percent_of:
        total = Decimal()
        for part in parts:
            total = _WIDE.add(total, part)
        return total
    part, whole = parts
    if not whole:
        return None
    return _WIDE.divide(_WIDE.multiply(part, Decimal(100)), whole).quantize(_HUNDREDTH, context=_WIDE)
