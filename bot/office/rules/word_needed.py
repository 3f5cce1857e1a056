"""A reporter answers what was said back to him in other words than the two: he is told them, and nothing is done. Pure."""

from bot.office.decision import Decision
from bot.office.letters.notice import Notice
from bot.office.rules.asked_of_staff import answer
from bot.office.rules.case import Case
from bot.office.rules.mail_in_words import decided, put_before_staff
from bot.office.rules.said_back import CHOICES, is_his
from bot.office.wishes.answers import agrees
from bot.office.wishes.wish import Verb, WishState

_HIS = frozenset({Verb.CORRECT, Verb.WITHDRAW})  # what a reporter himself confirms


def word_needed(case: Case) -> Decision | None:
    """The two words, while what was said back waits for one; what says more than that he agrees is read by staff too."""
    pending = case.facts.wish
    if pending is None or not case.may_wish or not case.in_words or case.disowned or not case.own_address:
        return None
    if pending.state is not WishState.WAITING or pending.wish.verb not in _HIS or not is_his(case, pending):
        return None  # of another's wish he is told nothing; staff read his words
    wish = case.understood.wish
    if wish is not None and case.understood.plain and wish.verb not in {Verb.CONFIRM, Verb.CANCEL}:
        return None  # another wish, which is said back in its turn
    content = Notice(
        "ยังไม่ได้ดำเนินการ เพราะคำตอบของท่านไม่ใช่คำว่า ยืนยัน หรือ ยกเลิก",
        (f"เรื่องที่รอคำตอบ: {pending.said}",),
        todo="โปรดตอบกลับจดหมายฉบับเดิมด้วยคำว่า ยืนยัน หรือ ยกเลิก เพียงคำเดียว",
        choices=CHOICES,
    )
    letters = (answer(case, content, case.circular),)
    heard = decided if agrees(case.mail.text) else put_before_staff
    return heard(case, letters=letters, outcome="not-confirmed")
