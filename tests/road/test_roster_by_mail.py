"""ขอทะเบียน on the embedded servers: what staff get they mail back, or take in at the shell; a district gets none."""

import dataclasses
import datetime
import email.policy
import io
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest

from bot.cli.common import opened_database
from bot.config.load import load_config, load_roster, office_of
from bot.office.decision import Decision
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.taken_roster import TakenRoster, differing
from bot.service.current_bureau import current_roster

ROOT = Path(__file__).parent.parent.parent

NEW = "new@amphoe.example"

pytestmark = pytest.mark.timeout(120)


def asking(sender: str) -> bytes:
    mail = EmailMessage(email.policy.SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, "office@phrae.example", "ทะเบียน"
    mail["Message-ID"] = f"<roster.{sender}>"
    mail.set_content("เรียน เจ้าหน้าที่\nขอทะเบียนครับ\n")
    return mail.as_bytes()


def bringing(sender: str, content: bytes) -> bytes:
    mail = EmailMessage(email.policy.SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, "office@phrae.example", "ทะเบียนที่แก้แล้ว"
    mail["Message-ID"] = f"<back{len(content)}.{sender}>"
    mail.set_content("แก้ทะเบียนแล้วครับ\n")
    mail.add_attachment(content, maintype="application", subtype="octet-stream", filename="roster.xlsx")
    return mail.as_bytes()


def confirming(sender: str, back: EmailMessage) -> bytes:
    mail = EmailMessage(email.policy.SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, "office@phrae.example", f"Re: {back['Subject']}"
    mail["Message-ID"], mail["In-Reply-To"] = f"<yes.{sender}>", back["Message-ID"]
    mail.set_content("ยืนยัน\n")
    return mail.as_bytes()


def address_of_long(book):
    return next(row for row in book["ผู้รายงาน"].iter_rows() if row[1].value == "อำเภอลอง")[3]


def filled(content: bytes, address: str) -> bytes:
    book, out = openpyxl.load_workbook(io.BytesIO(content)), io.BytesIO()
    address_of_long(book).value = address
    book.save(out)
    return out.getvalue()


def last(post_office, office, letters) -> EmailMessage:
    return letters.parse(post_office.inbox_of(office.staff)[-1])


def rosters(raws, letters) -> list[bytes]:
    parts = (part for raw in raws for part in letters.parse(raw).iter_attachments())
    return [part.get_payload(decode=True) for part in parts if part.get_filename() == "roster.xlsx"]


def test_staff_get_the_roster_and_it_may_be_taken_in_at_the_shell(embedded_office, post_office, letters):
    office = embedded_office
    office.add_circular(ROOT / "templates" / "circulars" / "w5827", {})
    office.ruam("once", "--at", "2024-11-20T08:30")
    for sender in (office.staff, "long@amphoe.example"):
        post_office.deliver(asking(sender), sender, "office@phrae.example")
    office.ruam("once", "--at", "2024-11-21T09:00")
    office.ruam("once", "--at", "2024-11-21T09:10")
    (content,) = rosters(post_office.inbox_of(office.staff), letters)
    assert rosters(post_office.inbox_of("long@amphoe.example"), letters) == []
    file = office.folder / "from-mail.xlsx"
    file.write_bytes(content)
    assert "Nothing changes." in office.ruam("roster", "import", str(file)).stdout


def test_a_roster_mailed_back_holds_on_one_word_and_is_exported(embedded_office, post_office, letters):
    office = embedded_office
    office.add_circular(ROOT / "templates" / "circulars" / "w5827", {})
    office.ruam("once", "--at", "2024-11-20T08:30")
    post_office.deliver(asking(office.staff), office.staff, "office@phrae.example")
    for minute in ("00", "05"):
        office.ruam("once", "--at", f"2024-11-21T09:{minute}")
    (content,) = rosters(post_office.inbox_of(office.staff), letters)

    post_office.deliver(bringing(office.staff, filled(content, "new@")), office.staff, "office@phrae.example")
    for minute in ("06", "08"):
        office.ruam("once", "--at", f"2024-11-21T09:{minute}")
    (copy,) = [
        part.get_content()
        for part in last(post_office, office, letters).iter_attachments()
        if part.get_filename() == "roster-marked.xlsx"
    ]
    assert address_of_long(openpyxl.load_workbook(io.BytesIO(copy))).comment is not None

    post_office.deliver(bringing(office.staff, filled(copy, NEW)), office.staff, "office@phrae.example")
    for minute in ("10", "15"):
        office.ruam("once", "--at", f"2024-11-21T09:{minute}")
    back = last(post_office, office, letters)
    assert f"+ {NEW}" in back.get_body(("plain",)).get_content()
    post_office.deliver(confirming(office.staff, back), office.staff, "office@phrae.example")
    for minute in ("20", "25"):
        office.ruam("once", "--at", f"2024-11-21T09:{minute}")
    assert "ดำเนินการแล้ว" in last(post_office, office, letters).get_body(("plain",)).get_content()

    out = office.folder / "holds.xlsx"
    office.ruam("roster", "export", str(out))
    assert address_of_long(openpyxl.load_workbook(out)).value == NEW
    assert "Nothing changes." in office.ruam("roster", "import", str(out)).stdout


def test_what_holds_by_mail_goes_into_the_folder_at_the_shell(embedded_office):
    office, folder = embedded_office, embedded_office.folder / "roster"
    settings = load_config(office.config)
    before = load_roster(folder)
    contact = before.contact_for("long")
    other = dataclasses.replace(contact, chief=NEW)
    after = dataclasses.replace(before, contacts=tuple(other if one == contact else one for one in before.contacts))
    taken = TakenRoster(differing(before, after), office.staff, datetime.datetime(2024, 11, 21, 9, tzinfo=BANGKOK))
    with opened_database(settings) as every:
        books = every.office(office_of(settings).slug, office_of(settings).name)
        books.commit(Decision(rosters=(taken,)), [], message=None, now=taken.at)
    out = office.folder / "holds.xlsx"
    office.ruam("roster", "export", str(out))
    out.write_bytes(filled(out.read_bytes(), "second@amphoe.example"))
    office.ruam("roster", "import", str(out), "--to", str(folder), "--yes")
    written = load_roster(folder)
    assert (written.contact_for("long").chief, written.by_key["long"].addresses) == (NEW, ("second@amphoe.example",))
    with opened_database(settings) as every:
        books = every.office(office_of(settings).slug, office_of(settings).name)
        assert current_roster(written, books) == written
        assert books.taken_roster().said == ""
