"""Files that a circular asks for beside its form: which have come, and who still owes one.

They stand among the recorded answers under keys that no question has: the value is the file's name, the evidence its SHA-256.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.office.model.circular import Circular
from bot.office.model.recorded_answer import Recorded
from bot.office.model.roster import Roster
from parsers.form.form import FILE, AskedFile
from parsers.form.question import heading
from parsers.form.question_rules import BETWEEN
from parsers.reading import Answer, Organisation, Value

NAMED = 8  # organisations that a receipt names beside a file
SHORT = 12  # figures of a SHA-256 that people compare


@dataclass(frozen=True)
class FileLine:
    """Whether one organisation's file has come: the newest, or None."""

    organisation: Organisation
    asked: AskedFile
    given: Recorded | None


def file_lines(
    circular: Circular, organisations: Iterable[Organisation], newest: Mapping[tuple[str, str], Recorded]
) -> tuple[FileLine, ...]:
    """A line for each organisation and file that is asked for. ``newest`` are the answers by (code, key)."""
    return tuple(
        FileLine(organisation, asked, newest.get((organisation.code, asked.record)))
        for organisation in (organisations if circular.attachment else ())
        for asked in circular.attachment
    )


def owed_files(circular: Circular, code: str, newest: Mapping[tuple[str, str], Recorded]) -> tuple[str, ...]:
    """The records of the required files that an organisation has not sent."""
    return tuple(one.record for one in circular.attachment if one.required and (code, one.record) not in newest)


def lacking_by_file(
    circular: Circular, roster: Roster, owed: Mapping[str, Iterable[str]]
) -> list[tuple[str, list[str]]]:
    """For each required file the short names of those who have not sent it. ``owed`` are the keys by code."""
    lacking = [
        (one.label, [roster.by_code[code].printed_short for code, keys in owed.items() if one.record in keys])
        for one in circular.attachment
    ]
    return [(label, names) for label, names in lacking if names]


def name_of(circular: Circular, key: str) -> str:
    """How an answer's key is named to people: the heading of its question, or the file. Raises KeyError."""
    if not key.startswith(FILE):
        return heading(circular.form.find(key))
    labels = {one.record: one.label for one in circular.attachment}
    return f"ไฟล์{labels[key]}"


def received_lines(circular: Circular, roster: Roster, answers: Iterable[Answer]) -> list[str]:
    """One line for each file that was asked for and came, and whose it is."""
    whose: dict[tuple[str, Value], list[str]] = {}
    for answer in answers:
        if answer.question.startswith(FILE):
            name = roster.by_code[answer.organisation].printed_short
            whose.setdefault((answer.question, answer.value), []).append(name)
    for_all = {one.record for one in circular.attachment if one.of == "reporter"}
    of = {about: "" if about[0] in for_all else f" ของ {_few(names)}" for about, names in whose.items()}
    return [f"{name_of(circular, key)}{of[key, file]}: {file}" for key, file in whose]


def _few(names: Sequence[str]) -> str:
    return " ".join(names) if len(names) <= NAMED else f"อปท. {len(names)} แห่ง"


def short_digests(evidence: str) -> str:
    """SHA-256 digests as people compare them."""
    return BETWEEN.join(digest[:SHORT] for digest in evidence.split(BETWEEN))


def asked_lines(circular: Circular) -> list[str]:
    """What is to be sent beside the form, one line each, in Thai."""
    whose = {"organisation": "ของแต่ละ อปท. (ตั้งชื่อไฟล์ให้มีชื่อ อปท.)", "reporter": "ของผู้รายงาน หนึ่งไฟล์"}
    return [
        f"{one.label} {whose[one.of]} เป็นไฟล์ {' '.join(one.kinds)}{'' if one.required else ' (ถ้ามี)'}"
        for one in circular.attachment
    ]
