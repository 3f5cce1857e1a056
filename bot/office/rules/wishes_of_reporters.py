"""What reporters ask for in words: the form and how they stand at once; more time and a new address are put to staff. Pure.

What the rest of the mail says is put before staff as any words are: no wish lets a sentence go unread.
"""

import dataclasses

from bot.office.decision import Decision, Facts
from bot.office.letters.enclosures import BlankForm
from bot.office.letters.letter import Letter
from bot.office.letters.notice import Notice
from bot.office.letters.receipt_and_correction import form_to_fill
from bot.office.letters.request_and_reminder import in_form, of_before, owed_lines
from bot.office.model.circular import Circular
from bot.office.model.owed import owed_by
from bot.office.rules.asked_of_staff import ASKED, WHICH, answer, more_time, put_to_staff
from bot.office.rules.case import Case
from bot.office.rules.cell_by_words import refusal, sentence
from bot.office.rules.changing_wishes import rests_on
from bot.office.rules.mail_in_words import decided, put_before_staff
from bot.office.rules.reply_address import answered_at
from bot.office.rules.said_back import CHOICES, SAID_BACK, asked_by, waiting
from bot.office.rules.wish_asked import Asked
from bot.office.wishes.grammar import Understood
from bot.office.wishes.lines import own_lines
from bot.office.wishes.slots import addresses_in
from bot.office.wishes.wish import LASTS, Lack, Pending, Verb, Wish
from parsers.mail.words.thanks import says_thanks

NAMED = 40  # organisations that an answer names
IN_PART = "form-sent-in-part"  # the outcome after which staff read the mail too
SHORT = 100  # characters
_STORY = 12  # letters that nothing explains from which on the line tells or asks something besides
_TELLING = (Verb.FORM, Verb.STATUS)  # change nothing
_WORD = ("word", "docx", "เวิร์ด", "เวิด")
_OTHER_PROGRAMS = ("pdf", "พีดีเอฟ", "google", "กูเกิล", "กระดาษ")
_LACKS = {
    Lack.ORGANISATION: "ไม่ทราบว่าหมายถึงหน่วยงานใด",
    Lack.QUESTION: "ไม่ทราบว่าหมายถึงช่องใด",
    Lack.VALUE: "อ่านค่าที่จะแก้เป็นไม่ได้",
}


def reporter_wish(case: Case) -> Decision | None:
    """A wish of somebody who reports, where it is understood; what is not is left to those who read words."""
    found = case.understood if case.may_wish and case.reading.reporter and not case.disowned else None
    if found is None or not answered_at(case):
        return None
    if found.wish is None:
        return _objection(case) if found.objects else None
    if not found.plain:
        return _told_in_part(case, found) if found.several else None
    decision = _done(case, found.wish)
    if decision is None:
        return None
    told = found.unknown < _STORY and found.wish.verb in _TELLING
    alone = not found.likely and (
        (told or found.wish.verb not in _TELLING)
        and says_thanks(f"{found.rest}\nขอบคุณครับ", case.names)
        and decision.outcome not in {ASKED, IN_PART, WHICH}
    )
    return decision if alone or decision.wishes else put_before_staff(case, decision.letters, decision.outcome)


def _objection(case: Case) -> Decision | None:
    """What we hold of him is told at once, and staff read that he says otherwise."""
    about = _wished(case)
    if not about:
        return None
    heard = "รับข้อทักท้วงของท่านแล้ว ส่งให้เจ้าหน้าที่ตรวจสอบแล้ว สิ่งที่ระบบบันทึกไว้ขณะนี้มีดังนี้"
    first, *others = [_status(case, *one) for one in about]
    letters = (
        dataclasses.replace(first, view={**first.view, "paragraphs": [heard, *first.view["paragraphs"]]}),
        *others,
    )
    return put_before_staff(case, letters, "objection-heard")


def _done(case: Case, wish: Wish) -> Decision | None:
    about = _wished(case)
    match wish.verb:
        case Verb.FORM if about:
            return _form(case, about)
        case Verb.STATUS if about:
            return decided(case, "told-status", letters=tuple(_status(case, *one) for one in about))
        case Verb.MORE_TIME:
            return more_time(case, wish, tuple(circular for circular, _ in about))
        case Verb.NEW_ADDRESS:
            return put_to_staff(case, wish, None) if wish.address else _ask_for_address(case)
        case Verb.CORRECT:
            return _correct(case, wish)
    return None


