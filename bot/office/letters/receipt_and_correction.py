"""Receipts and corrections: what the answer to a reporter's mail says, as values."""

import dataclasses
import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.office.letters.enclosures import BlankForm, MarkedCopy
from bot.office.letters.findings_listed import few, grouped
from bot.office.letters.letter import Letter, LetterKind
from bot.office.letters.marked_copies import marked_copies
from bot.office.letters.request_and_reminder import as_answers, owed_lines, shown
from bot.office.model.asked_files import received_lines
from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.model.copy_of_record import copy_of_record
from bot.office.model.owed import owed_by
from bot.office.model.recorded_answer import Recorded
from parsers.findings import Code, Severity
from parsers.form.form import FILE, SUM, Form
from parsers.form.question import Kind, heading
from parsers.reading import Answer, Outcome, Reading, Value

_OTHER_FORMS = frozenset({Code.FORM_OTHER, Code.ROUND_OTHER})  # whoever sent it has to fill in another file
_OF_WORD = frozenset({"docx", "doc", "odt", "fodt", "rtf"})  # what Word opens as its own


class Late(StrEnum):
    """Whether what a mail says changes a report that went to the department."""

    NO = ""
    AMENDS = "amends"  # it goes into an amended report
    OVER = "over"  # it is kept, and a person decides


@dataclass(frozen=True)
class Received:
    """The mail a letter answers."""

    key: str  # hash of its bytes
    at: datetime.datetime
    reading: Reading
    to: tuple[str, ...]  # who is answered
    conflicts: tuple[str, ...] = ()  # cells that somebody else answered differently, as lines
    explained: tuple[str, ...] = ()  # figures for which it gives a reason, as lines
    copies: bool = True  # whether marked copies of the sender's files may go with it
    late: Late = Late.NO
    message: int = 0  # its row
    replaced: tuple[str, ...] = ()  # cells that the reporter itself answered differently before, as lines
    passer: str = ""  # name of the reporter who passed the mail on


def answer_letter(bureau: Bureau, circular: Circular, received: Received, known: Sequence[Recorded]) -> Letter:
    """The receipt, or the correction when something is wrong or still owed. ``known`` are the answers after recording.

    Where others than the sender are answered, the letter says from which address the mail came.

    The occasion is the mail's own hash, so a mail that is read twice is answered once.
    """
    reading = received.reading
    mail = reading.mail
    if mail is None:
        raise ValueError("only a mail is answered")
    errors = [finding for finding in reading.findings if finding.severity is Severity.ERROR]
    clean = reading.outcome is Outcome.ACCEPTED and not errors
    owed = owed_by(circular, bureau.roster, known, _codes(bureau, reading.reporter))
    held = held_by(bureau, reading, known)
    view = _view(bureau, circular, received) | {
        "answered": answered_lines(bureau, circular, as_answers(held)),
        "copy": copy_of_record(circular.slug, received.message, held) if held and reading.reporter else None,
        "sender": mail.sender,
        "elsewhere": mail.sender not in received.to,
        "owed": owed_lines(bureau, circular, owed, known) if reading.reporter else [],
        "received_files": received_lines(circular, bureau.roster, reading.standing()),
    }
    if not clean:
        view |= {"errors": grouped(bureau, circular.form, errors), "rejected": reading.outcome is Outcome.REJECTED}
        view |= {"other_form": any(finding.code in _OTHER_FORMS for finding in errors)}
    form_read = any(not answer.question.startswith(FILE) for answer in reading.answers)
    to_fill = (not clean or (owed and not form_read)) and reading.reporter
    lacks = bool(owed) and (not form_read or any(key.startswith(FILE) for keys in owed.values() for key in keys))
    return Letter(
        kind=LetterKind.RECEIPT if clean else LetterKind.CORRECTION,
        circular=circular.slug,
        addressee=reading.reporter or mail.sender,
        occasion=received.key,
        to=received.to,
        subject=f"{_headline(reading, clean=clean, asks=bool(view['queries']), lacks=lacks)} {circular.wording.subject}",
        view=view,
        in_reply_to=mail.message_id,
        references=mail.references,
        enclosures=(
            *((form_to_fill(circular, to_fill, known, word=_by_word(reading)),) if to_fill else ()),
            *(marked_copies(bureau, circular, reading) if received.copies else ()),
        ),
    )


