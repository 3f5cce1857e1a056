"""A circular: one numbered letter asking for one form by a deadline. Values only; ``bot.config`` reads them from folders.

Times in a circular's file are local office time (Asia/Bangkok) and years may be Buddhist: 2567 is 2024.
"""

import datetime
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator

from parsers.form import Form, Part

BANGKOK = ZoneInfo("Asia/Bangkok")
BUDDHIST_FROM = 2400  # a year this late is a Buddhist one
BUDDHIST_OFFSET = 543

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,30}$")]


def _common_era(value: Any) -> Any:
    if isinstance(value, datetime.date) and value.year >= BUDDHIST_FROM:
        return value.replace(year=value.year - BUDDHIST_OFFSET)
    return value


def _in_bangkok(value: datetime.datetime) -> datetime.datetime:
    return value.replace(tzinfo=BANGKOK) if value.tzinfo is None else value.astimezone(BANGKOK)


def _mail_address(value: str) -> str:
    local, at, domain = value.partition("@")
    good = at and local and "." in domain and value.isascii() and not any(c.isspace() or c in "<>,;" for c in value)
    if not good:
        raise ValueError(f'"{value}" is no mail address; write it like saraban@office.example')
    return value.lower()


Day = Annotated[datetime.date, BeforeValidator(_common_era)]
Moment = Annotated[datetime.datetime, BeforeValidator(_common_era), AfterValidator(_in_bangkok)]
Address = Annotated[str, AfterValidator(_mail_address)]


class Department(Part):
    """Who finally gets the report."""

    name: str
    salutation: str  # after เรียน, e.g. อธิบดีกรมส่งเสริมการปกครองท้องถิ่น
    unit: str = ""
    phone: str = ""
    to: tuple[Address, ...] = Field(min_length=1)
    cc: tuple[Address, ...] = ()
    dispatch: Literal["approve", "auto"] = "approve"


class Deadlines(Part):
    """When the request goes out, when reporters must answer, when the draft is due to staff, when the department wants it."""

    opens: Moment
    reporters: Moment
    cutoff: Moment  # staff get the draft at this moment at the latest
    department: Moment

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        moments = [self.opens, self.reporters, self.cutoff, self.department]
        if moments != sorted(moments):
            raise ValueError(
                "the moments must follow one another: opens, reporters, cutoff, department; mend the earlier one"
            )
        return self


class Reminders(Part):
    """When reporters who still owe something are reminded. Days are working days."""

    at: datetime.time = datetime.time(9, 0)
    working_days_before: tuple[Annotated[int, Field(ge=0, le=60)], ...] = (5, 2, 1)
    overdue_every_working_days: Annotated[int, Field(ge=1, le=30)] = 1
    escalate_after_working_days: Annotated[int, Field(ge=0, le=30)] = 2  # from then on the chief is copied


class Wording(Part):
    """The circular's own words in the letters."""

    subject: str  # short, for subject lines
    opening: str  # the paragraph that says what is asked, on what ground
    references: tuple[str, ...] = ()  # อ้างถึง
    remarks_for_staff: tuple[str, ...] = ()  # oddities of the form that staff should know, shown in the draft


class Circular(Part):
    """One circular, complete. ``slug`` is also the subject token and the plus-address."""

    slug: Slug
    number: str
    dated: Day
    title: str
    department: Department
    deadlines: Deadlines
    reminders: Reminders = Reminders()
    wording: Wording
    form: Form
