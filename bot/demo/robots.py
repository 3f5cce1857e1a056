"""Robot reporters who behave like people: on time, forgetful, careless, silent, with a camera, or nobody we know.

A robot sees only what a person would see, its mails, and answers only by mail. The same seed gives the same play.
"""

import datetime
import email
import email.policy
import email.utils
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from email.message import EmailMessage
from io import BytesIO

import openpyxl
from openpyxl.cell.cell import Cell as OneCell
from openpyxl.styles import Font

from bot.demo.filled_forms import Fill, answer_rows, remark

RED = "FFFF7C80"  # as a person sees a cell to mend
# A one-pixel picture: what is in a photograph does not matter, only that it is one.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c6368606000000002000100"
    "e221bc330000000049454e44ae426082"
)


@dataclass(frozen=True)
class Planned:
    """A mail that a robot will send."""

    at: datetime.datetime
    sender: str
    raw: bytes


@dataclass(frozen=True)
class Incoming:
    """A letter as its reader sees it."""

    kind: str
    subject: str
    message_id: str
    reply_to: str
    text: str
    form: bytes | None  # the enclosed workbook
    marked: bytes | None = None  # the copy of what the reader sent, with red cells

    @classmethod
    def parse(cls, raw: bytes) -> "Incoming":
        """Read a letter of the bot."""
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        body = mail.get_body(("plain",))
        files = {part.get_filename() or "": part.get_payload(decode=True) for part in mail.iter_attachments()}
        workbooks = {
            name: content for name, content in files.items() if isinstance(content, bytes) and name.endswith(".xlsx")
        }
        return cls(
            mail["X-Ruam-Kind"] or "",
            mail["Subject"],
            mail["Message-ID"],
            email.utils.parseaddr(mail["Reply-To"] or mail["From"])[1],
            body.get_content() if body else "",
            next((content for name, content in workbooks.items() if "-marked" not in name), None),
            next((content for name, content in workbooks.items() if "-marked" in name), None),
        )


@dataclass
class Robot:
    """One person at a desk. ``wants`` says which kinds of letter it reacts to and how."""

    address: str
    name: str
    chance: random.Random
    wants: dict[str, Callable[["Robot", Incoming, datetime.datetime], Iterable[Planned]]]
    last_form: bytes | None = None
    seen: int = 0
    done: set[str] = field(default_factory=set)

    def read(self, raws: Iterable[bytes], now: datetime.datetime) -> list[Planned]:
        """React to new letters."""
        planned: list[Planned] = []
        for raw in raws:
            letter = Incoming.parse(raw)
            self.last_form = letter.form or self.last_form
            reaction = self.wants.get(letter.kind)
            if reaction and letter.kind not in self.done:
                self.done.add(letter.kind)  # a person reacts once to each kind
                planned += reaction(self, letter, now)
        return planned


def reply(robot: Robot, letter: Incoming, at: datetime.datetime, text: str) -> EmailMessage:
    """A reply as a mail program writes it, the letter quoted below."""
    mail = EmailMessage(email.policy.SMTP)
    mail["From"] = email.utils.formataddr((robot.name, robot.address))
    mail["To"] = letter.reply_to
    mail["Subject"] = f"Re: {letter.subject}"
    mail["Date"] = at
    mail["Message-ID"] = f"<{robot.chance.getrandbits(64):016x}@{robot.address.partition('@')[2]}>"
    if letter.message_id:
        mail["In-Reply-To"] = letter.message_id
        mail["References"] = letter.message_id
    quoted = "\n".join(f"> {line}" for line in letter.text.splitlines()[:12])
    mail.set_content(f"{text}\n\n{quoted}\n")
    return mail


def filled(
    fill: Fill, after: datetime.timedelta, text: str = "เรียน เจ้าหน้าที่\nขอส่งแบบรายงานตามแนบ"
) -> Callable[..., Iterable[Planned]]:
    """A reaction: send the enclosed form back, filled in by ``fill``."""

    def react(robot: Robot, letter: Incoming, now: datetime.datetime) -> Iterable[Planned]:
        if robot.last_form is None:
            return
        book = openpyxl.load_workbook(BytesIO(robot.last_form))
        sheet = book.worksheets[0]
        fill(sheet, answer_rows(sheet), robot.chance)
        remark(sheet, robot.chance, now.date())
        out = BytesIO()
        book.save(out)
        at = now + after
        yield _with_workbook(robot, letter, at, text, out.getvalue())

    return react


def mended(after: datetime.timedelta, text: str) -> Callable[..., Iterable[Planned]]:
    """A reaction: fill in the red cells of the marked copy and send it back as it is, its list of findings included."""

    def react(robot: Robot, letter: Incoming, now: datetime.datetime) -> Iterable[Planned]:
        if letter.marked is None:
            return
        book = openpyxl.load_workbook(BytesIO(letter.marked), rich_text=True)
        for sheet in book.worksheets[1:]:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.fill.fgColor.rgb == RED and isinstance(cell, OneCell):
                        cell.value, cell.font = "✓", Font(name="Calibri")
        out = BytesIO()
        book.save(out)
        yield _with_workbook(robot, letter, now + after, text, out.getvalue())

    return react


def _with_workbook(robot: Robot, letter: Incoming, at: datetime.datetime, text: str, content: bytes) -> Planned:
    mail = reply(robot, letter, at, text)
    subtype = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    mail.add_attachment(content, maintype="application", subtype=subtype, filename="แบบรายงาน.xlsx")
    return Planned(at, robot.address, mail.as_bytes())


def photograph(after: datetime.timedelta) -> Callable[..., Iterable[Planned]]:
    """A reaction: a picture of the filled-in paper instead of the workbook."""

    def react(robot: Robot, letter: Incoming, now: datetime.datetime) -> Iterable[Planned]:
        at = now + after
        mail = reply(robot, letter, at, "ส่งรูปถ่ายแบบรายงานครับ")
        mail.add_attachment(PICTURE, maintype="image", subtype="png", filename="IMG_2567.png")
        yield Planned(at, robot.address, mail.as_bytes())

    return react


def out_of_office(after: datetime.timedelta) -> Callable[..., Iterable[Planned]]:
    """A reaction of the mail program, not of the person."""

    def react(robot: Robot, letter: Incoming, now: datetime.datetime) -> Iterable[Planned]:
        at = now + after
        mail = reply(robot, letter, at, "ขณะนี้ไม่อยู่ที่สำนักงาน จะกลับมาปฏิบัติงานในภายหลัง")
        mail["Auto-Submitted"] = "auto-replied"
        yield Planned(at, robot.address, mail.as_bytes())

    return react


def says(word: str, after: datetime.timedelta) -> Callable[..., Iterable[Planned]]:
    """A reaction: one word."""

    def react(robot: Robot, letter: Incoming, now: datetime.datetime) -> Iterable[Planned]:
        at = now + after
        yield Planned(at, robot.address, reply(robot, letter, at, word).as_bytes())

    return react
