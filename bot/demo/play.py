"""The demo: circular w5827 from 19 November to 6 December 2567 on embedded servers, robots and a fast clock.

The same service runs as in an office; only the servers, the people and the clock are played. Everything is on loopback.
"""

import dataclasses
import datetime
import email
import email.policy
import heapq
import shutil
import smtplib
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from bot.config.load import shipped_bureau
from bot.demo.cast import ALONE, STRANGER, cast, had_not, lonely, stranger
from bot.demo.robots import Planned, Robot
from bot.demo.servers import LOOPBACK, PostOffice
from bot.demo.story import Story
from bot.documents.report.workbook import report_workbook
from bot.office.decision import Decision
from bot.office.model.baseline import asked_of, stand_of
from bot.office.model.bureau import Bureau
from bot.office.model.circular import BANGKOK
from bot.office.model.rollup import roll_up
from bot.post.imap.mailbox import Mailbox
from bot.post.settings import ImapSettings, SmtpSettings
from bot.post.smtp.outbox import Outbox
from bot.service import single_pass
from bot.service.context import House
from bot.store import private
from bot.store.books import Books
from parsers.findings import Severity
from parsers.sandbox import Sandbox

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


def play(folder: Path, console: Console) -> None:
    """Play it all and leave the report, the mails, the books and the story in ``folder``."""
    began = time.monotonic()
    _clear(folder)
    private.make_folder(folder / "mails")
    bureau = _office()
    stage_now: list[Stage] = []
    with PostOffice(bureau.office.address, clock=lambda: stage_now[0].now) as post:
        stage = Stage(bureau, folder, post, cast(bureau.roster, bureau.office.staff[0]))
        stage_now.append(stage)
        imap = ImapSettings(
            host=LOOPBACK, port=post.imap_port, security="none", user=post.user, password=SecretStr(post.password)
        )
        outbox = Outbox(SmtpSettings(host=LOOPBACK, port=post.smtp_port, security="none"))
        books = Books.open(f"sqlite:///{folder / 'books.db'}")
        try:
            with Sandbox() as sandbox, Mailbox(imap) as mailbox:
                mailbox.ensure_folders()
                house = House(bureau, books.office(bureau.office.slug, bureau.office.name), sandbox)
                _load_baseline(stage, house)
                _perform(stage, house, mailbox, outbox, console)
                ending = _finish(stage, house)
        finally:
            books.close()
    console.print(ending, markup=False, highlight=False)
    console.print(f"{len(stage.saved)} mails, {time.monotonic() - began:.1f} s; read {folder / 'story.md'} first.")


def _clear(folder: Path) -> None:
    """Remove an earlier play. Raises FileExistsError for a folder that holds anything else."""
    if not folder.exists():
        return
    if any(folder.iterdir()) and not (folder / "books.db").exists():
        raise FileExistsError(f"{folder} holds other things; name an empty or new folder with --output")
    shutil.rmtree(folder)


def _office() -> Bureau:
    """The shipped circular and roster, run by an office that exists only here."""
    bureau = shipped_bureau()
    office = dataclasses.replace(
        bureau.office,
        address="ruam@phrae.example",
        staff=("somsri@phrae.example",),
        unit="ฝ่ายบริหารทั่วไป",
        phone="๐ ๕๔๐๐ ๐๐๐๐",
        signer=("(........................................)", "ท้องถิ่นจังหวัดแพร่"),
        letter_number="พร ๐๐๒๓.๑/",
        letterhead=("ศาลากลางจังหวัดแพร่", "ถนนไชยบูรณ์ แพร่ ๕๔๐๐๐"),
    )
    return dataclasses.replace(bureau, office=office)


def _load_baseline(stage: Stage, house: House) -> None:
    """As ``ruam baseline`` does: who had not posted it before the round."""
    circular, roster = stage.bureau.circulars[SLUG], stage.bureau.roster
    path = stage.folder / "baseline.csv"
    path.write_bytes(had_not(roster))
    reading = house.sandbox.read_baseline(path.name, path.read_bytes(), asked_of(circular, roster))
    if reading.at is None or reading.mistakes:
        raise ValueError(f"{path} cannot be read: {[found.message for found in reading.mistakes]}")
    house.books.load_stand(stand_of(SLUG, reading.at, reading, roster.organisations), stage.now)
    stage.story.note(
        stage.now,
        f"Staff load the list of those that had not posted it on 29 October: {reading.named} organisations.",
        f"เจ้าหน้าที่โหลดรายชื่อ อปท. ที่ยังไม่ได้ลงข้อมูล ณ วันที่ ๒๙ ตุลาคม ๒๕๖๗ จำนวน {reading.named} แห่ง",
    )


def _perform(stage: Stage, house: House, mailbox: Mailbox, outbox: Outbox, console: Console) -> None:
    days = (LAST - FIRST).days + 1
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total} days"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("19 November", total=days)
        for mail in stage.timetable():
            if mail:
                stage.post_mail(mail)
            stage.tell_decisions(single_pass.once(house, mailbox, outbox, stage.now))
            stage.deliver()
            _walk_on(stage)
            progress.update(task, completed=(stage.now.date() - FIRST).days + 1, description=f"{stage.now:%d %B %H:%M}")


def _walk_on(stage: Stage) -> None:
    """Two who got the form second-hand come on by themselves."""
    form = next(robot.last_form for robot in stage.robots if robot.address.startswith("wang-chin@"))
    if form and f"{STRANGER}" not in stage.read:
        stage.read[STRANGER] = 0
        organisation = stage.bureau.roster.by_code[ALONE]
        address = stage.bureau.roster.own_addresses[ALONE][0]
        office = stage.bureau.office.address
        stage.plan([stranger(form, office), lonely(form, organisation, address, office)])


def _finish(stage: Stage, house: House) -> str:
    """Write the report and the story; the last words."""
    circular = stage.bureau.circulars[SLUG]
    drafts = house.books.drafts(SLUG)
    sent = next((draft for draft in drafts if draft.dispatched), None)
    table = roll_up(circular, stage.bureau.roster, house.books.answers(SLUG), house.books.remarks(SLUG), LAST)
    table = dataclasses.replace(table, stand=house.books.stand(SLUG))
    report = sent.content if sent else report_workbook(circular, table, stage.bureau.office, stage.bureau.roster)
    (stage.folder / "report.xlsx").write_bytes(report)
    done = len(table.lines) - len(table.unreported)
    at_department = sum(len(stage.post.inbox_of(address)) for address in circular.department.to)
    ending = (
        f"{done} of {len(table.lines)} organisations reported; {at_department} report reached "
        f"{', '.join(circular.department.to)} (approved by {sent.approved_by if sent else 'nobody'})."
    )
    stage.story.write(stage.folder / "story.md", f"## ผลสุดท้าย (the end)\n\n{ending}")
    return ending
