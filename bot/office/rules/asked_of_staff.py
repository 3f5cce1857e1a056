"""What reporters ask of staff in words: more time, a new address; staff answer with one word. Pure."""

import dataclasses

from bot.office.decision import Decision
from bot.office.letters.letter import Letter, Quote
from bot.office.letters.notice import Notice, notice
from bot.office.letters.receipt_and_correction import salutation
from bot.office.letters.word_to_reporter import Reader, word_to
from bot.office.model.circular import Circular
from bot.office.plan.words_to_staff import said_in, who
from bot.office.rules.case import Case
from bot.office.rules.granted_wish import before_grant
from bot.office.rules.held_mail import ASKED_PER_HOUR
from bot.office.rules.mail_in_words import decided
from bot.office.rules.reply_address import answered_at
from bot.office.rules.said_back import SAID_BACK, waiting
from bot.office.wishes.wish import Verb, Wish

LISTED = 40  # circulars that an answer lists
ASKED, WHICH = "wish-lacks", "which-circular"  # outcomes after which staff read the mail too


def answer(case: Case, content: Notice, circular: Circular | None, occasion: str = "") -> Letter:
    """An answer to the reporter's mail."""
    key = case.reading.reporter or case.mail.sender
    reader = Reader(key, salutation(case.bureau, case.reading), answered_at(case))
    return word_to(reader, circular, occasion or case.key, content, case.mail)


def which_circular(case: Case) -> Decision | None:
    """Asks which of several circulars is meant; staff read the mail too. None where not several are open."""
    found = case.bureau.open_at(case.now)
    if len(found) < 2 or case.understood.called.strange:  # noqa: PLR2004 - of one there is no doubt
        return None
    content = Notice(
        "ยังไม่ได้ดำเนินการ เพราะไม่ทราบว่าหมายถึงเรื่องใด",
        ("เรื่องที่เปิดรับรายงานอยู่มีดังนี้",),
        tuple(f"{one.wording.subject} ({one.number})" for one in found[:LISTED]),
        todo="โปรดตอบกลับพร้อมระบุเลขที่ของหนังสือ หรือตอบกลับจดหมายของเรื่องนั้น",
    )
    return decided(case, WHICH, letters=(answer(case, content, None),))


def more_time(case: Case, wish: Wish, about: tuple[Circular, ...]) -> Decision | None:
    """More time for the one circular that is meant; asked which, where none is known."""
    called = case.understood.called
    if len(about) != 1:
        return which_circular(case) if not about and case.circular is None else None
    return None if called.every or len(called.slugs) > 1 else _later(case, wish, about[0])


def _later(case: Case, wish: Wish, circular: Circular) -> Decision | None:
    """Put to staff, but for a day that is no later than the deadline: that is told, and the day asked for."""
    deadline = circular.deadlines.reporters
    if wish.until is None or wish.until > deadline:
        return put_to_staff(case, wish, circular)
    content = Notice(
        f"ยังไม่ได้ส่งคำขอขยายเวลา เพราะกำหนดส่งของท่านคือวันที่ {case.bureau.moment(deadline)} ซึ่งไม่เร็วกว่าวันที่ท่านขอ",
        todo="หากต้องการเวลาเพิ่ม โปรดตอบกลับพร้อมระบุวันที่ใหม่",
    )
    return decided(case, ASKED, letters=(answer(case, content, circular),))


def put_to_staff(case: Case, wish: Wish, circular: Circular | None) -> Decision | None:
    """Staff get the wish with its text and answer it with one word; the reporter hears that they will."""
    if case.facts.asked >= ASKED_PER_HOUR or (
        wish.verb is Verb.NEW_ADDRESS and wish.address in {"", case.bureau.office.address.casefold()}
    ):
        return None
    key = case.reading.reporter or ""
    name = case.bureau.roster.by_key[key].name
    slug = circular.slug if circular else ""
    told = dataclasses.replace(wish, reporters=(key,), circular=slug)
    if circular:
        until = f"ถึงวันที่ {case.bureau.moment(wish.until)}" if wish.until else "โดยไม่ได้ระบุวัน"
        said, granted = f"{name} ขอขยายเวลารายงาน{circular.wording.subject} {until}", "ขยายเวลาและแจ้งผู้รายงาน"
        words = ("ให้", granted) if wish.until else ("ให้ถึง ตามด้วยวันที่", granted)
    else:
        said, words = f"{name} ขอให้ใช้ที่อยู่อีเมล {wish.address}", ("ให้", "เพิ่มที่อยู่นี้ให้ผู้รายงาน ที่อยู่เดิมยังใช้ได้")
    content = Notice(
        said,
        before_grant(case, name, circular) if circular else (),
        template="choose",
        choices=(words, ("ไม่ให้ เพราะ …", "แจ้งผู้รายงานว่าไม่ได้รับอนุญาต พร้อมเหตุผล")),
        todo="โปรดตอบด้วยคำเดียว",
        quotes=(Quote(who(case.bureau, case.mail), said_in(case.mail)),),
    )
    pending = waiting(case, told, said, slug)
    question = notice(case.bureau, slug, f"{pending.reference}{SAID_BACK}", content)
    heard = Notice(
        "ได้รับคำขอแล้ว โปรดรอเจ้าหน้าที่พิจารณา",
        (f"{said} ระบบส่งคำขอนี้ให้เจ้าหน้าที่แล้ว และจะแจ้งผลให้ทราบ{' กำหนดเดิมยังใช้อยู่จนกว่าจะได้รับแจ้ง' if circular else ''}",),
    )
    return dataclasses.replace(
        decided(case, "put-to-staff", letters=(question, answer(case, heard, circular))),
        wishes=(pending,),
    )
