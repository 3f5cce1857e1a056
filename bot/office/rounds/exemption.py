"""An organisation that need not answer, with the reason; and one that has to after all. Pure."""

import dataclasses

from bot.office.decision import Decision
from bot.office.letters.round_letters import asked_again_letter, exemption_letter
from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.model.circular_standing import Standing
from bot.office.model.roster import Contact
from bot.office.model.round_change import ChangeKind, RoundChange
from bot.office.rounds.instruction import Done, Instruction, no_address, refused


def exempt(bureau: Bureau, standing: Standing, code: str, word: Instruction) -> Done:
    """Leave an organisation (by code) out of a round; its reporter is told. It counts nowhere as owing or as reported."""
    circular = standing.circular
    name = bureau.roster.by_code[code].printed_short
    reasons = (
        (refused(standing), refused(standing)),
        (not word.why.strip(), "โปรดระบุเหตุผลที่ยกเว้น"),
        (code in circular.exempt, f"{name} ได้รับยกเว้นอยู่แล้ว: {circular.exempt.get(code)}"),
    )
    if why := next((said for holds, said in reasons if holds), ""):
        return Done(why)
    change = word.change(circular.slug, ChangeKind.EXEMPTED, code)
    after, contact = _after(circular, change), _reporter_of(bureau, code)
    # Before the requests are out nobody need be told but whom none will reach.
    concerns = standing.requested or not after.asks(contact.reporter.organisations)
    told = concerns and bool(contact.reporter.addresses)
    answered = any(answer.organisation == code for answer in standing.known)
    return Done(
        f"ยกเว้น{name} ไม่ต้องรายงาน{circular.wording.subject} เพราะ {word.why} {_telling(contact, told=told)}",
        Decision(
            outcome="exempted",
            circular=circular.slug,
            letters=(exemption_letter(bureau, after, contact, change),) if told else (),
            round_changes=(change,),
        ),
        (
            *(("ข้อมูลที่รายงานไว้แล้วยังเก็บไว้ แต่ไม่นับในรายงาน",) if answered else ()),
            *(no_address([contact]) if concerns else ()),
        ),
    )


def ask_again(bureau: Bureau, standing: Standing, code: str, word: Instruction) -> Done:
    """Lift an exemption; the reporter is told, with the form."""
    circular = standing.circular
    name = bureau.roster.by_code[code].printed_short
    if why := refused(standing) or ("" if code in circular.exempt else f"{name} ไม่ได้รับยกเว้น"):
        return Done(why)
    change = word.change(circular.slug, ChangeKind.ASKED_AGAIN, code)
    after, contact = _after(circular, change), _reporter_of(bureau, code)
    told = standing.requested and bool(contact.reporter.addresses)
    letter = asked_again_letter(bureau, after.seen_by(contact.reporter.key), contact, standing, change)
    return Done(
        f"ขอให้{name} รายงาน{circular.wording.subject} ตามเดิม {_telling(contact, told=told)}",
        Decision(
            outcome="asked-again",
            circular=circular.slug,
            letters=(letter,) if told else (),
            round_changes=(change,),
        ),
        no_address([contact]) if standing.requested else (),
    )


def _telling(contact: Contact, *, told: bool) -> str:
    return f"และแจ้ง{contact.reporter.name}" if told else "โดยไม่ได้แจ้งผู้ใด"


def _reporter_of(bureau: Bureau, code: str) -> Contact:
    """The declared reporter who answers for an organisation; itself where there is none."""
    declared = (contact for contact in bureau.roster.contacts if code in contact.reporter.organisations)
    return next(declared, None) or bureau.roster.contact_for(code)


def _after(circular: Circular, change: RoundChange) -> Circular:
    """The circular with the exemption, or without it."""
    then = {code: why for code, why in circular.exempt.items() if code != change.whom}
    if change.kind is ChangeKind.EXEMPTED:
        then[change.whom] = change.why
    return circular.model_copy(update={"round": dataclasses.replace(circular.round, exempt=then)})
