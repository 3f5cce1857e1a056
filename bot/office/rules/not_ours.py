"""A reporter's reply of ไม่ใช่ของเรา to a receipt: what that mail reported does not count until staff decide. Pure.

Only the reporter's own addresses may say so, in answer to the very receipt (or its copy), and none that the receiving server
disowns: else whoever has seen a receipt could take a district's figures out of the report.
"""

import re

from bot.office.decision import Decision, Facts
from bot.office.letters.letter import ANSWERS, Letter, LetterKind, Quote, as_written
from bot.office.letters.notice import Notice, notice
from bot.office.letters.receipt_and_correction import salutation
from bot.office.model.dispute import Dispute, Verdict
from bot.office.model.received_mail import KeptMail, MessageState
from bot.office.model.sent_letter import SentLetter
from bot.office.plan.words_to_staff import said_in, who
from bot.office.rules.case import Case
from bot.office.rules.commands import SETTLING, Command, plain_line
from bot.office.rules.occasions import DISPUTED
from bot.office.rules.sender_trust import addresses_of
from bot.office.wishes.lines import own_lines
from bot.office.wishes.names import people_in
from bot.office.wishes.spelling import loosened
from bot.office.wishes.wish import Verb
from parsers.reading import MACHINE_MADE

# "ไม่ใช่ของเรา", "ข้อมูลนี้ไม่ใช่ของเรา", "รายงานฉบับนี้ไม่ใช่ของเทศบาล": nothing else on the line.
_NOT_OURS = re.compile(
    r"(?:(?:อันนี้|นี่|ข้อมูล|รายงาน|ตัวเลข|แบบ)?(?:ดังกล่าว|ฉบับนี้|ชุดนี้|นี้)?)?ไม่ใช่(?:ข้อมูล|รายงาน|ตัวเลข|แบบ)?"
    r"ของ(?:ทาง)?(?:เรา|ผม|ดิฉัน|หน่วยงาน(?:เรา|นี้|ของเรา)?|อำเภอ(?:เรา)?|เทศบาล(?:เรา)?|อบต\.?(?:เรา)?|อบจ\.?(?:เรา)?)"
)
# "ผมยังไม่ได้ส่งอะไรเลย … ไม่ใช่ของอำเภอผม": within a story; not ใช่ไหม, ถ้า, นอกจาก.
_OUTRIGHT = re.compile(r"ไม่ใช่(?:ข้อมูล|รายงาน)?ของ(?:ทาง)?(?:อำเภอ)?(?:เรา|ผม|หนู|ดิฉัน)(?![ก-๎]{0,2}คนเดียว|ทั้งหมด)")
_DOUBTED = re.compile(r"ถ้า|หาก|หรือ(?:เปล่า|ไม่|ป่าว)|ไหม(?!่)|มั้ย|อาจ|น่าจะ|คิดว่า|แต่(?!ง)|แก้|เปลี่ยน")
# "ที่เหลือถูกต้อง", "เฉพาะของ อบต.วังหลวง", "เป็นหน้าที่ของ อบจ.": one part of a report is another's, or a duty is.
_IN_PART = re.compile(r"ที่เหลือ|แห่งอื่น|นอกนั้น|เฉพาะ|บางแห่ง|ยกเว้น|ติดมา|ปนมา|(?<!เจ้า)(?<!ปฏิบัติ)หน้าที่|ภารกิจ|รับผิดชอบ")
# "รับคำทักท้วง", "ไม่รับคำค้านของเขา", "รับตามที่อำเภอแจ้ง": the objection is taken or not, and no longer the data.
_OBJECTION = re.compile(
    r"(?P<not>ไม่(?:ควร)?\s?)?(?<!ครับ)รับ(?:ฟัง)?(?:คำ(?:ทักท้วง|คัดค้าน|ค้าน|โต้แย้ง|ท้วง)|ตามที่?\S{0,24}?(?:แจ้ง|ว่า|บอก|ท้วง|ค้าน))"
)
_LEFT_OPEN = re.compile(r"ถ้า|หาก|แต่(?!ง)|ก่อน|(?<!ห)รอ(?![งบ])|เดี๋ยว|ไหม(?!่)|มั้ย|หรือ|\?|อย่า|ยังไม่|บางส่วน|บางแห่ง|เฉพาะ")
_LONGEST = 200  # characters of an answer that settles an objection


