"""ขอทะเบียน on the embedded servers: what staff get is what ``ruam roster import`` takes; a district gets none."""

import email.policy
from email.message import EmailMessage
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent

pytestmark = pytest.mark.timeout(120)


def asking(sender: str) -> bytes:
    mail = EmailMessage(email.policy.SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, "office@phrae.example", "ทะเบียน"
    mail["Message-ID"] = f"<roster.{sender}>"
    mail.set_content("เรียน เจ้าหน้าที่\nขอทะเบียนครับ\n")
    return mail.as_bytes()


def rosters(raws, letters) -> list[bytes]:
    parts = (part for raw in raws for part in letters.parse(raw).iter_attachments())
    return [part.get_payload(decode=True) for part in parts if part.get_filename() == "roster.xlsx"]


def test_staff_get_the_roster_and_take_it_in_at_the_shell(embedded_office, post_office, letters):
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
