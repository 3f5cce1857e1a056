"""A roster that staff mail back: all its mistakes at once, or what would change, to be done on ยืนยัน. Pure.

As every wish that changes something it is said back, waits for one word of believed staff in answer to that letter, and is
done once. It holds from then on, over the roster of the folder, into which the daemon does not write.
"""

import dataclasses

from bot.office.decision import Decision
from bot.office.letters.enclosures import ReadyFile
from bot.office.letters.notice import NOTHING_TO_DO, Notice, notice
from bot.office.model.received_mail import MessageState
from bot.office.model.roster import Roster
from bot.office.model.roster_changes import changes, counted
from bot.office.model.taken_roster import MailedRoster, TakenRoster, digest_of
from bot.office.rules.case import Case
from bot.office.rules.said_back import CHOICES, SAID_BACK, answered, waiting
from bot.office.wishes.wish import LASTS, Pending, Settled, Verb, Wish, WishState
from parsers.findings import Severity

LISTED = 20  # lines of a letter; further ones are counted
MARKED = "roster-marked.xlsx"
_SEND_AGAIN = "โปรดแก้ไขแล้วส่งไฟล์กลับมาใหม่"


def roster_returned(case: Case) -> Decision | None:
    """A mail of believed staff that brings the roster back."""
    found = case.facts.roster
    if found is None or case.disowned or not case.as_staff or case.is_invitation:
        return None
    if len(found.names) > 1:
        many = f"จดหมายนี้แนบไฟล์ทะเบียนมา {len(found.names)} ไฟล์"
        return answered(case, "roster-refused", Notice(many, (), found.names, todo="โปรดส่งครั้งละไฟล์เดียว"))
    if found.after is None:
        return _to_mend(case, found)
    before, after = case.bureau.roster, found.after
    if why := _unfit(case, after):
        return answered(case, "roster-refused", Notice("ยังแก้ไขทะเบียนไม่ได้", (why,), todo=_SEND_AGAIN))
    lines = changes(before, after)
    if not lines:
        same = Notice("ไฟล์ทะเบียนที่ส่งมาตรงกับทะเบียนที่ใช้อยู่ จึงไม่มีสิ่งใดเปลี่ยน", (), todo=NOTHING_TO_DO)
        return answered(case, "roster-unchanged", same)
    return _said_back(case, found, after, lines)


def roster_taken(case: Case, pending: Pending) -> Decision:
    """The word has come: the roster that was said back holds from now on, unless another one holds by now."""
    settled = Settled(pending.reference, WishState.DONE, case.mail.sender)
    if digest_of(case.bureau.roster) != pending.rests_on:
        why = "ทะเบียนถูกแก้ไขหลังจากที่ระบบทวน ไฟล์ที่ส่งมาจึงอาจไม่เป็นปัจจุบัน"
        content = Notice("ยังไม่ได้แก้ไขทะเบียน", (why,), todo="โปรดพิมพ์ ขอทะเบียน เพื่อรับไฟล์ล่าสุด แก้ไขแล้วส่งกลับมาใหม่")
        dropped = dataclasses.replace(settled, state=WishState.DROPPED)
        return dataclasses.replace(answered(case, "changed-meanwhile", content), settled=(dropped,))
    content = Notice(f"ดำเนินการแล้ว: {pending.said}", ("ระบบใช้ทะเบียนใหม่ตั้งแต่บัดนี้",), todo=NOTHING_TO_DO)
    taken = TakenRoster(str(pending.wish.value), case.mail.sender, case.now)
    done = answered(case, "roster-taken", content)
    return dataclasses.replace(done, settled=(settled,), rosters=(taken,))


def _to_mend(case: Case, found: MailedRoster) -> Decision:
    """All that must be mended, with the marked copy where one could be made."""
    wrong = [one for one in found.mistakes if one.severity is Severity.ERROR]
    lines = (*(f"{one.place} {one.message}".strip() for one in wrong), *found.misfits)
    where = "จุดที่ต้องแก้ไขทุกจุดทำเครื่องหมายไว้ในไฟล์ที่แนบมา แก้ในไฟล์นั้นแล้วส่งกลับมาได้ทันที"
    content = Notice(
        f"ยังแก้ไขทะเบียนไม่ได้ มีจุดที่ต้องแก้ไข {len(lines)} จุด",
        ("ระบบยังใช้ทะเบียนเดิม", *((where,) if found.marked else ())),
        _few(lines),
        todo=_SEND_AGAIN,
        enclosures=(ReadyFile(MARKED, found.marked),) if found.marked else (),
    )
    return answered(case, "roster-to-mend", content)


def _unfit(case: Case, after: Roster) -> str:
    """Why a roster without a mistake in it cannot hold here; "" where it can."""
    chiefs = (contact.chief for contact in after.contacts if contact.chief)
    theirs = (*(address for one in after.reporters for address in one.addresses), *chiefs)
    if own := next((address for address in theirs if case.bureau.office.is_own(address)), ""):
        return f"{own} เป็นที่อยู่ของระบบเอง จึงเป็นที่อยู่ของผู้รายงานไม่ได้"
    if after.naming != case.bureau.roster.naming:
        return "ทะเบียนนี้กำหนดประเภทหน่วยงานเอง การเพิ่ม ลบ หรือเปลี่ยนชื่อหน่วยงานต้องให้ผู้ดูแลระบบนำเข้าด้วยคำสั่ง ruam roster import"
    return ""


def _said_back(case: Case, found: MailedRoster, after: Roster, lines: tuple[str, ...]) -> Decision:
    wish = Wish(Verb.ROSTER, value=found.said)
    summary = " ".join(counted(case.bureau.roster, after))
    said = f"แก้ไขทะเบียนตามไฟล์ {found.names[0]}"
    pending = waiting(case, wish, said, "", digest_of(case.bureau.roster))
    mild = tuple(f"{one.place} {one.message}".strip() for one in found.mistakes)
    content = Notice(
        f"ระบบจะ{said}",
        (
            *((summary,) if summary else ()),
            *(f"โปรดทราบ: {caution}" for caution in _few(mild)),
            f"ระบบยังไม่ได้ดำเนินการ และจะดำเนินการเมื่อท่านยืนยันภายในวันที่ {case.bureau.moment(case.now + LASTS)}",
        ),
        _few(lines),
        template="choose",
        choices=CHOICES,
        todo="โปรดตรวจรายการที่จะเปลี่ยน แล้วตอบกลับด้วยคำว่า ยืนยัน หากถูกต้อง",
    )
    letter = notice(case.bureau, "", f"{pending.reference}{SAID_BACK}", content, case.mail)
    letter = dataclasses.replace(letter, subject=f"โปรดยืนยันการแก้ไขทะเบียน ({pending.reference})")
    return Decision(MessageState.DECIDED, "said-back", letters=(letter,), wishes=(pending,))


def _few(lines: tuple[str, ...]) -> tuple[str, ...]:
    more = len(lines) - LISTED
    return lines if more <= 0 else (*lines[:LISTED], f"และอีก {more} รายการ")
