"""The days of w5827's round as a table for docs/w5827.md, worked out by the code. Run it to write the page anew."""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

from holidays import country_holidays

from bot.config.load import shipped_bureau
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.model.ledger import REQUEST
from bot.office.plan.district_letter_draft import drafted_at
from bot.office.plan.due import Step, steps

PAGE = Path(__file__).parents[2] / "docs" / "w5827.md"
HEADING = "## The round, day by day"
_DAY = datetime.timedelta(days=1)


def table() -> str:
    """Every day from the draft of the letter to the department's deadline: what goes, and why that day."""
    bureau = shipped_bureau()
    circular = bureau.circulars["w5827"]
    lines = ["| day | what | why that day |", "|---|---|---|"]
    day = drafted_at(bureau, circular).date()
    while day <= circular.deadlines.department.date():
        said = list(_said(bureau, circular, day))
        what, why = (
            ("; ".join(texts) for texts in zip(*said, strict=True)) if said else ("digest alone", "a working day")
        )
        lines.append(f"| {day:%a %-d %b} {day.year + 543} | {what} | {why} |")
        day += _DAY
    return "\n".join(lines)


def _said(bureau: Bureau, circular: Circular, day: datetime.date) -> Iterator[tuple[str, str]]:
    if not bureau.calendar.is_working(day):
        name = country_holidays("TH", years=day.year, language="en_US").get(day)
        yield "nothing", f"{name}, a holiday" if name else "weekend"
    if drafted_at(bureau, circular).date() == day:
        yield (
            f"{drafted_at(bureau, circular):%H:%M} the letter to the districts, to staff",
            "a working day before the opening",
        )
    evening = datetime.datetime.combine(day, datetime.time(23, 59), BANGKOK)
    for step in steps(bureau, circular, evening):
        if step.at.date() == day:
            yield f"{step.at:%H:%M} {_letter(step)}", _reason(bureau, circular, step)
    for name, what in (
        ("reporters", "reporters' deadline"),
        ("cutoff", "draft to staff, if not yet"),
        ("department", "department's deadline"),
    ):
        moment = getattr(circular.deadlines, name)
        if moment.date() == day:
            yield f"{moment:%H:%M} {what}", f"`deadlines.{name}`"


def _letter(step: Step) -> str:
    return "request" if step.name == REQUEST else "reminder, to those who owe"


def _reason(bureau: Bureau, circular: Circular, step: Step) -> str:
    if step.name == REQUEST:
        return "`deadlines.opens`"
    away = bureau.calendar.working_days_between(step.at.date(), circular.deadlines.reporters.date())
    if away > 0:
        counted = [
            f"{day:%-d}"
            for day in bureau.calendar.working_days(step.at.date() + _DAY, circular.deadlines.reporters.date())
        ]
        return f"{away} working day{'s' * (away > 1)} before the deadline: {', '.join(counted)}"
    chief = "; the chief is copied" if -away >= circular.reminders.escalate_after_working_days else ""
    return f"working day {-away} after the deadline{chief}"


def main() -> None:
    """Write the page's table anew."""
    said = PAGE.read_text(encoding="utf-8")
    made = re.sub(rf"(?s)({re.escape(HEADING)}\n.*?\n\n)\|.*?(?=\n\n|\Z)", lambda found: found[1] + table(), said)
    PAGE.write_text(made if made.endswith("\n") else made + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
