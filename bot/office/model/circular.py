"""A circular: one numbered letter asking for one form by a deadline. Values only; ``bot.config.load`` reads them from folders.

Times in a circular's file are local office time (Asia/Bangkok) and years may be Buddhist: 2567 is 2024.
"""

import dataclasses
import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator

from bot.office.model.bangkok_time import BANGKOK, Day, WrittenMoment
from bot.office.model.circular_enclosure import EnclosedFile, Title, WebAddress
from bot.office.model.circular_mistakes import files_mistake, form_mistake
from bot.office.model.recurring import LONGEST_SUFFIX, PERIOD, Recurring
from bot.office.model.round import ALL, Round
from parsers.form.form import AskedFile, Form
from parsers.form.question import Kind
from parsers.form.question_rules import Key, Part

LONGEST_SLUG = 31
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,30}$")]


def mail_address(value: str) -> str:
    """The address in lower case. ValueError, which says how to write one, when it is none."""
    local, at, domain = value.partition("@")
    good = at and local and "." in domain and value.isascii() and not any(c.isspace() or c in "<>,;" for c in value)
    if not good:
        raise ValueError(f'"{value}" is no mail address; write it like saraban@office.example')
    return value.lower()


Address = Annotated[str, AfterValidator(mail_address)]


class Department(Part):
    """Who finally gets the report."""

    name: str
    salutation: str  # after เรียน, e.g. อธิบดีกรมส่งเสริมการปกครองท้องถิ่น
    unit: str = ""
    phone: str = ""
    to: tuple[Address, ...] = Field(min_length=1)
    cc: tuple[Address, ...] = ()
    dispatch: Literal["approve", "auto"] = "approve"
    attachments: tuple[Literal["report", "form", "pdf", "cover"], ...] = Field(default=("report",), min_length=1)
    wait_for_number: bool = False  # an approved report goes when staff have given number and day of the cover letter

    @model_validator(mode="after")
    def _can_be_sent(self) -> Self:
        if len(set(self.attachments)) < len(self.attachments):
            raise ValueError('attachments names one twice; write each once, such as ["report", "pdf"]')
        if {"report", "form"} <= set(self.attachments):
            raise ValueError(
                "attachments holds report and form; the form is the report's first sheet, so keep one of the two"
            )
        if self.wait_for_number and self.dispatch == "auto":
            raise ValueError('wait_for_number needs a person to give it; write dispatch = "approve" or leave it out')
        if "cover" in self.attachments and not self.wait_for_number:
            raise ValueError("attachments holds cover, which needs its number; write wait_for_number = true beside it")
        return self


class Deadlines(Part):
    """When the request goes out, when reporters must answer, when the draft is due to staff, when the department wants it."""

    opens: WrittenMoment
    reporters: WrittenMoment
    cutoff: WrittenMoment  # staff get the draft at this moment at the latest
    department: WrittenMoment

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        moments = [self.opens, self.reporters, self.cutoff, self.department]
        if moments != sorted(moments):
            raise ValueError(
                "the moments must follow one another: opens, reporters, cutoff, department; mend the earlier one"
            )
        return self


