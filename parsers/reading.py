"""What a message or file was found to say: answers and findings, each with its place. Values only.

An answer's value is ``True``/``False`` for a tick and text for everything else: numbers as plain decimal digits
("1234.50"), dates as ISO ("2024-11-29"). That survives JSON and the books exactly; the question's kind says what it is.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from parsers.findings import Finding, Place
from parsers.form.form import AskedFile, Form
from parsers.form.naming import LOCAL, Naming

Value = bool | str
LOGO = 50_000  # bytes; a picture as large as that is no ornament but perhaps a photograph of a form or letter


class MailKind(StrEnum):
    """What sort of mail a message is, judged by its headers and its structure."""

    REPORT = "report"  # carries something that reads as a form
    COMMAND = "command"
    AUTO_REPLY = "auto-reply"
    BOUNCE = "bounce"
    LIST = "list"
    INVITATION = "invitation"  # a calendar's request, an answer to one or its cancellation
    OWN = "own"  # written by a bot of our kind
    OTHER = "other"


MACHINE_MADE = frozenset({MailKind.AUTO_REPLY, MailKind.BOUNCE, MailKind.LIST, MailKind.OWN})


class Outcome(StrEnum):
    """How much of what was asked could be recorded."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Organisation:
    """An organisation of the roster. ``code`` is an opaque key; ``type`` one of อบจ. ทน. ทม. ทต. อบต. เมือง, or as declared."""

    code: str
    type: str
    official_name: str
    short_name: str
    district: str  # without อำเภอ
    place: str = ""  # its district as it is printed behind its name, where the province has another of that name
    present_code: str = ""  # by which it goes now, where its key is from before a change of status

    @property
    def printed_name(self) -> str:
        """The official name as people read it: with its district where the province has two of it."""
        return f"{self.official_name} {self.place}".rstrip()

    @property
    def printed_short(self) -> str:
        """The short name, as ``printed_name``."""
        return f"{self.short_name} {self.place}".rstrip()


def told_apart(organisations: Iterable[Organisation], label: str) -> tuple[Organisation, ...]:
    """The organisations of a province, those of one name with their places; ``label`` stands before districts: อำเภอ."""
    given = tuple(organisations)
    # "เทศบาลตำบล แม่ลาว" is one name with "เทศบาลตำบลแม่ลาว".
    often = Counter("".join(each.official_name.split()) for each in given)
    return tuple(
        replace(each, place=f"{label}{each.district}" if often["".join(each.official_name.split())] > 1 else "")
        for each in given
    )


@dataclass(frozen=True)
class Reporter:
    """Who answers for some organisations. ``key`` is ASCII; addresses are lower case."""

    key: str
    name: str
    organisations: tuple[str, ...]  # codes, in roster order
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Serial:
    """Which of several rounds of one circular a circular is."""

    series: str  # the same for all of them; their slugs begin with it
    number: int  # rising with time
    period: str  # in Thai


@dataclass(frozen=True)
class About:
    """What a circular says of itself: its number, its day, and every wording that may name its period."""

    number: str
    dated: datetime.date
    words: tuple[str, ...] = ()
    serial: Serial | None = None  # of a circular that is asked again and again


@dataclass(frozen=True)
class Catalogue:
    """All that reading needs to know: the open forms by circular slug, the organisations, who reports for whom."""

    forms: Mapping[str, Form]
    organisations: tuple[Organisation, ...]  # the whole province, in roster order
    reporters: tuple[Reporter, ...]  # declared reporters and every organisation for itself
    as_of_near: datetime.date | None = None  # dates with two-digit years are read near this day
    about: Mapping[str, About] = field(default_factory=dict)  # by slug; what is not here is not compared
    asked_files: Mapping[str, tuple[AskedFile, ...]] = field(default_factory=dict)  # beside the form, by slug
    naming: Naming = LOCAL  # of the organisations; the forms carry it too


@dataclass(frozen=True)
class Unreached:
    """An address that a delivery report names. ``final`` is False where the server goes on trying."""

    address: str  # lower case
    words: str  # the server's, one line
    code: str = ""  # RFC 3463, such as 5.1.1
    final: bool = True


