"""What the letters of a fiscal year brought about, as staff read it: by mail once a year, at the shell at any time."""

import datetime
from collections.abc import Sequence
from typing import Any

from bot.office.letters.letter import STAFF, Letter, LetterKind
from bot.office.letters.notice import NOTHING_TO_DO
from bot.office.model.bureau import Bureau
from bot.office.model.fiscal_year import begins, last_day
from bot.office.model.ledger import BEFORE, HALF_WAY, OVERDUE, REQUEST
from bot.office.model.letter_effects import (
    EXTENDED,
    FEWEST_LETTERS,
    LATEST,
    Effect,
    StepCount,
    best,
    counted,
    never_before_the_last_day,
)

NAMED = 10  # reporters that the note names
NAMES = {REQUEST: "หนังสือแจ้ง", HALF_WAY: "เตือนกลางระยะเวลา", EXTENDED: "แจ้งเลื่อนกำหนด"}


def step_name(step: str) -> str:
    """A step in Thai."""
    if step.startswith(BEFORE):
        days = step.removeprefix(BEFORE)
        return "เตือนในวันครบกำหนด" if days == "0" else f"เตือนก่อน {days} วันทำการ"
    if step.startswith(OVERDUE):
        late = int(step.removeprefix(OVERDUE))
        return (
            f"เลยกำหนดเกิน {LATEST} วันทำการ"
            if late > LATEST
            else f"เลยกำหนด {late} วันทำการ"
            if late
            else "เลยกำหนดในวันเดียวกัน"
        )
    return NAMES.get(step, step)


def effects_view(bureau: Bureau, year: int, effects: Sequence[Effect], now: datetime.datetime) -> dict[str, Any] | None:
    """What the note lays out of a fiscal year (of the Buddhist era); None where no letter went in it."""
    until = begins(year + 1)
    own = [each for each in effects if begins(year) <= each.sent < until]
    if not own:
        return None
    counts = counted(bureau, effects, until, now)
    names = {contact.reporter.key: contact.reporter.name for contact in bureau.roster.contacts}
    slow = [names[key] for key in never_before_the_last_day(own) if key in names]
    return {
        "year": year,
        "first": begins(year).date(),
        "last": last_day(year),
        "letters": len(own),
        "circulars": len({each.circular for each in own}),
        "steps": [(step_name(one.step), one) for one in counts],
        "waiting": sum(one.waiting for one in counts),
        "best": _best(counts),
        "slow": slow[:NAMED],
        "slow_more": len(slow[NAMED:]),
    }


def _best(counts: Sequence[StepCount]) -> str:
    """Which step worked best, in one sentence."""
    found = best(counts)
    if found is None:
        return f"ยังสรุปไม่ได้ว่าขั้นใดได้ผลที่สุด เพราะไม่มีขั้นใดที่มีจดหมายตั้งแต่ {FEWEST_LETTERS} ฉบับและได้คำตอบภายใน 1 วันทำการ"
    judged = found.sent - found.waiting
    return (
        f"ขั้นที่ได้ผลที่สุดคือ{step_name(found.step)}: ได้คำตอบภายใน 1 วันทำการ {found.prompt} จาก {judged} ฉบับ "
        f"(ร้อยละ {round(100 * found.share)})"
    )


def yearly_note(bureau: Bureau, occasion: str, view: dict[str, Any]) -> Letter:
    """The note to staff, of what ``effects_view`` gave."""
    return Letter(
        kind=LetterKind.NOTICE,
        circular="",
        addressee=STAFF,
        occasion=occasion,
        to=bureau.office.staff,
        subject=f"จดหมายเตือนขั้นใดได้ผล สรุปปีงบประมาณ {view['year']}",
        template="yearly_note",
        view={**view, "todo": NOTHING_TO_DO},
    )
