"""The stage of the demo: the people, the servers, the bot and the time of the play, and what happens told as a story."""

import datetime
import email
import email.policy
import heapq
import smtplib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.demo.mail_servers import LOOPBACK, PostOffice
from bot.demo.robots import Planned, Robot
from bot.demo.story_page import Story
from bot.office.decision import Decision
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import Bureau
from parsers.findings import Severity

SLUG = "w5827"
FIRST, LAST = datetime.date(2024, 11, 19), datetime.date(2024, 12, 6)
PASSES = (datetime.time(8, 30), datetime.time(9, 0), datetime.time(12, 0), datetime.time(16, 30))
CURTAIN = datetime.datetime.combine(FIRST, datetime.time(8, 0), BANGKOK)
KINDS = {
    "request": ("sends the request with form and enclosures to", "ส่งหนังสือแจ้งพร้อมแบบรายงานและสิ่งที่ส่งมาด้วยถึง"),
    "receipt": ("confirms the complete report to", "ตอบรับรายงานครบถ้วนถึง"),
    "correction": ("says what to mend, and where, to", "แจ้งจุดที่ต้องแก้ไขถึง"),
    "reminder": ("reminds", "เตือน"),
    "digest": ("sends the digest to", "ส่งสรุปประจำวันถึง"),
    "signing": ("sends the letter to the districts, to be signed, to", "ส่งร่างหนังสือถึงอำเภอเพื่อเสนอลงนามถึง"),
    "draft": ("sends the drafted report to", "ส่งร่างรายงานถึง"),
    "report": ("sends the report to", "ส่งรายงานถึง"),
    "notice": ("sends a notice to", "แจ้งเรื่องที่ต้องทราบถึง"),
}
OUTCOMES = {
    "accepted": ("all is there", "ครบถ้วน"),
    "partly": ("partly right", "ถูกต้องบางส่วน"),
    "rejected": ("no report in it", "ไม่พบแบบรายงาน"),
    "unreadable": ("cannot be read", "เปิดอ่านไม่ได้"),
    "auto-reply": ("an automatic reply, left unanswered", "เป็นจดหมายตอบรับอัตโนมัติ จึงไม่ตอบ"),
    "unknown-sender": ("an unknown sender, held for staff", "ไม่รู้จักผู้ส่ง เก็บไว้ให้เจ้าหน้าที่พิจารณา"),
    "letter-given": ("staff give number and day of the letter", "เจ้าหน้าที่แจ้งเลขที่และวันที่ของหนังสือ"),
    "approved": ("staff approve the draft", "เจ้าหน้าที่อนุมัติร่างรายงาน"),
}


@dataclass
class Stage:
    """Everything on stage: the people, the servers, the bot, and the time of the play."""

    bureau: Bureau
    folder: Path
    post: PostOffice
    robots: list[Robot]
    story: Story = field(default_factory=Story)
    now: datetime.datetime = CURTAIN
    planned: list[tuple[datetime.datetime, int, Planned]] = field(default_factory=list)
    saved: set[str] = field(default_factory=set)
    read: Counter[str] = field(default_factory=Counter)

    def plan(self, mails: list[Planned]) -> None:
        """Put mails of robots into the time-table."""
        for mail in mails:
            heapq.heappush(self.planned, (mail.at, len(self.saved) + len(self.planned), mail))

    def timetable(self) -> Iterator[Planned | None]:
        """Set the clock to each moment of the play in turn: a robot's mail, or None for a plain pass."""
        passes = [
            datetime.datetime.combine(FIRST + datetime.timedelta(days=day), at, BANGKOK)
            for day in range((LAST - FIRST).days + 1)
            for at in PASSES
        ]
        for moment in passes:
            while self.planned and self.planned[0][0] <= moment:
                self.now, _, mail = heapq.heappop(self.planned)
                yield mail
            self.now = moment
            yield None

    def post_mail(self, mail: Planned) -> None:
        """A robot sends a mail to the office."""
        with smtplib.SMTP(LOOPBACK, self.post.smtp_port) as smtp:
            smtp.sendmail(mail.sender, [self.bureau.office.address], mail.raw)
        name = self.name_of(mail.sender)
        self.story.note(self.now, f"{name} sends a mail.", f"{name} ส่งจดหมายเข้ามา")
        self.save(mail.raw, "in", mail.sender.partition("@")[0])

    def name_of(self, address: str) -> str:
        """Who an address is, for the story."""
        known = {robot.address: robot.name for robot in self.robots}
        known |= dict.fromkeys(self.bureau.circulars[SLUG].department.to, self.bureau.circulars[SLUG].department.name)
        known |= {contact.chief: contact.salutation for contact in self.bureau.roster.contacts if contact.chief}
        for code, addresses in self.bureau.roster.own_addresses.items():
            known |= dict.fromkeys(addresses, self.bureau.roster.by_code[code].official_name)
        return known.get(address, address)

    def save(self, raw: bytes, kind: str, who: str) -> None:
        """Keep a mail as .eml, in order."""
        name = f"{len(self.saved) + 1:03d}-{self.now:%m%d-%H%M}-{kind}-{who}.eml"
        self.saved.add(name)
        (self.folder / "mails" / name).write_bytes(raw)

    def deliver(self) -> None:
        """Let everybody read the letters that came."""
        readers: dict[tuple[str, str], list[str]] = {}
        for address in self.post.addresses():
            mails = self.post.inbox_of(address)[self.read[address] :]
            self.read[address] += len(mails)
            if address == self.bureau.office.address:
                continue
            for raw in mails:
                kind, message_id = _label(raw)
                if (kind, message_id) not in readers:
                    self.save(raw, kind, address.partition("@")[0])
                readers.setdefault((kind, message_id), []).append(self.name_of(address))
            for robot in self.robots:
                if robot.address == address:
                    self.plan(robot.read(mails, self.now))
        self._tell(readers)

    def _tell(self, readers: dict[tuple[str, str], list[str]]) -> None:
        """One sentence for each kind of letter, with all who got one."""
        by_kind: dict[str, list[str]] = {}
        for (kind, _), names in readers.items():
            by_kind.setdefault(kind, []).extend(names)
        for kind, names in by_kind.items():
            english, thai = KINDS[kind]
            who = ", ".join(dict.fromkeys(names))
            self.story.note(self.now, f"Ruam {english} {who}.", f"รวม{thai} {who}")

    def tell_decisions(self, decisions: list[Decision]) -> None:
        """Say how each mail was taken."""
        for decision in decisions:
            english, thai = OUTCOMES.get(decision.outcome, (decision.outcome, decision.outcome))
            count, errors = len(decision.answers), sum(f.severity is Severity.ERROR for f in decision.findings)
            if count:
                english += f"; {count} answers recorded"
                thai += f" บันทึก {count} คำตอบ"
            if errors:
                english += f", {errors} to be mended"
                thai += f" ต้องแก้ไข {errors} จุด"
            self.story.note(self.now, f"Ruam reads it: {english}.", f"รวมอ่านแล้ว: {thai}")


def _label(raw: bytes) -> tuple[str, str]:
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    return str(mail["X-Ruam-Kind"]), str(mail["Message-ID"])
