"""The step that cannot be taken back: whether an approval lets the report go to the department."""

import datetime

from bot.office.briefing import NOTHING_TO_DO, Notice, Standing, notice, report_letter
from bot.office.bureau import Bureau
from bot.office.circular import BANGKOK, Circular
from bot.office.decision import Approval, Decision, Facts
from bot.office.due import drafting
from bot.office.letters import Letter, ReadyFile
from bot.office.records import Draft, MessageState
from bot.office.registry import numbered_letter
from bot.office.rollup import fingerprint, roll_up
from bot.office.said import shown, unseen, words_first
from parsers.reading import Mail

UNGUESSABLE = 10  # characters of a reference, five bits each


def approve(bureau: Bureau, mail: Mail, facts: Facts, occasion: str, now: datetime.datetime) -> Decision:
    """A staff mail says "approve": the draft it answers is sent if it is the newest and the figures still stand.

    The mail must name its draft by what only the draft's readers have: the Message-ID of its letter or, since some mail
    programs drop that, the reference in its subject. Both are made with the office's secret.
    """
    draft = _named(mail, facts)
    if draft is None:
        content = Notice("ยังไม่ได้ส่งรายงาน", ("ไม่ทราบว่าอนุมัติร่างฉบับใด",), todo="โปรดตอบกลับจดหมายร่างรายงานโดยตรง")
        letter = notice(bureau, "", occasion, content, mail)
        return Decision(MessageState.DECIDED, "approval-without-draft", letters=(letter,))
    circular = bureau.circulars[draft.circular]
    decision = release(bureau, facts, draft, mail.sender, now)
    unread = unseen(facts.words, facts.answers, draft, facts.shown) if decision.outcome == "approved" else []
    if unread:
        told = notice(bureau, circular.slug, occasion, words_first(bureau, unread), mail)
        steps = tuple(shown(draft, words, now) for words in unread)
        return Decision(MessageState.DECIDED, "words-first", circular=circular.slug, letters=(told,), ledger=steps)
    reply = _reply(bureau, circular, decision, occasion, mail)
    if decision.outcome == "approved":
        reply = numbered_letter(bureau, facts, draft, mail, occasion)
    return Decision(
        MessageState.DECIDED,
        decision.outcome,
        circular=circular.slug,
        letters=(*decision.letters, *reply),
        drafts=decision.drafts,
        approval=decision.approval,
    )


def _named(mail: Mail, facts: Facts) -> Draft | None:
    for letter in facts.answered:
        if letter.kind == "draft":
            key = (letter.circular, letter.occasion)
            return next((draft for draft in facts.drafts if (draft.circular, f"v{draft.version}") == key), None)
    said = mail.subject.upper()
    return next(
        (draft for draft in facts.drafts if len(draft.reference) >= UNGUESSABLE and draft.reference in said), None
    )


def release(bureau: Bureau, facts: Facts, draft: Draft, by: str, now: datetime.datetime) -> Decision:
    """Send ``draft`` to the department, or say why not: sent already, not the newest, or figures changed since.

    When the figures changed, a new draft is made instead, so that what people approve is what the department gets.
    """
    circular = bureau.circulars[draft.circular]
    standing = Standing(
        circular,
        facts.answers,
        {},
        facts.drafts,
        facts.disagreements,
        facts.before,
        facts.secret,
        facts.words,
        facts.stand,
    )
    if standing.dispatched:
        return Decision(outcome="already-dispatched", circular=circular.slug)
    rollup = roll_up(circular, bureau.roster, standing.known, facts.remarks, now.astimezone(BANGKOK).date())
    if draft.version != standing.drafts[-1].version:
        return Decision(outcome="old-draft", circular=circular.slug)
    if fingerprint(rollup) != draft.fingerprint:
        again = drafting(bureau, standing, rollup, now)
        return Decision(outcome="figures-changed", circular=circular.slug, letters=again.letters, drafts=again.drafts)
    drafted = roll_up(circular, bureau.roster, standing.known, facts.remarks, draft.made.astimezone(BANGKOK).date())
    return Decision(
        outcome="approved",
        circular=circular.slug,
        letters=(report_letter(bureau, circular, drafted, ReadyFile(draft.name, draft.content)),),
        approval=Approval(circular.slug, draft.version, by),
    )


REFUSALS = {
    "already-dispatched": "รายงานนี้ได้ส่งไปแล้ว จึงไม่ส่งซ้ำ",
    "old-draft": "มีร่างฉบับใหม่กว่าที่ท่านอนุมัติ โปรดตรวจและตอบกลับร่างฉบับล่าสุด",
    "figures-changed": "มีข้อมูลเปลี่ยนแปลงหลังจากจัดทำร่างที่ท่านอนุมัติ ระบบได้จัดทำร่างฉบับใหม่ส่งให้ตรวจแล้ว โปรดตอบกลับฉบับใหม่",
}


def _reply(bureau: Bureau, circular: Circular, decision: Decision, occasion: str, mail: Mail) -> tuple[Letter, ...]:
    if decision.outcome not in REFUSALS:
        return ()
    done = decision.outcome == "already-dispatched"
    headline = "รายงานนี้ส่งไปก่อนแล้ว" if done else "ยังไม่ได้ส่งรายงานตามที่อนุมัติ"
    content = Notice(headline, (REFUSALS[decision.outcome],), todo=NOTHING_TO_DO if done else "โปรดตอบกลับร่างฉบับล่าสุด")
    return (notice(bureau, circular.slug, occasion, content, mail),)
