"""What waits for staff this morning: counted whole, the most urgent first, in the words of a digest's first line. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.office.model.circular_standing import Trouble

NOTHING_WAITS = "ไม่มีเรื่องรอท่าน"
SUBJECTS = 3  # circulars in a subject
BY_ITSELF = "put-off"  # a trouble that passes without anybody
TASK = "task"  # a trouble that is a wish of the department
DISPUTED = "disputed"  # a mail of which its reporter says that it is not its own
NOT_OURS = "ผู้รายงานแจ้งว่าข้อมูลในอีเมลนี้ไม่ใช่ของตน จึงยังไม่นับ"
_LOOK = ("ดูจดหมายของระบบที่ส่งไม่ถึงผู้รับ", "ฉบับ")
_OPEN = ("เปิดดูจดหมายที่ระบบอ่านไม่ได้", "ฉบับ")
# By the kind of a trouble: what staff do about it, and how it is counted. The first is the most urgent.
_STEPS = {
    "unknown": ("สอบถามว่าจดหมายของระบบถึงผู้รับหรือไม่", "ฉบับ"),
    TASK: ("ดำเนินการตามที่ส่วนกลางขอ", "เรื่อง"),
    DISPUTED: ("ตัดสินว่าข้อมูลที่ผู้รายงานบอกว่าไม่ใช่ของตนนับหรือไม่", "ฉบับ"),
    "held": ("ตัดสินว่าจะรับจดหมายที่เก็บไว้หรือไม่", "ฉบับ"),
    "words": ("อ่านและตอบข้อความ", "ฉบับ"),
    "failed": _LOOK,
    "bounced": _LOOK,
    "sent": _LOOK,
    "deferred": _LOOK,
    "unreadable": _OPEN,
    "withheld": _OPEN,
}


@dataclass(frozen=True)
class Wait:
    """One kind of thing that waits: what staff do about it, how many there are, what they are counted in."""

    todo: str
    count: int
    unit: str
    urgent: bool = False

    def __str__(self) -> str:
        """``อนุมัติร่างรายงาน 1 ฉบับ``."""
        return f"{self.todo} {self.count} {self.unit}"


def what_waits(
    troubles: Iterable[Trouble], *, drafts: int, late: int, conflicts: int, numbers: int = 0
) -> tuple[Wait, ...]:
    """All that waits, the most urgent first. ``late`` of the ``drafts`` are so for the department.

    ``numbers``: letters that do not go before staff give the number.
    """
    counted: Counter[tuple[str, str]] = Counter()
    for trouble in troubles:
        if trouble.kind != BY_ITSELF:
            counted[_STEPS.get(trouble.kind, _LOOK)] += 1
    found = [
        Wait("อนุมัติร่างรายงานโดยด่วน", late, "ฉบับ", urgent=True),
        Wait("อนุมัติร่างรายงาน", drafts - late, "ฉบับ"),
        Wait("ให้เลขที่หนังสือที่ระบบรออยู่", numbers, "เรื่อง"),
        *(Wait(todo, counted[todo, unit], unit, urgent=True) for todo, unit in dict.fromkeys(_STEPS.values())),
        Wait("ตรวจข้อมูลที่ผู้รายงานตอบไม่ตรงกัน", conflicts, "แห่ง"),
    ]
    return tuple(wait for wait in found if wait.count)


def to_be_addressed(reporters: int) -> tuple[Wait, ...]:
    """That so many reporters can be asked nothing, as nobody has written down their addresses."""
    return (Wait("หาที่อยู่อีเมลของผู้รายงานที่ยังไม่มี", reporters, "แห่ง", urgent=True),) if reporters else ()


def first_line(waiting: Sequence[Wait], *, running: bool) -> str:
    """The first line of a digest: every kind with its number."""
    if waiting:
        return f"โปรดดำเนินการ {sum(wait.count for wait in waiting)} เรื่อง: {' · '.join(map(str, waiting))}"
    return f"{NOTHING_WAITS} โปรดดูความคืบหน้าด้านล่าง" if running else "ไม่มีหนังสือเวียนที่กำลังรวบรวม ไม่ต้องดำเนินการใด"


def subject_line(waiting: Sequence[Wait], stands: Sequence[tuple[str, int, int]]) -> str:
    """The subject of a digest: the day's one thing, then how far each circular is (slug, organisations complete, in all)."""
    said = f"มี {sum(wait.count for wait in waiting)} เรื่องรอท่าน: {waiting[0].todo}" if waiting else NOTHING_WAITS
    if len(stands) == 1:
        ((slug, done, total),) = stands
        return f"[{slug}] {said} · ครบแล้ว {done}/{total}"
    far = ", ".join(f"{slug} {done}/{total}" for slug, done, total in stands[:SUBJECTS])
    more = f" และอีก {len(stands) - SUBJECTS} เรื่อง" if len(stands) > SUBJECTS else ""
    return f"{said} · ครบแล้ว {far}{more}" if stands else said
