"""Closing a round, after which what comes in is kept and not recorded; and opening it again. Pure."""

from bot.office.decision import Decision
from bot.office.model.bureau import Bureau
from bot.office.model.circular_standing import Standing
from bot.office.model.owed import owed_by
from bot.office.model.round_change import ChangeKind
from bot.office.rounds.instruction import Done, Instruction


def close(bureau: Bureau, standing: Standing, word: Instruction) -> Done:
    """Close a round: nobody is reminded any more, and a late reply is kept and put before staff."""
    circular = standing.circular
    if circular.closed:
        return Done(f"รอบนี้ปิดแล้วเมื่อวันที่ {bureau.moment(circular.closed)}")
    owing = len(owed_by(circular, bureau.roster, standing.known))
    said = (
        (not standing.dispatched, "ยังไม่ได้ส่งรายงานให้ส่วนกลาง"),
        (owing, f"ยังมีหน่วยงานที่รายงานไม่ครบ {owing} แห่ง ซึ่งจะไม่ได้รับการเตือนอีก"),
    )
    change = word.change(circular.slug, ChangeKind.CLOSED)
    return Done(
        f"ปิดรอบการรายงาน{circular.wording.subject} รายงานที่มาหลังจากนี้จะเก็บไว้โดยไม่บันทึก จนกว่าจะเปิดรอบ",
        Decision(outcome="closed", circular=circular.slug, round_changes=(change,)),
        tuple(sentence for holds, sentence in said if holds),
    )


def reopen(_bureau: Bureau, standing: Standing, word: Instruction) -> Done:
    """Open a closed round again; what was kept meanwhile is recorded when staff let it in."""
    circular = standing.circular
    if not circular.closed:
        return Done("รอบนี้ยังไม่ได้ปิด")
    change = word.change(circular.slug, ChangeKind.REOPENED)
    return Done(
        f"เปิดรอบการรายงาน{circular.wording.subject} อีกครั้ง",
        Decision(outcome="reopened", circular=circular.slug, round_changes=(change,)),
        ("จดหมายที่เก็บไว้ระหว่างปิดรอบ บันทึกได้ด้วยการตอบว่า รับ ตามด้วยหมายเลขในสรุปประจำวัน",),
    )
