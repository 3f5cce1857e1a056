"""What a reading child does for its parent: each task reads and gives its result as JSON.

Imported where reading runs and nowhere else: the parent names a task by its name (``Task.name``), so that commands which
read nothing load nothing of reading.
"""

from collections.abc import Sequence

from parsers import read
from parsers.baseline.read_list import read_baseline
from parsers.baseline.reading import BaselineRequest
from parsers.blank_form.as_record import PAPERS
from parsers.blank_form.proposal import Paper
from parsers.blank_form.read_papers import read_papers as read_all
from parsers.child_process import child, confine
from parsers.child_process.child import BASELINE, MAIL, MAILED_ROSTER, READING, ROSTER
from parsers.files.cpu_budget import Terms
from parsers.form.naming import Naming
from parsers.mail import message
from parsers.reading import FileRequest
from parsers.rosters.entries import RosterReading, RosterRequest
from parsers.rosters.read_roster import read_roster as read_workbook
from parsers.rosters.read_roster import returned_roster


def read_message(raw: bytes, request: FileRequest, barred: frozenset[int], stop: int | None) -> bytes:
    """``parsers.read.read_message`` within the mail's CPU, as JSON."""
    terms = Terms(barred, stop, child.meter())
    return READING.dump_json(read.read_message(raw, request.catalogue, terms, request.circular, request.reporter))


def read_file(name: str, data: bytes, request: FileRequest, barred: frozenset[int], stop: int | None) -> bytes:
    """``parsers.read.read_file`` within its CPU, as JSON."""
    return READING.dump_json(read.read_file(name, data, request, Terms(barred, stop, child.meter())))


def read_head(raw: bytes) -> bytes:
    """What a mail's headers say, as JSON."""
    return MAIL.dump_json(message.parse(raw).mail)


def read_list(name: str, data: bytes, request: BaselineRequest) -> bytes:
    """``parsers.baseline.read_list.read_baseline``, as JSON."""
    return BASELINE.dump_json(read_baseline(name, data, request))


def read_roster(name: str, data: bytes, request: RosterRequest) -> bytes:
    """``parsers.rosters.read_roster.read_roster``, as JSON."""
    return ROSTER.dump_json(read_workbook(name, data, request))


def read_mail_roster(raw: bytes, request: RosterRequest) -> bytes:
    """The files of a mail that are rosters, by name, and what the first of them says, as JSON."""
    files = [(each.name, returned_roster(each.name, each.data, request)) for each in message.parse(raw).attachments]
    found = [(name, reading) for name, reading in files if reading]
    first = found[0][1] if found else RosterReading()
    return MAILED_ROSTER.dump_json((tuple(name for name, _ in found), first))


def read_papers(papers: Sequence[Paper], words: str, naming: Naming) -> bytes:
    """``parsers.blank_form.read_papers.read_papers``, as JSON."""
    return PAPERS.dump_json(read_all(papers, words, naming))


def read_mail_papers(raw: bytes, naming: Naming) -> bytes:
    """The papers that a mail brings, in files, in mails within it, in its own words and in those that it passes on, as JSON."""
    read = message.parse(raw)
    papers = [Paper(each.name, each.data) for each in read.attachments]
    words = "\n".join((read.mail.text, message.passed_on_words(raw), *(inner.words for inner in read.inner)))
    return PAPERS.dump_json(read_all(papers, words, naming))


def nothing(_naming: Naming) -> bytes:
    """Nothing is read; the fork server has met the naming."""
    return b""


def walls() -> bytes:
    """``parsers.child_process.confine.report``."""
    return confine.report()
