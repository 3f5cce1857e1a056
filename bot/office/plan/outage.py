"""How the desk itself is doing: what waits, since when, and when staff must hear that the mailbox is not being read.

Owns these values, their words and the rule of the warning. Pure: the moment is an argument, the ledger is the memory.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.office.decision import Decision
from bot.office.letters.letter import Letter, LetterKind
from bot.office.letters.notice import NOTHING_TO_DO, Notice, notice
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import Bureau
from bot.office.model.ledger import LedgerEntry
from bot.office.model.received_mail import MessageState
from bot.office.model.sent_letter import LetterState
from parsers.thai.dates import thai_moment

AWAY, BACK = "mailbox-away-", "mailbox-back-"
MAILBOX = "mailbox"  # whose steps of the ledger they are
NEVER = "never"
QUEUES = (LetterState.QUEUED, LetterState.DEFERRED, LetterState.SENDING)


@dataclass(frozen=True)
class Health:
    """The state of one office's desk. Moments are aware.

    ``mails`` and ``letters`` count every state by its own word; ``parked`` are the mails given up after several tries.
    """

    scanned: datetime.datetime | None  # when the mailbox was last read to its end
    oldest: datetime.datetime | None  # arrival of the oldest mail still to be decided
    mails: Mapping[str, int]
    letters: Mapping[str, int]
    parked: int = 0
    withheld: int = 0  # mails in the mailbox that its server does not hand over

    @property
    def queued(self) -> int:
        """Letters still to be handed over."""
        return sum(self.letters.get(state.value, 0) for state in QUEUES)


def as_json(health: Health, now: datetime.datetime) -> dict[str, object]:
    """The object of ``ruam status --json``: moments as ISO text in Thai time, ages in whole seconds, null for none."""
    return {
        "scanned_at": _iso(health.scanned),
        "scanned_seconds_ago": _seconds(health.scanned, now),
        "oldest_waiting_at": _iso(health.oldest),
        "oldest_waiting_seconds": _seconds(health.oldest, now),
        "mails": dict(health.mails),
        "parked": health.parked,
        "withheld": health.withheld,
        "letters": dict(health.letters),
    }


def english_lines(health: Health, now: datetime.datetime) -> tuple[str, ...]:
    """The same for people at a terminal."""
    read = f"{_ago(now - health.scanned)} ago" if health.scanned else "never"
    oldest = _ago(now - health.oldest) if health.oldest else "none"
    mails = ", ".join(f"{state}: {count}" for state, count in health.mails.items())
    letters = ", ".join(f"{state}: {count}" for state, count in health.letters.items())
    return (
        f"mailbox last read: {read}; oldest mail waiting: {oldest}",
        f"mails: {mails}, parked: {health.parked}",
        *([f"not handed over by the mail server: {health.withheld}"] if health.withheld else []),
        f"letters: {letters}",
    )


def thai_line(health: Health, now: datetime.datetime) -> str:
    """One line for the digest. What waits for staff stands at its top."""
    local = health.scanned.astimezone(BANGKOK) if health.scanned else None
    said = [f"อ่านกล่องจดหมายครั้งล่าสุด {thai_moment(local)}" if local else "ยังไม่เคยอ่านกล่องจดหมายได้ครบ"]
    waiting = health.mails.get(MessageState.RECEIVED.value, 0)
    if waiting and health.oldest:
        said.append(f"จดหมายรอดำเนินการ {waiting} ฉบับ ฉบับเก่าสุดรอมา {_thai_ago(now - health.oldest)}")
    said.append(f"จดหมายรอส่งออก {health.queued} ฉบับ")
    said += [f"ระบบอ่านไม่สำเร็จ {health.parked} ฉบับ"] if health.parked else []
    said += [f"เครื่องแม่ข่ายไม่ส่งให้ {health.withheld} ฉบับ"] if health.withheld else []
    return " · ".join(said)


@dataclass(frozen=True)
class Outage:
    """Whether the mailbox has not been read for two intervals, and the kind of trouble, a key of ``WHY``, if known."""

    away: bool
    kind: str = ""


# What staff are told of each kind of trouble with the mailbox, and whom it is for.
WHY = {
    "away": "เครื่องแม่ข่ายอีเมลหรือเครือข่ายไม่ตอบ ซึ่งอาจกลับมาเองได้ หากเกินหนึ่งชั่วโมงโปรดสอบถามผู้ดูแลเครือข่าย",
    "name": "ไม่พบเครื่องแม่ข่ายอีเมลตามชื่อที่ตั้งไว้ ผู้ดูแลระบบต้องแก้ชื่อเครื่องในการตั้งค่า",
    "port": "ช่องทางเชื่อมต่อ (port หรือ TLS) ที่ตั้งไว้ไม่ตรงกับเครื่องแม่ข่ายอีเมล ผู้ดูแลระบบต้องแก้การตั้งค่า",
    "certificate": "ใบรับรองความปลอดภัยของเครื่องแม่ข่ายอีเมลไม่ถูกต้องหรือหมดอายุ ระบบจึงไม่ส่งรหัสผ่าน ผู้ดูแลระบบต้องตรวจสอบ",
    "login": "เครื่องแม่ข่ายอีเมลไม่รับชื่อผู้ใช้หรือรหัสผ่านของระบบ รหัสผ่านอาจถูกเปลี่ยนหรือหมดอายุ ผู้ดูแลระบบต้องแก้การตั้งค่าหรือลงชื่อเข้าใช้ใหม่",
    "folder": "ระบบเปิดหรือสร้างโฟลเดอร์ในกล่องจดหมายไม่ได้ ผู้ดูแลระบบต้องตรวจสอบชื่อโฟลเดอร์และสิทธิ์",
    "full": "กล่องจดหมายเต็ม โปรดลบหรือย้ายจดหมายที่ไม่ใช้ออก หรือขอเพิ่มพื้นที่",
    "server": "เครื่องแม่ข่ายอีเมลตอบผิดปกติ หากเกินหนึ่งชั่วโมงโปรดสอบถามผู้ให้บริการอีเมล",
    "": "",
}


def outage_due(
    bureau: Bureau,
    scanned: datetime.datetime | None,
    ledger: Iterable[LedgerEntry],
    now: datetime.datetime,
    *,
    away: bool | Outage,
) -> Decision | None:
    """The warning that the mailbox is not being read, or the word that it is again; each once for each outage.

    ``ledger`` are the mailbox's steps. ``away`` says that it has not been read for two intervals, and why. An outage is known by the
    last good reading before it, ``scanned``, so a bot started anew in the middle of one neither warns again nor calls it over.
    """
    steps = [entry.step for entry in ledger]
    warned = [step.removeprefix(AWAY) for step in steps if step.startswith(AWAY)]
    outage = f"{scanned.astimezone(datetime.UTC):%Y%m%dT%H%M%S}" if scanned else NEVER
    found = away if isinstance(away, Outage) else Outage(away)
    if found.away:
        letter = _away_letter(bureau, scanned, outage, WHY.get(found.kind, ""))
        return None if outage in warned else _said(AWAY + outage, letter, now)
    over = [one for one in warned if one != outage and BACK + one not in steps]
    return _said(BACK + over[-1], _back_letter(bureau, over[-1]), now) if over else None


def with_health(decision: Decision, health: Health, now: datetime.datetime) -> Decision:
    """The decision with the desk's health in its digest."""
    letters = tuple(
        replace(letter, view={**letter.view, "health": thai_line(health, now)})
        if letter.kind is LetterKind.DIGEST
        else letter
        for letter in decision.letters
    )
    return replace(decision, letters=letters)


