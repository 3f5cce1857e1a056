"""What goes with a letter (สิ่งที่ส่งมาด้วย): each kind of enclosure with its file's name, and the list in the letter. Pure."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.office.model.baseline import Stand
from bot.office.model.circular import Circular
from bot.office.model.circular_enclosure import EnclosedFile, Reader
from bot.office.model.rollup import Rollup
from parsers.blank_form.proposal import Proposal
from parsers.findings import Finding
from parsers.reading import Answer


@dataclass(frozen=True)
class BlankForm:
    """Enclosure: the form of a circular, pre-filled with a reporter's organisations and the answers already known."""

    circular: Circular
    reporter: str
    answers: tuple[Answer, ...] = ()
    word: bool = False  # as a Word file, for a reporter who works in Word
    stand: Stand | None = None  # how they stood before the round, shown beside the table
    last: tuple[Answer, ...] = ()  # what was answered the time before, to be mended; it gives way to ``answers``

    @property
    def name(self) -> str:
        """Of the file, ASCII."""
        # Names of files that every mail program and disk takes.
        return re.sub(r"[^A-Za-z0-9_-]", "-", f"{self.circular.slug}-{self.reporter}") + (
            ".docx" if self.word else ".xlsx"
        )


@dataclass(frozen=True)
class ReportWorkbook:
    """Enclosure: the consolidated report; with ``only_form`` just the sheet the department drew."""

    circular: Circular
    rollup: Rollup
    only_form: bool = False


@dataclass(frozen=True)
class ReportPages:
    """Enclosure: the report as a PDF to be signed."""

    circular: Circular
    rollup: Rollup


@dataclass(frozen=True)
class CoverLetter:
    """Enclosure: the official letter that goes with the report, as a Word file to change or a PDF.

    ``number`` and ``dated`` are the registry's; without them both are left open.
    """

    circular: Circular
    rollup: Rollup
    editable: bool
    number: str = ""
    dated: datetime.date | None = None


@dataclass(frozen=True)
class DistrictLetter:
    """Enclosure: the province's own letter to those who report, as a Word file to change or a PDF. ``number`` as above."""

    circular: Circular
    editable: bool
    number: str = ""
    dated: datetime.date | None = None


@dataclass(frozen=True)
class SignedScan:
    """Enclosure: the scan of a signed letter of the office, which lies in the books; ``paper`` says which letter."""

    circular: str
    paper: str


@dataclass(frozen=True)
class EvidenceArchive:
    """Enclosure: all that stands behind a circular (by slug), as one archive; left out where it is too large for a mail."""

    circular: str


@dataclass(frozen=True)
class ReadyFile:
    """Enclosure: a file that exists already, such as the drafted report that is now sent to the department."""

    name: str
    content: bytes


@dataclass(frozen=True)
class MarkedCopy:
    """Enclosure: a copy of a workbook in the mail that is answered, with ``findings`` marked in it.

    To make it means opening what others sent, so it is made in the sandbox before the letter is rendered. ``content`` is
    None until then, and stays so when the copy cannot be made: the letter goes without it.
    """

    name: str  # of the copy, ASCII
    file: str  # name of the attachment
    findings: tuple[Finding, ...]
    organisations: Mapping[str, str]  # names by code
    content: bytes | None = None


@dataclass(frozen=True)
class NewCircularWorkbook:
    """Enclosure: the workbook in which staff correct a proposed circular."""

    proposal: Proposal

    @property
    def name(self) -> str:
        """Of the file, ASCII."""
        return f"new-circular-{self.proposal.slug}.xlsx"


@dataclass(frozen=True)
class RosterWorkbook:
    """Enclosure: the office's roster as it is now, to fill in."""

    name: str = "roster.xlsx"


Enclosure = (
    BlankForm
    | ReportWorkbook
    | ReportPages
    | CoverLetter
    | DistrictLetter
    | SignedScan
    | ReadyFile
    | MarkedCopy
    | EvidenceArchive
    | NewCircularWorkbook
    | RosterWorkbook
)


@dataclass(frozen=True)
class Listed:
    """One thing sent along: what the letter calls it, and the enclosure itself; none when it goes by its address alone."""

    title: str
    copies: str  # after จำนวน: ๑ ฉบับ, ๑ ชุด
    enclosure: Enclosure | None = None
    name: str = ""  # of the file, as the reader finds it among the attachments; empty when it is not known yet
    address: str = ""  # where it may be had as well


def with_request(form: BlankForm, own: tuple[Listed, ...] = ()) -> tuple[Listed, ...]:
    """What goes with the request: the form first, because it must come back, the office's ``own`` papers, the circular's."""
    circular = form.circular
    return (
        Listed(circular.form.title, "๑ ชุด", form, form.name),
        *own,
        *(_listed(one) for one in circular.enclosure if "reporters" in one.to),
    )


def attached(listed: tuple[Listed, ...]) -> tuple[Enclosure, ...]:
    """The enclosures of what is listed, in its order."""
    return tuple(one.enclosure for one in listed if one.enclosure)


def files_for(circular: Circular, reader: Reader) -> tuple[ReadyFile, ...]:
    """The circular's own files for these readers; what is too large to send is not among them."""
    return tuple(_file(one) for one in circular.enclosure if reader in one.to and one.content)


def _listed(one: EnclosedFile) -> Listed:
    file = _file(one) if one.content else None
    return Listed(one.title, one.copies, file, file.name if file else "", one.address)


def _file(one: EnclosedFile) -> ReadyFile:
    return ReadyFile(one.file.replace("\\", "/").rpartition("/")[2], one.content)
