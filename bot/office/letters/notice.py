"""A notice: a short letter to all staff, or in answer to one of them."""

from dataclasses import dataclass

from bot.office.letters.letter import STAFF, Letter, LetterKind, Quote, unmarked
from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from parsers.reading import Mail

NOTHING_TO_DO = "ไม่ต้องดำเนินการใด"
SENT_NOTICE = "dispatched"  # the occasion of the notice that the report went


@dataclass(frozen=True)
class Notice:
    """A short message to staff."""

    headline: str
    paragraphs: tuple[str, ...]
    items: tuple[str, ...] = ()
    template: str = ""  # under templates/mail; the plain notice when empty
    choices: tuple[tuple[str, str], ...] = ()  # words to answer with, and what each brings about
    todo: str = ""  # the one thing to do now, where the headline does not say it
    quotes: tuple[Quote, ...] = ()  # mails shown with their text
    alarm: bool = False  # it goes at any hour


def notice(bureau: Bureau, slug: str, occasion: str, content: Notice, answering: Mail | None = None) -> Letter:
    """A notice to all staff, or, when it answers a staff member's mail, to that person alone."""
    return Letter(
        kind=LetterKind.NOTICE,
        circular=slug,
        addressee=STAFF,
        occasion=occasion,
        to=(answering.sender,) if answering else bureau.office.staff,
        subject=unmarked(content.headline),
        template=content.template,
        view={
            "headline": content.headline,
            "paragraphs": list(content.paragraphs),
            "items": list(content.items),
            "choices": list(content.choices),
            "todo": content.todo,
            "quotes": list(content.quotes),
        },
        in_reply_to=answering.message_id if answering else "",
        references=answering.references if answering else (),
        cannot_wait=content.alarm or answering is not None,
    )


def sent_notice(bureau: Bureau, circular: Circular, by: str) -> Letter:
    """Tells staff that the department's server took the report, and on whose word it went."""
    content = Notice(
        f"ส่งรายงาน{circular.wording.subject} ให้{circular.department.name}แล้ว",
        (f"ระบบส่งรายงานไปที่ {', '.join(circular.department.to)} {_on_whose_word(by)} เรียบร้อยแล้ว",),
        todo=NOTHING_TO_DO,
        alarm=True,  # whoever approved it waits for this word
    )
    return notice(bureau, circular.slug, SENT_NOTICE, content)


def _on_whose_word(by: str) -> str:
    return f"ตามที่ {by} อนุมัติ" if "@" in by else "ตามการอนุมัติผ่านคำสั่งของระบบ"
