"""The demo: two circulars from 19 November to 6 December 2567 on embedded servers, with robots and a fast clock.

w5827 is asked once, the other each month: its round is opened by the clock. One district gets more time, another is late, so that
an amended report follows.

The same service runs as in an office; only the servers, the people and the clock are played. Everything is on loopback.
"""

import dataclasses
import shutil
import time
from pathlib import Path

from pydantic import SecretStr
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from bot.config.load import load_circular, shipped_bureau
from bot.demo.desk_config import how_to_look, write_config
from bot.demo.ending import finish
from bot.demo.mail_servers import LOOPBACK, PostOffice
from bot.demo.people import ALONE, MONTHLY, SLUG, STRANGER, cast, had_not, lonely, stranger
from bot.demo.timeline import FIRST, LAST, Stage
from bot.office.model.baseline import asked_of, stand_of
from bot.office.model.bureau import Bureau
from bot.office.model.roster import Contact
from bot.post.imap.mailbox import Mailbox
from bot.post.settings import ImapSettings, SmtpSettings
from bot.post.smtp.sending import Outbox
from bot.service import single_pass
from bot.service.context import House
from bot.shipped import TEMPLATES
from bot.store import private_files
from bot.store.books import Books
from parsers.child_process.sandbox import Sandbox
from parsers.thai.text import thai_digits


def play(folder: Path, console: Console) -> None:
    """Play it all and leave reports, mails, books, evidence and story in ``folder``. Raises FileExistsError, BrokenPromiseError."""
    began = time.monotonic()
    _clear(folder)
    private_files.make_folder(folder / "mails")
    bureau = _office()
    stage_now: list[Stage] = []
    with PostOffice(bureau.office.address, clock=lambda: stage_now[0].now) as post:
        stage = Stage(bureau, folder, post, cast(bureau))
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
                ending = finish(stage, house)
        finally:
            books.close()
    write_config(folder, bureau.office)
    for line in (*ending, how_to_look(folder, bureau.office, stage_now[0].now)):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    console.print(f"{len(stage.saved)} mails, {time.monotonic() - began:.1f} s; read {folder / 'story.md'} first.")


def _clear(folder: Path) -> None:
    """Remove an earlier play. Raises FileExistsError for a folder that holds anything else."""
    if not folder.exists():
        return
    if any(folder.iterdir()) and not (folder / "books.db").exists():
        raise FileExistsError(f"{folder} holds other things; name an empty or new folder with --output")
    shutil.rmtree(folder)


def _office() -> Bureau:
    """The shipped circular and roster and a monthly circular of the demo's own, run by an office that exists only here."""
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
    monthly = load_circular(TEMPLATES / "demo" / "wetbin")
    monthly = monthly.model_copy(update={"form": monthly.form.asked_by(bureau.roster.naming)})
    roster = dataclasses.replace(bureau.roster, contacts=tuple(map(_with_telephone, bureau.roster.contacts)))
    return dataclasses.replace(
        bureau, office=office, roster=roster, circulars={**bureau.circulars, monthly.slug: monthly}
    )


def _with_telephone(contact: Contact) -> Contact:
    """With a number that nobody has."""
    return dataclasses.replace(contact, phone="๐ ๕๔๐๐ ๐๐๐๐")


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
        f"เจ้าหน้าที่โหลดรายชื่อ อปท. ที่ยังไม่ได้ลงข้อมูล ณ วันที่ ๒๙ ตุลาคม ๒๕๖๗ จำนวน {thai_digits(str(reading.named))} แห่ง",
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
            _tell_of_round(stage, house)
            stage.deliver()
            _walk_on(stage)
            progress.update(task, completed=(stage.now.date() - FIRST).days + 1, description=f"{stage.now:%d %B %H:%M}")


def _tell_of_round(stage: Stage, house: House) -> None:
    """The monthly round is opened by the clock alone, once."""
    if not stage.opened and house.books.round_changes([MONTHLY]):
        stage.opened = True
        stage.story.note(
            stage.now,
            f"The clock opens the round of November by itself [{MONTHLY}].",
            f"ระบบเปิดรอบเดือนพฤศจิกายน ๒๕๖๗ เองตามกำหนด [{MONTHLY}]",
        )


def _walk_on(stage: Stage) -> None:
    """Two who got the form second-hand come on by themselves."""
    form = next(robot.forms.get(SLUG) for robot in stage.robots if robot.address.startswith("wang-chin@"))
    if form and f"{STRANGER}" not in stage.read:
        stage.read[STRANGER] = 0
        organisation = stage.bureau.roster.by_code[ALONE]
        address = stage.bureau.roster.own_addresses[ALONE][0]
        office = stage.bureau.office.address
        stage.plan([stranger(form, office), lonely(form, organisation, address, office)])
