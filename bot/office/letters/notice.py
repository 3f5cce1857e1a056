"""A notice: a short letter to all staff, or in answer to one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.office.letters.enclosures import Enclosure
from bot.office.letters.letter import STAFF, Letter, LetterKind, Quote, as_written, unmarked
from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.model.task import Task
from parsers.reading import Mail

NOTHING_TO_DO = "ไม่ต้องดำเนินการใด"
SENT_NOTICE = "dispatched"  # the occasion of the notice that the report went


@dataclass(frozen=True)
class Notice:
    """What a short letter says, to staff or to a reporter."""

    headline: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    template: str = ""  # under templates/mail; the plain notice when empty
    choices: tuple[tuple[str, str], ...] = ()  # words to answer with, and what each brings about
    todo: str = ""  # the one thing to do now, where the headline does not say it
    quotes: tuple[Quote, ...] = ()  # mails shown with their text
    enclosures: tuple[Enclosure, ...] = ()
    alarm: bool = False  # it goes at any hour

    @property
    def view(self) -> dict[str, Any]:
        """What the templates of notices lay out."""
        return {
            "headline": self.headline,
            "paragraphs": list(self.paragraphs),
            "items": list(self.items),
            "choices": list(self.choices),
            "todo": self.todo,
            "quotes": list(self.quotes),
        }


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
        view=content.view,
        in_reply_to=answering.message_id if answering else "",
        references=answering.references if answering else (),
        enclosures=content.enclosures,
        cannot_wait=content.alarm or answering is not None,
    )


def sent_notice(bureau: Bureau, circular: Circular, by: str, number: int = 0, tasks: Sequence[Task] = ()) -> Letter:
    """Tells staff that the department's server took the report, and on whose word it went; ``number``: which amended one.

    With an amended one goes the question whether what the department asked for (``tasks``) is thereby done.
    """
    which = f"แก้ไขเพิ่มเติม ครั้งที่ {number} " if number else ""
    content = Notice(
        f"ส่งรายงาน{which}{circular.wording.subject} ให้{circular.department.name}แล้ว",
        (
            f"ระบบส่งรายงานไปที่ {', '.join(circular.department.to)} {_on_whose_word(by)} เรียบร้อยแล้ว",
            *(
                ("เรื่องต่อไปนี้ที่ส่วนกลางขอยังไม่ได้บันทึกว่าเสร็จ หากรายงานฉบับนี้ตอบเรื่องใดแล้ว โปรดตอบกลับด้วยคำว่า เสร็จ ตามด้วยหมายเลข",)
                if tasks
                else ()
            ),
        ),
        tuple(f"หมายเลข {task.message} {task.sender} เรื่อง {as_written(task.subject)}" for task in tasks),
        todo=f"โปรดตอบกลับด้วยคำว่า เสร็จ {tasks[0].message} หากตอบเรื่องที่ส่วนกลางขอแล้ว" if tasks else NOTHING_TO_DO,
        alarm=True,  # whoever approved it waits for this word
    )
    return notice(bureau, circular.slug, sent_occasion(number), content)


def sent_occasion(number: int) -> str:
    """The occasion of the notice that the report went, or amended report ``number``."""
    return f"{SENT_NOTICE}-{number}" if number else SENT_NOTICE


def _on_whose_word(by: str) -> str:
    return f"ตามที่ {by} อนุมัติ" if "@" in by else "ตามการอนุมัติผ่านคำสั่งของระบบ"
