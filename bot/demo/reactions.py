"""How people react to a letter: on time, late, careless, with a camera, in words; and when.

Small pieces to be put together: ``since(day, reading("เลยกำหนด", filled(diligent, at_work(3 * HOUR))))``.
"""

import datetime
import email.utils
from collections.abc import Iterable
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO

import openpyxl
from openpyxl.cell.cell import Cell as OneCell
from openpyxl.styles import Font

from bot.demo.filled_forms import Fill, answer_rows, remark
from bot.demo.robots import Incoming, Planned, Reaction, Robot, When
from bot.office.model.calendar import OPENS, Calendar

RED = "FFFF7C80"  # as a person sees a cell to mend
# A one-pixel picture: what is in a photograph does not matter, only that it is one.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c6368606000000002000100"
    "e221bc330000000049454e44ae426082"
)
ABSENT = "ขณะนี้ไม่อยู่ที่สำนักงาน จะกลับมาปฏิบัติงานในภายหลัง"
DAY, AT_THE_DESK = datetime.timedelta(days=1), datetime.timedelta(minutes=10)


def after(time: datetime.timedelta) -> When:
    """So long after the letter."""
    return lambda now: now + time


def on(moment: datetime.datetime) -> When:
    """Just then, whenever the letter came."""
    return lambda _: moment


def at_work(time: datetime.timedelta) -> When:
    """So long after the letter, but in office hours."""

    def when(now: datetime.datetime) -> datetime.datetime:
        moment, calendar = now + time, Calendar()
        while not calendar.is_open(moment):
            moment = datetime.datetime.combine(moment.date() + DAY, OPENS, moment.tzinfo) + AT_THE_DESK
        return moment

    return when


def since(day: datetime.date, reaction: Reaction) -> Reaction:
    """A reaction that earlier letters do not bring about."""
    return lambda robot, letter, now: reaction(robot, letter, now) if now.date() >= day else ()


def on_day(day: datetime.date, reaction: Reaction) -> Reaction:
    """A reaction to the letters of one day."""
    return lambda robot, letter, now: reaction(robot, letter, now) if now.date() == day else ()


def reading(words: str, reaction: Reaction) -> Reaction:
    """A reaction to letters in which these words stand."""
    return lambda robot, letter, now: reaction(robot, letter, now) if letter.says(words) else ()


def either(*reactions: Reaction) -> Reaction:
    """The first of several reactions that comes about."""
    return lambda robot, letter, now: next(filter(None, (list(each(robot, letter, now)) for each in reactions)), ())


def reply(robot: Robot, letter: Incoming, at: datetime.datetime, text: str) -> EmailMessage:
    """A reply as a mail program writes it, the letter quoted below."""
    mail = EmailMessage(SMTP)
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


def filled(fill: Fill, when: When, text: str = "เรียน เจ้าหน้าที่\nขอส่งแบบรายงานตามแนบ") -> Reaction:
    """A reaction: send the enclosed form back, filled in by ``fill``."""

    def react(robot: Robot, letter: Incoming, now: datetime.datetime) -> Iterable[Planned]:
        form = robot.forms.get(letter.circular)
        if form is None:
            return
        book = openpyxl.load_workbook(BytesIO(form))
        sheet = book.worksheets[0]
        fill(sheet, answer_rows(sheet), robot.chance)
        remark(sheet, robot.chance, when(now).date())
        out = BytesIO()
        book.save(out)
        yield _with_workbook(robot, letter, when(now), text, out.getvalue())

    return react


def mended(when: When, text: str) -> Reaction:
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
        yield _with_workbook(robot, letter, when(now), text, out.getvalue())

    return react


def _with_workbook(robot: Robot, letter: Incoming, at: datetime.datetime, text: str, content: bytes) -> Planned:
    mail = reply(robot, letter, at, text)
    subtype = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    mail.add_attachment(content, maintype="application", subtype=subtype, filename="แบบรายงาน.xlsx")
    return Planned(at, robot.address, mail.as_bytes())


def photograph(when: When) -> Reaction:
    """A reaction: a picture of the filled-in paper instead of the workbook."""

    def react(robot: Robot, letter: Incoming, now: datetime.datetime) -> Iterable[Planned]:
        at = when(now)
        mail = reply(robot, letter, at, "ส่งรูปถ่ายแบบรายงานครับ")
        mail.add_attachment(PICTURE, maintype="image", subtype="png", filename="IMG_2567.png")
        yield Planned(at, robot.address, mail.as_bytes())

    return react


def out_of_office(when: When) -> Reaction:
    """A reaction of the mail program, not of the person."""

    def react(robot: Robot, letter: Incoming, now: datetime.datetime) -> Iterable[Planned]:
        at = when(now)
        mail = reply(robot, letter, at, ABSENT)
        mail["Auto-Submitted"] = "auto-replied"
        yield Planned(at, robot.address, mail.as_bytes())

    return react


def says(words: str, when: When) -> Reaction:
    """A reaction in words alone."""

    def react(robot: Robot, letter: Incoming, now: datetime.datetime) -> Iterable[Planned]:
        at = when(now)
        yield Planned(at, robot.address, reply(robot, letter, at, words).as_bytes())

    return react