def says_not_ours(text: str) -> bool:
    """Whether a mail's own text begins with the words, and sets no condition."""
    return bool(_NOT_OURS.fullmatch(plain_line(text)))


def _says_so(case: Case) -> bool:
    """Whether the mail says that nothing of the report is its reporter's: by the words, or by likeness and with no part left out."""
    if says_not_ours(case.mail.text):
        return True
    said = case.understood.says is Verb.DISPUTE or bool(
        _OUTRIGHT.search(case.mail.text) and not _DOUBTED.search(case.mail.text)
    )
    return case.may_wish and said and not speaks_of_a_part(case)


def speaks_of_a_part(case: Case) -> bool:
    """Whether the words are about some of a reporter's organisations only, as far as they say."""
    lines = " ".join(own_lines(case.mail.text))
    key = case.reading.reporter or ""
    named = people_in(loosened(lines), case.bureau.roster).organisations
    return bool(_IN_PART.search(lines)) or not set(named) <= {key}


def disputed_by(facts: Facts) -> SentLetter | None:
    """The receipt that a mail answers, of a mail that was read."""
    receipts = (each for each in facts.answered if each.kind in ANSWERS and each.occasioned_by is not None)
    return next(receipts, None)


def not_ours(case: Case) -> Decision | None:
    """What the reply brings about; None where it is no such word, or not this reporter's to say: then it is heard as words."""
    letter = disputed_by(case.facts)
    if letter is None or not case.in_words or case.mail.kind in MACHINE_MADE or not _says_so(case):
        return None
    own = addresses_of(case.bureau, letter.addressee, case.facts.accepted)
    if case.disowned or case.mail.sender not in own or case.message.vouched_by:
        return None
    number, before = letter.occasioned_by or 0, case.facts.dispute
    what = "disputed" if before is None else "disputed-before"
    told = _to_reporter(case, letter, what, number)
    if before is not None:
        return Decision(
            MessageState.DECIDED, what, circular=letter.circular, reporter=letter.addressee, letters=(told,)
        )
    return Decision(
        MessageState.DECIDED,
        what,
        said_in(case.mail),
        circular=letter.circular,
        reporter=letter.addressee,
        letters=(told, _to_staff(case, letter, number)),
        disputes=(Dispute(number, case.mail.sender, case.now),),
    )


def _to_reporter(case: Case, letter: SentLetter, what: str, number: int) -> Letter:
    return Letter(
        kind=LetterKind.RECEIPT,
        circular=letter.circular,
        addressee=letter.addressee,
        occasion=case.key,
        to=(case.mail.sender,),
        subject="บันทึกแล้วว่าไม่ใช่ข้อมูลของท่าน รอเจ้าหน้าที่พิจารณา" if what == "disputed" else "เรื่องนี้แจ้งไว้แล้ว",
        template="disputed",
        view={
            "salutation": salutation(case.bureau, case.reading),
            "circular": case.bureau.circulars.get(letter.circular),
            "received": case.message.received,
            "what": what,
            "number": number,
        },
        in_reply_to=case.mail.message_id,
        references=case.mail.references,
    )


def _to_staff(case: Case, letter: SentLetter, number: int) -> Letter:
    reporter = case.bureau.roster.by_key[letter.addressee]
    return put_to_staff(case, letter.circular, number, f"{reporter.name} แจ้งว่าข้อมูลในอีเมลหมายเลข {number} ไม่ใช่ของตน")


def put_to_staff(case: Case, circular: str, number: int, headline: str) -> Letter:
    """What staff are to decide about a mail that counts no more; ``circular``: slug."""
    content = Notice(
        headline,
        (
            f"ระบบไม่นับคำตอบทุกข้อของอีเมลหมายเลข {number} แล้ว ข้อมูลครั้งก่อนของผู้รายงานรายนี้ (ถ้ามี) กลับมาใช้แทน จนกว่าท่านจะพิจารณา",
            "โปรดสอบถามหน่วยงานทางโทรศัพท์ และตรวจว่าใครเป็นผู้ส่งอีเมลฉบับนั้น",
        ),
        template="held",
        choices=_choices(number),
        quotes=(Quote(who(case.bureau, case.mail), said_in(case.mail)),),
    )
    return notice(case.bureau, circular, f"{case.key}{DISPUTED}{number}", content)


