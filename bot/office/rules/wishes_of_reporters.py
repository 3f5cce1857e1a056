"""What reporters ask for in words: the form and how they stand at once; more time and a new address are put to staff. Pure.

What the rest of the mail says is put before staff as any words are: no wish lets a sentence go unread.
"""

import dataclasses

from bot.office.decision import Decision
from bot.office.letters.letter import Letter, Quote
from bot.office.letters.notice import Notice, notice
from bot.office.letters.receipt_and_correction import form_to_fill, salutation
from bot.office.letters.request_and_reminder import owed_lines
from bot.office.letters.word_to_reporter import Reader, Word, word_to
from bot.office.model.circular import Circular
from bot.office.model.received_mail import MessageState
from bot.office.model.rollup import owed_by
from bot.office.plan.words_to_staff import said_in, who
from bot.office.rules.case import Case
from bot.office.rules.cell_by_words import refusal, sentence
from bot.office.rules.changing_wishes import rests_on
from bot.office.rules.held_mail import ASKED_PER_HOUR
from bot.office.rules.mail_in_words import decided, put_before_staff
from bot.office.rules.reply_address import answered_at
from bot.office.rules.said_back import CHOICES, SAID_BACK, asked_by, reference_of
from bot.office.rules.wish_asked import Asked
from bot.office.wishes.wish import LASTS, Pending, Verb, Wish
from parsers.mail.words.thanks import says_thanks

NAMED = 40  # organisations that an answer names


def reporter_wish(case: Case) -> Decision | None:
    """A wish of somebody who reports, where it is understood; what is not is left to those who read words."""
    circular, key = case.circular, case.reading.reporter
    found = case.understood if case.may_wish and circular and key and not case.disowned else None
    if found is None or found.wish is None or not found.plain or not answered_at(case) or circular is None:
        return None
    decision = _done(case, found.wish, circular)
    if decision is None:
        return None
    alone = says_thanks(f"{found.rest}\nขอบคุณครับ", case.names)
    return (
        decision
        if alone or decision.wishes
        else dataclasses.replace(put_before_staff(case, decision.letters), outcome=decision.outcome)
    )


def _done(case: Case, wish: Wish, circular: Circular) -> Decision | None:
    match wish.verb:
        case Verb.FORM:
            return _form(case, circular)
        case Verb.STATUS:
            return _status(case, circular)
        case Verb.MORE_TIME | Verb.NEW_ADDRESS:
            return _put_to_staff(case, wish, circular)
        case Verb.CORRECT:
            return _correct(case, wish)
    return None


def answer(case: Case, content: Word, circular: Circular | None, occasion: str = "") -> Letter:
    """An answer to the reporter's mail."""
    key = case.reading.reporter or case.mail.sender
    reader = Reader(key, salutation(case.bureau, case.reading), answered_at(case))
    return word_to(reader, circular, occasion or case.key, content, case.mail)


def _form(case: Case, circular: Circular) -> Decision:
    """The form at once, with what is recorded."""
    content = Word(
        f"แบบรายงาน{circular.wording.subject}",
        (f"แบบรายงานที่แนบมีข้อมูลที่บันทึกไว้แล้ว กำหนดส่งวันที่ {case.bureau.moment(circular.deadlines.reporters)}",),
        todo="โปรดกรอกช่องสีเหลืองในไฟล์แนบ แล้วตอบกลับอีเมลฉบับนี้พร้อมแนบไฟล์",
        enclosures=(form_to_fill(circular, case.reading.reporter or "", case.facts.answers),),
    )
    return decided(case, "form-sent", letters=(answer(case, content, circular),))


def _status(case: Case, circular: Circular) -> Decision:
    """What we hold in the reporter's name, what is missing, and the deadline."""
    roster, key = case.bureau.roster, case.reading.reporter or ""
    codes = circular.asks(roster.by_key[key].organisations)
    owed = owed_by(circular, roster, case.facts.answers, codes)
    whole = [roster.by_code[code].printed_short for code in codes if code not in owed][:NAMED]
    lines = owed_lines(case.bureau, circular, owed, case.facts.answers)[:NAMED]
    deadline = case.bureau.moment(circular.deadlines.reporters)
    content = Word(
        f"{circular.wording.subject}: ได้รับครบแล้ว {len(codes) - len(owed)} จาก {len(codes)} แห่ง",
        (f"กำหนดส่งรายงานวันที่ {deadline}", *((f"ครบแล้ว: {', '.join(whole)}",) if whole else ())),
        tuple(f"ยังขาด {name}: {', '.join(asked)}" for name, asked in lines),
        todo="โปรดส่งส่วนที่ยังขาด" if owed else "ไม่ต้องดำเนินการใดอีก",
        enclosures=(form_to_fill(circular, key, case.facts.answers),) if owed else (),
    )
    return decided(case, "told-status", letters=(answer(case, content, circular),))