def _told_in_part(case: Case, found: Understood) -> Decision | None:
    """Of several wishes in one line those that only tell; the whole mail goes to staff, and the letter says so."""
    verb = next((verb for verb in found.verbs if verb in _TELLING), None)
    another = found.called.slugs and (case.circular is None or found.called.slugs != (case.circular.slug,))
    decision = _done(case, Wish(verb)) if verb and not another else None
    if decision is None:
        return None
    rest = "ส่วนอื่นในข้อความของท่าน ระบบยังไม่ได้ดำเนินการ และส่งให้เจ้าหน้าที่อ่านแล้ว"
    first, *others = decision.letters
    paragraphs = [*first.view["paragraphs"], rest]
    letters = (dataclasses.replace(first, view={**first.view, "paragraphs": paragraphs}), *others)
    return put_before_staff(case, letters, decision.outcome)


def _wished(case: Case) -> tuple[tuple[Circular, Facts], ...]:
    """The circulars that the wish is about, as its reporter sees them, each with its facts."""
    circulars, told = case.bureau.circulars, case.facts.told
    if told:
        return tuple((circulars[slug].seen_by(case.reading.reporter or ""), facts) for slug, facts in told.items())
    return ((case.circular, case.facts),) if case.circular else ()


def _form(case: Case, about: tuple[tuple[Circular, Facts], ...]) -> Decision:
    """The form of each at once, with what is recorded; as a Word file too where that is asked for."""
    wanted = case.mail.text.casefold()
    word = any(name in wanted for name in _WORD)
    other = (any(name in wanted for name in _OTHER_PROGRAMS) and not word) or bool(addresses_in(case.mail.text))
    kind = IN_PART if other else "form-sent"
    return decided(case, kind, letters=tuple(_form_of(case, *one, word=word) for one in about))


def _form_of(case: Case, circular: Circular, facts: Facts, *, word: bool) -> Letter:
    reporter, standing = case.bureau.roster.by_key[case.reading.reporter or ""], facts.standing(circular)
    form = BlankForm(circular, reporter.key, in_form(circular, reporter, standing))
    forms = (form, dataclasses.replace(form, word=True)) if word else (form,)
    before = of_before(circular, reporter, standing)
    kinds = (
        "มีทั้งไฟล์ Excel และไฟล์ Word โปรดกรอกเพียงไฟล์เดียว"
        if word
        else "เป็นไฟล์ Excel หากต้องการไฟล์ Word โปรดตอบว่า ขอแบบฟอร์ม Word"
    )
    content = Notice(
        f"แบบรายงาน{circular.wording.subject}",
        (
            f"แบบรายงานที่แนบมีข้อมูลที่บันทึกไว้แล้ว กำหนดส่งวันที่ {case.bureau.moment(circular.deadlines.reporters)}",
            f"แบบรายงานที่แนบ{kinds}",
            *(
                (f"ช่องที่ยังไม่ได้รายงานมีข้อมูลของครั้งก่อนกรอกไว้ โปรดแก้ไขให้เป็นข้อมูลของ{circular.round.period} ก่อนส่ง",)
                if before
                else ()
            ),
        ),
        todo="โปรดกรอกแบบในไฟล์แนบ แล้วตอบกลับอีเมลฉบับนี้พร้อมแนบไฟล์",
        enclosures=forms,
    )
    return answer(case, content, circular)


def _status(case: Case, circular: Circular, facts: Facts) -> Letter:
    """What we hold in the reporter's name, what is missing, and the deadline."""
    roster, key = case.bureau.roster, case.reading.reporter or ""
    codes = circular.asks(roster.by_key[key].organisations)
    owed = owed_by(circular, roster, facts.answers, codes)
    whole = [roster.by_code[code].printed_short for code in codes if code not in owed][:NAMED]
    lines = owed_lines(case.bureau, circular, owed, facts.answers)[:NAMED]
    deadline = case.bureau.moment(circular.deadlines.reporters)
    content = Notice(
        f"{circular.wording.subject}: ได้รับครบแล้ว {len(codes) - len(owed)} จาก {len(codes)} แห่ง",
        (f"กำหนดส่งรายงานวันที่ {deadline}", *((f"ครบแล้ว: {', '.join(whole)}",) if whole else ())),
        tuple(f"ยังขาด {name}: {', '.join(asked)}" for name, asked in lines),
        todo="โปรดส่งส่วนที่ยังขาด" if owed else "ไม่ต้องดำเนินการใดอีก",
        enclosures=(form_to_fill(circular, key, facts.answers),) if owed else (),
    )
    return answer(case, content, circular)