def _choices(number: int) -> tuple[tuple[str, str], ...]:
    return (
        (f"รับ {number}", "ให้นับข้อมูลของอีเมลฉบับนั้นตามเดิม และแจ้งผู้รายงาน"),
        (f"ไม่รับ {number}", "ไม่นับข้อมูลของอีเมลฉบับนั้น และแจ้งผู้รายงาน"),
    )


def number_disputed(occasion: str) -> int | None:
    """The mail that a notice of a dispute is about."""
    number = occasion.partition(DISPUTED)[2]
    return int(number) if number.isdecimal() else None


def settle_dispute(case: Case) -> Decision | None:
    """Staff say whether a disputed mail counts, as they do of a held one; both sides hear of it."""
    kept = case.facts.kept
    upheld = _objection_upheld(case.mail.text) if kept and kept.disputed and case.may_wish else None
    if kept is None or not kept.disputed or (upheld is None and case.command not in SETTLING):
        return None
    if upheld is None and case.order and case.order.bare:
        return _which_of_two(case, kept.id)
    counts, by = case.command is not Command.REFUSE if upheld is None else not upheld, case.mail.sender
    said = "นับข้อมูลของอีเมลฉบับนั้นตามเดิมแล้ว" if counts else "ไม่นับข้อมูลของอีเมลฉบับนั้นแล้ว"
    line = f"อีเมลหมายเลข {kept.id} {kept.sender} เรื่อง {as_written(kept.subject)}"
    answer = notice(
        case.bureau, case.facts.slug, case.key, Notice(said, ("ระบบแจ้งผลให้ผู้รายงานทราบแล้ว",), (line,)), case.mail
    )
    to = addresses_of(case.bureau, kept.reporter, case.facts.accepted)
    letters: tuple[Letter, ...] = (answer, *((_outcome(case, kept, to, counts=counts),) if to else ()))
    verdict = Verdict(kept.id, counts, by)
    outcome = "dispute-overruled" if counts else "dispute-upheld"
    return Decision(MessageState.DECIDED, outcome, circular=kept.circular, letters=letters, verdicts=(verdict,))


def _objection_upheld(text: str) -> bool | None:
    """Whether staff say by name that the objection holds, or does not: รับคำทักท้วง, ไม่รับคำค้าน; None where they say neither."""
    said = " ".join(own_lines(text))
    found = list(_OBJECTION.finditer(said))
    if len(found) != 1 or len(said) > _LONGEST or _LEFT_OPEN.search(said):
        return None
    return not found[0]["not"]


def _which_of_two(case: Case, number: int) -> Decision:
    """With a reason beside it ไม่รับ may refuse the data or the objection: ไม่รับค่ะ ข้อมูลเขาส่งมาเองจริง ๆ."""
    content = Notice(
        "ยังไม่ได้ดำเนินการ เพราะคำตอบของท่านมีข้อความอื่น",
        ("ระบบไม่แน่ใจว่าท่านหมายถึงข้อมูล หรือหมายถึงคำแจ้งของผู้รายงาน",),
        template="words",
        choices=_choices(number),
        todo="โปรดตอบกลับจดหมายฉบับเดิมด้วยคำว่า รับ หรือ ไม่รับ เพียงคำเดียว",
    )
    letter = notice(case.bureau, case.facts.slug, case.key, content, case.mail)
    return Decision(MessageState.DECIDED, "dispute-unclear", circular=case.facts.slug, letters=(letter,))


def _outcome(case: Case, kept: KeptMail, to: tuple[str, ...], *, counts: bool) -> Letter:
    contact = case.bureau.roster.contact_for(kept.reporter)
    return Letter(
        kind=LetterKind.RECEIPT,
        circular=kept.circular,
        addressee=kept.reporter,
        occasion=f"verdict-{kept.id}",
        to=to,
        subject="ผลการพิจารณาข้อมูลที่ท่านแจ้งว่าไม่ใช่ของท่าน",
        template="disputed",
        view={
            "salutation": contact.salutation,
            "circular": case.bureau.circulars.get(kept.circular),
            "received": case.message.received,
            "what": "counts" if counts else "upheld",
            "number": kept.id,
        },
    )
