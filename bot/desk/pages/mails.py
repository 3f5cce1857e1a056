"""Mails and letters: lists of them, what waits for staff with what a colleague already did, one mail beside what was read from it."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.desk.look import Asked, Look, NotThere, Page, number_in
from bot.desk.pages.cell import correcting
from bot.office.letters.request_and_reminder import shown
from bot.office.model.received_mail import MessageState
from bot.office.model.sent_letter import LetterState
from bot.store.desk_pages import A_PAGE, LetterRow, MailRow, Which
from parsers.files.open_file import BODY
from parsers.findings import Place
from parsers.form.question import heading
from parsers.reading import Answer
from parsers.thai.text import thai_digits

MAIL_STATES = {
    MessageState.RECEIVED: "รอดำเนินการ",
    MessageState.DECIDED: "ดำเนินการแล้ว",
    MessageState.HELD: "รอเจ้าหน้าที่ตรวจสอบ",
    MessageState.UNREADABLE: "อ่านไม่ได้",
}
LETTER_STATES = {
    LetterState.QUEUED: "รอส่ง",
    LetterState.SENDING: "กำลังส่ง",
    LetterState.SENT: "ส่งแล้ว",
    LetterState.UNKNOWN: "ไม่ทราบผลการส่ง",
    LetterState.DEFERRED: "รอส่งใหม่",
    LetterState.FAILED: "ส่งไม่สำเร็จ",
    LetterState.BOUNCED: "ถูกตีกลับ",
    LetterState.WITHDRAWN: "ไม่ส่งแล้ว",
}
_Some = Callable[[Look, Which], tuple[list[dict[str, Any]], int]]
WAITING = 100  # mails in words that a page shows, the newest; of those that are held as many


def mails(look: Look, asked: Asked) -> Page:
    """The mails, the newest first; in one state where it is named."""
    return _listed(look, asked, some_mails, MAIL_STATES, ("mails", "อีเมลที่ได้รับ"))


def some_mails(look: Look, which: Which, most: int = A_PAGE) -> tuple[list[dict[str, Any]], int]:
    """Lines of a list of mails, and the row behind which it goes on; 0 where that was all."""
    rows = look.books.mail_rows(which, most + 1)
    shown_now = rows[:most]
    return [mail_line(look, row) for row in shown_now], shown_now[-1].id if len(rows) > most else 0


def mail_line(look: Look, row: MailRow) -> dict[str, Any]:
    """A mail as lists show it."""
    reporter = look.bureau.roster.by_key.get(row.reporter)
    return {"mail": row, "state": MAIL_STATES[row.state], "reporter": reporter.name if reporter else row.reporter}


def some_letters(look: Look, which: Which, most: int = A_PAGE) -> tuple[list[dict[str, Any]], int]:
    """The same of letters."""
    rows = look.books.letter_rows(which, most + 1)
    shown_now = rows[:most]
    return [letter_line(row) for row in shown_now], shown_now[-1].id if len(rows) > most else 0


def letter_line(row: LetterRow) -> dict[str, Any]:
    """A letter as lists show it."""
    return {"letter": row, "state": LETTER_STATES[row.state], "to": ", ".join(row.recipients)}


def letters(look: Look, asked: Asked) -> Page:
    """The bot's letters, the newest first; in one state where it is named."""
    return _listed(look, asked, some_letters, LETTER_STATES, ("letters", "จดหมายของระบบ"))


def _listed(look: Look, asked: Asked, some: _Some, words: Mapping[Any, str], named: tuple[str, str]) -> Page:
    """A page of a list, all or those in one state. ``words``: of each state; ``named``: template and title. Raises NotThere."""
    state = asked.get("state", "")
    states = [(each.value, said) for each, said in words.items()]
    if state and state not in dict(states):
        raise NotThere(state)
    rows, before = some(look, Which(state=state, before=number_in(asked, "before")))
    return Page(*named, {"rows": rows, "before": before, "state": state, "states": states})


def letter(look: Look, asked: Asked) -> Page:
    """One letter as it was sent."""
    row = look.books.letter_row(number_in(asked, "number"))
    if row is None:
        raise NotThere(asked)
    seen = look.desk.openings.letter(look.house, look.books.raw_letter(row.id))
    return Page("letter", row.subject, {"line": letter_line(row), "text": seen["text"], "files": seen["files"]})


