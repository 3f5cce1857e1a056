"""What a circular will send, day by day, as staff are shown it before it begins. Pure."""

import datetime
from dataclasses import dataclass

from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.model.ledger import BEFORE, HALF_WAY, OVERDUE, REQUEST
from bot.office.plan.due import Step, steps


@dataclass(frozen=True)
class Ahead:
    """One moment of the plan and what happens then, in Thai."""

    at: datetime.datetime
    what: str


def days_ahead(bureau: Bureau, circular: Circular) -> list[Ahead]:
    """Every step up to the department's deadline, in order of time, should nobody answer before."""
    ends = circular.deadlines
    found = [Ahead(step.at, _said(bureau, circular, step)) for step in steps(bureau, circular, ends.department)]
    found += [
        Ahead(ends.reporters, "ครบกำหนดของผู้รายงาน"),
        Ahead(ends.cutoff, "ส่งร่างรายงานให้เจ้าหน้าที่ หากยังไม่ได้ส่ง (ส่งเร็วกว่านี้เมื่อได้รับครบ)"),
        Ahead(ends.department, f"ครบกำหนดของ{circular.department.name}"),
    ]
    return sorted(found, key=lambda each: each.at)


def _said(bureau: Bureau, circular: Circular, step: Step) -> str:
    addressed = sum(bool(contact.reporter.addresses) for contact in bureau.roster.contacts)
    if step.name == REQUEST:
        return f"ส่งคำขอพร้อมแบบรายงานถึงผู้รายงาน {addressed} ราย"
    if step.name.startswith(OVERDUE):
        late = bureau.calendar.working_days_between(circular.deadlines.reporters.date(), step.at.date())
        chief = " พร้อมสำเนาถึงหัวหน้า" if late >= circular.reminders.escalate_after_working_days else ""
        return f"เตือนผู้ที่เลยกำหนด{chief}"
    if step.name.startswith(BEFORE):
        days = step.name.removeprefix(BEFORE).partition("-")[0]
        return f"เตือนผู้ที่ยังไม่ส่ง ก่อนครบกำหนด {days} วันทำการ"
    return "เตือนผู้ที่ยังไม่ส่ง ครึ่งทาง" if step.name.startswith(HALF_WAY) else step.name
