"""A later deadline for all or for one reporter: what changes, who is told, what staff should know of it. Pure."""

import dataclasses
import datetime
from dataclasses import dataclass

from bot.office.decision import Decision
from bot.office.letters.round_letters import extension_letter
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.model.circular_standing import Standing
from bot.office.model.effective import effective
from bot.office.model.owed import owed_by
from bot.office.model.roster import Contact
from bot.office.model.round import ALL
from bot.office.model.round_change import ChangeKind, RoundChange
from bot.office.rounds.instruction import Done, Instruction, no_address, refused


@dataclass(frozen=True)
class NewDeadline:
    """What is asked for: until when, whose (key of a reporter, "" for all), and the department's own new one where it gave it."""

    until: datetime.datetime
    whom: str = ALL
    department: datetime.datetime | None = None


def extend(bureau: Bureau, standing: Standing, wanted: NewDeadline, word: Instruction) -> Done:
    """Give a new deadline. Everyone whom it concerns and who was asked already gets a letter with the form.

    For all, the cut-off moves along where it would lie before the new day; the department's deadline only where it is said.
    """
    circular = standing.circular
    if why := _refusal(bureau, standing, wanted, word.now):
        return Done(why)
    change = dataclasses.replace(
        word.change(circular.slug, ChangeKind.EXTENDED, wanted.whom), until=wanted.until, department=wanted.department
    )
    if wanted.whom == ALL and wanted.until > circular.deadlines.cutoff:
        change = dataclasses.replace(change, cutoff=wanted.until)
    after = _after(bureau, circular, change)
    concerned = _concerned(bureau, standing, wanted.whom) if standing.requested else ()
    told = [contact for contact in concerned if contact.reporter.addresses]
    letters = tuple(extension_letter(bureau, (circular, after), contact, standing, change) for contact in told)
    whose = bureau.roster.by_key[wanted.whom].name if wanted.whom else "ผู้รายงานทุกราย"
    notice = f"และแจ้งผู้รายงาน {len(told)} ราย" if told else "โดยไม่ได้แจ้งผู้ใด"
    return Done(
        f"เลื่อนกำหนดรายงาน{circular.wording.subject} ของ{whose} เป็นวันที่ {bureau.moment(wanted.until)} {notice}",
        Decision(outcome="extended", circular=circular.slug, letters=letters, round_changes=(change,)),
        (*_cautions(bureau, circular, wanted), *no_address(concerned)),
    )


def _refusal(bureau: Bureau, standing: Standing, wanted: NewDeadline, now: datetime.datetime) -> str:
    """Why the deadline cannot be given, in Thai; empty when it can."""
    circular, declared = standing.circular, {contact.reporter.key for contact in bureau.roster.contacts}
    before = circular.seen_by(wanted.whom).deadlines.reporters
    reasons = (
        (refused(standing), refused(standing)),
        (standing.dispatched, "ส่งรายงานให้ส่วนกลางแล้ว จึงเลื่อนกำหนดไม่ได้"),
        (wanted.whom and wanted.whom not in declared, _ask_for_whole(bureau, wanted.whom)),
        (wanted.until <= now, f"วันที่ {bureau.moment(wanted.until)} ผ่านไปแล้ว โปรดระบุวันใหม่"),
        (wanted.until == before, f"กำหนดเป็นวันที่ {bureau.moment(before)} อยู่แล้ว"),
        (
            wanted.until < circular.deadlines.reporters and (wanted.whom or circular.round.since(ALL) is None),
            f"วันที่ {bureau.moment(wanted.until)} เร็วกว่ากำหนดของทุกราย ({bureau.moment(circular.deadlines.reporters)}) โปรดระบุวันที่หลังจากนั้น",
        ),
        (
            wanted.department and wanted.department < wanted.until,
            "กำหนดส่งส่วนกลางต้องไม่เร็วกว่ากำหนดของผู้รายงาน",
        ),
    )
    return next((str(said) for holds, said in reasons if holds), "")


def _ask_for_whole(bureau: Bureau, whom: str) -> str:
    """Whose deadline can be moved instead of an organisation's that reports through somebody."""
    through = [c.reporter for c in bureau.roster.contacts if whom in c.reporter.organisations]
    if not through:
        return "ไม่พบผู้รายงานนี้ในทะเบียน"
    name = bureau.roster.by_code[whom].printed_short
    return f"{name} รายงานผ่าน{through[0].name} จึงเลื่อนกำหนดได้ทั้ง{through[0].name}เท่านั้น"


def _after(bureau: Bureau, circular: Circular, change: RoundChange) -> Circular:
    """The circular as it will hold for those concerned."""
    after = effective(circular, bureau.roster, (change,))
    return after.seen_by(change.whom).model_copy(update={"round": dataclasses.replace(circular.round, extended={})})


def _concerned(bureau: Bureau, standing: Standing, whom: str) -> tuple[Contact, ...]:
    """Who is told: the one whom it is for, or of all those who still owe something and have no later day of their own."""
    if whom:
        return (bureau.roster.contact_for(whom),)
    circular = standing.circular
    owing = owed_by(circular, bureau.roster, standing.known)
    return tuple(
        contact
        for contact in bureau.roster.contacts
        if contact.reporter.key not in circular.extended
        and any(code in owing for code in contact.reporter.organisations)
    )


def _cautions(bureau: Bureau, circular: Circular, wanted: NewDeadline) -> tuple[str, ...]:
    deadlines, until = circular.deadlines, wanted.until
    department = wanted.department or deadlines.department
    day = until.astimezone(BANGKOK).date()
    said = (
        (
            until > department,
            f"กำหนดใหม่เลยกำหนดส่งส่วนกลาง ({bureau.moment(department)}) ซึ่งไม่ได้เลื่อน",
        ),
        (
            wanted.whom and until > deadlines.cutoff,
            f"ร่างรายงานจะจัดทำตามเดิมในวันที่ {bureau.moment(deadlines.cutoff)} แม้ยังไม่ได้รับรายงานนี้ และจัดทำร่างใหม่เมื่อได้รับ",
        ),
        (not bureau.calendar.is_working(day), "วันที่กำหนดเป็นวันหยุด"),
        (until < circular.seen_by(wanted.whom).deadlines.reporters, "กำหนดใหม่เร็วกว่าที่เคยแจ้งไว้"),
    )
    return tuple(sentence for holds, sentence in said if holds)