def _view(bureau: Bureau, circular: Circular, received: Received) -> dict[str, Any]:
    """What a receipt and a correction say alike of a mail."""
    reading = received.reading
    return {
        "salutation": salutation(bureau, reading),
        "circular": circular,
        "received": received.at,
        "queries": few(found for found in reading.findings if found.severity is Severity.QUERY),
        "explained": list(received.explained),
        "warnings": few(found for found in reading.findings if found.severity in (Severity.WARNING, Severity.INFO)),
        "as_of": reading.as_of,
        "conflicts": list(received.conflicts),
        "replaced": list(received.replaced),
        "passer": received.passer,
        "late": received.late.value,
        "remarks": [(_remark_label(circular, remark.key), remark.text) for remark in reading.remarks],
    }


def held_by(bureau: Bureau, reading: Reading, known: Iterable[Recorded]) -> tuple[Recorded, ...]:
    """What is held in the reporter's name, whichever mail said it, and what the mail itself said of others."""
    said = {answer.organisation for answer in reading.standing()}
    own = said | (set(_codes(bureau, reading.reporter)) if reading.reporter else set())
    return tuple(each for each in known if each.organisation in own and not each.question.startswith(SUM))


def copy_of(letter: Letter, to: tuple[str, ...]) -> Letter:
    """The same answer for those in whose name somebody else reported, without the files that he sent."""
    return dataclasses.replace(
        letter,
        to=to,
        occasion=f"{letter.occasion}-copy",
        subject=f"สำเนาแจ้งเพื่อทราบ มีผู้รายงานในนามของท่าน: {letter.subject}",
        view={**letter.view, "elsewhere": True},
        in_reply_to="",
        references=(),
        enclosures=tuple(each for each in letter.enclosures if not isinstance(each, MarkedCopy)),
    )


def answered_lines(
    bureau: Bureau, circular: Circular, answers: Iterable[Answer]
) -> list[tuple[str, list[tuple[str, str]]]]:
    """(organisation's name, [(heading, shown value)]), in roster order."""
    by_code: dict[str, dict[str, Value]] = {}
    for answer in (each for each in answers if not each.question.startswith(FILE)):
        by_code.setdefault(answer.organisation, {})[answer.question] = answer.value
    return [
        (
            organisation.printed_short,
            _of_one(circular.form, organisation.type, by_code[organisation.code]),
        )
        for organisation in bureau.roster.organisations
        if organisation.code in by_code
    ]


def _of_one(form: Form, kind: str, values: Mapping[str, Value]) -> list[tuple[str, str]]:
    """What one organisation of this type said; what it was not asked is left out, and what we compute."""
    asked = (question for question in form.question if form.is_asked(question, kind, values) is not False)
    return [(heading(q), shown(q, values.get(q.key))) for q in asked if q.kind is not Kind.COMPUTED]


def _by_word(reading: Reading) -> bool:
    """Whether the sender works in Word: sent a Word file and no workbook."""
    formats = {file.format for file in reading.files}
    return bool(formats & _OF_WORD) and not formats & {"xlsx", "xlsm", "xls", "ods", "xlsb", "csv"}


def form_to_fill(circular: Circular, reporter: str, known: Iterable[Recorded], *, word: bool = False) -> BlankForm:
    """The form of a reporter with what is known already filled in."""
    return BlankForm(circular, reporter, as_answers(known), word)


def _codes(bureau: Bureau, reporter: str | None) -> tuple[str, ...]:
    """The organisations that a reporter answers for; without one the whole province."""
    return tuple(bureau.roster.by_code) if reporter is None else bureau.roster.by_key[reporter].organisations


def salutation(bureau: Bureau, reading: Reading) -> str:
    """How the reporter of a mail is addressed, if it is one."""
    if reading.reporter and reading.known:
        return bureau.roster.contact_for(reading.reporter).salutation
    return "เจ้าหน้าที่ผู้ส่งรายงาน"


def _headline(reading: Reading, *, clean: bool, asks: bool, lacks: bool) -> str:
    if clean and lacks:
        return "ได้รับรายงานแล้ว ยังขาดบางรายการ:"
    if clean:
        return "ได้รับรายงานแล้ว ขอคำชี้แจงข้อสังเกต:" if asks else "ได้รับรายงานครบถ้วนแล้ว:"
    if reading.outcome is Outcome.REJECTED:
        return "ยังบันทึกรายงานไม่ได้ ขอให้ส่งใหม่:"
    if reading.outcome is Outcome.ACCEPTED:
        return "ได้รับรายงานแล้ว มีข้อสังเกต:"
    return "ได้รับรายงานแล้วบางส่วน ขอให้แก้ไข:"


def _remark_label(circular: Circular, key: str) -> str:
    return next(remark.label for remark in circular.form.remark if remark.key == key)
