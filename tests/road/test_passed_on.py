"""A district passes on another's form: kept, let in by staff, the owner told; a forged word refused. On the embedded servers."""

import email.policy
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).parent.parent.parent
LONG, SONG = "long@amphoe.example", "song@amphoe.example"

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def scene(embedded_office, post_office, clerk, letters):
    return Scene(embedded_office, post_office, clerk, letters)


class Scene:
    """Two districts and staff."""

    def __init__(self, office, post_office, clerk, letters) -> None:
        self.office, self.post, self.letters = office, post_office, letters
        self.people = {address: clerk(address) for address in (LONG, SONG, office.staff)}
        office.keep_only("long", "song")
        office.add_circular(ROOT / "templates" / "circulars" / "w5827", {})
        self.at("2024-11-20T08:30")

    def at(self, moment: str) -> None:
        self.office.ruam("once", "--at", moment)

    def newest(self, address: str, words: str) -> bytes:
        """The newest letter to an address whose subject holds these words."""
        return next(
            raw for raw in reversed(self.post.inbox_of(address)) if words in str(self.letters.parse(raw)["Subject"])
        )

    def send(self, address: str, raw: bytes) -> None:
        self.post.deliver(raw, address, "office+w5827@phrae.example")

    def answer(self, address: str, raw: bytes, text: str) -> None:
        self.send(address, self.people[address].reply(raw, text))

    def songs(self, mark: str = "✓") -> bytes:
        """The mail in which the other district sends its form."""
        request, person = self.post.inbox_of(SONG)[0], self.people[SONG]
        return person.reply(request, "ส่งรายงาน", person.filled(self.letters.enclosure(request), mark))

    def passed_on(self, sender: str, original: bytes) -> bytes:
        """The same mail, forwarded as an attachment."""
        mail = EmailMessage(email.policy.SMTP)
        mail["From"], mail["To"] = sender, "office+w5827@phrae.example"
        mail["Subject"], mail["Message-ID"] = "Fwd: ส่งรายงาน", f"<passed.{sender}>"
        mail.set_content("ส่งแทนอำเภอสองค่ะ")
        mail.add_attachment(self.letters.parse(original))
        return mail.as_bytes()

    def holds(self) -> set[str]:
        """What the books hold of the organisations of อำเภอสอง."""
        target = self.office.folder / "table.xlsx"
        self.office.ruam("rollup", "w5827", "-o", str(target))
        rows = openpyxl.load_workbook(target).worksheets[0].iter_rows(values_only=True)
        return {value for row in rows for value in row[2:6] if row[1] and "ห้วยหม้าย" in str(row[1])}


def body(scene, raw: bytes) -> str:
    return scene.letters.parse(raw).get_body(("plain",)).get_content()


def test_a_district_passes_on_anothers_form_and_it_counts_on_the_word_of_staff(scene):
    scene.send(LONG, scene.passed_on(LONG, scene.songs()))
    scene.at("2024-11-21T09:00")
    assert scene.holds() == {"ยังไม่รายงาน"}
    assert "อำเภอสอง" in body(scene, scene.newest(LONG, "ยังไม่ได้บันทึก"))
    question = scene.newest(scene.office.staff, "ต่อมา ยังไม่ได้บันทึก")

    scene.answer(LONG, question, "รับ")  # not the passer's to say
    scene.at("2024-11-21T09:10")
    assert scene.holds() == {"ยังไม่รายงาน"}

    scene.answer(scene.office.staff, question, "รับ")
    scene.at("2024-11-21T09:20")
    scene.at("2024-11-21T09:30")
    assert scene.holds() == {"✓"}
    receipt = scene.newest(SONG, "ได้รับรายงาน")
    assert LONG in body(scene, receipt)
    assert "อำเภอลอง ส่งต่อมา" in body(scene, receipt)
    scene.newest(LONG, "เจ้าหน้าที่บันทึกข้อมูลของอำเภอสอง")

    scene.answer(scene.office.staff, question, "รับ")  # said again, it does nothing
    scene.at("2024-11-21T09:40")
    scene.answer(SONG, receipt, "ไม่ใช่ของเรา")
    scene.at("2024-11-21T09:50")
    assert scene.holds() == {"ยังไม่รายงาน"}
    assert scene.office.ruam("verify").returncode == 0


def test_what_staff_leave_out_is_not_recorded_and_the_passer_hears(scene):
    scene.send(LONG, scene.passed_on(LONG, scene.songs()))
    scene.at("2024-11-21T09:00")
    scene.answer(scene.office.staff, scene.newest(scene.office.staff, "ต่อมา ยังไม่ได้บันทึก"), "ไม่รับ")
    scene.at("2024-11-21T09:10")
    assert scene.holds() == {"ยังไม่รายงาน"}
    assert "เจ้าหน้าที่ไม่รับ" in body(scene, scene.newest(LONG, "เจ้าหน้าที่ไม่รับ"))


def test_what_staff_pass_on_counts_at_once_and_its_owner_is_told(scene):
    staff = scene.office.staff
    scene.send(staff, scene.passed_on(staff, scene.songs()))
    scene.at("2024-11-21T09:00")
    assert scene.holds() == {"✓"}
    assert staff in body(scene, scene.newest(SONG, "มีผู้รายงานในนามของท่าน"))
