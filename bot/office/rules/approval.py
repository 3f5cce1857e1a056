"""The step that cannot be taken back: whether an approval lets the report go to the department."""

import dataclasses
import datetime
from dataclasses import dataclass

from bot.office.decision import Approval, Decision, Facts
from bot.office.letters.draft_and_report import report_letter
from bot.office.letters.enclosures import ReadyFile
from bot.office.letters.letter import Letter
from bot.office.letters.notice import NOTHING_TO_DO, Notice, notice
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import Bureau
from bot.office.model.letter_number import tries_to_number
from bot.office.model.official_letter import Registered
from bot.office.model.received_mail import MessageState
from bot.office.model.report_draft import Draft, amends, cover_paper, last_sent
from bot.office.model.rollup import fingerprint, roll_up
from bot.office.plan.compared_report import compared
from bot.office.plan.due import drafting
from bot.office.plan.words_to_staff import shown, unseen, words_first
from bot.office.rules.case import Case
from bot.office.rules.commands import Command, in_two_lines
from bot.office.rules.cover_letter_number import (
    WAITS,
    must_wait,
    number_in,
    numbered_letter,
    unreadable_notice,
    waiting_notice,
    with_number,
)
from bot.office.rules.draft_declined import told_of_refusal
from bot.office.rules.granted_wish import asks_for_grant
from parsers.reading import MACHINE_MADE, Mail

UNGUESSABLE = 10  # characters of a reference, five bits each


def approve(case: Case) -> Decision | None:
    """A staff mail says "approve": the draft it answers is sent if it is the newest and the figures still stand.

    The mail must name its draft by what only the draft's readers have: the Message-ID of its letter or, since some mail
    programs drop that, the reference in its subject. Both are made with the office's secret.
    """
    if case.command is not Command.APPROVE or asks_for_grant(case.facts):
        return None
    draft = _named(case.mail, case.facts)
    if draft is None:
        content = Notice("ยังไม่ได้ส่งรายงาน", ("ไม่ทราบว่าอนุมัติร่างฉบับใด",), todo="โปรดตอบกลับจดหมายร่างรายงานโดยตรง")
        letter = notice(case.bureau, "", case.key, content, case.mail)
        return Decision(MessageState.DECIDED, "approval-without-draft", letters=(letter,))
    given = number_in(case, draft, first=1)
    return _let_go(_knowing(case, given), draft, Word(case.mail.sender, case.key, case.now, given))


@dataclass(frozen=True)
class Word:
    """On whose word a report goes, and what came with it."""

    by: str  # who approved it
    occasion: str
    now: datetime.datetime
    given: Registered | None = None  # the number, where it came just now

    @property
    def registered(self) -> tuple[Registered, ...]:
        """What is to be written of it."""
        return (self.given,) if self.given else ()


def give_number(case: Case) -> Decision | None:
    """A staff mail gives number and day in answer to a draft: written down, and an approved report goes that waited for it.

    None when it says neither. The number is the letter's, whichever draft was answered.
    """
    if case.disowned or case.message.vouched_by or case.mail.kind in MACHINE_MADE:
        return None
    draft = _named(case.mail, case.facts)
    given = number_in(case, draft, first=0) if draft else None
    if draft is None or given is None:
        return None
    newest, known = case.facts.drafts[-1], _knowing(case, given)
    if newest.waits and given.paper == cover_paper(amends(case.facts.drafts, newest)):
        return _let_go(known, newest, Word(newest.approved_by, case.key, case.now, given))
    sent = last_sent(case.facts.drafts)
    gone = sent is not None and draft.version <= sent.version
    what = "รายงานส่งให้ส่วนกลางไปก่อนแล้ว" if gone else "ยังไม่ได้ส่งรายงาน เมื่อเห็นชอบโปรดตอบกลับร่างฉบับล่าสุดด้วยคำว่า อนุมัติ"
    told = numbered_letter(case.bureau, known.facts, newest, case.mail, (what, case.key))
    return Decision(MessageState.DECIDED, "numbered", circular=draft.circular, letters=(told,), registered=(given,))


def _knowing(case: Case, given: Registered | None) -> Case:
    """The case with the number that has just been given."""
    return dataclasses.replace(case, facts=with_number(case.facts, given))


def _let_go(case: Case, draft: Draft, word: Word) -> Decision:
    """The decision about a draft that a person wants to go; what was said meanwhile in words is shown first."""
    facts, circular = case.facts, case.bureau.circulars[draft.circular]
    decision = release(case.bureau, facts, draft, word)
    if decision.outcome == "approved" and not word.given and tries_to_number(in_two_lines(case.mail.text)):
        told = unreadable_notice(case.bureau, circular, word.occasion, case.mail, word.now)
        return Decision(MessageState.DECIDED, "number-unread", circular=circular.slug, letters=(told,))
    going = decision.approval is not None
    if going and (declined := told_of_refusal(case, draft)):
        return declined
    unread = unseen(facts.words, facts.answers, draft, facts.shown) if going else []
    if unread:
        told = notice(case.bureau, circular.slug, word.occasion, words_first(case.bureau, unread), case.mail)
        steps = tuple(shown(draft, words, word.now) for words in unread)
        return Decision(
            MessageState.DECIDED,
            "words-first",
            circular=circular.slug,
            letters=(told,),
            ledger=steps,
            registered=word.registered,
        )
    return dataclasses.replace(
        decision,
        state=MessageState.DECIDED,
        letters=(*decision.letters, *_reply(case, draft, decision, word)),
        registered=word.registered,
    )


