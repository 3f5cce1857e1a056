"""ไม่อนุมัติ เพราะ …: a draft that staff turn down. It goes only when somebody approves it in spite of that. Pure."""

from bot.office.decision import Decision
from bot.office.letters.letter import STAFF
from bot.office.letters.notice import Notice, notice
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.ledger import LedgerEntry
from bot.office.model.received_mail import MessageState
from bot.office.model.report_draft import Draft
from bot.office.rounds.instruction import Done
from bot.office.rules.case import Case
from bot.office.rules.wish_asked import Asked

DECLINED = "declined-v"  # begins the step of the ledger
IN_SPITE = "declined-shown-v"  # ... by which who approves it was told of that


def told_of_refusal(case: Case, draft: Draft) -> Decision | None:
    """The answer to the first approval of a draft that was turned down: it goes when it is approved once more."""
    if not case.facts.declined:
        return None
    content = Notice(
        "ยังไม่ได้ส่งรายงาน เพราะมีเจ้าหน้าที่ไม่อนุมัติร่างฉบับนี้",
        (f"เหตุผล: {case.facts.declined}", "หากยังเห็นชอบให้ส่งตามร่างเดิม โปรดตอบกลับจดหมายร่างรายงานด้วยคำว่า อนุมัติ อีกครั้ง"),
        todo="โปรดตรวจสอบ แล้วอนุมัติอีกครั้งหากเห็นชอบ",
    )
    today = case.now.astimezone(BANGKOK).date()
    step = LedgerEntry(draft.circular, STAFF, f"{IN_SPITE}{draft.version}", today, "sent", case.mail.sender)
    letter = notice(case.bureau, draft.circular, case.key, content, case.mail)
    return Decision(MessageState.DECIDED, "declined-before", circular=draft.circular, letters=(letter,), ledger=(step,))


def declined(asked: Asked) -> Done:
    """The newest draft is turned down, and all staff hear why."""
    standing = asked.standing
    if standing.dispatched:
        return Done("รายงานส่งให้ส่วนกลางไปแล้ว")
    if not standing.drafts:
        return Done("ยังไม่มีร่างรายงานของเรื่องนี้")
    draft, subject = standing.drafts[-1], asked.circular.wording.subject
    content = Notice(
        f"ไม่อนุมัติร่างรายงานฉบับที่ {draft.version}: {subject}",
        (
            f"{asked.word.by} ไม่อนุมัติร่างรายงานฉบับนี้ เพราะ {asked.word.why}",
            "ร่างยังไม่ถูกส่ง เมื่อข้อมูลเปลี่ยน ระบบจะจัดทำร่างฉบับใหม่ให้ตรวจ",
        ),
        todo="หากต้องแก้ไขข้อมูล โปรดให้หน่วยงานส่งแบบที่แก้ไขแล้ว หรือสั่งแก้ไขเป็นรายช่อง",
    )
    step = LedgerEntry(
        asked.circular.slug,
        STAFF,
        f"{DECLINED}{draft.version}",
        asked.now.astimezone(BANGKOK).date(),
        "declined",
        asked.word.why,
    )
    return Done(
        f"บันทึกว่าไม่อนุมัติร่างรายงาน{subject} ฉบับที่ {draft.version} เพราะ {asked.word.why} และแจ้งเจ้าหน้าที่ทุกคน",
        Decision(
            outcome="declined",
            circular=asked.circular.slug,
            letters=(notice(asked.bureau, asked.circular.slug, f"{asked.word.occasion}-declined", content),),
            ledger=(step,),
        ),
    )