@dataclass(frozen=True)
class Returned:
    """What a delivery report says: whom a mail did not reach, and the Message-IDs it names, the returned mail's first."""

    unreached: tuple[Unreached, ...]
    identifiers: tuple[str, ...]  # without angle brackets


@dataclass(frozen=True)
class Mail:
    """What the headers and body of a message say."""

    kind: MailKind
    message_id: str
    references: tuple[str, ...]  # In-Reply-To and References, without angle brackets
    sender: str  # lower-case address
    sender_name: str
    recipients: tuple[str, ...]
    subject: str
    date: datetime.datetime | None  # aware; None when absent or unreadable
    text: str  # what the sender wrote, without quoted mail and signature, normalised; at most 4,000 characters
    returned: Returned | None = None  # of a bounce
    passed_on: bool = False  # a program sent it, but perhaps only on its way: what it says may be a person's
    named: tuple[str, ...] = ()  # the addresses in From, where it names several
    reply_to_invitation: bool = False  # a calendar's answer, to which its owner added no comment in it
    placeholder: bool = False  # a server put words in the place of it or of a file of it, which is still to come
    below: str = ""  # where ``text`` is empty: what stands below an old mail's header, perhaps the sender's; no command


@dataclass(frozen=True)
class Answer:
    """One value for (organisation, question), with its source cell. Of a file that is asked for, its name."""

    organisation: str
    question: str
    value: Value
    place: Place
    evidence: str = (
        ""  # what stood in its cell, where that proves a tick or a figure was converted; as findings show a value
    )
    note: str = ""  # of a figure: the reason that stands beside its row


@dataclass(frozen=True)
class Misfit:
    """A sum as it was written that its parts do not come to: of a row, or of the rows of a form."""

    organisation: str  # code; empty for a total of several rows
    column: str  # key of the question, or of the declared column where a form has several rows
    written: str  # as decimal digits
    counted: str
    place: Place
    note: str = ""  # the reason that stands beside it


@dataclass(frozen=True)
class RemarkText:
    """One free text under the table."""

    key: str
    text: str
    place: Place


@dataclass(frozen=True)
class FileReading:
    """One attachment: what it was sniffed to be (``xlsx``, ``pdf``, ``image``, ...) and whether a form was read from it."""

    name: str
    format: str
    size: int  # bytes
    outcome: Outcome


@dataclass(frozen=True)
class Reading:
    """All that was found in one message or file.

    ``reporter`` is whose organisations it was read against: by known address, else by the form's own mark; None means
    the whole province. ``known`` says that the sender's address belongs to that reporter. ``answers`` holds what was
    read, each organisation and question at most once; a value under an error finding is not to be recorded.
    """

    circular: str | None = None  # slug
    recognised_by: tuple[str, ...] = ()  # of: token, plus-address, reference, mark, code, layout
    reporter: str | None = None
    known: bool = False
    as_of: datetime.date | None = None
    answers: tuple[Answer, ...] = ()
    misfits: tuple[Misfit, ...] = ()
    remarks: tuple[RemarkText, ...] = ()
    findings: tuple[Finding, ...] = ()
    files: tuple[FileReading, ...] = ()
    outcome: Outcome = Outcome.REJECTED
    mail: Mail | None = None
    notes: tuple[str, ...] = field(default=())  # for the log: which limit stopped what
    strange: str = ""  # slug that a workbook's own mark names and that no open circular has

    def standing(self) -> tuple[Answer, ...]:
        """The answers that may be recorded: those no error finding speaks against."""
        barred = {
            (f.organisation, f.question)
            for f in self.findings
            if f.severity == "error" and f.organisation and f.question
        }
        whole = {f.organisation for f in self.findings if f.severity == "error" and f.organisation and not f.question}
        return tuple(
            a for a in self.answers if (a.organisation, a.question) not in barred and a.organisation not in whole
        )


@dataclass(frozen=True)
class FileRequest:
    """What a single file is read against: ``circular`` a slug, ``reporter`` a key; None means: find out, or all."""

    catalogue: Catalogue
    circular: str | None = None
    reporter: str | None = None
