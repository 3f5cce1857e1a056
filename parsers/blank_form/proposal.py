"""What a circular is proposed to be, as staff see and correct it: values that papers, workbook and folder share. Pure.

Days and moments are local time of the office, without a zone. What nobody said is empty, and a doubt says so.
"""

import datetime
from dataclasses import dataclass, field
from enum import StrEnum

from parsers.form.question import Kind


class Code(StrEnum):
    """What a proposal is unsure of."""

    NO_FORM = "no-form"
    SEVERAL_FORMS = "several-forms"
    FILE = "file"
    SCAN = "scan"
    NO_NAMES = "no-names"
    NAMES_OF_PROVINCES = "names-of-provinces"
    KIND_GUESSED = "kind-guessed"
    NO_CHOICES = "no-choices"
    LABEL_TWICE = "label-twice"
    MARKS_ALIKE = "marks-alike"
    MADE_FIRST = "made-first"
    SUM_GUESSED = "sum-guessed"
    ONLY_TYPES = "only-types"
    FREE_ROWS = "free-rows"
    ROWS_ASKED = "rows-asked"
    UNLIKE_READ = "unlike-read"
    NO_NUMBER = "no-number"
    NO_DAY = "no-day"
    NO_TITLE = "no-title"
    NO_DEADLINE = "no-deadline"
    ONE_DEADLINE = "one-deadline"
    SEVERAL_DEADLINES = "several-deadlines"
    DEADLINE_PAST = "deadline-past"
    NO_ADDRESS = "no-address"
    SEVERAL_ADDRESSES = "several-addresses"
    NO_DEPARTMENT = "no-department"
    LINKS = "links"
    ENCLOSED = "enclosed"
    UNREAD = "unread"
    RULE_LEFT_OUT = "rule-left-out"


@dataclass(frozen=True)
class Paper:
    """A file as it came: its name and bytes."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Unsure:
    """One doubt: its code, its Thai sentence, the question that it is about (from 1; 0 for none)."""

    code: Code
    message: str
    question: int = 0


@dataclass(frozen=True)
class NewQuestion:
    """One column that is asked. Other questions are named by their number, from 1."""

    label: str
    kind: Kind
    group: str = ""
    unit: str = ""
    choices: tuple[str, ...] = ()
    only: tuple[str, ...] = ()  # types of organisations; none: all
    required: bool = True
    requires: int = 0  # a yes here implies a yes there
    sum_of: tuple[int, ...] = ()


@dataclass(frozen=True)
class NewForm:
    """What the blank form asks."""

    title: str = ""
    organisation_label: str = ""
    row_label: str = ""  # heading of the rows' labels, or of a free list of rows
    free: bool = False
    rows: tuple[str, ...] = ()  # labels of several rows for each organisation
    total_label: str = ""
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    questions: tuple[NewQuestion, ...] = ()
    remarks: tuple[str, ...] = ()
    note: tuple[str, ...] = ()  # for those who report
    report_note: tuple[str, ...] = ()  # under the report to the department, when they differ


@dataclass(frozen=True)
class NewLetter:
    """What the department's letter says."""

    number: str = ""
    dated: datetime.date | None = None
    title: str = ""
    department: str = ""
    salutation: str = ""
    unit: str = ""
    phone: str = ""
    to: tuple[str, ...] = ()
    reporters: datetime.datetime | None = None  # until when organisations must have answered
    until: datetime.datetime | None = None  # until when the department wants the report


@dataclass(frozen=True)
class Papers:
    """All that was read of the papers. What only a corrected workbook says is empty else."""

    letter: NewLetter = NewLetter()
    form: NewForm = NewForm()
    unsure: tuple[Unsure, ...] = ()
    enclosed: str = ""  # name of the file that holds the letter and no form
    slug: str = ""
    opens: datetime.datetime | None = None
    cutoff: datetime.datetime | None = None
    subject: str = ""
    opening: str = ""


@dataclass(frozen=True)
class Proposal:
    """A circular as it is proposed: everything that its folder will say."""

    slug: str
    letter: NewLetter
    form: NewForm
    opens: datetime.datetime
    cutoff: datetime.datetime
    subject: str
    opening: str
    enclosed: str = ""
    unsure: tuple[Unsure, ...] = ()
