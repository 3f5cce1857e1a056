"""A wish that changes something is said back, and waits for one word in answer to that letter. Pure.

The letter is named by what only its readers have: its Message-ID, or the reference in its subject where a mail program drops
that. Both are made with the office's secret.
"""

import base64
import dataclasses
import hashlib
import hmac
import re
from decimal import Decimal

from bot.office.decision import Decision, Facts
from bot.office.letters.letter import Letter
from bot.office.letters.notice import Notice, notice
from bot.office.model.received_mail import MessageState
from bot.office.rounds.instruction import Done, Instruction
from bot.office.rules.case import Case
from bot.office.rules.changing_wishes import outcome_of, rests_on
from bot.office.rules.wish_asked import OF_NO_CIRCULAR, Asked
from bot.office.wishes.lines import own_lines
from bot.office.wishes.wish import LASTS, Pending, Wish
from parsers.reading import Mail
from parsers.thai.text import ascii_digits

_FIGURE = re.compile(r"\d[\d,]{0,20}(?:\.\d{1,9})?")  # 1,350,000 and 98400.50
SAID_BACK = "-wish"  # end of the occasion of the letter; what stands before it is the reference
_REFERENCE = re.compile(r"\(([A-Z2-7]{10})\)")  # "(QX2K7ABCDE)" in a subject
CHOICES = (
    ("ยืนยัน", "ดำเนินการตามข้อความข้างต้น"),
    ("ยกเลิก", "ไม่ดำเนินการ"),
)


def reference_of(secret: str, key: str) -> str:
    """Ten letters and figures, fifty bits, that nobody can guess without the office's secret."""
    digest = hmac.new(secret.encode(), f"wish|{key}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest)[:10].decode("ascii")


def reference_in(mail: Mail, facts: Facts) -> str:
    """The reference of the wish that a mail answers: by the letter answered directly, else by its subject; "" for none."""
    ours = [letter.occasion.removesuffix(SAID_BACK) for letter in facts.answered if letter.occasion.endswith(SAID_BACK)]
    named = _REFERENCE.findall(mail.subject.upper())
    return next(iter((*ours, *named)), "")


def asked_by(case: Case, wish: Wish, *, by: str = "") -> Asked | None:
    """The wish of a mail with what it is decided from; None where nobody knows which circular is meant.

    One that belongs to no circular is asked of any: it is decided from none of its facts.
    """
    other = case.facts.told.get(wish.circular)
    slug = wish.circular if other else case.facts.about or wish.circular
    if wish.verb in OF_NO_CIRCULAR:
        slug = min(case.bureau.circulars, default="")
    circular = case.bureau.circulars.get(slug)
    word = Instruction(by or case.mail.sender, case.now, case.key, wish.why)
    return Asked(case.bureau, other or case.facts, circular, wish, word) if circular else None


def say_back(case: Case, asked: Asked) -> Decision:
    """What the wish would bring about, for the one word that lets it; or why it cannot be done."""
    done = outcome_of(asked)
    if done.decision is None:
        return answered(case, "wish-refused", Notice(f"ทำตามคำสั่งไม่ได้: {done.said}", (), todo=""))
    pending = waiting(case, asked.wish, done.said, asked.slug, rests_on(asked))
    return Decision(
        MessageState.DECIDED,
        "said-back",
        circular=asked.slug,
        letters=(_question(case, asked, done, pending.reference),),
        wishes=(pending,),
    )


def waiting(case: Case, wish: Wish, said: str, slug: str, rests: str = "") -> Pending:
    """The wish of a mail as the books keep it until its word comes; ``rests``: on what it rests, where that may change."""
    reference = reference_of(case.facts.secret, case.key)
    return Pending(reference, wish, said, rests, case.mail.sender, case.now, slug, case.message.id)


def _question(case: Case, asked: Asked, done: Done, reference: str) -> Letter:
    content = Notice(
        f"ระบบจะ{done.said}",
        (
            *(f"โปรดทราบ: {caution}" for caution in done.cautions),
            f"ระบบยังไม่ได้ดำเนินการ และจะดำเนินการเมื่อท่านยืนยันภายในวันที่ {case.bureau.moment(case.now + LASTS)}",
        ),
        template="choose",
        choices=CHOICES,
        todo="โปรดตอบกลับด้วยคำว่า ยืนยัน หากถูกต้อง",
    )
    letter = notice(case.bureau, asked.slug, f"{reference}{SAID_BACK}", content, case.mail)
    return dataclasses.replace(letter, subject=f"โปรดยืนยันคำสั่ง ({reference})")


def answered(case: Case, outcome: str, content: Notice) -> Decision:
    """Nothing is changed, and the writer is told why."""
    letter = notice(case.bureau, case.facts.slug, case.key, content, case.mail)
    return Decision(MessageState.DECIDED, outcome, circular=case.facts.about, letters=(letter,))


def is_his(case: Case, pending: Pending) -> bool:
    """Whether the wish was wished by the reporter whom the mail speaks for, and not by staff about him."""
    reporter = case.bureau.roster.by_key.get(case.reading.reporter or "")
    if reporter is None or pending.by in case.bureau.office.staff:
        return False
    return pending.wish.reporters == (reporter.key,) or pending.wish.organisation in reporter.organisations


def says_another_figure(mail: Mail, pending: Pending) -> bool:
    """Whether the line that confirms names a figure that was not said back: ยืนยัน 1,400,000."""
    first = next(iter(own_lines(mail.text)), "")
    told = set(map(_number, _FIGURE.findall(ascii_digits(pending.said))))
    return any(_number(figure) not in told for figure in _FIGURE.findall(ascii_digits(first)))


def _number(figure: str) -> Decimal:
    return Decimal(figure.replace(",", ""))
