"""The copy of record in a receipt, and the reply of ไม่ใช่ของเรา: end to end on the embedded servers, a forged one refused."""

import re
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).parent.parent.parent
LONG, OTHER = "long@amphoe.example", "saraban.long@freemail.example"

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def scene(embedded_office, post_office, clerk, letters):
    return Scene(embedded_office, post_office, clerk, letters)


class Scene:
    """One district that reports, somebody else who has its letter, and staff."""

    def __init__(self, office, post_office, clerk, letters) -> None:
        self.office, self.post, self.letters = office, post_office, letters
        self.people = {address: clerk(address) for address in (LONG, OTHER, office.staff)}
        office.keep_only("long", "pao")
        office.add_circular(ROOT / "templates" / "circulars" / "w5827", {})

    def at(self, moment: str) -> None:
        self.office.ruam("once", "--at", moment)

    def inbox(self, address: str) -> list:
        return [self.letters.parse(raw) for raw in self.post.inbox_of(address)]

    def report(self, address: str, mark: str) -> None:
        """Fill the form that the district got, and answer its letter."""
        request = self.post.inbox_of(LONG)[0]
        person = self.people[address]
        raw = person.reply(request, "ส่งรายงาน", person.filled(self.letters.enclosure(request), mark))
        self.post.deliver(raw, address, "office+w5827@phrae.example")

    def answer(self, address: str, raw: bytes, text: str) -> None:
        self.post.deliver(self.people[address].reply(raw, text), address, "office+w5827@phrae.example")

    def holds(self) -> set[str]:
        """What the books hold of the district, as its newest form would be filled in."""
        target = self.office.folder / "table.xlsx"
        self.office.ruam("rollup", "w5827", "-o", str(target))
        sheet = self.letters_of(target)
        return {value for row in sheet for value in row[2:6] if row[1] and "บ้านปิน" in str(row[1])}

    def letters_of(self, target: Path) -> list:
        return list(openpyxl.load_workbook(target).worksheets[0].iter_rows(values_only=True))


def body(mail) -> str:
    return mail.get_body(("plain",)).get_content()


def test_a_receipt_is_a_copy_of_record_and_may_be_disowned(scene):
    scene.at("2024-11-20T08:30")
    scene.report(LONG, "✓")
    scene.at("2024-11-21T09:00")
    receipt = body(scene.inbox(LONG)[-1])
    (check,) = re.search(r"สำเนาเลขที่ w5827-1 รหัสตรวจสอบ ((?:[0-9a-f]{4} ?){4})", receipt).groups()
    assert scene.holds() == {"✓"}
    scene.report(OTHER, "-")  # who has the district's letter may report for it, and the district hears of it
    scene.at("2024-11-22T09:00")
    copy = scene.post.inbox_of(LONG)[-1]
    assert "มีผู้รายงานในนามของท่าน" in str(scene.letters.parse(copy)["Subject"])
    assert check not in body(scene.letters.parse(copy))
    assert scene.holds() == {"X"}

    stolen = next(raw for raw in reversed(scene.post.inbox_of(OTHER)) if scene.letters.kinds([raw]) == ["receipt"])
    scene.answer(OTHER, stolen, "ไม่ใช่ของเรา")  # the letter is his, the district is not
    scene.at("2024-11-22T09:10")
    assert scene.holds() == {"X"}

    scene.answer(LONG, copy, "เรียน เจ้าหน้าที่\nข้อมูลนี้ไม่ใช่ของเราค่ะ")
    scene.at("2024-11-22T09:20")
    assert scene.holds() == {"✓"}  # what it had said before counts again
    assert "บันทึกแล้วว่าไม่ใช่ข้อมูลของท่าน" in scene.inbox(LONG)[-1]["Subject"]
    asked = next(
        raw
        for raw in reversed(scene.post.inbox_of(scene.office.staff))
        if "ไม่ใช่ของตน" in str(scene.letters.parse(raw)["Subject"])
    )
    scene.at("2024-11-25T08:30")
    digest = next(mail for mail in reversed(scene.inbox(scene.office.staff)) if mail["X-Ruam-Kind"] == "digest")
    assert "ผู้รายงานบอกว่าไม่ใช่ของตน" in body(digest)
    scene.answer(scene.office.staff, asked, "รับ 2")
    scene.at("2024-11-25T09:00")
    assert scene.holds() == {"X"}  # staff found that it was the district's after all
    assert "นับเป็นของท่านตามเดิม" in body(scene.inbox(LONG)[-1])
    assert scene.office.ruam("verify").returncode == 0


def test_what_staff_leave_out_for_good_stays_out(scene):
    scene.at("2024-11-20T08:30")
    scene.report(LONG, "✓")
    scene.at("2024-11-21T09:00")
    scene.answer(LONG, scene.post.inbox_of(LONG)[-1], "ไม่ใช่ของเราครับ")
    scene.at("2024-11-21T09:10")
    assert scene.holds() == {"ยังไม่รายงาน"}
    asked = next(
        raw
        for raw in reversed(scene.post.inbox_of(scene.office.staff))
        if "ไม่ใช่ของตน" in str(scene.letters.parse(raw)["Subject"])
    )
    scene.answer(LONG, asked, "รับ 1")  # not the reporter's to say
    scene.at("2024-11-21T09:20")
    assert scene.holds() == {"ยังไม่รายงาน"}
    scene.answer(scene.office.staff, asked, "ไม่รับ 1")
    scene.at("2024-11-21T09:30")
    assert scene.holds() == {"ยังไม่รายงาน"}
    assert "ไม่นับเป็นของท่าน" in body(scene.inbox(LONG)[-1])
    scene.report(LONG, "-")
    scene.at("2024-11-22T09:00")
    assert scene.holds() == {"X"}