def _named(mail: Mail, facts: Facts) -> Draft | None:
    for letter in facts.answered:
        if letter.kind == "draft":
            key = (letter.circular, letter.occasion)
            return next((draft for draft in facts.drafts if (draft.circular, f"v{draft.version}") == key), None)
        if letter.kind == "notice" and letter.occasion.startswith(WAITS):
            version = letter.occasion.removeprefix(WAITS).partition("-")[0]
            return next((draft for draft in facts.drafts if str(draft.version) == version), None)
    said = mail.subject.upper()
    return next(
        (draft for draft in facts.drafts if len(draft.reference) >= UNGUESSABLE and draft.reference in said), None
    )


def release(bureau: Bureau, facts: Facts, draft: Draft, word: Word) -> Decision:
    """Send ``draft`` to the department, or say why not: sent already, not the newest, or figures changed since.

    Where its number is still to come, the approval is kept, and staff are told what the report waits for. When the figures
    changed, a new draft is made instead, so that what people approve is what the department gets.
    """
    circular, now = bureau.circulars[draft.circular], word.now
    standing, sent = facts.standing(circular), last_sent(facts.drafts)
    if sent and draft.version <= sent.version:
        return Decision(outcome="already-dispatched", circular=circular.slug)
    rollup = roll_up(circular, bureau.roster, standing.known, facts.remarks, now.astimezone(BANGKOK).date())
    if draft.version != standing.drafts[-1].version:
        return Decision(outcome="old-draft", circular=circular.slug)
    figures = fingerprint(rollup)
    if sent and figures == sent.fingerprint:
        return Decision(outcome="nothing-to-amend", circular=circular.slug)
    if figures != draft.fingerprint:
        again = drafting(bureau, standing, rollup, now)
        return Decision(outcome="figures-changed", circular=circular.slug, letters=again.letters, drafts=again.drafts)
    drafted = roll_up(circular, bureau.roster, standing.known, facts.remarks, draft.made.astimezone(BANGKOK).date())
    drafted = compared(bureau, standing, drafted) if sent else drafted
    if must_wait(circular, facts.registered, cover_paper(amends(facts.drafts, draft))):
        letter, waits = waiting_notice(bureau, draft, word.occasion, now), True
    else:
        ready = ReadyFile(draft.name, draft.content)
        letter, waits = report_letter(bureau, circular, drafted, facts.registered, ready), False
    return Decision(
        outcome="waits-for-number" if waits else "approved",
        circular=circular.slug,
        letters=(letter,),
        approval=Approval(circular.slug, draft.version, word.by, waits),
    )


def waiting_due(bureau: Bureau, facts: Facts, now: datetime.datetime) -> Decision | None:
    """The report that was approved and waited, once nothing holds it any more.

    The reply that gives the number lets it go itself; this is for two replies at once, and for a circular that waits no longer.
    Where figures changed meanwhile, a new draft is due instead.
    """
    newest = facts.drafts[-1]
    paper = cover_paper(amends(facts.drafts, newest))
    if not newest.waits or must_wait(bureau.circulars[newest.circular], facts.registered, paper):
        return None
    decision = release(bureau, facts, newest, Word(newest.approved_by, "due", now))
    return decision if decision.outcome == "approved" else None


REFUSALS = {
    "already-dispatched": "รายงานนี้ได้ส่งไปแล้ว จึงไม่ส่งซ้ำ",
    "nothing-to-amend": "ข้อมูลกลับเป็นเช่นเดียวกับรายงานที่ส่งให้ส่วนกลางไปแล้ว จึงไม่มีสิ่งใดต้องแก้ไขเพิ่มเติม",
    "old-draft": "มีร่างฉบับใหม่กว่าที่ท่านอนุมัติ โปรดตรวจและตอบกลับร่างฉบับล่าสุด",
    "figures-changed": "มีข้อมูลเปลี่ยนแปลงหลังจากจัดทำร่างที่ท่านอนุมัติ ระบบได้จัดทำร่างฉบับใหม่ส่งให้ตรวจแล้ว โปรดตอบกลับฉบับใหม่",
}


def _reply(case: Case, draft: Draft, decision: Decision, word: Word) -> tuple[Letter, ...]:
    """What the writer hears beside the decision's own letters."""
    bureau, mail, circular = case.bureau, case.mail, case.bureau.circulars[draft.circular]
    if decision.outcome == "approved" and word.given:
        what = f"ระบบส่งรายงานให้{circular.department.name}พร้อมเลขที่และวันที่นี้แล้ว"
        return (numbered_letter(bureau, case.facts, draft, mail, (what, word.occasion)),)
    if decision.outcome not in REFUSALS:
        return ()
    done = decision.outcome in {"already-dispatched", "nothing-to-amend"}
    headline = "รายงานนี้ส่งไปก่อนแล้ว" if done else "ยังไม่ได้ส่งรายงานตามที่อนุมัติ"
    content = Notice(headline, (REFUSALS[decision.outcome],), todo=NOTHING_TO_DO if done else "โปรดตอบกลับร่างฉบับล่าสุด")
    return (notice(bureau, circular.slug, word.occasion, content, mail),)
