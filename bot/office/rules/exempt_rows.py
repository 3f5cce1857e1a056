"""What a reading asks of organisations that need not answer is not asked of them. Pure."""

import dataclasses

from bot.office.model.circular import Circular
from parsers.findings import Severity
from parsers.reading import Outcome, Reading


def without_exempt(circular: Circular, reading: Reading) -> Reading:
    """The reading without what it finds wrong with organisations that are exempt; whole, where nothing else was wrong.

    What it says of them is kept: it counts again should the exemption be lifted.
    """
    kept = tuple(found for found in reading.findings if found.organisation not in circular.exempt)
    if len(kept) == len(reading.findings):
        return reading
    faulty = any(found.severity is Severity.ERROR for found in kept)
    whole = reading.outcome is Outcome.PARTLY and not faulty
    return dataclasses.replace(reading, findings=kept, outcome=Outcome.ACCEPTED if whole else reading.outcome)