class Reminders(Part):
    """When reporters who still owe something are reminded. Days are working days.

    What is left out goes by the evidence: half-way, three and one days before, one and three days after, then weekly. Who
    names days of his own before or after the deadline gets just those.
    """

    at: datetime.time = datetime.time(9, 0)
    half_way: bool = True  # half-way between opening and deadline, where that is well before the next one
    working_days_before: tuple[Annotated[int, Field(ge=0, le=60)], ...] = (3, 1)
    working_days_after: tuple[Annotated[int, Field(ge=1, le=60)], ...] = (1, 3)
    overdue_every_working_days: Annotated[int, Field(ge=1, le=30)] = 5  # after the last of those
    escalate_after_working_days: Annotated[int, Field(ge=0, le=30)] = 2  # from then on the chief is copied

    @model_validator(mode="before")
    @classmethod
    def _own_days_alone(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        own: dict[str, Any] = {"half_way": False} if "working_days_before" in given else {}
        own |= {"working_days_after": ()} if "overdue_every_working_days" in given else {}
        return own | given

    @model_validator(mode="after")
    def _each_day_once(self) -> Self:
        for name in ("working_days_before", "working_days_after"):
            days = getattr(self, name)
            if len(set(days)) < len(days):
                raise ValueError(f"{name} holds a day twice; write each once, such as [5, 2, 1]")
        return self

    def is_overdue_day(self, late: int) -> bool:
        """Whether a reminder goes on the ``late``-th working day after the deadline."""
        last = max(self.working_days_after, default=0)
        return late in self.working_days_after or (late > last and (late - last) % self.overdue_every_working_days == 0)


class LetterToDistricts(Part):
    """The province's own letter to those who report, which staff number and sign. What is left out is made from the rest."""

    wait: bool = False  # requests go when staff have given number and day, or sent the signed letter back
    working_days_before: Annotated[int, Field(ge=0, le=30)] = 1  # the opening, when staff get the draft
    title: str = ""  # เรื่อง; the circular's own title when empty
    addressees: tuple[str, ...] = ()  # เรียน; from the roster when empty
    references: tuple[str, ...] = ()  # อ้างถึง; the line is left out when empty
    body: tuple[str, ...] = ()  # paragraphs: ตามที่ …, ในการนี้ …
    closing: str = "จึงเรียนมาเพื่อพิจารณาดำเนินการ"
    for_districts: str = "สำหรับอำเภอขอความร่วมมือแจ้งเทศบาลตำบลและองค์การบริหารส่วนตำบลในพื้นที่ดำเนินการด้วย"

    @model_validator(mode="after")
    def _in_time(self) -> Self:
        if not self.working_days_before and not self.wait:
            raise ValueError(
                "working_days_before = 0 is too late for requests that do not wait; write 1 or wait = true"
            )
        return self


class Wording(Part):
    """The circular's own words in the letters."""

    subject: str  # short, for subject lines
    opening: str  # the paragraph that says what is asked, on what ground
    references: tuple[str, ...] = ()  # อ้างถึง
    remarks_for_staff: tuple[str, ...] = ()  # oddities of the form that staff should know, shown in the draft


class Link(Part):
    """One ``[[link]]``: an address that the request and the reminders name, and what it is for."""

    label: Title
    address: WebAddress
    purpose: str = ""
    until: Day | None = None  # the last day on which it opens, as far as known

    def opens_on(self, moment: datetime.datetime) -> bool:
        """Whether it still opens then."""
        return self.until is None or moment.astimezone(BANGKOK).date() <= self.until


class Baseline(Part):
    """``[baseline]``: how organisations stood at a day before the round. The list itself is loaded by ``ruam baseline``."""

    at: Day | None = None  # the day of the national figures, and of a list that states none
    national: dict[Key, Annotated[Decimal, Field(ge=0, le=100)]] = Field(
        {}
    )  # per cent of all organisations of the country
    questions: tuple[Key, ...] = ()  # what a list of names is about; those of ``national`` when empty

    @model_validator(mode="after")
    def _dated(self) -> Self:
        if self.national and self.at is None:
            raise ValueError("national needs the day of its figures; write at = 2567-10-29")
        return self


def _of_the_books(value: Any) -> Round:
    if not isinstance(value, Round):
        # pydantic makes a problem of a ValueError alone.
        raise ValueError(  # noqa: TRY004
            "is kept in the books, not in the file; see `ruam extend`, `ruam exempt` and `ruam close`"
        )
    return value


class Circular(Part):
    """One round of a circular, complete: what its folder declares and what the books hold of it.

    ``slug`` is also the subject token and the plus-address.
    """

    slug: Slug
    number: str
    dated: Day
    title: str
    department: Department
    deadlines: Deadlines
    reminders: Reminders = Reminders()
    wording: Wording
    letter: LetterToDistricts | None = None
    form: Annotated[Form, AfterValidator(Form.in_lists)]
    enclosure: tuple[EnclosedFile, ...] = ()
    link: tuple[Link, ...] = ()
    attachment: tuple[AskedFile, ...] = ()  # files that are asked for beside the form
    baseline: Baseline = Baseline()
    # The circular that asked the same the time before, with whose figures this one's are compared.
    follows: Slug | None = None
    # Whether an organisation is complete while a figure of its that was asked after stands without a reason.
    queries: Literal["may stand", "must be explained"] = "may stand"
    recurring: Recurring | None = None  # then this is the template of its rounds
    round: Annotated[Round, BeforeValidator(_of_the_books)] = Round()

    @property
    def extended(self) -> Mapping[str, datetime.datetime]:
        """The deadlines of the reporters (by key) who have longer than the others."""
        return self.round.extended

    @property
    def exempt(self) -> Mapping[str, str]:
        """The organisations (by code) that need not answer, with the reason."""
        return self.round.exempt

    @property
    def closed(self) -> datetime.datetime | None:
        """When the round was closed; None while it is not."""
        return self.round.closed

    def seen_by(self, reporter: str) -> "Circular":
        """The circular as it holds for one reporter, with the deadline that is his; itself where that is everybody's."""
        own = self.round.extended.get(reporter)
        if own is None:
            return self
        deadlines = self.deadlines.model_copy(update={"reporters": own})
        mine = dataclasses.replace(self.round, extended={}, given={ALL: self.round.given[reporter]})
        return self.model_copy(update={"deadlines": deadlines, "round": mine})

    def asks(self, organisations: Iterable[str]) -> tuple[str, ...]:
        """Of these organisations (codes) those that have to answer."""
        return tuple(code for code in organisations if code not in self.round.exempt)

    @property
    def listed(self) -> tuple[str, ...]:
        """Keys of the tick questions that a list of who had not done it is about."""
        ticks = tuple(
            question.key for question in self.form.question if question.kind is Kind.TICK and not question.only
        )
        named = self.baseline.questions or tuple(self.baseline.national)
        return tuple(key for key in ticks if key in named) or ticks

    @model_validator(mode="after")
    def _can_be_used(self) -> Self:
        if self.dated > self.deadlines.opens.date():
            raise ValueError(f"dated = {self.dated} is later than deadlines.opens; mend one of the two")
        if gone := next((link for link in self.link if not link.opens_on(self.deadlines.opens)), None):
            raise ValueError(f"link {gone.address}: until = {gone.until} is before deadlines.opens; mend or remove it")
        if self.follows == self.slug:
            raise ValueError("follows names this circular itself; write the slug of the one before, or leave it out")
        if mistake := self._recurring_mistake():
            raise ValueError(mistake)
        mistake = form_mistake(self.form) or self._baseline_mistake() or files_mistake(self.attachment)
        if mistake:
            raise ValueError(mistake)
        return self

    def _recurring_mistake(self) -> str:
        named = PERIOD in self.title and PERIOD in self.wording.subject
        if self.recurring is None:
            return f"title or wording.subject holds {PERIOD}, which needs [recurring]" if PERIOD in self.title else ""
        if not named:
            return f"recurring: write {PERIOD} in title and wording.subject, where the period of each round is to stand"
        if len(self.slug) + LONGEST_SUFFIX > LONGEST_SLUG:
            return (
                f"recurring: the slug has at most {LONGEST_SLUG - LONGEST_SUFFIX} letters, as -2568-01 is put behind it"
            )
        return ""

    def _baseline_mistake(self) -> str:
        said, ticks = self.baseline, [q.key for q in self.form.question if q.kind is Kind.TICK and not q.only]
        for name, keys in (("questions", said.questions), ("national", said.national)):
            strange = next((key for key in keys if key not in ticks), None)
            if strange is not None:
                return f'baseline.{name}: "{strange}" is no tick question that all are asked; write one of: {", ".join(ticks) or "(none)"}'
        if said.at is not None and said.at > self.deadlines.opens.date():
            return f"baseline.at = {said.at} is later than deadlines.opens; write a day before the round"
        return ""