def _put_to_staff(case: Case, wish: Wish, circular: Circular) -> Decision | None:
    """Staff get the wish with its text and answer it with one word; the reporter hears that they will."""
    if case.facts.asked >= ASKED_PER_HOUR or (wish.verb is Verb.NEW_ADDRESS and not wish.address):
        return None
    key = case.reading.reporter or ""
    name, reference = case.bureau.roster.by_key[key].name, reference_of(case.facts.secret, case.key)
    told = dataclasses.replace(wish, reporters=(key,))
    if wish.verb is Verb.MORE_TIME:
        until = f"ถึงวันที่ {case.bureau.moment(wish.until)}" if wish.until else "โดยไม่ได้ระบุวัน"
        said, granted = f"{name} ขอขยายเวลารายงาน {until}", "ขยายเวลาและแจ้งผู้รายงาน"
        words = ("ให้", granted) if wish.until else ("ให้ถึง ตามด้วยวันที่", granted)
    else:
        said, words = f"{name} ขอให้ใช้ที่อยู่อีเมล {wish.address}", ("ให้", "เพิ่มที่อยู่นี้ให้ผู้รายงาน ที่อยู่เดิมยังใช้ได้")
    content = Notice(
        said,
        (f"กำหนดส่งปัจจุบันวันที่ {case.bureau.moment(circular.deadlines.reporters)}",) if wish.verb is Verb.MORE_TIME else (),
        template="choose",
        choices=(words, ("ไม่ให้ เพราะ …", "แจ้งผู้รายงานว่าไม่ได้รับอนุญาต พร้อมเหตุผล")),
        todo="โปรดตอบด้วยคำเดียว",
        quotes=(Quote(who(case.bureau, case.mail), said_in(case.mail)),),
    )
    question = notice(case.bureau, circular.slug, f"{reference}{SAID_BACK}", content)
    heard = Word(
        "ได้รับคำขอแล้ว โปรดรอเจ้าหน้าที่พิจารณา",
        (f"{said} ระบบส่งคำขอนี้ให้เจ้าหน้าที่แล้ว และจะแจ้งผลให้ทราบ กำหนดเดิมยังใช้อยู่จนกว่าจะได้รับแจ้ง",),
    )
    return dataclasses.replace(
        decided(case, "put-to-staff", letters=(question, answer(case, heard, circular))),
        wishes=(Pending(reference, told, said, "", case.mail.sender, case.now, circular.slug, case.message.id),),
    )


def _correct(case: Case, wish: Wish) -> Decision | None:
    """One cell of the reporter's own is said back; his ยืนยัน changes it."""
    reporter = case.bureau.roster.by_key[case.reading.reporter or ""]
    asked = asked_by(case, wish)
    mine = wish.organisation in reporter.organisations
    if asked is None or wish.lacks or not mine or not case.own_address:
        return None
    if why := refusal(asked):
        content = Word(f"ไม่ได้แก้ไข: {why}", todo="หากต้องการแก้ไขส่วนอื่น โปรดส่งแบบรายงาน")
        return decided(case, "wish-refused", letters=(answer(case, content, asked.circular),))
    return _said_back(case, asked)


def _said_back(case: Case, asked: Asked) -> Decision:
    reference, said = reference_of(case.facts.secret, case.key), sentence(asked)
    content = Word(
        f"ระบบจะ{said}",
        (f"ระบบยังไม่ได้แก้ไข และจะแก้ไขเมื่อท่านยืนยันภายในวันที่ {case.bureau.moment(case.now + LASTS)}",),
        todo="โปรดตอบกลับด้วยคำว่า ยืนยัน หากถูกต้อง",
        choices=CHOICES,
    )
    letter = answer(case, content, asked.circular, f"{reference}{SAID_BACK}")
    letter = dataclasses.replace(letter, subject=f"โปรดยืนยันการแก้ไข ({reference})")
    pending = Pending(
        reference, asked.wish, said, rests_on(asked), case.mail.sender, case.now, asked.circular.slug, case.message.id
    )
    return dataclasses.replace(
        decided(case, "said-back", letters=(letter,)), state=MessageState.DECIDED, wishes=(pending,)
    )
