"""The picture of the digest: how replies came in against the deadlines, and where every organisation stands."""

import datetime
import io
from collections.abc import Sequence
from typing import Any

from PIL import Image

from bot.documents.typography.digits import digits_of_text
from bot.documents.typography.typeset import to_pictures
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.progress import Progress
from parsers.thai.dates import thai_short_date

TEMPLATE = "progress.typ"
COLOURS = 64  # by octree: the usual way gives a colour of few squares to another that is common


def progress_picture(progresses: Sequence[Progress], *, thai: bool) -> bytes:
    """A PNG, as wide as a telephone at twice the resolution, one circular below the other; few colours, a third of the size."""
    view = {"circulars": [_view(one, thai=thai) for one in progresses]}
    names = {f"อำเภอ{name}" for one in progresses for name, _ in one.districts}
    with Image.open(io.BytesIO(to_pictures(TEMPLATE, view, names)[0])) as picture:
        few = picture.convert("RGB").quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    content = io.BytesIO()
    few.save(content, "PNG", optimize=True)
    return content.getvalue()


def _view(progress: Progress, *, thai: bool) -> dict[str, Any]:
    start = progress.opens
    end = max(moment for _, moment in progress.deadlines)
    end = max(end, progress.now) if progress.now < end + datetime.timedelta(days=60) else end
    span = (end - start).total_seconds() or 1.0

    def across(moment: datetime.datetime) -> float:
        return min(1.0, max(0.0, (moment - start).total_seconds() / span))

    def day(moment: datetime.datetime) -> str:
        return thai_short_date(moment.astimezone(BANGKOK).date(), "thai" if thai else "arabic").rsplit(" ", 1)[0]

    steps = [(across(moment), number / max(progress.total, 1)) for number, moment in enumerate(progress.curve, 1)]
    return {
        "title": digits_of_text(progress.title, thai=thai),
        "total": progress.total,
        "done": len(progress.curve),
        "now": across(progress.now),
        "steps": [[x, y] for x, y in steps],
        "deadlines": [{"label": f"{label} {day(moment)}", "x": across(moment)} for label, moment in progress.deadlines],
        "begins": day(start),
        "districts": [
            {"name": name or "-", "states": [{"complete": 2, "partly": 1, "nothing": 0}[state] for state in states]}
            for name, states in progress.districts
        ],
        "thai": thai,
    }
