"""Numeric answers as numbers, and numbers as people write them. Loaded by every command: it needs nothing that reads."""

from decimal import Decimal, InvalidOperation

from parsers.reading import Value

CENT = Decimal("0.01")


def decimal(value: Value | None) -> Decimal | None:
    """A numeric answer as a number; None for everything else."""
    if value is None or isinstance(value, bool):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def plain(number: Decimal) -> str:
    """A number as people write it, without a needless tail of zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
