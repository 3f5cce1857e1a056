"""A cell that staff correct on the page: the wish that a mail would say in words, and the mail on which the new value stands."""

import dataclasses
import hashlib
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from bot.desk.look import Look, NotThere
from bot.office.decision import Decision
from bot.office.model.received_mail import Arrival, MessageState
from bot.office.wishes.cells import value_said
from bot.office.wishes.wish import Verb, Wish
from parsers.findings import Place
from parsers.form.question import Kind, Question, heading

ON_PAGE = "สั่งการในหน้าเว็บ"  # what stands as the file of a value that was typed on the page
FOLDER = "desk"  # of these mails; no server has its UIDVALIDITY, which is 0


@dataclasses.dataclass(frozen=True)
class Cell:
    """Which cell, what it is to be as it was typed, and why."""

    slug: str
    organisation: str  # code
    question: str  # key
    typed: str
    why: str


def question_of(look: Look, slug: str, organisation: str, question: str) -> Question:
    """The question of a cell that may be corrected. Raises NotThere for any other."""
    circular = look.bureau.circulars.get(slug)
    found = circular.form.by_key.get(question) if circular else None
    if found is None or found.kind is Kind.COMPUTED or organisation not in look.bureau.roster.by_code:
        raise NotThere(question)
    return found


def wish_of(look: Look, cell: Cell) -> Wish:
    """The wish; its value is None where none was typed that the form would have. Raises NotThere."""
    question = question_of(look, cell.slug, cell.organisation, cell.question)
    circular = look.bureau.circulars[cell.slug]
    value = value_said(circular, question, cell.typed, look.now.date()) if cell.typed else None
    return Wish(
        Verb.CORRECT, cell.slug, organisation=cell.organisation, question=cell.question, value=value, why=cell.why
    )


def words_of(look: Look, cell: Cell) -> str:
    """The same in the words of a mail."""
    name = look.bureau.roster.by_code[cell.organisation].printed_short
    column = heading(question_of(look, cell.slug, cell.organisation, cell.question))
    return f"แก้ไข {name} ช่อง {column} เป็น {cell.typed}{f' เพราะ {cell.why}' if cell.why else ''}"


def on_mail(look: Look, decision: Decision, words: str, step: str) -> Decision:
    """The decision with the mail of its words, and its answers standing on that; ``step``: the deed's in the ledger."""
    by, office = look.person.address if look.person else "", look.bureau.office.address
    mail = EmailMessage(policy=SMTP)
    mail["Date"], mail["From"], mail["To"] = format_datetime(look.now), by, office
    mail["Message-ID"] = f"<{step}@{office.rpartition('@')[2]}>"
    mail["Subject"] = ON_PAGE
    mail.set_content(words)
    raw = mail.as_bytes()
    uid = int(hashlib.sha256(step.encode()).hexdigest()[:15], 16)
    answers = tuple(dataclasses.replace(each, place=Place(ON_PAGE, step)) for each in decision.answers)
    typed = Arrival(FOLDER, 0, uid, raw, look.now, len(raw))
    return dataclasses.replace(decision, state=MessageState.DECIDED, answers=answers, typed=typed)