def _correct(case: Case, wish: Wish) -> Decision | None:
    """One cell of the reporter's own is said back; his ยืนยัน changes it."""
    reporter = case.bureau.roster.by_key[case.reading.reporter or ""]
    asked = asked_by(case, wish)
    mine = wish.organisation in reporter.organisations
    if asked is None or not case.own_address or (wish.organisation and not mine):
        return None
    if wish.lacks:
        return _ask_for_cell(case, asked) if wish.question or wish.organisation or _is_short(case) else None
    if why := refusal(asked):
        content = Notice(f"ไม่ได้แก้ไข: {why}", todo="หากต้องการแก้ไขส่วนอื่น โปรดส่งแบบรายงาน")
        return decided(case, "wish-refused", letters=(answer(case, content, asked.circular),))
    return _said_back(case, asked)


def _ask_for_cell(case: Case, asked: Asked) -> Decision:
    """What is still to be said of the cell; staff read the mail besides."""
    circular = asked.circular.seen_by(case.reading.reporter or "")
    content = Notice(
        f"ยังไม่ได้แก้ไข: {_LACKS[asked.wish.lacks[0]]}",
        ("ตัวอย่าง: แก้ไข ชื่อหน่วยงาน ช่อง ชื่อช่องตามแบบรายงาน เป็น ค่าที่ถูกต้อง", "หรือแก้ไขในแบบรายงานที่แนบแล้วส่งกลับ"),
        todo="โปรดตอบกลับโดยระบุให้ครบ หรือส่งแบบรายงานที่แก้ไขแล้ว",
        enclosures=(form_to_fill(circular, case.reading.reporter or "", asked.facts.answers),),
    )
    return decided(case, ASKED, letters=(answer(case, content, asked.circular),))


def _ask_for_address(case: Case) -> Decision | None:
    """Which address is to be used, where hardly more than the wish stands there."""
    if not _is_short(case) or case.understood.likely:
        return None
    content = Notice("ยังไม่ได้ดำเนินการ: ไม่พบที่อยู่อีเมลในข้อความ", todo="โปรดตอบกลับพร้อมพิมพ์ที่อยู่อีเมลที่ต้องการใช้ให้ครบ")
    return decided(case, ASKED, letters=(answer(case, content, case.circular),))


def _is_short(case: Case) -> bool:
    """Whether the line that wishes is hardly more than the wish, and no story in which its words occur."""
    return len(next(iter(own_lines(case.mail.text)), "")) <= SHORT


def _said_back(case: Case, asked: Asked) -> Decision:
    pending = waiting(case, asked.wish, sentence(asked), asked.circular.slug, rests_on(asked))
    content = Notice(
        f"ระบบจะ{pending.said}",
        (f"ระบบยังไม่ได้แก้ไข และจะแก้ไขเมื่อท่านยืนยันภายในวันที่ {case.bureau.moment(case.now + LASTS)}",),
        todo="โปรดตอบกลับด้วยคำว่า ยืนยัน หากถูกต้อง",
        choices=CHOICES,
    )
    letter = to_confirm(case, content, pending, "การแก้ไข")
    return dataclasses.replace(decided(case, "said-back", letters=(letter,)), wishes=(pending,))


def to_confirm(case: Case, content: Notice, pending: Pending, what: str) -> Letter:
    """The letter that says a reporter's wish back to him: ``pending``, which waits for his word; ``what`` in the subject."""
    letter = answer(case, content, case.bureau.circulars.get(pending.circular), f"{pending.reference}{SAID_BACK}")
    return dataclasses.replace(letter, subject=f"โปรดยืนยัน{what} ({pending.reference})")