def _said(step: str, letter: Letter, now: datetime.datetime) -> Decision:
    today = now.astimezone(BANGKOK).date()
    outcome = step.rpartition("-")[0]
    return Decision(
        outcome=outcome, letters=(letter,), ledger=(LedgerEntry("", MAILBOX, step, today, "sent", outcome),)
    )


def _away_letter(bureau: Bureau, scanned: datetime.datetime | None, name: str, why: str) -> Letter:
    last = thai_moment(scanned.astimezone(BANGKOK)) if scanned else ""
    content = Notice(
        "ด่วน: ระบบอ่านกล่องจดหมายไม่ได้",
        (
            f"ระบบอ่านกล่องจดหมาย {bureau.office.address} ไม่ได้" + (f" ตั้งแต่หลังวันที่ {last}" if last else " ตั้งแต่เริ่มทำงาน"),
            *([why] if why else []),
            "จดหมายที่ส่งเข้ามายังอยู่ในกล่องจดหมาย ไม่สูญหาย และระบบจะอ่านเมื่อเชื่อมต่อได้ ระหว่างนี้ระบบหยุดส่งจดหมายเตือนผู้รายงาน",
            "คำสั่งตรวจสำหรับผู้ดูแลระบบ: ruam doctor ระบบจะแจ้งอีกครั้งเมื่อกลับมาทำงานตามปกติ",
        ),
        todo="โปรดแจ้งผู้ดูแลระบบ",
        alarm=True,
    )
    return notice(bureau, "", AWAY + name, content)


def _back_letter(bureau: Bureau, name: str) -> Letter:
    content = Notice(
        "ระบบอ่านกล่องจดหมายได้ตามปกติแล้ว",
        (f"ระบบกลับมาอ่านกล่องจดหมาย {bureau.office.address} ได้แล้ว",),
        todo=NOTHING_TO_DO,
        alarm=True,  # it ends one
    )
    return notice(bureau, "", BACK + name, content)


def _iso(moment: datetime.datetime | None) -> str | None:
    return moment.astimezone(BANGKOK).isoformat(timespec="seconds") if moment else None


def _seconds(moment: datetime.datetime | None, now: datetime.datetime) -> int | None:
    return int((now - moment).total_seconds()) if moment else None


def _parts(age: datetime.timedelta) -> tuple[int, int, int]:
    minutes = max(int(age.total_seconds()), 0) // 60
    return minutes // 1440, minutes // 60 % 24, minutes % 60


def _ago(age: datetime.timedelta) -> str:
    days, hours, minutes = _parts(age)
    return f"{days} d {hours} h" if days else f"{hours} h {minutes} min" if hours else f"{minutes} min"


def _thai_ago(age: datetime.timedelta) -> str:
    days, hours, minutes = _parts(age)
    return f"{days} วัน {hours} ชั่วโมง" if days else f"{hours} ชั่วโมง {minutes} นาที" if hours else f"{minutes} นาที"
