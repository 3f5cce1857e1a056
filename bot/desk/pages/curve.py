"""The curve of the replies to a circular as points of a picture, drawn by the template as SVG; it needs no script."""

import datetime
from typing import Any

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.progress import Progress
from parsers.thai.dates import Digits, thai_short_date

WIDTH, HEIGHT = 640, 200  # of the field, in units of the picture
_LONGEST = datetime.timedelta(days=60)  # behind the last deadline, that is still drawn


def curve_of(progress: Progress, digits: Digits) -> dict[str, Any]:
    """The points of the line, the deadlines with their places, and the place of now; widths and heights in units."""
    start = progress.opens
    last = max(moment for _, moment in progress.deadlines)
    end = min(max(last, progress.now), last + _LONGEST)
    span = (end - start).total_seconds() or 1.0

    def across(moment: datetime.datetime) -> float:
        return round(WIDTH * min(1.0, max(0.0, (moment - start).total_seconds() / span)), 1)

    def day(moment: datetime.datetime) -> str:
        return thai_short_date(moment.astimezone(BANGKOK).date(), digits).rsplit(" ", 1)[0]

    points, height = [(0.0, float(HEIGHT))], float(HEIGHT)
    for number, moment in enumerate(progress.curve, 1):
        points.append((across(moment), height))
        height = round(HEIGHT * (1 - number / max(progress.total, 1)), 1)
        points.append((across(moment), height))
    points.append((max(across(progress.now), points[-1][0]), height))
    return {
        "line": " ".join(f"{x},{y}" for x, y in points),
        "now": across(progress.now),
        "deadlines": [(label, day(moment), across(moment)) for label, moment in progress.deadlines],
        "begins": day(start),
        "width": WIDTH,
        "height": HEIGHT,
    }
