"""The ledger's own words as people read them: steps, what became of each and why, and changes of a round."""

from collections.abc import Mapping

from bot.desk.deeds import STEP
from bot.office.model.ledger import BEFORE, HALF_WAY, OVERDUE, REQUEST
from bot.office.model.round_change import ChangeKind
from bot.office.plan.made_anew import NOT_OWED, OVERTAKEN, SKIPPED
from bot.office.plan.unaddressed import UNADDRESSED

_STEPS: Mapping[str, str] = {
    REQUEST: "จดหมายขอให้รายงาน",
    HALF_WAY: "จดหมายเตือนเมื่อถึงครึ่งเวลา",
    UNADDRESSED: "แจ้งเจ้าหน้าที่ว่าผู้รายงานใดไม่มีที่อยู่อีเมล",
    "signing": "ร่างหนังสือถึงอำเภอให้ลงนาม",
    "letter-waits": "รอเลขที่หนังสือถึงอำเภอ",
}
_ACTIONS = {"sent": "ส่งแล้ว", SKIPPED: "ข้ามไป", NOT_OWED: "ไม่ต้องส่ง", OVERTAKEN: "ถอนแล้ว มีฉบับใหม่กว่า"}
_CHANGES = {
    ChangeKind.OPENED: "เปิดรอบ",
    ChangeKind.EXTENDED: "เลื่อนกำหนด",
    ChangeKind.EXEMPTED: "ยกเว้นการรายงาน",
    ChangeKind.ASKED_AGAIN: "ให้รายงานตามเดิม",
    ChangeKind.SPARED: "งดเตือน",
    ChangeKind.REMINDED: "เตือนตามเดิม",
    ChangeKind.CLOSED: "ปิดรอบ",
    ChangeKind.REOPENED: "เปิดรอบอีกครั้ง",
}
_OPEN = "organisations open"  # how the ground of a step of the plan ends


def step_words(step: str) -> str:
    """A step of the plan; any other by its own name. The day of a late one is the ledger's own."""
    if step.startswith(BEFORE):
        return f"จดหมายเตือน {step.removeprefix(BEFORE).partition('-')[0]} วันทำการก่อนกำหนด"
    if step.startswith(OVERDUE):
        return "จดหมายแจ้งว่าเลยกำหนด"
    if step.startswith(STEP):
        return "สั่งการในหน้าเว็บ"
    return _STEPS.get(step) or _STEPS.get(step.partition("-to-")[0], step)


def action_words(action: str) -> str:
    """What became of a step."""
    return _ACTIONS.get(action, action)


def ground_words(ground: str) -> str:
    """Why a step was taken or not: how many of a reporter's organisations owed something; else as it stands."""
    if not ground.endswith(_OPEN):
        return ground
    owed, _, total = ground.removesuffix(_OPEN).strip().partition(" of ")
    return f"ค้าง {owed} จาก {total} แห่ง"


def change_words(kind: ChangeKind) -> str:
    """A change of a round."""
    return _CHANGES[kind]