def waiting(look: Look, _asked: Asked) -> Page:
    """Held mails and mails in words; and what of both somebody of the staff already did."""
    held, _ = some_mails(look, Which(state=MessageState.HELD.value), WAITING)
    words = look.books.mail_rows(Which(words=True), WAITING)
    answered = look.books.answered_by([row.id for row in words])
    lines = [{**mail_line(look, row), "answered": answered.get(row.id)} for row in words]
    view = {
        "held": held,
        "words": [line for line in lines if line["answered"] is None],
        "answered": [line for line in lines if line["answered"] is not None],
        "settled": [mail_line(look, row) for row in look.books.settled_lately()],
        "tasks": look.books.tasks(),
    }
    return Page("waiting", "รอเจ้าหน้าที่", view)


def mail(look: Look, asked: Asked) -> Page:
    """One mail, shown safely, beside what was read from it: each value is linked to its cell and back."""
    number = number_in(asked, "number")
    row = look.books.mail_row(number)
    if row is None:
        raise NotThere(number)
    raw = look.books.raw_mail(number)
    seen, findings = look.desk.openings.mail(look.house, raw), look.books.findings(number)
    values = [_value(look, row, answer) for answer in look.books.said(number)]
    cited = {value["key"] for value in values} | {_key(found.place) for found in findings}
    told = {key[:2] for key in cited}  # of the mail's own text those tables alone in which something was read
    some = [each for each in seen["sheets"] if each["file"] != BODY or (BODY, each["sheet"]) in told]
    sheets = [_sheet(sheet, at, cited, values) for at, sheet in enumerate(some)]
    there = {
        (sheet["file"], sheet["sheet"], cell[0]) for sheet in sheets for _, cells in sheet["rows"] for cell in cells
    }
    view = {
        "line": mail_line(look, row),
        "kept": bool(raw),
        "seen": seen,
        "values": [{**value, "linked": value["key"] in there} for value in values],
        "sheets": sheets,
        "findings": findings,
        "letters": [letter_line(each) for each in look.books.letters_about(number)],
        "answered": look.books.answered_by([number]).get(number),
        "dispute": look.books.dispute(number),
    }
    digits = thai_digits if look.bureau.office.thai_digits else str
    return Page("mail", f"อีเมลหมายเลข {digits(str(number))}", view)


def _value(look: Look, row: MailRow, answer: Answer) -> dict[str, Any]:
    """A value as the page shows it. ``key``: the cell that it stands in."""
    circular, roster = look.bureau.circulars.get(row.circular), look.bureau.roster
    organisation = roster.by_code.get(answer.organisation)
    question = circular.form.by_key.get(answer.question) if circular else None
    place = answer.place
    return {
        "anchor": f"v-{answer.organisation}-{answer.question}",
        "whose": organisation.printed_short if organisation else answer.organisation,
        "what": heading(question) if question else answer.question,
        "value": shown(question, answer.value) if question else str(answer.value),
        "place": place,
        "key": _key(place),
        "cell": anchor_of(place),
        "correct": correcting(look, row.circular, answer.organisation, answer.question),
    }


def anchor_of(place: Place) -> str:
    """By what a cell is named within the page; no two cells of a mail share it."""
    return f"c-{place.file}-{place.sheet}-{place.cell}".replace(" ", "_")


def _key(place: Place) -> tuple[str, str, str]:
    return place.file, place.sheet, place.cell


def _sheet(
    sheet: Mapping[str, Any], at: int, cited: set[tuple[str, str, str]], values: list[dict[str, Any]]
) -> dict[str, Any]:
    """A sheet whose cells know the value that was read there: (name, text, anchor, the value's anchor, cited)."""
    file, name = sheet["file"], sheet["sheet"]
    read = {value["key"]: value["anchor"] for value in values}
    rows = []
    for number, cells in sheet["rows"]:
        line = []
        for cell, text in cells:
            key = (file, name, cell)
            place = Place(file, name, cell)
            line.append((cell, text, anchor_of(place) if key in cited else "", read.get(key, ""), key in cited))
        rows.append((number, line))
    return {"file": file, "sheet": name, "cut": sheet["cut"], "at": at, "rows": rows}
